//! Sharing: inline types that are equal are one.
//!
//! Documents repeat themselves: most inline objects stand somewhere else too. One of them is emitted.
//! Those that a caller names — an operation's request and answer, and what a request holds — keep
//! their names as names for the one, so that callers do not break when two of them part.

use std::fmt::{self, Write};

use indexmap::IndexMap;
use xxhash_rust::xxh3::Xxh3;

use crate::ir::{Api, Definition, Kind, Origin, Struct, Type, TypeId, TypeRef, Types};
use crate::pointer::Pointer;

/// Lets equal inline types be one.
pub(super) fn share(api: &mut Api) {
    let mut same: Vec<TypeId> = api.types.ids().collect();
    for class in classes(&api.types) {
        let rank = |id: &&TypeId| rank(&api.types, **id);
        let Some(&holder) = class.iter().min_by_key(rank) else {
            continue;
        };
        for id in class.into_iter().filter(|id| *id != holder) {
            if keeps_its_name(&api.types[id]) {
                api.types[id].kind = Kind::Alias(Type::Definition(holder).into());
            } else {
                same[id.index()] = holder;
                api.types[id].replaced = true;
                let origin = api.types[id].origin.clone();
                api.types[holder].also.push(origin);
            }
        }
    }
    for definition in api.types.iter_mut() {
        let parts = definition.kind.parts_mut().into_iter();
        parts.for_each(|part| redirect(part, &same));
    }
    api.values_mut(&mut |value| redirect(value, &same));
    let responses = api.operations.iter_mut();
    let responses = responses.flat_map(|o| o.success.iter_mut().chain(&mut o.errors));
    responses
        .filter_map(|response| response.headers.as_mut())
        .for_each(|id| *id = same[id.index()]);
}

/// The types that are equal to others, class by class. The parts of equal types are equal, whatever
/// they are called.
fn classes(types: &Types) -> Vec<Vec<TypeId>> {
    let mut first: Vec<TypeId> = types.ids().collect();
    let mut classes: IndexMap<u128, Vec<TypeId>> = IndexMap::new();
    // Parts come after what holds them, so from the end on all parts of a type are settled.
    let ids: Vec<TypeId> = types.ids().collect();
    for id in ids
        .into_iter()
        .rev()
        .filter(|id| can_be_shared(&types[*id]))
    {
        let class = classes.entry(signature(&types[id], &first)).or_default();
        class.push(id);
        first[id.index()] = class[0];
    }
    classes
        .into_values()
        .filter(|class| class.len() > 1)
        .collect()
}

/// Which of several equal types is emitted: one that belongs to a component before one that belongs
/// to an operation, and one that stands less deep.
fn rank(types: &Types, id: TypeId) -> (bool, usize, &Pointer) {
    let definition = &types[id];
    let at = &definition.at;
    (
        types.is_of_operation(&definition.origin),
        at.as_str().len(),
        at,
    )
}

fn redirect(value: &mut TypeRef, same: &[TypeId]) {
    match &mut value.ty {
        Type::Definition(id) => *id = same[id.index()],
        Type::List(inner) | Type::Map(inner) => redirect(inner, same),
        Type::Tuple(items) => items.iter_mut().for_each(|item| redirect(item, same)),
        Type::Scalar(_) | Type::Object | Type::Any => {}
    }
}

fn can_be_shared(definition: &Definition) -> bool {
    let inline = !matches!(definition.origin, Origin::Schema(_));
    inline && !matches!(definition.kind, Kind::Alias(_))
}

/// Whether a caller may have written the type's name.
fn keeps_its_name(definition: &Definition) -> bool {
    definition.in_request
        || matches!(
            definition.origin,
            Origin::Request { .. } | Origin::Response { .. }
        )
}

/// What two types must have in common to be one: everything but where they stand, what they are
/// called, and examples. `first` says which types are equal to an earlier one.
fn signature(definition: &Definition, first: &[TypeId]) -> u128 {
    let mut hasher = Hasher(Xxh3::new());
    let mut kind = definition.kind.clone();
    kind.parts_mut()
        .into_iter()
        .for_each(|part| redirect(part, first));
    // Writing to a hasher cannot fail.
    let _ = write!(hasher, "{} ", definition.in_request);
    let _ = match &kind {
        Kind::Struct(object) => write!(hasher, "struct {:?}", object.additional)
            .and_then(|()| fields(&mut hasher, object)),
        Kind::Headers(object) => {
            write!(hasher, "headers ").and_then(|()| fields(&mut hasher, object))
        }
        other => write!(hasher, "{other:?}"),
    };
    hasher.0.digest128()
}

fn fields(hasher: &mut Hasher, object: &Struct) -> fmt::Result {
    object.fields.iter().try_for_each(|field| {
        write!(
            hasher,
            "{:?} {} {:?} {:?} {:?} {} {:?} {:?} {};",
            field.name,
            field.required,
            field.value,
            field.constant,
            field.access,
            field.secret,
            field.doc.description,
            field.doc.default,
            field.doc.deprecated,
        )
    })
}

/// A hash of what is written.
struct Hasher(Xxh3);

impl fmt::Write for Hasher {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
