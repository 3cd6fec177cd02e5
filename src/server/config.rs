//! Commands and settings of the program.

use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// Asysta: the office's server.
#[derive(Debug, Parser)]
#[command(name = "asysta", version, about = "Serwer Asysty: narzędzia pracy asystentów rodziny")]
pub struct Program {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answers phones and desks.
    Serve(Serve),
    /// Brings the tables up to date and ends.
    Migrate(Storage),
    /// To be run once after the database was brought back from a copy: phones then send again what it lacks.
    Restored(Storage),
    /// Looks after accounts.
    #[command(subcommand)]
    User(UserCommand),
}

/// Where the data are.
#[derive(Clone, Debug, Args)]
pub struct Storage {
    /// Address of the database: `sqlite:FILE` or `postgres://…`.
    #[arg(long, env = "ASYSTA_DATABASE", default_value = "sqlite:data/asysta.sqlite", hide_env_values = true)]
    pub database: String,
}

/// How to answer.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Where the data are.
    #[command(flatten)]
    pub storage: Storage,
    /// Fills an empty database with a town that never existed.
    #[arg(long)]
    pub demo: bool,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "ASYSTA_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Folder of the built browser part.
    #[arg(long, env = "ASYSTA_SITE", default_value = "target/site")]
    pub site: PathBuf,
    /// The address by which people reach the office, such as `https://asysta.example.pl`.
    #[arg(long, env = "ASYSTA_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Hours after which an unused session at the desk ends.
    #[arg(long, env = "ASYSTA_SESSION_IDLE_HOURS", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=168))]
    pub session_idle_hours: u16,
    /// Days after which every session ends.
    #[arg(long, env = "ASYSTA_SESSION_DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=90))]
    pub session_days: u16,
}

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Adds an account; the password is read from the standard input.
    Add(AddUser),
    /// Switches an account off and ends its sessions at once.
    Off(UserOff),
}

/// A new account.
#[derive(Debug, Args)]
pub struct AddUser {
    /// Where the data are.
    #[command(flatten)]
    pub storage: Storage,
    /// Name of the office; it is made if it is not there.
    #[arg(long)]
    pub office: String,
    /// What the person signs in with.
    #[arg(long)]
    pub login: String,
    /// Name and surname.
    #[arg(long)]
    pub name: String,
    /// ASSISTANT, SOCIAL_WORKER, MANAGER, SYS_ADMIN or DPO.
    #[arg(long)]
    pub role: String,
    /// Day of the written authorisation (art. 7 ust. 4): without it the account stays inactive.
    #[arg(long)]
    pub authorised_on: Option<chrono::NaiveDate>,
    /// Day of the written secrecy undertaking: without it the account stays inactive.
    #[arg(long)]
    pub secrecy_on: Option<chrono::NaiveDate>,
    /// Last day of the authorisation, if it ends.
    #[arg(long)]
    pub authorised_until: Option<chrono::NaiveDate>,
}

/// An account that is to be switched off.
#[derive(Debug, Args)]
pub struct UserOff {
    /// Where the data are.
    #[command(flatten)]
    pub storage: Storage,
    /// What the person signs in with.
    #[arg(long)]
    pub login: String,
}
