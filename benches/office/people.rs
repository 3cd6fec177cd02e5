//! An office with assistants, each with one family, all signed in.

use super::{Done, cards, store::Store};
use asysta::{
    domain::{
        access::{Actor, Role},
        change::Change,
        codes::{Basis, FamilyRole},
        documents::{
            RecordKind,
            case_card::{self, Stage},
            family_card,
        },
        form::Answers,
        ids::{DeviceId, FamilyId, OfficeId, Rev, UserId},
    },
    server::{
        auth::session::{Cookie, Terms, Token},
        db::{
            Db, offices, sessions,
            users::{self, Account, Standing},
        },
        exchange::{self, Caller},
    },
    sync::protocol::{Request, RequestEnvelope, Verdict},
};
use chrono::Utc;
use uuid::Uuid;

/// An assistant with a phone.
#[derive(Clone, Debug)]
pub struct Assistant {
    pub user: UserId,
    pub cookie: String,
    pub family: FamilyId,
    pub device: DeviceId,
    /// Tag of the office's list of people.
    pub people_tag: String,
}

pub struct Office {
    /// The manager's cookie.
    pub manager: String,
    pub assistants: Vec<Assistant>,
    /// Its last revision.
    pub rev: Rev,
}

/// An unforeseeable id.
pub fn fresh() -> Uuid {
    Uuid::from_bytes(rand::random())
}

/// A session of somebody who has an account: the cookie that proves it.
async fn sign_in(db: &Db, user: UserId) -> Done<String> {
    let token = Token::new()?;
    let mut link = db.begin().await?;
    sessions::add(&mut link, &token.hash(), user, Utc::now()).await?;
    link.commit().await?;
    let header = Cookie { secure: false }.give(&token, Terms::default()).ok_or("the token makes no header")?;
    Ok(header.to_str()?.split(';').next().unwrap_or_default().to_owned())
}

/// Makes an office in an empty database.
pub async fn found(store: &Store, assistants: usize) -> Done<Office> {
    let db = store.open().await?;
    let id = OfficeId(fresh());
    let mut link = db.begin().await?;
    offices::add(&mut link, id, "OPS", false).await?;
    link.commit().await?;
    let manager = hire(&db, id, Role::Manager).await?;
    let cookie = sign_in(&db, manager.user).await?;
    let mut office = Office { manager: cookie, assistants: Vec::new(), rev: Rev::NONE };
    // The counter begins at one and counts everybody who comes.
    let people_tag = (2 + assistants).to_string();
    for _ in 0..assistants {
        let actor = hire(&db, id, Role::Assistant).await?;
        let cookie = sign_in(&db, actor.user).await?;
        let (family, device) = (FamilyId(fresh()), DeviceId(fresh()));
        let assistant = Assistant { user: actor.user, cookie, family, device, people_tag: people_tag.clone() };
        let (case, card) = (case_of(&manager, &assistant), card_of(&assistant, office.assistants.len() + 1));
        for (author, change) in [(&manager, case), (&actor, card)] {
            office.rev = accept(&db, author, change).await?;
        }
        office.assistants.push(assistant);
    }
    db.close().await;
    Ok(office)
}

async fn hire(db: &Db, office: OfficeId, role: Role) -> Done<Actor> {
    let actor = Actor { user: UserId(fresh()), office, role };
    let papers = "2026-01-02".parse().ok();
    let standing = Standing { active: true, authorised_on: papers, secrecy_on: papers, authorised_until: None };
    let (login, name) = (actor.user.to_string(), actor.user.to_string());
    // Nobody signs in with a password here: no hash fits this.
    let account = Account { actor: actor.clone(), login, name, password_hash: "-".to_owned(), standing };
    let mut link = db.begin().await?;
    users::add(&mut link, &account).await?;
    link.commit().await?;
    Ok(actor)
}

fn case_of(manager: &Actor, assistant: &Assistant) -> Change {
    let case = Answers::default()
        .with(case_card::STAGE, Stage::Cooperation)
        .with(case_card::BASIS, [Basis::ALL[0].code().to_owned()].into())
        .with(case_card::ASSISTANT, assistant.user);
    cards::made(manager.user, RecordKind::Case, assistant.family, &case)
}

fn card_of(assistant: &Assistant, number: usize) -> Change {
    let mut card = Answers::default()
        .with(family_card::CODE, format!("R{number:02}"))
        .with(family_card::SURNAME, "Próbna".into())
        .with(family_card::LOCALITY, "Przykładowo".into());
    let mother = Answers::default().with(family_card::FIRST_NAME, "Anna".into());
    card.put_row(family_card::MEMBERS, "m1", mother.with(family_card::ROLE, FamilyRole::Mother));
    cards::made(assistant.user, RecordKind::Family, assistant.family, &card)
}

async fn accept(db: &Db, author: &Actor, change: Change) -> Done<Rev> {
    let caller = Caller { actor: author.clone(), people_rev: 0 };
    let request = Request {
        device: DeviceId(fresh()),
        app: "bench".into(),
        changes: vec![change],
        cursors: Default::default(),
        waiting: 0,
        oldest: None,
        people_tag: "0".into(),
        book_tag: Some(Rev::NONE),
        contents: Vec::new(),
        epoch: None,
        newest: None,
        compare: None,
        seal_key: None,
        about: None,
        failures: 0,
    };
    let answer = exchange::exchange(db, &caller, RequestEnvelope::of(&request)?, Utc::now()).await?;
    match answer.receipts.first().map(|receipt| &receipt.verdict) {
        Some(Verdict::Accepted { rev }) => Ok(*rev),
        other => Err(format!("the founding was answered {other:?}").into()),
    }
}
