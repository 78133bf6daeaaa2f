//! Namespaces: where two names must not be equal.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::identifier::identifier;
use crate::pointer::Pointer;

/// The names taken so far in a module, an enum, a struct or an argument list.
#[derive(Debug, Clone, Default)]
pub(super) struct Namespace {
    taken: HashSet<String, RandomState>,
    /// How many substitutes of a name are known to be taken. It is only kept where there are many.
    tried: HashMap<String, usize, RandomState>,
}

impl Namespace {
    /// A scope in which some names are taken from the start.
    pub(super) fn with(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|&name| name.to_owned()).collect(),
            tried: HashMap::default(),
        }
    }

    /// Takes names that are other scopes' as well.
    pub(super) fn reserve<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        self.taken.extend(names.into_iter().map(str::to_owned));
    }

    /// Whether a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name, or the first of its substitutes that is free; that is reported.
    pub(super) fn claim(
        &mut self,
        wanted: &str,
        substitutes: impl Iterator<Item = String>,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let (name, is_wanted) = self.found(wanted, substitutes);
        if !is_wanted {
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
        self.found(wanted, substitutes).0
    }

    /// The name that is taken, and whether it is the one that was wanted.
    fn found(&mut self, wanted: &str, substitutes: impl Iterator<Item = String>) -> (String, bool) {
        /// From this many substitutes on, the number of those that are taken is remembered.
        const MANY: usize = 8;
        let first = identifier(wanted);
        if self.taken.insert(first.clone().into_owned()) {
            return (first.into_owned(), true);
        }
        let mut number = self.tried.get(wanted).copied().unwrap_or_default();
        let mut substitutes = substitutes;
        if let Some(skipped) = number.checked_sub(1) {
            substitutes.nth(skipped);
        }
        // The substitutes end in ever higher numbers, so one is free.
        for substitute in substitutes {
            number += 1;
            let name = identifier(&substitute).into_owned();
            if self.taken.insert(name.clone()) {
                if number > MANY {
                    self.tried.insert(wanted.to_owned(), number);
                }
                return (name, false);
            }
        }
        (String::new(), false)
    }
}

/// The names that a name becomes when it is taken: with a number behind it.
pub(super) struct Numbered {
    name: String,
    separator: &'static str,
    number: usize,
}

impl Iterator for Numbered {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.nth(0)
    }

    /// Skips substitutes without formatting them.
    fn nth(&mut self, skipped: usize) -> Option<String> {
        let Self {
            name,
            separator,
            number,
        } = self;
        *number += skipped + 1;
        Some(format!("{name}{separator}{}", *number - 1))
    }
}

/// `name`, then a number: what a name becomes when it is taken.
pub(super) fn numbered(name: &str, separator: &'static str) -> Numbered {
    Numbered {
        // An `_` that made a word an identifier is not needed before a number.
        name: name
            .strip_prefix("r#")
            .unwrap_or(name)
            .trim_end_matches('_')
            .to_owned(),
        separator,
        number: 2,
    }
}
