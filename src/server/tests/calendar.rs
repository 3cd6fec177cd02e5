//! The calendar feed: codes and no names, for whoever knows the address and for nobody else.

use super::{
    office::TestOffice,
    papers::{making, morning, visit},
    web::{Seen, Web, password_hash},
};
use crate::{
    api::{
        calendar::{CalendarAddress, CalendarFeed},
        settings::Publishing,
    },
    domain::{access::Role, documents::RecordKind},
    server::db::{
        Db, books,
        testing::{count, on_each},
        users,
    },
};
use axum::http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use serde_json::json;
use std::collections::BTreeSet;

/// Ala has R01 with the social worker Wera, Ola has R02; elsewhere Ewa has X77.
async fn offices(db: &Db) -> (TestOffice, TestOffice) {
    let here = TestOffice::with_password(db.clone(), password_hash().await).await;
    let here = here.with_assistant("Ala").await.with_assistant("Ola").await;
    let here = here.with_person("Wera", Role::SocialWorker).await.with_person("Iod", Role::Dpo).await;
    let here = here.with_family_of_worker("R01", "Ala", Some("Wera")).await.with_family("R02", "Ola").await;
    let elsewhere = TestOffice::with_password(db.clone(), password_hash().await).await.with_assistant("Ewa").await;
    (here, elsewhere.with_family("X77", "Ewa").await)
}

async fn new_address(web: &Web, office: &TestOffice, who: &str) -> String {
    let cookie = web.sign_in(office, who).await;
    let seen = web.post("calendar-new", &cookie, json!({})).await;
    serde_json::from_str::<CalendarAddress>(&seen.text()).unwrap().path
}

/// Codes of the families that a feed names.
fn codes(seen: &Seen) -> BTreeSet<String> {
    let text = seen.text();
    let said = text.lines().filter_map(|line| line.strip_prefix("SUMMARY:")?.split(' ').next());
    said.map(str::to_owned).collect()
}

#[tokio::test]
async fn s01_a_feed_says_codes_of_the_persons_families_and_no_names() {
    on_each(async |db| {
        let (here, elsewhere) = offices(&db).await;
        let web = Web::serving(&db, morning()).await;
        for (office, who, expected) in [
            (&here, "Ala", &["R01"][..]),
            (&here, "Wera", &["R01"]),
            (&here, "Ola", &["R02"]),
            (&here, "Kira", &["R01", "R02"]),
            (&elsewhere, "Ewa", &["X77"]),
        ] {
            let address = new_address(&web, office, who).await;
            let seen = web.get(&address).await;
            assert_eq!(seen.status, StatusCode::OK, "{who}");
            assert_eq!(seen.headers[CONTENT_TYPE], "text/calendar; charset=utf-8");
            assert_eq!(seen.headers[CACHE_CONTROL], "no-store");
            let text = seen.text();
            assert!(text.starts_with("BEGIN:VCALENDAR") && text.ends_with("END:VCALENDAR\r\n"), "{who}");
            assert_eq!(codes(&seen), expected.iter().map(|code| (*code).to_owned()).collect(), "{who}");
            assert!(!text.contains("Nowak") && !text.contains(who), "{who}: {text}");
        }
        let (kept, all) = ("select count(*) from calendar_feeds where length(token_hash) = 32", 5);
        assert_eq!(count(&db, kept).await, all);
        assert_eq!(count(&db, "select count(*) from audit where detail = 'calendar_new'").await, all);
    })
    .await;
}

#[tokio::test]
async fn an_assistants_feed_follows_their_entries() {
    on_each(async |db| {
        let (here, _) = offices(&db).await;
        let web = Web::serving(&db, morning()).await;
        let address = new_address(&web, &here, "Ala").await;
        let before = web.get(&address).await.text();
        here.accept("Ala", making(RecordKind::Visit, here.family("R01"), &visit(super::papers::today()))).await;
        assert_ne!(web.get(&address).await.text(), before, "the next visit is due later");
    })
    .await;
}

#[tokio::test]
async fn the_feed_counts_with_the_lengths_that_the_office_has_set() {
    on_each(async |db| {
        let (here, _) = offices(&db).await;
        let web = Web::serving(&db, morning()).await;
        for who in ["Ala", "Kira"] {
            let address = new_address(&web, &here, who).await;
            let before = web.get(&address).await.text();
            let days = if who == "Ala" { json!({ "D11": { "days": 5 } }) } else { json!({ "D04": { "months": 2 } }) };
            let parameters = serde_json::from_value(json!({ "terms": days })).unwrap();
            let expected = books::newest_tag(&mut db.read().await.unwrap(), here.office).await.unwrap();
            let published = here.publish("Kira", expected, parameters).await;
            assert_eq!(published, Publishing::Published, "{who}");
            assert_ne!(web.get(&address).await.text(), before, "{who}");
        }
    })
    .await;
}

#[tokio::test]
async fn s01_what_leads_nowhere_has_one_answer() {
    on_each(async |db| {
        let (here, _) = offices(&db).await;
        let web = Web::serving(&db, morning()).await;
        let first = new_address(&web, &here, "Ala").await;
        let second = new_address(&web, &here, "Ala").await;
        let token = second.rsplit_once('/').unwrap().1.trim_end_matches(".ics");
        assert!(token.len() >= 43, "256 bits: {token}");
        assert_eq!(web.get(&second).await.status, StatusCode::OK);
        let bare = second.strip_suffix(".ics").unwrap();
        let unknown = web.get("/kalendarz/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        for address in [first.as_str(), bare, "/kalendarz/.ics", "/kalendarz/%ff.ics"] {
            let seen = web.get(address).await;
            assert!(seen.status == StatusCode::NOT_FOUND || address.contains('%'), "{address}");
            assert!(seen.status.is_client_error() && !seen.text().contains("VCALENDAR"), "{address}");
        }

        let cookie = web.sign_in(&here, "Ala").await;
        let standing = async || {
            let seen = web.post("calendar", &cookie, json!({})).await;
            serde_json::from_str::<CalendarFeed>(&seen.text()).unwrap().made_at
        };
        assert_eq!(standing().await, Some(morning()));
        web.post("calendar-off", &cookie, json!({})).await;
        assert_eq!(standing().await, None);
        assert_eq!(web.get(&second).await.body, unknown.body);
        assert_eq!(web.get(&second).await.status, StatusCode::NOT_FOUND);

        // Who may not work any more reads no terms either.
        let third = new_address(&web, &here, "Ala").await;
        let mut link = here.db.begin().await.unwrap();
        users::set_active(&mut link, here.user("Ala"), false).await.unwrap();
        link.commit().await.unwrap();
        assert_eq!(web.get(&third).await.body, unknown.body);
        let foreign = web.sign_in(&here, "Iod").await;
        assert_eq!(web.post("calendar-new", &foreign, json!({})).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
