//! What a page about one paper opens with: a form to go on with, or a paper to read.

use super::{keeping::Keeping, place::Around};
use crate::{
    api::{desk::DeskPerson, session::Me},
    domain::{
        access::Role,
        deadlines::Settings,
        documents::{
            RecordKind,
            papers::{
                begin::{Known, begin},
                course::{self, LIFE, PAPER},
                form_of, rights, said_by_file,
            },
        },
        form::{Answers, Form},
        ids::{RecordId, Rev},
        procedure::{Life, Paper},
        record::Record,
    },
    ui::{
        desk::writing::About,
        form::{Pick, paper::Offers},
    },
};
use chrono::NaiveDate;

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// One that begins.
    New(Paper),
    /// One that stands in the office.
    Standing(RecordId),
}

/// A form that is filled in.
#[derive(Debug)]
pub struct Opening {
    /// Which paper it is.
    pub paper: Paper,
    /// Its declaration.
    pub form: &'static Form,
    /// The record.
    pub record: RecordId,
    /// What is filled in already.
    pub answers: Answers,
    /// A draft that this person had begun before they asked for a new one.
    pub resumed: bool,
    /// Between this window and the office.
    pub keeping: Keeping,
    /// Whom and what its fields offer.
    pub offers: Offers,
    /// Fields that the file says and nobody types.
    pub fixed: &'static [&'static str],
}

/// The form of a paper, when this person may fill it in now. `fresh` is the id of a new record.
pub fn open(around: &Around, which: Which, me: &Me, fresh: RecordId, today: NaiveDate) -> Option<Opening> {
    let own = match which {
        Which::New(paper) => begun(around, paper, me),
        Which::Standing(id) => Some(paper_record(around.records(), id).filter(|record| is_open(record, me.role))?),
    };
    let (records, book) = (around.records().iter().collect::<Vec<&Record>>(), around.book());
    let (answers, base) = match (own, which) {
        (Some(record), _) => (record.answers.clone(), record.rev),
        (None, Which::New(paper)) if around.offered(me.role).contains(&paper) => {
            let known = Known::of(records.iter().copied(), me.user, today).about(around.person());
            (begin(paper, &known.or_place(book.letterhead.place())), Rev::NONE)
        }
        _ => return None,
    };
    let paper = answers.get(PAPER).filter(|paper| form_of(*paper).is_some())?;
    let form = own.map_or_else(|| book.newest_paper(paper), |record| Some(book.form_of(record)))?;
    let record = own.map_or(fresh, |record| record.id);
    let about = About { record, kind: RecordKind::Paper, family: around.id(), base, form: form.version };
    Some(Opening {
        paper,
        form,
        record,
        resumed: own.is_some() && matches!(which, Which::New(_)),
        keeping: Keeping::new(about, own.map(|record| record.answers.clone())),
        offers: Offers::of(&records, offered(around, paper), today),
        fixed: around.person().map_or(&[], |_| said_by_file(paper)),
        answers,
    })
}

/// Whom a paper offers to name. Assistants alone stand in for assistants; whose file it is, the file knows.
fn offered(around: &Around, paper: Paper) -> Vec<Pick> {
    let fits = |person: &&DeskPerson| paper != Paper::Substitution || person.role == Role::Assistant;
    let fitting: Vec<DeskPerson> = around.people.iter().filter(fits).cloned().collect();
    let mut picks = people(&fitting);
    if let Some(person) = around.person().map(|user| user.to_string())
        && !picks.iter().any(|pick| pick.id == person)
    {
        picks.push(Pick { id: person, label: around.title(), note: String::new() });
    }
    picks
}

/// The paper with that id among the records of a file.
pub fn paper_record(records: &[Record], id: RecordId) -> Option<&Record> {
    records.iter().find(|record| record.kind == RecordKind::Paper && record.id == id)
}

