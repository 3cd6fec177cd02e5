//! D1: the manager's desk over an office of a hundred thousand cards.

use super::{
    Done, bare, people,
    program::Program,
    report::{human, line, percentile},
    store::{Kind, Store},
    wire::{self, Crowd, Line, all_at_once},
};
use asysta::{
    domain::access::Role,
    server::{auth::password::Passwords, demo, load},
};
use chrono::{Days, Utc};
use std::time::{Duration, Instant};

const CARDS: usize = 100_000;
const FAMILIES: usize = 1_000;
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
    let cookie = fill(&store).await?;
    let program = Program::asysta(&store.url).await?;
    for page in &PAGES {
        let request = wire::question(page.door, &cookie);
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

/// Makes the office in the way in which every change comes to be; signs its manager in.
async fn fill(store: &Store) -> Done<String> {
    let began = Instant::now();
    let today = Utc::now().date_naive() - Days::new(1);
    let town = demo::many(today, 1, 1, FAMILIES, CARDS + 2 * FAMILIES).next().ok_or("no town was made")?;
    let manager = town.people.iter().find(|person| person.role == Role::Manager).ok_or("the town has no manager")?.user;
    let db = store.open().await?;
    load::town(&db, &Passwords::new(), town).await?;
    let cookie = people::sign_in(&db, manager).await?;
    db.close().await;
    line("D1", &format!("(made {CARDS} cards of {FAMILIES} families)"), &human(began.elapsed()), "–", "");
    Ok(cookie)
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
