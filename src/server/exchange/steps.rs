//! Steps of the procedure within the transaction that decides: those that a person takes at the desk, and those
//! that follow from a paper by themselves. Counting families and giving one away is one turn of the office, so
//! two allocations at the same moment cannot both find the fifteenth place (art. 15 ust. 4).

use super::{
    books,
    ledger::{Judged, Turn},
};
use crate::{
    domain::{
        access::{Actor, Deed, Object, may, object_of},
        calendar::{warsaw_day, warsaw_offset_minutes},
        change::{Action, Change, Edit, Pen, edits_between},
        decide::Hand,
        documents::{
            RecordKind, case_card, family_card,
            papers::course::{LIFE, PAPER},
        },
        form::{Answers, Cell as _, Problem},
        ids::{ChangeId, FamilyId, RecordId, Rev, UserId},
        procedure::{
            Around, CaseNow, Facts, FamilyLoad, Followed, Given, Hindrance, Life, Paper, Transition, facts_of_case,
            follow, hindrances_of, take,
        },
        record::{Meeting, Record, Refusal},
    },
    server::db::changes::Known,
    sync::protocol::Verdict,
};

/// More steps than this never follow from one paper.
const MOST_STEPS: usize = 8;

impl Turn<'_> {
    /// How a step that a person takes would stand.
    pub(super) fn judge_step(&self, change: &Change, step: Transition, given: &Given) -> Result<Judged, Refusal> {
        if change.kind != RecordKind::Case {
            return Err(Refusal::Mismatch);
        }
        let case = self.ledger.records.get(&change.record);
        if case.is_some() == change.makes_record() {
            return Err(if case.is_some() { Refusal::AlreadyThere } else { Refusal::NoSuchRecord });
        }
        if case.is_none() && !self.may_open_in(change.family) {
            return Err(Refusal::NotAllowed);
        }
        let today = warsaw_day(self.sender.now);
        let file = self.file(change.family);
        let is_earlier = |id: RecordId| file.iter().any(|record| record.kind == RecordKind::Case && record.id == id);
        if given.follows.is_some_and(|earlier| !is_earlier(earlier)) {
            // A case of another family, or none at all: the same answer.
            return Err(Refusal::Mismatch);
        }
        let mut facts = match case {
            Some(case) => facts_of_case(case, file.iter().copied(), today),
            None => Facts { other_open_case: file.iter().any(|record| is_open_case(record)), ..Facts::on(today) },
        };
        facts.load = given.assistant.and_then(|assistant| self.load(assistant, change.family));
        let now = match case {
            Some(case) => CaseNow::of(case.id, &case.answers),
            None => CaseNow::none(),
        };
        let taken = take(&now, step, self.sender.actor, given, &facts, &self.ledger.set.settings).map_err(refused)?;
        let written = Change { action: Action::Write(taken.edits.clone()), ..change.clone() };
        let judged = self.judge_write(&written, Hand::Office)?;
        Ok(Judged { meeting: Meeting::Merged, taken: Some((step, taken)), ..judged })
    }

    /// May this person open a case in this file? Of a family that the office knows only those who have it already:
    /// whoever opens its case reads all of it.
    fn may_open_in(&self, family: FamilyId) -> bool {
        let is_new = !self.ledger.families.contains_key(&family);
        let tie = self.tie(family);
        self.ledger.books.person_of(family).is_none()
            && (is_new || may(self.sender.actor.role, Deed::Read, Object::FamilyFile, tie))
    }

    /// A decision from which a step follows that cannot be taken is not taken either: the paper would say one thing
    /// and the case another.
    pub(super) fn refuse_what_cannot_follow(&self, paper: &Record) -> Result<(), Refusal> {
        let (Some(kind), true) = (self.decided_now(paper), self.ledger.books.has_file(paper.family)) else {
            return Ok(());
        };
        let mut file = self.file(paper.family);
        file.retain(|record| record.id != paper.id);
        file.push(paper);
        let Some(case) = self.case_of(paper.family) else { return Ok(()) };
        let load = |assistant: UserId| self.load(assistant, case.family);
        let hindrances = hindrances_of(kind, case, &self.around(&file, &load));
        if hindrances.is_empty() { Ok(()) } else { Err(refused(hindrances)) }
    }

    /// Which paper is decided by this, when it was only handed in before.
    fn decided_now(&self, paper: &Record) -> Option<Paper> {
        let before = self.ledger.records.get(&paper.id)?.answers.get(LIFE);
        let is_decided = matches!(paper.answers.get(LIFE), Some(Life::Approved | Life::Returned));
        paper.answers.get(PAPER).filter(|_| before == Some(Life::Signed) && is_decided)
    }

    /// Takes every step that follows from what was just written.
    pub(super) fn follow(&mut self, change: &Change) {
        if !self.ledger.books.has_file(change.family) {
            return;
        }
        for _ in 0..MOST_STEPS {
            let Some((written, judged)) = self.next_step(change.family) else { return };
            self.keep(&written, judged);
        }
    }

    /// The next step that a family's papers carry, as the office writes it.
    fn next_step(&self, family: FamilyId) -> Option<(Change, Judged)> {
        let case = self.case_of(family)?;
        let file = self.file(family);
        let load = |assistant: UserId| self.load(assistant, family);
        let Followed { step, taken } = follow(case, &self.around(&file, &load))?;
        let written =
            Change { record: case.id, base: case.rev, ..self.made(family, Action::Write(taken.edits.clone())) };
        let judged = self.judge_write(&written, Hand::Office).ok()?;
        Some((written, Judged { taken: Some((step, taken)), ..judged }))
    }

    /// The case that takes up an ended one.
    pub(super) fn begin_case(&mut self, family: FamilyId, card: Answers) {
        let (id, action) = (RecordId(self.new_id()), Action::Write(edits_between(&Answers::default(), &card)));
        let about = Change { record: id, ..self.made(family, action) };
        if let Ok(judged) = self.judge_write(&about, Hand::Office) {
            self.keep(&about, judged);
        }
    }

    /// Gives a new family the next number of the office, when it has none yet.
    pub(super) fn with_code(&mut self, change: &Change) -> Option<Change> {
        if !books::makes_family(change) {
            return None;
        }
        let Action::Write(mut edits) = change.action.clone() else { return None };
        let code = Some(self.ledger.books.new_code().write());
        edits.insert(family_card::CODE.name().to_owned(), Edit { before: None, after: code });
        Some(Change { action: Action::Write(edits), ..change.clone() })
    }

    /// Keeps and remembers a change that the office has made itself.
    pub(super) fn keep(&mut self, change: &Change, judged: Judged) {
        let verdict = Verdict::Merged { rev: judged.kept.record.rev };
        // Our own types always make JSON.
        let body = serde_json::to_string(change).unwrap_or_default();
        // The device must be sent it: it has made no such change.
        self.take(Judged { meeting: Meeting::Merged, ..judged });
        let (author, at) = (self.sender.actor.user, self.sender.now);
        let known =
            Known { id: change.id, author, record: Some(change.record), family: Some(change.family), at, verdict };
        self.note(known, object_of(change.kind), None, &body);
    }

    fn around<'b>(&'b self, records: &'b [&'b Record], load: &'b dyn Fn(UserId) -> Option<FamilyLoad>) -> Around<'b> {
        let (actor, today) = (self.sender.actor, warsaw_day(self.sender.now));
        Around { records, actor, today, settings: &self.ledger.set.settings, load }
    }

    /// The records of a family whose file is open, as they stand now.
    pub(super) fn file(&self, family: FamilyId) -> Vec<&Record> {
        self.ledger.books.file(family).filter_map(|id| self.ledger.records.get(id)).collect()
    }

    /// The family's current case: the last one made.
    pub(super) fn case_of(&self, family: FamilyId) -> Option<&Record> {
        let cases = self.file(family).into_iter().filter(|record| record.kind == RecordKind::Case);
        cases.max_by_key(|record| record.id)
    }

    fn load(&self, assistant: UserId, family: FamilyId) -> Option<FamilyLoad> {
        self.ledger.books.load(assistant, family, &self.ledger.families)
    }

    pub(super) fn made(&self, family: FamilyId, action: Action) -> Change {
        Change {
            id: ChangeId(self.new_id()),
            record: RecordId(uuid::Uuid::nil()),
            kind: RecordKind::Case,
            family,
            base: Rev::NONE,
            after: None,
            action,
            author: self.sender.actor.user,
            at: self.sender.now,
            offset: warsaw_offset_minutes(self.sender.now),
            form: self.ledger.set.newest_of(RecordKind::Case).version,
        }
    }

    pub(super) fn new_id(&self) -> uuid::Uuid {
        let Actor { user, .. } = self.sender.actor;
        Pen { author: *user, now: self.sender.now, offset: 0, random: &ten_bytes }.id()
    }
}

fn ten_bytes() -> [u8; 10] {
    let mut bytes = [0; 10];
    rand::Rng::fill(&mut rand::rng(), &mut bytes);
    bytes
}

fn is_open_case(record: &Record) -> bool {
    record.kind == RecordKind::Case && record.answers.get(case_card::STAGE).is_some_and(|stage| !stage.is_ended())
}

/// What is in the way, as the desk shows it.
fn refused(hindrances: Vec<Hindrance>) -> Refusal {
    let problem = |hindrance: &Hindrance| Problem::error(case_card::STAGE.name(), hindrance.text());
    Refusal::Invalid(hindrances.iter().map(problem).collect())
}
