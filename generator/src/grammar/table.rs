//! The table: which members each kind of node has, and what they hold.

use serde_json::Value;

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

/// What a member holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A node.
    One(Node),
    /// An array of nodes.
    List(Node),
    /// An object with a node per member.
    Map(Node),
    Text,
    Flag,
    Number,
    Texts,
    /// An object with a URL: `externalDocs`.
    Link,
    /// Whatever it is: a later step looks at it, or nobody does.
    Data,
}

impl Holds {
    /// Whether a value is that, as far as it can be told without looking into nodes.
    pub(crate) fn is_met_by(self, value: &Value) -> bool {
        match self {
            Self::Data => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Texts => is_texts(value),
            Self::Link => value.get("url").is_some_and(Value::is_string),
            Self::One(_) => value.is_object(),
            Self::List(_) | Self::Map(_) => false,
        }
    }

    /// The kind of the nodes that it holds, if it holds any.
    fn node(self) -> Option<Node> {
        match self {
            Self::One(node) | Self::List(node) | Self::Map(node) => Some(node),
            _ => None,
        }
    }

    /// What a reader would call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Data => "anything",
            Self::Text => "a text",
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Texts => "a list of texts",
            Self::Link => "an object with a URL",
            Self::List(_) => "a list",
            Self::One(_) | Self::Map(_) => "an object",
        }
    }
}

fn is_texts(value: &Value) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| items.iter().all(Value::is_string))
}

