//! Examples: where a document shows what a value looks like.

use clientsmith::Inventory;
use serde_json::Value;

/// A value that the document gives for a schema.
#[derive(Debug)]
pub(crate) struct Example {
    /// Where it stands.
    pub(crate) at: String,
    /// Where its schema stands.
    pub(crate) schema: String,
    /// The type that the schema became.
    pub(crate) rust: String,
    pub(crate) value: Value,
}

/// The examples and defaults of schemas, and the examples of media types that are JSON.
pub(crate) fn of(document: &Value, inventory: &Inventory) -> Vec<Example> {
    let mut examples = Vec::new();
    for ty in &inventory.types {
        let Some(schema) = document.pointer(&ty.pointer) else {
            continue;
        };
        let mut add = |at: String, value: &Value| {
            examples.push(Example {
                at,
                schema: ty.pointer.clone(),
                rust: ty.rust.clone(),
                value: value.clone(),
            });
        };
        if schema.get("$ref").is_none() {
            for member in ["example", "default"] {
                if let Some(value) = schema.get(member) {
                    add(format!("{}/{member}", ty.pointer), value);
                }
            }
            let listed = schema.get("examples").and_then(Value::as_array);
            for (index, value) in listed.into_iter().flatten().enumerate() {
                add(format!("{}/examples/{index}", ty.pointer), value);
            }
        }
        if let Some(at) = ty.pointer.strip_suffix("/schema").filter(|at| is_json(at)) {
            of_media_type(document, at, &mut add);
        }
    }
    examples
}

/// Whether a place is that of a media type that is JSON.
fn is_json(at: &str) -> bool {
    let mut segments = at.rsplit('/');
    let media_type = segments.next().unwrap_or_default().to_lowercase();
    segments.next() == Some("content")
        && (media_type.contains("~1json") || media_type.contains("+json"))
}

fn of_media_type(document: &Value, at: &str, add: &mut impl FnMut(String, &Value)) {
    let Some(media_type) = document.pointer(at) else {
        return;
    };
    if let Some(value) = media_type.get("example") {
        add(format!("{at}/example"), value);
    }
    let named = media_type.get("examples").and_then(Value::as_object);
    for (name, example) in named.into_iter().flatten() {
        let target = example.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| document.pointer(target.strip_prefix('#')?));
        if let Some(value) = target.unwrap_or(example).get("value") {
            add(format!("{at}/examples/{name}"), value);
        }
    }
}
