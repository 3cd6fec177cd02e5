//! The assistant's work card, zał. 8 (karta pracy asystenta rodziny): one record per visit or
//! contact. Fields and conditions: spec/domain.md 3.8; law: art. 14 and 15 of the Act.

use crate::domain::{
    clock_text::time_text,
    codes::*,
    deadlines::Settings,
    form::{Answers, Field, Form, Key, Kind, Problem, Section, Sensitivity, When, stops},
    record::Record,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::collections::BTreeSet;

/// Kind of entry.
pub const KIND: Key<EntryKind> = Key::new("kind");
/// Result of a visit.
pub const OUTCOME: Key<Outcome> = Key::new("outcome");
/// Was the visit announced?
pub const ANNOUNCED: Key<bool> = Key::new("announced");
/// Day of the entry.
pub const DATE: Key<NaiveDate> = Key::new("date");
/// Start, local time.
pub const START: Key<NaiveTime> = Key::new("start");
/// End, local time.
pub const END: Key<NaiveTime> = Key::new("end");
/// Length in minutes.
pub const DURATION: Key<i64> = Key::new("duration");
/// Kind of place.
pub const PLACE: Key<Place> = Key::new("place");
/// Place in words.
pub const PLACE_NOTE: Key<String> = Key::new("place_note");
/// Members of the family who were present.
pub const PRESENT: Key<BTreeSet<String>> = Key::new("present");
/// Other persons who were present.
pub const PRESENT_OTHERS: Key<String> = Key::new("present_others");
/// Children who were seen.
pub const CHILDREN_SEEN: Key<BTreeSet<String>> = Key::new("children_seen");
/// Why a child was not seen.
pub const NOT_SEEN_REASON: Key<String> = Key::new("not_seen_reason");
/// Kind of institution.
pub const INSTITUTION: Key<String> = Key::new("institution");
/// With whom in the institution.
pub const PERSON: Key<String> = Key::new("person");
/// How the institution was reached.
pub const CHANNEL: Key<Channel> = Key::new("channel");
/// Statutory tasks, art. 15 ust. 1.
pub const TASKS: Key<BTreeSet<String>> = Key::new("tasks_art15");
/// Life areas.
pub const AREAS: Key<BTreeSet<String>> = Key::new("areas");
/// Work area (S4), derived from the first task until a person changes it.
pub const WORK_AREA: Key<WorkArea> = Key::new("work_area");
/// Goals of the plan that the entry serves.
pub const GOALS: Key<BTreeSet<String>> = Key::new("goals");
/// What was done.
pub const ACTIONS: Key<String> = Key::new("actions");
/// What was observed.
pub const OBSERVATIONS: Key<String> = Key::new("observations");
/// Family tasks given at this visit (records of kind Task).
pub const NEW_TASKS: Key<BTreeSet<String>> = Key::new("new_tasks");
/// Earlier family tasks checked at this visit (records of kind Task).
pub const TASK_CHECKS: Key<BTreeSet<String>> = Key::new("task_checks");
/// How the family works together.
pub const ENGAGEMENT: Key<Engagement> = Key::new("engagement");
/// Risk signal.
pub const RISK: Key<Risk> = Key::new("risk");
/// What was done at once about an urgent risk.
pub const URGENT_STEPS: Key<BTreeSet<String>> = Key::new("urgent_steps");
/// At what time, a row for each step; the row's id is the code of the step.
pub const URGENT_LOG: &str = "urgent_log";
/// The time of a step (a cell of [`URGENT_LOG`]).
pub const URGENT_AT: Key<NaiveTime> = Key::new("at");
/// Note about an urgent risk.
pub const URGENT_NOTE: Key<String> = Key::new("urgent_note");
/// A change that starts D10.
pub const CHANGE_SIGNAL: Key<ChangeSignal> = Key::new("change_signal");
/// That change in words.
pub const CHANGE_NOTE: Key<String> = Key::new("change_note");
/// Next visit, local date and time.
pub const NEXT_VISIT: Key<NaiveDateTime> = Key::new("next_visit");
/// Means of travel.
pub const TRAVEL: Key<Travel> = Key::new("travel");
/// Where the travel began.
pub const TRAVEL_FROM: Key<String> = Key::new("travel_from");
/// Where it ended.
pub const TRAVEL_TO: Key<String> = Key::new("travel_to");
/// Distance in tenths of a kilometre.
pub const TRAVEL_KM: Key<i64> = Key::new("travel_km");
/// Time on the way in minutes.
pub const TRAVEL_MINUTES: Key<i64> = Key::new("travel_minutes");

const IS_VISIT: When = When::Is("kind", &["VISIT"]);
const IS_MEETING: When = When::Is("kind", &["VISIT", "MEETING_OUT"]);
const IS_INSTITUTION: When = When::Is("kind", &["INSTITUTION"]);
const NOT_TAKEN_PLACE: When = When::Both(
    &IS_VISIT,
    &When::Is("outcome", &["NOBODY_HOME", "NOT_LET_IN", "CANCELLED_FAMILY", "CANCELLED_ASSISTANT", "INTERRUPTED"]),
);
/// The meeting or contact really took place.
pub const TOOK_PLACE: When = When::Not(&NOT_TAKEN_PLACE);
const MEETING_TOOK_PLACE: When = When::Both(&IS_MEETING, &TOOK_PLACE);

/// The declaration of zał. 8.
pub static FORM: Form = Form {
    number: "8",
    title: "Karta pracy asystenta rodziny",
    version: 1,
    sections: &[
        Section {
            title: "Kiedy i kto",
            fields: &[
                Field::new("kind", "Rodzaj wpisu", Kind::One(EntryKind::CHOICES)).required(),
                Field::new("outcome", "Wynik wizyty", Kind::One(Outcome::CHOICES))
                    .required_when(IS_VISIT)
                    .shown_when(IS_VISIT),
                Field::new("announced", "Wizyta zapowiedziana", Kind::Flag).shown_when(IS_VISIT),
                Field::new("date", "Data", Kind::Date).required(),
                Field::new("start", "Godzina od", Kind::Time),
                Field::new("end", "Godzina do", Kind::Time),
                Field::new("duration", "Czas trwania", Kind::Number { min: 1, max: 720, unit: "min" })
                    .required_when(TOOK_PLACE),
                Field::new("place", "Miejsce", Kind::One(Place::CHOICES)).required(),
                Field::new("place_note", "Miejsce – szczegóły", Kind::Line { max: 200 })
                    .shown_when(When::Is("place", &["CHOSEN", "INSTITUTION", "ONLINE"])),
                Field::new("present", "Obecni członkowie rodziny", Kind::Members)
                    .required_when(When::Both(&MEETING_TOOK_PLACE, &When::Not(&When::Filled("present_others"))))
                    .shown_when(TOOK_PLACE),
                Field::new("present_others", "Inne osoby", Kind::Line { max: 200 }).shown_when(TOOK_PLACE),
                Field::new("children_seen", "Widziane dzieci", Kind::Members)
                    .shown_when(MEETING_TOOK_PLACE)
                    .help("Zaznacz każde dziecko, które było widziane."),
                Field::new("not_seen_reason", "Dlaczego nie widziano dziecka", Kind::Line { max: 300 })
                    .shown_when(MEETING_TOOK_PLACE),
                Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS))
                    .required_when(IS_INSTITUTION)
                    .shown_when(When::Is(
                        "kind",
                        &["INSTITUTION", "ACCOMPANY", "TEAM", "CHILD_HEARING", "INTERVENTION"],
                    )),
                Field::new("person", "Z kim", Kind::Line { max: 160 }).required_when(IS_INSTITUTION).shown_when(
                    When::Is("kind", &["INSTITUTION", "ACCOMPANY", "TEAM", "CHILD_HEARING", "INTERVENTION"]),
                ),
                Field::new("channel", "Forma kontaktu", Kind::One(Channel::CHOICES))
                    .required_when(IS_INSTITUTION)
                    .shown_when(When::Is("kind", &["INSTITUTION", "PHONE_FAMILY"])),
            ],
        },
        Section {
            title: "Co robiliśmy",
            fields: &[
                Field::new("tasks_art15", "Zadania ustawowe", Kind::Many(StatutoryTask::CHOICES))
                    .required_when(TOOK_PLACE)
                    .shown_when(TOOK_PLACE)
                    .help("Art. 15 ust. 1. Najczęściej używane są pierwsze."),
                Field::new("areas", "Obszary", Kind::Many(Area::CHOICES))
                    .required_when(TOOK_PLACE)
                    .shown_when(TOOK_PLACE),
                Field::new("work_area", "Obszar pracy", Kind::One(WorkArea::CHOICES)).shown_when(TOOK_PLACE),
                Field::new("goals", "Cele planu, których dotyczy", Kind::Goals).shown_when(TOOK_PLACE),
                Field::new("actions", "Podjęte działania i przebieg", Kind::Text { min: 15, max: 8000 })
                    .required_when(TOOK_PLACE)
                    .help("Tylko to, co potrzebne."),
                Field::new("observations", "Obserwacje", Kind::Text { min: 0, max: 8000 })
                    .shown_when(TOOK_PLACE)
                    .help("Najpierw fakty: co widać i słychać. Ocenę oddziel od faktów."),
            ],
        },
        Section {
            title: "Zadania",
            fields: &[
                Field::new("task_checks", "Sprawdzone zadania z poprzedniej wizyty", Kind::Records),
                Field::new("new_tasks", "Ustalenia i zadania dla rodziny", Kind::Records),
            ],
        },
        Section {
            title: "Załączniki i podpis",
            fields: &[
                Field::new("files", "Zdjęcia dokumentów", Kind::Files { most: 6 })
                    .help("Dokumenty, nie osoby i nie wnętrza."),
                Field::new("signatures", "Podpis rodziny", Kind::Signatures).shown_when(MEETING_TOOK_PLACE),
            ],
        },
        Section {
            title: "Dalej",
            fields: &[
                Field::new("engagement", "Współpraca rodziny", Kind::One(Engagement::CHOICES)).shown_when(TOOK_PLACE),
                Field::new("risk", "Sygnał ryzyka", Kind::One(Risk::CHOICES)),
                Field::new("urgent_steps", "Co zrobiono od razu", Kind::Many(UrgentStep::CHOICES))
                    .required_when(When::Is("risk", &["URGENT"]))
                    .shown_when(When::Is("risk", &["URGENT"])),
                Field::new(
                    "urgent_log",
                    "O której godzinie",
                    Kind::Rows(&[Field::new("at", "Godzina", Kind::Time).required()]),
                )
                .shown_when(When::Is("risk", &["URGENT"])),
                Field::new("urgent_note", "Notatka o zagrożeniu", Kind::Text { min: 15, max: 8000 })
                    .required_when(When::Is("risk", &["URGENT"]))
                    .shown_when(When::Is("risk", &["URGENT"]))
                    .class(Sensitivity::BlueCard),
                Field::new("change_signal", "Zmiana sytuacji do zgłoszenia", Kind::One(ChangeSignal::CHOICES))
                    .help("Rodzina ma 7 dni na zgłoszenie zmiany pracownikowi socjalnemu."),
                Field::new("change_note", "Na czym polega zmiana", Kind::Line { max: 300 })
                    .required_when(When::Filled("change_signal"))
                    .shown_when(When::Filled("change_signal")),
                Field::new("next_visit", "Termin kolejnej wizyty", Kind::Moment),
                Field::new("travel", "Dojazd", Kind::One(Travel::CHOICES)),
                Field::new("travel_from", "Skąd", Kind::Line { max: 120 }).shown_when(When::Filled("travel")),
                Field::new("travel_to", "Dokąd", Kind::Line { max: 120 }).shown_when(When::Filled("travel")),
                Field::new("travel_km", "Odległość", Kind::Tenths { min: 0, max: 3000, unit: "km" })
                    .shown_when(When::Filled("travel")),
                Field::new("travel_minutes", "Czas dojazdu", Kind::Number { min: 0, max: 720, unit: "min" })
                    .shown_when(When::Filled("travel")),
            ],
        },
    ],
    decision: &[],
    rules: &[],
};

