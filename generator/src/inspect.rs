//! Inspect: what became of a document, as a table for people and as data for tools.

use std::fmt::Write as _;

use serde::Serialize;

use crate::Coverage;
use crate::diagnostics::{Code, Diagnostics, Place};
use crate::emit::type_path;
use crate::named::{Api, Group, Kind, Operation};
use crate::terms::{MediaKind, Type, TypeRef};

/// What became of a document: its schemas, its operations, and what stayed without a type.
///
/// Every Rust path starts at the root of the crate: `types::Flow`, `Vec<types::Flow>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Inventory {
    /// How much became code.
    #[serde(skip)]
    pub coverage: Coverage,
    /// Each schema with the type that it became.
    pub types: Vec<InventoryType>,
    /// Each operation that was emitted.
    pub operations: Vec<InventoryOperation>,
    /// Each schema that says more than "anything" and is `serde_json::Value` all the same.
    pub fallbacks: Vec<Fallback>,
}

/// What a schema became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InventoryType {
    /// Where the schema stands: `/components/schemas/Flow` (RFC 6901).
    pub pointer: String,
    /// Its type.
    pub rust: String,
    /// `struct`, `enum` (of listed values), `union`, `alias`, `list`, `map`, `tuple`, `scalar` or `any`.
    pub kind: &'static str,
}

/// What an operation became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InventoryOperation {
    /// Its `operationId`, if it has one.
    pub operation_id: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path as the document spells it.
    pub path: String,
    /// The struct that stands for a request: `flows::ListFlows`.
    pub rust: String,
    /// How it is called: `flows().list`.
    pub call: String,
    /// The bodies that a request can carry.
    pub request: Vec<InventoryBody>,
    /// The documented responses.
    pub responses: Vec<InventoryAnswer>,
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InventoryBody {
    /// The media type.
    pub media: String,
    /// Its type; `runtime::Body` for text and bytes.
    pub rust: String,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InventoryAnswer {
    /// The key under `responses`: `200`, `4XX`, `default`.
    pub status: String,
    /// The media type of its body, if it has one.
    pub media: Option<String>,
    /// The type of its body; `()` if it has none.
    pub rust: String,
}

/// A schema without a type of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fallback {
    /// Where the schema stands.
    pub pointer: String,
    /// Why it has no type.
    pub reason: String,
}

impl Inventory {
    pub(crate) fn new(api: &Api, coverage: Coverage, diagnostics: &Diagnostics) -> Self {
        let types = api.places.iter().map(|(at, value)| InventoryType {
            pointer: at.as_str().to_owned(),
            rust: type_path(api, value),
            kind: kind(api, value),
        });
        let operations = api.groups.iter().flat_map(|group| {
            let operations = group.operations.iter();
            operations.map(|operation| self::operation(api, group, operation))
        });
        let fallbacks = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == Code::Untyped);
        let fallbacks = fallbacks.map(|diagnostic| Fallback {
            pointer: match &diagnostic.place {
                Place::Node(pointer) => pointer.as_str().to_owned(),
                _ => String::new(),
            },
            reason: diagnostic.message.clone(),
        });
        Self {
            coverage,
            types: types.collect(),
            operations: operations.collect(),
            fallbacks: fallbacks.collect(),
        }
    }

    /// The inventory as a text for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!(
            "{} of {} operations, {} types, {} without a type\n",
            self.coverage.operations_emitted,
            self.coverage.operations_in_spec,
            self.coverage.types,
            self.fallbacks.len(),
        );
        let operations = self.operations.iter().map(|operation| {
            let request = format!("{} {}", operation.method, operation.path);
            let bodies = operation.request.iter().map(|body| body.rust.as_str());
            let answers = operation.responses.iter();
            let answers = answers.map(|answer| format!("{} {}", answer.status, answer.rust));
            let answers = answers.collect::<Vec<_>>().join(", ");
            [
                operation.call.clone(),
                request,
                bodies.collect::<Vec<_>>().join(" or "),
                answers,
            ]
        });
        section(
            &mut text,
            ["operation", "request", "body", "answers"],
            operations.collect(),
        );
        let named = self
            .types
            .iter()
            .filter(|ty| ["struct", "enum", "union", "alias"].contains(&ty.kind));
        let named = named.filter(|ty| !ty.rust.contains('<'));
        let types = named.map(|ty| [ty.rust.clone(), ty.kind.to_owned(), ty.pointer.clone()]);
        section(&mut text, ["type", "kind", "schema"], types.collect());
        let fallbacks = self.fallbacks.iter();
        let fallbacks =
            fallbacks.map(|fallback| [fallback.pointer.clone(), fallback.reason.clone()]);
        section(
            &mut text,
            ["without a type", "because"],
            fallbacks.collect(),
        );
        text
    }
}

/// Adds rows under their titles, in columns; nothing if there is no row.
fn section<const N: usize>(text: &mut String, titles: [&str; N], rows: Vec<[String; N]>) {
    if rows.is_empty() {
        return;
    }
    let titles = titles.map(str::to_owned);
    let widths: [usize; N] = std::array::from_fn(|column| {
        let cells = rows
            .iter()
            .chain([&titles])
            .map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    });
    text.push('\n');
    for row in std::iter::once(&titles).chain(&rows) {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn kind(api: &Api, value: &TypeRef) -> &'static str {
    match &value.ty {
        Type::Scalar(_) => "scalar",
        Type::List(_) => "list",
        Type::Map(_) | Type::Object => "map",
        Type::Tuple(_) => "tuple",
        Type::Any => "any",
        Type::Definition(id) => match &api.types[id.index()].kind {
            Kind::Struct(_) | Kind::Headers(_) => "struct",
            Kind::Enum(_) => "enum",
            Kind::Union(_) => "union",
            Kind::Alias(_) => "alias",
        },
    }
}

fn operation(api: &Api, group: &Group, operation: &Operation) -> InventoryOperation {
    let id = &operation.method_name.wire;
    let request = operation.contents().map(|content| InventoryBody {
        media: content.media_type.clone(),
        rust: match content.kind {
            MediaKind::Text | MediaKind::EventStream | MediaKind::Binary => {
                "runtime::Body".to_owned()
            }
            _ => type_path(api, &content.value),
        },
    });
    let responses = operation
        .answers
        .iter()
        .map(|(status, content)| InventoryAnswer {
            status: status.to_string(),
            media: content.as_ref().map(|content| content.media_type.clone()),
            rust: content
                .as_ref()
                .map_or("()".to_owned(), |content| type_path(api, &content.value)),
        });
    InventoryOperation {
        operation_id: (!id.is_empty()).then(|| id.clone()),
        method: operation.method.to_string(),
        path: operation.path.to_string(),
        rust: format!("{}::{}", group.module.rust, operation.request.rust),
        call: format!("{}().{}", group.accessor.rust, operation.method_name.rust),
        request: request.collect(),
        responses: responses.collect(),
    }
}
