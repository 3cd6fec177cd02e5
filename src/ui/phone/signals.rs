//! What signals and decisions ask of the assistant today: a note after an urgent entry, news for the social worker
//! (D10), and duties that are theirs.

use crate::{
    domain::{
        access::Role,
        caseload::FamilyLine,
        change::{Action, Edit, Intent},
        deadlines::Settings,
        documents::{RecordKind, visit_card},
        duties::{CaseDuty, done, open_duties, undone},
        ids::FamilyId,
        order::sort_by_key,
        procedure::{Duty, Paper},
        record::Record,
        signals::{
            alarm,
            notice::{self, Notice},
        },
        words,
    },
    ui::{
        context::{App, app, intend},
        parts::{Banner, Dialog, Icon, Tone},
    },
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;

/// What the cards show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    notes: Vec<Line>,
    notices: Vec<Line>,
    duties: Vec<(String, CaseDuty)>,
}

/// Something about one family that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    surname: String,
    title: String,
    href: String,
    day: NaiveDate,
}

/// Reads the device.
pub fn look<'a>(
    records: impl Iterator<Item = &'a Record>,
    families: &[FamilyLine],
    settings: &Settings,
    today: NaiveDate,
) -> Signals {
    let mut of_family: BTreeMap<FamilyId, Vec<&Record>> = BTreeMap::new();
    for record in records {
        of_family.entry(record.family).or_default().push(record);
    }
    let mut found = Signals::default();
    for family in families {
        let own = of_family.remove(&family.family).unwrap_or_default();
        found.notes.extend(alarm::without_note(own.iter().copied(), today).first().map(|entry| note(family, entry)));
        let open = notice::notices(own.iter().copied()).into_iter().filter(|notice| notice.told.is_none());
        found.notices.extend(open.map(|notice| line(family, &notice, settings)));
        let cases = own.iter().copied().filter(|record| record.kind == RecordKind::Case);
        let duties = open_duties(cases).into_iter().filter(|duty| duty.owed.is_of(Role::Assistant));
        found.duties.extend(duties.map(|duty| (family.surname.clone(), duty)));
    }
    sort_by_key(&mut found.notices, |line| line.day);
    sort_by_key(&mut found.duties, |(_, duty)| (duty.owed.due.is_none(), duty.owed.due, duty.owed.since));
    found
}

fn note(family: &FamilyLine, entry: &Record) -> Line {
    Line {
        surname: family.surname.clone(),
        title: "Zacznij notatkę służbową".to_owned(),
        href: ["/rodziny/", &family.code, "/dokumenty/nowy/", Paper::Note.code()].concat(),
        day: entry.answers.get(visit_card::DATE).unwrap_or_default(),
    }
}

/// An older entry has no task: a talk with the social worker, written as an entry, brings the news as well.
fn line(family: &FamilyLine, notice: &Notice<'_>, settings: &Settings) -> Line {
    let href = match notice.task {
        Some(task) => ["/rodziny/", &family.code, "/zadania/", &task.id.to_string()].concat(),
        None => ["/rodziny/", &family.code, "/wizyty/nowa?rodzaj=INSTITUTION"].concat(),
    };
    let day = notice::last_day(notice.since, settings);
    Line { surname: family.surname.clone(), title: words::sentence(&notice.words()), href, day }
}

/// Above everything: urgent entries whose note is still to be written.
pub fn notes(signals: &Signals) -> Vec<AnyView> {
    let banner = |line: &Line| {
        let lead = ["Pilny sygnał – ", &line.surname, ", ", &words::date(line.day), "."].concat();
        let (href, title) = (line.href.clone(), line.title.clone());
        view! {
            <Banner tone=Tone::Danger lead text="Notatka służbowa czeka na napisanie.">
                <A href=href attr:class="btn">{title}</A>
            </Banner>
        }
        .into_any()
    };
    signals.notes.iter().map(banner).collect()
}

