//! Polish words for numbers, days and times: plural forms, dates in full, distances.

use super::clock_text::time_text;
use chrono::{Datelike, NaiveDate, NaiveTime};

/// The three forms of a counted noun: 1 wizyta, 2 wizyty, 5 wizyt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun(pub &'static str, pub &'static str, pub &'static str);

/// wizyta
pub const VISITS: Noun = Noun("wizyta", "wizyty", "wizyt");
/// dzień
pub const DAYS: Noun = Noun("dzień", "dni", "dni");
/// rodzina
pub const FAMILIES: Noun = Noun("rodzina", "rodziny", "rodzin");
/// zadanie
pub const TASKS: Noun = Noun("zadanie", "zadania", "zadań");
/// termin
pub const TERMS: Noun = Noun("termin", "terminy", "terminów");
/// wpis
pub const ENTRIES: Noun = Noun("wpis", "wpisy", "wpisów");
/// zmiana
pub const CHANGES: Noun = Noun("zmiana", "zmiany", "zmian");
/// rok życia
pub const YEARS: Noun = Noun("rok", "lata", "lat");
/// dziecko
pub const CHILDREN: Noun = Noun("dziecko", "dzieci", "dzieci");
/// minuta
pub const MINUTES: Noun = Noun("minuta", "minuty", "minut");
/// osoba dorosła
pub const ADULTS: Noun = Noun("osoba dorosła", "osoby dorosłe", "osób dorosłych");
/// telefon (urządzenie)
pub const PHONES: Noun = Noun("telefon", "telefony", "telefonów");

impl Noun {
    /// The form that goes with a number.
    pub fn form(self, count: i64) -> &'static str {
        let (tens, units) = (count.abs() % 100, count.abs() % 10);
        match (count.abs(), tens, units) {
            (1, ..) => self.0,
            (_, 12..=14, _) => self.2,
            (.., 2..=4) => self.1,
            _ => self.2,
        }
    }

    /// The number with its noun: "5 wizyt".
    pub fn count(self, count: i64) -> String {
        format!("{count} {}", self.form(count))
    }
}

const WEEKDAYS: [&str; 7] = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"];
const WEEKDAYS_UNTIL: [&str; 7] = ["poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli"];
const WEEKDAYS_SHORT: [&str; 7] = ["pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."];
const MONTHS: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];

/// "piątek".
pub fn weekday(day: NaiveDate) -> &'static str {
    WEEKDAYS[day.weekday().num_days_from_monday() as usize]
}

/// "pt.".
pub fn weekday_short(day: NaiveDate) -> &'static str {
    WEEKDAYS_SHORT[day.weekday().num_days_from_monday() as usize]
}

/// "piątek, 27 listopada 2026".
pub fn long_date(day: NaiveDate) -> String {
    format!("{}, {} {} {}", weekday(day), day.day(), MONTHS[day.month0() as usize], day.year())
}

/// "listopad 2026": a month by its first day.
pub fn month(first: NaiveDate) -> String {
    const NAMES: [&str; 12] = [
        "styczeń",
        "luty",
        "marzec",
        "kwiecień",
        "maj",
        "czerwiec",
        "lipiec",
        "sierpień",
        "wrzesień",
        "październik",
        "listopad",
        "grudzień",
    ];
    format!("{} {}", NAMES[first.month0() as usize], first.year())
}

/// With a capital at the beginning, as a heading has it.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "27 listopada 2026".
pub fn date(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year())
}

/// "do piątku, 27 listopada 2026": a term.
pub fn until(day: NaiveDate) -> String {
    format!("do {}, {}", WEEKDAYS_UNTIL[day.weekday().num_days_from_monday() as usize], date(day))
}

/// How long a term still runs: "zostało 5 dni", "dziś ostatni dzień", "2 dni po terminie".
pub fn days_left(due: NaiveDate, today: NaiveDate) -> String {
    const LEFT: Noun = Noun("został", "zostały", "zostało");
    match (due - today).num_days() {
        0 => "dziś ostatni dzień".into(),
        days @ 1.. => format!("{} {}", LEFT.form(days), DAYS.count(days)),
        days => format!("{} po terminie", DAYS.count(-days)),
    }
}

/// "pt. 27.11" for tight places.
pub fn short_date(day: NaiveDate) -> String {
    format!("{} {}", weekday_short(day), day_month(day))
}

