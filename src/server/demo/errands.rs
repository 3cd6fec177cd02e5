//! Ways to institutions that family and assistant go together.

use super::{
    history::Errand,
    phrases::{Needs, actions::Action},
};
use crate::domain::codes::{
    Area::{self, *},
    StatutoryTask::{self, *},
};

const fn errand(
    families: &'static [&'static str],
    institution: (&'static str, &'static str),
    (code, area): (StatutoryTask, Area),
    far: bool,
    text: &'static str,
) -> Errand {
    Errand { families, institution, action: Action { code, area, needs: Needs::Any, text }, far }
}

/// The errands; each family in turn.
#[rustfmt::skip]
pub const ERRANDS: &[Errand] = &[
    errand(&["R14", "R08"], ("JOB_OFFICE", "doradca klienta"), (Employment, A15), true,
        "Wspólna wizyta w urzędzie pracy. Omówiono oferty i ustalono termin kolejnej rozmowy."),
    errand(&["R12", "R07"], ("CLINIC", "gabinet pediatry"), (SocialProblems, A04), false,
        "Towarzyszenie w wizycie kontrolnej z dzieckiem. Zalecenia zapisano prostym językiem."),
    errand(&["R11", "R10"], ("COURT", "III Wydział Rodzinny i Nieletnich"), (SocialProblems, A13), true,
        "Towarzyszenie w sądzie. Wcześniej omówiono, kto i o co może zapytać, po wyjściu – co z tego wynika."),
    errand(&["R16", "R23"], ("OPS_BENEFITS", "dział świadczeń"), (SocialProblems, A02), false,
        "Wspólne złożenie wniosku w dziale świadczeń. Rodzina sama odpowiadała na pytania."),
    errand(&["R13", "R08"], ("MENTAL_HEALTH", "psycholog"), (Psychological, A05), false,
        "Towarzyszenie w drodze na pierwszą konsultację. Po rozmowie ustalono następny termin."),
    errand(&["R14", "R09"], ("SCHOOL", "wychowawczyni"), (Parenting, A11), false,
        "Wspólne spotkanie w szkole. Rodzic sam przedstawił ustalenia i zadał przygotowane pytania."),
    errand(&["R15", "R10"], ("MUNICIPALITY", "dział lokalowy"), (SocialProblems, A03), false,
        "Wspólna wizyta w urzędzie gminy w sprawie lokalu. Złożono pismo, potwierdzenie jest w segregatorze."),
];
