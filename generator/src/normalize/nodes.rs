//! Nodes other than schemas: adds what the specification requires and documents leave out.

use serde_json::{Map, Value, json};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Node};
use crate::pointer::{At, Pointer};

/// Brings a node into canonical form. Its members already have the required types.
pub(super) fn normalize(value: &mut Value, node: Node, at: At<'_>, diagnostics: &mut Diagnostics) {
    if grammar::reference(value).is_some() || grammar::is_unresolved(value) {
        return;
    }
    if node == Node::Parameter {
        return parameter(value, at, diagnostics);
    }
    let Value::Object(map) = value else { return };
    match node {
        Node::Document => document(map),
        Node::Operation => operation(map, at, diagnostics),
        Node::Response => demand(map, "description", json!("")),
        Node::Header => header(map, at, diagnostics),
        Node::SecurityScheme => security_scheme(map),
        Node::Server => server(map),
        Node::Info => info(map),
        _ => {}
    }
}

/// Adds a required member if it is missing.
fn demand(map: &mut Map<String, Value>, keyword: &str, value: Value) {
    map.entry(keyword).or_insert(value);
}

fn document(map: &mut Map<String, Value>) {
    demand(map, "info", json!({}));
    if !map.get("security").is_some_and(Value::is_array) {
        map.remove("security");
    }
}

fn info(map: &mut Map<String, Value>) {
    demand(map, "title", json!(""));
    demand(map, "version", json!(""));
    for (keyword, member) in [("contact", "url"), ("license", "name")] {
        let is_object = map.get(keyword).is_some_and(Value::is_object);
        let named = map
            .get(keyword)
            .and_then(|value| value.get("name"))
            .is_some_and(Value::is_string);
        if !is_object || (member == "name" && !named) {
            map.remove(keyword);
        }
    }
    if let Some(Value::Object(contact)) = map.get_mut("contact") {
        contact.retain(|_, value| value.is_string());
    }
}

fn operation(map: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    demand(map, "responses", json!({}));
    if let Some(security) = map.get("security")
        && !security.is_array()
    {
        if !security.is_null() {
            let at = at.child("security");
            let message = "`security` must be a list";
            diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
        }
        map.remove("security");
    }
    let at = at.child("responses");
    if let Some(Value::Object(responses)) = map.get_mut("responses") {
        responses.retain(|status, _| {
            let known = status.starts_with("x-") || status == "default" || is_status(status);
            if !known {
                let message =
                    format!("`{status}` is no status, no range of them and not `default`");
                let at = at.child(status);
                diagnostics
                    .push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
            }
            known
        });
    }
}

/// Whether a key is a status code or a range of them: `404`, `4XX`.
fn is_status(key: &str) -> bool {
    let digits = key.as_bytes();
    let (Some(first), 3) = (digits.first(), digits.len()) else {
        return false;
    };
    let rest = &digits[1..];
    (b'1'..=b'9').contains(first)
        && (rest.iter().all(u8::is_ascii_digit) || rest.eq_ignore_ascii_case(b"XX"))
}

/// The styles that a location knows, the default one first (OpenAPI 3.1 §4.8.12.3).
fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}

fn parameter(value: &mut Value, at: At<'_>, diagnostics: &mut Diagnostics) {
    let text = |keyword: &str| {
        value
            .get(keyword)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let location = text("in").unwrap_or_default();
    let known = ["path", "query", "header", "cookie"].contains(&location.as_str());
    if !known || text("name").is_none() {
        let message = match (text("name"), location.as_str()) {
            (None, _) => "a parameter must have a name".to_owned(),
            (Some(name), "") => format!("the parameter `{name}` does not say where it goes"),
            (Some(name), other) => {
                format!("the parameter `{name}` goes to `{other}`, which OpenAPI 3 does not know")
            }
        };
        diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
        *value = grammar::unresolved();
        return;
    }
    if let Value::Object(map) = value {
        style(map, styles(&location), at, diagnostics);
        schema_or_content(map, at, diagnostics);
    }
}

fn header(map: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    style(map, styles("header"), at, diagnostics);
    schema_or_content(map, at, diagnostics);
}

/// Takes out a style that the location does not know.
fn style(map: &mut Map<String, Value>, known: &[&str], at: At<'_>, diagnostics: &mut Diagnostics) {
    let Some(style) = map.get("style").and_then(Value::as_str) else {
        return;
    };
    if !known.contains(&style) {
        let message = format!("the style `{style}` does not exist here");
        let label = format!("read as `{}`", known.first().unwrap_or(&"simple"));
        diagnostics
            .push(Diagnostic::warning(Code::InvalidNode, at.child("style"), message).label(label));
        map.remove("style");
    }
}

/// A parameter or header has a schema or one media type. One that has neither is a text.
fn schema_or_content(map: &mut Map<String, Value>, at: At<'_>, diagnostics: &mut Diagnostics) {
    let content = map.get("content").and_then(Value::as_object);
    let has_content = content.is_some_and(|content| !content.is_empty());
    if map.contains_key("schema") {
        map.remove("content");
    } else if !has_content {
        map.remove("content");
        let message = format!(
            "this {} says nothing of its value",
            at.pointer().parent().map_or("node".into(), |p| noun(&p))
        );
        diagnostics
            .push(Diagnostic::warning(Code::InvalidNode, at, message).label("taken as a text"));
        map.insert("schema".to_owned(), json!({"type": "string"}));
    }
}

fn noun(parent: &Pointer) -> std::borrow::Cow<'static, str> {
    if parent.last() == "headers" {
        "header".into()
    } else {
        "parameter".into()
    }
}

/// What `openapiv3` demands of a flow, and documents leave out.
fn security_scheme(map: &mut Map<String, Value>) {
    let Some(Value::Object(flows)) = map.get_mut("flows") else {
        if map.get("type").and_then(Value::as_str) == Some("oauth2") {
            map.insert("flows".to_owned(), json!({}));
        }
        return;
    };
    flows.retain(|name, flow| flow.is_object() && !name.starts_with("x-"));
    for flow in flows.values_mut().filter_map(Value::as_object_mut) {
        flow.retain(|_, value| !value.is_null());
        for url in ["authorizationUrl", "tokenUrl"] {
            demand(flow, url, json!(""));
        }
        if !flow.get("scopes").is_some_and(Value::is_object) {
            flow.insert("scopes".to_owned(), json!({}));
        }
        if let Some(Value::Object(scopes)) = flow.get_mut("scopes") {
            scopes
                .values_mut()
                .filter(|scope| !scope.is_string())
                .for_each(|scope| *scope = json!(""));
        }
    }
}

fn server(map: &mut Map<String, Value>) {
    demand(map, "url", json!("/"));
    let Some(variables) = map.get_mut("variables") else {
        return;
    };
    let Value::Object(entries) = variables else {
        map.remove("variables");
        return;
    };
    entries.retain(|_, variable| variable.is_object());
    for variable in entries.values_mut().filter_map(Value::as_object_mut) {
        let text =
            |value: &Value| Value::from(value.as_str().map_or(value.to_string(), str::to_owned));
        let default = variable.get("default").map_or(json!(""), text);
        variable.insert("default".to_owned(), default);
        match variable.get_mut("enum") {
            Some(Value::Array(values)) => values.iter_mut().for_each(|value| *value = text(value)),
            Some(_) => drop(variable.remove("enum")),
            None => {}
        }
        variable.retain(|keyword, value| keyword != "description" || value.is_string());
    }
}
