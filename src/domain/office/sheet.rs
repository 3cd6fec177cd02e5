//! What an office sets, as one form: "Parametry procedury" and the letterhead. Built from the table of terms, so
//! that a new term stands on it by itself.

use super::{Letterhead, OfficeBook, directory::directory_changes};
use crate::domain::{
    answer_words::{Referred, answer_words},
    deadlines::{Code, Origin, Parameters, RULES, Rule, Settings, Term},
    form::{Answers, Field, Form, Kind, Problem, Section, Value, When},
    words,
};
use std::sync::LazyLock;

/// Fields beside the terms.
const WARNS_FROM: &str = "cap_warns_from";
const MONITORING_COUNTS: &str = "monitoring_counts";
const ZA_ZYCIEM_COUNTS: &str = "za_zyciem_counts";
const MONITORING_MIN: &str = "monitoring_min_months";
const SHIFTS: &str = "shift_to_working_day";
const APPROVES_PLAN: &str = "manager_approves_plan";

static LOAD: &[Field] = &[
    Field::new(
        WARNS_FROM,
        "Ostrzegaj przy przydziale od liczby rodzin",
        Kind::Number { min: 1, max: 15, unit: "rodzin" },
    )
    .help("Zwykle: 13. Ustawienie ośrodka.")
    .required(),
    Field::new(MONITORING_COUNTS, "Rodziny w monitoringu wliczają się do limitu", Kind::Flag)
        .help("Zwykle: nie. Przepis nie mówi o tym wprost."),
    Field::new(ZA_ZYCIEM_COUNTS, "Sprawy „Za życiem” wliczają się do limitu", Kind::Flag)
        .help("Zwykle: tak. Przepis nie mówi o tym wprost."),
];

static COURSE: &[Field] = &[
    Field::new(
        MONITORING_MIN,
        "Najkrótszy monitoring bez uzasadnienia",
        Kind::Number { min: 1, max: 6, unit: "mies." },
    )
    .help("Zwykle: 2 miesiące. Procedura pkt 10 ppkt 3.")
    .required(),
    Field::new(SHIFTS, "Termin ośrodka, który wypada w dzień wolny, przechodzi na następny dzień roboczy", Kind::Flag)
        .help("Zwykle: nie. Terminów z przepisów to nie zmienia."),
    Field::new(APPROVES_PLAN, "Plan pracy zatwierdza kierownik", Kind::Flag).help("Zwykle: tak."),
];

static HEAD: &[Field] = &[
    Field::new("name", "Nazwa ośrodka", Kind::Line { max: 160 }).help("Stoi na każdym wydruku.").required(),
    Field::new("address", "Adres", Kind::Line { max: 160 }).help("Ulica i numer, kod pocztowy, miejscowość."),
    Field::new("place", "Miejscowość na dokumentach", Kind::Line { max: 80 })
        .help("Od niej zaczyna się nowy dokument."),
    Field::new("phone", "Telefon", Kind::Line { max: 40 }),
    Field::new("email", "Adres e-mail", Kind::Line { max: 120 }),
    Field::new("head", "Jak podpisuje się kierownik", Kind::Line { max: 80 })
        .help("Na przykład: Kierownik Ośrodka Pomocy Społecznej."),
];

static FORM: LazyLock<Form> = LazyLock::new(|| {
    let terms = |origin| -> &'static [Field] { terms_of(origin).leak() };
    let sections = vec![
        Section { title: "Terminy z procedury ośrodka", fields: terms(Origin::Local) },
        Section { title: "Terminy z przepisów", fields: terms(Origin::Statutory) },
        Section { title: "Obciążenie asystenta", fields: LOAD },
        Section { title: "Przebieg postępowania", fields: COURSE },
        Section { title: "Nagłówek dokumentów", fields: HEAD },
    ];
    Form { number: "", title: "Ustawienia ośrodka", version: 1, sections: sections.leak(), decision: &[], rules: &[] }
});

/// The form.
pub fn settings_form() -> &'static Form {
    &FORM
}

/// One number of a term.
struct Part {
    /// After the code in the name of the field.
    suffix: &'static str,
    /// After the name of the term in its label.
    what: &'static str,
    unit: &'static str,
    most: i64,
}

const fn part(suffix: &'static str, what: &'static str, unit: &'static str, most: i64) -> Part {
    Part { suffix, what, unit, most }
}

