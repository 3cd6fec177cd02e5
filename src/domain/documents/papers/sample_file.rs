//! A family's whole file for tests: an earlier case, a current one, and every paper that others begin from.

use super::{
    course::{CASE, HANDED_IN_ON, LIFE, PAPER},
    form_of,
    testing::{self, CHILD, GOAL, MEMBER, PERSON},
};
use crate::domain::{
    documents::RecordKind,
    form::{Answers, Value},
    ids::{RecordId, UserId},
    procedure::{Life, Paper},
    record::Record,
    testing::{day, record},
};
use uuid::Uuid;

/// The unborn child.
pub const UNBORN: &str = "01900000-0000-7000-8000-000000000005";
/// The social worker.
pub const WORKER: &str = "01900000-0000-7000-8000-000000000006";
/// A second goal.
pub const GOAL_2: &str = "01900000-0000-7000-8000-000000000007";

pub const CARD: u128 = 1;
pub const OLD_CASE: u128 = 2;
pub const OLD_REOPENING: u128 = 3;
pub const REFERRAL: u128 = 4;
pub const APPLICATION: u128 = 5;
pub const CASE_NOW: u128 = 6;
pub const CONSENT: u128 = 7;
pub const FAMILY_CARD: u128 = 8;
pub const ASSESSMENT: u128 = 9;
pub const PLAN: u128 = 10;
pub const REVIEW: u128 = 11;
pub const CLOSING: u128 = 12;
pub const MONITORING: u128 = 13;
pub const COURT: u128 = 14;
pub const CATALOGUE: u128 = 15;
pub const AUTHORISATION: u128 = 16;
pub const MET: u128 = 20;
pub const CHANGED: u128 = 21;
pub const MISSED: u128 = 22;
pub const URGENT: u128 = 23;
pub const PHONE_LATE: u128 = 24;
pub const VISIT_LATE: u128 = 25;
pub const TASK_DONE: u128 = 30;
pub const TASK_MISSED: u128 = 31;
pub const TASK_ASSISTANT: u128 = 32;

/// The day of the tests.
pub const TODAY: &str = "2026-11-22";

pub fn id(n: u128) -> RecordId {
    RecordId(Uuid::from_u128(n))
}

pub fn me() -> UserId {
    UserId(PERSON.parse().unwrap())
}

/// A record of the file, from paths and texts.
pub fn of_kind(n: u128, kind: RecordKind, pairs: &[(&str, &str)]) -> Record {
    record(n, kind, testing::answers(kind.form(), pairs))
}

/// A standing paper of a case.
pub fn paper(n: u128, which: Paper, case: Option<u128>, on: &str, pairs: &[(&str, &str)]) -> Record {
    let mut answers = testing::answers(form_of(which).unwrap(), pairs).with(PAPER, which).with(LIFE, Life::Signed);
    answers.put(HANDED_IN_ON, day(on));
    answers.set_raw("doc_date", Some(Value::Text(on.to_owned())));
    if let Some(case) = case {
        answers.put(CASE, id(case));
    }
    record(n, RecordKind::Paper, answers)
}

/// The whole file, in no order.
pub fn file() -> Vec<Record> {
    let mut records = beginnings();
    records.extend(work());
    records.extend(endings());
    records.extend(entries());
    records
}

/// Without the papers of these numbers.
pub fn without(numbers: &[u128]) -> Vec<Record> {
    let mut records = file();
    records.retain(|record| !numbers.contains(&record.id.0.as_u128()));
    records
}

