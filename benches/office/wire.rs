//! A client that costs next to nothing, so that the two processors are the server's: requests are
//! written once, as bytes, and answers are read without being looked at.

use super::Done;
use asysta::sync::protocol::MEDIA_TYPE;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A request as it goes over the wire.
pub fn exchange(cookie: &str, body: &[u8]) -> Vec<u8> {
    request("/api/v1/exchange", cookie, MEDIA_TYPE, body)
}

/// A question of the desk, asked as a browser asks it.
pub fn question(door: &str, cookie: &str) -> Vec<u8> {
    request(&format!("/api/v1/{door}"), cookie, "application/json", b"{}")
}

/// A request of the bare server.
pub fn bare(path: &str, body: &[u8]) -> Vec<u8> {
    request(path, "-", MEDIA_TYPE, body)
}

fn request(path: &str, cookie: &str, media: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: office\r\norigin: http://office\r\ncookie: {cookie}\r\ncontent-type: {media}\r\n\
         accept-encoding: gzip, deflate, br\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A connection that is kept, as browsers keep theirs.
pub struct Line(BufReader<TcpStream>);

impl Line {
    pub async fn open(address: SocketAddr) -> Done<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::with_capacity(64 * 1024, stream)))
    }

    pub async fn open_many(address: SocketAddr, number: usize) -> Done<Vec<Self>> {
        let mut lines = Vec::with_capacity(number);
        for _ in 0..number {
            lines.push(Self::open(address).await?);
        }
        Ok(lines)
    }

    /// Asks, and reads the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Done<Vec<u8>> {
        self.0.get_mut().write_all(request).await?;
        let status = self.head_line().await?;
        let mut length = None;
        loop {
            let line = self.head_line().await?;
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = Some(value.parse()?);
            }
        }
        let body = match length {
            Some(length) => self.bytes(length).await?,
            None => self.chunks().await?,
        };
        if status.starts_with("HTTP/1.1 200") { Ok(body) } else { Err(format!("answered {status}").into()) }
    }

    async fn head_line(&mut self) -> Done<String> {
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        line.truncate(line.trim_end().len());
        Ok(line.to_ascii_lowercase().replacen("http/1.1", "HTTP/1.1", 1))
    }

    async fn bytes(&mut self, length: usize) -> Done<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    async fn chunks(&mut self) -> Done<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.head_line().await?, 16)?;
            body.extend(self.bytes(length).await?);
            self.head_line().await?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}

/// What came of requests that were sent at once.
pub struct Crowd {
    /// From the first request to the last answer.
    pub took: Duration,
    /// Each request's own time.
    pub times: Vec<Duration>,
    /// Everybody's first answer.
    pub answers: Vec<Vec<u8>>,
}

/// Everybody asks at once: each on a line of their own, one question each, `rounds` times over.
pub async fn all_at_once(lines: Vec<Line>, requests: Vec<Vec<u8>>, rounds: usize) -> Done<Crowd> {
    let began = Instant::now();
    let tasks = lines.into_iter().zip(requests).map(|(mut line, request)| {
        tokio::spawn(async move {
            let (mut times, mut first) = (Vec::with_capacity(rounds), None);
            for _ in 0..rounds {
                let began = Instant::now();
                let answer = line.ask(&request).await?;
                times.push(began.elapsed());
                first.get_or_insert(answer);
            }
            Done::Ok((times, first))
        })
    });
    let mut crowd = Crowd { took: Duration::ZERO, times: Vec::new(), answers: Vec::new() };
    // Collected first: a task begins when it is made, not when it is waited for.
    for task in tasks.collect::<Vec<_>>() {
        let (times, first) = task.await??;
        crowd.times.extend(times);
        crowd.answers.extend(first);
    }
    crowd.took = began.elapsed();
    Ok(crowd)
}
