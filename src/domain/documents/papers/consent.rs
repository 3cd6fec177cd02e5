//! The family's word on working with the assistant, zał. 3 (zgoda, odmowa, rezygnacja): one paper in three
//! variants. Fields: spec/domain.md 3.3. The consent is consent to support (art. 8 ust. 3), not the basis on
//! which data are processed; the only consent in the sense of the RODO here is that to calls and SMS, and it
//! stands in a section of its own.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::{
    form::{Answers, Field, Form, Key, Kind, Must, Problem, Rule, Section, When, choices},
    ids::UserId,
    procedure::Paper,
    signature::{METHOD, Method, ROLE, Signer},
};
use chrono::NaiveDate;

choices! {
    /// Which of the three it is.
    Variant {
        Consent = "CONSENT", "zgoda";
        Refusal = "REFUSAL", "odmowa";
        Resignation = "RESIGNATION", "rezygnacja w trakcie";
    }
}

impl Variant {
    /// The variant that a paper of the procedure is; nothing for other papers.
    pub fn of(paper: Paper) -> Option<Self> {
        match paper {
            Paper::Consent => Some(Variant::Consent),
            Paper::Refusal => Some(Variant::Refusal),
            Paper::Resignation => Some(Variant::Resignation),
            _ => None,
        }
    }
}

choices! {
    /// As whom a person declares.
    Capacity {
        Adult = "ADULT", "osoba pełnoletnia";
        MinorParent = "MINOR_PARENT", "małoletni rodzic";
    }
}

choices! {
    /// Why the family says no.
    RefusalReason {
        NoNeed = "NO_NEED", "brak potrzeby";
        NoTrust = "NO_TRUST", "brak zaufania";
        BadMoment = "BAD_MOMENT", "zły moment";
        Pressure = "PRESSURE", "nacisk otoczenia";
        Solved = "SOLVED", "zakończone trudności";
        Conflict = "CONFLICT", "konflikt z pracownikiem";
        Other = "OTHER", "inne";
        NotGiven = "NOT_GIVEN", "nie podano";
    }
}

/// Which of the three it is.
pub const VARIANT: Key<Variant> = Key::new("variant");
/// Day on which it was declared.
pub const MEETING_DATE: Key<NaiveDate> = Key::new("meeting_date");
/// The social worker was there (S3 6).
pub const WORKER_PRESENT: Key<bool> = Key::new("worker_present");
/// The social worker who was there.
pub const WORKER: Key<UserId> = Key::new("worker");
/// Does a court oblige the family?
pub const COURT_ORDERED: Key<bool> = Key::new("court_ordered");
/// May the assistant call and send SMS?
pub const PHONE_CONSENT: Key<bool> = Key::new("phone_consent");
/// Why the family says no.
pub const REFUSAL_REASON: Key<RefusalReason> = Key::new("refusal_reason");
/// Will the court be told? The manager's decision.
pub const COURT_NOTICE: Key<bool> = Key::new("court_notice");

const AGREES: When = When::Is("variant", &["CONSENT"]);
const SAYS_NO: When = When::Is("variant", &["REFUSAL", "RESIGNATION"]);
const NOTICE_DECLINED: When = When::Both(&SAYS_NO, &When::No("court_notice"));

/// One thing that the family was told of; nobody signs before it was.
const fn told(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Kind::Flag).required()
}

const fn must_be_told(key: &'static str, text: &'static str) -> Rule {
    Rule::new(key, Must::BeTrue, text).when(When::No(key))
}

