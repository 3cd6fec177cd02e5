//! One schedule: who is there, what happens, the healing, and then the questions of `judge`.
//!
//! Every event carries its own seed, so leaving one out does not change what the others do: that is how a long story
//! that goes wrong becomes a short one.

use super::{
    judge::{self, Answers},
    office::Office,
    phone::Phone,
    random::Random,
    run::Ground,
};
use crate::server::db::{Db, points};
use std::rc::Rc;

/// Rounds in which the healed world must come to rest.
const HEALING: usize = 12;

/// Of a hundred schedules, in so many the office is brought back from a copy: they cost a database each.
const RESTORES: u64 = 15;
/// Of the others, in so many a phone has an app of before the last release for a while.
const OLD_APPS: u64 = 10;

/// What happens at one moment.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The person of a phone writes something.
    Act,
    /// A round.
    Sync,
    /// Two phones have their rounds at one moment.
    SyncTogether(usize),
    /// The person writes while a round is under way.
    ActWhileSyncing,
    /// The tab is closed and opened.
    Restart,
    /// The phone dies in the middle of a round.
    DieSyncing,
    /// The phone dies while it keeps what was written.
    DieWriting,
    /// What the network held arrives.
    DeliverLate,
    /// The manager gives a family to the other assistant.
    Move(usize),
    /// The phone's clock jumps.
    SetClock {
        /// Minutes ahead of the truth.
        wrong_by: i64,
        /// Minutes ahead of UTC.
        offset: i16,
    },
    /// Time passes.
    Wait(i64),
    /// An account is locked, or unlocked.
    Lock(usize, bool),
    /// The app of a phone is the one before the last release, or the newest.
    OldApp(bool),
    /// The database is copied.
    BackUp,
    /// The database is brought back from its copy, and whoever did it says so, or does not.
    Restore {
        /// Do they say so?
        said: bool,
    },
}

impl Event {
    /// Is the office brought back from a copy?
    pub fn is_restore(&self) -> bool {
        matches!(self.deed, Deed::Restore { .. })
    }
}

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The phone, where one matters.
    pub who: usize,
    /// What happens.
    pub deed: Deed,
    /// What its chances follow from.
    pub seed: u64,
}

/// The events of a seed.
pub fn events(seed: u64) -> Vec<Event> {
    let random = Random::new(seed ^ 0x0005_7017);
    let count = 20 + random.below(30);
    let mut events: Vec<Event> =
        (0..count).map(|_| Event { who: random.below(6) as usize, deed: deed(&random), seed: random.next() }).collect();
    if random.percent(RESTORES) {
        restore_in(&mut events, &random);
    } else if random.percent(OLD_APPS) {
        let old = |is_old| Event { who: 0, deed: Deed::OldApp(is_old), seed: 0 };
        events.insert(random.below(count) as usize, old(true));
        events.insert(random.below(count) as usize, old(false));
    }
    events
}

/// A copy is made, and some time later, once or twice, the office is brought back from it.
fn restore_in(events: &mut Vec<Event>, random: &Random) {
    let mut at = random.below(events.len() as u64 / 2) as usize;
    let event = |deed| Event { who: 0, deed, seed: random.next() };
    events.insert(at, event(Deed::BackUp));
    for _ in 0..1 + random.below(2) {
        at += 1 + random.below((events.len() - at) as u64) as usize;
        events.insert(at.min(events.len()), event(Deed::Restore { said: random.percent(60) }));
    }
}

fn deed(random: &Random) -> Deed {
    match random.below(100) {
        0..=47 => Deed::Act,
        48..=64 => Deed::Sync,
        65..=70 => Deed::SyncTogether(random.below(6) as usize),
        71..=73 => Deed::ActWhileSyncing,
        74..=77 => Deed::Restart,
        78..=81 => Deed::DieSyncing,
        82 | 83 => Deed::DieWriting,
        84..=87 => Deed::DeliverLate,
        88..=91 => Deed::Move(random.below(3) as usize),
        92 | 93 => jump(random),
        94 | 95 => Deed::Lock(random.below(2) as usize, random.percent(50)),
        _ => Deed::Wait(random.below(600) as i64),
    }
}

/// Three days ahead, an hour behind, a night of the changing clocks, or anything.
fn jump(random: &Random) -> Deed {
    let (wrong_by, offset) = match random.below(4) {
        0 => (3 * 24 * 60, 60),
        1 => (-60, 60),
        2 => (0, 120),
        _ => (random.below(10_000) as i64 - 5_000, 60),
    };
    Deed::SetClock { wrong_by, offset }
}

/// What became of a schedule.
pub struct Ended {
    /// What was lost, doubled or stuck.
    pub complaint: Option<String>,
    /// What happened, if it was told.
    pub story: Vec<String>,
}

/// Runs one schedule: those events of a seed.
pub async fn run(db: &Db, ground: Option<&Ground>, (seed, events): (u64, &[Event]), is_told: bool) -> Ended {
    let office = match Office::new(db, seed, is_told).await {
        Ok(office) => Rc::new(office),
        Err(complaint) => return Ended { complaint: Some(complaint), story: Vec::new() },
    };
    let ended = live(&office, ground, seed, events).await;
    if ground.is_some() {
        office.db().close().await;
    }
    Ended { complaint: ended.err().or_else(|| office.complaint()), story: office.story() }
}

