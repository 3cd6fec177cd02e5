//! What a person at the desk writes: changes in their name, sent at once and decided whole. The desk keeps
//! nothing on its machine; what was not sent stays in the form, and the form says so.

use crate::{
    api::{
        desk::{DeskReceipt, write_changes},
        error::ApiError,
    },
    domain::{
        change::{Action, Change},
        documents::RecordKind,
        form::Problem,
        ids::{ChangeId, DeviceId, FamilyId, RecordId, Rev},
        record::{Record, Refusal},
    },
    sync::protocol::Verdict,
    ui::context::{App, Phase},
};
use leptos::prelude::*;
use std::cell::OnceCell;

thread_local! {
    /// This window, as the access log knows it.
    static WINDOW: OnceCell<DeviceId> = const { OnceCell::new() };
}

/// The record that a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The record; a fresh id makes a new one.
    pub record: RecordId,
    /// What kind of record it is.
    pub kind: RecordKind,
    /// The family whose file it belongs to.
    pub family: FamilyId,
    /// Its revision on the screen; [`Rev::NONE`] for a new one.
    pub base: Rev,
    /// Version of the form that it is begun with; a record that stands keeps its own.
    pub form: u16,
}

impl About {
    /// A record as it stands on the screen.
    pub fn of(record: &Record) -> Self {
        let Record { id, kind, family, rev, form, .. } = record;
        Self { record: *id, kind: *kind, family: *family, base: *rev, form: *form }
    }
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// The office says no; what is wrong, field by field, and a sentence for all of it.
    Refused {
        /// The sentence.
        said: String,
        /// What is wrong with which field.
        problems: Vec<Problem>,
    },
    /// It did not get through; sending the same changes again is safe.
    Unsent(ApiError),
}

impl NotWritten {
    /// The sentence for the person.
    pub fn text(&self) -> String {
        match self {
            NotWritten::Refused { said, problems } => match problems.first() {
                Some(problem) => problem.text.clone(),
                None => said.clone(),
            },
            NotWritten::Unsent(error) => error.to_string(),
        }
    }
}

/// A change of the person who is signed in; nothing when nobody is any more.
pub fn change(app: App, about: About, action: Action) -> Option<Change> {
    let author = app.phase.with_untracked(|phase| match phase {
        Phase::Desk(me) => Some(me.user),
        _ => None,
    })?;
    let host = app.host();
    let About { record, kind, family, base, form } = about;
    Some(Change {
        id: ChangeId(host.new_id()),
        record,
        kind,
        family,
        base,
        after: None,
        action,
        author,
        at: host.now(),
        offset: host.offset_minutes(),
        form,
    })
}

/// Sends changes. All of them are written, or none.
///
/// # Errors
/// [`NotWritten`]. After [`NotWritten::Unsent`] the same changes are to be sent again, not new ones.
pub async fn send(app: App, changes: Vec<Change>) -> Result<DeskReceipt, NotWritten> {
    let window = WINDOW.with(|window| *window.get_or_init(|| DeviceId(app.host().new_id())));
    let answer = match write_changes(window, changes).await {
        Ok(answer) => answer,
        Err(ApiError::SignedOut) => {
            app.needs_sign_in.set(true);
            return Err(NotWritten::Unsent(ApiError::SignedOut));
        }
        Err(error) => return Err(NotWritten::Unsent(error)),
    };
    let refused = answer.receipts.iter().find_map(|receipt| match &receipt.verdict {
        Verdict::Refused(refusal) => Some(refusal),
        Verdict::Accepted { .. } | Verdict::Merged { .. } | Verdict::NeedsDecision { .. } => None,
    });
    match refused {
        None => Ok(answer),
        Some(refusal) => {
            let problems = match refusal {
                Refusal::Invalid(problems) => problems.clone(),
                _ => Vec::new(),
            };
            Err(NotWritten::Refused { said: refusal.to_string(), problems })
        }
    }
}

/// Sends one change; the revision that it took.
///
/// # Errors
/// The sentence for the person.
pub async fn write_one(app: App, about: About, action: Action) -> Result<Rev, String> {
    let Some(made) = change(app, about, action) else {
        return Err("Sesja wygasła. Zaloguj się ponownie.".to_owned());
    };
    let receipt = send(app, vec![made]).await.map_err(|not_written| not_written.text())?;
    let taken = receipt.receipts.first().map(|receipt| &receipt.verdict);
    Ok(match taken {
        Some(Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. }) => *rev,
        Some(Verdict::Refused(_)) | None => about.base,
    })
}
