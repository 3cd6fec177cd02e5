//! *Porównanie wersji*: two versions of a paper or an entry, for the desk and the phone alike. Which two, the address
//! says.

mod asked;
mod columns;

pub use asked::Asked;

use super::{Badge, Banner, Empty, Tone};
use crate::domain::{
    answer_words::Referred,
    calendar::warsaw_time,
    comparison::{Comparison, Side, compare, withholds},
    documents::{RecordKind, papers::course::REMARKS, visit_card},
    form::Sensitivity,
    history::{Meant, called, life, usual},
    ids::UserId,
    office::OfficeBook,
    paper_words,
    procedure::Life,
    record::Record,
    words,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// What can be compared, and how it is read.
pub struct Compared {
    /// Address of the page without what is asked of it.
    pub base: String,
    /// The record as it stands.
    pub standing: Record,
    /// Its versions, the oldest first; empty where they are not at hand.
    pub own: Vec<Record>,
    /// Other papers of the same kind, the oldest first.
    pub others: Vec<Record>,
    /// The forms that they are read by.
    pub book: OfficeBook,
    /// Words for what answers refer to by id.
    pub referred: Referred,
    /// Names of the people who wrote them or are named in them.
    pub people: BTreeMap<UserId, String>,
    /// What the reader may see.
    pub may_see: fn(Sensitivity) -> bool,
}

impl Compared {
    fn find(&self, meant: Meant) -> Option<&Record> {
        match meant {
            Meant::At(rev) => self.own.iter().find(|version| version.rev == rev),
            Meant::Other(id) => self.others.iter().find(|other| other.id == id),
        }
    }

    /// The two versions that are asked for.
    fn pair(&self, asked: &Asked) -> Option<(&Record, &Record)> {
        let newer = asked.newer.and_then(|meant| self.find(meant)).unwrap_or(&self.standing);
        let older = asked.older.and_then(|meant| self.find(meant)).or_else(|| usual(newer, &self.own, &self.others))?;
        Some((older, newer))
    }

    fn meant(&self, record: &Record) -> Meant {
        if record.id == self.standing.id { Meant::At(record.rev) } else { Meant::Other(record.id) }
    }

    fn compare(&self, older: &Record, newer: &Record) -> Comparison {
        let name_of = |id: &str| self.person(id);
        compare(self.side(older), self.side(newer), &self.referred, &name_of, self.may_see)
    }

    fn side<'a>(&self, record: &'a Record) -> Side<'a> {
        Side { form: self.book.form_of(record), answers: &record.answers }
    }

    fn person(&self, id: &str) -> String {
        let known = id.parse::<UserId>().ok().and_then(|user| self.people.get(&user));
        known.cloned().unwrap_or_else(|| "osoba spoza teczki".to_owned())
    }

    /// "złożony, 20 listopada 2026, 14:32", or the name of another paper.
    fn name(&self, record: &Record) -> String {
        if record.id != self.standing.id {
            return paper_words::name(record);
        }
        let at = self.own.iter().position(|version| version.rev == record.rev).unwrap_or_default();
        let earlier = at.checked_sub(1).and_then(|at| self.own.get(at));
        let stamp = warsaw_time(record.changed.at);
        let parts = [called(earlier, record), &words::date(stamp.date()), &words::time(stamp.time())];
        parts.join(", ")
    }

    /// Everything that one may choose: own versions, then other papers.
    fn choices(&self) -> Vec<(Meant, String)> {
        let own: &[Record] = if self.own.is_empty() { std::slice::from_ref(&self.standing) } else { &self.own };
        let all = self.others.iter().chain(own);
        all.map(|record| (self.meant(record), self.name(record))).collect()
    }
}

/// What it is that is compared: the title of the paper, or the entry with its day.
pub fn title(record: &Record) -> String {
    match record.kind {
        RecordKind::Paper => paper_words::title(&record.answers),
        kind => {
            let day = record.answers.get(visit_card::DATE).map(words::date);
            let parts: Vec<String> = [kind.label().to_owned()].into_iter().chain(day).collect();
            words::sentence(&parts.join(", "))
        }
    }
}

/// The choice of versions and both beside each other. `go` opens another address in the place of this one.
pub fn comparison_view(compared: Arc<Compared>, asked: Memo<Asked>, go: Callback<String>) -> AnyView {
    if compared.choices().len() < 2 {
        return view! {
            <Empty icon="copy" title="Nie ma z czym porównać" text="To jedyna wersja. Następna pojawi się po zmianie albo w kolejnym dokumencie tego rodzaju."/>
        }
        .into_any();
    }
    let shown = Arc::clone(&compared);
    view! {
        {controls(&compared, asked, go)}
        <div class="stack">{move || asked.with(|asked| body(&shown, asked))}</div>
    }
    .into_any()
}

