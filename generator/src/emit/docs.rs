//! Documentation: what the document says of a thing, as rustdoc shows it.

use serde_json::Value;

use crate::markdown::{self, code};
use crate::named::Field;
use crate::print::Docs;
use crate::terms::Doc;

/// Longer values are shown in blocks of their own.
const WIDTH: usize = 90;

/// An example on more lines than this is not shown.
const MAX_EXAMPLE_LINES: usize = 40;

/// What the document says of a thing, or else `fallback`.
pub(super) fn item(doc: &Doc, name: &str, fallback: &str) -> Docs {
    let mut docs = words(doc, name);
    if docs.is_empty() {
        docs.text(fallback);
    }
    finish(docs, doc)
}

/// What the document says of a thing with this name, if it says anything.
pub(super) fn details(doc: &Doc, name: &str) -> Docs {
    finish(words(doc, name), doc)
}

/// What the document says of a property.
pub(super) fn field(field: &Field) -> Docs {
    let mut docs = words(&field.doc, &field.name.wire);
    if let Some(text) = &field.constant {
        docs.paragraph([format!("Always {}.", code(text))]);
    }
    finish(docs, &field.doc)
}

/// A value, and what the document says of it.
pub(super) fn value(wire: &str, doc: &Doc) -> Docs {
    let mut docs = Docs::default();
    docs.paragraph([code(wire)]);
    docs.text(doc.description.as_deref().unwrap_or_default());
    finish(docs, doc)
}

/// Title and description. A title of one word is a name, and one that repeats the name says nothing.
fn words(doc: &Doc, name: &str) -> Docs {
    let mut docs = Docs::default();
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let summary = doc.summary.as_deref().unwrap_or_default();
    let is_name = !summary.trim().contains(char::is_whitespace);
    if !is_name && letters(summary) != letters(name) {
        docs.text(summary);
    }
    if doc.description != doc.summary {
        docs.text(doc.description.as_deref().unwrap_or_default());
    }
    docs
}

/// Adds what restricts the values of a thing, its default, an example.
fn finish(mut docs: Docs, doc: &Doc) -> Docs {
    if doc.deprecated {
        docs.paragraph(["**Deprecated.**".to_owned()]);
    }
    docs.paragraph((!doc.rules.is_empty()).then(|| doc.rules.join(" ")));
    if let Some(default) = &doc.default {
        docs.value("Default", default);
    }
    if let Some(example) = &doc.example {
        docs.value("Example", example);
    }
    if let Some(link) = &doc.link {
        docs.text(&format!("See <{}>.", link.trim()));
    }
    docs
}

impl Docs {
    /// Adds Markdown of the document.
    pub(super) fn text(&mut self, text: &str) {
        self.paragraph(markdown::lines(text));
    }

    /// Adds a value with its title: as code in the line if it is short, else as a block.
    fn value(&mut self, title: &str, value: &Value) {
        let inline = match value {
            Value::String(text) => Some(text.clone()),
            Value::Array(_) | Value::Object(_) => None,
            scalar => Some(scalar.to_string()),
        };
        if let Some(text) = inline.filter(|text| text.len() < WIDTH && !text.contains(['\n', '\r']))
        {
            return self.paragraph([format!("{title}: {}", code(&text))]);
        }
        let json = serde_json::to_string_pretty(value).unwrap_or_default();
        if json.lines().count() <= MAX_EXAMPLE_LINES && !json.contains("```") {
            self.paragraph([format!("{title}:")]);
            let fence = |text| std::iter::once(text);
            self.paragraph(fence("```json").chain(json.lines()).chain(fence("```")));
        }
    }
}
