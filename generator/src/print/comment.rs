//! Documentation comments: the door through which words get into Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::DOC_LINE;
use crate::text::one_line;

/// Lines of documentation. Whatever is added, no line contains a line break, so all of it stays within its
/// comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Docs(Vec<String>);

impl Docs {
    /// Documentation of one line.
    pub(crate) fn line(text: impl AsRef<str>) -> Self {
        let mut docs = Self::default();
        docs.paragraph([text]);
        docs
    }

    /// Adds lines, behind an empty one if there are any before.
    pub(crate) fn paragraph<T: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = T>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.is_empty() {
            self.0.push(String::new());
        }
        self.extend(lines);
    }

    /// Adds lines to the last paragraph.
    pub(crate) fn extend<T: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = T>) {
        let lines = lines.into_iter();
        self.0
            .extend(lines.map(|line| one_line(line.as_ref()).into_owned()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The lines as an attribute, which printing takes apart again.
    pub(crate) fn attributes(&self) -> TokenStream {
        if self.is_empty() {
            return TokenStream::new();
        }
        let mut text = String::new();
        for (index, line) in self.lines().enumerate() {
            text.extend((index > 0).then_some(DOC_LINE));
            text.extend((!line.is_empty()).then_some(' '));
            text.push_str(line);
        }
        let text = literal(&text);
        quote!(#[doc = #text])
    }

    /// The lines as they stand in a file, each behind a mark: `//!`.
    pub(super) fn comment(&self, mark: &'static str) -> String {
        let lines = self.lines().map(|line| match line.is_empty() {
            true => mark.to_owned(),
            false => format!("{mark} {line}"),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A link to a type. Some names are those of derive macros as well, so a link must say which it means.
pub(crate) fn link(ty: &str) -> String {
    const MACROS: [&str; 9] = [
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    match MACROS.contains(&ty) {
        true => format!("[`{ty}`](type@{ty})"),
        false => format!("[`{ty}`]"),
    }
}

/// A link to a field of the same type. A method may be called like it.
pub(crate) fn link_to_field(field: &str) -> String {
    let is_method = field == "new" || field.starts_with("with_");
    let kind = if is_method { "field@" } else { "" };
    format!("[`{field}`]({kind}Self::{field})")
}

/// A text as a literal: a raw one if that can hold it, because most of what is printed is documentation, and
/// escapes take their time to be written and read.
fn literal(text: &str) -> Literal {
    let raw = match text.contains('"') {
        true => format!("r#\"{text}\"#"),
        false => format!("r\"{text}\""),
    };
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        let docs = Docs::line("one\nfn injected() {}\r\u{2028}\u{1}two */ \u{202e}");
        assert_eq!(docs.comment("//!"), "//! one fn injected() {} two */ ");
    }

    #[test]
    fn raw_literals_are_not_left() {
        for text in ["a\"#b", "a\"##\"", "\\", "\"\"\"#"] {
            let docs = Docs::line(text);
            let tokens = docs.attributes();
            let item: syn::ItemStruct = syn::parse_quote!(#tokens struct S;);
            assert_eq!(item.attrs.len(), 1, "{text}");
        }
    }
}
