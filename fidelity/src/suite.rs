//! The JSON-Schema-Test-Suite: each schema as a component of a document, each valid instance as an example of it.
//!
//! What is left out is left out by these rules and not by name:
//!
//! - groups with a reference to another resource (`$id`, `$dynamicRef`, `$vocabulary`, a `$ref` that is not a
//!   JSON pointer or an anchor of the schema itself): a component is not a resource of its own;
//! - instances of a kind of JSON that a schema without `type` only does not forbid: `{"maxLength": 2}` says nothing
//!   about numbers, and is a text in Rust all the same. See [`speaks_of`];
//! - texts that contradict a `format` of which a type of its own is made.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::examples::Example;

/// The document, and where each valid instance stands: the component's name, what it tests, the instance.
pub(crate) struct Suite {
    pub(crate) document: Value,
    instances: Vec<(String, String, Value)>,
    /// How many groups, and how many instances, the rules leave out.
    pub(crate) groups_left_out: usize,
    pub(crate) instances_left_out: usize,
}

impl Suite {
    /// Reads the files of a folder, without those in folders inside.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.retain(|path| path.extension() == Some("json".as_ref()));
        files.sort();
        let mut suite = Self {
            document: Value::Null,
            instances: Vec::new(),
            groups_left_out: 0,
            instances_left_out: 0,
        };
        let mut schemas = Map::new();
        for path in files {
            let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
            let groups: Vec<Value> =
                serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let file = path.file_stem().unwrap_or_default().to_string_lossy();
            for (index, group) in groups.iter().enumerate() {
                suite.add(&mut schemas, &format!("{file}-{index}"), group);
            }
        }
        suite.document = json!({
            "openapi": "3.1.0",
            "info": {"title": "suite", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        });
        Ok(suite)
    }

    fn add(&mut self, schemas: &mut Map<String, Value>, name: &str, group: &Value) {
        let mut schema = group["schema"].clone();
        if let Some(members) = schema.as_object_mut() {
            members.remove("$schema");
        }
        if !move_references(&mut schema, name) {
            self.groups_left_out += 1;
            return;
        }
        let tests = group["tests"].as_array().into_iter().flatten();
        for test in tests.filter(|test| test["valid"] == true) {
            let instance = &test["data"];
            match speaks_of(&group["schema"], &group["schema"], instance, 0) {
                true => {
                    let at = format!("{name}: {}: {}", group["description"], test["description"]);
                    self.instances.push((name.to_owned(), at, instance.clone()));
                }
                false => self.instances_left_out += 1,
            }
        }
        schemas.insert(name.to_owned(), schema);
    }

    /// Whether the schema of an example has a format of which a type of its own is made.
    pub(crate) fn has_typed_format(&self, example: &Example) -> bool {
        let format = self
            .document
            .pointer(&example.schema)
            .and_then(|schema| schema.get("format"));
        let format = format.and_then(Value::as_str);
        format.is_some_and(|format| ["date-time", "date", "uuid", "byte"].contains(&format))
    }

    /// The instances, as examples of the types that the schemas became.
    pub(crate) fn examples(&self, rust: impl Fn(&str) -> Option<String>) -> Vec<Example> {
        let examples = self.instances.iter().map(|(name, at, value)| {
            let schema = format!("/components/schemas/{name}");
            Example {
                at: at.clone(),
                rust: rust(&schema).unwrap_or_default(),
                schema,
                value: value.clone(),
            }
        });
        examples.collect()
    }
}

/// Makes references of a schema point to where it stands as a component; `false` if one leads elsewhere.
fn move_references(node: &mut Value, name: &str) -> bool {
    match node {
        Value::Array(items) => items.iter_mut().all(|item| move_references(item, name)),
        Value::Object(members) => {
            let foreign = ["$id", "$dynamicRef", "$dynamicAnchor", "$vocabulary"];
            if foreign
                .iter()
                .any(|keyword| members.get(*keyword).is_some_and(Value::is_string))
            {
                return false;
            }
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                let Some(pointer) = reference.strip_prefix('#') else {
                    return false;
                };
                if pointer.is_empty() || pointer.starts_with('/') {
                    *reference = format!("#/components/schemas/{name}{pointer}");
                }
            }
            // What stands in these is data.
            let schemas = members
                .iter_mut()
                .filter(|(key, _)| !["const", "enum"].contains(&key.as_str()));
            schemas
                .into_iter()
                .all(|(_, member)| move_references(member, name))
        }
        _ => true,
    }
}

/// The keywords that speak of one kind of JSON only (JSON Schema 2020-12, validation §6, applicators §10.3).
const KINDS: [(&str, &[&str]); 4] = [
    (
        "object",
        &[
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "required",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
        ],
    ),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "contains",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minContains",
            "maxContains",
        ],
    ),
    (
        "string",
        &[
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
        ],
    ),
    (
        "number",
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
];

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether each schema without `type` that applies to a value or a part of it speaks of its kind, if it speaks of
/// any.
fn speaks_of(root: &Value, schema: &Value, value: &Value, depth: usize) -> bool {
    const DEPTH: usize = 16;
    let Some(schema) = schema.as_object().filter(|_| depth < DEPTH) else {
        return true;
    };
    let typed = ["type", "const", "enum"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    let mut spoken = KINDS
        .iter()
        .filter(|(_, keywords)| keywords.iter().any(|keyword| schema.contains_key(*keyword)));
    let is_silent = spoken.clone().next().is_none();
    if !typed && !is_silent && !spoken.any(|(of, _)| *of == kind(value)) {
        return false;
    }
    let inside = |schema: &Value, value: &Value| speaks_of(root, schema, value, depth + 1);
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    let alone = ["if", "then", "else", "not"]
        .iter()
        .filter_map(|keyword| schema.get(*keyword));
    let lists = ["allOf", "anyOf", "oneOf"]
        .iter()
        .filter_map(|keyword| schema.get(*keyword)?.as_array());
    let in_place = target
        .into_iter()
        .chain(alone)
        .chain(lists.flatten())
        .all(|schema| inside(schema, value));
    in_place
        && parts(schema, value)
            .into_iter()
            .all(|(schema, part)| inside(schema, part))
}

/// The parts of a value, with the schemas for them.
fn parts<'v>(schema: &'v Map<String, Value>, value: &'v Value) -> Vec<(&'v Value, &'v Value)> {
    let mut parts = Vec::new();
    for (name, part) in value.as_object().into_iter().flatten() {
        let own = schema
            .get("properties")
            .and_then(|properties| properties.get(name));
        let others = ["additionalProperties", "unevaluatedProperties"];
        let other = others.iter().filter_map(|keyword| schema.get(*keyword));
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let patterns = patterns.into_iter().flat_map(|patterns| patterns.values());
        parts.extend(
            own.into_iter()
                .chain(other)
                .chain(patterns)
                .map(|schema| (schema, part)),
        );
    }
    for (index, part) in value.as_array().into_iter().flatten().enumerate() {
        let own = schema.get("prefixItems").and_then(|items| items.get(index));
        let others = ["items", "contains", "unevaluatedItems"];
        let other = others.iter().filter_map(|keyword| schema.get(*keyword));
        parts.extend(own.into_iter().chain(other).map(|schema| (schema, part)));
    }
    parts
}
