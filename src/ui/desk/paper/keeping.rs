//! What of a paper stands in the office and what is on its way there. One thing at a time: a change is answered
//! before the next one is made, and one that got no answer is sent again before anything else.

use crate::{
    domain::{
        change::{Action, Change, edits_between},
        documents::papers::course::{HANDED_IN_ON, LIFE},
        form::Answers,
        ids::Rev,
    },
    ui::desk::writing::About,
};

/// A paper as somebody wants it to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Its answers.
    pub answers: Answers,
    /// It is handed in; else it is a draft put aside.
    pub hands_in: bool,
}

/// A paper between this window and the office.
#[derive(Debug)]
pub struct Keeping {
    about: About,
    kept: Option<Answers>,
    unanswered: Option<(Change, Wish)>,
    wish: Option<Wish>,
    at_work: bool,
}

impl Keeping {
    /// A paper that stands in the office like this, or not at all yet.
    pub fn new(about: About, kept: Option<Answers>) -> Self {
        Self { about, kept, unanswered: None, wish: None, at_work: false }
    }

    /// Somebody wants it so. Must the work begin? A handing in is not overtaken by a draft.
    pub fn wish(&mut self, wish: Wish) -> bool {
        if wish.hands_in || !self.wish.as_ref().is_some_and(|earlier| earlier.hands_in) {
            self.wish = Some(wish);
        }
        !std::mem::replace(&mut self.at_work, true)
    }

    /// The change to send now; nothing when all is kept. `make` gives it an id, an author and a time.
    pub fn next(&mut self, make: impl FnOnce(About, Action) -> Option<Change>) -> Option<Change> {
        if let Some((change, _)) = &self.unanswered {
            return Some(change.clone());
        }
        let made = self.wish.take().and_then(|wish| {
            let before = self.kept.clone().unwrap_or_default();
            let edits = edits_between(&before, &wish.answers);
            let change = (!edits.is_empty()).then(|| make(self.about, Action::Write(edits))).flatten()?;
            Some((change, wish))
        });
        self.at_work = made.is_some();
        self.unanswered = made;
        self.unanswered.as_ref().map(|(change, _)| change.clone())
    }

    /// The office took it, at this revision. Says what it took.
    pub fn taken(&mut self, rev: Rev) -> Option<Wish> {
        let (_, wish) = self.unanswered.take()?;
        self.about.base = rev;
        self.kept = Some(wish.answers.clone());
        Some(wish)
    }

    /// Others wrote as well: this is what stands by now.
    pub fn stands(&mut self, rev: Rev, answers: Answers) {
        self.about.base = rev;
        self.kept = Some(answers);
    }

    /// The office said no, to what it gives back. The work ends; what is wanted next, the person says.
    pub fn refused(&mut self) -> Option<Wish> {
        self.rest();
        self.unanswered.take().map(|(_, wish)| wish)
    }

    /// It did not get through. The work ends, and begins with the same change when it begins again.
    pub fn rest(&mut self) {
        self.wish = None;
        self.at_work = false;
    }

    /// The answers as the office has them, when it has any.
    pub fn kept(&self) -> Option<&Answers> {
        self.kept.as_ref()
    }

    /// Is something still wanted that says other than what was taken?
    pub fn wants_other(&self) -> bool {
        let kept = self.kept.as_ref().map(said);
        self.wish.as_ref().is_some_and(|wish| Some(said(&wish.answers)) != kept)
    }

    /// Would these answers change anything in the office?
    pub fn differs(&self, answers: &Answers) -> bool {
        self.unanswered.is_some() || self.kept.as_ref() != Some(answers)
    }
}