/// What the rules need to know about the surroundings of an entry.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Children who live with the family, by member id.
    pub children_at_home: Vec<String>,
    /// Other entries of the same author on the same day: start and end.
    pub other_times: Vec<(NaiveTime, NaiveTime)>,
    /// Months (their first days) that the author has reported: nothing in them is corrected any more.
    pub reported: BTreeSet<NaiveDate>,
    /// Adults of the family, by member id: they tell the social worker of a change (D10).
    pub adults: Vec<String>,
    /// The office's lengths of terms.
    pub settings: Settings,
    /// The task to tell of this entry's change, when it stands already.
    pub notice: Option<Record>,
}

/// A finished entry, as rules and figures read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitCard {
    /// Kind of entry.
    pub kind: EntryKind,
    /// Result, for visits.
    pub outcome: Option<Outcome>,
    /// Day.
    pub date: NaiveDate,
    /// Start, if it was noted.
    pub start: Option<NaiveTime>,
    /// Length in minutes.
    pub minutes: i64,
    /// Statutory and local tasks.
    pub tasks: Vec<StatutoryTask>,
    /// Life areas.
    pub areas: Vec<Area>,
    /// Risk signal.
    pub risk: Risk,
    /// Planned next visit, local time.
    pub next_visit: Option<NaiveDateTime>,
    /// Distance in tenths of a kilometre.
    pub travel_tenths: i64,
}

