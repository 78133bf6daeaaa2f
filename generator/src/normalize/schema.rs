//! Schemas: from JSON Schema 2020-12 or the dialect of OpenAPI 3.0 to the canonical form.

use serde_json::{Map, Value};

use super::Dialect;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// The keywords of the canonical form: what the next stages can read.
const CANONICAL: [&str; 35] = [
    "$ref",
    "type",
    "format",
    "enum",
    "nullable",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "discriminator",
    "title",
    "description",
    "default",
    "example",
    "externalDocs",
    "deprecated",
    "readOnly",
    "writeOnly",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Brings one schema into canonical form. The schemas inside it are visited on their own.
pub(super) fn normalize(
    value: &mut Value,
    dialect: Dialect,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) {
    if let Value::Object(schema) = value {
        nullable(schema, dialect, at, diagnostics);
        unknown_keywords(schema, at, diagnostics);
    }
}

/// `nullable` belongs to 3.0; in 3.1 it has no meaning, yet everybody who writes it means it.
fn nullable(
    schema: &Map<String, Value>,
    dialect: Dialect,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) {
    if dialect == Dialect::V3_1 && schema.contains_key("nullable") {
        let message = format!("`nullable` is not a keyword of {}", dialect.name());
        let diagnostic = Diagnostic::warning(Code::ForeignKeyword, at.child("nullable"), message)
            .label("read as it was meant in OpenAPI 3.0");
        diagnostics.push(match schema.get("type").and_then(Value::as_str) {
            Some(ty) => diagnostic.help(format!("write `\"type\": [\"{ty}\", \"null\"]`")),
            None => diagnostic,
        });
    }
}

/// Takes out what the canonical form does not have, and says so.
fn unknown_keywords(schema: &mut Map<String, Value>, at: &Pointer, diagnostics: &mut Diagnostics) {
    schema.retain(|keyword, _| {
        let known = CANONICAL.contains(&keyword.as_str()) || keyword.starts_with("x-");
        if !known {
            let message = format!("the keyword `{keyword}` is not carried over");
            diagnostics.push(Diagnostic::warning(
                Code::NotCarriedOver,
                at.child(keyword),
                message,
            ));
        }
        known
    });
}
