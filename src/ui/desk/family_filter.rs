//! Which families the list shows, and in which order: read from the address, so that a list can
//! be sent to a colleague.

use crate::{
    domain::{caseload::FamilyLine, documents::case_card::Stage, ids::UserId, order::sort_by, words},
    ui::parts::Sort,
};
use chrono::NaiveDate;
use std::{cmp::Ordering, collections::BTreeMap};

/// What the list is narrowed to. Empty strings and `None` let all pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyFilter {
    /// Words that the code, surname or place must hold.
    pub text: String,
    /// Stage of the case.
    pub stage: Option<Stage>,
    /// Only families that count to the cap.
    pub at_work: bool,
    /// The assistant.
    pub assistant: Option<UserId>,
    /// Town or village.
    pub locality: String,
    /// Only families silent for more than so many days.
    pub silent: Option<i64>,
    /// Only families with an overdue task.
    pub overdue: bool,
    /// The order.
    pub sort: Sort,
}

impl FamilyFilter {
    /// Reads the parts of an address; what it cannot read lets all pass.
    pub fn read(part: impl Fn(&str) -> Option<String>) -> Self {
        let text = |key: &str| part(key).unwrap_or_default();
        Self {
            text: text("q"),
            stage: text("etap").parse().ok(),
            at_work: text("grupa") == "praca",
            assistant: text("asystent").parse().ok(),
            locality: text("miejscowosc"),
            silent: text("cisza").parse().ok(),
            overdue: text("zadania") == "po-terminie",
            sort: Sort {
                by: Some(text("kolejnosc")).filter(|by| !by.is_empty()).unwrap_or_else(|| "kod".to_owned()),
                down: text("odwrotnie") == "tak",
            },
        }
    }

    /// The address that leads here.
    pub fn address(&self) -> String {
        let or_empty = |on: bool, word: &'static str| if on { word.to_owned() } else { String::new() };
        let parts = [
            ("q", self.text.trim().to_owned()),
            ("etap", self.stage.map(|stage| stage.code().to_owned()).unwrap_or_default()),
            ("grupa", or_empty(self.at_work, "praca")),
            ("asystent", self.assistant.map(|user| user.to_string()).unwrap_or_default()),
            ("miejscowosc", self.locality.clone()),
            ("cisza", self.silent.map(|days| days.to_string()).unwrap_or_default()),
            ("zadania", or_empty(self.overdue, "po-terminie")),
            ("kolejnosc", Some(self.sort.by.clone()).filter(|by| by != "kod").unwrap_or_default()),
            ("odwrotnie", or_empty(self.sort.down, "tak")),
        ];
        let mut address = "/rodziny".to_owned();
        for (key, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(key);
            address.push('=');
            escape(&value, &mut address);
        }
        address
    }

    /// Is the list narrowed at all?
    pub fn narrows(&self) -> bool {
        let all = FamilyFilter { sort: self.sort.clone(), ..FamilyFilter::read(|_| None) };
        *self != all
    }

    /// The families that pass, in order.
    pub fn choose(
        &self,
        families: &[FamilyLine],
        people: &BTreeMap<UserId, String>,
        today: NaiveDate,
    ) -> Vec<FamilyLine> {
        let words: Vec<String> = words::folded(&self.text).split_whitespace().map(str::to_owned).collect();
        let mut chosen: Vec<FamilyLine> =
            families.iter().filter(|line| self.passes(line, &words, today)).cloned().collect();
        sort_by(&mut chosen, |one, other| {
            let order = self.order(one, other, people);
            if self.sort.down { order.reverse() } else { order }.then_with(|| one.code.cmp(&other.code))
        });
        chosen
    }

    fn passes(&self, line: &FamilyLine, words: &[String], today: NaiveDate) -> bool {
        let place = words::folded([line.code.as_str(), &line.surname, &line.locality].join(" ").as_str());
        words.iter().all(|word| place.contains(word.as_str()))
            && self.stage.is_none_or(|stage| line.stage == stage)
            && (!self.at_work || line.stage.counts_to_cap())
            && self.assistant.is_none_or(|user| line.assistant == Some(user))
            && (self.locality.is_empty() || line.locality == self.locality)
            && self.silent.is_none_or(|days| line.silent_days(today).is_some_and(|silent| silent > days))
            && (!self.overdue || line.overdue_tasks > 0)
    }

