//! What the form of a paper needs from the device when it opens.

use super::is_open;
use crate::{
    domain::{
        caseload::FamilyLine,
        change::Pen,
        documents::{
            RecordKind,
            papers::{
                ON_PHONE,
                begin::{Known, begin},
                course::PAPER,
                form_of,
                parts::PLACE,
            },
        },
        form::Form,
        ids::{DraftId, RecordId},
        procedure::Paper,
        record::Record,
    },
    sync::replica::{Draft, Replica},
    ui::form::{Pick, paper::Offers},
};

/// What the form needs, read once when it opens.
pub struct Opening {
    /// Which paper it is.
    pub paper: Paper,
    /// Its declaration.
    pub form: &'static Form,
    /// The draft, begun now or earlier.
    pub draft: Draft,
    /// It was begun earlier on this device.
    pub resumed: bool,
    /// Whom and what its fields offer.
    pub offers: Offers,
}

/// A new paper: one that was begun earlier, or one with what is known.
pub fn open_new(replica: &Replica, line: &FamilyLine, paper: Paper, pen: &Pen<'_>) -> Option<Opening> {
    let form = form_of(paper).filter(|_| ON_PHONE.contains(&paper))?;
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
        form: form.version,
        answers: begin(paper, &known(replica, line, pen)),
        before: None,
        section: 0,
        saved_at: pen.now,
    });
    Some(around(replica, line, (paper, form), draft, resumed, pen))
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
    let paper = draft.answers.get(PAPER)?;
    let form = form_of(paper)?;
    Some(around(replica, line, (paper, form), draft, resumed, pen))
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

/// What the family's file tells; a family without a paper begins where this person wrote last.
fn known<'a>(replica: &'a Replica, line: &FamilyLine, pen: &Pen<'_>) -> Known<'a> {
    let file = replica.records().filter(|record| record.family == line.family);
    let papers = replica.records().filter(|record| record.kind == RecordKind::Paper && record.made.by == replica.me);
    let last = papers.max_by_key(|record| record.id);
    Known::of(file, replica.me, pen.today()).or_place(last.map(|record| record.answers.text(PLACE).to_owned()))
}

fn records<'a>(replica: &'a Replica, line: &FamilyLine) -> Vec<&'a Record> {
    replica.records().filter(|record| record.family == line.family).collect()
}

fn around(
    replica: &Replica,
    line: &FamilyLine,
    (paper, form): (Paper, &'static Form),
    draft: Draft,
    resumed: bool,
    pen: &Pen<'_>,
) -> Opening {
    let people = replica.state().people.iter();
    let people = people.map(|(id, name)| Pick { id: id.to_string(), label: name.clone(), note: String::new() });
    let offers = Offers::of(&records(replica, line), people.collect(), pen.today());
    Opening { paper, form, draft, resumed, offers }
}