fn beginnings() -> Vec<Record> {
    vec![
        of_kind(CARD, RecordKind::Family, &card_pairs()),
        of_kind(
            OLD_CASE,
            RecordKind::Case,
            &[
                ("stage", "CLOSED"),
                ("basis", "DIFFICULTIES"),
                ("referred_on", "2024-01-08"),
                ("consent_on", "2024-02-05"),
                ("ended_on", "2025-03-05"),
                ("closing_reason", "GOALS_ACHIEVED"),
            ],
        ),
        paper(
            OLD_REOPENING,
            Paper::Reopening,
            Some(OLD_CASE),
            "2026-01-05",
            &[("areas/A02/scale", "2"), ("areas/A10/scale", "1")],
        ),
        paper(
            REFERRAL,
            Paper::Referral,
            None,
            "2026-01-12",
            &[
                ("referral_source", "COURT"),
                ("reporter_institution", "Sąd Rejonowy w Świebodzinie"),
                ("court_sign", "III Nsm 12/26"),
                ("court_date", "2026-01-02"),
                ("court_info_date", "2026-01-10"),
                ("place", "Zbąszynek"),
            ],
        ),
        paper(
            APPLICATION,
            Paper::ZzApplication,
            Some(CASE_NOW),
            "2026-01-13",
            &[("applicant", "Anna Próbna"), ("received_on", "2026-01-13")],
        ),
        of_kind(
            CASE_NOW,
            RecordKind::Case,
            &[
                ("sign", "OPS.4231.7.2026"),
                ("stage", "MONITORING"),
                ("basis", "COURT_ORDER,DIFFICULTIES"),
                ("flags", "COURT_ORDERED,CHILD_IN_CARE"),
                ("assistant", PERSON),
                ("worker", WORKER),
                ("referred_on", "2026-01-12"),
                ("interview_on", "2026-01-15"),
                ("allocated_on", "2026-01-20"),
                ("consent_on", "2026-02-02"),
                ("plan_from", "2026-03-02"),
                ("monitoring_from", "2026-10-01"),
                ("monitoring_to", "2027-01-01"),
                ("follows", &id(OLD_CASE).to_string()),
            ],
        ),
    ]
}

fn card_pairs() -> Vec<(&'static str, &'static str)> {
    vec![
        ("surname", "Próbna"),
        ("locality", "Zbąszynek"),
        ("address", "ul. Wzorcowa 3"),
        ("phones/t/number", "600 100 200"),
        ("phones/t/whose", "matka"),
        ("phones/t/best_time", "po 16"),
        ("members/01900000-0000-7000-8000-000000000002/first_name", "Anna"),
        ("members/01900000-0000-7000-8000-000000000002/role", "MOTHER"),
        ("members/01900000-0000-7000-8000-000000000002/born", "1990-05-01"),
        ("members/01900000-0000-7000-8000-000000000003/first_name", "Ola"),
        ("members/01900000-0000-7000-8000-000000000003/role", "CHILD"),
        ("members/01900000-0000-7000-8000-000000000003/born", "2018-05-01"),
        ("members/01900000-0000-7000-8000-000000000003/place", "FOSTER_KIN"),
        ("members/01900000-0000-7000-8000-000000000005/role", "UNBORN"),
        ("members/01900000-0000-7000-8000-000000000005/born", "2027-02-01"),
        ("members/01900000-0000-7000-8000-000000000002/co_resident", "tak"),
        ("contacts/s/institution", "SCHOOL"),
        ("contacts/s/name", "Szkoła Podstawowa nr 1"),
        ("contacts/s/person", "Zofia Pedagogiczna"),
        ("contacts/s/phone", "600 000 004"),
        ("contacts/s/does", "pedagog Oli"),
    ]
}

