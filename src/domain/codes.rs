//! Code lists of the procedure (spec/domain.md 3.0, 3.8, 3.9, 4). Codes are stable for ever.

use super::form::{Choice, choices};

choices! {
    /// Kind of an entry in the assistant's work card (rodzaj wpisu).
    EntryKind {
        Visit = "VISIT", "wizyta w środowisku";
        MeetingOut = "MEETING_OUT", "spotkanie poza domem";
        Accompany = "ACCOMPANY", "towarzyszenie w instytucji";
        PhoneFamily = "PHONE_FAMILY", "rozmowa lub SMS z rodziną";
        Institution = "INSTITUTION", "kontakt z instytucją";
        Team = "TEAM", "spotkanie zespołu";
        Intervention = "INTERVENTION", "interwencja";
        ChildHearing = "CHILD_HEARING", "towarzyszenie dziecku przed sądem";
        ContactSupervised = "CONTACT_SUPERVISED", "kontakt rodzica z dzieckiem w pieczy";
        Documentation = "DOC", "dokumentacja i praca własna";
    }
}

choices! {
    /// Result of a visit (wynik wizyty).
    Outcome {
        Held = "HELD", "odbyta";
        NobodyHome = "NOBODY_HOME", "nieodbyta – nikogo nie zastano";
        NotLetIn = "NOT_LET_IN", "nieodbyta – nie wpuszczono";
        CancelledByFamily = "CANCELLED_FAMILY", "odwołana przez rodzinę";
        CancelledByAssistant = "CANCELLED_ASSISTANT", "odwołana przez asystenta";
        Interrupted = "INTERRUPTED", "przerwana ze względów bezpieczeństwa";
    }
}

choices! {
    /// Where the meeting was (miejsce; art. 14).
    Place {
        Home = "HOME", "miejsce zamieszkania";
        Chosen = "CHOSEN", "miejsce wskazane przez rodzinę";
        Institution = "INSTITUTION", "instytucja";
        Office = "OFFICE", "ośrodek pomocy społecznej";
        Phone = "PHONE", "telefon";
        Online = "ONLINE", "online";
    }
}

choices! {
    /// How an institution was reached (forma kontaktu).
    Channel {
        Phone = "PHONE", "telefon";
        Letter = "LETTER", "pismo";
        Email = "EMAIL", "e-mail";
        InPerson = "IN_PERSON", "osobiście";
        Video = "VIDEO", "wideo";
    }
}

choices! {
    /// How a letter left the office (sposób wysłania).
    Sending {
        Epuap = "EPUAP", "ePUAP";
        EDelivery = "E_DELIVERY", "e-Doręczenia";
        Post = "POST", "poczta";
        InPerson = "IN_PERSON", "osobiście";
    }
}

choices! {
    /// How the family works together with the assistant (ocena współpracy).
    Engagement {
        Refuses = "1", "odmawia";
        Avoids = "2", "unika";
        Passive = "3", "biernie uczestniczy";
        Active = "4", "współpracuje";
        Initiates = "5", "inicjuje";
    }
}

choices! {
    /// Risk signal (sygnał ryzyka).
    Risk {
        None = "NONE", "brak";
        Watch = "WATCH", "do obserwacji";
        Worrying = "WORRYING", "niepokojące";
        Urgent = "URGENT", "pilne";
    }
}

choices! {
    /// What was done at once about an urgent risk.
    UrgentStep {
        Police = "POLICE_112", "zawiadomiono Policję (112)";
        BlueCard = "NK_A", "wypełniono Niebieską Kartę – A";
        Court = "COURT", "zawiadomiono sąd rodzinny";
        Manager = "MANAGER", "zawiadomiono kierownika";
        Ambulance = "AMBULANCE", "wezwano pogotowie";
    }
}

impl UrgentStep {
    /// In the order in which people act; what helps a child at once comes first.
    pub const IN_ORDER: &[UrgentStep] =
        &[UrgentStep::Police, UrgentStep::Ambulance, UrgentStep::BlueCard, UrgentStep::Court, UrgentStep::Manager];

