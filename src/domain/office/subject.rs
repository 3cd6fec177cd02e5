//! Which declared form something is laid over.

use crate::domain::{
    documents::{RecordKind, papers},
    form::{Answers, Form},
    procedure::Paper,
};

/// Declarations that a release replaced by a newer one: code of the form, and the form as it was. What was
/// written in them opens in them.
const EARLIER: &[(&str, &Form)] = &[];

/// A declared form that an office may lay something over: that of a kind of record or of a paper.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Code of the record kind ("visit") or of the paper ("NR_4").
    pub code: &'static str,
    /// The newest declaration.
    pub declared: &'static Form,
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Subject {}

impl Subject {
    /// The form of a record with these answers; nothing for a paper that this program does not know.
    pub fn of(kind: RecordKind, answers: &Answers) -> Option<Self> {
        match kind {
            RecordKind::Paper => Self::paper(answers.get(papers::course::PAPER)?),
            _ => Some(Self { code: kind.code(), declared: kind.form() }),
        }
    }

    /// The form of a paper; nothing for those that are other records. Papers that share a form (consent,
    /// refusal, resignation) are one subject, called by the first of them.
    pub fn paper(paper: Paper) -> Option<Self> {
        let declared = papers::form_of(paper)?;
        let is_same = |other: &&Paper| papers::form_of(**other).is_some_and(|form| std::ptr::eq(form, declared));
        let first = Paper::ALL.iter().find(is_same)?;
        Some(Self { code: first.code(), declared })
    }

    /// Every form that something can be laid over.
    pub fn all() -> Vec<Self> {
        let nothing = Answers::default();
        let mut all: Vec<Self> = RecordKind::ALL.iter().filter_map(|kind| Self::of(*kind, &nothing)).collect();
        for subject in Paper::ALL.iter().filter_map(|paper| Self::paper(*paper)) {
            if !all.contains(&subject) {
                all.push(subject);
            }
        }
        all
    }

    /// Is it one of those that the office's editor offers?
    pub fn is_offered(self) -> bool {
        self.why_closed().is_none()
    }

    /// Why the office's editor does not offer it, in Polish; nothing when it does.
    pub fn why_closed(self) -> Option<&'static str> {
        match self.code.parse() {
            Ok(RecordKind::Case) => Some("Nikt jej nie wypełnia: zapisują ją kroki postępowania."),
            Ok(RecordKind::Family) => {
                Some("Z niej wypełniają się wszystkie inne dokumenty, więc jest wszędzie taka sama.")
            }
            _ => None,
        }
    }

    /// By its code.
    pub fn read(code: &str) -> Option<Self> {
        match code.parse::<RecordKind>() {
            Ok(kind) => Self::of(kind, &Answers::default()),
            Err(()) => Self::paper(code.parse().ok()?).filter(|subject| subject.code == code),
        }
    }

    /// The declaration of that version; the newest one when it is newer than this program.
    pub fn declared_in(self, version: u16) -> &'static Form {
        one_of(EARLIER, self, version)
    }
}

fn one_of(earlier: &[(&str, &'static Form)], subject: Subject, version: u16) -> &'static Form {
    let then = earlier.iter().find(|(code, form)| *code == subject.code && form.version == version);
    then.map_or(subject.declared, |(_, form)| form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{documents::visit_card, office::FormVersion};

    #[test]
    fn every_form_is_found_by_its_code() {
        let all = Subject::all();
        for subject in &all {
            assert_eq!(Subject::read(subject.code), Some(*subject));
            assert!((1..=FormVersion::MOST_DECLARATIONS).contains(&subject.declared.version), "{}", subject.code);
        }
        assert!(all.len() > 30, "{}", all.len());
        let kept: Vec<&str> = all.iter().filter(|subject| !subject.is_offered()).map(|subject| subject.code).collect();
        assert_eq!(kept, ["family", "case"], "cards that the program itself reads and writes");
        assert_eq!(Subject::read("paper"), None, "the course of papers is not the office's to change");
        assert_eq!(Subject::read("NR_3B"), None, "called by the first of those that share it");
        assert_eq!(Subject::paper(Paper::Refusal), Subject::read("NR_3A"));
        assert_eq!(Subject::paper(Paper::Interview), None);
    }

    #[test]
    fn what_was_written_in_an_earlier_declaration_opens_in_it() {
        static THEN: Form = Form { title: "Dawna", version: 1, ..visit_card::FORM };
        static NOW: Form = Form { title: "Nowa", version: 2, ..visit_card::FORM };
        let subject = Subject { code: "visit", declared: &NOW };
        let title = |version| one_of(&[("NR_4", &NOW), ("visit", &THEN)], subject, version).title;
        assert_eq!([title(1), title(2), title(3)], ["Dawna", "Nowa", "Nowa"]);
    }
}
