//! Requests that wait at the same moment are decided in one transaction: nobody must notice.

use super::{
    exchanges::gaps,
    office::{TestOffice, empty_request},
    papers::{edited, making, today, visit},
    scope::handing_over,
};
use crate::{
    domain::{
        change::Change,
        documents::RecordKind,
        ids::Rev,
        record::{Mark, Refusal},
    },
    server::{
        db::{
            Db,
            testing::{count, on_each},
        },
        exchange::{Answer, Caller, Exchanges, exchange_together},
    },
    sync::protocol::{Request, RequestEnvelope, Verdict},
};
use futures_util::future::join_all;
use serde_json::value::to_raw_value;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_assistant("Ola").await;
    office.with_family("R01", "Ala").await.with_family("R02", "Ola").await
}

fn asking(office: &TestOffice, name: &str, request: &Request) -> (Caller, RequestEnvelope) {
    (office.who(name).clone(), RequestEnvelope::of(request).unwrap())
}

fn sending(office: &TestOffice, name: &str, changes: &[Change]) -> (Caller, RequestEnvelope) {
    let changes = changes.iter().map(|change| to_raw_value(change).unwrap()).collect();
    (office.who(name).clone(), RequestEnvelope { changes, ..empty_request() })
}

fn verdict(answer: &Answer) -> &Verdict {
    &answer.receipts[0].verdict
}

#[tokio::test]
async fn each_is_answered_as_if_alone() {
    on_each(async |db| {
        let office = office(db).await;
        let (mut ala, mut ola) = (office.phone("Ala"), office.phone("Ola"));
        ala.sync_all(&office).await;
        ola.sync_all(&office).await;
        ala.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        ola.write(vec![
            making(RecordKind::Visit, office.family("R01"), &visit(today())),
            making(RecordKind::Visit, office.family("R02"), &visit(today())),
        ]);
        let requests = vec![asking(&office, "Ala", &ala.request()), asking(&office, "Ola", &ola.request())];
        let answers = exchange_together(&office.db, requests, office.now).await;
        assert!(matches!(verdict(&answers[0]), Verdict::Accepted { .. }));
        assert_eq!(*verdict(&answers[1]), Verdict::Refused(Refusal::NotAllowed), "a family of another");
        assert!(matches!(answers[1].receipts[1].verdict, Verdict::Accepted { .. }));
        assert!(answers.iter().all(|answer| answer.records.is_empty()), "own changes are no news");
        assert_eq!(answers[0].cursors.len(), 1);
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
        assert_eq!(count(&office.db, "select count(*) from audit where detail = 'refused: not_allowed'").await, 1);
        for (phone, answer) in [&mut ala, &mut ola].into_iter().zip(answers) {
            phone.settle(answer.read().unwrap());
            phone.sync_all(&office).await;
            assert_eq!((phone.replica.waiting(), phone.replica.records().count()), (0, 3));
        }
    })
    .await;
}

#[tokio::test]
async fn r02_one_change_twice_in_a_transaction_has_one_effect() {
    on_each(async |db| {
        let office = office(db).await;
        let mut ala = office.phone("Ala");
        ala.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        let request = ala.request();
        let twice = vec![asking(&office, "Ala", &request), asking(&office, "Ala", &request)];
        let answers = exchange_together(&office.db, twice, office.now).await;
        assert_eq!(answers[0].receipts, answers[1].receipts);
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 1);
        assert_eq!(count(&office.db, "select count(*) from devices where app = 'test' and waiting = 0").await, 3);
    })
    .await;
}

