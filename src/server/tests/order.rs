//! Order: revisions without gaps, changes in any order, two people at once (P3; R3, R6, R8).

use super::{
    exchanges::gaps,
    office::{TestOffice, empty_request},
    papers::{edited, made, making, task, today, visit},
};
use crate::{
    domain::{
        change::Change,
        documents::RecordKind,
        ids::{FamilyId, RecordId, Rev},
        record::{Mark, Record},
    },
    server::db::{Db, testing::on_each},
    sync::protocol::{RequestEnvelope, Verdict},
};
use std::collections::{BTreeMap, BTreeSet};

async fn office(db: Db) -> TestOffice {
    TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_writers_side_by_side_leave_no_gap_and_a_reader_misses_nothing() {
    on_each(async |db| {
        let office = office(db).await;
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let office = office.clone();
                tokio::spawn(async move {
                    let mut made_here = Vec::new();
                    for _ in 0..12 {
                        let family = office.family("R01");
                        let good = made(office.user("Ala"), making(RecordKind::Visit, family, &visit(today())));
                        let bad = made(office.user("Ala"), making(RecordKind::Paper, FamilyId(good.id.0), &task("x")));
                        office.push("Ala", &[bad, good.clone()]).await;
                        made_here.push(good.record);
                    }
                    made_here
                })
            })
            .collect();
        let reader = tokio::spawn(read_all_the_time(office.clone(), 98));
        let mut written = BTreeSet::new();
        for writer in writers {
            written.extend(writer.await.unwrap());
        }
        assert!(written.is_subset(&reader.await.unwrap()));
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

/// A second device of the assistant that asks without a pause until it has so many records.
async fn read_all_the_time(office: TestOffice, until: usize) -> BTreeSet<RecordId> {
    let (mut seen, mut cursors) = (BTreeSet::new(), BTreeMap::new());
    while seen.len() < until {
        let answer = office.exchange("Ala", RequestEnvelope { cursors: cursors.clone(), ..empty_request() }).await;
        cursors.extend(answer.cursors.clone());
        seen.extend(answer.read().unwrap().records.iter().map(|record| record.id));
        tokio::task::yield_now().await;
    }
    seen
}

#[tokio::test]
async fn r03_scenario_04_create_and_two_updates_in_all_six_orders() {
    on_each(async |db| {
        let office = office(db).await;
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            for together in [true, false] {
                let story = three(&office);
                let sent: Vec<Change> = order.iter().map(|index| story[*index].clone()).collect();
                deliver(&office, &sent, together).await;
                let record = standing(&office, story[0].record).await;
                assert_eq!(record.answers.text(crate::domain::documents::family_task::TASK), "trzecie", "{order:?}");
                assert!(record.disputes.is_empty() && record.marks.is_empty(), "{order:?}");
            }
        }
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

fn three(office: &TestOffice) -> [Change; 3] {
    let first = made(office.user("Ala"), making(RecordKind::Task, office.family("R01"), &task("pierwsze")));
    let mut second = edited(&first, Rev::NONE, "task", "pierwsze", "drugie");
    second.after = Some(first.id);
    let mut third = edited(&first, Rev::NONE, "task", "drugie", "trzecie");
    third.after = Some(second.id);
    [first, second, third]
}

/// Sends changes, each alone or all together, and again whatever got no answer, as a phone does.
async fn deliver(office: &TestOffice, changes: &[Change], together: bool) {
    let mut waiting = changes.to_vec();
    while !waiting.is_empty() {
        let batches: Vec<Vec<Change>> =
            if together { vec![waiting.clone()] } else { waiting.iter().map(|change| vec![change.clone()]).collect() };
        for batch in batches {
            let receipts = office.push("Ala", &batch).await;
            waiting.retain(|change| receipts.iter().all(|receipt| receipt.change != change.id));
        }
    }
}

async fn standing(office: &TestOffice, id: RecordId) -> Record {
    let answer = office.exchange("Ala", RequestEnvelope { changes: Vec::new(), ..empty_request() }).await;
    answer.read().unwrap().records.into_iter().find(|record| record.id == id).unwrap()
}

#[tokio::test]
async fn r08_different_fields_merge_and_the_same_field_keeps_both() {
    on_each(async |db| {
        let office = office(db).await;
        let (mut one, mut other) = (office.phone("Ala"), office.phone("Ala"));
        let made = one.write(vec![making(RecordKind::Task, office.family("R01"), &task("Umówić wizytę"))]).remove(0);
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        let edit = |text: &str| {
            let before = "Umówić wizytę";
            let change = edited(&made, Rev(3), "task", before, text);
            crate::domain::change::Intent {
                record: change.record,
                kind: change.kind,
                family: change.family,
                form: change.form,
                action: change.action,
            }
        };
        one.write(vec![edit("Umówić wizytę u pediatry")]);
        other.write(vec![edit("Umówić wizytę u logopedy")]);
        one.sync_all(&office).await;
        let answer = other.sync(&office).await;
        assert!(matches!(&answer.receipts[0].verdict, Verdict::NeedsDecision { fields, .. } if fields == &["task"]));
        one.sync_all(&office).await;
        let (mine, theirs) = (one.replica.record(made.record).unwrap(), other.replica.record(made.record).unwrap());
        assert_eq!(mine, theirs, "both see the same two versions");
        assert_eq!((mine.disputes.len(), mine.marks.contains(&Mark::Parallel)), (1, true));
    })
    .await;
}

#[tokio::test]
async fn r22_two_tabs_with_one_outbox_end_alike() {
    on_each(async |db| {
        let office = office(db).await;
        let mut tab = office.phone("Ala");
        tab.sync_all(&office).await;
        tab.write(vec![
            making(RecordKind::Visit, office.family("R01"), &visit(today())),
            making(RecordKind::Task, office.family("R01"), &task("Umówić wizytę")),
        ]);
        // Both tabs read the same store and send the same request; each settles both answers.
        let request = tab.request();
        let (first, second) = (tab.ask(&office, &request).await, tab.ask(&office, &request).await);
        assert_eq!(first.receipts, second.receipts);
        tab.settle(second);
        tab.settle(first);
        assert_eq!(tab.replica.waiting(), 0);
        let mut fresh = office.phone("Ala");
        fresh.sync_all(&office).await;
        assert_eq!(tab.replica.records().collect::<Vec<_>>(), fresh.replica.records().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn r07_order_does_not_follow_the_clocks_of_devices() {
    on_each(async |db| {
        let office = office(db).await;
        let first = made(office.user("Ala"), making(RecordKind::Task, office.family("R01"), &task("pierwsze")));
        let rev = accepted(&office.push("Ala", std::slice::from_ref(&first)).await[0].verdict);
        for (skew, text, before) in [(-3650, "dawno", "pierwsze"), (3650, "kiedyś", "dawno"), (0, "dziś", "kiedyś")]
        {
            let standing = standing(&office, first.record).await;
            let mut change = edited(&first, standing.rev, "task", before, text);
            change.at += chrono::Duration::days(skew);
            let verdict = office.push("Ala", &[change]).await.remove(0).verdict;
            // The mark of a clock that runs ahead is the office's own: the device is sent the record.
            assert_eq!(matches!(verdict, Verdict::Merged { .. }), skew > 0, "{verdict:?}");
        }
        let record = standing(&office, first.record).await;
        assert_eq!(record.answers.text(crate::domain::documents::family_task::TASK), "dziś");
        assert!(record.marks.contains(&Mark::ClockOff) && record.rev > rev);
    })
    .await;
}

fn accepted(verdict: &Verdict) -> Rev {
    match verdict {
        Verdict::Accepted { rev } => *rev,
        other => panic!("{other:?}"),
    }
}
