//! Signatures in the office: one from the screen stands only under the content that was signed, and pages that
//! were signed by hand come beside their paper (spec/domain.md 3.0).

use super::{
    office::{TestOffice, empty_request},
    papers::{edited_fields, made, making, today, visit},
    web::{Web, password_hash},
};
use crate::{
    domain::{
        access::Role,
        change::{Change, edits_between},
        content,
        documents::{
            RecordKind,
            papers::{
                course::{CASE, LIFE, PAPER, SIGNED_PAGES},
                form_of,
                parts::SIGNED_BY,
                testing,
            },
            visit_card,
        },
        files::{self, MediaType},
        form::{Answers, Form},
        ids::{FileId, RecordId, Rev},
        procedure::{Life, Paper},
        record::Refusal,
        signature::{self, Method, Signer},
    },
    server::db::{
        Db,
        testing::{count, fresh, on_each},
    },
    sync::protocol::{Base64, Content, RequestEnvelope, Taken, Verdict},
};
use serde_json::json;

const NOTE: &[(&str, &str)] = &[
    ("place", "Zbąszynek"),
    ("doc_date", "2026-11-20"),
    ("happened_on", "2026-11-19"),
    ("happened_at", "17:30"),
    ("kind", "PHONE_CALL"),
    ("urgent", "nie"),
    ("facts", "Ojciec zadzwonił i odwołał spotkanie."),
    ("source", "OBSERVATION"),
    ("actions", "Umówiono nowy termin."),
];
const DRAWN: &str = "1,1 2,2 3,3 4,4 5,5";

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await;
    let office = office.with_person("Wanda", Role::SocialWorker).await.with_person("Maria", Role::Manager).await;
    office.with_family_of_worker("R01", "Ala", Some("Wanda")).await
}

fn note_form() -> &'static Form {
    form_of(Paper::Note).unwrap()
}

fn note(office: &TestOffice, life: Life) -> Answers {
    testing::answers(note_form(), NOTE).with(PAPER, Paper::Note).with(CASE, office.case("R01")).with(LIFE, life)
}

/// Signs on the screen under what stands.
fn signed(form: &Form, who: Signer, mut answers: Answers) -> Answers {
    let row = Answers::default()
        .with(signature::ROLE, who)
        .with(signature::NAME, "Jan Przykładny".into())
        .with(signature::METHOD, Method::Screen)
        .with(signature::DRAWING, signature::Drawing::read(DRAWN).unwrap())
        .with(signature::SEAL, content::seal(form, SIGNED_BY, &answers));
    answers.put_row(SIGNED_BY, "a", row);
    answers
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

/// A further change that leaves these answers.
fn leaving(earlier: &Change, base: Rev, before: &Answers, after: &Answers) -> Change {
    let action = crate::domain::change::Action::Write(edits_between(before, after));
    Change { action, ..edited_fields(earlier, base, &[]) }
}

#[tokio::test]
async fn a_paper_is_taken_only_with_signatures_under_what_stands_in_it() {
    on_each(async |db| {
        let office = office(db).await;
        let draft = signed(note_form(), Signer::Assistant, note(&office, Life::Draft));
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &draft));
        let first = rev(&verdict(&office, "Ala", &paper).await);
        // A draft may be written on; only handed in it may not be.
        let other = "Ojciec zadzwonił i przełożył spotkanie.";
        let rewritten = edited_fields(&paper, first, &[("facts", NOTE[6].1, other)]);
        let second = rev(&verdict(&office, "Ala", &rewritten).await);
        let hand_in = edited_fields(&paper, second, &[("life", "DRAFT", "SIGNED")]);
        assert!(says(&verdict(&office, "Ala", &hand_in).await, content::CHANGED));

        let mut standing = draft.clone();
        standing.set_raw("facts", Some(crate::domain::form::Value::Text(other.into())));
        let again = signed(note_form(), Signer::Assistant, standing.clone()).with(LIFE, Life::Signed);
        rev(&verdict(&office, "Ala", &leaving(&paper, second, &standing, &again)).await);
    })
    .await;
}

#[tokio::test]
async fn nobody_hands_in_a_drawing_that_says_not_what_was_signed() {
    on_each(async |db| {
        let office = office(db).await;
        let mut unbound = signed(note_form(), Signer::Assistant, note(&office, Life::Signed));
        unbound.set_raw("signatures/a/seal", None);
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &unbound));
        assert!(says(&verdict(&office, "Ala", &paper).await, content::UNBOUND));
        let elsewhere = signed(note_form(), Signer::Assistant, note(&office, Life::Signed).with(PAPER, Paper::Meeting));
        let copied = elsewhere.with(PAPER, Paper::Note);
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &copied));
        assert!(says(&verdict(&office, "Ala", &paper).await, content::CHANGED));
    })
    .await;
}

