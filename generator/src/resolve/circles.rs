//! Circles: references that lead back to themselves.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar;
use crate::pointer::{Pointer, PointerMap};

/// Empties every node that is nothing but a reference which leads back to itself.
pub(super) fn break_all(
    root: &mut Value,
    references: &PointerMap<Pointer>,
    diagnostics: &mut Diagnostics,
) {
    let mut circles = circular(references);
    circles.sort();
    for at in circles {
        // The node around this one may have been replaced already.
        let Some(place) = root.pointer_mut(at.as_str()) else {
            continue;
        };
        *place = grammar::unresolved();
        let message = "this reference leads back to itself without reaching a definition";
        diagnostics.push(Diagnostic::warning(
            Code::CyclicReference,
            at.child("$ref"),
            message,
        ));
    }
}

/// The references that never reach a node, because they form a cycle or lead to one.
fn circular(references: &PointerMap<Pointer>) -> Vec<&Pointer> {
    let mut known: HashMap<&Pointer, bool> = HashMap::new();
    for start in references.keys() {
        let (mut at, mut way, mut on_the_way) = (start, Vec::new(), HashSet::new());
        let is_endless = loop {
            if let Some(known) = known.get(at) {
                break *known;
            }
            if !on_the_way.insert(at) {
                break true;
            }
            way.push(at);
            // Nearly all references lead to a node that is not a reference, and end there.
            match references
                .get(at)
                .filter(|next| references.contains_key(*next))
            {
                Some(next) => at = next,
                None => break false,
            }
        };
        known.extend(way.into_iter().map(|at| (at, is_endless)));
    }
    let endless = known.into_iter().filter(|(_, is_endless)| *is_endless);
    endless.map(|(at, _)| at).collect()
}
