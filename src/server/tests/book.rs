//! The office's own settings: published by the manager, they hold at the desk, on phones and for steps.

use super::{
    office::TestOffice,
    papers::{card, making, morning, today},
    phone::Phone,
    web::{Web, password_hash},
};
use crate::{
    api::settings::Publishing,
    domain::{
        access::Role,
        change::Intent,
        deadlines::{Code, Parameters, Term, terms_of_family},
        documents::{
            RecordKind,
            case_card::{self, Stage},
        },
        form::Answers,
        ids::{FamilyId, RecordId, Rev},
        office::Letterhead,
    },
    server::{
        db::{
            books,
            testing::{attempt, count, fresh, on_each, run},
        },
        settings,
    },
    sync::protocol::RequestEnvelope,
};
use chrono::NaiveDate;
use serde_json::json;

pub fn letterhead(place: &str) -> Letterhead {
    Letterhead { name: "OPS w Przykładowie".into(), place: place.into(), ..Letterhead::default() }
}

pub fn terms(code: Code, term: Term) -> Parameters {
    Parameters { terms: [(code, term)].into(), ..Parameters::default() }
}

impl TestOffice {
    pub async fn publish(&self, name: &str, expected: Rev, parameters: Parameters) -> Publishing {
        let said = (parameters, letterhead("Przykładowo"));
        settings::publish(&self.db, &self.who(name).actor, expected, said, self.now).await.unwrap()
    }

    async fn tag(&self) -> Rev {
        books::newest_tag(&mut self.db.read().await.unwrap(), self.office).await.unwrap()
    }
}

/// An office in which the papers of a family are to be handed over: its plan of help was approved on the 18th.
async fn office(office: TestOffice) -> TestOffice {
    let office = office.with_assistant("Ala").await.with_person("Karol", Role::Manager).await;
    let family = FamilyId(fresh());
    let answers = Answers::default()
        .with(case_card::STAGE, Stage::Allocated)
        .with(case_card::BASIS, [crate::domain::codes::Basis::ALL[0].code().to_owned()].into())
        .with(case_card::ASSISTANT, office.user("Ala"))
        .with(case_card::HELP_PLAN_ON, "2026-11-18".parse().unwrap());
    let case = Intent { record: RecordId(fresh()), ..making(RecordKind::Case, family, &answers) };
    office.lay("Kira", case).await;
    office.lay("Kira", making(RecordKind::Family, family, &card("R01", "Nowak"))).await;
    office
}

/// The last day of D01 on this phone.
fn due(phone: &Phone) -> NaiveDate {
    let terms = terms_of_family(phone.replica.records(), &phone.replica.book().settings, today());
    terms.iter().find(|term| term.code == Code::D01).unwrap().due
}