    /// Who learns of the danger by it; nobody by a form that is only filled in.
    pub fn notifies(self) -> Option<&'static str> {
        match self {
            UrgentStep::Police => Some("Policja (112)"),
            UrgentStep::Ambulance => Some("pogotowie ratunkowe (112)"),
            UrgentStep::Court => Some("sąd rodzinny"),
            UrgentStep::Manager => Some("kierownik"),
            UrgentStep::BlueCard => None,
        }
    }

    /// The number that everybody can call from any phone.
    pub fn emergency_number(self) -> Option<&'static str> {
        matches!(self, UrgentStep::Police | UrgentStep::Ambulance).then_some("112")
    }
}

choices! {
    /// A change in the family that starts the 7-day notice (D10).
    ChangeSignal {
        Financial = "FINANCIAL", "sytuacja finansowa";
        Work = "WORK", "sytuacja zawodowa";
        Structure = "STRUCTURE", "struktura rodziny";
        Residence = "RESIDENCE", "miejsce zamieszkania";
        Other = "OTHER", "inna zmiana";
    }
}

impl ChangeSignal {
    /// The life area that the change is about.
    pub fn area(self) -> Area {
        match self {
            ChangeSignal::Financial => Area::A02,
            ChangeSignal::Work => Area::A15,
            ChangeSignal::Structure => Area::A12,
            ChangeSignal::Residence => Area::A03,
            ChangeSignal::Other => Area::A13,
        }
    }
}

choices! {
    /// Means of travel (środek dojazdu).
    Travel {
        OwnCar = "CAR_OWN", "samochód prywatny";
        OfficeCar = "CAR_OFFICE", "samochód służbowy";
        Bus = "PUBLIC", "komunikacja publiczna";
        Foot = "FOOT", "pieszo";
        Bicycle = "BICYCLE", "rower";
    }
}

choices! {
    /// The four work areas (S4).
    WorkArea {
        Parents = "WA_PARENTS", "bezpośrednia praca z rodzicami";
        Children = "WA_CHILDREN", "bezpośrednia praca z dziećmi";
        Indirect = "WA_INDIRECT", "działania pośrednie na rzecz dziecka i rodziny";
        Workshop = "WA_WORKSHOP", "organizacja własnego warsztatu pracy";
    }
}

choices! {
    /// The three areas of support, in their order (S3 10.2).
    SupportArea {
        Social = "SOC", "codzienne problemy socjalne i zdrowotne";
        Home = "HOME", "kompetencje rodziców";
        Reintegration = "REINT", "reintegracja społeczna";
    }
}

choices! {
    /// Tasks of the assistant under art. 15 ust. 1 (Dz.U. 2026 poz. 980), short wording.
    StatutoryTask {
        FamilyPlan = "T01_FAMILY_PLAN", "plan pracy z rodziną – opracowanie i realizacja";
        PlanCoordinated = "T02_PLAN_COORDINATED", "plan skoordynowany z planem pomocy dziecku w pieczy";
        LifeSituation = "T03_LIFE_SITUATION", "poprawa sytuacji życiowej, prowadzenie gospodarstwa domowego";
        SocialProblems = "T04_SOCIAL_PROBLEMS", "rozwiązywanie problemów socjalnych";
        Psychological = "T05_PSYCHOLOGICAL", "rozwiązywanie problemów psychologicznych";
        Parenting = "T06_PARENTING", "rozwiązywanie problemów wychowawczych z dziećmi";
        SocialActivity = "T07_SOCIAL_ACTIVITY", "wspieranie aktywności społecznej rodziny";
        Qualifications = "T08_QUALIFICATIONS", "motywowanie do podnoszenia kwalifikacji";
        Employment = "T09_EMPLOYMENT", "pomoc w szukaniu i utrzymaniu pracy";
        ParentGroups = "T10_PARENT_GROUPS", "motywowanie do zajęć grupowych dla rodziców";
        ChildSupport = "T11_CHILD_SUPPORT", "wsparcie dzieci, zajęcia psychoedukacyjne";
        ChildHearing = "T11A_CHILD_HEARING", "towarzyszenie dziecku na posiedzeniu lub rozprawie";
        Intervention = "T12_INTERVENTION", "działania interwencyjne i zaradcze";
        Consultations = "T13_CONSULTATIONS", "indywidualne konsultacje wychowawcze";
        ZaZyciem = "T13A_ZA_ZYCIEM", "zadania z ustawy „Za życiem”";
        Documentation = "T14_DOCUMENTATION", "prowadzenie dokumentacji";
        PeriodicAssessment = "T15_PERIODIC_ASSESSMENT", "okresowa ocena sytuacji rodziny";
        Monitoring = "T16_MONITORING", "monitorowanie po zakończeniu pracy";
        CourtOpinion = "T17_COURT_OPINION", "opinia o rodzinie na wniosek sądu";
        Cooperation = "T18_COOPERATION", "współpraca z instytucjami i organizacjami";
        DomesticViolenceTeam = "T19_DV_TEAM", "współpraca z zespołem interdyscyplinarnym lub grupą";
        LocalTravel = "X01", "dojazd";
        LocalTraining = "X02", "szkolenie lub superwizja";
        LocalMeeting = "X03", "zebranie zespołu";
    }
}

