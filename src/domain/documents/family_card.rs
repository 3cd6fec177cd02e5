//! Who the family is, how to reach them, and who is around them: the first part of zał. 4 (karta informacyjna).
//! The members' table here is the source of all others (spec/domain.md 3.4). The card lives on for as long as the
//! family is known: whoever works with them keeps it up to date.

mod check;
mod contacts;
mod members;

pub use check::{changed, check, finished, kept};
pub use contacts::{Contact, contacts};
pub use members::{Member, children_at_home, everyone, left_words, members};

use crate::domain::{
    codes::*,
    form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
};
use chrono::NaiveDate;

choices! {
    /// Why somebody is no longer in the family. Papers point at them, so they stay on the card.
    WhyLeft {
        Moved = "MOVED", "wyprowadzka";
        Died = "DIED", "zgon";
        Mistake = "MISTAKE", "wpis omyłkowy";
        Other = "OTHER", "inny powód";
    }
}

/// The family's code ("R11"), unique in the office; stands in addresses and on lock screens.
pub const CODE: Key<String> = Key::new("code");
/// Surname.
pub const SURNAME: Key<String> = Key::new("surname");
/// Town or village.
pub const LOCALITY: Key<String> = Key::new("locality");
/// Street and number.
pub const ADDRESS: Key<String> = Key::new("address");
/// How to find the door.
pub const ACCESS_HINT: Key<String> = Key::new("access_hint");
/// What matters for the safety of visits; for the case team only.
pub const SAFETY: Key<String> = Key::new("safety");
/// What else one should know from day to day.
pub const NOTES: Key<String> = Key::new("notes");
/// Members, a row each.
pub const MEMBERS: &str = "members";
/// Telephone numbers, a row each.
pub const PHONES: &str = "phones";
/// People and institutions around the family, a row each.
pub const CONTACTS: &str = "contacts";

/// A member's given name (a cell of [`MEMBERS`]).
pub const FIRST_NAME: Key<String> = Key::new("first_name");
/// A member's surname.
pub const LAST_NAME: Key<String> = Key::new("last_name");
/// A member's role.
pub const ROLE: Key<FamilyRole> = Key::new("role");
/// Day of birth, or the expected one.
pub const BORN: Key<NaiveDate> = Key::new("born");
/// Where a child stays.
pub const STAYS: Key<ChildPlace> = Key::new("place");
/// Lives with the family.
pub const CO_RESIDENT: Key<bool> = Key::new("co_resident");
/// Day since which somebody is no longer in the family.
pub const LEFT_ON: Key<NaiveDate> = Key::new("left_on");
/// A telephone number (a cell of [`PHONES`]).
pub const NUMBER: Key<String> = Key::new("number");
/// Whose number it is.
pub const WHOSE: Key<String> = Key::new("whose");
/// When to call.
pub const BEST_TIME: Key<String> = Key::new("best_time");

/// A contact's kind of institution (a cell of [`CONTACTS`]; a code of [`INSTITUTIONS`]).
pub const INSTITUTION: Key<String> = Key::new("institution");
/// What it is called.
pub const NAME: Key<String> = Key::new("name");
/// Who there.
pub const PERSON: Key<String> = Key::new("person");
/// What they do for this family.
pub const DOES: Key<String> = Key::new("does");
/// Their telephone.
pub const PHONE: Key<String> = Key::new("phone");
/// Their e-mail.
pub const EMAIL: Key<String> = Key::new("email");
/// Sign of the case there.
pub const CASE_SIGN: Key<String> = Key::new("sign");

const GIVEN_NAME: Field =
    Field::new("first_name", "Imię", Kind::Line { max: 60 }).required_when(When::Not(&When::Is("role", &["UNBORN"])));
const SURNAME_CELL: Field = Field::new("last_name", "Nazwisko", Kind::Line { max: 80 });
const ROLE_CELL: Field = Field::new("role", "Rola", Kind::One(FamilyRole::CHOICES)).required();
const BORN_CELL: Field = Field::new("born", "Data urodzenia", Kind::Date);
const PLACE_CELL: Field = Field::new("place", "Miejsce pobytu dziecka", Kind::One(ChildPlace::CHOICES))
    .shown_when(When::Is("role", &["CHILD", "UNBORN"]));
const LIVES_THERE: Field = Field::new("co_resident", "Mieszka wspólnie", Kind::Flag);
const WHO_HELP: &str = "Nikogo nie trzeba wpisywać drugi raz: dokumenty biorą osoby stąd.";
/// A member who is gone has a day of leaving.
const LEFT: When = When::Filled("left_on");

