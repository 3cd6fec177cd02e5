//! Catalogue of the support that can be had (katalog możliwego wsparcia, „Za życiem”): the assistant draws
//! it up together with the person. Fields: spec/domain.md 3.19 (2).

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Kind, Must, Rule, Section, Sensitivity, When, choices};

choices! {
    /// Kind of support.
    Support {
        Parenting = "PARENTING", "poradnictwo – wychowanie i opieka";
        Psychological = "PSYCHOLOGICAL", "poradnictwo psychologiczne";
        Legal = "LEGAL", "poradnictwo prawne – prawa rodzicielskie i pracownicze";
        Rehabilitation = "REHABILITATION", "rehabilitacja społeczna i zawodowa";
        Health = "HEALTH", "dostęp do świadczeń opieki zdrowotnej";
        OneOff = "ONE_OFF", "świadczenie jednorazowe 4000 zł";
        Other = "OTHER", "inne świadczenie lub wsparcie";
    }
}

choices! {
    /// Who turns to the body.
    Asks {
        Person = "SELF", "osoba sama";
        Assistant = "ASSISTANT", "asystent z upoważnienia";
    }
}

choices! {
    /// How far it has come.
    SupportStatus {
        Possible = "POSSIBLE", "możliwe";
        Requested = "REQUESTED", "złożono wniosek";
        Received = "RECEIVED", "uzyskane";
        Refused = "REFUSED", "odmowa";
        Dropped = "DROPPED", "osoba zrezygnowała";
    }
}

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Katalog możliwego do uzyskania wsparcia „Za życiem”",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Osoba",
            fields: &[Field::new("persons", "Z kim opracowano", Kind::Members)
                .required()
                .prefilled("z karty rodziny (zał. 4)")],
        },
        Section {
            title: "Możliwe wsparcie",
            fields: &[Field::new(
                "supports",
                "Wsparcie",
                Kind::Rows(&[
                    Field::new("kind", "Rodzaj wsparcia", Kind::One(Support::CHOICES)).required(),
                    Field::new("what", "Jakie", Kind::Line { max: 160 }).required_when(When::Is("kind", &["OTHER"])),
                    Field::new("body", "Podmiot", Kind::Line { max: 160 }).required(),
                    Field::new("basis", "Podstawa", Kind::Line { max: 160 }),
                    Field::new("how", "Jak uzyskać", Kind::Text { min: 3, max: 1000 }).required(),
                    Field::new("born", "Data urodzenia dziecka", Kind::Date)
                        .shown_when(When::Is("kind", &["ONE_OFF"]))
                        .prefilled("z karty rodziny (zał. 4)")
                        .help("Wniosek składa się w ciągu 12 miesięcy od urodzenia."),
                    Field::new("due", "Termin", Kind::Date),
                    Field::new("who", "Kto wystąpi", Kind::One(Asks::CHOICES)).required(),
                    Field::new("status", "Status", Kind::One(SupportStatus::CHOICES)).required(),
                    Field::new("status_on", "Data", Kind::Date)
                        .required_when(When::Is("status", &["REQUESTED", "RECEIVED", "REFUSED"])),
                    Field::new("effect", "Efekt", Kind::Line { max: 300 }),
                ]),
            )
            .required()
            .class(Sensitivity::Health)],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "due",
            Must::WithinMonths("born", 12),
            "Wniosek o świadczenie jednorazowe składa się w ciągu 12 miesięcy od urodzenia dziecka.",
        )
        .in_rows("supports")
        .when(When::Is("kind", &["ONE_OFF"])),
        Rule::new(
            "who",
            Must::BeOneOf(&["SELF"]),
            "O świadczenia zdrowotne osoba występuje sama: upoważnienie nie obejmuje podmiotów leczniczych.",
        )
        .in_rows("supports")
        .when(When::Is("kind", &["HEALTH"])),
        Rule::new("status_on", Must::NotInFuture, "Data nie może być późniejsza niż dzisiejsza.").in_rows("supports"),
        Rule::new(
            "signatures",
            Must::SignedBy(&["MEMBER", "ASSISTANT"]),
            "Podpisują: osoba, która korzysta ze wsparcia, i asystent rodziny.",
        ),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, Sample, exercise};

    const CATALOGUE: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("persons", MEMBER),
            ("supports/1/kind", "ONE_OFF"),
            ("supports/1/body", "urząd miejski"),
            ("supports/1/how", "Wniosek z zaświadczeniem."),
            ("supports/1/who", "ASSISTANT"),
            ("supports/1/status", "REQUESTED"),
            ("supports/1/status_on", "2026-11-19"),
        ],
        more: &[
            ("case_sign", "OPS.4231.9.2026"),
            ("supports/1/basis", "art. 10 ustawy „Za życiem”"),
            ("supports/1/born", "2026-10-30"),
            ("supports/1/due", "2027-10-30"),
            ("supports/1/effect", "czeka na rozpatrzenie"),
        ],
        signed: &["MEMBER", "ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            (
                "supports/1/due",
                "2027-10-31",
                "Wniosek o świadczenie jednorazowe składa się w ciągu 12 miesięcy od urodzenia dziecka.",
            ),
            ("supports/1/status_on", "2026-11-23", "Data nie może być późniejsza niż dzisiejsza."),
            ("signatures/MEMBER/role", "OTHER", "Podpisują: osoba, która korzysta ze wsparcia, i asystent rodziny."),
        ],
    };

    const OTHERS: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("persons", MEMBER),
            ("supports/1/kind", "OTHER"),
            ("supports/1/what", "wypożyczenie łóżeczka"),
            ("supports/1/body", "parafia"),
            ("supports/1/how", "Telefon."),
            ("supports/1/who", "SELF"),
            ("supports/1/status", "POSSIBLE"),
            ("supports/2/kind", "HEALTH"),
            ("supports/2/body", "przychodnia"),
            ("supports/2/how", "Rejestracja."),
            ("supports/2/who", "SELF"),
            ("supports/2/status", "POSSIBLE"),
        ],
        more: &[],
        signed: &["MEMBER", "ASSISTANT"],
        broken: &[(
            "supports/2/who",
            "ASSISTANT",
            "O świadczenia zdrowotne osoba występuje sama: upoważnienie nie obejmuje podmiotów leczniczych.",
        )],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CATALOGUE, OTHERS]);
    }
}
