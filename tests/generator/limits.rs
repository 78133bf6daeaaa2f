//! Limits: whatever a document holds, the generator comes to an end, with a result or with a diagnostic that says
//! what is too much; and twice as much of it takes about twice as long.

use std::collections::BTreeMap;

use clientsmith::{Config, Generator, Input, Layout, Outcome, human};
use serde_json::{Map, Value, json};

fn generate(document: &Value) -> Outcome {
    let input = Input::Text {
        name: "spec".to_owned(),
        text: document.to_string(),
    };
    Generator::new(input)
        .config(Config::default())
        .layout(Layout::Crate)
        .generate()
}

fn shown(outcome: &Outcome) -> String {
    human(&outcome.diagnostics, &outcome.source, false)
}

fn reference(name: impl std::fmt::Display) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A document whose only operation answers with the schema `A0`, and takes it.
fn with_schemas(schemas: Map<String, Value>) -> Value {
    let content = json!({"application/json": {"schema": reference("A0")}});
    json!({
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.example"}],
        "paths": {"/": {"post": {
            "operationId": "post", "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "", "content": content}}
        }}},
        "components": {"schemas": schemas}
    })
}

/// A chain of schemas, each made of the next.
fn chain(length: usize, link: impl Fn(usize, Value) -> Value) -> Value {
    let mut schemas = Map::new();
    for index in 0..length {
        let next = reference(format!("A{}", index + 1));
        schemas.insert(format!("A{index}"), link(index, next));
    }
    schemas.insert(
        format!("A{length}"),
        json!({"type": "object", "properties": {"end": {"type": "string"}}}),
    );
    with_schemas(schemas)
}

/// Generates, and returns all code.
fn code(name: &str, document: &Value) -> String {
    let outcome = generate(document);
    assert!(
        !outcome.diagnostics.has_errors(),
        "{name}: {}",
        shown(&outcome)
    );
    outcome
        .files
        .into_iter()
        .map(|file| file.contents)
        .collect()
}

#[test]
fn chains_of_any_kind_and_length_end() {
    let property = |next: Value| json!({"type": "object", "properties": {"next": next}});
    let links: BTreeMap<&str, fn(usize, Value) -> Value> = BTreeMap::from([
        ("references", (|_, next| next) as fn(usize, Value) -> Value),
        ("allOf", |_, next| json!({"allOf": [next]})),
        (
            "allOf with members",
            |index, next| json!({"allOf": [next], "properties": {format!("p{}", index % 7): {"type": "string"}}}),
        ),
        (
            "oneOf",
            |_, next| json!({"oneOf": [next, {"type": "string"}]}),
        ),
        (
            "nullable",
            |_, next| json!({"oneOf": [next, {"type": "null"}]}),
        ),
        ("lists", |_, next| json!({"type": "array", "items": next})),
        (
            "maps",
            |_, next| json!({"type": "object", "additionalProperties": next}),
        ),
        (
            "tuples",
            |_, next| json!({"type": "array", "prefixItems": [next, next], "minItems": 2, "maxItems": 2}),
        ),
        (
            "required members",
            |_, next| json!({"type": "object", "required": ["next"], "properties": {"next": next}}),
        ),
    ]);
    for (name, link) in links {
        code(name, &chain(3_000, link));
    }
    code("members", &chain(3_000, |_, next| property(next)));
    // Through places that have no name.
    let inline = |index: usize, _: Value| {
        let next = format!("#/components/schemas/A{}/properties/next", index + 1);
        json!({"type": "object", "properties": {"next": {"type": "object", "properties": {"more": {"$ref": next}}}}})
    };
    code("places without a name", &chain(1_000, inline));
    let lists = |index: usize, _: Value| {
        let next = format!("#/components/schemas/A{}/properties/next", index + 1);
        json!({"type": "object", "properties": {"next": {"type": "array", "items": {"$ref": next}}}})
    };
    code("lists without a name", &chain(1_000, lists));
}

