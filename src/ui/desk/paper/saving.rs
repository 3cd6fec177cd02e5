//! The draft of a paper at the desk: it saves itself in the office a moment after the last key press, for the
//! desk keeps nothing on its machine.

use super::{
    keeping::{Keeping, Wish},
    pages::send_bytes,
    place::Place,
    saved::Saved,
};
use crate::{
    api::desk::DeskReceipt,
    domain::{
        documents::papers::begin::put_aside,
        files,
        form::{Answers, Form, Kind, stops},
        ids::{FileId, RecordId, Rev},
        record::Record,
        visit_draft::brought_onto,
    },
    sync::protocol::{Taken, Verdict},
    ui::{
        context::App,
        desk::{
            unsaved::Unsaved,
            writing::{NotWritten, change, send},
        },
        form::{Sheet, files::FilesAtDesk},
    },
};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

/// How long after the last key press the draft is saved.
const SAVE_AFTER: Duration = Duration::from_millis(1500);

/// Files that wait.
type Files = Vec<(FileId, Vec<u8>)>;

/// Where the paper is kept and how it is written there.
#[derive(Clone)]
pub struct Saving {
    app: App,
    form: &'static Form,
    sheet: Sheet,
    place: Place,
    record: RecordId,
    keeping: Rc<RefCell<Keeping>>,
    /// Files that were chosen and are not in the office yet. It takes none that the paper there does not describe.
    files: Rc<RefCell<Files>>,
    /// What is handed in once they are there.
    after_files: Rc<RefCell<Option<Answers>>>,
    /// It was handed in: nothing more is saved.
    over: Rc<Cell<bool>>,
    /// How it stands.
    pub saved: RwSignal<Saved>,
    handed_in: Callback<String>,
}

impl Saving {
    /// Keeps the paper on this sheet. `handed_in` is called with what the person is told, once it is.
    pub fn new(
        app: App,
        form: &'static Form,
        sheet: Sheet,
        (place, record): (Place, RecordId),
        keeping: Keeping,
        handed_in: Callback<String>,
    ) -> Self {
        let keeping = Rc::new(RefCell::new(keeping));
        let (over, saved) = (Rc::new(Cell::new(false)), RwSignal::new(Saved::Nothing));
        let (files, after_files) = (Rc::default(), Rc::default());
        let saving = Self { app, form, sheet, place, record, keeping, files, after_files, over, saved, handed_in };
        saving.save_by_itself();
        saving.warn_on_leaving();
        saving.go_on_after_sign_in();
        saving
    }

    /// Is it being written now? Tracks it.
    pub fn is_writing(&self) -> bool {
        self.saved.get() == Saved::Writing
    }

    /// Saves the draft now, when its answers may be kept.
    pub fn save(&self) {
        let Some(answers) = self.sheet.answers.try_with_untracked(|answers| put_aside(self.form, answers)) else {
            return;
        };
        if self.over.get() {
            return;
        }
        if !self.keeping.borrow().differs(&answers) {
            return self.say(Saved::At(self.app.host().now()));
        }
        match stops(&self.form.check_limits(&answers)) {
            true => self.say(Saved::Not("popraw zaznaczone pola".to_owned())),
            false => self.want(Wish { answers, hands_in: false }),
        }
    }

    /// Hands it in; files that are on their way go first.
    pub fn hand_in(&self, answers: Answers) {
        let described = self.described(&answers);
        self.files.borrow_mut().retain(|(file, _)| described.contains(file));
        if self.files.borrow().is_empty() {
            return self.want(Wish { answers, hands_in: true });
        }
        let draft = put_aside(self.form, &answers);
        *self.after_files.borrow_mut() = Some(answers);
        self.want(Wish { answers: draft, hands_in: false });
    }

    fn described(&self, answers: &Answers) -> Vec<FileId> {
        files::described(self.form, answers).into_iter().map(|file| file.id).collect()
    }

    /// Is everything in view kept?
    pub fn is_kept(&self) -> bool {
        let untouched = self.saved.try_get_untracked().is_none_or(|saved| saved == Saved::Nothing);
        let differs = |answers: &Answers| self.keeping.borrow().differs(&put_aside(self.form, answers));
        self.over.get() || untouched || !self.sheet.answers.try_with_untracked(differs).unwrap_or(false)
    }

    fn want(&self, wish: Wish) {
        if self.keeping.borrow_mut().wish(wish) {
            let saving = self.clone();
            // The work goes on to its end, also when the page is left.
            self.app.host().spawn(Box::pin(async move { saving.work().await }));
        }
    }

    async fn work(&self) {
        loop {
            let app = self.app;
            let next = self.keeping.borrow_mut().next(|about, action| change(app, about, action));
            let Some(change) = next else { return };
            self.say(Saved::Writing);
            match send(app, vec![change]).await {
                Ok(receipt) => {
                    if !self.took(receipt).await {
                        return;
                    }
                    self.send_files().await;
                }
                Err(not_written) => return self.failed(not_written),
            }
        }
    }

    /// The office has it. Goes the work on?
    async fn took(&self, receipt: DeskReceipt) -> bool {
        let (rev, alone) = version(&receipt);
        let Some(wish) = self.keeping.borrow_mut().taken(rev) else { return false };
        if wish.hands_in {
            let overtaken = self.keeping.borrow().wants_other();
            self.over.set(true);
            self.say(Saved::At(self.app.host().now()));
            self.handed_in.try_run(words_of(&receipt, overtaken));
            return false;
        }
        if !alone {
            self.meet(&wish.answers).await;
        }
        self.say(Saved::At(self.app.host().now()));
        true
    }

