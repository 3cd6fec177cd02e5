//! Part taken in a meeting of the board that judges the situation of a child in care (udział w posiedzeniu
//! zespołu PCPR, art. 130). Fields: spec/domain.md 3.22. It is the county's meeting; D17 is only told.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Field, Form, Key, Kind, Must, Rule, Section, choices};
use chrono::NaiveDate;

choices! {
    /// How the assistant took part.
    Attendance {
        InPerson = "IN_PERSON", "osobiście";
        Remote = "REMOTE", "zdalnie";
        InWriting = "IN_WRITING", "opinia na piśmie";
    }
}

/// Day of the meeting.
pub const HELD_ON: Key<NaiveDate> = Key::new("held_on");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Udział w posiedzeniu zespołu PCPR",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Posiedzenie",
            fields: &[
                Field::new("held_on", "Data posiedzenia", Kind::Date).required(),
                Field::new("children", "Których dzieci dotyczyło", Kind::Members)
                    .required()
                    .prefilled("z karty rodziny (zał. 4): dzieci w pieczy"),
                Field::new("attendance", "Udział", Kind::One(Attendance::CHOICES)).required(),
                Field::new("opinion", "Opinia asystenta", Kind::Text { min: 30, max: 4000 }).required(),
                Field::new("outcome", "Ustalenia zespołu", Kind::Text { min: 3, max: 2000 }),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("held_on", Must::NotInFuture, "To posiedzenie jeszcze się nie odbyło."),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{CHILD, Sample, exercise};

    const MEETING: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("held_on", "2026-11-19"),
            ("children", CHILD),
            ("attendance", "IN_PERSON"),
            ("opinion", "Matka odwiedza córkę co tydzień i dotrzymuje ustaleń."),
        ],
        more: &[("case_sign", "OPS.4231.7.2026"), ("outcome", "Urlopowanie na święta.")],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("held_on", "2026-11-23", "To posiedzenie jeszcze się nie odbyło."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[MEETING]);
    }
}
