//! Assessment of the family's situation, zał. 5 (ocena sytuacji rodziny, diagnoza): problems, and as much the
//! needs, expectations, strengths and possibilities of the family, its members and its surroundings (art. 8
//! ust. 1 pkt 1). Fields: spec/domain.md 3.5. Its conclusions seed the goals of the plan.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    codes::{Area, FamilyRole, Scale},
    form::{Answers, Each, Field, Form, Key, Kind, Must, Problem, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// From where the assistant knows.
    InfoSource {
        Talk = "TALK", "rozmowa";
        Observation = "OBSERVATION", "obserwacja";
        Documents = "DOCUMENTS", "dokumenty";
        Institutions = "INSTITUTIONS", "instytucje";
        Children = "CHILDREN", "dzieci";
    }
}

choices! {
    /// Where a child learns.
    School {
        NotYet = "NOT_YET", "jeszcze nie uczęszcza";
        Nursery = "NURSERY", "żłobek";
        Preschool = "PRESCHOOL", "przedszkole";
        Primary = "PRIMARY", "szkoła podstawowa";
        Secondary = "SECONDARY", "szkoła ponadpodstawowa";
        Special = "SPECIAL", "szkoła lub ośrodek specjalny";
        Outside = "OUTSIDE", "nie uczęszcza mimo obowiązku";
        Finished = "FINISHED", "zakończyło naukę";
    }
}

choices! {
    /// Attendance (frekwencja).
    Attendance {
        Regular = "REGULAR", "regularna";
        Absences = "ABSENCES", "częste nieobecności";
        Rare = "RARE", "sporadyczna";
        Unknown = "UNKNOWN", "brak danych";
    }
}

choices! {
    /// Vaccinations and check-ups (szczepienia, bilans).
    Vaccinations {
        InTime = "IN_TIME", "w terminie";
        Late = "LATE", "zaległe";
        Unknown = "UNKNOWN", "brak danych";
    }
}

choices! {
    /// How much a parent wants the change (motywacja).
    Motivation {
        None = "1", "1 – brak motywacji";
        Small = "2", "2 – mała";
        Changing = "3", "3 – zmienna";
        Large = "4", "4 – duża";
        Own = "5", "5 – własna inicjatywa";
    }
}

choices! {
    /// What could go wrong (czynniki ryzyka).
    RiskFactor {
        Violence = "VIOLENCE", "przemoc";
        Addiction = "ADDICTION", "uzależnienie";
        Neglect = "NEGLECT", "zaniedbanie";
        NoCare = "NO_CARE", "brak opieki";
        Suicide = "SUICIDE", "próby samobójcze";
        Eviction = "EVICTION", "eksmisja";
        Other = "OTHER", "inne";
    }
}

choices! {
    /// How likely it is that a child is placed in care.
    PlacementRisk {
        Low = "LOW", "niskie";
        Medium = "MEDIUM", "średnie";
        High = "HIGH", "wysokie";
        InCare = "IN_CARE", "dziecko już w pieczy";
    }
}

/// First day of the diagnosis.
pub const PERIOD_FROM: Key<NaiveDate> = Key::new("period_from");
/// Last day of the diagnosis.
pub const PERIOD_TO: Key<NaiveDate> = Key::new("period_to");
/// Areas, a row each; the row's id is the code of [`Area`].
pub const AREAS: &str = "areas";
/// How things stand in an area (a cell of [`AREAS`]).
pub const SCORE: Key<Scale> = Key::new("score");
/// What is needed in an area (a cell of [`AREAS`]); the plan starts from it.
pub const NEEDS: Key<String> = Key::new("needs");
/// Children, a row each.
pub const CHILDREN: &str = "children";
/// Adults, a row each.
pub const PARENTS: &str = "parents";
/// What the family wants, in its own words.
pub const EXPECTATIONS: Key<String> = Key::new("family_expectations");
/// How likely a child's placement in care is.
pub const PLACEMENT_RISK: Key<PlacementRisk> = Key::new("placement_risk");
/// Conclusions; they seed the goals of the plan.
pub const CONCLUSIONS: Key<String> = Key::new("conclusions");
/// Has the family read it?
pub const ACQUAINTED: Key<bool> = Key::new("acquainted");

/// Of a child that is not born yet there is no bed, school or voice to ask about.
const BORN: When = When::Not(&When::Is("role", &["UNBORN"]));
const AT_SCHOOL: When =
    When::Both(&BORN, &When::Is("school_kind", &["NURSERY", "PRESCHOOL", "PRIMARY", "SECONDARY", "SPECIAL"]));
