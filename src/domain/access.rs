//! Who may do what: the permission matrix of spec/domain.md 1.2 as **one** function.
//!
//! Server functions, sync, pages and screens all ask [`may`]; nothing else decides.

use super::{
    documents::{
        RecordKind,
        papers::{OWN_WORK, course::PAPER},
    },
    form::choices,
    ids::{FamilyId, OfficeId, UserId},
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

/// The file of a person's own work. Their reports and records of time and travel are about no family, so they have
/// a file of their own beside those of families; it bears the person's id, and so it is known without asking
/// whose it is. It has neither card nor case: no list of families, no figure and no search meets it.
pub fn own_file(user: UserId) -> FamilyId {
    FamilyId(user.0)
}

/// Is this the file of the actor's own work? Only assistants keep one.
pub fn is_own_file(actor: &Actor, file: FamilyId) -> bool {
    actor.role == Role::Assistant && file == own_file(actor.user)
}

/// Papers about somebody's own work stand in the own file of whoever made them, and nothing else does.
pub fn stands_in_its_file(record: &Record) -> bool {
    let paper = (record.kind == RecordKind::Paper).then(|| record.answers.get(PAPER)).flatten();
    let about_own_work = paper.is_some_and(|paper| OWN_WORK.contains(&paper));
    about_own_work == (record.family == own_file(record.made.by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{form::Answers, procedure::Paper, testing::record};
    use uuid::Uuid;

    #[test]
    fn papers_about_own_work_stand_in_the_own_file_and_nothing_else_does() {
        let user = UserId(Uuid::from_u128(7));
        let stands = |kind, paper: Option<Paper>, file| {
            let answers = paper.map(|paper| Answers::default().with(PAPER, paper)).unwrap_or_default();
            let mut record = record(1, kind, answers);
            record.made.by = user;
            stands_in_its_file(&Record { family: file, ..record })
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
            assert_eq!(stands(kind, paper, own_file(user)), about_own_work, "{kind:?} {paper:?}");
            assert_eq!(stands(kind, paper, family), !about_own_work, "{kind:?} {paper:?}");
            assert_eq!(stands(kind, paper, own_file(UserId(Uuid::from_u128(8)))), !about_own_work, "{kind:?}");
        }
    }

    #[test]
    fn only_an_assistant_keeps_a_file_of_their_own_work() {
        let (user, office) = (UserId(Uuid::from_u128(7)), OfficeId(Uuid::from_u128(1)));
        for role in Role::ALL {
            let actor = Actor { user, office, role: *role };
            assert_eq!(is_own_file(&actor, own_file(user)), *role == Role::Assistant);
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
