//! Who does what for a family ("Kto co robi", spec/domain.md 6): the people of the office, whoever stands in for them,
//! and everybody around the family, each with what they do. Nothing is typed for it: it is read from the card's
//! contacts, the plan, nr 4, the substitution and the supporting family.

use super::{
    access::Role,
    codes::INSTITUTIONS,
    documents::{
        RecordKind, case_card,
        family_card::{self, Contact},
        papers::{
            course::{LIFE, PAPER},
            plan::{self, ActionStatus, Responsible},
            rights,
            substitution::Substitution,
            supporting_family::{self, APPOINTED_ON, ENDED_ON, SupportScope},
        },
    },
    form::{Answers, Key, Value, field::label_of},
    ids::UserId,
    order::sort_by_key,
    paper_words,
    procedure::{Life, Paper},
    record::Record,
    words,
};
use chrono::NaiveDate;

/// Somebody who does something for the family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Helper {
    /// What they are to the family: "asystent rodziny", "szkoła".
    pub role: String,
    /// Their name, and where they work.
    pub name: String,
    /// What they do, a line each.
    pub does: Vec<String>,
    /// Telephone, or empty.
    pub phone: String,
    /// E-mail, or empty.
    pub email: String,
    /// Sign of the case there, or empty.
    pub sign: String,
    /// They stand in for the assistant for some days.
    pub is_stand_in: bool,
}

/// What the plan that counts asks of this side and is not done yet.
pub fn planned<'a>(records: impl IntoIterator<Item = &'a Record>, by: Responsible) -> Vec<String> {
    let Some(plan) = plan::current(records).filter(|plan| plan::stands(plan)) else { return Vec::new() };
    let open = open_actions(&plan.answers).into_iter();
    open.filter(|action| is_by(action, by)).map(|action| action.text(plan::ACTION).to_owned()).collect()
}

fn open_actions(plan: &Answers) -> Vec<Answers> {
    let rows = plan.rows(plan::ACTIONS).into_iter().map(|row| plan.row(plan::ACTIONS, &row));
    rows.filter(|action| !matches!(action.get(plan::ACTION_STATUS), Some(ActionStatus::Done | ActionStatus::Dropped)))
        .collect()
}

fn is_by(action: &Answers, by: Responsible) -> bool {
    action.get(plan::ACTION_BY).is_some_and(|codes| codes.contains(by.code()))
}

/// The people of the office: assistant, whoever stands in, social worker, and the manager when a paper waits.
pub fn of_office(records: &[&Record], name_of: &dyn Fn(UserId) -> String, today: NaiveDate) -> Vec<Helper> {
    let case = newest(records, RecordKind::Case);
    let person = |key: Key<UserId>| case.and_then(|case| case.answers.get(key));
    let helper = |role: &str, user: Option<UserId>, by: Responsible| {
        let does = planned(records.iter().copied(), by);
        user.map(|user| Helper { role: role.to_owned(), name: name_of(user), does, ..Helper::default() })
    };
    let assistant = person(case_card::ASSISTANT);
    let mut found: Vec<Helper> = helper("asystent rodziny", assistant, Responsible::Assistant).into_iter().collect();
    found.extend(assistant.and_then(|absent| stand_in(records, absent, name_of, today)));
    found.extend(helper("pracownik socjalny", person(case_card::WORKER), Responsible::Worker));
    found.extend(manager(records));
    found
}

/// The manager, while a paper of the family waits for their decision.
fn manager(records: &[&Record]) -> Option<Helper> {
    let waits = |record: &&&Record| {
        let decides = |paper: Paper| rights::of(paper).decide.contains(&Role::Manager);
        let is_paper = record.kind == RecordKind::Paper && record.answers.get(PAPER).is_some_and(decides);
        is_paper && record.answers.get(LIFE) == Some(Life::Signed)
    };
    let does: Vec<String> = records
        .iter()
        .filter(waits)
        .map(|record| ["do decyzji: ", &paper_words::title(&record.answers)].concat())
        .collect();
    (!does.is_empty()).then(|| Helper { role: Role::Manager.label().to_owned(), does, ..Helper::default() })
}

