//! The one function that turns events into terms. Pure: no clock, no database.

use super::{
    Code, Deadline, During, Event, Facts, Fulfil, Happening, Known, Of, Only, Origin, RULES, Rule, Scope, Settings,
    State, Term, Warn, deadline::alarm,
};
use crate::domain::{
    calendar::{add_days, warsaw_day, working_day_from},
    documents::case_card::Stage,
    order::sort_by_key,
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};

/// What starts one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    on: NaiveDate,
    at: Option<DateTime<Utc>>,
    stated: Option<NaiveDate>,
    of: Of,
}

/// Every term that these facts give, as it stands today; what runs comes first.
pub fn deadlines(facts: &Facts, settings: &Settings, today: NaiveDate) -> Vec<Deadline> {
    let events = standing(&facts.events, today);
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.scope == facts.scope && runs(rule, facts)) {
        let term = agreed(rule, facts, settings);
        for start in starts(rule, term, facts, &events, today) {
            found.extend(judge(rule, term, start, facts, &events, settings, today));
        }
    }
    if facts.known == Known::Standing {
        found.retain(Deadline::is_open);
    }
    sort_by_key(&mut found, Deadline::place);
    found
}

/// What has happened by today and still stands: a request that was returned is none.
fn standing(events: &[Event], today: NaiveDate) -> Vec<Event> {
    let mut past: Vec<Event> = events.iter().copied().filter(|event| event.on <= today).collect();
    // On one day the request comes before its return; the rest of the key makes the order one for everybody,
    // whichever way the events came.
    sort_by_key(&mut past, |event| {
        (event.on, event.what == Happening::RequestReturned, event.what, event.of, event.stated, event.at)
    });
    let mut stand: Vec<Event> = Vec::new();
    for event in past {
        if event.what != Happening::RequestReturned {
            stand.push(event);
        } else if let Some(request) = stand.iter().rposition(|earlier| earlier.what.is_request()) {
            stand.remove(request);
        }
    }
    stand
}

fn runs(rule: &Rule, facts: &Facts) -> bool {
    match rule.during {
        During::Always => true,
        During::Visits => !facts.suspended && facts.stage.is_some_and(Stage::expects_visits),
        During::Monitoring => !facts.suspended && facts.stage.is_some_and(Stage::is_monitoring),
    }
}

/// The office's length, or the rhythm that this family agreed (3.6, 3.10) where that decides.
fn agreed(rule: &Rule, facts: &Facts, settings: &Settings) -> Term {
    match (rule.during, settings.term(rule.code), facts.rhythm) {
        (During::Visits, Term::Days(days), Some(rhythm)) => Term::Days(days.min(rhythm)),
        // No contact for longer than the agreed rhythm and a week (3.11).
        (During::Monitoring, Term::Days(_), Some(rhythm)) => Term::Days(rhythm.saturating_add(7)),
        (_, term, _) => term,
    }
}

fn starts(rule: &Rule, term: Term, facts: &Facts, events: &[Event], today: NaiveDate) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    if rule.starts.is_empty() {
        starts = periods(term, facts, today);
    }
    for event in events.iter().filter(|event| rule.starts.contains(&event.what) && allowed(rule, event, events)) {
        let start = Start { on: event.on, at: event.at, stated: event.stated, of: event.of };
        // Two papers of one day make one term, and a plan has one first day.
        if !starts.iter().any(|other| (other.on, other.of) == (start.on, start.of)) {
            starts.push(start);
        }
    }
    if rule.during != During::Always {
        starts = starts.split_off(starts.len().saturating_sub(1));
    }
    starts
}

fn allowed(rule: &Rule, start: &Event, events: &[Event]) -> bool {
    match rule.only {
        Only::Always => true,
        Only::IfEver(what) => events.iter().any(|event| event.what == what),
        Only::IfBefore(what) => events.iter().any(|event| event.what == what && event.on <= start.on),
    }
}

/// The periods that are to be reported, the running one included.
fn periods(term: Term, facts: &Facts, today: NaiveDate) -> Vec<Start> {
    let mut periods = Vec::new();
    let Some((since, until)) = facts.owes else { return periods };
    let last = until.map_or(today, |until| until.min(today));
    let mut day = since;
    while day <= last {
        let Some(end) = term.period_end(day) else { break };
        periods.push(Start { on: end, at: None, stated: None, of: Of::Period(end) });
        day = add_days(end, 1);
    }
    periods
}