/// "27.11" for the tightest places.
pub fn day_month(day: NaiveDate) -> String {
    format!("{}.{:02}", day.day(), day.month())
}

/// "dziś", "wczoraj", "jutro", "za 3 dni", "5 dni temu"; beyond a fortnight the date.
pub fn relative_day(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "dziś".into(),
        1 => "jutro".into(),
        -1 => "wczoraj".into(),
        days @ 2..=14 => format!("za {}", DAYS.count(days)),
        days @ -14..=-2 => format!("{} temu", DAYS.count(-days)),
        _ => date(day),
    }
}

/// "14:05".
pub fn time(time: NaiveTime) -> String {
    time_text(time)
}

/// "50 min", "1 godz. 15 min".
pub fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} godz."),
        (hours, rest) => format!("{hours} godz. {rest} min"),
    }
}

/// Tenths with a Polish comma: 125 → "12,5".
pub fn tenths(tenths: i64) -> String {
    format!("{},{}", tenths / 10, (tenths % 10).abs())
}

/// Grosze as people write them: 1245 → "12,45 zł".
pub fn money(grosze: i64) -> String {
    format!("{},{:02} zł", grosze / 100, (grosze % 100).abs())
}

/// Age in words: "3 lata", "8 miesięcy" for the youngest.
pub fn age(born: NaiveDate, today: NaiveDate) -> String {
    match today.years_since(born) {
        None => format!("spodziewane {}", date(born)),
        Some(0) => {
            let months = (today.year() - born.year()) * 12 + today.month() as i32
                - born.month() as i32
                - i32::from(today.day() < born.day());
            Noun("miesiąc", "miesiące", "miesięcy").count(months.into())
        }
        Some(years) => YEARS.count(years.into()),
    }
}

/// Text folded for search: lower case, Polish letters without their marks.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ą' => 'a',
            'ć' => 'c',
            'ę' => 'e',
            'ł' => 'l',
            'ń' => 'n',
            'ó' => 'o',
            'ś' => 's',
            'ź' | 'ż' => 'z',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn plurals_follow_the_number() {
        for (count, form) in [
            (0, "wizyt"),
            (1, "wizyta"),
            (2, "wizyty"),
            (4, "wizyty"),
            (5, "wizyt"),
            (11, "wizyt"),
            (12, "wizyt"),
            (14, "wizyt"),
            (21, "wizyt"),
            (22, "wizyty"),
            (25, "wizyt"),
            (101, "wizyt"),
            (112, "wizyt"),
            (122, "wizyty"),
        ] {
            assert_eq!(VISITS.form(count), form, "{count}");
        }
    }

    #[test]
    fn dates_in_plain_polish() {
        assert_eq!(long_date(day("2026-11-27")), "piątek, 27 listopada 2026");
        assert_eq!(short_date(day("2026-11-27")), "pt. 27.11");
        assert_eq!(relative_day(day("2026-11-24"), day("2026-11-22")), "za 2 dni");
        assert_eq!(relative_day(day("2026-11-21"), day("2026-11-22")), "wczoraj");
        assert_eq!(relative_day(day("2026-10-01"), day("2026-11-22")), "1 października 2026");
    }

    #[test]
    fn terms_say_how_long_they_run() {
        let due = day("2026-11-27");
        assert_eq!(until(due), "do piątku, 27 listopada 2026");
        assert_eq!(days_left(due, day("2026-11-22")), "zostało 5 dni");
        assert_eq!(days_left(due, day("2026-11-25")), "zostały 2 dni");
        assert_eq!(days_left(due, day("2026-11-26")), "został 1 dzień");
        assert_eq!(days_left(due, due), "dziś ostatni dzień");
        assert_eq!(days_left(due, day("2026-11-28")), "1 dzień po terminie");
    }

    #[test]
    fn ages_lengths_and_distances() {
        assert_eq!(age(day("2026-03-23"), day("2026-11-22")), "7 miesięcy");
        assert_eq!(age(day("2024-11-22"), day("2026-11-22")), "2 lata");
        assert_eq!(length(75), "1 godz. 15 min");
        assert_eq!(tenths(125), "12,5");
        assert_eq!(money(1205), "12,05 zł");
    }

    #[test]
    fn search_does_not_mind_polish_letters() {
        assert_eq!(folded("Żarnowcowska Łucja"), "zarnowcowska lucja");
    }
}
