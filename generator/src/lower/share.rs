//! Sharing: inline types that are equal are one.
//!
//! Documents repeat themselves: most inline objects stand somewhere else too. One of them is emitted.
//! Those that a caller names — an operation's request and answer, and what a request holds — keep
//! their names as names for the one, so that callers do not break when two of them part.

use std::collections::HashMap;
use std::fmt::{self, Write};

use xxhash_rust::xxh3::Xxh3;

use crate::ir::{Api, Definition, Kind, Origin, Type, TypeId, TypeRef};

/// Lets equal inline types be one.
pub(super) fn share(api: &mut Api) {
    let mut same: Vec<TypeId> = api.types.ids().collect();
    let mut known: HashMap<u128, TypeId> = HashMap::new();
    // Parts come after what holds them, so from the end on all parts of a type are settled.
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids.into_iter().rev() {
        api.types[id]
            .kind
            .parts_mut()
            .into_iter()
            .for_each(|part| redirect(part, &same));
        if !can_be_shared(&api.types[id]) {
            continue;
        }
        match known.entry(signature(&api.types[id])) {
            std::collections::hash_map::Entry::Vacant(entry) => drop(entry.insert(id)),
            std::collections::hash_map::Entry::Occupied(entry) => {
                unite(api, id, *entry.get(), &mut same)
            }
        }
    }
    api.values_mut(&mut |value| redirect(value, &same));
    let headers = api
        .operations
        .iter_mut()
        .flat_map(|o| o.success.iter_mut().chain(&mut o.errors));
    headers
        .filter_map(|response| response.headers.as_mut())
        .for_each(|id| *id = same[id.index()]);
    for (index, representative) in same.iter().enumerate() {
        let id = api.types.ids().nth(index);
        if let Some(id) = id.filter(|id| id != representative) {
            api.types[id].replaced = true;
        }
    }
}

/// Makes `id` the same as `representative`, or a name for it.
fn unite(api: &mut Api, id: TypeId, representative: TypeId, same: &mut [TypeId]) {
    // Which of them carries the place and the words does not depend on the document's order.
    if api.types[id].at < api.types[representative].at {
        let mut other = api.types[id].clone();
        let known = &mut api.types[representative];
        std::mem::swap(&mut known.origin, &mut other.origin);
        std::mem::swap(&mut known.at, &mut other.at);
        std::mem::swap(&mut known.doc, &mut other.doc);
        api.types[id].origin = other.origin;
        api.types[id].at = other.at;
        api.types[id].doc = other.doc;
    }
    let origin = api.types[id].origin.clone();
    if keeps_its_name(&api.types[id]) {
        api.types[id].kind = Kind::Alias(Type::Definition(representative).into());
    } else {
        same[id.index()] = representative;
    }
    api.types[representative].also.push(origin);
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
/// called, and examples.
fn signature(definition: &Definition) -> u128 {
    let mut hasher = Hasher(Xxh3::new());
    // Writing to a hasher cannot fail.
    let _ = write!(hasher, "{} ", definition.in_request);
    let _ = match &definition.kind {
        Kind::Struct(object) => write!(hasher, "struct {:?}", object.additional)
            .and_then(|()| fields(&mut hasher, &definition.kind)),
        Kind::Headers(_) => {
            write!(hasher, "headers ").and_then(|()| fields(&mut hasher, &definition.kind))
        }
        other => write!(hasher, "{other:?}"),
    };
    hasher.0.digest128()
}

fn fields(hasher: &mut Hasher, kind: &Kind) -> fmt::Result {
    let (Kind::Struct(object) | Kind::Headers(object)) = kind else {
        return Ok(());
    };
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