impl VisitCard {
    /// Reads answers without judging them: for figures over what is already kept.
    /// `None` when kind or date cannot be read.
    pub fn read(answers: &Answers) -> Option<Self> {
        Some(Self {
            kind: answers.get(KIND)?,
            outcome: answers.get(OUTCOME),
            date: answers.get(DATE)?,
            start: answers.get(START),
            minutes: answers.get(DURATION).or_else(|| minutes_between(answers)).unwrap_or(0),
            tasks: answers.set_of(TASKS),
            areas: answers.set_of(AREAS),
            risk: answers.get(RISK).unwrap_or(Risk::None),
            next_visit: answers.get(NEXT_VISIT),
            travel_tenths: answers.get(TRAVEL_KM).unwrap_or(0),
        })
    }

    /// A finished entry, or everything that stops it from being one.
    pub fn parse(answers: &Answers, today: NaiveDate, around: &Surroundings) -> Result<Self, Vec<Problem>> {
        let problems = check(&FORM, answers, today, around);
        match Self::read(answers) {
            Some(card) if !stops(&problems) => Ok(card),
            _ => Err(problems),
        }
    }

    /// A visit at the family's that took place: what the frequency of visits counts (D11).
    pub fn is_held_visit(&self) -> bool {
        self.kind == EntryKind::Visit && self.outcome == Some(Outcome::Held)
    }

