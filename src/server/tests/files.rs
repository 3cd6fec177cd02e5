//! Files of papers: taken only as their paper describes them, once, and shown only to those who may
//! read the family's file.

use super::{
    office::{TestOffice, empty_request},
    papers::{making, today, visit},
    web::{Web, password_hash},
};
use crate::{
    domain::{
        access::{Role, own_file},
        change::Change,
        documents::{
            RecordKind,
            papers::course::{LIFE, PAPER},
        },
        files::{self, MediaType},
        form::{Answers, Cell as _},
        ids::{FileId, RecordId},
        procedure::{Life, Paper},
    },
    server::db::{
        Db,
        testing::{count, fresh, on_each},
    },
    sync::protocol::{Base64, Content, RequestEnvelope, Taken},
};
use axum::http::StatusCode;
use serde_json::json;
use sha2::{Digest, Sha256};

/// The beginning of a JPEG, then anything.
fn photo(seed: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend((0..5_000u32).map(|n| (n.wrapping_mul(u32::from(seed) + 7) >> 3) as u8));
    bytes
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry with one photo, described as these bytes.
fn entry_with(id: FileId, bytes: &[u8], media: MediaType) -> Answers {
    let row = Answers::default()
        .with(files::CAPTION, "zaświadczenie".into())
        .with(files::MEDIA, media)
        .with(files::BYTES, bytes.len() as i64)
        .with(files::HASH, hash(bytes));
    let mut entry = visit(today());
    entry.put_row("files", &id.to_string(), row);
    entry
}

fn content(record: RecordId, file: FileId, bytes: &[u8]) -> Content {
    Content { record, file, bytes: Base64(bytes.to_vec()) }
}

async fn give(office: &TestOffice, who: &str, contents: Vec<Content>) -> Vec<Taken> {
    let answer = office.exchange(who, RequestEnvelope { contents, ..empty_request() }).await;
    answer.contents.iter().map(|receipt| receipt.taken).collect()
}

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::with_password(db, password_hash().await).await.with_assistant("Ala").await;
    let office = office.with_assistant("Ola").await.with_person("Wera", Role::SocialWorker).await;
    office.with_family_of_worker("R01", "Ala", Some("Wera")).await
}

/// An entry of Ala's in R01 with this photo.
async fn entered(office: &TestOffice, file: FileId, bytes: &[u8]) -> Change {
    let intent = making(RecordKind::Visit, office.family("R01"), &entry_with(file, bytes, MediaType::Jpeg));
    office.accept("Ala", intent).await
}

#[tokio::test]
async fn a_page_of_a_paper_about_ones_own_work_is_taken_from_its_author_alone() {
    on_each(async |db| {
        let office = office(db).await.with_assistant("Iga").await;
        let (id, bytes) = (FileId(fresh()), photo(3));
        let page = [
            ("media", MediaType::Jpeg.write()),
            ("bytes", (bytes.len() as i64).write()),
            ("hash", hash(&bytes).write()),
        ];
        let mut answers = Answers::default().with(PAPER, Paper::Training).with(LIFE, Life::Draft);
        answers.put_row("signed_pages", &id.to_string(), Answers::default());
        for (cell, value) in page {
            answers.set_raw(&["signed_pages/", &id.to_string(), "/", cell].concat(), Some(value));
        }
        let record = office.lay("Ala", making(RecordKind::Paper, own_file(office.user("Ala")), &answers)).await.record;
        assert_eq!(give(&office, "Iga", vec![content(record, id, &bytes)]).await, [Taken::Refused]);
        assert_eq!(give(&office, "Ala", vec![content(record, id, &bytes)]).await, [Taken::Kept]);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_taken_once_and_only_as_described() {
    on_each(async |db| {
        let office = office(db).await;
        let (file, bytes) = (FileId(fresh()), photo(1));
        let record = entered(&office, file, &bytes).await.record;
        let right = content(record, file, &bytes);
        assert_eq!(give(&office, "Ala", vec![content(record, file, &photo(2))]).await, [Taken::Refused]);
        assert_eq!(give(&office, "Ala", vec![content(record, FileId(fresh()), &bytes)]).await, [Taken::Refused]);
        assert_eq!(give(&office, "Ola", vec![right.clone()]).await, [Taken::Refused]);
        assert_eq!(give(&office, "Ala", vec![content(RecordId(fresh()), file, &bytes)]).await, [Taken::Unknown]);
        assert_eq!(count(&office.db, "select count(*) from contents").await, 0);
        assert_eq!(give(&office, "Ala", vec![right.clone(), right.clone()]).await, [Taken::Kept, Taken::Kept]);
        assert_eq!(give(&office, "Ala", vec![right]).await, [Taken::Kept]);
        assert_eq!(count(&office.db, "select count(*) from contents").await, 1);
        let written = "select count(*) from audit where detail = 'file' and deed = 'WRITE' and object = 'FIELD_WORK'";
        assert_eq!(count(&office.db, written).await, 1, "a repeat writes nothing");
    })
    .await;
}

#[tokio::test]
async fn what_only_calls_itself_a_photo_is_refused() {
    on_each(async |db| {
        let office = office(db).await;
        let (file, page) = (FileId(fresh()), b"<html><script>".to_vec());
        let record = entered(&office, file, &page).await.record;
        assert_eq!(give(&office, "Ala", vec![content(record, file, &page)]).await, [Taken::Refused]);
    })
    .await;
}

#[tokio::test]
async fn a_late_photo_of_a_former_assistant_is_taken() {
    on_each(async |db| {
        let office = office(db).await;
        let (file, bytes) = (FileId(fresh()), photo(3));
        let record = entered(&office, file, &bytes).await.record;
        let moved = super::scope::handing_over(&office, "R01", office.user("Ola")).await;
        office.push("Kira", &[moved]).await;
        assert_eq!(give(&office, "Ala", vec![content(record, file, &bytes)]).await, [Taken::Kept]);
    })
    .await;
}

#[tokio::test]
async fn s01_a_file_is_shown_to_those_who_may_read_the_family() {
    on_each(async |db| {
        let office = office(db.clone()).await.with_person("Admin", Role::SysAdmin).await;
        let elsewhere = TestOffice::with_password(db.clone(), password_hash().await).await;
        let (file, bytes) = (FileId(fresh()), photo(4));
        let record = entered(&office, file, &bytes).await.record;
        assert_eq!(give(&office, "Ala", vec![content(record, file, &bytes)]).await, [Taken::Kept]);
        let web = Web::serving(&db, office.now).await;
        let ask = json!({ "record": record, "file": file });
        for (who, may) in [("Ala", true), ("Wera", true), ("Kira", true), ("Ola", false), ("Admin", false)] {
            let cookie = web.sign_in(&office, who).await;
            let (seen, got) = web.packed::<Base64>("file", &cookie, ask.clone()).await;
            assert_eq!(got, may.then(|| Base64(bytes.clone())), "{who}");
            assert_eq!(seen.status == StatusCode::NOT_FOUND, !may, "{who}");
        }
        let stranger = web.sign_in(&elsewhere, "Kira").await;
        assert_eq!(web.packed::<Base64>("file", &stranger, ask).await.0.status, StatusCode::NOT_FOUND);
        let read = "select count(*) from audit where detail = 'file' and deed = 'READ' and record is not null";
        assert_eq!(count(&db, read).await, 3, "each reading is in the access log");
    })
    .await;
}
