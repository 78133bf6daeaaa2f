//! Tags: properties that say which of several schemas an object satisfies.
//!
//! A document declares one as `discriminator`, of alternatives or of a schema that others extend. Where it does
//! not, a property that every alternative requires will do, if no two alternatives have a value of it in
//! common.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use super::shape::{Discriminator, Shape};
use super::union::{Draft, MAX_DEPTH};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Kind, Origin, Variant};
use crate::pointer::{Pointer, PointerMap};
use crate::terms::Doc;

/// How many schemas are examined to find the listed values of one schema's properties. Nested alternatives
/// multiply.
const MAX_LOOKED_AT: usize = 20_000;

/// How many schemas are examined in a whole document to find the listed values of properties.
const MAX_LOOKED_AT_IN_ALL: usize = 500_000;

/// The properties of an object that list their values, by name; `None` if the schema is not an object.
pub(super) type Told = Option<IndexMap<String, ListedValues>>;

/// What a property that lists its values says.
#[derive(Debug, Clone)]
pub(super) struct ListedValues {
    /// The texts of the values.
    values: Vec<String>,
    required: bool,
}

impl ListedValues {
    /// The value, if there is only one and the property always has it.
    pub(super) fn only_value(self) -> Option<String> {
        let mut values = self.values;
        (self.required && values.len() == 1)
            .then(|| values.pop())
            .flatten()
    }
}

/// The values of a discriminator's mapping, by what they mean.
pub(super) struct Mapped<'d>(HashMap<&'d str, Vec<&'d str>>);

impl<'d> Mapped<'d> {
    pub(super) fn new(discriminator: Option<&'d Discriminator>) -> Self {
        let mut mapped: HashMap<&str, Vec<&str>> = HashMap::new();
        for (value, target) in discriminator.into_iter().flat_map(|d| &d.mapping) {
            let (name, target) = (target_name(target), target.as_str());
            mapped.entry(name).or_default().push(value);
            if name != target {
                mapped.entry(target).or_default().push(value);
            }
        }
        Self(mapped)
    }

    /// The values that map to the schema with this name or at this place, sorted and without duplicates.
    fn values(&self, name: Option<&str>, at: &Pointer) -> Vec<String> {
        let place = at.to_string();
        let keys = name.into_iter().chain([place.as_str()]);
        let values = keys.filter_map(|key| self.0.get(key)).flatten();
        let values: BTreeSet<&str> = values.copied().collect();
        values.into_iter().map(str::to_owned).collect()
    }
}

