//! Sizes: how many bytes a value of a type takes, roughly, so that no enum has one huge variant and
//! no struct is too large for a stack.
//!
//! An enum is as large as its largest variant. Large ones are boxed, which is also what
//! `clippy::large_enum_variant` asks for. A struct is as large as all that it holds together, and
//! what those hold.

use crate::ir::{Kind, MAX_VARIANT, Scalar, Type, TypeId, TypeRef, Types};

/// A member that takes more bytes than this is boxed.
const MAX_MEMBER: usize = 4096;

/// Boxes the large variants of unions and the huge members of structs, and notes the sizes of all
/// types.
pub(super) fn box_large_parts(types: &mut Types) {
    let mut sizes: Vec<Option<usize>> = vec![None; types.len()];
    for id in types.ids() {
        let size = definition(id, types, &mut sizes);
        types[id].size = size;
    }
    for id in types.ids() {
        let most = match &types[id].kind {
            Kind::Union(_) => MAX_VARIANT,
            Kind::Struct(_) => MAX_MEMBER,
            Kind::Headers(_) | Kind::Enum(_) | Kind::Alias(_) => continue,
        };
        for part in types[id].kind.parts_mut() {
            part.boxed |= matches!(&part.ty, Type::Definition(id) if sizes[id.index()].unwrap_or_default() > most);
        }
    }
}

fn definition(id: TypeId, types: &Types, sizes: &mut Vec<Option<usize>>) -> usize {
    if let Some(size) = sizes[id.index()] {
        return size;
    }
    // A type on the way is reached again only through a box.
    sizes[id.index()] = Some(8);
    let size = match &types[id].kind {
        Kind::Struct(_) | Kind::Headers(_) => {
            let parts = types[id].kind.parts();
            parts
                .into_iter()
                .map(|part| match value(part, types, sizes) {
                    huge if huge > MAX_MEMBER => 8,
                    size => size + 8,
                })
                .sum()
        }
        Kind::Enum(_) => 24,
        Kind::Union(union) => {
            let variants = union.variants.iter();
            let largest = variants
                .map(|variant| value(&variant.value, types, sizes).min(MAX_VARIANT))
                .max();
            largest.unwrap_or_default().max(80) + 8
        }
        Kind::Alias(target) => value(target, types, sizes),
    };
    sizes[id.index()] = Some(size);
    size
}

/// The size of a value, `null` or absence not counted.
fn value(value: &TypeRef, types: &Types, sizes: &mut Vec<Option<usize>>) -> usize {
    if value.boxed {
        return 8;
    }
    match &value.ty {
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(_) | Type::Map(_) => 24,
        Type::Tuple(items) => items
            .iter()
            .map(|item| self::value(item, types, sizes) + 8)
            .sum(),
        Type::Definition(id) => definition(*id, types, sizes),
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
        Scalar::String | Scalar::Base64 => 24,
        Scalar::Binary => 72,
    }
}
