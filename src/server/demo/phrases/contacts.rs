//! Contacts with institutions and calls with families.

use super::Needs::{self, *};
use crate::domain::codes::{
    Area::{self, *},
    Channel,
    StatutoryTask::{self, *},
};

/// One contact with an institution on the family's behalf.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    /// Code of [`crate::domain::codes::INSTITUTIONS`].
    pub institution: &'static str,
    /// How it was reached.
    pub channel: Channel,
    /// With whom.
    pub person: &'static str,
    /// The life area.
    pub area: Area,
    /// The sentences.
    pub text: &'static str,
}

const fn c(
    institution: &'static str,
    channel: Channel,
    person: &'static str,
    area: Area,
    text: &'static str,
) -> Contact {
    Contact { institution, channel, person, area, text }
}

/// The bank, by institution.
#[rustfmt::skip]
pub const INSTITUTIONS: &[Contact] = &[
    c("SCHOOL", Channel::Phone, "wychowawczyni", A11, "Rozmowa o frekwencji i zachowaniu dziecka. W ostatnim tygodniu bez nieobecności."),
    c("SCHOOL", Channel::InPerson, "pedagog szkolny", A11, "Omówiono dostosowanie wymagań i zajęcia wyrównawcze. Ustalono, że szkoła prześle plan zajęć."),
    c("SCHOOL", Channel::Phone, "pedagog szkolny", A11, "Wymiana informacji o sytuacji dziecka. Szkoła zgłasza, że dziecko przychodzi przygotowane."),
    c("SCHOOL", Channel::Email, "wychowawczyni", A11, "Prośba o informację o ocenach przed oceną okresową. Ustalono termin odpowiedzi."),
    c("SCHOOL", Channel::Phone, "sekretariat szkoły", A02, "Uzgodniono sposób zgłoszenia dziecka na bezpłatne obiady."),
    c("SCHOOL", Channel::Phone, "wychowawca", A11, "Rozmowa o nieodrobionych zadaniach. Ustalono, że wychowawca będzie pisać do rodziny przez dziennik."),
    c("SCHOOL", Channel::InPerson, "psycholog szkolny", A05, "Omówiono funkcjonowanie dziecka w klasie. Psycholog proponuje zajęcia w małej grupie."),
    c("SCHOOL", Channel::Phone, "wychowawczyni", A16, "Uzgodniono udział dziecka w wyjeździe klasowym i zwolnienie z opłaty."),
    c("SCHOOL", Channel::Phone, "pedagog szkolny", A11, "Poinformowano o ustaleniach z rodziną dotyczących porannych spóźnień. Szkoła widzi poprawę."),
    c("SCHOOL", Channel::InPerson, "wychowawczyni", A11, "Spotkanie po lekcjach: postępy w czytaniu, mocne strony dziecka, dalsza pomoc."),
    c("SCHOOL", Channel::Phone, "świetlica szkolna", A16, "Ustalono godziny pobytu dziecka w świetlicy w godzinach pracy rodzica."),
    c("COURT", Channel::Phone, "sekretariat III Wydziału Rodzinnego i Nieletnich", A13, "Ustalono termin złożenia pisma i liczbę egzemplarzy."),
    c("COURT", Channel::Letter, "III Wydział Rodzinny i Nieletnich", A13, "Przekazano przez kierownika informację o przebiegu współpracy z rodziną."),
    c("COURT", Channel::Phone, "sekretariat III Wydziału Rodzinnego i Nieletnich", A13, "Potwierdzono datę posiedzenia i sposób zawiadomienia rodziny."),
    c("PROBATION", Channel::Phone, "kurator rodzinny", A13, "Wymiana informacji z kuratorem i uzgodnienie, kto kiedy odwiedza rodzinę."),
    c("PROBATION", Channel::InPerson, "kurator rodzinny", A10, "Omówiono postępy rodziny i wspólne oczekiwania na kolejny miesiąc."),
    c("PROBATION", Channel::Phone, "kurator rodzinny", A01, "Rozmowa po wizycie kuratora. Zalecenia są zgodne z planem pracy z rodziną."),
    c("PROBATION", Channel::Email, "kurator rodzinny", A13, "Przesłano kuratorowi uzgodnione terminy spotkań w miesiącu."),
    c("PCPR", Channel::Phone, "Roksana Tymiankowicz, koordynator", A14, "Uzgodniono terminy kontaktów z dzieckiem i sposób ich przygotowania."),
    c("PCPR", Channel::InPerson, "Roksana Tymiankowicz, koordynator", A14, "Porównano plan pracy z rodziną z planem pomocy dziecku. Zapisano wspólne cele."),
    c("PCPR", Channel::Email, "Roksana Tymiankowicz, koordynator", A14, "Przekazano egzemplarz planu i informację o postępach rodziny."),
    c("PCPR", Channel::Phone, "Roksana Tymiankowicz, koordynator", A14, "Rozmowa o samopoczuciu dziecka po ostatnim spotkaniu z rodziną."),
    c("CLINIC", Channel::Phone, "rejestracja przychodni", A04, "Pomoc w ustaleniu terminu wizyty kontrolnej. Datę przekazano rodzinie."),
    c("CLINIC", Channel::Phone, "pielęgniarka", A04, "Sprawdzono, za zgodą rodziny, brakujące szczepienia i terminy."),
    c("CLINIC", Channel::InPerson, "rejestracja przychodni", A04, "Złożono deklarację wyboru lekarza w imieniu rodziny, na jej prośbę."),
    c("MIDWIFE", Channel::Phone, "położna środowiskowa", A17, "Uzgodniono termin wizyty położnej i zakres wsparcia rodziny."),
    c("MIDWIFE", Channel::Phone, "położna środowiskowa", A17, "Omówiono zalecenia po ostatniej wizycie. Rodzina je stosuje."),
    c("MENTAL_HEALTH", Channel::Phone, "rejestracja poradni", A05, "Ustalono termin pierwszej konsultacji psychologicznej dla rodzica."),
    c("ADDICTION", Channel::Phone, "terapeuta", A06, "Za zgodą klienta potwierdzono udział w spotkaniach i termin następnego."),
    c("OPS_WORKER", Channel::InPerson, "pracownik socjalny", A13, "Omówiono bieżącą sytuację rodziny i ustalono podział działań."),
    c("OPS_WORKER", Channel::InPerson, "pracownik socjalny", A02, "Uzgodniono pomoc w zakupie opału. Rodzina złoży wniosek osobiście."),
    c("OPS_WORKER", Channel::Phone, "pracownik socjalny", A13, "Przekazano informację o zmianie w sytuacji rodziny. Wniosek o zmianę świadczenia w przygotowaniu."),
    c("OPS_WORKER", Channel::InPerson, "pracownik socjalny", A08, "Konsultacja planu pracy z rodziną. Uwagi pracownika socjalnego wpisano do planu."),
    c("OPS_BENEFITS", Channel::Phone, "dział świadczeń", A02, "Sprawdzono stan wniosku i brakujące dokumenty."),
    c("OPS_BENEFITS", Channel::InPerson, "dział świadczeń", A02, "Wyjaśniono termin wypłaty świadczenia po zmianie rachunku bankowego."),
    c("JOB_OFFICE", Channel::Phone, "doradca klienta", A15, "Ustalono termin rozmowy z doradcą i wymagane dokumenty."),
    c("JOB_OFFICE", Channel::Email, "doradca klienta", A15, "Zapytano o nabór na kurs zawodowy i warunki udziału."),
    c("MUNICIPALITY", Channel::Letter, "zarządca lokalu", A03, "Wystąpiono w imieniu rodziny o termin naprawy ogrzewania."),
    c("NGO", Channel::Phone, "placówka wsparcia dziennego", A16, "Uzgodniono miejsce dla dziecka na zajęciach popołudniowych."),
    c("POLICE", Channel::Phone, "dzielnicowy", A01, "Wymiana informacji z dzielnicowym. W ostatnim czasie nie było interwencji."),
    c("DV_TEAM", Channel::Phone, "przewodnicząca zespołu interdyscyplinarnego", A07, "Uzgodniono termin spotkania i zakres działań poszczególnych osób."),
    c("DV_TEAM", Channel::InPerson, "grupa diagnostyczno-pomocowa", A07, "Omówiono realizację ustaleń. Kolejne spotkanie za miesiąc."),
];