    fn order(&self, one: &FamilyLine, other: &FamilyLine, people: &BTreeMap<UserId, String>) -> Ordering {
        let name = |line: &FamilyLine| {
            line.assistant.and_then(|user| people.get(&user)).map(|name| alphabet(name)).unwrap_or_default()
        };
        match self.sort.by.as_str() {
            "nazwisko" => alphabet(&one.surname).cmp(&alphabet(&other.surname)),
            "miejscowosc" => alphabet(&one.locality).cmp(&alphabet(&other.locality)),
            "etap" => one.stage.cmp(&other.stage),
            "asystent" => name(one).cmp(&name(other)),
            "ostatnia" => one.last_visit.cmp(&other.last_visit),
            "kolejna" => one.next_visit.cmp(&other.next_visit),
            "zadania" => (one.overdue_tasks, one.open_tasks).cmp(&(other.overdue_tasks, other.open_tasks)),
            _ => one.code.cmp(&other.code),
        }
    }
}

/// A key that sorts as the Polish alphabet does: ą after a, ż after ź after z.
fn alphabet(text: &str) -> Vec<(char, u8)> {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| {
            let plain = words::folded(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter);
            (plain, u8::from(letter != plain) + u8::from(letter == 'ż'))
        })
        .collect()
}

/// Writes a value as it may stand in an address.
fn escape(value: &str, into: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            into.push(char::from(byte));
        } else {
            into.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::FamilyId;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(code: &str, surname: &str, locality: &str, stage: Stage, assistant: u128, last: &str) -> FamilyLine {
        FamilyLine {
            family: FamilyId(Uuid::nil()),
            code: code.into(),
            surname: surname.into(),
            locality: locality.into(),
            stage,
            assistant: Some(UserId(Uuid::from_u128(assistant))),
            worker: None,
            flags: vec![],
            adults: 2,
            children: 1,
            since: Some(day("2026-10-01")),
            last_visit: last.parse().ok(),
            next_visit: None,
            open_tasks: 1,
            overdue_tasks: u32::from(code == "R15"),
        }
    }

    fn office() -> Vec<FamilyLine> {
        vec![
            line("R09", "Jemiołkowicz", "Wzorcowo", Stage::Cooperation, 1, "2026-11-20"),
            line("R22", "Żarnowcowska", "Wzorcowo", Stage::Closed, 2, "2026-09-20"),
            line("R15", "Piołunowicz", "Wzorcowo", Stage::Cooperation, 1, "2026-11-10"),
            line("R23", "Śliwnikowicz", "Przykładowo", Stage::Closed, 1, ""),
            line("R17", "Sasankiewicz", "Próbnica", Stage::Monitoring, 3, "2026-11-01"),
        ]
    }

    fn codes(filter: &FamilyFilter) -> Vec<String> {
        let people =
            [(UserId(Uuid::from_u128(1)), "Nadzieja".to_owned()), (UserId(Uuid::from_u128(2)), "Tymon".into())];
        filter.choose(&office(), &people.into(), day("2026-11-22")).into_iter().map(|line| line.code).collect()
    }

    fn from(address: &str) -> FamilyFilter {
        let parts: Vec<(&str, &str)> = address.split('&').filter_map(|part| part.split_once('=')).collect();
        FamilyFilter::read(|key| parts.iter().find(|(name, _)| *name == key).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn search_folds_and_takes_words_in_any_order() {
        assert_eq!(codes(&from("q=zarnow")), ["R22"]);
        assert_eq!(codes(&from("q=wzor jemiol")), ["R09"]);
        assert_eq!(codes(&from("q=nikt")), Vec::<String>::new());
    }

    #[test]
    fn filters_narrow_together() {
        assert_eq!(codes(&from("cisza=7")), ["R15"]);
        assert_eq!(codes(&from("cisza=14")), Vec::<String>::new());
        assert_eq!(codes(&from("grupa=praca&miejscowosc=Wzorcowo")), ["R09", "R15"]);
        assert_eq!(codes(&from("etap=CLOSED")), ["R22", "R23"]);
        assert_eq!(codes(&from("zadania=po-terminie")), ["R15"]);
    }

    #[test]
    fn order_follows_the_polish_alphabet() {
        assert_eq!(codes(&from("kolejnosc=nazwisko")), ["R09", "R15", "R17", "R23", "R22"]);
        assert_eq!(codes(&from("kolejnosc=ostatnia&odwrotnie=tak"))[0], "R09");
        assert!(alphabet("ź") < alphabet("ż") && alphabet("z") < alphabet("ź") && alphabet("ł") < alphabet("m"));
    }

    #[test]
    fn a_list_survives_its_address() {
        let filter = from("q=Żar&etap=COOPERATION&cisza=7&kolejnosc=nazwisko&odwrotnie=tak");
        assert_eq!(filter.address(), "/rodziny?q=%C5%BBar&etap=COOPERATION&cisza=7&kolejnosc=nazwisko&odwrotnie=tak");
        assert!(filter.narrows());
        assert_eq!(from("").address(), "/rodziny");
        assert!(!from("kolejnosc=etap").narrows());
    }
}