#[test]
fn what_multiplies_is_bounded() {
    // Twice as many ways at each step: 2^40 in all.
    let twice = |keyword: &'static str| move |index: usize, next: Value| json!({keyword: [next, next, {"type": "object", "properties": {format!("p{index}"): next}}]});
    for keyword in ["allOf", "oneOf", "anyOf"] {
        code(keyword, &chain(40, twice(keyword)));
    }
    // A diamond of `allOf` with alternatives at its end.
    let mut schemas = Map::new();
    for index in 0..26 {
        let next = reference(format!("A{}", index + 1));
        schemas.insert(
            format!("A{index}"),
            json!({"allOf": [reference(format!("B{index}")), reference(format!("C{index}"))]}),
        );
        schemas.insert(format!("B{index}"), json!({"allOf": [next]}));
        schemas.insert(format!("C{index}"), json!({"allOf": [next]}));
    }
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    schemas.insert(
        "A26".to_owned(),
        json!({"oneOf": [object("a"), object("b")]}),
    );
    code("diamond", &with_schemas(schemas));
    // 6^6 combinations.
    let union = |of: usize| {
        let members = (0..6).map(|member| object(&format!("m{of}_{member}")));
        json!({"oneOf": members.collect::<Vec<_>>()})
    };
    let unions: Vec<Value> = (0..6).map(union).collect();
    let document = with_schemas(Map::from_iter([(
        "A0".to_owned(),
        json!({"allOf": unions}),
    )]));
    let outcome = generate(&document);
    assert!(
        shown(&outcome).contains("so many alternatives are combined"),
        "{}",
        shown(&outcome)
    );
    // Unions of unions of the same unions.
    let schemas = (0..12).map(|index| {
        let members: Vec<Value> = (0..12)
            .map(|other| reference(format!("A{other}")))
            .collect();
        let own = object(&format!("own{index}"));
        (
            format!("A{index}"),
            json!({"oneOf": Value::from([members, vec![own]].concat())}),
        )
    });
    code("unions of each other", &with_schemas(schemas.collect()));
    let schemas = (0..6).map(|index| {
        let members: Vec<Value> = (0..6).map(|other| reference(format!("A{other}"))).collect();
        (
            format!("A{index}"),
            json!({"properties": {format!("p{index}"): {"type": "string"}}, "oneOf": members}),
        )
    });
    code(
        "unions with members of each other",
        &with_schemas(schemas.collect()),
    );
    // Pairs of members that `allOf` brings together, each pair leading to two others.
    let mut schemas = Map::new();
    for side in ["L", "R"] {
        for index in 0..14 {
            let next = |kind: usize| reference(format!("{side}{}", (index * 2 + kind + 1) % 14));
            let members = json!({"a": next(0), "b": next(1), side: {"type": "string"}});
            schemas.insert(
                format!("{side}{index}"),
                json!({"type": "object", "properties": members}),
            );
        }
    }
    schemas.insert(
        "A0".to_owned(),
        json!({"allOf": [reference("L0"), reference("R0")]}),
    );
    code("pairs", &with_schemas(schemas));
}

#[test]
fn long_lists_take_no_square_of_time() {
    let missing =
        (0..20_000).map(|index| (format!("p{index}"), reference(format!("Missing{index}"))));
    let object = json!({"type": "object", "properties": missing.collect::<Map<_, _>>()});
    let outcome = generate(&with_schemas(Map::from_iter([("A0".to_owned(), object)])));
    let text = shown(&outcome);
    assert_eq!(text.matches("nothing stands at").count(), 20_000);
    // The same name for all of them.
    let values: Vec<String> = (0..20_000)
        .map(|index| "!".repeat(index % 3 + 1) + &" ".repeat(index))
        .collect();
    let values = json!({"type": "string", "enum": values.iter().step_by(10).collect::<Vec<_>>()});
    code(
        "one name",
        &with_schemas(Map::from_iter([("A0".to_owned(), values)])),
    );
    let members =
        (0..5_000).map(|index| (format!("f{}", "_".repeat(index)), json!({"type": "string"})));
    let object = json!({"type": "object", "properties": members.collect::<Map<_, _>>()});
    code(
        "one field name",
        &with_schemas(Map::from_iter([("A0".to_owned(), object)])),
    );
    let mapping: Map<String, Value> = (0..3_000)
        .map(|index| {
            (
                format!("t{index}"),
                json!(format!("#/components/schemas/B{index}")),
            )
        })
        .collect();
    let members: Vec<Value> = (0..3_000)
        .map(|index| reference(format!("B{index}")))
        .collect();
    let mut schemas: Map<String, Value> = (0..3_000).map(|index| {
        (format!("B{index}"), json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}))
    }).collect();
    schemas.insert(
        "A0".to_owned(),
        json!({"oneOf": members, "discriminator": {"propertyName": "kind", "mapping": mapping}}),
    );
    code("a large union", &with_schemas(schemas));
}

#[test]
fn alternatives_in_alternatives_are_looked_at_up_to_a_limit() {
    const WIDTH: usize = 13;
    const DEPTH: usize = 5;
    let mut schemas = Map::new();
    let level = |depth: usize| {
        let next = (0..WIDTH).map(|index| reference(format!("L{depth}x{index}")));
        json!({"anyOf": next.collect::<Vec<_>>()})
    };
    schemas.insert("A0".to_owned(), level(1));
    for depth in 1..=DEPTH {
        for index in 0..WIDTH {
            let schema = match depth {
                DEPTH => json!({"type": "object", "properties": {"kind": {"const": index}}}),
                _ => level(depth + 1),
            };
            schemas.insert(format!("L{depth}x{index}"), schema);
        }
    }
    let outcome = generate(&with_schemas(schemas));
    assert!(!outcome.diagnostics.has_errors());
    let shown = shown(&outcome);
    assert!(
        shown.contains("too many alternatives in alternatives"),
        "{shown}"
    );
}
