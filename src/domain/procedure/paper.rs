//! The documents that carry the procedure, and how far one of them has come.

use crate::domain::{
    documents::case_card::{CaseFlag, Stage},
    form::choices,
};
use std::collections::BTreeSet;

choices! {
    /// A document that a step needs. The numbers are those of the procedure's attachments (S3); the three
    /// kinds of nr 3 are three papers here, because each carries another step.
    Paper {
        Referral = "REFERRAL", "zgłoszenie";
        /// Outside this app: its day and sign are kept.
        Interview = "INTERVIEW", "kwestionariusz wywiadu";
        Request = "REQUEST", "wniosek o przydzielenie asystenta";
        Allocation = "NR_1", "przydział asystenta";
        Handover = "NR_2", "protokół przekazania dokumentów";
        Consent = "NR_3A", "zgoda rodziny";
        Refusal = "NR_3B", "odmowa rodziny";
        Resignation = "NR_3C", "oświadczenie o rezygnacji";
        FamilyCard = "NR_4", "karta informacyjna rodziny";
        Assessment = "NR_5", "ocena sytuacji rodziny";
        Plan = "NR_6", "plan pracy z rodziną";
        Review = "NR_7", "ocena i modyfikacja planu";
        Entry = "NR_8", "wpis w karcie pracy";
        FamilyTasks = "NR_9", "karta pracy rodziny";
        ClosingRequest = "NR_10", "wniosek o zakończenie i monitoring";
        Monitoring = "NR_11", "karta monitoringu";
        MonitoringEnd = "NR_12", "wniosek o zakończenie monitoringu";
        Reopening = "NR_13", "zgłoszenie ponownego objęcia";
        MonthlyReport = "NR_14", "raport miesięczny";
        PeriodicReport = "NR_15", "okresowa ocena sytuacji rodziny";
        Meeting = "NR_16", "spotkanie interdyscyplinarne";
        Note = "NOTE", "notatka służbowa";
        Extension = "EXTENSION", "uzasadnienie przedłużenia";
        CourtPaper = "COURT", "pismo do sądu";
        ZzApplication = "ZZ_APPLICATION", "wniosek „Za życiem”";
        ZzCatalogue = "ZZ_CATALOGUE", "katalog możliwego wsparcia";
        ZzAuthorisation = "ZZ_AUTHORISATION", "pisemne upoważnienie";
        ZzRequest = "ZZ_REQUEST", "wystąpienie do podmiotu („Za życiem”)";
        Timesheet = "TIMESHEET", "ewidencja pracy";
        Mileage = "MILEAGE", "ewidencja przebiegu pojazdu";
        SupportingFamily = "SUPPORTING_FAMILY", "rodzina wspierająca";
        Substitution = "SUBSTITUTION", "karta zastępstwa";
        Authorisation = "AUTHORISATION", "upoważnienie i zobowiązanie do tajemnicy";
        Training = "TRAINING", "rejestr szkoleń i poradnictwa";
        CareBoard = "CARE_BOARD", "udział w posiedzeniu zespołu PCPR";
        AlimonyOpinion = "ALIMONY", "opinia w sprawie alimentów";
        BlueCardLog = "BLUE_CARD", "rejestr „Niebieskich Kart – A”";
    }
}

