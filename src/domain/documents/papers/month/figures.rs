//! Every computed field of nr 14. Nothing that happened is left blank: where nothing did, there is a nought.

use super::{
    Counted, Span,
    gather::{Entry, File, Found, Records},
};
use crate::domain::{
    codes::{EntryKind, INSTITUTIONS, Outcome, StatutoryTask, WorkArea},
    documents::{
        case_card::{self, ClosingReason, Stage},
        papers::{
            mileage::{self, Settlement, trip_amount},
            monthly_report::ROWS,
        },
        visit_card,
    },
    form::Value,
    ids::RecordId,
    record::Record,
    words,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn all(files: &[File<'_>], found: &Found<'_>, span: Span) -> Vec<Counted> {
    let mut figures = Figures(Vec::new());
    for file in files {
        figures.of_family(file);
    }
    figures.of_cases(files, found, span);
    figures.of_work(files, found);
    figures.0
}

/// Is this a contact with the family beside the visits at home? Going somewhere with them is one.
pub(super) fn is_family_contact(kind: EntryKind) -> bool {
    use EntryKind::*;
    matches!(kind, MeetingOut | Accompany | PhoneFamily | Intervention | ChildHearing | ContactSupervised)
}

/// Is this a contact with an institution? Whoever goes there with the family meets both.
pub(super) fn is_institution_contact(entry: &Entry<'_>) -> bool {
    matches!(entry.card.kind, EntryKind::Institution | EntryKind::Team)
        || entry.record.answers.filled(visit_card::INSTITUTION.name())
}

struct Figures(Vec<Counted>);

impl Figures {
    fn put(&mut self, path: String, value: Value, from: Vec<RecordId>) {
        self.0.push(Counted { path, value, from });
    }

    fn count(&mut self, path: String, from: Vec<RecordId>) {
        self.put(path, number(from.len()), from);
    }

    fn of_family(&mut self, file: &File<'_>) {
        let row = [ROWS, "/", &file.care.family.to_string(), "/"].concat();
        let path = |cell: &str| [row.as_str(), cell].concat();
        if let (Some(stage), Some(case)) = (file.care.stage, file.case) {
            self.put(path("stage"), Value::Text(stage.code().to_owned()), vec![case]);
        }
        let entries = &file.records.entries;
        self.count(path("visits_held"), those(entries, |entry| entry.card.is_held_visit()));
        let missed = |entry: &Entry<'_>| entry.card.is_missed_visit();
        self.count(path("visits_not_held"), those(entries, missed));
        self.list(path("not_held_reasons"), entries, |entry| {
            missed(entry).then(|| entry.card.outcome.map_or("bez podanego powodu", Outcome::label))
        });
        self.count(path("contacts_family"), those(entries, |entry| is_family_contact(entry.card.kind)));
        self.count(path("contacts_institutions"), those(entries, is_institution_contact));
        self.list(path("institutions"), entries, |entry| {
            let code = entry.record.answers.text(visit_card::INSTITUTION);
            INSTITUTIONS.iter().find(|choice| choice.code == code).map(|choice| choice.label)
        });
        self.minutes(path("minutes_direct"), entries, &[WorkArea::Parents, WorkArea::Children]);
        self.minutes(path("minutes_indirect"), entries, &[WorkArea::Indirect]);
        self.minutes(path("minutes_documentation"), entries, &[WorkArea::Workshop]);
        self.statutory(path("tasks_art15"), entries);
        let concerns = file.is_own;
        let tasks = |tasks: &[&Record]| if concerns { ids(tasks) } else { Vec::new() };
        self.count(path("tasks_set"), tasks(&file.records.tasks_set));
        self.count(path("tasks_done"), tasks(&file.records.tasks_done));
        self.count(path("tasks_not_done"), tasks(&file.records.tasks_not_done));
    }

    /// "szkoła (2); PCPR lub organizator pieczy (1)", the first met first.
    fn list(&mut self, path: String, entries: &[Entry<'_>], word: impl Fn(&Entry<'_>) -> Option<&'static str>) {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        let mut from = Vec::new();
        for entry in entries {
            let Some(word) = word(entry) else { continue };
            from.push(entry.record.id);
            match counts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => counts.push((word, 1)),
            }
        }
        let words: Vec<String> =
            counts.iter().map(|(word, count)| [*word, " (", &count.to_string(), ")"].concat()).collect();
        if !words.is_empty() {
            self.put(path, Value::Text(words.join("; ")), from);
        }
    }

    /// "pkt 3 – 2 wpisy; pkt 11a – 1 wpis". Local codes are workload, not tasks of the act.
    fn statutory(&mut self, path: String, entries: &[Entry<'_>]) {
        let mut counts: BTreeMap<StatutoryTask, Vec<RecordId>> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| visit_card::took_place(&entry.record.answers)) {
            for task in entry.card.tasks.iter().filter(|task| task.is_statutory()) {
                counts.entry(*task).or_default().push(entry.record.id);
            }
        }
        let words: Vec<String> = counts
            .iter()
            .filter_map(|(task, from)| {
                let count = words::ENTRIES.count(i64::try_from(from.len()).unwrap_or(i64::MAX));
                Some(["pkt ", &task.point()?.to_lowercase(), " – ", &count].concat())
            })
            .collect();
        if words.is_empty() {
            return;
        }
        let mut from: Vec<RecordId> = Vec::new();
        for id in counts.into_values().flatten() {
            if !from.contains(&id) {
                from.push(id);
            }
        }
        self.put(path, Value::Text(words.join("; ")), from);
    }

    fn minutes(&mut self, path: String, entries: &[Entry<'_>], areas: &[WorkArea]) {
        let counted: Vec<&Entry> =
            entries.iter().filter(|entry| areas.contains(&entry.area) && entry.card.minutes > 0).collect();
        let minutes = counted.iter().map(|entry| entry.card.minutes).sum();
        self.put(path, Value::Number(minutes), counted.iter().map(|entry| entry.record.id).collect());
    }

    fn of_cases(&mut self, files: &[File<'_>], found: &Found<'_>, span: Span) {
        let in_care = || files.iter().filter(|file| file.in_care);
        self.count("families_total".to_owned(), in_care().filter_map(|file| file.case).collect());
        let mut by_stage: BTreeMap<Stage, Vec<RecordId>> = BTreeMap::new();
        for file in in_care() {
            if let (Some(stage), Some(case)) = (file.care.stage, file.case) {
                by_stage.entry(stage).or_default().push(case);
            }
        }
        for (stage, from) in by_stage {
            self.row("by_stage", ("stage", stage.code()), from);
        }
        let own = |key| {
            let cases = found.records().flat_map(|records: &Records<'_>| records.cases.iter().copied());
            let of = found.by;
            let happened = move |case: &&Record| {
                let theirs = case.answers.get(case_card::ASSISTANT) == Some(of);
                theirs && case.answers.get(key).is_some_and(|day| span.holds(day))
            };
            cases.filter(happened).collect::<Vec<&Record>>()
        };
        self.count("families_taken_on".to_owned(), ids(&own(case_card::ALLOCATED_ON)));
        let ended = own(case_card::ENDED_ON);
        self.count("families_ended".to_owned(), ids(&ended));
        let mut reasons: BTreeMap<ClosingReason, Vec<RecordId>> = BTreeMap::new();
        for case in &ended {
            if let Some(reason) = case.answers.get(case_card::CLOSING_REASON) {
                reasons.entry(reason).or_default().push(case.id);
            }
        }
        for (reason, from) in reasons {
            self.row("ended_reasons", ("reason", reason.code()), from);
        }
    }

    /// A row of a table of figures; its id is the code that it is about.
    fn row(&mut self, table: &str, (cell, code): (&str, &str), from: Vec<RecordId>) {
        self.put([table, "/", code, "/", cell].concat(), Value::Text(code.to_owned()), from.clone());
        self.count([table, "/", code, "/families"].concat(), from);
    }

    fn of_work(&mut self, files: &[File<'_>], found: &Found<'_>) {
        let entries = || files.iter().flat_map(|file| &file.records.entries);
        let all = || entries().map(|entry| entry.record.id).collect::<Vec<_>>();
        let days: BTreeSet<_> = entries().map(|entry| entry.card.date).collect();
        self.put("work_days".to_owned(), number(days.len()), all());
        let minutes: i64 = entries().map(|entry| entry.card.minutes).sum();
        self.put("work_hours".to_owned(), Value::Number(tenths_of_hours(minutes)), all());
        let travelled: Vec<&Entry> = entries().filter(|entry| entry.card.travel_tenths > 0).collect();
        let tenths = travelled.iter().map(|entry| entry.card.travel_tenths).sum();
        let from = travelled.iter().map(|entry| entry.record.id).collect();
        self.put("travel_km".to_owned(), Value::Number(tenths), from);
        self.travel_cost(&travelled, found);
        let meetings = files.iter().filter(|file| file.is_own).flat_map(|file| &file.records.meetings);
        self.count("meetings".to_owned(), meetings.map(|record| record.id).collect());
        let in_group = entries().filter(|entry| entry.card.tasks.contains(&StatutoryTask::DomesticViolenceTeam));
        self.count("group_meetings".to_owned(), in_group.map(|entry| entry.record.id).collect());
    }

    /// What the private car costs by the rate of the last record of it; nothing while none is known.
    fn travel_cost(&mut self, travelled: &[&Entry<'_>], found: &Found<'_>) {
        let Some((_, car)) = &found.earlier.mileage else { return };
        let by_kilometres = car.get(mileage::SETTLEMENT) == Some(Settlement::Kilometres);
        let Some(rate) = car.get(mileage::RATE).filter(|_| by_kilometres) else { return };
        let own: Vec<&&Entry> =
            travelled.iter().filter(|entry| super::car::is_own_car(&entry.record.answers)).collect();
        let amount: i64 = own.iter().map(|entry| trip_amount(entry.card.travel_tenths, rate)).sum();
        let from = own.iter().map(|entry| entry.record.id).collect();
        self.put("travel_cost".to_owned(), Value::Text(words::money(amount)), from);
    }
}

/// Minutes as tenths of an hour, half a tenth up.
pub(super) fn tenths_of_hours(minutes: i64) -> i64 {
    (minutes + 3) / 6
}

fn number(count: usize) -> Value {
    Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn ids(records: &[&Record]) -> Vec<RecordId> {
    records.iter().map(|record| record.id).collect()
}

fn those(entries: &[Entry<'_>], counts: impl Fn(&Entry<'_>) -> bool) -> Vec<RecordId> {
    entries.iter().filter(|entry| counts(entry)).map(|entry| entry.record.id).collect()
}
