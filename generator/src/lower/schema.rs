//! Schemas become types.
//!
//! A schema with a name becomes a definition of that name. One that stands where it is used becomes
//! a definition only if Rust needs an item for it: a struct, an enum, a union.

use std::rc::Rc;

use super::place::file_schema;
use super::shape::{JsonType, Shape};
use super::{Lowering, scalar};
use crate::config::Integer;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Kind, Lowered, Origin};
use crate::pointer::{Pointer, PointerSet};
use crate::terms::{Doc, Scalar, Type, TypeId, TypeRef};

/// How deep unnamed schemas are lowered inline; those nested deeper become definitions.
pub(super) const MAX_OPEN: usize = 32;

impl Lowering<'_> {
    /// Lowers all schemas under `components`.
    ///
    /// Each gets its identity first, so that they can refer to each other in any order.
    pub(super) fn schema_components(&mut self) {
        let components = self.document.components("schemas");
        for (name, at) in &components {
            self.reserve(Origin::Schema(name.clone()), at);
        }
        self.claim_files(&components);
        self.fill_reserved();
    }

    /// Assigns a [`TypeId`] to the schema at a place, which is lowered later.
    fn reserve(&mut self, origin: Origin, at: &Pointer) -> TypeRef {
        let kind = Kind::Alias(Type::Any.into());
        let id = self.define(kind, origin, Doc::default(), at);
        let reference = TypeRef::from(Type::Definition(id));
        self.places.insert(at.clone(), reference.clone());
        self.reserved.push_back((id, at.clone()));
        reference
    }

    /// Lowers all schemas that so far only have a [`TypeId`].
    fn fill_reserved(&mut self) {
        while let Some((id, at)) = self.reserved.pop_front() {
            self.types[id].doc = self.words(&at);
            let mut kind = self.named_kind(id, &at);
            if let Kind::Alias(target) = &mut kind
                && std::mem::take(&mut target.nullable)
            {
                self.types[id].nullable = true;
            }
            self.types[id].kind = kind;
        }
    }

    /// The type of the schema at a place, and everything that it needs.
    pub(super) fn schema(&mut self, at: &Pointer, origin: Origin) -> TypeRef {
        let value = self.value(at, origin);
        self.fill_reserved();
        value
    }

    fn named_kind(&mut self, id: TypeId, at: &Pointer) -> Kind {
        self.kind_behind(id, at, &mut PointerSet::default())
    }

    /// The kind of the named schema at `at`. Aliases that stand for the schema itself are followed; `passed`
    /// stops at cycles.
    fn kind_behind(&mut self, id: TypeId, at: &Pointer, passed: &mut PointerSet) -> Kind {
        passed.insert(at.clone());
        if let Some((target, nullable)) = self.alias(at) {
            let end = self.document.end(&target);
            if !passed.contains(&end) && self.is_of(id, at, &end) {
                self.places.insert(end.clone(), Type::Definition(id).into());
                if nullable {
                    self.types[id].nullable = true;
                }
                if self.types[id].doc == Doc::default() {
                    self.types[id].doc = self.words(&end);
                }
                return self.kind_behind(id, &end, passed);
            }
            let origin = self.types[id].origin.clone();
            return Kind::Alias(self.value(&target, origin).or_null(nullable));
        }
        if let Some(union) = self.inheritance(id, at) {
            return union;
        }
        let shape = self.shape(at);
        if self.may_be_null(&shape) {
            self.types[id].nullable = true;
        }
        self.kind(&shape, id, at)
    }

    /// Whether the named schema at `at` is the schema at `end` rather than an alias of it: `end` lies inside
    /// `at`, or was claimed for `id` before.
    fn is_of(&self, id: TypeId, at: &Pointer, end: &Pointer) -> bool {
        match self.places.get(end) {
            Some(known) => known.ty == Type::Definition(id),
            None => {
                let inside = end.as_str().strip_prefix(at.as_str());
                inside.is_some_and(|rest| rest.starts_with('/'))
            }
        }
    }

    /// The type of the schema at a place. `origin` is used if neither the schema's own name nor its place gives
    /// it one.
    pub(super) fn value(&mut self, at: &Pointer, origin: Origin) -> TypeRef {
        if let Some(known) = self.places.get(at) {
            return known.clone();
        }
        if let Some(name) = file_schema(at) {
            return self.reserve(Origin::Schema(name), at);
        }
        let origin = self.owned(at, origin);
        if self.open_values.len() >= MAX_OPEN {
            // Unnamed schemas can nest without end, so the rest is lowered later from the queue.
            return self.reserve(origin, at);
        }
        if !self.open_values.insert(at.clone()) {
            self.untyped(at, "this schema is a list or map of itself");
            return Type::Any.into();
        }
        let lowered = match self.alias(at) {
            Some((target, nullable)) => self.value(&target, origin).or_null(nullable),
            None => {
                let shape = self.shape(at);
                self.inline(&shape, origin, at)
            }
        };
        self.open_values.remove(at);
        self.places.insert(at.clone(), lowered.clone());
        lowered
    }

    /// The type of a schema that stands where it is used.
    pub(super) fn inline(&mut self, shape: &Rc<Shape>, origin: Origin, at: &Pointer) -> TypeRef {
        self.inline_as(shape, origin, at, None)
    }

    /// The type of an inline schema. `merged` are the places of the schemas that it combines, if there are several.
    pub(super) fn inline_as(
        &mut self,
        shape: &Rc<Shape>,
        origin: Origin,
        at: &Pointer,
        merged: Option<&Vec<Pointer>>,
    ) -> TypeRef {
        let nullable = self.may_be_null(shape);
        if let Some(plain) = self.plain(shape, &origin, at) {
            return TypeRef::from(plain).or_null(nullable);
        }
        let doc = shape.doc.clone();
        let id = self.define(Kind::Alias(Type::Any.into()), origin, doc, at);
        let reference = TypeRef::from(Type::Definition(id)).or_null(nullable);
        // Registered before its parts are lowered, because they may refer back to it.
        match merged {
            Some(key) => drop(
                self.combined
                    .types
                    .insert(key.clone(), Some(reference.clone())),
            ),
            None => drop(self.places.insert(at.clone(), reference.clone())),
        }
        self.types[id].kind = self.kind(shape, id, at);
        reference
    }

    pub(super) fn define(&mut self, kind: Kind, origin: Origin, doc: Doc, at: &Pointer) -> TypeId {
        self.types.add(Lowered {
            origin,
            doc,
            kind,
            nullable: false,
            at: at.clone(),
        })
    }

    /// What the definition of a schema is.
    fn kind(&mut self, shape: &Rc<Shape>, id: TypeId, at: &Pointer) -> Kind {
        let origin = self.types[id].origin.clone();
        if let Some(plain) = self.plain(shape, &origin, at) {
            return Kind::Alias(plain.into());
        }
        if self.alternatives(shape).is_some() {
            return self.union(shape, id);
        }
        match super::enumeration::enumeration(shape) {
            Some(known) => Kind::Enum(known),
            None => Kind::Struct(self.structure(shape, id)),
        }
    }

    /// The type of a schema for which Rust needs no item.
    fn plain(&mut self, shape: &Rc<Shape>, origin: &Origin, at: &Pointer) -> Option<Type> {
        if shape.null {
            return Some(Type::Scalar(Scalar::Null));
        }
        if self.alternatives(shape).is_some() {
            return self.simple_union(shape);
        }
        if super::enumeration::enumeration(shape).is_some() {
            return None;
        }
        match shape.json_type() {
            Some(JsonType::Object) if shape.has_members() => None,
            Some(JsonType::Object) => Some(self.map(shape, origin)),
            Some(JsonType::Array) => Some(self.array(shape, origin)),
            Some(ty) => Some(Type::Scalar(self.scalar(shape, ty))),
            None => {
                if !shape.is_anything() {
                    self.untyped(
                        at,
                        "the schema allows values of several types and names none",
                    );
                }
                Some(Type::Any)
            }
        }
    }

    fn scalar(&self, shape: &Shape, ty: JsonType) -> Scalar {
        let scalar = scalar::scalar(ty, shape.format.as_deref(), &self.config.formats());
        let shown = shape
            .values
            .iter()
            .chain(shape.doc.default.as_deref())
            .chain(shape.doc.example.as_deref());
        match scalar {
            Scalar::Int64 if ty == JsonType::Integer => {
                let is_open = shape.format.is_none() && shape.most.is_none();
                match scalar::within(shape.least, shape.most) {
                    Scalar::Int64 if is_open && self.config.integer == Integer::Number => {
                        Scalar::Number
                    }
                    Scalar::Int64 => scalar::wide_enough(shown),
                    wide => wide,
                }
            }
            scalar => scalar,
        }
    }

    /// The type of values that satisfy one of several schemas.
    pub(super) fn one_of_all(&mut self, schemas: &[Pointer], origin: Origin) -> TypeRef {
        match schemas {
            [one] => self.value(one, origin),
            several => {
                let shape = Shape::of_alternatives(several);
                match several.first() {
                    Some(first) => self.inline(&Rc::new(shape), origin, &first.child("anyOf")),
                    None => Type::Any.into(),
                }
            }
        }
    }

    /// Whether the schema at a place, or the one it refers to, has a name of its own.
    pub(super) fn is_named(&self, at: &Pointer) -> bool {
        let end = self.document.end(at);
        end.component("schemas").is_some() || file_schema(&end).is_some()
    }

    /// The documentation of the schema at a place; empty if a reference stands there.
    pub(super) fn words(&mut self, at: &Pointer) -> Doc {
        match self.document.target(at) {
            Some(_) => Doc::default(),
            None => self.shape(at).words.clone(),
        }
    }

    /// Says that a schema becomes `serde_json::Value`.
    pub(super) fn untyped(&mut self, at: &Pointer, reason: &str) {
        let diagnostic = Diagnostic::warning(Code::Untyped, at, reason);
        self.diagnostics
            .push(diagnostic.label("becomes `serde_json::Value`"));
    }
}
