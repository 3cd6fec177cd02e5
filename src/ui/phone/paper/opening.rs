//! What the form of a paper needs from the device when it opens.

use super::is_open;
use crate::{
    domain::{
        caseload::FamilyLine,
        change::Pen,
        documents::{
            RecordKind,
            papers::{
                ON_PHONE, OWN_WORK,
                begin::{Known, begin},
                computed::with_computed,
                course::{CASE, PAPER},
                form_of, month,
                month::Month,
                parts::PLACE,
                plan,
            },
        },
        form::{Answers, Form},
        ids::{DraftId, FamilyId, RecordId},
        procedure::Paper,
        record::Record,
    },
    sync::replica::{Draft, Replica},
    ui::form::{Pick, paper::Offers},
};
use chrono::NaiveDate;

/// What the form needs, read once when it opens.
pub struct Opening {
    /// Which paper it is.
    pub paper: Paper,
    /// The form that it was begun with.
    pub form: &'static Form,
    /// The draft, begun now or earlier.
    pub draft: Draft,
    /// It was begun earlier on this device.
    pub resumed: bool,
    /// Whom and what its fields offer.
    pub offers: Offers,
    /// The month that it is about, counted for its opening.
    pub month: Option<Month>,
}

/// A new paper: one that was begun earlier, or one with what is known.
pub fn open_new(replica: &Replica, line: &FamilyLine, paper: Paper, pen: &Pen<'_>) -> Option<Opening> {
    let newest = replica.book().newest_paper(paper).filter(|_| ON_PHONE.contains(&paper))?;
    // There is one new version of a plan at a time.
    if let Some(written) = (paper == Paper::Plan).then(|| plan_in_writing(replica, line)).flatten() {
        return open_standing(replica, line, written, pen);
    }
    let begun = replica.drafts().into_iter().find(|draft| {
        let same = draft.answers.get(PAPER) == Some(paper);
        draft.kind == RecordKind::Paper && draft.family == line.family && draft.before.is_none() && same
    });
    let resumed = begun.is_some();
    let draft = begun.cloned().unwrap_or_else(|| Draft {
        id: DraftId(pen.id()),
        record: RecordId(pen.id()),
        kind: RecordKind::Paper,
        family: line.family,
        form: newest.version,
        answers: begin(paper, &known(replica, line.family, pen.today())),
        before: None,
        section: 0,
        saved_at: pen.now,
    });
    Some(around(replica, line, paper, draft, resumed, pen))
}

/// A paper that stands as a draft, on this device or in the office; nothing when it is only read.
pub fn open_standing(replica: &Replica, line: &FamilyLine, id: RecordId, pen: &Pen<'_>) -> Option<Opening> {
    let begun = replica.drafts().into_iter().find(|draft| draft.kind == RecordKind::Paper && draft.record == id);
    let standing = replica.record(id).filter(|record| record.kind == RecordKind::Paper && record.family == line.family);
    let (draft, resumed) = match (begun, standing) {
        (Some(draft), None) => (draft.clone(), true),
        (begun, Some(record)) if is_open(record) => (going_on(begun, record, pen), begun.is_some()),
        _ => return None,
    };
    let paper = draft.answers.get(PAPER).filter(|paper| form_of(*paper).is_some())?;
    Some(around(replica, line, paper, draft, resumed, pen))
}

/// A version of the plan of the current case that was put aside or returned.
fn plan_in_writing(replica: &Replica, line: &FamilyLine) -> Option<RecordId> {
    let case = replica.of_family(line.family, RecordKind::Case).map(|case| case.id).max();
    let papers = replica.of_family(line.family, RecordKind::Paper);
    let in_writing =
        papers.filter(|record| plan::is_plan(record) && is_open(record) && record.answers.get(CASE) == case);
    in_writing.map(|record| record.id).max()
}

/// What was written here, on top of what stands in the office by now.
pub fn going_on(begun: Option<&Draft>, record: &Record, pen: &Pen<'_>) -> Draft {
    let fresh = Draft {
        id: DraftId(pen.id()),
        record: record.id,
        kind: RecordKind::Paper,
        family: record.family,
        form: record.form,
        answers: record.answers.clone(),
        before: Some(record.answers.clone()),
        section: 0,
        saved_at: pen.now,
    };
    let Some(begun) = begun else { return fresh };
    let before = begun.before.clone().unwrap_or_default();
    let (seen, written) = crate::domain::visit_draft::brought_onto(&record.answers, &before, &begun.answers);
    Draft { id: begun.id, saved_at: begun.saved_at, answers: written, before: Some(seen), ..fresh }
}

/// What is known of the family; one without a paper begins where this person wrote last.
pub fn known(replica: &Replica, family: FamilyId, today: NaiveDate) -> Known<'_> {
    let papers = replica.records().filter(|record| record.kind == RecordKind::Paper && record.made.by == replica.me);
    let place = papers.max_by_key(|record| record.id).map(|record| record.answers.text(PLACE).to_owned());
    Known::of(records(replica, family), replica.me, today).or_place(place).or_place(replica.book().letterhead.place())
}

/// The paper with the figures that nobody types, counted from what is on this device now.
pub fn counted(replica: &Replica, family: FamilyId, paper: Paper, answers: &Answers, pen: &Pen<'_>) -> Answers {
    match OWN_WORK.contains(&paper) {
        true => month::counted(paper, answers.clone(), replica.me, replica.records(), pen.today()),
        false => with_computed(paper, answers, &known(replica, family, pen.today())),
    }
}

fn records(replica: &Replica, family: FamilyId) -> Vec<&Record> {
    replica.records().filter(move |record| record.family == family).collect()
}

/// The form that a draft was begun with.
pub fn form_of_draft(replica: &Replica, draft: &Draft) -> &'static Form {
    replica.book().form(draft.kind, &draft.answers, draft.form)
}

fn around(replica: &Replica, line: &FamilyLine, paper: Paper, draft: Draft, resumed: bool, pen: &Pen<'_>) -> Opening {
    let people = replica.state().people.iter();
    let people = people.map(|(id, name)| Pick { id: id.to_string(), label: name.clone(), note: String::new() });
    let offers = Offers::of(&records(replica, line.family), people.collect(), pen.today());
    Opening { paper, form: form_of_draft(replica, &draft), draft, resumed, offers, month: None }
}
