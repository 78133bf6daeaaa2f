//! What the program says: to people in a few lines, to tools in JSON.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use similar::TextDiff;

use super::args::MessageFormat;
use crate::diagnostics::{Diagnostics, Severity};
use crate::render;
use crate::{Changes, Coverage, File, Inventory, Outcome, Source};

/// Says things in the format that was asked for.
pub(super) struct Report {
    format: MessageFormat,
}

impl Report {
    pub(super) fn new(format: MessageFormat) -> Self {
        Self { format }
    }

    pub(super) fn diagnostics(&self, diagnostics: &Diagnostics, source: &Source) {
        match self.format {
            MessageFormat::Human => {
                let mut out = std::io::stderr().lock();
                let color = out.is_terminal() && std::env::var_os("NO_COLOR").is_none();
                // Nobody is there to read it if that fails.
                let _ = out.write_all(render::human(diagnostics, source, color).as_bytes());
            }
            MessageFormat::Json => {
                for line in render::json(diagnostics, source) {
                    println!("{line}");
                }
            }
        }
    }

    /// The end of `check`.
    pub(super) fn checked(&self, diagnostics: &Diagnostics) {
        match self.format {
            MessageFormat::Human => eprintln!("{}", counts(diagnostics)),
            MessageFormat::Json => {
                self.summary(Coverage::default(), &Changes::default(), diagnostics)
            }
        }
    }

    /// All of `inspect`: people read the reasons in the table, so only errors are said besides.
    pub(super) fn inspected(
        &self,
        diagnostics: &Diagnostics,
        source: &Source,
        inventory: Option<&Inventory>,
    ) {
        if self.format == MessageFormat::Json || inventory.is_none() {
            self.diagnostics(diagnostics, source);
        }
        match (inventory, self.format) {
            (None, _) => {}
            (Some(inventory), MessageFormat::Human) => print!("{}", inventory.table()),
            (Some(inventory), MessageFormat::Json) => println!("{}", json!(inventory)),
        }
    }

    /// The end of `generate` where the document could not be used.
    pub(super) fn failed(&self, outcome: &Outcome) {
        match self.format {
            MessageFormat::Human => {
                eprintln!("{}; nothing was written", counts(&outcome.diagnostics))
            }
            MessageFormat::Json => {
                self.summary(outcome.coverage, &Changes::default(), &outcome.diagnostics);
            }
        }
    }

    /// The end of `generate`.
    pub(super) fn generated(
        &self,
        outcome: &Outcome,
        changes: &Changes,
        out: &Path,
        dry_run: bool,
        elapsed: Duration,
    ) {
        if self.format == MessageFormat::Json {
            return self.summary(outcome.coverage, changes, &outcome.diagnostics);
        }
        let coverage = outcome.coverage;
        println!(
            "{}: {} of {} operations, {} types; {}",
            outcome.source.name(),
            coverage.operations_emitted,
            coverage.operations_in_spec,
            coverage.types,
            counts(&outcome.diagnostics),
        );
        let would = if dry_run { "would be " } else { "" };
        println!(
            "{}: {would}{} written, {} unchanged, {would}{} removed, in {} ms",
            out.display(),
            files(changes.written.len()),
            changes.unchanged.len(),
            changes.removed.len(),
            elapsed.as_millis(),
        );
    }

    /// How the files on disk differ from what they should be.
    pub(super) fn differences(&self, files: &[File], changes: &Changes, out: &Path) {
        if self.format == MessageFormat::Json {
            return;
        }
        for path in &changes.written {
            let new = files.iter().find(|file| file.path == *path);
            let new = new.map(|file| file.contents.as_str()).unwrap_or_default();
            let old = std::fs::read_to_string(out.join(path)).unwrap_or_default();
            let diff = TextDiff::from_lines(old.as_str(), new);
            let mut diff = diff.unified_diff();
            let path = out.join(path);
            let path = path.display();
            print!(
                "{}",
                diff.header(&path.to_string(), &format!("{path} (generated)"))
            );
        }
        for path in &changes.removed {
            println!("{} is not generated any more", out.join(path).display());
        }
    }

    /// The last line for tools.
    fn summary(&self, coverage: Coverage, changes: &Changes, diagnostics: &Diagnostics) {
        let summary = json!({
            "reason": "summary",
            "operations": {
                "in_spec": coverage.operations_in_spec,
                "emitted": coverage.operations_emitted,
            },
            "types": coverage.types,
            "any_fallbacks": coverage.any_fallbacks,
            "files": {
                "written": changes.written.len(),
                "unchanged": changes.unchanged.len(),
                "removed": changes.removed.len(),
            },
            "diagnostics": {
                "error": diagnostics.count(Severity::Error),
                "warning": diagnostics.count(Severity::Warning),
            },
        });
        println!("{summary}");
    }
}

fn counts(diagnostics: &Diagnostics) -> String {
    let plural = |count: usize, noun: &str| match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    let errors = plural(diagnostics.count(Severity::Error), "error");
    let warnings = plural(diagnostics.count(Severity::Warning), "warning");
    format!("{errors}, {warnings}")
}

fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}
