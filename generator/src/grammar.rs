//! The grammar of an OpenAPI document: which members of a node hold further nodes, and of what kind.
//!
//! `$ref` is a reference only where a node stands, and a keyword means something only in its own
//! kind of node: `example: {$ref: …}` is data, `properties: {example: …}` is a schema. One table
//! says so for all stages that walk over the document.

use serde_json::{Map, Value};

use crate::pointer::{At, Pointer, member, member_mut};

/// The kinds of node of a document (OpenAPI 3.1, §4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Document,
    Info,
    Components,
    Server,
    Tag,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Schema,
    /// A text that stands where a text must.
    Text,
}

/// How a member holds its nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// It is one.
    One,
    /// It is an array of them.
    List,
    /// It is an object with one per member.
    Map,
}

/// A member that holds nodes: keyword, shape and kind.
pub(crate) type Member = (&'static str, Container, Node);

/// The methods a path item can have, in the order in which the specification names them.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl Node {
    /// The members of this kind of node that hold nodes.
    pub(crate) fn members(self) -> &'static [Member] {
        use Container::{List, Map, One};
        use Node as N;
        match self {
            N::Document => &[
                ("info", One, N::Info),
                ("servers", List, N::Server),
                ("tags", List, N::Tag),
                ("paths", Map, N::PathItem),
                ("webhooks", Map, N::PathItem),
                ("x-webhooks", Map, N::PathItem),
                ("components", One, N::Components),
            ],
            N::Components => &[
                ("schemas", Map, N::Schema),
                ("responses", Map, N::Response),
                ("parameters", Map, N::Parameter),
                ("examples", Map, N::Example),
                ("requestBodies", Map, N::RequestBody),
                ("headers", Map, N::Header),
                ("securitySchemes", Map, N::SecurityScheme),
                ("links", Map, N::Link),
                ("callbacks", Map, N::Callback),
                ("pathItems", Map, N::PathItem),
            ],
            N::PathItem => &[
                ("get", One, N::Operation),
                ("put", One, N::Operation),
                ("post", One, N::Operation),
                ("delete", One, N::Operation),
                ("options", One, N::Operation),
                ("head", One, N::Operation),
                ("patch", One, N::Operation),
                ("trace", One, N::Operation),
                ("query", One, N::Operation),
                ("servers", List, N::Server),
                ("parameters", List, N::Parameter),
                ("additionalOperations", Map, N::Operation),
            ],
            N::Operation => &[
                ("parameters", List, N::Parameter),
                ("requestBody", One, N::RequestBody),
                ("responses", Map, N::Response),
                ("callbacks", Map, N::Callback),
                ("servers", List, N::Server),
            ],
            N::Parameter | N::Header => &[
                ("schema", One, N::Schema),
                ("content", Map, N::MediaType),
                ("examples", Map, N::Example),
            ],
            N::RequestBody => &[("content", Map, N::MediaType)],
            N::Response => &[
                ("headers", Map, N::Header),
                ("content", Map, N::MediaType),
                ("links", Map, N::Link),
            ],
            N::MediaType => &[
                ("schema", One, N::Schema),
                ("examples", Map, N::Example),
                ("encoding", Map, N::Encoding),
            ],
            N::Encoding => &[("headers", Map, N::Header)],
            N::Schema => &[
                ("properties", Map, N::Schema),
                ("patternProperties", Map, N::Schema),
                ("additionalProperties", One, N::Schema),
                ("unevaluatedProperties", One, N::Schema),
                ("propertyNames", One, N::Schema),
                ("dependentSchemas", Map, N::Schema),
                ("items", One, N::Schema),
                ("additionalItems", One, N::Schema),
                ("prefixItems", List, N::Schema),
                ("unevaluatedItems", One, N::Schema),
                ("contains", One, N::Schema),
                ("contentSchema", One, N::Schema),
                ("allOf", List, N::Schema),
                ("anyOf", List, N::Schema),
                ("oneOf", List, N::Schema),
                ("not", One, N::Schema),
                ("if", One, N::Schema),
                ("then", One, N::Schema),
                ("else", One, N::Schema),
                ("$defs", Map, N::Schema),
                ("definitions", Map, N::Schema),
            ],
            N::Info
            | N::Server
            | N::Tag
            | N::Example
            | N::Link
            | N::Callback
            | N::SecurityScheme
            | N::Text => &[],
        }
    }

    /// What a reader would call this kind of node.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Info => "info object",
            Self::Components => "components object",
            Self::Server => "server",
            Self::Tag => "tag",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Header => "header",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Example => "example",
            Self::Link => "link",
            Self::Callback => "callback",
            Self::SecurityScheme => "security scheme",
            Self::Schema => "schema",
            Self::Text => "text",
        }
    }
}

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
        let members = node.members().iter();
        let (_, shape, child) = *members.clone().find(|(name, ..)| *name == keyword)?;
        if shape != Container::One {
            segments.next()?;
        }
        node = child;
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
    for &(keyword, shape, child) in node.members() {
        let Some(member) = member_mut(map, keyword) else {
            continue;
        };
        let at = at.child(keyword);
        match (shape, member) {
            (Container::One, one) => walk(one, child, at, visit),
            (Container::List, Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    walk(item, child, at.index(index), visit);
                }
            }
            (Container::Map, Value::Object(entries)) => {
                let extensible =
                    matches!(keyword, "paths" | "responses") && node != Node::Components;
                walk_map(entries, extensible, child, at, visit);
            }
            (Container::List | Container::Map, _) => {}
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
