//! Build scripts: the generator as a step of a user's build.

mod stamp;

use std::fmt;
use std::path::{Path, PathBuf};

use self::stamp::Stamps;
use crate::diagnostics::{Diagnostics, Place, Severity};
use crate::render::human;
use crate::{CONFIG_FILE_NAME, Generator, Input, Layout, Outcome, Source};

impl Generator {
    /// Generates the client as one file, `$OUT_DIR/<crate name>.rs`, from a build script.
    ///
    /// The file is to be included in a module of the user's; `_` in its name stands for `-` in the
    /// crate's. Diagnostics become warnings of the build, and Cargo is told which files to watch. If they say
    /// what they said before, nothing is generated.
    ///
    /// ```ignore
    /// mod fleece {
    ///     include!(concat!(env!("OUT_DIR"), "/fleece_ai.rs"));
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the document cannot be used or the file cannot be written. `Display` shows every
    /// diagnostic with its place.
    pub fn build(&self) -> Result<PathBuf, BuildError> {
        let out = std::env::var_os("OUT_DIR").ok_or_else(|| {
            BuildError("OUT_DIR is not set: `build` is for build scripts".to_owned())
        })?;
        let out = PathBuf::from(out);
        let config = self.configuration().map_err(|diagnostic| {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(*diagnostic);
            BuildError(human(&diagnostics, &Source::default(), false))
        })?;
        let stamps = Stamps {
            out: &out,
            input: &self.input,
            config: &config,
        };
        if let Some(stamp) = stamps.valid() {
            self.watch(&stamp.files);
            warn(&stamp.warnings);
            return Ok(stamp.result);
        }
        let outcome = self.clone().layout(Layout::Module).generate();
        let (files, warnings) = (self.files(&outcome), warnings(&outcome));
        self.watch(&files);
        warn(&warnings);
        let Some(file) = outcome.files.first() else {
            return Err(BuildError(human(
                &outcome.diagnostics,
                &outcome.source,
                false,
            )));
        };
        let path = out.join(&file.path);
        write(&path, &file.contents)
            .map_err(|error| BuildError(format!("cannot write {}: {error}", path.display())))?;
        stamps.put(&path, &file.contents, files, warnings);
        Ok(path)
    }

    /// The files that were read.
    fn files(&self, outcome: &Outcome) -> Vec<PathBuf> {
        match self.input {
            Input::Path(_) => outcome.source.names().map(PathBuf::from).collect(),
            _ => Vec::new(),
        }
    }

    /// Tells Cargo which files the result depends on.
    fn watch(&self, files: &[PathBuf]) {
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
        }
        if let Input::Path(path) = &self.input {
            let config = path.with_file_name(CONFIG_FILE_NAME);
            if self.config.is_none() && config.is_file() {
                println!("cargo::rerun-if-changed={}", config.display());
            }
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// Shows warnings in the output of the build.
fn warn(warnings: &[String]) {
    for warning in warnings {
        println!("cargo::warning={warning}");
    }
}

/// The warnings, one line each.
fn warnings(outcome: &Outcome) -> Vec<String> {
    let warnings = outcome.diagnostics.iter();
    let warnings: Vec<_> = warnings
        .filter(|d| d.severity == Severity::Warning)
        .collect();
    let pointers = warnings
        .iter()
        .filter_map(|diagnostic| match &diagnostic.place {
            Place::Node(pointer) => Some(pointer),
            _ => None,
        });
    let mut found = outcome
        .source
        .locate(&pointers.collect::<Vec<_>>())
        .into_iter();
    let lines = warnings.iter().map(|diagnostic| {
        let location = match &diagnostic.place {
            Place::Node(_) => found.next(),
            _ => None,
        };
        let place = location.map(|l| format!("{}:{}:{}: ", l.file, l.line, l.column));
        let message = diagnostic.message.replace('\n', " ");
        format!("{}{message}", place.unwrap_or_default())
    });
    lines.collect()
}

/// Writes a file unless it is right already: its time of change means a rebuild.
fn write(path: &Path, contents: &str) -> std::io::Result<()> {
    let old = crate::read::bytes(path, contents.len());
    if old.is_ok_and(|old| old == contents.as_bytes()) {
        return Ok(());
    }
    std::fs::write(path, contents)
}

/// A build script could not generate the client.
pub struct BuildError(String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

/// Shows what `Display` shows: a build script that returns the error from `main` shows it by this.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for BuildError {}
