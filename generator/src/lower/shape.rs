//! Shapes: what a schema says once references are followed and `allOf` is merged.
//!
//! A schema can spread what it says over many places. A shape has it all in one: which types are
//! allowed, which members an object has and which of them must be there, what the alternatives are.
//! It holds places of other schemas and no types, so shapes of recursive schemas are finite.

use std::collections::HashSet;
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};
use openapiv3::{AnySchema, Schema};
use serde_json::Value;

use super::Lowering;
use super::keywords::{about, keywords, own};
use crate::ir::{Access, Doc};
use crate::normalize::NULL;
use crate::parse::{Document, place};
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
    pub(super) properties: IndexMap<String, Vec<Pointer>, RandomState>,
    pub(super) required: IndexSet<String, RandomState>,
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
    /// The schemas that it says again, by `allOf`.
    pub(super) bases: IndexSet<Pointer, RandomState>,
}

/// How many shapes are kept that hold no others.
const MAX_LEAVES: usize = 2_000;

/// How many schemas extend each other in a row. No real one has twenty above it.
const MAX_BASES: usize = 64;

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

    /// Whether making it again takes no other shape.
    fn is_leaf(&self) -> bool {
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
        for alternatives in &other.alternatives {
            // One that is reached on several ways says nothing new.
            let is_same = |known: &Alternatives| known.members == alternatives.members;
            if !self.alternatives.iter().any(is_same) {
                self.alternatives.push(alternatives.clone());
            }
        }
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
        if let Some(known) = self.shapes.get(at) {
            return Rc::clone(known);
        }
        let (at, value) = self.document.follow(at);
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
        if depth >= MAX_BASES {
            let message = format!("more than {MAX_BASES} schemas extend each other in a row");
            self.left_out(&at, message);
            return Rc::default();
        }
        self.open_shapes.insert(at.clone());
        let shape = value.and_then(|value| {
            let schema = self.document.read(value, &at, self.diagnostics)?;
            Some(self.shape_of(schema, Document::properties(value), &at))
        });
        let shape = shape.unwrap_or_default();
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
            self.keep(at, &shape);
        }
        shape
    }

    fn keep(&mut self, at: Pointer, shape: &Rc<Shape>) {
        if shape.is_leaf() {
            self.leaves.push_back(at.clone());
        }
        self.shapes.insert(at, Rc::clone(shape));
        if self.leaves.len() > MAX_LEAVES {
            let oldest = self.leaves.pop_front();
            oldest.map(|oldest| self.shapes.remove(&oldest));
        }
    }

    fn shape_of<'n>(
        &mut self,
        schema: Schema,
        properties: impl Iterator<Item = &'n String>,
        at: &Pointer,
    ) -> Shape {
        let mut shape = about(&schema.schema_data);
        let parent = at.child("properties");
        shape.properties = properties
            .map(|name| (name.clone(), vec![parent.child(name)]))
            .collect();
        shape.words.clone_from(&shape.doc);
        let keywords = keywords(schema.schema_kind);
        shape.alias = self.alias_of(&shape, &keywords);
        own(&mut shape, &keywords);
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
            shape.bases.insert(member.clone());
            shape.bases.extend(other.bases.iter().cloned());
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
        let plain = shape.properties.is_empty()
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
