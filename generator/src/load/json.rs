//! JSON: the value of a text, and the places of nodes in it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::locate::Wanted;
use crate::diagnostics::{Code, Diagnostic, Place};

/// The value of a JSON text.
pub(super) fn parse(name: &str, text: &str) -> Result<Value, Box<Diagnostic>> {
    serde_json::from_str(text).map_err(|error| {
        let place = Place::Position {
            file: PathBuf::from(name),
            line: error.line(),
            column: error.column(),
        };
        // The position is shown with the source line, so the message need not repeat it.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let message = format!("not valid JSON: {message}");
        Box::new(Diagnostic::error(Code::InvalidJson, place, message))
    })
}

/// The byte ranges at which the wanted nodes stand.
pub(super) fn locate(text: &str, wanted: &Wanted<'_>, count: usize) -> Vec<Range<usize>> {
    let mut spans = vec![0..0; count];
    let start = text.len() - text.trim_start().len();
    wanted.found(&(start..start), &mut spans);
    descend(text, text, wanted, &mut spans);
    spans
}

/// Looks for the children of `wanted` in `node`, which is a part of `text`.
fn descend(text: &str, node: &str, wanted: &Wanted<'_>, spans: &mut [Range<usize>]) {
    if wanted.children.is_empty() {
        return;
    }
    let mut deserializer = serde_json::Deserializer::from_str(node);
    // The text was parsed before, so this cannot fail; if it does, the nodes around are good enough.
    let children = deserializer.deserialize_any(Children(wanted));
    for (key, raw, child) in children.unwrap_or_default() {
        let value = offset(text, raw.get())..offset(text, raw.get()) + raw.get().len();
        child.found(&whole(text, key.as_deref(), value), spans);
        descend(text, raw.get(), child, spans);
    }
}

/// Where `part`, which is a slice of `text`, starts in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// What to mark for a member: key and value if both stand on one line, else the key.
fn whole(text: &str, key: Option<&str>, value: Range<usize>) -> Range<usize> {
    let Some(key) = key else { return value };
    let before = text[..value.start].trim_end();
    let end = before.strip_suffix(':').unwrap_or(before).trim_end().len();
    let start = key_start(&text[..end], key);
    if text[start..value.end].contains('\n') {
        start..end
    } else {
        start..value.end
    }
}

/// Where the key starts with which `before` ends.
fn key_start(before: &str, key: &str) -> usize {
    let plain = serde_json::to_string(key).unwrap_or_default();
    before.strip_suffix(&plain).map_or_else(
        // Spelled with other escapes than serde_json would use: the quote before it will do.
        || {
            let inner = before.strip_suffix('"').unwrap_or(before);
            inner.rfind('"').unwrap_or(inner.len())
        },
        str::len,
    )
}

/// A child of a node: its key, its text and what is wanted below it.
type Child<'de, 'w> = (Option<Cow<'de, str>>, &'de RawValue, &'w Wanted<'w>);

/// Collects the wanted children of an object or array and skips the others.
struct Children<'w>(&'w Wanted<'w>);

impl<'de, 'w> Visitor<'de> for Children<'w> {
    type Value = Vec<Child<'de, 'w>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if let Some(child) = self.0.children.get(key.as_ref()) {
                found.push((Some(key), map.next_value()?, child));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        let mut index = 0_usize;
        while let Some(element) = sequence.next_element::<&'de RawValue>()? {
            if let Some(child) = self.0.children.get(index.to_string().as_str()) {
                found.push((None, element, child));
            }
            index += 1;
        }
        Ok(found)
    }
}
