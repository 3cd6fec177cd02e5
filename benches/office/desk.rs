//! D1: the manager's desk over an office of a hundred thousand cards.

use super::{
    Done, bare, bulk, people,
    program::Program,
    report::{human, line, percentile},
    store::{Kind, Store},
    wire::{self, Crowd, Line, all_at_once},
};
use std::time::{Duration, Instant};

const CARDS: i64 = 100_000;
/// With the cards' thousand families, some twelve to each.
const ASSISTANTS: usize = 85;
const CONNECTIONS: usize = 32;

/// One of the desk's two pages.
struct Page {
    door: &'static str,
    what: &'static str,
    goal: &'static str,
    /// Questions on each connection.
    rounds: usize,
}

const PAGES: [Page; 2] = [
    Page { door: "overview", what: "today's figures", goal: "2,500/s, p99 25 ms", rounds: 400 },
    Page { door: "families", what: "the list of 1,000 families", goal: "1,000/s", rounds: 100 },
];

pub async fn measure(kind: Kind) -> Done<()> {
    let store = Store::new(kind).await?;
    let office = people::found(&store, ASSISTANTS).await?;
    bulk::grow(&store, 0, CARDS).await?;
    let program = Program::asysta(&store.url).await?;
    for page in &PAGES {
        let request = wire::question(page.door, &office.manager);
        let began = Instant::now();
        let answer = Line::open(program.address).await?.ask(&request).await?;
        let first = began.elapsed();
        let what = format!("{} of {CARDS} cards, nothing kept yet", page.what);
        line("D1", &what, &human(first), "–", &format!("{} bytes", answer.len()));
        let asked = ask(&program, &request, page.rounds).await?;
        let server = Program::bare().await?;
        let bare = ask(&server, &bare::request(request.len(), answer.len()), page.rounds).await?;
        report(page, asked, &bare);
    }
    line("D1", "  memory of the server at its most", &super::report::mebibytes(program.most_memory()), "–", "");
    drop(program);
    store.end().await
}

async fn ask(server: &Program, request: &[u8], rounds: usize) -> Done<Crowd> {
    let lines = Line::open_many(server.address, CONNECTIONS).await?;
    all_at_once(lines, vec![request.to_vec(); CONNECTIONS], rounds).await
}

fn report(page: &Page, mut asked: Crowd, bare: &Crowd) {
    let p99 = percentile(&mut asked.times, 99);
    let (rate, bare_rate) = (rate(&asked), rate(bare));
    let figure = format!("{rate:.0}/s");
    let compared = format!("{:.2} of the bare server's {bare_rate:.0}/s; p99 {}", rate / bare_rate, human(p99));
    line("D1", &format!("{}, {CONNECTIONS} connections", page.what), &figure, page.goal, &compared);
}

fn rate(crowd: &Crowd) -> f64 {
    crowd.times.len() as f64 / crowd.took.max(Duration::from_nanos(1)).as_secs_f64()
}
