//! Schemas: from JSON Schema 2020-12 or the dialect of OpenAPI 3.0 to the canonical form.
//!
//! A canonical schema has at most one `type`, says with `nullable` whether `null` is a value, and has
//! nothing beside a `$ref`. What `openapiv3` would misread or lose travels in extensions:
//!
//! | extension | holds |
//! |---|---|
//! | `x-clientsmith-enum` | the values of `enum` and `const`, without `null` and repetitions |
//! | `x-clientsmith-null` | the schema of `null` alone |
//! | `x-clientsmith-constraints` | bounds, lengths and patterns, to be documented |
//!
//! No child is moved or removed where a `$ref` may lead to it.

use serde_json::{Map, Value, json};

use super::{Dialect, types};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::At;

/// Values that the schema lists.
pub(crate) const ENUM: &str = "x-clientsmith-enum";
/// The schema of `null` alone.
pub(crate) const NULL: &str = "x-clientsmith-null";
/// Keywords that restrict values and change no type.
pub(crate) const CONSTRAINTS: &str = "x-clientsmith-constraints";

/// Keywords that restrict values and change no type.
const RESTRICTING: [&str; 14] = [
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
    "contentMediaType",
];

/// Keywords that restrict values in ways that no type and no sentence of ours can say.
const BEYOND: [&str; 13] = [
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "$dynamicRef",
];

/// Keywords that say something about the schema and nothing about its values.
const ABOUT: [&str; 9] = [
    "$comment",
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "xml",
    "summary",
];

/// Brings one schema into canonical form. The schemas inside it are visited on their own.
pub(super) fn normalize(
    value: &mut Value,
    dialect: Dialect,
    at: At<'_>,
    diagnostics: &mut Diagnostics,
) {
    match value {
        Value::Bool(flag) if !at.last().ends_with("Properties") => {
            *value = if *flag { json!({}) } else { json!({"not": {}}) };
        }
        Value::Object(schema) => {
            foreign(schema, dialect, at, diagnostics);
            reference(schema);
            types::reduce(schema, at, diagnostics);
            values(schema, at, diagnostics);
            contents(schema);
            discriminator(schema, at, diagnostics);
            tuple(schema);
            unevaluated(schema);
            examples(schema);
            constraints(schema, at, diagnostics);
        }
        _ => {}
    }
}

