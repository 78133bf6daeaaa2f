//! Depth: how far types reach into each other, and how many fields they have, because the compiler looks
//! only so far.

use crate::named::{Api, Kind};
use crate::terms::TypeId;

/// Far below the compiler's limit of 128, whatever stands between one type and the next.
const SAFE: usize = 24;

/// How many properties of an object the runtime reads in one step.
const MEMBERS_A_STEP: usize = 16;

/// The `recursion_limit` that the crate needs, if the usual one is too low.
pub(super) fn recursion_limit(api: &Api) -> Option<usize> {
    let mut depths = vec![None; api.types.len()];
    let deepest = (0..api.types.len())
        .map(|index| depth(api, index, &mut depths))
        .max()?;
    let members = api.types.iter().map(|definition| match &definition.kind {
        Kind::Struct(object) => object.fields.len(),
        _ => 0,
    });
    let steps = members.max()? / MEMBERS_A_STEP;
    // An option, a list and a pointer may stand between two types, each a step of its own.
    let needed = (deepest * 6).max(steps * 2);
    (needed > SAFE * 6).then(|| needed.next_power_of_two())
}

/// How deep types nest below a type, itself included. A type that is reached again inside itself counts as 0.
fn depth(api: &Api, index: usize, depths: &mut [Option<usize>]) -> usize {
    // Types that are deep enough to need this may be too deep for the stack.
    let mut open = vec![(index, false)];
    while let Some((index, is_done)) = open.pop() {
        let parts = parts(api, index);
        if is_done {
            let known = parts.iter().map(|part| depths[*part].unwrap_or_default());
            depths[index] = Some(known.max().unwrap_or_default() + 1);
        } else if depths[index].is_none() {
            depths[index] = Some(0);
            open.push((index, true));
            open.extend(parts.into_iter().map(|part| (part, false)));
        }
    }
    depths[index].unwrap_or_default()
}

fn parts(api: &Api, index: usize) -> Vec<usize> {
    let mut parts: Vec<usize> = Vec::new();
    for value in api.types[index].kind.values() {
        value.definitions(&mut |id: TypeId| parts.push(id.index()));
    }
    parts
}
