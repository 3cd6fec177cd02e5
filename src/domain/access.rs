//! Who may do what: the permission matrix of spec/domain.md 1.2 as **one** function.
//!
//! Server functions, sync, pages and screens all ask [`may`]; nothing else decides.

use super::{
    documents::{
        RecordKind,
        papers::{
            OWN_WORK, authorisation,
            course::PAPER,
            substitution::{self, Scope},
        },
    },
    form::choices,
    ids::{FamilyId, OfficeId, UserId},
    procedure::Paper,
    record::Record,
};
use serde::{Deserialize, Serialize};

choices! {
    /// What a person is in the office (spec/domain.md 1.1).
    Role {
        Assistant = "ASSISTANT", "asystent rodziny";
        SocialWorker = "SOCIAL_WORKER", "pracownik socjalny";
        Manager = "MANAGER", "kierownik";
        SysAdmin = "SYS_ADMIN", "administrator systemu";
        Dpo = "DPO", "inspektor ochrony danych";
    }
}

/// The person who acts, as the session proves them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// Their office.
    pub office: OfficeId,
    /// Their role.
    pub role: Role,
}

choices! {
    /// What is acted upon: the rows of the matrix.
    Object {
        /// Family card, case and their list.
        FamilyFile = "FAMILY_FILE", "teczka rodziny";
        /// Nr 1: who gets the family.
        Allocation = "ALLOCATION", "przydział asystenta";
        /// Nr 4, 5, 8, 9, 11: the assistant's own work.
        FieldWork = "FIELD_WORK", "karty pracy";
        /// The other papers; who prepares and who decides which, [`super::documents::papers::rights`] says.
        Paper = "PAPER", "dokumenty";
        /// Figures without names.
        Figures = "FIGURES", "zestawienia";
        /// Who read and wrote what.
        AccessLog = "ACCESS_LOG", "rejestr dostępu";
        /// People, roles, phones.
        Accounts = "ACCOUNTS", "konta i urządzenia";
        /// Lengths of terms, letterhead and forms of the office.
        Settings = "SETTINGS", "ustawienia ośrodka";
        /// The office's list of institutions.
        Directory = "DIRECTORY", "wykaz instytucji";
        /// One's own account, device and session.
        Oneself = "ONESELF", "własne konto";
    }
}

choices! {
    /// What is done.
    Deed {
        Read = "READ", "odczyt";
        Write = "WRITE", "zapis";
        Decide = "DECIDE", "decyzja";
    }
}

choices! {
    /// How the object is tied to the person.
    Tie {
        /// Assigned to them: the assistant's family, the social worker's area, oneself.
        Own = "OWN", "własne";
        /// Was theirs once: late work is still accepted (P4).
        Former = "FORMER", "dawniej własne";
        /// Of the same office, not theirs.
        Office = "OFFICE", "tego samego ośrodka";
        /// Of another office. Nobody may do anything, nor learn that it exists.
        Foreign = "FOREIGN", "innego ośrodka";
    }
}

/// May a person of this role do this deed to this object, tied to them like this?
pub fn may(role: Role, deed: Deed, object: Object, tie: Tie) -> bool {
    use Deed::*;
    use Object::*;
    use Role::*;
    use Tie::*;
    match (object, deed, role, tie) {
        (_, _, _, Foreign) => false,
        (Oneself, Read | Write, _, Own) => true,
        (Oneself, ..) => false,

        (FamilyFile | FieldWork | Allocation | Paper, Read, Manager, _) => true,
        (FamilyFile | FieldWork | Allocation | Paper, Read, Assistant | SocialWorker, Own) => true,

        (FamilyFile, Write, Assistant | SocialWorker, Own) => true,
        (FieldWork, Write, Assistant, Own | Former) => true,
        (Paper, Write, Assistant, Own | Former) => true,
        (Paper, Write, SocialWorker, Own) => true,
        (Paper, Decide, Manager, _) => true,
        (Allocation, Write, SocialWorker, Own) => true,
        (Allocation, Decide, Manager, _) => true,

        (Figures, Read, Manager, _) => true,
        (Figures, Read, Assistant | SocialWorker, Own) => true,

        (AccessLog, Read, Manager | Dpo, _) => true,
        (AccessLog, Read, Assistant | SocialWorker, Own) => true,

        (Settings, Read | Write, Manager, _) => true,

        (Directory, Read | Write, Manager | SocialWorker, _) => true,

        (Accounts, Read, Manager | Dpo | SysAdmin, _) => true,
        (Accounts, Write, SysAdmin, _) => true,
        // A lost device is cut off, and what comes from it later is judged.
        (Accounts, Decide, Manager, _) => true,

        _ => false,
    }
}

