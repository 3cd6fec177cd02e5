//! The questions that must have good answers when all is quiet (offline.md scenario 15; trust.md A.2, the ledger).

use super::{office::Office, person::photo_of, phone::Phone, values};
use crate::{
    domain::{
        documents::RecordKind,
        ids::{ChangeId, FileId, RecordId},
        record::{Record, Refusal},
    },
    server::db::{
        changes,
        testing::{changes_and_lines, revs_of},
    },
    sync::{protocol::Verdict, replica::Answered},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Answers by change, from all phones.
pub type Answers = BTreeMap<ChangeId, Answered>;

/// Asks all of them.
///
/// # Errors
/// What was lost, doubled or stuck.
pub async fn judge(office: &Rc<Office>, phones: &[Phone], earlier: Answers) -> Result<(), String> {
    let mut answers = earlier;
    answers.extend(answers_of_each(phones)?);
    every_promise_is_answered(phones, &answers)?;
    refusals_have_a_reason(&answers)?;
    receipts_are_the_offices(office, &answers).await?;
    revisions_have_no_gap(office).await?;
    let witnesses = witnesses(office).await?;
    devices_agree(phones, &witnesses)?;
    nobody_has_what_is_others(office, phones)?;
    every_promised_file_is_whole(office, phones).await?;
    each_record_once(&witnesses, &answers)?;
    let records = witnesses.iter().flat_map(records).map(|record| (record.id, record)).collect();
    values::every_value_has_its_place(&records, &answers)
}

/// All answers that phones hold.
pub fn answers(phones: &[Phone]) -> Answers {
    let mut all = Answers::new();
    for phone in phones {
        let device = phone.device();
        let replica = device.replica();
        all.extend(replica.sent().chain(replica.troubles()).map(|answered| (answered.change.id, answered.clone())));
    }
    all
}

/// Each change that a store promised to keep has an answer: taken or refused.
fn every_promise_is_answered(phones: &[Phone], answers: &Answers) -> Result<(), String> {
    for phone in phones {
        if phone.promised().iter().any(|change| !answers.contains_key(change)) {
            return Err(format!("{}: a promised change is nowhere", phone.name));
        }
    }
    Ok(())
}

/// The answers, each on one phone and of one kind.
fn answers_of_each(phones: &[Phone]) -> Result<Answers, String> {
    let mut all = Answers::new();
    for phone in phones {
        let device = phone.device();
        let replica = device.replica();
        let sent: BTreeSet<ChangeId> = replica.sent().map(|answered| answered.change.id).collect();
        let troubles: BTreeSet<ChangeId> = replica.troubles().map(|answered| answered.change.id).collect();
        if let Some(both) = sent.intersection(&troubles).next() {
            return Err(format!("{both} was taken and refused"));
        }
        for answered in replica.sent().chain(replica.troubles()) {
            if all.insert(answered.change.id, answered.clone()).is_some() {
                return Err(format!("{} came from two phones", answered.change.id));
            }
        }
    }
    Ok(all)
}

/// A refusal tells of rights or of rules. That something is not there, or stands already, would be our own doing.
fn refusals_have_a_reason(answers: &Answers) -> Result<(), String> {
    let is_refused = |answered: &&Answered| matches!(answered.receipt.verdict, Verdict::Refused(_));
    let refused_makings: BTreeSet<RecordId> = answers
        .values()
        .filter(is_refused)
        .filter(|answered| answered.change.makes_record())
        .map(|answered| answered.change.record)
        .collect();
    for answered in answers.values() {
        let Verdict::Refused(refusal) = &answered.receipt.verdict else { continue };
        match refusal {
            Refusal::NotAllowed | Refusal::SettledAlready | Refusal::Invalid(_) => {}
            // What followed a making that was refused has nothing to stand on.
            Refusal::NoSuchRecord if refused_makings.contains(&answered.change.record) => {}
            _ => return Err(format!("a change was refused for nothing: {refusal:?}")),
        }
    }
    Ok(())
}

/// What phones were told is what the office remembers; every decision stands once in its log.
async fn receipts_are_the_offices(office: &Office, answers: &Answers) -> Result<(), String> {
    let ids: Vec<ChangeId> = answers.keys().copied().collect();
    let mut link = office.db().read().await.map_err(|error| error.to_string())?;
    let known = changes::known(&mut link, office.id(), &ids).await.map_err(|error| error.to_string())?;
    drop(link);
    let known: BTreeMap<ChangeId, Verdict> = known.into_iter().map(|known| (known.id, known.verdict)).collect();
    for (id, answered) in answers {
        // A refusal is not sent again after a restore: it stands on the phone, with its reason.
        let is_forgotten = office.was_restored() && !known.contains_key(id);
        let is_refused = matches!(answered.receipt.verdict, Verdict::Refused(_));
        if is_forgotten && is_refused {
            continue;
        }
        if known.get(id) != Some(&answered.receipt.verdict) {
            return Err(format!(
                "a phone was told {:?}, and the office knows {:?}",
                answered.receipt.verdict,
                known.get(id)
            ));
        }
    }
    let (changes, lines) = changes_and_lines(&office.db(), office.id()).await;
    if changes != lines {
        return Err(format!("{changes} changes were decided, {lines} stand in the log"));
    }
    Ok(())
}

/// The applied changes of the office took 1, 2, 3 …, each once.
async fn revisions_have_no_gap(office: &Office) -> Result<(), String> {
    let revs = revs_of(&office.db(), office.id()).await;
    match revs.iter().enumerate().find(|(place, rev)| **rev != *place as i64 + 1) {
        Some((place, rev)) => Err(format!("revision {rev} stands where {} should", place + 1)),
        None => Ok(()),
    }
}

/// What a new phone of each assistant is given: the office's state, seen from outside.
async fn witnesses(office: &Rc<Office>) -> Result<Vec<Phone>, String> {
    let mut witnesses = Vec::new();
    for (number, actor) in office.assistants.iter().enumerate() {
        let witness = Phone::new(office.clone(), actor.clone(), "a new phone", 900 + number as u64).await?;
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
        return Err(format!("{} differs from the office:\n  phone:  {differs:?}\n  office: {misses:?}", phone.name));
    }
    Ok(())
}

/// On a phone are the families of its person, and no others.
fn nobody_has_what_is_others(office: &Office, phones: &[Phone]) -> Result<(), String> {
    for phone in phones {
        let theirs: BTreeSet<_> = office
            .families
            .iter()
            .filter(|family| office.assistants[family.assistant.get()] == phone.actor)
            .map(|family| family.id)
            .collect();
        if phone.families().iter().any(|family| !theirs.contains(family)) {
            return Err(format!("{} holds a family of somebody else", phone.name));
        }
    }
    Ok(())
}

/// Each file that a store promised to send is in the office, byte by byte, unless its paper was refused.
async fn every_promised_file_is_whole(office: &Office, phones: &[Phone]) -> Result<(), String> {
    for phone in phones {
        let device = phone.device();
        let waiting: BTreeSet<FileId> = device.replica().unsent().map(|unsent| unsent.file).collect();
        for file in phone.promised_files() {
            if !waiting.contains(&file) && office.file(file).await? != Some(photo_of(file)) {
                return Err(format!("{}: a promised file is nowhere, or not whole", phone.name));
            }
            if device.replica().is_refused(file) {
                return Err(format!("{}: a file was refused", phone.name));
            }
        }
    }
    Ok(())
}

/// There are as many visits and tasks in the office as were taken: none is lost, none is double.
fn each_record_once(witnesses: &[Phone], answers: &Answers) -> Result<(), String> {
    for kind in [RecordKind::Visit, RecordKind::Task] {
        let taken = answers
            .values()
            .filter(|answered| answered.change.makes_record() && answered.change.kind == kind)
            .filter(|answered| !matches!(answered.receipt.verdict, Verdict::Refused(_)))
            .count();
        let kept: usize =
            witnesses.iter().map(|phone| records(phone).iter().filter(|record| record.kind == kind).count()).sum();
        if taken != kept {
            return Err(format!("{taken} of kind {} were taken, {kept} are kept", kind.code()));
        }
    }
    Ok(())
}
