//! What steps of the procedure need to know beside the records that a change names: the whole file of a family,
//! the load of an assistant, the next free number of a family. Read only where a step may be taken.

use super::{reading::Asked, work::raises_alarm};
use crate::{
    domain::{
        access::{Role, own_file},
        change::{Action, Change},
        documents::{
            RecordKind,
            case_card::Stage,
            family_card,
            papers::{allocation, course::LIFE},
        },
        form::{Cell, Value},
        ids::{FamilyId, OfficeId, RecordId, Rev, UserId},
        procedure::FamilyLoad,
        record::Record,
    },
    server::db::{
        DbResult, Link,
        families::{self, Family},
        records, users,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The opened pages.
#[derive(Debug, Default)]
pub struct Books {
    /// The records of the families whose whole file is here.
    files: BTreeMap<FamilyId, BTreeSet<RecordId>>,
    /// Stages of the families of assistants who may get one more.
    loads: BTreeMap<UserId, BTreeMap<FamilyId, Stage>>,
    /// The number of the next new family.
    next_family: u32,
    /// The files of people, where a change may be meant for one.
    own_files: BTreeSet<FamilyId>,
}

impl Books {
    /// Opens what these changes may need. Gives the records that were read with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(
        link: &mut Link,
        office: OfficeId,
        requests: &[&[Asked]],
        families: &BTreeMap<FamilyId, Family>,
    ) -> DbResult<(Self, Vec<Record>)> {
        let changes = || requests.iter().flat_map(|asked| asked.iter()).filter_map(Asked::change);
        let (mut books, mut read) = (Self::default(), Vec::new());
        let files: BTreeSet<_> = changes().filter(|change| may_step(change, families)).map(|c| c.family).collect();
        for family in files {
            let raw = records::newer(link, office, family, Rev::NONE, usize::MAX).await?;
            let file = raw.iter().map(|raw| records::read(&raw.body)).collect::<DbResult<Vec<_>>>()?;
            books.files.insert(family, file.iter().map(|record| record.id).collect());
            read.extend(file);
        }
        books.read_loads(link, office, changes().flat_map(named)).await?;
        // A person's file has no family's card.
        let has_card = |family: &FamilyId| families.get(family).is_some_and(|family| family.card.is_some());
        if changes().any(|change| opens_case(change) || !has_card(&change.family)) {
            let people = users::of_office(link, office).await?;
            books.own_files = people.into_iter().map(|person| own_file(person.user)).collect();
        }
        if changes().any(makes_family) {
            books.next_family = families::next_number(link, office).await?;
        }
        Ok((books, read))
    }

    async fn read_loads(
        &mut self,
        link: &mut Link,
        office: OfficeId,
        named: impl Iterator<Item = UserId>,
    ) -> DbResult<()> {
        let named: BTreeSet<UserId> = named.collect();
        if named.is_empty() {
            return Ok(());
        }
        let people = users::of_office(link, office).await?;
        let assistants = people.iter().filter(|person| person.role == Role::Assistant && person.active);
        for assistant in assistants.map(|person| person.user).filter(|user| named.contains(user)) {
            let stages = families::stages_of(link, office, assistant).await?;
            self.loads.insert(assistant, stages.into_iter().collect());
        }
        Ok(())
    }

    /// Is any family's whole file here?
    pub fn is_open(&self) -> bool {
        !self.files.is_empty()
    }

    /// Is the whole file of this family here?
    pub fn has_file(&self, family: FamilyId) -> bool {
        self.files.contains_key(&family)
    }

    /// Whose file this is, when it is a person's and no family's.
    pub fn person_of(&self, family: FamilyId) -> Option<UserId> {
        self.own_files.contains(&family).then_some(UserId(family.0))
    }

    /// The records of a family whose file is here.
    pub fn file(&self, family: FamilyId) -> impl Iterator<Item = &RecordId> {
        self.files.get(&family).into_iter().flatten()
    }

    /// Puts a record into its file.
    pub fn put(&mut self, record: &Record) {
        if let Some(file) = self.files.get_mut(&record.family) {
            file.insert(record.id);
        }
    }

    /// The families of an assistant as they stand now, this one not among them; nothing for those who are no
    /// assistants of the office. `now` are the families that were touched since the books were opened.
    pub fn load(&self, assistant: UserId, family: FamilyId, now: &BTreeMap<FamilyId, Family>) -> Option<FamilyLoad> {
        let read = self.loads.get(&assistant)?;
        let untouched = read.iter().filter(|(id, _)| !now.contains_key(id)).map(|(id, stage)| (*id, *stage));
        let theirs = now.values().filter(|family| family.assistant() == Some(assistant));
        let touched = theirs.filter_map(|family| Some((family.id, family.stage()?)));
        Some(FamilyLoad::of(untouched.chain(touched).filter(|(id, _)| *id != family).map(|(_, stage)| stage)))
    }

    /// The code of a new family: R01, R02 … R100.
    pub fn new_code(&mut self) -> String {
        let number = self.next_family.max(1);
        self.next_family = number + 1;
        format!("R{number:02}")
    }
}

/// May a step, or other work of the office, follow from this change?
fn may_step(change: &Change, families: &BTreeMap<FamilyId, Family>) -> bool {
    let waits_for_entry = || {
        let stage = families.get(&change.family).and_then(Family::stage);
        matches!(stage, Some(Stage::Allocated | Stage::HandedOver | Stage::ZzAllocated))
    };
    match (&change.action, change.kind) {
        (Action::Take { .. }, _) => true,
        (Action::Write(edits), RecordKind::Paper) => edits.contains_key(LIFE.name()),
        (Action::Write(_), RecordKind::Visit) => raises_alarm(change) || (change.makes_record() && waits_for_entry()),
        _ => false,
    }
}

/// Whom a change may give a family to.
fn named(change: &Change) -> Option<UserId> {
    match (&change.action, change.kind) {
        (Action::Take { given, .. }, _) => given.assistant,
        (Action::Write(edits), RecordKind::Paper) => {
            edits.get(allocation::ASSISTANT.name())?.after.as_ref().and_then(UserId::read)
        }
        _ => None,
    }
}

/// Is it a first step?
fn opens_case(change: &Change) -> bool {
    matches!(change.action, Action::Take { .. }) && change.makes_record()
}

/// Does a change begin a family that has no code yet?
pub fn makes_family(change: &Change) -> bool {
    let Action::Write(edits) = &change.action else { return false };
    let code = |value: &Value| value.text().is_some_and(|text| !text.trim().is_empty());
    let has_code = edits.get(family_card::CODE.name()).and_then(|edit| edit.after.as_ref()).is_some_and(code);
    change.kind == RecordKind::Family && change.makes_record() && !has_code
}
