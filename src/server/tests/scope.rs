//! What a person may have on a device: their families, whole, and only as long as they are theirs (P4).

use super::{
    office::{TestOffice, empty_request},
    papers::{making, step, today, visit},
};
use crate::{
    domain::{
        change::{Change, Intent},
        documents::RecordKind,
        ids::{FamilyId, Rev, UserId},
        procedure::{Given, Transition},
        record::{Mark, Refusal},
    },
    server::db::testing::{count, fresh, on_each},
    sync::protocol::{PAGE, RequestEnvelope, Verdict},
};

async fn office(db: crate::server::db::Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Ola").await;
    office.with_family("R01", "Ala").await.with_family("R02", "Ola").await
}

/// The manager gives a family to another assistant.
async fn transfer(office: &TestOffice, code: &str, to: UserId) {
    let change = handing_over(office, code, to).await;
    let receipts = office.push("Kira", &[change]).await;
    assert!(!matches!(receipts[0].verdict, Verdict::Refused(_)), "{:?}", receipts[0].verdict);
}

/// The change by which the manager does it.
pub async fn handing_over(office: &TestOffice, code: &str, to: UserId) -> Change {
    let rev = count(&office.db, "select rev from offices").await;
    let given = Given { assistant: Some(to), reason: "Zmiana rejonu.".into(), ..Given::on(today()) };
    let taken = (Transition::ChangeAssistant, given);
    Change { base: Rev(rev), ..step(office.user("Kira"), office.case(code), office.family(code), taken) }
}

#[tokio::test]
async fn p04_scenario_06_late_work_of_a_former_assistant_is_taken_and_the_file_leaves_their_phone() {
    on_each(async |db| {
        let office = office(db).await;
        let family = office.family("R01");
        let mut ala = office.phone("Ala");
        ala.sync_all(&office).await;
        let cards = ala.write((0..3).map(|_| making(RecordKind::Visit, family, &visit(today()))).collect());
        transfer(&office, "R01", office.user("Ola")).await;
        let answer = ala.sync(&office).await;
        assert!(answer.receipts.iter().all(|receipt| matches!(receipt.verdict, Verdict::Merged { .. })));
        assert_eq!(answer.forget, [family]);
        assert!(answer.records.is_empty());
        assert_eq!(ala.replica.records().count(), 0, "nothing of the family stays");
        let mut ola = office.phone("Ola");
        ola.sync_all(&office).await;
        for card in &cards {
            let record = ola.replica.record(card.record).unwrap();
            assert!(record.marks.contains(&Mark::AfterHandover));
        }
        assert_eq!(ola.replica.of_family(family, RecordKind::Case).count(), 1, "the whole file came");
    })
    .await;
}

#[tokio::test]
async fn p04_late_work_after_the_file_was_forgotten_leaves_nothing_behind() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = office.phone("Ala");
        ala.sync_all(&office).await;
        transfer(&office, "R01", office.user("Ola")).await;
        ala.sync_all(&office).await;
        ala.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        ala.sync_all(&office).await;
        assert_eq!((ala.replica.waiting(), ala.replica.records().count()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn p04_scenario_06_a_family_that_comes_back_comes_whole() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = office.phone("Ala");
        ala.sync_all(&office).await;
        transfer(&office, "R01", office.user("Ola")).await;
        let mut ola = office.phone("Ola");
        ola.sync_all(&office).await;
        ola.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        ola.sync_all(&office).await;
        ala.sync_all(&office).await;
        transfer(&office, "R01", office.user("Ala")).await;
        ala.sync_all(&office).await;
        assert_eq!(ala.replica.of_family(office.family("R01"), RecordKind::Visit).count(), 1);
        assert_eq!(count(&office.db, "select count(*) from assignments where until_rev is null").await, 2);
    })
    .await;
}

