//! The town that never existed goes through the same doors as a phone's work.

use super::web::{Web, nothing};
use crate::{
    domain::calendar::warsaw_day,
    server::{
        auth::password::Passwords,
        db::testing::{count, on_each},
        demo,
        load::{self, Loaded, PASSWORD},
    },
};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_demo_town_is_taken_in_whole_and_once() {
    on_each(async |db| {
        let now = "2026-11-22T07:00:00Z".parse().unwrap();
        let town = demo::town(warsaw_day(now), 2026);
        let steps = i64::try_from(town.steps.len()).unwrap();
        let passwords = Passwords::new();
        assert_eq!(load::town(&db, &passwords, town.clone()).await.unwrap(), Loaded::Now);
        assert_eq!(load::town(&db, &passwords, town).await.unwrap(), Loaded::Before);
        assert_eq!(count(&db, "select rev from offices").await, steps, "every step was applied");
        let web = Web::serving(&db, now).await;
        for (login, status) in [("kierownik", StatusCode::OK), ("ar1", StatusCode::OK), ("iod", StatusCode::NOT_FOUND)]
        {
            let cookie = super::web::cookie_of(&web.try_sign_in(login, PASSWORD, "").await).unwrap();
            assert_eq!(web.post("overview", &cookie, json!({})).await.status, status, "{login}");
            assert_eq!(web.exchange(&cookie, &nothing()).await.0.status, StatusCode::OK);
        }
    })
    .await;
}
