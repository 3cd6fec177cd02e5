//! Once, for ever the same, and each alone (P1, P2; R2, R5).

use super::{
    office::{TestOffice, empty_request},
    papers::{edited, made, making, task, today, visit},
};
use crate::{
    domain::{
        documents::RecordKind,
        ids::{ChangeId, Rev},
        record::Refusal,
    },
    server::{
        db::{
            Db,
            testing::{count, fresh, on_each},
        },
        exchange::{ExchangeFailure, exchange},
    },
    sync::protocol::{MAX_CHANGE, MAX_CHANGES, Receipt, RequestEnvelope, Verdict},
};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeSet;

async fn office(db: Db) -> TestOffice {
    TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await
}

#[tokio::test(flavor = "multi_thread")]
async fn r02_one_change_sent_a_hundred_times_at_once_has_one_effect_and_one_answer() {
    on_each(async |db| {
        let office = office(db).await;
        let change = made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today())));
        let senders: Vec<_> = (0..100)
            .map(|_| {
                let (office, change) = (office.clone(), change.clone());
                tokio::spawn(async move { office.push("Ala", &[change]).await })
            })
            .collect();
        let mut receipts = Vec::new();
        for sender in senders {
            receipts.extend(sender.await.unwrap());
        }
        assert_eq!(receipts.len(), 100);
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 1);
        assert_eq!(count(&office.db, "select count(*) from audit where object = 'FIELD_WORK'").await, 1);
        // A week later, in another batch.
        let mut later = office.clone();
        later.now += chrono::Duration::days(7);
        assert_eq!(later.push("Ala", &[change]).await, [receipts[0].clone()]);
    })
    .await;
}

