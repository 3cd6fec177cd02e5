//! Meeting of those who work with a family, zał. 16 (spotkanie interdyscyplinarne): invitation, attendance
//! list and protocol in one. Fields: spec/domain.md 3.16. It is not the team of the act on domestic violence
//! that has the same name (zespół interdyscyplinarny), and the screen says so.

use super::{
    parts::{HEADER, NOT_AHEAD, SIGNATURES},
    plan::Responsible,
};
use crate::domain::{
    codes::*,
    form::{Field, Form, Key, Kind, Must, Rule, Section, Sensitivity, When, choices},
    ids::UserId,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

choices! {
    /// How people met (art. 7a allows meetings at a distance).
    Mode {
        InPerson = "IN_PERSON", "na miejscu";
        Remote = "REMOTE", "zdalnie";
        Mixed = "MIXED", "częściowo zdalnie";
    }
}

choices! {
    /// Who of the family took part.
    FamilyPart {
        Adults = "ADULTS", "tak – rodzina";
        WithChild = "WITH_CHILD", "tak – rodzina i dziecko";
        Child = "CHILD", "tak – dziecko";
        Nobody = "NOBODY", "nie";
    }
}

/// Who calls the meeting.
pub const CALLED_BY: Key<UserId> = Key::new("called_by");
/// Day of the meeting.
pub const HELD_ON: Key<NaiveDate> = Key::new("held_on");
/// Who was invited, a row each.
pub const PEOPLE: &str = "people";
/// Life areas about which the family's data were disclosed.
pub const DISCLOSED: Key<BTreeSet<String>> = Key::new("disclosed");
/// What was agreed, a row each; the calendar reads them.
pub const DECISIONS: &str = "decisions";
/// What is to be done (a cell of [`DECISIONS`]).
pub const DECISION_WHAT: Key<String> = Key::new("what");
/// Who answers for it (a cell of [`DECISIONS`]): a member's is a task of the family.
pub const DECISION_BY: Key<Responsible> = Key::new("by");
/// Which members (a cell of [`DECISIONS`]).
pub const DECISION_MEMBERS: Key<BTreeSet<String>> = Key::new("members");
/// By whom (a cell of [`DECISIONS`]).
pub const DECISION_WHO: Key<String> = Key::new("who");
/// By when (a cell of [`DECISIONS`]).
pub const DECISION_DUE: Key<NaiveDate> = Key::new("due");
/// How far it has come (a cell of [`DECISIONS`]).
pub const DECISION_STATUS: Key<TaskStatus> = Key::new("status");
/// Day of the next meeting.
pub const NEXT: Key<NaiveDate> = Key::new("next");

const WITHOUT_FAMILY: When = When::Is("family_present", &["NOBODY"]);
const IS_MEMBERS: When = When::Is("by", &["MEMBER"]);
const IS_OTHERS: When = When::Not(&IS_MEMBERS);
/// A participant from outside the office who really came hears the family's data.
const OUTSIDER_CAME: When = When::Both(&When::Yes("external"), &When::Yes("present"));

/// The declaration.
pub static FORM: Form = Form {
    number: "16",
    title: "Spotkanie interdyscyplinarne",
    version: 1,
    sections: &[
        HEADER,
        Section {
            title: "Spotkanie",
            fields: &[
                Field::new("held_on", "Data spotkania", Kind::Date).required().help(
                    "To spotkanie zwołuje asystent w sprawie rodziny. Nie jest to posiedzenie zespołu \
                     interdyscyplinarnego ani grupy z ustawy o przeciwdziałaniu przemocy domowej.",
                ),
                Field::new("start", "Godzina", Kind::Time).required(),
                Field::new("mode", "Sposób", Kind::One(Mode::CHOICES)).required(),
                Field::new("where", "Miejsce", Kind::Line { max: 200 })
                    .required_when(When::Not(&When::Is("mode", &["REMOTE"])))
                    .help("Przy spotkaniu zdalnym: jak się łączono."),
                Field::new("called_by", "Zwołujący", Kind::Person).required().prefilled("asystent sprawy"),
                Field::new("aim", "Cel i powód zwołania", Kind::Text { min: 3, max: 2000 }).required(),
            ],
        },
        Section {
            title: "Uczestnicy",
            fields: &[
                Field::new(
                    PEOPLE,
                    "Uczestnicy",
                    Kind::Rows(&[
                        Field::new("name", "Imię i nazwisko", Kind::Line { max: 120 }).required(),
                        Field::new("institution", "Instytucja", Kind::One(INSTITUTIONS)).required(),
                        Field::new("institution_name", "Nazwa instytucji", Kind::Line { max: 160 })
                            .required_when(When::Is("institution", &["OTHER"])),
                        Field::new("role", "Rola", Kind::Line { max: 120 })
                            .required()
                            .help("Na przykład: wychowawca, kurator, lekarz."),
                        Field::new("present", "Obecność", Kind::Flag).required(),
                        Field::new("external", "Osoba spoza ośrodka", Kind::Flag).required(),
                        Field::new("secrecy", "Zobowiązanie do zachowania poufności podpisane", Kind::Flag)
                            .required_when(OUTSIDER_CAME)
                            .shown_when(When::Yes("external")),
                    ]),
                )
                .required(),
                Field::new("family_present", "Udział rodziny lub dziecka", Kind::One(FamilyPart::CHOICES)).required(),
                Field::new("family_absent_reason", "Dlaczego bez rodziny", Kind::Text { min: 3, max: 1000 })
                    .required_when(WITHOUT_FAMILY)
                    .shown_when(WITHOUT_FAMILY),
                Field::new("disclosed", "Zakres ujawnionych danych", Kind::Many(Area::CHOICES))
                    .required()
                    .help("Tylko to, co niezbędne do pomocy rodzinie (art. 7 ust. 1)."),
            ],
        },
        Section {
            title: "Przebieg i ustalenia",
            fields: &[
                Field::new("minutes", "Przebieg i stanowiska", Kind::Text { min: 3, max: 4000 })
                    .required()
                    .class(Sensitivity::Health),
                Field::new(
                    DECISIONS,
                    "Ustalenia",
                    Kind::Rows(&[
                        Field::new("what", "Co", Kind::Line { max: 300 }).required(),
                        Field::new("by", "Odpowiada", Kind::One(Responsible::CHOICES)).required(),
                        Field::new("members", "Kto z rodziny", Kind::Members)
                            .required_when(IS_MEMBERS)
                            .shown_when(IS_MEMBERS),
                        Field::new("who", "Kto", Kind::Line { max: 160 })
                            .required_when(IS_OTHERS)
                            .shown_when(IS_OTHERS),
                        Field::new("due", "Termin", Kind::Date).required(),
                        Field::new("status", "Status", Kind::One(TaskStatus::CHOICES)).required().prefilled("zlecone"),
                    ]),
                )
                .required(),
                Field::new("next", "Termin kolejnego spotkania", Kind::Date),
            ],
        },
        SIGNATURES,
    ],
    decision: &[],
    rules: &[
        NOT_AHEAD,
        Rule::new(
            "held_on",
            Must::NotInFuture,
            "Protokół podpisuje się po spotkaniu: jego data nie może być przyszła.",
        ),
        Rule::new("doc_date", Must::NotBefore("held_on"), "Protokół można sporządzić najwcześniej w dniu spotkania."),
        Rule::new(
            "doc_date",
            Must::WithinDays("held_on", 7),
            "Od spotkania minęło więcej niż 7 dni. Sprawdź obie daty.",
        )
        .warns(),
        Rule::new(
            "secrecy",
            Must::BeTrue,
            "Osoba spoza ośrodka podpisuje zobowiązanie do zachowania poufności, zanim pozna dane rodziny.",
        )
        .when(OUTSIDER_CAME)
        .in_rows(PEOPLE),
        Rule::new(
            "next",
            Must::After("held_on"),
            "Termin kolejnego spotkania musi być późniejszy niż data tego spotkania.",
        ),
        Rule::new("signatures", Must::SignedBy(&["ASSISTANT"]), "Protokół podpisuje asystent rodziny."),
        Rule::new(PEOPLE, Must::HaveAtLeast(2), "Wpisz co najmniej dwóch uczestników."),
        Rule::new("signatures", Must::HaveAtLeast(2), "Podpisują uczestnicy: potrzebne są co najmniej dwa podpisy."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::testing::{MEMBER, PERSON, Sample, answers, exercise, today},
        signature::{NAME, ROLE, Signer},
    };

    /// The last rules count rows. A sample breaks one answer, never a whole row: they are tried apart.
    const COUNTING: usize = 2;

    const IN_SCHOOL: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("held_on", "2026-11-19"),
            ("start", "13:00"),
            ("mode", "IN_PERSON"),
            ("where", "Szkoła Podstawowa, sala 12"),
            ("called_by", PERSON),
            ("aim", "Nieobecności dzieci w szkole."),
            ("people/1/name", "Żaneta Wymyślona"),
            ("people/1/institution", "OTHER"),
            ("people/1/institution_name", "Klub „Źródło”"),
            ("people/1/role", "trener"),
            ("people/1/present", "tak"),
            ("people/1/external", "tak"),
            ("people/1/secrecy", "tak"),
            ("people/2/name", "Łucja Przykładna"),
            ("people/2/institution", "OPS_WORKER"),
            ("people/2/role", "pracownik socjalny"),
            ("people/2/present", "nie"),
            ("people/2/external", "nie"),
            ("family_present", "NOBODY"),
            ("family_absent_reason", "Matka jest chora."),
            ("disclosed", "A11"),
            ("minutes", "Szkoła przedstawiła frekwencję."),
            ("decisions/1/what", "Zajęcia wyrównawcze dwa razy w tygodniu"),
            ("decisions/1/by", "INSTITUTION"),
            ("decisions/1/who", "szkoła"),
            ("decisions/1/due", "2026-12-01"),
            ("decisions/1/status", "SET"),
            ("decisions/2/what", "Zapisać syna na świetlicę"),
            ("decisions/2/by", "MEMBER"),
            ("decisions/2/members", MEMBER),
            ("decisions/2/due", "2026-12-04"),
            ("decisions/2/status", "SET"),
        ],
        more: &[("case_sign", "OPS.4231.7.2026"), ("next", "2026-12-17")],
        signed: &["ASSISTANT", "OTHER"],
        broken: &[
            ("doc_date", "2026-11-23", "Data sporządzenia nie może być późniejsza niż dzisiejsza."),
            ("doc_date", "2026-11-18", "Protokół można sporządzić najwcześniej w dniu spotkania."),
            ("held_on", "2026-11-23", "Protokół podpisuje się po spotkaniu: jego data nie może być przyszła."),
            ("held_on", "2026-11-12", "Od spotkania minęło więcej niż 7 dni. Sprawdź obie daty."),
            (
                "people/1/secrecy",
                "nie",
                "Osoba spoza ośrodka podpisuje zobowiązanie do zachowania poufności, zanim pozna dane rodziny.",
            ),
            ("next", "2026-11-19", "Termin kolejnego spotkania musi być późniejszy niż data tego spotkania."),
            ("signatures/ASSISTANT/role", "", "Protokół podpisuje asystent rodziny."),
            ("start", "25:00", "Podaj godzinę, na przykład 14:05."),
            ("disclosed", "A99", "Wybierz pozycje z listy."),
        ],
    };

    const REMOTE: Sample = Sample {
        required: &[
            ("place", "Zbąszynek"),
            ("doc_date", "2026-11-20"),
            ("held_on", "2026-11-20"),
            ("start", "9:00"),
            ("mode", "REMOTE"),
            ("called_by", PERSON),
            ("aim", "Powrót dziecka do domu."),
            ("people/1/name", "Żaneta Wymyślona"),
            ("people/1/institution", "PCPR"),
            ("people/1/role", "koordynator"),
            ("people/1/present", "nie"),
            ("people/1/external", "tak"),
            ("people/2/name", "Łucja Przykładna"),
            ("people/2/institution", "OPS_WORKER"),
            ("people/2/role", "pracownik socjalny"),
            ("people/2/present", "tak"),
            ("people/2/external", "nie"),
            ("family_present", "WITH_CHILD"),
            ("disclosed", "A01,A14"),
            ("minutes", "Omówiono przepustki."),
            ("decisions/1/what", "Przepustka na święta"),
            ("decisions/1/by", "INSTITUTION"),
            ("decisions/1/who", "PCPR"),
            ("decisions/1/due", "2026-12-20"),
            ("decisions/1/status", "IN_PROGRESS"),
        ],
        more: &[("where", "wideorozmowa")],
        signed: &["ASSISTANT", "SOCIAL_WORKER"],
        broken: &[],
    };

    #[test]
    fn the_paper_keeps_its_rules() {
        let (rules, _) = FORM.rules.split_at(FORM.rules.len() - COUNTING);
        exercise(&Form { rules, ..FORM }, &[IN_SCHOOL, REMOTE]);
    }

    #[test]
    fn one_person_is_no_meeting() {
        let mut alone = answers(&FORM, REMOTE.required);
        alone.drop_row(PEOPLE, "1");
        alone.put_row(
            "signatures",
            "1",
            crate::domain::form::Answers::default().with(ROLE, Signer::Assistant).with(NAME, "Jan Przykładny".into()),
        );
        let said: Vec<String> = FORM.check_on(&alone, today()).into_iter().map(|problem| problem.text).collect();
        for rule in &FORM.rules[FORM.rules.len() - COUNTING..] {
            assert!(said.iter().any(|text| text == rule.text), "{}: {said:?}", rule.text);
        }
    }
}