/// *Zmiany do zgłoszenia*: D10 of all families.
pub fn notices_card(signals: &Signals, today: NaiveDate) -> Option<AnyView> {
    if signals.notices.is_empty() {
        return None;
    }
    let rows: Vec<AnyView> = signals.notices.iter().map(|line| notice_row(line, today)).collect();
    Some(
        view! {
            <section class="card" aria-labelledby="notices">
                <div class="card-head"><h2 id="notices">"Zmiany do zgłoszenia "<span class="count">{rows.len()}</span></h2></div>
                <ul class="list">{rows}</ul>
                <div class="card-foot"><p class="muted">"Najpierw rodzina, po terminie asystent – rozdział 12 procedury."</p></div>
            </section>
        }
        .into_any(),
    )
}

fn notice_row(line: &Line, today: NaiveDate) -> AnyView {
    let late = line.day < today;
    let who = if late { "poinformuj pracownika socjalnego" } else { "zgłasza rodzina" };
    let about = [line.surname.as_str(), " · ", who].concat();
    let state = if late { "overdue" } else { "warn" };
    let (href, title) = (line.href.clone(), line.title.clone());
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="deadline"/></span>
            <div class="row-main"><A href=href attr:class="row-title">{title}</A><p class="row-meta">{about}</p></div>
            <div class="row-trail"><span class="badge" data-state=state>{words::days_left(line.day, today)}</span></div>
        </li>
    }
    .into_any()
}

