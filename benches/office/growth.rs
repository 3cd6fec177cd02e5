//! G1: a push of one card and an empty pull cost the same however much the office holds.

use super::{
    Done, cards,
    people::{self, Assistant},
    program::Program,
    report::{human, line, median},
    store::{Kind, Store, run},
    wire::{self, Line},
};
use asysta::{domain::ids::Rev, server::db::Link};
use std::time::{Duration, Instant};

const FEW: i64 = 1_000;
const MANY: i64 = 1_000_000;
/// Records that are added in one transaction.
const STEP: i64 = 20_000;
/// What is not there by then is not waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const TRIES: usize = 101;

pub async fn measure(kind: Kind) -> Done<()> {
    let store = Store::new(kind).await?;
    let office = people::found(&store, 1).await?;
    grow(&store, 0, FEW).await?;
    let few = costs(&store, &office.assistants[0]).await?;
    let began = Instant::now();
    let mut held = FEW;
    while held < MANY && began.elapsed() < PATIENCE {
        let more = (held / STEP + 1) * STEP;
        grow(&store, held, more).await?;
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

/// Records of other families, a hundred in each, with everything that is kept beside a record. They
/// are made within the database: the office itself would need minutes.
async fn grow(store: &Store, from: i64, to: i64) -> Done<()> {
    let db = store.open().await?;
    let mut link = db.begin().await?;
    number(&mut link, from + 1, to).await?;
    for statement in COPIES {
        run(&mut link, statement).await?;
    }
    link.commit().await?;
    db.close().await;
    Ok(())
}

/// Numbered ids with a text, to be copied into every table.
async fn number(link: &mut Link, from: i64, to: i64) -> Done<()> {
    let lite = "create temp table numbers as \
                with recursive n(i) as (select $1 union all select i + 1 from n where i < $2) \
                select i - $1 + 1 as place, unhex(printf('%032x', i)) as id, \
                unhex(printf('%032x', (i - 1) / 100)) as family, hex(zeroblob(200)) as body from n";
    let pg = "create temp table numbers as \
              select i - $1 + 1 as place, lpad(to_hex(i), 32, '0')::uuid as id, \
              lpad(to_hex((i - 1) / 100), 32, '0')::uuid as family, repeat('0', 400) as body \
              from generate_series($1::bigint, $2::bigint) i";
    match link {
        Link::Lite(held) => drop(sqlx::query(lite).bind(from).bind(to).execute(&mut **held).await?),
        Link::Pg(held) => drop(sqlx::query(pg).bind(from).bind(to).execute(&mut **held).await?),
    }
    Ok(())
}

const COPIES: [&str; 7] = [
    "insert into families (office, id, head, assistant) select o.id, n.family, max(o.rev + n.place), u.id \
     from numbers n, offices o, users u where u.role = 'MANAGER' group by o.id, n.family, u.id",
    "insert into records (office, id, family, kind, rev, author, body) \
     select o.id, n.id, n.family, 'visit', o.rev + n.place, u.id, n.body \
     from numbers n, offices o, users u where u.role = 'MANAGER' order by n.place",
    "insert into changes (office, id, rev, record, family, author, device, received_at, body, verdict) \
     select o.id, n.id, o.rev + n.place, n.id, n.family, u.id, u.id, 0, n.body, '{}' \
     from numbers n, offices o, users u where u.role = 'MANAGER' order by n.place",
    "insert into entries (office, record, family, author, day, kind, outcome, minutes) \
     select o.id, n.id, n.family, u.id, '2026-01-02', 'VISIT', 'HELD', 50 \
     from numbers n, offices o, users u where u.role = 'MANAGER' order by n.place",
    "insert into audit (office, at, user_id, device, deed, object, family, record, change, detail) \
     select o.id, 0, u.id, u.id, 'write', 'visit_card', n.family, n.id, n.id, 'accepted' \
     from numbers n, offices o, users u where u.role = 'MANAGER' order by n.place",
    "update offices set rev = rev + (select count(*) from numbers)",
    "drop table numbers",
];