fn work() -> Vec<Record> {
    vec![
        paper(CONSENT, Paper::Consent, Some(CASE_NOW), "2026-02-02", &[("variant", "CONSENT")]),
        paper(
            FAMILY_CARD,
            Paper::FamilyCard,
            Some(CASE_NOW),
            "2026-02-10",
            &[
                ("children/01900000-0000-7000-8000-000000000003/school", "Szkoła Podstawowa nr 1"),
                ("parental_authority/w/child", CHILD),
                ("parental_authority/w/parent", MEMBER),
                ("parental_authority/w/authority", "LIMITED_CARE"),
                ("parental_authority/w/sign", "III Nsm 12/26"),
                ("parties/p/institution", "PCPR"),
                ("parties/p/name", "Zofia Koordynująca"),
                ("strengths", "Babcia pomaga."),
            ],
        ),
        paper(
            ASSESSMENT,
            Paper::Assessment,
            Some(CASE_NOW),
            "2026-02-25",
            &[
                ("areas/A01/score", "3"),
                ("areas/A01/situation", "Dziecko bywało samo."),
                ("areas/A02/score", "2"),
                ("areas/A02/situation", "Długi za czynsz."),
                ("areas/A02/needs", "Spłacić czynsz w ratach"),
                ("areas/A03/score", "4"),
                ("areas/A03/situation", "Dwa pokoje."),
                ("areas/A04/score", "BD"),
                ("areas/A06/resources", "Chodzi na terapię."),
                ("areas/A12/situation", "Kłótnie z siostrą."),
                ("areas/A13/situation", "Ograniczona władza."),
                ("areas/A16/resources", "Sąsiadka."),
                ("family_expectations", "Żeby Ola wróciła do domu."),
                ("strengths_family", "Trzymają się razem."),
                ("strengths_surroundings", "Babcia."),
            ],
        ),
        paper(
            PLAN,
            Paper::Plan,
            Some(CASE_NOW),
            "2026-03-02",
            &[
                ("version", "1"),
                ("valid_from", "2026-03-02"),
                ("main_goal", "Powrót Oli do domu."),
                ("goals/01900000-0000-7000-8000-000000000004/no", "1"),
                ("goals/01900000-0000-7000-8000-000000000004/area", "A02"),
                ("goals/01900000-0000-7000-8000-000000000004/goal", "Czynsz spłacany w ratach"),
                ("goals/01900000-0000-7000-8000-000000000004/status", "IN_PROGRESS"),
                ("goals/01900000-0000-7000-8000-000000000007/no", "2"),
                ("goals/01900000-0000-7000-8000-000000000007/area", "A01"),
                ("goals/01900000-0000-7000-8000-000000000007/goal", "Ola nie zostaje sama"),
                ("goals/01900000-0000-7000-8000-000000000007/status", "IN_PROGRESS"),
                ("actions/a/goal", GOAL),
                ("actions/a/action", "Raty z administracją"),
                ("visit_frequency", "2"),
                ("resources", "Babcia."),
            ],
        ),
        paper(
            REVIEW,
            Paper::Review,
            Some(CASE_NOW),
            "2026-08-31",
            &[
                ("period_from", "2026-03-02"),
                ("period_to", "2026-08-31"),
                ("areas/A01/now", "4"),
                ("goal_reviews/01900000-0000-7000-8000-000000000004/status", "PARTLY"),
                ("goal_reviews/01900000-0000-7000-8000-000000000007/status", "REACHED"),
                ("situation_care", "Matka trzyma się rytmu dnia."),
                ("situation_housing", "Dwa pokoje, czysto."),
                ("situation_relations", "Spokojniej."),
                ("situation_social", "Pomaga sąsiadka."),
                ("engagement_note", "Matka sama dzwoni."),
                ("reintegration", "Spotkania co sobotę."),
                ("effects", "Mniej zaległości."),
            ],
        ),
    ]
}