/// *Do załatwienia*: duties of the assistant, ticked off here; without a network too.
pub fn duties_card(signals: &Signals, today: NaiveDate) -> Option<AnyView> {
    if signals.duties.is_empty() {
        return None;
    }
    let app = app();
    let rows: Vec<AnyView> = signals.duties.iter().map(|(surname, duty)| duty_row(app, surname, duty, today)).collect();
    Some(
        view! {
            <section class="card" aria-labelledby="duties">
                <div class="card-head"><h2 id="duties">"Do załatwienia "<span class="count">{rows.len()}</span></h2></div>
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn duty_row(app: App, surname: &str, duty: &CaseDuty, today: NaiveDate) -> AnyView {
    let owed = &duty.owed;
    let since = owed.since.map(|day| [" · od ", &words::date(day)].concat()).unwrap_or_default();
    let from = if owed.what == Duty::MeetingDecision { " · ustalenie spotkania" } else { "" };
    let about = [surname, from, &since].concat();
    let due = owed.due.map(|due| {
        let state = if due < today { "overdue" } else { "warn" };
        let state = ((due - today).num_days() <= 7).then_some(state);
        view! { <span class="badge" data-state=state>{words::days_left(due, today)}</span> }
    });
    let (title, settled, asked) = (owed.title(), duty.clone(), duty.clone());
    let settle = move |_| settle(app, &settled, "");
    let with_note = use_context::<Settling>().map(|settling| {
        let name = title.clone();
        view! {
            <button class="btn btn-small btn-quiet" type="button" on:click=move |_| settling.ask(asked.clone())>
                "Z notatką"<span class="visually-hidden">": "{name}</span>
            </button>
        }
    });
    view! {
        <li class="row">
            <span class="row-lead"><Icon name="task"/></span>
            <div class="row-main"><p class="row-title">{title}</p><p class="row-meta">{about}</p></div>
            <div class="row-trail">
                {due}
                {with_note}
                <button class="btn btn-small" type="button" on:click=settle><Icon name="check"/>" Załatwione"</button>
            </div>
        </li>
    }
    .into_any()
}

/// The duty that a note is written for. It stands beside the list, which is drawn anew whenever something arrives.
#[derive(Clone, Copy)]
pub struct Settling {
    asked: RwSignal<Option<CaseDuty>>,
    open: RwSignal<bool>,
}

impl Settling {
    /// Nothing is asked yet; the rows find it around them.
    pub fn provide() -> Self {
        let settling = Self { asked: RwSignal::new(None), open: RwSignal::new(false) };
        provide_context(settling);
        settling
    }

    fn ask(self, duty: CaseDuty) {
        self.asked.set(Some(duty));
        self.open.set(true);
    }

    /// The question how a duty was settled.
    pub fn dialog(self, app: App) -> AnyView {
        let title = Signal::derive(move || {
            self.asked.with(|duty| duty.as_ref().map(|duty| duty.owed.title()).unwrap_or_default())
        });
        view! {
            <Dialog open=self.open title id="jak-zalatwiono">
                {move || untrack(|| self.asked.get()).map(|duty| self.question(app, duty))}
            </Dialog>
        }
        .into_any()
    }

    fn question(self, app: App, duty: CaseDuty) -> AnyView {
        let note = RwSignal::new(duty.owed.note.clone());
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            settle(app, &duty, &note.get_untracked());
            self.open.set(false);
        };
        view! {
            <form on:submit=submit>
                <div class="field">
                    <label for="jak">"Jak załatwiono"</label>
                    <p class="field-help" id="jak-help">"Jeśli potrzeba: jak, albo dlaczego nie było to potrzebne."</p>
                    <textarea id="jak" rows="3" maxlength="1000" aria-describedby="jak-help"
                        prop:value=move || note.get() on:input=move |event| note.set(event_target_value(&event))/>
                </div>
                <div class="dialog-actions">
                    <button class="btn btn-primary" type="submit">"Załatwione"</button>
                    <button class="btn" type="button" on:click=move |_| self.open.set(false)>"Anuluj"</button>
                </div>
            </form>
        }
        .into_any()
    }
}

/// Ticks a duty off, with a note or without, and with a way back.
fn settle(app: App, duty: &CaseDuty, note: &str) {
    let edits = done(&duty.owed.row, &duty.owed.note, app.today.get_untracked(), note);
    let back = undone(&edits);
    let again = duty.clone();
    write(app, duty, edits, move || {
        let (back, again) = (back.clone(), again.clone());
        app.say_with_undo("Załatwione.", move || write(app, &again, back.clone(), move || app.say("Cofnięto.")));
    });
}

fn write(app: App, duty: &CaseDuty, edits: BTreeMap<String, Edit>, said: impl Fn() + 'static) {
    let Some(session) = untrack(|| app.session()) else { return };
    let (kind, action) = (RecordKind::Case, Action::Write(edits));
    let intent = Intent { record: duty.case, kind, family: duty.family, form: kind.form().version, action };
    app.host().spawn(Box::pin(async move {
        match intend(app, &session, vec![intent], None).await {
            Ok(()) => said(),
            Err(text) => app.say(text),
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::{ChangeSignal, Risk},
        documents::case_card::{self, DUTIES, DUTY_DUE, DUTY_SINCE, DUTY_WHAT, Stage},
        form::Answers,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn family() -> FamilyLine {
        let card = record(1, RecordKind::Family, Answers::default());
        let case = record(2, RecordKind::Case, Answers::default().with(case_card::STAGE, Stage::Cooperation));
        crate::domain::caseload::family_line([&card, &case], day("2026-11-22")).unwrap()
    }

    #[test]
    fn what_is_owed_today_is_found_in_the_records_of_a_family() {
        let mut case = Answers::default().with(case_card::STAGE, Stage::Cooperation);
        let duty = |what| Answers::default().with(DUTY_WHAT, what).with(DUTY_SINCE, day("2026-11-02"));
        case.put_row(DUTIES, "a", duty(Duty::UpdatePlan));
        case.put_row(DUTIES, "b", duty(Duty::MeetingDecision).with(DUTY_DUE, day("2026-12-01")));
        case.put_row(DUTIES, "c", duty(Duty::NotifyCourt));
        let entry = Answers::default()
            .with(visit_card::DATE, day("2026-11-20"))
            .with(visit_card::RISK, Risk::Urgent)
            .with(visit_card::CHANGE_SIGNAL, ChangeSignal::Work)
            .with(visit_card::CHANGE_NOTE, "ojciec stracił pracę".into());
        let records = [record(2, RecordKind::Case, case), record(3, RecordKind::Visit, entry)];
        let found = look(records.iter(), &[family()], &Settings::default(), day("2026-11-22"));
        assert_eq!(found.notes.len(), 1);
        let notice = &found.notices[0];
        assert_eq!(
            (notice.title.as_str(), notice.day),
            ("Sytuacja zawodowa – ojciec stracił pracę", day("2026-11-27"))
        );
        let duties: Vec<&str> = found.duties.iter().map(|(_, duty)| duty.owed.row.as_str()).collect();
        assert_eq!(duties, ["b", "a"], "what has a day first, and nothing of the manager's");
        assert!(look(records.iter(), &[], &Settings::default(), day("2026-11-22")) == Signals::default());
        assert_eq!(records[0].family, FamilyId(Uuid::nil()));
    }
}
