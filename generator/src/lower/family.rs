//! Families: schemas that extend one with a discriminator, and so are the alternatives of a union.

use std::collections::{BTreeSet, HashSet};

use super::Lowering;
use super::discriminator::target_name;
use super::shape::Discriminator;
use super::union::Draft;
use crate::ir::{Kind, Origin};
use crate::pointer::{Pointer, PointerMap};
use crate::terms::{Doc, TypeId};

impl Lowering<'_> {
    /// The union of all schemas that extend the one at a place, if that has a discriminator.
    pub(super) fn inheritance(&mut self, id: TypeId, at: &Pointer) -> Option<Kind> {
        let discriminator = self.own_discriminator(at)?;
        let heirs = self.heirs(at, &discriminator);
        if heirs.is_empty() {
            return None;
        }
        let mut drafts = Vec::with_capacity(heirs.len());
        for heir in heirs {
            let name = self.name_of(&heir).unwrap_or_default();
            let shape = self.shape(&heir);
            let value = self.value(&heir, Origin::Schema(name.clone()));
            drafts.push(Draft {
                name,
                value,
                shape,
                at: heir,
                doc: Doc::default(),
            });
        }
        drafts.extend(self.base(id, at, &discriminator));
        Some(Kind::Union(self.union_of(drafts, Some(&discriminator), at)))
    }

    /// The base of a family as one of the alternatives, if the mapping names it. The union has its name, so it is a
    /// type of its own.
    fn base(&mut self, id: TypeId, at: &Pointer, discriminator: &Discriminator) -> Option<Draft> {
        let name = self.name_of(at)?;
        let is_named = |target: &String| target_name(target) == name;
        discriminator
            .mapping
            .values()
            .find(|target| is_named(target))?;
        let shape = self.shape(at);
        let origin = Origin::Variant {
            parent: id,
            name: name.clone(),
        };
        let value = self.inline(&shape, origin, &at.child("discriminator"));
        Some(Draft {
            name,
            value,
            shape,
            at: at.clone(),
            doc: Doc::default(),
        })
    }

    /// The discriminator of a schema that has no alternatives of its own.
    pub(super) fn own_discriminator(&mut self, at: &Pointer) -> Option<Discriminator> {
        self.document.value(at)?.get("discriminator")?;
        let shape = self.shape(at);
        shape
            .discriminator
            .clone()
            .filter(|_| shape.alternatives.is_empty())
    }

    /// The schemas that a discriminator's mapping names, and those that extend the base, directly or
    /// through others.
    pub(super) fn heirs(&self, base: &Pointer, discriminator: &Discriminator) -> Vec<Pointer> {
        let schemas = Pointer::root().child("components").child("schemas");
        let mapped = discriminator
            .mapping
            .values()
            .map(|target| schemas.child(target_name(target)));
        let mapped = mapped.filter(|at| at != base && self.document.value(at).is_some());
        let mapped: BTreeSet<Pointer> = mapped.collect();
        let mut heirs: Vec<Pointer> = Vec::new();
        let mut seen = HashSet::from([base.clone()]);
        let mut walked = seen.clone();
        let mut bases = vec![base.clone()];
        for at in mapped {
            if seen.insert(at.clone()) {
                heirs.push(at);
            }
        }
        while let Some(base) = bases.pop() {
            for heir in self.heirs.get(&base).into_iter().flatten() {
                if seen.insert(heir.clone()) {
                    heirs.push(heir.clone());
                }
                if walked.insert(heir.clone()) {
                    bases.push(heir.clone());
                }
            }
        }
        heirs
    }

    /// Notes which named schemas have others in their `allOf`.
    pub(super) fn note_heirs(&mut self) {
        let mut heirs: PointerMap<Vec<Pointer>> = PointerMap::default();
        for (_, at) in self.document.components("schemas") {
            for member in self.document.elements(&at.child("allOf")) {
                let base = self.document.end(&member);
                if base.component("schemas").is_some() && base != at {
                    heirs.entry(base).or_default().push(at.clone());
                }
            }
        }
        self.heirs = heirs;
    }
}
