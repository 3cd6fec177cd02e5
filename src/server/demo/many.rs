//! Many offices with many families, one office at a time: for measuring, not for showing.

use super::{
    Person, Step, Town,
    days::{at, back_to, before, is_visit_day, utc},
    ledger::{Ledger, Writing},
    phrases::{Needs, actions::ACTIONS, observations::OBSERVATIONS, tasks::TASKS},
    random::Random,
};
use crate::domain::{
    access::Role,
    codes::*,
    documents::{
        RecordKind,
        case_card::{self, Stage},
        family_card, family_task, visit_card,
    },
    form::Answers,
    ids::{FamilyId, OfficeId, RecordId, UserId},
};
use chrono::{Days, Duration, NaiveDate, NaiveDateTime};

/// Families of one assistant.
const FAMILIES_EACH: usize = 12;
/// Entries of one assistant on one day; more work reaches further back.
const ENTRIES_A_DAY: usize = 4;
/// Of so many entries, one gives a task.
const TASK_EVERY: usize = 4;

/// Offices of equal size, made one after another as they are asked for: `records` is the number of
/// records of all offices together (family cards and cases included, two for each family at least).
pub fn many(
    today: NaiveDate,
    seed: u64,
    offices: usize,
    families_per_office: usize,
    records: usize,
) -> impl Iterator<Item = Town> {
    let share = move |index: usize| records / offices.max(1) + usize::from(index < records % offices.max(1));
    (0..offices).map(move |index| Crowd::new(today, seed, index, families_per_office).town(share(index)))
}

/// One office while it is being made.
struct Crowd {
    today: NaiveDate,
    index: usize,
    random: Random,
    ledger: Ledger,
    manager: UserId,
    worker: UserId,
    assistants: Vec<UserId>,
    families: Vec<Household>,
}

/// A family with what its entries refer to.
struct Household {
    id: FamilyId,
    parent: String,
    children: Vec<String>,
    assistant: usize,
}

impl Crowd {
    fn new(today: NaiveDate, seed: u64, index: usize, families: usize) -> Self {
        let mut random = Random::new(Random::new(seed).number() ^ Random::new(index as u64).number());
        let since = utc(at(before(today, 4000), 8 * 60));
        let mut user = || UserId(random.id(since));
        let (manager, worker) = (user(), user());
        let assistants: Vec<UserId> = (0..families.div_ceil(FAMILIES_EACH)).map(|_| user()).collect();
        let families = (0..families)
            .map(|number| Household {
                id: FamilyId(random.id(since)),
                parent: random.id(since).to_string(),
                children: (0..1 + number % 3).map(|_| random.id(since).to_string()).collect(),
                assistant: number / FAMILIES_EACH,
            })
            .collect();
        Self { today, index, random, ledger: Ledger::default(), manager, worker, assistants, families }
    }

    fn town(mut self, records: usize) -> Town {
        let entries = records.saturating_sub(2 * self.families.len());
        let per_assistant = entries.div_ceil(self.assistants.len().max(1));
        let opened = at(before(self.today, 30 + (per_assistant / ENTRIES_A_DAY * 2) as i64), 8 * 60);
        for number in 0..self.families.len() {
            self.open(number, opened);
        }
        self.work(entries);
        let office = OfficeId(self.random.id(utc(opened)));
        let people = self.people();
        let steps: Vec<Step> = self.ledger.into_steps(&mut self.random);
        Town { office, office_name: format!("Ośrodek próbny nr {}", self.index + 1), people, steps }
    }

    fn people(&self) -> Vec<Person> {
        let staff = [(self.manager, Role::Manager, "kierownik"), (self.worker, Role::SocialWorker, "ps")];
        let assistants = self.assistants.iter().map(|user| (*user, Role::Assistant, "ar"));
        staff
            .into_iter()
            .chain(assistants)
            .enumerate()
            .map(|(place, (user, role, login))| Person {
                user,
                // A few bytes for each account of a measuring run, needed until it ends.
                login: format!("{login}{place}o{}", self.index + 1).leak(),
                name: format!("Osoba Próbna {}", place + 1),
                role,
                active: true,
            })
            .collect()
    }

