//! W3 and W5: two hundred clients at once.

use super::{
    Done, bare, cards,
    people::{self, Assistant, Office},
    program::Program,
    report::{against, human, line, mebibytes, percentile},
    store::{Kind, Store, count},
    wire::{self, Crowd, Line, all_at_once},
};
use asysta::{
    domain::{change::Change, ids::Rev},
    sync::protocol::{Response, Verdict, unpack},
};

const CLIENTS: usize = 200;
const CARDS_EACH: usize = 50;
/// Everybody asks so many times: one round alone would make the p99 the second worst of two hundred.
const ROUNDS: usize = 10;

pub async fn measure(kind: Kind) -> Done<()> {
    let store = Store::new(kind).await?;
    let office = people::found(&store, CLIENTS).await?;
    let program = Program::asysta(&store.url).await?;
    let bodies = send(&program, &office, &store).await?;
    ask(&program, &office).await?;
    drop(program);
    let missing = i64::try_from(bodies)? + i64::try_from(2 * CLIENTS)? - records(&store).await?;
    line("W3", "  cards missing in the office afterwards", &missing.to_string(), "0", "");
    store.end().await
}

/// Everybody sends their cards. Gives the number of cards.
async fn send(program: &Program, office: &Office, store: &Store) -> Done<usize> {
    let everybody = || office.assistants.iter();
    let cards: Vec<Vec<Change>> =
        everybody().map(|assistant| (0..CARDS_EACH).map(|_| cards::visit(assistant)).collect()).collect();
    let bodies = cards.iter().flatten().map(cards::json).collect::<Done<Vec<_>>>()?;
    let bare = bare::inserts(store, &bodies, CLIENTS).await?;
    let packed = everybody().zip(&cards).map(|(assistant, cards)| packed(assistant, cards, office.rev));
    let requests = packed.collect::<Done<Vec<_>>>()?;
    let lines = Line::open_many(program.address, CLIENTS).await?;
    let mut crowd = all_at_once(lines, requests, 1).await?;
    let accepted = crowd.answers.iter().map(|answer| accepted(answer)).sum::<Done<usize>>()?;
    let what = format!("{CLIENTS} clients × {CARDS_EACH} at once, {} accepted", accepted);
    line("W3", &what, &human(crowd.took), "1.0 s", &against(crowd.took, bare, "bare inserts, as many commits"));
    line("W3", "  one client's time, p99", &human(percentile(&mut crowd.times, 99)), "1.0 s", "");
    line("W3", "  memory of the server at its most", &mebibytes(program.most_memory()), "60 MiB", "");
    Ok(bodies.len())
}

fn accepted(answer: &[u8]) -> Done<usize> {
    let answer = unpack::<Response>(answer)?;
    let accepted = answer.receipts.iter().filter(|receipt| matches!(receipt.verdict, Verdict::Accepted { .. }));
    Ok(accepted.count())
}

fn packed(assistant: &Assistant, cards: &[Change], known: Rev) -> Done<Vec<u8>> {
    Ok(wire::exchange(&assistant.cookie, &cards::pack_up(&assistant.request(cards, known))?))
}

/// Everybody asks, and there is nothing new.
async fn ask(program: &Program, office: &Office) -> Done<()> {
    let known = Rev(i64::MAX);
    let requests = office.assistants.iter().map(|assistant| packed(assistant, &[], known)).collect::<Done<Vec<_>>>()?;
    let up = requests[0].len();
    // The first time, the phones may have to be noted; the others only ask.
    let lines = Line::open_many(program.address, CLIENTS).await?;
    let first = all_at_once(lines, requests.clone(), 1).await?;
    let lines = Line::open_many(program.address, CLIENTS).await?;
    let mut crowd = all_at_once(lines, requests, ROUNDS).await?;
    let mut bare = asked_bare(up, first.answers[0].len()).await?;
    let (time, bare) = (percentile(&mut crowd.times, 99), percentile(&mut bare.times, 99));
    let what = format!("{CLIENTS} ask at once, {ROUNDS} times, nothing new: p99");
    line("W5", &what, &human(time), "20 ms", &against(time, bare, "bare server"));
    Ok(())
}

async fn asked_bare(up: usize, down: usize) -> Done<Crowd> {
    let server = Program::bare().await?;
    let lines = Line::open_many(server.address, CLIENTS).await?;
    all_at_once(lines, vec![bare::request(up, down); CLIENTS], ROUNDS).await
}

async fn records(store: &Store) -> Done<i64> {
    let db = store.open().await?;
    let number = count(&db, "select count(*) from records").await?;
    db.close().await;
    Ok(number)
}
