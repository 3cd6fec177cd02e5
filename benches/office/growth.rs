//! G1: a push of one card and an empty pull cost the same however much the office holds.

use super::{
    Done, bulk, cards,
    people::{self, Assistant},
    program::Program,
    report::{human, line, median},
    store::{Kind, Store, run},
    wire::{self, Line},
};
use asysta::domain::{change::Change, ids::Rev};
use std::time::{Duration, Instant};

const FEW: i64 = 1_000;
const MANY: i64 = 1_000_000;
/// Records that are added in one transaction.
const STEP: i64 = 20_000;
/// What is not there by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const TRIES: usize = 101;
const ASSISTANTS: usize = 9;

pub async fn measure(kind: Kind) -> Done<()> {
    let (small, large) = (Place::new(kind, FEW).await?, Place::new(kind, FEW).await?);
    let held = fill(&large.store, PATIENCE).await?;
    if kind == Kind::Postgres {
        // As its own housekeeping does before long.
        large.tidy().await?;
        small.tidy().await?;
    }
    let (mut few, mut many) = (small.open().await?, large.open().await?);
    for _ in 0..TRIES {
        // In turn, so that both meet the same moods of the machine.
        few.ask().await?;
        many.ask().await?;
    }
    report(held, few, many);
    small.store.end().await?;
    large.store.end().await
}

fn report(held: i64, mut few: Phone, mut many: Phone) {
    let pushes = ("a push of one card", median(&mut few.pushes), median(&mut many.pushes));
    let pulls = ("an empty pull", median(&mut few.pulls), median(&mut many.pulls));
    for (what, few, many) in [pushes, pulls] {
        let compared = format!("{:.2} × at {FEW} ({})", many.as_secs_f64() / few.as_secs_f64(), human(few));
        line("G1", &format!("{what} at {held} records"), &human(many), "as at 1,000", &compared);
    }
}

/// Adds records as long as patience lasts, and says how many there are.
async fn fill(store: &Store, patience: Duration) -> Done<i64> {
    let began = Instant::now();
    let mut held = FEW;
    while held < MANY && began.elapsed() < patience {
        let more = (held / STEP + 1) * STEP;
        bulk::grow(store, held, more).await?;
        held = more;
    }
    Ok(held)
}

/// An office with one assistant who has a family of her own; all other records are other people's.
struct Place {
    store: Store,
    assistant: Assistant,
}

impl Place {
    async fn new(kind: Kind, records: i64) -> Done<Self> {
        let store = Store::new(kind).await?;
        let office = people::found(&store, ASSISTANTS).await?;
        bulk::grow(&store, 0, records).await?;
        let assistant = office.assistants.into_iter().next().ok_or("nobody works here")?;
        Ok(Self { store, assistant })
    }

    async fn tidy(&self) -> Done<()> {
        let db = self.store.open().await?;
        run(&mut db.read().await?, "analyze").await?;
        db.close().await;
        Ok(())
    }

    async fn open(&self) -> Done<Phone> {
        let program = Program::asysta(&self.store.url).await?;
        let line = Line::open(program.address).await?;
        Ok(Phone { _program: program, line, assistant: self.assistant.clone(), pushes: Vec::new(), pulls: Vec::new() })
    }
}

/// A phone that pushes one card and then asks for news, of which there are none.
struct Phone {
    _program: Program,
    line: Line,
    assistant: Assistant,
    pushes: Vec<Duration>,
    pulls: Vec<Duration>,
}

impl Phone {
    async fn ask(&mut self) -> Done<()> {
        let card = cards::visit(&self.assistant);
        let push = self.time(&[card]).await?;
        self.pushes.push(push);
        // A push moves the office's revision: the pull after it is looked up anew.
        let pull = self.time(&[]).await?;
        self.pulls.push(pull);
        Ok(())
    }

    async fn time(&mut self, changes: &[Change]) -> Done<Duration> {
        let request = self.assistant.request(changes, Rev(i64::MAX));
        let request = wire::exchange(&self.assistant.cookie, &cards::pack_up(&request)?);
        let began = Instant::now();
        self.line.ask(&request).await?;
        Ok(began.elapsed())
    }
}