const HEARD: When = When::Both(&BORN, &When::Yes("heard"));
const NOT_HEARD: When = When::Both(&BORN, &When::No("heard"));

/// Areas that every assessment speaks about: the children's safety, care and upbringing.
pub const MAIN_AREAS: [Area; 3] = [Area::A01, Area::A09, Area::A10];

const WORDS: Kind = Kind::Text { min: 3, max: 2000 };

const AREA_CELLS: &[Field] = &[
    Field::new("score", "Ocena", Kind::One(Scale::CHOICES)).required(),
    Field::new("situation", "Opis sytuacji", WORDS)
        .help("Fakty. Tylko to, co potrzebne.")
        .required_when(When::Is("score", &["1", "2", "3"]))
        .class(Sensitivity::Health),
    Field::new("difficulties", "Trudności", WORDS).class(Sensitivity::Health),
    Field::new("resources", "Zasoby", WORDS),
    Field::new("needs", "Potrzeby", WORDS),
];

const ROLE: Field = Field::new("role", "Rola", Kind::One(FamilyRole::CHOICES)).computed("z karty rodziny");

const CHILD_CELLS: &[Field] = &[
    ROLE,
    Field::new("care", "Opieka i bezpieczeństwo", WORDS).required(),
    Field::new("own_bed", "Ma własne miejsce do spania", Kind::Flag).required().shown_when(BORN),
    Field::new("own_desk", "Ma miejsce do nauki", Kind::Flag).shown_when(BORN),
    Field::new("housing", "Mieszkanie – uwagi", Kind::Line { max: 300 }).shown_when(BORN),
    Field::new("school_kind", "Nauka", Kind::One(School::CHOICES)).required().shown_when(BORN),
    Field::new("school", "Nazwa placówki", Kind::Line { max: 160 })
        .required_when(AT_SCHOOL)
        .shown_when(AT_SCHOOL)
        .prefilled("z karty informacyjnej (zał. 4)"),
    Field::new("pedagogue", "Pedagog lub wychowawca", Kind::Line { max: 160 }).shown_when(AT_SCHOOL),
    Field::new("attendance", "Frekwencja", Kind::One(Attendance::CHOICES)).shown_when(AT_SCHOOL),
    Field::new("results", "Wyniki w nauce", Kind::Line { max: 300 }).shown_when(AT_SCHOOL),
    Field::new("behaviour", "Zachowanie", Kind::Line { max: 300 }).shown_when(AT_SCHOOL),
    Field::new("support", "Wsparcie zewnętrzne", Kind::Line { max: 300 })
        .help("Kto jeszcze pomaga dziecku: świetlica, poradnia, krewni."),
    Field::new("authority", "Władza rodzicielska i piecza", Kind::Line { max: 300 })
        .required()
        .prefilled("z karty informacyjnej (zał. 4)"),
    Field::new("heard", "Dziecko wysłuchane", Kind::Flag).required().shown_when(BORN),
    Field::new("voice", "Głos dziecka", WORDS)
        .help("Co mówi o sobie i rodzinie, jego słowami. Stosownie do wieku i dojrzałości.")
        .required_when(HEARD)
        .shown_when(HEARD),
    Field::new("not_heard_reason", "Dlaczego nie wysłuchano", Kind::Line { max: 300 })
        .required_when(NOT_HEARD)
        .shown_when(NOT_HEARD),
];

/// Apart, so that whoever may not read about health still reads the rest.
const CHILD_HEALTH_CELLS: &[Field] = &[
    ROLE,
    Field::new("clinic", "Przychodnia", Kind::Line { max: 160 }).class(Sensitivity::Health),
    Field::new("vaccinations", "Szczepienia i bilans", Kind::One(Vaccinations::CHOICES))
        .required()
        .shown_when(BORN)
        .class(Sensitivity::Health),
    Field::new("illnesses", "Choroby", WORDS).class(Sensitivity::Health),
];

const PARENT_CELLS: &[Field] = &[
    Field::new("parenting", "Umiejętności wychowawcze", Kind::One(Scale::CHOICES)).required(),
    Field::new("household", "Prowadzenie gospodarstwa", Kind::One(Scale::CHOICES)).required(),
    Field::new("work", "Praca", Kind::One(Scale::CHOICES)).required(),
    Field::new("motivation", "Motywacja", Kind::One(Motivation::CHOICES)).required(),
    Field::new("skills", "Umiejętności – opis", WORDS),
    Field::new("limits", "Ograniczenia", WORDS),
];