/// Drawn once, so that the focus stays where it is while the address changes.
fn controls(compared: &Arc<Compared>, asked: Memo<Asked>, go: Callback<String>) -> AnyView {
    let base = compared.base.clone();
    let switch = move |_| {
        let now = asked.get_untracked();
        go.run(Asked { whole: !now.whole, ..now }.address(&base));
    };
    view! {
        <div class="compare-choice no-print">
            {chooser(compared, "Wcześniejsza wersja", "wersja-wczesniejsza", Which::Older, asked, go)}
            {chooser(compared, "Późniejsza wersja", "wersja-pozniejsza", Which::Newer, asked, go)}
            <label class="check">
                <input type="checkbox" role="switch" id="tylko-roznice" prop:checked=move || !asked.with(|asked| asked.whole)
                    on:change=switch/>
                <span>"Tylko różnice"</span>
            </label>
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Older,
    Newer,
}

fn chooser(
    compared: &Arc<Compared>,
    label: &'static str,
    id: &'static str,
    which: Which,
    asked: Memo<Asked>,
    go: Callback<String>,
) -> AnyView {
    let (here, base) = (Arc::clone(compared), compared.base.clone());
    let chosen = move || {
        asked.with(|asked| {
            let of = here.pair(asked).map(|(older, newer)| if which == Which::Older { older } else { newer });
            of.map(|record| here.meant(record).write()).unwrap_or_default()
        })
    };
    let choose = move |event: leptos::ev::Event| {
        let (meant, now) = (Meant::read(&event_target_value(&event)), asked.get_untracked());
        let next = match which {
            Which::Older => Asked { older: meant, ..now },
            Which::Newer => Asked { newer: meant, ..now },
        };
        go.run(next.address(&base));
    };
    let options = compared.choices().into_iter().map(|(meant, name)| {
        let value = meant.write();
        let (own, chosen) = (value.clone(), chosen.clone());
        view! { <option value=value prop:selected=move || chosen() == own>{name}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

fn body(compared: &Compared, asked: &Asked) -> AnyView {
    let Some((older, newer)) = compared.pair(asked) else {
        return view! { <p class="muted">"Wybierz wcześniejszą wersję."</p> }.into_any();
    };
    let whole = compared.compare(older, newer);
    let (counts, is_same) = (summary(&whole), whole.is_same());
    let shown = if asked.whole { whole } else { whole.differences() };
    let withheld = withholds([compared.side(older), compared.side(newer)], compared.may_see).then(|| {
        let (lead, text) = ("Część treści jest chroniona.", "Na tym koncie nie widać jej ani jej zmian.");
        view! { <Banner tone=Tone::Plain lead=lead.to_owned() text=text.to_owned()/> }
    });
    let same = is_same.then(|| view! { <Badge tone=Tone::Ok icon="check" text="te wersje mówią to samo"/> });
    view! {
        <div class="two-versions compare-heads">
            {head(compared, "Wcześniej", older)}
            {head(compared, "Później", newer)}
        </div>
        <p role="status">{counts}{same}</p>
        {remarks(older, newer)}
        {withheld}
        {columns::columns(shown)}
    }
    .into_any()
}

fn head(compared: &Compared, which: &'static str, record: &Record) -> AnyView {
    // Of another paper one asks whose it is; of a version who has left it so.
    let hand = if record.id == compared.standing.id { record.changed.by } else { record.made.by };
    let author = compared.people.get(&hand).cloned().unwrap_or_default();
    view! { <p><b>{which}</b><br/>{compared.name(record)}<br/><span class="muted">{author}</span></p> }.into_any()
}

/// "Zmieniono: 2 · dodano: 1", without what did not happen.
fn summary(comparison: &Comparison) -> String {
    let told = comparison.counts().into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(fate, count)| [fate.label(), ": ", &count.to_string()].concat()).collect();
    words::sentence(&told.join(" · "))
}

/// What the author was asked to put right.
fn remarks(older: &Record, newer: &Record) -> Option<AnyView> {
    let text = older.answers.text(REMARKS).trim();
    let answers_them = older.id == newer.id && life(older) == Life::Returned && !text.is_empty();
    answers_them.then(|| {
        view! { <Banner tone=Tone::Warn lead="Uwagi przy zwrocie.".to_owned() text=text.to_owned()/> }.into_any()
    })
}

#[cfg(test)]
mod tests;
