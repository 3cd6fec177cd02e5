//! Runs schedules: from where to where, and on which ground.

use super::{
    shrink,
    story::{self, Ended, Event},
};
use crate::server::db::{Db, testing::copy_to};
use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// Schedules of a run that is not told otherwise: what can run beside the other tests. `make test` runs ten
/// thousand.
const SCHEDULES: u64 = 300;

/// No schedule takes as long, on any machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A database of its own, in memory where the system has a file system there: the same code and the same files as in
/// earnest, and no disk that everybody waits for.
pub struct Ground {
    pub db: Db,
    folder: tempfile::TempDir,
}

impl Ground {
    fn file(&self) -> PathBuf {
        self.folder.path().join("simulation.sqlite")
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup.sqlite")
    }

    /// Keeps a copy of the database as it stands, in place of an earlier one.
    pub async fn back_up(&self, db: &Db) {
        drop(fs::remove_file(self.backup()));
        copy_to(db, &self.backup()).await;
    }

    /// Closes the database and puts the copy in its place.
    pub async fn restore(&self, db: &Db) -> Db {
        db.close().await;
        for ending in ["-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{ending}", self.file().display())));
        }
        fs::copy(self.backup(), self.file()).expect("the copy is there");
        open(&self.file()).await
    }
}

async fn open(file: &Path) -> Db {
    Db::open(&format!("sqlite://{}", file.display())).await.expect("a database")
}

pub async fn ground() -> Ground {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let folder = folder.expect("a folder for the database");
    let db = open(&folder.path().join("simulation.sqlite")).await;
    Ground { db, folder }
}

pub fn from_env(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// Something that waits for a database, run to its end on this thread.
pub fn on_this_thread<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, work)
}

/// The seeds of this run that the rule takes; all of them when one is asked for by name.
pub fn seeds(takes: impl Fn(u64) -> bool) -> impl Iterator<Item = u64> {
    let first = from_env("ASYSTA_SIM_FIRST").unwrap_or(0);
    let (first, end) = match from_env("ASYSTA_SIM_SEED") {
        Some(seed) => (seed, seed + 1),
        None => (first, first + from_env("ASYSTA_SIM_SCHEDULES").unwrap_or(SCHEDULES)),
    };
    (first..end).filter(move |seed| end == first + 1 || takes(*seed))
}

/// Runs schedules one after another on one database, each in an office of its own.
pub async fn run_all(db: &Db, seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        if let Some(complaint) = run_one(db, seed, &story::events(seed), false).await.complaint {
            fail(seed, &complaint).await;
        }
    }
}

/// Runs one schedule; one in which the office is brought back from a copy has a database to itself, on SQLite.
pub async fn run_one(db: &Db, seed: u64, events: &[Event], is_told: bool) -> Ended {
    if matches!(db, Db::Lite { .. }) && events.iter().any(Event::is_restore) {
        return on_its_own(seed, events, is_told).await;
    }
    in_time(story::run(db, None, (seed, events), is_told)).await
}

/// A story that stands still goes wrong, too.
async fn in_time(story: impl Future<Output = Ended>) -> Ended {
    let stuck = |_| Ended { complaint: Some("the story stands still".into()), story: Vec::new() };
    tokio::time::timeout(PATIENCE, story).await.unwrap_or_else(stuck)
}

/// Runs one schedule on a database of its own.
pub async fn on_its_own(seed: u64, events: &[Event], is_told: bool) -> Ended {
    let ground = ground().await;
    let ended = in_time(story::run(&ground.db, Some(&ground), (seed, events), is_told)).await;
    ground.db.close().await;
    ended
}

/// Tells what went wrong, as the shortest story in which it still does.
async fn fail(seed: u64, complaint: &str) {
    let events = story::events(seed);
    let (fewer, told) = shrink::shortest(seed, &events).await;
    let again = told.complaint.unwrap_or_else(|| "(not again, when it was told alone)".into());
    panic!(
        "seed {seed}: {complaint}\n\n{} of its {} events are enough:\n{}\n{again}\n\n\
         run it alone: ASYSTA_SIM_SEED={seed} scripts/test.sh simulation",
        fewer.len(),
        events.len(),
        told.story.join("\n")
    );
}

/// Runs schedules on all cores until the time is over, and says how many there were.
#[expect(clippy::print_stdout, reason = "the figure is what one runs it for")]
pub fn soak(time: Duration) {
    let cores = thread::available_parallelism().map_or(1, usize::from) as u64;
    let (first, begun) = (from_env("ASYSTA_SIM_FIRST").unwrap_or(0), Instant::now());
    println!("from seed {first}, on {cores} cores");
    let run_until_over = |core: u64| {
        on_this_thread(async {
            let (mut ground, mut count) = (ground().await, 0);
            while begun.elapsed() < time {
                // A database that grows for hours would measure itself.
                if count % 2_000 == 1_999 {
                    ground = self::ground().await;
                }
                run_all(&ground.db, std::iter::once(first + core + count * cores)).await;
                count += 1;
            }
            count
        })
    };
    let count: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|core| scope.spawn(move || run_until_over(core))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no schedule goes wrong")).sum()
    });
    let seconds = begun.elapsed().as_secs_f64();
    println!("{count} schedules in {seconds:.0} s, {:.1} a second, none went wrong", count as f64 / seconds);
}
