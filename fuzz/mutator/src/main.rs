//! Changes documents at random, knowing what they are made of, and generates a crate from each.
//!
//! The judges are others: the operating system (no abort, no time-out), `rustc -D warnings` and, for some,
//! `rustdoc -D warnings`. A document that fails is kept with what was said of it, made as small as undoing changes
//! makes it.
//!
//! ```console
//! cargo run --release --manifest-path fuzz/Cargo.toml -p clientsmith-mutator -- --seconds 300 tests/fixtures
//! ```

mod judge;
mod mutate;
mod options;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use judge::{Judge, Verdict};
use mutate::Mutation;
use options::Options;
use serde_json::Value;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("error: {message}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    let documents = documents(&options.documents);
    if documents.is_empty() {
        eprintln!("error: no documents in {:?}", options.documents);
        return ExitCode::from(2);
    }
    let judge = match Judge::new(&options) {
        Ok(judge) => judge,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let tally = run(&options, &documents, &judge);
    println!(
        "{} documents of {} (seed {}): {} generated, {} refused, {} compiled, {} documented, {} faults",
        tally.tried,
        documents.len(),
        options.seed,
        tally.generated,
        tally.refused,
        tally.compiled,
        tally.documented,
        tally.faults
    );
    match tally.faults {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// What came of a run.
#[derive(Debug, Default)]
struct Tally {
    tried: usize,
    generated: usize,
    refused: usize,
    compiled: usize,
    documented: usize,
    faults: usize,
}

fn run(options: &Options, documents: &[(PathBuf, Value)], judge: &Judge) -> Tally {
    let mut random = fastrand::Rng::with_seed(options.seed);
    let started = Instant::now();
    let mut tally = Tally::default();
    let is_over = |tally: &Tally| {
        tally.tried >= options.count || started.elapsed() >= Duration::from_secs(options.seconds)
    };
    while !is_over(&tally) {
        let (path, document) = &documents[random.usize(..documents.len())];
        let mutations: Vec<Mutation> = (0..1 + random.usize(..5))
            .map(|_| Mutation::new(&mut random))
            .collect();
        let depth = judge::Depth::of(tally.tried, options);
        let mutated = mutate::apply(document, &mutations);
        tally.tried += 1;
        match judge.judge(&mutated, depth) {
            Verdict::Refused => tally.refused += 1,
            Verdict::Good => {
                tally.generated += 1;
                tally.compiled += usize::from(depth >= judge::Depth::Compiled);
                tally.documented += usize::from(depth >= judge::Depth::Documented);
            }
            Verdict::Fault(said) => {
                tally.faults += 1;
                let small = shrunk(document, mutations, judge, depth);
                report(options, path, tally.tried, &small, &said);
            }
        }
    }
    tally
}

/// The document with as few of the changes as still fail.
fn shrunk(
    document: &Value,
    mut mutations: Vec<Mutation>,
    judge: &Judge,
    depth: judge::Depth,
) -> Value {
    let mut index = 0;
    while mutations.len() > 1 && index < mutations.len() {
        let mut fewer = mutations.clone();
        fewer.remove(index);
        match judge.judge(&mutate::apply(document, &fewer), depth) {
            Verdict::Fault(_) => mutations = fewer,
            _ => index += 1,
        }
    }
    mutate::apply(document, &mutations)
}

fn report(options: &Options, path: &Path, number: usize, document: &Value, said: &str) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let kept = options
        .out
        .join(format!("{}-{number}-{name}.json", options.seed));
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    if let Err(error) = std::fs::write(&kept, text) {
        eprintln!("cannot write {}: {error}", kept.display());
    }
    println!("FAULT {}\n{said}\n", kept.display());
}

/// The documents in some folders, or files.
fn documents(places: &[PathBuf]) -> Vec<(PathBuf, Value)> {
    let mut open = places.to_vec();
    let mut documents = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
            open.extend(entries.map(|entry| entry.path()));
        } else if let Some(document) = document(&path) {
            documents.push((path, document));
        }
    }
    documents.sort_by(|(a, _), (b, _)| a.cmp(b));
    documents
}

/// A document, if the file is one and small enough to be compiled often.
fn document(path: &Path) -> Option<Value> {
    const MAX_BYTES: usize = 300_000;
    let text = std::fs::read_to_string(path).ok()?;
    let document: Value = match path.extension()?.to_str()? {
        "json" => serde_json::from_str(&text).ok()?,
        "yaml" | "yml" => serde_yaml_ng::from_str(&text).ok()?,
        _ => return None,
    };
    let is_document = document.get("openapi").is_some() && text.len() <= MAX_BYTES;
    is_document.then_some(document)
}
