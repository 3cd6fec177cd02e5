//! What every answer carries, and what is never accepted (S3, S8, S10, S12).

use super::{
    office::TestOffice,
    papers::morning,
    web::{Web, ours, password_hash},
};
use crate::{
    server::{
        db::testing::on_each,
        http::{ROUTES, Target},
    },
    sync::protocol::MAX_PACKED,
};
use axum::{
    body::Body,
    http::{
        Method, Request, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, HOST, REFERER},
    },
};
use serde_json::json;

/// An address of each kind in the table.
fn example(path: &str, target: Target) -> String {
    match target {
        Target::Door => "/api/v1/me".into(),
        Target::NoDoor => "/api/nothing/here".into(),
        Target::Package => "/pkg/boot.1.js".into(),
        Target::Calendar => "/kalendarz/unknown.ics".into(),
        Target::Page if path.contains('{') => "/rodziny/R01".into(),
        _ => path.into(),
    }
}

#[tokio::test]
async fn s08_every_answer_carries_the_headers_also_errors() {
    on_each(async |db| {
        let web = Web::at(&db, morning(), Some("https://asysta.example.pl")).await;
        let mut asked: Vec<(Method, String)> = Vec::new();
        for (path, target) in ROUTES {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::OPTIONS] {
                asked.push((method, example(path, *target)));
            }
        }
        asked
            .extend(["/pkg/gone.js", "/gone.png", "/%ff", "//", "/api/v1/gone"].map(|path| (Method::GET, path.into())));
        for (method, path) in asked {
            let seen = web.send(Request::builder().method(&method).uri(&path).body(Body::empty()).unwrap()).await;
            let header = |name: &str| seen.headers.get(name).map_or("", |value| value.to_str().unwrap());
            let policy = header("content-security-policy");
            assert!(
                policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
                "{method} {path}"
            );
            assert!(!policy.contains("unsafe-inline"));
            assert_eq!(header("x-content-type-options"), "nosniff", "{method} {path}");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert_eq!(header("cross-origin-opener-policy"), "same-origin");
            assert!(header("strict-transport-security").starts_with("max-age=63072000"));
            assert!(header("permissions-policy").contains("camera=()"));
            assert!(
                !(path.starts_with("/api/") || path.starts_with("/kalendarz/"))
                    || header(CACHE_CONTROL.as_str()) == "no-store",
                "{method} {path}"
            );
            assert!(!seen.status.is_server_error(), "{method} {path}: {}", seen.status);
        }
    })
    .await;
}

#[tokio::test]
async fn s08_pages_hold_no_data_and_only_hashed_files_are_kept_for_ever() {
    on_each(async |db| {
        let web = Web::serving(&db, morning()).await;
        let shell = web.get("/_shell").await;
        for path in ["/", "/dzis", "/rodziny/R01", "/synchronizacja"] {
            let seen = web.get(path).await;
            assert_eq!((seen.status, &seen.body), (StatusCode::OK, &shell.body), "{path}");
        }
        assert!(shell.text().contains(r#"<html lang="pl">"#) && shell.text().contains("/pkg/boot.1.js"));
        for (path, keeping) in
            [("/pkg/boot.1.js", "public, max-age=31536000, immutable"), ("/sw.js", "no-cache"), ("/_shell", "no-cache")]
        {
            assert_eq!(web.get(path).await.headers[CACHE_CONTROL], keeping);
        }
        for path in ["/pkg/gone.js", "/gone.png", "/../Cargo.toml", "/pkg/..%2fassets.json", "/.env"] {
            assert_eq!(web.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/pomoc", "/dostepnosc"] {
            assert!(web.get(path).await.text().contains("<h1>"), "{path}");
        }
        std::fs::remove_file(web.site.path().join("assets.json")).unwrap();
        let unbuilt = web.get("/dzis").await;
        assert!(unbuilt.status == StatusCode::SERVICE_UNAVAILABLE && unbuilt.text().contains("scripts/site.sh"));
    })
    .await;
}

#[tokio::test]
async fn s03_other_pages_change_nothing() {
    on_each(async |db| {
        let office = TestOffice::with_password(db, password_hash().await).await;
        let web = Web::serving(&office.db, morning()).await;
        let cookie = web.sign_in(&office, "Kira").await;
        for (path, _) in server_fn::axum::server_fn_paths() {
            for (name, value) in [
                ("origin", "http://evil"),
                ("origin", "null"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("x-nothing", "said"),
            ] {
                let request = Request::post(path)
                    .header(HOST, "office")
                    .header("cookie", &cookie)
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(name, value)
                    .body(Body::from("login=a&password=b"));
                let seen = web.send(request.unwrap()).await;
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{path} {name}");
            }
            let read = Request::get(path).header("cookie", &cookie).body(Body::empty()).unwrap();
            assert_eq!(web.send(read).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(web.post("me", &cookie, json!({})).await.status, StatusCode::OK, "the session is still there");
    })
    .await;
}

#[tokio::test]
async fn s10_bodies_are_bounded_and_nonsense_is_said_to_be_nonsense() {
    on_each(async |db| {
        let office = TestOffice::with_password(db, password_hash().await).await.with_assistant("Ala").await;
        let web = Web::serving(&office.db, morning()).await;
        let cookie = web.sign_in(&office, "Ala").await;
        let post = async |path: &str, body: Vec<u8>| {
            let request = ours(Method::POST, path, &cookie).header(CONTENT_TYPE, "application/json");
            web.send(request.body(Body::from(body)).unwrap()).await
        };
        let large = post("/api/v1/exchange", vec![1; MAX_PACKED + 1]).await;
        assert_eq!((large.status, large.json()), (StatusCode::PAYLOAD_TOO_LARGE, json!("too_large")));
        let bomb = crate::sync::protocol::pack(&" ".repeat(9 * 1024 * 1024));
        assert_eq!(post("/api/v1/exchange", bomb).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(post("/api/v1/exchange", vec![7, 1, 1]).await.json(), json!("outdated"));
        for body in [vec![], vec![1], vec![1, 255, 255], b"{}".to_vec()] {
            let seen = post("/api/v1/exchange", body).await;
            assert!(seen.status == StatusCode::BAD_REQUEST || seen.status == StatusCode::UPGRADE_REQUIRED);
        }
        let deep = [vec![b'['; 5000], vec![b']'; 5000]].concat();
        for body in [b"".to_vec(), b"null".to_vec(), b"[]".to_vec(), b"{\"code\":7}".to_vec(), deep] {
            assert_eq!(post("/api/v1/family", body).await.status, StatusCode::BAD_REQUEST);
        }
    })
    .await;
}

#[tokio::test]
async fn s12_errors_never_send_a_person_elsewhere_with_what_they_typed() {
    on_each(async |db| {
        let web = Web::serving(&db, morning()).await;
        let request = ours(Method::POST, "/api/v1/sign-in", "")
            .header(CONTENT_TYPE, "application/json")
            .header("accept", "text/html")
            .header(REFERER, "http://office/zaloguj")
            .body(Body::from(r#"{"login":"jan.tajny","password":"x"}"#));
        let seen = web.send(request.unwrap()).await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
        assert!(!seen.headers.contains_key("location") && !seen.text().contains("tajny"));
    })
    .await;
}
