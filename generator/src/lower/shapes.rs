//! The shapes of a document: made once, merged from what `allOf` spreads over many places.

use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use openapiv3::{AnySchema, Schema};

use super::keywords::{about, keywords, own};
use super::shape::{Additional, Alternatives, Shape};
use super::{Lowering, left_out};
use crate::diagnostics::Diagnostics;
use crate::normalize::NULL;
use crate::parse::{Document, place};
use crate::pointer::{Pointer, PointerMap};
use crate::terms::Doc;

/// How many shapes without properties, items and alternatives are kept.
const MAX_LEAVES: usize = 2_000;

/// How long a chain of schemas that extend each other may be. Real ones have fewer than twenty.
const MAX_BASES: usize = 64;

/// How many incomplete shapes, those on a cycle, are made before they are kept like complete ones.
const MAX_PARTIAL: usize = 10_000;

/// The shapes that were made so far.
pub(super) struct Shapes<'d> {
    document: &'d Document<'d>,
    known: PointerMap<Rc<Shape>>,
    /// The known shapes without properties, items and alternatives, the latest at the end. Most shapes are such, and
    /// cheap to make again, so only the latest are kept.
    leaves: VecDeque<Pointer>,
    /// Schemas whose shape is being made, to notice those that hold themselves.
    open: IndexSet<Pointer, RandomState>,
    /// The index in `open` of the outermost schema that was reached again inside itself. The shapes of the
    /// schemas further in are incomplete.
    whole_from: usize,
    /// How many incomplete shapes were made.
    partial: usize,
}

