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
//! With `--values SEED` it takes values that are made from each schema in `components` instead of examples.
//! With `--suite FOLDER` it does the same with the valid instances of the JSON-Schema-Test-Suite, and prints
//! `N of M`. With `--at-least 99.5` it fails if fewer percent come back equal. The last line sums up; what did not survive stands in `target/fidelity/<document>.txt`.

mod equal;
mod examples;
mod judge;
mod program;
mod suite;
mod values;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clientsmith::{Config, Generator, Input};
use serde_json::Value;

use examples::Example;
use judge::Judge;
use suite::Suite;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let least = option(&mut arguments, "--at-least").unwrap_or(0.0);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fidelity");
    if let [mode, path] = arguments.as_slice()
        && mode == "--suite"
    {
        return of_suite(Path::new(path), &folder, least);
    }
    let seed = option(&mut arguments, "--values");
    let documents: Vec<PathBuf> = arguments
        .iter()
        .flat_map(|path| documents(Path::new(path)))
        .collect();
    if documents.is_empty() {
        eprintln!(
            "usage: clientsmith-fidelity [--values SEED] [--at-least PERCENT] <document or folder>…\n       clientsmith-fidelity --suite <folder> [--at-least PERCENT]"
        );
        return ExitCode::from(2);
    }
    let mut sum = Tally::default();
    let mut skipped = 0;
    for path in documents {
        match check(&path, &folder, seed) {
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

/// Takes an option and its value out of the arguments.
fn option<T: std::str::FromStr>(arguments: &mut Vec<String>, name: &str) -> Option<T> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.remove(at);
    let value = (at < arguments.len()).then(|| arguments.remove(at))?;
    value.parse().ok()
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
    /// Equal, but part of it is in no declared alternative of a union or an enum.
    unknown: usize,
    /// Equal, but an optional member is not what its type declares.
    deviating: usize,
    /// Equal, but members were kept as undeclared that no value was given on purpose.
    undeclared: usize,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.valid += other.valid;
        self.decoded += other.decoded;
        self.equal += other.equal;
        self.null_left_out += other.null_left_out;
        self.undeclared_left_out += other.undeclared_left_out;
        self.unknown += other.unknown;
        self.deviating += other.deviating;
        self.undeclared += other.undeclared;
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
             undeclared members, {} without nulls that may not stand, {} deviating, {} with an unknown alternative, {} with undeclared members)",
            self.found,
            self.valid,
            self.decoded,
            percent(self.decoded),
            self.equal,
            percent(self.equal),
            self.undeclared_left_out,
            self.null_left_out,
            self.deviating,
            self.unknown,
            self.undeclared,
        )
    }
}

/// How the crates are generated.
fn config() -> Config {
    let mut config = Config::default();
    config.name = Some("api".to_owned());
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    config.runtime_path = Some(runtime);
    // The program has none of the crate's features: it sends nothing.
    config.group_features_from = Some(usize::MAX);
    config
}

/// Takes the valid instances of the JSON-Schema-Test-Suite through the types of their schemas.
fn of_suite(path: &Path, folder: &Path, least: f64) -> ExitCode {
    match check_suite(path, folder) {
        Ok((equal, all)) if equal as f64 >= least * all as f64 / 100.0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{}: {message}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn check_suite(path: &Path, folder: &Path) -> Result<(usize, usize), String> {
    let suite = Suite::read(path)?;
    let input = Input::Text {
        name: "suite.json".to_owned(),
        text: suite.document.to_string(),
    };
    let generator = Generator::new(input).config(config());
    let inventory = generator.inspect().2.ok_or("the document cannot be used")?;
    let types = &inventory.types;
    let examples = suite.examples(|pointer| {
        let ty = types.iter().find(|ty| ty.pointer == pointer);
        ty.map(|ty| ty.rust.clone())
    });
    let judge = Judge::new(&suite.document)?;
    // For the suite `format` is an annotation only; for the types that we make of some formats it is not.
    let found = examples.len();
    let examples: Vec<Example> = examples
        .into_iter()
        .filter(|example| !suite.has_typed_format(example) || judge.accepts(example))
        .collect();
    let results = program::run(&generator, &examples, &folder.join("suite"))?;
    let mut report = String::new();
    let (mut equal, mut decoded) = (0, 0);
    for (example, result) in examples.iter().zip(results) {
        decoded += usize::from(result.is_ok());
        let verdict = match result {
            Err(fault) => Err(format!("not decoded: {fault}")),
            Ok(encoded) => judge.compare(example, &encoded.value).and_then(|excuses| {
                match excuses.null_left_out || excuses.undeclared_left_out {
                    true => Err(format!("{} became {}", example.value, encoded.value)),
                    false => Ok(()),
                }
            }),
        };
        match verdict {
            Ok(()) => equal += 1,
            Err(reason) => {
                let _ = writeln!(report, "{} as {}: {reason}", example.at, example.rust);
            }
        }
    }
    std::fs::write(folder.join("suite.txt"), report).map_err(|error| error.to_string())?;
    println!(
        "{equal} of {} valid instances come back equal, {decoded} are decoded; left out: {} groups, {} instances",
        examples.len(),
        suite.groups_left_out,
        suite.instances_left_out + found - examples.len(),
    );
    Ok((equal, examples.len()))
}

/// Takes the examples of one document through the types generated for it.
fn check(path: &Path, folder: &Path, seed: Option<u64>) -> Result<Tally, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let document: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let generator = Generator::new(path.to_path_buf()).config(config());
    let inventory = generator.inspect().2.ok_or("the document cannot be used")?;

    let examples = match seed {
        Some(seed) => values::of(&document, &inventory, seed),
        None => examples::of(&document, &inventory),
    };
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
                let same = judge.compare(example, &encoded.value);
                same.map(|excuses| (excuses, encoded))
            }
        };
        match verdict {
            Ok((excuses, encoded)) => {
                tally.equal += 1;
                tally.deviating += usize::from(encoded.deviates);
                tally.unknown += usize::from(encoded.is_unknown);
                let undeclared =
                    encoded.keeps && !example.value.to_string().contains(values::UNKNOWN);
                tally.undeclared += usize::from(undeclared);
                if encoded.deviates || encoded.is_unknown || undeclared {
                    let how = match (encoded.deviates, encoded.is_unknown) {
                        (true, _) => "deviates",
                        (_, true) => "unknown",
                        _ => "undeclared",
                    };
                    let _ = writeln!(
                        report,
                        "{} as {}: {how}: {}",
                        example.at, example.rust, example.value
                    );
                }
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
