//! Members: every member of a node has the JSON type that the specification gives it, or is gone.
//!
//! What `openapiv3` cannot hold fails a whole node, so it is mended or taken out first, each with a
//! diagnostic: a number where a text belongs becomes a text, an object where a list belongs goes.

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Container, Node};
use crate::pointer::At;

/// What a member that holds no node must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Text,
    Flag,
    Number,
    Texts,
    /// An object with a URL: `externalDocs`.
    Link,
    /// Whatever it is: a later step looks at it, or nobody does.
    Data,
}

impl Expected {
    /// Whether a value is that.
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Data => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Texts => is_texts(value),
            Self::Link => value.get("url").is_some_and(Value::is_string),
        }
    }

    /// What a reader would call it.
    fn noun(self) -> &'static str {
        match self {
            Self::Data => "anything",
            Self::Text => "a text",
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Texts => "a list of texts",
            Self::Link => "an object with a URL",
        }
    }
}

/// The members of a kind of node that hold no nodes.
fn plain_members(node: Node) -> &'static [(&'static str, Expected)] {
    use Expected::{Data, Flag, Link, Number, Text, Texts};
    match node {
        Node::Document => &[
            ("openapi", Data),
            ("jsonSchemaDialect", Data),
            ("$self", Data),
            ("security", Data),
            ("externalDocs", Link),
            // Not of OpenAPI 3, but documents that were converted keep their schemas there.
            ("definitions", Data),
        ],
        Node::Info => &[
            ("title", Text),
            ("version", Text),
            ("summary", Text),
            ("description", Text),
            ("termsOfService", Text),
            ("contact", Data),
            ("license", Data),
        ],
        Node::Components | Node::Callback | Node::Text => &[],
        Node::Server => &[
            ("url", Text),
            ("name", Text),
            ("description", Text),
            ("variables", Data),
        ],
        Node::Tag => &[
            ("name", Text),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Link),
            ("parent", Text),
            ("kind", Text),
        ],
        Node::PathItem => &[("$ref", Text), ("summary", Text), ("description", Text)],
        Node::Operation => &[
            ("$ref", Text),
            ("tags", Texts),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Link),
            ("operationId", Text),
            ("deprecated", Flag),
            ("security", Data),
        ],
        Node::Parameter => &[
            ("$ref", Text),
            ("summary", Text),
            ("name", Text),
            ("in", Text),
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("allowEmptyValue", Flag),
            ("style", Text),
            ("explode", Flag),
            ("allowReserved", Flag),
            ("example", Data),
        ],
        Node::Header => &[
            ("$ref", Text),
            ("summary", Text),
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("style", Text),
            ("explode", Flag),
            ("example", Data),
        ],
        Node::RequestBody => &[
            ("$ref", Text),
            ("summary", Text),
            ("description", Text),
            ("required", Flag),
        ],
        Node::Response => &[("$ref", Text), ("summary", Text), ("description", Text)],
        Node::MediaType => &[("$ref", Text), ("example", Data)],
        Node::Encoding => &[
            ("contentType", Text),
            ("style", Text),
            ("explode", Flag),
            ("allowReserved", Flag),
        ],
        Node::Example => &[
            ("$ref", Text),
            ("summary", Text),
            ("description", Text),
            ("value", Data),
            ("externalValue", Text),
            ("dataValue", Data),
            ("serializedValue", Data),
        ],
        Node::Link => &[
            ("$ref", Text),
            ("operationRef", Text),
            ("operationId", Text),
            ("parameters", Data),
            ("requestBody", Data),
            ("description", Text),
            ("server", Data),
        ],
        Node::SecurityScheme => &[
            ("$ref", Text),
            ("summary", Text),
            ("type", Text),
            ("description", Text),
            ("name", Text),
            ("in", Text),
            ("scheme", Text),
            ("bearerFormat", Text),
            ("flows", Data),
            ("openIdConnectUrl", Text),
            ("oauth2MetadataUrl", Text),
            ("deprecated", Flag),
        ],
        Node::Schema => &[
            ("$ref", Text),
            ("type", Data),
            ("format", Text),
            ("enum", Data),
            ("const", Data),
            ("nullable", Flag),
            ("required", Texts),
            ("discriminator", Data),
            ("title", Text),
            ("description", Text),
            ("summary", Text),
            ("default", Data),
            ("example", Data),
            ("examples", Data),
            ("externalDocs", Link),
            ("deprecated", Flag),
            ("readOnly", Flag),
            ("writeOnly", Flag),
            ("xml", Data),
            ("minimum", Number),
            ("maximum", Number),
            ("exclusiveMinimum", Data),
            ("exclusiveMaximum", Data),
            ("multipleOf", Number),
            ("minLength", Number),
            ("maxLength", Number),
            ("pattern", Text),
            ("minItems", Number),
            ("maxItems", Number),
            ("uniqueItems", Flag),
            ("minContains", Number),
            ("maxContains", Number),
            ("minProperties", Number),
            ("maxProperties", Number),
            ("dependentRequired", Data),
            ("dependencies", Data),
            ("contentEncoding", Text),
            ("contentMediaType", Text),
            ("$comment", Data),
            ("$schema", Data),
            ("$id", Data),
            ("id", Data),
            ("$anchor", Data),
            ("$dynamicAnchor", Data),
            ("$dynamicRef", Data),
            ("$vocabulary", Data),
        ],
    }
}