/// The declaration.
pub static FORM: Form = Form {
    number: "3",
    title: "Oświadczenie rodziny o współpracy z asystentem",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Oświadczenie",
            fields: &[
                Field::new("variant", "Rodzaj oświadczenia", Kind::One(Variant::CHOICES))
                    .required()
                    .prefilled("z rodzaju dokumentu"),
                Field::new("court_ordered", "Współpraca zobowiązana przez sąd", Kind::Flag)
                    .help("Zmienia treść oświadczenia na wydruku.")
                    .required()
                    .prefilled("z podstawy objęcia w sprawie"),
                Field::new(
                    "declarants",
                    "Osoby składające oświadczenie",
                    Kind::Rows(&[
                        Field::new("member", "Osoba", Kind::Members).required(),
                        Field::new("address", "Adres", Kind::Line { max: 200 }).required().prefilled("z karty rodziny"),
                        Field::new("capacity", "Składa jako", Kind::One(Capacity::CHOICES)).required(),
                        Field::new("id_document", "Numer dokumentu tożsamości", Kind::Line { max: 40 })
                            .help("Zwykle niepotrzebny. Wpisz tylko, gdy inaczej nie da się potwierdzić osoby."),
                    ]),
                )
                .required(),
                Field::new("refusal_reason", "Powód odmowy lub rezygnacji", Kind::One(RefusalReason::CHOICES))
                    .required_when(SAYS_NO)
                    .shown_when(SAYS_NO),
                Field::new("refusal_note", "Powód – opis", Kind::Text { min: 3, max: 1000 })
                    .required_when(When::Is("refusal_reason", &["OTHER"]))
                    .shown_when(SAYS_NO),
            ],
        },
        Section {
            title: "Spotkanie",
            fields: &[
                Field::new("meeting_date", "Data spotkania", Kind::Date).required().prefilled("z karty pracy (zał. 8)"),
                Field::new("meeting_place", "Miejsce spotkania", Kind::Line { max: 200 })
                    .required()
                    .prefilled("z karty pracy (zał. 8)"),
                Field::new("worker_present", "Pracownik socjalny był obecny", Kind::Flag).required(),
                Field::new("worker", "Obecny pracownik socjalny", Kind::Person)
                    .required_when(When::Yes("worker_present"))
                    .shown_when(When::Yes("worker_present"))
                    .prefilled("pracownik socjalny sprawy"),
                Field::new("worker_absence", "Dlaczego nie był obecny", Kind::Text { min: 3, max: 500 })
                    .help("Procedura wymaga obecności pracownika socjalnego na pierwszym spotkaniu.")
                    .required_when(When::No("worker_present"))
                    .shown_when(When::No("worker_present")),
            ],
        },
        Section {
            title: "Poinformowano rodzinę",
            fields: &[
                told("informed_voluntary", "O dobrowolności współpracy"),
                told("informed_rules", "O celu i zasadach asysty"),
                told("informed_rights", "O prawach i obowiązkach stron"),
                told("informed_court", "O skutkach odmowy przy postanowieniu sądu"),
                told("informed_data", "O przetwarzaniu danych")
                    .help("Klauzula informacyjna (art. 13 RODO) jest na wydruku: rodzina dostaje ją do ręki."),
            ],
        },
        Section {
            title: "Zasady kontaktu",
            fields: &[Field::new(
                "contact_rules",
                "Zasady kontaktu uzgodnione z rodziną",
                Kind::Text { min: 3, max: 1000 },
            )
            .help("Dni, godziny, do kogo można dzwonić.")
            .shown_when(AGREES)],
        },
        Section {
            title: "Osobno: zgoda na telefon i SMS",
            fields: &[Field::new("phone_consent", "Zgoda na kontakt telefoniczny i SMS", Kind::Flag)
                .help("Nie jest warunkiem współpracy. Można ją wycofać w każdej chwili.")
                .shown_when(AGREES)],
        },
        SIGNATURES,
    ],
    decision: &[Section {
        title: "Decyzja kierownika o zawiadomieniu sądu",
        fields: &[
            Field::new("court_notice", "Zawiadomić sąd opiekuńczy", Kind::Flag)
                .required_when(SAYS_NO)
                .shown_when(SAYS_NO),
            Field::new("court_notice_reason", "Uzasadnienie", Kind::Text { min: 3, max: 2000 })
                .help("Przy postanowieniu sądu wystarczy samo „tak”.")
                .required_when(When::Not(&When::Yes("court_ordered")))
                .shown_when(SAYS_NO),
        ],
    }],
    rules: &[
        NOT_AHEAD,
        Rule::new("meeting_date", Must::NotInFuture, "Data spotkania nie może być późniejsza niż dzisiejsza."),
        Rule::new(
            "doc_date",
            Must::NotBefore("meeting_date"),
            "Data sporządzenia jest wcześniejsza niż data spotkania.",
        ),
        Rule::new(
            "doc_date",
            Must::WithinDays("meeting_date", 7),
            "Od spotkania minęło więcej niż 7 dni. Sprawdź, czy daty są dobre.",
        )
        .warns(),
        must_be_told("informed_voluntary", "Przed podpisem powiedz rodzinie o dobrowolności współpracy."),
        must_be_told("informed_rules", "Przed podpisem powiedz rodzinie o celu i zasadach asysty."),
        must_be_told("informed_rights", "Przed podpisem powiedz rodzinie o prawach i obowiązkach stron."),
        must_be_told("informed_court", "Przed podpisem powiedz rodzinie o skutkach odmowy przy postanowieniu sądu."),
        must_be_told("informed_data", "Przed podpisem daj rodzinie informację o przetwarzaniu danych."),
        Rule::new(
            "signatures",
            Must::SignedBy(&["MEMBER", "ASSISTANT"]),
            "Podpisują: osoba składająca oświadczenie i asystent rodziny. Odmowę podpisu też się zapisuje.",
        ),
        Rule::new(
            "signatures",
            Must::SignedBy(&["SOCIAL_WORKER"]),
            "Obecny pracownik socjalny też podpisuje oświadczenie.",
        )
        .when(When::Yes("worker_present")),
        Rule::new(
            "court_notice",
            Must::BeTrue,
            "Współpracę zarządził sąd, więc o odmowie lub rezygnacji zawiadamia się go zawsze.",
        )
        .when(When::Both(&NOTICE_DECLINED, &When::Yes("court_ordered"))),
        Rule::new("court_notice", Must::BeTrue, "Procedura każe zawiadomić sąd, gdy rodzina rezygnuje w trakcie.")
            .when(When::Both(&NOTICE_DECLINED, &When::Is("variant", &["RESIGNATION"])))
            .warns(),
    ],
};