fn judge(
    rule: &Rule,
    term: Term,
    start: Start,
    facts: &Facts,
    events: &[Event],
    settings: &Settings,
    today: NaiveDate,
) -> Option<Deadline> {
    let due_at = last_moment(term, start);
    let counted = match due_at {
        Some(at) => warsaw_day(at),
        None => term.last_day(start.on, start.stated, facts.born(start.of))?,
    };
    let due = if moves(rule, settings) { working_day_from(counted) } else { counted };
    let done = fulfilled(rule, start, events);
    let over = lapsed(rule, start, events);
    let state = match (done, over) {
        // What fell away before its last day is owed by nobody, even if somebody did it later.
        (None, Some(over)) if over <= due => return None,
        (Some(done), Some(over)) if over <= due && over < done.on => return None,
        (Some(done), _) if is_in_time(done, due, due_at) => State::Kept(done.on),
        (Some(done), Some(over)) => State::Missed(done.on.min(over)),
        (Some(done), None) => State::Missed(done.on),
        (None, Some(over)) => State::Missed(over),
        (None, None) if due < today => State::Overdue,
        (None, None) if first_warning(rule, start, due) <= today => State::DueSoon,
        (None, None) => State::Upcoming,
    };
    let alarm = alarm(rule.code, state, start.on, due, today);
    Some(Deadline {
        code: rule.code,
        label: facts.label.clone(),
        of: start.of,
        since: start.on,
        due,
        due_at,
        state,
        alarm,
    })
}

/// Hours run through the night and through the change of clocks, so they need a moment to count from.
fn last_moment(term: Term, start: Start) -> Option<DateTime<Utc>> {
    match (term, start.at) {
        (Term::Hours(hours), Some(at)) => at.checked_add_signed(Duration::hours(hours.into())),
        _ => None,
    }
}

fn is_in_time(done: &Event, due: NaiveDate, due_at: Option<DateTime<Utc>>) -> bool {
    match (done.at, due_at) {
        (Some(done), Some(last)) => done <= last,
        _ => done.on <= due,
    }
}

/// A term that ends on a day off moves to the next working day only where the office wishes it and
/// no law sets the day; visits are counted by days that pass, not by terms.
fn moves(rule: &Rule, settings: &Settings) -> bool {
    settings.shifts_to_working_day()
        && rule.origin == Origin::Local
        && rule.during == During::Always
        && !matches!(rule.code, Code::D13 | Code::D14)
}

fn fulfilled<'a>(rule: &Rule, start: Start, events: &'a [Event]) -> Option<&'a Event> {
    let first = |fits: &dyn Fn(&Event) -> bool| events.iter().find(|event| fits(event));
    match rule.fulfil {
        Fulfil::Ever(kinds) => first(&|event| kinds.contains(&event.what)),
        Fulfil::Since(kinds) => first(&|event| kinds.contains(&event.what) && event.on >= start.on),
        Fulfil::Next(kinds) => first(&|event| kinds.contains(&event.what) && event.on > start.on),
        // A report names its period, and may even come before the period is over.
        Fulfil::Same(kinds) => first(&|event| {
            let late_enough = matches!(start.of, Of::Period(_)) || event.on >= start.on;
            kinds.contains(&event.what) && event.of == start.of && late_enough
        }),
        Fulfil::NextSame(kinds) => {
            first(&|event| kinds.contains(&event.what) && event.of == start.of && event.on > start.on)
        }
    }
}

/// The day on which the term fell away, if it did.
fn lapsed(rule: &Rule, start: Start, events: &[Event]) -> Option<NaiveDate> {
    let fits = |event: &&Event| {
        rule.lapses.contains(&event.what)
            && (event.of == Of::Case || event.of == start.of)
            // A child that was placed again after a return starts anew.
            && (event.of == Of::Case || event.on > start.on)
    };
    events.iter().find(fits).map(|event| event.on)
}

fn first_warning(rule: &Rule, start: Start, due: NaiveDate) -> NaiveDate {
    let days_before = match (rule.warn, rule.scope) {
        (Warn::PeriodOver, Scope::Assistant | Scope::Office) => return add_days(start.on, 1),
        (Warn::PeriodOver, Scope::Case) => 0,
        (Warn::Before(days), _) => days.first().copied().unwrap_or(0),
    };
    due.checked_sub_days(Days::new(days_before.into())).unwrap_or(due)
}
