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
    const FREE: [&str; 13] = [
        "paths",
        "schemas",
        "responses",
        "content",
        "parameters",
        "components",
        "requestBodies",
        "examples",
        "encoding",
        "mapping",
        "securitySchemes",
        "variables",
        "/x",
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

/// The names of types in `before` that `after` does not have.
fn lost(before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (names(before), names(after));
    before.difference(&after).cloned().collect()
}

/// A document with these schemas, the first of which is the answer of an operation.
fn with_schemas(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"},
        "paths": {"/x": {"get": {"operationId": "getX", "responses": {"200": {"description": "", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Chapter"}}}}}}}},
        "components": {"schemas": schemas}
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A base with a type of its own, and a schema that extends it.
fn chapters() -> Value {
    json!({
        "ChapterBase": {"type": "object", "properties": {"precision": {"type": "string", "enum": ["year", "day"]}}},
        "Chapter": {"allOf": [reference("ChapterBase"), {"type": "object", "properties": {"pages": {"type": "integer"}}}]}
    })
}

#[test]
fn a_type_is_named_after_the_schema_in_which_it_stands() {
    let document = with_schemas(chapters());
    let named = "/components/schemas/ChapterBase/properties/precision types::ChapterBasePrecision";
    assert!(names(&document).contains(named), "{:#?}", names(&document));
    assert_eq!(names(&reversed(&document)), names(&document));
    // Whoever extends the base, wherever it stands.
    for name in ["AChapter", "Zchapter"] {
        let mut grown = document.clone();
        let heir = json!({"allOf": [reference("ChapterBase"), {"properties": {"own": {"type": "string"}}}]});
        grown["components"]["schemas"][name] = heir;
        assert_eq!(lost(&document, &grown), [""; 0], "{name}");
    }
    // Or refers into it.
    let mut grown = document.clone();
    let inside = json!({"$ref": "#/components/schemas/ChapterBase/properties/precision"});
    grown["components"]["schemas"]["Another"] =
        json!({"type": "object", "properties": {"kind": inside}});
    assert_eq!(lost(&document, &grown), [""; 0]);
}

#[test]
fn definitions_inside_of_a_schema_are_named_by_their_own_names() {
    let shared = json!({"$ref": "#/components/schemas/Chapter/$defs/Kind"});
    let document = with_schemas(json!({"Chapter": {"type": "object",
        "properties": {"first": shared, "later": shared},
        "$defs": {"Kind": {"type": "object", "properties": {"k": {"type": "string"}}}}}}));
    let named = "/components/schemas/Chapter/$defs/Kind types::ChapterKind";
    assert!(names(&document).contains(named), "{:#?}", names(&document));
    assert_eq!(names(&reversed(&document)), names(&document));
}

#[test]
fn the_schema_that_is_spelled_like_a_name_has_it() {
    let item = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let mut document = with_schemas(json!({"Chapter": item("a"), "Item": item("b")}));
    let before = document.clone();
    document["components"]["schemas"]["ITEM"] = item("c");
    document["components"]["schemas"]["AAA"] = json!({"type": "object", "properties": {"foo_bar": {"type": "string"}, "foo-bar": {"type": "string"}, "fooBar": {"type": "string"}}});
    assert_eq!(lost(&before, &document), [""; 0]);
    let code = generator(&document).generate().files;
    let types = code
        .iter()
        .find(|file| file.path == "src/types.rs")
        .unwrap();
    assert!(types.contents.contains("foo_bar = \"foo_bar\" optional"));
}

#[test]
fn operations_keep_their_names_beside_others() {
    let found = json!({"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}},
        "404": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}}}}});
    let operation =
        |id: &str, tag: &str| json!({"operationId": id, "tags": [tag], "responses": found});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"},
        "paths": {"/m": {
            "parameters": [{"name": "mode", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}}],
            "get": operation("getThing", "Things")
        }}
    });
    let mut grown = document.clone();
    grown["paths"]["/m"]["delete"] = operation("deleteThing", "Things");
    grown["paths"]["/a"]["get"] = operation("getThingError", "Things");
    grown["paths"]["/b"]["get"] = operation("list", "types");
    grown["paths"]["/c"]["get"] = operation("list", "types api");
    assert_eq!(lost(&document, &grown), [""; 0]);
    assert_eq!(names(&reversed(&grown)), names(&grown));
}

