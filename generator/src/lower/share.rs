//! Sharing: types that are equal are one.
//!
//! Documents repeat themselves: most inline objects stand somewhere else too, and many are a copy of a
//! component. One of them is emitted, the component if there is one. Those that a caller names — a
//! component, an operation's request and answer, and what a request holds — keep their names as names
//! for the one, so that callers do not break when two of them part.
//!
//! Two components are one only if they say so, by their title. An inline type is a component's if it is
//! called like it, or has so many members that it is no coincidence.

use heck::ToSnakeCase;
use indexmap::IndexMap;

use super::signature::signature;
use crate::ir::{Api, Definition, Kind, Origin, Type, TypeId, TypeRef, Types};
use crate::pointer::Pointer;

/// Equal structs with as many fields are equal on purpose.
const MANY_FIELDS: usize = 4;

/// How often equal types are looked for. Types that hold equal ones are found equal after those.
const MAX_ROUNDS: usize = 8;

/// Lets equal types be one.
pub(super) fn share(api: &mut Api) {
    let mut same = Same::new(&api.types);
    for _ in 0..MAX_ROUNDS {
        let classes = classes(&api.types, last(&same.equal));
        if classes.is_empty() {
            break;
        }
        for class in classes {
            same.merge(&mut api.types, class);
        }
    }
    let emitted = last(&same.replaced_by);
    for definition in api.types.iter_mut() {
        let parts = definition.kind.parts_mut().into_iter();
        parts.for_each(|part| redirect(part, &emitted));
    }
    api.values_mut(&mut |value| redirect(value, &emitted));
    let responses = api.operations.iter_mut();
    let responses = responses.flat_map(|o| o.success.iter_mut().chain(&mut o.errors));
    responses
        .filter_map(|response| response.headers.as_mut())
        .for_each(|id| *id = emitted[id.index()]);
}

/// Which types are one, by the type.
struct Same {
    /// The one of them.
    equal: Vec<TypeId>,
    /// The one of them that is emitted in its place: itself, if it keeps its name.
    replaced_by: Vec<TypeId>,
}

impl Same {
    /// No two are.
    fn new(types: &Types) -> Self {
        Self {
            equal: types.ids().collect(),
            replaced_by: types.ids().collect(),
        }
    }

    /// Lets the types of a class be one.
    fn merge(&mut self, types: &mut Types, class: Vec<TypeId>) {
        let rank = |id: &&TypeId| rank(types, **id);
        let Some(&holder) = class.iter().min_by_key(rank) else {
            return;
        };
        for id in class.into_iter().filter(|id| *id != holder) {
            self.equal[id.index()] = holder;
            if keeps_its_name(&types[id]) {
                types[id].kind = Kind::Alias(Type::Definition(holder).into());
            } else {
                self.replaced_by[id.index()] = holder;
                types[id].replaced = true;
                let origin = types[id].origin.clone();
                types[holder].also.push(origin);
            }
        }
    }
}

/// Where each comes to if it goes on as long as it can: what stands for a type may have been replaced itself.
fn last(steps: &[TypeId]) -> Vec<TypeId> {
    let end = |mut id: TypeId| {
        while steps[id.index()] != id {
            id = steps[id.index()];
        }
        id
    };
    steps.iter().copied().map(end).collect()
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

/// The types that are one, class by class. The parts of equal types are equal, whatever they are called;
/// `equal` says which are known to be.
fn classes(types: &Types, mut equal: Vec<TypeId>) -> Vec<Vec<TypeId>> {
    let mut alike: IndexMap<u128, Vec<Class>> = IndexMap::new();
    // Inline parts come after what holds them, so from the end on they are settled.
    let ids: Vec<TypeId> = types.ids().collect();
    for id in ids.into_iter().rev() {
        let definition = &types[id];
        if definition.replaced || matches!(definition.kind, Kind::Alias(_)) {
            continue;
        }
        let alike = alike
            .entry(signature(&definition.kind, &equal))
            .or_default();
        match alike.iter_mut().find(|class| class.takes(types, id)) {
            Some(class) => {
                if class.owner == Owner::Inline {
                    equal[id.index()] = class.members[0];
                }
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
