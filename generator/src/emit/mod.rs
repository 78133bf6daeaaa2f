//! Emit: from the named representation to the files of the crate.
//!
//! One file per kind of item, each with a function that turns one named thing into tokens. Nothing
//! is looked up in the document here, and no name is made. What never varies between crates is not
//! emitted: it stands in the runtime.

mod body;
mod choice;
mod client;
mod depth;
mod docs;
mod error;
mod example;
mod feature;
mod group;
mod listed;
mod manifest;
mod model;
mod operation;
mod output;
mod paging;
mod readme;
mod root;
mod sample;
mod server;
mod structure;
mod subject;
mod ty;
mod webhook;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::named::{Api, Group};
use crate::parallel;
use crate::print::{self, File, Module};
use crate::terms::TypeRef;

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
pub(crate) fn emit(api: &Api, layout: Layout, diagnostics: &mut Diagnostics) -> Vec<File> {
    let modules = modules(api);
    let root = root::module(api, &modules);
    let printed = match layout {
        Layout::Crate => print::crate_files(&root, &modules, depth::recursion_limit(api)),
        Layout::Module => print::module_file(&root, &modules, &api.package.library()),
    };
    let mut files = match printed {
        Ok(files) => files,
        Err(error) => {
            let message = format!("the emitted code is not valid Rust: {error}");
            diagnostics.push(
                Diagnostic::error(Code::InternalError, Place::Nowhere, message)
                    .help("this is a fault of clientsmith; please report it with the document"),
            );
            return Vec::new();
        }
    };
    if layout == Layout::Crate {
        files.push(manifest::cargo_toml(api));
        files.push(manifest::rustfmt_toml());
        files.push(readme::readme(api));
        files.extend(example::files(api, diagnostics));
    }
    files
}

/// What can be emitted without the rest.
enum Part<'a> {
    Client,
    Group(&'a Group),
    Errors,
    Types(model::Batch<'a>),
    Webhooks,
}

/// All modules but the root, sorted.
fn modules(api: &Api) -> Vec<Module> {
    let mut parts = Vec::new();
    parts.extend(api.has_client().then_some(Part::Client));
    parts.extend(api.groups.iter().map(Part::Group));
    parts.extend((!api.errors.is_empty()).then_some(Part::Errors));
    parts.extend(model::batches(api).into_iter().map(Part::Types));
    parts.extend((!api.webhooks.is_empty()).then_some(Part::Webhooks));
    let parts = parallel::map(&parts, |part| match part {
        Part::Client => client::module(api),
        Part::Group(group) => group::module(api, group),
        Part::Errors => error::module(api),
        Part::Types(batch) => model::module(api, batch),
        Part::Webhooks => webhook::module(api),
    });
    let mut modules: BTreeMap<_, Module> = BTreeMap::new();
    for part in parts {
        match modules.entry((part.parent, part.name.clone())) {
            Entry::Vacant(entry) => {
                entry.insert(part);
            }
            Entry::Occupied(mut module) => module.get_mut().join(part),
        }
    }
    modules.into_values().collect()
}

/// A type as a path from the root of the crate: `Vec<types::Flow>`.
pub(crate) fn type_path(api: &Api, value: &TypeRef) -> String {
    let scope = ty::Scope::of_root(api);
    let ty = print::ty(&scope.held(value)).unwrap_or_default();
    ty.as_str().to_owned()
}
