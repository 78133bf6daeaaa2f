//! The grammar of an OpenAPI document: which members of a node hold further nodes, and of what kind.
//!
//! `$ref` is a reference only where a node stands, and a keyword means something only in its own
//! kind of node: `example: {$ref: …}` is data, `properties: {example: …}` is a schema. One table
//! says so for all stages that walk over the document.

mod table;

use serde_json::{Map, Value};

pub(crate) use table::{Holds, Node};

use crate::pointer::{At, Pointer, member, member_mut};

/// The methods a path item can have, in the order in which the specification names them.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The target of a node that is a reference.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    member(node.as_object()?, "$ref")?.as_str()
}

/// The extension that marks what stands for a reference which leads nowhere.
const UNRESOLVED: &str = "x-clientsmith-unresolved";

/// What stands for a reference that leads nowhere.
pub(crate) fn unresolved() -> Value {
    serde_json::json!({ UNRESOLVED: true })
}

/// Whether this stands for a reference that leads nowhere; it was reported.
pub(crate) fn is_unresolved(node: &Value) -> bool {
    let members = node.as_object();
    members.is_some_and(|members| member(members, UNRESOLVED).is_some())
}

/// What kind of node a walk from the document's root finds at a place, if it comes there.
pub(crate) fn kind_of(at: &Pointer) -> Option<Node> {
    let mut node = Node::Document;
    let mut segments = at.segments();
    while let Some(keyword) = segments.next() {
        node = match node.member(&keyword)? {
            Holds::One(child) => child,
            Holds::List(child) | Holds::Map(child) => {
                segments.next()?;
                child
            }
            _ => return None,
        };
    }
    Some(node)
}

/// Calls `visit` for `value`, which is a node of kind `node`, and for all nodes below it, outer
/// ones first.
///
/// It may change a node; what it leaves is walked into. A path item under a callback's expression
/// is not visited: callbacks are reported as a whole.
pub(crate) fn walk(
    value: &mut Value,
    node: Node,
    at: At<'_>,
    visit: &mut dyn FnMut(&mut Value, Node, At<'_>),
) {
    visit(value, node, at);
    let Value::Object(map) = value else { return };
    for &(keyword, holds) in node.nodes() {
        let Some(member) = member_mut(map, keyword) else {
            continue;
        };
        let at = at.child(keyword);
        match (holds, member) {
            (Holds::One(child), one) => walk(one, child, at, visit),
            (Holds::List(child), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    walk(item, child, at.index(index), visit);
                }
            }
            (Holds::Map(child), Value::Object(entries)) => {
                let extensible =
                    matches!(keyword, "paths" | "responses") && node != Node::Components;
                walk_map(entries, extensible, child, at, visit);
            }
            _ => {}
        }
    }
}

/// Walks over the entries of a map. In an `extensible` one, `x-…` is an extension and not a name.
fn walk_map(
    entries: &mut Map<String, Value>,
    extensible: bool,
    child: Node,
    at: At<'_>,
    visit: &mut dyn FnMut(&mut Value, Node, At<'_>),
) {
    for (name, entry) in entries.iter_mut() {
        if !(extensible && name.starts_with("x-")) {
            walk(entry, child, at.child(name), visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_the_kind_that_the_grammar_says() {
        let kind = |text: &str| kind_of(&Pointer::from_text(text));
        assert_eq!(kind(""), Some(Node::Document));
        assert_eq!(kind("/components/schemas/A"), Some(Node::Schema));
        assert_eq!(
            kind("/components/schemas/A/properties/b/items"),
            Some(Node::Schema)
        );
        assert_eq!(kind("/paths/~1a/get/responses/200"), Some(Node::Response));
        assert_eq!(kind("/components/schemas"), None);
        assert_eq!(kind("/components/schemas/A/example/items"), None);
    }
}
