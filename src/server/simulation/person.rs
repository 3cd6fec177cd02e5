//! What the person of a phone does: writes, corrects, chooses, takes photos.

use super::phone::Phone;
use crate::{
    domain::{
        change::{Action, Edit, Intent, edits_between},
        codes::{Area, DueKind, EntryKind, TaskStatus},
        content::fingerprint,
        documents::{RecordKind, family_task, visit_card},
        files::{self, MediaType},
        form::{Answers, Key, Value},
        ids::{FileId, RecordId},
        record::{Record, Refusal},
        visit_draft::{self, Forms},
    },
    sync::{engine::StepError, memory::Failure, ports::StoreError, replica::Write},
};

impl Phone {
    /// The person does one thing or another. Says what, in the words of the story.
    pub async fn act(&self) -> Result<(), String> {
        let (what, intents) = match self.random.below(10) {
            0..=2 => ("writes a task", self.new_task()),
            3 | 4 => ("writes an entry", self.new_visit().await),
            5 => ("chooses between two versions", self.settle()),
            6 => ("corrects an entry", self.correct_visit()),
            _ => ("edits a task", self.edit_task()),
        };
        let Some(intents) = intents else { return Ok(()) };
        if self.random.percent(5) {
            self.store.inner.fail_next(Failure::Full);
        }
        let records: Vec<String> = intents.iter().map(|intent| self.office.name_of(intent.record)).collect();
        let done = self.device().step(|replica, pen| replica.intend(intents, None, pen)).await;
        self.office.tell(|| format!("{}: {what} ({}): {done:?}", self.name, records.join(", ")));
        match done {
            // No space: the person is told, and nothing was promised.
            Ok(()) | Err(StepError::Store(StoreError::Full)) => Ok(()),
            Err(StepError::Refused(Refusal::NoSuchRecord | Refusal::SettledAlready)) => Ok(()),
            Err(error) => Err(format!("a step on the phone failed: {error:?}")),
        }
    }

    /// The person writes, and the phone dies while its store keeps it.
    pub async fn act_and_die(&self) -> Result<(), String> {
        let failure = if self.random.percent(50) { Failure::DiesAfter } else { Failure::DiesBefore };
        self.store.inner.fail_next(failure);
        self.until_dead(async { drop(self.act().await) }).await;
        self.office.tell(|| format!("{}: {failure:?}: dies while it keeps what was written", self.name));
        self.restart().await
    }

    fn words(&self) -> String {
        format!("słowa {:08x} o dzieciach", self.random.below(u64::from(u32::MAX)))
    }

    fn new_task(&self) -> Option<Vec<Intent>> {
        let family = *self.random.pick(&self.families())?;
        let task = Answers::default()
            .with(family_task::GIVEN_ON, "2026-03-01".parse().ok()?)
            .with(family_task::TASK, self.words())
            .with(family_task::BY_ASSISTANT, true)
            .with(family_task::AREA, Area::A10)
            .with(family_task::DUE_KIND, DueKind::NextMeeting)
            .with(family_task::STATUS, TaskStatus::Set);
        let action = Action::Write(edits_between(&Answers::default(), &task));
        Some(vec![Intent { record: RecordId(self.random.uuid()), kind: RecordKind::Task, family, form: 1, action }])
    }

    /// A visit with a new task and, if there is one, an earlier task checked: three changes of one moment.
    async fn new_visit(&self) -> Option<Vec<Intent>> {
        let photo = if self.random.percent(40) { Some(self.photo().await?) } else { None };
        let family = *self.random.pick(&self.families())?;
        let tasks: Vec<Record> =
            self.of_kind(RecordKind::Task).into_iter().filter(|task| task.family == family).take(1).collect();
        let device = self.device();
        device.with_pen(|pen| {
            let mut draft = visit_draft::begin(EntryKind::Visit, pen)
                .with(visit_card::DURATION, 45)
                .with(visit_card::PRESENT_OTHERS, "babcia".into())
                .with(visit_card::TASKS, ["T06_PARENTING".to_owned()].into())
                .with(visit_card::AREAS, ["A10".to_owned()].into())
                .with(visit_card::ACTIONS, self.words());
            let new = Answers::default().with(family_task::TASK, self.words()).with(family_task::BY_ASSISTANT, true);
            draft.put_row(visit_draft::NEW_TASKS, &pen.id().to_string(), new);
            if let Some((file, row)) = photo {
                draft.put_row("files", &file.to_string(), row);
            }
            for task in &tasks {
                let check = Answers::default().with(family_task::STATUS, TaskStatus::InProgress);
                draft.put_row(visit_draft::TASK_CHECKS, &task.id.to_string(), check);
            }
            let known: Vec<&Record> = tasks.iter().collect();
            let book = self.device().replica().book().clone();
            let forms = Forms { entry: book.newest_of(RecordKind::Visit), book: &book };
            let entry = visit_draft::Entry { record: RecordId(pen.id()), family, before: None, forms };
            visit_draft::finish(&draft, entry, &Default::default(), &known, pen).ok()
        })
    }

