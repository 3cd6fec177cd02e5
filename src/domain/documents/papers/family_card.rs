//! What the assistant learns about a family, zał. 4 (karta informacyjna dotycząca rodziny): the table in
//! spec/domain.md 3.4. Members, address, telephones and who is around the family are not typed here: they stand in
//! [`crate::domain::documents::family_card`], where every other paper reads them, and this paper keeps them as they were
//! on its day. Where a child stays is asked here with its day; what it says goes to the card when it is handed in
//! ([`to_card`]). The PESEL number is not asked: art. 16 does not name it.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    change::{Edit, edits_between},
    codes::{Basis, ChildPlace, FamilyRole, INSTITUTIONS, ParentalAuthority},
    documents::family_card::{MEMBERS, STAYS, members},
    form::{Answers, Cell as _, Each, Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

choices! {
    /// Marital status (stan cywilny).
    MaritalStatus {
        Single = "SINGLE", "panna lub kawaler";
        Married = "MARRIED", "zamężna lub żonaty";
        Separated = "SEPARATED", "w separacji orzeczonej przez sąd";
        Divorced = "DIVORCED", "rozwiedziona lub rozwiedziony";
        Widowed = "WIDOWED", "wdowa lub wdowiec";
    }
}

choices! {
    /// Education (wykształcenie).
    Education {
        BelowPrimary = "BELOW_PRIMARY", "niepełne podstawowe";
        Primary = "PRIMARY", "podstawowe";
        LowerSecondary = "LOWER_SECONDARY", "gimnazjalne";
        Vocational = "VOCATIONAL", "zasadnicze zawodowe lub branżowe";
        Secondary = "SECONDARY", "średnie";
        PostSecondary = "POST_SECONDARY", "policealne";
        Higher = "HIGHER", "wyższe";
    }
}

choices! {
    /// What people live on (źródła utrzymania); no amounts.
    Income {
        Work = "WORK", "praca";
        CasualWork = "CASUAL_WORK", "praca dorywcza";
        ChildBenefit = "CHILD_BENEFIT", "świadczenie wychowawcze";
        FamilyBenefits = "FAMILY_BENEFITS", "świadczenia rodzinne";
        Maintenance = "MAINTENANCE", "alimenty lub fundusz alimentacyjny";
        SocialAssistance = "SOCIAL_ASSISTANCE", "zasiłki z pomocy społecznej";
        Pension = "PENSION", "renta";
        Unemployment = "UNEMPLOYMENT", "zasiłek dla bezrobotnych";
        Other = "OTHER", "inne";
        None = "NONE", "brak";
    }
}

choices! {
    /// How strong a tie is.
    Tie {
        Strong = "STRONG", "silna";
        Weak = "WEAK", "słaba";
        Conflict = "CONFLICT", "konfliktowa";
    }
}

choices! {
    /// By what right the family lives there (tytuł prawny).
    Tenure {
        Owned = "OWNED", "własność";
        Rented = "RENTED", "najem";
        Municipal = "MUNICIPAL", "komunalne";
        Social = "SOCIAL", "socjalne";
        NoTitle = "NO_TITLE", "bez tytułu";
        WithRelatives = "WITH_RELATIVES", "u rodziny";
        Shelter = "SHELTER", "noclegownia";
    }
}

choices! {
    /// Heating (ogrzewanie).
    Heating {
        Network = "NETWORK", "z sieci lub kotłowni";
        Stove = "STOVE", "piec na węgiel lub drewno";
        Gas = "GAS", "gazowe";
        Electric = "ELECTRIC", "elektryczne";
        Other = "OTHER", "inne";
        None = "NONE", "brak";
    }
}

choices! {
    /// Water (woda).
    Water {
        HotAndCold = "HOT_AND_COLD", "zimna i ciepła";
        ColdOnly = "COLD_ONLY", "tylko zimna";
        Outside = "OUTSIDE", "poza mieszkaniem";
        None = "NONE", "brak";
    }
}

choices! {
    /// Bathroom (łazienka).
    Bathroom {
        Own = "OWN", "w mieszkaniu";
        Shared = "SHARED", "wspólna";
        None = "NONE", "brak";
    }
}

choices! {
    /// Has the "Niebieska Karta" procedure been opened? Its papers stay in its own file.
    BlueCard {
        None = "NONE", "brak";
        Suspected = "SUSPECTED", "podejrzenie";
        Running = "RUNNING", "procedura w toku";
        Ended = "ENDED", "procedura zakończona";
    }
}

/// Day since which the family is assisted.
pub const SINCE: Key<NaiveDate> = Key::new("since");
/// Why the family is assisted (codes of [`Basis`]).
pub const BASIS: Key<BTreeSet<String>> = Key::new("basis");
/// Adults, a row each.
pub const ADULTS: &str = "adults";
/// Children, a row each.
pub const CHILDREN: &str = "children";
/// Where a child stays (a cell of [`CHILDREN`]).
pub const CHILD_PLACE: Key<ChildPlace> = Key::new("place");
/// Since when (a cell of [`CHILDREN`]).
pub const CHILD_PLACE_SINCE: Key<NaiveDate> = Key::new("since");
/// Parental authority, a row for each parent and child.
pub const AUTHORITIES: &str = "parental_authority";
/// Whose authority (a cell of [`AUTHORITIES`]).
pub const PARENT: Key<BTreeSet<String>> = Key::new("parent");
/// Over whom (a cell of [`AUTHORITIES`]).
pub const CHILD: Key<BTreeSet<String>> = Key::new("child");
/// How much is left of it (a cell of [`AUTHORITIES`]).
pub const AUTHORITY: Key<ParentalAuthority> = Key::new("authority");
/// Members as the family's card has them on the day of the paper, a row each.
pub const PEOPLE: &str = "people";
/// People and institutions around the family, as its card has them, a row each.
pub const PARTIES: &str = "parties";
/// "Niebieska Karta".
pub const BLUE_CARD: Key<BlueCard> = Key::new("nk_flag");
/// What the family is good at and can lean on.
pub const STRENGTHS: Key<String> = Key::new("strengths");

/// A child that is born stays somewhere.
const BORN: When = When::Not(&When::Is("role", &["UNBORN"]));
/// In foster care; the list is that of [`ChildPlace::is_care`].
const IN_CARE: When = When::Both(
    &BORN,
    &When::Is(
        "place",
        &["FOSTER_KIN", "FOSTER_NONPRO", "FOSTER_PRO", "FAMILY_HOME", "CARE_HOME", "THERAPEUTIC_HOME", "PRE_ADOPTION"],
    ),
);
/// A court has decided, so there is a sign.
const DECIDED: When = When::Is(
    "authority",
    &["LIMITED_DUTY", "LIMITED_PROBATION", "LIMITED_CARE", "LIMITED_OTHER", "SUSPENDED", "REMOVED"],
);
const NK_RUNNING: When = When::Is("nk_flag", &["RUNNING"]);
const FROM_CARD: &str = "z karty rodziny; tam też się je poprawia";
const NOT_ALONE: &str = "„Brak” nie łączy się z innymi źródłami. Odznacz jedno albo drugie.";

const CITIZENSHIP: Field = Field::new("citizenship", "Obywatelstwo", Kind::Line { max: 60 });
const HEALTH: Kind = Kind::Text { min: 3, max: 2000 };

/// The declaration.
pub static FORM: Form = Form {
    number: "4",
    title: "Karta informacyjna dotycząca rodziny",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("family_address", "Adres", Kind::Line { max: 300 }).computed(FROM_CARD),
                Field::new("family_phones", "Telefony", Kind::Line { max: 300 }).computed(FROM_CARD),
                Field::new(
                    PEOPLE,
                    "Członkowie rodziny",
                    Kind::Rows(&[
                        Field::new("name", "Imię i nazwisko", Kind::Line { max: 160 }).computed(FROM_CARD),
                        Field::new("role", "Rola", Kind::One(FamilyRole::CHOICES)).computed(FROM_CARD),
                        Field::new("born", "Data urodzenia", Kind::Date).computed(FROM_CARD),
                        Field::new("co_resident", "Mieszka wspólnie", Kind::Flag).computed(FROM_CARD),
                    ]),
                )
                .computed(FROM_CARD),
            ],
        },
        Section {
            title: "Objęcie asystą",
            fields: &[
                Field::new("since", "Data objęcia", Kind::Date).required().prefilled("ze sprawy"),
                Field::new("basis", "Podstawa objęcia", Kind::Many(Basis::CHOICES)).required().prefilled("ze sprawy"),
            ],
        },
        Section {
            title: "Członkowie rodziny – uzupełnienie",
            fields: &[
                Field::new(
                    ADULTS,
                    "Dorośli",
                    Kind::RowsOf(
                        Each::Adult,
                        &[
                            CITIZENSHIP,
                            Field::new("marital_status", "Stan cywilny", Kind::One(MaritalStatus::CHOICES)),
                            Field::new("education", "Wykształcenie", Kind::One(Education::CHOICES)),
                            Field::new("profession", "Zawód", Kind::Line { max: 120 }),
                            Field::new("workplace", "Miejsce pracy lub nauki", Kind::Line { max: 160 }),
                            Field::new("income", "Źródła dochodu", Kind::Many(Income::CHOICES)).help("Bez kwot."),
                        ],
                    ),
                ),
                Field::new(
                    CHILDREN,
                    "Dzieci",
                    Kind::RowsOf(
                        Each::Child,
                        &[
                            Field::new("role", "Rola", Kind::One(FamilyRole::CHOICES)).computed("z karty rodziny"),
                            CITIZENSHIP,
                            Field::new("school", "Szkoła lub przedszkole", Kind::Line { max: 160 }).shown_when(BORN),
                            Field::new("income", "Źródła dochodu", Kind::Many(Income::CHOICES))
                                .help("Na przykład renta rodzinna lub alimenty. Bez kwot.")
                                .shown_when(BORN),
                            Field::new("place", "Miejsce pobytu", Kind::One(ChildPlace::CHOICES))
                                .required()
                                .shown_when(BORN)
                                .prefilled("z karty rodziny"),
                            Field::new("since", "Przebywa tam od", Kind::Date)
                                .help("Gdy od urodzenia: data urodzenia.")
                                .required()
                                .shown_when(BORN),
                            Field::new("coordinator", "Koordynator pieczy – kto i telefon", Kind::Line { max: 160 })
                                .required_when(IN_CARE)
                                .shown_when(IN_CARE),
                        ],
                    ),
                )
                .required(),
                Field::new(
                    AUTHORITIES,
                    "Władza rodzicielska",
                    Kind::Rows(&[
                        Field::new("child", "Dziecko", Kind::Members)
                            .help("Można zaznaczyć kilkoro dzieci, gdy jest tak samo.")
                            .required(),
                        Field::new("parent", "Rodzic", Kind::Members).required(),
                        Field::new("authority", "Władza rodzicielska", Kind::One(ParentalAuthority::CHOICES))
                            .required(),
                        Field::new("sign", "Sygnatura", Kind::Line { max: 60 })
                            .required_when(DECIDED)
                            .shown_when(When::Not(&When::Is("authority", &["FULL", "NONE"]))),
                    ]),
                )
                .help("Osobno dla każdego rodzica.")
                .required(),
            ],
        },
        Section {
            title: "Zdrowie",
            fields: &[
                Field::new(
                    "adults_health",
                    "Zdrowie dorosłych",
                    Kind::RowsOf(
                        Each::Adult,
                        &[Field::new("health_note", "Niepełnosprawność lub choroba przewlekła", HEALTH)
                            .class(Sensitivity::Health)],
                    ),
                )
                .help("W skrócie i tylko to, co potrzebne do wsparcia rodziny.")
                .class(Sensitivity::Health),
                Field::new(
                    "children_health",
                    "Zdrowie dzieci",
                    Kind::RowsOf(
                        Each::Child,
                        &[Field::new("health_note", "Niepełnosprawność lub choroba przewlekła", HEALTH)
                            .class(Sensitivity::Health)],
                    ),
                )
                .help("W skrócie i tylko to, co potrzebne do wsparcia rodziny.")
                .class(Sensitivity::Health),
            ],
        },
        Section {
            title: "Kontakt i otoczenie",
            fields: &[
                Field::new(
                    "emails",
                    "Adresy e-mail",
                    Kind::Rows(&[
                        Field::new("email", "Adres e-mail", Kind::Line { max: 120 }).required(),
                        Field::new("whose", "Czyj", Kind::Line { max: 80 }),
                        Field::new("note", "Uwagi", Kind::Line { max: 120 }),
                    ]),
                ),
                Field::new(
                    "ecomap",
                    "Genogram i ekomapa",
                    Kind::Rows(&[
                        Field::new("person", "Osoba", Kind::Line { max: 120 }).required(),
                        Field::new("relation", "Kim jest dla rodziny", Kind::Line { max: 120 }),
                        Field::new("strength", "Siła więzi", Kind::One(Tie::CHOICES)),
                    ]),
                )
                .help("Ważne osoby wokół rodziny. Wystarczy opis słowami."),
                Field::new(
                    PARTIES,
                    "Osoby i instytucje współpracujące",
                    Kind::Rows(&[
                        Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS)).computed(FROM_CARD),
                        Field::new("name", "Nazwa, imię i nazwisko", Kind::Line { max: 300 }).computed(FROM_CARD),
                        Field::new("phone", "Telefon", Kind::Line { max: 40 }).computed(FROM_CARD),
                        Field::new("role", "W jakiej sprawie", Kind::Line { max: 200 }).computed(FROM_CARD),
                    ]),
                )
                .computed(FROM_CARD),
            ],
        },
        Section {
            title: "Warunki mieszkaniowe",
            fields: &[
                Field::new("housing_title", "Tytuł prawny do mieszkania", Kind::One(Tenure::CHOICES)),
                Field::new("housing_rooms", "Liczba izb", Kind::Number { min: 0, max: 30, unit: "izb" }),
                Field::new("housing_area", "Powierzchnia", Kind::Number { min: 1, max: 1000, unit: "m²" }),
                Field::new("housing_heating", "Ogrzewanie", Kind::One(Heating::CHOICES)),
                Field::new("housing_water", "Woda", Kind::One(Water::CHOICES)),
                Field::new("housing_bathroom", "Łazienka", Kind::One(Bathroom::CHOICES)),
                Field::new("housing_arrears", "Zaległości w opłatach", Kind::Flag),
                Field::new("housing_arrears_note", "Jakie zaległości", Kind::Line { max: 300 })
                    .shown_when(When::Yes("housing_arrears")),
                Field::new("housing_state", "Stan mieszkania", Kind::Text { min: 3, max: 2000 }),
            ],
        },
        Section {
            title: "Utrzymanie i sytuacja prawna",
            fields: &[
                Field::new("income_sources", "Źródła utrzymania rodziny", Kind::Many(Income::CHOICES))
                    .help("Bez kwot."),
                Field::new("legal_care", "Postępowania opiekuńcze", Kind::Text { min: 3, max: 2000 })
                    .help("Sąd, sygnatura, czego dotyczy."),
                Field::new("legal_probation", "Nadzór kuratora – kto", Kind::Line { max: 160 }),
                Field::new("legal_probation_sign", "Nadzór kuratora – sygnatura", Kind::Line { max: 60 })
                    .shown_when(When::Filled("legal_probation")),
                Field::new("legal_debts", "Egzekucja i długi", Kind::Text { min: 3, max: 2000 }),
                Field::new("legal_maintenance", "Alimenty", Kind::Text { min: 3, max: 1000 }),
            ],
        },
        Section {
            title: "Niebieska Karta",
            fields: &[
                Field::new("nk_flag", "Procedura „Niebieskie Karty”", Kind::One(BlueCard::CHOICES))
                    .help("Tylko czy jest i od kiedy. Szczegóły zostają w dokumentacji procedury.")
                    .class(Sensitivity::BlueCard),
                Field::new("nk_date", "Data wszczęcia procedury", Kind::Date)
                    .required_when(NK_RUNNING)
                    .shown_when(NK_RUNNING)
                    .class(Sensitivity::BlueCard),
            ],
        },
        Section {
            title: "Dane o skazaniach",
            fields: &[
                // Off until somebody names the law that allows it (art. 10 RODO).
                Field::new("criminal_basis", "Podstawa prawna zebrania danych o skazaniach", Kind::Line { max: 200 })
                    .help("Zwykle zostaje puste: tych danych nie zbieramy bez przepisu, który na to pozwala."),
                Field::new("criminal", "Dane o skazaniach", Kind::Text { min: 3, max: 2000 })
                    .required_when(When::Filled("criminal_basis"))
                    .shown_when(When::Filled("criminal_basis"))
                    .class(Sensitivity::Criminal),
            ],
        },
        Section {
            title: "Pomoc i zasoby",
            fields: &[
                Field::new("earlier_cases", "Wcześniejsze okresy asysty", Kind::Text { min: 0, max: 4000 })
                    .computed("z zakończonych spraw rodziny"),
                Field::new("past_help", "Dotychczasowa pomoc", Kind::Text { min: 3, max: 4000 }),
                Field::new("strengths", "Mocne strony i zasoby", Kind::Text { min: 3, max: 4000 })
                    .help("Co rodzina ma, co jest zagrożone, czego brakuje.")
                    .required(),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new("since", Must::NotInFuture, "Data objęcia nie może być późniejsza niż dzisiejsza."),
        Rule::new("since", Must::NotInFuture, "Data, od której dziecko tam przebywa, jest późniejsza niż dzisiejsza.")
            .in_rows(CHILDREN),
        Rule::new("income", Must::BeOneOf(&["NONE"]), NOT_ALONE).when(When::Is("income", &["NONE"])).in_rows(ADULTS),
        Rule::new("income", Must::BeOneOf(&["NONE"]), NOT_ALONE).when(When::Is("income", &["NONE"])).in_rows(CHILDREN),
        Rule::new("income_sources", Must::BeOneOf(&["NONE"]), NOT_ALONE).when(When::Is("income_sources", &["NONE"])),
        Rule::new("nk_date", Must::NotInFuture, "Data wszczęcia procedury jest późniejsza niż dzisiejsza.")
            .when(NK_RUNNING),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Kartę podpisuje asystent rodziny."),
    ],
};

