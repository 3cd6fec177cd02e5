//! The list of fields that the program computes from, held against what it reads.

use super::*;
use crate::domain::form::Key;
use std::{fs, path::Path};

/// Who reads papers, and how they call them.
const READINGS: &[&str] = &["procedure/reading.rs", "deadlines/reading.rs", "deadlines/facts.rs"];
const CALLED: &[(&str, &str, &str)] = &[
    ("visit_card", "documents/visit_card.rs", "visit"),
    ("case_card", "documents/case_card.rs", "case"),
    ("family_card", "documents/family_card.rs", "family"),
    ("plan", "documents/plan.rs", "plan"),
    ("plan", "documents/plan.rs", "NR_6"),
    ("plan_paper", "documents/papers/plan.rs", "NR_6"),
    ("plan", "documents/papers/plan.rs", "NR_6"),
    ("handover", "documents/papers/handover.rs", "NR_2"),
    ("consent", "documents/papers/consent.rs", "NR_3A"),
];

/// The code of a file without its tests; nothing of one that is no more.
fn source(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain");
    let text = fs::read_to_string(root.join(path)).unwrap_or_default();
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// Names of constants that are read as `module::NAME`.
fn read_from(module: &str, text: &str) -> Vec<String> {
    let ends = |text: &str| text.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let mark = [module, "::"].concat();
    let mut names = Vec::new();
    for (place, _) in text.match_indices(&mark).filter(|(place, _)| !ends(&text[..*place])) {
        let rest = &text[place + mark.len()..];
        let name: String = rest.chars().take_while(|letter| letter.is_ascii_uppercase() || *letter == '_').collect();
        let is_constant = name.len() > 1 && !ends(&rest[name.len()..rest.len().min(name.len() + 1)]);
        names.extend(is_constant.then_some(name));
    }
    names
}

/// The key behind a constant.
fn key_of(name: &str, text: &str) -> Option<String> {
    let declared = text.split(&["const ", name, ": Key<"].concat()).nth(1)?;
    Some(declared.split("Key::new(\"").nth(1)?.split('"').next()?.to_owned())
}

#[test]
fn what_terms_and_steps_read_cannot_be_hidden() {
    let mut found = 0;
    for reading in READINGS {
        let text = source(reading);
        for (module, file, code) in CALLED {
            let declarations = source(file);
            let Some(subject) = Subject::read(code) else { continue };
            for key in read_from(module, &text).iter().filter_map(|name| key_of(name, &declarations)) {
                if subject.declared.field(&key).is_some() {
                    found += 1;
                    let stays = why_it_stays(subject, subject.declared, &key).is_some();
                    assert!(stays, "{reading} reads {key} of {code}, which an office could hide: list it in rules.rs");
                }
            }
        }
    }
    assert!(found > 15, "{found}");
}

#[test]
fn what_the_list_names_is_there() {
    for (code, paths) in rules::COMPUTED_FROM {
        for path in *paths {
            let subject = subject(code);
            assert!(flaws::declared(subject.declared, path).is_some(), "{code}: {path}");
        }
    }
    assert_eq!(Key::<String>::new("own_x").name().strip_prefix(OWN), Some("x"));
    let all = Subject::all();
    let taken = all.iter().flat_map(|subject| subject.declared.fields()).find(|field| field.key.starts_with(OWN));
    assert_eq!(taken, None, "the prefix belongs to the offices");
}