impl StatutoryTask {
    /// The point of art. 15 ust. 1, or nothing for local codes.
    pub fn point(self) -> Option<&'static str> {
        let code = self.code();
        let digits = code.strip_prefix('T')?.split('_').next()?;
        Some(digits.trim_start_matches('0'))
    }

    /// Does the act name it? Local codes count as workload only (spec/domain.md 4.1).
    pub fn is_statutory(self) -> bool {
        self.point().is_some()
    }

    /// The default work area (column WA of 4.1); a person may change it.
    pub fn work_area(self) -> WorkArea {
        use StatutoryTask::*;
        match self {
            FamilyPlan | LifeSituation | SocialProblems | Psychological | Parenting | SocialActivity
            | Qualifications | Employment | ParentGroups | Consultations | Monitoring => WorkArea::Parents,
            ChildSupport | ChildHearing => WorkArea::Children,
            PlanCoordinated | Intervention | ZaZyciem | CourtOpinion | Cooperation | DomesticViolenceTeam => {
                WorkArea::Indirect
            }
            Documentation | PeriodicAssessment | LocalTravel | LocalTraining | LocalMeeting => WorkArea::Workshop,
        }
    }
}

choices! {
    /// Life areas (obszary).
    Area {
        A01 = "A01", "bezpieczeństwo i podstawowe potrzeby dzieci";
        A02 = "A02", "sytuacja finansowa, świadczenia, długi";
        A03 = "A03", "warunki mieszkaniowe";
        A04 = "A04", "zdrowie fizyczne";
        A05 = "A05", "zdrowie psychiczne i sfera duchowa";
        A06 = "A06", "uzależnienia";
        A07 = "A07", "przemoc";
        A08 = "A08", "prowadzenie gospodarstwa domowego";
        A09 = "A09", "opieka i pielęgnacja dziecka";
        A10 = "A10", "wychowanie, granice, więź";
        A11 = "A11", "edukacja dzieci";
        A12 = "A12", "relacje w rodzinie i z rodziną dalszą";
        A13 = "A13", "sprawy urzędowe i prawne";
        A14 = "A14", "kontakty z dzieckiem w pieczy, powrót dziecka";
        A15 = "A15", "kwalifikacje i praca";
        A16 = "A16", "aktywność społeczna, czas wolny, sieć wsparcia";
        A17 = "A17", "ciąża, niemowlę, dziecko z niepełnosprawnością";
    }
}

impl Area {
    /// The support area that it belongs to first (spec/domain.md 3.0).
    pub fn support(self) -> SupportArea {
        use Area::*;
        match self {
            A01 | A02 | A03 | A04 | A06 | A07 | A13 | A17 => SupportArea::Social,
            A05 | A08 | A09 | A10 | A11 | A12 => SupportArea::Home,
            A14 | A15 | A16 => SupportArea::Reintegration,
        }
    }
}

choices! {
    /// How things stand in a life area (skala oceny, spec/domain.md 3.0).
    Scale {
        Danger = "1", "1 – zagrożenie, konieczna interwencja";
        Serious = "2", "2 – poważne trudności";
        Difficult = "3", "3 – trudności, rodzina współpracuje";
        Enough = "4", "4 – wystarczająco";
        Good = "5", "5 – dobrze, zasób";
        NotApplicable = "ND", "nie dotyczy";
        Unknown = "BD", "brak danych";
    }
}

choices! {
    /// Status of a family task (status zadania).
    TaskStatus {
        Set = "SET", "zlecone";
        InProgress = "IN_PROGRESS", "w toku";
        Done = "DONE", "wykonane";
        Partly = "PARTLY", "wykonane częściowo";
        NotDone = "NOT_DONE", "niewykonane";
        Obsolete = "OBSOLETE", "nieaktualne";
    }
}

