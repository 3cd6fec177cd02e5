//! What the records of a family tell whoever begins a paper. Read once, in the order of time; every paper then
//! looks up what it needs.

use crate::domain::{
    codes::EntryKind,
    documents::{
        RecordKind, case_card,
        case_card::CaseFlag,
        family_card::{self, Member},
        papers::{
            course::{CASE, PAPER, day_of},
            parts::PLACE,
            plan,
        },
        visit_card::{self, VisitCard},
    },
    form::{Cell, Key},
    ids::{RecordId, UserId},
    order::sort_by_key,
    procedure::Paper,
    record::Record,
};
use chrono::NaiveDate;

/// An entry of the work card.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The record.
    pub record: &'a Record,
    /// The same, read.
    pub card: VisitCard,
}

impl Entry<'_> {
    /// It was more than an attempt.
    pub fn took_place(&self) -> bool {
        visit_card::took_place(&self.record.answers)
    }

    /// People met the family, wherever it was.
    pub fn is_meeting(&self) -> bool {
        matches!(self.card.kind, EntryKind::Visit | EntryKind::MeetingOut) && self.took_place()
    }
}

/// A paper of the family that was handed in.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The record.
    pub record: &'a Record,
    /// Which paper it is.
    pub paper: Paper,
    /// The day that it counts from.
    pub on: NaiveDate,
}

/// What is known when a paper is begun.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// Who begins it.
    pub by: UserId,
    /// The day of whoever begins it.
    pub today: NaiveDate,
    /// Whom it is about, when it begins in the file of a person.
    pub person: Option<UserId>,
    /// The family's current case.
    pub case: Option<&'a Record>,
    /// The family's cases, the current one last.
    pub cases: Vec<&'a Record>,
    /// The family's card.
    pub card: Option<&'a Record>,
    /// The members of the family, as it is now.
    pub members: Vec<Member>,
    /// Where this person drew up their last paper, and which that was when it is of this family.
    pub place: Option<(String, Option<RecordId>)>,
    /// Entries of the current case, in the order of time.
    pub entries: Vec<Entry<'a>>,
    /// Tasks of the family.
    pub tasks: Vec<&'a Record>,
    /// Papers that were handed in, in the order of time.
    pub sheets: Vec<Sheet<'a>>,
    /// Papers of the current case that had a number given, handed in or returned.
    pub numbered: Vec<(Paper, &'a Record)>,
    /// Plans of the current case that stand, in the order of their handing in.
    pub plans: Vec<&'a Record>,
}

impl<'a> Known<'a> {
    /// Reads the records of one family, in whatever order they come.
    pub fn of(records: impl IntoIterator<Item = &'a Record>, by: UserId, today: NaiveDate) -> Self {
        let mut records: Vec<&Record> = records.into_iter().collect();
        sort_by_key(&mut records, |record| record.id);
        let kind = |kind| records.iter().copied().filter(move |record| record.kind == kind);
        let cases: Vec<&Record> = kind(RecordKind::Case).collect();
        let case = cases.last().copied();
        let card = kind(RecordKind::Family).next_back();
        let began = case.and_then(|case| case.answers.get(case_card::REFERRED_ON));
        let sheets = sheets(kind(RecordKind::Paper));
        Self {
            by,
            today,
            person: None,
            case,
            card,
            members: card.map(|card| family_card::members(&card.answers)).unwrap_or_default(),
            place: place(kind(RecordKind::Paper), by),
            entries: entries(kind(RecordKind::Visit), began),
            tasks: kind(RecordKind::Task).collect(),
            numbered: numbered(kind(RecordKind::Paper), case),
            plans: plan::standing(kind(RecordKind::Paper), case.map(|case| case.id)),
            sheets,
            cases,
        }
    }

    /// Where papers of other families were drawn up, for a family that has none yet.
    pub fn or_place(mut self, place: Option<String>) -> Self {
        self.place = self.place.or(place.filter(|place| !place.is_empty()).map(|place| (place, None)));
        self
    }

    /// In the file of this person.
    pub fn about(mut self, person: Option<UserId>) -> Self {
        self.person = person;
        self
    }

    /// An answer of the case card.
    pub fn of_case<T: Cell>(&self, key: Key<T>) -> Option<T> {
        self.case.and_then(|case| case.answers.get(key))
    }

    /// Where figures of the case card come from.
    pub fn case_id(&self) -> Vec<RecordId> {
        self.case.map(|case| case.id).into_iter().collect()
    }

    /// Where figures of the family's card come from.
    pub fn card_id(&self) -> Vec<RecordId> {
        self.card.map(|card| card.id).into_iter().collect()
    }

    /// Does the case carry this flag?
    pub fn is_flagged(&self, flag: CaseFlag) -> bool {
        self.case.is_some_and(|case| case.answers.set_of(case_card::FLAGS).contains(&flag))
    }

    /// A child of the family is in foster care now, by the case or by the family's card.
    pub fn has_child_in_care(&self) -> bool {
        let stays = self.members.iter().filter(|member| member.is_child()).filter_map(|child| child.stays);
        self.is_flagged(CaseFlag::ChildInCare) || stays.into_iter().any(|stays| stays.is_care())
    }