/// May this role go on writing it?
pub fn is_open(record: &Record, role: Role) -> bool {
    let life = record.answers.get(LIFE).unwrap_or(Life::Draft);
    let prepares = |paper: Paper| form_of(paper).is_some() && rights::of(paper).prepare.contains(&role);
    matches!(life, Life::Draft | Life::Returned) && record.answers.get(PAPER).is_some_and(prepares)
}

/// Does it wait for this role's decision?
pub fn waits_for(record: &Record, role: Role) -> bool {
    let decides = |paper: Paper| form_of(paper).is_some() && rights::of(paper).decide.contains(&role);
    record.answers.get(LIFE) == Some(Life::Signed) && record.answers.get(PAPER).is_some_and(decides)
}

/// May this role write a correction beside it?
pub fn may_correct(record: &Record, role: Role) -> bool {
    course::may_add(&record.answers, role)
}

/// The last draft of this paper that this person has begun themselves.
fn begun<'a>(around: &'a Around, paper: Paper, me: &Me) -> Option<&'a Record> {
    let drafts = around.records().iter().filter(|record| {
        let same = record.kind == RecordKind::Paper && record.answers.get(PAPER) == Some(paper);
        same && record.made.by == me.user && record.answers.get(LIFE).unwrap_or(Life::Draft) == Life::Draft
    });
    drafts.filter(|record| is_open(record, me.role)).max_by_key(|record| record.id)
}

/// The people of the office, as things to pick.
pub fn people(people: &[DeskPerson]) -> Vec<Pick> {
    let pick =
        |person: &DeskPerson| Pick { id: person.user.to_string(), label: person.name.clone(), note: String::new() };
    people.iter().map(pick).collect()
}

