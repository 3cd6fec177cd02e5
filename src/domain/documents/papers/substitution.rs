//! Card of a substitution (karta zastępstwa): who stands in for whom, from when to when, with which families.
//! Fields: spec/domain.md 3.22 and 1.2 (the manager decides; it ends by itself).
//!
//! It stands in the file of a family, or, for all families, in that of whom it stands in for. What it gives, [`Substitution`] says; the office looks at the day whenever
//! somebody asks for a family, so nobody has to end it.

use super::{
    course::{LIFE, PAPER},
    early_end::{EARLY_END, last_day},
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
};
use crate::domain::{
    documents::RecordKind,
    form::{Field, Form, Key, Kind, Must, Rule, Section, choices},
    ids::{FamilyId, RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
};
use chrono::NaiveDate;

choices! {
    /// Which families.
    Scope {
        This = "THIS", "ta rodzina";
        All = "ALL", "wszystkie rodziny zastępowanego asystenta";
    }
}

/// Who is stood in for.
pub const ABSENT: Key<UserId> = Key::new("absent");
/// Who stands in.
pub const SUBSTITUTE: Key<UserId> = Key::new("substitute");
/// First day.
pub const STARTS_ON: Key<NaiveDate> = Key::new("starts_on");
/// Last day.
pub const ENDS_ON: Key<NaiveDate> = Key::new("ends_on");
/// Which families.
pub const SCOPE: Key<Scope> = Key::new("scope");

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Karta zastępstwa",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Zastępstwo",
            fields: &[
                Field::new("absent", "Kogo zastępuje", Kind::Person).required().prefilled("asystent rodziny"),
                Field::new("substitute", "Kto zastępuje", Kind::Person).required(),
                Field::new("starts_on", "Pierwszy dzień", Kind::Date).required().prefilled("dzisiejszy"),
                Field::new("ends_on", "Ostatni dzień", Kind::Date)
                    .required()
                    .help("Po tym dniu dostęp do rodzin wygasa sam."),
                Field::new("scope", "Zakres", Kind::One(Scope::CHOICES))
                    .required()
                    .prefilled("teczka pracownika: wszystkie"),
                Field::new("duties", "Co trzeba zrobić", Kind::Text { min: 3, max: 2000 }),
            ],
        },
        SIGNATURES,
        EARLY_END,
    ],
    decision: &[Section {
        title: "Decyzja kierownika",
        fields: &[Field::new("decided_on", "Data zatwierdzenia", Kind::Date).required().prefilled("dzisiejsza")],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("substitute", Must::DifferFrom("absent"), "Nikt nie zastępuje sam siebie."),
        Rule::new("ends_on", Must::NotBefore("starts_on"), "Zastępstwo kończy się przed swoim początkiem."),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent, który zastępuje."),
        Rule::new("decided_on", Must::NotInFuture, "Data zatwierdzenia nie może być późniejsza niż dzisiejsza."),
    ],
};

/// What an approved card gives: from its first day to its last the substitute has these families as their assistant
/// has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The card.
    pub card: RecordId,
    /// The only family, or all of the absent assistant's.
    pub family: Option<FamilyId>,
    /// Who is stood in for.
    pub absent: UserId,
    /// Who stands in.
    pub substitute: UserId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; before the first one when it was ended before it began.
    pub until: NaiveDate,
}

impl Substitution {
    /// Reads a card; nothing while nobody has approved it.
    pub fn of(record: &Record) -> Option<Self> {
        let answers = &record.answers;
        let is_card = record.kind == RecordKind::Paper && answers.get(PAPER) == Some(Paper::Substitution);
        if !is_card || answers.get(LIFE) != Some(Life::Approved) {
            return None;
        }
        Some(Self {
            card: record.id,
            family: (answers.get(SCOPE)? == Scope::This).then_some(record.family),
            absent: answers.get(ABSENT)?,
            substitute: answers.get(SUBSTITUTE)?,
            from: answers.get(STARTS_ON)?,
            until: last_day(answers)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::testing::{PERSON, Sample, exercise},
        form::Answers,
        testing::{day, record},
    };
    use uuid::Uuid;

    const COLLEAGUE: &str = "01900000-0000-7000-8000-000000000002";

    const ALL: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("absent", PERSON),
            ("substitute", COLLEAGUE),
            ("starts_on", "2026-11-23"),
            ("ends_on", "2026-12-04"),
            ("scope", "ALL"),
            ("decided_on", "2026-11-20"),
        ],
        more: &[
            ("case_sign", "OPS.120.2.2026"),
            ("duties", "Jedna wizyta w tygodniu."),
            ("ended_early_on", "2026-11-25"),
            ("ended_early_why", "Powrót do pracy."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("substitute", PERSON, "Nikt nie zastępuje sam siebie."),
            ("ends_on", "2026-11-22", "Zastępstwo kończy się przed swoim początkiem."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent, który zastępuje."),
            ("decided_on", "2026-11-23", "Data zatwierdzenia nie może być późniejsza niż dzisiejsza."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[ALL]);
    }

    #[test]
    fn only_an_approved_card_gives_families() {
        let (absent, substitute) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let answers = Answers::default()
            .with(PAPER, Paper::Substitution)
            .with(ABSENT, absent)
            .with(SUBSTITUTE, substitute)
            .with(STARTS_ON, day("2026-11-23"))
            .with(ENDS_ON, day("2026-12-04"));
        let card = |scope, life| record(5, RecordKind::Paper, answers.clone().with(SCOPE, scope).with(LIFE, life));
        for life in [Life::Draft, Life::Signed, Life::Returned] {
            assert_eq!(Substitution::of(&card(Scope::All, life)), None, "{life:?}");
        }
        let one = card(Scope::This, Life::Approved);
        let given = Substitution::of(&one).unwrap();
        assert_eq!((given.family, given.absent, given.substitute), (Some(one.family), absent, substitute));
        assert_eq!((given.from, given.until), (day("2026-11-23"), day("2026-12-04")));
        assert_eq!(Substitution::of(&card(Scope::All, Life::Approved)).unwrap().family, None);
        let mut ended = card(Scope::All, Life::Approved);
        ended.answers.put(crate::domain::documents::papers::early_end::LAST_DAY, day("2026-11-25"));
        assert_eq!(Substitution::of(&ended).unwrap().until, day("2026-11-25"));
        let note = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Approved);
        assert_eq!(Substitution::of(&record(6, RecordKind::Paper, note)), None);
    }
}
