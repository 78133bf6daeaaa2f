//! Emit: from the named representation to the files of the crate.
//!
//! One file per kind of item, each with a function that turns one named thing into tokens. Nothing
//! is looked up in the document here, and no name is made. What never varies between crates is not
//! emitted: it stands in the runtime.

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::named::Api;

/// A file of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its path in the crate, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub contents: String,
}

/// How the code is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// A whole crate: manifest, README, a file per module, examples.
    #[default]
    Crate,
    /// One file with nested modules, for `include!` in a module of the user's.
    Module,
}

/// Emits and prints the files of the crate.
pub(crate) fn emit(_: &Api, _: &Config, _: Layout, _: &mut Diagnostics) -> Vec<File> {
    Vec::new()
}
