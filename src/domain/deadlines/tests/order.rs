//! The same facts give the same terms, whatever order the records come in: a phone lists them by id, the office
//! as its database returns them, and a merge brings them in yet another order.

use super::*;
use crate::domain::{
    codes::{ChangeSignal, EntryKind, Outcome},
    documents::{
        RecordKind,
        papers::{
            course::{CASE, LIFE, PAPER},
            parts::DOC_DATE,
        },
        visit_card,
    },
    form::{Answers, Key},
    ids::RecordId,
    procedure::{self, Life, Paper},
    record::Record,
    testing::record,
};

/// Any record with any of the answers that somebody reads.
fn any_record() -> impl Strategy<Value = Record> {
    let kind = proptest::sample::select(RecordKind::ALL);
    let days = (0u64..500, 0u64..500, proptest::option::of(0u64..500));
    let entry = (
        proptest::sample::select(EntryKind::ALL),
        proptest::sample::select(Outcome::ALL),
        proptest::option::of(proptest::sample::select(ChangeSignal::ALL)),
        proptest::sample::select(&["OPS_WORKER", "SCHOOL"][..]),
    );
    let case = (proptest::sample::select(Stage::ALL), any::<bool>());
    let paper = (proptest::sample::select(Paper::ALL), proptest::sample::select(Life::ALL));
    (kind, days, entry, case, paper).prop_map(|(kind, days, entry, case, paper)| {
        let day_of = |days: u64| day("2025-06-30") + Days::new(days);
        let mut answers = Answers::default()
            .with(visit_card::KIND, entry.0)
            .with(visit_card::OUTCOME, entry.1)
            .with(visit_card::INSTITUTION, entry.3.to_owned())
            .with(visit_card::DATE, day_of(days.0))
            .with(case_card::STAGE, case.0)
            .with(case_card::REFERRED_ON, day_of(days.1))
            .with(PAPER, paper.0)
            .with(LIFE, paper.1)
            .with(CASE, RecordId(Uuid::from_u128(1)))
            .with(DOC_DATE, day_of(days.0))
            .with(Key::new("complete"), case.1)
            .with(Key::new("worker_present"), case.1);
        if let Some(later) = days.2 {
            for key in ["plan_from", "consent_on", "monitoring_from", "valid_from", "received_on"] {
                answers.put(Key::new(key), day_of(later));
            }
        }
        if let Some(signal) = entry.2 {
            answers.put(visit_card::CHANGE_SIGNAL, signal);
        }
        record(0, kind, answers)
    })
}

/// A family's records, and the same ones in another order.
fn any_file() -> impl Strategy<Value = (Vec<Record>, Vec<Record>)> {
    let records = proptest::collection::vec(any_record(), 1..14).prop_map(|mut records| {
        for (record, n) in records.iter_mut().zip(1..) {
            record.id = RecordId(Uuid::from_u128(n));
        }
        records[0].kind = RecordKind::Case;
        records
    });
    records.prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle()))
}

const REQUESTS: &[Happening] =
    &[ClosingRequested, MonitoringEndRequested, ReopenRequested, RequestReturned, MonitoringStarted];

/// Few days and many requests, so that several fall on one day and one return meets more than one of them.
fn any_busy_days() -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    let what = prop_oneof![3 => proptest::sample::select(REQUESTS), 1 => proptest::sample::select(Happening::ALL)];
    let event = (what, 0u64..5, proptest::sample::select(&[Of::Case, ONE, TWO][..]), proptest::option::of(0u64..5));
    let events = event.prop_map(|(what, on, of, until)| Event {
        stated: until.map(|days| day("2026-09-30") + Days::new(days)),
        ..Event::new(what, day("2026-01-31") + Days::new(on)).of(of)
    });
    proptest::collection::vec(events, 1..12).prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
}

proptest! {
    #[test]
    fn the_order_of_events_of_one_day_does_not_matter((events, shuffled) in any_busy_days(), today in 0u64..400) {
        let today = day("2026-01-31") + Days::new(today);
        for stage in [Stage::Cooperation, Stage::Monitoring] {
            let told = |events: &[Event]| {
                let facts = Facts { stage: Some(stage), ..Facts::default() }.with(events.to_vec()).complete();
                deadlines(&facts, &Settings::default(), today)
            };
            prop_assert_eq!(told(&events), told(&shuffled));
        }
    }

    #[test]
    fn the_order_of_records_does_not_matter((records, shuffled) in any_file(), today in 0u64..900) {
        let today = day("2025-06-30") + Days::new(today);
        let told = |records: &[Record]| terms_of_family(records, &Settings::default(), today);
        prop_assert_eq!(told(&records), told(&shuffled));
        let all = |records: &[Record]| {
            facts_of_family(records).map(|facts| deadlines(&facts.complete(), &Settings::default(), today))
        };
        prop_assert_eq!(all(&records), all(&shuffled));
    }

    #[test]
    fn nor_does_it_for_the_steps_of_the_procedure((records, shuffled) in any_file(), today in 0u64..900) {
        let today = day("2025-06-30") + Days::new(today);
        let told = |from: &[Record]| procedure::facts_of_case(&records[0], from, today);
        prop_assert_eq!(told(&records), told(&shuffled));
    }

    /// What is kept as JSON and read again says the same: the phone's store and the office's database do no more.
    #[test]
    fn nor_does_where_they_were_kept((records, _) in any_file(), today in 0u64..900) {
        let today = day("2025-06-30") + Days::new(today);
        let kept: Vec<Record> = serde_json::from_slice(&serde_json::to_vec(&records).unwrap()).unwrap();
        let told = |records: &[Record]| terms_of_family(records, &Settings::default(), today);
        prop_assert_eq!(told(&records), told(&kept));
    }
}