/// What a paper that is handed in brings to the family's card: where the children stay, and nothing that the card says
/// already. Only members that the card has are asked about.
pub fn to_card(paper: &Answers, card: &Answers) -> BTreeMap<String, Edit> {
    let mut after = card.clone();
    for child in members(card).iter().filter(|member| member.is_child()) {
        if let Some(place) = paper.row(CHILDREN, &child.id).get(CHILD_PLACE) {
            after.set_raw(&[MEMBERS, &child.id, STAYS.name()].join("/"), Some(place.write()));
        }
    }
    edits_between(card, &after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{self, CHILD, MEMBER, Sample, exercise};

    /// Rows of tables with one row each are named by who they are about; here by a word.
    const AT_HOME: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("since", "2026-11-19"),
            ("basis", "DIFFICULTIES"),
            ("children/Ola/place", "HOME"),
            ("children/Ola/since", "2019-05-03"),
            ("parental_authority/1/child", CHILD),
            ("parental_authority/1/parent", MEMBER),
            ("parental_authority/1/authority", "FULL"),
            ("strengths", "Matka dba o szkołę dzieci; pomaga babcia."),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("adults/Anna/citizenship", "polskie"),
            ("adults/Anna/marital_status", "DIVORCED"),
            ("adults/Anna/education", "VOCATIONAL"),
            ("adults/Anna/profession", "krawcowa"),
            ("adults/Anna/workplace", "Szwalnia „Nitka”"),
            ("adults/Anna/income", "CASUAL_WORK,CHILD_BENEFIT"),
            ("adults_health/Anna/health_note", "Cukrzyca, leczy się."),
            ("children/Ola/citizenship", "polskie"),
            ("children/Ola/school", "Szkoła Podstawowa w Kosieczynie"),
            ("children/Ola/income", "MAINTENANCE"),
            ("children_health/Ola/health_note", "Alergia."),
            ("emails/1/email", "anna@example.org"),
            ("emails/1/whose", "matka"),
            ("emails/1/note", "rzadko czyta"),
            ("ecomap/1/person", "Łucja, babcia"),
            ("ecomap/1/relation", "matka matki"),
            ("ecomap/1/strength", "STRONG"),
            ("housing_title", "RENTED"),
            ("housing_rooms", "2"),
            ("housing_area", "48"),
            ("housing_heating", "STOVE"),
            ("housing_water", "COLD_ONLY"),
            ("housing_bathroom", "OWN"),
            ("housing_arrears", "tak"),
            ("housing_arrears_note", "czynsz za dwa miesiące"),
            ("housing_state", "Wilgoć w kuchni."),
            ("income_sources", "CASUAL_WORK,CHILD_BENEFIT,MAINTENANCE"),
            ("legal_care", "Brak."),
            ("legal_probation", "Jan Kuratorski"),
            ("legal_probation_sign", "III Nkd 3/26"),
            ("legal_debts", "Pożyczka, komornik."),
            ("legal_maintenance", "Ojciec płaci nieregularnie."),
            ("nk_flag", "RUNNING"),
            ("nk_date", "2026-10-01"),
            ("criminal_basis", "art. 10 RODO w związku z postanowieniem sądu"),
            ("criminal", "Ojciec odbywa karę."),
            ("past_help", "Zasiłki okresowe w 2025 r."),
        ],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("since", "2026-11-23", "Data objęcia nie może być późniejsza niż dzisiejsza."),
            (
                "children/Ola/since",
                "2026-11-23",
                "Data, od której dziecko tam przebywa, jest późniejsza niż dzisiejsza.",
            ),
            ("adults/Anna/income", "NONE,WORK", NOT_ALONE),
            ("children/Ola/income", "NONE,WORK", NOT_ALONE),
            ("income_sources", "NONE,WORK", NOT_ALONE),
            ("nk_date", "2026-11-23", "Data wszczęcia procedury jest późniejsza niż dzisiejsza."),
            ("nk_date", "", "Uzupełnij: data wszczęcia procedury."),
            ("criminal", "", "Uzupełnij: dane o skazaniach."),
            ("children/Ola/place", "FOSTER_PRO", "Uzupełnij: koordynator pieczy – kto i telefon."),
            ("parental_authority/1/authority", "SUSPENDED", "Uzupełnij: sygnatura."),
            ("signatures/ASSISTANT/role", "OTHER", "Kartę podpisuje asystent rodziny."),
            ("housing_area", "1001", "Podaj liczbę od 1 do 1000 (m²)."),
            ("housing_rooms", "31", "Podaj liczbę od 0 do 30 (izb)."),
        ],
    };

    /// One child in care, another on its way: nothing is asked about where that one stays.
    const IN_CARE_AND_UNBORN: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("since", "2026-11-19"),
            ("basis", "CHILD_IN_CARE"),
            ("children/Jan/place", "CARE_HOME"),
            ("children/Jan/since", "2026-03-01"),
            ("children/Jan/coordinator", "Hanna Piecza, PCPR, 600 000 005"),
            ("parental_authority/1/child", CHILD),
            ("parental_authority/1/parent", MEMBER),
            ("parental_authority/1/authority", "LIMITED_CARE"),
            ("parental_authority/1/sign", "III Nsm 15/26"),
            ("strengths", "Rodzice chcą powrotu syna."),
        ],
        more: &[("children/Nienarodzone/role", "UNBORN")],
        signed: &["ASSISTANT"],
        broken: &[("children/Nienarodzone/role", "CHILD", "Wybierz: miejsce pobytu.")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[AT_HOME, IN_CARE_AND_UNBORN]);
    }

    #[test]
    fn where_a_child_stays_goes_to_the_card_and_nothing_else_does() {
        let card = testing::answers(
            &crate::domain::documents::family_card::FORM,
            &[
                ("members/Ola/role", "CHILD"),
                ("members/Ola/first_name", "Ola"),
                ("members/Ola/place", "HOME"),
                ("members/Jan/role", "CHILD"),
                ("members/Jan/first_name", "Jan"),
            ],
        );
        let paper = testing::answers(
            &FORM,
            &[
                ("children/Ola/place", "FOSTER_KIN"),
                ("children/Ola/school", "SP 2"),
                ("children/Jan/place", "HOME"),
                ("children/Obcy/place", "HOME"),
            ],
        );
        let edits = to_card(&paper, &card);
        let paths: Vec<&str> = edits.keys().map(String::as_str).collect();
        assert_eq!(paths, ["members/Jan/place", "members/Ola/place"]);
        assert_eq!(edits["members/Ola/place"].before, Some(ChildPlace::Home.write()), "what was seen comes along");
        let mut same = card.clone();
        same.set_raw("members/Ola/place", Some(ChildPlace::FosterKin.write()));
        same.set_raw("members/Jan/place", Some(ChildPlace::Home.write()));
        assert!(to_card(&paper, &same).is_empty());
    }

    #[test]
    fn a_child_in_any_kind_of_care_has_a_coordinator() {
        for place in ChildPlace::ALL {
            let row = Answers::default().with(CHILD_PLACE, *place);
            assert_eq!(IN_CARE.holds(&row), place.is_care(), "{}", place.label());
        }
    }
}