#[tokio::test]
async fn s01_a_family_of_another_is_neither_written_nor_sent() {
    on_each(async |db| {
        let office = office(db).await;
        let theirs = office.family("R02");
        let mut ala = office.phone("Ala");
        ala.write(vec![making(RecordKind::Visit, theirs, &visit(today()))]);
        let mut request = ala.request();
        request.cursors.insert(theirs, Rev::NONE);
        request.cursors.insert(FamilyId(fresh()), Rev::NONE);
        let answer = ala.ask(&office, &request).await;
        assert_eq!(answer.receipts[0].verdict, Verdict::Refused(Refusal::NotAllowed));
        assert!(answer.records.iter().all(|record| record.family == office.family("R01")));
        assert_eq!(answer.forget.len(), 2, "an unknown family is answered like a colleague's");
    })
    .await;
}

#[tokio::test]
async fn p11_a_large_file_comes_in_pages_and_own_changes_are_no_news() {
    on_each(async |db| {
        let office = office(db).await;
        let family = office.family("R01");
        let mut ala = office.phone("Ala");
        ala.sync_all(&office).await;
        let visits = |count: usize| -> Vec<Intent> {
            (0..count).map(|_| making(RecordKind::Visit, family, &visit(today()))).collect()
        };
        ala.write(visits(PAGE));
        assert_eq!(ala.sync(&office).await.records.len(), 0);
        ala.write(visits(60));
        assert_eq!(ala.sync(&office).await.records.len(), 0);
        assert!(!ala.sync(&office).await.more);

        let mut fresh = office.phone("Ala");
        let first = fresh.sync(&office).await;
        assert_eq!((first.records.len(), first.more), (PAGE, true));
        // In the middle of the first fetch the person writes on.
        fresh.write(visits(2));
        let second = fresh.sync(&office).await;
        assert_eq!((second.records.len(), second.more), (62, false));
        ala.sync_all(&office).await;
        let ids = |phone: &super::phone::Phone| -> Vec<_> { phone.replica.records().cloned().collect() };
        assert_eq!(ids(&ala), ids(&fresh));
        assert_eq!(ids(&ala).len(), PAGE + 64);
    })
    .await;
}

#[tokio::test]
async fn p11_a_page_never_outgrows_what_a_phone_unpacks() {
    on_each(async |db| {
        let office = office(db).await;
        let long = "ż".repeat(8_000);
        for _ in 0..10 {
            let batch: Vec<_> = (0..50)
                .map(|_| {
                    let card = visit(today()).with(crate::domain::documents::visit_card::ACTIONS, long.clone());
                    super::papers::made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &card))
                })
                .collect();
            office.push("Ala", &batch).await;
        }
        let mut phone = office.phone("Ala");
        let first = phone.sync(&office).await;
        assert!(first.more && first.records.len() < PAGE);
        phone.sync_all(&office).await;
        assert_eq!(phone.replica.records().count(), 502);
    })
    .await;
}

#[tokio::test]
async fn p13_the_office_knows_what_waits_on_a_phone() {
    on_each(async |db| {
        let office = office(db).await;
        let oldest = Some(office.now - chrono::Duration::days(2));
        let request = RequestEnvelope { waiting: 7, oldest, ..empty_request() };
        office.exchange("Ala", request).await;
        assert_eq!(count(&office.db, "select max(waiting) from devices").await, 7);
        let mut ola = office.phone("Ola");
        ola.write(vec![making(RecordKind::Visit, office.family("R02"), &visit(today()))]);
        ola.sync(&office).await;
        let waiting = "select count(*) from devices where waiting > 0";
        assert_eq!(count(&office.db, waiting).await, 1, "what was answered waits no more");
    })
    .await;
}

#[tokio::test]
async fn p11_names_of_colleagues_come_only_when_they_are_news() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = office.phone("Ala");
        let people = ala.sync(&office).await.people.unwrap();
        assert_eq!(people.list.len(), 3);
        assert!(ala.sync(&office).await.people.is_none());
    })
    .await;
}
