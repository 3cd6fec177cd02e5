//! What an intake writes: the first step of a case, the card of a family that is new, and the paper.

use super::path::{FAMILY, PEOPLE, Path, WORKER};
use crate::{
    api::desk::FamilyFile,
    domain::{
        access::Role,
        change::{Action, edits_between},
        content,
        documents::{
            RecordKind, family_card,
            papers::{
                self,
                begin::{Known, begin, hand_in},
                course::CASE,
                parts::PLACE,
                referral,
            },
        },
        form::{Answers, Form, Key, Problem},
        ids::{FamilyId, RecordId, Rev, UserId},
        order::set_of,
        procedure::Given,
        record::Record,
    },
    ui::desk::writing::About,
};
use chrono::NaiveDate;

/// The ids of what an intake makes. They stay the same when it is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ids {
    /// The family.
    pub family: FamilyId,
    /// Its card, when it is new.
    pub card: RecordId,
    /// The case.
    pub case: RecordId,
    /// The paper.
    pub paper: RecordId,
}

/// An intake as somebody filled it in.
#[derive(Clone, Copy, Debug)]
pub struct Intake<'a> {
    /// The path.
    pub path: Path,
    /// The form of its paper.
    pub form: &'static Form,
    /// What is made.
    pub ids: Ids,
    /// The office knows the family.
    pub known: bool,
    /// The last case of a family that is known.
    pub earlier: Option<RecordId>,
    /// Who opens the case.
    pub by: UserId,
    /// What they are.
    pub role: Role,
    /// What was written.
    pub answers: &'a Answers,
    /// The day it is.
    pub today: NaiveDate,
}

/// What an intake begins with. `known` is the file of a family that the office knows.
pub fn begun(path: Path, by: UserId, today: NaiveDate, known: Option<&FamilyFile>) -> Answers {
    let records = known.map_or(&[] as &[Record], |known| &known.records);
    let of_office = known.and_then(|known| known.book.letterhead.place());
    let newest = |kind: RecordKind| records.iter().filter(move |record| record.kind == kind);
    let mine = newest(RecordKind::Paper).filter(|record| record.made.by == by).max_by_key(|record| record.id);
    let place = mine.map(|record| record.answers.text(PLACE).to_owned());
    // Of an earlier case nothing comes along but who the family is.
    let known = Known::of(newest(RecordKind::Family), by, today).or_place(place).or_place(of_office);
    let mut answers = begin(path.paper(), &known);
    if path == Path::Ordinary {
        answers.put(referral::INFORMED_ON, today);
    }
    if let Some(card) = newest(RecordKind::Family).max_by_key(|record| record.id) {
        let said = |key: Key<String>| card.answers.raw(key.name()).cloned();
        answers.set_raw(path.surname().name(), said(family_card::SURNAME));
        answers.set_raw(referral::LOCALITY.name(), said(family_card::LOCALITY));
        answers.set_raw(referral::ADDRESS.name(), said(family_card::ADDRESS));
    }
    answers
}

/// Everything that stops the intake or deserves a look.
pub fn check(path: Path, form: &'static Form, is_new: bool, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    if is_new {
        problems.extend(PEOPLE.check(answers));
    }
    if path == Path::ZaZyciem {
        problems.extend(FAMILY.check(answers));
    }
    problems.extend(papers::check(path.paper(), form, answers, today));
    problems
}

/// The last case of a family, which a new one takes up again.
pub fn last_case(records: &[Record]) -> Option<RecordId> {
    records.iter().filter(|record| record.kind == RecordKind::Case).map(|record| record.id).max()
}

/// The changes of an intake, in the order in which the office takes them: the step that makes the case, the
/// card of a new family, the paper.
pub fn intake_changes(intake: &Intake<'_>) -> Vec<(About, Action)> {
    let mut changes = vec![opening(intake)];
    if !intake.known {
        changes.push(card(intake));
    }
    changes.push(paper(intake));
    changes
}

