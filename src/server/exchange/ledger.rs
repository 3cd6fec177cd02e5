//! Decides the changes of requests in memory, between one reading and one writing.

use super::{books::Books, epochs, memory::Memory, own_news::OwnNews, reading::Asked, reports::Reported};
use crate::{
    domain::{
        access::{Actor, Deed, Object, Role, Tie, object_of},
        calendar::warsaw_day,
        change::{Action, Change},
        decide::{Hand, Standing, decide},
        documents::{
            RecordKind,
            case_card::{self, Case},
            family_card,
        },
        duties::is_anything_owed,
        ids::{ChangeId, DeviceId, FamilyId, OfficeId, RecordId, Rev},
        office::{FormVersion, OfficeBook},
        procedure::{Caution, NewCase, Taken, Transition},
        record::{Meeting, Record, Refusal},
    },
    server::{
        db::{
            DbResult, Link,
            audit::{Entry, Line},
            books,
            changes::{Decided, Known},
            facts::{self, Facts},
            families::{self, Card, CaseNote, Family, Handover},
            offices,
            records::{self, Kept},
        },
        ties::Past,
    },
    sync::protocol::{Receipt, Verdict},
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Largest record, as JSON in bytes: many small changes must not grow one that no device can fetch.
const MAX_RECORD: usize = 1024 * 1024;

/// The office's books, open at the pages that some requests need.
pub struct Ledger {
    known: Memory,
    pub(super) records: BTreeMap<RecordId, Record>,
    pub(super) families: BTreeMap<FamilyId, Family>,
    past: Past,
    pub(super) books: Books,
    /// What the office has set: its settings, and its forms.
    pub(super) set: OfficeBook,
    reported: Reported,
    /// When the office was last brought back from a copy; asked only where a record is missing.
    restored_at: Option<DateTime<Utc>>,
    decisions: Decisions,
}

/// What was decided, and what follows from it.
#[derive(Debug, Default)]
pub struct Decisions {
    /// The office's last revision.
    pub last: Rev,
    /// Changes that are new to the office.
    pub decided: Vec<Decided>,
    /// One line of the access log for each of them.
    pub lines: Vec<Entry>,
    kept: BTreeMap<RecordId, Kept>,
    families: BTreeMap<FamilyId, Family>,
    handovers: Vec<Handover>,
}

/// Whose changes are decided, and when.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// Their device.
    pub device: DeviceId,
    /// When their request came.
    pub now: DateTime<Utc>,
    /// Whether people wrote the changes, or the office itself.
    pub hand: Hand,
}

/// What one request is told.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Answers, in the order in which they were decided.
    pub receipts: Vec<Receipt>,
    /// What the device knows without being sent it.
    pub own: OwnNews,
    /// Steps of the procedure that were taken.
    pub steps: Vec<Transition>,
    /// What deserved a second look with them.
    pub cautions: Vec<Caution>,
}

impl Ledger {
    /// Opens the books for requests of one office.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(link: &mut Link, office: OfficeId, requests: &[&[Asked]], last: Rev) -> DbResult<Self> {
        let changes = || requests.iter().flat_map(|asked| asked.iter()).filter_map(Asked::change);
        let ids: BTreeSet<RecordId> = changes().map(|change| change.record).collect();
        let family_ids: BTreeSet<FamilyId> = changes().map(|change| change.family).collect();
        let family_ids: Vec<_> = family_ids.into_iter().collect();
        let known = Memory::of(link, office, requests).await?;
        let records = records::find(link, office, &ids.into_iter().collect::<Vec<_>>()).await?;
        let families = families::find(link, office, &family_ids).await?;
        let past = Past::of(link, office, &family_ids).await?;
        let families: BTreeMap<_, _> = families.into_iter().map(|family| (family.id, family)).collect();
        let (books, files) = Books::open(link, office, requests, &families).await?;
        // The lengths that the office has set hold for steps, and only where a file is open one may be taken; its
        // forms are asked for by their versions. Most requests need neither.
        let versions = changes().map(|change| change.form).chain(records.iter().map(|record| record.form));
        let set = match books.is_open() || versions.into_iter().any(is_laid_over) {
            true => books::current(link, office).await?,
            false => OfficeBook::default(),
        };
        let here: BTreeSet<RecordId> = records.iter().map(|record| record.id).collect();
        let made: BTreeSet<RecordId> = changes().filter(|c| c.makes_record()).map(|change| change.record).collect();
        let restored_at = match changes().any(|c| !here.contains(&c.record) && !made.contains(&c.record)) {
            true => offices::restored_at(link, office).await?,
            false => None,
        };
        Ok(Self {
            known,
            restored_at,
            records: records.into_iter().chain(files).map(|record| (record.id, record)).collect(),
            families,
            past,
            books,
            set,
            reported: Reported::open(link, office, requests).await?,
            decisions: Decisions { last, ..Decisions::default() },
        })
    }

    /// Decides one request's changes in order; a change that names another is decided after it, wherever
    /// that one stands in the request. One whose other has not arrived at all stays without an answer.
    pub fn decide(&mut self, sender: Sender<'_>, asked: &[Asked]) -> Outcome {
        let mut turn = Turn { ledger: self, sender, outcome: Outcome::default() };
        let mut waiting: Vec<&Asked> = asked.iter().collect();
        loop {
            let before = waiting.len();
            waiting.retain(|asked| !turn.decide_unless_it_waits(asked));
            if waiting.is_empty() || waiting.len() == before {
                return turn.outcome;
            }
        }
    }

    /// Closes the books.
    pub fn close(self) -> Decisions {
        self.decisions
    }
}