async fn live(office: &Rc<Office>, ground: Option<&Ground>, seed: u64, events: &[Event]) -> Result<(), String> {
    let phones = phones(office, seed).await?;
    for (number, event) in events.iter().enumerate() {
        let phone = &phones[event.who % phones.len()];
        phone.reseed(event.seed);
        office.tell(|| format!("{number}. {} {:?}", phone.name, event.deed));
        match (&event.deed, ground) {
            (Deed::BackUp, Some(ground)) => office.back_up(ground).await,
            (Deed::Restore { said }, Some(ground)) => restore(office, &phones, ground, *said).await?,
            _ => happen(office, &phones, phone, event).await?,
        }
    }
    let earlier = heal(office, &phones).await?;
    judge::judge(office, &phones, earlier).await
}

/// Two or three phones; the first two may belong to one person.
async fn phones(office: &Rc<Office>, seed: u64) -> Result<Vec<Phone>, String> {
    let mut phones = Vec::new();
    for number in 0..2 + office.random.below(2) {
        let owner = office.random.below(2) as usize;
        let name = format!("phone {number} of assistant {owner}");
        let seed = seed.wrapping_mul(31).wrapping_add(number);
        let phone = Phone::new(office.clone(), office.assistants[owner].clone(), &name, seed).await?;
        // The first login is online.
        phone.wire.faulty.set(false);
        phone.sync().await.map_err(|error| error.to_string())?;
        phone.wire.faulty.set(true);
        phones.push(phone);
    }
    Ok(phones)
}

async fn happen(office: &Office, phones: &[Phone], phone: &Phone, event: &Event) -> Result<(), String> {
    match event.deed {
        Deed::Act => phone.act().await?,
        // The network's refusals are part of the story.
        Deed::Sync => drop(phone.sync().await),
        Deed::SyncTogether(other) => {
            let other = &phones[other % phones.len()];
            other.wire.reseed(event.seed ^ 0xFACE);
            let (one, other) = (async { drop(phone.sync().await) }, async { drop(other.sync().await) });
            points::side_by_side(event.seed, one, other).await;
        }
        Deed::ActWhileSyncing => {
            let failed = std::cell::RefCell::new(None);
            let act = async {
                if let Err(error) = phone.act().await {
                    *failed.borrow_mut() = Some(error);
                }
            };
            points::side_by_side(event.seed, async { drop(phone.sync().await) }, act).await;
            failed.into_inner().map_or(Ok(()), Err)?;
        }
        Deed::Restart => phone.restart().await?,
        Deed::DieSyncing => phone.sync_and_die().await?,
        Deed::DieWriting => phone.act_and_die().await?,
        Deed::DeliverLate => phone.wire.deliver_late().await,
        Deed::Move(family) => office.move_family(&office.families[family % office.families.len()]).await?,
        Deed::SetClock { wrong_by, offset } => phone.set_clock(wrong_by, offset),
        Deed::Wait(minutes) => office.wait(minutes),
        Deed::Lock(whose, locked) => office.locked[whose].set(locked),
        Deed::OldApp(is_old) => phone.wire.is_old.set(is_old),
        // Only on a database of one's own.
        Deed::BackUp | Deed::Restore { .. } => {}
    }
    Ok(())
}

/// Where nobody says that the office was brought back, the phones find out as they come by, before anybody writes.
async fn restore(office: &Rc<Office>, phones: &[Phone], ground: &Ground, said: bool) -> Result<(), String> {
    if !office.restore(ground).await? {
        return Ok(());
    }
    if said {
        return office.say_restored().await;
    }
    let before = office.epoch().await?;
    for phone in phones {
        let faulty = phone.wire.faulty.replace(false);
        drop(phone.sync().await);
        phone.wire.faulty.set(faulty);
    }
    // Nobody came by who knew more: then somebody must say it after all.
    if office.epoch().await? == before { office.say_restored().await } else { Ok(()) }
}

/// The network is good again, accounts are open, phones are opened, what was late arrives; then all is quiet.
///
/// After a restore, a change may wait for a record that nobody brings any more. Gives the answers of before that wait,
/// for phones forget them in its course.
async fn heal(office: &Office, phones: &[Phone]) -> Result<Answers, String> {
    office.tell(|| "all is well again".into());
    office.locked.iter().for_each(|locked| locked.set(false));
    for phone in phones {
        phone.wire.faulty.set(false);
        phone.wire.is_old.set(false);
        phone.set_clock(0, 60);
        phone.restart().await?;
    }
    for phone in phones {
        phone.wire.deliver_late().await;
    }
    come_to_rest(phones).await?;
    let earlier = judge::answers(phones);
    if office.was_restored() {
        office.wait(15 * 24 * 60);
        come_to_rest(phones).await?;
    }
    for phone in phones {
        phone.sync().await.map_err(|error| error.to_string())?;
        if phone.waiting() > 0 {
            return Err(format!("{}: {} changes are stuck in the outbox", phone.name, phone.waiting()));
        }
    }
    Ok(earlier)
}

async fn come_to_rest(phones: &[Phone]) -> Result<(), String> {
    for _ in 0..HEALING {
        for phone in phones {
            phone.sync().await.map_err(|error| format!("a healed phone cannot sync: {error:?}"))?;
        }
        if phones.iter().all(|phone| phone.waiting() == 0) {
            break;
        }
    }
    Ok(())
}