/// Warns of `nullable` in OpenAPI 3.1, which has no such keyword; it is read as in 3.0 all the same.
fn foreign(
    schema: &mut Map<String, Value>,
    dialect: Dialect,
    at: At<'_>,
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
    // What converters from Swagger 2.0 leave behind.
    if let Some(Value::Bool(true)) = schema.get("x-nullable") {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// Moves a `$ref` with siblings into `allOf`, so that references always stand alone.
fn reference(schema: &mut Map<String, Value>) {
    if schema.len() < 2 {
        return;
    }
    let Some(target) = schema.remove("$ref") else {
        return;
    };
    let reference = json!({ "$ref": target });
    match schema.get_mut("allOf") {
        Some(Value::Array(members)) => members.push(reference),
        _ => drop(schema.insert("allOf".to_owned(), Value::Array(vec![reference]))),
    }
}

/// `enum` and `const` become one list of values, and `null` among them `nullable`.
fn values(schema: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    let constant = schema.remove("const").map(|value| vec![value]);
    let listed = match schema.remove("enum") {
        Some(Value::Array(values)) => Some(values),
        Some(Value::Null) | None => None,
        Some(other) => {
            let message = "`enum` must be a list";
            let at = at.child("enum");
            diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
            drop(other);
            None
        }
    };
    let Some(values) = constant.or(listed) else {
        return;
    };
    let only_null = !values.is_empty() && values.iter().all(Value::is_null);
    if values.contains(&Value::Null) {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
    if only_null && !schema.contains_key("type") {
        schema.insert(NULL.to_owned(), Value::Bool(true));
    }
    let mut known: Vec<Value> = Vec::with_capacity(values.len());
    let mut seen = std::collections::HashSet::new();
    for value in values {
        if !value.is_null() && seen.insert(value.to_string()) {
            known.push(value);
        }
    }
    if !known.is_empty() {
        schema.insert(ENUM.to_owned(), Value::Array(known));
    }
}

/// `contentEncoding` and `contentMediaType` are the `format` of OpenAPI 3.0.
fn contents(schema: &mut Map<String, Value>) {
    let format = match schema
        .remove("contentEncoding")
        .as_ref()
        .and_then(Value::as_str)
    {
        Some("base64") => "byte",
        Some("base64url") => "base64url",
        Some(_) => return,
        None => match schema.get("contentMediaType").and_then(Value::as_str) {
            Some(media) if !media.starts_with("text/") && !media.ends_with("json") => "binary",
            _ => return,
        },
    };
    schema.entry("format").or_insert(json!(format));
}

/// A discriminator is an object with a property's name; up to Swagger 2.0 it was the name alone.
fn discriminator(schema: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    let Some(discriminator) = schema.get_mut("discriminator") else {
        return;
    };
    if let Value::String(name) = discriminator {
        *discriminator = json!({ "propertyName": name });
    }
    let valid = discriminator
        .get("propertyName")
        .is_some_and(Value::is_string);
    if !valid {
        let message = "a discriminator must name a property";
        let at = at.child("discriminator");
        diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
        schema.remove("discriminator");
        return;
    }
    if let Some(mapping) = discriminator.get_mut("mapping") {
        match mapping {
            Value::Object(entries) => entries.retain(|_, target| target.is_string()),
            other => *other = json!({}),
        }
    }
}

/// Renames `items` with a list of schemas to `prefixItems`, as it is called since JSON Schema 2020-12.
fn tuple(schema: &mut Map<String, Value>) {
    if !schema.get("items").is_some_and(Value::is_array) {
        return;
    }
    if let Some(items) = schema.remove("items") {
        schema.insert("prefixItems".to_owned(), items);
    }
    if let Some(rest) = schema.remove("additionalItems") {
        schema.insert("items".to_owned(), rest);
    }
}

/// Renames `unevaluatedProperties` to `additionalProperties`, and `unevaluatedItems` to `items`, where they mean the
/// same: for properties once `allOf` is merged (JSON Schema 2020-12 §11.3), for items where nothing else speaks of them.
/// Alternatives evaluate in their own way, and a schema that forbids what is left over only restricts values.
fn unevaluated(schema: &mut Map<String, Value>) {
    let has = |schema: &Map<String, Value>, keywords: &[&str]| {
        keywords.iter().any(|keyword| schema.contains_key(*keyword))
    };
    let forbids = |value: &Value| *value == Value::Bool(false) || *value == json!({"not": {}});
    let allows = schema
        .get("unevaluatedProperties")
        .is_some_and(|value| !forbids(value));
    if allows && !has(schema, &["oneOf", "anyOf", "if"]) {
        rename(schema, "unevaluatedProperties", "additionalProperties");
    }
    if !has(schema, &["allOf", "oneOf", "anyOf", "if", "contains"]) {
        rename(schema, "unevaluatedItems", "items");
    }
}

/// Gives a keyword's value to another one, unless that has one itself.
fn rename(schema: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = schema.remove(from) {
        schema.entry(to).or_insert(value);
    }
}

/// The first of several examples is the example.
fn examples(schema: &mut Map<String, Value>) {
    let first = match schema.remove("examples") {
        Some(Value::Array(examples)) => examples.into_iter().next(),
        _ => None,
    };
    if let Some(example) = first {
        schema.entry("example").or_insert(example);
    }
}

/// Restrictions are documented; what cannot be documented either is reported.
fn constraints(schema: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    let restricts = |keyword: &str| {
        RESTRICTING.contains(&keyword) || ABOUT.contains(&keyword) || BEYOND.contains(&keyword)
    };
    if !schema.keys().any(|keyword| restricts(keyword)) {
        return;
    }
    let mut kept = Map::new();
    for keyword in RESTRICTING {
        if let Some(value) = schema.remove(keyword) {
            kept.insert(keyword.to_owned(), value);
        }
    }
    if !kept.is_empty() {
        schema.insert(CONSTRAINTS.to_owned(), Value::Object(kept));
    }
    for keyword in ABOUT {
        schema.remove(keyword);
    }
    for keyword in BEYOND {
        if schema.remove(keyword).is_some() {
            let message = format!("what `{keyword}` demands is not checked");
            let at = at.child(keyword);
            diagnostics.push(
                Diagnostic::warning(Code::NotCarriedOver, at, message)
                    .label("the type is what the rest of the schema says"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, ty};

    #[test]
    fn older_spellings_mean_the_same() {
        for (schema, expected) in [
            ("{type: string, nullable: true}", "String"),
            (
                "{type: integer, minimum: 0, exclusiveMinimum: true}",
                "Int64",
            ),
            (
                "{type: object, properties: {a: {type: string, nullable: true}}}",
                "{a?: String?}",
            ),
            ("{type: file}", "String"),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }

    #[test]
    fn what_the_version_does_not_know_is_reported() {
        for (schema, said) in [
            (
                "{type: strin}",
                "/type: `strin` is no type that JSON Schema knows",
            ),
            (
                "{type: string, nullable: true}",
                "/nullable: `nullable` is not a keyword of OpenAPI 3.1 (write `\"type\": [\"string\", \"null\"]`)",
            ),
            (
                "{if: {type: string}}",
                "/if: what `if` demands is not checked",
            ),
        ] {
            let said = format!("warning /A{said}");
            assert_eq!(diagnostics_of(&format!("{{A: {schema}}}")), [said]);
        }
    }
}
