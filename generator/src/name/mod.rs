//! Name: the only place where Rust names are made.
//!
//! A name depends on as little as it can, so that a change elsewhere in the document does not
//! change it:
//!
//! | what | from | when it is taken |
//! |---|---|---|
//! | component type | its name | a number; the schema that is spelled like the name has it |
//! | inline type | operation, status or the schema it stands in and property | `…Inner`, then a number |
//! | type at several places | the best of these names: a component's before an operation's, then the shortest | as above |
//! | field, argument | its name, `snake_case` | `_2`, `_3`, …; the one that is spelled so has it |
//! | argument called like a request of the group | its name and `_param` | a number |
//! | enum variant | the value, `CamelCase`; `Unknown` holds what is not known | a number |
//! | group | first tag, else the first telling path segment; `…_api` for what a crate has anyway | groups of one name are one |
//! | method | operationId without the tag's words | the full operationId |
//! | request struct | the full operationId | `…Operation`, then a number |
//! | error type | the request's name and `Error` | a number |
//! | error variant | component response if it is unambiguous, else the status' reason | a number |
//!
//! Where the order of names could matter (who was first?), it is that of the places in the
//! document, sorted as text, and never the order in which they stand. What is added to a document renames
//! only what wants the same name, a type that then stands at one more place, and two operations of a group that would
//! be called alike. `tests/generator/stable_names.rs` has a test for each row.

mod error;
mod feature;
mod group;
mod ident;
mod member;
mod namespace;
mod operation;
mod package;
mod paging;
mod paging_detection;
mod pins;
mod types;
mod webhook;
mod words;

pub(crate) use feature::features;

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::named;

/// Names everything.
pub(crate) fn name(api: ir::Api, config: &Config, diagnostics: &mut Diagnostics) -> named::Api {
    let types = types::types(&api, config, diagnostics);
    pins::check(&api, &types, config, diagnostics);
    let mut groups = group::groups(&api, config, diagnostics);
    paging::paging(&mut groups, &types, config, diagnostics);
    let errors = error::share(&mut groups);
    let webhooks = webhook::webhooks(&api, diagnostics);
    let package = package::package(&api.info, config);
    let client = package::client(&api, &package, config, diagnostics);
    named::Api {
        package,
        info: api.info,
        client,
        groups,
        webhooks,
        types,
        errors,
        features: Vec::new(),
        places: api.places,
    }
}
