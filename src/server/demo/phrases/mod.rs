//! The phrase bank: short, neutral sentences of a careful assistant. Impersonal forms on purpose, so
//! that they fit a mother, a father and a couple alike; strong content stands only as codes.

pub mod actions;
pub mod contacts;
pub mod observations;
pub mod plan_actions;
pub mod tasks;

/// What a family must have for a phrase to be true of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing in particular.
    Any,
    /// A child who lives at home.
    Home,
    /// A child at home who talks and plays (two years and more).
    Child,
    /// A child at home who goes to school.
    School,
    /// A child at home before school, past the first year.
    Small,
    /// A child at home in the first year.
    Baby,
    /// At least two children at home who talk and play.
    Siblings,
    /// Two adults.
    Couple,
    /// A child in foster care.
    Care,
    /// An adult in therapy of addiction.
    Therapy,
    /// A child who is expected.
    Unborn,
    /// A parent of age.
    Grown,
    /// A parent under age.
    Minor,
}

#[cfg(test)]
mod tests {
    use super::{actions::ACTIONS, contacts, observations::OBSERVATIONS, tasks::TASKS};
    use crate::domain::codes::StatutoryTask;
    use std::collections::BTreeSet;

    #[test]
    fn the_bank_is_rich_enough() {
        use StatutoryTask::*;
        for code in [
            FamilyPlan,
            LifeSituation,
            SocialProblems,
            Psychological,
            Parenting,
            SocialActivity,
            Employment,
            ChildSupport,
            Consultations,
            Monitoring,
        ] {
            let count = ACTIONS.iter().filter(|action| action.code == code).count();
            assert!(count >= 12, "{code:?}: {count}");
        }
        assert!(OBSERVATIONS.len() >= 20);
        assert!(TASKS.len() >= 40);
        let distinct: BTreeSet<_> = TASKS.iter().map(|task| task.text).collect();
        assert_eq!(distinct.len(), TASKS.len());
    }

    #[test]
    fn sentences_are_whole_and_plain() {
        let actions = ACTIONS.iter().map(|action| action.text);
        let observations = OBSERVATIONS.iter().map(|observation| observation.text);
        let contacts = contacts::INSTITUTIONS.iter().map(|contact| contact.text);
        let calls = contacts::CALLS.iter().map(|call| call.text);
        let effects = TASKS.iter().flat_map(|task| [task.done, task.partly, task.not]);
        for text in actions.chain(observations).chain(contacts).chain(calls).chain(effects) {
            assert!(text.ends_with('.') && !text.contains("  ") && text.trim() == text, "{text}");
            assert!(text.chars().next().is_some_and(char::is_uppercase), "{text}");
            assert!((15..=300).contains(&text.chars().count()), "{text}");
        }
        for task in TASKS {
            assert!(!task.text.ends_with('.') && task.text.chars().count() <= 90, "{}", task.text);
        }
    }
}
