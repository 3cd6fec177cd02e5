//! What an office lays over its forms: published by the manager, it holds on phones and where changes are decided,
//! and what was begun or archived in an earlier version stays in it.

use super::{
    book::terms,
    office::TestOffice,
    papers::{edited_fields, made, making, task, today, visit},
};
use crate::{
    api::{error::ApiError, settings::Publishing},
    domain::{
        access::Role,
        change::{Action, Change, Intent},
        deadlines::{Code, Term},
        documents::{
            RecordKind,
            papers::{
                course::{CASE, LIFE, PAPER},
                note, testing,
            },
        },
        form::{Answers, Key, Value},
        ids::{RecordId, Rev},
        office::{FormVersion, Overlay, OwnField, OwnKind, Reworded, Subject},
        procedure::{Life, Paper},
        record::Refusal,
    },
    server::{
        db::{
            Db, books,
            testing::{count, on_each},
        },
        forms,
    },
    sync::protocol::Verdict,
};

const NOTE: &str = "NOTE";
const PETS: &str = "own_pets";

/// A required field of the office's own.
fn pets(after: &str) -> OwnField {
    OwnField {
        key: PETS.to_owned(),
        label: "Zwierzęta w domu".to_owned(),
        help: String::new(),
        kind: OwnKind::Line,
        required: true,
        class: Default::default(),
        after: after.to_owned(),
        unit: String::new(),
        range: None,
        choices: Vec::new(),
    }
}

fn asking(after: &str) -> Overlay {
    Overlay { own: vec![pets(after)], ..Overlay::default() }
}

fn version(overlay: u16) -> u16 {
    FormVersion { overlay, declaration: 1 }.packed()
}

async fn office(db: Db) -> TestOffice {
    let office = TestOffice::new(db).await.with_assistant("Ala").await.with_person("Karol", Role::Manager).await;
    office.with_family("R01", "Ala").await
}

impl TestOffice {
    async fn publish_form(&self, name: &str, form: &str, expected: u16, draft: &Overlay) -> Publishing {
        forms::publish(&self.db, &self.who(name).actor, (form, expected), draft, self.now).await.unwrap()
    }

    /// A note as its author has it on a device, of this version.
    fn note(&self, version: u16, life: Life) -> Change {
        const WORDS: &[(&str, &str)] = &[
            ("place", "Przykładowo"),
            ("doc_date", "2026-11-20"),
            ("happened_on", "2026-11-20"),
            ("happened_at", "07:30"),
            ("kind", "PHONE_CALL"),
            ("urgent", "nie"),
            ("facts", "Ojciec zadzwonił i odwołał spotkanie."),
            ("source", "OBSERVATION"),
            ("actions", "Umówiono nowy termin."),
        ];
        let mut answers =
            testing::answers(&note::FORM, WORDS).with(PAPER, Paper::Note).with(LIFE, life).with(CASE, self.case("R01"));
        testing::sign(&note::FORM, &mut answers, &["ASSISTANT"]);
        Change { form: version, ..made(self.user("Ala"), making(RecordKind::Paper, self.family("R01"), &answers)) }
    }

    async fn verdict(&self, change: &Change) -> Verdict {
        self.push("Ala", std::slice::from_ref(change)).await.remove(0).verdict
    }
}