/// The decision of one request.
pub(super) struct Turn<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) sender: Sender<'a>,
    outcome: Outcome,
}

/// A change that may be applied, as the record would stand.
pub(super) struct Judged {
    pub(super) kept: Kept,
    pub(super) meeting: Meeting,
    /// The step that it takes.
    pub(super) taken: Option<(Transition, Taken)>,
}

impl Turn<'_> {
    /// Says whether it has an answer now.
    fn decide_unless_it_waits(&mut self, asked: &Asked) -> bool {
        let Sender { actor, now, .. } = self.sender;
        if let Some(receipt) = self.ledger.known.receipt(asked, actor, now) {
            self.answer_again(asked, receipt);
            return true;
        }
        if self.ledger.known.is_waiting(asked) || self.may_still_come(asked) {
            return false;
        }
        match asked {
            Asked::Whole { change, body } => self.decide_whole(change, body),
            Asked::Broken { id, refusal, body } => self.refuse_broken(*id, refusal.clone(), body),
        }
        true
    }

    /// After a restore another phone may still bring the record; until then the change waits.
    fn may_still_come(&self, asked: &Asked) -> bool {
        let is_missing = |change: &Change| {
            !change.makes_record() && change.after.is_none() && !self.ledger.records.contains_key(&change.record)
        };
        asked.change().is_some_and(is_missing) && epochs::may_still_come(self.ledger.restored_at, self.sender.now)
    }

    fn answer_again(&mut self, asked: &Asked, receipt: Receipt) {
        if let Some(Known { record: Some(record), .. }) = self.ledger.known.0.get(&asked.id()) {
            self.outcome.own.answered(*record, &receipt.verdict);
        }
        self.outcome.receipts.push(receipt);
    }

    fn decide_whole(&mut self, change: &Change, body: &str) {
        let verdict = match self.judge(change) {
            Ok(judged) => {
                let verdict = verdict_of(&judged.meeting, judged.kept.record.rev);
                self.take(judged);
                verdict
            }
            Err(refusal) => Verdict::Refused(refusal),
        };
        self.outcome.own.answered(change.record, &verdict);
        let is_applied = !matches!(verdict, Verdict::Refused(_));
        let known = Known {
            id: change.id,
            author: self.sender.actor.user,
            record: Some(change.record),
            family: Some(change.family),
            at: self.sender.now,
            verdict,
        };
        self.remember(known, object_of(change.kind), Some(change.at), body);
        if is_applied && self.sender.hand == Hand::Person {
            self.follow(change);
            self.bring_work(change);
        }
    }

    /// How a change would stand. Nothing is kept yet.
    fn judge(&mut self, change: &Change) -> Result<Judged, Refusal> {
        let Sender { hand, .. } = self.sender;
        if let (Action::Take { step, given }, Hand::Person) = (&change.action, hand) {
            return self.judge_step(change, *step, given);
        }
        let card = self.ledger.families.get(&change.family).and_then(|family| family.card.as_ref());
        if change.kind == RecordKind::Family && change.makes_record() && card.is_some() {
            return Err(Refusal::AlreadyThere);
        }
        let named = self.with_code(change);
        let judged = self.judge_write(named.as_ref().unwrap_or(change), hand)?;
        if change.kind == RecordKind::Paper && hand == Hand::Person {
            self.refuse_what_cannot_follow(&judged.kept.record)?;
        }
        // The office has added to it, and the device must be sent what it cannot know.
        let meeting = if named.is_some() { Meeting::Merged } else { judged.meeting };
        Ok(Judged { meeting, ..judged })
    }

    /// How a writing would stand.
    pub(super) fn judge_write(&self, change: &Change, hand: Hand) -> Result<Judged, Refusal> {
        let rev = Rev(self.ledger.decisions.last.0 + 1);
        let tie = self.tie(change.family);
        let before = self.ledger.records.get(&change.record);
        let Sender { actor, now, .. } = self.sender;
        let (person, book) = (self.ledger.books.person_of(change.family), &self.ledger.set);
        let standing = Standing { actor, tie, record: before, rev, now, hand, person, book };
        let (record, meeting) = decide(change, standing)?;
        self.ledger.reported.spares(change, before, &record, now)?;
        // Our own types always make JSON; should they not one day, the change is answered, not lost.
        let body = serde_json::to_string(&record).map_err(|_| Refusal::Unreadable)?;
        if body.len() > MAX_RECORD {
            return Err(Refusal::TooLarge);
        }
        Ok(Judged { kept: Kept { record, body }, meeting, taken: None })
    }

    /// Keeps what was judged.
    pub(super) fn take(&mut self, judged: Judged) {
        let (record, is_clean) = (&judged.kept.record, judged.meeting == Meeting::Clean);
        let (family, rev) = (record.family, record.rev);
        let before = self.ledger.take(judged.kept);
        self.outcome.own.wrote(family, before, rev, is_clean && judged.taken.is_none());
        if let Some((step, taken)) = judged.taken {
            self.outcome.steps.push(step);
            self.outcome.cautions.extend(taken.cautions.iter().copied());
            if let Some(NewCase(card)) = taken.new_case {
                self.begin_case(family, card);
            }
        }
    }

    pub(super) fn tie(&self, family: FamilyId) -> Tie {
        let (actor, standing) = (self.sender.actor, self.ledger.families.get(&family));
        self.ledger.past.tie(actor, family, standing, warsaw_day(self.sender.now))
    }

    fn refuse_broken(&mut self, id: ChangeId, refusal: Refusal, body: &str) {
        let (author, at, verdict) = (self.sender.actor.user, self.sender.now, Verdict::Refused(refusal));
        let known = Known { id, author, record: None, family: None, at, verdict };
        // What it was about cannot be known.
        self.remember(known, Object::Oneself, None, body);
    }

    /// Remembers what was decided, and answers it.
    fn remember(&mut self, known: Known, object: Object, device_at: Option<DateTime<Utc>>, body: &str) {
        self.outcome.receipts.push(Receipt { change: known.id, at: known.at, verdict: known.verdict.clone() });
        self.note(known, object, device_at, body);
    }

    /// Remembers what was decided.
    pub(super) fn note(&mut self, known: Known, object: Object, device_at: Option<DateTime<Utc>>, body: &str) {
        let decisions = &mut self.ledger.decisions;
        decisions.lines.push(line(&known, object, self.sender));
        self.ledger.known.0.insert(known.id, known.clone());
        decisions.decided.push(Decided { known, device: self.sender.device, device_at, body: body.to_owned() });
    }
}

