//! One writing beside a form: a decision, a correction. What got no answer is sent again as it was, for the
//! office may have taken it already.

use crate::{
    domain::{
        change::{Action, Change, Edit},
        record::Record,
    },
    ui::{
        context::App,
        desk::writing::{About, NotWritten, change, send},
        form::Sheet,
    },
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Writes into one paper.
#[derive(Clone, Copy)]
pub struct Writer {
    app: App,
    about: About,
    sheet: Sheet,
    unanswered: StoredValue<Option<Change>, LocalStorage>,
    busy: RwSignal<bool>,
    done: Callback<String>,
}

impl Writer {
    /// Writes into this paper what stands on the sheet; `done` is called with what the person is told.
    pub fn new(app: App, record: &Record, sheet: Sheet, done: Callback<String>) -> Self {
        let about = About::of(record);
        Self { app, about, sheet, unanswered: StoredValue::new_local(None), busy: RwSignal::new(false), done }
    }

    /// Is it under way? Tracks it.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Writes once; a second press while it is under way does nothing.
    pub fn write(self, edits: BTreeMap<String, Edit>, lead: &'static str) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(fresh) = change(self.app, self.about, Action::Write(edits)) else { return };
        let change = same_or(self.unanswered.get_value(), fresh);
        self.unanswered.set_value(Some(change.clone()));
        self.busy.set(true);
        self.app.host().spawn(Box::pin(async move {
            let answer = send(self.app, vec![change]).await;
            self.busy.try_set(false);
            match answer {
                Ok(receipt) => {
                    let told = super::told(lead, &receipt);
                    if let Err(told) = self.tell(told) {
                        self.app.say(told);
                    }
                }
                Err(why) => self.failed(&why),
            }
        }));
    }

    /// To whoever waits for it; when the page was left meanwhile the words come back.
    fn tell(self, told: String) -> Result<(), String> {
        match self.busy.is_disposed() {
            true => Err(told),
            false => {
                self.done.run(told);
                Ok(())
            }
        }
    }

    fn failed(self, why: &NotWritten) {
        self.app.say(["Nie zapisano: ", &why.text()].concat());
        if let NotWritten::Refused { problems, .. } = why {
            self.unanswered.try_set_value(None);
            if !self.busy.is_disposed() && !problems.is_empty() {
                self.sheet.refuse(problems.clone());
                self.app.host().focus("summary-errors");
            }
        }
    }
}

/// The change that waits for its answer, when it says the same; else the new one.
fn same_or(unanswered: Option<Change>, fresh: Change) -> Change {
    unanswered.filter(|earlier| earlier.action == fresh.action && earlier.author == fresh.author).unwrap_or(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::RecordKind,
        form::Value,
        ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
    };
    use uuid::Uuid;

    fn change(n: u128, text: &str) -> Change {
        let after = Some(Value::Text(text.to_owned()));
        Change {
            id: ChangeId(Uuid::from_u128(n)),
            record: RecordId(Uuid::from_u128(1)),
            kind: RecordKind::Paper,
            family: FamilyId(Uuid::from_u128(2)),
            base: Rev(3),
            after: None,
            action: Action::Write([("remarks".to_owned(), Edit { before: None, after })].into()),
            author: UserId(Uuid::from_u128(9)),
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            offset: 60,
            form: 1,
        }
    }

    #[test]
    fn the_same_words_go_again_under_the_same_id_and_others_under_a_new_one() {
        let id = |unanswered, fresh| same_or(unanswered, fresh).id.0.as_u128();
        assert_eq!(id(None, change(1, "a")), 1);
        assert_eq!(id(Some(change(1, "a")), change(2, "a")), 1);
        assert_eq!(id(Some(change(1, "a")), change(2, "b")), 2);
    }
}