impl<'d> Shapes<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self {
            document,
            known: PointerMap::default(),
            leaves: VecDeque::new(),
            open: IndexSet::default(),
            whole_from: usize::MAX,
            partial: 0,
        }
    }

    /// What the schema at a place says.
    pub(super) fn at(&mut self, at: &Pointer, diagnostics: &mut Diagnostics) -> Rc<Shape> {
        if let Some(known) = self.known.get(at) {
            return Rc::clone(known);
        }
        let (at, value) = self.document.follow(at);
        if let Some(known) = self.known.get(&at) {
            return Rc::clone(known);
        }
        if let Some(depth) = self.open.get_index_of(&at) {
            // A schema that includes itself through `allOf` gains nothing. The shapes in between are
            // incomplete, though: they lack what the schema around them still adds.
            self.whole_from = self.whole_from.min(depth);
            return Rc::default();
        }
        let depth = self.open.len();
        if depth >= MAX_BASES {
            let message = format!("more than {MAX_BASES} schemas extend each other in a row");
            left_out(&at, message, diagnostics);
            return Rc::default();
        }
        self.open.insert(at.clone());
        let shape = value.and_then(|value| {
            let schema = self.document.read(value, &at, diagnostics)?;
            Some(self.shape_of(schema, Document::properties(value), &at, diagnostics))
        });
        let shape = shape.unwrap_or_default();
        self.open.pop();
        let shape = Rc::new(Shape {
            at: Some(at.clone()),
            ..shape
        });
        let is_whole = self.whole_from >= depth;
        if is_whole {
            self.whole_from = usize::MAX;
        } else {
            self.partial += 1;
        }
        // With nested cycles, making incomplete shapes anew could take forever, so at some point they are kept.
        if is_whole || self.partial > MAX_PARTIAL {
            self.keep(at, &shape);
        }
        shape
    }

    fn keep(&mut self, at: Pointer, shape: &Rc<Shape>) {
        if shape.is_leaf() {
            self.leaves.push_back(at.clone());
        }
        self.known.insert(at, Rc::clone(shape));
        if self.leaves.len() > MAX_LEAVES {
            let oldest = self.leaves.pop_front();
            oldest.map(|oldest| self.known.remove(&oldest));
        }
    }

    fn shape_of<'n>(
        &mut self,
        schema: Schema,
        properties: impl Iterator<Item = &'n String>,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
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
        self.merge_all(&mut shape, &members, diagnostics);
        // A schema that is one of the alternatives of its own base does not inherit them.
        let inherited = shape.alternatives.split_off(own);
        let is_member = |a: &Alternatives| a.members.iter().any(|m| self.document.end(m) == *at);
        let others = inherited
            .into_iter()
            .filter(|alternatives| !is_member(alternatives));
        shape.alternatives.extend(others.collect::<Vec<_>>());
        shape
    }

    /// Merges the schemas of an `allOf` into what stands beside it.
    fn merge_all(&mut self, shape: &mut Shape, members: &[Pointer], diagnostics: &mut Diagnostics) {
        let mut seen = HashSet::new();
        let (mut allowed, mut forbidden) = (false, false);
        let only = members.len() == 1;
        for member in members {
            let member = self.document.end(member);
            if !seen.insert(member.clone()) {
                continue;
            }
            let other = self.at(&member, diagnostics);
            if !shape.can_be(other.ty) {
                let message =
                    "the members of this `allOf` have different types; the first one counts";
                left_out(&member, message, diagnostics);
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
    pub(super) fn at_all(
        &mut self,
        places: &[Pointer],
        diagnostics: &mut Diagnostics,
    ) -> Rc<Shape> {
        match places {
            [one] => self.at(one, diagnostics),
            several => {
                let mut merged = Shape::default();
                self.merge_all(&mut merged, several, diagnostics);
                for place in several {
                    let words = self.at(place, diagnostics);
                    inherit_words(&mut merged.doc, &words.doc);
                    merged.at = merged.at.or(Some(self.document.end(place)));
                }
                Rc::new(merged)
            }
        }
    }

    /// The schema that the one at a place is only another name for, and whether `null` is added.
    ///
    /// A schema is an alias if it is a reference, or an `allOf`, `oneOf` or `anyOf` of one schema besides
    /// `null`.
    fn alias(&mut self, at: &Pointer, diagnostics: &mut Diagnostics) -> Option<(Pointer, bool)> {
        match self.document.target(at) {
            Some(target) => Some((target, false)),
            None => self.at(at, diagnostics).alias.clone(),
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
            && shape.additional == Additional::Unsaid
            && (shape.discriminator.is_none() || !keywords.all_of.is_empty());
        if lists.next().is_some() || !plain || members.len() - nulls != 1 {
            return None;
        }
        let member = members.into_iter().find(|member| !self.is_null(member))?;
        Some((member, shape.nullable || nulls > 0))
    }

    /// Whether the schema at a place allows `null` and nothing else.
    fn is_null(&self, at: &Pointer) -> bool {
        let schema = self.document.value(&self.document.end(at));
        schema.is_some_and(|schema| schema.get(NULL).is_some())
    }

    /// Whether a schema allows `null` beside other values.
    fn may_be_null(&self, shape: &Shape) -> bool {
        let mut alternatives = shape.alternatives.iter().flat_map(|a| &a.members);
        !shape.null && (shape.nullable || alternatives.any(|member| self.is_null(member)))
    }
}

impl Lowering<'_> {
    /// What the schema at a place says.
    pub(super) fn shape(&mut self, at: &Pointer) -> Rc<Shape> {
        self.shapes.at(at, self.diagnostics)
    }

    /// What schemas say that must all hold of one value.
    pub(super) fn shape_of_all(&mut self, places: &[Pointer]) -> Rc<Shape> {
        self.shapes.at_all(places, self.diagnostics)
    }

    /// The schema that the one at a place is only another name for, and whether `null` is added.
    pub(super) fn alias(&mut self, at: &Pointer) -> Option<(Pointer, bool)> {
        self.shapes.alias(at, self.diagnostics)
    }

    /// Whether a schema allows `null` beside other values.
    pub(super) fn may_be_null(&self, shape: &Shape) -> bool {
        self.shapes.may_be_null(shape)
    }
}

/// Copies those parts of the documentation that `doc` lacks from `other`.
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

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, ty, types};

    #[test]
    fn all_of_is_one_shape() {
        for (schema, expected) in [
            (
                "{allOf: [{properties: {a: {type: string}}}, {required: [a], properties: {b: {type: integer}}}]}",
                "{a: String, b?: Int64}",
            ),
            ("{allOf: [{type: string}, {maxLength: 3}]}", "String"),
            (
                "{allOf: [{type: string, enum: [a, b]}, {enum: [b, c]}]}",
                r#""b""#,
            ),
            (
                "{type: object, properties: {a: {type: string}}, allOf: [{properties: {a: {enum: [x]}}}]}",
                r#"{a?: "x"}"#,
            ),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }

    #[test]
    fn an_all_of_of_one_is_another_name() {
        assert_eq!(
            types(
                "{A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {properties: {c: {type: string}}}}"
            ),
            ["A = B", "B {c?: String}"],
        );
    }

    #[test]
    fn parts_that_contradict_each_other_are_reported() {
        assert_eq!(
            diagnostics_of("{A: {allOf: [{type: string}, {type: integer}]}}"),
            [
                "warning /A/allOf/1: the members of this `allOf` have different types; the first one counts"
            ],
        );
        assert_eq!(
            types("{A: {allOf: [{$ref: '#/components/schemas/A'}]}}").len(),
            1
        );
    }
}
