//! Lower: from the parsed document to the intermediate representation.
//!
//! Schemas become types, operations get their parameters, bodies and answers. What OpenAPI can say
//! and this stage does not understand is reported with its place.

mod body;
mod combined;
mod enumeration;
mod graph;
mod keywords;
mod operation;
mod parameter;
mod place;
mod response;
mod rules;
mod scalar;
mod schema;
mod security;
mod server;
mod shape;
mod share;
mod signature;
mod size;
mod tag;
mod union;
mod webhook;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use openapiv3::{Info, License, Tag};

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::{self, TypeId, TypeRef};
use crate::parse::Document;
use crate::pointer::{Pointer, PointerMap, PointerSet};
use shape::Shape;

/// Lowers the whole document.
pub(crate) fn lower<'d>(
    document: &'d Document<'d>,
    config: &'d Config,
    diagnostics: &'d mut Diagnostics,
) -> ir::Api {
    let mut lowering = Lowering {
        document,
        config,
        diagnostics,
        types: ir::Types::default(),
        places: PointerMap::default(),
        responses: PointerMap::default(),
        parameters: PointerMap::default(),
        headers: PointerMap::default(),
        shapes: PointerMap::default(),
        leaves: VecDeque::new(),
        open_shapes: IndexSet::default(),
        whole_from: usize::MAX,
        partial_shapes: 0,
        open_values: PointerSet::default(),
        reserved: VecDeque::new(),
        open_unions: 0,
        combined: 0,
        looked_at: 0,
        merged: HashMap::new(),
        open_merged: 0,
        nullable_types: HashSet::new(),
        heirs: PointerMap::default(),
    };
    lowering.note_heirs();
    lowering.schema_components();
    let servers = lowering.servers();
    let operations = lowering.operations(&servers);
    let webhooks = lowering.webhooks();
    if operations.is_empty() && webhooks.is_empty() {
        let message = "the document describes no operation";
        let place = Pointer::root().child("paths");
        // It may be there for the sake of its schemas.
        lowering.diagnostics.push(match lowering.types.len() {
            0 => Diagnostic::error(Code::NoOperations, place, message),
            _ => Diagnostic::warning(Code::NoOperations, place, message)
                .help("the crate has its types and no client"),
        });
    }
    let places = lowering.places.drain().collect();
    let mut api = ir::Api {
        info: lowering.info(),
        servers,
        schemes: lowering.security_schemes(),
        security: lowering.default_security(),
        tags: lowering.tags(),
        operations,
        webhooks,
        operations_in_document: document.operations(&Pointer::root().child("paths")).len(),
        types: lowering.types,
        places,
    };
    let (nullable, diagnostics) = (lowering.nullable_types, lowering.diagnostics);
    graph::drop_circular_variants(&mut api.types, diagnostics);
    graph::break_alias_cycles(&mut api.types, diagnostics);
    graph::spread_null(&mut api, &nullable);
    graph::keep_bytes_in_forms(&mut api);
    graph::mark_directions(&mut api);
    if config.is_selective() {
        graph::drop_unreached(&mut api.types);
    }
    mark_secrets(&mut api.types, &config.secret, diagnostics);
    share::share(&mut api);
    graph::box_cycles(&mut api.types);
    size::box_large_parts(&mut api.types);
    api
}

/// The state of the stage: what was lowered so far, by the place it stands at.
struct Lowering<'d> {
    document: &'d Document<'d>,
    config: &'d Config,
    diagnostics: &'d mut Diagnostics,
    types: ir::Types,
    /// The types of schemas that were lowered, so that each becomes one type.
    places: PointerMap<TypeRef>,
    /// The components that were lowered, which many operations refer to.
    responses: PointerMap<Option<ir::Response>>,
    parameters: PointerMap<Option<ir::Parameter>>,
    /// The structs of response headers that were lowered, by the place of the response.
    headers: PointerMap<TypeId>,
    shapes: PointerMap<Rc<Shape>>,
    /// Those of them that hold no others, the latest at the end. They are most of all, and soon no longer
    /// asked for.
    leaves: VecDeque<Pointer>,
    /// Schemas whose shape is being made, to notice those that hold themselves.
    open_shapes: IndexSet<Pointer, RandomState>,
    /// The outermost of them that was met again inside of itself: those further in are not whole.
    whole_from: usize,
    /// How many shapes were made that were not whole.
    partial_shapes: usize,
    /// Schemas whose type is being made, to notice lists of themselves.
    open_values: PointerSet,
    /// Definitions that have their identity and are still to be lowered.
    reserved: VecDeque<(TypeId, Pointer)>,
    /// How many unions are being made inside of each other.
    open_unions: usize,
    /// How many alternatives were combined with what stands beside them, in the outermost of these.
    combined: usize,
    /// How many schemas were looked at for what their members tell.
    looked_at: usize,
    /// The types of schemas that must all hold, by their places; none while one is being made.
    merged: HashMap<Vec<Pointer>, Option<TypeRef>>,
    /// How many of them are being made inside of each other.
    open_merged: usize,
    /// Definitions in whose place `null` may stand.
    nullable_types: HashSet<TypeId>,
    /// The named schemas that have a named schema in their `allOf`.
    heirs: PointerMap<Vec<Pointer>>,
}

impl Lowering<'_> {
    /// Says that something of the document does not reach the crate.
    fn left_out(&mut self, at: &Pointer, message: impl Into<String>) {
        self.diagnostics
            .push(Diagnostic::warning(Code::NotCarriedOver, at, message));
    }

    fn info(&mut self) -> ir::Info {
        let at = Pointer::root().child("info");
        let Some(info) = self.document.parse::<Info>(&at, self.diagnostics) else {
            return ir::Info::default();
        };
        ir::Info {
            title: info.title,
            version: info.version,
            description: info.description,
            license: info.license.map(|License { name, .. }| name),
            contact: info.contact.map(|contact| ir::Contact {
                name: contact.name,
                url: contact.url,
                email: contact.email,
            }),
            terms_of_service: info.terms_of_service,
        }
    }

    fn tags(&mut self) -> Vec<ir::Tag> {
        let places = self.document.elements(&Pointer::root().child("tags"));
        let parsed = places
            .iter()
            .filter_map(|at| self.document.find::<Tag>(at, self.diagnostics));
        parsed
            .map(|tag| ir::Tag {
                name: tag.node.name,
                description: tag.node.description,
            })
            .collect()
    }
}

/// Marks the fields that the configuration calls secret, as `Type.field`.
fn mark_secrets(types: &mut ir::Types, secrets: &[String], diagnostics: &mut Diagnostics) {
    for secret in secrets {
        let marked = secret
            .split_once('.')
            .is_some_and(|(schema, field)| mark_secret(types, schema, field));
        if !marked {
            let message = format!("`secret` names `{secret}`, and there is no such field");
            diagnostics.push(
                Diagnostic::warning(Code::UnmatchedConfiguration, Place::Nowhere, message)
                    .help("write the name of a schema, a dot, and the name of its property"),
            );
        }
    }
}

fn mark_secret(types: &mut ir::Types, schema: &str, field: &str) -> bool {
    let fields = types.iter_mut().filter_map(|definition| {
        let named = matches!(&definition.origin, ir::Origin::Schema(name) if name == schema);
        match &mut definition.kind {
            ir::Kind::Struct(object) if named => Some(&mut object.fields),
            _ => None,
        }
    });
    let mut found = false;
    for field in fields.flatten().filter(|candidate| candidate.name == field) {
        field.secret = true;
        found = true;
    }
    found
}