/// What people wrote, however far the paper has come.
fn said(answers: &Answers) -> Answers {
    let mut said = answers.clone();
    for key in [LIFE.name(), HANDED_IN_ON.name()] {
        said.set_raw(key, None);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        documents::RecordKind,
        form::Value,
        ids::{ChangeId, FamilyId, RecordId, UserId},
    };
    use uuid::Uuid;

    fn about() -> About {
        let (record, family) = (RecordId(Uuid::from_u128(1)), FamilyId(Uuid::from_u128(2)));
        About { record, kind: RecordKind::Paper, family, base: Rev::NONE, form: 1 }
    }

    fn answers(text: &str) -> Answers {
        let mut answers = Answers::default();
        answers.set_raw("a", Some(Value::Text(text.to_owned())));
        answers
    }

    fn aside(text: &str) -> Wish {
        Wish { answers: answers(text), hands_in: false }
    }

    fn make(n: u128) -> impl FnOnce(About, Action) -> Option<Change> {
        move |about, action| {
            Some(Change {
                id: ChangeId(Uuid::from_u128(n)),
                record: about.record,
                kind: about.kind,
                family: about.family,
                base: about.base,
                after: None,
                action,
                author: UserId(Uuid::from_u128(9)),
                at: "2026-11-22T10:00:00Z".parse().unwrap(),
                offset: 60,
                form: 1,
            })
        }
    }

    fn number(change: Option<Change>) -> Option<u128> {
        change.map(|change| change.id.0.as_u128())
    }

    #[test]
    fn one_thing_is_sent_at_a_time_and_the_last_words_are_the_next() {
        let mut paper = Keeping::new(about(), None);
        assert!(paper.wish(aside("1")));
        let first = paper.next(make(1));
        assert_eq!(first.as_ref().map(|change| change.base), Some(Rev::NONE));
        assert!(!paper.wish(aside("2")), "somebody is at work already");
        assert!(!paper.wish(aside("3")));
        assert_eq!(paper.taken(Rev(5)), Some(aside("1")));
        let second = paper.next(make(2)).unwrap();
        assert_eq!(second.base, Rev(5));
        let Action::Write(edits) = second.action else { panic!() };
        assert_eq!(edits["a"].before, Some(Value::Text("1".into())));
        assert_eq!(edits["a"].after, Some(Value::Text("3".into())));
        paper.taken(Rev(6));
        assert_eq!(number(paper.next(make(3))), None);
        assert!(paper.wish(aside("4")), "the work had ended");
    }

    #[test]
    fn what_got_no_answer_goes_again_as_it_was() {
        let mut paper = Keeping::new(about(), None);
        paper.wish(aside("1"));
        assert_eq!(number(paper.next(make(1))), Some(1));
        paper.rest();
        assert!(paper.differs(&answers("1")), "nobody knows whether it stands");
        assert!(paper.wish(aside("2")));
        assert_eq!(number(paper.next(make(2))), Some(1));
        paper.taken(Rev(5));
        assert_eq!(number(paper.next(make(3))), Some(3));
    }

    #[test]
    fn what_was_refused_is_made_anew() {
        let mut paper = Keeping::new(about(), Some(answers("0")));
        paper.wish(aside("1"));
        paper.next(make(1));
        assert_eq!(paper.refused(), Some(aside("1")));
        assert!(paper.wish(aside("2")));
        assert_eq!(number(paper.next(make(2))), Some(2));
    }

    #[test]
    fn a_draft_does_not_overtake_a_handing_in() {
        let mut paper = Keeping::new(about(), None);
        paper.wish(aside("1"));
        paper.next(make(1));
        paper.wish(Wish { answers: answers("2"), hands_in: true });
        paper.wish(aside("2"));
        paper.taken(Rev(5));
        assert!(paper.wants_other());
        paper.next(make(2));
        assert_eq!(paper.taken(Rev(6)).map(|wish| wish.hands_in), Some(true));
    }

    #[test]
    fn a_paper_handed_in_twice_says_the_same_unless_it_was_changed_between() {
        let handed_in = |text: &str| answers(text).with(LIFE, crate::domain::procedure::Life::Signed);
        for (again, other) in [(handed_in("1"), false), (answers("1"), false), (handed_in("2"), true)] {
            let mut paper = Keeping::new(about(), None);
            paper.wish(Wish { answers: handed_in("1"), hands_in: true });
            paper.next(make(1));
            paper.rest();
            paper.wish(Wish { answers: again, hands_in: true });
            paper.next(make(2));
            paper.taken(Rev(5));
            assert_eq!(paper.wants_other(), other);
        }
    }

    #[test]
    fn what_stands_already_is_not_sent() {
        let mut paper = Keeping::new(about(), Some(answers("1")));
        assert!(!paper.differs(&answers("1")));
        paper.wish(aside("1"));
        assert_eq!(number(paper.next(make(1))), None);
        paper.stands(Rev(9), answers("2"));
        assert!(paper.differs(&answers("1")));
    }
}
