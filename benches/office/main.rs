//! How fast the office is: the targets W1 to W6, D1, S1 and G1, asked of the built program over TCP,
//! with session, rights, deduplication, access log and fsync on, on SQLite and, when `ASYSTA_TEST_PG`
//! names a server, on PostgreSQL. Each line says the figure, its goal, and how it compares with
//! something bare that was measured in the same run; nothing here fails on a clock.
//!
//! `cargo bench --features ssr --bench office`; words after `--` choose parts: `sqlite`, `postgres`,
//! `start`, `one`, `many`, `desk`, `growth`.

#![expect(clippy::disallowed_methods, reason = "a benchmark is an edge: it reads the clock")]

mod bare;
mod bulk;
mod cards;
mod desk;
mod growth;
mod many;
mod one;
mod people;
mod program;
mod report;
mod start;
mod store;
mod wire;

use std::error::Error;
use store::Kind;

/// Nothing is expected to fail; when something does, its sentence is enough.
type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Done<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The same program is the bare server too: a process of its own, like the one that is measured.
    if words.first().is_some_and(|word| word == bare::SERVE) {
        return runtime.block_on(bare::serve());
    }
    runtime.block_on(measure(&words))
}

async fn measure(words: &[String]) -> Done<()> {
    let chosen = |group: &[&str], name: &str| {
        let named = words.iter().any(|word| word == name);
        named || !words.iter().any(|word| group.contains(&word.as_str()))
    };
    for kind in Kind::at_hand().into_iter().filter(|kind| chosen(&["sqlite", "postgres"], kind.name())) {
        report::title(kind.name());
        let part = |name| chosen(&["start", "one", "many", "desk", "growth"], name);
        if part("start") {
            start::measure(kind).await?;
        }
        if part("one") {
            one::measure(kind).await?;
        }
        if part("many") {
            many::measure(kind).await?;
        }
        if part("desk") {
            desk::measure(kind).await?;
        }
        if part("growth") {
            growth::measure(kind).await?;
        }
    }
    Ok(())
}
