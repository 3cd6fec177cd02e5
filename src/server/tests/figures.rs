//! The desk counts from rows of its own; they must say what the papers say.

use super::{
    office::TestOffice,
    papers::{edited, edited_fields, making, task, today, visit},
};
use crate::{
    domain::{
        access::Role,
        caseload::family_line,
        documents::{RecordKind, visit_card},
        ids::Rev,
    },
    server::db::{
        families::{self, Scope},
        testing::on_each,
    },
    sync::protocol::Verdict,
};
use chrono::Days;

#[tokio::test]
async fn what_the_desk_lists_is_what_the_phone_counts() {
    on_each(async |db| {
        let office =
            TestOffice::new(db).await.with_assistant("Ala").await.with_person("Wera", Role::SocialWorker).await;
        let office = office.with_family_of_worker("R01", "Ala", Some("Wera")).await.with_family("R02", "Ala").await;
        let family = office.family("R01");
        let mut phone = office.phone("Ala");
        let next = visit(today() - Days::new(3)).with(visit_card::NEXT_VISIT, "2026-11-27T14:00:00".parse().unwrap());
        let written = phone.write(vec![
            making(RecordKind::Visit, family, &next),
            making(RecordKind::Visit, family, &visit(today() - Days::new(9))),
            making(RecordKind::Task, family, &task("Umówić wizytę")),
            making(RecordKind::Task, family, &task("Kupić zeszyty")),
        ]);
        phone.sync_all(&office).await;
        assert_alike(&office, &phone).await;
        // The last visit turns out to have been two days earlier, and a task is closed.
        let day = |days| (today() - Days::new(days)).to_string();
        let moved = edited(&written[0], rev(&phone, &written[0]), "date", &day(3), &day(11));
        let words = [
            ("status", "SET", "OBSOLETE"),
            ("checked_on", "", "2026-11-20"),
            ("obsolete_reason", "", "Rodzina zmieniła lekarza."),
        ];
        let mut closed = edited_fields(&written[2], rev(&phone, &written[2]), &words);
        closed.after = None;
        for receipt in office.push("Ala", &[moved, closed]).await {
            assert!(matches!(receipt.verdict, Verdict::Accepted { .. }), "{receipt:?}");
        }
        phone.sync_all(&office).await;
        assert_alike(&office, &phone).await;
        let lines = lines(&office, Scope::Worker(office.user("Wera"))).await;
        assert_eq!(lines.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(), ["R01"]);
        assert_eq!((lines[0].last_visit, lines[0].overdue_tasks), (Some(today() - Days::new(9)), 1));
    })
    .await;
}

fn rev(phone: &super::phone::Phone, change: &crate::domain::change::Change) -> Rev {
    phone.replica.record(change.record).unwrap().rev
}

async fn lines(office: &TestOffice, scope: Scope) -> Vec<crate::domain::caseload::FamilyLine> {
    families::lines(&mut office.db.read().await.unwrap(), office.office, scope, today()).await.unwrap()
}

async fn assert_alike(office: &TestOffice, phone: &super::phone::Phone) {
    for line in lines(office, Scope::Office).await {
        let family = line.family;
        let records = phone.replica.records().filter(|record| record.family == family);
        assert_eq!(Some(line), family_line(records, today()));
    }
}
