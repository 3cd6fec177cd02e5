//! One line per figure: what it is, the figure, its goal, and its ratio to something bare.

use std::time::Duration;

/// Begins the figures of a database.
pub fn title(name: &str) {
    println!("\n{name}");
    println!("{:<4} {:<52} {:>14}  {:<22} compared", "", "", "figure", "goal");
}

/// One figure. `compared` says with what, in the same run.
pub fn line(target: &str, what: &str, figure: &str, goal: &str, compared: &str) {
    println!("{target:<4} {what:<52} {figure:>14}  {goal:<22} {compared}");
}

/// A time beside a bare one.
pub fn against(time: Duration, bare: Duration, what: &str) -> String {
    format!("{:.1} × {what} ({})", time.as_secs_f64() / bare.as_secs_f64(), human(bare))
}

/// A time as people say it.
pub fn human(time: Duration) -> String {
    if time >= Duration::from_secs(1) {
        format!("{:.2} s", time.as_secs_f64())
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    }
}

/// The time that so many percent of all stay below.
pub fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).copied().unwrap_or_default()
}

/// Of several times the middle one.
pub fn median(times: &mut [Duration]) -> Duration {
    percentile(times, 50)
}

/// Bytes as mebibytes; a dash where the system does not say.
pub fn mebibytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{:.1} MiB", bytes as f64 / 1_048_576.0))
}
