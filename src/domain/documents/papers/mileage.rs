//! Record of the use of a private car for the service (ewidencja przebiegu pojazdu), one person and month.
//! Fields: spec/domain.md 3.20. Families stand in it by their code only. Rates and limits are settings of the
//! office; amounts are whole grosze.

use super::parts::{HEADER, NOT_AHEAD, SIGNATURES};
use crate::domain::form::{Answers, Field, Form, Key, Kind, Must, Rule, Section, When, choices};

choices! {
    /// How the car is paid for.
    Settlement {
        LumpSum = "LUMP_SUM", "ryczałt na jazdy lokalne";
        Kilometres = "KILOMETRES", "ewidencja przebiegu";
    }
}

/// Whose record it is (a person's id).
pub const WORKER: Key<String> = Key::new("worker");
/// The month, as "2026-11".
pub const MONTH: Key<String> = Key::new("month");
/// What the person declares.
pub const STATEMENT: Key<String> = Key::new("statement");
/// How the car is paid for.
pub const SETTLEMENT: Key<Settlement> = Key::new("settlement");
/// Trips, a row each.
pub const TRIPS: &str = "trips";
/// Length of a trip in tenths of a kilometre (a cell of [`TRIPS`]).
pub const KM: Key<i64> = Key::new("km");
/// Rate for a kilometre, in grosze.
pub const RATE: Key<i64> = Key::new("rate");
/// Monthly limit of local rides, in kilometres.
pub const LIMIT_KM: Key<i64> = Key::new("limit_km");
/// Working days of absence.
pub const DAYS_ABSENT: Key<i64> = Key::new("days_absent");
/// Working days without the car.
pub const DAYS_WITHOUT_CAR: Key<i64> = Key::new("days_without_car");

const LUMP_SUM: When = When::Is("settlement", &["LUMP_SUM"]);
const KILOMETRES: When = When::Is("settlement", &["KILOMETRES"]);
const SETTINGS: &str = "z ustawień ośrodka";
/// The transport regulation counts a month as so many working days.
const DAYS_OF_A_MONTH: i64 = 22;

const fn money(key: &'static str, label: &'static str, from: &'static str) -> Field {
    Field::new(key, label, Kind::Number { min: 0, max: 10_000_000, unit: "gr" }).computed(from)
}

/// The declaration.
pub static FORM: Form = Form {
    number: "",
    title: "Ewidencja przebiegu pojazdu",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Kto i kiedy",
            fields: &[
                Field::new("worker", "Asystent", Kind::Person).required().prefilled("osoba, która wypełnia"),
                Field::new("month", "Miesiąc", Kind::Month).required().prefilled("miniony"),
                Field::new("settlement", "Sposób rozliczenia", Kind::One(Settlement::CHOICES))
                    .required()
                    .prefilled(SETTINGS),
            ],
        },
        Section {
            title: "Pojazd",
            fields: &[
                Field::new("make", "Marka", Kind::Line { max: 80 }).required().prefilled("z poprzedniego miesiąca"),
                Field::new("engine", "Pojemność silnika", Kind::Number { min: 0, max: 9999, unit: "cm³" })
                    .required()
                    .prefilled("z poprzedniego miesiąca")
                    .help("Od niej zależy stawka. Samochód elektryczny: 0."),
                Field::new("plate", "Numer rejestracyjny", Kind::Line { max: 12 })
                    .required()
                    .prefilled("z poprzedniego miesiąca"),
                Field::new("rate", "Stawka za kilometr", Kind::Number { min: 1, max: 1000, unit: "gr" })
                    .required()
                    .prefilled(SETTINGS),
            ],
        },
        Section {
            title: "Przejazdy",
            fields: &[Field::new(
                TRIPS,
                "Przejazdy",
                Kind::Rows(&[
                    Field::new("date", "Data", Kind::Date).required(),
                    Field::new("route", "Trasa", Kind::Line { max: 160 })
                        .required()
                        .help("Miejscowości, bez adresów rodzin."),
                    Field::new("aim", "Cel", Kind::Line { max: 60 })
                        .required()
                        .help("Kod rodziny, na przykład R11, albo nazwa instytucji. Bez nazwisk."),
                    Field::new("km", "Kilometry", Kind::Tenths { min: 1, max: 9990, unit: "km" }).required(),
                    money("amount", "Kwota", "z kilometrów i stawki"),
                ]),
            )
            .required_when(KILOMETRES)
            .shown_when(KILOMETRES)
            .prefilled("z kart pracy (zał. 8)")],
        },
        Section {
            title: "Ryczałt",
            fields: &[
                Field::new("limit_km", "Miesięczny limit", Kind::Number { min: 1, max: 700, unit: "km" })
                    .required_when(LUMP_SUM)
                    .shown_when(LUMP_SUM)
                    .prefilled(SETTINGS),
                Field::new("days_absent", "Dni nieobecności", Kind::Number { min: 0, max: 23, unit: "dni" })
                    .required_when(LUMP_SUM)
                    .shown_when(LUMP_SUM)
                    .prefilled("z ewidencji pracy")
                    .help("Dni robocze: choroba, urlop, podróż służbowa, inna nieobecność."),
                Field::new("days_without_car", "Dni bez pojazdu", Kind::Number { min: 0, max: 23, unit: "dni" })
                    .shown_when(LUMP_SUM)
                    .help("Dni robocze, w które pojazd nie był dostępny."),
                money("reduction", "Zmniejszenie za te dni", "1/22 ryczałtu za dzień").shown_when(LUMP_SUM),
            ],
        },
        Section {
            title: "Razem",
            fields: &[
                Field::new("km_total", "Kilometry razem", Kind::Tenths { min: 0, max: 99_990, unit: "km" })
                    .computed("z przejazdów")
                    .shown_when(KILOMETRES),
                money("amount_total", "Do wypłaty", "z przejazdów albo ryczałtu"),
                Field::new("statement", "Treść oświadczenia", Kind::Text { min: 10, max: 2000 })
                    .required()
                    .prefilled("ze wzoru ośrodka"),
            ],
        },
        SIGNATURES,
    ],
    decision: &[super::manager::APPROVAL],
    rules: &[
        NOT_AHEAD,
        Rule::new("date", Must::NotInFuture, "Tego przejazdu jeszcze nie było.").in_rows(TRIPS),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Podpisuje asystent rodziny."),
        super::manager::AFTER_PAPER,
        super::manager::NOT_AHEAD,
    ],
};

