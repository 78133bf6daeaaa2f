//! Sizes: how many bytes a value of a type takes, roughly, so that no enum has one huge variant and
//! no struct is too large for a stack.
//!
//! An enum is as large as its largest variant. Large ones are boxed, which is also what
//! `clippy::large_enum_variant` asks for. A struct is as large as all that it holds together, and
//! what those hold.

use crate::ir::{Kind, Lowered, MAX_VARIANT, Types};
use crate::terms::{Scalar, Type, TypeId, TypeRef};

/// What a pointer takes.
const POINTER: usize = 8;

/// A field that takes more bytes than this is boxed.
const MAX_MEMBER: usize = 4096;

/// Boxes the large variants of unions and the huge fields of structs. Returns the sizes of all types in bytes,
/// by [`TypeId::index`].
pub(super) fn box_large_parts(types: &mut Types<Lowered>) -> Vec<usize> {
    let mut sizes: Vec<Option<usize>> = vec![None; types.len()];
    for id in types.ids() {
        definition(id, types, &mut sizes);
    }
    let sizes: Vec<usize> = sizes
        .into_iter()
        .map(|size| size.unwrap_or(POINTER))
        .collect();
    for id in types.ids() {
        let most = match &types[id].kind {
            Kind::Union(_) => MAX_VARIANT,
            Kind::Struct(_) => MAX_MEMBER,
            Kind::Headers(_) | Kind::Enum(_) | Kind::Alias(_) => continue,
        };
        for part in types[id].kind.parts_mut() {
            part.boxed |= matches!(&part.ty, Type::Definition(id) if sizes[id.index()] > most);
        }
    }
    sizes
}

/// Computes the size of a type and of all types that it holds. It does not recurse, because types can nest too
/// deep for the stack.
fn definition(id: TypeId, types: &Types<Lowered>, sizes: &mut [Option<usize>]) {
    let mut open = vec![(id, false)];
    while let Some((id, is_open)) = open.pop() {
        if is_open {
            sizes[id.index()] = Some(of_kind(&types[id].kind, sizes));
        } else if sizes[id.index()].is_none() {
            // A type that is still open is reached again only through a box, so it counts as a pointer there.
            sizes[id.index()] = Some(POINTER);
            open.push((id, true));
            let parts = types[id].kind.parts().into_iter();
            parts
                .filter(|part| !part.boxed)
                .for_each(|part| held(part, &mut |id| open.push((id, false))));
        }
    }
}

/// Calls `visit` for the types that a value holds without a pointer.
fn held(value: &TypeRef, visit: &mut impl FnMut(TypeId)) {
    match &value.ty {
        Type::Definition(id) => visit(*id),
        Type::Tuple(items) => items
            .iter()
            .filter(|item| !item.boxed)
            .for_each(|item| held(item, visit)),
        _ => {}
    }
}

/// The size of a type whose parts have theirs.
fn of_kind(kind: &Kind, sizes: &[Option<usize>]) -> usize {
    match kind {
        Kind::Struct(_) | Kind::Headers(_) => {
            let parts = kind
                .parts()
                .into_iter()
                .map(|part| match value(part, sizes) {
                    huge if huge > MAX_MEMBER => POINTER,
                    size => size + POINTER,
                });
            parts.fold(0, usize::saturating_add)
        }
        Kind::Enum(_) => 24,
        Kind::Union(union) => {
            let variants = union.variants.iter();
            let largest = variants
                .map(|variant| value(&variant.value, sizes).min(MAX_VARIANT))
                .max();
            largest.unwrap_or_default().max(80) + POINTER
        }
        Kind::Alias(target) => value(target, sizes),
    }
}

/// The size of a value, `null` or absence not counted.
fn value(value: &TypeRef, sizes: &[Option<usize>]) -> usize {
    if value.boxed {
        return POINTER;
    }
    match &value.ty {
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(_) | Type::Map(_) => 24,
        Type::Tuple(items) => items
            .iter()
            .map(|item| self::value(item, sizes).saturating_add(POINTER))
            .fold(0, usize::saturating_add),
        Type::Definition(id) => sizes[id.index()].unwrap_or(POINTER),
        Type::Object | Type::Any => 72,
    }
}

fn of_scalar(scalar: Scalar) -> usize {
    match scalar {
        Scalar::Null | Scalar::Boolean | Scalar::Int8 | Scalar::Uint8 => 1,
        Scalar::Int16 | Scalar::Uint16 => 2,
        Scalar::Int32 | Scalar::Uint32 | Scalar::Date => 4,
        Scalar::Int64 | Scalar::Uint64 | Scalar::Float64 => 8,
        Scalar::Uuid | Scalar::DateTime => 16,
        Scalar::String | Scalar::Base64 | Scalar::Number => 24,
        Scalar::Binary => 72,
    }
}
