//! Error types: an enum per operation, or one enum for all operations with the same errors.

use std::collections::BTreeMap;
use std::hash::Hash;

use xxhash_rust::xxh3::Xxh3;

use super::ident::type_ident;
use super::namespace::{Namespace, numbered};
use super::operation::{content, label, size_of};
use super::types::reason;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Types};
use crate::named::{ErrorSet, ErrorVariant, Gate, Group, OperationError, TypeName, VariantName};
use crate::terms::{self, StatusKey};

/// The documented errors of an operation, if there are any. `name` names the enum of them.
pub(super) fn error_set(
    operation: &ir::Operation,
    name: impl FnOnce(&mut Diagnostics) -> TypeName,
    types: &Types,
    diagnostics: &mut Diagnostics,
) -> Option<ErrorSet> {
    let mut responses: Vec<&ir::Response> = operation.errors.iter().collect();
    responses.sort_by_key(|response| response.status);
    let mut scope = Namespace::default();
    let variants: Vec<_> = responses
        .iter()
        .map(|response| {
            let wanted = variant_name(response, &responses);
            let at = operation
                .at
                .descend(&["responses", &response.status.to_string()]);
            let rust = scope.claim(&wanted, numbered(&wanted, ""), &at, diagnostics);
            ErrorVariant {
                name: VariantName::new(response.status.to_string(), rust, &at),
                status: response.status,
                body: response.body.as_ref().map(content),
                headers: response.headers,
                doc: response.doc.clone(),
                boxed: size(response, types) > ir::MAX_VARIANT,
            }
        })
        .collect();
    (!variants.is_empty()).then(|| ErrorSet {
        name: name(diagnostics),
        variants,
        operations: vec![label(operation)],
        gate: Gate::default(),
    })
}

/// How many bytes a response takes, roughly.
fn size(response: &ir::Response, types: &Types) -> usize {
    let headers = response.headers.map_or(0, |id| types[id].size);
    let body = response
        .body
        .as_ref()
        .map_or(0, |media| size_of(&media.value, types));
    headers + body
}

/// The name of the response component, unless several statuses of the operation have it; else the reason
/// phrase.
fn variant_name(response: &ir::Response, all: &[&ir::Response]) -> String {
    match &response.component {
        Some(name)
            if all
                .iter()
                .filter(|r| r.component.as_ref() == Some(name))
                .count()
                == 1 =>
        {
            type_ident(name)
        }
        _ => reason(response.status),
    }
}

/// Moves error types that several operations have in common out of their groups.
///
/// Each operation keeps its own name for it as an alias, so that callers do not break when the document changes
/// only one of them.
pub(super) fn share(groups: &mut [Group]) -> Vec<ErrorSet> {
    let mut alike: BTreeMap<u128, Vec<ErrorSet>> = BTreeMap::new();
    for set in groups.iter().flat_map(|group| &group.errors) {
        alike.entry(signature(set)).or_default().push(set.clone());
    }
    let merged = alike.into_iter().filter(|(_, sets)| sets.len() > 1);
    let merged = merged.filter_map(|(key, sets)| Some((key, sets.into_iter().reduce(merge)?)));
    let mut shared: Vec<(u128, ErrorSet)> = merged.collect();
    shared.sort_by(|(_, a), (_, b)| a.operations.cmp(&b.operations));
    let mut scope = Namespace::default();
    for (_, set) in &mut shared {
        let rust = shared_name(set, &mut scope);
        set.name = TypeName::new("", rust, &set.name.at);
    }
    let shared: BTreeMap<u128, ErrorSet> = shared.into_iter().collect();
    for group in groups.iter_mut() {
        let sets = std::mem::take(&mut group.errors);
        for set in sets {
            match shared.get(&signature(&set)) {
                None => group.errors.push(set),
                Some(merged) => point_to(group, &set.name, &merged.name),
            }
        }
    }
    let mut shared: Vec<ErrorSet> = shared.into_values().collect();
    shared.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    shared
}

/// The hash by which error types are compared; it covers all but their documentation.
fn signature(set: &ErrorSet) -> u128 {
    let mut hasher = Xxh3::new();
    for variant in &set.variants {
        (variant.status, &variant.name.rust).hash(&mut hasher);
        (&variant.body, variant.headers).hash(&mut hasher);
    }
    hasher.digest128()
}

/// Merges two equal error types. A variant that they document differently loses its documentation.
fn merge(mut set: ErrorSet, twin: ErrorSet) -> ErrorSet {
    for (variant, twin) in set.variants.iter_mut().zip(twin.variants) {
        if variant.doc != twin.doc {
            variant.doc = terms::Doc::default();
        }
    }
    set.operations.extend(twin.operations);
    set.operations.sort();
    set
}

/// The name of a shared enum says what is in it: `Error401Or404`.
fn shared_name(set: &ErrorSet, scope: &mut Namespace) -> String {
    let statuses: Vec<String> = set.variants.iter().map(|v| short(v.status)).collect();
    let wanted = format!("Error{}", statuses.join("Or"));
    scope.take(&wanted, numbered(&wanted, "V"))
}

/// A status in a type's name.
fn short(status: StatusKey) -> String {
    match status {
        StatusKey::Code(code) => code.to_string(),
        StatusKey::Range(digit) => format!("{digit}xx"),
        StatusKey::Default => "Default".to_owned(),
    }
}

/// Makes the error type `own` of an operation a name for `shared`.
fn point_to(group: &mut Group, own: &TypeName, shared: &TypeName) {
    for operation in &mut group.operations {
        let is_own = matches!(&operation.error, OperationError::Own(name) if name == own);
        if is_own {
            operation.error = OperationError::Shared {
                alias: own.clone(),
                shared: shared.clone(),
            };
        }
    }
}
