//! Reads an OpenAPI document and writes a Rust client crate that reads as if written by hand.
//!
//! The program `clientsmith` is a thin shell around this library; a build script uses the library
//! directly:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), clientsmith::BuildError> {
//!     clientsmith::Generator::new("openapi.json").build()?;
//!     Ok(())
//! }
//! ```
//!
//! # The way through
//!
//! ```text
//! text ─▶ Source ─▶ Value ─▶ canonical Value ─▶ openapiv3 ─▶ ir::Api ─▶ named::Api ─▶ files ─▶ disk
//!     load    resolve   normalize          parse        lower,     name       emit, print  write
//!                                                       settle
//! ```
//!
//! Each stage has its own folder or file, takes what the stage before it made, and says what it
//! could not carry over in [`Diagnostics`]. There is no way back. The function `pipeline` at the end
//! of this file shows all of it.

// The generator reads whatever it is given; a panic is always a fault of ours.
#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod build;
#[cfg(test)]
mod cases;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
mod diagnostics;
mod emit;
mod grammar;
mod identifier;
mod inspect;
mod ir;
mod load;
mod lower;
mod markdown;
mod name;
mod named;
mod normalize;
mod own;
mod parallel;
mod parse;
mod pointer;
mod print;
mod read;
mod render;
mod resolve;
mod settle;
mod terms;
mod text;
mod write;

use serde_json::Value;

pub use build::BuildError;
pub use config::{
    Config, Cursor, FILE_NAME as CONFIG_FILE_NAME, Format, Integer, PageNumber, Pagination,
    ReadOnly,
};
pub use diagnostics::{Code, Diagnostic, Diagnostics, Location, Place, Severity};
pub use emit::Layout;
pub use inspect::{
    Fallback, Inventory, InventoryAnswer, InventoryBody, InventoryOperation, InventoryType,
};
pub use load::{Input, Source};
pub use pointer::Pointer;
pub use print::File;
pub use render::{human, json};
pub use write::{Changes, WriteOptions, write};

/// Generates a client crate from an OpenAPI document.
///
/// # Example
///
/// ```
/// use clientsmith::{Config, Generator, Input};
///
/// let spec = r#"{
///     "openapi": "3.1.0",
///     "info": {"title": "Clock", "version": "1.0.0"},
///     "paths": {"/now": {"get": {"operationId": "getNow", "responses": {"204": {"description": "."}}}}}
/// }"#;
/// let input = Input::Text { name: "clock.json".to_owned(), text: spec.to_owned() };
/// let outcome = Generator::new(input).config(Config::default()).generate();
/// assert!(!outcome.diagnostics.has_errors());
/// assert!(outcome.files.iter().any(|file| file.path == "src/lib.rs"));
/// ```
#[derive(Debug, Clone)]
pub struct Generator {
    input: Input,
    config: Option<Config>,
    layout: Layout,
}

/// What came of a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Outcome {
    /// The text of the document, to show diagnostics with.
    pub source: Source,
    /// Everything there is to say.
    pub diagnostics: Diagnostics,
    /// The files of the crate; none if one of the diagnostics is an error.
    pub files: Vec<File>,
    /// How much of the document became code.
    pub coverage: Coverage,
}

/// How much of a document became code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// Operations that the document describes.
    pub operations_in_spec: usize,
    /// Operations that were emitted.
    pub operations_emitted: usize,
    /// Types that were emitted.
    pub types: usize,
    /// Places that are `serde_json::Value` although their schema says more.
    pub any_fallbacks: usize,
}

/// A stage whose result can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The intermediate representation: the API without Rust names.
    Ir,
    /// The named representation: the crate item by item.
    Named,
}

impl Generator {
    /// A generator for a document: a path, or an [`Input`].
    pub fn new(input: impl Into<Input>) -> Self {
        Self {
            input: input.into(),
            config: None,
            layout: Layout::default(),
        }
    }