#[tokio::test]
async fn p04_a_handover_holds_for_those_who_come_after_it() {
    on_each(async |db| {
        let office = office(db).await;
        let ola = office.user("Ola");
        let mut late = office.phone("Ala");
        late.sync_all(&office).await;
        late.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
        let handover = handing_over(&office, "R01", ola).await;
        let requests = vec![sending(&office, "Kira", &[handover]), asking(&office, "Ala", &late.request())];
        let answers = exchange_together(&office.db, requests, office.now).await;
        assert!(matches!(verdict(&answers[1]), Verdict::Merged { .. }), "{:?}", verdict(&answers[1]));
        assert_eq!(answers[1].forget, [office.family("R01")]);
        let mut phone = office.phone("Ola");
        phone.sync_all(&office).await;
        let cards: Vec<_> = phone.replica.of_family(office.family("R01"), RecordKind::Visit).collect();
        assert_eq!(cards.len(), 1);
        assert!(cards[0].marks.contains(&Mark::AfterHandover));
    })
    .await;
}

#[tokio::test]
async fn what_another_wrote_in_the_same_transaction_is_news() {
    on_each(async |db| {
        let office = office(db).await;
        let family = office.family("R01");
        let (mut one, mut other) = (office.phone("Ala"), office.phone("Ala"));
        one.sync_all(&office).await;
        other.sync_all(&office).await;
        for phone in [&mut one, &mut other] {
            phone.write(vec![making(RecordKind::Visit, family, &visit(today()))]);
        }
        let requests = vec![asking(&office, "Ala", &one.request()), asking(&office, "Ala", &other.request())];
        let answers = exchange_together(&office.db, requests, office.now).await;
        for (phone, answer) in [&mut one, &mut other].into_iter().zip(answers) {
            assert_eq!(answer.records.len(), 1, "the card of the other device");
            phone.settle(answer.read().unwrap());
            assert_eq!(phone.replica.of_family(family, RecordKind::Visit).count(), 2);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r02_a_crowd_is_answered_and_answered_again() {
    on_each(async |db| {
        let office = office(db).await;
        let exchanges = Exchanges::default();
        let cards: Vec<Change> = (0..40)
            .map(|_| {
                super::papers::made(
                    office.user("Ala"),
                    making(RecordKind::Visit, office.family("R01"), &visit(today())),
                )
            })
            .collect();
        let ask_all = async || {
            let asks = cards.iter().map(|card| {
                let (caller, request) = sending(&office, "Ala", std::slice::from_ref(card));
                exchanges.exchange(&office.db, (caller, Rev::NONE), request, office.now)
            });
            let answers = join_all(asks).await;
            answers.into_iter().map(|answer| answer.unwrap().receipts).collect::<Vec<_>>()
        };
        let receipts = ask_all().await;
        assert!(receipts.iter().all(|receipts| matches!(receipts[0].verdict, Verdict::Accepted { .. })));
        assert_eq!(ask_all().await, receipts);
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'visit'").await, 40);
        assert_eq!(gaps(&office).await, Vec::<i64>::new());
    })
    .await;
}

#[tokio::test]
async fn a_quiet_phone_hears_at_once_when_something_happens() {
    on_each(async |db| {
        let office = office(db).await;
        let exchanges = Exchanges::default();
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let ask = async |phone: &super::phone::Phone| {
            let rev = Rev(count(&office.db, "select rev from offices").await);
            let (caller, request) = asking(&office, "Ala", &phone.request());
            exchanges.exchange(&office.db, (caller, rev), request, office.now).await.unwrap()
        };
        for _ in 0..3 {
            let answer = ask(&phone).await;
            assert_eq!((answer.records.len(), answer.cursors.len(), answer.more), (0, 0, false));
        }
        let other = office.accept("Ala", making(RecordKind::Visit, office.family("R01"), &visit(today()))).await;
        let answer = ask(&phone).await;
        assert_eq!(answer.records.len(), 1);
        phone.settle(answer.read().unwrap());
        assert_eq!(ask(&phone).await.records.len(), 0);
        let rev = phone.replica.record(other.record).unwrap().rev;
        office.push("Ala", &[edited(&other, rev, "present_others", "babcia", "dziadek")]).await;
        assert_eq!(ask(&phone).await.records.len(), 1);
        let handover = handing_over(&office, "R01", office.user("Ola")).await;
        office.push("Kira", &[handover]).await;
        assert_eq!(ask(&phone).await.forget, [office.family("R01")]);
    })
    .await;
}