#[tokio::test]
async fn what_the_manager_sets_holds_at_the_desk_and_on_the_phone() {
    on_each(async |db| {
        let office = office(TestOffice::with_password(db.clone(), password_hash().await).await).await;
        let web = Web::serving(&db, morning()).await;
        let cookie = web.sign_in(&office, "Kira").await;
        let desk = async || {
            let overview = web.post("overview", &cookie, json!({})).await.json();
            let file = web.post("family", &cookie, json!({ "code": "R01" })).await.json();
            let term = overview["terms"]["shown"].as_array().unwrap().iter().find(|line| line[1]["code"] == "D01");
            (term.unwrap()[1]["due"].clone(), file["book"]["settings"]["terms"].clone())
        };
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        assert_eq!(desk().await, (json!("2026-11-21"), json!({})));
        assert_eq!(due(&phone), "2026-11-21".parse().unwrap());
        // A phone for which there was nothing new, and is still nothing: it is not even looked up.
        let (ala, quiet) = (web.sign_in(&office, "Ala").await, RequestEnvelope::of(&phone.request()).unwrap());
        for _ in 0..2 {
            assert!(web.exchange(&ala, &quiet).await.1.unwrap().book.is_none());
        }

        let said = json!({ "expected": 0, "parameters": { "terms": { "D01": { "days": 2 } } },
            "letterhead": { "name": "OPS w Przykładowie", "place": "Przykładowo" } });
        let answer = web.post("publish-book", &cookie, said).await;
        assert_eq!(answer.json(), json!("published"), "{}", answer.text());
        assert_eq!(desk().await, (json!("2026-11-20"), json!({ "D01": { "days": 2 } })));
        assert_eq!(web.exchange(&ala, &quiet).await.1.unwrap().book.unwrap().tag, office.tag().await);
        let older = RequestEnvelope { book_tag: None, ..quiet };
        assert!(web.exchange(&ala, &older).await.1.unwrap().book.is_none(), "an app that knows of no settings");
        let answer = phone.sync(&office).await;
        assert!(answer.book.is_some() && answer.records.is_empty());
        assert_eq!(due(&phone), "2026-11-20".parse().unwrap());
        assert_eq!(phone.replica.book().letterhead.place().as_deref(), Some("Przykładowo"));
        assert!(phone.sync(&office).await.book.is_none(), "it has it now");
        let logged = "select count(*) from audit where object = 'SETTINGS' and deed = 'WRITE'";
        assert_eq!(count(&db, logged).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_law_is_not_loosened_and_what_is_wrong_stands_at_its_field() {
    on_each(async |db| {
        let office = office(TestOffice::new(db).await).await;
        let refused = office.publish("Kira", Rev::NONE, terms(Code::D05, Term::Months(7))).await;
        let Publishing::Refused(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].field, "D05");
        assert!(problems[0].text.contains("można tylko skrócić"), "{}", problems[0].text);
        assert_eq!(office.tag().await, Rev::NONE);
        assert_eq!(count(&office.db, "select count(*) from audit where object = 'SETTINGS'").await, 0);
        let tighter = office.publish("Kira", Rev::NONE, terms(Code::D05, Term::Months(5))).await;
        assert_eq!(tighter, Publishing::Published);
    })
    .await;
}

#[tokio::test]
async fn of_two_managers_the_second_is_told_of_the_first() {
    on_each(async |db| {
        let office = office(TestOffice::new(db).await).await;
        let (two, four) = (terms(Code::D01, Term::Days(2)), terms(Code::D01, Term::Days(4)));
        let (one, other) = tokio::join!(
            office.publish("Kira", Rev::NONE, two.clone()),
            office.publish("Karol", Rev::NONE, four.clone())
        );
        let told = |answer: &Publishing, by: &str| matches!(answer, Publishing::Meanwhile { by: who, .. } if who == by);
        let first_won = one == Publishing::Published && told(&other, "Kira");
        assert!(first_won || other == Publishing::Published && told(&one, "Karol"), "{one:?} {other:?}");
        let tag = office.tag().await;
        let (who, same, next) = if first_won { ("Karol", two, four) } else { ("Kira", four, two) };
        assert_eq!(office.publish(who, tag, same).await, Publishing::Same);
        assert_eq!(office.publish(who, tag, next).await, Publishing::Published);
        let read = settings::read(&office.db, &office.who("Kira").actor).await.unwrap();
        assert_eq!((read.versions.len(), read.book.tag), (2, office.tag().await));
        assert_eq!(read.versions[0].by, who);
        assert_eq!(read.versions[0].changes.len(), 1, "{:?}", read.versions[0].changes);
        assert!(read.versions[0].changes[0].starts_with("Przekazanie dokumentów asystentowi: "));
        assert!(read.versions[1].changes.len() == 3, "also the head of papers: {:?}", read.versions[1].changes);
    })
    .await;
}

#[tokio::test]
async fn a_version_that_cannot_be_read_stops_neither_office_nor_phone() {
    on_each(async |db| {
        let office = office(TestOffice::new(db).await).await;
        assert_eq!(office.publish("Kira", Rev::NONE, terms(Code::D01, Term::Days(2))).await, Publishing::Published);
        let mut phone = office.phone("Ala");
        phone.sync_all(&office).await;
        // As a newer program would write it.
        let newer = "insert into office_books (office, tag, body, published_at, published_by) \
                     select office, tag + 1, '{\"settings\":{\"terms\":{\"D99\":{\"days\":1}}}}', published_at, published_by \
                     from office_books";
        run(&office.db, newer).await;
        run(&office.db, "update offices set rev = rev + 1").await;
        phone.sync(&office).await;
        assert_eq!(due(&phone), "2026-11-20".parse().unwrap(), "the last good one holds");
        assert!(phone.sync(&office).await.book.is_none(), "and it is not sent again and again");
        let book = books::current(&mut office.db.read().await.unwrap(), office.office).await.unwrap();
        assert_eq!((book.settings.term(Code::D01), book.tag), (Term::Days(2), office.tag().await));
        assert_eq!(office.publish("Kira", book.tag, terms(Code::D01, Term::Days(4))).await, Publishing::Published);
        phone.sync(&office).await;
        assert_eq!(due(&phone), "2026-11-22".parse().unwrap());
        for sql in ["update office_books set tag = 1", "delete from office_books"] {
            assert!(attempt(&office.db, sql).await.is_err(), "{sql}");
        }
    })
    .await;
}
