//! Signatures: what two types must have in common to be one.
//!
//! That is everything but where they stand, what they are called, and examples.

use std::hash::Hash;
use std::mem::discriminant;

use xxhash_rust::xxh3::Xxh3;

use crate::ir::{Enum, Kind, Struct, Union};
use crate::terms::{Doc, Type, TypeId, TypeRef};

/// The signature of a type. `equal` says which types are known to be equal.
pub(super) fn signature(kind: &Kind, equal: &[TypeId]) -> u128 {
    let mut signature = Signature {
        hasher: Xxh3::new(),
        equal,
    };
    signature.kind(kind);
    signature.hasher.digest128()
}

struct Signature<'t> {
    hasher: Xxh3,
    equal: &'t [TypeId],
}

impl Signature<'_> {
    fn add(&mut self, part: impl Hash) {
        part.hash(&mut self.hasher);
    }

    fn kind(&mut self, kind: &Kind) {
        self.add(discriminant(kind));
        match kind {
            Kind::Struct(object) | Kind::Headers(object) => self.object(object),
            Kind::Enum(values) => self.values(values),
            Kind::Union(union) => self.union(union),
            Kind::Alias(target) => self.value(target),
        }
    }

    fn object(&mut self, object: &Struct) {
        self.add(object.fields.len());
        for field in &object.fields {
            self.add((&field.name, field.required, &field.constant));
            self.add((field.access, field.asked, field.secret));
            self.value(&field.value);
            self.doc(&field.doc);
        }
        self.add((object.additional.is_some(), object.closed));
        object.additional.iter().for_each(|value| self.value(value));
    }

    fn values(&mut self, values: &Enum) {
        self.add((values.repr, values.values.len()));
        for value in &values.values {
            self.add((&value.value, &value.name));
            self.doc(&value.doc);
        }
    }

    fn union(&mut self, union: &Union) {
        self.add((&union.tag, union.variants.len()));
        for variant in &union.variants {
            self.add((&variant.name, &variant.tags));
            self.value(&variant.value);
            self.doc(&variant.doc);
        }
    }

    fn doc(&mut self, doc: &Doc) {
        self.add((&doc.summary, &doc.description, &doc.default));
        self.add((&doc.rules, &doc.link, doc.deprecated));
    }

    fn value(&mut self, value: &TypeRef) {
        self.add((value.nullable, value.boxed, discriminant(&value.ty)));
        match &value.ty {
            Type::Scalar(scalar) => self.add(scalar),
            Type::List(inner) | Type::Map(inner) => self.value(inner),
            Type::Tuple(items) => {
                self.add(items.len());
                items.iter().for_each(|item| self.value(item));
            }
            Type::Definition(id) => self.add(self.equal[id.index()]),
            Type::Object | Type::Any => {}
        }
    }
}
