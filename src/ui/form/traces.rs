//! What nobody types in a paper, read beside what they do, and "Skąd to?": the records that a value comes from, in a
//! list over the form. What is counted and what follows from the words is found again a moment after the last key
//! press.

use super::sheet::{Sheet, Slot, control_id};
use crate::{
    domain::{
        answer_words::Referred,
        documents::papers::{figure::Figure, traces::Traced},
        form::{Answers, Field, Section, Source},
        ids::RecordId,
        paper_words::{self, ItemWords, SectionWords},
        words,
    },
    ui::parts::{
        Dialog, Icon,
        paper_view::{paper_view, table_view},
    },
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{rc::Rc, time::Duration};

/// How long after the last key press it is counted again.
const COUNT_AFTER: Duration = Duration::from_millis(400);

/// The records around a paper, wherever they are kept.
pub trait Background {
    /// The paper with what is counted for it, and the sources of its values.
    fn trace(&self, answers: &Answers) -> Traced;
    /// What follows from what was written between the two.
    fn follow(&self, before: &Answers, after: &Answers) -> Vec<Figure>;
    /// What answers refer to, in words.
    fn referred(&self) -> Referred;
    /// A record, as it is named in a list. Nothing when it is not here.
    fn source(&self, id: RecordId) -> Option<SourceLine>;
    /// What stands in a record.
    fn reading(&self, id: RecordId) -> Vec<SectionWords>;
}

/// A record that a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// What it is and its day.
    pub title: String,
    /// Where it is read as a whole.
    pub href: String,
    /// It is read in a window of its own, so that the form stays open.
    pub apart: bool,
}

/// Whose sources are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    /// The field or row.
    label: String,
    /// What the declaration says of them.
    said: &'static str,
    /// The records.
    ids: Vec<RecordId>,
    /// The paper says something else than they do by now.
    is_rewritten: bool,
}

/// What a form knows of the records around its paper.
#[derive(Clone, Copy)]
pub struct Traces {
    background: StoredValue<Rc<dyn Background>, LocalStorage>,
    referred: StoredValue<Referred>,
    traced: RwSignal<Traced>,
    /// The answers that the last count saw.
    seen: StoredValue<Answers>,
    asked: RwSignal<Option<Asked>>,
}

impl Sheet {
    /// Reads the paper against these records, now and whenever it was written in.
    pub fn tracing(mut self, background: Rc<dyn Background>) -> Self {
        let answers = self.answers.get_untracked();
        self.traces = Some(Traces {
            referred: StoredValue::new(background.referred()),
            traced: RwSignal::new(background.trace(&answers)),
            seen: StoredValue::new(answers),
            asked: RwSignal::new(None),
            background: StoredValue::new_local(background),
        });
        self.settle_by_itself();
        self
    }

    /// Writes what follows from the last words and counts again.
    pub fn settle(self) {
        let Some(traces) = self.traces else { return };
        let Some(background) = traces.background.try_get_value() else { return };
        let after = self.answers.get_untracked();
        let mut moved = traces.seen.with_value(|before| background.follow(before, &after));
        let focused = document().active_element().map(|control| control.id()).unwrap_or_default();
        moved.retain(|figure| may_move(&figure.path, &|path| self.is_touched(path), &focused));
        traces.seen.set_value(after);
        if !moved.is_empty() {
            self.answers.update(|answers| {
                for figure in moved {
                    answers.set_raw(&figure.path, Some(figure.value));
                }
            });
        }
        let traced = self.answers.with_untracked(|answers| background.trace(answers));
        if traces.traced.with_untracked(|earlier| *earlier != traced) {
            traces.traced.set(traced);
        }
    }

    /// The paper with what nobody types, as it would be handed in now. It is written into the sheet, so that it is
    /// checked as well.
    pub fn counted(self) -> Answers {
        self.settle();
        if let Some(traces) = self.traces {
            let whole = traces.traced.with_untracked(|traced| traced.whole.clone());
            if self.answers.with_untracked(|answers| *answers != whole) {
                self.answers.set(whole);
            }
        }
        self.answers.get_untracked()
    }

