//! Who prepares and who decides which paper: the rows of spec/domain.md 1.2 and the "Who" and "Document"
//! columns of 2.2. That the family is theirs at all, [`crate::domain::access`] says.

use crate::domain::{
    access::Role::{self, Assistant, Manager, SocialWorker},
    procedure::Paper,
};

/// The roles of one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Who writes it and hands it in.
    pub prepare: &'static [Role],
    /// Who decides about it; nobody where handing in is the end.
    pub decide: &'static [Role],
}

const fn by(prepare: &'static [Role]) -> Rights {
    Rights { prepare, decide: &[] }
}

impl Rights {
    const fn decided(self) -> Rights {
        Rights { decide: &[Manager], ..self }
    }
}

/// The roles of a paper.
pub fn of(paper: Paper) -> Rights {
    use Paper::*;
    match paper {
        Referral | Interview => by(&[SocialWorker]),
        Request | Allocation => by(&[SocialWorker]).decided(),
        // The assistant confirms that the documents came.
        Handover => by(&[SocialWorker, Assistant]),
        // A consent is nobody's to decide about; whether the court hears of a "no" is.
        Consent => by(&[Assistant, SocialWorker]),
        Refusal | Resignation => by(&[Assistant, SocialWorker]).decided(),
        FamilyCard | Assessment | Entry | FamilyTasks | Monitoring => by(&[Assistant]),
        Plan | Review | PeriodicReport => by(&[Assistant]).decided(),
        ClosingRequest | MonitoringEnd | Reopening | MonthlyReport => by(&[Assistant]).decided(),
        Extension => by(&[Assistant, Manager]).decided(),
        Meeting => by(&[Assistant, SocialWorker]),
        Note => by(&[Assistant, SocialWorker, Manager]),
        CourtPaper => by(&[Assistant]).decided(),
        ZzApplication => by(&[SocialWorker, Manager]).decided(),
        ZzCatalogue | ZzAuthorisation | ZzRequest => by(&[Assistant]),
        Timesheet | Mileage => by(&[Assistant]).decided(),
        SupportingFamily => by(&[Assistant, SocialWorker]).decided(),
        Substitution => by(&[Manager]).decided(),
        // The manager's signature under it is the decision.
        Authorisation => by(&[Manager]),
        Training | CareBoard | AlimonyOpinion => by(&[Assistant]),
        BlueCardLog => by(&[Assistant, SocialWorker]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::form_of;

    #[test]
    fn who_sees_no_families_writes_no_papers_and_a_decision_has_somebody_to_make_it() {
        for paper in Paper::ALL {
            let rights = of(*paper);
            assert!(!rights.prepare.is_empty(), "{paper:?}");
            for role in rights.prepare.iter().chain(rights.decide) {
                assert!(!matches!(role, Role::SysAdmin | Role::Dpo), "{paper:?}");
            }
            let decides = *paper != Paper::Consent && form_of(*paper).is_some_and(|form| !form.decision.is_empty());
            assert!(!decides || !rights.decide.is_empty(), "{paper:?} has a decision that nobody makes");
        }
    }
}
