//! Every value of an API: of its operations, its webhooks and its types.

use crate::ir::{Api, Lowered, Types};
use crate::terms::{TypeId, TypeRef};

impl Api<Lowered> {
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

/// Marks the types in `open` and all types that they hold, by [`TypeId::index`].
pub(super) fn reached(types: &Types<Lowered>, mut open: Vec<TypeId>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            let parts = types[id].kind.parts().into_iter();
            parts.for_each(|part| part.definitions(&mut |id| open.push(id)));
        }
    }
    reached
}
