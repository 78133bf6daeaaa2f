//! Mutations: small changes of a document that keep it a document, more or less.
//!
//! Each is chosen by numbers that are drawn beforehand, so that it does the same, or something like it, when
//! another one before it is undone.

use serde_json::{Map, Value, json};

/// Names that mean something in Rust, in the crates that are written, or nowhere.
const NAMES: [&str; 52] = [
    "type",
    "Self",
    "self",
    "crate",
    "super",
    "async",
    "gen",
    "_",
    "",
    " ",
    "2fa",
    "1",
    "-1",
    "+1",
    "Some",
    "None",
    "Ok",
    "Err",
    "Option",
    "Vec",
    "Box",
    "String",
    "Result",
    "From",
    "Into",
    "into",
    "new",
    "clone",
    "Clone",
    "Hash",
    "Default",
    "Debug",
    "Unknown",
    "Other",
    "body",
    "call",
    "client",
    "arguments",
    "types",
    "errors",
    "std",
    "clientsmith_runtime",
    "send",
    "query",
    "订单",
    "é",
    "e\u{301}",
    "м²",
    "a\nb",
    "\u{202e}x",
    "a\"b#",
    "x/../y",
];

/// Schemas that stand for a kind of their own.
fn schemas() -> Vec<Value> {
    vec![
        json!({}),
        json!(true),
        json!(false),
        json!({"type": "null"}),
        json!({"type": ["string", "null"]}),
        json!({"type": ["string", "integer"]}),
        json!({"type": "string", "enum": ["a", "A", "-a", "", "unknown"]}),
        json!({"type": "integer", "enum": [0, 1, -1]}),
        json!({"const": "fixed"}),
        json!({"type": "string", "format": "binary"}),
        json!({"type": "string", "format": "byte"}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "array"}),
        json!({"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2, "maxItems": 2}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        json!({"type": "object", "additionalProperties": false}),
        json!({"type": "object", "required": ["a", "b", "c", "d", "e"], "properties": {
            "a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "boolean"}, "d": {"type": "number"}, "e": {"const": 1}}}),
        json!({"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]}),
        json!({"oneOf": [
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}}},
            {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "b"}, "x": {"type": "string"}}}
        ], "discriminator": {"propertyName": "kind"}}),
        json!({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}),
        json!({"type": "object", "properties": {"a": {"type": "string", "readOnly": true}, "b": {"type": "string", "writeOnly": true}}}),
    ]
}

const MEDIA_TYPES: [&str; 14] = [
    "application/json",
    "application/problem+json",
    "text/plain",
    "text/event-stream",
    "application/jsonl",
    "application/octet-stream",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "*/*",
    "image/*",
    "application/xml",
    "text/csv",
    "application/vnd.3gpp+json",
    "nonsense",
];

/// A change, and the numbers by which its places are chosen.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    kind: usize,
    numbers: [usize; 4],
}

type Change = fn(&mut Value, &[usize; 4]);

const CHANGES: [Change; 13] = [
    remove,
    rename,
    rename,
    put_schema,
    put_schema,
    move_subtree,
    wrap,
    refer,
    refer,
    word,
    media_type,
    require,
    extend,
];

impl Mutation {
    pub(crate) fn new(random: &mut fastrand::Rng) -> Self {
        Self {
            kind: random.usize(..CHANGES.len()),
            numbers: [(); 4].map(|()| random.usize(..1 << 30)),
        }
    }
}

/// The document with some changes.
pub(crate) fn apply(document: &Value, mutations: &[Mutation]) -> Value {
    let mut document = document.clone();
    for mutation in mutations {
        CHANGES[mutation.kind](&mut document, &mutation.numbers);
    }
    document
}

/// All places in a value, as pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{at}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

/// The places of which something holds.
fn such(document: &Value, is_such: impl Fn(&str, &Value) -> bool) -> Vec<String> {
    let mut all = Vec::new();
    places(document, "", &mut all);
    all.retain(|at| document.pointer(at).is_some_and(|value| is_such(at, value)));
    all
}

