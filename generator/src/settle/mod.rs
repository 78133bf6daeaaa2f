//! Settle: what follows from all types together.
//!
//! `lower` makes each type from the schemas at its place; what it needs to know about the others comes here.
//! It takes [`Lowered`] types and makes the [`Definition`]s that all later stages read, so that none of them can
//! read what is not known yet. Each pass stands where it does because of what it needs:
//!
//! | pass | does | why it stands here |
//! |---|---|---|
//! | [`circle::drop_variants`] | drops variants that lead back to their own union | all others follow variants and must come to an end |
//! | [`circle::break_aliases`] | replaces aliases that are only lists or maps of themselves | a union of which one variant is left is an alias too |
//! | [`null::spread`] | moves `null` from named types to their uses | sharing compares the uses |
//! | [`patch::allow_null`] | lets optional properties of merge patches be `null` | a type of a patch must differ from its copy elsewhere when types are shared |
//! | [`parts::are_files`] | makes files of parts without a type | they are bytes in forms |
//! | [`bytes::keep_in_forms`] | turns bytes in JSON into text | a type in a form must differ from its copy in JSON when types are shared |
//! | [`direction::Directions::of`] | finds what requests and responses hold; makes properties of one direction optional | sharing needs the directions, and so does leaving out what is unreached |
//! | [`secret::mark`] | marks the fields that the configuration calls secret | a type with a secret must differ from its copy without one when types are shared |
//! | [`share::share`] | replaces equal types by one of them | nothing changes types any more but boxes |
//! | [`boxes::close`] | boxes the parts that close a cycle | sharing can close one |
//! | [`size::box_large_parts`] | boxes large parts and computes sizes | a size ends at a box |

mod boxes;
mod bytes;
mod circle;
mod direction;
mod null;
mod parts;
mod patch;
mod secret;
mod share;
mod signature;
mod size;
mod values;

use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Definition, Lowered, Types};
use direction::Directions;
use share::Shared;

/// Settles the types of an API.
pub(crate) fn settle(mut api: Api<Lowered>, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    circle::drop_variants(&mut api.types, diagnostics);
    circle::break_aliases(&mut api.types, diagnostics);
    null::spread(&mut api);
    patch::allow_null(&mut api);
    parts::are_files(&mut api);
    bytes::keep_in_forms(&mut api);
    let directions = Directions::of(&mut api, config.read_only);
    secret::mark(&mut api.types, &config.secret, diagnostics);
    let left_out = match config.is_selective() {
        true => directions.unreached(),
        false => vec![false; api.types.len()],
    };
    let shared = share::share(&mut api, &directions, left_out);
    boxes::close(&mut api.types);
    let sizes = size::box_large_parts(&mut api.types);
    Api {
        info: api.info,
        servers: api.servers,
        schemes: api.schemes,
        security: api.security,
        tags: api.tags,
        operations: api.operations,
        webhooks: api.webhooks,
        operations_in_document: api.operations_in_document,
        types: definitions(api.types, directions, shared, sizes),
        places: api.places,
    }
}

/// The definitions of types, from all that the passes found out.
fn definitions(
    types: Types<Lowered>,
    directions: Directions,
    shared: Shared,
    sizes: Vec<usize>,
) -> Types {
    let (mut in_request, mut in_response) = (
        directions.in_request.into_iter(),
        directions.in_response.into_iter(),
    );
    let mut also = shared.also.into_iter();
    let mut left_out = shared.left_out.into_iter();
    let mut sizes = sizes.into_iter();
    types.map(|lowered| Definition {
        origin: lowered.origin,
        doc: lowered.doc,
        kind: lowered.kind,
        in_request: in_request.next().unwrap_or_default(),
        in_response: in_response.next().unwrap_or_default(),
        also: also.next().unwrap_or_default(),
        replaced: left_out.next().unwrap_or_default(),
        size: sizes.next().unwrap_or_default(),
        at: lowered.at,
    })
}
