//! Types whose values would be nothing but themselves: Rust cannot express such a type, and decoding one would
//! never end.

use std::collections::HashSet;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Kind, Lowered, Types};
use crate::terms::{Type, TypeId, TypeRef};

/// Removes the variants by which a union leads back to itself: `A` is `B` or text, and `B` is `A` or a number.
/// They allow no further values, and decoding one would never end.
pub(super) fn drop_variants(types: &mut Types<Lowered>, diagnostics: &mut Diagnostics) {
    let candidates = in_circles(types);
    for id in types.ids().filter(|id| candidates[id.index()]) {
        let Kind::Union(union) = &types[id].kind else {
            continue;
        };
        let circular: Vec<bool> = union
            .variants
            .iter()
            .map(|variant| is_itself(&variant.value, id, types))
            .collect();
        if !circular.contains(&true) {
            continue;
        }
        let at = types[id].at.clone();
        let Kind::Union(union) = &mut types[id].kind else {
            continue;
        };
        let mut circular = circular.into_iter();
        union
            .variants
            .retain(|_| !circular.next().unwrap_or_default());
        let message = "an alternative leads back to the schema itself";
        diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message).label("left out"));
        match union.variants.as_slice() {
            [] => types[id].kind = Kind::Alias(Type::Any.into()),
            [only] => types[id].kind = Kind::Alias(only.value.clone()),
            _ => {}
        }
    }
}

/// The types that may be on a cycle: all but those that remain without a successor or without a predecessor
/// when such types are removed again and again.
fn in_circles(types: &Types<Lowered>) -> Vec<bool> {
    let next: Vec<Vec<TypeId>> = types.iter().map(|(_, ty)| directly(&ty.kind)).collect();
    let mut before: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    for id in types.ids() {
        next[id.index()]
            .iter()
            .for_each(|to| before[to.index()].push(id));
    }
    let mut left = vec![true; types.len()];
    for (towards, from) in [(&next, &before), (&before, &next)] {
        let mut degrees: Vec<usize> = towards.iter().map(Vec::len).collect();
        let mut open: Vec<TypeId> = types.ids().filter(|id| degrees[id.index()] == 0).collect();
        while let Some(id) = open.pop() {
            left[id.index()] = false;
            for other in &from[id.index()] {
                degrees[other.index()] -= 1;
                open.extend((degrees[other.index()] == 0).then_some(*other));
            }
        }
    }
    left
}

/// The definitions that a value of a union or an alias can be directly, not as an item of a list or map.
fn directly(kind: &Kind) -> Vec<TypeId> {
    let direct = |value: &TypeRef| match value.ty {
        Type::Definition(id) => Some(id),
        _ => None,
    };
    match kind {
        Kind::Union(union) => union
            .variants
            .iter()
            .filter_map(|v| direct(&v.value))
            .collect(),
        Kind::Alias(target) => direct(target).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether a variant leads back to its own union through unions and aliases alone.
fn is_itself(variant: &TypeRef, union: TypeId, types: &Types<Lowered>) -> bool {
    let mut stack: Vec<TypeId> = Vec::new();
    let mut seen: HashSet<TypeId> = HashSet::new();
    if let Type::Definition(id) = variant.ty {
        stack.push(id);
    }
    while let Some(id) = stack.pop() {
        if id == union {
            return true;
        }
        if seen.insert(id) {
            stack.extend(directly(&types[id].kind));
        }
    }
    false
}

/// Replaces aliases that are only lists or maps of themselves by [`Type::Any`]: Rust cannot express them.
pub(super) fn break_aliases(types: &mut Types<Lowered>, diagnostics: &mut Diagnostics) {
    let mut visits = vec![Visit::New; types.len()];
    for id in types.ids() {
        let mut path = vec![id];
        while let Some(&id) = path.last() {
            if std::mem::replace(&mut visits[id.index()], Visit::Open) == Visit::Done {
                visits[id.index()] = Visit::Done;
            }
            let next = aliases(&types[id].kind, types)
                .into_iter()
                .find(|next| visits[next.index()] != Visit::Done);
            match next {
                Some(next) if visits[next.index()] == Visit::Open => {
                    let at = types[id].at.clone();
                    let reason = "this schema is nothing but a list or map of itself";
                    diagnostics.push(
                        Diagnostic::warning(Code::Untyped, at, reason)
                            .label("becomes `serde_json::Value`"),
                    );
                    types[id].kind = Kind::Alias(Type::Any.into());
                }
                Some(next) => path.push(next),
                None => {
                    visits[id.index()] = Visit::Done;
                    path.pop();
                }
            }
        }
    }
}

/// How far the search for cycles has come with a type.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Visit {
    New,
    /// On the path from the start of the search to its current type.
    Open,
    Done,
}

/// The aliases that an alias names.
fn aliases(kind: &Kind, types: &Types<Lowered>) -> Vec<TypeId> {
    let mut named = Vec::new();
    if let Kind::Alias(target) = kind {
        target.definitions(&mut |id| named.push(id));
    }
    named.retain(|id| matches!(types[*id].kind, Kind::Alias(_)));
    named
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, types};

    #[test]
    fn a_value_is_never_itself() {
        let circle = "{A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}, \
                      B: {oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}}";
        assert_eq!(
            diagnostics_of(circle),
            ["warning /A: an alternative leads back to the schema itself"],
        );
        assert_eq!(types(circle), ["A = String", "B = A | Int64"]);
        let list = "{A: {items: {$ref: '#/components/schemas/A'}}}";
        assert_eq!(types(list), ["A = Any"]);
    }
}