fn line(known: &Known, object: Object, sender: Sender<'_>) -> Entry {
    let line = Line {
        device: Some(sender.device),
        deed: if sender.actor.role == Role::Manager { Deed::Decide } else { Deed::Write },
        object,
        family: known.family,
        record: known.record,
        change: Some(known.id),
        detail: word_of(&known.verdict),
    };
    Entry { by: sender.actor.user, at: sender.now, line }
}

impl Ledger {
    /// Takes a record in as it now stands, with what its family's row says. Gives the file's head before.
    fn take(&mut self, kept: Kept) -> Rev {
        let record = &kept.record;
        self.decisions.last = record.rev;
        let family = self.families.entry(record.family).or_insert_with(|| Family::new(record.family));
        let (head, assistant) = (family.head, family.assistant());
        family.head = record.rev;
        note_card_or_case(family, record);
        if family.assistant() != assistant {
            let handover = Handover { family: family.id, to: family.assistant(), rev: record.rev };
            self.decisions.handovers.push(handover);
            // Requests that are decided after this one, in the same transaction, meet it as one of the past.
            if let Some(user) = handover.to {
                self.past.note(user, family.id);
            }
        }
        self.reported.take(record);
        self.decisions.families.insert(family.id, family.clone());
        self.books.put(record);
        self.records.insert(record.id, record.clone());
        self.decisions.kept.insert(record.id, kept);
        head
    }
}

