//! Substitutions: an approved card gives families from its first day to its last, and nobody has to end it
//! (spec/domain.md 1.2, 3.22).

use super::{
    office::TestOffice,
    papers::{made, making, visit},
    phone::Phone,
    scope::handing_over,
};
use crate::{
    domain::{
        change::{Action, Change, Edit, edits_between},
        documents::{
            RecordKind,
            papers::{
                course::{LIFE, PAPER},
                early_end, form_of, testing,
            },
        },
        form::{Answers, Cell as _},
        ids::{ChangeId, Rev},
        procedure::{Life, Paper},
        record::{Mark, Refusal},
    },
    server::db::{
        Db,
        testing::{fresh, on_each},
    },
    sync::protocol::Verdict,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Ola").await;
    let office = office.with_family("R01", "Ala").await.with_family("R02", "Ala").await;
    office.with_family("R03", "Ola").await.with_assistant("Ewa").await
}

fn noon(day: &str) -> DateTime<Utc> {
    day.parse::<NaiveDate>().unwrap().and_hms_opt(11, 0, 0).unwrap().and_utc()
}

/// The manager writes in the file of R01 that Ola stands in for Ala from 23 to 25 November, and approves it.
async fn stand_in(office: &TestOffice, scope: &str) -> (Change, Answers) {
    let (kira, ala, ola) = (office.user("Kira"), office.user("Ala").to_string(), office.user("Ola").to_string());
    let form = form_of(Paper::Substitution).unwrap();
    let mut answers = testing::answers(
        form,
        &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("absent", &ala),
            ("substitute", &ola),
            ("starts_on", "2026-11-23"),
            ("ends_on", "2026-11-25"),
            ("scope", scope),
        ],
    );
    testing::sign(form, &mut answers, &["ASSISTANT"]);
    let answers = answers.with(PAPER, Paper::Substitution).with(LIFE, Life::Signed);
    let card = made(kira, making(RecordKind::Paper, office.family("R01"), &answers));
    let receipts = office.push("Kira", std::slice::from_ref(&card)).await;
    let Verdict::Accepted { rev } = receipts[0].verdict else { panic!("{:?}", receipts[0].verdict) };
    let decided_on = Edit { before: None, after: Some("2026-11-20".to_owned().write()) };
    let life = Edit { before: Some(Life::Signed.write()), after: Some(Life::Approved.write()) };
    let edits = BTreeMap::from([("decided_on".to_owned(), decided_on), (LIFE.name().to_owned(), life)]);
    let approval = Change { id: ChangeId(fresh()), base: rev, action: Action::Write(edits), ..card };
    let receipts = office.push("Kira", std::slice::from_ref(&approval)).await;
    let Verdict::Accepted { rev } = receipts[0].verdict else { panic!("{:?}", receipts[0].verdict) };
    let mut approved = answers.with(LIFE, Life::Approved);
    approved.set_raw("decided_on", Some("2026-11-20".to_owned().write()));
    (Change { base: rev, ..approval }, approved)
}

/// The manager ends it with this day as its last.
async fn end_early(office: &TestOffice, (card, standing): &(Change, Answers), last: &str) -> Verdict {
    let mut ended = standing.clone().with(early_end::REASON, "Powrót do pracy.".into());
    ended.put(early_end::LAST_DAY, last.parse().unwrap());
    let action = Action::Write(edits_between(standing, &ended));
    let change = Change { id: ChangeId(fresh()), action, at: office.now, ..card.clone() };
    office.push("Kira", &[change]).await.remove(0).verdict
}

#[tokio::test]
async fn p04_an_early_end_takes_the_families_from_the_next_day_and_keeps_late_work() {
    on_each(async |db| {
        let mut office = office(db).await;
        let card = stand_in(&office, "ALL").await;
        office.now = noon("2026-11-23");
        let mut ola = office.phone("Ola");
        ola.sync_all(&office).await;
        ola.write(vec![making(RecordKind::Visit, office.family("R02"), &visit("2026-11-23".parse().unwrap()))]);
        let backwards = end_early(&office, &card, "2026-11-22").await;
        assert!(matches!(backwards, Verdict::Refused(Refusal::Invalid(_))), "{backwards:?}");
        let said = end_early(&office, &card, "2026-11-23").await;
        assert!(matches!(said, Verdict::Accepted { .. }), "{said:?}");
        let mut tablet = office.phone("Ola");
        tablet.sync_all(&office).await;
        assert_eq!(carried(&tablet, &office), ["R01", "R02", "R03"], "the last day counts");

        office.now = noon("2026-11-24");
        let answer = ola.sync(&office).await;
        assert!(matches!(answer.receipts[0].verdict, Verdict::Merged { .. }), "{:?}", answer.receipts);
        assert_eq!(carried(&ola, &office), ["R03"]);
        let Verdict::Accepted { rev } = said else { panic!("{said:?}") };
        let standing = card.1.with(early_end::LAST_DAY, "2026-11-23".parse().unwrap());
        let standing = standing.with(early_end::REASON, "Powrót do pracy.".into());
        let again = end_early(&office, &(Change { base: rev, ..card.0 }, standing), "2026-11-24").await;
        assert_eq!(again, Verdict::Refused(Refusal::NotAllowed), "what is over is over");
    })
    .await;
}

