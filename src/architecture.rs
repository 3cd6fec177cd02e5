//! A test: who may use whom. The table is the drawing in `ARCHITECTURE.md`.

use std::{fs, path::Path};

/// Module → the modules that it may name.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("sync", &["domain", "sync"]),
    ("api", &["domain", "sync", "api", "server"]),
    ("server", &["domain", "sync", "api", "server"]),
    ("client", &["domain", "sync", "api", "ui", "client"]),
    ("ui", &["domain", "sync", "api", "ui"]),
];

/// Words that the pure rings and the screens must not know.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("domain", &["leptos", "sqlx", "web_sys", "js_sys", "tokio", "axum", "Utc::now", "Local::now", "cfg(feature"]),
    ("sync", &["leptos", "sqlx", "web_sys", "js_sys", "tokio", "axum", "Utc::now", "Local::now", "cfg(feature"]),
    ("api", &["sqlx", "web_sys", "cfg(feature"]),
    ("ui", &["sqlx", "cfg(feature"]),
    ("client", &["sqlx", "cfg(feature"]),
];

fn sources(dir: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, visit);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            visit(&path, &fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

fn complaints(module: &str, allowed: &[&str], path: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        for used in line.split("crate::").skip(1) {
            let name: String = used.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let known = MAY_USE.iter().any(|(module, _)| *module == name);
            if known && !allowed.contains(&name.as_str()) {
                found.push(format!("{}:{}: {module} may not use {name}", path.display(), number + 1));
            }
        }
        for (_, words) in FORBIDDEN.iter().filter(|(room, _)| *room == module) {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {module} must not know {word}", path.display(), number + 1));
            }
        }
        if module != "server" && line.contains("sqlx::query") {
            found.push(format!("{}:{}: SQL lives in server/db", path.display(), number + 1));
        }
    }
    found
}

#[test]
fn every_module_names_only_what_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for (module, allowed) in MAY_USE {
        sources(&root.join(module), &mut |path, text| found.extend(complaints(module, allowed, path, text)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn sql_stays_in_its_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/server");
    let mut found = Vec::new();
    sources(&root, &mut |path, text| {
        let in_room = path.components().any(|part| part.as_os_str() == "db");
        if !in_room && text.contains("sqlx::") {
            found.push(path.display().to_string());
        }
    });
    assert!(found.is_empty(), "SQL outside server/db: {found:?}");
}

#[test]
fn a_planted_import_is_caught() {
    let found = complaints("sync", &["domain", "sync"], Path::new("planted.rs"), "use crate::server::db::Db;");
    assert_eq!(found.len(), 1);
}
