//! Scopes: where two names must not be equal.

use std::collections::HashSet;

use super::ident::identifier;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// The names taken so far in a module, an enum, a struct or an argument list.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope(HashSet<String>);

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(super) fn with(taken: &[&str]) -> Self {
        Self(taken.iter().map(|&name| name.to_owned()).collect())
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Takes a name, or the first of its substitutes that is free; that is reported.
    pub(super) fn claim(
        &mut self,
        wanted: &str,
        substitutes: impl Iterator<Item = String>,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let name = self.take(wanted, substitutes);
        if name != identifier(wanted) {
            let message = format!("the name `{wanted}` is taken, so this becomes `{name}`");
            diagnostics.push(Diagnostic::warning(Code::NameCollision, at, message));
        }
        name
    }

    /// Takes a name, or the first of its substitutes that is free.
    pub(super) fn take(
        &mut self,
        wanted: &str,
        substitutes: impl Iterator<Item = String>,
    ) -> String {
        let substitutes = substitutes.map(|name| identifier(&name).into_owned());
        let mut candidates = std::iter::once(identifier(wanted).into_owned()).chain(substitutes);
        // The substitutes end in ever higher numbers, so one is free.
        let name = candidates
            .find(|name| !self.0.contains(name))
            .unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
}

/// `name`, then a number: what a name becomes when it is taken.
pub(super) fn numbered(name: &str, separator: &'static str) -> impl Iterator<Item = String> {
    let name = name.strip_prefix("r#").unwrap_or(name).to_owned();
    (2..).map(move |number: usize| format!("{name}{separator}{number}"))
}