    /// Uses this configuration instead of the `clientsmith.toml` beside the document.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = Some(config);
        self
    }

    /// Lays the code out in another way than as a whole crate.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// Generates the files of the crate, in memory.
    #[must_use]
    pub fn generate(&self) -> Outcome {
        let (source, diagnostics, generated) = self.run(pipeline);
        let (files, coverage) = generated.unwrap_or_default();
        Outcome {
            source,
            diagnostics,
            files,
            coverage,
        }
    }

    /// What becomes of the document, schema by schema and operation by operation. It is `None` if one
    /// of the diagnostics is an error.
    #[must_use]
    pub fn inspect(&self) -> (Source, Diagnostics, Option<Inventory>) {
        self.run(|value, run| {
            let api = with_places(lowered(value, run)?);
            let coverage = coverage(&api, &run.diagnostics);
            let api = name::name(api, &run.config, &mut run.diagnostics);
            Some(Inventory::new(&api, coverage, &run.diagnostics))
        })
    }

    /// A stage's result as text, so that a change can be followed from stage to stage.
    ///
    /// # Errors
    ///
    /// The source and the diagnostics if the document cannot be read so far.
    pub fn stage(&self, stage: Stage) -> Result<String, Box<(Source, Diagnostics)>> {
        let (source, diagnostics, text) = self.run(|value, run| {
            let api = with_places(lowered(value, run)?);
            Some(match stage {
                Stage::Ir => outline(&api),
                Stage::Named => outline(&name::name(api, &run.config, &mut run.diagnostics)),
            })
        });
        text.ok_or_else(|| Box::new((source, diagnostics)))
    }

    /// Loads the document and its configuration, and hands them to `then`.
    fn run<T>(
        &self,
        then: impl FnOnce(Value, &mut Run) -> Option<T>,
    ) -> (Source, Diagnostics, Option<T>) {
        let mut diagnostics = Diagnostics::default();
        let config = self.configuration().unwrap_or_else(|diagnostic| {
            diagnostics.push(*diagnostic);
            Config::default()
        });
        let (source, value) = load::load(&self.input, &mut diagnostics);
        let document = match &self.input {
            Input::Path(path) => Some(path.as_path()),
            _ => None,
        };
        let mut run = Run {
            folder: resolve::Folder::of(document, config.root.as_deref()),
            source,
            config,
            layout: self.layout,
            diagnostics,
        };
        let usable = value.filter(|_| !run.diagnostics.has_errors());
        let result = usable.and_then(|value| then(value, &mut run));
        (run.source, run.diagnostics, result)
    }

    fn configuration(&self) -> Result<Config, Box<Diagnostic>> {
        match (&self.config, &self.input) {
            (Some(config), _) => Ok(config.clone()),
            (None, Input::Path(path)) => Ok(Config::beside(path)?.unwrap_or_default()),
            (None, _) => Ok(Config::default()),
        }
    }
}

/// A stage's result as text. What is absent, false or empty is left out: most of it is.
fn outline(stage: &impl std::fmt::Debug) -> String {
    let text = format!("{stage:#?}");
    let says = |line: &&str| {
        ![": None,", ": false,", ": [],"]
            .iter()
            .any(|end| line.ends_with(end))
    };
    text.lines()
        .filter(says)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// What a run of the pipeline works with beside the document.
struct Run {
    /// The texts, to which those of other files are added.
    source: Source,
    /// Where those files may lie.
    folder: resolve::Folder,
    config: Config,
    layout: Layout,
    diagnostics: Diagnostics,
}

/// The way through: from the value of the document to the files of the crate.
fn pipeline(value: Value, run: &mut Run) -> Option<(Vec<File>, Coverage)> {
    let mut api = lowered(value, run)?;
    // Only `inspect` asks for them, and they are many.
    api.places = Vec::new();
    let coverage = coverage(&api, &run.diagnostics);
    let diagnostics = &mut run.diagnostics;
    let mut api = name::name(api, &run.config, diagnostics);
    if run.layout == Layout::Crate {
        name::features(&mut api, &run.config);
        api.package.notes = own::notes(&run.config, diagnostics);
    }
    let mut files = emit::emit(&api, run.layout, diagnostics);
    if run.layout == Layout::Crate {
        files = own::files(files, &run.config, diagnostics);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (!diagnostics.has_errors()).then_some((files, coverage))
}

/// The first half of it: from the value of the document to what the API is.
fn lowered(value: Value, run: &mut Run) -> Option<ir::Api> {
    let diagnostics = &mut run.diagnostics;
    let dialect = normalize::dialect(&value, diagnostics)?;
    let folder = run.folder.clone();
    let resolved = resolve::resolve(value, &mut run.source, folder, diagnostics);
    let canonical = normalize::normalize(resolved, dialect, diagnostics);
    let document = parse::Document::new(&canonical);
    let api = lower::lower(&document, &run.config, diagnostics);
    let api = settle::settle(api, &run.config, diagnostics);
    (!diagnostics.has_errors()).then_some(api)
}

/// What was lowered, its places in order.
fn with_places(mut api: ir::Api) -> ir::Api {
    api.places.sort_by(|(a, _), (b, _)| a.cmp(b));
    api
}

/// How much of the document becomes code.
fn coverage(api: &ir::Api, diagnostics: &Diagnostics) -> Coverage {
    let untyped = |d: &&Diagnostic| d.code == Code::Untyped;
    Coverage {
        operations_in_spec: api.operations_in_document,
        operations_emitted: api.operations.len(),
        types: api
            .types
            .iter()
            .filter(|(_, definition)| !definition.replaced)
            .count(),
        any_fallbacks: diagnostics.iter().filter(untyped).count(),
    }
}