    fn settle_by_itself(self) {
        let pending = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(timer) = pending.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        };
        Effect::new(move |first: Option<()>| {
            self.answers.track();
            if first.is_none() {
                return;
            }
            stop();
            pending.set_value(set_timeout_with_handle(move || self.settle(), COUNT_AFTER).ok());
        });
        on_cleanup(stop);
    }

    /// Is anything that nobody types read in this section? Tracks it.
    pub fn says_in(self, section: &Section) -> bool {
        self.traces.is_some_and(|traces| traces.traced.with(|traced| traced.says_in(section)))
    }
}

/// May a value that follows be written there? Not where somebody has been, and not under their hands.
fn may_move(path: &str, is_touched: &dyn Fn(&str) -> bool, focused: &str) -> bool {
    !is_touched(path) && control_id(path) != focused
}

/// Does nobody type it?
pub fn is_computed(source: Source) -> bool {
    matches!(source, Source::Computed(_) | Source::Consulted(_))
}

/// A field or a cell that nobody types: what stands there, and where it comes from.
pub fn counted_view(slot: Slot) -> AnyView {
    let Some(traces) = slot.sheet.traces else { return ().into_any() };
    let (field, path) = (slot.field, slot.path());
    let said = Memo::new(move |_| traces.said(&slot));
    let button = move || whence(traces, vec![path.clone()], field.label.to_owned(), field.source);
    let view = move |said: ItemWords| match said {
        ItemWords::Line { label, words } => view! {
            <p class="field-counted"><span>{label}": "</span><b>{words}</b>" "{button()}</p>
        }
        .into_any(),
        ItemWords::Table(table) => view! { <div class="field">{table_view(table)}{button()}</div> }.into_any(),
        ItemWords::Signatures { .. } => ().into_any(),
    };
    (move || said.get().map(&view)).into_any()
}

/// "Skąd to?" beside a field that was there when the paper opened. A row has one for all its cells.
pub fn field_whence(slot: &Slot) -> Option<AnyView> {
    let traces = slot.sheet.traces.filter(|_| slot.row.is_none() && slot.field.kind.cells().is_none())?;
    let value = slot.value();
    let (path, label, source) = (slot.path(), slot.field.label, slot.field.source);
    let filled = Memo::new(move |_| value.with(|value| value.as_ref().is_some_and(|value| !value.is_blank())));
    let button = move || filled.get().then(|| whence(traces, vec![path.clone()], label.to_owned(), source));
    Some(button.into_any())
}

/// "Skąd to?" below the cells of a row, for those that were there when the paper opened.
pub fn row_whence(slot: &Slot, cells: &[Field], row: &str, label: String) -> Option<AnyView> {
    let entered = cells.iter().filter(|cell| !is_computed(cell.source));
    let paths = entered.map(|cell| [slot.field.key, row, cell.key].join("/")).collect();
    slot.sheet.traces.map(|traces| whence(traces, paths, label, slot.field.source))
}

/// The button, while there are sources.
fn whence(traces: Traces, paths: Vec<String>, label: String, source: Source) -> AnyView {
    let has_sources = {
        let paths = paths.clone();
        Memo::new(move |_| traces.traced.with(|traced| traced.has_sources(&paths)))
    };
    let said = match source {
        Source::Prefilled(said) | Source::Computed(said) | Source::Consulted(said) => said,
        Source::Entered => "",
    };
    let button = move || {
        let (paths, label) = (paths.clone(), label.clone());
        let ask = {
            let label = label.clone();
            move |_| traces.ask(&paths, label.clone(), said)
        };
        view! {
            <button class="btn btn-quiet btn-small whence" type="button" on:click=ask>
                <Icon name="info"/>" Skąd to? "<span class="visually-hidden">{label}</span>
            </button>
        }
    };
    (move || has_sources.get().then(&button)).into_any()
}

impl Traces {
    /// What stands in a field that nobody types.
    fn said(self, slot: &Slot) -> Option<ItemWords> {
        let people = slot.sheet.people;
        let name_of = |id: &str| {
            people.with_value(|people| people.iter().find(|pick| pick.id == id).map(|pick| pick.label.clone()))
        };
        let name_of = |id: &str| name_of(id).unwrap_or_default();
        self.referred.with_value(|referred| {
            self.traced.with(|traced| match &slot.row {
                None => paper_words::item(slot.field, &traced.whole, referred, &name_of),
                Some((table, row)) => paper_words::item(slot.field, &traced.whole.row(table, row), referred, &name_of),
            })
        })
    }