    fn write(&mut self, author: UserId, when: NaiveDateTime, about: (RecordKind, FamilyId, RecordId), cells: Answers) {
        let (kind, family, record) = about;
        let at = utc(when);
        let received = at + Duration::seconds(3);
        self.ledger.add(Writing { received, at, author, kind, family, record, cells, beside: false });
    }

    /// The manager opens the case, the social worker the card.
    fn open(&mut self, number: usize, opened: NaiveDateTime) {
        let household = &self.families[number];
        let (id, parent, children) = (household.id, household.parent.clone(), household.children.clone());
        let case = Answers::default()
            .with(case_card::STAGE, Stage::Cooperation)
            .with(case_card::BASIS, [Basis::Difficulties.code().to_owned()].into())
            .with(case_card::WORKER, self.worker)
            .with(case_card::ASSISTANT, self.assistants[household.assistant])
            .with(case_card::PLAN_FROM, opened.date());
        let surname = surname(&mut self.random);
        let mut card = Answers::default()
            .with(family_card::CODE, format!("R{:02}", number + 1))
            .with(family_card::SURNAME, surname.clone())
            .with(family_card::LOCALITY, "Próbnica".to_owned());
        let rows = std::iter::once((parent, FamilyRole::Mother, "Anna", 12 * 34))
            .chain(children.into_iter().zip([84, 60, 30]).map(|(row, age)| (row, FamilyRole::Child, "Ola", age)));
        for (row, role, name, age) in rows {
            let cells = Answers::default()
                .with(family_card::FIRST_NAME, name.to_owned())
                .with(family_card::LAST_NAME, surname.clone())
                .with(family_card::ROLE, role)
                .with(family_card::BORN, self.today - chrono::Months::new(age))
                .with(family_card::CO_RESIDENT, true);
            card.put_row(family_card::MEMBERS, &row, cells);
        }
        let when = opened + Duration::seconds(20 * number as i64);
        let (case_id, card_id) = (RecordId(self.random.id(utc(when))), RecordId(self.random.id(utc(when))));
        self.write(self.manager, when, (RecordKind::Case, id, case_id), case);
        self.write(self.worker, when + Duration::seconds(9), (RecordKind::Family, id, card_id), card);
    }

    /// Entries from yesterday backwards, every assistant's families in turn.
    fn work(&mut self, mut left: usize) {
        let mut day = back_to(self.today - Days::new(1), is_visit_day);
        let mut turn = 0;
        while left > 0 && !self.families.is_empty() {
            for assistant in 0..self.assistants.len() {
                for slot in 0..ENTRIES_A_DAY {
                    let first = assistant * FAMILIES_EACH;
                    let own = FAMILIES_EACH.min(self.families.len() - first);
                    let number = first + (turn * ENTRIES_A_DAY + slot) % own;
                    left -= self.entry(number, at(day, 8 * 60 + 30 + slot as i64 * 110), left);
                    if left == 0 {
                        return;
                    }
                }
            }
            turn += 1;
            day = back_to(day - Days::new(1), is_visit_day);
        }
    }

    /// One visit, now and then with a task; returns the number of records.
    fn entry(&mut self, number: usize, start: NaiveDateTime, left: usize) -> usize {
        let household = &self.families[number];
        let (id, parent, author) = (household.id, household.parent.clone(), self.assistants[household.assistant]);
        let children = household.children.iter().cloned().collect();
        let minutes = 40 + 5 * self.random.between(0, 8);
        let visit = RecordId(self.random.id(utc(start)));
        let plain: Vec<_> = ACTIONS.iter().filter(|action| action.needs == Needs::Any).collect();
        let action = plain[self.random.below(plain.len())];
        let seen = OBSERVATIONS.iter().filter(|seen| seen.needs == Needs::Any).nth(self.random.below(5));
        let mut card = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::Held)
            .with(visit_card::DATE, start.date())
            .with(visit_card::START, start.time())
            .with(visit_card::END, (start + Duration::minutes(minutes)).time())
            .with(visit_card::DURATION, minutes)
            .with(visit_card::PLACE, Place::Home)
            .with(visit_card::PRESENT, [parent.clone()].into())
            .with(visit_card::CHILDREN_SEEN, children)
            .with(visit_card::TASKS, [action.code.code().to_owned()].into())
            .with(visit_card::AREAS, [action.area.code().to_owned()].into())
            .with(visit_card::ACTIONS, action.text.to_owned());
        if let Some(seen) = seen {
            card.put(visit_card::OBSERVATIONS, seen.text.to_owned());
        }
        let when = start + Duration::minutes(minutes + 2);
        if left < 2 || !self.random.number().is_multiple_of(TASK_EVERY as u64) {
            self.write(author, when, (RecordKind::Visit, id, visit), card);
            return 1;
        }
        let task = RecordId(self.random.id(utc(start)));
        card.put(visit_card::NEW_TASKS, [task.to_string()].into());
        self.write(author, when, (RecordKind::Visit, id, visit), card);
        let phrase = TASKS[self.random.below(TASKS.len())];
        let cells = Answers::default()
            .with(family_task::GIVEN_ON, start.date())
            .with(family_task::VISIT, visit.to_string())
            .with(family_task::TASK, phrase.text.to_owned())
            .with(family_task::WHO, [parent].into())
            .with(family_task::AREA, phrase.area)
            .with(family_task::DUE_KIND, DueKind::Date)
            .with(family_task::DUE, start.date() + Days::new(7))
            .with(family_task::STATUS, TaskStatus::Set);
        self.write(author, when, (RecordKind::Task, id, task), cells);
        2
    }
}