    /// A photo is taken: its bytes are kept at once, and its row goes into the draft.
    async fn photo(&self) -> Option<(FileId, Answers)> {
        let file = self.device().with_pen(|pen| FileId(pen.id()));
        let bytes = photo_of(file);
        let row = Answers::default()
            .with(files::MEDIA, MediaType::Jpeg)
            .with(files::BYTES, i64::try_from(bytes.len()).ok()?)
            .with(files::HASH, fingerprint(&bytes));
        let kept = self.device().step(|_, _| Ok::<_, Refusal>(vec![Write::PutContent(file, bytes)])).await;
        kept.ok().map(|()| (file, row))
    }

    /// Corrects an entry of one's own: its words, its length, or a task that was forgotten.
    fn correct_visit(&self) -> Option<Vec<Intent>> {
        let mut visits = self.of_kind(RecordKind::Visit);
        visits.retain(|visit| visit.made.by == self.actor.user);
        let visit = self.random.pick(&visits)?;
        let mut draft = visit.answers.clone();
        match self.random.below(3) {
            0 => draft.put(visit_card::DURATION, 30 + self.random.below(60) as i64),
            1 => {
                let new =
                    Answers::default().with(family_task::TASK, self.words()).with(family_task::BY_ASSISTANT, true);
                draft.put_row(visit_draft::NEW_TASKS, &self.random.uuid().to_string(), new);
            }
            _ => draft.put(visit_card::ACTIONS, self.words()),
        }
        let book = self.device().replica().book().clone();
        let forms = Forms { entry: book.form_of(visit), book: &book };
        let entry = visit_draft::Entry { record: visit.id, family: visit.family, before: Some(&visit.answers), forms };
        self.device().with_pen(|pen| visit_draft::finish(&draft, entry, &Default::default(), &[], pen).ok())
    }

    fn edit_task(&self) -> Option<Vec<Intent>> {
        const FREE: [Key<String>; 2] = [family_task::TASK, family_task::RHYTHM];
        let tasks = self.of_kind(RecordKind::Task);
        let task = self.random.pick(&tasks)?;
        let mut after = task.answers.clone();
        match self.random.below(4) {
            0 => {
                let mut who = after.get(family_task::WHO).unwrap_or_default();
                who.insert(self.random.uuid().to_string());
                after.put(family_task::WHO, who);
            }
            1 => {
                after.put(FREE[0], self.words());
                after.put(FREE[1], self.words());
            }
            field => after.put(FREE[(field % 2) as usize], self.words()),
        }
        let action = Action::Write(edits_between(&task.answers, &after));
        Some(vec![Intent { record: task.id, kind: RecordKind::Task, family: task.family, form: task.form, action }])
    }

    fn settle(&self) -> Option<Vec<Intent>> {
        let all = self.of_kind(RecordKind::Task).into_iter().chain(self.of_kind(RecordKind::Visit));
        let open: Vec<Record> = all.filter(|record| !record.disputes.is_empty()).collect();
        let record = self.random.pick(&open)?;
        let dispute = self.random.pick(&record.disputes)?;
        let before = record.answers.raw(&dispute.field).cloned();
        let after: Option<Value> = if self.random.percent(50) { dispute.value.clone() } else { before.clone() };
        let action =
            Action::Settle { field: dispute.field.clone(), of: dispute.stamp.change, edit: Edit { before, after } };
        Some(vec![Intent { record: record.id, kind: record.kind, family: record.family, form: record.form, action }])
    }
}

/// The bytes of a photo follow from its id: whoever knows it can tell whether they are all there.
pub fn photo_of(file: FileId) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff];
    bytes.extend(file.0.as_bytes().repeat(20));
    bytes
}
