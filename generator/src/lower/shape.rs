//! Shapes: what a schema says once references are followed and `allOf` is merged.
//!
//! A schema can spread what it says over many places. A shape has it all in one: which types are
//! allowed, which members an object has and which of them must be there, what the alternatives are.
//! It holds places of other schemas and no types, so shapes of recursive schemas are finite.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{
    AdditionalProperties, AnySchema, Schema, SchemaData, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Map, Value};

use super::{Lowering, rules};
use crate::ir::{Access, Doc};
use crate::normalize::{CONSTRAINTS, ENUM, NULL};
use crate::parse::place;
use crate::pointer::Pointer;

/// What a schema says.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub(super) at: Option<Pointer>,
    pub(super) doc: Doc,
    /// What it says in words by itself, whatever it refers to.
    pub(super) words: Doc,
    /// The schema that it is only another name for, and whether `null` is added.
    pub(super) alias: Option<(Pointer, bool)>,
    pub(super) title: Option<String>,
    pub(super) ty: Option<JsonType>,
    pub(super) nullable: bool,
    /// `null` and nothing else.
    pub(super) null: bool,
    pub(super) format: Option<String>,
    /// The values it lists.
    pub(super) values: Vec<Value>,
    pub(super) value_names: Vec<String>,
    pub(super) value_docs: Vec<String>,
    /// The members of an object, each with the schemas that it must satisfy.
    pub(super) properties: IndexMap<String, Vec<Pointer>>,
    pub(super) required: IndexSet<String>,
    pub(super) additional: Additional,
    pub(super) items: Vec<Pointer>,
    pub(super) prefix: Vec<Pointer>,
    /// How many elements an array has, if that is fixed.
    pub(super) length: Option<u64>,
    pub(super) alternatives: Vec<Alternatives>,
    /// The member that tells apart the schemas which extend this one.
    pub(super) discriminator: Option<Discriminator>,
    pub(super) access: Access,
    pub(super) password: bool,
    /// It says something of which no type can be made.
    pub(super) beyond: bool,
}

/// How many shapes are made anew because they were part of a circle.
const MAX_PARTIAL: usize = 10_000;

/// The types of JSON, as schemas name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What is said of members that are not declared.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Additional {
    #[default]
    Unsaid,
    Forbidden,
    Anything,
    /// Each satisfies one of these schemas.
    Schemas(Vec<Pointer>),
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Alternatives {
    pub(super) members: Vec<Pointer>,
    pub(super) discriminator: Option<Discriminator>,
}

/// A member that tells schemas apart.
#[derive(Debug, Clone)]
pub(super) struct Discriminator {
    pub(super) property: String,
    /// Values of the member, and the schema that each means, by name or reference.
    pub(super) mapping: IndexMap<String, String>,
}

impl Shape {
    /// Whether the schema says nothing about values.
    pub(super) fn is_anything(&self) -> bool {
        self.ty.is_none()
            && !self.null
            && !self.beyond
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.additional == Additional::Unsaid
            && self.items.is_empty()
            && self.prefix.is_empty()
            && self.alternatives.is_empty()
            && self.format.is_none()
    }

    /// The type of its values: what it says, or what its other keywords imply.
    pub(super) fn json_type(&self) -> Option<JsonType> {
        if self.ty.is_some() {
            return self.ty;
        }
        let is_object = !self.properties.is_empty() || self.additional != Additional::Unsaid;
        if is_object {
            return Some(JsonType::Object);
        }
        if !self.items.is_empty() || !self.prefix.is_empty() {
            return Some(JsonType::Array);
        }
        if !self.values.is_empty() {
            return common_type(&self.values);
        }
        self.format.as_deref().map(|format| match format {
            "int32" | "int64" | "uint32" | "uint64" => JsonType::Integer,
            "float" | "double" => JsonType::Number,
            _ => JsonType::String,
        })
    }

    pub(super) fn is_object(&self) -> bool {
        self.json_type() == Some(JsonType::Object)
    }

    /// Whether it describes an object with declared members.
    pub(super) fn has_members(&self) -> bool {
        self.is_object() && !self.properties.is_empty()
    }

    /// Adds what another schema says that the value must satisfy too.
    pub(super) fn merge(&mut self, other: &Self) {
        self.ty = self.ty.or(other.ty);
        self.null |= other.null;
        self.beyond |= other.beyond;
        self.password |= other.password;
        if self.format.is_none() {
            self.format.clone_from(&other.format);
        }
        self.merge_values(other);
        for (name, schemas) in &other.properties {
            let known = self.properties.entry(name.clone()).or_default();
            for schema in schemas {
                if !known.contains(schema) {
                    known.push(schema.clone());
                }
            }
        }
        self.required.extend(other.required.iter().cloned());
        self.additional = merge_additional(&self.additional, &other.additional);
        self.items.extend(
            other
                .items
                .iter()
                .filter(|at| !self.items.contains(at))
                .cloned()
                .collect::<Vec<_>>(),
        );
        if self.prefix.is_empty() {
            self.prefix.clone_from(&other.prefix);
        }
        self.length = self.length.or(other.length);
        self.alternatives.extend(other.alternatives.iter().cloned());
        if self.access == Access::Both {
            self.access = other.access;
        }
    }

