//! Documents made of bytes: odd ones first.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

const NAMES: [&str; 24] = [
    "A", "B", "C", "D", "a", "type", "kind", "Self", "2fa", "", "a b", "A1", "id", "items", "Ab",
    "AB", "a_b", "a-b", "é", "订单", "Option", "new", "Unknown", "x\n",
];
const COMPONENTS: [&str; 8] = ["A", "B", "C", "D", "Ab", "AB", "Self", "2fa"];
const TYPES: [&str; 7] = [
    "object", "array", "string", "integer", "number", "boolean", "null",
];
const FORMATS: [&str; 8] = [
    "date-time",
    "uuid",
    "binary",
    "byte",
    "int32",
    "date",
    "password",
    "x",
];

/// A document with a few operations and components that refer to each other.
pub fn document(u: &mut Unstructured<'_>) -> Result<Value> {
    let version = *u.choose(&["3.0.3", "3.1.0", "3.2.0"])?;
    let mut schemas = Map::new();
    for _ in 0..u.int_in_range(0..=7)? {
        schemas.insert(u.choose(&COMPONENTS)?.to_string(), schema(u, 5)?);
    }
    let mut paths = Map::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let path = *u.choose(&[
            "/",
            "/a",
            "/a/{id}",
            "/{a}/{b}",
            "/a/{",
            "/a?x=1",
            "a",
            "/{kind}.json",
        ])?;
        let method = *u.choose(&["get", "post", "put", "delete", "head", "query"])?;
        let operation = operation(u)?;
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
    Ok(json!({
        "openapi": version, "info": {"title": name(u)?, "version": name(u)?},
        "servers": [{"url": *u.choose(&["https://a.example", "/", "https://{a}.example", "", "x"])?}],
        "paths": paths,
        "components": {"schemas": schemas, "responses": {"A": response(u)?}, "parameters": {"A": parameter(u)?}}
    }))
}

fn name(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.ratio(7, 8)? {
        true => (*u.choose(&NAMES)?).to_owned(),
        false => u.arbitrary::<&str>()?.to_owned(),
    })
}

fn operation(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut operation = json!({});
    if u.ratio(3, 4)? {
        operation["operationId"] = name(u)?.into();
    }
    if u.arbitrary()? {
        operation["tags"] = json!([name(u)?]);
    }
    let mut parameters = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        parameters.push(parameter(u)?);
    }
    operation["parameters"] = parameters.into();
    if u.arbitrary()? {
        operation["requestBody"] =
            json!({"required": u.arbitrary::<bool>()?, "content": content(u)?});
    }
    let mut responses = Map::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let status = *u.choose(&["200", "201", "204", "404", "4XX", "default", "x"])?;
        responses.insert(status.to_owned(), response(u)?);
    }
    operation["responses"] = responses.into();
    Ok(operation)
}

fn parameter(u: &mut Unstructured<'_>) -> Result<Value> {
    if u.ratio(1, 8)? {
        return Ok(json!({"$ref": "#/components/parameters/A"}));
    }
    Ok(json!({
        "name": name(u)?, "in": *u.choose(&["path", "query", "header", "cookie", "x"])?,
        "required": u.arbitrary::<bool>()?, "explode": u.arbitrary::<bool>()?,
        "style": *u.choose(&["form", "simple", "deepObject", "matrix", "label", "pipeDelimited", "spaceDelimited"])?,
        "schema": schema(u, 2)?
    }))
}

fn response(u: &mut Unstructured<'_>) -> Result<Value> {
    if u.ratio(1, 8)? {
        return Ok(json!({"$ref": "#/components/responses/A"}));
    }
    let mut response = json!({"description": name(u)?});
    if u.arbitrary()? {
        response["content"] = content(u)?;
    }
    if u.ratio(1, 4)? {
        response["headers"] = json!({name(u)?: {"schema": schema(u, 2)?}});
    }
    Ok(response)
}

fn content(u: &mut Unstructured<'_>) -> Result<Value> {
    const MEDIA_TYPES: [&str; 9] = [
        "application/json",
        "text/plain",
        "text/event-stream",
        "application/jsonl",
        "application/octet-stream",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "*/*",
        "application/x+json",
    ];
    let mut content = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        content.insert(
            u.choose(&MEDIA_TYPES)?.to_string(),
            json!({"schema": schema(u, 3)?}),
        );
    }
    Ok(content.into())
}

/// A reference: to a component, into one, to itself or to nothing.
fn reference(u: &mut Unstructured<'_>) -> Result<Value> {
    let component = *u.choose(&COMPONENTS)?;
    let inside = *u.choose(&[
        "",
        "",
        "",
        "/properties/a",
        "/items",
        "/oneOf/0",
        "/allOf/0",
        "/$defs/a",
        "/additionalProperties",
    ])?;
    Ok(json!({"$ref": format!("#/components/schemas/{component}{inside}")}))
}

fn schema(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    if depth == 0 || u.ratio(1, 3)? {
        return reference(u);
    }
    let mut schema = Map::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let (keyword, value) = keyword(u, depth - 1)?;
        schema.insert(keyword.to_owned(), value);
    }
    Ok(match u.ratio(1, 30)? {
        true => u.arbitrary::<bool>()?.into(),
        false => schema.into(),
    })
}

fn keyword(u: &mut Unstructured<'_>, depth: usize) -> Result<(&'static str, Value)> {
    Ok(match u.int_in_range(0..=17)? {
        0 | 1 => ("type", (*u.choose(&TYPES)?).into()),
        2 => ("type", json!([*u.choose(&TYPES)?, *u.choose(&TYPES)?])),
        3 => ("format", (*u.choose(&FORMATS)?).into()),
        4 | 5 => ("properties", map(u, depth)?),
        6 => ("items", schema(u, depth)?),
        7 => ("prefixItems", list(u, depth)?),
        8 => ("allOf", list(u, depth)?),
        9 => ("oneOf", list(u, depth)?),
        10 => ("anyOf", list(u, depth)?),
        11 => ("additionalProperties", schema(u, depth)?),
        12 => ("enum", json!([name(u)?, name(u)?, u.arbitrary::<i8>()?])),
        13 => ("const", name(u)?.into()),
        14 => ("required", json!([name(u)?, name(u)?])),
        15 => ("nullable", u.arbitrary::<bool>()?.into()),
        16 => ("$defs", map(u, depth)?),
        _ => (
            "discriminator",
            json!({"propertyName": name(u)?, "mapping": {name(u)?: format!("#/components/schemas/{}", u.choose(&COMPONENTS)?)}}),
        ),
    })
}

fn map(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let mut map = Map::new();
    for _ in 0..u.int_in_range(0..=3)? {
        map.insert(name(u)?, schema(u, depth)?);
    }
    Ok(map.into())
}

fn list(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let mut list = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        list.push(schema(u, depth)?);
    }
    Ok(list.into())
}
