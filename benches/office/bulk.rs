//! Records by the hundred thousand, with everything that the office keeps beside a record. They are
//! made within the database: the office itself would need minutes.

use super::{
    Done,
    store::{Store, run},
};
use asysta::server::db::Link;

/// Adds the records from one number to another, a hundred in each family. The families belong to the
/// assistants in turn, except to the one who has the family R01; entries lie on the last three years.
pub async fn grow(store: &Store, from: i64, to: i64) -> Done<()> {
    let db = store.open().await?;
    let mut link = db.begin().await?;
    number(&mut link, from + 1, to).await?;
    for statement in STATEMENTS {
        run(&mut link, statement).await?;
    }
    link.commit().await?;
    db.close().await;
    Ok(())
}

/// Numbered ids with a day and a text, to be copied into every table.
async fn number(link: &mut Link, from: i64, to: i64) -> Done<()> {
    let lite = "create temp table numbers as \
                with recursive n(i) as (select $1 union all select i + 1 from n where i < $2) \
                select i - $1 + 1 as place, unhex(printf('%032x', i)) as id, (i - 1) / 100 as file, \
                unhex(printf('%032x', (i - 1) / 100)) as family, date('now', '-' || (i % 1000) || ' days') as day, \
                hex(zeroblob(200)) as body from n";
    let pg = "create temp table numbers as \
              select i - $1 + 1 as place, lpad(to_hex(i), 32, '0')::uuid as id, (i - 1) / 100 as file, \
              lpad(to_hex((i - 1) / 100), 32, '0')::uuid as family, \
              to_char(now() - (i % 1000) * interval '1 day', 'YYYY-MM-DD') as day, repeat('0', 400) as body \
              from generate_series($1::bigint, $2::bigint) i";
    match link {
        Link::Lite(held) => sqlx::query(lite).bind(from).bind(to).execute(&mut **held).await.map(drop)?,
        Link::Pg(held) => sqlx::query(pg).bind(from).bind(to).execute(&mut **held).await.map(drop)?,
    }
    Ok(())
}

/// Both databases understand them. Every fourth record is a task, every eighth an open one.
const STATEMENTS: [&str; 12] = [
    "create temp table hands as select u.id, row_number() over (order by u.id) - 1 as place, \
     count(*) over () as everybody from users u where u.role = 'ASSISTANT' \
     and u.id not in (select assistant from families where code = 'R01')",
    "create temp table rows_to_be as select n.*, o.id as office, o.rev + n.place as rev, h.id as author \
     from numbers n join hands h on h.place = n.file % h.everybody, offices o",
    "insert into families (office, id, head, code, surname, locality, case_record, stage, assistant, since, last_visit) \
     select office, family, max(rev), 'B' || file, 'Próbna', 'Przykładowo', family, 'COOPERATION', author, \
     '2024-01-02', max(day) from rows_to_be group by office, family, file, author",
    "insert into records (office, id, family, kind, rev, author, body) \
     select office, id, family, 'visit', rev, author, body from rows_to_be order by place",
    "insert into changes (office, id, rev, record, family, author, device, received_at, body, verdict) \
     select office, id, rev, id, family, author, author, 0, body, '{}' from rows_to_be order by place",
    "insert into entries (office, record, family, author, day, kind, outcome, minutes) \
     select office, id, family, author, day, 'VISIT', 'HELD', 50 from rows_to_be where place % 4 > 0 order by place",
    "insert into tasks (office, record, family, open, due) \
     select office, id, family, place % 8 = 0, day from rows_to_be where place % 4 = 0 order by place",
    "insert into audit (office, at, user_id, device, deed, object, family, record, change, detail) \
     select office, 0, author, author, 'write', 'visit_card', family, id, id, 'accepted' from rows_to_be order by place",
    "update offices set rev = rev + (select count(*) from numbers)",
    "drop table rows_to_be",
    "drop table hands",
    "drop table numbers",
];
