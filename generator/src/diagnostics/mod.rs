//! Diagnostics: everything the generator has to say about a document, each with a code and a place.
//!
//! A stage pushes what it notices into [`Diagnostics`] and goes on; nothing is dropped without a
//! word here. Places are JSON pointers until the end; only what is shown is turned into
//! file, line and column ([`Location`]), because finding a line means reading the text again.

mod code;

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

pub use code::Code;

use crate::pointer::{At, Pointer};
use crate::text::one_line;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The result cannot be used; nothing is written.
    Error,
    /// An operation or a detail was left out or read in another way than it is written.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The run as a whole.
    Nowhere,
    /// A file as a whole.
    File(PathBuf),
    /// A position in a file: its line and column, both counted from 1.
    Position {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// A node of the document.
    Node(Pointer),
}

/// A place in a text, found when a diagnostic is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Location {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; 0 if the diagnostic speaks of the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 if the diagnostic speaks of the file as a whole.
    pub column: usize,
    /// How many characters are meant, at least 1.
    pub width: usize,
    /// The byte at which the line starts.
    pub(crate) line_start: usize,
    /// The byte at which the place starts. A document may be one line of megabytes, in which nobody wants
    /// to count characters.
    pub(crate) start: usize,
}

/// One thing the generator has to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line: what is wrong.
    pub message: String,
    /// What it points at.
    pub place: Place,
    /// A few words to stand under the caret.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic that keeps the result from being used.
    pub fn error(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place.into(), message.into())
    }

    /// A diagnostic about something left out or read in another way.
    pub fn warning(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place.into(), message.into())
    }

    fn new(severity: Severity, code: Code, place: Place, message: String) -> Self {
        Self {
            code,
            severity,
            message: shown(message),
            place,
            label: None,
            help: None,
        }
    }

    /// Adds a few words to stand under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(shown(label.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shown(help.into()));
        self
    }
}

/// A text as a terminal may show it. It holds names of the document, and those are by strangers.
fn shown(text: String) -> String {
    match one_line(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(clean) => clean,
    }
}

impl From<Pointer> for Place {
    fn from(pointer: Pointer) -> Self {
        Self::Node(pointer)
    }
}

impl From<&Pointer> for Place {
    fn from(pointer: &Pointer) -> Self {
        Self::Node(pointer.clone())
    }
}

impl From<At<'_>> for Place {
    fn from(at: At<'_>) -> Self {
        Self::Node(at.pointer())
    }
}

impl From<PathBuf> for Place {
    fn from(file: PathBuf) -> Self {
        Self::File(file)
    }
}

/// The diagnostics of a run, in the order in which the stages noticed them.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those of a part of the run.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|d| d.severity == severity).count()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}
