//! The earlier versions of what stands in a file: told from its changes, for whoever may read it.

use super::{
    office::TestOffice,
    papers::{edited, made, making, morning, today, visit},
    web::{Web, password_hash},
};
use crate::{
    api::history::RecordHistory,
    domain::{
        access::{Role, own_file},
        change::{Action, Change, edits_between},
        documents::{
            RecordKind,
            papers::course::{LIFE, PAPER, REMARKS},
        },
        form::{Answers, Value},
        history::{life, was_returned},
        ids::{RecordId, Rev},
        procedure::{Life, Paper},
    },
    server::{
        auth::password::Passwords,
        db::{
            Db,
            testing::{count, fresh, on_each},
        },
        demo, load,
    },
    sync::protocol::Verdict,
};
use axum::http::StatusCode;
use serde_json::json;

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::with_password(db, password_hash().await).await.with_assistant("Ala").await;
    let office = office.with_assistant("Beata").await.with_person("Wanda", Role::SocialWorker).await;
    let office = office.with_person("Iod", Role::Dpo).await;
    office.with_family_of_worker("R01", "Ala", Some("Wanda")).await
}

async fn asked(web: &Web, office: &TestOffice, who: &str, record: RecordId) -> Result<RecordHistory, StatusCode> {
    let cookie = web.sign_in(office, who).await;
    let seen = web.post("history", &cookie, json!({ "record": record })).await;
    match seen.status {
        StatusCode::OK => Ok(serde_json::from_str(&seen.text()).unwrap()),
        other => Err(other),
    }
}

async fn takes(office: &TestOffice, who: &str, change: &Change) -> Rev {
    match office.push(who, std::slice::from_ref(change)).await.remove(0).verdict {
        Verdict::Accepted { rev } => rev,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_corrected_entry_tells_how_it_stood_to_those_who_may_read_it() {
    on_each(async |db| {
        let office = office(db.clone()).await;
        let ala = office.user("Ala");
        let first = made(ala, making(RecordKind::Visit, office.family("R01"), &visit(today())));
        let rev = takes(&office, "Ala", &first).await;
        let mut next =
            edited(&first, rev, "actions", "Rozmowa o stałych porach snu dzieci.", "Rozmowa o śnie i szkole.");
        next.after = None;
        takes(&office, "Ala", &next).await;

        let web = Web::serving(&db, morning()).await;
        let lines = "select count(*) from audit where detail = 'history'";
        for who in ["Ala", "Wanda", "Kira"] {
            let told = asked(&web, &office, who, first.record).await.unwrap();
            let said = |at: usize| told.versions[at].answers.raw("actions").and_then(Value::text).unwrap();
            assert_eq!(told.versions.len(), 2, "{who}");
            assert_eq!((said(0), said(1)), ("Rozmowa o stałych porach snu dzieci.", "Rozmowa o śnie i szkole."));
            assert_eq!(told.people[&ala], "Ala");
        }
        assert_eq!(count(&db, lines).await, 3, "each reading is written down");
        for who in ["Beata", "Iod"] {
            assert_eq!(asked(&web, &office, who, first.record).await, Err(StatusCode::NOT_FOUND), "{who}");
        }
        let elsewhere = TestOffice::with_password(db.clone(), password_hash().await).await;
        assert_eq!(asked(&web, &elsewhere, "Kira", first.record).await, Err(StatusCode::NOT_FOUND));
        assert_eq!(asked(&web, &office, "Kira", RecordId(fresh())).await, Err(StatusCode::NOT_FOUND));
        assert_eq!(
            asked(&web, &office, "Kira", office.case("R01")).await,
            Err(StatusCode::NOT_FOUND),
            "steps wrote it"
        );
        assert_eq!(count(&db, lines).await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_paper_of_ones_own_work_tells_it_to_its_author_and_the_manager() {
    on_each(async |db| {
        let office = office(db.clone()).await;
        let ala = office.user("Ala");
        let draft = Answers::default().with(PAPER, Paper::MonthlyReport).with(LIFE, Life::Draft);
        let report = made(ala, making(RecordKind::Paper, own_file(ala), &draft));
        takes(&office, "Ala", &report).await;
        let web = Web::serving(&db, morning()).await;
        for (who, readable) in [("Ala", true), ("Kira", true), ("Beata", false), ("Wanda", false), ("Iod", false)] {
            assert_eq!(asked(&web, &office, who, report.record).await.is_ok(), readable, "{who}");
        }
    })
    .await;
}

/// What was laid out for a test need not be whole: the office's own hand may.
fn rewritten(earlier: &Change, base: Rev, before: &Answers, after: &Answers) -> Change {
    Change {
        id: crate::domain::ids::ChangeId(fresh()),
        base,
        action: Action::Write(edits_between(before, after)),
        ..earlier.clone()
    }
}

#[tokio::test]
async fn what_an_author_saved_while_writing_is_nobodys_version() {
    on_each(async |db| {
        let office = office(db.clone()).await;
        let ala = office.user("Ala");
        let case = office.case("R01");
        let with = |goal: &str| {
            let mut answers = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Draft);
            answers.put(crate::domain::documents::papers::course::CASE, case);
            answers.set_raw("facts", Some(Value::Text(goal.to_owned())));
            answers
        };
        let first = made(ala, making(RecordKind::Paper, office.family("R01"), &with("Pierwsze zdanie.")));
        let rev = takes(&office, "Ala", &first).await;
        let next = rewritten(&first, rev, &with("Pierwsze zdanie."), &with("Pierwsze zdanie. Drugie zdanie."));
        takes(&office, "Ala", &next).await;
        let web = Web::serving(&db, morning()).await;
        let told = asked(&web, &office, "Kira", first.record).await.unwrap();
        assert_eq!(told.versions.len(), 1);
        assert_eq!(told.versions[0].answers, with("Pierwsze zdanie. Drugie zdanie."));
        assert!(!was_returned(&told.versions[0]) && !told.versions[0].answers.filled(REMARKS.name()));
        assert_eq!(life(&told.versions[0]), Life::Draft);
    })
    .await;
}

#[tokio::test]
async fn the_changes_of_the_demo_town_lead_to_its_records() {
    on_each(async |db| {
        let now = "2026-11-22T07:00:00Z".parse().unwrap();
        let town = demo::town(crate::domain::calendar::warsaw_day(now), 2026);
        load::town(&db, &Passwords::new(), town.clone()).await.unwrap();
        let mut link = db.read().await.unwrap();
        let told: std::collections::BTreeSet<RecordId> = town
            .steps
            .iter()
            .filter(|step| matches!(step.change.kind, RecordKind::Paper | RecordKind::Visit))
            .map(|step| step.change.record)
            .collect();
        // Each tenth is enough: all are written by one hand.
        for record in told.into_iter().step_by(10) {
            let changes = crate::server::db::changes::of_record(&mut link, town.office, record).await.unwrap();
            let standing = crate::server::db::records::find(&mut link, town.office, &[record]).await.unwrap().remove(0);
            let versions = crate::domain::history::versions(&changes).unwrap();
            assert_eq!(versions.last().map(|last| &last.answers), Some(&standing.answers));
        }
    })
    .await;
}
