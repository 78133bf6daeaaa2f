//! Lines of code that are not printed from tokens: rows of tables, imports of examples.

use proc_macro2::{Ident, Literal};

/// A part of a Rust file, made only of fixed text, identifiers and literals. Text of the document can therefore
/// never become code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line(String);

impl Line {
    /// A line of words of ours.
    pub(crate) fn of(text: &'static str) -> Self {
        Self::default().and(text)
    }

    /// Adds words of ours.
    pub(crate) fn and(mut self, text: &'static str) -> Self {
        self.0.push_str(text);
        self
    }

    /// Adds an identifier.
    pub(crate) fn ident(mut self, ident: &Ident) -> Self {
        self.0.push_str(&ident.to_string());
        self
    }

    /// Adds a text as a literal.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.push_str(&Literal::string(text).to_string());
        self
    }

    /// Adds an integer.
    pub(crate) fn integer(mut self, number: i64) -> Self {
        self.0.push_str(&number.to_string());
        self
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
