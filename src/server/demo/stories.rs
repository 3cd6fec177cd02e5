//! Entries that carry the stories of spec/domain.md 8.2: first meetings, team meetings, the
//! intervention, notes and court papers. Strong content stands as codes only.

use super::{phrases::observations::Tone, roster::FAMILIES};
use crate::domain::codes::{
    Area::{self, *},
    ChangeSignal,
    EntryKind::{self, Institution, Team, Visit},
    Risk,
    StatutoryTask::{
        self, Cooperation, CourtOpinion, DomesticViolenceTeam, Employment, FamilyPlan, Monitoring, PeriodicAssessment,
        PlanCoordinated, SocialProblems, ZaZyciem,
    },
    UrgentStep,
};

/// One entry as the story has it.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// Code of the family.
    pub code: &'static str,
    /// Days before the demonstration.
    pub days: i64,
    /// Kind of entry.
    pub kind: EntryKind,
    /// Usual hour.
    pub hour: i64,
    /// Length in minutes.
    pub minutes: i64,
    /// Tasks of the act.
    pub tasks: &'static [StatutoryTask],
    /// Life areas.
    pub areas: &'static [Area],
    /// Institution and person, where there is one.
    pub institution: Option<(&'static str, &'static str)>,
    /// Others who were present.
    pub others: &'static str,
    /// What was done.
    pub actions: &'static str,
    /// What was observed.
    pub observations: &'static str,
    /// How the family was doing.
    pub tone: Tone,
    /// Risk signal.
    pub risk: Risk,
    /// What was done at once about an urgent risk, and a note.
    pub urgent: (&'static [UrgentStep], &'static str),
    /// A change to be reported.
    pub signal: Option<(ChangeSignal, &'static str)>,
}

const BLANK: Story = Story {
    code: "",
    days: 0,
    kind: EntryKind::Documentation,
    hour: 13,
    minutes: 45,
    tasks: &[StatutoryTask::Documentation],
    areas: &[A13],
    institution: None,
    others: "",
    actions: "",
    observations: "",
    tone: Tone::Fair,
    risk: Risk::None,
    urgent: (&[], ""),
    signal: None,
};

const fn note(code: &'static str, days: i64, minutes: i64, actions: &'static str) -> Story {
    Story { code, days, minutes, actions, ..BLANK }
}

const fn visit(code: &'static str, days: i64, hour: i64, minutes: i64) -> Story {
    Story { code, days, kind: Visit, hour, minutes, tasks: &[FamilyPlan], tone: Tone::Good, ..BLANK }
}

