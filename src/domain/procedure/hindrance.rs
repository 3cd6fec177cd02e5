//! What is in the way of a step, in words that say what to do.

use super::Paper;
use crate::domain::{
    access::Role,
    deadlines::Term,
    documents::case_card::{ClosingReason, Stage},
    words::{FAMILIES, TASKS},
};
use chrono::NaiveDate;
use std::fmt;

/// Why a step cannot be taken now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The step does not lead away from this stage.
    WrongStage(Option<Stage>),
    /// The case is over: work begins anew with a new case.
    Ended,
    /// Others take this step.
    NotYourRole(&'static [Role]),
    /// The case is another person's.
    NotYours,
    /// A family has one open case at a time.
    OtherOpenCase,
    /// The paper is not there.
    PaperMissing(Paper),
    /// The paper is only a draft.
    PaperUnsigned(Paper),
    /// The manager handed the paper back.
    PaperReturned(Paper),
    /// The paper waits for the manager.
    PaperUnapproved(Paper),
    /// None of these papers is there.
    NoneOf(&'static [Paper]),
    /// Nobody who may consent has signed.
    ConsentNotByCarer,
    /// Only for a minor parent who leaves an institution.
    NotMinorParent,
    /// The assistant has as many families as they may.
    CapReached {
        /// Families that count.
        counted: u32,
        /// Families that may be.
        cap: u32,
    },
    /// The plan says nothing yet.
    NoGoals,
    /// So many goals have no action.
    GoalsWithoutAction(u32),
    /// So many actions have no term.
    ActionsWithoutTerm(u32),
    /// So many actions have no expected effect.
    ActionsWithoutEffect(u32),
    /// The plan is not in line with the child's plan of help.
    PlanNotCoordinated,
    /// PCPR has no copy of the plan.
    PlanNotSent,
    /// There is no third extension.
    AlreadyExtended,
    /// So many tasks of the family are open.
    OpenTasks(u32),
    /// The step says why.
    ReasonMissing,
    /// An assistant is to be named.
    AssistantMissing,
    /// It is the same assistant.
    SameAssistant,
    /// Their families have not been counted.
    LoadUnknown,
    /// The ground of the support is to be named.
    BasisMissing,
    /// The ground does not belong to this path.
    WrongBasis,
    /// Why the case is closed is to be named.
    ClosingReasonMissing,
    /// This is no reason for this step.
    WrongClosingReason(ClosingReason),
    /// Monitoring is planned too short or too long.
    MonitoringLength {
        /// Months at least.
        min: u32,
        /// Months at most.
        max: u32,
    },
    /// Monitoring would end early, and nobody says why.
    MonitoringTooShort(u32),
    /// The day has not come yet.
    InFuture,
    /// The day is before the case began.
    BeforeCase(NaiveDate),
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Hindrance {
    /// The sentence for people.
    pub fn text(&self) -> String {
        use Hindrance::*;
        match self {
            WrongStage(None) => "Najpierw trzeba założyć sprawę.".into(),
            WrongStage(Some(stage)) => format!("Tego kroku nie ma na etapie „{}”.", stage.label()),
            Ended => "Sprawa jest zakończona. Dalsza praca wymaga nowej sprawy.".into(),
            NotYourRole(roles) => format!("Ten krok wykonuje: {}.", join(roles.iter().map(|role| role.label()))),
            NotYours => "Ta rodzina jest przydzielona innej osobie.".into(),
            OtherOpenCase => "Rodzina ma już otwartą sprawę.".into(),
            PaperMissing(paper) => format!("Brak {}.", paper.of()),
            PaperUnsigned(paper) => format!("Do podpisu: {}.", paper.title()),
            PaperReturned(paper) => format!("Do poprawy po uwagach: {}.", paper.title()),
            PaperUnapproved(paper) => format!("Czeka na zatwierdzenie: {}.", paper.title()),
            NoneOf(papers) => format!("Potrzebny jeden z dokumentów: {}.", join_owned(papers)),
            ConsentNotByCarer => "Zgodę (zał. 3) podpisuje co najmniej jedna osoba z władzą rodzicielską albo opiekun \
                                  faktyczny."
                .into(),
            NotMinorParent => "Przydział bez wniosku dotyczy tylko małoletniego rodzica opuszczającego placówkę \
                               (art. 11 ust. 1a)."
                .into(),
            CapReached { counted, cap } => format!(
                "Asystent prowadzi już {}. Więcej niż {cap} nie wolno (art. 15 ust. 4).",
                FAMILIES.count(i64::from(*counted))
            ),
            NoGoals => "Plan (zał. 6) nie ma jeszcze żadnego celu.".into(),
            GoalsWithoutAction(count) => format!("Cele planu (zał. 6) bez działań: {count}."),
            ActionsWithoutTerm(count) => format!("Działania planu (zał. 6) bez terminu: {count}."),
            ActionsWithoutEffect(count) => format!("Działania planu (zał. 6) bez przewidywanego efektu: {count}."),
            PlanNotCoordinated => "Plan (zał. 6) nie jest uzgodniony z planem pomocy dziecku w pieczy.".into(),
            PlanNotSent => "Plan (zał. 6) nie został przekazany do PCPR lub organizatora pieczy.".into(),
            AlreadyExtended => "Współpraca była już przedłużona.".into(),
            OpenTasks(count) => {
                format!("Zamknij najpierw zadania rodziny (zał. 9): {}.", TASKS.count(i64::from(*count)))
            }
            ReasonMissing => "Podaj uzasadnienie.".into(),
            AssistantMissing => "Wskaż asystenta rodziny.".into(),
            SameAssistant => "Ta rodzina jest już przydzielona temu asystentowi.".into(),
            LoadUnknown => "Nie wiadomo, ile rodzin prowadzi ten asystent. Połącz się z biurem.".into(),
            BasisMissing => "Podaj podstawę objęcia wsparciem.".into(),
            WrongBasis => "Ta podstawa nie pasuje do wybranej ścieżki („Za życiem” ma osobną).".into(),
            ClosingReasonMissing => "Podaj przyczynę zakończenia.".into(),
            WrongClosingReason(reason) => format!("Przyczyna „{}” nie pasuje do tego kroku.", reason.label()),
            MonitoringLength { min, max } => format!("Monitoring trwa od {min} do {max} miesięcy."),
            MonitoringTooShort(min) => {
                format!("Monitoring trwa krócej niż {}. Podaj uzasadnienie.", Term::Months(*min).words())
            }
            InFuture => "Data nie może być późniejsza niż dziś.".into(),
            BeforeCase(day) => format!("Data nie może być wcześniejsza niż zgłoszenie ({}).", day.format("%d.%m.%Y")),
        }
    }
}

/// Something worth a second look that stops nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// The assistant is close to the cap.
    CapNear {
        /// Families that count.
        counted: u32,
        /// Families that may be.
        cap: u32,
    },
    /// Under an order of the court the work goes on without consent, and the court is told.
    NoConsentUnderOrder,
    /// D02 starts only when the documents are whole.
    DocumentsIncomplete,
    /// The procedure wants the social worker at the first meeting.
    WorkerAbsent,
    /// Nobody may act before institutions without it.
    NoAuthorisation,
    /// Monitoring would be shorter than the procedure wants: the step asks why.
    MonitoringShort(u32),
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Caution {
    /// The sentence for people.
    pub fn text(self) -> String {
        match self {
            Caution::CapNear { counted, cap } => {
                format!("Asystent prowadzi już {} z {cap}.", FAMILIES.count(counted.into()))
            }
            Caution::NoConsentUnderOrder => "Brak zgody rodziny (zał. 3): trzeba powiadomić sąd.".into(),
            Caution::DocumentsIncomplete => {
                "Dokumenty są niekompletne: termin rozpoczęcia pracy liczy się od uzupełnienia.".into()
            }
            Caution::WorkerAbsent => "Na pierwszym spotkaniu powinien być pracownik socjalny.".into(),
            Caution::NoAuthorisation => "Bez pisemnego upoważnienia nie wolno występować do instytucji.".into(),
            Caution::MonitoringShort(min) => Hindrance::MonitoringTooShort(min).text(),
        }
    }
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" lub ")
}

fn join_owned(papers: &[Paper]) -> String {
    papers.iter().map(|paper| paper.title()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hindrances_say_what_to_do() {
        for (hindrance, text) in [
            (Hindrance::PaperMissing(Paper::Consent), "Brak zgody rodziny (zał. 3)."),
            (Hindrance::PaperUnsigned(Paper::Assessment), "Do podpisu: ocena sytuacji rodziny (zał. 5)."),
            (Hindrance::PaperUnapproved(Paper::Plan), "Czeka na zatwierdzenie: plan pracy z rodziną (zał. 6)."),
            (Hindrance::NotYourRole(&[Role::Manager]), "Ten krok wykonuje: kierownik."),
            (Hindrance::OpenTasks(3), "Zamknij najpierw zadania rodziny (zał. 9): 3 zadania."),
            (
                Hindrance::CapReached { counted: 15, cap: 15 },
                "Asystent prowadzi już 15 rodzin. Więcej niż 15 nie wolno (art. 15 ust. 4).",
            ),
            (
                Hindrance::NoneOf(&[Paper::Resignation, Paper::Note]),
                "Potrzebny jeden z dokumentów: oświadczenie o rezygnacji (zał. 3), notatka służbowa.",
            ),
            (Hindrance::MonitoringTooShort(2), "Monitoring trwa krócej niż 2 miesiące. Podaj uzasadnienie."),
        ] {
            assert_eq!(hindrance.to_string(), text);
        }
    }
}