    /// A visit that was tried and did not take place.
    pub fn is_missed_visit(&self) -> bool {
        self.kind == EntryKind::Visit && self.outcome != Some(Outcome::Held)
    }
}

/// Minutes between start and end, if both are there and in order.
pub fn minutes_between(answers: &Answers) -> Option<i64> {
    let minutes = (answers.get(END)? - answers.get(START)?).num_minutes();
    (minutes > 0).then_some(minutes)
}

/// Did the meeting take place, as far as the answers say?
pub fn took_place(answers: &Answers) -> bool {
    TOOK_PLACE.holds(answers)
}

/// Everything that is wrong or unusual with the answers, beside the fields of the paper.
///
/// `form` is the one that the entry was begun with, `today` the day on the clock of the device that wrote it.
pub fn check(form: &Form, answers: &Answers, today: NaiveDate, around: &Surroundings) -> Vec<Problem> {
    let mut problems = form.check(answers);
    check_date(answers, today, &mut problems);
    check_times(answers, around, &mut problems);
    check_children(answers, around, &mut problems);
    check_next_visit(answers, &mut problems);
    problems
}

fn check_date(answers: &Answers, today: NaiveDate, problems: &mut Vec<Problem>) {
    let Some(date) = answers.get(DATE) else { return };
    let age = (today - date).num_days();
    if age < 0 {
        problems.push(Problem::error(DATE.name(), "Data nie może być późniejsza niż dzisiaj."));
    } else if age > 7 {
        let text = format!("Ten dzień był {age} dni temu. Sprawdź, czy data jest dobra.");
        problems.push(Problem::warning(DATE.name(), text));
    }
}

fn check_times(answers: &Answers, around: &Surroundings, problems: &mut Vec<Problem>) {
    let (Some(start), Some(end)) = (answers.get(START), answers.get(END)) else { return };
    if end <= start {
        let text = format!("Podaj godzinę zakończenia – musi być późniejsza niż {}.", time_text(start));
        problems.push(Problem::error(END.name(), text));
    } else if (end - start).num_minutes() > 720 {
        problems.push(Problem::error(END.name(), "Wpis może trwać najwyżej 12 godzin."));
    } else if let Some((from, to)) = around.other_times.iter().find(|(from, to)| start < *to && *from < end) {
        let text =
            format!("O tej porze jest już inny wpis ({}–{}). Sprawdź godziny.", time_text(*from), time_text(*to));
        problems.push(Problem::warning(START.name(), text));
    }
}

fn check_children(answers: &Answers, around: &Surroundings, problems: &mut Vec<Problem>) {
    if answers.get(KIND) != Some(EntryKind::Visit) || !took_place(answers) || answers.filled(NOT_SEEN_REASON.name()) {
        return;
    }
    let seen = answers.get(CHILDREN_SEEN).unwrap_or_default();
    if around.children_at_home.iter().any(|child| !seen.contains(child)) {
        let text = "Nie zaznaczono wszystkich dzieci. Jeśli któregoś nie było, napisz dlaczego.";
        problems.push(Problem::warning(CHILDREN_SEEN.name(), text));
    }
}

