//! What follows from the graph of types: where `null` may stand, which types requests and answers
//! hold, and which parts must be boxed because the type around them would contain itself.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Access, Api, Kind, Media, MediaKind, Scalar, Type, TypeId, TypeRef, Types};

impl Api {
    /// Calls `visit` for every value of the API that is not part of a definition.
    pub(super) fn roots_mut(&mut self, visit: &mut impl FnMut(&mut TypeRef)) {
        for operation in &mut self.operations {
            operation
                .parameters
                .iter_mut()
                .for_each(|parameter| visit(&mut parameter.value));
            let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
            bodies.for_each(|media| visit(&mut media.value));
            for response in operation.success.iter_mut().chain(&mut operation.errors) {
                let media = response.body.iter_mut().chain(&mut response.events);
                media.for_each(|media| visit(&mut media.value));
            }
        }
        self.webhooks
            .iter_mut()
            .filter_map(|webhook| webhook.payload.as_mut())
            .for_each(&mut *visit);
        self.places.iter_mut().for_each(|(_, value)| visit(value));
    }

    /// Calls `visit` for every value of the API, alone or part of a definition.
    pub(super) fn values_mut(&mut self, visit: &mut impl FnMut(&mut TypeRef)) {
        self.roots_mut(visit);
        for definition in self.types.iter_mut() {
            definition
                .kind
                .parts_mut()
                .into_iter()
                .for_each(&mut *visit);
        }
    }
}

/// Says of every place that holds one of some types that `null` may stand there instead.
pub(super) fn spread_null(api: &mut Api, nullable: &HashSet<TypeId>) {
    if nullable.is_empty() {
        return;
    }
    // A name for a type in whose place `null` may stand is one itself.
    let mut names: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, definition) in api.types.iter() {
        if let Kind::Alias(target) = &definition.kind
            && let Type::Definition(named) = target.ty
        {
            names.entry(named).or_default().push(id);
        }
    }
    let mut nullable = nullable.clone();
    let mut open: Vec<TypeId> = nullable.iter().copied().collect();
    while let Some(id) = open.pop() {
        let names = names.get(&id).into_iter().flatten();
        open.extend(names.filter(|name| nullable.insert(**name)));
    }
    api.roots_mut(&mut |value| mark_null(value, &nullable));
    for definition in api.types.iter_mut() {
        let holds_it_directly = matches!(definition.kind, Kind::Alias(_) | Kind::Union(_));
        for part in definition.kind.parts_mut() {
            let before = part.nullable;
            mark_null(part, &nullable);
            if holds_it_directly {
                part.nullable = before;
            }
        }
    }
}

fn mark_null(value: &mut TypeRef, nullable: &HashSet<TypeId>) {
    match &mut value.ty {
        Type::Definition(id) => value.nullable |= nullable.contains(id),
        Type::List(inner) | Type::Map(inner) => mark_null(inner, nullable),
        Type::Tuple(items) => items.iter_mut().for_each(|item| mark_null(item, nullable)),
        Type::Scalar(_) | Type::Object | Type::Any => {}
    }
}

/// Leaves out the types that no operation and no webhook reaches.
pub(super) fn drop_unreached(types: &mut Types) {
    for definition in types.iter_mut() {
        definition.replaced |= !definition.in_request && !definition.in_response;
    }
}

/// Marks every type that can be part of a request or of an answer, and makes members optional that
/// one of the two directions leaves out.
pub(super) fn mark_directions(api: &mut Api) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .for_each(|p| p.value.definitions(&mut |id| sent.push(id)));
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| media.value.definitions(&mut |id| sent.push(id)));
        for response in operation.success.iter().chain(&operation.errors) {
            received.extend(response.headers);
            let media = response.body.iter().chain(&response.events);
            media.for_each(|media| media.value.definitions(&mut |id| received.push(id)));
        }
    }
    for payload in api
        .webhooks
        .iter()
        .filter_map(|webhook| webhook.payload.as_ref())
    {
        payload.definitions(&mut |id| received.push(id));
    }
    spread(&mut api.types, sent, |definition| {
        &mut definition.in_request
    });
    spread(&mut api.types, received, |definition| {
        &mut definition.in_response
    });
    for definition in api.types.iter_mut() {
        let (in_request, in_response) = (definition.in_request, definition.in_response);
        if let Kind::Struct(object) = &mut definition.kind {
            for field in &mut object.fields {
                let left_out = match field.access {
                    Access::Both => false,
                    Access::ReadOnly => in_request,
                    Access::WriteOnly => in_response,
                };
                field.required &= !left_out;
            }
        }
    }
}