#[test]
fn maps_have_no_order() {
    let scheme = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
    let object = |name: &str| json!({"schema": {"type": "object", "properties": {name: {"type": "string"}}}});
    let document = json!({
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"},
        "servers": [{"url": "https://{b}.{a}.example", "variables": {"a": {"default": "x"}, "b": {"default": "y"}}}],
        "security": [{"b": [], "a": []}, {"api_key": []}],
        "paths": {"/x": {
            "put": {"operationId": "put", "responses": {"201": {"description": "", "headers": {"X-B": {"schema": {"type": "string"}}}, "content": {"application/hal+json": object("h")}}, "200": {"description": "", "headers": {"X-A": {"schema": {"type": "string"}}}, "content": {"application/json": object("j")}}}},
            "get": {"operationId": "get", "requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}, "application/json": object("b"), "multipart/form-data": {"schema": {"type": "object", "properties": {"p": {"type": "string"}, "q": {"type": "string"}}}, "encoding": {"q": {"contentType": "a/b"}, "p": {"contentType": "c/d"}}}}}, "responses": {}}
        }},
        "components": {
            "securitySchemes": {"b": scheme("B"), "a": scheme("A"), "api_key": scheme("K"), "api-key": scheme("L")},
            "schemas": {
                "Pet": {"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind", "mapping": {"d": "#/components/schemas/Dog", "c": "#/components/schemas/Cat"}}},
                "Dog": {"allOf": [reference("Pet"), {"properties": {"d": reference("Cat")}}]},
                "Cat": {"allOf": [reference("Pet"), {"properties": {"c": reference("Dog")}}]},
                "A": {"type": "object", "properties": {"b": reference("B")}}, "B": {"type": "object", "properties": {"a": reference("A")}},
                "U": {"oneOf": [reference("V"), {"type": "string"}]}, "V": {"oneOf": [reference("U"), {"type": "integer"}]}
            }
        }
    });
    let files = |document: &Value| generator(document).generate().files;
    for (file, other) in files(&document).iter().zip(files(&reordered(&document))) {
        assert_eq!(file.contents, other.contents, "{}", file.path);
    }
}

#[test]
fn a_component_that_is_a_reference_into_another_file_is_that_schema() {
    let folder = tempfile::tempdir().unwrap();
    let schemas = json!({
        "Pet": {"type": "object", "properties": {"name": {"type": "string"}, "owner": {"$ref": "#/Owner"}}},
        "Owner": {"type": "object", "properties": {"pets": {"type": "array", "items": {"$ref": "#/Pet"}}}},
        "Third": {"type": "object", "properties": {"x": {"type": "string"}}}
    });
    std::fs::write(folder.path().join("schemas.json"), schemas.to_string()).unwrap();
    let elsewhere = |name: &str| json!({"$ref": format!("schemas.json#/{name}")});
    let document = with_schemas(
        json!({"Chapter": elsewhere("Pet"), "Pet": elsewhere("Pet"), "Owner": elsewhere("Owner"), "Called": elsewhere("Third")}),
    );
    let path = folder.path().join("openapi.json");
    std::fs::write(&path, document.to_string()).unwrap();
    let files = Generator::new(path)
        .config(Config::default())
        .generate()
        .files;
    let types = files
        .iter()
        .find(|file| file.path == "src/types.rs")
        .unwrap();
    let items: Vec<&str> = types
        .contents
        .lines()
        .filter(|line| line.starts_with("pub "))
        .collect();
    assert_eq!(
        items,
        [
            "pub struct Called {",
            "pub type Chapter = Pet;",
            "pub struct Owner {",
            "pub struct Pet {"
        ]
    );
}
