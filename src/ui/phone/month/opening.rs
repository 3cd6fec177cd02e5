//! What the form of a paper about a month needs from the device when it opens.

use super::{life, standing};
use crate::{
    domain::{
        access::own_file,
        change::Pen,
        documents::{
            RecordKind,
            papers::{
                course::PAPER,
                month::{Month, month_of, month_text},
                monthly_report::{MONTH, ROWS},
                parts::PLACE,
            },
        },
        form::{Form, Value},
        ids::{DraftId, RecordId, UserId},
        procedure::{Life, Paper},
        words,
    },
    sync::replica::{Draft, Replica},
    ui::{
        form::{Family, Pick, paper::Offers},
        phone::paper::{Opening, form_of_draft, going_on},
    },
};
use chrono::NaiveDate;

/// Is this a draft of the person's paper about this month? The register of trainings has no month.
pub fn is_about(draft: &Draft, me: UserId, paper: Paper, first: NaiveDate) -> bool {
    let own = draft.kind == RecordKind::Paper && draft.family == own_file(me);
    let of_month = paper == Paper::Training || draft.answers.text(MONTH) == month_text(first);
    own && of_month && draft.answers.get(PAPER) == Some(paper)
}

/// The person's paper about a month: the one that was begun, in the office or here, or a new one with everything that
/// the cards know. Nothing when it was handed in already: then it is only read.
pub fn open(replica: &Replica, paper: Paper, first: NaiveDate, pen: &Pen<'_>) -> Option<Opening> {
    let newest = replica.book().newest_paper(paper)?;
    let month = month_of(replica.me, first, replica.records(), pen.today());
    let drafts = replica.drafts();
    let (mut draft, resumed) = match standing(replica, paper, first) {
        Some(record) if matches!(life(record), Life::Signed | Life::Approved) => return None,
        Some(record) => {
            let begun = drafts.into_iter().find(|draft| draft.record == record.id);
            (going_on(begun, record, pen), begun.is_some())
        }
        None => match drafts.into_iter().find(|draft| is_about(draft, replica.me, paper, first)) {
            Some(begun) => (begun.clone(), true),
            None => (fresh(replica, paper, newest, &month, pen), false),
        },
    };
    if resumed || draft.before.is_some() {
        month.reopen(paper, &mut draft.answers);
    }
    let (form, offers) = (form_of_draft(replica, &draft), offers(replica, &month));
    Some(Opening { paper, form, draft, resumed, offers, month: Some(month) })
}

fn fresh(replica: &Replica, paper: Paper, form: &Form, month: &Month, pen: &Pen<'_>) -> Draft {
    let own = replica.records().filter(|record| record.kind == RecordKind::Paper && record.made.by == replica.me);
    let place = own.max_by_key(|record| record.id).map(|record| record.answers.text(PLACE).to_owned());
    let place = place.filter(|place| !place.trim().is_empty()).or_else(|| replica.book().letterhead.place());
    Draft {
        id: DraftId(pen.id()),
        record: RecordId(pen.id()),
        kind: RecordKind::Paper,
        family: own_file(replica.me),
        form: form.version,
        answers: month.open(paper, place, pen.today()),
        before: None,
        section: 0,
        saved_at: pen.now,
    }
}

fn offers(replica: &Replica, month: &Month) -> Offers {
    let people = replica.state().people.iter();
    let people = people.map(|(id, name)| Pick { id: id.to_string(), label: name.clone(), note: String::new() });
    let families = month.care.iter().map(|care| Pick {
        id: care.family.to_string(),
        label: [care.surname.as_str(), &care.code].join(" "),
        note: in_short(month, &care.family.to_string()),
    });
    let kin = Family { families: families.collect(), ..Family::default() };
    Offers { kin, people: people.collect(), ..Offers::default() }
}

/// "6 wizyt · 5 godz. 10 min": what the row's figures come to.
fn in_short(month: &Month, family: &str) -> String {
    let number = |cell: &str| month.number(&[ROWS, "/", family, "/", cell].concat());
    let minutes = number("minutes_direct") + number("minutes_indirect") + number("minutes_documentation");
    let missed = number("visits_not_held");
    let mut parts = vec![words::VISITS.count(number("visits_held"))];
    if missed > 0 {
        parts.push(["nieodbyte: ", &missed.to_string()].concat());
    }
    parts.push(words::length(minutes));
    parts.join(" · ")
}

/// Is there anything in a figure?
pub fn says_something(value: &Value) -> bool {
    match value {
        Value::Number(number) => *number != 0,
        other => !other.is_blank(),
    }
}
