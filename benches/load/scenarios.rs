//! What is done to the client, and what must come of it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clientsmith_runtime::http::Request;
use clientsmith_runtime::{Attempt, Body, BoxError, Interceptor};
use serde::Deserialize;

use crate::client::{Client, ClientBuilder, types::Thing};
use crate::server::LARGE;
use crate::{executor, usage};

const CALLS: u64 = 10_000;
const AT_ONCE: u64 = 500;

/// Calls a server, and says how many calls were made and answered.
type Scenario = fn(&str, &Attempts) -> Made;

/// Its name, whether it speaks TLS, and what it does.
const SCENARIOS: [(&str, bool, Scenario); 11] = [
    ("http", false, steady),
    ("http-by-hand", false, steady_by_hand),
    ("http2", true, steady),
    ("http2-by-hand", true, steady_by_hand),
    ("blocking", false, blocking),
    ("stalls", false, stalls),
    ("http2-stalls", true, stalls),
    ("posts", false, posts),
    ("outage", false, outage),
    ("bomb", false, bomb),
    ("large", true, large),
];

pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SCENARIOS.iter().map(|(name, ..)| *name)
}

/// What a scenario came to.
struct Made {
    calls: u64,
    answered: u64,
    /// Whether the client counts its attempts.
    counts: bool,
}

impl Made {
    fn of(calls: u64, answered: u64) -> Self {
        Self {
            calls,
            answered,
            counts: true,
        }
    }
}

/// What the server counted.
struct Seen {
    connections: u64,
    requests: u64,
    /// Requests that went wrong.
    faults: u64,
    /// How often the body came that came most often.
    most: u64,
}

/// Runs one, checks what both sides counted, and prints a row.
pub(crate) fn run(name: &str, plain: &str, secure: &str) {
    let scenario = SCENARIOS.iter().find(|(known, ..)| *known == name);
    let (_, tls, scenario) = scenario.unwrap_or_else(|| panic!("there is no scenario {name}"));
    let server = if *tls { secure } else { plain };
    let attempts = Attempts::default();
    let before = usage::cpu_time();
    let made = scenario(server, &attempts);
    let (cpu, peak) = (usage::cpu_time() - before, usage::peak());
    let seen = seen(plain);
    if made.counts {
        assert_eq!(attempts.count(), seen.requests, "attempts and requests");
    }
    check(name, &made, &seen, peak);
    let (each, connections, requests) = (cpu / made.calls, seen.connections, seen.requests);
    println!(
        "| {name} | {} | {requests} | {} | {connections} | {each} | {peak} |",
        made.calls, made.answered
    );
}

/// What must be so.
fn check(name: &str, made: &Made, seen: &Seen, peak: u64) {
    match name {
        "stalls" | "http2-stalls" => {
            let lost = CALLS - made.answered;
            assert_eq!(
                seen.requests,
                CALLS + seen.faults - lost,
                "a retry for each stall but a third one"
            );
            assert!(lost < 10, "{lost} lost");
        }
        "posts" => {
            assert_eq!(seen.most, 1, "nothing is created twice");
            assert_eq!(seen.requests, CALLS, "each is sent once");
            assert_eq!(made.answered + seen.faults, CALLS, "each cut call failed");
        }
        "outage" => assert_eq!((made.answered, seen.requests), (0, 1_100)),
        "bomb" => {
            assert_eq!((made.answered, seen.requests), (0, 1));
            assert!(peak < 96, "{peak} MB for an answer that may have 32");
        }
        "large" => assert!(peak < 32, "{peak} MB for a stream"),
        "blocking" => {
            assert_eq!((made.answered, seen.requests), (made.calls, made.calls));
            assert!(seen.connections <= 64, "{} connections", seen.connections);
        }
        _ => assert_eq!((made.answered, seen.requests), (CALLS, CALLS)),
    }
}

/// Asks the server what it counted, which is not counted.
fn seen(server: &str) -> Seen {
    let counts = executor().block_on(async {
        let reply = reqwest::get(format!("{server}/counts")).await.unwrap();
        reply.text().await.unwrap()
    });
    let counts: Vec<u64> = counts.split(' ').map(|n| n.parse().unwrap()).collect();
    // The connection that asked is one.
    let [connections, requests, faults, most] = counts.try_into().unwrap();
    Seen {
        connections: connections - 1,
        requests,
        faults,
        most,
    }
}

/// Counts what the client sends.
#[derive(Clone, Default)]
pub(crate) struct Attempts(Arc<AtomicU64>);