/// Does a version name something that an office has laid over its form?
fn is_laid_over(version: u16) -> bool {
    FormVersion::read(version).overlay > 0
}

fn verdict_of(meeting: &Meeting, rev: Rev) -> Verdict {
    match meeting.clone() {
        Meeting::Clean => Verdict::Accepted { rev },
        Meeting::Merged => Verdict::Merged { rev },
        Meeting::Disputed(fields) => Verdict::NeedsDecision { rev, fields },
    }
}

fn note_card_or_case(family: &mut Family, record: &Record) {
    match record.kind {
        RecordKind::Family => family.card = Some(card_of(record)),
        RecordKind::Case => {
            // The last case made is the current one.
            if family.case.as_ref().is_none_or(|case| case.record <= record.id) {
                family.case = Some(case_of(record));
            }
        }
        RecordKind::Visit | RecordKind::Task | RecordKind::Paper => {}
    }
}

fn card_of(record: &Record) -> Card {
    let members = family_card::members(&record.answers);
    let children = members.iter().filter(|member| member.is_child()).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Card {
        code: record.answers.text(family_card::CODE).to_owned(),
        surname: record.answers.text(family_card::SURNAME).to_owned(),
        locality: record.answers.text(family_card::LOCALITY).to_owned(),
        adults: count(members.len() - children),
        children: count(children),
    }
}

fn case_of(record: &Record) -> CaseNote {
    let answers = &record.answers;
    let case = Case::read(answers);
    CaseNote {
        record: record.id,
        stage: case.as_ref().map(|case| case.stage),
        assistant: answers.get(case_card::ASSISTANT),
        worker: answers.get(case_card::WORKER),
        flags: answers.get(case_card::FLAGS).unwrap_or_default().into_iter().collect(),
        since: answers.get(case_card::CONSENT_ON).or_else(|| answers.get(case_card::ALLOCATED_ON)),
        owes: is_anything_owed(record),
    }
}

impl Decisions {
    /// Records as they now stand.
    pub fn records(&self) -> Vec<&Kept> {
        self.kept.values().collect()
    }

    /// Writes what follows for families: heads, cards, cases, handovers, facts and their sums.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_families(&self, link: &mut Link, office: OfficeId) -> DbResult<()> {
        let mut said = Facts::default();
        let mut visited = BTreeSet::new();
        for Kept { record, .. } in self.kept.values() {
            said.take(record);
            if record.kind == RecordKind::Visit {
                visited.insert(record.family);
            }
        }
        families::put(link, office, &self.families.values().collect::<Vec<_>>()).await?;
        for handover in &self.handovers {
            families::hand_over(link, office, *handover).await?;
        }
        facts::put(link, office, &said).await?;
        families::sum_up_visits(link, office, &visited.into_iter().collect::<Vec<_>>()).await
    }
}

fn word_of(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted { .. } => "accepted",
        Verdict::Merged { .. } => "merged",
        Verdict::NeedsDecision { .. } => "needs_decision",
        Verdict::Refused(refusal) => match refusal {
            Refusal::NoSuchRecord => "refused: no_such_record",
            Refusal::AlreadyThere => "refused: already_there",
            Refusal::Mismatch => "refused: mismatch",
            Refusal::NotAllowed => "refused: not_allowed",
            Refusal::OtherAuthor => "refused: other_author",
            Refusal::Invalid(_) => "refused: invalid",
            Refusal::Unreadable => "refused: unreadable",
            Refusal::TooLarge => "refused: too_large",
            Refusal::SettledAlready => "refused: settled_already",
        },
    }
}
