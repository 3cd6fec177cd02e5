//! A family's file as one story: entries, tasks, papers, steps of the case and terms in one order of time, to be
//! told to whoever opens the file, whole or by one strand, one person, one period.

use super::{
    calendar::warsaw_day,
    codes::TaskStatus,
    deadlines::{Settings, history, version_words},
    documents::{
        RecordKind,
        case_card::{self, STEP, STEP_ON, STEPS},
        family_task::{self, FamilyTask},
        papers::course::{CORRECTIONS, LIFE, REMARKS, day_of},
        visit_card::{self, VisitCard},
    },
    form::{Answers, Key, Value, choices},
    order::sort_by_key,
    paper_words,
    procedure::Life,
    record::Record,
    words,
};
use chrono::{Datelike, Months, NaiveDate, NaiveTime};

choices! {
    /// A strand of the story; its code stands in addresses.
    Strand {
        Visits = "wizyty", "Wizyty i kontakty";
        Tasks = "zadania", "Zadania";
        Papers = "dokumenty", "Dokumenty";
        Steps = "kroki", "Kroki sprawy";
        Terms = "terminy", "Terminy";
    }
}

choices! {
    /// How far back the story is told; its code stands in addresses.
    Period {
        Month = "miesiac", "ostatni miesiąc";
        HalfYear = "pol-roku", "ostatnie pół roku";
        Year = "rok", "ostatni rok";
    }
}

impl Period {
    /// The first day that is told.
    pub fn since(self, today: NaiveDate) -> NaiveDate {
        let months = match self {
            Period::Month => 1,
            Period::HalfYear => 6,
            Period::Year => 12,
        };
        today.checked_sub_months(Months::new(months)).unwrap_or(today)
    }
}

/// What a moment says about how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    Plain,
    /// It went well.
    Good,
    /// It deserves a look.
    Bad,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// Its day.
    pub day: NaiveDate,
    /// Its time, where one was noted.
    pub at: Option<NaiveTime>,
    /// To which strand it belongs.
    pub strand: Strand,
    /// The record that tells it; steps and terms are told by the case.
    pub record: Option<&'a Record>,
    /// What it was; nothing for an entry, which its card tells.
    pub title: String,
    /// More about it, or empty.
    pub note: String,
    /// How it went, in a word, or empty.
    pub status: (Tone, String),
}

/// What is asked of the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// One strand only.
    pub strand: Option<Strand>,
    /// What names this member only.
    pub person: Option<String>,
    /// So far back only.
    pub period: Option<Period>,
}

impl Asked {
    /// Is this moment asked for, whatever its strand?
    fn takes(&self, moment: &Moment<'_>, today: NaiveDate) -> bool {
        let recent = self.period.is_none_or(|period| moment.day >= period.since(today));
        let theirs = |person: &String| moment.record.is_some_and(|record| names(&record.answers, person));
        recent && self.person.as_ref().is_none_or(theirs)
    }
}

/// Does a record name this member anywhere?
fn names(answers: &Answers, member: &str) -> bool {
    answers.0.values().any(|value| match value {
        Value::Set(set) => set.contains(member),
        Value::Text(text) => text == member,
        Value::Flag(_) | Value::Number(_) => false,
    })
}

/// The story as it was asked for.
#[derive(Debug)]
pub struct Story<'a> {
    /// What happened, the latest first.
    pub moments: Vec<Moment<'a>>,
    /// How much each strand would tell.
    pub counts: Vec<(Strand, usize)>,
}

/// Tells the story of a family.
pub fn story<'a>(records: &[&'a Record], asked: &Asked, settings: &Settings, today: NaiveDate) -> Story<'a> {
    let mut moments = Vec::new();
    for record in records {
        match record.kind {
            RecordKind::Visit => moments.extend(entry(record)),
            RecordKind::Task => moments.extend(task(record)),
            RecordKind::Paper => moments.extend(paper(record)),
            RecordKind::Case => moments.extend(steps(record)),
            RecordKind::Family => {}
        }
    }
    moments.extend(terms(records, settings, today));
    moments.retain(|moment| asked.takes(moment, today));
    let count = |strand: Strand| moments.iter().filter(|moment| moment.strand == strand).count();
    let counts = Strand::ALL.iter().map(|strand| (*strand, count(*strand))).collect();
    moments.retain(|moment| asked.strand.is_none_or(|strand| strand == moment.strand));
    // Of one day, what has a time stands by it and before the rest; the id makes the order one for everybody.
    sort_by_key(&mut moments, |moment| {
        std::cmp::Reverse((moment.day, moment.at, moment.strand, moment.record.map(|record| record.id)))
    });
    Story { moments, counts }
}