/// Who stands in for the assistant today.
fn stand_in(
    records: &[&Record],
    absent: UserId,
    name_of: &dyn Fn(UserId) -> String,
    today: NaiveDate,
) -> Option<Helper> {
    let cards = records.iter().filter_map(|record| Substitution::of(record));
    let now = cards.filter(|card| card.absent == absent && card.from <= today && today <= card.until);
    let card = now.max_by_key(|card| card.card)?;
    let (user, until) = (card.substitute, words::date(card.until));
    Some(Helper {
        role: "zastępstwo asystenta".to_owned(),
        name: name_of(user),
        does: vec![["do ", &until].concat()],
        is_stand_in: true,
        ..Helper::default()
    })
}

/// Everybody around the family, those of its card first.
pub fn around(records: &[&Record]) -> Vec<Helper> {
    let mut found: Vec<Entry> = contacts(records).into_iter().map(Entry::of).collect();
    for (code, name, does) in by_institutions(records) {
        match found.iter_mut().find(|entry| entry.is_for(&code, &name)) {
            Some(entry) => entry.helper.does.push(does),
            None => found.push(Entry::named(&code, &name, does)),
        }
    }
    for more in in_papers(records) {
        if !found.iter().any(|entry| entry.says(&more)) {
            found.push(Entry { code: String::new(), helper: more });
        }
    }
    found.into_iter().map(|entry| entry.helper).collect()
}

/// The contacts of the card, and those that only nr 4 has yet: it was written before the card had any.
pub fn contacts(records: &[&Record]) -> Vec<Contact> {
    let card = newest(records, RecordKind::Family);
    let mut found = card.map(|card| family_card::contacts(&card.answers)).unwrap_or_default();
    let Some(paper) = papers(records, Paper::FamilyCard, &[Life::Signed, Life::Approved]).pop() else { return found };
    for row in paper.answers.rows("parties") {
        let cells = paper.answers.row("parties", &row);
        let said = |key: &str| cells.raw(key).and_then(Value::text).unwrap_or_default().trim().to_owned();
        let older = Contact {
            institution: said("institution"),
            person: said("name"),
            phone: said("phone"),
            does: said("role"),
            id: row,
            ..Contact::default()
        };
        let known = found.iter().any(|contact| {
            let same = contact.institution == older.institution;
            contact.id == older.id || (same && (older.person.is_empty() || contact.called().contains(&older.person)))
        });
        if !known {
            found.push(older);
        }
    }
    found
}

/// A helper while they are gathered.
struct Entry {
    /// Kind of institution, or empty.
    code: String,
    helper: Helper,
}

impl Entry {
    fn of(contact: Contact) -> Self {
        let helper = Helper {
            role: contact.kind().to_owned(),
            name: contact.called(),
            does: Some(contact.does).filter(|does| !does.is_empty()).into_iter().collect(),
            phone: contact.phone,
            email: contact.email,
            sign: contact.sign,
            is_stand_in: false,
        };
        Self { code: contact.institution, helper }
    }

    fn named(code: &str, name: &str, does: String) -> Self {
        let role = label_of(INSTITUTIONS, code).to_owned();
        Self {
            code: code.to_owned(),
            helper: Helper { role, name: name.to_owned(), does: vec![does], ..Helper::default() },
        }
    }

    fn is_for(&self, code: &str, name: &str) -> bool {
        let called = words::folded(&self.helper.name);
        self.code == code && (name.is_empty() || called.is_empty() || called.contains(&words::folded(name)))
    }

    /// Does it name the same person already?
    fn says(&self, other: &Helper) -> bool {
        let (own, others) = (words::folded(&self.helper.name), words::folded(&other.name));
        !own.is_empty() && (own.contains(&others) || others.contains(&own))
    }
}

/// What the plan asks of institutions: kind, name and action.
fn by_institutions(records: &[&Record]) -> Vec<(String, String, String)> {
    let Some(plan) = plan::current(records.iter().copied()).filter(|plan| plan::stands(plan)) else {
        return Vec::new();
    };
    let open = open_actions(&plan.answers).into_iter().filter(|action| is_by(action, Responsible::Institution));
    let said =
        |action: &Answers, key: &str| action.raw(key).and_then(Value::text).unwrap_or_default().trim().to_owned();
    open.map(|action| {
        (said(&action, "institution"), said(&action, "institution_name"), action.text(plan::ACTION).to_owned())
    })
    .collect()
}

