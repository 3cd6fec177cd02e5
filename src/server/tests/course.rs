//! A paper on its course through the office: begun by one, written on by another, handed in whole, decided by
//! the manager, corrected beside it, and never changed behind anybody's back (spec/domain.md 3.0).

use super::{
    office::TestOffice,
    papers::{edited_fields, made, making},
};
use crate::{
    domain::{
        access::Role,
        change::Change,
        documents::{
            RecordKind,
            papers::course::{CASE, LIFE, PAPER},
        },
        form::Answers,
        ids::Rev,
        procedure::{Life, Paper},
        record::Refusal,
    },
    server::db::{Db, testing::on_each},
    sync::protocol::Verdict,
};

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await;
    let office = office.with_person("Wanda", Role::SocialWorker).await.with_person("Maria", Role::Manager).await;
    office.with_family_of_worker("R01", "Ala", Some("Wanda")).await
}

/// The beginning of a request to extend the cooperation, as the assistant's device would send it.
fn begun(office: &TestOffice) -> Change {
    let answers =
        Answers::default().with(PAPER, Paper::Extension).with(LIFE, Life::Draft).with(CASE, office.case("R01"));
    made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &answers))
}

async fn verdict(office: &TestOffice, name: &str, change: &Change) -> Verdict {
    office.push(name, std::slice::from_ref(change)).await.remove(0).verdict
}

fn rev(verdict: &Verdict) -> Rev {
    match verdict {
        Verdict::Accepted { rev } | Verdict::Merged { rev } => *rev,
        other => panic!("not taken: {other:?}"),
    }
}

fn says(verdict: &Verdict, part: &str) -> bool {
    let Verdict::Refused(Refusal::Invalid(problems)) = verdict else { return false };
    problems.iter().any(|problem| problem.text.contains(part))
}

#[tokio::test]
async fn a_draft_may_have_gaps_and_what_is_handed_in_may_not() {
    on_each(async |db| {
        let office = office(db).await;
        let paper = begun(&office);
        let first = rev(&verdict(&office, "Ala", &paper).await);
        let hand_in = edited_fields(&paper, first, &[("life", "DRAFT", "SIGNED")]);
        assert!(says(&verdict(&office, "Ala", &hand_in).await, "Uzupełnij"));
        // The draft stands as it was, and goes on.
        let more = edited_fields(&paper, first, &[("place", "", "Zbąszynek")]);
        rev(&verdict(&office, "Ala", &more).await);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_prepare_a_paper_write_it_and_only_the_manager_decides() {
    on_each(async |db| {
        let office = office(db).await;
        let paper = begun(&office);
        let first = rev(&verdict(&office, "Ala", &paper).await);
        let foreign =
            Change { author: office.user("Wanda"), ..edited_fields(&paper, first, &[("place", "", "Zbąszynek")]) };
        assert_eq!(verdict(&office, "Wanda", &foreign).await, Verdict::Refused(Refusal::NotAllowed));
        let approve = edited_fields(&paper, first, &[("life", "DRAFT", "APPROVED")]);
        assert!(says(&verdict(&office, "Ala", &approve).await, "tego stanu"));
        let other_case = edited_fields(&paper, first, &[("paper", "EXTENSION", "NOTE")]);
        assert!(says(&verdict(&office, "Ala", &other_case).await, "zmienić się w inny"));
    })
    .await;
}

#[tokio::test]
async fn nobody_hands_in_what_they_have_not_seen() {
    on_each(async |db| {
        let office = office(db).await;
        let note = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Draft).with(CASE, office.case("R01"));
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &note));
        let first = rev(&verdict(&office, "Ala", &paper).await);
        let worker =
            Change { author: office.user("Wanda"), ..edited_fields(&paper, first, &[("place", "", "Zbąszynek")]) };
        rev(&verdict(&office, "Wanda", &worker).await);
        // Ala hands in from her phone, which has not heard of it yet.
        let blind = edited_fields(&paper, first, &[("life", "DRAFT", "SIGNED")]);
        assert!(says(&verdict(&office, "Ala", &blind).await, "w międzyczasie"));
    })
    .await;
}