fn about(intake: &Intake<'_>, record: RecordId, kind: RecordKind) -> About {
    // What the office lays over its forms, it lays over the paper: the cards are the same everywhere.
    let form = if kind == RecordKind::Paper { intake.form.version } else { 1 };
    About { record, kind, family: intake.ids.family, base: Rev::NONE, form }
}

fn opening(intake: &Intake<'_>) -> (About, Action) {
    let Intake { path, answers, .. } = intake;
    let mut given = Given::on(answers.get(path.day()).unwrap_or(intake.today));
    given.worker = match intake.role {
        Role::SocialWorker => Some(intake.by),
        _ => answers.get(WORKER),
    };
    if *path == Path::Ordinary {
        given.basis = set_of(answers.set_of(referral::BASIS));
        // What stands behind a question that is no longer asked is not said.
        let asked = intake.form.field(referral::COURT_INFO_ON.name()).is_some_and(|field| field.is_shown(answers));
        given.court_info_on = answers.get(referral::COURT_INFO_ON).filter(|_| asked);
    }
    given.follows = intake.earlier;
    (about(intake, intake.ids.case, RecordKind::Case), Action::Take { step: path.step(), given })
}

/// The family's code is given by the office.
fn card(intake: &Intake<'_>) -> (About, Action) {
    let said = |key: Key<String>| intake.answers.text(key).trim().to_owned();
    let mut card = Answers::default()
        .with(family_card::SURNAME, said(intake.path.surname()))
        .with(family_card::LOCALITY, said(referral::LOCALITY));
    let address = said(referral::ADDRESS);
    if !address.is_empty() {
        card.put(family_card::ADDRESS, address);
    }
    for row in intake.answers.rows(family_card::MEMBERS) {
        card.put_row(family_card::MEMBERS, &row, intake.answers.row(family_card::MEMBERS, &row));
    }
    (about(intake, intake.ids.card, RecordKind::Family), write(&card))
}

fn paper(intake: &Intake<'_>) -> (About, Action) {
    let mut answers = intake.answers.clone();
    for field in intake.path.beside() {
        answers.set_raw(field.key, None);
        for row in answers.rows(field.key) {
            answers.drop_row(field.key, &row);
        }
    }
    let mut answers = hand_in(intake.form, &answers, intake.today).with(CASE, intake.ids.case);
    content::take_along(intake.form, intake.answers, &mut answers);
    (about(intake, intake.ids.paper, RecordKind::Paper), write(&answers))
}

fn write(answers: &Answers) -> Action {
    Action::Write(edits_between(&Answers::default(), answers))
}

/// Where on the screen a problem stands that the office found in one of the changes.
pub fn on_screen(path: Path, mut problem: Problem) -> Problem {
    let field = match problem.field.as_str() {
        "on" | "referred_on" => Some(path.day().name()),
        "court_info_on" => Some(referral::COURT_INFO_ON.name()),
        "surname" => Some(path.surname().name()),
        _ => None,
    };
    if let Some(field) = field {
        problem.field = field.to_owned();
    }
    problem
}