/// Foster coordinator, probation officer and supporting family, as papers name them.
fn in_papers(records: &[&Record]) -> Vec<Helper> {
    let mut found = Vec::new();
    let mut add = |role: &str, name: &str, does: String, sign: &str| {
        if !name.trim().is_empty() {
            let (role, name, sign) = (role.to_owned(), name.trim().to_owned(), sign.trim().to_owned());
            let does = Some(does).filter(|does| !does.is_empty()).into_iter().collect();
            found.push(Helper { role, name, does, sign, ..Helper::default() });
        }
    };
    let text = |answers: &Answers, key: &str| answers.raw(key).and_then(Value::text).unwrap_or_default().to_owned();
    if let Some(plan) = plan::current(records.iter().copied()).filter(|plan| plan::stands(plan)) {
        add("koordynator pieczy", plan.answers.text(plan::COORDINATOR), String::new(), "");
    }
    if let Some(card) = papers(records, Paper::FamilyCard, &[Life::Signed, Life::Approved]).pop() {
        for row in card.answers.rows("children") {
            add("koordynator pieczy", &text(&card.answers.row("children", &row), "coordinator"), String::new(), "");
        }
        let sign = text(&card.answers, "legal_probation_sign");
        add("kurator", &text(&card.answers, "legal_probation"), "nadzór".to_owned(), &sign);
    }
    let supporting = papers(records, Paper::SupportingFamily, &[Life::Signed, Life::Approved]).pop();
    let is_now = |paper: &&Record| paper.answers.get(APPOINTED_ON).is_some() && paper.answers.get(ENDED_ON).is_none();
    if let Some(paper) = supporting.filter(is_now) {
        let scope: Vec<SupportScope> = paper.answers.set_of(Key::new("scope"));
        let does = scope.into_iter().map(SupportScope::label).collect::<Vec<_>>().join("; ");
        for row in paper.answers.rows(supporting_family::CANDIDATES) {
            let name = text(&paper.answers.row(supporting_family::CANDIDATES, &row), "name");
            add("rodzina wspierająca", &name, does.clone(), "");
        }
    }
    // One person named by two papers is one person.
    let mut distinct: Vec<Helper> = Vec::new();
    for helper in found {
        if !distinct.iter().any(|other| other.role == helper.role && other.name == helper.name) {
            distinct.push(helper);
        }
    }
    distinct
}

fn newest<'a>(records: &[&'a Record], kind: RecordKind) -> Option<&'a Record> {
    records.iter().copied().filter(|record| record.kind == kind).max_by_key(|record| record.id)
}

