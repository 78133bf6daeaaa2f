//! Features: a Cargo feature for each group of operations of a big API, so that a user compiles only
//! what is called.
//!
//! A type is compiled if a group that reaches it is. One that all groups reach, or more groups than can be
//! listed, is always compiled.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::config::Config;
use crate::named::{
    Api, Brings, Definition, ErrorSet, ErrorVariant, Feature, Gate, Group, Kind, OperationError,
};
use crate::terms::TypeId;

/// From how many operations on groups have features.
const DEFAULT_FROM: usize = 100;

/// Types that more groups than this reach are always compiled: the list of features would be longer than the
/// type.
const MANY: usize = 8;

/// Features that a crate has anyway, or may have some day.
const RESERVED: [&str; 15] = [
    "blocking",
    "cookies",
    "default",
    "full",
    "gzip",
    "http2",
    "http3",
    "json",
    "reqwest",
    "std",
    "test-util",
    "tracing",
    UNUSED_TYPES,
    WEBHOOKS,
    "webhooks",
];

/// The feature of the payloads that an API sends by itself. `webhooks` is what verifies them.
const WEBHOOKS: &str = "webhook-payloads";

/// The feature of the types that nothing needs.
const UNUSED_TYPES: &str = "unused-types";

/// Gives each group of a big API a feature, and everything else those of the groups that need it.
pub(crate) fn features(api: &mut Api, config: &Config) {
    let operations: usize = api.groups.iter().map(|group| group.operations.len()).sum();
    let from = config.group_features_from.unwrap_or(DEFAULT_FROM);
    if operations < from || api.groups.len() < 2 {
        return;
    }
    let names = feature_names(&api.groups);
    for (group, name) in api.groups.iter_mut().zip(&names) {
        group.feature = Some(name.clone());
    }
    let shared: HashMap<&str, &ErrorSet> = api
        .errors
        .iter()
        .map(|set| (set.name.rust.as_str(), set))
        .collect();
    let mut reach = Reach::new(api);
    for (group, feature) in api.groups.iter().zip(names) {
        for root in roots(group, &shared) {
            reach.add(root.index(), &feature);
        }
        api.features.push(Feature {
            name: feature,
            module: group.module.rust.clone(),
            brings: Brings::Group,
        });
    }
    if !api.webhooks.is_empty() {
        for webhook in &api.webhooks {
            let add = &mut |id: TypeId| reach.add(id.index(), WEBHOOKS);
            webhook.payload.definitions(add);
        }
        api.features.push(Feature {
            name: WEBHOOKS.to_owned(),
            module: "webhooks".to_owned(),
            brings: Brings::Webhooks,
        });
    }
    let unused = reach.unreached();
    if !unused.is_empty() {
        for id in unused {
            reach.add(id, UNUSED_TYPES);
        }
        api.features.push(Feature {
            name: UNUSED_TYPES.to_owned(),
            module: "unused_types".to_owned(),
            brings: Brings::UnusedTypes,
        });
    }
    for (definition, gate) in api.types.iter_mut().zip(reach.gates()) {
        definition.gate = gate;
    }
    gate_errors(api, reach.many);
}

/// The features of groups: called like their modules, unless a feature is called so anyway.
fn feature_names(groups: &[Group]) -> Vec<String> {
    let name = |group: &Group| {
        let name = group.module.bare().replace('_', "-");
        // A module that would start with a digit starts with `_`; a feature may start with a digit.
        name.trim_start_matches('-').to_owned()
    };
    let names: Vec<String> = groups.iter().map(name).collect();
    let mut taken: HashSet<String> = RESERVED.map(str::to_owned).into();
    let is_free: Vec<bool> = names
        .iter()
        .map(|name| taken.insert(name.clone()))
        .collect();
    let names = names.into_iter().zip(is_free);
    let distinct = names.map(|(name, is_free)| {
        let substitutes = (2..).map(|number: usize| format!("tag-{name}-{number}"));
        let mut candidates = std::iter::once(format!("tag-{name}")).chain(substitutes);
        match is_free {
            true => name,
            false => candidates
                .find(|name| taken.insert(name.clone()))
                .unwrap_or_default(),
        }
    });
    distinct.collect()
}