/// The day on which the family agreed: the start of cooperation. Nothing for a refusal or a resignation.
pub fn agreed_on(answers: &Answers) -> Option<NaiveDate> {
    (answers.get(VARIANT)? == Variant::Consent).then(|| answers.get(MEETING_DATE))?
}

/// What the rules above cannot say, because it is about one of the signatures: who agrees or resigns does it
/// in writing, so somebody of the family has to sign. A refusal may go unsigned.
pub fn check(answers: &Answers, _today: NaiveDate) -> Vec<Problem> {
    if !matches!(answers.get(VARIANT), Some(Variant::Consent | Variant::Resignation)) {
        return Vec::new();
    }
    let rows = answers.rows("signatures").into_iter().map(|row| answers.row("signatures", &row));
    let by_family = rows.filter(|row| row.get(ROLE) == Some(Signer::Member));
    let methods: Vec<Method> = by_family.filter_map(|row| row.get(METHOD)).collect();
    let is_written = |method: &Method| matches!(method, Method::Paper | Method::Trusted | Method::Qualified);
    if methods.iter().any(is_written) {
        Vec::new()
    } else if methods.contains(&Method::Screen) {
        let text = "Podpis na ekranie to nie forma pisemna. Wydrukuj oświadczenie i daj rodzinie do podpisu.";
        vec![Problem::warning("signatures", text)]
    } else {
        let text = "Oświadczenie musi być na piśmie: potrzebny jest podpis kogoś z rodziny.";
        vec![Problem::error("signatures", text)]
    }
}