    /// Standing papers of the current case of these kinds, in the order of time.
    pub fn of_kinds(&self, kinds: &[Paper]) -> Vec<&'a Record> {
        let case = self.case.map(|case| case.id);
        let own = self.sheets.iter().filter(|sheet| case.is_some() && sheet.record.answers.get(CASE) == case);
        own.filter(|sheet| kinds.contains(&sheet.paper)).map(|sheet| sheet.record).collect()
    }

    /// The last standing paper of the current case of one of these kinds.
    pub fn last(&self, kinds: &[Paper]) -> Option<&'a Record> {
        self.of_kinds(kinds).pop()
    }

    /// The last standing paper of the family, whichever case it belongs to: facts about people outlive a case.
    pub fn last_of_family(&self, kind: Paper) -> Option<&'a Record> {
        self.sheets.iter().rev().find(|sheet| sheet.paper == kind).map(|sheet| sheet.record)
    }

    /// The paper that opened the current case. It was written before there was a case that it could name, so it
    /// is the last one since the case before.
    pub fn opening(&self, kind: Paper) -> Option<&'a Record> {
        let before = self.cases.iter().rev().nth(1).map(|case| case.id);
        let since = self.sheets.iter().rev().filter(|sheet| before.is_none_or(|before| sheet.record.id > before));
        self.last(&[kind]).or_else(|| since.into_iter().find(|sheet| sheet.paper == kind).map(|sheet| sheet.record))
    }

    /// The plan as it stands.
    pub fn plan(&self) -> Option<&'a Record> {
        self.plans.last().copied()
    }

    /// The last periodic assessment.
    pub fn review(&self) -> Option<&'a Record> {
        self.last(&[Paper::Review, Paper::PeriodicReport])
    }

    /// The last periodic assessment, if it is not older than the plan: then it has the last word on the goals.
    pub fn review_of_plan(&self) -> Option<&'a Record> {
        let since = day_of(self.plan()?);
        self.review().filter(|review| day_of(review) >= since)
    }

    /// The day on which the plan began that the cooperation is counted from (D07).
    pub fn plan_began(&self) -> Option<(NaiveDate, Vec<RecordId>)> {
        let days = self.plans.iter().filter_map(|plan| Some((plan.answers.get(plan::VALID_FROM)?, vec![plan.id])));
        let first = days.min_by_key(|(day, _)| *day);
        first.or_else(|| Some((self.of_case(case_card::PLAN_FROM)?, self.case_id())))
    }

    /// The day on which the cooperation began.
    pub fn cooperation_began(&self) -> Option<NaiveDate> {
        let keys = [case_card::CONSENT_ON, case_card::MET_ON, case_card::ALLOCATED_ON];
        keys.into_iter().find_map(|key| self.of_case(key))
    }

    /// The last meeting with the family.
    pub fn met(&self) -> Option<&Entry<'a>> {
        self.entries.iter().rev().find(|entry| entry.is_meeting())
    }

    /// Entries from one day to another, both included. An open end takes all.
    pub fn between(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| {
            from.is_none_or(|from| entry.card.date >= from) && to.is_none_or(|to| entry.card.date <= to)
        })
    }

    /// The name of a member, as the family's card has it; also of one who has left.
    pub fn name_of(&self, member: &str) -> Option<String> {
        let everyone = self.card.map(|card| family_card::everyone(&card.answers)).unwrap_or_default();
        everyone.into_iter().find(|known| known.id == member).map(|known| known.first_name)
    }
}

fn sheets<'a>(papers: impl Iterator<Item = &'a Record>) -> Vec<Sheet<'a>> {
    let standing = papers.filter(|record| plan::stands(record));
    let read =
        standing.filter_map(|record| Some(Sheet { record, paper: record.answers.get(PAPER)?, on: day_of(record) }));
    let mut sheets: Vec<Sheet> = read.collect();
    sort_by_key(&mut sheets, |sheet| (sheet.on, sheet.record.id));
    sheets
}

/// The entries of this case. An earlier case of the family has its own.
fn entries<'a>(visits: impl Iterator<Item = &'a Record>, began: Option<NaiveDate>) -> Vec<Entry<'a>> {
    let read = visits.filter_map(|record| Some(Entry { record, card: VisitCard::read(&record.answers)? }));
    let mut entries: Vec<Entry> = read.filter(|entry| began.is_none_or(|began| entry.card.date >= began)).collect();
    sort_by_key(&mut entries, |entry| (entry.card.date, entry.card.start, entry.record.id));
    entries
}

/// Where this person drew up their last paper, else where anybody did.
fn place<'a>(papers: impl Iterator<Item = &'a Record>, by: UserId) -> Option<(String, Option<RecordId>)> {
    let placed = papers.filter(|record| record.answers.filled(PLACE.name()));
    let last = placed.max_by_key(|record| (record.made.by == by, record.id))?;
    Some((last.answers.text(PLACE).to_owned(), Some(last.id)))
}

fn numbered<'a>(papers: impl Iterator<Item = &'a Record>, case: Option<&Record>) -> Vec<(Paper, &'a Record)> {
    let own = papers.filter(|record| case.is_some() && record.answers.get(CASE) == case.map(|case| case.id));
    let given = own.filter(|record| {
        plan::stands(record) || record.answers.filled(crate::domain::documents::papers::parts::NUMBER.name())
    });
    given.filter_map(|record| Some((record.answers.get(PAPER)?, record))).collect()
}