impl Lowering<'_> {
    /// The properties of a schema's objects that list their values.
    pub(super) fn told(&mut self, shape: &Rc<Shape>, at: &Pointer) -> Told {
        let (mut left, was_enough) = (MAX_LOOKED_AT, self.unions.looked_at <= MAX_LOOKED_AT_IN_ALL);
        let told = self.told_within(shape, 0, &mut left);
        // One diagnostic for the document is enough.
        if was_enough && (left == 0 || self.unions.looked_at > MAX_LOOKED_AT_IN_ALL) {
            let message = "there are too many alternatives in alternatives to look at what the members of all of them hold";
            let diagnostic = Diagnostic::warning(Code::BudgetExceeded, at, message);
            let label = "told from others by how it looks";
            self.diagnostics.push(diagnostic.label(label));
        }
        told
    }

    /// The properties of a schema's objects that list their values, as long as at most `left` schemas are
    /// examined.
    fn told_within(&mut self, shape: &Rc<Shape>, depth: usize, left: &mut usize) -> Told {
        let members: usize = shape.alternatives.iter().map(|a| a.members.len()).sum();
        self.unions.looked_at += 1 + members;
        *left = left.saturating_sub(1 + members);
        if *left == 0 || depth > MAX_DEPTH || self.unions.looked_at > MAX_LOOKED_AT_IN_ALL {
            return None;
        }
        if let Some((index, members)) = self.alternatives(shape) {
            let base = shape.without_alternatives(index);
            let has_base = base.says_types();
            let mut all: Option<Told> = None;
            for member in members {
                let member = self.shape(&member);
                let member = if has_base {
                    self.merged(&base, &member)
                } else {
                    member
                };
                if !member.null {
                    let told = self.told_within(&member, depth + 1, left);
                    all = Some(match all {
                        Some(before) => of_either(before, told),
                        None => told,
                    });
                }
            }
            return all.flatten();
        }
        if !shape.is_object() {
            return None;
        }
        let mut told = IndexMap::new();
        for (name, places) in &shape.properties {
            let member = self.shape_of_all(places);
            let values: Option<Vec<String>> = member.values.iter().map(plain_text).collect();
            if let Some(values) = values.filter(|values| !values.is_empty()) {
                let required = shape.required.contains(name);
                told.insert(name.clone(), ListedValues { values, required });
            }
        }
        Some(told)
    }

    /// The values of a discriminator that mean an alternative: what the mapping says, else what the
    /// property always holds, else the schema's name.
    pub(super) fn tag_values(
        &mut self,
        draft: &Draft,
        discriminator: &Discriminator,
        mapped: &Mapped<'_>,
    ) -> Vec<String> {
        let name = self.name_of(&draft.at);
        let mapped = mapped.values(name.as_deref(), &draft.at);
        if !mapped.is_empty() {
            return mapped;
        }
        let mut told = self.told(&draft.shape, &draft.at).unwrap_or_default();
        match told.shift_remove(&discriminator.property) {
            Some(held) => held.values,
            None => name.into_iter().collect(),
        }
    }

    /// The union of all schemas that extend the one at a place, if that has a discriminator.
    pub(super) fn inheritance(&mut self, at: &Pointer) -> Option<Kind> {
        let discriminator = self.own_discriminator(at)?;
        let heirs = self.heirs(at, &discriminator);
        if heirs.is_empty() {
            return None;
        }
        let mut drafts = Vec::with_capacity(heirs.len());
        for heir in heirs {
            let name = self.name_of(&heir).unwrap_or_default();
            let shape = self.shape(&heir);
            let value = self.value(&heir, Origin::Schema(name.clone()));
            drafts.push(Draft {
                name,
                value,
                shape,
                at: heir,
                doc: Doc::default(),
            });
        }
        Some(Kind::Union(self.union_of(drafts, Some(&discriminator))))
    }

    /// The discriminator of a schema that has no alternatives of its own.
    fn own_discriminator(&mut self, at: &Pointer) -> Option<Discriminator> {
        self.document.value(at)?.get("discriminator")?;
        let shape = self.shape(at);
        shape
            .discriminator
            .clone()
            .filter(|_| shape.alternatives.is_empty())
    }

    /// The schemas that a discriminator's mapping names, and those that extend the base, directly or
    /// through others.
    fn heirs(&self, base: &Pointer, discriminator: &Discriminator) -> Vec<Pointer> {
        let schemas = Pointer::root().child("components").child("schemas");
        let mapped = discriminator
            .mapping
            .values()
            .map(|target| schemas.child(target_name(target)));
        let mapped = mapped.filter(|at| at != base && self.document.value(at).is_some());
        let mapped: BTreeSet<Pointer> = mapped.collect();
        let mut heirs: Vec<Pointer> = Vec::new();
        let mut seen = HashSet::from([base.clone()]);
        let mut walked = seen.clone();
        let mut bases = vec![base.clone()];
        for at in mapped {
            if seen.insert(at.clone()) {
                heirs.push(at);
            }
        }
        while let Some(base) = bases.pop() {
            for heir in self.heirs.get(&base).into_iter().flatten() {
                if seen.insert(heir.clone()) {
                    heirs.push(heir.clone());
                }
                if walked.insert(heir.clone()) {
                    bases.push(heir.clone());
                }
            }
        }
        heirs
    }

    /// Notes which named schemas have others in their `allOf`.
    pub(super) fn note_heirs(&mut self) {
        let mut heirs: PointerMap<Vec<Pointer>> = PointerMap::default();
        for (_, at) in self.document.components("schemas") {
            for member in self.document.elements(&at.child("allOf")) {
                let base = self.document.end(&member);
                if base.component("schemas").is_some() && base != at {
                    heirs.entry(base).or_default().push(at.clone());
                }
            }
        }
        self.heirs = heirs;
    }
}