fn check_next_visit(answers: &Answers, problems: &mut Vec<Problem>) {
    if let (Some(date), Some(next)) = (answers.get(DATE), answers.get(NEXT_VISIT))
        && next.date() < date
    {
        problems.push(Problem::error(NEXT_VISIT.name(), "Kolejna wizyta musi być po tej wizycie."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Weight;

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    fn held() -> Answers {
        Answers::default()
            .with(KIND, EntryKind::Visit)
            .with(OUTCOME, Outcome::Held)
            .with(DATE, today())
            .with(START, time("14:10"))
            .with(END, time("15:00"))
            .with(DURATION, 50)
            .with(PLACE, Place::Home)
            .with(PRESENT, ["0190a000-0000-7000-8000-000000000001".to_owned()].into())
            .with(TASKS, [StatutoryTask::Parenting.code().to_owned()].into())
            .with(AREAS, [Area::A10.code().to_owned()].into())
            .with(ACTIONS, "Rozmowa o stałych porach snu dzieci.".into())
    }

    fn errors(answers: &Answers) -> Vec<String> {
        check(&FORM, answers, today(), &Surroundings::default())
            .into_iter()
            .filter(|problem| problem.weight == Weight::Error)
            .map(|problem| problem.field)
            .collect()
    }

    #[test]
    fn a_routine_visit_parses() {
        let card = VisitCard::parse(&held(), today(), &Surroundings::default()).unwrap();
        assert!(card.is_held_visit());
        assert_eq!(card.minutes, 50);
    }

    #[test]
    fn a_visit_that_was_not_held_needs_no_topics() {
        let answers = Answers::default()
            .with(KIND, EntryKind::Visit)
            .with(OUTCOME, Outcome::NobodyHome)
            .with(DATE, today())
            .with(PLACE, Place::Home);
        let card = VisitCard::parse(&answers, today(), &Surroundings::default()).unwrap();
        assert!(card.is_missed_visit());
    }

    #[test]
    fn each_condition_of_3_8() {
        type Change = fn(&mut Answers);
        let cases: &[(&str, Change, &[&str])] = &[
            ("no kind", |a| a.set_raw("kind", None), &["kind"]),
            ("no outcome", |a| a.set_raw("outcome", None), &["outcome"]),
            ("tomorrow", |a| a.put(DATE, "2026-11-23".parse().unwrap()), &["date"]),
            ("end before start", |a| a.put(END, time("14:00")), &["end"]),
            (
                "over 12 hours",
                |a| {
                    a.put(START, time("06:00"));
                    a.put(END, time("18:01"));
                },
                &["end"],
            ),
            ("no length", |a| a.set_raw("duration", None), &["duration"]),
            ("no place", |a| a.set_raw("place", None), &["place"]),
            ("nobody present", |a| a.set_raw("present", None), &["present"]),
            ("no task", |a| a.put(TASKS, BTreeSet::new()), &["tasks_art15"]),
            ("no area", |a| a.set_raw("areas", None), &["areas"]),
            ("too few words", |a| a.put(ACTIONS, "Rozmowa.".into()), &["actions"]),
            ("urgent needs steps and a note", |a| a.put(RISK, Risk::Urgent), &["urgent_steps", "urgent_note"]),
            ("a change needs words", |a| a.put(CHANGE_SIGNAL, ChangeSignal::Work), &["change_note"]),
            (
                "next visit in the past",
                |a| a.set_raw("next_visit", Some(crate::domain::form::Value::Text("2026-11-20T10:00".into()))),
                &["next_visit"],
            ),
            (
                "300 km at most",
                |a| {
                    a.put(TRAVEL, Travel::OwnCar);
                    a.put(TRAVEL_KM, 3001);
                },
                &["travel_km"],
            ),
            (
                "an institution has a name and a channel",
                |a| a.put(KIND, EntryKind::Institution),
                &["institution", "person", "channel"],
            ),
        ];
        for (name, change, expected) in cases {
            let mut answers = held();
            change(&mut answers);
            assert_eq!(errors(&answers), *expected, "{name}");
        }
    }

    #[test]
    fn others_present_are_enough() {
        let mut answers = held();
        answers.set_raw("present", None);
        answers.put(PRESENT_OTHERS, "sąsiadka".into());
        assert!(errors(&answers).is_empty());
    }

    #[test]
    fn unusual_things_are_said_but_do_not_stop() {
        let mut answers = held();
        answers.put(DATE, "2026-11-10".parse().unwrap());
        let around = Surroundings {
            children_at_home: vec!["c".into()],
            other_times: vec![(time("14:30"), time("16:00"))],
            ..Surroundings::default()
        };
        let fields: Vec<_> =
            check(&FORM, &answers, today(), &around).into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["date", "start", "children_seen"]);
        assert!(VisitCard::parse(&answers, today(), &around).is_ok());
    }
}
