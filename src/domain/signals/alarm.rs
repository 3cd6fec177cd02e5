//! "Pilne" (spec/domain.md 3.8): what was done at once and when, the note that is owed, and who in the office
//! knows of it.

use crate::domain::{
    codes::{Risk, UrgentStep},
    documents::{
        RecordKind,
        case_card::{DUTY_FROM, DUTY_SINCE, DUTY_WHAT},
        papers::{course::PAPER, note},
        visit_card,
    },
    form::Answers,
    ids::RecordId,
    order::sort_by_key,
    procedure::{Duty, Paper},
    record::Record,
    words,
};
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeSet;

/// So many days back an urgent entry still asks for its note.
pub const NOTE_DAYS: i64 = 7;

/// Did the entry say "pilne"?
pub fn is_alarm(entry: &Answers) -> bool {
    entry.get(visit_card::RISK) == Some(Risk::Urgent)
}

/// The steps that were taken at once, in their order, with the time where it was noted.
pub fn steps(entry: &Answers) -> Vec<(UrgentStep, Option<NaiveTime>)> {
    let taken: Vec<UrgentStep> = entry.set_of(visit_card::URGENT_STEPS);
    let in_order = UrgentStep::IN_ORDER.iter().copied().filter(|step| taken.contains(step));
    in_order.map(|step| (step, at(entry, step))).collect()
}

/// The time of a step.
pub fn at(entry: &Answers, step: UrgentStep) -> Option<NaiveTime> {
    entry.row(visit_card::URGENT_LOG, step.code()).get(visit_card::URGENT_AT)
}

/// "14:20 zawiadomiono Policję (112); zawiadomiono kierownika"; empty when nothing was done.
pub fn steps_words(entry: &Answers) -> String {
    let said = |(step, at): (UrgentStep, Option<NaiveTime>)| match at {
        Some(at) => [&words::time(at), " ", step.label()].concat(),
        None => step.label().to_owned(),
    };
    steps(entry).into_iter().map(said).collect::<Vec<_>>().join("; ")
}

/// The row of the case that keeps who knows of this entry.
pub fn duty_row(entry: RecordId) -> String {
    ["alarm-", &entry.to_string()].concat()
}

/// Somebody in the office owes to know of this entry, unless the case says so already: the row and its cells.
pub fn duty_of(entry: &Record, case: &Answers) -> Option<(String, Answers)> {
    if entry.kind != RecordKind::Visit || !is_alarm(&entry.answers) {
        return None;
    }
    let (row, since) = (duty_row(entry.id), entry.answers.get(visit_card::DATE)?);
    let stands = case.rows(crate::domain::documents::case_card::DUTIES).contains(&row);
    let cells = Answers::default().with(DUTY_WHAT, Duty::KnowOfAlarm).with(DUTY_SINCE, since).with(DUTY_FROM, entry.id);
    (!stands).then_some((row, cells))
}

/// The urgent entries of the last days that no note tells of yet, the latest first.
pub fn without_note<'a>(records: impl IntoIterator<Item = &'a Record>, today: NaiveDate) -> Vec<&'a Record> {
    let (mut entries, mut told) = (Vec::new(), BTreeSet::new());
    for record in records {
        match record.kind {
            RecordKind::Visit if is_alarm(&record.answers) => entries.push(record),
            RecordKind::Paper if record.answers.get(PAPER) == Some(Paper::Note) => {
                told.extend(record.answers.get(note::BELONGS_TO).unwrap_or_default());
            }
            _ => {}
        }
    }
    let day = |entry: &Record| entry.answers.get(visit_card::DATE);
    entries.retain(|entry| {
        let fresh = day(entry).is_some_and(|day| (today - day).num_days() <= NOTE_DAYS);
        fresh && !told.contains(&entry.id.to_string())
    });
    sort_by_key(&mut entries, |entry| std::cmp::Reverse((day(entry), entry.id)));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::case_card::DUTIES,
        testing::{day, record},
    };

    fn urgent(n: u128, on: &str) -> Record {
        let mut card = Answers::default()
            .with(visit_card::DATE, day(on))
            .with(visit_card::RISK, Risk::Urgent)
            .with(visit_card::URGENT_STEPS, ["MANAGER", "POLICE_112"].map(str::to_owned).into());
        let at = Answers::default().with(visit_card::URGENT_AT, "14:20:00".parse().unwrap());
        card.put_row(visit_card::URGENT_LOG, "POLICE_112", at);
        record(n, RecordKind::Visit, card)
    }

    #[test]
    fn steps_are_told_in_their_order_with_their_times() {
        let words = steps_words(&urgent(1, "2026-11-20").answers);
        assert_eq!(words, "14:20 zawiadomiono Policję (112); zawiadomiono kierownika");
        assert_eq!(UrgentStep::IN_ORDER.len(), UrgentStep::ALL.len(), "every step has its place");
    }

    #[test]
    fn somebody_owes_to_know_of_an_alarm_once() {
        let (entry, mut case) = (urgent(1, "2026-11-20"), Answers::default());
        let (row, cells) = duty_of(&entry, &case).unwrap();
        assert_eq!(cells.get(DUTY_FROM), Some(entry.id));
        case.put_row(DUTIES, &row, cells);
        assert_eq!(duty_of(&entry, &case), None);
        let mut calm = entry.clone();
        calm.answers.put(visit_card::RISK, Risk::Worrying);
        assert_eq!(duty_of(&calm, &Answers::default()), None);
    }

    #[test]
    fn an_alarm_asks_for_its_note_for_a_week() {
        let entries = [urgent(1, "2026-11-14"), urgent(2, "2026-11-15"), urgent(3, "2026-11-20")];
        let note =
            Answers::default().with(PAPER, Paper::Note).with(note::BELONGS_TO, [entries[2].id.to_string()].into());
        let records: Vec<Record> = entries.into_iter().chain([record(9, RecordKind::Paper, note)]).collect();
        let found: Vec<u128> =
            without_note(&records, day("2026-11-22")).iter().map(|entry| entry.id.0.as_u128()).collect();
        assert_eq!(found, [2], "the first is too old, the last has its note");
    }
}