fn chosen<T>(all: &[T], number: usize) -> Option<&T> {
    all.get(number.checked_rem(all.len())?)
}

/// The name under which a place stands.
fn last(at: &str) -> &str {
    at.rsplit('/').next().unwrap_or_default()
}

/// Whether a place holds a schema: below a keyword that has one.
fn is_schema(at: &str, value: &Value) -> bool {
    let (parent, name) = at.rsplit_once('/').unwrap_or_default();
    let above = last(parent);
    let of_map = ["schemas", "properties", "$defs", "patternProperties"].contains(&above);
    let of_list = ["allOf", "oneOf", "anyOf", "prefixItems"].contains(&above);
    (of_map || of_list || ["schema", "items", "additionalProperties"].contains(&name))
        && (value.is_object() || value.is_boolean())
}

fn remove(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, |at, _| at.matches('/').count() > 1);
    let Some((parent, name)) = chosen(&all, numbers[0]).and_then(|at| at.rsplit_once('/')) else {
        return;
    };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.shift_remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Ok(index) = name.parse::<usize>() {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// Gives a member, or what has a name as a value, an odd name.
fn rename(document: &mut Value, numbers: &[usize; 4]) {
    const NAMED: [&str; 9] = [
        "properties",
        "schemas",
        "parameters",
        "responses",
        "securitySchemes",
        "requestBodies",
        "headers",
        "webhooks",
        "variables",
    ];
    let name = NAMES[numbers[1] % NAMES.len()];
    let is_named = |at: &str, value: &Value| match value {
        Value::Object(members) => NAMED.contains(&last(at)) && !members.is_empty(),
        Value::String(_) => {
            ["operationId", "name", "title", "summary", "propertyName"].contains(&last(at))
                || at.contains("/tags/")
        }
        _ => false,
    };
    let all = such(document, is_named);
    let Some(at) = chosen(&all, numbers[0]).cloned() else {
        return;
    };
    match document.pointer_mut(&at) {
        Some(Value::Object(members)) => {
            let index = numbers[2] % members.len();
            let renamed =
                std::mem::take(members)
                    .into_iter()
                    .enumerate()
                    .map(|(number, (old, member))| {
                        (
                            if number == index {
                                name.to_owned()
                            } else {
                                old
                            },
                            member,
                        )
                    });
            *members = renamed.collect::<Map<_, _>>();
        }
        Some(text) => *text = name.into(),
        None => {}
    }
}

fn put_schema(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, is_schema);
    let schemas = schemas();
    if let (Some(at), Some(schema)) = (chosen(&all, numbers[0]), chosen(&schemas, numbers[1]))
        && let Some(place) = document.pointer_mut(at)
    {
        *place = schema.clone();
    }
}

/// Puts a part of the document where another one stands.
fn move_subtree(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, is_schema);
    let (Some(from), Some(to)) = (chosen(&all, numbers[0]), chosen(&all, numbers[1])) else {
        return;
    };
    let part = document.pointer(from).cloned();
    if let (Some(part), Some(place)) = (part, document.pointer_mut(to)) {
        *place = part;
    }
}

fn wrap(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, is_schema);
    let Some(at) = chosen(&all, numbers[0]).cloned() else {
        return;
    };
    let Some(place) = document.pointer_mut(&at) else {
        return;
    };
    let inner = place.take();
    *place = match numbers[1] % 8 {
        0 => json!({"allOf": [inner]}),
        1 => json!({"allOf": [inner, {"description": "More."}]}),
        2 => json!({"oneOf": [inner, {"type": "null"}]}),
        3 => json!({"anyOf": [inner, {"type": "string"}]}),
        4 => json!({"type": "array", "items": inner}),
        5 => json!({"type": "object", "additionalProperties": inner}),
        6 => json!({"type": "object", "properties": {"inner": inner}, "required": ["inner"]}),
        _ => {
            json!({"allOf": [inner, {"type": "object", "properties": {"more": {"type": "string"}}}]})
        }
    };
}