#[tokio::test]
async fn a_substitution_that_was_ended_before_it_began_gives_nothing() {
    on_each(async |db| {
        let mut office = office(db).await;
        let card = stand_in(&office, "ALL").await;
        let said = end_early(&office, &card, "2026-11-20").await;
        assert!(matches!(said, Verdict::Accepted { .. }), "{said:?}");
        office.now = noon("2026-11-24");
        let mut ola = office.phone("Ola");
        ola.write(vec![making(RecordKind::Visit, office.family("R01"), &visit("2026-11-24".parse().unwrap()))]);
        let answer = ola.sync(&office).await;
        assert_eq!(answer.receipts[0].verdict, Verdict::Refused(Refusal::NotAllowed));
        assert_eq!(carried(&ola, &office), ["R03"]);
    })
    .await;
}

/// Which of the three families the phone carries.
fn carried(phone: &Phone, office: &TestOffice) -> Vec<&'static str> {
    let here = |code: &&str| phone.replica.of_family(office.family(code), RecordKind::Case).count() == 1;
    ["R01", "R02", "R03"].into_iter().filter(here).collect()
}

#[tokio::test]
async fn a_substitute_has_the_families_from_the_first_day_to_the_last() {
    on_each(async |db| {
        let mut office = office(db).await;
        stand_in(&office, "ALL").await;
        let (mut ola, mut ala) = (office.phone("Ola"), office.phone("Ala"));
        let mut ewa = office.phone("Ewa");
        for (day, families) in [
            ("2026-11-22", vec!["R03"]),
            ("2026-11-23", vec!["R01", "R02", "R03"]),
            ("2026-11-25", vec!["R01", "R02", "R03"]),
            ("2026-11-26", vec!["R03"]),
        ] {
            office.now = noon(day);
            ola.sync_all(&office).await;
            ala.sync_all(&office).await;
            ewa.sync_all(&office).await;
            assert_eq!(carried(&ola, &office), families, "{day}");
            assert_eq!(carried(&ala, &office), ["R01", "R02"], "hers stay hers, {day}");
            assert!(carried(&ewa, &office).is_empty(), "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_card_for_one_family_gives_only_that_one_and_ends_when_the_family_goes_to_somebody_else() {
    on_each(async |db| {
        let mut office = office(db).await;
        stand_in(&office, "THIS").await;
        office.now = noon("2026-11-24");
        let mut ola = office.phone("Ola");
        ola.sync_all(&office).await;
        assert_eq!(carried(&ola, &office), ["R01", "R03"]);
        let change = handing_over(&office, "R01", office.user("Ewa")).await;
        let receipts = office.push("Kira", &[change]).await;
        assert!(!matches!(receipts[0].verdict, Verdict::Refused(_)), "{:?}", receipts[0].verdict);
        ola.sync_all(&office).await;
        assert_eq!(carried(&ola, &office), ["R03"]);
    })
    .await;
}

#[tokio::test]
async fn p04_what_a_substitute_wrote_in_time_is_taken_whenever_it_arrives() {
    on_each(async |db| {
        let mut office = office(db).await;
        let mut early = office.phone("Ola");
        early.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(super::papers::today()))]);
        stand_in(&office, "ALL").await;
        let answer = early.sync(&office).await;
        assert_eq!(answer.receipts[0].verdict, Verdict::Refused(Refusal::NotAllowed), "it has not begun");

        office.now = noon("2026-11-24");
        let mut ola = office.phone("Ola");
        ola.sync_all(&office).await;
        let entry = |day: &str| making(RecordKind::Visit, office.family("R02"), &visit(day.parse().unwrap()));
        ola.write(vec![entry("2026-11-24")]);
        let answer = ola.sync(&office).await;
        assert!(matches!(answer.receipts[0].verdict, Verdict::Accepted { .. }), "{:?}", answer.receipts);
        let late = ola.write(vec![entry("2026-11-24")]);

        office.now = noon("2026-11-27");
        let answer = ola.sync(&office).await;
        assert!(matches!(answer.receipts[0].verdict, Verdict::Merged { .. }), "{:?}", answer.receipts);
        assert_eq!(carried(&ola, &office), ["R03"]);
        let mut ala = office.phone("Ala");
        ala.sync_all(&office).await;
        assert_eq!(ala.replica.of_family(office.family("R02"), RecordKind::Visit).count(), 2);
        assert!(ala.replica.record(late[0].record).unwrap().marks.contains(&Mark::AfterHandover));
    })
    .await;
}

#[tokio::test]
async fn nobody_but_the_manager_gives_families_away() {
    on_each(async |db| {
        let office = office(db).await;
        let form = form_of(Paper::Substitution).unwrap();
        let (ala, ola) = (office.user("Ala").to_string(), office.user("Ola").to_string());
        let pairs: &[(&str, &str)] = &[("absent", &ala), ("substitute", &ola), ("scope", "ALL")];
        let answers = testing::answers(form, pairs).with(PAPER, Paper::Substitution).with(LIFE, Life::Draft);
        for life in [Life::Draft, Life::Approved] {
            let answers = answers.clone().with(LIFE, life);
            let change = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &answers));
            let receipts = office.push("Ala", &[Change { base: Rev::NONE, ..change }]).await;
            assert!(matches!(receipts[0].verdict, Verdict::Refused(_)), "{life:?}");
        }
    })
    .await;
}
