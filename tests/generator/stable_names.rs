//! Names: they depend on what things are called, not on where in the document they stand.

use std::collections::BTreeSet;
use std::path::Path;

use clientsmith::{Config, Generator, Input, Inventory};
use serde_json::{Map, Value, json};

fn fleece() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Schemas that want each other's names, and schemas that are equal.
fn contested() -> Value {
    let twin = json!({"title": "Twin", "type": "object", "properties": {"x": {"type": "string"}}});
    let wide = json!({"type": "object", "properties": {
        "a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}, "d": {"type": "string"}}});
    json!({
        "openapi": "3.1.0", "info": {"title": "Contested", "version": "1"},
        "paths": {
            "/a": {"get": {"operationId": "list", "responses": {"200": {"description": "", "content": {"application/json": {
                "schema": {"type": "object", "properties": {"item": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}}}}},
            "/b": {"get": {"operationId": "List", "responses": {"200": {"description": "", "content": {"application/json": {
                "schema": {"type": "object", "properties": {"item": {"type": "object", "properties": {"b": {"type": "string"}}}}}}}}}}},
            "/c": {"post": {"tags": ["A"], "responses": {}}, "get": {"tags": ["a"], "responses": {}}}
        },
        "components": {"schemas": {
            "listResponse": {"type": "object", "properties": {"Item": {"type": "object", "properties": {"c": {"type": "string"}}}}},
            "list_response": {"type": "string", "enum": ["x-y", "x_y", "X Y"]},
            "ListResponseItem": {"type": "integer"},
            "TwinB": twin, "TwinA": twin, "WideB": wide, "WideA": wide,
            "Copies": {"type": "object", "properties": {"twinB": twin, "WideB": wide, "other": wide}},
            "Any": {"oneOf": [{"$ref": "#/components/schemas/listResponse"}, {"$ref": "#/components/schemas/ListResponseItem"}]}
        }}
    })
}

/// Turns the members of every object around. What stands in lists keeps its order: it has a meaning.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev();
            members
                .map(|(name, member)| (name.clone(), reversed(member)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(reversed).collect::<Vec<_>>().into(),
        scalar => scalar.clone(),
    }
}

/// The same, for the members whose order means nothing to the crate: those that properties have means
/// the order of fields.
fn reordered(value: &Value) -> Value {
    const FREE: [&str; 8] = [
        "paths",
        "schemas",
        "responses",
        "content",
        "parameters",
        "components",
        "requestBodies",
        "examples",
    ];
    fn walk(value: &Value, key: &str) -> Value {
        match value {
            Value::Object(members) => {
                let walked = members
                    .iter()
                    .map(|(name, member)| (name.clone(), walk(member, name)));
                let mut walked: Vec<(String, Value)> = walked.collect();
                if FREE.contains(&key) {
                    walked.reverse();
                }
                walked.into_iter().collect::<Map<_, _>>().into()
            }
            Value::Array(items) => items
                .iter()
                .map(|item| walk(item, ""))
                .collect::<Vec<_>>()
                .into(),
            scalar => scalar.clone(),
        }
    }
    walk(value, "")
}

fn generator(document: &Value) -> Generator {
    let input = Input::Text {
        name: "spec.json".to_owned(),
        text: document.to_string(),
    };
    Generator::new(input).config(Config::default())
}

fn inventory(document: &Value) -> Inventory {
    generator(document).inspect().2.unwrap()
}

/// What every schema and operation is called.
fn names(document: &Value) -> BTreeSet<String> {
    let inventory = inventory(document);
    let types = inventory
        .types
        .into_iter()
        .map(|ty| format!("{} {}", ty.pointer, ty.rust));
    let operations = inventory.operations.into_iter();
    let operations = operations.map(|o| format!("{} {} {} {}", o.method, o.path, o.call, o.rust));
    types.chain(operations).collect()
}

#[test]
fn the_order_of_members_decides_nothing() {
    for document in [fleece(), contested()] {
        assert_eq!(names(&reversed(&document)), names(&document));
    }
}

#[test]
fn the_order_of_paths_and_components_changes_no_byte() {
    for document in [fleece(), contested()] {
        let files = |document: &Value| generator(document).generate().files;
        for (file, other) in files(&document).iter().zip(files(&reordered(&document))) {
            assert_eq!(file.contents, other.contents, "{}", file.path);
        }
    }
}

#[test]
fn additions_rename_nothing() {
    let document = fleece();
    let before = names(&document);
    let mut grown = document;
    grown["paths"]["/agents/archive"] =
        json!({"post": {"operationId": "archiveAgents", "tags": ["Agents"], "responses": {}}});
    grown["paths"]["/aaa"] = json!({"get": {"operationId": "listAaa", "tags": ["Agents"], "responses": {"200": {
        "description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"new": {"type": "string"}}}}}}}}});
    grown["components"]["schemas"]["AAA"] =
        json!({"type": "object", "properties": {"x": {"$ref": "#/components/schemas/Agent"}}});
    let after = names(&grown);
    let lost: Vec<&String> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
