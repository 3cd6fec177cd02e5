//! The family's card at the desk, being corrected by whoever has the family there. The desk keeps nothing on its
//! machine: what was not sent stays in the form, and the form says so.

use super::{
    live::Live,
    paper::keeping::{Keeping, Wish},
    unsaved::Unsaved,
    writing::{About, NotWritten, change, send},
};
use crate::{
    api::desk::{DeskReceipt, FamilyFile, read_family},
    domain::{
        access::{Deed, Object, Tie, may},
        documents::{RecordKind, family_card},
        form::{Answers, Sensitivity},
        record::Record,
    },
    sync::protocol::Verdict,
    ui::{
        context::{App, app},
        form::{
            Sheet,
            family_card::{card_sections, card_sheet},
            field::ErrorSummary,
        },
        parts::{Banner, Empty, Tone, page::TITLE_ID},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use std::{cell::RefCell, rc::Rc};

/// Where the office's answer stands that belongs to no field.
const SAID: &str = "karta-uwagi";

/// The page `/rodziny/:code/karta`.
#[component]
pub fn DeskFamilyCard() -> AnyView {
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|params| params.get("code")).unwrap_or_default());
    // A new code is a new page: one family's data must never stand under another one's code.
    (move || page(app(), code.get())).into_any()
}

fn page(app: App, code: String) -> AnyView {
    let asked = code.clone();
    // Read once: what others write must not move what is being filled in; it meets when it is saved.
    let live = Live::once(|file: &FamilyFile| file.rev, move || Box::pin(read_family(asked.clone())));
    live.view("Odczyt karty rodziny", move || {
        let role = untrack(|| app.me()).map(|me| me.role);
        let writes = role.is_some_and(|role| may(role, Deed::Write, Object::FamilyFile, Tie::Own));
        let file = untrack(|| live.get());
        let card = file.as_ref().and_then(|file| card_of(&file.records)).filter(|_| writes);
        match (&file, card) {
            (Some(file), Some(card)) => {
                let reader = super::family::Reader::of_family(file, role);
                form(app, file, card, reader.may_see())
            }
            _ => not_here(&code),
        }
    })
}

/// The card of the family: the newest record of its kind.
fn card_of(records: &[Record]) -> Option<&Record> {
    records.iter().filter(|record| record.kind == RecordKind::Family).max_by_key(|record| record.id)
}

fn not_here(code: &str) -> AnyView {
    let back = ["/rodziny/", code].concat();
    view! {
        <Empty icon="lock" title="Kartę zmienia pracownik socjalny rodziny"
            text="Na tym koncie można ją tylko czytać. Asystent zmienia ją na telefonie.">
            <a class="btn" href=back>"Teczka"</a>
        </Empty>
    }
    .into_any()
}

/// The card between this window and the office.
#[derive(Clone)]
struct Work {
    app: App,
    sheet: Sheet,
    keeping: Rc<RefCell<Keeping>>,
    busy: RwSignal<bool>,
    /// What the office said that belongs to no field.
    said: RwSignal<Option<String>>,
    away: Callback<()>,
}

fn form(app: App, file: &FamilyFile, card: &Record, may_see: fn(Sensitivity) -> bool) -> AnyView {
    let (code, surname) = (file.line.code.as_str(), file.line.surname.as_str());
    let about = About::of(card);
    let back = ["/rodziny/", code].concat();
    let away = {
        let (navigate, back) = (StoredValue::new_local(use_navigate()), back.clone());
        Callback::new(move |()| navigate.with_value(|navigate| navigate(&back, Default::default())))
    };
    let work = Work {
        app,
        sheet: card_sheet(card.answers.clone(), card.answers.clone(), &file.book.directory, app.today.get_untracked()),
        keeping: Rc::new(RefCell::new(Keeping::new(about, Some(card.answers.clone())))),
        busy: RwSignal::new(false),
        said: RwSignal::new(None),
        away,
    };
    Effect::new(move |_| app.host().focus(TITLE_ID));
    let kept = work.clone();
    Unsaved::in_form(move || kept.has_words());
    let (sheet, busy, said) = (work.sheet, work.busy, work.said);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        work.submit();
    };
    let said = move || {
        let text = said.get()?;
        Some(view! { <div role="alert" id=SAID tabindex="-1"><Banner tone=Tone::Warn lead=text/></div> })
    };
    let leave = back.clone();
    let over = view! { <a href=back>"Teczka"</a>" · "{[code, " ", surname].concat()} };
    view! {
        <header class="page-head">
            <div>
                <p class="page-over">{over}</p>
                <h1 id=TITLE_ID tabindex="-1">"Karta rodziny"</h1>
                <p class="page-lead">"Adres, telefony, osoby i instytucje. Dokumenty biorą je stąd."</p>
            </div>
        </header>
        <form on:submit=submit novalidate>
            <ErrorSummary sheet/>
            {said}
            {card_sections(sheet, may_see)}
            <div class="sticky-actions">
                <button class="btn btn-primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Zapisz kartę"</button>
                <a class="btn" href=leave>"Porzuć zmiany"</a>
            </div>
        </form>
    }
    .into_any()
}

