//! Papers for the court (opinia, sprawozdanie, zawiadomienie): three papers, one declaration. Fields:
//! spec/domain.md 3.18. The court's term is the anchor of D13 and D14. An opinion and a report describe the
//! family topic by topic, facts apart from the assessment; a notice says what happened. The manager's
//! signature and the sending come after the assistant's, so they stand in the decision.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::Sending,
    form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// Which of the three.
    CourtPaperKind {
        Opinion = "OPINION", "opinia o rodzinie i jej członkach (art. 15 ust. 1 pkt 17)";
        Report = "REPORT", "sprawozdanie dla sądu (KRO art. 109 § 4)";
        Notice = "NOTICE", "zawiadomienie sądu";
    }
}

choices! {
    /// Of what the court is told.
    NoticeReason {
        Refusal = "REFUSAL", "odmowa lub niepodjęcie współpracy";
        NoCooperation = "NO_COOPERATION", "ustanie współpracy";
        Resignation = "RESIGNATION", "rezygnacja rodziny";
        Threat = "THREAT", "zagrożenie dobra dziecka";
    }
}

choices! {
    /// What is proposed to the court.
    Proposal {
        Continue = "CONTINUE", "kontynuacja asysty";
        Probation = "PROBATION", "nadzór kuratora";
        Return = "RETURN", "powrót dziecka do domu";
        ChangeOrder = "CHANGE_ORDER", "zmiana lub uchylenie zarządzeń sądu";
        Ending = "ENDING", "zakończenie asysty";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// Who signs for the office; the assistant always signs as the author.
    CourtSigner {
        Manager = "MANAGER", "kierownik";
        Assistant = "ASSISTANT", "asystent rodziny";
    }
}

/// Which of the three papers.
pub const KIND: Key<CourtPaperKind> = Key::new("kind");
/// Day on which the court's letter came.
pub const LETTER_RECEIVED_ON: Key<NaiveDate> = Key::new("letter_received_on");
/// The court's term (D13, D14).
pub const DUE: Key<NaiveDate> = Key::new("due");
/// Of what the court is told.
pub const NOTICE_REASON: Key<NoticeReason> = Key::new("notice_reason");
/// Day on which the paper was sent.
pub const SENT_ON: Key<NaiveDate> = Key::new("sent_on");

const ANSWERS: When = When::Is("kind", &["OPINION", "REPORT"]);
const NOTIFIES: When = When::Is("kind", &["NOTICE"]);
const IN_CARE: When = When::Both(&ANSWERS, &When::Yes("child_in_care"));
const MANAGER_SIGNS: When = When::Is("signed_by", &["MANAGER"]);

/// Long enough for a court paper, short enough to be read.
const LONG: Kind = Kind::Text { min: 3, max: 4000 };
const REVIEW: &str = "z okresowej oceny (zał. 15)";

const fn topic(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, LONG).required_when(ANSWERS).shown_when(ANSWERS).prefilled(REVIEW)
}

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Pismo do sądu",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Pismo",
            fields: &[
                Field::new("kind", "Rodzaj pisma", Kind::One(CourtPaperKind::CHOICES)).required(),
                Field::new("court", "Sąd", Kind::Line { max: 120 }).required().prefilled("ze sprawy"),
                Field::new("division", "Wydział", Kind::Line { max: 120 }).required().prefilled("ze sprawy"),
                Field::new("case_number", "Sygnatura akt", Kind::Line { max: 60 })
                    .required_when(ANSWERS)
                    .prefilled("ze sprawy"),
                Field::new("letter_on", "Data pisma sądu", Kind::Date).required_when(ANSWERS).shown_when(ANSWERS),
                Field::new("letter_received_on", "Data wpływu", Kind::Date).required_when(ANSWERS).shown_when(ANSWERS),
                Field::new("due", "Termin wyznaczony", Kind::Date)
                    .required_when(ANSWERS)
                    .shown_when(ANSWERS)
                    .prefilled("14 dni od wpływu, jeżeli sąd nie wyznaczył terminu"),
                Field::new("signed_by", "Kto podpisuje", Kind::One(CourtSigner::CHOICES))
                    .required()
                    .prefilled("z ustawień ośrodka")
                    .help("Asystent podpisuje zawsze – jako sporządzający."),
            ],
        },
        Section {
            title: "Podstawa wiedzy",
            fields: &[
                Field::new("period_from", "Okres współpracy od", Kind::Date).required().prefilled("ze sprawy"),
                Field::new("period_to", "Okres współpracy do", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("visits", "Liczba wizyt", Kind::Number { min: 0, max: 2000, unit: "wizyt" })
                    .computed("z kart pracy (zał. 8)"),
                Field::new("visit_days", "Daty wizyt", Kind::Text { min: 0, max: 8000 })
                    .computed("z kart pracy (zał. 8)"),
                Field::new("knowledge", "Podstawa wiedzy", LONG)
                    .required()
                    .help("Wizyty, rozmowy, dokumenty, informacje od instytucji."),
            ],
        },
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("persons", "Kogo dotyczy pismo", Kind::Members)
                    .required()
                    .prefilled("z karty rodziny (zał. 4)")
                    .help("Zostaw tylko osoby, których dane są sądowi potrzebne."),
                Field::new("address", "Adres", Kind::Line { max: 200 })
                    .required()
                    .prefilled("z karty rodziny (zał. 4)"),
                Field::new("child_in_care", "Dziecko przebywa w pieczy zastępczej", Kind::Flag)
                    .required_when(ANSWERS)
                    .shown_when(ANSWERS)
                    .prefilled("z karty rodziny (zał. 4)"),
            ],
        },
        Section {
            title: "Fakty",
            fields: &[
                topic("care", "Opieka nad dziećmi")
                    .help("Tylko fakty: co widziano, słyszano i co wynika z dokumentów. Ocena jest niżej."),
                topic("living", "Warunki bytowe"),
                topic("attitude", "Postawa rodziców"),
                topic("institutions", "Współpraca z instytucjami"),
                topic("assistance", "Przebieg i efekty asysty"),
                topic("bond", "Więź"),
                topic("children_in_care", "Sytuacja dzieci w pieczy").required_when(IN_CARE).shown_when(IN_CARE),
                Field::new("notice_reason", "Czego dotyczy zawiadomienie", Kind::One(NoticeReason::CHOICES))
                    .required_when(NOTIFIES)
                    .shown_when(NOTIFIES),
                Field::new("event_on", "Kiedy to się stało", Kind::Date).required_when(NOTIFIES).shown_when(NOTIFIES),
                Field::new("event", "Co się stało", LONG)
                    .required_when(NOTIFIES)
                    .shown_when(NOTIFIES)
                    .help("Tylko fakty: kto, co, gdzie i skąd to wiadomo.")
                    .class(Sensitivity::BlueCard),
                Field::new("attempts", "Co zrobiono wcześniej", LONG).shown_when(NOTIFIES),
            ],
        },
        Section {
            title: "Ocena i wnioski",
            fields: &[
                Field::new("assessment", "Ocena asystenta", Kind::Text { min: 50, max: 4000 })
                    .required_when(ANSWERS)
                    .help("Ocena wynika z faktów opisanych wyżej."),
                Field::new("proposals", "Propozycje", Kind::Many(Proposal::CHOICES)),
                Field::new("conclusions", "Wnioski", LONG)
                    .required_when(When::Is("proposals", &["OTHER"]))
                    .help("Neutralnie: co mogłoby pomóc rodzinie."),
                Field::new(
                    "attachments",
                    "Załączniki",
                    Kind::Rows(&[
                        Field::new("what", "Jaki dokument", Kind::Line { max: 160 }).required(),
                        Field::new("dated", "Data dokumentu", Kind::Date),
                    ]),
                ),
            ],
        },
        SIGNATURES,
    ],
    decision: &[
        Section {
            title: "Podpis kierownika",
            fields: &[Field::new("manager_signatures", "Podpis kierownika", Kind::Signatures)
                .required_when(MANAGER_SIGNS)
                .shown_when(MANAGER_SIGNS)],
        },
        Section {
            title: "Wysłanie",
            fields: &[
                Field::new("sent_by", "Sposób wysłania", Kind::One(Sending::CHOICES))
                    .required_when(When::Filled("sent_on")),
                Field::new("sent_on", "Data wysłania", Kind::Date).required_when(When::Filled("sent_by")),
                Field::new("receipt", "Numer UPO lub nadania", Kind::Line { max: 120 }),
            ],
        },
    ],
    rules: &[
        NOT_AHEAD,
        Rule::new("letter_received_on", Must::NotBefore("letter_on"), "Data wpływu jest wcześniejsza niż data pisma.")
            .when(ANSWERS),
        Rule::new("letter_received_on", Must::NotInFuture, "Data wpływu nie może być późniejsza niż dzisiejsza.")
            .when(ANSWERS),
        Rule::new("due", Must::NotBefore("letter_received_on"), "Termin jest wcześniejszy niż data wpływu.")
            .when(ANSWERS),
        Rule::new("due", Must::NotBefore("doc_date"), "Pismo sporządzono po terminie, który wyznaczył sąd.")
            .when(ANSWERS)
            .warns(),
        Rule::new("period_to", Must::NotBefore("period_from"), "Współpraca kończy się przed swoim początkiem."),
        Rule::new("event_on", Must::NotInFuture, "Data zdarzenia nie może być późniejsza niż dzisiejsza.")
            .when(NOTIFIES),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent, który sporządził pismo."),
        Rule::new("manager_signatures", Must::SignedBy(&["MANAGER"]), "Tu podpisuje kierownik.").when(MANAGER_SIGNS),
        Rule::new("sent_on", Must::NotBefore("doc_date"), "Pisma nie można wysłać przed jego sporządzeniem."),
        Rule::new("sent_on", Must::NotInFuture, "Data wysłania nie może być późniejsza niż dzisiejsza."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{CHILD, MEMBER, Sample, exercise};

    const OPINION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("kind", "OPINION"),
            ("court", "Sąd Rejonowy w Świebodzinie"),
            ("division", "III Wydział Rodzinny i Nieletnich"),
            ("case_number", "III Nsm 7/26"),
            ("letter_on", "2026-11-09"),
            ("letter_received_on", "2026-11-12"),
            ("due", "2026-11-26"),
            ("signed_by", "ASSISTANT"),
            ("period_from", "2026-02-01"),
            ("period_to", "2026-11-20"),
            ("knowledge", "Wizyty i rozmowy ze szkołą."),
            ("persons", MEMBER),
            ("address", "ul. Wąska 3, Zbąszynek"),
            ("child_in_care", "nie"),
            ("care", "Dzieci są codziennie w szkole."),
            ("living", "Dwa pokoje, ogrzewanie działa."),
            ("attitude", "Matka prosi o pomoc."),
            ("institutions", "Matka odbiera telefony szkoły."),
            ("assistance", "Osiągnięto dwa z trzech celów."),
            ("bond", "Dzieci przytulają się do matki."),
            ("assessment", "Rodzina korzysta z pomocy, a dzieci mają zapewnioną codzienną opiekę."),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("proposals", "CONTINUE,OTHER"),
            ("conclusions", "Pomocna byłaby terapia rodzinna."),
            ("attachments/1/what", "okresowa ocena sytuacji rodziny"),
            ("attachments/1/dated", "2026-08-01"),
            ("sent_by", "E_DELIVERY"),
            ("sent_on", "2026-11-21"),
            ("receipt", "AE-0001"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("letter_received_on", "2026-11-08", "Data wpływu jest wcześniejsza niż data pisma."),
            ("letter_received_on", "2026-11-23", "Data wpływu nie może być późniejsza niż dzisiejsza."),
            ("due", "2026-11-11", "Termin jest wcześniejszy niż data wpływu."),
            ("due", "2026-11-19", "Pismo sporządzono po terminie, który wyznaczył sąd."),
            ("period_to", "2026-01-31", "Współpraca kończy się przed swoim początkiem."),
            ("signatures/ASSISTANT/role", "MANAGER", "Podpisuje asystent, który sporządził pismo."),
            ("sent_on", "2026-11-19", "Pisma nie można wysłać przed jego sporządzeniem."),
            ("sent_on", "2026-11-23", "Data wysłania nie może być późniejsza niż dzisiejsza."),
            ("sent_on", "", "Uzupełnij: data wysłania."),
            ("conclusions", "", "Uzupełnij: wnioski."),
            ("assessment", "Dobrze.", "Napisz co najmniej 50 znaków (jest 7)."),
        ],
    };

    const REPORT: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("kind", "REPORT"),
            ("court", "Sąd Rejonowy w Świebodzinie"),
            ("division", "III Wydział Rodzinny i Nieletnich"),
            ("case_number", "III Nsm 7/26"),
            ("letter_on", "2026-05-09"),
            ("letter_received_on", "2026-05-12"),
            ("due", "2026-11-30"),
            ("signed_by", "MANAGER"),
            ("period_from", "2026-05-12"),
            ("period_to", "2026-11-20"),
            ("knowledge", "Wizyty i rozmowy z koordynatorem."),
            ("persons", CHILD),
            ("address", "ul. Wąska 3, Zbąszynek"),
            ("child_in_care", "tak"),
            ("care", "Córka jest w rodzinie zastępczej."),
            ("living", "Pokój dziecka jest przygotowany."),
            ("attitude", "Ojciec bywa na każdym spotkaniu."),
            ("institutions", "Ojciec spotyka się z kuratorem."),
            ("assistance", "Odbyto dwanaście spotkań z dzieckiem."),
            ("bond", "Dziecko czeka na ojca."),
            ("children_in_care", "Dziecko jest zdrowe i chodzi do przedszkola."),
            ("assessment", "Ojciec przygotowuje się do powrotu dziecka i dotrzymuje ustaleń."),
            ("manager_signatures/1/role", "MANAGER"),
            ("manager_signatures/1/name", "Róża Żółć"),
            ("manager_signatures/1/method", "QUALIFIED"),
        ],
        more: &[],
        signed: &["ASSISTANT"],
        broken: &[
            ("children_in_care", "", "Uzupełnij: sytuacja dzieci w pieczy."),
            ("manager_signatures/1/role", "OTHER", "Tu podpisuje kierownik."),
        ],
    };

    const NOTICE: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("kind", "NOTICE"),
            ("court", "Sąd Rejonowy w Świebodzinie"),
            ("division", "III Wydział Rodzinny i Nieletnich"),
            ("signed_by", "ASSISTANT"),
            ("period_from", "2026-05-12"),
            ("period_to", "2026-11-20"),
            ("knowledge", "Rozmowa z matką."),
            ("persons", MEMBER),
            ("address", "ul. Wąska 3, Zbąszynek"),
            ("notice_reason", "NO_COOPERATION"),
            ("event_on", "2026-11-18"),
            ("event", "Matka powiedziała, że nie chce dalszych wizyt."),
        ],
        more: &[("attempts", "Trzy próby spotkania w listopadzie.")],
        signed: &["ASSISTANT"],
        broken: &[("event_on", "2026-11-23", "Data zdarzenia nie może być późniejsza niż dzisiejsza.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[OPINION, REPORT, NOTICE]);
    }
}
