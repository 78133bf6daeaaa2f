//! Boxes for parts that close a cycle of types which hold each other directly.

use super::circle::Visit;
use crate::ir::{Kind, Lowered, Types};
use crate::terms::{Type, TypeId};

/// Boxes the parts that close a cycle of types which hold each other directly.
///
/// Lists and maps hold their items on the heap already, so they end a cycle by themselves.
pub(super) fn close(types: &mut Types<Lowered>) {
    let mut visits = vec![Visit::New; types.len()];
    for id in types.ids() {
        search(id, types, &mut visits);
    }
}

/// Searches depth first from `start` and boxes every part that leads back to an open type.
fn search(start: TypeId, types: &mut Types<Lowered>, visits: &mut [Visit]) {
    if visits[start.index()] != Visit::New {
        return;
    }
    visits[start.index()] = Visit::Open;
    let mut stack = vec![(start, direct_parts(&types[start].kind))];
    while let Some((id, parts)) = stack.last_mut() {
        let id = *id;
        let Some((part, target)) = parts.pop() else {
            visits[id.index()] = Visit::Done;
            stack.pop();
            continue;
        };
        match visits[target.index()] {
            Visit::New => {
                visits[target.index()] = Visit::Open;
                let parts = direct_parts(&types[target].kind);
                stack.push((target, parts));
            }
            Visit::Open => box_part(&mut types[id].kind, part),
            Visit::Done => {}
        }
    }
}

/// The parts of a definition that hold another one without indirection, the last first.
fn direct_parts(kind: &Kind) -> Vec<(usize, TypeId)> {
    let mut direct = Vec::new();
    for (index, part) in kind.parts().into_iter().enumerate() {
        match &part.ty {
            Type::Definition(id) => direct.push((index, *id)),
            Type::Tuple(_) => part.definitions(&mut |id| direct.push((index, id))),
            _ => {}
        }
    }
    direct.reverse();
    direct
}

fn box_part(kind: &mut Kind, index: usize) {
    if let Some(part) = kind.parts_mut().into_iter().nth(index) {
        part.boxed = true;
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types;

    #[test]
    fn only_what_closes_a_circle_is_boxed() {
        assert_eq!(
            types(
                "{A: {properties: {b: {$ref: '#/components/schemas/B'}}}, B: {properties: {a: {$ref: '#/components/schemas/A'}, all: {items: {$ref: '#/components/schemas/B'}}}}}"
            ),
            ["A {b?: B}", "B {a?: Box A, all?: [B]}"],
        );
    }
}
