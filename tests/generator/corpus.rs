//! Real documents: none of them may make the generator panic or run for long.
//!
//! `CLIENTSMITH_CORPUS` names a folder with documents in `real/`, `guru/` and `peer/`; without it the
//! test is skipped.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clientsmith::{Config, Generator, Severity};

/// Far more than the largest document takes; a machine may be busy.
const LIMIT: Duration = Duration::from_secs(60);

/// The documents below a folder.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let is_document = ["json", "yaml", "yml"]
            .iter()
            .any(|e| path.extension() == Some(e.as_ref()));
        if path.is_dir() {
            documents(&path, found);
        } else if is_document {
            found.push(path);
        }
    }
}

#[test]
fn every_document_comes_to_an_end() {
    let Some(corpus) = std::env::var_os("CLIENTSMITH_CORPUS") else {
        // Past the capture of the test harness: what is skipped must be seen.
        let mut out = std::io::stderr();
        let _ = writeln!(
            out,
            "skipped: the corpus, because CLIENTSMITH_CORPUS is not set"
        );
        return;
    };
    let mut paths = Vec::new();
    for folder in ["real", "guru"] {
        documents(&Path::new(&corpus).join(folder), &mut paths);
    }
    assert!(!paths.is_empty(), "no documents in {corpus:?}");
    let (mut generated, mut operations, mut emitted) = (0, 0, 0);
    for path in &paths {
        let started = Instant::now();
        let outcome = Generator::new(path.clone())
            .config(Config::default())
            .generate();
        assert!(
            started.elapsed() < LIMIT,
            "{} took too long",
            path.display()
        );
        operations += outcome.coverage.operations_in_spec;
        emitted += outcome.coverage.operations_emitted;
        let errors = outcome
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error);
        match errors.map(|d| d.message.clone()).next() {
            None => generated += 1,
            Some(error) => println!("{}: {error}", path.display()),
        }
    }
    println!(
        "{generated} of {} documents, {emitted} of {operations} operations",
        paths.len()
    );
    // The goal: what is left out is a fault of the document.
    assert!(emitted * 1000 >= operations * 999);
    assert!(generated * 100 >= paths.len() * 99);
}
