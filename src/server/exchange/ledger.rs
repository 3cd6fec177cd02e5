//! Decides the changes of a request in memory, between one reading and one writing.

use super::{Caller, Memory, own_news::OwnNews, reading::Asked};
use crate::{
    domain::{
        access::{Actor, Deed, Object, Role, Tie, Ties, object_of, tie},
        change::Change,
        decide::{Standing, decide},
        documents::{
            RecordKind,
            case_card::{self, Case},
            family_card,
        },
        ids::{ChangeId, DeviceId, FamilyId, OfficeId, RecordId, Rev},
        record::{Meeting, Record, Refusal},
    },
    server::db::{
        DbResult, Link,
        audit::Line,
        changes::{Decided, Known},
        facts::{self, Facts},
        families::{self, Card, CaseNote, Family, Handover},
        records::{self, Kept},
    },
    sync::protocol::{Receipt, Verdict},
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Largest record, as JSON in bytes: many small changes must not grow one that no device can fetch.
const MAX_RECORD: usize = 1024 * 1024;

/// The office's books, open at the pages that a request needs.
pub struct Ledger<'a> {
    actor: &'a Actor,
    now: DateTime<Utc>,
    known: Memory,
    records: BTreeMap<RecordId, Record>,
    families: BTreeMap<FamilyId, Family>,
    /// Families whose assistant the actor is or was.
    once_mine: BTreeSet<FamilyId>,
    decisions: Decisions,
}

/// What was decided, and what follows from it.
#[derive(Debug, Default)]
pub struct Decisions {
    /// The office's last revision.
    pub last: Rev,
    /// Answers, in the order in which they were decided.
    pub receipts: Vec<Receipt>,
    /// Changes that are new to the office.
    pub decided: Vec<Decided>,
    kept: BTreeMap<RecordId, Kept>,
    families: BTreeMap<FamilyId, Family>,
    handovers: Vec<Handover>,
    lines: Vec<(Object, Known)>,
    own: OwnNews,
}