    fn ask(self, paths: &[String], label: String, said: &'static str) {
        let asked = self.traced.with_untracked(|traced| Asked {
            label,
            said,
            ids: traced.sources(paths),
            is_rewritten: traced.is_rewritten(paths),
        });
        self.asked.set(Some(asked));
    }
}

/// The list of sources, over the form. It stands beside the form in the page.
pub fn sources_dialog(sheet: Sheet) -> Option<AnyView> {
    let traces = sheet.traces?;
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if traces.asked.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || {
        traces.asked.with(|asked| ["Skąd to: ", asked.as_ref().map_or("", |asked| &asked.label)].concat())
    });
    Some(
        view! {
            <Dialog open title id="skad-to">
                {move || traces.asked.get().map(|asked| list(traces, &asked))}
                <div class="dialog-actions">
                    <button class="btn" type="button" on:click=move |_| open.set(false)>"Zamknij"</button>
                </div>
            </Dialog>
        }
        .into_any(),
    )
}

fn list(traces: Traces, asked: &Asked) -> AnyView {
    let said = (!asked.said.is_empty()).then(|| view! { <p class="muted">{words::sentence(asked.said)}"."</p> });
    let rewritten = asked.is_rewritten.then(|| {
        view! { <p>"W dokumencie jest już co innego, niż wynika z tych zapisów."</p> }
    });
    // One record is read at a time.
    let opened = RwSignal::new(None);
    let lines = traces.background.with_value(|background| {
        let lines: Vec<(RecordId, SourceLine)> =
            asked.ids.iter().filter_map(|id| Some((*id, background.source(*id)?))).collect();
        lines
    });
    let elsewhere = (lines.len() < asked.ids.len()).then(|| {
        view! { <p class="muted">"Części zapisów nie ma na tym urządzeniu."</p> }
    });
    let lines: Vec<AnyView> = lines.into_iter().map(|(id, line)| source_row(traces, id, line, opened)).collect();
    view! { {said}{rewritten}<ul class="list">{lines}</ul>{elsewhere} }.into_any()
}

fn source_row(traces: Traces, id: RecordId, line: SourceLine, opened: RwSignal<Option<RecordId>>) -> AnyView {
    let SourceLine { title, href, apart } = line;
    let is_open = Memo::new(move |_| opened.get() == Some(id));
    let toggle = move |_| opened.update(|opened| *opened = if *opened == Some(id) { None } else { Some(id) });
    let reading = move || {
        let (href, target) = (href.clone(), apart.then_some("_blank"));
        let label = if apart { "Otwórz w nowej karcie" } else { "Otwórz" };
        is_open.get().then(|| {
            let sections = traces.background.with_value(|background| background.reading(id));
            view! {
                <div class="stack">
                    {read(sections)}
                    <p><a class="btn btn-small" href=href target=target>{label}</a></p>
                </div>
            }
        })
    };
    view! {
        <li class="row">
            <div class="row-main">
                <button class="btn btn-quiet" type="button" on:click=toggle
                    aria-expanded=move || if is_open.get() { "true" } else { "false" }>
                    <Icon name="down"/>" "{title}
                </button>
                {reading}
            </div>
        </li>
    }
    .into_any()
}

/// What stands in a record. A role may not see all of it here.
fn read(sections: Vec<SectionWords>) -> AnyView {
    match sections.is_empty() {
        true => view! { <p class="muted">"Nie ma tu treści, którą można pokazać."</p> }.into_any(),
        false => paper_view(sections),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_where_somebody_is_or_has_been() {
        let been = |path: &str| path == "valid_to";
        for (path, focused, moves) in [
            ("next_review", "", true),
            ("next_review", "f-valid_from", true),
            ("next_review", "f-next_review", false),
            ("goals/n/status", "f-goals-n-status", false),
            ("valid_to", "", false),
        ] {
            assert_eq!(may_move(path, &been, focused), moves, "{path} {focused}");
        }
    }
}
