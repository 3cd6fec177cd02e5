//! How fast the office is (spec: targets W1, W2, W4, W5, G1), over the real router with session,
//! rights, deduplication, access log and fsync on. Each line also says how it compares with bare
//! inserts into the same database in the same run; nothing here fails on a clock.
//!
//! `cargo bench --features ssr --bench office`; on PostgreSQL too when `ASYSTA_TEST_PG` names a database.

#![expect(clippy::disallowed_methods, reason = "a benchmark is an edge: it reads the clock")]

use asysta::{
    domain::{
        access::{Actor, Role},
        change::{Action, Change, Pen, edits_between},
        codes::{Area, Basis, EntryKind, FamilyRole, Outcome, Place, StatutoryTask},
        documents::{
            RecordKind,
            case_card::{self, Stage},
            family_card, visit_card,
        },
        form::Answers,
        ids::{ChangeId, DeviceId, FamilyId, OfficeId, RecordId, Rev, UserId},
    },
    server::{
        auth::{password::Passwords, session::Token},
        db::{
            Db, Link, offices, sessions,
            users::{self, Account, Standing},
        },
        http,
        shell::Site,
        state::{Clock, PublicUrl, State},
    },
    sync::{
        protocol::{MEDIA_TYPE, Request, RequestEnvelope, Response, Verdict, pack, unpack},
        replica::Replica,
    },
};
use axum::{Router, body::Body};
use chrono::Utc;
use http_body_util::BodyExt;
use serde::Serialize;
use std::{collections::BTreeMap, error::Error, time::Instant};
use tower::ServiceExt;
use uuid::Uuid;

type Done<T> = Result<T, Box<dyn Error>>;

const CARDS: usize = 10_000;
const BATCH: usize = 500;

fn main() -> Done<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("office.sqlite").display());
    runtime.block_on(async {
        println!("SQLite");
        measure(&file).await?;
        if let Ok(server) = std::env::var("ASYSTA_TEST_PG") {
            println!("PostgreSQL");
            measure(&server).await?;
        }
        Ok(())
    })
}

async fn measure(url: &str) -> Done<()> {
    let world = World::new(Db::open(url).await?).await?;
    let bare = bare_inserts(&world.db).await?;
    println!("  bare inserts of {CARDS} bodies, {BATCH} a commit   {bare:>7.3} s");
    let requests = world.requests();
    let bytes: usize = requests.iter().map(Vec::len).sum();
    println!("  W6 bytes up per card                        {:>7}", bytes / CARDS);

    let up = world.send_all(&requests).await?;
    println!("  W1 one client sends {CARDS}                  {up:>7.3} s  ({:.1} × bare)", up / bare);
    let again = world.send_all(&requests).await?;
    println!("  W4 all of it again, its answers lost        {again:>7.3} s");
    let (down, pages, bytes) = world.download().await?;
    println!(
        "  W2 a fresh client fetches {CARDS}            {down:>7.3} s  ({pages} pages, {} bytes a card)",
        bytes / CARDS
    );
    world.ask_at_once(200).await?;
    println!("  G1 at {:>7} records: {}", CARDS, world.growth().await?);
    world.grow().await?;
    println!("  G1 at {:>7} records: {}", 10 * CARDS, world.growth().await?);
    world.db.close().await;
    Ok(())
}

/// The floor: as many bodies, as many commits, one table, no questions.
async fn bare_inserts(db: &Db) -> Done<f64> {
    let body = "x".repeat(2_000);
    let mut link = db.begin().await?;
    run(&mut link, "create table bare (id bigint primary key, body text not null)").await?;
    link.commit().await?;
    let began = Instant::now();
    for batch in 0..CARDS / BATCH {
        let mut link = db.begin().await?;
        for part in 0..BATCH / 100 {
            let first = i64::try_from(batch * BATCH + part * 100)?;
            match &mut link {
                Link::Lite(held) => {
                    insert::<sqlx::Sqlite>(first, &body).build().execute(&mut **held).await.map(drop)?
                }
                Link::Pg(held) => {
                    insert::<sqlx::Postgres>(first, &body).build().execute(&mut **held).await.map(drop)?
                }
            }
        }
        link.commit().await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    let mut link = db.begin().await?;
    run(&mut link, "drop table bare").await?;
    link.commit().await?;
    Ok(seconds)
}

fn insert<D: sqlx::Database>(first: i64, body: &str) -> sqlx::QueryBuilder<D>
where
    i64: sqlx::Type<D> + for<'q> sqlx::Encode<'q, D>,
    String: sqlx::Type<D> + for<'q> sqlx::Encode<'q, D>,
{
    let mut query = sqlx::QueryBuilder::new("insert into bare (id, body) ");
    query.push_values(first..first + 100, |mut row, id| {
        row.push_bind(id).push_bind(body.to_owned());
    });
    query
}

async fn run(link: &mut Link, sql: &'static str) -> Done<()> {
    match link {
        Link::Lite(held) => sqlx::query(sql).execute(&mut **held).await.map(drop)?,
        Link::Pg(held) => sqlx::query(sql).execute(&mut **held).await.map(drop)?,
    }
    Ok(())
}

struct World {
    db: Db,
    router: Router,
    assistant: UserId,
    cookie: String,
    family: FamilyId,
    device: DeviceId,
}

#[derive(Serialize)]
struct Arguments<'a> {
    request: &'a RequestEnvelope,
}

