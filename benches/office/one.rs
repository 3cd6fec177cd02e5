//! W1, W2, W4, W6: one client with ten thousand cards.

use super::{
    Done, bare, cards,
    people::{self, Assistant, fresh},
    program::Program,
    report::{against, human, line},
    store::{Kind, Store, count},
    wire::{self, Line},
};
use asysta::{
    domain::{
        change::Change,
        ids::{DeviceId, Rev},
    },
    sync::{
        protocol::{MAX_CHANGES, Response, Verdict, unpack},
        replica::Replica,
    },
};
use chrono::Utc;
use std::time::{Duration, Instant};

const CARDS: usize = 10_000;

pub async fn measure(kind: Kind) -> Done<()> {
    let store = Store::new(kind).await?;
    let office = people::found(&store, 1).await?;
    let assistant = &office.assistants[0];
    let changes: Vec<Change> = (0..CARDS).map(|_| cards::visit(assistant)).collect();
    let requests = requests(assistant, &changes, office.rev)?;
    let bodies = changes.iter().map(cards::json).collect::<Done<Vec<_>>>()?;
    let bare = bare::inserts(&store, &bodies, requests.len()).await?;
    weigh(&requests, &bodies);

    let program = Program::asysta(&store.url).await?;
    let mut phone = Line::open(program.address).await?;
    let before = rows(&store).await?;
    let sent = send_all(&program, &mut phone, assistant, &requests).await?;
    // A card is a record, a change and a line of the access log; whatever else there is was written by a repeat.
    let written = rows(&store).await? - before - 3 * i64::try_from(CARDS)?;
    let goal = if kind == Kind::Sqlite { "1.0 s" } else { "1.5 s" };
    line(
        "W1",
        &format!("one client sends {CARDS}"),
        &human(sent.first),
        goal,
        &against(sent.first, bare, "bare inserts"),
    );
    if let Some(spent) = sent.cpu {
        let per_thousand = spent * 1000 / u32::try_from(CARDS)?;
        line("W1", "  processor time of the server per 1,000", &human(per_thousand), "50 ms", "");
    }
    let what = format!("all of it a second time; {written} rows written");
    line("W4", &what, &human(sent.again), "0.4 s, no write", &against(sent.again, bare, "bare inserts"));

    let (down, pages) = download(&mut phone, assistant).await?;
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let mut bare_down = Duration::ZERO;
    let server = Program::bare().await?;
    let mut empty = Line::open(server.address).await?;
    for page in &pages {
        let request = bare::request(200, page.len());
        let began = Instant::now();
        empty.ask(&request).await?;
        bare_down += began.elapsed();
    }
    let what = format!("a fresh client fetches {CARDS} in {} pages", pages.len());
    line("W2", &what, &human(down), "0.4 s", &against(down, bare_down, "the same bytes bare"));
    let json: usize = bodies.iter().map(Vec::len).sum();
    line(
        "W6",
        "bytes down per card",
        &(bytes / CARDS).to_string(),
        "720",
        &format!("{:.2} of its JSON", bytes as f64 / json as f64),
    );
    drop(program);
    store.end().await
}

fn weigh(requests: &[Vec<u8>], bodies: &[Vec<u8>]) {
    let bytes: usize = requests.iter().map(Vec::len).sum();
    let json: usize = bodies.iter().map(Vec::len).sum();
    let compared = format!("{:.2} of its JSON ({} bytes)", bytes as f64 / json as f64, json / CARDS);
    line("W6", "bytes up per card", &(bytes / CARDS).to_string(), "750", &compared);
}

/// All cards in requests as a phone sends them: each names what the one before it has reached.
fn requests(assistant: &Assistant, changes: &[Change], since: Rev) -> Done<Vec<Vec<u8>>> {
    let mut reached = since.0;
    let mut requests = Vec::new();
    for chunk in changes.chunks(MAX_CHANGES) {
        requests.push(cards::pack_up(&assistant.request(chunk, Rev(reached)))?);
        reached += i64::try_from(chunk.len())?;
    }
    Ok(requests)
}

/// What sending took.
#[derive(Default)]
struct Sent {
    first: Duration,
    again: Duration,
    /// Processor time of the server for the first time.
    cpu: Option<Duration>,
}

/// Sends requests one after another, each a second time as if its answer had been lost. Both times
/// every card is accepted, and nothing comes back but receipts.
async fn send_all(program: &Program, phone: &mut Line, assistant: &Assistant, bodies: &[Vec<u8>]) -> Done<Sent> {
    let mut sent = Sent { cpu: Some(Duration::ZERO), ..Sent::default() };
    for body in bodies {
        let request = wire::exchange(&assistant.cookie, body);
        let (began, cpu) = (Instant::now(), program.cpu());
        let answer = phone.ask(&request).await?;
        sent.first += began.elapsed();
        sent.cpu = sent.cpu.zip(program.cpu()).zip(cpu).map(|((sum, after), before)| sum + after - before);
        let began = Instant::now();
        let repeated = phone.ask(&request).await?;
        sent.again += began.elapsed();
        check(&answer)?;
        check(&repeated)?;
    }
    Ok(sent)
}

fn check(answer: &[u8]) -> Done<()> {
    let answer = unpack::<Response>(answer)?;
    let accepted = |verdict: &Verdict| matches!(verdict, Verdict::Accepted { .. });
    let all = answer.receipts.iter().filter(|receipt| accepted(&receipt.verdict)).count();
    if (all, answer.records.len()) == (MAX_CHANGES, 0) {
        return Ok(());
    }
    Err(format!("{all} of {MAX_CHANGES} accepted, {} records sent back", answer.records.len()).into())
}

/// Everything that the office ever writes when it takes a change.
async fn rows(store: &Store) -> Done<i64> {
    let db = store.open().await?;
    let sql = "select (select count(*) from records) + (select count(*) from changes) + (select count(*) from audit)";
    let rows = count(&db, sql).await?;
    db.close().await;
    Ok(rows)
}

/// The time that the wire and the server took, and the pages; what a phone does with them is not counted.
async fn download(line: &mut Line, assistant: &Assistant) -> Done<(Duration, Vec<Vec<u8>>)> {
    let mut phone = Replica::new(assistant.user, DeviceId(fresh()));
    let (mut took, mut pages) = (Duration::ZERO, Vec::new());
    loop {
        let request = wire::exchange(&assistant.cookie, &cards::pack_up(&phone.request(MAX_CHANGES, "bench"))?);
        let began = Instant::now();
        let page = line.ask(&request).await?;
        took += began.elapsed();
        let answer = unpack::<Response>(&page)?;
        pages.push(page);
        let more = answer.more;
        let writes = phone.settle(answer, Utc::now());
        phone.absorb(writes);
        if !more {
            let had = phone.records().count();
            // The family's case and card come with them.
            return if had == CARDS + 2 { Ok((took, pages)) } else { Err(format!("{had} records came").into()) };
        }
    }
}
