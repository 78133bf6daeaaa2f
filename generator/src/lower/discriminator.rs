//! Discriminators: the values of a tag that mean each schema (OpenAPI 3.1 §4.8.25).
//!
//! A discriminator stands beside alternatives, or in a schema that others extend: then those are the alternatives.
//! A schema is meant by what the mapping says, by `x-ms-discriminator-value`, by values that only its own property
//! lists, or else by its name.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexSet;

use super::Lowering;
use super::shape::{Discriminator, Shape};
use super::tag::{MAX_LOOKED_AT_IN_ALL, Told, implied_tag, is_telling};
use super::union::MAX_DEPTH;
use crate::ir::Variant;
use crate::pointer::{Pointer, PointerSet};

/// The extension by which Azure's documents say the value that means a schema.
const VALUE_EXTENSION: &str = "x-ms-discriminator-value";

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

/// What could mean an alternative.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    /// The values that the document says.
    said: Vec<String>,
    /// The values that the alternative's own property lists.
    listed: Vec<String>,
    /// The values that mean alternatives of the alternative, which is a union with the same tag.
    inner: Vec<String>,
    /// The name of the schema.
    name: Option<String>,
}

impl Candidates {
    /// Adds the values that mean the alternatives of the alternative.
    pub(super) fn with_inner(self, inner: Vec<String>) -> Self {
        Self { inner, ..self }
    }

    /// The name, if the property can have it for a value.
    fn own_name(&self) -> Option<String> {
        let name = self.name.clone()?;
        (self.listed.is_empty() || self.listed.contains(&name)).then_some(name)
    }

    /// Adds what could mean another alternative that has the same type.
    pub(super) fn extend(&mut self, other: Self) {
        self.said.extend(other.said);
        self.listed.extend(other.listed);
        self.inner.extend(other.inner);
        self.name = self.name.take().or(other.name);
    }
}

/// The values that mean each of some alternatives. Values that several of them list say nothing, because they
/// belong to an enum that these alternatives share.
fn values(candidates: &[Candidates]) -> Vec<Vec<String>> {
    let mut claims: HashMap<&str, usize> = HashMap::new();
    for candidate in candidates {
        let claimed = candidate.said.iter().chain(&candidate.listed);
        let name = candidate.name.iter().filter(|_| candidate.said.is_empty());
        let claimed: HashSet<&String> = claimed.chain(&candidate.inner).chain(name).collect();
        for value in claimed {
            *claims.entry(value.as_str()).or_default() += 1;
        }
    }
    let is_own = |value: &&String| claims[value.as_str()] == 1;
    let values = candidates.iter().map(|candidate| {
        let mut values = IndexSet::new();
        values.extend(candidate.said.iter().cloned());
        if candidate.listed.iter().all(|value| is_own(&value)) {
            values.extend(candidate.listed.iter().cloned());
        }
        let is_named = values.is_empty();
        values.extend(candidate.inner.iter().filter(is_own).cloned());
        if is_named {
            values.extend(candidate.own_name());
        }
        values.into_iter().collect()
    });
    values.collect()
}

