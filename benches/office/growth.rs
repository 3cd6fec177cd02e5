//! G1: a push of one card and an empty pull cost the same however much the office holds.

use super::{
    Done, bulk, cards,
    people::{self, Assistant},
    program::Program,
    report::{human, line, median},
    store::{Kind, Store, run},
    wire::{self, Line},
};
use asysta::domain::ids::Rev;
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
    let store = Store::new(kind).await?;
    // The measured assistant has a family of her own; all others are other people's.
    let office = people::found(&store, ASSISTANTS).await?;
    bulk::grow(&store, 0, FEW).await?;
    let few = costs(&store, &office.assistants[0]).await?;
    let began = Instant::now();
    let mut held = FEW;
    while held < MANY && began.elapsed() < PATIENCE {
        let more = (held / STEP + 1) * STEP;
        bulk::grow(&store, held, more).await?;
        held = more;
    }
    if kind == Kind::Postgres {
        // As its own housekeeping does before long.
        let db = store.open().await?;
        run(&mut db.read().await?, "analyze").await?;
        db.close().await;
    }
    let many = costs(&store, &office.assistants[0]).await?;
    for (what, few, many) in [("a push of one card", few.push, many.push), ("an empty pull", few.pull, many.pull)] {
        let compared = format!("{:.2} × at {FEW} ({})", many.as_secs_f64() / few.as_secs_f64(), human(few));
        line("G1", &format!("{what} at {held} records"), &human(many), "as at 1,000", &compared);
    }
    store.end().await
}

struct Costs {
    push: Duration,
    pull: Duration,
}

/// Medians; the office is a freshly started program, which has kept nothing in memory.
async fn costs(store: &Store, assistant: &Assistant) -> Done<Costs> {
    let program = Program::asysta(&store.url).await?;
    let mut phone = Line::open(program.address).await?;
    let known = Rev(i64::MAX);
    let empty = wire::exchange(&assistant.cookie, &cards::pack_up(&assistant.request(&[], known))?);
    let (mut pushes, mut pulls) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        let card = cards::visit(assistant);
        let push = wire::exchange(&assistant.cookie, &cards::pack_up(&assistant.request(&[card], known))?);
        for (request, times) in [(&push, &mut pushes), (&empty, &mut pulls)] {
            let began = Instant::now();
            phone.ask(request).await?;
            times.push(began.elapsed());
        }
    }
    Ok(Costs { push: median(&mut pushes), pull: median(&mut pulls) })
}