/// The numbers that a term has; nothing where only a letter tells the day.
fn parts(term: Term) -> &'static [Part] {
    const NO_DAY: &str = ", gdy pismo nie podaje dnia";
    const YEAR: &[Part] =
        &[part("_DAY", ": dzień następnego roku", "dzień", 31), part("_MONTH", ": miesiąc", "miesiąc", 12)];
    const AGES: &[Part] =
        &[part("", ": dziecko od 3 lat", "mies.", 12), part("_YOUNG", ": dziecko do 3 lat", "mies.", 12)];
    match term {
        Term::Days(_) => const { &[part("", "", "dni", 366)] },
        Term::Months(_) => const { &[part("", "", "mies.", 60)] },
        Term::WorkingDays(_) => const { &[part("", "", "dni roboczych", 366)] },
        Term::Hours(_) => const { &[part("", "", "godz.", 72)] },
        Term::ByAge { .. } => AGES,
        Term::Stated { otherwise: Some(_) } => const { &[part("", NO_DAY, "dni", 366)] },
        Term::Stated { otherwise: None } => &[],
        Term::AfterMonth(_) => const { &[part("", ": do którego dnia następnego miesiąca", "dzień", 31)] },
        Term::AfterHalfYear(_) => const { &[part("", ": do którego dnia miesiąca po półroczu", "dzień", 31)] },
        Term::AfterYear { .. } => YEAR,
        Term::Families(_) => const { &[part("", "", "rodzin", 15)] },
    }
}

/// The numbers of a term, in the order of its parts.
fn numbers(term: Term) -> Vec<u32> {
    match term {
        Term::Days(n) | Term::Months(n) | Term::WorkingDays(n) | Term::Hours(n) | Term::Families(n) => vec![n],
        Term::AfterMonth(n) | Term::AfterHalfYear(n) | Term::Stated { otherwise: Some(n) } => vec![n],
        Term::ByAge { under_three, older } => vec![older, under_three],
        Term::AfterYear { month, day } => vec![day, month],
        Term::Stated { otherwise: None } => Vec::new(),
    }
}

/// A term of the same kind with these numbers.
fn with_numbers(term: Term, said: &[u32]) -> Option<Term> {
    Some(match (term, said) {
        (Term::Days(_), [n]) => Term::Days(*n),
        (Term::Months(_), [n]) => Term::Months(*n),
        (Term::WorkingDays(_), [n]) => Term::WorkingDays(*n),
        (Term::Hours(_), [n]) => Term::Hours(*n),
        (Term::Families(_), [n]) => Term::Families(*n),
        (Term::AfterMonth(_), [n]) => Term::AfterMonth(*n),
        (Term::AfterHalfYear(_), [n]) => Term::AfterHalfYear(*n),
        (Term::Stated { otherwise: Some(_) }, [n]) => Term::Stated { otherwise: Some(*n) },
        (Term::ByAge { .. }, [older, under_three]) => Term::ByAge { under_three: *under_three, older: *older },
        (Term::AfterYear { .. }, [day, month]) => Term::AfterYear { month: *month, day: *day },
        _ => return None,
    })
}

fn terms_of(origin: Origin) -> Vec<Field> {
    let rules = RULES.iter().filter(|rule| rule.origin == origin);
    rules.flat_map(|rule| parts(rule.term).iter().map(move |part| term_field(rule, part))).collect()
}

fn term_field(rule: &Rule, part: &Part) -> Field {
    let label = [words::sentence(rule.code.label()).trim_end_matches('.'), part.what].concat();
    let (from, how) = match rule.origin {
        Origin::Local => ("Zwykle: ", "Ośrodek może to zmienić."),
        Origin::Statutory => ("Przepis: ", "Można tylko skrócić."),
    };
    let help = [rule.code.code(), ". ", from, &rule.term.words(), " (", rule.source, "). ", how].concat();
    let kind = Kind::Number { min: 1, max: part.most, unit: part.unit };
    Field { required: When::Always, ..Field::new(key(rule.code, part).leak(), label.leak(), kind).help(help.leak()) }
}

fn key(code: Code, part: &Part) -> String {
    [code.code(), part.suffix].concat()
}

