//! The program: the generated crate, and a `main` that decodes and encodes what it reads.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use clientsmith::{Generator, WriteOptions};
use serde_json::Value;

use crate::examples::Example;

/// What became of an example: what was encoded, or why it was not decoded.
pub(crate) type Outcome = Result<Encoded, String>;

/// A value that was decoded and encoded again.
#[derive(Debug)]
pub(crate) struct Encoded {
    pub(crate) value: Value,
    /// Whether an optional member is not what its type declares.
    pub(crate) deviates: bool,
    /// Whether a part of it is none of the declared alternatives or values.
    pub(crate) is_unknown: bool,
    /// Whether its type keeps members that it does not declare.
    pub(crate) keeps: bool,
}

/// Takes the examples through their types, in a program compiled for that.
pub(crate) fn run(
    generator: &Generator,
    examples: &[Example],
    folder: &Path,
) -> Result<Vec<Outcome>, String> {
    let outcome = generator.generate();
    let options = WriteOptions::default().force(true);
    clientsmith::write(&outcome.files, &folder.join("api"), options)
        .map_err(|_| "the crate cannot be written".to_owned())?;
    let types = types(examples);
    write(&folder.join("Cargo.toml"), MANIFEST)?;
    write(&folder.join("src/main.rs"), &main(&types))?;
    let input: String = examples.iter().fold(String::new(), |mut input, example| {
        let index = types
            .iter()
            .position(|ty| *ty == example.rust)
            .unwrap_or_default();
        let _ = writeln!(input, "{index} {}", example.value);
        input
    });
    let output = cargo_run(folder, &input)?;
    let lines = output.lines().map(|line| match line.split_once(' ') {
        Some((ok, json)) if ok.starts_with("ok") => {
            let value = serde_json::from_str(json).map_err(|error| error.to_string())?;
            Ok(Encoded {
                value,
                deviates: ok.contains("-deviates"),
                is_unknown: ok.contains("-unknown"),
                keeps: ok.contains("-keeps"),
            })
        }
        Some((_, fault)) => Err(fault.to_owned()),
        None => Err(line.to_owned()),
    });
    let outcomes: Vec<Outcome> = lines.collect();
    match outcomes.len() == examples.len() {
        true => Ok(outcomes),
        false => Err(format!(
            "{} of {} examples were answered",
            outcomes.len(),
            examples.len()
        )),
    }
}

const MANIFEST: &str = r#"[package]
name = "round-trip"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
api = { path = "api", default-features = false }

[profile.dev]
debug = 0
"#;

/// The types of the examples, each once.
fn types(examples: &[Example]) -> Vec<&str> {
    let mut types: Vec<&str> = examples
        .iter()
        .map(|example| example.rust.as_str())
        .collect();
    types.sort_unstable();
    types.dedup();
    types
}

fn main(types: &[&str]) -> String {
    let mut code = String::from(
        r#"#[allow(unused_imports)]
use api::*;

fn check<T: runtime::Decode + std::fmt::Debug>(json: &str) -> String {
    match runtime::from_slice::<T>(json.as_bytes()) {
        Err(fault) => format!("fault {}", fault.to_string().replace('\n', " ")),
        Ok(value) => match runtime::to_vec(&value) {
            Ok(json) => {
                let deviates = if runtime::FromResponse::deviations(&value).is_empty() { "" } else { "-deviates" };
                let shown = format!("{value:?}");
                let unknown = if shown.contains("Unknown(") { "-unknown" } else { "" };
                let keeps = if shown.contains("undeclared: ") { "-keeps" } else { "" };
                format!("ok{deviates}{unknown}{keeps} {}", String::from_utf8_lossy(&json))
            }
            Err(fault) => format!("fault on the way back: {fault}"),
        },
    }
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (index, json) = line.split_once(' ').unwrap();
        let result = match index.parse::<usize>().unwrap() {
"#,
    );
    for (index, ty) in types.iter().enumerate() {
        let _ = writeln!(code, "            {index} => check::<{ty}>(json),");
    }
    code.push_str(
        "            _ => unreachable!(),\n        };\n        println!(\"{result}\");\n    }\n}\n",
    );
    code
}

fn write(path: &Path, contents: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, contents))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Compiles and runs the program. All programs share a target folder, so that what they have in
/// common is compiled once.
fn cargo_run(folder: &Path, input: &str) -> Result<String, String> {
    let mut child = Command::new("cargo")
        .args(["run", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_file_name("target"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let stdin = child.stdin.take();
    let input = input.to_owned();
    // Read and write at once, or both sides would wait for each other.
    let writer =
        std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let _ = writer.join();
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let first = errors
            .lines()
            .find(|line| line.starts_with("error"))
            .unwrap_or("it failed");
        return Err(format!("the program does not run: {first}"));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
