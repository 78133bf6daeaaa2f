//! Tags: properties that say which of several schemas an object satisfies.
//!
//! A document declares one as `discriminator` (see `discriminator.rs`). Where it does not, a property that every
//! alternative requires will do, if no two alternatives have a value of it in common.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::Lowering;
use super::shape::Shape;
use super::union::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic};
use crate::pointer::Pointer;

/// How many schemas are examined to find the listed values of one schema's properties. Nested alternatives
/// multiply.
const MAX_LOOKED_AT: usize = 20_000;

/// How many schemas are examined in a whole document to find the listed values of properties.
pub(super) const MAX_LOOKED_AT_IN_ALL: usize = 500_000;

/// The properties of an object that list their values, by name; `None` if the schema is not an object.
pub(super) type Told = Option<IndexMap<String, ListedValues>>;

/// What a property that lists its values says.
#[derive(Debug, Clone)]
pub(super) struct ListedValues {
    /// The texts of the values.
    pub(super) values: Vec<String>,
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

/// A scalar as the text that a tag is compared with.
fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Whether every variant has values, and no value occurs twice.
pub(super) fn is_telling<'v>(mut tags: impl Iterator<Item = &'v [String]>) -> bool {
    let mut seen = HashSet::new();
    tags.all(|tags| !tags.is_empty() && tags.iter().all(|tag| seen.insert(tag)))
}

/// A property that every variant requires, and no value of which belongs to two variants.
pub(super) fn implied_tag(told: &[&IndexMap<String, ListedValues>]) -> Option<String> {
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
    use crate::cases::ty;

    #[test]
    fn constants_tell_where_nothing_is_said() {
        let constant = |value: &str| {
            format!("{{type: object, required: [t], properties: {{t: {{const: {value}}}}}}}")
        };
        let schema = format!("{{oneOf: [{}, {}]}}", constant("a"), constant("b"));
        assert_eq!(ty(&schema), "A::a(a) | A::b(b) by t");
    }
}
