//! Every prefilled field of the papers of a case, and the record that it comes from.

use super::known;
use crate::domain::{
    documents::papers::{
        begin::{Figure, prefilled},
        form_of,
        sample_file::{self as sample, id, written},
        testing,
    },
    form::Source,
    ids::RecordId,
    procedure::Paper,
};

/// Where a prefilled field comes from.
enum From {
    /// From these records of the sample file.
    Records(&'static [u128]),
    /// From the day, the person, the kind of paper or the law's own number.
    Begun,
}

use From::{Begun, Records};

const CARD: From = Records(&[sample::CARD]);
const CASE: From = Records(&[sample::CASE_NOW]);
const BOTH: From = Records(&[sample::CASE_NOW, sample::CARD]);
const REVIEW: From = Records(&[sample::REVIEW]);
const ENTRY: From = Records(&[sample::URGENT]);

/// Every prefilled field of the papers of a case, and its source in the sample file. A row that a person adds
/// first is written behind it: `field @ path=text`.
///
/// An office has no setting yet for three of them ("z ustawień ośrodka"): the place and who signs for the court
/// come from the last such paper, the number of visits from the last plan, and are open in the first one. Of
/// the court itself Asysta knows only what a referral or an earlier letter says.
#[rustfmt::skip]
const FIELDS: &[(Paper, &str, From)] = &[
    (Paper::Referral, "informed_on", Begun),
    (Paper::Referral, "family_name", CARD),
    (Paper::Referral, "locality", CARD),
    (Paper::Referral, "address", CARD),
    (Paper::Allocation, "interview_date", CASE),
    (Paper::Allocation, "referral_source", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "basis", CASE),
    (Paper::Allocation, "court_sign", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "court_date", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "court_info_date", Records(&[sample::REFERRAL])),
    (Paper::Allocation, "members", CARD),
    (Paper::Allocation, "scope", Records(&[sample::OLD_REOPENING])),
    (Paper::Allocation, "requested_by", Begun),
    (Paper::Handover, "from", CASE),
    (Paper::Handover, "to", CASE),
    (Paper::Handover, "sent_on", Begun),
    (Paper::Handover, "received_on", Begun),
    (Paper::Handover, "contacts", CARD),
    (Paper::Consent, "variant", Begun),
    (Paper::Consent, "court_ordered", CASE),
    (Paper::Consent, "declarants/*/address @ declarants/n/member=01900000-0000-7000-8000-000000000002", CARD),
    (Paper::Consent, "meeting_date", Records(&[sample::VISIT_LATE])),
    (Paper::Consent, "meeting_place", Records(&[sample::VISIT_LATE, sample::CARD])),
    (Paper::Consent, "worker", CASE),
    (Paper::FamilyCard, "since", CASE),
    (Paper::FamilyCard, "basis", CASE),
    (Paper::FamilyCard, "children/*/place", CARD),
    (Paper::Assessment, "period_from", CASE),
    (Paper::Assessment, "period_to", Begun),
    (Paper::Assessment, "children/*/school", Records(&[sample::FAMILY_CARD])),
    (Paper::Assessment, "children/*/authority", Records(&[sample::FAMILY_CARD, sample::CARD])),
    (Paper::Plan, "kind", BOTH),
    (Paper::Plan, "valid_from", Begun),
    (Paper::Plan, "valid_to", Begun),
    (Paper::Plan, "goals/*/baseline @ goals/n/area=A02", Records(&[sample::ASSESSMENT])),
    (Paper::Plan, "goals/*/baseline_score @ goals/n/area=A02", Records(&[sample::ASSESSMENT])),
    (Paper::Plan, "goals/*/status", REVIEW),
    (Paper::Plan, "actions/*/status @ actions/n/action=x", Begun),
    (Paper::Plan, "visit_frequency", Records(&[sample::PLAN])),
    (Paper::Plan, "next_review", Begun),
    (Paper::Review, "period_from", REVIEW),
    (Paper::Review, "period_to", Begun),
    (Paper::Review, "child_in_care", BOTH),
    (Paper::Review, "family_state", CARD),
    (Paper::Review, "changes", Records(&[sample::CHANGED])),
    (Paper::Review, "children/*/place", CARD),
    (Paper::Review, "situation_care", REVIEW),
    (Paper::Review, "situation_housing", REVIEW),
    (Paper::Review, "situation_material", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "situation_health", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "situation_relations", REVIEW),
    (Paper::Review, "situation_social", REVIEW),
    (Paper::Review, "situation_legal", Records(&[sample::ASSESSMENT])),
    (Paper::Review, "goal_reviews/*/status", Records(&[sample::PLAN])),
    (Paper::Review, "sent_manager", Begun),
    (Paper::ClosingRequest, "goals/*/status", REVIEW),
    (Paper::ClosingRequest, "effects", REVIEW),
    (Paper::ClosingRequest, "child_in_care", BOTH),
    (Paper::Monitoring, "from", Records(&[sample::CASE_NOW, sample::CLOSING])),
    (Paper::Monitoring, "to", Records(&[sample::CASE_NOW, sample::CLOSING])),
    (Paper::Monitoring, "entries", Records(&[sample::PHONE_LATE])),
    (Paper::MonitoringEnd, "period_from", Records(&[sample::MONITORING])),
    (Paper::MonitoringEnd, "period_to", Begun),
    (Paper::MonitoringEnd, "tasks_closed", Records(&[sample::TASK_ASSISTANT])),
    (Paper::MonitoringEnd, "positive", Records(&[sample::MONITORING])),
    (Paper::Meeting, "called_by", CASE),
    (Paper::Meeting, "decisions/*/status @ decisions/n/what=x", Begun),
    (Paper::Note, "happened_on", ENTRY),
    (Paper::Note, "happened_at", ENTRY),
    (Paper::Note, "kind", ENTRY),
    (Paper::Note, "urgent", ENTRY),
    (Paper::Note, "belongs_to", ENTRY),
    (Paper::Note, "facts", ENTRY),
    (Paper::Note, "actions", ENTRY),
    (Paper::Extension, "started_on", Records(&[sample::PLAN])),
    (Paper::Extension, "goals/*/status", REVIEW),
    (Paper::Extension, "effects", REVIEW),
    (Paper::CourtPaper, "court", Records(&[sample::COURT])),
    (Paper::CourtPaper, "division", Records(&[sample::COURT])),
    (Paper::CourtPaper, "case_number", Records(&[sample::COURT])),
    (Paper::CourtPaper, "due @ letter_received_on=2026-11-20", Begun),
    (Paper::CourtPaper, "signed_by", Records(&[sample::COURT])),
    (Paper::CourtPaper, "period_from", CASE),
    (Paper::CourtPaper, "period_to", Begun),
    (Paper::CourtPaper, "persons", CARD),
    (Paper::CourtPaper, "address", CARD),
    (Paper::CourtPaper, "child_in_care", CARD),
    (Paper::CourtPaper, "care", REVIEW),
    (Paper::CourtPaper, "living", REVIEW),
    (Paper::CourtPaper, "attitude", REVIEW),
    (Paper::CourtPaper, "institutions", REVIEW),
    (Paper::CourtPaper, "assistance", REVIEW),
    (Paper::CourtPaper, "bond", REVIEW),
    (Paper::CourtPaper, "children_in_care", REVIEW),
    (Paper::ZzApplication, "applicant", CARD),
    (Paper::ZzApplication, "address", CARD),
    (Paper::ZzApplication, "phone", CARD),
    (Paper::ZzCatalogue, "persons", Records(&[sample::APPLICATION, sample::CARD])),
    (Paper::ZzCatalogue, "supports/*/born @ supports/n/kind=ONE_OFF", CARD),
    (Paper::ZzAuthorisation, "persons", Records(&[sample::APPLICATION, sample::CARD])),
    (Paper::ZzAuthorisation, "assistant", CASE),
    (Paper::ZzAuthorisation, "granted_on", Begun),
    (Paper::ZzRequest, "persons", Records(&[sample::AUTHORISATION])),
    (Paper::ZzRequest, "authorised_on", Records(&[sample::AUTHORISATION])),
    (Paper::ZzRequest, "subject", Records(&[sample::CATALOGUE])),
    (Paper::CareBoard, "children", CARD),
    (Paper::AlimonyOpinion, "children", CARD),
    (Paper::AlimonyOpinion, "recipient", Records(&[sample::FAMILY_CARD])),
    (Paper::BlueCardLog, "started_by", Begun),
    (Paper::BlueCardLog, "sent_by", Begun),
    // The head, the same for all.
    (Paper::SupportingFamily, "case_sign", CASE),
    (Paper::SupportingFamily, "place", Records(&[sample::REFERRAL])),
    (Paper::SupportingFamily, "doc_date", Begun),
];

/// Papers of a case, each once: those that share a declaration share its fields.
pub(super) const CASE_PAPERS: &[Paper] = &[
    Paper::Referral,
    Paper::Allocation,
    Paper::Handover,
    Paper::Consent,
    Paper::FamilyCard,
    Paper::Assessment,
    Paper::Plan,
    Paper::Review,
    Paper::ClosingRequest,
    Paper::Monitoring,
    Paper::MonitoringEnd,
    Paper::Reopening,
    Paper::Meeting,
    Paper::Note,
    Paper::Extension,
    Paper::CourtPaper,
    Paper::ZzApplication,
    Paper::ZzCatalogue,
    Paper::ZzAuthorisation,
    Paper::ZzRequest,
    Paper::SupportingFamily,
    Paper::CareBoard,
    Paper::AlimonyOpinion,
    Paper::BlueCardLog,
];

/// `goals/*/status` of `goals/7/status`; a table by its own name too.
fn fits(path: &str, pattern: &str) -> bool {
    let mut parts = path.split('/');
    match pattern.split('/').collect::<Vec<_>>()[..] {
        [table, _, cell] => parts.next() == Some(table) && parts.nth(1) == Some(cell) && parts.next().is_none(),
        [field] => parts.next() == Some(field),
        _ => false,
    }
}

#[test]
fn every_prefilled_field_says_which_record_it_comes_from() {
    let records = sample::file();
    let known = known(&records);
    for (paper, field, from) in FIELDS {
        let (pattern, row) = field.split_once(" @ ").unwrap_or((field, ""));
        let pairs: Vec<(&str, &str)> = row.split_once('=').into_iter().collect();
        let figures = prefilled(*paper, &written(*paper, &pairs), &known);
        let added = pairs.first().and_then(|(path, _)| path.rsplit_once('/')).map(|(row, _)| format!("{row}/"));
        let mut fitting = figures.iter().filter(|figure| {
            fits(&figure.path, pattern) && added.as_ref().is_none_or(|row| figure.path.starts_with(row))
        });
        let figure = fitting.next();
        let sources = |figure: &Figure| figure.from.clone();
        match from {
            Records(numbers) => {
                let expected: Vec<RecordId> = numbers.iter().map(|number| id(*number)).collect();
                assert_eq!(figure.map(sources), Some(expected), "{paper:?} {field}");
            }
            Begun => assert_eq!(figure.map(sources), Some(vec![]), "{paper:?} {field}"),
        }
    }
}

#[test]
fn no_prefilled_field_of_a_case_is_left_out() {
    let head = ["case_sign", "place", "doc_date"];
    for paper in CASE_PAPERS {
        let form = form_of(*paper).unwrap();
        let decided: Vec<&str> = form.decision.iter().flat_map(|part| part.fields).map(|field| field.key).collect();
        let mut declared: Vec<(String, &str)> = Vec::new();
        for field in form.fields().filter(|field| !head.contains(&field.key) && !decided.contains(&field.key)) {
            if matches!(field.source, Source::Prefilled(_)) {
                declared.push((field.key.to_owned(), field.key));
            }
            let cells = field.kind.cells().unwrap_or_default();
            // A table that is filled as a whole says so once.
            let cells = cells.iter().filter(|cell| matches!(cell.source, Source::Prefilled(_)));
            declared.extend(cells.map(|cell| (format!("{}/*/{}", field.key, cell.key), field.key)));
        }
        for (path, table) in declared {
            let listed = FIELDS.iter().any(|(of, field, _)| {
                let pattern = field.split(" @ ").next().unwrap_or_default();
                of == paper && (pattern == path || pattern == table)
            });
            assert!(listed, "{paper:?} {path} is prefilled, but from what?");
        }
    }
    for (paper, field, _) in FIELDS {
        let pattern = field.split(" @ ").next().unwrap_or_default();
        let form = form_of(*paper).unwrap();
        let is_declared = testing::paths(form)
            .iter()
            .any(|(path, declared)| path == pattern && matches!(declared.source, Source::Prefilled(_)))
            || form.field(pattern).is_some_and(|field| matches!(field.source, Source::Prefilled(_)));
        assert!(is_declared, "{paper:?} {field} is not prefilled");
    }
}
