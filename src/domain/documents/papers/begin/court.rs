//! Papers for the court: what the last assessment found, topic by topic, and the court as the last letter
//! named it.

use super::{
    Known,
    beside::{address, persons},
    ending::reason,
};
use crate::domain::{
    calendar::add_days,
    codes::{Basis, ReferralSource},
    documents::{
        case_card::{self, ClosingReason},
        papers::{
            consent,
            court_paper::{self, NoticeReason},
            figure::Found,
            referral,
        },
    },
    form::{Answers, Cell, Value},
    ids::RecordId,
    procedure::Paper,
    record::Record,
};

/// Days for an opinion when the court says no term (D13).
const DAYS: u32 = 14;

/// The topics of the paper and the parts of the assessment that speak of them. Health is its own class and
/// stays in the assessment: what the court needs of it, the assistant writes.
const TOPICS: &[(&str, &[&str])] = &[
    ("care", &["situation_care"]),
    ("living", &["situation_housing", "situation_material"]),
    ("attitude", &["engagement_note"]),
    ("institutions", &["situation_social", "situation_legal"]),
    ("assistance", &["effects"]),
    ("bond", &["situation_relations"]),
    ("children_in_care", &["reintegration", "reintegration_contacts", "reintegration_obstacles"]),
];

pub(super) fn court_paper(answers: &Answers, known: &Known<'_>, found: &mut Found) {
    let last = known.last_of_family(Paper::CourtPaper);
    for key in ["court", "division", "case_number", "signed_by"] {
        found.copy(key, last, key);
    }
    if !found.has("case_number") {
        found.copy("case_number", known.opening(Paper::Referral), referral::COURT_SIGN.name());
    }
    if !found.has("court") {
        court_of_referral(known, found);
    }
    let due = answers.get(court_paper::LETTER_RECEIVED_ON).map(|received| add_days(received, DAYS).write());
    found.put(court_paper::DUE.name(), due, &[]);
    period(known, found);
    found.put("persons", Some(persons(known).write()), &known.card_id());
    found.words("address", &address(known), 200, &known.card_id());
    found.put("child_in_care", Some(known.has_child_in_care().write()), &known.card_id());
    if let Some(review) = known.review() {
        for (topic, parts) in TOPICS {
            found.words(*topic, &joined(review, parts), 4000, &[review.id]);
        }
    }
    notice(known, found);
}

fn joined(review: &Record, parts: &[&str]) -> String {
    let said = parts.iter().filter_map(|key| review.answers.raw(key).and_then(Value::text));
    said.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A court that reported the family itself is named in the referral.
fn court_of_referral(known: &Known<'_>, found: &mut Found) {
    let referral = known.opening(Paper::Referral);
    let by_court = referral.filter(|paper| paper.answers.get(referral::SOURCE) == Some(ReferralSource::Court));
    if let Some(paper) = by_court {
        let name = paper.answers.raw("reporter_institution").and_then(Value::text).unwrap_or_default();
        found.words("court", name, 120, &[paper.id]);
    }
}

fn period(known: &Known<'_>, found: &mut Found) {
    found.put("period_from", known.cooperation_began().map(Cell::write), &known.case_id());
    let ended = known.of_case(case_card::ENDED_ON);
    found.put("period_to", Some(ended.unwrap_or(known.today).write()), &ended.map_or(Vec::new(), |_| known.case_id()));
}

/// Of what the court would have to be told, when something has happened that it is told of (2.4).
fn notice(known: &Known<'_>, found: &mut Found) {
    let said_no = known.last(&[Paper::Refusal, Paper::Resignation]);
    if let Some(paper) = said_no {
        let resigned = paper.answers.get(consent::VARIANT) == Some(consent::Variant::Resignation);
        let reason = if resigned { NoticeReason::Resignation } else { NoticeReason::Refusal };
        found.put(court_paper::NOTICE_REASON.name(), Some(reason.write()), &[paper.id]);
        found.copy("event_on", Some(paper), consent::MEETING_DATE.name());
        return;
    }
    let basis: Vec<Basis> = known.case.map(|case| case.answers.set_of(case_card::BASIS)).unwrap_or_default();
    if basis.contains(&Basis::CourtOrder) && reason(known) == Some(ClosingReason::NoCooperation) {
        let mut of: Vec<RecordId> = known.case_id();
        of.extend(known.last(&[Paper::ClosingRequest]).map(|paper| paper.id));
        found.put(court_paper::NOTICE_REASON.name(), Some(NoticeReason::NoCooperation.write()), &of);
    }
}