    /// Sends the files that the paper in the office describes by now.
    async fn send_files(&self) {
        let described = self.keeping.borrow().kept().map(|kept| self.described(kept)).unwrap_or_default();
        let waiting = std::mem::take(&mut *self.files.borrow_mut());
        for (file, bytes) in waiting {
            if !described.contains(&file) {
                self.files.borrow_mut().push((file, bytes));
            } else if send_bytes(self.record, file, bytes).await != Some(Taken::Kept) {
                self.lose(file);
            }
        }
        if self.files.borrow().is_empty()
            && let Some(answers) = self.after_files.borrow_mut().take()
        {
            // The work is under way: it goes on with this.
            self.keeping.borrow_mut().wish(Wish { answers, hands_in: true });
        }
    }

    /// A paper must not speak of a file that is not there.
    fn lose(&self, file: FileId) {
        self.after_files.borrow_mut().take();
        let row = file.to_string();
        let tables = self.form.fields().filter(|field| matches!(field.kind, Kind::Files { .. }));
        let keys: Vec<&str> = tables.map(|field| field.key).collect();
        self.sheet.answers.try_update(|answers| keys.iter().for_each(|key| answers.drop_row(key, &row)));
        self.app.say("Plik nie dotarł do ośrodka. Dodaj go jeszcze raz.");
    }

    /// Others wrote in it too: what they left is shown, and what was typed meanwhile stays.
    async fn meet(&self, sent: &Answers) {
        let Some(Record { rev, answers, .. }) = self.place.record(self.record).await else { return };
        let typed = self.sheet.answers.try_get_untracked();
        if let Some(typed) = typed {
            let (_, written) = brought_onto(&answers, sent, &typed);
            self.sheet.answers.try_set(written);
            self.app.say("Ktoś inny też pisał w tym dokumencie. Widać już obie części.");
        }
        self.keeping.borrow_mut().stands(rev, answers);
    }

    fn failed(&self, why: NotWritten) {
        let said = why.text();
        self.after_files.borrow_mut().take();
        match why {
            NotWritten::Unsent(_) => self.keeping.borrow_mut().rest(),
            NotWritten::Refused { problems, .. } => {
                let wish = self.keeping.borrow_mut().refused();
                if !self.saved.is_disposed() {
                    self.sheet.refuse(problems);
                }
                // A draft that saves itself does not take the cursor away from whoever is typing.
                if wish.is_some_and(|wish| wish.hands_in) {
                    self.app.host().focus("summary-errors");
                }
            }
        }
        self.say(Saved::Not(said));
    }

    /// Beside the form, or, when the page was left meanwhile, wherever the person is now.
    fn say(&self, saved: Saved) {
        if let Some(Saved::Not(said)) = self.saved.try_set(saved) {
            self.app.say(["Nie zapisano szkicu: ", &said].concat());
        }
    }

    fn save_by_itself(&self) {
        let pending = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(timer) = pending.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        };
        let saving = StoredValue::new_local(self.clone());
        let (sheet, saved) = (self.sheet, self.saved);
        Effect::new(move |first: Option<()>| {
            sheet.answers.track();
            if first.is_none() {
                return;
            }
            if saved.with_untracked(|saved| *saved != Saved::Writing) {
                saved.set(Saved::Waiting);
            }
            stop();
            let save = move || {
                if let Some(saving) = saving.try_get_value() {
                    saving.save();
                }
            };
            pending.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
        });
        on_cleanup(move || {
            stop();
            // What was typed last goes on its way when the page is left.
            if let Some(saving) = saving.try_get_value().filter(|saving| !saving.is_kept()) {
                saving.save();
            }
        });
    }

    /// The browser asks before it closes a window with words that are nowhere else.
    fn warn_on_leaving(&self) {
        let saving = StoredValue::new_local(self.clone());
        let listener = window_event_listener(ev::beforeunload, move |event| {
            if saving.try_with_value(|saving| !saving.is_kept()).unwrap_or(false) {
                event.prevent_default();
                event.set_return_value("Nie wszystko jest zapisane.");
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Words outlive the session; once the person has signed in again they go on their way.
    fn go_on_after_sign_in(&self) {
        let saving = StoredValue::new_local(self.clone());
        Unsaved::in_form(move || saving.try_with_value(|saving| !saving.is_kept()).unwrap_or(false));
        let app = self.app;
        Effect::new(move |asked: Option<bool>| {
            let asks = app.needs_sign_in.get();
            if asked == Some(true) && !asks {
                saving.with_value(Saving::save);
            }
            asks
        });
    }
}

impl FilesAtDesk for Saving {
    fn record(&self) -> RecordId {
        self.record
    }

    fn add(&self, file: FileId, bytes: Vec<u8>) {
        self.files.borrow_mut().push((file, bytes));
    }

    fn save(&self) {
        Saving::save(self);
    }
}

/// The revision that the change took, and whether nobody else wrote meanwhile.
fn version(receipt: &DeskReceipt) -> (Rev, bool) {
    match receipt.receipts.first().map(|receipt| &receipt.verdict) {
        Some(Verdict::Accepted { rev }) => (*rev, true),
        Some(Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. }) => (*rev, false),
        Some(Verdict::Refused(_)) | None => (Rev::NONE, false),
    }
}

fn words_of(receipt: &DeskReceipt, overtaken: bool) -> String {
    match overtaken {
        true => "Złożono wersję sprzed przerwy w połączeniu. Późniejszych zmian w niej nie ma.".to_owned(),
        false => super::told("Złożono.", receipt),
    }
}
