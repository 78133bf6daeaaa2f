//! Keywords: what one schema says by itself, read from the types of `openapiv3`.

use std::sync::Arc;

use openapiv3::{
    AdditionalProperties, AnySchema, Schema, SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Map, Value};

use super::rules;
use super::shape::{Additional, Alternatives, Discriminator, JsonType, Shape};
use crate::ir::Access;
use crate::normalize::{CONSTRAINTS, ENUM, NULL};
use crate::parse::place;
use crate::pointer::Pointer;
use crate::terms::Doc;

/// What the `SchemaData` of a schema holds: its documentation, its flags and our extensions.
pub(super) fn about(data: &SchemaData) -> Shape {
    let flag = |keyword: &str| {
        data.extensions
            .get(keyword)
            .is_some_and(|value| *value == Value::Bool(true))
    };
    let texts = |keywords: &[&str]| {
        let found = keywords
            .iter()
            .find_map(|keyword| data.extensions.get(*keyword)?.as_array());
        let texts = found.into_iter().flatten();
        texts
            .map(|text| text.as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let constraints = data.extensions.get(CONSTRAINTS).and_then(Value::as_object);
    let bound = |keyword: &str| constraints?.get(keyword)?.as_u64();
    let number = |keyword: &str| whole(constraints?.get(keyword)?);
    let limit = |inclusive: &str, exclusive: &str| number(inclusive).or_else(|| number(exclusive));
    Shape {
        doc: doc(data, constraints),
        title: data.title.clone(),
        nullable: data.nullable,
        null: flag(NULL),
        values: data
            .extensions
            .get(ENUM)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default(),
        value_names: texts(&["x-enum-varnames", "x-enumNames", "x-enum-names"]),
        value_docs: texts(&["x-enum-descriptions", "x-enumDescriptions"]),
        prefix: places(data.extensions.get("x-prefixItems")),
        min_items: bound("minItems").unwrap_or_default(),
        max_items: bound("maxItems"),
        least: limit("minimum", "exclusiveMinimum"),
        most: limit("maximum", "exclusiveMaximum"),
        discriminator: data
            .discriminator
            .as_ref()
            .map(|discriminator| Discriminator {
                property: discriminator.property_name.clone(),
                mapping: discriminator.mapping.clone(),
            }),
        access: match (data.read_only, data.write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        },
        additional: match places_of_values(data.extensions.get("x-patternProperties")) {
            schemas if schemas.is_empty() => Additional::Unsaid,
            schemas => Additional::Schemas(schemas),
        },
        ..Shape::default()
    }
}

/// The integer part of a bound.
fn whole(bound: &Value) -> Option<i128> {
    let integer = bound
        .as_i64()
        .map(i128::from)
        .or(bound.as_u64().map(i128::from));
    integer.or(bound.as_f64().map(|bound| bound as i128))
}

fn doc(data: &SchemaData, constraints: Option<&Map<String, Value>>) -> Doc {
    Doc {
        summary: data.title.as_deref().map(Into::into),
        description: data.description.as_deref().map(Into::into),
        example: data.example.clone().map(Arc::new),
        default: data.default.clone().map(Arc::new),
        rules: constraints.map(rules::sentences).unwrap_or_default(),
        link: data.external_docs.as_ref().map(|docs| docs.url.clone()),
        deprecated: data.deprecated,
    }
}

/// The places of lifted children in a list.
fn places(list: Option<&Value>) -> Vec<Pointer> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(lifted).collect()
}

/// The places of lifted children in an object.
fn places_of_values(map: Option<&Value>) -> Vec<Pointer> {
    let map = map.and_then(Value::as_object).into_iter().flatten();
    map.filter_map(|(_, child)| lifted(child)).collect()
}

fn lifted(child: &Value) -> Option<Pointer> {
    Some(Pointer::from_text(child.get("$ref")?.as_str()?))
}

/// The keywords of a schema, whichever `SchemaKind` `openapiv3` read it as.
pub(super) fn keywords(kind: SchemaKind) -> AnySchema {
    let typed = |typ: &str| AnySchema {
        typ: Some(typ.to_owned()),
        ..AnySchema::default()
    };
    match kind {
        SchemaKind::Any(any) => any,
        SchemaKind::OneOf { one_of } => AnySchema {
            one_of,
            ..AnySchema::default()
        },
        SchemaKind::AnyOf { any_of } => AnySchema {
            any_of,
            ..AnySchema::default()
        },
        SchemaKind::AllOf { all_of } => AnySchema {
            all_of,
            ..AnySchema::default()
        },
        SchemaKind::Not { not } => AnySchema {
            not: Some(not),
            ..AnySchema::default()
        },
        SchemaKind::Type(Type::Boolean(_)) => typed("boolean"),
        SchemaKind::Type(Type::Integer(integer)) => AnySchema {
            format: text(integer.format, |format| match format {
                openapiv3::IntegerFormat::Int32 => "int32",
                openapiv3::IntegerFormat::Int64 => "int64",
            }),
            ..typed("integer")
        },
        SchemaKind::Type(Type::Number(number)) => AnySchema {
            format: text(number.format, |format| match format {
                openapiv3::NumberFormat::Float => "float",
                openapiv3::NumberFormat::Double => "double",
            }),
            ..typed("number")
        },
        SchemaKind::Type(Type::String(string)) => AnySchema {
            format: text(string.format, |format| match format {
                openapiv3::StringFormat::Date => "date",
                openapiv3::StringFormat::DateTime => "date-time",
                openapiv3::StringFormat::Password => "password",
                openapiv3::StringFormat::Byte => "byte",
                openapiv3::StringFormat::Binary => "binary",
            }),
            ..typed("string")
        },
        SchemaKind::Type(Type::Object(object)) => AnySchema {
            required: object.required,
            additional_properties: object.additional_properties,
            ..typed("object")
        },
        SchemaKind::Type(Type::Array(array)) => AnySchema {
            items: array.items,
            ..typed("array")
        },
    }
}

fn text<T>(format: VariantOrUnknownOrEmpty<T>, name: impl Fn(T) -> &'static str) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => Some(name(known).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(other) => Some(other),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Adds the keywords of the schema itself to its shape, except `properties` and `allOf`.
pub(super) fn own(shape: &mut Shape, keywords: &AnySchema) {
    shape.ty = keywords.typ.as_deref().and_then(json_type);
    shape.format = keywords
        .format
        .as_deref()
        .map(|format| format.trim().to_lowercase())
        .filter(|f| !f.is_empty());
    shape.password = shape.format.as_deref() == Some("password");
    shape.beyond = keywords.not.is_some();
    shape.required = keywords.required.iter().cloned().collect();
    match &keywords.additional_properties {
        Some(AdditionalProperties::Any(true)) => shape.additional = Additional::Anything,
        Some(AdditionalProperties::Any(false)) if shape.additional == Additional::Unsaid => {
            shape.additional = Additional::Forbidden;
        }
        Some(AdditionalProperties::Any(false)) | None => {}
        Some(AdditionalProperties::Schema(schema)) => match &mut shape.additional {
            Additional::Schemas(patterns) => patterns.extend(place(schema)),
            additional => *additional = Additional::Schemas(place(schema).into_iter().collect()),
        },
    }
    shape.items = keywords.items.iter().filter_map(place).collect();
    let mut discriminator = shape.discriminator.take();
    for members in [&keywords.one_of, &keywords.any_of] {
        if !members.is_empty() {
            shape.alternatives.push(Alternatives {
                members: members.iter().filter_map(place::<Schema>).collect(),
                discriminator: discriminator.take(),
            });
        }
    }
    shape.discriminator = discriminator;
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}
