//! Sharing: types that are equal are one.
//!
//! Documents repeat themselves: most inline objects stand somewhere else too, and many are a copy of a
//! component. One of them is emitted, the component if there is one. Those that a caller names — a
//! component, an operation's request and answer, and what a request holds — keep their names as names
//! for the one, so that callers do not break when two of them part.
//!
//! Two components are one only if they say so, by their title. An inline type is a component's if it is
//! called like it, or has so many members that it is no coincidence.

use std::fmt::{self, Write};

use heck::ToSnakeCase;
use indexmap::IndexMap;
use xxhash_rust::xxh3::Xxh3;

use crate::ir::{Api, Definition, Kind, Origin, Struct, Type, TypeId, TypeRef, Types};
use crate::pointer::Pointer;

/// Equal structs with as many fields are equal on purpose.
const MANY_FIELDS: usize = 4;

/// Lets equal types be one.
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

/// Types that are one.
struct Class {
    owner: Owner,
    in_request: bool,
    members: Vec<TypeId>,
}

/// Whose types a class holds.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    /// They stand where they are used.
    Inline,
    /// Components that have the same title.
    Titled,
    /// A component by itself.
    Component,
}

/// The types that are one, class by class. The parts of equal types are equal, whatever they are called.
fn classes(types: &Types) -> Vec<Vec<TypeId>> {
    let mut first: Vec<TypeId> = types.ids().collect();
    let mut alike: IndexMap<u128, Vec<Class>> = IndexMap::new();
    // Parts come after what holds them, so from the end on all parts of a type are settled, unless a part
    // is a component.
    let ids: Vec<TypeId> = types.ids().collect();
    for id in ids.into_iter().rev() {
        let definition = &types[id];
        if matches!(definition.kind, Kind::Alias(_)) {
            continue;
        }
        let alike = alike.entry(signature(definition, &first)).or_default();
        match alike.iter_mut().find(|class| class.takes(types, id)) {
            Some(class) => {
                first[id.index()] = class.members[0];
                class.members.push(id);
            }
            None => alike.push(Class::of(definition, id)),
        }
    }
    let classes = alike.into_values().flat_map(|alike| join(types, alike));
    classes.filter(|class| class.len() > 1).collect()
}

impl Class {
    /// That of a type which is in none.
    fn of(definition: &Definition, id: TypeId) -> Self {
        let owner = match &definition.origin {
            Origin::Schema(_) if definition.doc.summary.is_some() => Owner::Titled,
            Origin::Schema(_) => Owner::Component,
            _ => Owner::Inline,
        };
        Self {
            owner,
            in_request: definition.in_request,
            members: vec![id],
        }
    }

    /// Whether a type that has all in common with those of the class is one of them.
    fn takes(&self, types: &Types, id: TypeId) -> bool {
        let definition = &types[id];
        let own = Self::of(definition, id);
        let title = |id: TypeId| &types[id].doc.summary;
        self.in_request == own.in_request
            && self.owner == own.owner
            && match self.owner {
                Owner::Inline => true,
                Owner::Titled => title(self.members[0]) == title(id),
                Owner::Component => false,
            }
    }

    /// The first of the places that its types have.
    fn at<'t>(&self, types: &'t Types) -> Option<&'t Pointer> {
        self.members.iter().map(|id| &types[*id].at).min()
    }
}

/// Lets inline types be the component that they are a copy of.
fn join(types: &Types, alike: Vec<Class>) -> Vec<Vec<TypeId>> {
    let (inline, mut components): (Vec<Class>, Vec<Class>) = alike
        .into_iter()
        .partition(|class| class.owner == Owner::Inline);
    components.sort_by_key(|component| component.at(types));
    let mut rest = Vec::new();
    for mut class in inline {
        let fits = |component: &&mut Class| component.in_request || !class.in_request;
        for component in components.iter_mut().filter(fits) {
            let called_like_it = |id: &mut TypeId| is_called_like(types, *id, component);
            let copies: Vec<TypeId> = class.members.extract_if(.., called_like_it).collect();
            component.members.extend(copies);
        }
        let component = components.iter_mut().find(fits);
        match component.filter(|component| has_many_fields(types, component)) {
            Some(component) => component.members.extend(class.members),
            None => rest.push(class.members),
        }
    }
    let components = components.into_iter().map(|class| class.members);
    rest.into_iter().chain(components).collect()
}

fn has_many_fields(types: &Types, class: &Class) -> bool {
    let object = class.members.first().map(|id| &types[*id].kind);
    matches!(object, Some(Kind::Struct(object)) if object.fields.len() >= MANY_FIELDS)
}

/// Whether the place of an inline type has the name of the component.
fn is_called_like(types: &Types, id: TypeId, component: &Class) -> bool {
    let Some(name) = called(&types[id].origin) else {
        return false;
    };
    let mut names = component.members.iter().map(|id| &types[*id].origin);
    names.any(|other| matches!(other, Origin::Schema(_)) && called(other).as_ref() == Some(&name))
}

/// What the document calls a type at its place, if anything.
fn called(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Schema(name)
        | Origin::ParameterComponent(name)
        | Origin::HeaderComponent(name)
        | Origin::Parameter { name, .. }
        | Origin::Property { name, .. }
        | Origin::Variant { name, .. } => Some(name.to_snake_case()),
        Origin::Item(list) => called(list).map(singular),
        _ => None,
    }
}

/// The name of an item of a list: that of the list without its `s`.
fn singular(mut name: String) -> String {
    if name.ends_with('s') {
        name.pop();
    }
    name
}

/// Which of several equal types is emitted: a component, then one that belongs to a component before one
/// that belongs to an operation, and one that stands less deep.
fn rank(types: &Types, id: TypeId) -> (bool, bool, usize, &Pointer) {
    let definition = &types[id];
    let at = &definition.at;
    (
        !matches!(definition.origin, Origin::Schema(_)),
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

/// Whether a caller may have written the type's name.
fn keeps_its_name(definition: &Definition) -> bool {
    definition.in_request
        || matches!(
            definition.origin,
            Origin::Schema(_) | Origin::Request { .. } | Origin::Response { .. }
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
            "{:?} {} {:?} {:?} {:?} {} {:?} {:?} {:?} {};",
            field.name,
            field.required,
            field.value,
            field.constant,
            field.access,
            field.secret,
            field.doc.description,
            field.doc.default,
            field.doc.rules,
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