impl Work {
    fn finished(&self) -> Option<Answers> {
        self.sheet.answers.try_with_untracked(family_card::finished)
    }

    fn has_words(&self) -> bool {
        self.finished().is_some_and(|answers| self.keeping.borrow().differs(&answers))
    }

    fn submit(&self) {
        if self.busy.get_untracked() {
            return;
        }
        self.said.set(None);
        if self.sheet.attempt() {
            return self.app.host().focus("summary-errors");
        }
        let Some(answers) = self.finished() else { return };
        if !self.keeping.borrow().differs(&answers) {
            self.app.say("Nic nie zmieniono.");
            return self.away.run(());
        }
        self.keeping.borrow_mut().wish(Wish { answers, hands_in: false });
        self.busy.set(true);
        let work = self.clone();
        self.app.host().spawn(Box::pin(async move { work.send_all().await }));
    }

    /// Sends what waits, in its order: a change that got no answer before goes again as it was.
    async fn send_all(&self) {
        let mut meeting = None;
        loop {
            let next = self.keeping.borrow_mut().next(|about, action| change(self.app, about, action));
            let Some(change) = next else { break };
            match send(self.app, vec![change]).await {
                Ok(receipt) => {
                    let verdict = verdict_of(&receipt);
                    if let Some(
                        Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. },
                    ) = &verdict
                    {
                        self.keeping.borrow_mut().taken(*rev);
                    }
                    meeting = verdict;
                }
                Err(not_written) => return self.failed(&not_written),
            }
        }
        self.busy.try_set(false);
        self.app.say(told(meeting.as_ref()));
        self.away.try_run(());
    }

    fn failed(&self, why: &NotWritten) {
        self.busy.try_set(false);
        let problems = match why {
            NotWritten::Unsent(_) => {
                self.keeping.borrow_mut().rest();
                Vec::new()
            }
            NotWritten::Refused { problems, .. } => {
                self.keeping.borrow_mut().refused();
                problems.clone()
            }
        };
        let text = ["Nie zapisano. ", &why.text(), " Wpisane zmiany zostają w formularzu."].concat();
        if self.said.try_set(Some(text.clone())).is_some() {
            // The page was left meanwhile.
            return self.app.say(text);
        }
        self.sheet.refuse(problems);
        self.app.host().focus(SAID);
    }
}

fn verdict_of(receipt: &DeskReceipt) -> Option<Verdict> {
    receipt.receipts.first().map(|receipt| receipt.verdict.clone())
}

/// What the person is told: also that others wrote in the card meanwhile.
fn told(meeting: Option<&Verdict>) -> &'static str {
    match meeting {
        Some(Verdict::NeedsDecision { .. }) => {
            "Zapisano kartę. To samo pole zmienił ktoś jeszcze: są dwie wersje, wybiera asystent."
        }
        Some(Verdict::Merged { .. }) => "Zapisano kartę. Są w niej także zmiany innej osoby.",
        _ => "Zapisano kartę rodziny.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Rev;

    #[test]
    fn the_person_learns_that_others_wrote_as_well() {
        let alone = told(Some(&Verdict::Accepted { rev: Rev(1) }));
        let met = told(Some(&Verdict::Merged { rev: Rev(1) }));
        let disputed = told(Some(&Verdict::NeedsDecision { rev: Rev(1), fields: vec![] }));
        assert!(!alone.contains("innej osoby") && met.contains("innej osoby") && disputed.contains("dwie wersje"));
    }
}