/// The papers of a kind that stand in one of these lives, in their order.
fn papers<'a>(records: &[&'a Record], paper: Paper, lives: &[Life]) -> Vec<&'a Record> {
    let is_one = |record: &&Record| {
        let stands = record.answers.get(LIFE).is_some_and(|life| lives.contains(&life));
        record.kind == RecordKind::Paper && record.answers.get(PAPER) == Some(paper) && stands
    };
    let mut found: Vec<&Record> = records.iter().copied().filter(is_one).collect();
    sort_by_key(&mut found, |record| record.id);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::papers::testing,
        testing::{day, record},
    };
    use uuid::Uuid;

    fn paper(n: u128, paper: Paper, life: Life, pairs: &[(&str, &str)]) -> Record {
        let form = super::super::documents::papers::form_of(paper).unwrap();
        record(n, RecordKind::Paper, testing::answers(form, pairs).with(PAPER, paper).with(LIFE, life))
    }

    fn card(pairs: &[(&str, &str)]) -> Record {
        record(2, RecordKind::Family, testing::answers(&family_card::FORM, pairs))
    }

    fn plan(life: Life) -> Record {
        let by = |row: &str, who: &str, what: &str| {
            [(format!("actions/{row}/responsible"), who.to_owned()), (format!("actions/{row}/action"), what.to_owned())]
        };
        let mut pairs = [
            by("1", "ASSISTANT", "Rozmowy o rytmie dnia"),
            by("2", "INSTITUTION", "Zajęcia wyrównawcze"),
            by("3", "INSTITUTION", "Terapia"),
        ]
        .concat();
        for (path, text) in [
            ("actions/2/institution", "SCHOOL"),
            ("actions/3/institution", "ADDICTION"),
            ("actions/3/institution_name", "Poradnia w Modelowie"),
            ("coord_person", "Roksana Tymiankowicz"),
        ] {
            pairs.push((path.to_owned(), text.to_owned()));
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        paper(10, Paper::Plan, life, &pairs)
    }

    fn told(helpers: &[Helper]) -> Vec<String> {
        helpers
            .iter()
            .map(|helper| [&helper.role, " – ", &helper.name, ": ", &helper.does.join(", ")].concat())
            .collect()
    }

    #[test]
    fn contacts_of_the_card_meet_the_actions_of_the_plan_and_what_papers_name() {
        let card = card(&[
            ("contacts/a/institution", "SCHOOL"),
            ("contacts/a/name", "Szkoła nr 2"),
            ("contacts/a/phone", "600 000 002"),
            ("contacts/a/does", "pedagog"),
            ("contacts/b/institution", "COURT"),
            ("contacts/b/sign", "III Nsm 15/26"),
        ]);
        let nr_4 = paper(
            3,
            Paper::FamilyCard,
            Life::Signed,
            &[
                ("legal_probation", "Jan Kuratorski"),
                ("children/Ola/place", "CARE_HOME"),
                ("children/Ola/coordinator", "Roksana Tymiankowicz, PCPR"),
            ],
        );
        let plan = plan(Life::Approved);
        let found = around(&[&card, &nr_4, &plan]);
        assert_eq!(
            told(&found),
            [
                "sąd – : ",
                "szkoła – Szkoła nr 2: pedagog, Zajęcia wyrównawcze",
                "poradnia leczenia uzależnień – Poradnia w Modelowie: Terapia",
                "koordynator pieczy – Roksana Tymiankowicz: ",
                "kurator – Jan Kuratorski: nadzór",
            ]
        );
        assert_eq!((found[0].sign.as_str(), found[1].phone.as_str()), ("III Nsm 15/26", "600 000 002"));
    }

    #[test]
    fn what_only_an_older_nr_4_has_is_not_lost() {
        let nr_4 = paper(
            3,
            Paper::FamilyCard,
            Life::Signed,
            &[
                ("parties/p/institution", "SCHOOL"),
                ("parties/p/name", "Zofia Pedagogiczna"),
                ("parties/p/phone", "600 000 004"),
            ],
        );
        assert_eq!(told(&around(&[&card(&[]), &nr_4])), ["szkoła – Zofia Pedagogiczna: "]);
        let known = card(&[("contacts/c/institution", "SCHOOL"), ("contacts/c/person", "Zofia Pedagogiczna")]);
        assert_eq!(around(&[&known, &nr_4]).len(), 1, "the card says it already");
    }

    #[test]
    fn a_plan_that_does_not_stand_asks_nothing_of_anybody() {
        assert_eq!(planned(&[plan(Life::Approved)], Responsible::Assistant), ["Rozmowy o rytmie dnia"]);
        assert!(planned(&[plan(Life::Draft)], Responsible::Assistant).is_empty());
    }

    #[test]
    fn whoever_stands_in_today_is_named() {
        let user = |n: u128| UserId(Uuid::from_u128(n));
        let case = Answers::default().with(case_card::ASSISTANT, user(7)).with(case_card::WORKER, user(8));
        let case = record(1, RecordKind::Case, case);
        let (absent, instead) = (user(7).to_string(), user(9).to_string());
        let stand_in = paper(
            4,
            Paper::Substitution,
            Life::Approved,
            &[
                ("absent", &absent),
                ("substitute", &instead),
                ("scope", "ALL"),
                ("starts_on", "2026-11-20"),
                ("ends_on", "2026-11-27"),
            ],
        );
        let name = |user: UserId| user.0.as_u128().to_string();
        let roles = |today: &str| told(&of_office(&[&case, &stand_in], &name, day(today)));
        assert_eq!(
            roles("2026-11-22"),
            ["asystent rodziny – 7: ", "zastępstwo asystenta – 9: do 27 listopada 2026", "pracownik socjalny – 8: ",]
        );
        assert_eq!(roles("2026-11-28").len(), 2);
        let request = paper(5, Paper::ClosingRequest, Life::Signed, &[]);
        let waiting = of_office(&[&case, &request], &name, day("2026-11-28")).pop().unwrap();
        assert_eq!((waiting.role.as_str(), waiting.does.len()), ("kierownik", 1));
        assert!(waiting.does[0].starts_with("do decyzji: "), "{:?}", waiting.does);
    }
}
