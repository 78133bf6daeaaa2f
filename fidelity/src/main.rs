//! Fidelity: does what a document gives as examples survive the types generated for it?
//!
//! For each document, every example that is valid for its schema is decoded into the type that the
//! generator made of that schema, encoded again, and compared with what it was. The types are
//! compiled and run for that, in a small program per document.
//!
//! ```text
//! cargo run --release --manifest-path fidelity/Cargo.toml -- ../shared/corpus/real
//! ```
//!
//! With `--at-least 99.5` it fails if fewer percent come back equal. The last line sums up; what did not survive stands in `target/fidelity/<document>.txt`.

mod equal;
mod examples;
mod judge;
mod program;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clientsmith::{Config, Generator};
use serde_json::Value;

use examples::Example;
use judge::Judge;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut least = 0.0;
    if let Some(at) = arguments
        .iter()
        .position(|argument| argument == "--at-least")
    {
        arguments.remove(at);
        let value = (at < arguments.len()).then(|| arguments.remove(at));
        least = value.and_then(|value| value.parse().ok()).unwrap_or(100.0);
    }
    let documents: Vec<PathBuf> = arguments
        .iter()
        .flat_map(|path| documents(Path::new(path)))
        .collect();
    if documents.is_empty() {
        eprintln!("usage: clientsmith-fidelity <document or folder>…");
        return ExitCode::from(2);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fidelity");
    let mut sum = Tally::default();
    let mut skipped = 0;
    for path in documents {
        match check(&path, &folder) {
            Ok(tally) => {
                println!("{tally}  {}", path.display());
                sum.add(&tally);
            }
            Err(message) => {
                println!("skipped {}: {message}", path.display());
                skipped += 1;
            }
        }
    }
    println!("{sum}  in all");
    if skipped > 0 {
        println!("{skipped} documents skipped");
    }
    // Who demands a share demands it of all documents.
    match sum.percent(sum.equal) < least || (least > 0.0 && skipped > 0) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    }
}

/// The JSON documents at a path.
fn documents(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![path.to_path_buf()];
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension() == Some("json".as_ref()))
        .collect();
    paths.sort();
    paths
}

/// How many examples came how far.
#[derive(Debug, Default)]
struct Tally {
    found: usize,
    valid: usize,
    decoded: usize,
    equal: usize,
    /// Equal only because an absent member and a `null` that the schema does not allow are the same.
    null_left_out: usize,
    /// Equal only because members that are not declared are left out.
    undeclared_left_out: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.valid += other.valid;
        self.decoded += other.decoded;
        self.equal += other.equal;
        self.null_left_out += other.null_left_out;
        self.undeclared_left_out += other.undeclared_left_out;
    }
}

impl Tally {
    /// A part of those that are valid.
    fn percent(&self, part: usize) -> f64 {
        match self.valid {
            0 => 100.0,
            all => 100.0 * part as f64 / all as f64,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |part| self.percent(part);
        write!(
            f,
            "{:6} examples, {:6} valid, {:6} decoded ({:6.2} %), {:6} equal ({:6.2} %; {} without \
             undeclared members, {} without nulls that may not stand)",
            self.found,
            self.valid,
            self.decoded,
            percent(self.decoded),
            self.equal,
            percent(self.equal),
            self.undeclared_left_out,
            self.null_left_out,
        )
    }
}

/// Takes the examples of one document through the types generated for it.
fn check(path: &Path, folder: &Path) -> Result<Tally, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut config = Config::default();
    config.name = Some("api".to_owned());
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    config.runtime_path = Some(runtime);
    // The program has none of the crate's features: it sends nothing.
    config.group_features_from = Some(usize::MAX);
    let generator = Generator::new(path.to_path_buf()).config(config);
    let inventory = generator.inspect().2.ok_or("the document cannot be used")?;

    let examples = examples::of(&document, &inventory);
    let judge = Judge::new(&document)?;
    let mut tally = Tally {
        found: examples.len(),
        ..Tally::default()
    };
    let valid: Vec<Example> = examples
        .into_iter()
        .filter(|example| judge.accepts(example))
        .collect();
    tally.valid = valid.len();
    if valid.is_empty() {
        return Ok(tally);
    }
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let results = program::run(&generator, &valid, &folder.join(&name))?;
    let mut report = String::new();
    for (example, result) in valid.iter().zip(results) {
        let verdict = match result {
            Err(fault) => Err(format!("not decoded: {fault}")),
            Ok(encoded) => {
                tally.decoded += 1;
                judge.compare(example, &encoded)
            }
        };
        match verdict {
            Ok(excuses) => {
                tally.equal += 1;
                tally.null_left_out += usize::from(excuses.null_left_out);
                tally.undeclared_left_out += usize::from(excuses.undeclared_left_out);
            }
            Err(reason) => {
                let _ = writeln!(report, "{} as {}: {reason}", example.at, example.rust);
            }
        }
    }
    std::fs::write(folder.join(format!("{name}.txt")), report)
        .map_err(|error| error.to_string())?;
    Ok(tally)
}
