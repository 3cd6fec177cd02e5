//! The access log: everything is in it, and nothing leaves it (DP5).

use super::{
    office::TestOffice,
    papers::{made, making, today, visit},
};
use crate::{
    domain::documents::RecordKind,
    server::db::testing::{attempt, count, on_each, texts},
};

#[tokio::test]
async fn dp5_every_change_and_every_reading_is_logged_once() {
    on_each(async |db| {
        let office = TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await;
        let before = count(&office.db, "select count(*) from audit").await;
        assert_eq!(before, 3, "case, card, and what came back with the card");
        let good = made(office.user("Ala"), making(RecordKind::Visit, office.family("R01"), &visit(today())));
        let bad = made(office.user("Ala"), making(RecordKind::Case, office.family("R01"), &visit(today())));
        office.push("Ala", &[good, bad]).await;
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        phone.sync_all(&office).await;
        let said = texts(&office.db, "select deed || ' ' || object || ' ' || detail from audit order by id").await;
        assert_eq!(
            said,
            [
                "DECIDE ALLOCATION accepted",
                "WRITE FAMILY_FILE accepted",
                // The answer to the card's sender carried the case that others had written.
                "READ FAMILY_FILE sync",
                "WRITE FIELD_WORK accepted",
                "WRITE ALLOCATION refused: not_allowed",
                "READ FAMILY_FILE sync",
                "READ FAMILY_FILE sync",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn dp5_log_and_history_are_only_added_to() {
    on_each(async |db| {
        let office = TestOffice::new(db).await.with_assistant("Ala").await.with_family("R01", "Ala").await;
        for statement in [
            "update audit set detail = 'x'",
            "delete from audit",
            "update changes set body = ''",
            "delete from changes",
        ] {
            assert!(attempt(&office.db, statement).await.is_err(), "{statement}");
        }
        assert_eq!(count(&office.db, "select count(*) from changes").await, 2);
    })
    .await;
}
