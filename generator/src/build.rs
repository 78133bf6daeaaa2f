//! Build scripts: the generator as a step of a user's build.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Place, Severity, human};
use crate::{CONFIG_FILE_NAME, Generator, Input, Layout, Outcome};

impl Generator {
    /// Generates the client as one file, `$OUT_DIR/<crate name>.rs`, from a build script.
    ///
    /// The file is to be included in a module of the user's; `_` in its name stands for `-` in the
    /// crate's. Diagnostics become warnings of the build, and Cargo is told which files to watch.
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
        self.watch();
        let outcome = self.clone().layout(Layout::Module).generate();
        warn(&outcome);
        let Some(file) = outcome.files.first() else {
            return Err(BuildError(human(
                &outcome.diagnostics,
                &outcome.source,
                false,
            )));
        };
        let path = Path::new(&out).join(&file.path);
        write(&path, &file.contents)
            .map_err(|error| BuildError(format!("cannot write {}: {error}", path.display())))?;
        Ok(path)
    }

    /// Tells Cargo which files the result depends on.
    fn watch(&self) {
        if let Input::Path(path) = &self.input {
            println!("cargo::rerun-if-changed={}", path.display());
            let config = path.with_file_name(CONFIG_FILE_NAME);
            if self.config.is_none() && config.is_file() {
                println!("cargo::rerun-if-changed={}", config.display());
            }
        }
    }
}

/// Shows the warnings in the output of the build, one line each.
fn warn(outcome: &Outcome) {
    let warnings = outcome.diagnostics.iter();
    for diagnostic in warnings.filter(|d| d.severity == Severity::Warning) {
        let place = match &diagnostic.place {
            Place::Node(pointer) => {
                let found = outcome.source.locate(&[pointer]);
                found
                    .first()
                    .map(|l| format!("{}:{}:{}: ", l.file, l.line, l.column))
            }
            _ => None,
        };
        let message = diagnostic.message.replace('\n', " ");
        println!("cargo::warning={}{message}", place.unwrap_or_default());
    }
}

/// Writes a file unless it is right already: its time of change means a rebuild.
fn write(path: &Path, contents: &str) -> std::io::Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == contents.as_bytes()) {
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

/// The same as `Display`: a build script that returns the error from `main` shows it by this.
impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for BuildError {}