/// The row of the matrix that a record belongs to.
pub fn object_of(kind: RecordKind) -> Object {
    match kind {
        RecordKind::Family => Object::FamilyFile,
        RecordKind::Case => Object::Allocation,
        RecordKind::Visit | RecordKind::Task => Object::FieldWork,
        RecordKind::Paper => Object::Paper,
    }
}

/// What ties a family to the people of its office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    /// The family's office.
    pub office: OfficeId,
    /// The assistant of its current case.
    pub assistant: Option<UserId>,
    /// The social worker of its current case.
    pub worker: Option<UserId>,
    /// The actor stands in for its assistant today.
    pub substitute: bool,
    /// The actor was its assistant once, or stood in for them.
    pub former: bool,
}

/// How a family is tied to a person.
pub fn tie(actor: &Actor, ties: &Ties) -> Tie {
    if ties.office != actor.office {
        return Tie::Foreign;
    }
    let own = match actor.role {
        Role::Assistant => ties.substitute || ties.assistant == Some(actor.user),
        Role::SocialWorker => ties.worker == Some(actor.user),
        Role::Manager | Role::SysAdmin | Role::Dpo => false,
    };
    match (own, ties.former) {
        (true, _) => Tie::Own,
        (false, true) => Tie::Former,
        (false, false) => Tie::Office,
    }
}

/// The file of a person: of their own work, and of what the manager writes about them (their authorisation, who stands
/// in for them). None of it is about a family, so it has a file of its own beside those of families; it bears the
/// person's id, and so it is known without asking whose it is. It has neither card nor case: no list of families, no
/// figure and no search meets it.
pub fn own_file(user: UserId) -> FamilyId {
    FamilyId(user.0)
}

/// Is this the file of the actor themselves? Whoever works with families reads what is written about them.
pub fn is_own_file(actor: &Actor, file: FamilyId) -> bool {
    let works = matches!(actor.role, Role::Assistant | Role::SocialWorker | Role::Manager);
    works && file == own_file(actor.user)
}