impl TaskStatus {
    /// Nothing more is expected of the family.
    pub fn is_closed(self) -> bool {
        !matches!(self, TaskStatus::Set | TaskStatus::InProgress)
    }
}

choices! {
    /// What a family task comes from, when nobody agreed on it at a visit.
    TaskOrigin {
        /// D10: a change in the family that the social worker must hear of.
        Change = "CHANGE", "zmiana w rodzinie do zgłoszenia";
        Meeting = "MEETING", "ustalenie spotkania interdyscyplinarnego";
    }
}

choices! {
    /// Who told the social worker of a change in the family (D10).
    ToldBy {
        Family = "FAMILY", "rodzina zgłosiła sama";
        Assistant = "ASSISTANT", "poinformował asystent";
    }
}

choices! {
    /// By when a family task is due.
    DueKind {
        Date = "DATE", "do dnia";
        NextMeeting = "NEXT", "do następnego spotkania";
        Recurring = "RECURRING", "cyklicznie";
    }
}

choices! {
    /// How much help of the assistant a task needs.
    Help {
        Alone = "ALONE", "samodzielnie";
        Reminder = "REMINDER", "z przypomnieniem";
        Together = "TOGETHER", "wspólnie";
        Accompanied = "ACCOMPANIED", "asystent towarzyszy";
    }
}

choices! {
    /// Effect of a task (ocena efektu).
    EffectScore {
        None = "0", "brak";
        Small = "1", "niewielki";
        Visible = "2", "widoczny";
        Lasting = "3", "trwały";
    }
}

