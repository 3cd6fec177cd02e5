//! Terms as a calendar feed (iCalendar, RFC 5545), with codes instead of names.
//!
//! The feed leaves the office: it lies on calendars that nobody here controls. So it says the family's
//! code and the term's code, and a discreet term (Niebieska Karta) says nothing more.

use super::{Deadline, Of, rule};
use crate::domain::ids::OfficeId;
use chrono::{DateTime, NaiveDate, Utc};

/// Whose feed it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed<'a> {
    /// The office, which makes the events' names unique in the world.
    pub office: OfficeId,
    /// Title of the calendar ("Asysta – terminy").
    pub title: &'a str,
    /// The moment of writing.
    pub now: DateTime<Utc>,
}

/// The open terms as the text of a calendar. Kept and missed ones are not in it.
pub fn ics(deadlines: &[Deadline], feed: &Feed<'_>) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//Asysta//Terminy//PL");
    line(&mut text, "CALSCALE:GREGORIAN");
    line(&mut text, "METHOD:PUBLISH");
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(feed.title)));
    for deadline in deadlines.iter().filter(|deadline| deadline.is_open()) {
        event(&mut text, deadline, feed);
    }
    line(&mut text, "END:VCALENDAR");
    text
}

fn event(text: &mut String, deadline: &Deadline, feed: &Feed<'_>) {
    line(text, "BEGIN:VEVENT");
    line(text, &format!("UID:{}", escaped(&uid(deadline, feed.office))));
    line(text, &format!("DTSTAMP:{}", moment(feed.now)));
    match deadline.due_at {
        Some(at) => line(text, &format!("DTSTART:{}", moment(at))),
        None => {
            // An event of whole days ends before the day after it begins.
            let next = deadline.due.succ_opt().unwrap_or(deadline.due);
            line(text, &format!("DTSTART;VALUE=DATE:{}", date(deadline.due)));
            line(text, &format!("DTEND;VALUE=DATE:{}", date(next)));
        }
    }
    line(text, &format!("SUMMARY:{}", escaped(&summary(deadline))));
    if !rule(deadline.code).discreet {
        line(text, &format!("DESCRIPTION:{}", escaped(rule(deadline.code).source)));
    }
    // A term does not make anybody busy.
    line(text, "TRANSP:TRANSPARENT");
    line(text, "CLASS:PRIVATE");
    line(text, "END:VEVENT");
}

fn summary(deadline: &Deadline) -> String {
    let rule = rule(deadline.code);
    let name = if rule.discreet { "termin procedury" } else { deadline.code.label() };
    let parts = [deadline.label.as_str(), deadline.code.code(), name];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same term keeps its name when its day moves, so that calendars move it and do not double it.
fn uid(deadline: &Deadline, office: OfficeId) -> String {
    let of = match deadline.of {
        Of::Case => String::new(),
        Of::Thing(thing) => format!("-{thing}"),
        Of::Period(end) => format!("-{}", date(end)),
    };
    format!("{}-{}-{}{of}@{office}.asysta", deadline.code.code(), deadline.label, date(deadline.since))
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT of RFC 5545 3.3.11. Other control characters have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' | '\r' => out.push_str("\\n"),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// One content line, folded after 75 octets and never inside a letter (RFC 5545 3.1).
fn line(text: &mut String, content: &str) {
    let mut octets = 0;
    for letter in content.chars() {
        if octets + letter.len_utf8() > 75 {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadlines::{Alarm, Code, State};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn deadline(code: Code, label: &str) -> Deadline {
        Deadline {
            code,
            label: label.into(),
            of: Of::Case,
            since: day("2026-08-31"),
            due: day("2027-02-28"),
            due_at: None,
            state: State::Upcoming,
            alarm: Alarm::None,
        }
    }

    fn feed(title: &str) -> Feed<'_> {
        Feed { office: OfficeId(Uuid::from_u128(7)), title, now: "2026-11-22T10:00:00Z".parse().unwrap() }
    }

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn a_whole_day_with_codes_and_no_more() {
        let text = ics(&[deadline(Code::D05, "R11")], &feed("Asysta – terminy"));
        assert_eq!(
            unfolded(&text),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Asysta//Terminy//PL\r\nCALSCALE:GREGORIAN\r\n\
             METHOD:PUBLISH\r\nX-WR-CALNAME:Asysta – terminy\r\nBEGIN:VEVENT\r\n\
             UID:D05-R11-20260831@00000000-0000-0000-0000-000000000007.asysta\r\n\
             DTSTAMP:20261122T100000Z\r\nDTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n\
             SUMMARY:R11 D05 okresowa ocena sytuacji rodziny\r\n\
             DESCRIPTION:art. 15 ust. 1 pkt 15 ustawy o wspieraniu rodziny\r\n\
             TRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
    }

    #[test]
    fn hours_are_moments_in_utc() {
        let at = "2026-03-30T08:30:00Z".parse().unwrap();
        let breach = Deadline { due_at: Some(at), ..deadline(Code::D22, "") };
        let text = ics(&[breach], &feed("x"));
        assert!(text.contains("DTSTART:20260330T083000Z\r\n"));
        assert!(text.contains("SUMMARY:D22 zgłoszenie"));
    }

    #[test]
    fn a_discreet_term_tells_nothing() {
        let text = unfolded(&ics(&[deadline(Code::D16, "R13")], &feed("x")));
        assert!(text.contains("SUMMARY:R13 D16 termin procedury\r\n"));
        assert!(!text.contains("Niebiesk"));
    }

    #[test]
    fn what_is_done_is_not_in_it() {
        let kept = Deadline { state: State::Kept(day("2027-01-01")), ..deadline(Code::D05, "R11") };
        assert!(!ics(&[kept], &feed("x")).contains("VEVENT"));
    }

    #[test]
    fn special_letters_are_escaped() {
        let text = unfolded(&ics(&[], &feed("a,b;c\\d\r\ne\u{7}f")));
        assert!(text.contains("X-WR-CALNAME:a\\,b\\;c\\\\d\\nef\r\n"), "{text}");
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_the_standard_allows(title in "\\PC{0,300}", label in "[\\PC\r\n]{0,120}") {
            let text = ics(&[deadline(Code::D05, &label)], &feed(&title));
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
                prop_assert!(!line.contains('\n') && !line.contains('\r'));
            }
            prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
            prop_assert_eq!(unfolded(&text).matches("BEGIN:VEVENT").count(), 1 + title.matches("BEGIN:VEVENT").count());
            let name = format!("X-WR-CALNAME:{}\r\n", escaped(&title));
            prop_assert!(unfolded(&text).contains(&name));
        }
    }
}
