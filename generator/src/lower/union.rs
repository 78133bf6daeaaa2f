//! Unions: schemas with alternatives.
//!
//! Alternatives that Rust needs no enum for are something simpler: all texts are one text or one
//! enum, all numbers one number. The others become a union.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use super::discriminator::{self, Candidates, Mapped};
use super::scalar::scalar;
use super::shape::{Additional, Alternatives, Discriminator, JsonType, Shape};
use super::tag::{self, Told};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Enum, EnumValue, Kind, Origin, Union, Variant};
use crate::pointer::{Pointer, PointerSet};
use crate::terms::{Doc, Repr, Scalar, Type, TypeId, TypeRef};

/// How many alternatives are merged with the schema around them before alternatives nested in them are left
/// out. They multiply.
const MAX_COMBINED: usize = 256;

/// How deep alternatives in alternatives, and arrays in arrays, are looked into.
pub(super) const MAX_DEPTH: usize = 4;

impl Shape {
    /// A schema that is nothing but these alternatives.
    pub(super) fn of_alternatives(members: &[Pointer]) -> Self {
        let alternatives = Alternatives {
            members: members.to_vec(),
            discriminator: None,
        };
        Self {
            alternatives: vec![alternatives],
            ..Self::default()
        }
    }

    /// The same schema without its first alternatives.
    pub(super) fn without_alternatives(&self, index: usize) -> Self {
        let mut rest = self.clone();
        rest.alternatives.remove(index);
        rest.discriminator = None;
        rest.doc = Doc::default();
        rest
    }

    /// Whether it says anything about types: bare `required` in an alternative does not.
    pub(super) fn says_types(&self) -> bool {
        !self.is_anything() || self.null
    }
}

/// A variant that is still being built.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) value: TypeRef,
    pub(super) shape: Rc<Shape>,
    /// The place of the alternative, for a discriminator's mapping.
    pub(super) at: Pointer,
    pub(super) doc: Doc,
}

/// How much work unions have made so far. It multiplies where alternatives hold alternatives.
#[derive(Default)]
pub(super) struct Work {
    /// How many unions are being made inside of each other.
    open: usize,
    /// How many alternatives were merged with the schema around them since the outermost union began.
    combined: usize,
    /// How many schemas were examined to find the listed values of properties, in the whole document.
    pub(super) looked_at: usize,
}