#[tokio::test]
async fn r02_one_id_twice_in_a_request_is_one_change() {
    on_each(async |db| {
        let office = office(db).await;
        let change = made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today())));
        let receipts = office.push("Ala", &[change.clone(), change]).await;
        assert_eq!(receipts.len(), 1);
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn r05_each_answer_of_a_mixed_batch_is_true() {
    on_each(async |db| {
        let office = office(db).await;
        let (ala, family) = (office.user("Ala"), office.family("R01"));
        let good = made(ala, making(RecordKind::Visit, family, &visit(today())));
        let mut not_whole = visit(today());
        not_whole.set_raw("place", None);
        let not_whole = made(ala, making(RecordKind::Visit, family, &not_whole));
        let no_rights = made(ala, making(RecordKind::Case, family, &super::papers::case(ala, None)));
        let no_record = edited(&good, Rev(999), "observations", "", "x");
        let no_record = crate::domain::change::Change { record: crate::domain::ids::RecordId(fresh()), ..no_record };
        let late = crate::domain::change::Change { after: Some(ChangeId(fresh())), ..no_record.clone() };
        let late = crate::domain::change::Change { id: ChangeId(fresh()), ..late };
        let last = made(ala, making(RecordKind::Task, family, &task("Umówić wizytę")));
        let batch = [good.clone(), not_whole, no_rights, no_record, late.clone(), last.clone()];
        let receipts = office.push("Ala", &batch).await;
        let verdicts: Vec<_> = receipts.iter().map(|receipt| word(&receipt.verdict)).collect();
        assert_eq!(verdicts, ["accepted", "invalid", "not allowed", "no record", "accepted"]);
        assert!(receipts.iter().all(|receipt| receipt.change != late.id), "it waits for the one before it");
        assert_eq!(count(&office.db, "select count(*) from records where kind in ('visit', 'task')").await, 2);
        assert_eq!(office.push("Ala", &batch).await, receipts, "the same answers for ever");
        assert_eq!(count(&office.db, "select count(*) from changes where rev is null").await, 3);
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted { .. } => "accepted",
        Verdict::Merged { .. } => "merged",
        Verdict::NeedsDecision { .. } => "two versions",
        Verdict::Refused(Refusal::Invalid(_)) => "invalid",
        Verdict::Refused(Refusal::NotAllowed) => "not allowed",
        Verdict::Refused(Refusal::NoSuchRecord) => "no record",
        Verdict::Refused(_) => "refused",
    }
}

/// Revisions that are missing between the first and the office's last.
pub async fn gaps(office: &TestOffice) -> Vec<i64> {
    let taken = crate::server::db::testing::numbers(&office.db, "select rev from changes where rev is not null").await;
    let taken: BTreeSet<i64> = taken.into_iter().collect();
    let last = count(&office.db, "select rev from offices").await;
    (1..=last).filter(|rev| !taken.contains(rev)).chain(taken.iter().copied().filter(|rev| *rev > last)).collect()
}

#[tokio::test]
async fn r05_one_malformed_among_thirty_holds_up_nobody() {
    on_each(async |db| {
        let office = office(db).await;
        let mut changes: Vec<Box<RawValue>> = (0..29)
            .map(|_| made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today()))))
            .map(|change| to_raw_value(&change).unwrap())
            .collect();
        let id = fresh();
        changes.insert(7, serde_json::from_str(&format!(r#"{{"id":"{id}","kind":"dragon"}}"#)).unwrap());
        changes.insert(3, serde_json::from_str(r#"{"no id":true}"#).unwrap());
        let large = format!(r#"{{"id":"{}","text":"{}"}}"#, fresh(), "a".repeat(MAX_CHANGE));
        changes.push(serde_json::from_str(&large).unwrap());
        let answer = office.send("Ala", changes.clone()).await;
        let accepted = answer.receipts.iter().filter(|receipt| word(&receipt.verdict) == "accepted").count();
        assert_eq!((accepted, answer.receipts.len()), (29, 31));
        let verdict = |id| answer.receipts.iter().find(|receipt| receipt.change == id).unwrap().verdict.clone();
        assert_eq!(verdict(ChangeId(id)), Verdict::Refused(Refusal::Unreadable));
        assert_eq!(answer.receipts[30].verdict, Verdict::Refused(Refusal::TooLarge));
        assert_eq!(office.send("Ala", changes).await.receipts, answer.receipts);
    })
    .await;
}

#[tokio::test]
async fn p07_anothers_change_is_left_for_its_author() {
    on_each(async |db| {
        let office = office(db).await.with_assistant("Ola").await;
        let change = made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today())));
        let sent_by_ola = office.push("Ola", std::slice::from_ref(&change)).await;
        assert_eq!(sent_by_ola[0].verdict, Verdict::Refused(Refusal::OtherAuthor));
        let sent_by_ala = office.push("Ala", std::slice::from_ref(&change)).await;
        assert_eq!(word(&sent_by_ala[0].verdict), "accepted");
        // Now that it is known: Ola learns nothing of what became of it.
        let again = office.push("Ola", &[change]).await;
        assert_eq!(again[0].verdict, Verdict::Refused(Refusal::OtherAuthor));
    })
    .await;
}

#[tokio::test]
async fn r02_one_id_in_two_offices_are_two_changes() {
    on_each(async |db| {
        let one = office(db.clone()).await;
        let other = office(db).await;
        let change = made(one.user("Ala"), making(RecordKind::Visit, one.family("R01"), &visit(today())));
        let mut twin = made(other.user("Ala"), making(RecordKind::Visit, other.family("R01"), &visit(today())));
        (twin.id, twin.record) = (change.id, change.record);
        assert_eq!(word(&one.push("Ala", &[change]).await[0].verdict), "accepted");
        assert_eq!(word(&other.push("Ala", &[twin]).await[0].verdict), "accepted");
    })
    .await;
}

#[tokio::test]
async fn w04_what_is_repeated_or_empty_writes_nothing() {
    on_each(async |db| {
        let office = office(db).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let change = phone.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]).remove(0);
        let lost = phone.request();
        phone.ask(&office, &lost).await;
        let writer = hold_the_writer(&office.db).await;
        // The answer was lost; the same request again, while nobody can write.
        let answer = phone.ask(&office, &lost).await;
        assert_eq!(answer.receipts.iter().map(|receipt| receipt.change).collect::<Vec<_>>(), [change.id]);
        assert!(answer.records.is_empty(), "its own change is no news to it");
        phone.settle(answer);
        let empty = phone.sync(&office).await;
        assert!(empty.receipts.is_empty() && empty.records.is_empty());
        drop(writer);
        assert_eq!(phone.replica.waiting(), 0);
        assert_eq!(phone.replica.record(change.record).unwrap().rev, Rev(3));
    })
    .await;
}

