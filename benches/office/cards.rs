//! Visit cards of two kilobytes, and the requests that carry them.

use super::{Done, people::Assistant};
use asysta::{
    domain::{
        change::{Action, Change, Pen, edits_between},
        codes::{Area, EntryKind, Outcome, Place, StatutoryTask},
        documents::{RecordKind, visit_card},
        form::Answers,
        ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    },
    sync::protocol::{Request, RequestEnvelope, pack},
};
use chrono::Utc;
use serde::Serialize;

/// Words of the list that passphrases are made of.
const WORDS: &str = include_str!("../../public/slowa.txt");
/// Words of one card: with the rest of the change they make two kilobytes of JSON.
const WORDS_A_CARD: usize = 160;
/// Polish words bend; so these are as hard to compress as words of people.
const ENDINGS: [&str; 16] =
    ["", "a", "y", "u", "em", "ie", "ów", "om", "ami", "ach", "ego", "emu", "ej", "ą", "ę", "owi"];

/// What the door takes.
#[derive(Serialize)]
struct Arguments<'a> {
    request: &'a RequestEnvelope,
}

/// Packs a request as the app does.
pub fn pack_up(request: &Request) -> Done<Vec<u8>> {
    Ok(pack(&Arguments { request: &RequestEnvelope::of(request)? }))
}

/// A change that makes a record.
pub fn made(author: UserId, kind: RecordKind, family: FamilyId, answers: &Answers) -> Change {
    let action = Action::Write(edits_between(&Answers::default(), answers));
    let random = || rand::random();
    let pen = Pen { author, now: Utc::now(), offset: 60, random: &random };
    Change {
        id: ChangeId(pen.id()),
        record: RecordId(pen.id()),
        kind,
        family,
        base: Rev::NONE,
        after: None,
        action,
        author,
        at: pen.now,
        offset: 60,
        form: 1,
    }
}

/// A visit card in words that differ from card to card, as unforeseeable as words of people are.
pub fn visit(assistant: &Assistant) -> Change {
    let words: Vec<&'static str> = WORDS.lines().collect();
    let any = |list: &[&'static str]| list[rand::random_range(0..list.len())];
    let text: Vec<String> = (0..WORDS_A_CARD).map(|_| format!("{}{}", any(&words), any(&ENDINGS))).collect();
    let answers = Answers::default()
        .with(visit_card::KIND, EntryKind::Visit)
        .with(visit_card::OUTCOME, Outcome::Held)
        .with(visit_card::DATE, Utc::now().date_naive() - chrono::Days::new(1))
        .with(visit_card::DURATION, 50)
        .with(visit_card::PLACE, Place::Home)
        .with(visit_card::PRESENT_OTHERS, "babcia".into())
        .with(visit_card::TASKS, [StatutoryTask::Parenting.code().to_owned()].into())
        .with(visit_card::AREAS, [Area::A10.code().to_owned()].into())
        .with(visit_card::ACTIONS, text.join(" "));
    made(assistant.user, RecordKind::Visit, assistant.family, &answers)
}

impl Assistant {
    /// A request of this assistant's phone, which knows its family's file up to a revision.
    pub fn request(&self, changes: &[Change], known: Rev) -> Request {
        Request {
            device: self.device,
            app: "bench".into(),
            changes: changes.to_vec(),
            cursors: [(self.family, known)].into(),
            waiting: 0,
            oldest: None,
            people_tag: self.people_tag.clone(),
            book_tag: Some(Rev::NONE),
            contents: Vec::new(),
            epoch: None,
            newest: None,
            compare: None,
            seal_key: None,
            about: None,
            failures: 0,
        }
    }
}

/// A change as bytes of JSON.
pub fn json(change: &Change) -> Done<Vec<u8>> {
    Ok(serde_json::to_vec(change)?)
}