/// Bytes can stand by themselves and in forms, but not in JSON: there they are text.
pub(super) fn keep_bytes_in_forms(api: &mut Api) {
    let mut in_forms = Vec::new();
    let bodies = api
        .operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    for media in bodies.flat_map(|body| &mut body.content) {
        match media.kind {
            MediaKind::Form | MediaKind::Multipart => {
                media.value.definitions(&mut |id| in_forms.push(id))
            }
            _ => bytes_in_json_as_text(media),
        }
    }
    let mut holds_bytes = vec![false; api.types.len()];
    while let Some(id) = in_forms.pop() {
        if !std::mem::replace(&mut holds_bytes[id.index()], true) {
            let parts = api.types[id].kind.parts();
            parts
                .into_iter()
                .for_each(|part| part.definitions(&mut |id| in_forms.push(id)));
        }
    }
    for (definition, keeps) in api.types.iter_mut().zip(holds_bytes) {
        if !keeps {
            definition
                .kind
                .parts_mut()
                .into_iter()
                .for_each(bytes_as_text);
        }
    }
    for operation in &mut api.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| bytes_as_text(&mut parameter.value));
        for response in operation.success.iter_mut().chain(&mut operation.errors) {
            response
                .body
                .iter_mut()
                .chain(&mut response.events)
                .for_each(bytes_in_json_as_text);
        }
    }
}

fn bytes_in_json_as_text(media: &mut Media) {
    if media.kind != MediaKind::Binary {
        bytes_as_text(&mut media.value);
    }
}

fn bytes_as_text(value: &mut TypeRef) {
    match &mut value.ty {
        Type::Scalar(scalar) if *scalar == Scalar::Binary => *scalar = Scalar::String,
        Type::List(inner) | Type::Map(inner) => bytes_as_text(inner),
        Type::Tuple(items) => items.iter_mut().for_each(bytes_as_text),
        Type::Scalar(_) | Type::Definition(_) | Type::Object | Type::Any => {}
    }
}

/// Types that are only lists or maps of themselves have no name in Rust; they become anything.
pub(super) fn break_alias_cycles(types: &mut Types, diagnostics: &mut Diagnostics) {
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

/// The aliases that an alias names.
fn aliases(kind: &Kind, types: &Types) -> Vec<TypeId> {
    let mut named = Vec::new();
    if let Kind::Alias(target) = kind {
        target.definitions(&mut |id| named.push(id));
    }
    named.retain(|id| matches!(types[*id].kind, Kind::Alias(_)));
    named
}

/// Takes out of unions the variants by which a value would be itself: `A` is `B` or text, and `B` is
/// `A` or a number. They add no value, and reading one would never end.
pub(super) fn drop_circular_variants(types: &mut Types, diagnostics: &mut Diagnostics) {
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

/// The types that may be values of themselves: not those which nothing leads to or which lead nowhere, once all
/// of these are taken away.
fn in_circles(types: &Types) -> Vec<bool> {
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

/// What a value of a union or of a name can be with nothing around it.
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

/// Whether a value of a union's variant can be a value of the union again, with nothing around it.
fn is_itself(variant: &TypeRef, union: TypeId, types: &Types) -> bool {
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

/// Sets a flag on some types and on all that they hold.
fn spread(
    types: &mut Types,
    mut stack: Vec<TypeId>,
    flag: impl Fn(&mut crate::ir::Definition) -> &mut bool,
) {
    while let Some(id) = stack.pop() {
        if !std::mem::replace(flag(&mut types[id]), true) {
            for part in types[id].kind.parts() {
                part.definitions(&mut |id| stack.push(id));
            }
        }
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

/// Boxes the parts that close a cycle of types which hold each other directly.
///
/// Lists and maps hold their items on the heap already, so they end a cycle by themselves.
pub(super) fn box_cycles(types: &mut Types) {
    let mut visits = vec![Visit::New; types.len()];
    for id in types.ids() {
        search(id, types, &mut visits);
    }
}

/// Searches depth first from `start` and boxes every part that leads back to an open type.
fn search(start: TypeId, types: &mut Types, visits: &mut [Visit]) {
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
