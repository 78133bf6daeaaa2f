//! Combined schemas: the type of several that must all hold.

use std::collections::HashMap;

use super::Lowering;
use super::schema::MAX_OPEN;
use crate::ir::Origin;
use crate::pointer::Pointer;
use crate::terms::{Type, TypeRef};

/// How many sets of schemas are combined at most, because even a small document can describe any number of
/// them.
const MAX_MERGED: usize = 5_000;

/// The types of schemas that must all hold.
#[derive(Default)]
pub(super) struct Combined {
    /// The type of each set of schemas, by their sorted places; `None` while it is being made.
    pub(super) types: HashMap<Vec<Pointer>, Option<TypeRef>>,
    /// How many are being made inside of each other.
    open: usize,
}

impl Lowering<'_> {
    /// The type of several schemas that must all hold.
    pub(super) fn value_of_all(&mut self, places: &[Pointer], origin: Origin) -> TypeRef {
        let places = self.distinct(places);
        let Some(first) = places.first() else {
            return Type::Any.into();
        };
        if places.len() == 1 {
            return self.value(first, origin);
        }
        let mut key: Vec<Pointer> = places.iter().map(|at| self.document.end(at)).collect();
        key.sort();
        // The combined schema needs a place of its own, because `first` is only one part of it.
        let at = first.child("allOf");
        match self.combined.types.get(&key) {
            Some(Some(known)) => return known.clone(),
            Some(None) => {
                self.untyped(&at, "this schema is a list or map of itself");
                return Type::Any.into();
            }
            None if self.combined.types.len() >= MAX_MERGED || self.combined.open >= MAX_OPEN => {
                self.left_out(
                    &at,
                    "so many schemas are combined that only the first counts here",
                );
                return self.value(first, origin);
            }
            None => {}
        }
        self.combined.types.insert(key.clone(), None);
        self.combined.open += 1;
        let shape = self.shape_of_all(&places);
        let value = self.inline_as(&shape, origin, &at, Some(&key));
        self.combined.open -= 1;
        self.combined.types.insert(key, Some(value.clone()));
        value
    }

    /// The schemas without duplicates and without those that another one already includes through `allOf`.
    fn distinct(&mut self, places: &[Pointer]) -> Vec<Pointer> {
        let mut distinct: Vec<Pointer> = Vec::with_capacity(places.len());
        for place in places {
            let end = self.document.end(place);
            if distinct.iter().all(|other| self.document.end(other) != end) {
                distinct.push(place.clone());
            }
        }
        let mut index = 0;
        while distinct.len() > 1 && index < distinct.len() {
            let end = self.document.end(&distinct[index]);
            let others = distinct
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index);
            let mut others: Vec<Pointer> = others.map(|(_, at)| at.clone()).collect();
            match others
                .iter()
                .any(|other| self.shape(other).bases.contains(&end))
            {
                true => distinct = std::mem::take(&mut others),
                false => index += 1,
            }
        }
        distinct
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types;

    #[test]
    fn a_property_that_is_said_twice_must_be_both() {
        assert_eq!(
            types(
                "{A: {allOf: [{properties: {p: {properties: {a: {type: string}}}}}, {properties: {p: {properties: {b: {type: string}}}}}]}}"
            ),
            ["A {p?: A.p}", "A.p {a?: String, b?: String}"],
        );
    }
}