choices! {
    /// Why a task was not done.
    NotDoneReason {
        Forgotten = "FORGOTTEN", "zapomniano";
        NoMoney = "NO_MONEY", "brak pieniędzy";
        Illness = "ILLNESS", "choroba";
        NoMotivation = "NO_MOTIVATION", "brak motywacji";
        TooHard = "TOO_HARD", "zbyt trudne";
        Obstacle = "OBSTACLE", "przeszkoda zewnętrzna";
        Changed = "CHANGED", "zmiana sytuacji";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// What follows a closed task.
    FollowUp {
        Again = "AGAIN", "ponów";
        Change = "CHANGE", "zmień";
        Close = "CLOSE", "zamknij";
    }
}

choices! {
    /// How the family found the task.
    SelfRating {
        Easy = "EASY", "łatwe";
        Medium = "MEDIUM", "średnie";
        Hard = "HARD", "trudne";
    }
}

choices! {
    /// Role in the family (rola w rodzinie).
    FamilyRole {
        Mother = "MOTHER", "matka";
        Father = "FATHER", "ojciec";
        Partner = "PARTNER", "partner lub partnerka rodzica";
        Child = "CHILD", "dziecko";
        Unborn = "UNBORN", "dziecko nienarodzone";
        Grandparent = "GRANDPARENT", "babcia lub dziadek";
        Relative = "RELATIVE", "inny krewny";
        Guardian = "GUARDIAN", "opiekun prawny";
        Carer = "CARER", "opiekun faktyczny";
        Other = "OTHER", "inna osoba wspólnie zamieszkująca";
    }
}

choices! {
    /// Where a child stays (miejsce pobytu dziecka).
    ChildPlace {
        Home = "HOME", "w domu";
        OtherParent = "OTHER_PARENT", "u drugiego rodzica";
        Relatives = "RELATIVES", "u krewnych bez orzeczenia";
        FosterKin = "FOSTER_KIN", "rodzina zastępcza spokrewniona";
        FosterNonPro = "FOSTER_NONPRO", "rodzina zastępcza niezawodowa";
        FosterPro = "FOSTER_PRO", "rodzina zastępcza zawodowa";
        FamilyHome = "FAMILY_HOME", "rodzinny dom dziecka";
        CareHome = "CARE_HOME", "placówka opiekuńczo-wychowawcza";
        TherapeuticHome = "THERAPEUTIC_HOME", "regionalna placówka opiekuńczo-terapeutyczna";
        PreAdoption = "PRE_ADOPTION", "interwencyjny ośrodek preadopcyjny";
        YouthCentre = "YOUTH_CENTRE", "MOW, MOS lub OOW";
        Hospital = "HOSPITAL", "szpital lub ZOL";
        Adopted = "ADOPTED", "przysposobione";
        Other = "OTHER", "inne";
    }
}

impl ChildPlace {
    /// In foster care (piecza zastępcza).
    pub fn is_care(self) -> bool {
        use ChildPlace::*;
        matches!(self, FosterKin | FosterNonPro | FosterPro | FamilyHome | CareHome | TherapeuticHome | PreAdoption)
    }
}

choices! {
    /// Why the family is assisted (podstawa objęcia).
    Basis {
        Difficulties = "DIFFICULTIES", "trudności opiekuńczo-wychowawcze (art. 11 ust. 1–3)";
        ChildInCare = "CHILD_IN_CARE", "dziecko w pieczy zastępczej (art. 10 ust. 4)";
        MinorParent = "MINOR_PARENT", "małoletni rodzic opuszczający ośrodek (art. 11 ust. 1a)";
        CourtOrder = "COURT_ORDER", "postanowienie sądu (KRO art. 109 § 2 pkt 1)";
        ZaZyciem = "ZA_ZYCIEM", "ustawa „Za życiem” (art. 8)";
    }
}

choices! {
    /// Status of a goal of the plan.
    GoalStatus {
        InProgress = "IN_PROGRESS", "w realizacji";
        Reached = "REACHED", "osiągnięty";
        Partly = "PARTLY", "częściowo";
        NotReached = "NOT_REACHED", "nieosiągnięty";
        Changed = "CHANGED", "zmieniony";
        Dropped = "DROPPED", "zaniechany";
    }
}

choices! {
    /// From where the office knows of the family (źródło zgłoszenia).
    ReferralSource {
        Own = "OWN", "rozpoznanie własne pracownika socjalnego";
        Family = "FAMILY", "wniosek rodziny";
        School = "SCHOOL", "szkoła lub przedszkole";
        Counselling = "COUNSELLING", "poradnia psychologiczno-pedagogiczna";
        DayCentre = "DAY_CENTRE", "placówka wsparcia dziennego";
        Court = "COURT", "sąd – postanowienie";
        Probation = "PROBATION", "kurator";
        Police = "POLICE", "Policja";
        Health = "HEALTH", "podmiot leczniczy lub położna";
        Pcpr = "PCPR", "PCPR";
        DomesticViolenceTeam = "DV_TEAM", "zespół interdyscyplinarny lub grupa diagnostyczno-pomocowa";
        Organisation = "NGO", "organizacja pozarządowa";
        Other = "OTHER", "inna osoba";
        ZaZyciem = "ZA_ZYCIEM", "wniosek „Za życiem”";
    }
}

choices! {
    /// Recognised problems: those of art. 7 of the act on social assistance, then those that assistants
    /// meet beside them.
    FamilyProblem {
        Poverty = "POVERTY", "ubóstwo";
        Orphanhood = "ORPHANHOOD", "sieroctwo";
        Homelessness = "HOMELESSNESS", "bezdomność";
        Unemployment = "UNEMPLOYMENT", "bezrobocie";
        Disability = "DISABILITY", "niepełnosprawność";
        Illness = "ILLNESS", "długotrwała lub ciężka choroba";
        DomesticViolence = "DOMESTIC_VIOLENCE", "przemoc domowa";
        Trafficking = "TRAFFICKING", "ofiara handlu ludźmi";
        Maternity = "MATERNITY", "ochrona macierzyństwa lub wielodzietność";
        Helplessness = "HELPLESSNESS",
            "bezradność w sprawach opiekuńczo-wychowawczych i prowadzenia gospodarstwa domowego";
        Foreigners = "FOREIGNERS", "trudności w integracji cudzoziemców";
        AfterPrison = "AFTER_PRISON", "trudności po zwolnieniu z zakładu karnego";
        Addiction = "ADDICTION", "alkoholizm lub narkomania";
        Crisis = "CRISIS", "zdarzenie losowe lub sytuacja kryzysowa";
        Disaster = "DISASTER", "klęska żywiołowa";
        MentalDisorder = "MENTAL_DISORDER", "zaburzenia psychiczne";
        IntellectualDisability = "INTELLECTUAL_DISABILITY", "niepełnosprawność intelektualna rodzica";
        FamilyConflict = "FAMILY_CONFLICT", "konflikt rodzinny lub rozstanie";
        Debt = "DEBT", "zadłużenie";
        Neglect = "NEGLECT", "zaniedbanie dziecka";
        School = "SCHOOL", "trudności szkolne";
        SingleParent = "SINGLE_PARENT", "samotne rodzicielstwo";
    }
}

choices! {
    /// Parental authority of one parent over one child (władza rodzicielska; articles of the KRO).
    ParentalAuthority {
        Full = "FULL", "pełna";
        LimitedDuty = "LIMITED_DUTY", "ograniczona – zobowiązanie (art. 109 § 2 pkt 1)";
        LimitedProbation = "LIMITED_PROBATION", "ograniczona – nadzór kuratora (art. 109 § 2 pkt 3)";
        LimitedCare = "LIMITED_CARE", "ograniczona – umieszczenie w pieczy (art. 109 § 2 pkt 5)";
        LimitedOther = "LIMITED_OTHER", "ograniczona – inna";
        Suspended = "SUSPENDED", "zawieszona (art. 110)";
        Removed = "REMOVED", "pozbawienie (art. 111)";
        None = "NONE", "nie przysługuje lub nieustalone";
        Pending = "PENDING", "postępowanie w toku";
    }
}

/// Institutions that the assistant meets (spec/domain.md 3.0); no rule reads them.
pub const INSTITUTIONS: &[Choice] = &[
    Choice { code: "COURT", label: "sąd" },
    Choice { code: "PROBATION", label: "kurator" },
    Choice { code: "POLICE", label: "Policja" },
    Choice { code: "PROSECUTOR", label: "prokuratura" },
    Choice { code: "PCPR", label: "PCPR lub organizator pieczy" },
    Choice { code: "CARE_HOME", label: "placówka opiekuńczo-wychowawcza" },
    Choice { code: "FOSTER_FAMILY", label: "rodzina zastępcza" },
    Choice { code: "SCHOOL", label: "szkoła" },
    Choice { code: "PRESCHOOL", label: "przedszkole lub żłobek" },
    Choice { code: "COUNSELLING", label: "poradnia psychologiczno-pedagogiczna" },
    Choice { code: "CLINIC", label: "POZ lub przychodnia" },
    Choice { code: "HOSPITAL", label: "szpital" },
    Choice { code: "MIDWIFE", label: "położna lub pielęgniarka środowiskowa" },
    Choice { code: "MENTAL_HEALTH", label: "poradnia zdrowia psychicznego" },
    Choice { code: "ADDICTION", label: "poradnia leczenia uzależnień" },
    Choice { code: "GKRPA", label: "gminna komisja (GKRPA)" },
    Choice { code: "DV_TEAM", label: "zespół interdyscyplinarny lub grupa" },
    Choice { code: "OPS_WORKER", label: "OPS – pracownik socjalny" },
    Choice { code: "OPS_BENEFITS", label: "OPS – dział świadczeń" },
    Choice { code: "JOB_OFFICE", label: "powiatowy urząd pracy" },
    Choice { code: "ZUS", label: "ZUS" },
    Choice { code: "MUNICIPALITY", label: "urząd gminy lub zarządca lokalu" },
    Choice { code: "DISABILITY", label: "PFRON lub zespół orzekający" },
    Choice { code: "NGO", label: "organizacja lub placówka wsparcia dziennego" },
    Choice { code: "PARISH", label: "parafia" },
    Choice { code: "LAWYER", label: "prawnik, nieodpłatna pomoc prawna" },
    Choice { code: "EMPLOYER", label: "pracodawca" },
    Choice { code: "OTHER", label: "inna" },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_act_names_twenty_one_tasks() {
        let statutory: Vec<_> = StatutoryTask::ALL.iter().filter(|task| task.is_statutory()).collect();
        assert_eq!(statutory.len(), 21);
        assert_eq!(StatutoryTask::ChildHearing.point(), Some("11A"));
        assert_eq!(StatutoryTask::FamilyPlan.point(), Some("1"));
        assert_eq!(StatutoryTask::LocalTravel.point(), None);
    }

    #[test]
    fn codes_come_back_as_what_they_were() {
        for task in StatutoryTask::ALL {
            assert_eq!(task.code().parse(), Ok(*task));
        }
        assert_eq!(serde_json::to_string(&Area::A07).unwrap(), "\"A07\"");
        assert!("nonsense".parse::<Area>().is_err());
    }
}