/// Lets a schema be a reference, to a component or into the middle of one.
fn refer(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, is_schema);
    let targets: Vec<String> = match numbers[2] % 3 {
        0 => all.clone(),
        _ => all
            .iter()
            .filter(|at| at.matches('/').count() == 3)
            .cloned()
            .collect(),
    };
    if let (Some(at), Some(target)) = (chosen(&all, numbers[0]), chosen(&targets, numbers[1])) {
        let target = target.replace('%', "%25");
        if let Some(place) = document.pointer_mut(at) {
            *place = match numbers[3] % 4 {
                0 => json!({"allOf": [{"$ref": format!("#{target}")}, place.clone()]}),
                _ => json!({"$ref": format!("#{target}")}),
            };
        }
    }
}

/// Changes a word: a description, an example, a pattern, a URL.
fn word(document: &mut Value, numbers: &[usize; 4]) {
    const WORDS: [&str; 10] = [
        "",
        "one\ntwo",
        "[link]",
        "<b>",
        "```\ncode",
        "    indented",
        "[x]: <y>",
        "a | b",
        "{v}",
        "\u{0}\u{85}\u{2028}",
    ];
    let is_word = |at: &str, value: &Value| {
        let words = [
            "description",
            "summary",
            "title",
            "example",
            "default",
            "pattern",
            "url",
            "style",
            "format",
            "in",
            "type",
            "contentType",
        ];
        value.is_string() && words.contains(&last(at))
    };
    let all = such(document, is_word);
    let Some(at) = chosen(&all, numbers[0]).cloned() else {
        return;
    };
    let Some(Value::String(text)) = document.pointer_mut(&at) else {
        return;
    };
    match numbers[1] % 3 {
        0 => text.push_str(WORDS[numbers[2] % WORDS.len()]),
        1 => *text = WORDS[numbers[2] % WORDS.len()].to_owned(),
        _ => *text = NAMES[numbers[2] % NAMES.len()].to_owned(),
    }
}

/// Adds a media type, or changes one.
fn media_type(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, |at, value| {
        last(at) == "content" && value.is_object()
    });
    let Some(at) = chosen(&all, numbers[0]).cloned() else {
        return;
    };
    let Some(Value::Object(content)) = document.pointer_mut(&at) else {
        return;
    };
    let media_type = MEDIA_TYPES[numbers[1] % MEDIA_TYPES.len()];
    let first = content
        .values()
        .next()
        .cloned()
        .unwrap_or_else(|| json!({}));
    if numbers[2].is_multiple_of(2) {
        content.clear();
    }
    content.insert(media_type.to_owned(), first);
}

/// Requires members, those that are there and one that is not.
fn require(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, |at, value| {
        is_schema(at, value) && value.get("properties").is_some_and(Value::is_object)
    });
    let Some(at) = chosen(&all, numbers[0]).cloned() else {
        return;
    };
    let Some(Value::Object(schema)) = document.pointer_mut(&at) else {
        return;
    };
    let members = schema.get("properties").and_then(Value::as_object);
    let mut names: Vec<Value> = members
        .into_iter()
        .flat_map(Map::keys)
        .map(|name| name.as_str().into())
        .collect();
    if numbers[1].is_multiple_of(4) {
        names.push("undeclared".into());
    }
    schema.insert("required".to_owned(), names.into());
}

/// Lets a component extend another one, with a discriminator perhaps.
fn extend(document: &mut Value, numbers: &[usize; 4]) {
    let all = such(document, |at, value| {
        is_schema(at, value)
            && at.starts_with("/components/schemas/")
            && at.matches('/').count() == 3
    });
    let (Some(at), Some(base)) = (
        chosen(&all, numbers[0]).cloned(),
        chosen(&all, numbers[1]).cloned(),
    ) else {
        return;
    };
    if let Some(place) = document.pointer_mut(&at) {
        let inner = place.take();
        *place = json!({"allOf": [{"$ref": format!("#{}", base.replace('%', "%25"))}, inner]});
    }
    if let (0, Some(Value::Object(base))) = (numbers[2] % 2, document.pointer_mut(&base)) {
        let name = NAMES[numbers[3] % NAMES.len()];
        base.insert("discriminator".to_owned(), json!({"propertyName": name}));
    }
}