const PARENT_HEALTH_CELLS: &[Field] = &[
    Field::new("health", "Zdrowie", Kind::One(Scale::CHOICES)).required().class(Sensitivity::Health),
    Field::new("addictions", "Uzależnienia", Kind::One(Scale::CHOICES)).required().class(Sensitivity::Health),
    Field::new("health_note", "Zdrowie i uzależnienia – uwagi", WORDS).class(Sensitivity::Health),
];

/// The declaration.
pub static FORM: Form = Form {
    number: "5",
    title: "Ocena sytuacji rodziny",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Diagnoza",
            fields: &[
                Field::new("period_from", "Okres diagnozy od", Kind::Date).required().prefilled("data zgody (zał. 3)"),
                Field::new("period_to", "Okres diagnozy do", Kind::Date).required().prefilled("dzisiejsza"),
                Field::new("sources", "Źródła informacji", Kind::Many(InfoSource::CHOICES)).required(),
                Field::new("talked_to", "Z kim rozmawiano", Kind::Members).required(),
            ],
        },
        Section {
            title: "Ocena obszarów",
            fields: &[Field::new(AREAS, "Ocena obszarów", Kind::RowsOf(Each::Area, AREA_CELLS))
                .help("Obszar, o którym nic nie wiadomo, zapisuje się jako „brak danych”.")
                .required()],
        },
        Section {
            title: "Dzieci",
            fields: &[
                Field::new(CHILDREN, "Dzieci", Kind::RowsOf(Each::Child, CHILD_CELLS)).required(),
                Field::new("children_health", "Zdrowie dzieci", Kind::RowsOf(Each::Child, CHILD_HEALTH_CELLS))
                    .required()
                    .class(Sensitivity::Health),
            ],
        },
        Section {
            title: "Rodzice i inni dorośli",
            fields: &[
                Field::new(PARENTS, "Umiejętności, motywacja, ograniczenia", Kind::RowsOf(Each::Adult, PARENT_CELLS))
                    .required(),
                Field::new("parents_health", "Zdrowie dorosłych", Kind::RowsOf(Each::Adult, PARENT_HEALTH_CELLS))
                    .required()
                    .class(Sensitivity::Health),
            ],
        },
        Section {
            title: "Przyczyny, oczekiwania, mocne strony",
            fields: &[
                Field::new("causes", "Przyczyny kryzysu", Kind::Text { min: 3, max: 4000 }).required(),
                Field::new("family_expectations", "Oczekiwania i cele rodziny", Kind::Text { min: 3, max: 4000 })
                    .help("Jej słowami.")
                    .required(),
                Field::new("strengths_family", "Mocne strony rodziny", WORDS),
                Field::new("strengths_members", "Mocne strony członków rodziny", WORDS),
                Field::new("strengths_surroundings", "Mocne strony otoczenia", WORDS),
            ],
        },
        Section {
            title: "Ryzyko",
            fields: &[
                Field::new("risks", "Czynniki ryzyka", Kind::Many(RiskFactor::CHOICES)).class(Sensitivity::Health),
                Field::new("risks_note", "Czynniki ryzyka – opis", WORDS)
                    .required_when(When::Is("risks", &["OTHER"]))
                    .shown_when(When::Filled("risks"))
                    .class(Sensitivity::Health),
                Field::new("placement_risk", "Ryzyko umieszczenia dziecka w pieczy", Kind::One(PlacementRisk::CHOICES)),
            ],
        },
        Section {
            title: "Wnioski",
            fields: &[
                Field::new("conclusions", "Wnioski i kierunki pracy", Kind::Text { min: 3, max: 4000 })
                    .help("Z nich powstaną cele planu pracy (zał. 6).")
                    .required(),
                Field::new("acquainted", "Zapoznano rodzinę z oceną", Kind::Flag).required(),
                Field::new("acquainted_on", "Data zapoznania", Kind::Date)
                    .required_when(When::Yes("acquainted"))
                    .shown_when(When::Yes("acquainted")),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("period_to", Must::NotBefore("period_from"), "Koniec okresu diagnozy jest przed jego początkiem."),
        Rule::new("period_to", Must::NotInFuture, "Koniec okresu diagnozy nie może być późniejszy niż dzisiaj."),
        Rule::new(
            "areas",
            Must::HaveRows(&["A01", "A09", "A10"]),
            "Oceń co najmniej bezpieczeństwo dzieci, opiekę i wychowanie (obszary A01, A09 i A10).",
        ),
        Rule::new(
            "score",
            Must::BeOneOf(&["2", "3", "4", "5", "ND", "BD"]),
            "Zagrożenie: sporządź notatkę służbową i podejmij działania interwencyjne (art. 15 ust. 1 pkt 12).",
        )
        .when(When::Is("score", &["1"]))
        .in_rows(AREAS)
        .warns(),
        Rule::new(
            "strengths_family",
            Must::AnyOf(&["strengths_members", "strengths_surroundings"]),
            "Opisz mocne strony: rodziny, jej członków albo otoczenia. Jedna wystarczy.",
        ),
        Rule::new("acquainted_on", Must::NotInFuture, "Data zapoznania nie może być późniejsza niż dzisiejsza.")
            .when(When::Yes("acquainted")),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Ocenę podpisuje asystent rodziny."),
    ],
};

