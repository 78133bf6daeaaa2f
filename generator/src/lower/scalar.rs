//! Scalars: which type a JSON type and a format make.

use serde_json::Value;

use super::shape::JsonType;
use crate::config::Formats;
use crate::terms::Scalar;

/// An integer type that holds everything between two bounds, as far as there are any: `i64`, unless they ask for
/// more.
pub(super) fn within(least: Option<i128>, most: Option<i128>) -> Scalar {
    let least = least.unwrap_or(0);
    let most = most.unwrap_or(least);
    let both = |least_of: i128, most_of: i128| least_of <= least && most <= most_of;
    if both(i64::MIN.into(), i64::MAX.into()) {
        Scalar::Int64
    } else if both(0, u64::MAX.into()) {
        Scalar::Uint64
    } else {
        Scalar::Number
    }
}

/// The type of a scalar. A format that is not known changes nothing.
pub(super) fn scalar(ty: JsonType, format: Option<&str>, formats: &Formats) -> Scalar {
    let format = format.unwrap_or_default();
    match ty {
        JsonType::Boolean => Scalar::Boolean,
        JsonType::Integer => integer(format),
        JsonType::Number => number(format),
        _ => text(format, formats),
    }
}

fn integer(format: &str) -> Scalar {
    match format {
        "int8" => Scalar::Int8,
        "int16" => Scalar::Int16,
        "int32" => Scalar::Int32,
        "uint8" | "u8" => Scalar::Uint8,
        "uint16" | "u16" => Scalar::Uint16,
        "uint32" | "u-int32" | "u32" => Scalar::Uint32,
        "uint64" | "uint" | "u64" => Scalar::Uint64,
        "bigint" | "biginteger" | "big-integer" | "int128" | "uint128" => Scalar::Number,
        _ => Scalar::Int64,
    }
}

/// An integer type that holds all of these values, or `Number` if neither `Int64` nor `Uint64` does.
pub(super) fn wide_enough<'v>(values: impl Iterator<Item = &'v Value> + Clone) -> Scalar {
    let numbers = || values.clone().filter(|value| value.is_number());
    let is_integral = |value: &Value| value.as_f64().is_some_and(|value| value.fract() == 0.0);
    if numbers().all(|value| value.is_i64() || !is_integral(value)) {
        Scalar::Int64
    } else if numbers().all(|value| value.is_u64() || !is_integral(value)) {
        Scalar::Uint64
    } else {
        const LARGEST: f64 = 9_223_372_036_854_775_808.0;
        match numbers().all(|value| value.as_f64().is_some_and(|value| value.abs() < LARGEST)) {
            true => Scalar::Int64,
            false => Scalar::Number,
        }
    }
}

/// `float` becomes `f64` as `double` does, because servers send more digits than an `f32` holds.
fn number(format: &str) -> Scalar {
    match format {
        "int32" => Scalar::Int32,
        "int64" | "integer" => Scalar::Int64,
        "decimal" | "decimal128" | "bignumber" | "bigdecimal" => Scalar::Number,
        _ => Scalar::Float64,
    }
}

fn text(format: &str, formats: &Formats) -> Scalar {
    let typed = match format {
        "date-time" | "datetime" | "date_time" => formats.date_time.then_some(Scalar::DateTime),
        "date" => formats.date.then_some(Scalar::Date),
        "uuid" | "guid" => formats.uuid.then_some(Scalar::Uuid),
        "byte" | "base64" => formats.byte.then_some(Scalar::Base64),
        "binary" => Some(Scalar::Binary),
        _ => None,
    };
    typed.unwrap_or(Scalar::String)
}

#[cfg(test)]
mod tests {
    use crate::cases::ty;

    #[test]
    fn a_type_and_a_format_make_a_scalar() {
        for (schema, expected) in [
            ("{type: boolean}", "Boolean"),
            ("{type: integer}", "Int64"),
            ("{type: integer, format: int32}", "Int32"),
            ("{type: integer, format: uint64}", "Uint64"),
            ("{type: integer, format: something}", "Int64"),
            ("{type: integer, format: bigint}", "Number"),
            (
                "{type: integer, minimum: 0, maximum: 18446744073709551615}",
                "Uint64",
            ),
            ("{type: integer, minimum: 9223372036854775808}", "Uint64"),
            (
                "{type: integer, minimum: 0, maximum: 9223372036854775807}",
                "Int64",
            ),
            ("{type: integer, minimum: -1, maximum: 4294967295}", "Int64"),
            (
                "{type: integer, maximum: 100000000000000000000000}",
                "Number",
            ),
            ("{type: number, format: decimal}", "Number"),
            ("{type: number}", "Float64"),
            ("{type: number, format: float}", "Float64"),
            ("{type: string}", "String"),
            ("{type: string, format: date-time}", "DateTime"),
            ("{type: string, format: date}", "Date"),
            ("{type: string, format: uuid}", "Uuid"),
            ("{type: string, format: byte}", "Base64"),
            ("{type: string, format: email}", "String"),
            ("{type: 'null'}", "Null"),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }

    #[test]
    fn what_is_not_said_follows_from_the_rest() {
        for (schema, expected) in [
            ("{}", "Any"),
            ("true", "Any"),
            ("{format: int32}", "Int32"),
            ("{format: uuid}", "Uuid"),
            ("{items: {type: string}}", "[String]"),
            ("{properties: {a: {type: string}}}", "{a?: String}"),
            ("{enum: [a, b]}", "\"a\" | \"b\""),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }
}