/// A surname made of syllables: sounds Polish, belongs to nobody in particular.
fn surname(random: &mut Random) -> String {
    const FIRST: &[&str] =
        &["Ba", "Cho", "Dro", "Fa", "Gu", "Je", "Ka", "Li", "Mo", "Ni", "Pa", "Ru", "So", "To", "Wy"];
    const MIDDLE: &[&str] = &["bro", "cie", "dzi", "ga", "ko", "lu", "mie", "ne", "pi", "ra", "sto", "ty", "wa", "zu"];
    const LAST: &[&str] = &["czak", "lewicz", "mowicz", "niak", "rowicz", "szczak", "towiak", "wicz"];
    let syllables = [FIRST, MIDDLE, MIDDLE, LAST];
    syllables.into_iter().filter_map(|bank| random.pick(bank)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        access::{Actor, Ties, tie},
        decide::{Hand, Standing, decide},
        ids::Rev,
        office::OfficeBook,
        record::Record,
    };
    use std::collections::{BTreeMap, BTreeSet};

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    #[test]
    fn offices_have_the_records_that_were_asked_for() {
        let towns: Vec<Town> = many(today(), 3, 3, 20, 1_000).collect();
        let records = |town: &Town| town.steps.iter().map(|step| step.change.record).collect::<BTreeSet<_>>().len();
        assert_eq!(towns.iter().map(records).collect::<Vec<_>>(), [334, 333, 333]);
        let logins: BTreeSet<_> = towns.iter().flat_map(|town| &town.people).map(|person| person.login).collect();
        assert_eq!(logins.len(), 3 * 4);
        assert_eq!(many(today(), 3, 3, 20, 1_000).collect::<Vec<_>>(), towns);
    }

    #[test]
    fn every_step_of_a_crowd_is_taken() {
        for town in many(today(), 9, 2, 30, 1_500) {
            let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
            let mut cases: BTreeMap<FamilyId, (UserId, UserId)> = BTreeMap::new();
            for (index, Step { received, change }) in town.steps.iter().enumerate() {
                let person = town.people.iter().find(|person| person.user == change.author).unwrap();
                let actor = Actor { user: person.user, office: town.office, role: person.role };
                let (assistant, worker) = cases.get(&change.family).copied().unzip();
                let ties = Ties { office: town.office, assistant, worker, substitute: false, former: false };
                let tie = tie(&actor, &ties);
                let record = records.get(&change.record);
                let standing = Standing {
                    actor: &actor,
                    tie,
                    record,
                    rev: Rev(index as i64 + 1),
                    now: *received,
                    hand: Hand::Office,
                    person: None,
                    book: &OfficeBook::default(),
                };
                let (record, _) = decide(change, standing).unwrap_or_else(|refusal| panic!("{refusal:?} {change:?}"));
                if record.kind == RecordKind::Case {
                    let of = |key| record.answers.get(key).unwrap();
                    cases.insert(record.family, (of(case_card::ASSISTANT), of(case_card::WORKER)));
                }
                records.insert(record.id, record);
            }
        }
    }
}