/// The members' table, as whoever opens a case fills it in.
pub const WHO: Field = Field::new(
    MEMBERS,
    "Członkowie rodziny",
    Kind::Rows(&[GIVEN_NAME, SURNAME_CELL, ROLE_CELL, BORN_CELL, PLACE_CELL, LIVES_THERE]),
)
.required();

/// The same later on, when people also leave.
const WHO_NOW: Field = Field::new(
    MEMBERS,
    "Członkowie rodziny",
    Kind::Rows(&[
        GIVEN_NAME,
        SURNAME_CELL,
        ROLE_CELL,
        BORN_CELL,
        PLACE_CELL,
        LIVES_THERE,
        Field::new("left_on", "Nie jest już w rodzinie od", Kind::Date)
            .help("Zostaw puste, dopóki ta osoba należy do rodziny. Wpisane dokumenty zachowają jej imię."),
        Field::new("left_why", "Powód", Kind::One(WhyLeft::CHOICES)).required_when(LEFT).shown_when(LEFT),
    ]),
)
.required()
.help(WHO_HELP);

const AROUND: Field = Field::new(
    CONTACTS,
    "Osoby i instytucje",
    Kind::Rows(&[
        Field::new("institution", "Rodzaj", Kind::One(INSTITUTIONS)).required(),
        Field::new("name", "Nazwa", Kind::Line { max: 160 }),
        Field::new("person", "Imię i nazwisko", Kind::Line { max: 120 }),
        Field::new("does", "Co robi dla rodziny", Kind::Line { max: 200 }),
        Field::new("phone", "Telefon", Kind::Line { max: 40 }),
        Field::new("email", "Adres e-mail", Kind::Line { max: 120 }),
        Field::new("sign", "Sygnatura akt", Kind::Line { max: 60 })
            .shown_when(When::Is("institution", &["COURT", "PROBATION", "PROSECUTOR"])),
    ]),
)
.help("Szkoła, przychodnia, sąd, kurator, koordynator pieczy. Stąd biorą się też w zał. 4.");

/// The declaration.
pub static FORM: Form = Form {
    number: "4",
    title: "Karta informacyjna dotycząca rodziny",
    version: 1,
    sections: &[
        Section {
            title: "Rodzina",
            fields: &[
                Field::new("code", "Kod rodziny", Kind::Line { max: 16 }).required(),
                Field::new("surname", "Nazwisko", Kind::Line { max: 80 }).required(),
                Field::new("locality", "Miejscowość", Kind::Line { max: 80 }).required(),
                Field::new("address", "Adres", Kind::Line { max: 200 }),
                Field::new("access_hint", "Wskazówki dojazdu", Kind::Text { min: 0, max: 500 }),
                Field::new(
                    PHONES,
                    "Telefony",
                    Kind::Rows(&[
                        Field::new("number", "Numer", Kind::Line { max: 20 }).required(),
                        Field::new("whose", "Czyj", Kind::Line { max: 80 }),
                        Field::new("best_time", "Kiedy dzwonić", Kind::Line { max: 80 }),
                    ]),
                ),
                Field::new("safety", "Bezpieczeństwo wizyt", Kind::Text { min: 0, max: 1000 })
                    .class(Sensitivity::Health),
                Field::new("notes", "Uwagi", Kind::Text { min: 0, max: 2000 })
                    .help("Co warto wiedzieć na co dzień. Bez danych o zdrowiu."),
            ],
        },
        Section { title: "Członkowie rodziny", fields: &[WHO_NOW] },
        Section { title: "Kto jest wokół rodziny", fields: &[AROUND] },
    ],
    decision: &[],
    rules: &[
        Rule::new("born", Must::NotInFuture, "Data urodzenia nie może być późniejsza niż dzisiejsza.")
            .when(When::Not(&When::Is("role", &["UNBORN"])))
            .in_rows(MEMBERS),
        Rule::new("left_on", Must::NotInFuture, "Ten dzień nie może być późniejszy niż dzisiejszy.").in_rows(MEMBERS),
        Rule::new("left_on", Must::NotBefore("born"), "Ten dzień jest wcześniejszy niż data urodzenia.")
            .when(When::Not(&When::Is("role", &["UNBORN"])))
            .in_rows(MEMBERS),
    ],
};