/// The form, filled in with what holds.
pub fn settings_answers(settings: &Settings, head: &Letterhead) -> Answers {
    let mut answers = Answers::default();
    for rule in RULES {
        let term = settings.term(rule.code);
        for (part, number) in parts(rule.term).iter().zip(numbers(term)) {
            answers.set_raw(&key(rule.code, part), Some(Value::Number(number.into())));
        }
    }
    let own = settings.parameters();
    for (name, number) in [(WARNS_FROM, own.cap_warns_from), (MONITORING_MIN, own.monitoring_min_months)] {
        answers.set_raw(name, Some(Value::Number(number.into())));
    }
    for (name, flag) in [
        (MONITORING_COUNTS, own.monitoring_counts),
        (ZA_ZYCIEM_COUNTS, own.za_zyciem_counts),
        (SHIFTS, own.shift_to_working_day),
        (APPROVES_PLAN, own.manager_approves_plan),
    ] {
        answers.set_raw(name, Some(Value::Flag(flag)));
    }
    for (name, text) in lines(head) {
        answers.set_raw(name, Some(Value::Text(text.clone())).filter(|value| !value.is_blank()));
    }
    answers
}

fn lines(head: &Letterhead) -> [(&'static str, &String); 6] {
    let Letterhead { name, address, place, phone, email, head } = head;
    [("name", name), ("address", address), ("place", place), ("phone", phone), ("email", email), ("head", head)]
}

/// What a filled form says. Lengths of the procedure are left out, so that a new release may mend them.
pub fn settings_of(answers: &Answers) -> (Parameters, Letterhead) {
    let usual = Parameters::default();
    let number = |name: &str| match answers.raw(name) {
        Some(Value::Number(number)) => u32::try_from(*number).ok(),
        _ => None,
    };
    let flag = |name: &str, usual: bool| match answers.raw(name) {
        Some(Value::Flag(flag)) => *flag,
        _ => usual,
    };
    let line = |name: &str| answers.raw(name).and_then(Value::text).unwrap_or_default().trim().to_owned();
    let term = |rule: &Rule| -> Option<(Code, Term)> {
        let said: Vec<u32> =
            parts(rule.term).iter().map(|part| number(&key(rule.code, part))).collect::<Option<_>>()?;
        let term = with_numbers(rule.term, &said).filter(|term| *term != rule.term)?;
        Some((rule.code, term))
    };
    let parameters = Parameters {
        terms: RULES.iter().filter_map(term).collect(),
        shift_to_working_day: flag(SHIFTS, usual.shift_to_working_day),
        monitoring_counts: flag(MONITORING_COUNTS, usual.monitoring_counts),
        za_zyciem_counts: flag(ZA_ZYCIEM_COUNTS, usual.za_zyciem_counts),
        cap_warns_from: number(WARNS_FROM).unwrap_or(usual.cap_warns_from),
        monitoring_min_months: number(MONITORING_MIN).unwrap_or(usual.monitoring_min_months),
        manager_approves_plan: flag(APPROVES_PLAN, usual.manager_approves_plan),
    };
    let head = Letterhead {
        name: line("name"),
        address: line("address"),
        place: line("place"),
        phone: line("phone"),
        email: line("email"),
        head: line("head"),
    };
    (parameters, head)
}

/// Everything that is wrong with settings, each at its field of the form.
pub fn settings_problems(parameters: &Parameters, head: &Letterhead) -> Vec<Problem> {
    let mut problems = Settings::check(parameters.clone()).err().unwrap_or_default();
    problems.extend(head.problems());
    for problem in &mut problems {
        problem.field = field_of(&problem.field);
    }
    problems
}

/// "terms/D05" is the field of D05, "letterhead/name" that of the name.
fn field_of(place: &str) -> String {
    let Some((part, name)) = place.split_once('/') else { return place.to_owned() };
    let first = |rule: &Rule| parts(rule.term).first().map(|part| key(rule.code, part));
    let rule = RULES.iter().find(|rule| part == "terms" && rule.code.code() == name);
    rule.and_then(first).unwrap_or_else(|| name.to_owned())
}

/// Everything that is wrong with a filled form.
pub fn check_settings(answers: &Answers) -> Vec<Problem> {
    let problems = settings_form().check(answers);
    if !problems.is_empty() {
        return problems;
    }
    let (parameters, head) = settings_of(answers);
    settings_problems(&parameters, &head)
}

/// What changed from one book to the next, in words: "Kontakt w monitoringu: 37 dni → 30 dni".
pub fn settings_changes(from: &OfficeBook, to: &OfficeBook) -> Vec<String> {
    let term = |rule: &Rule| {
        let (then, now) = (from.settings.term(rule.code), to.settings.term(rule.code));
        (then != now).then(|| changed(&words::sentence(rule.code.label()), &then.words(), &now.words()))
    };
    let mut changes: Vec<String> = RULES.iter().filter_map(term).collect();
    let (then, now) = (answers_of(from), answers_of(to));
    for field in LOAD.iter().chain(COURSE).chain(HEAD) {
        let said = |answers: &Answers| {
            let value = answers.raw(field.key)?;
            answer_words(field, value, &Referred::default())
        };
        if said(&then) != said(&now) {
            let word = |said: Option<String>| said.unwrap_or_else(|| "brak".to_owned());
            changes.push(changed(field.label, &word(said(&then)), &word(said(&now))));
        }
    }
    changes.extend(directory_changes(&from.directory, &to.directory));
    changes
}

fn answers_of(book: &OfficeBook) -> Answers {
    settings_answers(&book.settings, &book.letterhead)
}

fn changed(what: &str, then: &str, now: &str) -> String {
    [what.trim_end_matches('.'), ": ", then, " → ", now].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::set_of;

    fn book(parameters: Parameters) -> OfficeBook {
        let letterhead = Letterhead { name: "OPS w Zbąszynku".into(), ..Letterhead::default() };
        OfficeBook { settings: Settings::check(parameters).unwrap(), letterhead, ..OfficeBook::default() }
    }

    fn answers() -> Answers {
        answers_of(&book(Parameters::default()))
    }

    fn with(name: &str, number: i64) -> Answers {
        let mut answers = answers();
        answers.set_raw(name, Some(Value::Number(number)));
        answers
    }

    #[test]
    fn every_term_and_parameter_stands_on_the_form_once() {
        let keys: Vec<_> = settings_form().fields().map(|field| field.key).collect();
        assert_eq!(set_of(&keys).len(), keys.len());
        for rule in RULES.iter().filter(|rule| rule.term != Term::Stated { otherwise: None }) {
            assert!(keys.iter().any(|key| key.starts_with(rule.code.code())), "{:?}", rule.code);
        }
        let parameters = serde_json::to_value(Parameters::default()).unwrap();
        for name in parameters.as_object().unwrap().keys().filter(|name| *name != "terms") {
            assert!(keys.contains(&name.as_str()), "{name}");
        }
        let law = settings_form().field("D05").unwrap();
        assert_eq!(law.label, "Okresowa ocena sytuacji rodziny");
        assert_eq!(
            law.help,
            "D05. Przepis: 6 miesięcy (art. 15 ust. 1 pkt 15 ustawy o wspieraniu rodziny). Można tylko skrócić."
        );
    }

    #[test]
    fn what_is_filled_in_is_what_is_read() {
        assert_eq!(check_settings(&answers()), []);
        assert_eq!(settings_of(&answers()).0, Parameters::default());
        let terms = [
            (Code::D01, Term::Days(2)),
            (Code::D12, Term::Families(14)),
            (Code::D17, Term::ByAge { under_three: 2, older: 5 }),
            (Code::D18, Term::AfterHalfYear(20)),
            (Code::D19, Term::AfterYear { month: 3, day: 15 }),
        ];
        let own = Parameters {
            terms: terms.into(),
            monitoring_counts: true,
            cap_warns_from: 12,
            manager_approves_plan: false,
            ..Parameters::default()
        };
        let filled = answers_of(&book(own.clone()));
        assert_eq!(check_settings(&filled), []);
        assert_eq!(settings_of(&filled), (own, book(Parameters::default()).letterhead));
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        let fields = |answers: &Answers| -> Vec<String> {
            check_settings(answers).into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(&with("D05", 7)), ["D05"]);
        assert_eq!(fields(&with("D19_MONTH", 12)), ["D19_DAY"], "at the first of its two");
        assert_eq!(fields(&with("D01", 0)), ["D01"]);
        assert_eq!(fields(&with(WARNS_FROM, 16)), [WARNS_FROM]);
        let mut nameless = answers();
        nameless.set_raw("name", None);
        assert_eq!(fields(&nameless), ["name"]);
        assert!(check_settings(&with("D05", 7))[0].text.contains("można tylko skrócić"));
    }

    #[test]
    fn changes_are_told_in_words() {
        let before = book(Parameters::default());
        assert_eq!(settings_changes(&before, &before), [""; 0]);
        let terms = [(Code::D01, Term::Days(2))].into();
        let mut after = book(Parameters { terms, monitoring_counts: true, ..Parameters::default() });
        after.letterhead.place = "Zbąszynek".into();
        assert_eq!(
            settings_changes(&before, &after),
            [
                "Przekazanie dokumentów asystentowi: 3 dni → 2 dni",
                "Rodziny w monitoringu wliczają się do limitu: nie → tak",
                "Miejscowość na dokumentach: brak → Zbąszynek",
            ]
        );
    }
}
