//! Shapes: what a schema says once references are followed and `allOf` is merged.
//!
//! A schema can spread what it says over many places. A shape has it all in one: which types are
//! allowed, which properties an object has and which of them must be there, what the alternatives are.
//! It holds places of other schemas and no types, so shapes of recursive schemas are finite.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::ir::Access;
use crate::pointer::Pointer;
use crate::terms::Doc;

/// What a schema says.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub(super) at: Option<Pointer>,
    pub(super) doc: Doc,
    /// The schema's own documentation, without what `doc` inherits through `allOf`.
    pub(super) words: Doc,
    /// The schema that this one is only an alias of, and whether it adds `null`.
    pub(super) alias: Option<(Pointer, bool)>,
    pub(super) title: Option<String>,
    pub(super) ty: Option<JsonType>,
    pub(super) nullable: bool,
    /// `null` and nothing else.
    pub(super) null: bool,
    pub(super) format: Option<String>,
    /// The least and the largest number.
    pub(super) least: Option<i128>,
    pub(super) most: Option<i128>,
    /// The values it lists.
    pub(super) values: Vec<Value>,
    pub(super) value_names: Vec<String>,
    pub(super) value_docs: Vec<String>,
    /// The properties of an object, each with the schemas that it must satisfy.
    pub(super) properties: IndexMap<String, Vec<Pointer>, RandomState>,
    pub(super) required: IndexSet<String, RandomState>,
    pub(super) additional: Additional,
    pub(super) items: Vec<Pointer>,
    pub(super) prefix: Vec<Pointer>,
    /// How many items an array has at least.
    pub(super) min_items: u64,
    /// How many items an array has at most, if that is limited.
    pub(super) max_items: Option<u64>,
    pub(super) alternatives: Vec<Alternatives>,
    /// The property that tells apart the schemas which extend this one.
    pub(super) discriminator: Option<Discriminator>,
    pub(super) access: Access,
    pub(super) password: bool,
    /// Whether it has a `not`, which no type can express.
    pub(super) beyond: bool,
    /// The schemas that it includes through `allOf`, directly or through others.
    pub(super) bases: IndexSet<Pointer, RandomState>,
}

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

/// What is said of properties that are not declared.
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

/// A property that tells schemas apart.
#[derive(Debug, Clone)]
pub(super) struct Discriminator {
    pub(super) property: String,
    /// Values of the property, and the schema that each means, by name or reference.
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

    /// Whether it holds no properties, alternatives or items, so that making it again is cheap.
    pub(super) fn is_leaf(&self) -> bool {
        self.properties.is_empty() && self.alternatives.is_empty() && self.items.is_empty()
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

    /// Whether it describes an object with declared properties.
    pub(super) fn has_members(&self) -> bool {
        self.is_object() && !self.properties.is_empty()
    }

    /// Adds what another schema says that the value must satisfy too.
    pub(super) fn merge(&mut self, other: &Self) {
        self.merge_type(other);
        self.null |= other.null;
        self.beyond |= other.beyond;
        self.password |= other.password;
        self.least = self.least.into_iter().chain(other.least).max();
        self.most = self.most.into_iter().chain(other.most).min();
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
        self.min_items = self.min_items.max(other.min_items);
        let limits = self.max_items.into_iter().chain(other.max_items);
        self.max_items = limits.min();
        for alternatives in &other.alternatives {
            // The same alternatives can be inherited along several paths and count once.
            let is_same = |known: &Alternatives| known.members == alternatives.members;
            if !self.alternatives.iter().any(is_same) {
                self.alternatives.push(alternatives.clone());
            }
        }
        if self.access == Access::Both {
            self.access = other.access;
        }
    }

    /// An integer is a number, so a schema that says `integer` says more than one that says `number`. It says what
    /// the format is, too: `double` is none of an integer.
    fn merge_type(&mut self, other: &Self) {
        use JsonType::{Integer, Number};
        match (self.ty, other.ty) {
            (Some(Number), Some(Integer)) => {
                self.ty = other.ty;
                self.format.clone_from(&other.format);
            }
            (Some(Integer), Some(Number)) => {}
            (own, _) => {
                self.ty = own.or(other.ty);
                if self.format.is_none() {
                    self.format.clone_from(&other.format);
                }
            }
        }
    }

    /// Keeps the values that both schemas list. If they have none in common, the list stays as it is.
    fn merge_values(&mut self, other: &Self) {
        if self.values.is_empty() {
            self.values.clone_from(&other.values);
            self.value_names.clone_from(&other.value_names);
            self.value_docs.clone_from(&other.value_docs);
        } else if !other.values.is_empty() {
            let allowed: HashSet<&Value> = other.values.iter().collect();
            let both = self.values.iter().filter(|value| allowed.contains(value));
            let both: Vec<Value> = both.cloned().collect();
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
    pub(super) fn can_be(&self, ty: Option<JsonType>) -> bool {
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
        // Where one part of an `allOf` forbids undeclared properties and another part allows them, the document
        // most likely means to allow them. Declared properties are kept in any case.
        (Forbidden, said) | (said, Forbidden) | (Anything, said) | (said, Anything) => said.clone(),
        (Schemas(one), Schemas(_)) => Schemas(one.clone()),
    }
}