impl Lowering<'_> {
    /// The first alternatives of a schema that say something about types.
    pub(super) fn alternatives(&mut self, shape: &Shape) -> Option<(usize, Vec<Pointer>)> {
        for (index, alternatives) in shape.alternatives.iter().enumerate() {
            let mut members = Vec::new();
            self.flatten(&alternatives.members, shape.has_members(), 0, &mut members);
            let says = members.iter().any(|member| self.shape(member).says_types());
            // Beside a type that is no object, alternatives only restrict its values.
            let scalar = !matches!(shape.ty, None | Some(JsonType::Object | JsonType::Array));
            let restricts = scalar
                && members.iter().all(|m| {
                    let member = self.shape(m);
                    member.ty.is_none() || member.ty == shape.ty
                });
            if says && !restricts {
                return Some((index, members));
            }
        }
        None
    }

    /// Collects alternatives. An unnamed alternative that only has alternatives itself is replaced by these.
    fn flatten(
        &mut self,
        members: &[Pointer],
        has_base: bool,
        depth: usize,
        flat: &mut Vec<Pointer>,
    ) {
        for member in members {
            let target = self.document.end(member);
            let named = target != *member || self.is_component(&target);
            let shape = self.shape(member);
            let only_alternatives = shape.alternatives.len() == 1
                && shape.properties.is_empty()
                && shape.ty.is_none()
                && shape.alternatives.iter().all(|a| a.discriminator.is_none());
            if named || has_base || !only_alternatives || depth > MAX_DEPTH {
                if !flat.contains(member) {
                    flat.push(member.clone());
                }
            } else {
                let inner = shape.alternatives[0].members.clone();
                self.flatten(&inner, has_base, depth + 1, flat);
            }
        }
    }

    fn is_component(&self, at: &Pointer) -> bool {
        at.component("schemas").is_some() || super::place::file_schema(at).is_some()
    }

    /// The type of alternatives that need no enum in Rust.
    pub(super) fn simple_union(&mut self, shape: &Shape) -> Option<Type> {
        let (_, members) = self.alternatives(shape)?;
        let shapes: Vec<Rc<Shape>> = members.iter().map(|member| self.shape(member)).collect();
        let shapes: Vec<&Rc<Shape>> = shapes.iter().filter(|shape| !shape.null).collect();
        if shapes.iter().any(|shape| !shape.alternatives.is_empty()) {
            return None;
        }
        let all = |wanted: &[JsonType]| {
            shapes
                .iter()
                .all(|s| s.json_type().is_some_and(|ty| wanted.contains(&ty)))
        };
        let listed = shapes.iter().any(|shape| !shape.values.is_empty());
        if all(&[JsonType::String]) && !listed {
            let formats: HashSet<Option<&str>> =
                shapes.iter().map(|s| s.format.as_deref()).collect();
            let format = if formats.len() == 1 {
                formats.into_iter().flatten().next()
            } else {
                None
            };
            return Some(Type::Scalar(scalar(
                JsonType::String,
                format,
                &self.config.formats(),
            )));
        }
        if all(&[JsonType::Boolean]) {
            return Some(Type::Scalar(Scalar::Boolean));
        }
        if all(&[JsonType::Integer]) && !listed {
            return Some(Type::Scalar(Scalar::Int64));
        }
        if all(&[JsonType::Integer, JsonType::Number]) && !all(&[JsonType::Integer]) {
            // One of them may be too large for the other.
            let both = shapes
                .iter()
                .any(|shape| shape.ty == Some(JsonType::Integer));
            return Some(Type::Scalar(if both {
                Scalar::Number
            } else {
                Scalar::Float64
            }));
        }
        None
    }

    /// What a schema with alternatives is.
    pub(super) fn union(&mut self, shape: &Rc<Shape>, id: TypeId) -> Kind {
        let Some((index, members)) = self.alternatives(shape) else {
            return Kind::Alias(Type::Any.into());
        };
        if let Some(known) = self.listed(&members) {
            return Kind::Enum(known);
        }
        let discriminator = shape.alternatives[index].discriminator.clone();
        let base = shape.without_alternatives(index);
        if self.unions.open > MAX_DEPTH * 2 {
            let at = shape.at.clone().unwrap_or_else(Pointer::root);
            self.untyped(&at, "alternatives stand too deep inside of each other");
            return Kind::Alias(Type::Any.into());
        }
        if self.unions.open == 0 {
            self.unions.combined = 0;
        }
        self.unions.open += 1;
        let drafts = self.drafts(&base, &members, id);
        self.unions.open -= 1;
        if drafts.iter().any(|draft| draft.value.nullable) {
            // `null` may stand wherever one of the variants may be `null`.
            self.types[id].nullable = true;
        }
        let at = shape.at.clone().unwrap_or_else(Pointer::root);
        let mut union = self.union_of(drafts, discriminator.as_ref(), &at);
        match union.variants.len() {
            0 => Kind::Alias(Type::Any.into()),
            // With a discriminator, other values than those of the only alternative are unknown.
            1 if discriminator.is_none() || union.tag.is_none() => {
                Kind::Alias(TypeRef::from(union.variants.remove(0).value.ty))
            }
            _ => {
                union
                    .variants
                    .iter_mut()
                    .for_each(|variant| variant.value.nullable = false);
                Kind::Union(union)
            }
        }
    }

    /// One enum, if all alternatives are texts or all are integers, and some are listed.
    fn listed(&mut self, members: &[Pointer]) -> Option<Enum> {
        let shapes: Vec<Rc<Shape>> = members.iter().map(|member| self.shape(member)).collect();
        let shapes: Vec<&Rc<Shape>> = shapes.iter().filter(|shape| !shape.null).collect();
        let all = |wanted: JsonType| {
            let plain = |s: &&Rc<Shape>| s.json_type() == Some(wanted) && s.alternatives.is_empty();
            shapes.iter().all(plain)
        };
        let repr = match (all(JsonType::String), all(JsonType::Integer)) {
            (true, _) => Repr::String,
            (_, true) => Repr::Integer,
            _ => return None,
        };
        let mut values: Vec<EnumValue> = Vec::new();
        for shape in shapes {
            let known = super::enumeration::enumeration(shape);
            for mut value in known.into_iter().flat_map(|known| known.values) {
                if shape.values.len() == 1 {
                    value.name = value.name.or_else(|| shape.title.clone());
                    value.doc.description = value
                        .doc
                        .description
                        .or_else(|| shape.doc.description.clone());
                }
                if values.iter().all(|other| other.value != value.value) {
                    values.push(value);
                }
            }
        }
        (!values.is_empty()).then_some(Enum { repr, values })
    }

    /// The alternatives with their types, `null` left out.
    fn drafts(&mut self, base: &Shape, members: &[Pointer], id: TypeId) -> Vec<Draft> {
        let has_base = base.says_types();
        let mut drafts = Vec::with_capacity(members.len());
        for member in members {
            let shape = self.shape(member);
            if shape.null {
                continue;
            }
            let name = self.variant_name(member, &shape);
            let origin = Origin::Variant {
                parent: id,
                name: name.clone(),
            };
            let (value, shape) = if has_base {
                let mut merged = self.merged(base, &shape);
                self.unions.combined += 1;
                if self.unions.combined > MAX_COMBINED && !merged.alternatives.is_empty() {
                    let message =
                        "so many alternatives are combined that those further in are left out";
                    self.left_out(member, message);
                    Rc::make_mut(&mut merged).alternatives.clear();
                }
                // The merged schema needs a place of its own, because `member` is the place of the alternative
                // alone.
                let at = member.child("allOf");
                (self.inline(&merged, origin, &at), merged)
            } else {
                (self.value(member, origin), shape)
            };
            let doc = self.words(member);
            drafts.push(Draft {
                name,
                value,
                shape,
                at: self.document.end(member),
                doc,
            });
        }
        drafts
    }

    /// The shape of a schema merged with that of one of its alternatives.
    pub(super) fn merged(&self, base: &Shape, alternative: &Shape) -> Rc<Shape> {
        let mut merged = base.clone();
        merged.merge(alternative);
        merged.nullable = alternative.nullable;
        merged.doc = alternative.doc.clone();
        if base.additional == Additional::Forbidden && merged.additional == Additional::Unsaid {
            merged.additional = Additional::Forbidden;
        }
        Rc::new(merged)
    }

    /// The name of an alternative: its schema's name, else a constant that it holds, else its title, else its
    /// JSON type.
    fn variant_name(&mut self, member: &Pointer, shape: &Rc<Shape>) -> String {
        let target = self.document.end(member);
        if let Some(name) = self.name_of(&target) {
            return name;
        }
        // An alias is named after its target; `passed` stops at cycles of aliases.
        let (mut named, mut passed) = (member.clone(), PointerSet::default());
        let mut shape = Rc::clone(shape);
        while let Some((target, _)) = self.alias(&named).filter(|_| passed.insert(named.clone())) {
            if let Some(name) = self.name_of(&self.document.end(&target)) {
                return name;
            }
            shape = self.shape(&target);
            named = target;
        }
        let shape = &shape;
        if let [Value::String(value)] = shape.values.as_slice() {
            return value.clone();
        }
        let told = self.told(shape, &named).unwrap_or_default();
        if let Some(constant) = told.into_iter().find_map(|(_, held)| held.only_value()) {
            return constant;
        }
        if let Some(title) = &shape.title {
            return title.clone();
        }
        self.kind_name(shape, 0)
    }

    /// The name of a schema that has one.
    pub(super) fn name_of(&self, at: &Pointer) -> Option<String> {
        let component = at.component("schemas").map(String::from);
        component.or_else(|| super::place::file_schema(at))
    }

    fn kind_name(&mut self, shape: &Rc<Shape>, depth: usize) -> String {
        let name = match shape.json_type() {
            Some(JsonType::Boolean) => "boolean",
            Some(JsonType::Integer) => "integer",
            Some(JsonType::Number) => "number",
            Some(JsonType::String) => "string",
            Some(JsonType::Object) => "object",
            Some(JsonType::Array) => match shape.items.first() {
                Some(item) if depth < MAX_DEPTH => {
                    let inner = self.shape(item);
                    let name = match self.name_of(&self.document.end(item)) {
                        Some(name) => name,
                        None => self.kind_name(&inner, depth + 1),
                    };
                    return format!("{name} list");
                }
                _ => "list",
            },
            None => "other",
        };
        name.to_owned()
    }

    /// The union of the drafts. Drafts of the same type become one variant.
    pub(super) fn union_of(
        &mut self,
        drafts: Vec<Draft>,
        discriminator: Option<&Discriminator>,
        at: &Pointer,
    ) -> Union {
        let mut variants: Vec<Variant> = Vec::with_capacity(drafts.len());
        let mut told: Vec<Told> = Vec::with_capacity(drafts.len());
        let mut candidates: Vec<Candidates> = Vec::with_capacity(drafts.len());
        let mapped = Mapped::new(discriminator);
        for draft in drafts {
            let candidate = match discriminator {
                Some(by) => self.candidates(&draft.at, &draft.shape, by, &mapped),
                None => Candidates::default(),
            };
            let inner = discriminator.map(|by| self.inner_values(&draft.shape, &by.property, 0));
            let candidate = candidate.with_inner(inner.unwrap_or_default());
            let tells = self.told(&draft.shape, &draft.at);
            let is_same = |variant: &Variant| variant.value.ty == draft.value.ty;
            match variants.iter().position(is_same) {
                Some(index) => {
                    candidates[index].extend(candidate);
                    told[index] = tag::of_either(told[index].take(), tells);
                }
                None => {
                    variants.push(Variant {
                        name: draft.name,
                        value: draft.value,
                        tags: Vec::new(),
                        doc: draft.doc,
                    });
                    told.push(tells);
                    candidates.push(candidate);
                }
            }
        }
        let by = discriminator.map(|by| (by, candidates.as_slice()));
        let (tag, unusable) = discriminator::tag(&mut variants, &told, by);
        if let Some(reason) = unusable {
            let message = format!("the discriminator cannot tell the alternatives apart: {reason}");
            let label = match &tag {
                Some(tag) => format!("told by `{tag}`"),
                None => "told by what values look like".to_owned(),
            };
            let diagnostic = Diagnostic::warning(Code::NotCarriedOver, at, message);
            self.diagnostics.push(diagnostic.label(label));
        }
        Union { variants, tag }
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::ty;

    #[test]
    fn alternatives_become_a_union() {
        for (schema, expected) in [
            (
                "{oneOf: [{type: string}, {type: integer}]}",
                "String | Int64",
            ),
            ("{anyOf: [{type: string}, {type: 'null'}]}", "String"),
            ("{type: [string, integer]}", "String | Int64"),
            ("{oneOf: [{type: string}]}", "String"),
            ("{oneOf: [{enum: [a]}, {enum: [b]}]}", r#""a" | "b""#),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }
}
