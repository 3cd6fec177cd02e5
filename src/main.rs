//! The server program: `asysta serve`, `asysta migrate`, `asysta user add`, `asysta user off`.

use asysta::{
    domain::{
        access::{Actor, Role},
        calendar::warsaw_day,
        ids::{OfficeId, UserId},
    },
    server::{
        auth::{password::Passwords, session::Terms},
        config::{AddUser, Command, Program, Serve, Storage, UserCommand, UserOff},
        db::{Db, offices, sessions, users},
        demo, http, load,
        shell::Site,
        state::{Clock, PublicUrl, State},
    },
};
use chrono::Duration;
use clap::Parser;
use rand::{TryRngCore, rngs::OsRng};
use std::{error::Error, io::IsTerminal, process::ExitCode};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

/// The programs end with a sentence, whatever went wrong.
type Ended = Result<(), Box<dyn Error>>;

/// Seed of the demo town: everybody sees the same one.
const TOWN: u64 = 2026;

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program::parse();
    let filter = EnvFilter::try_from_env("ASYSTA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    let ended = match program.command {
        Command::Serve(settings) => serve(settings).await,
        Command::Migrate(storage) => migrate(storage).await,
        Command::Restored(storage) => restored(storage).await,
        Command::User(UserCommand::Add(user)) => add_user(user).await,
        Command::User(UserCommand::Off(user)) => switch_off(user).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn migrate(storage: Storage) -> Ended {
    Db::open(&storage.database).await?.close().await;
    println!("The tables are up to date.");
    Ok(())
}

async fn restored(storage: Storage) -> Ended {
    let db = Db::open(&storage.database).await?;
    let mut link = db.begin().await?;
    let offices = offices::end_all_epochs(&mut link, Clock::system().now()).await?;
    link.commit().await?;
    db.close().await;
    println!("A new epoch has begun for {offices} offices: phones compare and send again what is missing.");
    Ok(())
}

async fn serve(settings: Serve) -> Ended {
    let db = Db::open(&settings.storage.database).await?;
    let clock = Clock::system();
    let mut state = State::new(db, clock, Site::new(&settings.site), PublicUrl(settings.public_url.clone()));
    state.terms = Terms {
        idle: Duration::hours(settings.session_idle_hours.into()),
        absolute: Duration::days(settings.session_days.into()),
    };
    if settings.demo {
        load_demo(&state).await?;
    }
    let listener = TcpListener::bind(settings.listen).await?;
    println!("Asysta: http://{}", listener.local_addr()?);
    let db = state.db.clone();
    axum::serve(listener, http::router(state)).with_graceful_shutdown(asked_to_end()?).await?;
    db.close().await;
    Ok(())
}

async fn load_demo(state: &State) -> Ended {
    let town = demo::town(warsaw_day(state.clock.now()), TOWN);
    let people: Vec<_> = town.people.iter().map(|person| (person.login, person.role, person.name.clone())).collect();
    if load::town(&state.db, &state.passwords, town).await? == load::Loaded::NotHere {
        println!("This database holds an office of its own: the demo was not loaded.");
        return Ok(());
    }
    println!("Demo accounts, password {}:", load::PASSWORD);
    for (login, role, name) in people {
        println!("  {login:<12} {name} ({})", role.label());
    }
    Ok(())
}

/// Ends when the system or the person at the keyboard asks for it.
fn asked_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("ending: no new requests, those under way are finished");
    })
}

async fn add_user(new: AddUser) -> Ended {
    let role: Role = new.role.parse().map_err(|()| "the role is none of those that `asysta user add --help` names")?;
    let mut password = String::new();
    std::io::stdin().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < 12 {
        return Err("the password needs at least 12 characters".into());
    }
    let hash = Passwords::new().hash(password).await?;
    let db = Db::open(&new.storage.database).await?;
    let now_ms = u64::try_from(Clock::system().now().timestamp_millis())?;
    let mut link = db.begin().await?;
    let office = match offices::named(&mut link, &new.office).await? {
        Some(office) => office,
        None => {
            let office = OfficeId::new(now_ms, random()?);
            offices::add(&mut link, office, &new.office, false).await?;
            office
        }
    };
    let standing = users::Standing {
        active: true,
        authorised_on: new.authorised_on,
        secrecy_on: new.secrecy_on,
        authorised_until: new.authorised_until,
    };
    let actor = Actor { user: UserId::new(now_ms, random()?), office, role };
    let login = new.login.trim().to_lowercase();
    users::add(&mut link, &users::Account { actor, login, name: new.name, password_hash: hash, standing }).await?;
    link.commit().await?;
    db.close().await;
    println!("The account was added.");
    Ok(())
}

async fn switch_off(user: UserOff) -> Ended {
    let db = Db::open(&user.storage.database).await?;
    let mut link = db.begin().await?;
    let login = user.login.trim().to_lowercase();
    let account = users::by_login(&mut link, &login).await?.ok_or("nobody signs in with this")?;
    users::set_active(&mut link, account.actor.user, false).await?;
    sessions::end_all(&mut link, account.actor.user).await?;
    link.commit().await?;
    db.close().await;
    println!("The account is switched off and its sessions have ended.");
    Ok(())
}

fn random() -> Result<[u8; 10], rand::rand_core::OsError> {
    let mut bytes = [0; 10];
    OsRng.try_fill_bytes(&mut bytes)?;
    Ok(bytes)
}