/// How things stand in an area; nothing when nobody has said.
pub fn score(answers: &Answers, area: Area) -> Option<Scale> {
    answers.row(AREAS, area.code()).get(SCORE)
}

/// The areas in which somebody is in danger: each asks for a note and for intervention (pkt 12).
pub fn dangers(answers: &Answers) -> Vec<Area> {
    Area::ALL.iter().copied().filter(|area| score(answers, *area) == Some(Scale::Danger)).collect()
}

/// What the rules above cannot say, because it is about certain rows: areas that nobody assessed are kept as
/// "no data", but the main ones must be assessed.
pub fn check(answers: &Answers, _today: NaiveDate) -> Vec<Problem> {
    let unknown = MAIN_AREAS.iter().filter(|area| score(answers, **area) == Some(Scale::Unknown));
    unknown
        .map(|area| {
            let path = format!("{AREAS}/{}/{}", area.code(), SCORE.name());
            Problem::error(path, format!("Ten obszar trzeba ocenić: {}.", area.label()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, Sample, answers, exercise, today};

    /// Rows of tables with one row each are named by who they are about; here by a word.
    const AT_SCHOOL_AND_HEARD: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-10-20"),
            ("period_to", "2026-11-20"),
            ("sources", "TALK,OBSERVATION"),
            ("talked_to", MEMBER),
            ("areas/A01/score", "4"),
            ("areas/A09/score", "3"),
            ("areas/A09/situation", "Matka sama przy trojgu dzieciach."),
            ("areas/A10/score", "4"),
            ("children/Ola/care", "Dziecko zadbane, pod stałą opieką."),
            ("children/Ola/own_bed", "tak"),
            ("children/Ola/school_kind", "PRIMARY"),
            ("children/Ola/school", "Szkoła Podstawowa w Kosieczynie"),
            ("children/Ola/authority", "matka – pełna, ojciec – ograniczona"),
            ("children/Ola/heard", "tak"),
            ("children/Ola/voice", "Chce mieć swój pokój."),
            ("children_health/Ola/vaccinations", "LATE"),
            ("parents/Anna/parenting", "3"),
            ("parents/Anna/household", "4"),
            ("parents/Anna/work", "BD"),
            ("parents/Anna/motivation", "4"),
            ("parents_health/Anna/health", "4"),
            ("parents_health/Anna/addictions", "ND"),
            ("causes", "Utrata pracy i rozstanie rodziców."),
            ("family_expectations", "„Żeby było na czynsz i żeby Ola miała spokój”."),
            ("strengths_family", "Wspólne posiłki, otwartość na pomoc."),
            ("conclusions", "Najpierw czynsz i szczepienia, potem praca."),
            ("acquainted", "tak"),
            ("acquainted_on", "2026-11-20"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("areas/A09/difficulties", "Brak odpoczynku."),
            ("areas/A09/resources", "Babcia w tej samej wsi."),
            ("areas/A09/needs", "Opieka po szkole."),
            ("areas/A06/score", "BD"),
            ("children/Ola/own_desk", "nie"),
            ("children/Ola/housing", "śpi z siostrą w pokoju"),
            ("children/Ola/pedagogue", "Zofia Pedagogiczna"),
            ("children/Ola/attendance", "REGULAR"),
            ("children/Ola/results", "dobre z polskiego"),
            ("children/Ola/behaviour", "wzorowe"),
            ("children/Ola/support", "świetlica"),
            ("children_health/Ola/clinic", "przychodnia w Zbąszynku"),
            ("children_health/Ola/illnesses", "Alergia."),
            ("parents/Anna/skills", "Dobrze planuje wydatki."),
            ("parents/Anna/limits", "Zmęczenie."),
            ("parents_health/Anna/health_note", "Leczy tarczycę."),
            ("strengths_members", "Ola dużo czyta."),
            ("strengths_surroundings", "Pomaga babcia."),
            ("risks", "EVICTION,OTHER"),
            ("risks_note", "Zaległy czynsz, możliwe wyłączenie prądu."),
            ("placement_risk", "LOW"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("period_to", "2026-10-19", "Koniec okresu diagnozy jest przed jego początkiem."),
            ("period_to", "2026-11-23", "Koniec okresu diagnozy nie może być późniejszy niż dzisiaj."),
            (
                "areas/A10/score",
                "",
                "Oceń co najmniej bezpieczeństwo dzieci, opiekę i wychowanie (obszary A01, A09 i A10).",
            ),
            (
                "areas/A01/score",
                "1",
                "Zagrożenie: sporządź notatkę służbową i podejmij działania interwencyjne (art. 15 ust. 1 pkt 12).",
            ),
            ("areas/A01/score", "2", "Uzupełnij: opis sytuacji."),
            ("areas/A01/score", "6", "Wybierz pozycję z listy."),
            ("acquainted_on", "2026-11-23", "Data zapoznania nie może być późniejsza niż dzisiejsza."),
            ("signatures/ASSISTANT/role", "SOCIAL_WORKER", "Ocenę podpisuje asystent rodziny."),
            ("risks_note", "", "Uzupełnij: czynniki ryzyka – opis."),
        ],
    };

    /// A child too young to be heard, another on its way; strengths only around the family.
    const VERY_YOUNG: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("period_from", "2026-10-20"),
            ("period_to", "2026-11-20"),
            ("sources", "TALK"),
            ("talked_to", MEMBER),
            ("areas/A01/score", "5"),
            ("areas/A09/score", "5"),
            ("areas/A10/score", "ND"),
            ("children/Staś/care", "Niemowlę pod opieką matki."),
            ("children/Staś/own_bed", "tak"),
            ("children/Staś/school_kind", "NOT_YET"),
            ("children/Staś/authority", "matka – pełna"),
            ("children/Staś/heard", "nie"),
            ("children/Staś/not_heard_reason", "ma pięć miesięcy"),
            ("children_health/Staś/vaccinations", "IN_TIME"),
            ("parents/Anna/parenting", "4"),
            ("parents/Anna/household", "4"),
            ("parents/Anna/work", "ND"),
            ("parents/Anna/motivation", "5"),
            ("parents_health/Anna/health", "4"),
            ("parents_health/Anna/addictions", "5"),
            ("causes", "Samotne rodzicielstwo."),
            ("family_expectations", "„Żeby ktoś podpowiedział”."),
            ("strengths_surroundings", "Położna i sąsiadka."),
            ("conclusions", "Wsparcie w opiece nad niemowlęciem."),
            ("acquainted", "nie"),
        ],
        more: &[
            ("children/Nienarodzone/role", "UNBORN"),
            ("children/Nienarodzone/care", "Ciąża pod opieką lekarza."),
            ("children/Nienarodzone/authority", "nie dotyczy"),
            ("children_health/Nienarodzone/role", "UNBORN"),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            (
                "strengths_surroundings",
                "",
                "Opisz mocne strony: rodziny, jej członków albo otoczenia. Jedna wystarczy.",
            ),
            ("children/Nienarodzone/role", "CHILD", "Odpowiedz: ma własne miejsce do spania."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[AT_SCHOOL_AND_HEARD, VERY_YOUNG]);
    }

    #[test]
    fn the_main_areas_may_not_stay_without_data() {
        let mut paper = answers(&FORM, AT_SCHOOL_AND_HEARD.required);
        assert_eq!(check(&paper, today()), []);
        for area in [Area::A09, Area::A06] {
            paper.put_row(AREAS, area.code(), Answers::default().with(SCORE, Scale::Unknown));
        }
        let text = "Ten obszar trzeba ocenić: opieka i pielęgnacja dziecka.";
        assert_eq!(check(&paper, today()), [Problem::error("areas/A09/score", text)]);
    }

    #[test]
    fn danger_is_named_by_area() {
        let mut paper = answers(&FORM, AT_SCHOOL_AND_HEARD.required);
        assert_eq!(dangers(&paper), []);
        paper.put_row(AREAS, "A07", Answers::default().with(SCORE, Scale::Danger));
        paper.put_row(AREAS, "A01", Answers::default().with(SCORE, Scale::Danger));
        assert_eq!(dangers(&paper), [Area::A01, Area::A07]);
    }

    #[test]
    fn the_main_areas_are_those_of_the_rule() {
        let codes = MAIN_AREAS.map(Area::code);
        assert!(FORM.rules.iter().any(|rule| matches!(rule.must, Must::HaveRows(rows) if rows == codes)));
    }
}
