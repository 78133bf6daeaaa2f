//! Sharing: types that are equal are one.
//!
//! Documents repeat themselves: most inline objects occur more than once, and many are copies of a component.
//! One of the copies is emitted, the component if there is one. Those that a caller may name (a component, an
//! operation's request and response, and what a request holds) remain as aliases of it, so that callers do not
//! break when the document changes only one of them.
//!
//! Two equal components are shared only if they have the same title. An inline type is shared with a component
//! if it has the same name, or so many fields that their equality is no coincidence.

use std::collections::HashMap;
use std::sync::Arc;

use heck::ToSnakeCase;
use indexmap::IndexMap;

use super::direction::Directions;
use super::signature::signature;
use crate::ir::{Api, Kind, Lowered, Origin, Types};
use crate::pointer::Pointer;
use crate::terms::{Type, TypeId, TypeRef};

/// Structs with at least this many fields are not equal by coincidence.
const MANY_FIELDS: usize = 4;

/// How many rounds of comparison there are. Types that hold equal types are found equal one round later.
const MAX_ROUNDS: usize = 8;

/// What became of types that are equal to others, by [`TypeId::index`].
pub(super) struct Shared {
    /// Whether a type is left out of the crate.
    pub(super) left_out: Vec<bool>,
    /// The origins of the types that each type replaces.
    pub(super) also: Vec<Vec<Origin>>,
}

/// Replaces equal types by one of them, except for those in `left_out`.
pub(super) fn share(
    api: &mut Api<Lowered>,
    directions: &Directions,
    left_out: Vec<bool>,
) -> Shared {
    let mut same = Same::new(&api.types, directions, left_out);
    for _ in 0..MAX_ROUNDS {
        let classes = same.classes(&api.types);
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
    same.shared
}

/// Which types are the same type, by [`TypeId::index`].
struct Same<'t> {
    directions: &'t Directions,
    shared: Shared,
    /// The type that each is equal to: itself, if it is equal to no other.
    equal: Vec<TypeId>,
    /// The type that is emitted in place of each: itself, if it keeps its name.
    replaced_by: Vec<TypeId>,
}

impl<'t> Same<'t> {
    /// At first, no two types are the same.
    fn new(types: &Types<Lowered>, directions: &'t Directions, left_out: Vec<bool>) -> Self {
        let also = vec![Vec::new(); types.len()];
        Self {
            directions,
            shared: Shared { left_out, also },
            equal: types.ids().collect(),
            replaced_by: types.ids().collect(),
        }
    }

    /// Lets the types of a class be one.
    fn merge(&mut self, types: &mut Types<Lowered>, class: Vec<TypeId>) {
        let rank = |id: &&TypeId| rank(types, **id);
        let Some(&holder) = class.iter().min_by_key(rank) else {
            return;
        };
        for id in class.into_iter().filter(|id| *id != holder) {
            self.equal[id.index()] = holder;
            if self.keeps_its_name(&types[id].origin, id) {
                types[id].kind = Kind::Alias(Type::Definition(holder).into());
            } else {
                self.replaced_by[id.index()] = holder;
                self.shared.left_out[id.index()] = true;
                let more = std::mem::take(&mut self.shared.also[id.index()]);
                let also = &mut self.shared.also[holder.index()];
                also.push(types[id].origin.clone());
                also.extend(more);
            }
        }
    }

    /// Whether a caller may have written the type's name.
    fn keeps_its_name(&self, origin: &Origin, id: TypeId) -> bool {
        self.directions.in_request[id.index()]
            || matches!(
                origin,
                Origin::Schema(_) | Origin::Request { .. } | Origin::Response { .. }
            )
    }

