//! Signing in and out (S2, S7, DP1).

use super::{
    office::TestOffice,
    papers::morning,
    web::{Web, cookie_of, password_hash},
};
use crate::server::{
    db::{
        Db,
        testing::{count, on_each, run, texts},
        users,
    },
    load::PASSWORD,
};
use axum::http::StatusCode;
use chrono::Duration;
use serde_json::json;

async fn office(db: Db) -> (TestOffice, Web) {
    let office = TestOffice::with_password(db, password_hash().await).await.with_assistant("Ala").await;
    let web = Web::serving(&office.db, morning()).await;
    (office, web)
}

#[tokio::test]
async fn s02_ten_guesses_in_a_quarter_of_an_hour_for_known_and_unknown_alike() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        for login in [office.login("Ala"), "nobody".to_owned()] {
            for _ in 0..10 {
                let seen = web.try_sign_in(&login, "wrong", "").await;
                assert_eq!((seen.status, seen.json()), (StatusCode::UNAUTHORIZED, json!("wrong_credentials")));
                web.pass(Duration::seconds(1));
            }
            let seen = web.try_sign_in(&login, PASSWORD, "").await;
            assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(seen.json()["too_many_tries"].as_u64().unwrap() <= 900);
            assert!(seen.headers.contains_key("retry-after"));
        }
        assert_eq!(count(&office.db, "select count(*) from login_tries").await, 20);
        web.pass(Duration::minutes(15));
        assert_eq!(web.try_sign_in(&office.login("Ala"), PASSWORD, "").await.status, StatusCode::OK);
        assert_eq!(count(&office.db, "select count(*) from login_tries").await, 0, "old guesses are forgotten");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s02_guesses_at_once_are_all_counted() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        let web = std::sync::Arc::new(web);
        let login = office.login("Ala");
        let guesses: Vec<_> = (0..24)
            .map(|_| {
                let (web, login) = (web.clone(), login.clone());
                tokio::spawn(async move { web.try_sign_in(&login, "wrong", "").await.status })
            })
            .collect();
        let mut evaluated = 0;
        for guess in guesses {
            evaluated += u32::from(guess.await.unwrap() == StatusCode::UNAUTHORIZED);
        }
        assert_eq!(evaluated, 10);
    })
    .await;
}

#[tokio::test]
async fn s02_a_strangers_guesses_do_not_lock_out_a_known_device() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        let cookie = web.sign_in(&office, "Ala").await;
        for _ in 0..11 {
            web.try_sign_in(&office.login("Ala"), "wrong", "").await;
        }
        assert_eq!(web.try_sign_in(&office.login("Ala"), PASSWORD, "").await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(web.try_sign_in(&office.login("Ala"), PASSWORD, &cookie).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn s07_each_sign_in_is_a_new_session_and_signing_out_ends_it_at_once() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        let first = web.sign_in(&office, "Ala").await;
        let second = cookie_of(&web.try_sign_in(&office.login("Ala"), PASSWORD, &first).await).unwrap();
        assert_ne!(first, second);
        assert_eq!(web.post("me", &second, json!({})).await.json()["name"], "Ala");
        let out = web.post("sign-out", &second, json!({})).await;
        assert_eq!(out.status, StatusCode::OK);
        assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        assert_eq!(web.post("me", &second, json!({})).await.json(), json!(null));
        let seen = web.post("pulse", &second, json!({})).await;
        assert_eq!((seen.status, seen.json()), (StatusCode::UNAUTHORIZED, json!("signed_out")));
        let stored = texts(&office.db, "select detail from audit order by id").await;
        assert_eq!(stored, ["sign_in", "sign_in", "sign_out"]);
    })
    .await;
}

#[tokio::test]
async fn s07_the_desk_ends_after_half_a_day_unused_and_a_phone_after_thirty_days() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        let (desk, phone) = (web.sign_in(&office, "Kira").await, web.sign_in(&office, "Ala").await);
        let status = async |cookie: &str| web.post("pulse", cookie, json!({})).await.status;
        web.pass(Duration::hours(11));
        assert_eq!(status(&desk).await, StatusCode::OK, "and it is in use again");
        web.pass(Duration::hours(11));
        assert_eq!(status(&desk).await, StatusCode::OK);
        web.pass(Duration::hours(12));
        assert_eq!((status(&desk).await, status(&phone).await), (StatusCode::UNAUTHORIZED, StatusCode::OK));
        web.pass(Duration::days(30));
        assert_eq!(status(&phone).await, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn dp1_nobody_works_without_both_papers() {
    on_each(async |db| {
        let (office, web) = office(db).await;
        let cookie = web.sign_in(&office, "Ala").await;
        for change in [
            "update users set secrecy_on = null",
            "update users set secrecy_on = '2026-01-02', authorised_on = null",
            "update users set authorised_on = '2026-01-02', authorised_until = '2026-11-19'",
        ] {
            alter(&office.db, change).await;
            let (door, again) =
                (web.post("me", &cookie, json!({})).await, web.try_sign_in(&office.login("Ala"), PASSWORD, "").await);
            assert_eq!((door.status, again.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN), "{change}");
            assert_eq!((door.json(), again.json()), (json!("account_inactive"), json!("account_inactive")));
        }
        alter(&office.db, "update users set authorised_until = '2026-11-20'").await;
        assert_eq!(web.post("me", &cookie, json!({})).await.status, StatusCode::OK, "its last day is a day");
        let mut link = office.db.begin().await.unwrap();
        users::set_active(&mut link, office.user("Ala"), false).await.unwrap();
        link.commit().await.unwrap();
        assert_eq!(web.post("me", &cookie, json!({})).await.status, StatusCode::FORBIDDEN);
        assert_eq!(web.post("sign-out", &cookie, json!({})).await.status, StatusCode::OK);
    })
    .await;
}

async fn alter(db: &Db, sql: &'static str) {
    run(db, sql).await;
}

#[tokio::test]
async fn s10_odd_credentials_are_just_wrong() {
    on_each(async |db| {
        let (_, web) = office(db).await;
        for (login, password) in
            [("", ""), ("a\0b", "x"), ("' or 1=1 --", "x"), (&"x".repeat(5000), "x"), ("x", &"y".repeat(5000))]
        {
            let seen = web.try_sign_in(login, password, "").await;
            assert_eq!((seen.status, seen.json()), (StatusCode::UNAUTHORIZED, json!("wrong_credentials")));
        }
    })
    .await;
}
