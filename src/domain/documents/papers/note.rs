//! A note of a person of the office about what happened (notatka służbowa). No attachment number. Fields:
//! spec/domain.md 3.17. It may belong to any other paper and is never overwritten.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::*,
    form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

choices! {
    /// What the note is about.
    NoteKind {
        Event = "EVENT", "zdarzenie istotne";
        Intervention = "INTERVENTION", "interwencja";
        NoCooperation = "NO_COOPERATION", "odmowa lub brak współpracy";
        FromInstitution = "FROM_INSTITUTION", "informacja od instytucji";
        PhoneCall = "PHONE_CALL", "rozmowa telefoniczna";
        ChildInDanger = "CHILD_IN_DANGER", "zagrożenie dziecka";
        Change = "CHANGE", "zmiana sytuacji";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// Where the facts are known from.
    FactSource {
        Observation = "OBSERVATION", "obserwacja własna";
        Account = "ACCOUNT", "relacja";
        Document = "DOCUMENT", "dokument";
    }
}

/// Day of what happened.
pub const HAPPENED_ON: Key<NaiveDate> = Key::new("happened_on");
/// What the note is about.
pub const KIND: Key<NoteKind> = Key::new("kind");
/// Whom it concerns.
pub const CONCERNS: Key<BTreeSet<String>> = Key::new("concerns");
/// Must somebody act at once?
pub const URGENT: Key<bool> = Key::new("urgent");
/// Papers that it belongs to.
pub const BELONGS_TO: Key<BTreeSet<String>> = Key::new("belongs_to");

/// Who was told, a row each.
pub const NOTIFIED: &str = "notified";

const URGENT_ENTRY: &str = "z pilnego wpisu w karcie pracy (zał. 8)";

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Notatka służbowa",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Zdarzenie",
            fields: &[
                Field::new("happened_on", "Data zdarzenia", Kind::Date).required().prefilled(URGENT_ENTRY),
                Field::new("happened_at", "Godzina zdarzenia", Kind::Time).required().prefilled(URGENT_ENTRY),
                Field::new("kind", "Rodzaj", Kind::One(NoteKind::CHOICES)).required().prefilled(URGENT_ENTRY),
                Field::new("concerns", "Kogo dotyczy", Kind::Members),
                Field::new("urgent", "Sprawa pilna", Kind::Flag).required().prefilled(URGENT_ENTRY),
                Field::new("belongs_to", "Do jakich dokumentów należy", Kind::Records).prefilled(URGENT_ENTRY),
            ],
        },
        Section {
            title: "Fakty i działania",
            fields: &[
                Field::new("facts", "Opis faktów", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .prefilled(URGENT_ENTRY)
                    .class(Sensitivity::BlueCard)
                    .help("Kto, co i gdzie. Fakty oddziel od ocen."),
                Field::new("source", "Źródło informacji", Kind::One(FactSource::CHOICES)).required(),
                Field::new("source_note", "Czyja relacja, jaki dokument", Kind::Line { max: 200 })
                    .shown_when(When::Is("source", &["ACCOUNT", "DOCUMENT"])),
                Field::new("actions", "Podjęte działania", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .prefilled(URGENT_ENTRY)
                    .class(Sensitivity::BlueCard),
                Field::new(
                    "notified",
                    "Powiadomieni",
                    Kind::Rows(&[
                        Field::new("who", "Kto", Kind::Line { max: 160 }).required(),
                        Field::new("on", "Data", Kind::Date).required(),
                        Field::new("at", "Godzina", Kind::Time),
                        Field::new("channel", "Jak", Kind::One(Channel::CHOICES)).required(),
                    ]),
                ),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("happened_on", Must::NotInFuture, "Data zdarzenia nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "doc_date",
            Must::NotBefore("happened_on"),
            "Notatkę można sporządzić najwcześniej w dniu zdarzenia.",
        ),
        Rule::new(
            "doc_date",
            Must::WithinDays("happened_on", 7),
            "Od zdarzenia minęło więcej niż 7 dni. Sprawdź obie daty.",
        )
        .warns(),
        Rule::new("on", Must::NotInFuture, "Data powiadomienia nie może być późniejsza niż dzisiejsza.")
            .in_rows("notified"),
        Rule::new("notified", Must::HaveAtLeast(1), "Sprawa jest pilna. Wpisz, kogo powiadomiono.")
            .when(When::Yes("urgent"))
            .warns(),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{CHILD, GOAL, MEMBER, Sample, exercise};

    const CALM: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("happened_on", "2026-11-19"),
            ("happened_at", "17:30"),
            ("kind", "PHONE_CALL"),
            ("urgent", "nie"),
            ("facts", "Ojciec zadzwonił i odwołał spotkanie."),
            ("source", "OBSERVATION"),
            ("actions", "Umówiono nowy termin."),
        ],
        more: &[("case_sign", "OPS.4231.7.2026"), ("concerns", MEMBER)],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-18", "Notatkę można sporządzić najwcześniej w dniu zdarzenia."),
            ("happened_on", "2026-11-23", "Data zdarzenia nie może być późniejsza niż dzisiejsza."),
            ("happened_on", "2026-11-12", "Od zdarzenia minęło więcej niż 7 dni. Sprawdź obie daty."),
            ("urgent", "tak", "Sprawa jest pilna. Wpisz, kogo powiadomiono."),
            ("facts", "Ot", "Napisz co najmniej 3 znaków (jest 2)."),
        ],
    };

    const CHILD_IN_DANGER: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("happened_on", "2026-11-20"),
            ("happened_at", "8:15"),
            ("kind", "CHILD_IN_DANGER"),
            ("urgent", "tak"),
            ("facts", "Dziecko było samo w mieszkaniu."),
            ("source", "ACCOUNT"),
            ("actions", "Wezwano Policję, czekano z dzieckiem na matkę."),
        ],
        more: &[
            ("concerns", CHILD),
            ("belongs_to", GOAL),
            ("source_note", "sąsiadka"),
            ("notified/1/who", "Policja"),
            ("notified/1/on", "2026-11-20"),
            ("notified/1/at", "8:20"),
            ("notified/1/channel", "PHONE"),
        ],
        signed: &["SOCIAL_WORKER"],
        broken: &[
            ("notified/1/on", "2026-11-23", "Data powiadomienia nie może być późniejsza niż dzisiejsza."),
            ("notified/1/channel", "", "Wybierz: jak."),
            ("signatures/SOCIAL_WORKER/method", "", "Wybierz: sposób."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CALM, CHILD_IN_DANGER]);
    }
}
