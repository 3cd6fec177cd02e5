//! Scenarios of offline.md section 3 that are stories of their own; the others stand in ARCHITECTURE.md by name.

use super::{
    exchanges::gaps,
    office::TestOffice,
    papers::{edited, made, making, task, today, visit},
    phone::Phone,
};
use crate::{
    domain::{
        change::{Change, Intent},
        documents::{RecordKind, family_task},
        ids::{FamilyId, RecordId, Rev},
        record::{Mark, Refusal},
    },
    server::db::{
        Db,
        testing::{count, fresh, on_each},
    },
    sync::protocol::{MAX_CHANGE, Verdict},
};
use futures_util::future::join_all;

async fn office(db: Db) -> TestOffice {
    TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await
}

async fn phone(office: &TestOffice) -> Phone {
    let mut phone = office.phone("Ala");
    phone.sync_all(office).await;
    phone
}

fn edit_of(change: &Change, before: &str, after: &str) -> Intent {
    let Change { record, kind, family, form, action, .. } = edited(change, change.base, "task", before, after);
    Intent { record, kind, family, form, action }
}

#[tokio::test]
async fn scenario_03_the_answer_is_lost_and_three_resends_by_two_tabs_have_one_effect() {
    on_each(async |db| {
        let office = office(db).await;
        let mut tab = phone(&office).await;
        tab.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        let request = tab.request();
        let lost = tab.ask(&office, &request).await;
        let answers = join_all((0..3).map(|_| tab.ask(&office, &request))).await;
        assert!(answers.iter().all(|answer| answer.receipts == lost.receipts));
        for answer in answers {
            tab.settle(answer);
        }
        assert_eq!((tab.replica.waiting(), tab.replica.sent().count()), (0, 1));
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn scenario_05_one_side_is_answered_while_the_other_has_two_more_edits_waiting() {
    on_each(async |db| {
        let office = office(db).await;
        let (mut one, mut other) = (phone(&office).await, phone(&office).await);
        let made = one.write(vec![making(RecordKind::Task, office.family("R01"), &task("pierwsze"))]).remove(0);
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        one.write(vec![edit_of(&made, "pierwsze", "jedno")]);
        for (before, after) in [("pierwsze", "inne"), ("inne", "jeszcze inne"), ("jeszcze inne", "ostatnie")] {
            other.write(vec![edit_of(&made, before, after)]);
        }
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        one.sync_all(&office).await;
        let (here, there) = (one.replica.record(made.record).unwrap(), other.replica.record(made.record).unwrap());
        assert_eq!(here, there);
        assert_eq!(here.answers.text(family_task::TASK), "jedno", "the office's value stays current");
        let waiting: Vec<_> = here.disputes.iter().filter_map(|dispute| dispute.value.as_ref()?.text()).collect();
        assert_eq!(waiting, ["ostatnie"], "one version of the other, its last");
    })
    .await;
}

#[tokio::test]
async fn scenario_07_twenty_taps_send_one_card() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = phone(&office).await;
        let card = making(RecordKind::Visit, office.family("R01"), &visit(today()));
        // Each further tap writes the same words into the same record.
        for _ in 0..20 {
            phone.write(vec![card.clone()]);
        }
        let request = phone.request();
        for answer in join_all((0..20).map(|_| phone.ask(&office, &request))).await {
            phone.settle(answer);
        }
        assert_eq!((phone.replica.waiting(), phone.replica.sent().count()), (0, 20));
        assert!(phone.replica.record(card.record).unwrap().disputes.is_empty());
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn scenario_08_bad_changes_among_thirty_are_refused_each_alone() {
    on_each(async |db| {
        let office = office(db).await.with_assistant("Ola").await.with_family("R02", "Ola").await;
        let (ala, family) = (office.user("Ala"), office.family("R01"));
        let mut batch: Vec<Change> =
            (0..30).map(|_| made(ala, making(RecordKind::Visit, family, &visit(today())))).collect();
        let stray = Change { record: RecordId(fresh()), ..edited(&batch[0], Rev(3), "present_others", "babcia", "x") };
        let foreign = made(ala, making(RecordKind::Visit, office.family("R02"), &visit(today())));
        let nowhere = made(ala, making(RecordKind::Visit, FamilyId(fresh()), &visit(today())));
        let mut huge = visit(today());
        huge.set_raw("actions", Some(crate::domain::form::Value::Text("a".repeat(MAX_CHANGE * 2))));
        let huge = made(ala, making(RecordKind::Visit, family, &huge));
        for (place, bad) in [(3, stray.clone()), (9, foreign.clone()), (17, nowhere.clone()), (20, huge.clone())] {
            batch.insert(place, bad);
        }
        let receipts = office.push("Ala", &batch).await;
        let verdict = |of: &Change| receipts.iter().find(|receipt| receipt.change == of.id).unwrap().verdict.clone();
        assert_eq!(verdict(&stray), Verdict::Refused(Refusal::NoSuchRecord));
        assert_eq!(verdict(&foreign), Verdict::Refused(Refusal::NotAllowed));
        assert_eq!(verdict(&nowhere), Verdict::Refused(Refusal::NotAllowed));
        assert_eq!(verdict(&huge), Verdict::Refused(Refusal::TooLarge));
        let accepted = receipts.iter().filter(|receipt| matches!(receipt.verdict, Verdict::Accepted { .. })).count();
        assert_eq!((accepted, receipts.len()), (30, 34));
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

#[tokio::test]
async fn scenario_13_wrong_clocks_change_neither_order_nor_effect() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = phone(&office).await;
        let family = office.family("R01");
        let made = phone.write(vec![making(RecordKind::Task, family, &task("pierwsze"))]).remove(0);
        phone.sync_all(&office).await;
        let truth = phone.now;
        let jumps = [(3 * 24 * 60, "trzy dni naprzód"), (-60, "godzinę wstecz"), (0, "zmiana czasu"), (0, "na końcu")];
        let mut before = "pierwsze";
        for (minutes, after) in jumps {
            phone.now = truth + chrono::Duration::minutes(minutes);
            phone.write(vec![edit_of(&made, before, after)]);
            before = after;
        }
        phone.now = truth;
        phone.sync_all(&office).await;
        phone.sync_all(&office).await;
        let mut fresh = office.phone("Ala");
        fresh.sync_all(&office).await;
        let record = fresh.replica.record(made.record).unwrap();
        assert_eq!(record.answers.text(family_task::TASK), "na końcu", "the order of writing holds");
        assert!(record.disputes.is_empty() && record.marks.contains(&Mark::ClockOff), "{:?}", record.marks);
        assert_eq!(phone.replica.record(made.record), Some(record));
    })
    .await;
}