/// What the month comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tenths of a kilometre; nothing under a lump sum.
    pub tenths: i64,
    /// What was taken off the lump sum, in grosze.
    pub reduction: i64,
    /// What is paid, in grosze.
    pub amount: i64,
}

/// What a trip comes to, in grosze, half a grosz up.
pub fn trip_amount(tenths: i64, rate: i64) -> i64 {
    (tenths * rate + 5) / 10
}

/// The totals, as far as the answers go; nothing without a way of settling and a rate. The amount is the
/// sum of the rounded trips, so that the column adds up on paper.
pub fn totals(answers: &Answers) -> Option<Totals> {
    let rate = answers.get(RATE)?;
    Some(match answers.get(SETTLEMENT)? {
        Settlement::Kilometres => {
            let rows = answers.rows(TRIPS);
            let trips = rows.iter().filter_map(|row| answers.row(TRIPS, row).get(KM));
            trips.fold(Totals::default(), |sum, tenths| Totals {
                tenths: sum.tenths + tenths,
                amount: sum.amount + trip_amount(tenths, rate),
                ..sum
            })
        }
        Settlement::LumpSum => {
            let whole = answers.get(LIMIT_KM)? * rate;
            let days = answers.get(DAYS_ABSENT).unwrap_or(0) + answers.get(DAYS_WITHOUT_CAR).unwrap_or(0);
            let reduction = (2 * whole * days.min(DAYS_OF_A_MONTH) + DAYS_OF_A_MONTH) / (2 * DAYS_OF_A_MONTH);
            Totals { tenths: 0, reduction, amount: whole - reduction }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::documents::papers::testing::{PERSON, Sample, answers, exercise};

    const BY_KILOMETRES: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-02"),
            ("worker", PERSON),
            ("month", "2026-10"),
            ("settlement", "KILOMETRES"),
            ("make", "Škoda Fabia"),
            ("engine", "999"),
            ("plate", "FSW 00000"),
            ("rate", "115"),
            ("trips/1/date", "2026-10-05"),
            ("trips/1/route", "Zbąszynek – Kosieczyn – Zbąszynek"),
            ("trips/1/aim", "R11"),
            ("trips/1/km", "123"),
            ("trips/2/date", "2026-10-06"),
            ("trips/2/route", "Zbąszynek – Świebodzin – Zbąszynek"),
            ("trips/2/aim", "PCPR"),
            ("trips/2/km", "525"),
            ("statement", "Oświadczam, że używałam pojazdu do celów służbowych."),
            ("decided_on", "2026-11-03"),
        ],
        more: &[("case_sign", "OPS.3026.1.2026"), ("decision_note", "bez uwag")],
        signed: &["ASSISTANT"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("trips/2/date", "2026-11-23", "Tego przejazdu jeszcze nie było."),
            ("trips/2/km", "0", "Podaj wartość od 0 do 999 km."),
            ("signatures/ASSISTANT/role", "OTHER", "Podpisuje asystent rodziny."),
            ("decided_on", "2026-11-01", "Data decyzji jest wcześniejsza niż data sporządzenia."),
            ("decided_on", "2026-11-23", "Data decyzji nie może być późniejsza niż dzisiejsza."),
        ],
    };

    const BY_LUMP_SUM: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-02"),
            ("worker", PERSON),
            ("month", "2026-10"),
            ("settlement", "LUMP_SUM"),
            ("make", "Škoda Fabia"),
            ("engine", "899"),
            ("plate", "FSW 00000"),
            ("rate", "89"),
            ("limit_km", "300"),
            ("days_absent", "3"),
            ("statement", "Oświadczam, że używałam pojazdu do celów służbowych."),
            ("decided_on", "2026-11-03"),
        ],
        more: &[("days_without_car", "1")],
        signed: &["ASSISTANT"],
        broken: &[("limit_km", "701", "Podaj liczbę od 1 do 700 (km).")],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        exercise(&FORM, &[BY_KILOMETRES, BY_LUMP_SUM]);
    }

    #[test]
    fn the_month_adds_up_in_grosze() {
        let by_kilometres = totals(&answers(&FORM, BY_KILOMETRES.required)).unwrap();
        assert_eq!(by_kilometres, Totals { tenths: 648, reduction: 0, amount: 1415 + 6038 });
        let month = answers(&FORM, BY_LUMP_SUM.required);
        assert_eq!(totals(&month).unwrap(), Totals { tenths: 0, reduction: 3641, amount: 26_700 - 3641 });
        let absent = month.with(DAYS_ABSENT, 22).with(DAYS_WITHOUT_CAR, 1);
        assert_eq!(totals(&absent).unwrap().amount, 0, "never less than nothing");
        assert_eq!(totals(&Answers::default()), None);
    }
}
