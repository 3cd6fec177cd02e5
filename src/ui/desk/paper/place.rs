//! In whose file a paper stands at the desk: that of a family, or that of a person of the office.

use crate::{
    api::desk::{DeskPerson, FamilyFile, OwnWork, list_colleagues, read_family, read_own_work},
    domain::{
        access::{Role, own_file},
        documents::papers::{about_person, at_desk},
        ids::{FamilyId, RecordId, Rev, UserId},
        office::OfficeBook,
        print::What,
        procedure::Paper,
        record::Record,
    },
    ui::desk::{family::Reader, live::Live, own_work},
};

/// Whose file it is, as its address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Of the family with this code.
    Family(String),
    /// Of this person.
    Person(UserId),
}

impl Place {
    /// Where the papers of the file are listed.
    pub fn papers(&self) -> String {
        match self {
            Place::Family(code) => ["/rodziny/", code, "?widok=dokumenty"].concat(),
            Place::Person(user) => own_work::file_href(*user),
        }
    }

    /// Where one of them stands.
    pub fn paper(&self, id: RecordId) -> String {
        match self {
            Place::Family(code) => ["/rodziny/", code, "/dokumenty/", &id.to_string()].concat(),
            Place::Person(user) => own_work::paper_href(*user, id),
        }
    }

    /// Where its print stands.
    pub fn print(&self, id: RecordId) -> String {
        match self {
            Place::Family(code) => What::Paper(id).address(code),
            Place::Person(user) => own_work::print_href(*user, id),
        }
    }

    /// One of its records as it stands now; nothing when the office does not answer.
    pub async fn record(&self, id: RecordId) -> Option<Record> {
        let records = match self {
            Place::Family(code) => read_family(code.clone()).await.map(|file| file.records),
            Place::Person(user) => read_own_work(*user).await.map(|work| work.records),
        };
        records.ok()?.into_iter().find(|record| record.id == id)
    }

    /// The file and the people, read once: a form must not move under the hands of whoever fills it in.
    pub fn around(self) -> Live<Around> {
        Live::once(Around::rev, move || {
            let place = self.clone();
            Box::pin(async move {
                let file = match place {
                    Place::Family(code) => File::Family(read_family(code).await?),
                    Place::Person(user) => File::Person(user, read_own_work(user).await?),
                };
                Ok(Around { file, people: list_colleagues().await? })
            })
        })
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub enum File {
    /// Of a family.
    Family(FamilyFile),
    /// Of a person.
    Person(UserId, OwnWork),
}

/// What a page about one paper needs, read once.
#[derive(Clone, Debug)]
pub struct Around {
    /// The file.
    pub file: File,
    /// The people of the office.
    pub people: Vec<DeskPerson>,
}

impl Around {
    fn rev(&self) -> Rev {
        match &self.file {
            File::Family(file) => file.rev,
            File::Person(_, work) => work.rev,
        }
    }

    /// Whose file it is.
    pub fn place(&self) -> Place {
        match &self.file {
            File::Family(file) => Place::Family(file.line.code.clone()),
            File::Person(user, _) => Place::Person(*user),
        }
    }

    /// The same, for changes.
    pub fn id(&self) -> FamilyId {
        match &self.file {
            File::Family(file) => file.line.family,
            File::Person(user, _) => own_file(*user),
        }
    }

    /// Whom it is about, where it is a person's.
    pub fn person(&self) -> Option<UserId> {
        match &self.file {
            File::Family(_) => None,
            File::Person(user, _) => Some(*user),
        }
    }

    /// Its records.
    pub fn records(&self) -> &[Record] {
        match &self.file {
            File::Family(file) => &file.records,
            File::Person(_, work) => &work.records,
        }
    }

    /// What the office has set.
    pub fn book(&self) -> &OfficeBook {
        match &self.file {
            File::Family(file) => &file.book,
            File::Person(_, work) => &work.book,
        }
    }

    /// "R09 Próbna", or the person's name.
    pub fn title(&self) -> String {
        match &self.file {
            File::Family(file) => [file.line.code.as_str(), &file.line.surname].join(" "),
            File::Person(user, work) => work.people.get(user).cloned().unwrap_or_default(),
        }
    }

    /// How its papers are read by this role.
    pub fn reader(&self, role: Option<Role>) -> Reader<'_> {
        match &self.file {
            File::Family(file) => Reader::of_family(file, role),
            File::Person(_, work) => Reader::of_own_work(work, role),
        }
    }

    /// What may be begun here by this role.
    pub fn offered(&self, role: Role) -> &'static [Paper] {
        match (&self.file, role) {
            (File::Family(_), role) => at_desk(role),
            (File::Person(_, work), Role::Manager) => about_person(work.role),
            (File::Person(..), _) => &[],
        }
    }
}
