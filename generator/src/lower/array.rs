//! Arrays: lists, and tuples where the number of items is fixed (JSON Schema 2020-12 §10.3.1).
//!
//! `prefixItems` says what each item is and not how many there are, so an array with it can be shorter and longer.

use std::rc::Rc;

use super::Lowering;
use super::shape::{Alternatives, Shape};
use crate::ir::{Kind, Origin};
use crate::pointer::Pointer;
use crate::terms::{Type, TypeRef};

/// Arrays of fixed length up to this one are tuples.
const MAX_TUPLE: usize = 8;

impl Lowering<'_> {
    /// The type of an array.
    pub(super) fn array(&mut self, shape: &Shape, origin: &Origin) -> Type {
        let of_item = Origin::Item(Box::new(origin.clone()));
        if shape.prefix.is_empty() {
            let item = match shape.items.as_slice() {
                [] => Type::Any.into(),
                items => self.value_of_all(items, of_item),
            };
            return Type::List(Box::new(item));
        }
        match self.fixed_length(shape) {
            Some(length) => Type::Tuple(self.tuple(shape, length, &of_item)),
            None => Type::List(Box::new(self.any_item(shape, of_item))),
        }
    }

    /// The number of items, if there can be only one and a tuple can have it.
    fn fixed_length(&self, shape: &Shape) -> Option<usize> {
        let most = match self.is_closed(shape) {
            true => Some(shape.prefix.len() as u64),
            false => None,
        };
        let most = most.into_iter().chain(shape.max_items).min()?;
        let length = usize::try_from(most).ok()?;
        (shape.min_items == most && (1..=MAX_TUPLE).contains(&length)).then_some(length)
    }

    /// Whether there are no items behind those that `prefixItems` describes.
    fn is_closed(&self, shape: &Shape) -> bool {
        let is_nothing = |at: &Pointer| {
            let schema = self.document.value(&self.document.end(at));
            let not = schema.and_then(|schema| schema.get("not")?.as_object());
            not.is_some_and(serde_json::Map::is_empty)
        };
        shape.items.iter().any(is_nothing)
    }

    /// The items of a tuple: those that `prefixItems` describes, then those that `items` does.
    fn tuple(&mut self, shape: &Shape, length: usize, of_item: &Origin) -> Vec<TypeRef> {
        let described = shape.prefix.iter().map(std::slice::from_ref);
        let rest = std::iter::repeat(shape.items.as_slice());
        let items = described.chain(rest).take(length);
        let items = items.map(|schemas| self.value_of_all(schemas, of_item.clone()));
        items.collect()
    }

    /// The type of every item of an array that can be shorter and longer: one of those that are described. An item
    /// that is not described can be anything, which a union keeps as it is.
    fn any_item(&mut self, shape: &Shape, of_item: Origin) -> TypeRef {
        let is_open = shape.items.is_empty();
        let rest = shape.items.iter().filter(|_| !self.is_closed(shape));
        let members: Vec<Pointer> = shape.prefix.iter().chain(rest).cloned().collect();
        let first = self.document.end(&members[0]);
        if !is_open
            && members
                .iter()
                .all(|member| self.document.end(member) == first)
        {
            return self.value(&members[0], of_item);
        }
        let at = shape.at.clone().unwrap_or_else(Pointer::root);
        let alternatives = Alternatives {
            members,
            discriminator: None,
        };
        let either = Rc::new(Shape {
            alternatives: vec![alternatives],
            ..Shape::default()
        });
        let item = self.inline(&either, of_item, &at.child("prefixItems"));
        let is_union = |ty: &Type| match ty {
            Type::Definition(id) => matches!(self.types[*id].kind, Kind::Union(_)),
            _ => false,
        };
        match is_open && !is_union(&item.ty) {
            true => Type::Any.into(),
            false => item,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::{ty, types};

    #[test]
    fn arrays_become_lists_and_tuples() {
        for (schema, expected) in [
            ("{type: array}", "[Any]"),
            (
                "{type: array, items: {type: [integer, 'null']}}",
                "[Int64?]",
            ),
            (
                "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}",
                "(String, Int64)",
            ),
            (
                "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, items: false}",
                "(String, Int64)",
            ),
            (
                "{type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, unevaluatedItems: false}",
                "(String, Int64)",
            ),
            (
                "{type: array, prefixItems: [{type: string}], minItems: 2, maxItems: 2, items: {type: integer}}",
                "(String, Int64)",
            ),
            (
                "{type: array, prefixItems: [{type: string}], minItems: 2, maxItems: 2}",
                "(String, Any)",
            ),
            (
                "{type: array, prefixItems: [{type: string}, {type: string}], items: false}",
                "[String]",
            ),
            ("{type: array, prefixItems: [{type: string}]}", "[Any]"),
            (
                "{type: array, unevaluatedItems: {type: string}}",
                "[String]",
            ),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }

    #[test]
    fn an_array_that_can_be_shorter_and_longer_is_a_list() {
        for bounds in [
            "",
            ", minItems: 1",
            ", maxItems: 2",
            ", items: {type: boolean}",
        ] {
            let schema = format!(
                "{{A: {{type: array, prefixItems: [{{type: string}}, {{type: integer}}]{bounds}}}}}"
            );
            let types = types(&schema);
            assert_eq!(types[0], "A = [A[]]", "{bounds}");
            assert!(types[1].starts_with("A[] = String | Int64"), "{bounds}");
        }
    }
}
