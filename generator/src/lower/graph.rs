//! What follows from the graph of types: which of them a request can hold, and which fields must
//! be boxed because the type around them would otherwise contain itself.

use crate::ir::{Api, Kind, Type, TypeId, TypeRef, Types};

/// Marks every type that can be part of a request.
pub(super) fn mark_requests(api: &mut Api) {
    let mut stack = Vec::new();
    for operation in &api.operations {
        if let Some(body) = &operation.body {
            definitions(&body.content.value, &mut stack);
        }
        for parameter in &operation.parameters {
            definitions(&parameter.value, &mut stack);
        }
    }
    while let Some(id) = stack.pop() {
        if !std::mem::replace(&mut api.types[id].in_request, true) {
            for value in parts(&api.types[id].kind) {
                definitions(value, &mut stack);
            }
        }
    }
}

/// Adds the definitions that a type names, through lists and maps.
fn definitions(value: &TypeRef, found: &mut Vec<TypeId>) {
    match &value.ty {
        Type::Definition(id) => found.push(*id),
        Type::List(inner) | Type::Map(inner) => definitions(inner, found),
        Type::Scalar(_) | Type::Object | Type::Any => {}
    }
}

/// The values that a definition holds.
fn parts(kind: &Kind) -> Vec<&TypeRef> {
    match kind {
        Kind::Struct(object) | Kind::Headers(object) => {
            object.fields.iter().map(|field| &field.value).collect()
        }
        Kind::Enum(_) => Vec::new(),
        Kind::Alias(target) => vec![target],
    }
}

/// How far the search for cycles has come with a type.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    /// On the way from the start of the search to where it stands.
    Open,
    Done,
}

/// Boxes the fields that close a cycle of types which hold each other directly.
///
/// Lists and maps hold their items on the heap already, so they end a cycle by themselves.
pub(super) fn box_cycles(types: &mut Types) {
    let mut visits = vec![Visit::New; types.len()];
    let ids: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for id in ids {
        search(id, types, &mut visits);
    }
}

/// Searches depth first from `start` and boxes every field that leads back to an open type.
fn search(start: TypeId, types: &mut Types, visits: &mut [Visit]) {
    if visits[start.index()] != Visit::New {
        return;
    }
    visits[start.index()] = Visit::Open;
    let mut stack = vec![(start, 0)];
    while let Some((id, next)) = stack.pop() {
        let Some(target) = direct(&types[id].kind, next) else {
            if next < parts(&types[id].kind).len() {
                stack.push((id, next + 1));
            } else {
                visits[id.index()] = Visit::Done;
            }
            continue;
        };
        stack.push((id, next + 1));
        match visits[target.index()] {
            Visit::New => {
                visits[target.index()] = Visit::Open;
                stack.push((target, 0));
            }
            Visit::Open => box_part(&mut types[id].kind, next),
            Visit::Done => {}
        }
    }
}

/// The definition that the part at `index` holds without indirection.
fn direct(kind: &Kind, index: usize) -> Option<TypeId> {
    match parts(kind).get(index)?.ty {
        Type::Definition(id) => Some(id),
        _ => None,
    }
}

fn box_part(kind: &mut Kind, index: usize) {
    match kind {
        Kind::Struct(object) | Kind::Headers(object) => object.fields[index].value.boxed = true,
        Kind::Alias(target) => target.boxed = true,
        Kind::Enum(_) => {}
    }
}
