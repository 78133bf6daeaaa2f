//! Rules: constraints as sentences of the documentation, because the client does not check them.

use serde_json::{Map, Value};

use crate::markdown::code;

/// What restrictions say, a sentence each.
pub(super) fn sentences(constraints: &Map<String, Value>) -> Vec<String> {
    let get = |keyword: &str| constraints.get(keyword);
    let number = |keyword: &str| number(constraints, keyword);
    let rules = [
        bounds(constraints),
        number("multipleOf").map(|step| format!("A multiple of {step}.")),
        counted(number("minLength"), number("maxLength"), "character"),
        get("pattern")
            .and_then(Value::as_str)
            .map(|p| format!("Matches {}.", code(p))),
        counted(number("minItems"), number("maxItems"), "item"),
        get("uniqueItems")
            .filter(|v| **v == Value::Bool(true))
            .map(|_| "No two items are equal.".to_owned()),
        counted(number("minProperties"), number("maxProperties"), "member"),
    ];
    rules.into_iter().flatten().collect()
}

/// What a keyword says, if that is a number.
fn number<'c>(constraints: &'c Map<String, Value>, keyword: &str) -> Option<&'c Value> {
    constraints.get(keyword).filter(|value| value.is_number())
}

/// The bounds of a number. Up to OpenAPI 3.0, `exclusiveMinimum` is a flag; since then a number.
fn bounds(constraints: &Map<String, Value>) -> Option<String> {
    let bound = |inclusive: &str, exclusive: &str| match constraints.get(exclusive) {
        Some(Value::Bool(true)) => number(constraints, inclusive).map(|v| (v, true)),
        Some(number @ Value::Number(_)) => Some((number, true)),
        _ => number(constraints, inclusive).map(|v| (v, false)),
    };
    let least = bound("minimum", "exclusiveMinimum");
    let most = bound("maximum", "exclusiveMaximum");
    match (least, most) {
        (None, None) => None,
        (Some((least, false)), Some((most, false))) => Some(format!("From {least} to {most}.")),
        (least, most) => {
            let least = least.map(|(v, exclusive)| {
                format!("{} {v}", if exclusive { "more than" } else { "at least" })
            });
            let most = most.map(|(v, exclusive)| {
                format!("{} {v}", if exclusive { "less than" } else { "at most" })
            });
            let both: Vec<String> = [least, most].into_iter().flatten().collect();
            Some(capitalized(&format!("{}.", both.join(", "))))
        }
    }
}

fn counted(least: Option<&Value>, most: Option<&Value>, noun: &str) -> Option<String> {
    let plural = |count: &Value| {
        if *count == 1 {
            noun.to_owned()
        } else {
            format!("{noun}s")
        }
    };
    Some(match (least, most) {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => format!("Exactly {most} {}.", plural(most)),
        (Some(least), Some(most)) => format!("{} to {most} {}.", least, plural(most)),
        (Some(least), None) if *least == 0 => return None,
        (Some(least), None) => format!("At least {least} {}.", plural(least)),
        (None, Some(most)) => format!("At most {most} {}.", plural(most)),
    })
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), characters.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(constraints: Value) -> String {
        sentences(constraints.as_object().unwrap()).join(" ")
    }

    #[test]
    fn restrictions_become_sentences() {
        for (constraints, sentence) in [
            (json!({"minimum": 1, "maximum": 100}), "From 1 to 100."),
            (
                json!({"minimum": 0, "exclusiveMinimum": true}),
                "More than 0.",
            ),
            (
                json!({"exclusiveMaximum": 5, "minimum": 0}),
                "At least 0, less than 5.",
            ),
            (json!({"maxLength": 1}), "At most 1 character."),
            (json!({"minLength": 0}), ""),
            (json!({"minItems": 2, "maxItems": 2}), "Exactly 2 items."),
            (json!({"pattern": "^a`b$"}), "Matches `` ^a`b$ ``."),
            (
                json!({"uniqueItems": true, "multipleOf": 0.5}),
                "A multiple of 0.5. No two items are equal.",
            ),
        ] {
            assert_eq!(said(constraints), sentence);
        }
    }
}