fn endings() -> Vec<Record> {
    vec![
        paper(CLOSING, Paper::ClosingRequest, Some(CASE_NOW), "2026-09-20", &[("ground", "ON_PLAN")]),
        paper(
            MONITORING,
            Paper::Monitoring,
            Some(CASE_NOW),
            "2026-11-10",
            &[
                ("from", "2026-10-01"),
                ("entries/x/date", "2026-10-20"),
                ("entries/x/kind", "INSTITUTION"),
                ("goal_retention/01900000-0000-7000-8000-000000000004/retention", "KEPT"),
                ("result", "POSITIVE"),
            ],
        ),
        paper(
            COURT,
            Paper::CourtPaper,
            Some(CASE_NOW),
            "2026-06-01",
            &[
                ("court", "Sąd Rejonowy w Świebodzinie"),
                ("division", "III Wydział Rodzinny"),
                ("case_number", "III Nsm 12/26"),
                ("signed_by", "MANAGER"),
            ],
        ),
        paper(
            CATALOGUE,
            Paper::ZzCatalogue,
            Some(CASE_NOW),
            "2026-03-05",
            &[("supports/1/kind", "PSYCHOLOGICAL"), ("supports/1/who", "ASSISTANT"), ("supports/1/status", "POSSIBLE")],
        ),
        paper(
            AUTHORISATION,
            Paper::ZzAuthorisation,
            Some(CASE_NOW),
            "2026-03-06",
            &[("persons", MEMBER), ("granted_on", "2026-03-06")],
        ),
    ]
}

fn visit(n: u128, pairs: &[(&str, &str)]) -> Record {
    of_kind(n, RecordKind::Visit, pairs)
}

fn entries() -> Vec<Record> {
    let task = |n, pairs: &[(&str, &str)]| of_kind(n, RecordKind::Task, pairs);
    vec![
        visit(
            MET,
            &[
                ("kind", "VISIT"),
                ("outcome", "HELD"),
                ("date", "2026-02-02"),
                ("duration", "60"),
                ("place", "HOME"),
                ("present", MEMBER),
            ],
        ),
        visit(
            CHANGED,
            &[
                ("kind", "VISIT"),
                ("outcome", "HELD"),
                ("date", "2026-09-10"),
                ("duration", "95"),
                ("goals", GOAL),
                ("tasks_art15", "T03_LIFE_SITUATION,X01"),
                ("change_signal", "WORK"),
                ("change_note", "ojciec podjął pracę"),
            ],
        ),
        visit(MISSED, &[("kind", "VISIT"), ("outcome", "NOBODY_HOME"), ("date", "2026-09-17")]),
        visit(
            URGENT,
            &[
                ("kind", "INTERVENTION"),
                ("date", "2026-11-20"),
                ("start", "18:30"),
                ("duration", "40"),
                ("risk", "URGENT"),
                ("urgent_note", "Dziecko bez opieki wieczorem."),
                ("urgent_steps", "MANAGER,POLICE_112"),
            ],
        ),
        visit(
            PHONE_LATE,
            &[
                ("kind", "PHONE_FAMILY"),
                ("date", "2026-10-10"),
                ("duration", "10"),
                ("actions", "Rozmowa o szkole i czynszu."),
            ],
        ),
        visit(
            VISIT_LATE,
            &[
                ("kind", "VISIT"),
                ("outcome", "HELD"),
                ("date", "2026-11-05"),
                ("duration", "50"),
                ("place", "HOME"),
                ("present", MEMBER),
                ("children_seen", CHILD),
                ("actions", "Rozmowa o rytmie dnia."),
                ("observations", "Czysto, ciepło."),
            ],
        ),
        task(
            TASK_DONE,
            &[
                ("task", "Złożyć wniosek o raty"),
                ("given_on", "2026-09-10"),
                ("status", "DONE"),
                ("checked_on", "2026-09-24"),
                ("goal", GOAL),
            ],
        ),
        task(
            TASK_MISSED,
            &[
                ("task", "Zapłacić ratę"),
                ("given_on", "2026-09-24"),
                ("status", "NOT_DONE"),
                ("checked_on", "2026-10-08"),
                ("goal", GOAL),
            ],
        ),
        task(
            TASK_ASSISTANT,
            &[
                ("task", "Zadzwonić do administracji"),
                ("given_on", "2026-09-24"),
                ("status", "SET"),
                ("by_assistant", "tak"),
            ],
        ),
    ]
}

/// Answers of a paper that a person is writing.
pub fn written(which: Paper, pairs: &[(&str, &str)]) -> Answers {
    testing::answers(form_of(which).unwrap(), pairs).with(PAPER, which).with(CASE, id(CASE_NOW))
}
