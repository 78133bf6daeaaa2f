//! The command line: arguments in, files and diagnostics out.
//!
//! Exit status: 0 if everything is written or right already; 1 if the document could not be used,
//! if `--check` found a difference, or if warnings are denied; 2 for a wrong command line.

mod args;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::{CONFIG_FILE_NAME, Config, Generator, Input, Outcome, Source, WriteOptions, write};
use args::{Arguments, Command, GenerateArguments, InspectArguments};
use report::Report;

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Generate(arguments) => generate(&arguments),
        Command::Check(arguments) => {
            let report = Report::new(arguments.message_format);
            request(Some(&arguments.spec), arguments.config.as_deref(), &report).map(|request| {
                let outcome = request.generator().generate();
                report.diagnostics(&outcome.diagnostics, &outcome.source);
                report.checked(&outcome.diagnostics);
                !fails(&outcome.diagnostics, arguments.deny.is_some())
            })
        }
        Command::Inspect(arguments) => inspect(&arguments),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(Stop::Usage(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
        Err(Stop::Reported) => ExitCode::from(1),
    }
}

/// Why a command ended before it did anything.
enum Stop {
    /// The command line is wrong.
    Usage(String),
    /// It was said already.
    Reported,
}

/// What to read, and how.
struct Request {
    input: Input,
    config: Config,
}

impl Request {
    fn generator(&self) -> Generator {
        Generator::new(self.input.clone()).config(self.config.clone())
    }
}

/// Finds the document and its configuration, each of which may name the other.
fn request(spec: Option<&Path>, config: Option<&Path>, report: &Report) -> Result<Request, Stop> {
    let beside = spec.map(|spec| spec.with_file_name(CONFIG_FILE_NAME));
    let here = PathBuf::from(CONFIG_FILE_NAME);
    let found = [beside, Some(here)]
        .into_iter()
        .flatten()
        .find(|path| path.is_file());
    let path = config.map(Path::to_path_buf).or(found);
    let config = path.as_deref().map(Config::load).transpose();
    let config = config
        .map_err(|diagnostic| fail(*diagnostic, report))?
        .unwrap_or_default();
    let spec = spec.map(Path::to_path_buf).or_else(|| config.spec.clone());
    let spec = spec.ok_or_else(|| {
        Stop::Usage(format!(
            "no document: name one, or set `spec` in {CONFIG_FILE_NAME}"
        ))
    })?;
    let input = Input::from(spec);
    Ok(Request { input, config })
}

fn fail(diagnostic: Diagnostic, report: &Report) -> Stop {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(diagnostic);
    report.diagnostics(&diagnostics, &Source::default());
    Stop::Reported
}

/// Whether the diagnostics keep the result from being used.
fn fails(diagnostics: &Diagnostics, deny_warnings: bool) -> bool {
    let warnings = diagnostics.count(Severity::Warning);
    diagnostics.has_errors() || (deny_warnings && warnings > 0)
}

fn generate(arguments: &GenerateArguments) -> Result<bool, Stop> {
    let started = Instant::now();
    let report = Report::new(arguments.message_format);
    let mut request = request(
        arguments.spec.as_deref(),
        arguments.config.as_deref(),
        &report,
    )?;
    override_config(&mut request.config, arguments);
    let Some(out) = request.config.out.clone() else {
        let message = format!("no folder: use --out, or set `out` in {CONFIG_FILE_NAME}");
        return Err(Stop::Usage(message));
    };
    let outcome = request
        .generator()
        .layout(arguments.layout.into())
        .generate();
    report.diagnostics(&outcome.diagnostics, &outcome.source);
    if fails(&outcome.diagnostics, arguments.deny.is_some()) {
        report.failed(&outcome);
        return Ok(false);
    }
    put(arguments, &outcome, &out, &report, started)
}

/// Lays the flags over the configuration.
fn override_config(config: &mut Config, arguments: &GenerateArguments) {
    let flag = |flag: &Option<PathBuf>, entry: &mut Option<PathBuf>| {
        if flag.is_some() {
            entry.clone_from(flag);
        }
    };
    flag(&arguments.out, &mut config.out);
    flag(&arguments.runtime_path, &mut config.runtime_path);
    if !arguments.tag.is_empty() || !arguments.operation.is_empty() {
        config.tags.clone_from(&arguments.tag);
        config.operations.clone_from(&arguments.operation);
    }
    if arguments.name.is_some() {
        config.name.clone_from(&arguments.name);
    }
}

/// Writes the files, or says what would change.
fn put(
    arguments: &GenerateArguments,
    outcome: &Outcome,
    out: &Path,
    report: &Report,
    started: Instant,
) -> Result<bool, Stop> {
    let options = WriteOptions::default()
        .force(arguments.force || arguments.check)
        .dry_run(arguments.dry_run || arguments.check);
    let changes = write(&outcome.files, out, options).map_err(|diagnostics| {
        report.diagnostics(&diagnostics, &Source::default());
        Stop::Reported
    })?;
    if arguments.check {
        report.differences(&outcome.files, &changes, out);
    }
    report.generated(outcome, &changes, out, options.dry_run, started.elapsed());
    Ok(!arguments.check || changes.is_empty())
}

fn inspect(arguments: &InspectArguments) -> Result<bool, Stop> {
    let report = Report::new(arguments.message_format);
    let request = request(Some(&arguments.spec), arguments.config.as_deref(), &report)?;
    let Some(stage) = arguments.stage else {
        let (source, diagnostics, inventory) = request.generator().inspect();
        report.inspected(&diagnostics, &source, inventory.as_ref());
        return Ok(inventory.is_some());
    };
    match request.generator().stage(stage.into()) {
        Ok(text) => {
            print!("{text}");
            Ok(true)
        }
        Err(failed) => {
            let (source, diagnostics) = *failed;
            report.diagnostics(&diagnostics, &source);
            Ok(false)
        }
    }
}