/// The first day of a moment's month: what the story is grouped by.
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn entry(record: &Record) -> Option<Moment<'_>> {
    let card = VisitCard::read(&record.answers)?;
    Some(Moment {
        day: card.date,
        at: card.start,
        strand: Strand::Visits,
        record: Some(record),
        title: String::new(),
        note: record.answers.text(visit_card::ACTIONS).to_owned(),
        status: (Tone::Plain, String::new()),
    })
}

fn task(record: &Record) -> Vec<Moment<'_>> {
    let Some(task) = FamilyTask::read(&record.answers) else { return Vec::new() };
    let of = |day, note: String, status| Moment {
        day,
        at: None,
        strand: Strand::Tasks,
        record: Some(record),
        title: task.task.clone(),
        note,
        status,
    };
    let due = task.due.map(|due| ["termin: ", &words::date(due)].concat()).unwrap_or_default();
    let mut moments = vec![of(task.given_on, due, (Tone::Plain, "zlecone".to_owned()))];
    if let Some(day) = task.checked_on.filter(|_| task.status.is_closed()) {
        let tone = match task.status {
            TaskStatus::Done => Tone::Good,
            TaskStatus::NotDone | TaskStatus::Partly => Tone::Bad,
            TaskStatus::Set | TaskStatus::InProgress | TaskStatus::Obsolete => Tone::Plain,
        };
        let told = record.answers.get(family_task::TOLD).map(|told| told.label().to_owned());
        let effect = told.unwrap_or_else(|| record.answers.text(family_task::EFFECT).to_owned());
        moments.push(of(day, effect, (tone, task.status.label().to_owned())));
    }
    moments
}

/// Handed in, decided, corrected: each on its day. A draft has not happened yet.
fn paper(record: &Record) -> Vec<Moment<'_>> {
    let answers = &record.answers;
    let life = answers.get(LIFE).unwrap_or(Life::Draft);
    let title = match version_words(record) {
        Some(version) => [paper_words::title(answers), version].join(", "),
        None => paper_words::title(answers),
    };
    let of = |day, note: String, status: (Tone, &str)| Moment {
        day,
        at: None,
        strand: Strand::Papers,
        record: Some(record),
        title: title.clone(),
        note,
        status: (status.0, status.1.to_owned()),
    };
    let mut moments = Vec::new();
    if life != Life::Draft {
        moments.push(of(day_of(record), String::new(), (Tone::Plain, "złożono")));
    }
    let decided_on = warsaw_day(record.writer_of(LIFE.name()).at);
    match life {
        Life::Approved => moments.push(of(decided_on, String::new(), (Tone::Good, "zatwierdzono"))),
        Life::Returned => {
            moments.push(of(decided_on, answers.text(REMARKS).to_owned(), (Tone::Bad, "zwrócono z uwagami")))
        }
        Life::Draft | Life::Signed => {}
    }
    for row in answers.rows(CORRECTIONS) {
        let cells = answers.row(CORRECTIONS, &row);
        let Some(day) = cells.get(Key::<NaiveDate>::new("on")) else { continue };
        moments.push(of(day, cells.text(Key::new("what")).to_owned(), (Tone::Plain, "sprostowano")));
    }
    moments
}

fn steps(case: &Record) -> Vec<Moment<'_>> {
    let step = |row: &String| {
        let cells = case.answers.row(STEPS, row);
        Some(Moment {
            day: cells.get(STEP_ON)?,
            at: None,
            strand: Strand::Steps,
            record: Some(case),
            title: words::sentence(cells.get(STEP)?.label()),
            note: case.answers.text(case_card::SIGN).to_owned(),
            status: (Tone::Plain, String::new()),
        })
    };
    case.answers.rows(STEPS).iter().filter_map(step).collect()
}

