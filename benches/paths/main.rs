//! One hot path, so many times: `paths NAME COUNT` runs it and prints the CPU time that each took.
//!
//! `benches/instructions` runs all of them under valgrind, which counts instructions and allocations: these
//! do not depend on what else a machine does.

#[path = "../models/mod.rs"]
mod models;
mod server;
mod unions;

use std::hint::black_box;

use clientsmith_runtime::http::{Method, Request};
use fleece_ai::runtime::uuid::Uuid;
use fleece_ai::types::{Agent, ListAgentsResponse};
use fleece_ai::{Client, runtime};

use models::{AGENT, derived, page};

/// A path by its name: it is made ready, and then run so many times.
type Path = fn(&mut dyn FnMut(&mut dyn FnMut()));

const PATHS: [(&str, Path); 16] = [
    ("decode-agent-generated", |run| {
        run(&mut || {
            drop(black_box(
                runtime::from_slice::<Agent>(AGENT.as_bytes()).unwrap(),
            ))
        });
    }),
    ("decode-agent-derived", |run| {
        run(&mut || {
            drop(black_box(
                serde_json::from_slice::<derived::Agent>(AGENT.as_bytes()).unwrap(),
            ))
        });
    }),
    ("decode-page-generated", |run| {
        let page = page(100);
        run(&mut || {
            drop(black_box(
                runtime::from_slice::<ListAgentsResponse>(page.as_bytes()).unwrap(),
            ));
        });
    }),
    ("decode-page-derived", |run| {
        let page = page(100);
        run(&mut || {
            drop(black_box(
                serde_json::from_slice::<derived::ListAgentsResponse>(page.as_bytes()).unwrap(),
            ));
        });
    }),
    ("encode-page-generated", |run| {
        let page: ListAgentsResponse = runtime::from_slice(page(100).as_bytes()).unwrap();
        run(&mut || drop(black_box(runtime::to_vec(&page).unwrap())));
    }),
    ("encode-page-derived", |run| {
        let page: derived::ListAgentsResponse = serde_json::from_str(&page(100)).unwrap();
        run(&mut || drop(black_box(serde_json::to_vec(&page).unwrap())));
    }),
    ("union-tag-first-generated", |run| {
        unions::generated(run, unions::TAG_FIRST)
    }),
    ("union-tag-first-derived", |run| {
        unions::derived(run, unions::TAG_FIRST)
    }),
    ("union-tag-last-generated", |run| {
        unions::generated(run, unions::TAG_LAST)
    }),
    ("union-tag-last-derived", |run| {
        unions::derived(run, unions::TAG_LAST)
    }),
    ("union-by-look-generated", unions::generated_by_look),
    ("union-by-look-derived", unions::derived_untagged),
    ("request-generated", |run| {
        let client = Client::new("flc_key").unwrap();
        let id = Uuid::nil();
        run(&mut || drop(black_box(client.agents().get(id).into_request().unwrap())));
    }),
    ("request-by-hand", |run| {
        let id = Uuid::nil();
        run(&mut || drop(black_box(request_by_hand(id))));
    }),
    ("call-generated", call_generated),
    ("call-by-hand", call_by_hand),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["names"] => PATHS.iter().for_each(|(name, _)| println!("{name}")),
        ["serve"] => server::serve(AGENT),
        [name, count] => {
            let path = PATHS.iter().find(|(known, _)| known == name);
            let (_, path) = path.unwrap_or_else(|| panic!("there is no path {name}"));
            measure(name, *path, count.parse().unwrap());
        }
        // `cargo bench` gives arguments of its own, and runs everything.
        _ => PATHS
            .iter()
            .filter(|(name, _)| !name.starts_with("call"))
            .for_each(|(name, path)| measure(name, *path, 10_000)),
    }
}

/// Runs a path, and prints the CPU time of each turn.
fn measure(name: &str, path: Path, count: u64) {
    path(&mut |turn| {
        let before = cpu_time();
        for _ in 0..count {
            turn();
        }
        let nanoseconds = cpu_time() - before;
        println!("{name}: {} ns", nanoseconds / count.max(1));
    });
}

/// The time that the threads of this program ran, in nanoseconds. Linux counts it.
fn cpu_time() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let times = tasks.filter_map(|task| {
        let times = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        times.split(' ').next()?.parse::<u64>().ok()
    });
    times.sum()
}

/// The request that a hand would write for this one operation.
fn request_by_hand(id: Uuid) -> Request<Vec<u8>> {
    Request::builder()
        .method(Method::GET)
        .uri(format!("https://fleeceai.app/api/v1/agents/{id}"))
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {}", "flc_key"))
        .header("user-agent", "by-hand/1.0")
        .body(Vec::new())
        .unwrap()
}

/// Where the server of `paths serve` listens.
fn server_url() -> String {
    std::env::var("PATHS_SERVER").expect("PATHS_SERVER says where `paths serve` listens")
}

fn executor() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn call_generated(run: &mut dyn FnMut(&mut dyn FnMut())) {
    let executor = executor();
    let client = Client::builder()
        .bearer_auth("flc_key")
        .base_url(server_url())
        .build()
        .unwrap();
    let id = Uuid::nil();
    run(&mut || {
        let agent = executor.block_on(client.agents().get(id).send()).unwrap();
        drop(black_box(agent));
    });
}

fn call_by_hand(run: &mut dyn FnMut(&mut dyn FnMut())) {
    let executor = executor();
    let client = reqwest::Client::new();
    let (url, id) = (server_url(), Uuid::nil());
    run(&mut || {
        let call = async {
            let reply = client
                .get(format!("{url}/agents/{id}"))
                .bearer_auth("flc_key")
                .header("accept", "application/json")
                .send()
                .await?;
            let body = reply.error_for_status()?.bytes().await?;
            Ok::<_, reqwest::Error>(serde_json::from_slice::<derived::Agent>(&body).unwrap())
        };
        drop(black_box(executor.block_on(call).unwrap()));
    });
}