impl Lowering<'_> {
    /// What could mean an alternative by a discriminator.
    pub(super) fn candidates(
        &mut self,
        alternative: &Pointer,
        shape: &Rc<Shape>,
        discriminator: &Discriminator,
        mapped: &Mapped<'_>,
    ) -> Candidates {
        let (at, name) = self.named_target(alternative);
        let mut said = mapped.values(name.as_deref(), &at);
        if said.is_empty() {
            let schema = self.document.value(&at);
            let value = schema.and_then(|schema| schema.get(VALUE_EXTENSION)?.as_str());
            said.extend(value.map(str::to_owned));
        }
        let told = self.told(shape, alternative);
        let listed = told.and_then(|mut told| told.shift_remove(&discriminator.property));
        Candidates {
            said,
            listed: listed.map(|listed| listed.values).unwrap_or_default(),
            inner: Vec::new(),
            name,
        }
    }

    /// The values that mean the alternatives of a schema, if that is a union with the same tag.
    pub(super) fn inner_values(
        &mut self,
        shape: &Rc<Shape>,
        property: &str,
        depth: usize,
    ) -> Vec<String> {
        let Some((discriminator, members)) = self.discriminated(shape) else {
            return Vec::new();
        };
        self.unions.looked_at += members.len();
        let is_enough = depth >= MAX_DEPTH || self.unions.looked_at > MAX_LOOKED_AT_IN_ALL;
        if discriminator.property != property || is_enough {
            return Vec::new();
        }
        let mapped = Mapped::new(Some(&discriminator));
        let mut candidates = Vec::with_capacity(members.len());
        for member in members {
            let shape = self.shape(&member);
            if !shape.null {
                let mut of_member = self.candidates(&member, &shape, &discriminator, &mapped);
                of_member.inner = self.inner_values(&shape, property, depth + 1);
                candidates.push(of_member);
            }
        }
        values(&candidates).into_iter().flatten().collect()
    }

    /// The discriminator of a schema, with the alternatives between which it decides.
    fn discriminated(&mut self, shape: &Shape) -> Option<(Discriminator, Vec<Pointer>)> {
        if let Some((index, members)) = self.alternatives(shape) {
            return Some((shape.alternatives[index].discriminator.clone()?, members));
        }
        let at = shape.at.as_ref()?;
        let discriminator = self.own_discriminator(at)?;
        let heirs = self.heirs(at, &discriminator);
        (!heirs.is_empty()).then_some((discriminator, heirs))
    }

    /// The schema that a place leads to through references and other names, and what it is called.
    fn named_target(&mut self, at: &Pointer) -> (Pointer, Option<String>) {
        let mut end = self.document.end(at);
        let mut passed = PointerSet::default();
        loop {
            if let Some(name) = self.name_of(&end) {
                return (end, Some(name));
            }
            match self.alias(&end).filter(|_| passed.insert(end.clone())) {
                Some((target, _)) => end = self.document.end(&target),
                None => return (end, None),
            }
        }
    }
}

/// The name of the schema that a mapping's target means: a reference, a file or a bare name.
pub(super) fn target_name(target: &str) -> &str {
    let name = target.rsplit(['/', '#']).next().unwrap_or(target);
    name.strip_suffix(".json")
        .or_else(|| name.strip_suffix(".yaml"))
        .or_else(|| name.strip_suffix(".yml"))
        .unwrap_or(name)
}

/// The property that distinguishes all variants, if there is one. The tags of the variants become its values. If it is
/// not the discriminator, the second result says why.
pub(super) fn tag(
    variants: &mut [Variant],
    told: &[Told],
    discriminator: Option<(&Discriminator, &[Candidates])>,
) -> (Option<String>, Option<String>) {
    let mut unusable = None;
    if let Some((discriminator, candidates)) = discriminator {
        let values = values(candidates);
        match why_not(variants, told, &values) {
            None => {
                for (variant, values) in variants.iter_mut().zip(values) {
                    variant.tags = values;
                }
                return (Some(discriminator.property.clone()), None);
            }
            Some(reason) => unusable = Some(reason),
        }
    }
    let told: Option<Vec<_>> = told.iter().map(Option::as_ref).collect();
    let implied = told.and_then(|told| {
        let implied = implied_tag(&told)?;
        for (variant, told) in variants.iter_mut().zip(told) {
            variant.tags.clone_from(&told[&implied].values);
        }
        Some(implied)
    });
    (implied, unusable)
}

/// Why a discriminator cannot tell variants apart, if it cannot.
fn why_not(variants: &[Variant], told: &[Told], values: &[Vec<String>]) -> Option<String> {
    let names = variants.iter().map(|variant| &variant.name);
    let mut with = names.zip(told.iter().zip(values));
    if let Some((name, _)) = with.clone().find(|(_, (told, _))| told.is_none()) {
        return Some(format!("`{name}` is not an object"));
    }
    if let Some((name, _)) = with.find(|(_, (_, values))| values.is_empty()) {
        return Some(format!("no value means `{name}` and nothing else"));
    }
    let is_telling = is_telling(values.iter().map(Vec::as_slice));
    (!is_telling).then(|| "one value means several alternatives".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, types};

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
    fn a_discriminator_that_is_not_used_is_reported_even_if_another_property_tells() {
        let alternative = |value: &str| {
            format!(
                "{{type: object, required: [k, t], \
                 properties: {{k: {{const: same}}, t: {{const: {value}}}}}}}"
            )
        };
        let (a, b) = (alternative("a"), alternative("b"));
        let schemas = format!("{{A: {{oneOf: [{a}, {b}], discriminator: {{propertyName: k}}}}}}");
        assert!(types(&schemas)[0].ends_with(" by t"));
        let said = diagnostics_of(&schemas);
        assert!(
            said[0].contains("cannot tell the alternatives apart"),
            "{said:?}"
        );
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
}