/// A member: its keyword, and what it holds.
pub(crate) type Member = (&'static str, Holds);

impl Node {
    /// The members of this kind of node that hold nodes.
    pub(crate) fn nodes(self) -> impl Iterator<Item = &'static Member> {
        let members = self.members().iter();
        members.take_while(|(_, holds)| holds.node().is_some())
    }

    /// The member with a keyword.
    pub(crate) fn member(self, keyword: &str) -> Option<Holds> {
        let mut members = self.members().iter();
        members
            .find(|(name, _)| *name == keyword)
            .map(|(_, holds)| *holds)
    }

    /// All members of this kind of node that OpenAPI or JSON Schema knows; those that hold nodes come first.
    fn members(self) -> &'static [Member] {
        use Holds::{Data, Flag, Link, List, Map, Number, One, Text, Texts};
        use Node as N;
        match self {
            N::Document => &[
                ("info", One(N::Info)),
                ("servers", List(N::Server)),
                ("tags", List(N::Tag)),
                ("paths", Map(N::PathItem)),
                ("webhooks", Map(N::PathItem)),
                ("x-webhooks", Map(N::PathItem)),
                ("components", One(N::Components)),
                ("openapi", Data),
                ("jsonSchemaDialect", Data),
                ("$self", Data),
                ("security", Data),
                ("externalDocs", Link),
                // Not of OpenAPI 3, but documents that were converted keep their schemas there.
                ("definitions", Data),
            ],
            N::Info => &[
                ("title", Text),
                ("version", Text),
                ("summary", Text),
                ("description", Text),
                ("termsOfService", Text),
                ("contact", Data),
                ("license", Data),
            ],
            N::Components => &[
                ("schemas", Map(N::Schema)),
                ("responses", Map(N::Response)),
                ("parameters", Map(N::Parameter)),
                ("examples", Map(N::Example)),
                ("requestBodies", Map(N::RequestBody)),
                ("headers", Map(N::Header)),
                ("securitySchemes", Map(N::SecurityScheme)),
                ("links", Map(N::Link)),
                ("callbacks", Map(N::Callback)),
                ("pathItems", Map(N::PathItem)),
            ],
            N::Server => &[
                ("url", Text),
                ("name", Text),
                ("description", Text),
                ("variables", Data),
            ],
            N::Tag => &[
                ("name", Text),
                ("summary", Text),
                ("description", Text),
                ("externalDocs", Link),
                ("parent", Text),
                ("kind", Text),
            ],
            N::PathItem => &[
                ("get", One(N::Operation)),
                ("put", One(N::Operation)),
                ("post", One(N::Operation)),
                ("delete", One(N::Operation)),
                ("options", One(N::Operation)),
                ("head", One(N::Operation)),
                ("patch", One(N::Operation)),
                ("trace", One(N::Operation)),
                ("query", One(N::Operation)),
                ("servers", List(N::Server)),
                ("parameters", List(N::Parameter)),
                ("additionalOperations", Map(N::Operation)),
                ("$ref", Text),
                ("summary", Text),
                ("description", Text),
            ],
            N::Operation => &[
                ("parameters", List(N::Parameter)),
                ("requestBody", One(N::RequestBody)),
                ("responses", Map(N::Response)),
                ("callbacks", Map(N::Callback)),
                ("servers", List(N::Server)),
                ("$ref", Text),
                ("tags", Texts),
                ("summary", Text),
                ("description", Text),
                ("externalDocs", Link),
                ("operationId", Text),
                ("deprecated", Flag),
                ("security", Data),
            ],
            N::Parameter => &[
                ("schema", One(N::Schema)),
                ("content", Map(N::MediaType)),
                ("examples", Map(N::Example)),
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
            N::Header => &[
                ("schema", One(N::Schema)),
                ("content", Map(N::MediaType)),
                ("examples", Map(N::Example)),
                ("$ref", Text),
                ("summary", Text),
                ("description", Text),
                ("required", Flag),
                ("deprecated", Flag),
                ("style", Text),
                ("explode", Flag),
                ("example", Data),
            ],
            N::RequestBody => &[
                ("content", Map(N::MediaType)),
                ("$ref", Text),
                ("summary", Text),
                ("description", Text),
                ("required", Flag),
            ],
            N::Response => &[
                ("headers", Map(N::Header)),
                ("content", Map(N::MediaType)),
                ("links", Map(N::Link)),
                ("$ref", Text),
                ("summary", Text),
                ("description", Text),
            ],
            N::MediaType => &[
                ("schema", One(N::Schema)),
                ("examples", Map(N::Example)),
                ("encoding", Map(N::Encoding)),
                ("$ref", Text),
                ("example", Data),
            ],
            N::Encoding => &[
                ("headers", Map(N::Header)),
                ("contentType", Text),
                ("style", Text),
                ("explode", Flag),
                ("allowReserved", Flag),
            ],
            N::Example => &[
                ("$ref", Text),
                ("summary", Text),
                ("description", Text),
                ("value", Data),
                ("externalValue", Text),
                ("dataValue", Data),
                ("serializedValue", Data),
            ],
            N::Link => &[
                ("$ref", Text),
                ("operationRef", Text),
                ("operationId", Text),
                ("parameters", Data),
                ("requestBody", Data),
                ("description", Text),
                ("server", Data),
            ],
            N::SecurityScheme => &[
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
            N::Schema => &[
                ("properties", Map(N::Schema)),
                ("patternProperties", Map(N::Schema)),
                ("additionalProperties", One(N::Schema)),
                ("unevaluatedProperties", One(N::Schema)),
                ("propertyNames", One(N::Schema)),
                ("dependentSchemas", Map(N::Schema)),
                ("items", One(N::Schema)),
                ("additionalItems", One(N::Schema)),
                ("prefixItems", List(N::Schema)),
                ("unevaluatedItems", One(N::Schema)),
                ("contains", One(N::Schema)),
                ("contentSchema", One(N::Schema)),
                ("allOf", List(N::Schema)),
                ("anyOf", List(N::Schema)),
                ("oneOf", List(N::Schema)),
                ("not", One(N::Schema)),
                ("if", One(N::Schema)),
                ("then", One(N::Schema)),
                ("else", One(N::Schema)),
                ("$defs", Map(N::Schema)),
                ("definitions", Map(N::Schema)),
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
            N::Callback | N::Text => &[],
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_keyword_stands_once_and_nodes_come_first() {
        let mut open = vec![Node::Document];
        let mut seen = HashSet::new();
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            let members = node.members();
            let keywords: HashSet<_> = members.iter().map(|(keyword, _)| keyword).collect();
            assert_eq!(keywords.len(), members.len(), "{node:?}");
            let holding = members.iter().filter_map(|(_, holds)| holds.node());
            assert_eq!(holding.clone().count(), node.nodes().count(), "{node:?}");
            open.extend(holding);
        }
        assert!(seen.contains(&Node::Encoding));
    }
}