fn fresh() -> Uuid {
    Uuid::from_bytes(rand::random())
}

impl World {
    async fn new(db: Db) -> Done<Self> {
        let office = OfficeId(fresh());
        let (manager, assistant) = (UserId(fresh()), UserId(fresh()));
        let mut link = db.begin().await?;
        offices::add(&mut link, office, "OPS", false).await?;
        let hash = Passwords::new().hash("Przyklad-2026".into()).await?;
        let mut cookies = Vec::new();
        for (user, role) in [(manager, Role::Manager), (assistant, Role::Assistant)] {
            let day = "2026-01-02".parse().ok();
            let standing = Standing { active: true, authorised_on: day, secrecy_on: day, authorised_until: None };
            let (login, name) = (user.to_string(), user.to_string());
            let actor = Actor { user, office, role };
            let account = Account { actor, login, name, password_hash: hash.clone(), standing };
            users::add(&mut link, &account).await?;
            let token = Token::new()?;
            sessions::add(&mut link, &token.hash(), user, Utc::now()).await?;
            cookies.push(token);
        }
        link.commit().await?;
        let clock = Clock::system();
        let state = State::new(db.clone(), clock, Site::new("target/site"), PublicUrl::default());
        let cookie = |token: &Token| -> Done<String> {
            let header = state.cookie.give(token, state.terms).ok_or("no cookie")?;
            Ok(header.to_str()?.split(';').next().unwrap_or_default().to_owned())
        };
        let (of_manager, of_assistant) = (cookie(&cookies[0])?, cookie(&cookies[1])?);
        let family = FamilyId(fresh());
        let world = Self {
            db,
            router: http::router(state),
            assistant,
            cookie: of_assistant,
            family,
            device: DeviceId(fresh()),
        };
        world.found_family(manager, &of_manager).await?;
        Ok(world)
    }

    async fn found_family(&self, manager: UserId, cookie: &str) -> Done<()> {
        let case = Answers::default()
            .with(case_card::STAGE, Stage::Cooperation)
            .with(case_card::BASIS, [Basis::ALL[0].code().to_owned()].into())
            .with(case_card::ASSISTANT, self.assistant);
        let mut card = Answers::default()
            .with(family_card::CODE, "R01".into())
            .with(family_card::SURNAME, "Próbna".into())
            .with(family_card::LOCALITY, "Przykładowo".into());
        let mother = Answers::default().with(family_card::FIRST_NAME, "Anna".into());
        card.put_row(family_card::MEMBERS, "m1", mother.with(family_card::ROLE, FamilyRole::Mother));
        let founding =
            [(manager, cookie, RecordKind::Case, case), (self.assistant, &self.cookie, RecordKind::Family, card)];
        for (author, cookie, kind, answers) in founding {
            let request = self.packed(&[self.change(author, kind, &answers)], &BTreeMap::new());
            let answer = unpack::<Response>(&self.post(cookie, request).await?)?;
            assert!(matches!(answer.receipts[0].verdict, Verdict::Accepted { .. }), "{:?}", answer.receipts);
        }
        Ok(())
    }

    fn change(&self, author: UserId, kind: RecordKind, answers: &Answers) -> Change {
        let action = Action::Write(edits_between(&Answers::default(), answers));
        let random = || rand::random();
        let pen = Pen { author, now: Utc::now(), offset: 60, random: &random };
        Change {
            id: ChangeId(pen.id()),
            record: RecordId(pen.id()),
            kind,
            family: self.family,
            base: Rev::NONE,
            after: None,
            action,
            author,
            at: pen.now,
            offset: 60,
            form: 1,
        }
    }

    /// A visit card of about two kilobytes of JSON in words that differ from card to card.
    fn card(&self, number: usize) -> Change {
        let words =
            ["rozmowa", "budżet", "przedszkole", "porządek", "lekarz", "szkoła", "wniosek", "zasiłek", "spacer"];
        let word = |place: usize| words[(place * 7 + number * 13 + place * number) % words.len()];
        let text: Vec<String> = (0..200).map(|place| format!("{}{}", word(place), (place * number) % 10)).collect();
        let answers = Answers::default()
            .with(visit_card::KIND, EntryKind::Visit)
            .with(visit_card::OUTCOME, Outcome::Held)
            .with(visit_card::DATE, Utc::now().date_naive() - chrono::Days::new(1))
            .with(visit_card::DURATION, 50)
            .with(visit_card::PLACE, Place::Home)
            .with(visit_card::PRESENT_OTHERS, "babcia".into())
            .with(visit_card::TASKS, [StatutoryTask::Parenting.code().to_owned()].into())
            .with(visit_card::AREAS, [Area::A10.code().to_owned()].into())
            .with(visit_card::ACTIONS, text.join(" "));
        self.change(self.assistant, RecordKind::Visit, &answers)
    }

