//! S1: from the start of the program to its first answer, and what it holds while idle.

use super::{
    Done, people,
    program::Program,
    report::{against, human, line, mebibytes, median},
    store::{Kind, Store},
};

const STARTS: usize = 7;

pub async fn measure(kind: Kind) -> Done<()> {
    let store = Store::new(kind).await?;
    people::found(&store, 1).await?;
    let (mut times, mut bare_times) = (Vec::new(), Vec::new());
    let (mut memory, mut bare_memory) = (None, None);
    for _ in 0..STARTS {
        let program = Program::asysta(&store.url).await?;
        times.push(program.started_in);
        memory = program.memory();
        let bare = Program::bare().await?;
        bare_times.push(bare.started_in);
        bare_memory = bare.memory();
    }
    let (time, bare) = (median(&mut times), median(&mut bare_times));
    line("S1", "from start to the first answer", &human(time), "150 ms", &against(time, bare, "bare server"));
    let compared = format!("bare server {}", mebibytes(bare_memory));
    line("S1", "memory while idle", &mebibytes(memory), "40 MiB", &compared);
    store.end().await
}