/// Is this a field of the screen?
pub fn is_on_screen(path: Path, form: &Form, problem: &Problem) -> bool {
    let key = problem.field.split('/').next().unwrap_or_default();
    path.beside().any(|field| field.key == key) || form.field(key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            codes::Basis,
            documents::papers::course::{HANDED_IN_ON, LIFE, Move, judge},
            form::{Value, stops},
            office::{OfficeBook, Overlay, OwnField, OwnKind, Reworded, Subject},
            procedure::Life,
            testing::{day, record},
        },
        ui::desk::family::tests::file,
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const IDS: Ids = Ids {
        family: FamilyId(Uuid::from_u128(1)),
        card: RecordId(Uuid::from_u128(2)),
        case: RecordId(Uuid::from_u128(3)),
        paper: RecordId(Uuid::from_u128(4)),
    };
    const EARLIER: RecordId = RecordId(Uuid::from_u128(5));
    const ME: UserId = UserId(Uuid::from_u128(7));
    const TODAY: &str = "2026-11-22";

    fn filled(path: Path, more: &[(&str, Value)]) -> Answers {
        let mut answers = begun(path, ME, day(TODAY), None).with(PLACE, "Wzorcowo".into());
        let text = |text: &str| Value::Text(text.to_owned());
        let signer = if path == Path::Ordinary { "SOCIAL_WORKER" } else { "MEMBER" };
        let usual: &[(&str, Value)] = match path {
            Path::Ordinary => &[
                ("referral_source", text("OWN")),
                ("family_name", text("Próbna ")),
                ("locality", text("Wzorcowo")),
                ("basis", Value::Set(BTreeSet::from(["DIFFICULTIES".to_owned()]))),
                ("matter", text("Trudności w opiece.")),
                ("urgent", Value::Flag(false)),
            ],
            Path::ZaZyciem => &[
                ("surname", text("Próbna ")),
                ("locality", text("Wzorcowo")),
                ("applicant", text("Anna Próbna")),
                ("address", text("Wzorcowo 4")),
                ("received_on", text("2026-11-20")),
                ("document", text("PREGNANCY")),
                ("document_on", text("2026-11-02")),
                ("consent_processing", Value::Flag(true)),
                ("consent_passing", Value::Flag(true)),
            ],
        };
        let signed = [
            ("signatures/a/role", text(signer)),
            ("signatures/a/name", text("Mirosława Wzorcowa")),
            ("signatures/a/method", text("PAPER")),
            ("members/m/first_name", text("Anna")),
            ("members/m/role", text("MOTHER")),
        ];
        for (key, value) in usual.iter().chain(&signed).chain(more) {
            answers.set_raw(key, Some(value.clone()));
        }
        answers
    }

    fn changes(path: Path, role: Role, known: bool, answers: &Answers) -> Vec<(About, Action)> {
        let earlier = known.then_some(EARLIER);
        let form = path.form(&OfficeBook::default());
        let intake = Intake { path, form, ids: IDS, known, earlier, by: ME, role, answers, today: day(TODAY) };
        intake_changes(&intake)
    }

    fn written(action: &Action) -> Answers {
        let Action::Write(edits) = action else { panic!("{action:?}") };
        let mut answers = Answers::default();
        for (key, edit) in edits {
            assert_eq!(edit.before, None);
            answers.set_raw(key, edit.after.clone());
        }
        answers
    }

    #[test]
    fn a_new_family_comes_with_case_card_and_paper_in_this_order() {
        for path in Path::ALL {
            let answers = filled(path, &[]);
            let problems = check(path, path.form(&OfficeBook::default()), true, &answers, day(TODAY));
            assert!(!stops(&problems), "{problems:?}");
            let made = changes(path, Role::SocialWorker, false, &answers);
            let kinds: Vec<(RecordId, RecordKind)> = made.iter().map(|(about, _)| (about.record, about.kind)).collect();
            let expected =
                [(IDS.case, RecordKind::Case), (IDS.card, RecordKind::Family), (IDS.paper, RecordKind::Paper)];
            assert_eq!(kinds, expected, "{path:?}");
            assert!(made.iter().all(|(about, _)| about.family == IDS.family && about.base == Rev::NONE));
            let Action::Take { step, given } = &made[0].1 else { panic!("{made:?}") };
            assert_eq!((*step, given.worker), (path.step(), Some(ME)));
            let card = written(&made[1].1);
            assert_eq!(card.text(family_card::SURNAME), "Próbna");
            assert_eq!(card.text(family_card::LOCALITY), "Wzorcowo");
            assert!(!card.filled(family_card::CODE.name()), "the office gives the code");
            assert_eq!(family_card::members(&card)[0].first_name, "Anna");
            let paper = written(&made[2].1);
            assert!(paper.rows(family_card::MEMBERS).is_empty(), "who they are stands on the card alone");
            assert_eq!((paper.get(CASE), paper.get(LIFE)), (Some(IDS.case), Some(Life::Signed)));
            assert_eq!(paper.get(HANDED_IN_ON), Some(day(TODAY)));
            let (form, role) = (path.form(&OfficeBook::default()), Role::SocialWorker);
            let step = Move { before: None, after: &paper, form, by: ME, role, today: day(TODAY) };
            assert_eq!(judge(&step), Ok(()), "the office takes the paper: {path:?}");
        }
    }

    /// An office adds a required field to the paper of each path, and renames another.
    #[test]
    fn an_intake_asks_what_the_office_has_added_and_says_by_which_version() {
        let own = |after: &str| OwnField {
            key: "own_pets".into(),
            label: "Zwierzęta w domu".into(),
            help: String::new(),
            kind: OwnKind::Line,
            required: true,
            class: Default::default(),
            after: after.into(),
            unit: String::new(),
            range: None,
            choices: vec![],
        };
        for (path, after) in [(Path::Ordinary, "matter"), (Path::ZaZyciem, "document_on")] {
            let words = Reworded { label: Some("Inaczej".into()), help: None };
            let draft =
                Overlay { own: vec![own(after)], reworded: [(after.to_owned(), words)].into(), ..Overlay::default() };
            let mut book = OfficeBook::default();
            book.publish(Subject::paper(path.paper()).unwrap(), &draft, Rev(1)).unwrap();
            let form = path.form(&book);
            assert_eq!(form.field(after).map(|field| field.label), Some("Inaczej"), "{path:?}");
            let mut answers = filled(path, &[]);
            let missing = |answers: &Answers| {
                let problems = check(path, form, true, answers, day(TODAY));
                problems.iter().any(|problem| problem.field == "own_pets" && is_on_screen(path, form, problem))
            };
            assert!(missing(&answers), "{path:?}");
            answers.set_raw("own_pets", Some(Value::Text("pies".into())));
            assert!(!missing(&answers), "{path:?}");
            let role = Role::SocialWorker;
            let intake = Intake {
                path,
                form,
                ids: IDS,
                known: false,
                earlier: None,
                by: ME,
                role,
                answers: &answers,
                today: day(TODAY),
            };
            let made = intake_changes(&intake);
            assert_eq!(made.iter().map(|(about, _)| about.form).collect::<Vec<_>>(), [1, 1, form.version]);
            let paper = written(&made[2].1);
            assert_eq!(paper.raw("own_pets"), Some(&Value::Text("pies".into())));
            assert!(!written(&made[1].1).filled("own_pets"), "it is the paper's, not the card's");
            let step = Move { before: None, after: &paper, form, by: ME, role, today: day(TODAY) };
            assert_eq!(judge(&step), Ok(()), "the office takes it: {path:?}");
        }
    }

    #[test]
    fn a_family_that_is_known_gets_no_second_card() {
        let card = Answers::default()
            .with(family_card::SURNAME, "Znana".into())
            .with(family_card::LOCALITY, "Kosieczyn".into());
        let mut paper = record(8, RecordKind::Paper, Answers::default().with(PLACE, "Zbąszynek".into()));
        paper.made.by = ME;
        let mut known = file(vec![record(9, RecordKind::Family, card), paper]);
        known.book.letterhead.place = "Wzorcowo".into();
        for path in Path::ALL {
            let answers = begun(path, ME, day(TODAY), Some(&known));
            assert_eq!(answers.text(PLACE), "Zbąszynek", "{path:?}");
            assert_eq!(answers.text(path.surname()), "Znana", "{path:?}");
            assert_eq!(answers.text(referral::LOCALITY), "Kosieczyn", "{path:?}");
            let made = changes(path, Role::SocialWorker, true, &filled(path, &[]));
            assert!(made.iter().all(|(about, _)| about.kind != RecordKind::Family), "{path:?}");
            assert_eq!(made.len(), 2, "{path:?}");
        }
        known.records.pop();
        let answers = begun(Path::Ordinary, ME, day(TODAY), Some(&known));
        assert_eq!(answers.text(PLACE), "Wzorcowo", "else where the office says that its papers are drawn up");
    }

    #[test]
    fn a_new_case_takes_up_the_last_one_of_its_family() {
        let case = |n| record(n, RecordKind::Case, Answers::default());
        let records = [case(6), case(7), record(9, RecordKind::Paper, Answers::default())];
        assert_eq!(last_case(&records), Some(RecordId(Uuid::from_u128(7))));
        assert_eq!(last_case(&[]), None);
        for path in Path::ALL {
            for (known, expected) in [(true, Some(EARLIER)), (false, None)] {
                let made = changes(path, Role::SocialWorker, known, &filled(path, &[]));
                let Action::Take { given, .. } = &made[0].1 else { panic!("{made:?}") };
                assert_eq!(given.follows, expected, "{path:?}");
            }
        }
    }

    #[test]
    fn the_first_step_says_what_the_paper_says() {
        let set = |codes: &[&str]| Value::Set(codes.iter().map(|code| (*code).to_owned()).collect());
        let court = Value::Text("2026-11-19".into());
        let both = [("basis", set(&["DIFFICULTIES", "COURT_ORDER"])), ("court_info_date", court.clone())];
        let gone = [("basis", set(&["DIFFICULTIES"])), ("court_info_date", court)];
        for (more, basis, court_info_on) in [
            (both, BTreeSet::from([Basis::Difficulties, Basis::CourtOrder]), Some(day("2026-11-19"))),
            (gone, BTreeSet::from([Basis::Difficulties]), None),
        ] {
            let answers = filled(Path::Ordinary, &more).with(referral::INFORMED_ON, day("2026-11-20"));
            let made = changes(Path::Ordinary, Role::SocialWorker, false, &answers);
            let Action::Take { given, .. } = &made[0].1 else { panic!("{made:?}") };
            assert_eq!((given.on, &given.basis), (day("2026-11-20"), &basis));
            assert_eq!(given.court_info_on, court_info_on);
        }
        let worker = UserId(Uuid::from_u128(8));
        for (role, chosen, expected) in [
            (Role::Manager, None, None),
            (Role::Manager, Some(worker), Some(worker)),
            (Role::SocialWorker, None, Some(ME)),
        ] {
            let mut answers = filled(Path::ZaZyciem, &[]);
            if let Some(chosen) = chosen {
                answers.put(WORKER, chosen);
            }
            let made = changes(Path::ZaZyciem, role, false, &answers);
            let Action::Take { given, .. } = &made[0].1 else { panic!("{made:?}") };
            assert_eq!((given.on, given.worker), (day("2026-11-20"), expected), "{role:?}");
            assert!(given.basis.is_empty(), "the path says it");
            assert!(!written(&made[2].1).filled(WORKER.name()), "the paper does not ask it");
        }
    }

    #[test]
    fn an_application_asks_whose_family_it_is() {
        let mut answers = filled(Path::ZaZyciem, &[]);
        answers.set_raw("surname", None);
        let form = Path::ZaZyciem.form(&OfficeBook::default());
        assert!(
            check(Path::ZaZyciem, form, true, &answers, day(TODAY)).iter().any(|problem| problem.field == "surname")
        );
    }

    #[test]
    fn what_the_office_finds_is_shown_where_it_was_asked() {
        for (path, field, shown) in [
            (Path::Ordinary, "surname", "family_name"),
            (Path::ZaZyciem, "surname", "surname"),
            (Path::Ordinary, "on", "informed_on"),
            (Path::ZaZyciem, "on", "received_on"),
            (Path::Ordinary, "signatures/a/name", "signatures/a/name"),
        ] {
            let problem = on_screen(path, Problem::error(field, "Popraw."));
            assert_eq!(problem.field, shown, "{path:?}");
            assert!(is_on_screen(path, path.form(&OfficeBook::default()), &problem), "{path:?} {shown}");
        }
        assert!(!is_on_screen(Path::Ordinary, &referral::FORM, &Problem::error("phones", "Zły numer.")));
    }
}
