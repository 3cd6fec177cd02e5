//! One schedule: a random story, the healing, and the questions that must have good answers.

use super::{
    office::Office,
    phone::{Phone, photo_of},
};
use crate::{
    domain::{
        documents::RecordKind,
        ids::{ChangeId, FileId, Rev},
        record::Record,
    },
    server::db::Db,
    sync::protocol::Verdict,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Rounds in which the healed world must come to rest.
const HEALING: usize = 12;

/// Runs one schedule.
///
/// # Errors
/// What was lost, doubled or stuck.
pub async fn run(db: &Db, seed: u64) -> Result<(), String> {
    let office = Rc::new(Office::new(db, seed).await?);
    let phones = phones(&office, seed).await?;
    story(&office, &phones).await?;
    heal(&phones).await?;
    judge(&office, &phones).await
}

/// Two or three phones; the first two may belong to one person.
async fn phones(office: &Rc<Office>, seed: u64) -> Result<Vec<Phone>, String> {
    let mut phones = Vec::new();
    for number in 0..2 + office.random.below(2) {
        let actor = office.assistants[office.random.below(2) as usize].clone();
        let phone = Phone::new(office.clone(), actor, seed.wrapping_mul(31).wrapping_add(number)).await?;
        // The first login is online.
        phone.wire.faulty.set(false);
        phone.sync().await.map_err(|error| error.to_string())?;
        phone.wire.faulty.set(true);
        phones.push(phone);
    }
    Ok(phones)
}

async fn story(office: &Office, phones: &[Phone]) -> Result<(), String> {
    let steps = 20 + office.random.below(30);
    for _ in 0..steps {
        let phone = &phones[office.random.below(phones.len() as u64) as usize];
        match office.random.below(100) {
            0..=54 => phone.act().await?,
            // The network's refusals are part of the story.
            55..=74 => drop(phone.sync().await),
            75..=79 => {
                let other = &phones[office.random.below(phones.len() as u64) as usize];
                drop(futures_util::join!(phone.sync(), other.sync()));
            }
            80..=84 => phone.restart().await?,
            85..=88 => phone.sync_and_die().await?,
            89..=91 => phone.wire.deliver_late().await,
            92..=94 => {
                if let Some(family) = office.random.pick(&office.families) {
                    office.move_family(family).await?;
                }
            }
            95 | 96 => phone.set_clock(office.random.below(10_000) as i64 - 5_000),
            _ => office.wait(office.random.below(600) as i64),
        }
    }
    Ok(())
}

/// The network is good again, phones are opened, what was late arrives; then all is quiet.
async fn heal(phones: &[Phone]) -> Result<(), String> {
    for phone in phones {
        phone.wire.faulty.set(false);
        phone.set_clock(0);
        phone.restart().await?;
    }
    for _ in 0..2 {
        for phone in phones {
            phone.wire.deliver_late().await;
            phone.sync().await.map_err(|error| format!("a healed phone cannot sync: {error}"))?;
        }
    }
    for _ in 0..HEALING {
        let waiting: usize = phones.iter().map(|phone| phone.device().replica().waiting()).sum();
        if waiting == 0 {
            break;
        }
        for phone in phones {
            phone.sync().await.map_err(|error| format!("a healed phone cannot sync: {error}"))?;
        }
    }
    for phone in phones {
        phone.sync().await.map_err(|error| error.to_string())?;
        let waiting = phone.device().replica().waiting();
        if waiting > 0 {
            return Err(format!("{waiting} changes are stuck in an outbox"));
        }
    }
    Ok(())
}

async fn judge(office: &Rc<Office>, phones: &[Phone]) -> Result<(), String> {
    let answered = every_promise_is_answered(phones)?;
    revisions_have_no_gap(office, &answered)?;
    let witnesses = witnesses(office).await?;
    devices_agree(phones, &witnesses)?;
    every_promised_file_is_whole(office, phones).await?;
    each_record_once(&witnesses, &answered)
}

/// Each file that a store promised to send is in the office, byte by byte, unless its paper was refused.
async fn every_promised_file_is_whole(office: &Office, phones: &[Phone]) -> Result<(), String> {
    for phone in phones {
        let device = phone.device();
        let waiting: BTreeSet<FileId> = device.replica().unsent().map(|unsent| unsent.file).collect();
        for file in phone.promised_files() {
            if !waiting.contains(&file) && office.file(file).await? != Some(photo_of(file)) {
                return Err(format!("the promised file {file} is nowhere, or not whole"));
            }
            if device.replica().is_refused(file) {
                return Err(format!("the file {file} was refused"));
            }
        }
    }
    Ok(())
}

/// Verdicts by change, from all phones.
type AnsweredChanges = BTreeMap<ChangeId, (Verdict, RecordKind, bool)>;

/// Each change that a store promised to keep has exactly one answer on its phone: taken or refused.
fn every_promise_is_answered(phones: &[Phone]) -> Result<AnsweredChanges, String> {
    let mut all = AnsweredChanges::new();
    for phone in phones {
        let device = phone.device();
        let replica = device.replica();
        let sent: BTreeSet<ChangeId> = replica.sent().map(|answered| answered.change.id).collect();
        let troubles: BTreeSet<ChangeId> = replica.troubles().map(|answered| answered.change.id).collect();
        if let Some(both) = sent.intersection(&troubles).next() {
            return Err(format!("{both} was taken and refused"));
        }
        for change in phone.promised() {
            if !sent.contains(&change) && !troubles.contains(&change) {
                return Err(format!("the promised change {change} is nowhere"));
            }
        }
        for answered in replica.sent().chain(replica.troubles()) {
            let change = &answered.change;
            let made = change.makes_record();
            let told = (answered.receipt.verdict.clone(), change.kind, made);
            if all.insert(change.id, told).is_some() {
                return Err(format!("{} came from two phones", change.id));
            }
        }
    }
    Ok(all)
}

/// The applied changes of the office took 1, 2, 3 …, each once.
fn revisions_have_no_gap(office: &Office, answered: &AnsweredChanges) -> Result<(), String> {
    let mut revs: Vec<Rev> = office.revs.borrow().clone();
    revs.extend(answered.values().filter_map(|(verdict, ..)| match verdict {
        Verdict::Accepted { rev } | Verdict::Merged { rev } | Verdict::NeedsDecision { rev, .. } => Some(*rev),
        Verdict::Refused(_) => None,
    }));
    revs.sort();
    match revs.iter().enumerate().find(|(place, rev)| rev.0 != *place as i64 + 1) {
        Some((place, rev)) => Err(format!("revision {} stands where {} should", rev.0, place + 1)),
        None => Ok(()),
    }
}

/// What a new phone of each assistant is given: the office's state, seen from outside.
async fn witnesses(office: &Rc<Office>) -> Result<Vec<Phone>, String> {
    let mut witnesses = Vec::new();
    for (number, actor) in office.assistants.iter().enumerate() {
        let witness = Phone::new(office.clone(), actor.clone(), 900 + number as u64).await?;
        witness.wire.faulty.set(false);
        witness.sync().await.map_err(|error| error.to_string())?;
        witnesses.push(witness);
    }
    Ok(witnesses)
}

fn records(phone: &Phone) -> Vec<Record> {
    phone.device().replica().records().cloned().collect()
}

fn devices_agree(phones: &[Phone], witnesses: &[Phone]) -> Result<(), String> {
    for phone in phones {
        let witness = witnesses.iter().find(|witness| witness.actor == phone.actor).ok_or("no witness")?;
        let (here, there) = (records(phone), records(witness));
        if here == there {
            continue;
        }
        let differs = here.iter().find(|record| !there.contains(record));
        let misses = there.iter().find(|record| !here.contains(record));
        return Err(format!("a phone differs from the office:\n  phone:  {differs:?}\n  office: {misses:?}"));
    }
    Ok(())
}

/// There are as many visits and tasks in the office as were taken: none is lost, none is double.
fn each_record_once(witnesses: &[Phone], answered: &AnsweredChanges) -> Result<(), String> {
    for kind in [RecordKind::Visit, RecordKind::Task] {
        let taken = answered
            .values()
            .filter(|(verdict, of, made)| *made && *of == kind && !matches!(verdict, Verdict::Refused(_)))
            .count();
        let kept: usize =
            witnesses.iter().map(|phone| records(phone).iter().filter(|record| record.kind == kind).count()).sum();
        if taken != kept {
            return Err(format!("{taken} of kind {} were taken, {kept} are kept", kind.code()));
        }
    }
    Ok(())
}
