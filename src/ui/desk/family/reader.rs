//! How papers are read at the desk: who the people in them are, what they refer to, and what this role may see.

use crate::{
    api::desk::{FamilyFile, OwnWork},
    domain::{
        access::Role,
        answer_words::Referred,
        calendar,
        form::Sensitivity,
        history::has_previous,
        ids::UserId,
        office::OfficeBook,
        record::{Record, Stamp},
        words,
    },
    ui::desk::overview::name,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whoever reads papers, and what they know beside them.
pub struct Reader<'a> {
    /// What the office has set: the forms that papers are read by.
    pub(in crate::ui::desk) book: &'a OfficeBook,
    people: &'a BTreeMap<UserId, String>,
    today: NaiveDate,
    /// Words for what answers refer to by id.
    pub(in crate::ui::desk) referred: Referred,
    /// What they are.
    pub(super) role: Option<Role>,
    /// All records of the file.
    records: &'a [Record],
    /// The family's code; none in the file of somebody's own work.
    code: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// In a family's file.
    pub fn of_family(file: &'a FamilyFile, role: Option<Role>) -> Self {
        Self {
            book: &file.book,
            people: &file.people,
            today: file.today,
            referred: Referred::of(&file.records),
            role,
            records: &file.records,
            code: Some(&file.line.code),
        }
    }

    /// In the file of somebody's own work, whose papers name families by id.
    pub fn of_own_work(work: &'a OwnWork, role: Option<Role>) -> Self {
        let referred = Referred::of(&work.records).with_families(&work.families);
        let (book, people, records) = (&work.book, &work.people, &work.records);
        Self { book, people, today: work.today, referred, role, records, code: None }
    }

    /// A person's name; a dash for whom nobody here knows.
    pub fn name(&self, user: UserId) -> String {
        name(self.people, Some(user))
    }

    /// A person whom a paper names.
    pub(in crate::ui::desk) fn person(&self, id: &str) -> String {
        let known = id.parse::<UserId>().ok().and_then(|user| self.people.get(&user));
        known.cloned().unwrap_or_else(|| "osoba spoza teczki".to_owned())
    }

    /// Where the record stands beside its earlier version, if it has one.
    pub fn comparison(&self, record: &Record) -> Option<String> {
        let file = match self.code {
            Some(code) => ["/rodziny/", code].concat(),
            // The file of somebody's own work bears their id.
            None => ["/pracownicy/", &record.family.to_string()].concat(),
        };
        let has = has_previous(record, self.records.iter());
        has.then(|| [&file, "/porownanie/", &record.id.to_string()].concat())
    }

    /// Names of everybody in the file.
    pub(in crate::ui::desk) fn people(&self) -> BTreeMap<UserId, String> {
        self.people.clone()
    }

    /// Who and when, on a Polish wall clock: "Nadzieja Modrzewiak, wczoraj, 14:32".
    pub(super) fn stamp(&self, stamp: &Stamp) -> String {
        let at = calendar::warsaw_time(stamp.at);
        [self.name(stamp.by), words::relative_day(at.date(), self.today), words::time(at.time())].join(", ")
    }

    /// When and by whom a record was changed last, when it was.
    pub(super) fn changed(&self, record: &Record) -> Option<String> {
        record.is_changed().then(|| [" · ostatnia zmiana: ", &self.stamp(&record.changed)].concat())
    }

    /// Which classes of answers this role reads here. Sensitive ones need a reason from a social
    /// worker (spec/domain.md 1.2), which is not asked for yet: so they are not shown to them.
    pub(in crate::ui::desk) fn may_see(&self) -> fn(Sensitivity) -> bool {
        match self.role {
            Some(Role::Manager) => |_| true,
            _ => |class| class == Sensitivity::Ordinary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::ids::{FamilyId, Rev},
        ui::desk::family::tests::file,
    };
    use uuid::Uuid;

    #[test]
    fn whom_the_file_does_not_know_is_said_so() {
        let mut file = file(vec![]);
        let known = UserId(Uuid::from_u128(7));
        file.people.insert(known, "Jan Próbny".into());
        let reader = Reader::of_family(&file, None);
        assert_eq!(reader.person(&known.to_string()), "Jan Próbny");
        assert_eq!(reader.person("wczoraj"), "osoba spoza teczki");
    }

    #[test]
    fn papers_about_own_work_name_their_families() {
        let family = FamilyId(Uuid::from_u128(300));
        let work = OwnWork {
            rev: Rev(1),
            role: Role::Assistant,
            today: "2026-11-22".parse().unwrap(),
            records: vec![],
            families: [(family, ("R07".to_owned(), "Próbna".to_owned()))].into(),
            people: BTreeMap::new(),
            book: Default::default(),
        };
        let reader = Reader::of_own_work(&work, Some(Role::Manager));
        assert_eq!(reader.referred.word(&family.to_string()), "R07 Próbna");
    }
}