/// One call with a family.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The task of the act.
    pub code: StatutoryTask,
    /// The life area.
    pub area: Area,
    /// What the family must have.
    pub needs: Needs,
    /// The sentences.
    pub text: &'static str,
}

const fn k(code: StatutoryTask, area: Area, needs: Needs, text: &'static str) -> Call {
    Call { code, area, needs, text }
}

/// The bank.
#[rustfmt::skip]
pub const CALLS: &[Call] = &[
    k(FamilyPlan, A13, Any, "Potwierdzenie terminu i tematu najbliższego spotkania."),
    k(SocialProblems, A02, Any, "Przypomnienie o terminie opłaty. Rodzina ma przygotowane pieniądze."),
    k(SocialProblems, A13, Any, "Rozmowa o piśmie, które przyszło pocztą. Ustalono, że zaczeka do wizyty."),
    k(Parenting, A10, Child, "Krótka rozmowa po trudnym poranku. Przypomniano ustalony sposób działania."),
    k(Psychological, A05, Any, "Rozmowa wspierająca. Napięcie mniejsze po nazwaniu tego, co się wydarzyło."),
    k(Employment, A15, Any, "Wiadomość o wyniku rozmowy o pracę i ustalenie dalszych kroków."),
    k(LifeSituation, A08, Any, "Przypomnienie o zakupach z listą i o zeszycie wydatków."),
    k(Consultations, A09, Home, "Pytanie o sen i jedzenie dziecka po chorobie. Dziecko czuje się lepiej."),
    k(Parenting, A11, School, "Ustalono, co powiedzieć na spotkaniu z wychowawcą."),
    k(SocialProblems, A04, Any, "Przypomnienie o jutrzejszej wizycie w przychodni i o potrzebnych dokumentach."),
    k(SocialActivity, A16, Any, "Przekazanie informacji o bezpłatnych zajęciach w sobotę."),
    k(Psychological, A12, Any, "Rozmowa o spotkaniu z bliskimi. Przebiegło lepiej, niż się spodziewano."),
    k(Consultations, A14, Care, "Rozmowa przed kontaktem z dzieckiem: godzina, miejsce, przygotowanie."),
    k(Psychological, A06, Therapy, "Przypomnienie o spotkaniu w poradni. Udział potwierdzony."),
    k(SocialProblems, A17, Unborn, "Rozmowa o wyniku wizyty i o dokumentach, które trzeba odebrać."),
];

/// Calls with families after the work.
#[rustfmt::skip]
pub const MONITORING_CALLS: &[Call] = &[
    k(Monitoring, A12, Any, "Krótka rozmowa w ramach monitoringu. Rodzina radzi sobie samodzielnie."),
    k(Monitoring, A13, Any, "Uzgodniono termin kolejnego spotkania w ramach monitoringu."),
    k(Monitoring, A02, Any, "Zapytano o opłaty i świadczenia. Wszystko na bieżąco."),
    k(Monitoring, A11, School, "Rozmowa o szkole i popołudniach. Bez nowych trudności."),
];
