//! Types: a schema names one at most, and several become a union of one schema each.

use serde_json::{Map, Value, json};

use super::NULL;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::At;

/// Reduces `type` to at most one type, and `null` in it to `nullable`.
pub(super) fn reduce(schema: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    let Some(declared) = schema.remove("type") else {
        return;
    };
    let names: Vec<&str> = match &declared {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut types: Vec<&'static str> = Vec::new();
    for name in &names {
        match known_type(name) {
            Some(known) if !types.contains(&known) => types.push(known),
            Some(_) => {}
            None => {
                let message = format!("`{name}` is no type that JSON Schema knows");
                let at = at.child("type");
                diagnostics
                    .push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
            }
        }
    }
    if types.contains(&"null") {
        types.retain(|name| *name != "null");
        schema.insert("nullable".to_owned(), Value::Bool(true));
        if types.is_empty() && names.len() == 1 {
            schema.insert(NULL.to_owned(), Value::Bool(true));
        }
    }
    // Every integer is a number, so `number` includes `integer`. Who names both means both.
    if types.contains(&"number") && types.contains(&"integer") {
        types.retain(|name| *name != "integer");
        schema.entry("format").or_insert(json!("decimal"));
    }
    // That is how .NET says that it reads numbers from texts too.
    let pattern = schema.get("pattern").and_then(Value::as_str);
    if types
        .iter()
        .any(|name| ["integer", "number"].contains(name))
        && pattern.is_some_and(is_of_digits)
    {
        types.retain(|name| *name != "string");
        schema.remove("pattern");
    }
    if names.contains(&"file") {
        schema.entry("format").or_insert(json!("binary"));
    }
    match types.as_slice() {
        [] => {}
        [one] => drop(schema.insert("type".to_owned(), json!(one))),
        several => split(schema, several),
    }
}

/// Whether a regular expression accepts nothing but numbers.
fn is_of_digits(pattern: &str) -> bool {
    let rest = pattern
        .replace("\\d", "0")
        .replace("(?:", "(")
        .replace("\\.", ".");
    let is_part = |c: char| c.is_ascii_digit() || "^$-+?*()[]{}|.,eE".contains(c);
    rest.chars().any(|c| c.is_ascii_digit()) && rest.chars().all(is_part) && pattern.contains('0')
}

/// The type that a name means, misspelled or not.
fn known_type(name: &str) -> Option<&'static str> {
    Some(match name.trim().to_lowercase().as_str() {
        "string" | "str" | "text" | "file" | "date" | "datetime" | "date-time" | "uuid"
        | "email" => "string",
        "integer" | "int" | "int32" | "int64" | "long" => "integer",
        "number" | "float" | "double" | "decimal" | "numeric" => "number",
        "boolean" | "bool" => "boolean",
        "object" | "map" | "dict" | "hash" => "object",
        "array" | "list" => "array",
        "null" | "nil" | "none" => "null",
        _ => return None,
    })
}

/// Several types become a union of one schema each, unless the schema is a union already.
fn split(schema: &mut Map<String, Value>, types: &[&str]) {
    if schema.contains_key("oneOf") || schema.contains_key("anyOf") {
        return;
    }
    let members = types.iter().map(|name| {
        let keywords: &[&str] = match *name {
            "object" => &[
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
            ],
            "array" => &["items", "prefixItems"],
            "string" => &["format"],
            _ => &[],
        };
        let mut member = Map::new();
        member.insert("type".to_owned(), json!(name));
        for keyword in keywords {
            if let Some(value) = schema.remove(*keyword) {
                member.insert((*keyword).to_owned(), value);
            }
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            let values: Vec<&Value> = values.iter().filter(|value| is_of(value, name)).collect();
            member.insert("enum".to_owned(), json!(values));
        }
        Value::Object(member)
    });
    let members: Vec<Value> = members.collect();
    schema.remove("enum");
    schema.insert("oneOf".to_owned(), Value::Array(members));
}

/// Whether a value is of a type.
fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => false,
    }
}
