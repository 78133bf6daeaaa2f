//! Items and modules: what is printed.

use proc_macro2::{Ident, TokenStream};

use super::imports::Imports;
use super::{Docs, Line, Printed};
use crate::identifier::identifier;

/// A module of ours that has modules inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Parent {
    /// `types`.
    Types,
}

/// A module of the crate.
#[derive(Default)]
pub(crate) struct Module {
    /// Its name; empty for the crate itself.
    pub(crate) name: String,
    /// The module in which it stands, if that is not the crate's root.
    pub(crate) parent: Option<Parent>,
    /// The feature that it needs.
    pub(crate) feature: Option<String>,
    /// Attributes of the whole module.
    pub(crate) attributes: Vec<&'static str>,
    pub(crate) docs: Docs,
    /// What it imports.
    pub(crate) imports: Imports,
    /// The items, printed as soon as they are emitted: tokens take ten times as much memory as text.
    pub(crate) items: Vec<Printed>,
}

impl Module {
    /// Adds what another part of the same module has.
    pub(crate) fn join(&mut self, part: Self) {
        self.imports.join(part.imports);
        self.items.extend(part.items);
    }
}

/// An item of a module.
pub(crate) enum Item {
    /// Rust, to be printed by prettyplease.
    Rust(TokenStream),
    /// Something that is compiled under a condition.
    Gated {
        condition: TokenStream,
        item: Box<Item>,
    },
    /// A macro with a line per row: `object! { Flow { id = "id", … } }`.
    Table {
        name: &'static str,
        target: Line,
        rows: Vec<Line>,
    },
    /// A macro on one line: `operation!(ListFlows, types::ListFlowsResponse, ListFlowsError);`.
    Line {
        name: &'static str,
        arguments: Vec<TokenStream>,
    },
}

/// A name as an identifier. Names from `name` are valid already; what is derived from them is made valid here.
pub(crate) fn ident(name: &str) -> Ident {
    let name = identifier(name);
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => Ident::new(&name, proc_macro2::Span::call_site()),
    }
}