fn terms<'a>(records: &[&'a Record], settings: &Settings, today: NaiveDate) -> Vec<Moment<'a>> {
    let past = history(records.iter().copied(), settings, today);
    let moment = |past: super::deadlines::Past| Moment {
        day: past.on,
        at: None,
        strand: Strand::Terms,
        record: None,
        title: words::sentence(past.code.label()),
        note: [past.code.code(), " · termin: ", &words::date(past.due)].concat(),
        status: (if past.kept { Tone::Good } else { Tone::Bad }, past.words()),
    };
    past.into_iter().map(moment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        codes::{Area, DueKind, EntryKind, Outcome},
        documents::{
            case_card::Stage,
            papers::{course::PAPER, plan},
        },
        procedure::{Paper, Transition},
        testing::{day, record},
    };

    fn file() -> Vec<Record> {
        let mut case = Answers::default()
            .with(case_card::STAGE, Stage::Cooperation)
            .with(case_card::REFERRED_ON, day("2026-01-02"))
            .with(case_card::INTERVIEW_ON, day("2026-01-05"));
        let step = Answers::default().with(STEP, Transition::BeginCooperation).with(STEP_ON, day("2026-03-02"));
        case.put_row(STEPS, "001", step);
        let visit = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::Held)
            .with(visit_card::DATE, day("2026-03-02"))
            .with(visit_card::START, "14:00:00".parse().unwrap())
            .with(visit_card::PRESENT, ["m1".to_owned()].into());
        let task = Answers::default()
            .with(family_task::TASK, "Zapisać do świetlicy".into())
            .with(family_task::GIVEN_ON, day("2026-03-02"))
            .with(family_task::AREA, Area::A11)
            .with(family_task::DUE_KIND, DueKind::NextMeeting)
            .with(family_task::WHO, ["m2".to_owned()].into())
            .with(family_task::STATUS, TaskStatus::Done)
            .with(family_task::CHECKED_ON, day("2026-03-09"));
        let mut plan = Answers::default()
            .with(PAPER, Paper::Plan)
            .with(LIFE, Life::Signed)
            .with(super::super::documents::papers::course::HANDED_IN_ON, day("2026-03-01"))
            .with(plan::VERSION, 2);
        let correction = Answers::default()
            .with(Key::<NaiveDate>::new("on"), day("2026-03-04"))
            .with(Key::<String>::new("what"), "jest 1, powinno być 2".into());
        plan.put_row(CORRECTIONS, "c", correction);
        let draft = Answers::default().with(PAPER, Paper::Note).with(LIFE, Life::Draft);
        vec![
            record(1, RecordKind::Case, case),
            record(2, RecordKind::Visit, visit),
            record(3, RecordKind::Task, task),
            record(4, RecordKind::Paper, plan),
            record(5, RecordKind::Paper, draft),
        ]
    }

    fn told(asked: &Asked, today: &str) -> Vec<(String, Strand, String)> {
        let file = file();
        let records: Vec<&Record> = file.iter().collect();
        let story = story(&records, asked, &Settings::default(), day(today));
        let told = |moment: &Moment| (moment.day.to_string(), moment.strand, moment.status.1.clone());
        story.moments.iter().map(told).collect()
    }

    #[test]
    fn everything_stands_in_one_order() {
        let said = told(&Asked::default(), "2026-03-20");
        let said: Vec<_> = said.iter().map(|(day, strand, word)| (day.as_str(), *strand, word.as_str())).collect();
        assert_eq!(
            said,
            [
                ("2026-03-09", Strand::Tasks, "wykonane"),
                ("2026-03-04", Strand::Papers, "sprostowano"),
                ("2026-03-02", Strand::Visits, ""),
                ("2026-03-02", Strand::Steps, ""),
                ("2026-03-02", Strand::Tasks, "zlecone"),
                ("2026-03-01", Strand::Papers, "złożono"),
                ("2026-01-05", Strand::Terms, "w terminie"),
            ]
        );
    }

    #[test]
    fn one_strand_one_person_one_period() {
        let strand = Asked { strand: Some(Strand::Papers), ..Asked::default() };
        assert_eq!(told(&strand, "2026-03-20").len(), 2);
        let person = Asked { person: Some("m2".into()), ..Asked::default() };
        assert!(told(&person, "2026-03-20").iter().all(|(_, strand, _)| *strand == Strand::Tasks));
        let period = Asked { period: Some(Period::Month), ..Asked::default() };
        assert_eq!(told(&period, "2026-04-03").len(), 2, "from the 3rd of March on");
    }

    #[test]
    fn chips_count_what_they_would_tell() {
        let file = file();
        let records: Vec<&Record> = file.iter().collect();
        let asked = Asked { strand: Some(Strand::Visits), ..Asked::default() };
        let story = story(&records, &asked, &Settings::default(), day("2026-03-20"));
        assert_eq!(story.moments.len(), 1);
        let counts: Vec<usize> = story.counts.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [1, 2, 2, 1, 1]);
        assert_eq!(story.moments[0].record.map(|record| record.id), Some(file[1].id));
        assert_eq!(super::month_of(day("2026-03-20")), day("2026-03-01"));
    }
}