impl Attempts {
    fn count(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Interceptor for Attempts {
    fn before(&self, _: &Attempt<'_>, _: &mut Request<Body>) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// A client of the part of the server that behaves so.
fn client(server: &str, behaviour: &str, attempts: &Attempts) -> ClientBuilder {
    let builder = Client::builder().interceptor(attempts.clone());
    builder.base_url(format!("{server}/{behaviour}"))
}

/// Makes so many calls, so many at once, and counts those that were answered.
async fn calls<F: Future<Output = bool> + Send>(
    count: u64,
    at_once: u64,
    call: impl Fn(u64) -> F + Send + Sync + 'static,
) -> u64 {
    let (call, next) = (Arc::new(call), Arc::new(AtomicU64::new(0)));
    let workers: Vec<_> = (0..at_once)
        .map(|_| {
            let (call, next) = (Arc::clone(&call), Arc::clone(&next));
            tokio::spawn(async move {
                let mut answered = 0;
                loop {
                    match next.fetch_add(1, Ordering::SeqCst) {
                        number if number >= count => return answered,
                        number => answered += u64::from(call(number).await),
                    }
                }
            })
        })
        .collect();
    let mut answered = 0;
    for worker in workers {
        answered += worker.await.unwrap();
    }
    answered
}

/// Lists things, which is right if both of them come.
async fn list(client: Client) -> bool {
    client
        .things()
        .list()
        .send()
        .await
        .is_ok_and(|things| things.len() == 2)
}

fn steady(server: &str, attempts: &Attempts) -> Made {
    let client = client(server, "steady", attempts).build().unwrap();
    let answered = executor().block_on(calls(CALLS, AT_ONCE, move |_| list(client.clone())));
    Made::of(CALLS, answered)
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read and dropped")]
struct ThingByHand {
    id: i64,
    name: String,
    at: Option<clientsmith_runtime::jiff::Timestamp>,
}

/// The same with reqwest and serde's derive.
fn steady_by_hand(server: &str, _: &Attempts) -> Made {
    let url = format!("{server}/steady/things");
    let client = reqwest::Client::new();
    let answered = executor().block_on(calls(CALLS, AT_ONCE, move |_| {
        let call = client.get(&url).header("accept", "application/json").send();
        async {
            let body = call
                .await
                .unwrap()
                .error_for_status()
                .unwrap()
                .bytes()
                .await;
            let things: Vec<ThingByHand> = serde_json::from_slice(&body.unwrap()).unwrap();
            things.len() == 2
        }
    }));
    let counts = false;
    Made {
        calls: CALLS,
        answered,
        counts,
    }
}

/// Threads that share a client.
fn blocking(server: &str, attempts: &Attempts) -> Made {
    const THREADS: u64 = 64;
    const EACH: u64 = 80;
    let client = client(server, "steady", attempts).build().unwrap();
    let answered = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..EACH {
                    let things = client.things().list().send_blocking().unwrap();
                    answered.fetch_add(u64::from(things.len() == 2), Ordering::SeqCst);
                }
            });
        }
    });
    Made::of(THREADS * EACH, answered.into_inner())
}

/// Every twentieth request gets no answer. One call of 8,000 is so unlucky three times, and only such a call is lost.
fn stalls(server: &str, attempts: &Attempts) -> Made {
    let builder = client(server, "stalls", attempts);
    let client = builder
        .attempt_timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let answered = executor().block_on(calls(CALLS, AT_ONCE, move |_| {
        let call = client.things().list().send();
        async {
            let lost = call.await.err();
            assert!(
                lost.as_ref().is_none_or(|error| error.attempts() == 3),
                "{lost:?}"
            );
            lost.is_none()
        }
    }));
    Made::of(CALLS, answered)
}

/// The connection of every twentieth request is cut after it has arrived.
fn posts(server: &str, attempts: &Attempts) -> Made {
    let client = client(server, "cuts", attempts).build().unwrap();
    let answered = executor().block_on(calls(CALLS, AT_ONCE, move |number| {
        let thing = Thing::new(number as i64, "new");
        let call = client.things().create(thing).send();
        async { call.await.is_ok() }
    }));
    Made::of(CALLS, answered)
}

/// Nothing works.
fn outage(server: &str, attempts: &Attempts) -> Made {
    let client = client(server, "down", attempts).build().unwrap();
    let answered = executor().block_on(calls(1_000, 100, move |_| list(client.clone())));
    Made::of(1_000, answered)
}

/// A small answer unpacks to a gigabyte.
fn bomb(server: &str, attempts: &Attempts) -> Made {
    let client = client(server, "bomb", attempts).build().unwrap();
    Made::of(
        1,
        executor().block_on(calls(1, 1, move |_| list(client.clone()))),
    )
}

/// A gigabyte is read part by part.
fn large(server: &str, attempts: &Attempts) -> Made {
    let client = client(server, "large", attempts).build().unwrap();
    let length = executor().block_on(async {
        let mut file = client.file().get().send().await.unwrap();
        let mut length = 0;
        while let Some(part) = file.next().await {
            length += part.unwrap().len();
        }
        length
    });
    assert_eq!(length, LARGE);
    Made::of(1, 1)
}