impl Paper {
    /// Number of the attachment, or nothing for papers without one.
    pub fn number(self) -> Option<&'static str> {
        let number = self.code().strip_prefix("NR_")?;
        Some(number.trim_end_matches(['A', 'B', 'C']))
    }

    /// The words with the number: "ocena sytuacji rodziny (zał. 5)".
    pub fn title(self) -> String {
        self.numbered(self.label())
    }

    /// What is missing when it is missing: "zgody rodziny (zał. 3)".
    pub fn of(self) -> String {
        use Paper::*;
        self.numbered(match self {
            Referral => "zgłoszenia",
            Interview => "kwestionariusza wywiadu",
            Request => "wniosku o przydzielenie asystenta",
            Allocation => "przydziału asystenta",
            Handover => "protokołu przekazania dokumentów",
            Consent => "zgody rodziny",
            Refusal => "odmowy rodziny na piśmie",
            Resignation => "oświadczenia o rezygnacji",
            FamilyCard => "karty informacyjnej rodziny",
            Assessment => "oceny sytuacji rodziny",
            Plan => "planu pracy z rodziną",
            Review => "oceny i modyfikacji planu",
            Entry => "wpisu w karcie pracy",
            FamilyTasks => "karty pracy rodziny",
            ClosingRequest => "wniosku o zakończenie i monitoring",
            Monitoring => "karty monitoringu",
            MonitoringEnd => "wniosku o zakończenie monitoringu",
            Reopening => "zgłoszenia ponownego objęcia",
            MonthlyReport => "raportu miesięcznego",
            PeriodicReport => "okresowej oceny sytuacji rodziny",
            Meeting => "protokołu spotkania interdyscyplinarnego",
            Note => "notatki służbowej",
            Extension => "uzasadnienia przedłużenia",
            CourtPaper => "pisma do sądu",
            ZzApplication => "wniosku „Za życiem”",
            ZzCatalogue => "katalogu możliwego wsparcia",
            ZzAuthorisation => "pisemnego upoważnienia",
            ZzRequest => "wystąpienia do podmiotu („Za życiem”)",
            Timesheet => "ewidencji pracy",
            Mileage => "ewidencji przebiegu pojazdu",
            SupportingFamily => "karty rodziny wspierającej",
            Substitution => "karty zastępstwa",
            Authorisation => "upoważnienia i zobowiązania do tajemnicy",
            Training => "rejestru szkoleń i poradnictwa",
            CareBoard => "zapisu o udziale w posiedzeniu zespołu PCPR",
            AlimonyOpinion => "opinii w sprawie alimentów",
            BlueCardLog => "rejestru „Niebieskich Kart – A”",
        })
    }

    fn numbered(self, words: &str) -> String {
        match self.number() {
            Some(number) => format!("{words} (zał. {number})"),
            None => words.to_owned(),
        }
    }
}

choices! {
    /// How far a document has come (spec/domain.md 3.0).
    Life {
        Draft = "DRAFT", "szkic";
        /// Handed back with remarks: as good as a draft.
        Returned = "RETURNED", "zwrócony z uwagami";
        Signed = "SIGNED", "podpisany lub złożony";
        Approved = "APPROVED", "zatwierdzony";
    }
}

/// The papers that belong to a stage: what the people work on while it lasts. They are asked for, never
/// in the way of an entry.
pub fn papers_of(stage: Stage, flags: &BTreeSet<CaseFlag>) -> Vec<Paper> {
    use Paper::*;
    let mut papers: Vec<Paper> = match stage {
        Stage::Referred => vec![Referral, Interview],
        Stage::Interview => vec![Request],
        Stage::Requested => vec![Allocation],
        Stage::Allocated => vec![Handover],
        Stage::HandedOver => vec![Entry],
        Stage::FirstMeeting => vec![Consent],
        Stage::Diagnosis => vec![FamilyCard, Assessment, Entry],
        Stage::Planning => vec![Plan, Entry],
        Stage::Cooperation => vec![Entry, FamilyTasks, Review, PeriodicReport],
        Stage::ClosingRequested => vec![ClosingRequest, Entry],
        Stage::Monitoring => vec![Monitoring],
        Stage::MonitoringEndRequested => vec![Monitoring, MonitoringEnd],
        Stage::ReopenRequested => vec![Monitoring, Reopening],
        Stage::Refused => vec![Refusal, Note],
        Stage::NotAllocated | Stage::Closed => vec![],
        Stage::ZzRequested => vec![ZzApplication],
        Stage::ZzAllocated => vec![Entry],
        Stage::ZzCatalogue => vec![ZzCatalogue, Entry],
        Stage::ZzCoordination => vec![ZzCatalogue, ZzAuthorisation, Entry],
    };
    let court = matches!(stage, Stage::Cooperation | Stage::ClosingRequested | Stage::Refused);
    if court && flags.contains(&CaseFlag::CourtOrdered) {
        papers.push(CourtPaper);
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_called_by_their_number() {
        assert_eq!(Paper::Consent.title(), "zgoda rodziny (zał. 3)");
        assert_eq!(Paper::ClosingRequest.of(), "wniosku o zakończenie i monitoring (zał. 10)");
        assert_eq!(Paper::Note.of(), "notatki służbowej");
        let numbers: BTreeSet<u32> = Paper::ALL.iter().filter_map(|paper| paper.number()?.parse().ok()).collect();
        assert_eq!(numbers, (1..=16).collect(), "all sixteen attachments");
    }
}
