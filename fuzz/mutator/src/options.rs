//! The command line.

use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
Usage: clientsmith-mutator [OPTIONS] DOCUMENTS...

  DOCUMENTS       folders of documents, or files
  --seed N        where chance starts (default: the day)
  --count N       how many documents are made
  --seconds N     how long it goes on (default: 60)
  --compile N     every so many-th crate is compiled (default: 10; 0: none)
  --document N    every so many-th is documented (default: 100; 0: none)
  --out DIR       where documents are kept that fail (default: target/mutator)
  --project DIR   the checkout of clientsmith (default: .)";

pub(crate) struct Options {
    pub(crate) seed: u64,
    pub(crate) count: usize,
    pub(crate) seconds: u64,
    pub(crate) compile: usize,
    pub(crate) document: usize,
    pub(crate) out: PathBuf,
    pub(crate) project: PathBuf,
    pub(crate) documents: Vec<PathBuf>,
}

impl Options {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            seed: today(),
            count: usize::MAX,
            seconds: 60,
            compile: 10,
            document: 100,
            out: PathBuf::from("target/mutator"),
            project: PathBuf::from("."),
            documents: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
            match argument.as_str() {
                "--seed" => options.seed = number(value()?)?,
                "--count" => options.count = number(value()?)? as usize,
                "--seconds" => options.seconds = number(value()?)?,
                "--compile" => options.compile = number(value()?)? as usize,
                "--document" => options.document = number(value()?)? as usize,
                "--out" => options.out = PathBuf::from(value()?),
                "--project" => options.project = PathBuf::from(value()?),
                other if other.starts_with("--") => return Err(format!("unknown option {other}")),
                other => options.documents.push(PathBuf::from(other)),
            }
        }
        Ok(options)
    }
}

/// The number of the day, so that every day others are tried and one day's run can be repeated.
fn today() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() / 86_400)
}