/// The types that a group's own items name.
fn roots(group: &Group, shared: &HashMap<&str, &ErrorSet>) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for operation in &group.operations {
        for value in operation.values() {
            value.definitions(&mut |id| roots.push(id));
        }
        roots.extend(operation.headers);
    }
    let shared = shared_errors(group).filter_map(|name| shared.get(name).copied());
    let sets = group.errors.iter().chain(shared);
    for variant in sets.flat_map(|set| &set.variants) {
        of_error(variant, &mut roots);
    }
    roots
}

fn of_error(variant: &ErrorVariant, roots: &mut Vec<TypeId>) {
    roots.extend(variant.headers);
    if let Some(body) = &variant.body {
        body.value.definitions(&mut |id| roots.push(id));
    }
}

/// The names of the errors that operations of the group share with others.
fn shared_errors(group: &Group) -> impl Iterator<Item = &str> {
    let operations = group.operations.iter();
    operations.filter_map(|operation| match &operation.error {
        OperationError::Shared { shared, .. } => Some(shared.rust.as_str()),
        _ => None,
    })
}

/// Gives each shared error type the features of the groups that use it.
fn gate_errors(api: &mut Api, many: usize) {
    let mut features: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for group in &api.groups {
        for name in shared_errors(group) {
            let features = features.entry(name).or_default();
            features.extend(group.feature.clone());
        }
    }
    for set in &mut api.errors {
        if let Some(features) = features.get(set.name.rust.as_str()) {
            set.gate = gate(features, many);
        }
    }
}

fn gate(features: &BTreeSet<String>, many: usize) -> Gate {
    match features.len() > many {
        true => Gate::default(),
        false => features.iter().cloned().collect(),
    }
}

/// Which features reach which types. A type keeps at most one feature more than are listed, so the
/// work is linear in the number of types.
struct Reach {
    many: usize,
    parts: Vec<Vec<usize>>,
    aliases: Vec<bool>,
    features: Vec<BTreeSet<String>>,
}

impl Reach {
    fn new(api: &Api) -> Self {
        let parts = api.types.iter().map(|definition| {
            let mut parts = Vec::new();
            for value in definition.kind.values() {
                value.definitions(&mut |id| parts.push(id.index()));
            }
            parts
        });
        let is_alias = |definition: &Definition| matches!(definition.kind, Kind::Alias(_));
        Self {
            many: MANY.min(api.groups.len() - 1),
            parts: parts.collect(),
            aliases: api.types.iter().map(is_alias).collect(),
            features: vec![BTreeSet::new(); api.types.len()],
        }
    }

    /// Takes note that a feature needs a type and what it holds.
    fn add(&mut self, root: usize, feature: &str) {
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let features = &mut self.features[id];
            if features.len() <= self.many && features.insert(feature.to_owned()) {
                open.extend(&self.parts[id]);
            }
        }
    }

    /// The types that no feature needs: components that nothing refers to. Aliases are not among them.
    fn unreached(&self) -> Vec<usize> {
        let behind = self.behind().into_iter().enumerate();
        let unreached = behind.filter(|(id, behind)| id == behind && self.features[*id].is_empty());
        unreached.map(|(id, _)| id).collect()
    }

    /// The gate of each type. An unused alias has the gate of the type that it stands for.
    fn gates(&self) -> impl Iterator<Item = Gate> {
        let behind = self.behind().into_iter();
        behind.map(|id| gate(&self.features[id], self.many))
    }

    /// The type that each type stands for: itself, unless it is an unused alias, whose target may be another
    /// one. Each type is visited once, however long the chain.
    fn behind(&self) -> Vec<usize> {
        let count = self.parts.len();
        let mut behind = vec![None; count];
        for id in 0..count {
            let (mut at, mut path) = (id, Vec::new());
            let end = loop {
                match (behind[at], self.parts[at].as_slice()) {
                    (Some(known), _) => break known,
                    (None, [target]) if self.is_bare_name(at) && path.len() < count => {
                        path.push(at);
                        at = *target;
                    }
                    _ => break at,
                }
            };
            for passed in path.into_iter().chain([id]) {
                behind[passed] = Some(end);
            }
        }
        behind.into_iter().flatten().collect()
    }

    fn is_bare_name(&self, id: usize) -> bool {
        self.aliases[id] && self.features[id].is_empty()
    }
}
