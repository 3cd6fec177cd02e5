//! A server in a process of its own: the built program, or the bare one it is compared with.

use super::{Done, bare, wire::Line};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Linux counts processor time in hundredths of a second, whatever the kernel.
const TICK: Duration = Duration::from_millis(10);

pub struct Program {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

impl Program {
    /// Asysta over a database.
    pub async fn asysta(url: &str) -> Done<Self> {
        // Another build can be named, as for the tests in a browser.
        let built = std::env::var_os("ASYSTA_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_asysta").into());
        let mut command = Command::new(built);
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", url]);
        Self::start(command).await
    }

    /// The bare server.
    pub async fn bare() -> Done<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(bare::SERVE);
        Self::start(command).await
    }

    async fn start(mut command: Command) -> Done<Self> {
        let began = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let output = child.stdout.take().ok_or("the program has no output")?;
        // Both programs say where they listen in the first line that has an address.
        let address = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("http://").and_then(|(_, address)| address.parse().ok()))
            .ok_or("the program did not say where it listens")?;
        let mut line = Line::open(address).await?;
        line.ask(b"GET /api/health HTTP/1.1\r\nhost: office\r\n\r\n").await?;
        Ok(Self { child, address, started_in: began.elapsed() })
    }

    /// Processor time so far; `None` where the system does not say.
    pub fn cpu(&self) -> Option<Duration> {
        let text = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let (_, after_name) = text.rsplit_once(')')?;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<u32>().ok());
        // User and system time, the 14th and 15th field of the file.
        Some(TICK * (ticks(11)? + ticks(12)?))
    }

    /// Memory that it holds now, in bytes.
    pub fn memory(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    /// The most memory that it ever held, in bytes.
    pub fn most_memory(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let kibibytes: u64 =
            text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
