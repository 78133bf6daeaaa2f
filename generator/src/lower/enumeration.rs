//! Enums: schemas that list their values.

use serde_json::Value;

use super::shape::{JsonType, Shape};
use crate::ir::{Enum, EnumValue};
use crate::terms::{Doc, Repr};

/// The enum that a schema describes, if all its values are texts or all are integers.
///
/// If the values contradict the declared type, such as strings in a schema of type `integer`, they are ignored.
pub(super) fn enumeration(shape: &Shape) -> Option<Enum> {
    if shape.values.is_empty() {
        return None;
    }
    let repr = match shape.json_type() {
        Some(JsonType::String) if shape.values.iter().all(Value::is_string) => Repr::String,
        Some(JsonType::Integer | JsonType::Number) if shape.values.iter().all(is_integer) => {
            Repr::Integer
        }
        _ => return None,
    };
    let value = |(index, value): (usize, &Value)| EnumValue {
        value: value.clone(),
        name: shape
            .value_names
            .get(index)
            .filter(|name| !name.is_empty())
            .cloned(),
        doc: Doc {
            description: shape
                .value_docs
                .get(index)
                .filter(|text| !text.is_empty())
                .map(|text| text.as_str().into()),
            ..Doc::default()
        },
    };
    Some(Enum {
        repr,
        values: shape.values.iter().enumerate().map(value).collect(),
    })
}

fn is_integer(value: &Value) -> bool {
    value.is_i64()
}

#[cfg(test)]
mod tests {
    use crate::cases::ty;

    #[test]
    fn listed_values_become_an_enum() {
        for (schema, expected) in [
            ("{type: string, enum: [red, green]}", r#""red" | "green""#),
            ("{type: integer, enum: [1, 2]}", "1 | 2"),
            ("{type: string, enum: [red, red]}", r#""red""#),
            ("{type: [string, 'null'], enum: [red, null]}", r#""red""#),
            ("{type: number, enum: [0.5, 1]}", "Float64"),
            ("{type: boolean, enum: [true]}", "Boolean"),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }
}