    /// Of two lists of values, those hold that stand in both.
    fn merge_values(&mut self, other: &Self) {
        if self.values.is_empty() {
            self.values.clone_from(&other.values);
            self.value_names.clone_from(&other.value_names);
            self.value_docs.clone_from(&other.value_docs);
        } else if !other.values.is_empty() {
            let both: Vec<Value> = self
                .values
                .iter()
                .filter(|value| other.values.contains(value))
                .cloned()
                .collect();
            if !both.is_empty() && both.len() < self.values.len() {
                self.values = both;
                self.value_names.clear();
                self.value_docs.clear();
            }
        }
    }
}

impl Shape {
    /// Whether a value can be of this shape and of a type.
    fn can_be(&self, ty: Option<JsonType>) -> bool {
        use JsonType::{Integer, Number};
        match (self.ty, ty) {
            (Some(Integer | Number), Some(Integer | Number)) => true,
            (Some(own), Some(ty)) => own == ty,
            _ => true,
        }
    }
}

/// The type that all of some values have.
fn common_type(values: &[Value]) -> Option<JsonType> {
    let of = |value: &Value| match value {
        Value::String(_) => Some(JsonType::String),
        Value::Bool(_) => Some(JsonType::Boolean),
        Value::Number(number) if number.is_f64() => Some(JsonType::Number),
        Value::Number(_) => Some(JsonType::Integer),
        Value::Array(_) => Some(JsonType::Array),
        Value::Object(_) => Some(JsonType::Object),
        Value::Null => None,
    };
    let first = of(values.first()?)?;
    values
        .iter()
        .all(|value| of(value) == Some(first))
        .then_some(first)
}

fn merge_additional(one: &Additional, other: &Additional) -> Additional {
    use Additional::{Anything, Forbidden, Schemas, Unsaid};
    match (one, other) {
        (Unsaid, said) | (said, Unsaid) => said.clone(),
        // One part of an `allOf` that forbids what another part declares is a mistake of documents;
        // members that are declared are kept anyway.
        (Forbidden, said) | (said, Forbidden) | (Anything, said) | (said, Anything) => said.clone(),
        (Schemas(one), Schemas(_)) => Schemas(one.clone()),
    }
}