/// The entries, by family.
#[rustfmt::skip]
pub const STORIES: &[Story] = &[
    // First meetings, in the presence of the social worker (S3 6).
    Story { others: "pracownik socjalny", areas: &[A12, A16],
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego. Omówiono zasady współpracy, prawa rodziny i rytm wizyt. Rodzina wyraziła pisemną zgodę.",
        observations: "Rodzice dopytywali o szczegóły. Dzieci pokazały swoje prace, w domu ciepło i czysto.", ..visit("R07", 19, 15, 80) },
    Story { others: "pracownik socjalny", areas: &[A12, A02],
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego. Przedstawiono zasady współpracy i zebrano oczekiwania. Rodzina wyraziła pisemną zgodę.",
        observations: "Początkowo duża ostrożność, pod koniec rozmowa swobodna. Dzieci zadbane.", ..visit("R08", 34, 16, 70) },
    Story { others: "pracownik socjalny, ciotka Bogumiła", areas: &[A17, A13],
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego i ciotki. Omówiono pomoc w opiece nad dzieckiem i w powrocie do nauki. Podpisano zgodę.",
        observations: "Młoda mama reaguje na potrzeby dziecka od razu. Ciotka wspiera, ale chce wyraźnego podziału zadań.", ..visit("R12", 90, 11, 75) },
    Story { others: "pracownik socjalny", areas: &[A01, A05],
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego, w porze wskazanej przez rodzinę. Omówiono zasady współpracy i bezpieczny sposób kontaktu. Podpisano zgodę.",
        observations: "Rozmowa spokojna. Dzieci bawiły się w drugim pokoju, kilka razy przychodziły się przytulić.", ..visit("R13", 71, 15, 70) },
    Story { others: "pracownik socjalny", areas: &[A12], tone: Tone::Hard,
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego. Przedstawiono zasady współpracy. Rodzina nie wyraziła zgody i podpisała oświadczenie o odmowie.",
        observations: "Rodzice spokojni i stanowczy, mają oparcie w dziadkach. W domu porządek, dziecko pogodne.", ..visit("R24", 14, 16, 45) },
    // Plans that were signed within the three months.
    Story { areas: &[A17, A15],
        actions: "Omówiono i podpisano plan pracy z rodziną: opieka nad dzieckiem, powrót do nauki, sprawy urzędowe. Egzemplarz planu pozostał w rodzinie.",
        observations: "Klaudia sama dopisała jeden z celów. Niemowlę spokojne, po posiłku.", ..visit("R12", 60, 11, 80) },
    Story { areas: &[A01, A05, A10],
        actions: "Omówiono i podpisano plan pracy. Ułożono plan bezpieczeństwa i listę osób, do których można zadzwonić o każdej porze.",
        observations: "Mama skupiona, zapisywała ustalenia. Starsza córka zna numer do babci na pamięć.", ..visit("R13", 40, 10, 85) },
    // Changes that the family must report within seven days (D10).
    Story { tasks: &[Employment], areas: &[A15, A02], signal: Some((ChangeSignal::Work, "Mariusz podpisał umowę o pracę na pełny etat.")),
        actions: "Omówiono nową umowę o pracę i jej wpływ na świadczenia. Ustalono, że rodzina zgłosi zmianę pracownikowi socjalnemu w ciągu 7 dni.",
        observations: "W domu dobry nastrój. Dzieci wiedzą, kto je odbierze po szkole.", ..visit("R09", 24, 17, 60) },
    Story { tasks: &[SocialProblems], areas: &[A02], signal: Some((ChangeSignal::Financial, "Zakończono spłatę zadłużenia, wzrósł dochód rodziny.")),
        actions: "Przejrzano budżet po spłacie ostatniej raty. Rodzina zgłosi zmianę dochodu w dziale świadczeń.",
        observations: "Rodzice dumni z wyniku, sami zaproponowali odkładanie stałej kwoty.", ..visit("R16", 33, 17, 55) },
    Story { tasks: &[SocialProblems, Employment], areas: &[A15, A02], signal: Some((ChangeSignal::Work, "Ewelina podjęła pracę dorywczą w sadzie.")),
        actions: "Omówiono pracę dorywczą, godziny i dojazd. Sprawdzono, czy da się ją pogodzić z kontaktami z dziećmi.",
        observations: "Więcej energii i planów. Kontakty z dziećmi bez przerw.", ..visit("R10", 18, 16, 60) },
    // Team meetings (nr 16).
    Story { code: "R11", days: 16, kind: Team, hour: 10, minutes: 90, tasks: &[Cooperation], areas: &[A14, A11],
        institution: Some(("OPS_WORKER", "pracownik socjalny, kurator, pedagog szkolny, PCPR")),
        actions: "Spotkanie zespołu: postępy rodziny, kontakty z Patrykiem, przygotowanie do posiedzenia sądu. Spisano pięć ustaleń z terminami.", ..BLANK },
    Story { code: "R10", days: 47, kind: Team, hour: 11, minutes: 75, tasks: &[PlanCoordinated, Cooperation], areas: &[A14],
        institution: Some(("PCPR", "Roksana Tymiankowicz, koordynator, pracownik socjalny")),
        actions: "Spotkanie zespołu: zgodność planu pracy z planem pomocy dziecku, warunki powrotu dzieci, kontakty w kolejnych miesiącach.", ..BLANK },
    Story { code: "R13", days: 31, kind: Team, hour: 12, minutes: 70, tasks: &[DomesticViolenceTeam], areas: &[A07, A01],
        institution: Some(("DV_TEAM", "grupa diagnostyczno-pomocowa")),
        actions: "Udział w spotkaniu grupy diagnostyczno-pomocowej. Przyjęto zadania asystenta: wsparcie mamy i dzieci, kontakt ze szkołą.", ..BLANK },
    // R13: the intervention, its note, the hearing.
    Story { code: "R13", days: 38, kind: EntryKind::Intervention, hour: 18, minutes: 60, tasks: &[StatutoryTask::Intervention], areas: &[A01, A07],
        institution: Some(("POLICE", "dzielnicowy")), tone: Tone::Hard, risk: Risk::Urgent,
        urgent: (&[UrgentStep::Police, UrgentStep::BlueCard, UrgentStep::Manager],
            "Zdarzenie opisano w formularzu przekazanym przewodniczącej zespołu. Dzieci są bezpieczne, pod opieką mamy i babci."),
        actions: "Działania zgodnie z kodami zaznaczonymi poniżej. Mama z dziećmi jest u babci, zna dalsze kroki i ma zapisane numery telefonów.",
        observations: "Dzieci spokojne, zjadły kolację i zasnęły u babci.", ..BLANK },
    note("R13", 37, 40, "Notatka służbowa po interwencji, przekazana kierownikowi. Terminy dalszych działań wpisane do kalendarza."),
    Story { code: "R13", days: 23, kind: EntryKind::ChildHearing, hour: 11, minutes: 70, tasks: &[StatutoryTask::ChildHearing], areas: &[A01],
        institution: Some(("COURT", "przyjazny pokój przesłuchań")), tone: Tone::Good,
        actions: "Towarzyszenie dziecku podczas posiedzenia. Wcześniej obejrzano razem to miejsce i omówiono, co będzie po kolei.",
        observations: "Dziecko spokojne, po wyjściu poprosiło o spacer do parku.", ..BLANK },
    // Za życiem: the task 13a exactly six times.
    Story { tasks: &[ZaZyciem], areas: &[A17, A13],
        actions: "Pierwsze spotkanie. Podpisano upoważnienie i ułożono katalog możliwego wsparcia: sześć pozycji z nazwą instytucji, warunkami i terminem.",
        observations: "Przyszli rodzice przygotowani, mieli spisane pytania.", ..visit("R25", 17, 11, 80) },
    Story { code: "R25", days: 14, kind: Institution, hour: 10, minutes: 20, tasks: &[ZaZyciem], areas: &[A17],
        institution: Some(("HOSPITAL", "koordynatorka opieki okołoporodowej")),
        actions: "Na podstawie upoważnienia uzgodniono termin konsultacji i listę dokumentów dla rodziny.", ..BLANK },
    Story { tasks: &[ZaZyciem], areas: &[A17],
        actions: "Omówiono opiekę okołoporodową i prawo do opieki koordynowanej. Zapisano pytania do lekarza prowadzącego.",
        observations: "Dużo pytań o najbliższe tygodnie. Po rozpisaniu kroków widać było ulgę.", ..visit("R25", 11, 11, 65) },
    Story { tasks: &[ZaZyciem], areas: &[A13],
        actions: "Omówiono uprawnienia pracownicze w ciąży i dokumenty do świadczenia jednorazowego.",
        observations: "Dokumenty uporządkowane w teczce. Przyszli rodzice wzajemnie się wspierają.", ..visit("R25", 7, 12, 60) },
    Story { code: "R25", days: 6, kind: Institution, hour: 9, minutes: 15, tasks: &[ZaZyciem], areas: &[A13, A02],
        institution: Some(("OPS_BENEFITS", "dział świadczeń")),
        actions: "Sprawdzono warunki świadczenia jednorazowego. Brakuje jednego zaświadczenia, rodzina je doniesie.", ..BLANK },
    Story { tasks: &[ZaZyciem], areas: &[A17],
        actions: "Przejrzano katalog wsparcia: dwie pozycje załatwione, o kolejnej zdecyduje rodzina. Rozmowa o przygotowaniu domu.",
        observations: "Kącik dla dziecka prawie gotowy. Rodzina korzysta z pomocy bliskich.", ..visit("R25", 3, 11, 70) },
    note("R25", 18, 25, "Przyjęto wniosek „Za życiem”, przygotowano upoważnienie i wzór katalogu wsparcia."),
    // Periodic assessments (nr 15) and court papers.
    Story { tasks: &[PeriodicAssessment], ..note("R11", 4, 110, "Projekt oceny okresowej: zebrano wpisy, zadania i informacje z instytucji. Do omówienia z rodziną.") },
    Story { tasks: &[PeriodicAssessment], ..note("R16", 40, 100, "Okresowa ocena sytuacji rodziny omówiona z rodziną i przekazana kierownikowi. Cele osiągnięte w większości.") },
    Story { tasks: &[PeriodicAssessment], ..note("R18", 46, 105, "Okresowa ocena sytuacji rodziny po powrocie dziecka. Przekazana kierownikowi i PCPR.") },
    Story { tasks: &[PeriodicAssessment], ..note("R23", 67, 95, "Okresowa ocena sytuacji rodziny przekazana kierownikowi. Rodzina planuje przeprowadzkę.") },
    Story { tasks: &[CourtOpinion], ..note("R11", 27, 120, "Opinia o rodzinie na wniosek sądu: fakty, źródła, postępy i trudności. Przekazana kierownikowi do podpisu.") },
    Story { tasks: &[CourtOpinion], ..note("R11", 9, 90, "Sprawozdanie dla sądu z przebiegu współpracy w ostatnim okresie. Przekazane kierownikowi do podpisu.") },
    Story { tasks: &[Cooperation], ..note("R22", 19, 60, "Projekt zawiadomienia sądu o braku współpracy rodziny wraz z zestawieniem wizyt. Przekazany kierownikowi.") },
    // Notes (S3 9).
    note("R07", 5, 50, "Zestawienie mocnych stron i trudności do oceny sytuacji rodziny. Brakuje informacji ze szkoły."),
    note("R08", 6, 90, "Ocena sytuacji rodziny ukończona. Projekt planu przekazany pracownikowi socjalnemu do zaopiniowania."),
    note("R09", 30, 35, "Notatka: podsumowanie dwóch miesięcy planu. Większość zadań wykonana w terminie."),
    note("R10", 70, 30, "Przekazano egzemplarz planu do PCPR, odnotowano zgodność z planem pomocy dziecku."),
    note("R12", 62, 60, "Przygotowano projekt planu pracy na podstawie rozmów i zaleceń położnej."),
    note("R14", 3, 45, "Notatka w sprawie przedłużenia współpracy ponad dwa lata: co osiągnięto, co jeszcze wymaga pracy. Potrzebna decyzja kierownika."),
    Story { risk: Risk::Watch, ..note("R15", 1, 30, "Notatka: cztery kolejne wizyty nie doszły do skutku. Uzgodniono z pracownikiem socjalnym wspólną wizytę.") },
    note("R16", 9, 60, "Wniosek o zakończenie współpracy i rozpoczęcie monitoringu, z opisem osiągniętych celów."),
    Story { tasks: &[Monitoring, StatutoryTask::Intervention], areas: &[A06, A01], risk: Risk::Urgent, tone: Tone::Hard,
        urgent: (&[UrgentStep::Manager], "Dzieci są bezpieczne, pod opieką cioci. Kierownika zawiadomiono telefonicznie."),
        ..note("R20", 9, 50, "Notatka: w monitoringu wróciły trudności z obszaru A06. Dzieci są pod opieką cioci. Zgłoszono potrzebę ponownego objęcia wsparciem.") },
    Story { tasks: &[Monitoring, StatutoryTask::Documentation], ..note("R21", 34, 60, "Wniosek o zakończenie monitoringu: sytuacja stabilna, rodzina zna miejsca pomocy.") },
    Story { tasks: &[Monitoring, StatutoryTask::Documentation], ..note("R19", 8, 60, "Wniosek o zakończenie monitoringu z podsumowaniem spotkań.") },
    note("R22", 24, 40, "Notatka o nieudanych próbach kontaktu i o pozostawionych wiadomościach."),
    note("R23", 52, 35, "Zebrano dokumenty do przekazania ośrodkowi w nowym miejscu zamieszkania."),
    note("R24", 14, 25, "Notatka z pierwszego spotkania: odmowa współpracy, ustalenia z pracownikiem socjalnym."),
    // R21: the beginning of a full history.
    Story { others: "pracownik socjalny", areas: &[A12, A10],
        actions: "Pierwsze spotkanie w obecności pracownika socjalnego. Omówiono zasady współpracy, podpisano zgodę.",
        observations: "Rodzice zmęczeni i niepewni, bardzo zależy im na synu.", ..visit("R21", 481, 16, 75) },
    Story { areas: &[A10, A02, A15], actions: "Omówiono i podpisano plan pracy z rodziną na pierwsze pół roku.",
        observations: "Rodzice zgodni co do kolejności celów.", ..visit("R21", 450, 16, 80) },
    Story { tasks: &[PeriodicAssessment], ..note("R21", 271, 100, "Okresowa ocena sytuacji rodziny: budżet opanowany, trwa praca nad zasypianiem syna.") },
    Story { tasks: &[PeriodicAssessment], ..note("R21", 128, 95, "Okresowa ocena sytuacji rodziny: cele osiągnięte, proponowany monitoring.") },
    note("R21", 123, 50, "Wniosek o zakończenie współpracy i rozpoczęcie monitoringu."),
];

/// Index of the story's family in the roster.
pub fn file_of(story: &Story) -> Option<usize> {
    FAMILIES.iter().position(|family| family.code == story.code)
}

#[cfg(test)]
mod tests {
    use super::{super::families::Milestone, *};

    #[test]
    fn every_story_lies_within_its_assistance() {
        for story in STORIES {
            let family = &FAMILIES[file_of(story).expect(story.code)];
            let since = family.since(Milestone::Allocated).or_else(|| family.since(Milestone::ZzAllocated)).unwrap();
            assert!((family.assisted_until()..since).contains(&story.days), "{} D-{}", story.code, story.days);
        }
    }

    #[test]
    fn plans_are_signed_on_their_day() {
        for code in ["R12", "R13"] {
            let plan =
                FAMILIES.iter().find(|family| family.code == code).and_then(|family| family.since(Milestone::Plan));
            assert!(STORIES.iter().any(|story| story.code == code && Some(story.days) == plan), "{code}");
        }
    }
}