impl<'a> Ledger<'a> {
    /// Opens the books.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(
        link: &mut Link,
        caller: &'a Caller,
        asked: &[Asked],
        last: Rev,
        now: DateTime<Utc>,
    ) -> DbResult<Self> {
        let actor = &caller.actor;
        let changes = || asked.iter().filter_map(Asked::change);
        let ids: BTreeSet<RecordId> = changes().map(|change| change.record).collect();
        let family_ids: BTreeSet<FamilyId> = changes().map(|change| change.family).collect();
        let family_ids: Vec<_> = family_ids.into_iter().collect();
        let known = Memory::of(link, caller, asked).await?;
        let records = records::find(link, actor.office, &ids.into_iter().collect::<Vec<_>>()).await?;
        let families = families::find(link, actor.office, &family_ids).await?;
        let once_mine = match actor.role {
            Role::Assistant => families::once_of(link, actor.office, actor.user, &family_ids).await?,
            Role::SocialWorker | Role::Manager | Role::SysAdmin | Role::Dpo => Vec::new(),
        };
        Ok(Self {
            actor,
            now,
            known,
            records: records.into_iter().map(|record| (record.id, record)).collect(),
            families: families.into_iter().map(|family| (family.id, family)).collect(),
            once_mine: once_mine.into_iter().collect(),
            decisions: Decisions { last, ..Decisions::default() },
        })
    }

    /// Decides in order; a change that names another is decided after it, wherever that one stands in
    /// the request. One whose other has not arrived at all stays without an answer.
    pub fn decide_all(&mut self, asked: Vec<Asked>) {
        let mut waiting = asked;
        loop {
            let before = waiting.len();
            waiting = waiting.into_iter().filter_map(|asked| self.decide_or_wait(asked)).collect();
            if waiting.is_empty() || waiting.len() == before {
                return;
            }
        }
    }

    fn decide_or_wait(&mut self, asked: Asked) -> Option<Asked> {
        if let Some(receipt) = self.known.receipt(&asked, self.actor, self.now) {
            self.answer_again(&asked, receipt);
            return None;
        }
        if asked.after().is_some_and(|after| !self.known.0.contains_key(&after)) {
            return Some(asked);
        }
        match asked {
            Asked::Whole { change, body } => self.decide_whole(&change, body),
            Asked::Broken { id, refusal, body } => self.refuse_broken(id, refusal, body),
        }
        None
    }

    fn answer_again(&mut self, asked: &Asked, receipt: Receipt) {
        if let Some(Known { record: Some(record), .. }) = self.known.0.get(&asked.id()) {
            self.decisions.own.answered(*record, &receipt.verdict);
        }
        self.decisions.receipts.push(receipt);
    }

    fn decide_whole(&mut self, change: &Change, body: String) {
        let verdict = match self.judge(change) {
            Ok((kept, meeting)) => {
                let rev = kept.record.rev;
                self.take(kept);
                verdict_of(meeting, rev)
            }
            Err(refusal) => Verdict::Refused(refusal),
        };
        self.decisions.own.answered(change.record, &verdict);
        let known = Known {
            id: change.id,
            author: self.actor.user,
            record: Some(change.record),
            family: Some(change.family),
            at: self.now,
            verdict,
        };
        self.decisions.lines.push((object_of(change.kind), known.clone()));
        self.remember(Decided { known, device_at: Some(change.at), body });
    }

    fn judge(&self, change: &Change) -> Result<(Kept, Meeting), Refusal> {
        let rev = Rev(self.decisions.last.0 + 1);
        let tie = self.tie(change.family);
        let record = self.records.get(&change.record);
        let (record, meeting) = decide(change, Standing { actor: self.actor, tie, record, rev, now: self.now })?;
        // Our own types always make JSON; should they not one day, the change is answered, not lost.
        let body = serde_json::to_string(&record).map_err(|_| Refusal::Unreadable)?;
        if body.len() > MAX_RECORD {
            return Err(Refusal::TooLarge);
        }
        Ok((Kept { record, body }, meeting))
    }

    fn tie(&self, family: FamilyId) -> Tie {
        let standing = self.families.get(&family);
        let ties = Ties {
            // Every key of the store begins with the office: another office's family cannot be met here.
            office: self.actor.office,
            assistant: standing.and_then(Family::assistant),
            worker: standing.and_then(Family::worker),
            former: self.once_mine.contains(&family),
        };
        tie(self.actor, &ties)
    }

    fn refuse_broken(&mut self, id: ChangeId, refusal: Refusal, body: String) {
        let verdict = Verdict::Refused(refusal);
        let known = Known { id, author: self.actor.user, record: None, family: None, at: self.now, verdict };
        // What it was about cannot be known.
        self.decisions.lines.push((Object::Oneself, known.clone()));
        self.remember(Decided { known, device_at: None, body });
    }

    fn remember(&mut self, decided: Decided) {
        let known = &decided.known;
        self.decisions.receipts.push(Receipt { change: known.id, at: known.at, verdict: known.verdict.clone() });
        self.known.0.insert(known.id, known.clone());
        self.decisions.decided.push(decided);
    }

    /// Takes a record in as it now stands, with what its family's row says.
    fn take(&mut self, kept: Kept) {
        let record = &kept.record;
        self.decisions.last = record.rev;
        let family = self.families.entry(record.family).or_insert_with(|| Family::new(record.family));
        let before = family.assistant();
        family.head = record.rev;
        note_card_or_case(family, record);
        if family.assistant() != before {
            let handover = Handover { family: family.id, to: family.assistant(), rev: record.rev };
            self.decisions.handovers.push(handover);
        }
        self.decisions.families.insert(family.id, family.clone());
        self.records.insert(record.id, record.clone());
        self.decisions.kept.insert(record.id, kept);
    }

    /// Closes the books.
    pub fn close(self) -> Decisions {
        self.decisions
    }
}

fn verdict_of(meeting: Meeting, rev: Rev) -> Verdict {
    match meeting {
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
        RecordKind::Plan | RecordKind::Visit | RecordKind::Task => {}
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
    }
}

impl Decisions {
    /// Records as they now stand.
    pub fn records(&self) -> Vec<&Kept> {
        self.kept.values().collect()
    }

    /// What the device knows without being sent it.
    pub fn own_news(&self) -> OwnNews {
        self.own.clone()
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

    /// One line of the access log for each change that was decided now.
    pub fn lines(&self, device: DeviceId, actor: &Actor) -> Vec<Line> {
        let deed = if actor.role == Role::Manager { Deed::Decide } else { Deed::Write };
        self.lines
            .iter()
            .map(|(object, known)| Line {
                device: Some(device),
                deed,
                object: *object,
                family: known.family,
                record: known.record,
                change: Some(known.id),
                detail: word_of(&known.verdict),
            })
            .collect()
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