    fn packed(&self, changes: &[Change], cursors: &BTreeMap<FamilyId, Rev>) -> Vec<u8> {
        let request = Request {
            device: self.device,
            app: "bench".into(),
            changes: changes.to_vec(),
            cursors: cursors.clone(),
            waiting: 0,
            oldest: None,
            people_tag: "3".into(),
            contents: Vec::new(),
        };
        RequestEnvelope::of(&request).map(|envelope| pack(&Arguments { request: &envelope })).unwrap_or_default()
    }

    /// All cards in requests as a phone sends them: each names what the one before it has reached.
    fn requests(&self) -> Vec<Vec<u8>> {
        let mut reached = 2i64;
        let cards: Vec<Change> = (0..CARDS).map(|number| self.card(number)).collect();
        cards
            .chunks(BATCH)
            .map(|chunk| {
                let request = self.packed(chunk, &[(self.family, Rev(reached))].into());
                reached += chunk.len() as i64;
                request
            })
            .collect()
    }

    async fn post(&self, cookie: &str, body: Vec<u8>) -> Done<Vec<u8>> {
        let request = axum::http::Request::post("/api/v1/exchange")
            .header("host", "office")
            .header("origin", "http://office")
            .header("cookie", cookie)
            .header("content-type", MEDIA_TYPE)
            .body(Body::from(body))?;
        let answer = self.router.clone().oneshot(request).await?;
        let status = answer.status();
        let bytes = answer.into_body().collect().await?.to_bytes().to_vec();
        if status.is_success() { Ok(bytes) } else { Err(String::from_utf8_lossy(&bytes).into()) }
    }

    async fn send_all(&self, requests: &[Vec<u8>]) -> Done<f64> {
        let began = Instant::now();
        for request in requests {
            let answer = unpack::<Response>(&self.post(&self.cookie, request.clone()).await?)?;
            assert_eq!((answer.receipts.len(), answer.records.len()), (BATCH, 0));
        }
        Ok(began.elapsed().as_secs_f64())
    }

    async fn download(&self) -> Done<(f64, usize, usize)> {
        let mut fresh_phone = Replica::new(self.assistant, DeviceId(fresh()));
        let (mut pages, mut bytes, mut spent) = (0, 0, 0.0);
        loop {
            let request = fresh_phone.request(BATCH, "bench");
            let body = pack(&Arguments { request: &RequestEnvelope::of(&request)? });
            let began = Instant::now();
            let packed = self.post(&self.cookie, body).await?;
            spent += began.elapsed().as_secs_f64();
            bytes += packed.len();
            pages += 1;
            let answer = unpack::<Response>(&packed)?;
            let more = answer.more;
            let writes = fresh_phone.settle(answer, Utc::now());
            fresh_phone.absorb(writes);
            if !more {
                return Ok((spent, pages, bytes));
            }
        }
    }

    async fn ask_at_once(&self, clients: usize) -> Done<()> {
        let rev = Rev(i64::try_from(CARDS)? + 2);
        let empty = self.packed(&[], &[(self.family, rev)].into());
        // The phone has just been noted: this one only asks.
        self.post(&self.cookie, empty.clone()).await?;
        let asks = (0..clients).map(|_| async {
            let began = Instant::now();
            self.post(&self.cookie, empty.clone()).await.map(|_| began.elapsed().as_secs_f64() * 1000.0)
        });
        let mut times = Vec::new();
        for time in futures_util::future::join_all(asks).await {
            times.push(time?);
        }
        times.sort_by(f64::total_cmp);
        println!("  W5 {clients} ask at once, nothing new           {:>7.1} ms p99", times[clients * 99 / 100 - 1]);
        Ok(())
    }

    /// Milliseconds of a push of one card and of an empty pull, medians of 51.
    async fn growth(&self) -> Done<String> {
        let (mut pushes, mut pulls) = (Vec::new(), Vec::new());
        let far = Rev(i64::MAX);
        for number in 0..51 {
            let push = self.packed(&[self.card(CARDS + number)], &[(self.family, far)].into());
            let pull = self.packed(&[], &[(self.family, far)].into());
            for (body, times) in [(push, &mut pushes), (pull, &mut pulls)] {
                let began = Instant::now();
                self.post(&self.cookie, body).await?;
                times.push(began.elapsed().as_secs_f64() * 1000.0);
            }
        }
        let middle = |times: &mut Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        Ok(format!("push of one {:.2} ms, empty pull {:.2} ms", middle(&mut pushes), middle(&mut pulls)))
    }

    async fn grow(&self) -> Done<()> {
        for _ in 0..9 {
            for chunk in self.requests() {
                self.post(&self.cookie, chunk).await?;
            }
        }
        Ok(())
    }
}