/// On SQLite nobody else can begin to write while this is held.
async fn hold_the_writer(db: &Db) -> Option<crate::server::db::Link> {
    match db {
        Db::Lite { .. } => Some(db.begin().await.unwrap()),
        Db::Pg(_) => None,
    }
}

#[tokio::test]
async fn s10_more_than_a_page_of_changes_is_too_much() {
    on_each(async |db| {
        let office = office(db).await;
        let one = to_raw_value(&17).unwrap();
        let request = RequestEnvelope { changes: vec![one; MAX_CHANGES + 1], ..empty_request() };
        let refused = exchange(&office.db, office.who("Ala"), request, office.now).await;
        assert!(matches!(refused, Err(ExchangeFailure::TooMany)));
    })
    .await;
}

#[tokio::test]
async fn s10_odd_signs_and_years_stop_only_their_own_change() {
    on_each(async |db| {
        let office = office(db).await;
        let (ala, family) = (office.user("Ala"), crate::domain::ids::FamilyId(fresh()));
        office.lay("Kira", making(RecordKind::Case, family, &super::papers::case(ala, None))).await;
        let mut odd = super::papers::card("R\u{0}01", "Now\u{0}ak");
        odd.set_raw("safety", Some(crate::domain::form::Value::Text("\u{0}\u{2028}</script>".into())));
        let mut card = made(office.user("Kira"), making(RecordKind::Family, family, &odd));
        card.author = ala;
        let mut far = made(ala, making(RecordKind::Visit, family, &visit(today())));
        far.at = chrono::DateTime::<chrono::Utc>::MAX_UTC;
        let receipts: Vec<Receipt> = office.push("Ala", &[card, far]).await;
        let verdicts: Vec<_> = receipts.iter().map(|receipt| word(&receipt.verdict)).collect();
        assert_eq!(verdicts, ["accepted", "refused"]);
    })
    .await;
}

#[tokio::test]
async fn r01_an_exchange_that_is_cut_at_any_point_happened_whole_or_not_at_all() {
    on_each(async |db| {
        let office = office(db).await;
        let mut finished = 0;
        for polls in 1..400 {
            let visit = made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today())));
            let task = made(office.user("Ala"), making(RecordKind::Task, office.family("R01"), &task("Kupić zeszyty")));
            let batch = [visit, task];
            finished += usize::from(cut_after(polls, office.push("Ala", &batch)).await.is_some());
            let receipts = office.push("Ala", &batch).await;
            assert!(receipts.iter().all(|receipt| word(&receipt.verdict) == "accepted"), "{receipts:?}");
            assert_eq!(office.push("Ala", &batch).await, receipts);
            if finished > 3 {
                break;
            }
        }
        assert!(finished > 0, "the last ones were not cut any more");
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
        let twice = "select count(*) from changes c where (select count(*) from audit a where a.change = c.id) <> 1";
        assert_eq!(count(&office.db, twice).await, 0, "one line of the log for each change");
    })
    .await;
}

/// Drops a future after so many polls, as a timeout or a broken connection would.
async fn cut_after<T>(polls: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = Box::pin(future);
    let mut left = polls;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return std::task::Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}