/// What the person declares, a sentence or two each, as the print says it. Written so that it fits whoever
/// signs; an office may publish its own.
pub const fn statement(variant: Variant, court_ordered: bool) -> &'static [&'static str] {
    match (variant, court_ordered) {
        (Variant::Consent, false) => &[
            "Wyrażam zgodę na współpracę mojej rodziny z asystentem rodziny.",
            "Współpraca jest dobrowolna (art. 8 ust. 3 ustawy o wspieraniu rodziny i systemie pieczy zastępczej). \
             Mogę z niej zrezygnować w każdej chwili, składając oświadczenie na piśmie.",
            TAKING_PART,
        ],
        (Variant::Consent, true) => &[
            "Wyrażam zgodę na współpracę mojej rodziny z asystentem rodziny.",
            "Do współpracy zobowiązał moją rodzinę sąd opiekuńczy (art. 109 § 2 pkt 1 Kodeksu rodzinnego \
             i opiekuńczego). Wiem, że jeżeli rodzina jej nie podejmie albo ją przerwie, ośrodek zawiadomi sąd.",
            TAKING_PART,
        ],
        (Variant::Refusal, false) => &[
            "Nie wyrażam zgody na współpracę mojej rodziny z asystentem rodziny.",
            "Wiem, na czym polega to wsparcie i że mogę o nie poprosić w innym czasie.",
            "Wiem, że w uzasadnionych okolicznościach kierownik ośrodka może zawiadomić sąd opiekuńczy, \
             a pracownik socjalny będzie odwiedzał rodzinę.",
        ],
        (Variant::Refusal, true) => &[
            "Nie wyrażam zgody na współpracę mojej rodziny z asystentem rodziny.",
            "Wiem, na czym polega to wsparcie i że mogę o nie poprosić w innym czasie.",
            "Do współpracy zobowiązał moją rodzinę sąd opiekuńczy (art. 109 § 2 pkt 1 Kodeksu rodzinnego \
             i opiekuńczego). Wiem, że ośrodek zawiadomi sąd o odmowie, a pracownik socjalny będzie odwiedzał rodzinę.",
        ],
        (Variant::Resignation, false) => &[
            "Rezygnuję ze współpracy mojej rodziny z asystentem rodziny.",
            "Wiem, że mogę poprosić o to wsparcie ponownie.",
            "Wiem, że o zaprzestaniu współpracy zawiadamia się sąd opiekuńczy, a pracownik socjalny będzie \
             odwiedzał rodzinę.",
        ],
        (Variant::Resignation, true) => &[
            "Rezygnuję ze współpracy mojej rodziny z asystentem rodziny.",
            "Wiem, że mogę poprosić o to wsparcie ponownie.",
            "Do współpracy zobowiązał moją rodzinę sąd opiekuńczy (art. 109 § 2 pkt 1 Kodeksu rodzinnego \
             i opiekuńczego). Wiem, że ośrodek zawiadomi sąd o rezygnacji, a pracownik socjalny będzie \
             odwiedzał rodzinę.",
        ],
    }
}

const TAKING_PART: &str = "Będę brać udział w opracowaniu i realizacji planu pracy z rodziną. O zmianach w sytuacji \
                           rodziny powiadomię pracownika socjalnego w ciągu 7 dni.";

/// The consent to calls and SMS, printed apart from the statement.
pub const PHONE_STATEMENT: &str = "Zgadzam się, aby asystent rodziny dzwonił i wysyłał SMS pod podany przeze mnie \
    numer w sprawach współpracy. Zgoda jest dobrowolna. Mogę ją wycofać w każdej chwili; nie wpływa to na udzielane \
    wsparcie ani na to, co działo się przed wycofaniem.";

/// The information clause (art. 13 RODO): heading and text. The words in braces ([`BLANKS`]) are filled
/// from the office's settings. The office's data protection officer has the last word on it.
pub const DATA_CLAUSE: &[(&str, &str)] = &[
    ("Administrator", "Administratorem danych jest {ośrodek}, {adres}."),
    ("Inspektor ochrony danych", "W sprawach danych osobowych można się zwracać do inspektora ochrony danych: {iod}."),
    (
        "Cel i podstawa",
        "Dane są przetwarzane po to, aby wspierać rodzinę z udziałem asystenta: na podstawie art. 6 ust. 1 lit. c i e \
         RODO, a dane o zdrowiu i inne dane szczególnych kategorii na podstawie art. 9 ust. 2 lit. b i g RODO, \
         w związku z art. 7 ust. 1 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej, \
         w zakresie niezbędnym. Podstawą przetwarzania nie jest zgoda na współpracę z asystentem. Zgoda jest podstawą \
         tylko kontaktu telefonicznego i SMS (art. 6 ust. 1 lit. a RODO).",
    ),
    (
        "Odbiorcy",
        "Dane mogą otrzymać podmioty, którym pozwala na to prawo, na przykład sąd, kurator, Policja i powiatowe \
         centrum pomocy rodzinie, oraz podmioty, które na zlecenie administratora utrzymują system informatyczny.",
    ),
    (
        "Czas przechowywania",
        "Przez czas współpracy i monitoringu, a potem tak długo, jak wymaga tego jednolity rzeczowy wykaz akt ośrodka.",
    ),
    (
        "Prawa",
        "Każdy może żądać dostępu do swoich danych i ich kopii, sprostowania i ograniczenia przetwarzania oraz wnieść \
         sprzeciw z przyczyn związanych ze swoją szczególną sytuacją. Można też złożyć skargę do Prezesa Urzędu \
         Ochrony Danych Osobowych.",
    ),
    (
        "Czy trzeba podać dane",
        "Podanie danych jest potrzebne, aby udzielić wsparcia. Bez nich nie da się go prowadzić. Numer telefonu jest \
         dobrowolny.",
    ),
    ("Decyzje automatyczne", "Żadna decyzja nie zapada automatycznie i dane nie służą do profilowania."),
];