/// The listed values of an object that is one of two: those of the properties that both have.
pub(super) fn of_either(one: Told, other: Told) -> Told {
    let (one, mut other) = (one?, other?);
    let both = one.into_iter().filter_map(|(name, mut held)| {
        let more = other.shift_remove(&name)?;
        held.required &= more.required;
        for value in more.values {
            if !held.values.contains(&value) {
                held.values.push(value);
            }
        }
        Some((name, held))
    });
    Some(both.collect())
}

/// The name of the schema that a mapping's target means: a reference, a file or a bare name.
fn target_name(target: &str) -> &str {
    let name = target.rsplit(['/', '#']).next().unwrap_or(target);
    name.strip_suffix(".json")
        .or_else(|| name.strip_suffix(".yaml"))
        .or_else(|| name.strip_suffix(".yml"))
        .unwrap_or(name)
}

/// A scalar as the text that a tag is compared with.
fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The property that distinguishes all variants, if there is one. The tags of the variants become its values.
pub(super) fn tag(
    variants: &mut [Variant],
    told: &[Told],
    discriminator: Option<&Discriminator>,
) -> Option<String> {
    let told: Option<Vec<&IndexMap<String, ListedValues>>> =
        told.iter().map(Option::as_ref).collect();
    if let Some(discriminator) = discriminator
        && told.is_some()
        && is_telling(variants.iter().map(|variant| variant.tags.as_slice()))
    {
        return Some(discriminator.property.clone());
    }
    variants.iter_mut().for_each(|variant| variant.tags.clear());
    let told = told?;
    let implied = implied_tag(&told)?;
    for (variant, told) in variants.iter_mut().zip(told) {
        variant.tags.clone_from(&told[&implied].values);
    }
    Some(implied)
}

/// Whether every variant has values, and no value occurs twice.
fn is_telling<'v>(mut tags: impl Iterator<Item = &'v [String]>) -> bool {
    let mut seen = HashSet::new();
    tags.all(|tags| !tags.is_empty() && tags.iter().all(|tag| seen.insert(tag)))
}

/// A property that every variant requires, and no value of which belongs to two variants.
fn implied_tag(told: &[&IndexMap<String, ListedValues>]) -> Option<String> {
    let is_required = |name: &&String| {
        told.iter()
            .all(|told| told.get(*name).is_some_and(|held| held.required))
    };
    let mut candidates = told.first()?.keys().filter(is_required);
    let is_tag = |name: &&String| is_telling(told.iter().map(|told| told[*name].values.as_slice()));
    candidates.find(is_tag).cloned()
}

#[cfg(test)]
mod tests {
    use crate::cases::{ty, types};

    const PETS: &str = "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}, \
         Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: string}}}";
    const EITHER: &str =
        "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]";

    fn union(discriminator: &str) -> String {
        let types = types(&format!("{{Pet: {{{EITHER}{discriminator}}}, {PETS}}}"));
        let pet = types.into_iter().find(|line| line.starts_with("Pet"));
        pet.expect("the union")
    }

    #[test]
    fn a_discriminator_tells_by_names_or_by_its_mapping() {
        assert_eq!(
            union(", discriminator: {propertyName: kind}"),
            "Pet = Cat(Cat) | Dog(Dog) by kind",
        );
        assert_eq!(
            union(
                ", discriminator: {propertyName: kind, mapping: {meow: Cat, woof: '#/components/schemas/Dog'}}"
            ),
            "Pet = Cat(meow) | Dog(woof) by kind",
        );
        assert_eq!(union(""), "Pet = Cat | Dog");
    }

    #[test]
    fn constants_tell_where_nothing_is_said() {
        let constant = |value: &str| {
            format!("{{type: object, required: [t], properties: {{t: {{const: {value}}}}}}}")
        };
        let schema = format!("{{oneOf: [{}, {}]}}", constant("a"), constant("b"));
        assert_eq!(ty(&schema), "A::a(a) | A::b(b) by t");
    }
}