/// What the office found wrong: the fields.
fn refused(verdict: Verdict) -> Vec<(String, String)> {
    match verdict {
        Verdict::Refused(Refusal::Invalid(problems)) => {
            problems.into_iter().map(|problem| (problem.field, problem.text)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn rev(verdict: Verdict) -> Rev {
    match verdict {
        Verdict::Accepted { rev } | Verdict::Merged { rev } => rev,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn new_papers_are_asked_and_begun_or_archived_ones_stay_in_their_version() {
    on_each(async |db| {
        let office = office(db).await;
        let archived = office.note(version(0), Life::Signed);
        rev(office.verdict(&archived).await);
        let draft = office.note(version(0), Life::Draft);
        let begun = rev(office.verdict(&draft).await);
        assert_eq!(office.publish_form("Kira", NOTE, 0, &asking("doc_date")).await, Publishing::Published);

        // A new one has the office's field, and it must be answered.
        let gap = office.note(version(1), Life::Signed);
        assert_eq!(refused(office.verdict(&gap).await)[0].0, PETS);
        let mut whole = office.note(version(1), Life::Signed);
        if let Action::Write(edits) = &mut whole.action {
            let after = Some(Value::Text("Dwa psy".into()));
            edits.insert(PETS.to_owned(), crate::domain::change::Edit { before: None, after });
        }
        rev(office.verdict(&whole).await);
        // A draft lives in the version that it began with, and is handed in there.
        let hand_in = edited_fields(&draft, begun, &[("life", "DRAFT", "SIGNED")]);
        rev(office.verdict(&Change { form: version(1), ..hand_in }).await);

        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        let asked = |id: RecordId| {
            let record = phone.replica.record(id).unwrap();
            phone.replica.book().form_of(record).field(PETS).is_some()
        };
        assert_eq!((asked(archived.record), asked(draft.record), asked(whole.record)), (false, false, true));
        // Whatever is published later: each opens as it was.
        let mut hidden = asking("doc_date");
        hidden.hidden.insert(PETS.to_owned());
        assert_eq!(office.publish_form("Kira", NOTE, 1, &hidden).await, Publishing::Published);
        phone.sync_all(&office).await;
        let newest = phone.replica.book().newest_paper(Paper::Note).unwrap();
        assert_eq!((newest.version, newest.field(PETS).is_some()), (version(2), false));
        let record = phone.replica.record(whole.record).unwrap();
        assert_eq!(phone.replica.book().form_of(record).field(PETS).map(|field| field.label), Some("Zwierzęta w domu"));
        assert_eq!(record.answers.text(Key::new(PETS)), "Dwa psy");
    })
    .await;
}

#[tokio::test]
async fn entries_and_tasks_are_checked_by_the_version_that_they_name() {
    on_each(async |db| {
        let office = office(db).await;
        assert_eq!(office.publish_form("Kira", "visit", 0, &asking("observations")).await, Publishing::Published);
        assert_eq!(office.publish_form("Kira", "task", 0, &asking("help")).await, Publishing::Published);
        let family = office.family("R01");
        for (kind, answers) in [(RecordKind::Visit, visit(today())), (RecordKind::Task, task("Umówić wizytę"))] {
            let change = |version: u16, answers: &Answers| Change {
                form: version,
                ..made(office.user("Ala"), making(kind, family, answers))
            };
            assert_eq!(refused(office.verdict(&change(version(1), &answers)).await)[0].0, PETS, "{kind:?}");
            // A phone that has not heard of it yet.
            rev(office.verdict(&change(version(0), &answers)).await);
            let mut whole = answers.clone();
            whole.set_raw(PETS, Some(Value::Text("kot".into())));
            let made = change(version(1), &whole);
            let first = rev(office.verdict(&made).await);
            let emptied = edited_fields(&made, first, &[(PETS, "kot", "")]);
            assert_eq!(refused(office.verdict(&emptied).await)[0].0, PETS, "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_version_that_was_never_published_is_refused_and_says_what_to_do() {
    on_each(async |db| {
        let office = office(db).await;
        office.publish_form("Kira", NOTE, 0, &asking("doc_date")).await;
        let (field, text) = refused(office.verdict(&office.note(version(2), Life::Draft)).await).remove(0);
        assert_eq!(field, "form");
        assert!(text.contains("w wersji 2, której ośrodek nie ma (ostatnia: 1)"), "{text}");
        // Entries have no overlay at all here.
        let entry = Intent { form: version(1), ..making(RecordKind::Visit, office.family("R01"), &visit(today())) };
        let entry = Change { form: version(1), ..made(office.user("Ala"), entry) };
        assert_eq!(refused(office.verdict(&entry).await)[0].0, "form");
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_published_is_told_at_its_place_and_leaves_nothing() {
    on_each(async |db| {
        let office = office(db).await;
        let required = Overlay { hidden: ["doc_date".to_owned()].into(), ..Overlay::default() };
        let Publishing::Refused(problems) = office.publish_form("Kira", NOTE, 0, &required).await else { panic!() };
        assert_eq!(problems[0].field, "hidden/doc_date");
        assert_eq!(office.publish_form("Kira", NOTE, 0, &Overlay::default()).await, Publishing::Same);
        let publish = async |name: &str, form: &str| {
            let draft = asking("doc_date");
            forms::publish(&office.db, &office.who(name).actor, (form, 0), &draft, office.now).await
        };
        assert!(matches!(publish("Ala", NOTE).await, Err(ApiError::NotFound)));
        assert!(matches!(forms::read(&office.db, &office.who("Ala").actor).await, Err(ApiError::NotFound)));
        for form in ["case", "family", "paper", "NR_3B", "nothing"] {
            assert!(matches!(publish("Kira", form).await, Err(ApiError::NotFound)), "{form}");
        }
        let tag = books::newest_tag(&mut office.db.read().await.unwrap(), office.office).await.unwrap();
        assert_eq!(tag, Rev::NONE);
        assert_eq!(count(&office.db, "select count(*) from audit where object = 'SETTINGS'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_publish_a_form_at_once_one_is_told_of_the_other() {
    on_each(async |db| {
        let office = office(db).await;
        let label = |text: &str| {
            let words = Reworded { label: Some(text.to_owned()), help: None };
            Overlay { reworded: [("doc_date".to_owned(), words)].into(), ..Overlay::default() }
        };
        let (kira, karol) = (label("Dzień notatki"), label("Data notatki"));
        let (one, other) =
            tokio::join!(office.publish_form("Kira", NOTE, 0, &kira), office.publish_form("Karol", NOTE, 0, &karol));
        let told = |answer: &Publishing, by: &str| matches!(answer, Publishing::Meanwhile { by: who, .. } if who == by);
        let first_won = one == Publishing::Published && told(&other, "Kira");
        assert!(first_won || other == Publishing::Published && told(&one, "Karol"), "{one:?} {other:?}");

        // Another form and the settings are nobody's rival; neither of them loses the forms.
        assert_eq!(office.publish_form("Karol", "visit", 0, &asking("observations")).await, Publishing::Published);
        let settings = office.publish("Kira", Rev::NONE, terms(Code::D01, Term::Days(2))).await;
        assert_eq!(settings, Publishing::Published, "they were read before the forms were published");
        let read = forms::read(&office.db, &office.who("Kira").actor).await.unwrap();
        let note = Subject::read(NOTE).unwrap();
        let standing = &read.book.published(note)[0];
        assert_eq!((read.book.published(note).len(), standing.version), (1, 1));
        let hand = read.hands.iter().find(|hand| hand.tag == standing.tag).unwrap();
        assert_eq!((hand.by.as_str(), hand.at), (if first_won { "Kira" } else { "Karol" }, office.now));
        assert_eq!(read.hands.len(), 2, "the settings are told elsewhere");
        let told = crate::server::settings::read(&office.db, &office.who("Kira").actor).await.unwrap();
        assert_eq!(told.versions.len(), 1, "and the forms here: {:?}", told.versions);
        assert_eq!(count(&office.db, "select count(*) from audit where detail = 'published_form'").await, 2);
    })
    .await;
}
