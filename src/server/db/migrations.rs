//! The tables' history, within the program: `migrations/` has a folder for each database.
//!
//! The files are named here one by one. The macro that would read the folder compiles SQLite a second
//! time, for the compiler's own use: a minute of everybody's first build.

use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// Name and text of each file of one folder, in order.
type Files = &'static [(&'static str, &'static str)];

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $folder, "/", $name)))),+]
    };
}

const SQLITE: Files = files!["sqlite":
    "0001_office.sql",
    "0002_login_tries_by_age.sql",
    "0003_contents.sql",
    "0004_statistics_of_a_large_office.sql",
    "0005_papers.sql",
    "0006_calendar.sql",
    "0007_office_book.sql",
    "0008_substitutions.sql",
    "0009_epoch.sql",
    "0010_sealed.sql",
    "0011_staff.sql",
    "0012_past_epochs.sql",
];

const POSTGRES: Files = files!["postgres":
    "0001_office.sql",
    "0002_login_tries_by_age.sql",
    "0003_contents.sql",
    "0004_texts_as_they_are.sql",
    "0005_papers.sql",
    "0006_calendar.sql",
    "0007_office_book.sql",
    "0008_substitutions.sql",
    "0009_epoch.sql",
    "0010_sealed.sql",
    "0011_staff.sql",
    "0012_past_epochs.sql",
];

/// Brings a SQLite database up to date.
pub fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// Brings a PostgreSQL database up to date.
pub fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(files: Files) -> Migrator {
    let steps = files.iter().filter_map(|(name, sql)| {
        let (version, subject) = numbered(name)?;
        let sql = SqlStr::from_static(sql);
        Some(Migration::new(version, subject.into(), MigrationType::Simple, sql, false))
    });
    Migrator::with_migrations(steps.collect())
}

/// `0001_office.sql` is version 1, "office".
fn numbered(name: &str) -> Option<(i64, String)> {
    let (number, subject) = name.strip_suffix(".sql")?.split_once('_')?;
    Some((number.parse().ok()?, subject.replace('_', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folders_is_taken_in_its_order() {
        for (folder, files) in [("sqlite", SQLITE), ("postgres", POSTGRES)] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
            let entries = std::fs::read_dir(folder).expect("the folder is there");
            let mut there: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
            there.sort();
            assert_eq!(there, files.iter().map(|(name, _)| *name).collect::<Vec<_>>());
            let versions: Vec<_> = migrator(files).iter().map(|step| step.version).collect();
            assert!(versions.is_sorted_by(|one, next| one < next), "{versions:?}");
        }
    }
}