/// What the office's settings fill in the clause: its name, its address, the officer's contact.
pub const BLANKS: &[&str] = &["{ośrodek}", "{adres}", "{iod}"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{MEMBER, PERSON, Sample, answers, exercise};

    const EVERYONE: &[&str] = &["MEMBER", "ASSISTANT", "SOCIAL_WORKER"];

    const CONSENT: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("variant", "CONSENT"),
            ("court_ordered", "nie"),
            ("declarants/1/member", MEMBER),
            ("declarants/1/address", "ul. Główna 1, Kosieczyn"),
            ("declarants/1/capacity", "ADULT"),
            ("meeting_date", "2026-11-20"),
            ("meeting_place", "mieszkanie rodziny"),
            ("worker_present", "tak"),
            ("worker", PERSON),
            ("informed_voluntary", "tak"),
            ("informed_rules", "tak"),
            ("informed_rights", "tak"),
            ("informed_court", "tak"),
            ("informed_data", "tak"),
        ],
        more: &[
            ("case_sign", "OPS.4231.7.2026"),
            ("declarants/1/id_document", "okazany, bez spisywania"),
            ("contact_rules", "Wtorki i czwartki po 15, najpierw SMS do matki."),
            ("phone_consent", "tak"),
        ],
        signed: EVERYONE,
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-19", "Data sporządzenia jest wcześniejsza niż data spotkania."),
            ("meeting_date", "2026-11-23", "Data spotkania nie może być późniejsza niż dzisiejsza."),
            ("meeting_date", "2026-11-12", "Od spotkania minęło więcej niż 7 dni. Sprawdź, czy daty są dobre."),
            ("informed_voluntary", "nie", "Przed podpisem powiedz rodzinie o dobrowolności współpracy."),
            ("informed_rules", "nie", "Przed podpisem powiedz rodzinie o celu i zasadach asysty."),
            ("informed_rights", "nie", "Przed podpisem powiedz rodzinie o prawach i obowiązkach stron."),
            ("informed_court", "nie", "Przed podpisem powiedz rodzinie o skutkach odmowy przy postanowieniu sądu."),
            ("informed_data", "nie", "Przed podpisem daj rodzinie informację o przetwarzaniu danych."),
            (
                "signatures/MEMBER/role",
                "OTHER",
                "Podpisują: osoba składająca oświadczenie i asystent rodziny. Odmowę podpisu też się zapisuje.",
            ),
            ("signatures/SOCIAL_WORKER/role", "OTHER", "Obecny pracownik socjalny też podpisuje oświadczenie."),
            ("declarants/1/capacity", "CHILD", "Wybierz pozycję z listy."),
        ],
    };

    /// The worker was not there; the court decides nothing, the manager does.
    const REFUSAL: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("variant", "REFUSAL"),
            ("court_ordered", "nie"),
            ("declarants/1/member", MEMBER),
            ("declarants/1/address", "ul. Główna 1, Kosieczyn"),
            ("declarants/1/capacity", "MINOR_PARENT"),
            ("refusal_reason", "OTHER"),
            ("refusal_note", "Rodzina wyjeżdża za granicę."),
            ("meeting_date", "2026-11-20"),
            ("meeting_place", "ośrodek pomocy społecznej"),
            ("worker_present", "nie"),
            ("worker_absence", "Nagła interwencja w innej rodzinie."),
            ("informed_voluntary", "tak"),
            ("informed_rules", "tak"),
            ("informed_rights", "tak"),
            ("informed_court", "tak"),
            ("informed_data", "tak"),
            ("court_notice", "nie"),
            ("court_notice_reason", "Dzieci są bezpieczne, rodzina ma wsparcie dziadków."),
        ],
        more: &[],
        signed: &["MEMBER", "ASSISTANT"],
        broken: &[
            ("refusal_reason", "", "Wybierz: powód odmowy lub rezygnacji."),
            ("worker_absence", "-", "Napisz co najmniej 3 znaków (jest 1)."),
            ("court_notice", "", "Odpowiedz: zawiadomić sąd opiekuńczy."),
        ],
    };

    const RESIGNATION: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("variant", "RESIGNATION"),
            ("court_ordered", "tak"),
            ("declarants/1/member", MEMBER),
            ("declarants/1/address", "ul. Główna 1, Kosieczyn"),
            ("declarants/1/capacity", "ADULT"),
            ("refusal_reason", "NOT_GIVEN"),
            ("meeting_date", "2026-11-20"),
            ("meeting_place", "ośrodek pomocy społecznej"),
            ("worker_present", "tak"),
            ("worker", PERSON),
            ("informed_voluntary", "tak"),
            ("informed_rules", "tak"),
            ("informed_rights", "tak"),
            ("informed_court", "tak"),
            ("informed_data", "tak"),
            ("court_notice", "tak"),
        ],
        more: &[
            ("refusal_note", "Matka nie chciała mówić."),
            ("court_notice_reason", "Termin sprawozdania: 1 grudnia."),
        ],
        signed: EVERYONE,
        broken: &[
            (
                "court_notice",
                "nie",
                "Współpracę zarządził sąd, więc o odmowie lub rezygnacji zawiadamia się go zawsze.",
            ),
            ("court_notice", "nie", "Procedura każe zawiadomić sąd, gdy rodzina rezygnuje w trakcie."),
        ],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[CONSENT, REFUSAL, RESIGNATION]);
    }

    #[test]
    fn cooperation_begins_with_consent_only() {
        assert_eq!(agreed_on(&answers(&FORM, CONSENT.required)), Some("2026-11-20".parse().unwrap()));
        assert_eq!(agreed_on(&answers(&FORM, REFUSAL.required)), None);
        assert_eq!(agreed_on(&answers(&FORM, RESIGNATION.required)), None);
    }

    #[test]
    fn agreeing_and_resigning_take_a_signature_of_the_family() {
        use crate::domain::{documents::papers::testing::today, form::Weight};
        let said = |variant: Variant, method: Method| {
            let row = Answers::default().with(ROLE, Signer::Member).with(METHOD, method);
            let mut answers = Answers::default().with(VARIANT, variant);
            answers.put_row("signatures", "1", row);
            check(&answers, today()).first().map(|problem| problem.weight)
        };
        for variant in [Variant::Consent, Variant::Resignation] {
            assert_eq!(said(variant, Method::Paper), None);
            assert_eq!(said(variant, Method::Screen), Some(Weight::Warning));
            assert_eq!(said(variant, Method::Oral), Some(Weight::Error));
            assert_eq!(said(variant, Method::Refused), Some(Weight::Error));
        }
        assert_eq!(said(Variant::Refusal, Method::Refused), None);
    }

    #[test]
    fn three_papers_are_the_three_variants() {
        let variants: Vec<_> = Paper::ALL.iter().filter_map(|paper| Variant::of(*paper)).collect();
        assert_eq!(variants, Variant::ALL);
    }

    #[test]
    fn each_variant_says_its_own_and_the_court_changes_it() {
        for variant in Variant::ALL {
            let (free, ordered) = (statement(*variant, false), statement(*variant, true));
            assert_eq!(free[0], ordered[0]);
            assert_ne!(free, ordered);
            assert!(ordered.iter().any(|text| text.contains("art. 109 § 2 pkt 1")));
            assert!(!ordered.iter().any(|text| text.contains("dobrowolna")), "{}", variant.label());
        }
    }

    #[test]
    fn the_clause_has_no_blank_that_the_office_cannot_fill() {
        let clause: String = DATA_CLAUSE.iter().map(|(_, text)| *text).collect();
        assert_eq!(clause.matches('{').count(), BLANKS.len());
        assert!(BLANKS.iter().all(|blank| clause.contains(blank)));
    }
}
