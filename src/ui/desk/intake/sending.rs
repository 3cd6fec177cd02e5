//! An intake on its way to the office, and what the office answers.

use super::{
    changes::{Ids, Intake, intake_changes, is_on_screen, last_case, on_screen},
    path::Path,
};
use crate::{
    api::{
        desk::{DeskReceipt, FamilyFile, list_families},
        session::Me,
    },
    domain::{
        change::Change,
        form::{Answers, Form, Problem},
        ids::FamilyId,
        office::OfficeBook,
    },
    ui::{
        context::App,
        desk::writing::{NotWritten, change, send},
    },
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Where the office's answer stands that belongs to no field.
pub const SAID: &str = "zgloszenie-uwagi";

/// What was sent, so that it can be sent again as it was.
type Sent = StoredValue<Option<(Answers, Vec<Change>)>, LocalStorage>;

/// An intake while it is filled in.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The surroundings.
    pub app: App,
    /// Who opens the case.
    pub me: StoredValue<Me>,
    /// What the office has set: the forms that are asked.
    pub book: StoredValue<OfficeBook>,
    /// The file of a family that the office knows.
    pub known: StoredValue<Option<Arc<FamilyFile>>>,
    /// What is made.
    pub ids: StoredValue<Ids>,
    /// The path.
    pub path: RwSignal<Path>,
    /// What was written on each path: changing it loses nothing.
    pub written: StoredValue<BTreeMap<Path, Answers>>,
    /// What was sent last.
    pub sent: Sent,
    /// What the office found wrong, at its fields.
    pub refused: RwSignal<Vec<Problem>>,
    /// What the office says beside that.
    pub said: RwSignal<Option<String>>,
    /// It is on its way.
    pub busy: RwSignal<bool>,
}

impl Desk {
    /// The form of the path's paper.
    pub fn form(self, path: Path) -> &'static Form {
        self.book.with_value(|book| path.form(book))
    }
}

/// Sends the intake; the address of the family's file when the case is there.
pub async fn open_case(desk: Desk, path: Path, answers: Answers) -> Option<String> {
    let family = desk.ids.try_get_value()?.family;
    let changes = changes(desk, path, answers)?;
    match send(desk.app, changes).await {
        Ok(receipt) => {
            desk.app.say(said(&receipt));
            Some(address(family).await)
        }
        Err(not_written) => {
            tell(desk, path, &not_written);
            None
        }
    }
}

fn said(receipt: &DeskReceipt) -> String {
    ["Sprawa założona."].into_iter().chain(receipt.cautions.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

/// The changes of these answers: the very same ones when the same is sent again.
fn changes(desk: Desk, path: Path, answers: Answers) -> Option<Vec<Change>> {
    let again = desk
        .sent
        .with_value(|sent| sent.as_ref().filter(|(before, _)| *before == answers).map(|(_, changes)| changes.clone()));
    if again.is_some() {
        return again;
    }
    let me = desk.me.get_value();
    let intake = Intake {
        path,
        form: desk.form(path),
        ids: desk.ids.get_value(),
        known: desk.known.with_value(Option::is_some),
        earlier: desk.known.with_value(|known| known.as_ref().and_then(|file| last_case(&file.records))),
        by: me.user,
        role: me.role,
        answers: &answers,
        today: desk.app.today.get_untracked(),
    };
    let changes: Option<Vec<Change>> =
        intake_changes(&intake).into_iter().map(|(about, action)| change(desk.app, about, action)).collect();
    let made = changes.clone()?;
    desk.sent.set_value(Some((answers, made)));
    changes
}

fn tell(desk: Desk, path: Path, not_written: &NotWritten) {
    let NotWritten::Refused { said, problems } = not_written else {
        desk.said.set(Some(["Nie wysłano. ", &not_written.text(), " Wpisane dane zostają w formularzu."].concat()));
        desk.app.host().focus(SAID);
        return;
    };
    // A change that was refused is answered for ever; the next try is a new one about the same records.
    desk.sent.set_value(None);
    let problems: Vec<Problem> = problems.iter().cloned().map(|problem| on_screen(path, problem)).collect();
    let (here, elsewhere): (Vec<Problem>, Vec<Problem>) =
        problems.into_iter().partition(|problem| is_on_screen(path, desk.form(path), problem));
    let mut texts: Vec<String> = elsewhere.into_iter().map(|problem| problem.text).collect();
    if texts.is_empty() && here.is_empty() {
        texts.push(said.clone());
    }
    let first = if texts.is_empty() { "summary-errors" } else { SAID };
    desk.said.set((!texts.is_empty()).then(|| texts.join(" ")));
    desk.refused.set(here);
    desk.app.host().focus(first);
}

/// The family's file. Its code is the office's to give, so the list is asked for it.
async fn address(family: FamilyId) -> String {
    let lines = match list_families().await {
        Ok(written) => written.read().map(|data| data.families).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    match lines.into_iter().find(|line| line.family == family) {
        Some(line) => ["/rodziny/", &line.code].concat(),
        None => "/rodziny".to_owned(),
    }
}
