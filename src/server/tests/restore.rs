//! The office is brought back from an older copy of its database, and phones send again what it lost (P12; R19).

use super::{
    exchanges::gaps,
    office::{TestOffice, empty_request},
    papers::{edited, making, task, today, visit},
    phone::Phone,
};
use crate::{
    domain::{
        change::{Change, Intent},
        documents::{RecordKind, family_task},
        ids::Epoch,
    },
    server::db::{
        Db, offices,
        testing::{count, fresh, on_each, on_each_restored},
    },
    sync::protocol::RequestEnvelope,
};

struct Story {
    office: TestOffice,
    ala: Phone,
}

async fn before_the_copy(db: Db) -> Story {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await;
    let mut ala = office.phone("Ala");
    ala.write(vec![making(RecordKind::Visit, office.family("R01"), &visit(today()))]);
    ala.sync_all(&office).await;
    Story { office, ala }
}

/// A card, a task, and a correction of the task: all of it is answered, and none of it is in the copy.
async fn after_the_copy(db: Db, Story { office, ala }: &mut Story) {
    office.db = db;
    let family = office.family("R01");
    let task = making(RecordKind::Task, family, &task("Umówić wizytę"));
    let made = ala.write(vec![making(RecordKind::Visit, family, &visit(today())), task]).remove(1);
    ala.sync_all(office).await;
    ala.write(vec![intent(edited(&made, made.base, "task", "Umówić wizytę", "Umówić wizytę u logopedy"))]);
    ala.sync_all(office).await;
    assert_eq!(ala.replica.waiting(), 0);
}

fn intent(change: Change) -> Intent {
    let Change { record, kind, family, form, action, .. } = change;
    Intent { record, kind, family, form, action }
}

/// Nobody does anything: the phone goes on writing and has its rounds.
async fn the_phone_goes_on(Story { office, mut ala }: Story) {
    let family = office.family("R01");
    ala.write(vec![making(RecordKind::Visit, family, &visit(today()))]);
    ala.sync_all(&office).await;
    // What came again is sent in the round that follows.
    ala.sync_all(&office).await;
    assert_eq!((ala.replica.waiting(), ala.replica.troubles().count()), (0, 0));
    assert_eq!(ala.replica.state().restored.unwrap().again, 3);
    let mut fresh = office.phone("Ala");
    fresh.sync_all(&office).await;
    assert_eq!(ala.replica.records().collect::<Vec<_>>(), fresh.replica.records().collect::<Vec<_>>());
    assert_eq!(fresh.replica.of_family(family, RecordKind::Visit).count(), 3, "none is lost, none is double");
    let task = fresh.replica.of_family(family, RecordKind::Task).next().unwrap();
    assert_eq!(task.answers.text(family_task::TASK), "Umówić wizytę u logopedy", "the order was kept");
    assert!(task.disputes.is_empty());
    assert_eq!(gaps(&office).await, Vec::<i64>::new());
}

#[tokio::test]
async fn p12_a_phone_that_knows_more_than_the_office_sends_again_what_is_lost() {
    let restored = async |db: Db, story: Story| {
        let epoch = epoch_of(&db, &story.office).await;
        let Story { mut office, ala } = story;
        office.db = db.clone();
        the_phone_goes_on(Story { office: office.clone(), ala }).await;
        assert_ne!(epoch_of(&db, &office).await, epoch, "the others hear of it too");
    };
    on_each_restored(before_the_copy, after_the_copy, restored).await;
}

#[tokio::test]
async fn p12_when_it_is_said_that_the_office_was_restored_nobody_need_know_more() {
    let restored = async |db: Db, story: Story| {
        let mut link = db.begin().await.unwrap();
        assert_eq!(offices::end_all_epochs(&mut link, story.office.now).await.unwrap(), 1);
        link.commit().await.unwrap();
        let Story { mut office, mut ala } = story;
        office.db = db;
        // The desk was quicker: the office has reached the revisions that the phone knows.
        for _ in 0..5 {
            office.accept("Ala", making(RecordKind::Task, office.family("R01"), &task("Zadanie z biura"))).await;
        }
        let before = count(&office.db, "select count(*) from records where kind = 'task'").await;
        assert_eq!(before, 5);
        ala.sync_all(&office).await;
        ala.sync_all(&office).await;
        assert_eq!(count(&office.db, "select count(*) from records where kind = 'task'").await, 6);
        assert_eq!(ala.replica.of_family(office.family("R01"), RecordKind::Task).count(), 6);
    };
    on_each_restored(before_the_copy, after_the_copy, restored).await;
}

async fn epoch_of(db: &Db, office: &TestOffice) -> Epoch {
    let mut link = db.read().await.unwrap();
    offices::standing(&mut link, office.office).await.unwrap().1
}

#[tokio::test]
async fn p12_to_a_device_of_another_epoch_nothing_else_is_said_and_nothing_of_it_is_decided() {
    on_each(async |db| {
        let mut story = before_the_copy(db).await;
        story.ala.write(vec![making(RecordKind::Visit, story.office.family("R01"), &visit(today()))]);
        let mut request = story.ala.request();
        request.epoch = Some(Epoch(fresh()));
        let answer = story.ala.ask(&story.office, &request).await;
        assert!(answer.receipts.is_empty() && answer.records.is_empty() && answer.epoch.is_some());
        assert_eq!(count(&story.office.db, "select count(*) from records where kind = 'visit'").await, 1);
        // An app of before the epochs goes on as it did.
        request.epoch = None;
        assert_eq!(story.ala.ask(&story.office, &request).await.receipts.len(), 1);
        let nothing = story.office.exchange("Ala", RequestEnvelope { ..empty_request() }).await;
        assert!(nothing.epoch.is_some());
    })
    .await;
}

#[tokio::test]
async fn p12_an_epoch_that_the_office_never_had_proves_that_it_was_restored_once() {
    on_each(async |db| {
        let mut story = before_the_copy(db).await;
        let first = epoch_of(&story.office.db, &story.office).await;
        let ask_with = async |story: &mut Story, epoch: Epoch| {
            let mut request = story.ala.request();
            request.epoch = Some(epoch);
            let answer = story.ala.ask(&story.office, &request).await;
            let now = epoch_of(&story.office.db, &story.office).await;
            assert_eq!(answer.epoch, Some(now));
            now
        };
        let never_had = Epoch(fresh());
        let second = ask_with(&mut story, never_had).await;
        assert_ne!(second, first, "the phone was told of an epoch that this copy does not know");
        // A second phone with the same epoch, and one that slept through all of it, show nothing new.
        assert_eq!(ask_with(&mut story, never_had).await, second);
        assert_eq!(ask_with(&mut story, first).await, second);
        // Nobody's phone can make the others compare without end.
        for _ in 0..30 {
            ask_with(&mut story, Epoch(fresh())).await;
        }
        let tired = epoch_of(&story.office.db, &story.office).await;
        assert_eq!(ask_with(&mut story, Epoch(fresh())).await, tired);
    })
    .await;
}