    /// The classes of equal types. Parts are equal if they are in the same class, whatever their names are.
    fn classes(&self, types: &Types<Lowered>) -> Vec<Vec<TypeId>> {
        let mut equal = last(&self.equal);
        let mut alike: IndexMap<(u128, bool), IndexMap<Owner, Vec<TypeId>>> = IndexMap::new();
        // Inline parts are defined after the types that hold them, so in reverse order they are compared first.
        let ids: Vec<TypeId> = types.ids().collect();
        for id in ids.into_iter().rev() {
            let lowered = &types[id];
            if self.shared.left_out[id.index()] || matches!(lowered.kind, Kind::Alias(_)) {
                continue;
            }
            // Types in requests differ from others: they have setters, and fields that tell `null` from
            // absence.
            let common = (
                signature(&lowered.kind, &equal),
                self.directions.in_request[id.index()],
            );
            let owner = Owner::of(lowered, id);
            let is_inline = owner == Owner::Inline;
            let class = alike.entry(common).or_default().entry(owner).or_default();
            class.push(id);
            if is_inline {
                equal[id.index()] = class[0];
            }
        }
        let classes = alike.into_values().flat_map(|alike| join(types, alike));
        classes.filter(|class| class.len() > 1).collect()
    }
}

/// The end of each type's chain of replacements, since a type that replaces another may be replaced itself.
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
    members: Vec<TypeId>,
}

/// Whose types a class holds.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Owner {
    /// Inline types, which stand where they are used.
    Inline,
    /// Components that have this title.
    Titled(Arc<str>),
    /// A component by itself.
    Component(TypeId),
}

impl Owner {
    fn of(lowered: &Lowered, id: TypeId) -> Self {
        match (&lowered.origin, &lowered.doc.summary) {
            (Origin::Schema(_), Some(title)) => Self::Titled(title.clone()),
            (Origin::Schema(_), None) => Self::Component(id),
            _ => Self::Inline,
        }
    }
}

/// Adds inline types to the class of the component that they are copies of.
fn join(types: &Types<Lowered>, alike: IndexMap<Owner, Vec<TypeId>>) -> Vec<Vec<TypeId>> {
    let alike = alike.into_iter();
    let (inline, mut components): (Vec<Class>, Vec<Class>) = alike
        .map(|(owner, members)| Class { owner, members })
        .partition(|class| class.owner == Owner::Inline);
    components.sort_by_cached_key(|class| class.members.iter().map(|id| &types[*id].at).min());
    let by_name = by_name(types, &components);
    let first = components.first();
    let first = first
        .filter(|class| has_many_fields(types, class))
        .map(|_| 0);
    let mut rest = Vec::new();
    for id in inline.into_iter().flat_map(|class| class.members) {
        let named = called(&types[id].origin).and_then(|name| by_name.get(&name).copied());
        match named.or(first) {
            Some(index) => components[index].members.push(id),
            None => rest.push(id),
        }
    }
    let components = components.into_iter().map(|class| class.members);
    std::iter::once(rest).chain(components).collect()
}

/// Which component has a name; of several the first.
fn by_name(types: &Types<Lowered>, components: &[Class]) -> HashMap<String, usize> {
    let mut by_name = HashMap::new();
    for (index, component) in components.iter().enumerate() {
        let names = component.members.iter();
        for name in names.filter_map(|id| called(&types[*id].origin)) {
            by_name.entry(name).or_insert(index);
        }
    }
    by_name
}

fn has_many_fields(types: &Types<Lowered>, class: &Class) -> bool {
    let object = class.members.first().map(|id| &types[*id].kind);
    matches!(object, Some(Kind::Struct(object)) if object.fields.len() >= MANY_FIELDS)
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

/// The order in which equal types are preferred: components first, then types that belong to a component, then
/// types that belong to an operation; among these, the one with the shortest place.
fn rank(types: &Types<Lowered>, id: TypeId) -> (bool, bool, usize, &Pointer) {
    let definition = &types[id];
    let at = &definition.at;
    (
        !matches!(definition.origin, Origin::Schema(_)),
        definition.origin.is_of_operation(|id| &types[id].origin),
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

#[cfg(test)]
mod tests {
    use crate::cases::types;

    #[test]
    fn inline_copies_are_the_component() {
        let fields = "properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}}";
        let schemas = format!("{{A: {{{fields}}}, B: {{properties: {{x: {{{fields}}}}}}}}}");
        assert_eq!(types(&schemas)[1], "B {x?: A}");
        let schemas = format!("{{A: {{{fields}}}, B: {{{fields}}}}}");
        assert!(types(&schemas)[1].starts_with("B {"));
    }
}