/// Does a record stand in a file that it may stand in? `person` is whose file it is, when it is a person's and no
/// family's. Papers about somebody's own work stand in the file of whoever made them; an authorisation in that of
/// whom it authorises; a substitution for all families in that of whom it stands in for, or in a family's; nothing
/// else stands in the file of a person.
pub fn stands_in_its_file(record: &Record, person: Option<UserId>) -> bool {
    let about = |user: Option<UserId>| user.is_some() && user == person && Some(record.family) == user.map(own_file);
    let answers = &record.answers;
    match (record.kind == RecordKind::Paper).then(|| answers.get(PAPER)).flatten() {
        Some(paper) if OWN_WORK.contains(&paper) => record.family == own_file(record.made.by),
        Some(Paper::Authorisation) => about(answers.get(authorisation::USER)),
        Some(Paper::Substitution) if person.is_some() => {
            about(answers.get(substitution::ABSENT)) && answers.get(substitution::SCOPE) == Some(Scope::All)
        }
        _ => person.is_none() && record.family != own_file(record.made.by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{form::Answers, testing::record};
    use uuid::Uuid;

    #[test]
    fn papers_about_own_work_stand_in_the_own_file_and_nothing_else_does() {
        let (user, other) = (UserId(Uuid::from_u128(7)), UserId(Uuid::from_u128(8)));
        let stands = |kind, paper: Option<Paper>, file, person| {
            let answers = paper.map(|paper| Answers::default().with(PAPER, paper)).unwrap_or_default();
            let mut record = record(1, kind, answers);
            record.made.by = user;
            stands_in_its_file(&Record { family: file, ..record }, person)
        };
        let family = FamilyId(Uuid::from_u128(300));
        for (kind, paper, about_own_work) in [
            (RecordKind::Paper, Some(Paper::MonthlyReport), true),
            (RecordKind::Paper, Some(Paper::Timesheet), true),
            (RecordKind::Paper, Some(Paper::Mileage), true),
            (RecordKind::Paper, Some(Paper::Training), true),
            (RecordKind::Paper, Some(Paper::Note), false),
            (RecordKind::Paper, None, false),
            (RecordKind::Visit, None, false),
            (RecordKind::Case, None, false),
            (RecordKind::Family, None, false),
        ] {
            assert_eq!(stands(kind, paper, own_file(user), Some(user)), about_own_work, "{kind:?} {paper:?}");
            assert_eq!(stands(kind, paper, family, None), !about_own_work, "{kind:?} {paper:?}");
            assert!(!stands(kind, paper, own_file(other), Some(other)), "{kind:?} {paper:?} in a colleague's file");
        }
    }

    #[test]
    fn papers_about_a_person_stand_in_the_file_of_that_person() {
        let (boss, ala) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(7)));
        let family = FamilyId(Uuid::from_u128(300));
        let authorises =
            |user: UserId| Answers::default().with(PAPER, Paper::Authorisation).with(authorisation::USER, user);
        let card = |absent: UserId, scope| {
            let answers = Answers::default().with(PAPER, Paper::Substitution).with(substitution::ABSENT, absent);
            answers.with(substitution::SCOPE, scope)
        };
        let own = |user| (own_file(user), Some(user));
        for (answers, (file, person), stands, why) in [
            (authorises(ala), own(ala), true, "of whom it authorises"),
            (authorises(boss), own(boss), true, "the manager's own"),
            (authorises(boss), own(ala), false, "of somebody else"),
            (authorises(ala), (family, None), false, "a family's"),
            (authorises(ala), (own_file(ala), None), false, "of somebody whom the office does not know"),
            (Answers::default().with(PAPER, Paper::Authorisation), own(ala), false, "it says of nobody"),
            (card(ala, Scope::All), own(ala), true, "of whom it stands in for"),
            (card(ala, Scope::This), own(ala), false, "no family is there that could be meant"),
            (card(boss, Scope::All), own(ala), false, "of somebody else"),
            (card(ala, Scope::All), (family, None), true, "a family's"),
            (card(ala, Scope::This), (family, None), true, "the family that is meant"),
        ] {
            let mut record = record(1, RecordKind::Paper, answers);
            (record.made.by, record.family) = (boss, file);
            assert_eq!(stands_in_its_file(&record, person), stands, "{why}");
        }
    }

    #[test]
    fn only_who_works_with_families_reads_their_own_file() {
        let (user, office) = (UserId(Uuid::from_u128(7)), OfficeId(Uuid::from_u128(1)));
        for role in Role::ALL {
            let actor = Actor { user, office, role: *role };
            let works = !matches!(role, Role::SysAdmin | Role::Dpo);
            assert_eq!(is_own_file(&actor, own_file(user)), works, "{role:?}");
            assert!(!is_own_file(&actor, own_file(UserId(Uuid::from_u128(8)))));
        }
    }

    #[test]
    fn another_office_does_not_exist() {
        for role in Role::ALL {
            for deed in Deed::ALL {
                for object in Object::ALL {
                    assert!(!may(*role, *deed, *object, Tie::Foreign));
                }
            }
        }
    }

    #[test]
    fn the_administrator_and_the_inspector_never_see_a_family() {
        for role in [Role::SysAdmin, Role::Dpo] {
            for deed in Deed::ALL {
                for object in
                    [Object::FamilyFile, Object::FieldWork, Object::Paper, Object::Allocation, Object::Figures]
                {
                    for tie in Tie::ALL {
                        assert!(!may(role, *deed, object, *tie), "{role:?} {deed:?} {object:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_assistant_writes_only_where_assigned_and_late_work_is_kept() {
        let write = |object, tie| may(Role::Assistant, Deed::Write, object, tie);
        assert!(write(Object::FieldWork, Tie::Own));
        assert!(write(Object::FieldWork, Tie::Former));
        assert!(!write(Object::FieldWork, Tie::Office));
        assert!(!write(Object::Allocation, Tie::Own));
        assert!(!may(Role::Assistant, Deed::Read, Object::FamilyFile, Tie::Former));
        assert!(!may(Role::Manager, Deed::Write, Object::FieldWork, Tie::Office));
    }
}