/// The assistants, each with how many families they have: "12 z 15".
pub fn assistants(people: &[DeskPerson], settings: &Settings) -> Vec<Pick> {
    let assistants = people.iter().filter(|person| person.role == Role::Assistant);
    let pick = |person: &DeskPerson| {
        let (counted, cap) = (person.load.counted(settings), settings.cap());
        let note = [counted.to_string(), " z ".to_owned(), cap.to_string()].concat();
        Pick { id: person.user.to_string(), label: person.name.clone(), note }
    };
    assistants.map(pick).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::place::File, *};
    use crate::{
        api::desk::OwnWork,
        domain::{
            access::own_file,
            documents::papers::{authorisation, parts::PLACE, substitution},
            ids::{OfficeId, UserId},
            procedure::FamilyLoad,
            testing::{day, record},
        },
        ui::desk::family::tests::file,
    };
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn me(role: Role) -> Me {
        // Whoever made the records of the tests.
        let made = record(1, RecordKind::Paper, Answers::default()).made;
        Me {
            user: made.by,
            name: "Żaneta Wzorcowa".into(),
            role,
            office: OfficeId(id(3)),
            office_name: "Ośrodek Próbny".into(),
            demo: false,
        }
    }

    fn paper(n: u128, paper: Paper, life: Life) -> Record {
        record(n, RecordKind::Paper, Answers::default().with(PAPER, paper).with(LIFE, life))
    }

    fn around(records: Vec<Record>) -> Around {
        Around { file: File::Family(file(records)), people: vec![] }
    }

    fn opened(around: &Around, which: Which, role: Role) -> Option<Opening> {
        open(around, which, &me(role), RecordId(id(50)), day("2026-11-22"))
    }

    #[test]
    fn a_new_paper_begins_with_what_is_known_or_goes_on_with_ones_own_draft() {
        let empty = around(vec![]);
        let begun = opened(&empty, Which::New(Paper::Handover), Role::SocialWorker).unwrap();
        assert_eq!((begun.record, begun.resumed), (RecordId(id(50)), false));
        assert!(begun.keeping.differs(&begun.answers), "nothing of it is in the office yet");
        assert!(opened(&empty, Which::New(Paper::Handover), Role::Manager).is_none(), "others prepare it");

        let mut draft = paper(3, Paper::Handover, Life::Draft);
        draft.answers.put(PLACE, "Zbąszynek".into());
        let mut others = paper(5, Paper::Handover, Life::Draft);
        others.made.by = UserId(id(77));
        let with_draft = around(vec![draft, paper(4, Paper::Handover, Life::Signed), others]);
        let resumed = opened(&with_draft, Which::New(Paper::Handover), Role::SocialWorker).unwrap();
        assert_eq!((resumed.record, resumed.resumed), (RecordId(id(3)), true));
        assert_eq!(resumed.answers.text(PLACE), "Zbąszynek");
        assert!(!resumed.keeping.differs(&resumed.answers));
    }

    #[test]
    fn who_may_do_what_follows_from_the_paper_its_life_and_the_role() {
        use Life::*;
        for (kind, life, role, fills, decides, corrects) in [
            (Paper::Request, Draft, Role::SocialWorker, true, false, false),
            (Paper::Request, Returned, Role::SocialWorker, true, false, false),
            (Paper::Request, Signed, Role::SocialWorker, false, false, true),
            (Paper::Request, Draft, Role::Manager, false, false, false),
            (Paper::Request, Signed, Role::Manager, false, true, true),
            (Paper::Request, Approved, Role::Manager, false, false, true),
            (Paper::Note, Signed, Role::Manager, false, false, true),
            (Paper::Assessment, Signed, Role::Manager, false, false, false),
            (Paper::Interview, Draft, Role::SocialWorker, false, false, false),
        ] {
            let record = paper(1, kind, life);
            let may = (is_open(&record, role), waits_for(&record, role), may_correct(&record, role));
            assert_eq!(may, (fills, decides, corrects), "{kind:?} {life:?} {role:?}");
            let around = around(vec![record]);
            assert_eq!(opened(&around, Which::Standing(RecordId(id(1))), role).is_some(), fills);
        }
    }

    #[test]
    fn on_the_page_of_a_person_the_manager_begins_papers_about_them() {
        let user = UserId(id(40));
        let of = |role| {
            let people = [(user, "Anna Próbna".to_owned())].into();
            let today = day("2026-11-22");
            let work = OwnWork {
                rev: Rev(1),
                role,
                today,
                records: vec![],
                families: Default::default(),
                people,
                book: Default::default(),
            };
            Around { file: File::Person(user, work), people: vec![] }
        };
        let worker = of(Role::SocialWorker);
        let begun = opened(&worker, Which::New(Paper::Authorisation), Role::Manager).unwrap();
        assert_eq!(begun.answers.get(authorisation::USER), Some(user));
        assert_eq!((begun.fixed, worker.id()), (&["user"][..], own_file(user)));
        assert_eq!(begun.offers.people.len(), 1, "whose file it is can be named");
        assert!(opened(&worker, Which::New(Paper::Substitution), Role::Manager).is_none(), "of assistants alone");
        assert!(opened(&worker, Which::New(Paper::Authorisation), Role::SocialWorker).is_none());
        let card = opened(&of(Role::Assistant), Which::New(Paper::Substitution), Role::Manager).unwrap();
        assert_eq!(card.answers.get(substitution::ABSENT), Some(user));
        assert_eq!(card.answers.get(substitution::SCOPE), Some(substitution::Scope::All));
        assert!(opened(&around(vec![]), Which::New(Paper::Authorisation), Role::Manager).is_none(), "no family's");
    }

    #[test]
    fn assistants_are_offered_with_their_load() {
        let person = |n, role, working| DeskPerson {
            user: UserId(id(n)),
            name: "Anna Próbna".into(),
            role,
            load: FamilyLoad { working, ..FamilyLoad::default() },
        };
        let office = [person(1, Role::Assistant, 12), person(2, Role::Manager, 0)];
        let offered = assistants(&office, &Settings::default());
        assert_eq!(offered.len(), 1);
        assert_eq!(offered[0].note, "12 z 15");
        assert_eq!(people(&office).len(), 2);
    }
}
