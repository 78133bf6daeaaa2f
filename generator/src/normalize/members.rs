//! Members: every member of a node has the JSON type that the specification gives it, or is gone.
//!
//! A member of the wrong type would make `openapiv3` reject the whole node, so it is repaired or removed first,
//! with a diagnostic: a number in place of a string becomes a string, an object in place of a list is removed.

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Holds, Node};
use crate::pointer::At;

/// Repairs or removes every member of a node that does not have the required type.
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
        match node.member(keyword) {
            Some(holds) if holds.is_met_by(value) => true,
            Some(holds) => mend(value, holds, at.child(keyword), diagnostics),
            None => {
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

/// Repairs a member if possible, and returns whether it stays. Elements that are not nodes are marked as
/// unresolved.
fn mend(value: &mut Value, holds: Holds, at: At<'_>, diagnostics: &mut Diagnostics) -> bool {
    match (holds, value) {
        (Holds::One(child), one) => is_node(one, child, at, diagnostics),
        (Holds::List(child), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                if !is_node(item, child, at.index(index), diagnostics) {
                    *item = grammar::unresolved();
                }
            }
            true
        }
        (Holds::Map(child), Value::Object(entries)) => {
            entries.retain(|name, entry| {
                let extension = name.starts_with("x-") && !entry.is_object();
                extension || is_node(entry, child, at.child(name), diagnostics)
            });
            true
        }
        (_, Value::Null) => false,
        (plain, value) => mend_plain(value, plain, at, diagnostics),
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

/// Makes a member what it must be, if that can be told, and says so.
fn mend_plain(value: &mut Value, holds: Holds, at: At<'_>, diagnostics: &mut Diagnostics) -> bool {
    let Some(mended) = mended(value, holds) else {
        diagnostics.push(wrong(at, holds.noun()));
        return false;
    };
    let message = format!("`{}` must be {}", at.last(), holds.noun());
    diagnostics.push(
        Diagnostic::warning(Code::InvalidNode, at, message).label(format!("read as `{mended}`")),
    );
    *value = mended;
    true
}

/// What was meant by a value of the wrong type.
fn mended(value: &Value, holds: Holds) -> Option<Value> {
    match (holds, value) {
        (Holds::Text, Value::Number(_) | Value::Bool(_)) => Some(Value::from(value.to_string())),
        (Holds::Flag, Value::String(text)) => {
            text.trim().to_lowercase().parse().ok().map(Value::Bool)
        }
        (Holds::Number, Value::String(text)) => {
            serde_json::from_str::<serde_json::Number>(text.trim())
                .ok()
                .map(Value::Number)
        }
        (Holds::Texts, Value::String(text)) => Some(Value::from(vec![text.clone()])),
        (Holds::Texts, Value::Array(items)) => {
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

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_in, diagnostics_of};

    #[test]
    fn what_is_not_what_it_must_be_is_mended_or_reported() {
        assert_eq!(
            diagnostics_of(
                "{A: {type: object, title: 3, required: a, properties: {b: 7}, additionalProperties: no, descripton: x}}"
            ),
            [
                "warning /A/title: `title` must be a text",
                "warning /A/required: `required` must be a list of texts",
                "warning /A/properties/b: a schema must be an object",
                "warning /A/additionalProperties: a schema must be an object",
                "warning /A/descripton: `descripton` has no meaning in a schema",
            ],
        );
    }

    #[test]
    fn a_method_that_openapi_does_not_know_is_reported() {
        let said = diagnostics_in("{/a: {fetch: {responses: {}}}}");
        assert_eq!(
            said[0],
            "warning #/paths/~1a/fetch: `fetch` is no HTTP method that OpenAPI knows"
        );
    }
}