#[tokio::test]
async fn an_entry_that_the_family_signed_is_corrected_only_with_a_new_signature_or_without_one() {
    on_each(async |db| {
        let office = office(db).await;
        let entry = signed(&visit_card::FORM, Signer::Member, visit(today()));
        let made = office.accept("Ala", making(RecordKind::Visit, office.family("R01"), &entry)).await;
        let corrected = entry.clone().with(visit_card::ACTIONS, "Rozmowa o stałych porach posiłków.".into());
        let blind = leaving(&made, Rev(2), &entry, &corrected);
        let answer = verdict(&office, "Ala", &blind).await;
        assert!(says(&answer, content::CHANGED), "{answer:?}");
        let mut without = corrected.clone();
        without.drop_row(SIGNED_BY, "a");
        rev(&verdict(&office, "Ala", &leaving(&made, Rev(2), &entry, &without)).await);
        let again = signed(&visit_card::FORM, Signer::Member, without.clone());
        rev(&verdict(&office, "Ala", &leaving(&made, Rev(3), &without, &again)).await);
    })
    .await;
}

/// The description of a page, as a further change of a paper.
fn page(earlier: &Change, base: Rev, standing: &Answers, file: FileId, media: MediaType, bytes: &[u8]) -> Change {
    let mut with = standing.clone();
    with.put_row(SIGNED_PAGES, &file.to_string(), files::row(media, bytes.len(), content::fingerprint(bytes)));
    leaving(earlier, base, standing, &with)
}

async fn given(office: &TestOffice, who: &str, record: RecordId, file: FileId, bytes: &[u8]) -> Taken {
    let contents = vec![Content { record, file, bytes: Base64(bytes.to_vec()) }];
    office.exchange(who, RequestEnvelope { contents, ..empty_request() }).await.contents.remove(0).taken
}

#[tokio::test]
async fn a_page_signed_by_hand_comes_beside_a_paper_that_was_handed_in() {
    on_each(async |db| {
        let office = office(db).await;
        let standing = signed(note_form(), Signer::Assistant, note(&office, Life::Signed));
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &standing));
        let first = rev(&verdict(&office, "Ala", &paper).await);
        let (scan, pdf) = (FileId(fresh()), b"%PDF-1.7 strona".to_vec());
        // Before the paper speaks of it nobody takes it.
        assert_eq!(given(&office, "Ala", paper.record, scan, &pdf).await, Taken::Refused);
        let by_worker =
            Change { author: office.user("Wanda"), ..page(&paper, first, &standing, scan, MediaType::Pdf, &pdf) };
        let second = rev(&verdict(&office, "Wanda", &by_worker).await);
        assert_eq!(given(&office, "Wanda", paper.record, scan, b"%PDF-1.7 inna").await, Taken::Refused);
        assert_eq!(given(&office, "Wanda", paper.record, scan, &pdf).await, Taken::Kept);

        // What calls itself a PDF must begin as one, whatever the paper says of it.
        let (false_scan, html) = (FileId(fresh()), b"<html><script>".to_vec());
        let mut with = standing.clone();
        with.put_row(
            SIGNED_PAGES,
            &scan.to_string(),
            files::row(MediaType::Pdf, pdf.len(), content::fingerprint(&pdf)),
        );
        let described = page(&paper, second, &with, false_scan, MediaType::Pdf, &html);
        let third = rev(&verdict(&office, "Ala", &described).await);
        assert_eq!(given(&office, "Ala", paper.record, false_scan, &html).await, Taken::Refused);

        // Pages stay, and a kind of file that is not taken is not even described.
        let path = [SIGNED_PAGES, "/", &scan.to_string(), "/hash"].concat();
        let swapped = edited_fields(&paper, third, &[(&path, &content::fingerprint(&pdf), "00")]);
        assert!(says(&verdict(&office, "Ala", &swapped).await, "nie można teraz zmienić"));
        let kind = [SIGNED_PAGES, "/f9/media"].concat();
        let odd = edited_fields(&paper, third, &[(&kind, "", "text/html")]);
        assert!(says(&verdict(&office, "Ala", &odd).await, "z listy"));
    })
    .await;
}

#[tokio::test]
async fn the_desk_gives_its_scans_through_a_door_of_its_own() {
    on_each(async |db| {
        let office = TestOffice::with_password(db.clone(), password_hash().await).await.with_assistant("Ala").await;
        let office = office.with_person("Wanda", Role::SocialWorker).await.with_person("Admin", Role::SysAdmin).await;
        let office = office.with_family_of_worker("R01", "Ala", Some("Wanda")).await;
        let standing = signed(note_form(), Signer::Assistant, note(&office, Life::Signed));
        let paper = made(office.user("Ala"), making(RecordKind::Paper, office.family("R01"), &standing));
        let first = rev(&verdict(&office, "Ala", &paper).await);
        let (scan, pdf) = (FileId(fresh()), b"%PDF-1.7 strona".to_vec());
        rev(&verdict(&office, "Ala", &page(&paper, first, &standing, scan, MediaType::Pdf, &pdf)).await);
        let web = Web::serving(&db, office.now).await;
        let bytes = serde_json::to_value(Base64(pdf.clone())).unwrap();
        let ask = json!({ "record": paper.record, "file": scan, "bytes": bytes });
        for (who, taken) in [("Admin", Taken::Refused), ("Wanda", Taken::Kept), ("Wanda", Taken::Kept)] {
            let cookie = web.sign_in(&office, who).await;
            assert_eq!(web.packed::<Taken>("keep-file", &cookie, ask.clone()).await.1, Some(taken), "{who}");
        }
        assert_eq!(count(&db, "select count(*) from contents").await, 1);
    })
    .await;
}