impl Lowering<'_> {
    /// What the schema at a place says.
    pub(super) fn shape(&mut self, at: &Pointer) -> Rc<Shape> {
        let at = self.document.end(at);
        if let Some(known) = self.shapes.get(&at) {
            return Rc::clone(known);
        }
        if let Some(depth) = self.open_shapes.get_index_of(&at) {
            // An `allOf` that holds itself adds nothing. What stands between is not whole, though: it
            // lacks what the one around it still adds.
            self.whole_from = self.whole_from.min(depth);
            return Rc::default();
        }
        let depth = self.open_shapes.len();
        self.open_shapes.insert(at.clone());
        let schema = self.document.schema(&at, self.diagnostics);
        let shape = match schema {
            Some(Ok(schema)) => self.shape_of(schema, &at),
            _ => Shape::default(),
        };
        self.open_shapes.pop();
        let shape = Rc::new(Shape {
            at: Some(at.clone()),
            ..shape
        });
        let is_whole = self.whole_from >= depth;
        if is_whole {
            self.whole_from = usize::MAX;
        } else {
            self.partial_shapes += 1;
        }
        // Circles in circles would be gone through for ever, so some day a part must do.
        if is_whole || self.partial_shapes > MAX_PARTIAL {
            self.shapes.insert(at, Rc::clone(&shape));
        }
        shape
    }

    fn shape_of(&mut self, schema: Schema, at: &Pointer) -> Shape {
        let mut shape = about(&schema.schema_data);
        shape.words.clone_from(&shape.doc);
        let keywords = keywords(schema.schema_kind);
        shape.alias = self.alias_of(&shape, &keywords);
        own(&mut shape, &keywords, at);
        let members: Vec<Pointer> = keywords.all_of.iter().filter_map(place).collect();
        let own = shape.alternatives.len();
        self.merge_all(&mut shape, &members);
        // One of the alternatives of its own base: it is told already which of them it is.
        let inherited = shape.alternatives.split_off(own);
        let is_member = |a: &Alternatives| a.members.iter().any(|m| self.document.end(m) == *at);
        let others = inherited
            .into_iter()
            .filter(|alternatives| !is_member(alternatives));
        shape.alternatives.extend(others.collect::<Vec<_>>());
        shape
    }

    /// Merges the members of an `allOf` into what stands beside it.
    fn merge_all(&mut self, shape: &mut Shape, members: &[Pointer]) {
        let mut seen = HashSet::new();
        let (mut allowed, mut forbidden) = (false, false);
        let only = members.len() == 1;
        for member in members {
            let member = self.document.end(member);
            if !seen.insert(member.clone()) {
                continue;
            }
            let other = self.shape(&member);
            if !shape.can_be(other.ty) {
                let message =
                    "the members of this `allOf` have different types; the first one counts";
                self.left_out(&member, message);
            }
            allowed |= other.nullable;
            forbidden |= !other.nullable && other.says_types();
            shape.merge(&other);
            if only {
                inherit_words(&mut shape.doc, &other.doc);
                shape.discriminator = shape.discriminator.take().or(other.discriminator.clone());
            }
        }
        shape.nullable |= allowed && !forbidden;
    }

    /// What schemas say that must all hold of one value.
    pub(super) fn shape_of_all(&mut self, places: &[Pointer]) -> Rc<Shape> {
        match places {
            [one] => self.shape(one),
            several => {
                let mut merged = Shape::default();
                self.merge_all(&mut merged, several);
                for place in several {
                    let words = Rc::clone(&self.shape(place));
                    inherit_words(&mut merged.doc, &words.doc);
                    merged.at = merged.at.or(Some(self.document.end(place)));
                }
                Rc::new(merged)
            }
        }
    }

    /// The schema that the one at a place is only another name for, and whether `null` is added.
    ///
    /// It is a reference, perhaps inside an `allOf`, `oneOf` or `anyOf` of one, perhaps with words.
    pub(super) fn alias(&mut self, at: &Pointer) -> Option<(Pointer, bool)> {
        match self.document.target(at) {
            Some(target) => Some((target, false)),
            None => self.shape(at).alias.clone(),
        }
    }

    fn alias_of(&self, shape: &Shape, keywords: &AnySchema) -> Option<(Pointer, bool)> {
        let lists = [&keywords.all_of, &keywords.one_of, &keywords.any_of];
        let mut lists = lists.into_iter().filter(|list| !list.is_empty());
        let members: Vec<Pointer> = lists.next()?.iter().filter_map(place).collect();
        let nulls = members.iter().filter(|member| self.is_null(member)).count();
        let plain = keywords.properties.is_empty()
            && keywords.additional_properties.is_none()
            && keywords.items.is_none()
            && keywords.format.is_none()
            && keywords.required.is_empty()
            && shape.values.is_empty()
            && shape.prefix.is_empty()
            && shape.additional == Additional::Unsaid;
        if lists.next().is_some() || !plain || members.len() - nulls != 1 {
            return None;
        }
        let member = members.into_iter().find(|member| !self.is_null(member))?;
        Some((member, shape.nullable || nulls > 0))
    }

    /// Whether the schema at a place allows `null` and nothing else.
    pub(super) fn is_null(&self, at: &Pointer) -> bool {
        let schema = self.document.value(&self.document.end(at));
        schema.is_some_and(|schema| schema.get(NULL).is_some())
    }

    /// Whether a schema allows `null` beside other values.
    pub(super) fn may_be_null(&self, shape: &Shape) -> bool {
        let mut alternatives = shape.alternatives.iter().flat_map(|a| &a.members);
        !shape.null && (shape.nullable || alternatives.any(|member| self.is_null(member)))
    }
}

/// What a schema says about itself.
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
        length: constraints.and_then(fixed_length),
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

/// How many elements an array has, if there can be only one number.
fn fixed_length(constraints: &Map<String, Value>) -> Option<u64> {
    let bound = |keyword: &str| constraints.get(keyword).and_then(Value::as_u64);
    bound("minItems").filter(|least| bound("maxItems") == Some(*least))
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

/// The keywords of a schema, whichever of the shapes of `openapiv3` it was read into.
fn keywords(kind: SchemaKind) -> AnySchema {
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
            properties: object.properties,
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

/// Adds what a schema says by itself, its `allOf` left out.
fn own(shape: &mut Shape, keywords: &AnySchema, at: &Pointer) {
    shape.ty = keywords.typ.as_deref().and_then(json_type);
    shape.format = keywords
        .format
        .as_deref()
        .map(|format| format.trim().to_lowercase())
        .filter(|f| !f.is_empty());
    shape.password = shape.format.as_deref() == Some("password");
    shape.beyond = keywords.not.is_some();
    let properties = at.child("properties");
    for name in keywords.properties.keys() {
        shape
            .properties
            .insert(name.clone(), vec![properties.child(name)]);
    }
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

/// Takes over words where there are none of its own.
fn inherit_words(doc: &mut Doc, other: &Doc) {
    if doc.description.is_none() && doc.summary.is_none() {
        doc.summary.clone_from(&other.summary);
        doc.description.clone_from(&other.description);
    }
    doc.example = doc.example.take().or_else(|| other.example.clone());
    doc.default = doc.default.take().or_else(|| other.default.clone());
    if doc.rules.is_empty() {
        doc.rules.clone_from(&other.rules);
    }
}