/// Mends or takes out every member of a node that is not what it must be.
pub(super) fn normalize(
    map: &mut Map<String, Value>,
    node: Node,
    at: At<'_>,
    diagnostics: &mut Diagnostics,
) {
    if named_by_the_user(node) {
        return;
    }
    map.retain(|keyword, value| {
        if keyword.starts_with("x-") {
            return true;
        }
        let shaped = node.members().iter().find(|(name, ..)| name == keyword);
        let plain = plain_members(node).iter().find(|(name, _)| name == keyword);
        match (shaped, plain) {
            (Some(&(_, Container::One, _)), _) if value.is_object() => true,
            (None, Some(&(_, expected))) if expected.holds(value) => true,
            (Some(&(_, shape, child)), _) => {
                fits_shape(value, shape, child, at.child(keyword), diagnostics)
            }
            (None, Some(&(_, expected))) => mend(value, expected, at.child(keyword), diagnostics),
            (None, None) => {
                // It stays: a reference may lead into it.
                diagnostics.push(unknown(keyword, node, at.child(keyword)));
                true
            }
        }
    });
}

/// Whether all members of a kind of node are names that a user chose.
fn named_by_the_user(node: Node) -> bool {
    matches!(node, Node::Callback | Node::Text)
}

fn unknown(keyword: &str, node: Node, at: At<'_>) -> Diagnostic {
    let noun = node.noun();
    let message = match node {
        Node::PathItem => format!("`{keyword}` is no HTTP method that OpenAPI knows"),
        _ => format!("`{keyword}` has no meaning in a {noun}"),
    };
    Diagnostic::warning(Code::UnknownKeyword, at, message).label("not understood")
}

fn wrong(at: At<'_>, wanted: &str) -> Diagnostic {
    let message = format!("`{}` must be {wanted}", at.last());
    Diagnostic::warning(Code::InvalidNode, at, message).label("left out")
}

/// Whether a member that holds nodes has their shape. Elements that are no nodes are marked.
fn fits_shape(
    value: &mut Value,
    shape: Container,
    child: Node,
    at: At<'_>,
    diagnostics: &mut Diagnostics,
) -> bool {
    match (shape, value) {
        (Container::One, one) => is_node(one, child, at, diagnostics),
        (Container::List, Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                if !is_node(item, child, at.index(index), diagnostics) {
                    *item = grammar::unresolved();
                }
            }
            true
        }
        (Container::Map, Value::Object(entries)) => {
            entries.retain(|name, entry| {
                let extension = name.starts_with("x-") && !entry.is_object();
                extension || is_node(entry, child, at.child(name), diagnostics)
            });
            true
        }
        (_, Value::Null) => false,
        (Container::List, _) => {
            diagnostics.push(wrong(at, "a list"));
            false
        }
        (Container::Map, _) => {
            diagnostics.push(wrong(at, "an object"));
            false
        }
    }
}

/// Whether a value can be a node of a kind.
fn is_node(value: &Value, node: Node, at: At<'_>, diagnostics: &mut Diagnostics) -> bool {
    let possible = match value {
        Value::Object(_) => true,
        Value::Bool(_) => node == Node::Schema,
        Value::Array(_) => node == Node::Schema && at.last() == "items",
        _ => false,
    };
    if !possible {
        let article = if node.noun().starts_with(['e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        let message = format!("{article} {} must be an object", node.noun());
        diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
    }
    possible
}

/// Whether a plain member that is not what it must be can be made so.
fn mend(value: &mut Value, expected: Expected, at: At<'_>, diagnostics: &mut Diagnostics) -> bool {
    if value.is_null() {
        return false;
    }
    let wanted = expected.noun();
    match mended(value, expected) {
        Some(mended) => {
            let message = format!("`{}` must be {wanted}", at.last());
            diagnostics.push(
                Diagnostic::warning(Code::InvalidNode, at, message)
                    .label(format!("read as `{mended}`")),
            );
            *value = mended;
            true
        }
        None => {
            diagnostics.push(wrong(at, wanted));
            false
        }
    }
}

fn is_texts(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(Value::is_string))
}

/// What was meant by a value of the wrong type.
fn mended(value: &Value, expected: Expected) -> Option<Value> {
    match (expected, value) {
        (Expected::Text, Value::Number(_) | Value::Bool(_)) => Some(Value::from(value.to_string())),
        (Expected::Flag, Value::String(text)) => {
            text.trim().to_lowercase().parse().ok().map(Value::Bool)
        }
        (Expected::Number, Value::String(text)) => {
            serde_json::from_str::<serde_json::Number>(text.trim())
                .ok()
                .map(Value::Number)
        }
        (Expected::Texts, Value::String(text)) => Some(Value::from(vec![text.clone()])),
        (Expected::Texts, Value::Array(items)) => {
            let texts = items.iter().filter_map(|item| match item {
                Value::String(text) => Some(text.clone()),
                Value::Number(_) | Value::Bool(_) => Some(item.to_string()),
                _ => None,
            });
            Some(Value::from(texts.collect::<Vec<_>>()))
        }
        _ => None,
    }
}
