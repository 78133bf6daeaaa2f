//! Lower: from the parsed document to the intermediate representation.
//!
//! Schemas become types, operations get their parameters, bodies and responses. What OpenAPI can say
//! and this stage does not understand is reported with its place.

mod array;
mod body;
mod combined;
mod discriminator;
mod enumeration;
mod family;
mod keywords;
mod object;
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
mod shapes;
mod tag;
mod union;
mod webhook;

use std::collections::VecDeque;

use openapiv3::{Info, License, Tag};

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{self, Lowered};
use crate::parse::Document;
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::terms::{self, TypeId, TypeRef};
use shapes::Shapes;

/// Lowers the whole document.
pub(crate) fn lower<'d>(
    document: &'d Document<'d>,
    config: &'d Config,
    diagnostics: &'d mut Diagnostics,
) -> ir::Api<Lowered> {
    let mut lowering = Lowering {
        document,
        config,
        diagnostics,
        types: ir::Types::default(),
        places: PointerMap::default(),
        responses: PointerMap::default(),
        parameters: PointerMap::default(),
        headers: PointerMap::default(),
        shapes: Shapes::new(document),
        open_values: PointerSet::default(),
        reserved: VecDeque::new(),
        unions: union::Work::default(),
        combined: combined::Combined::default(),
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
        // A document may exist only for its schemas, so this is an error only if it has none.
        lowering.diagnostics.push(match lowering.types.len() {
            0 => Diagnostic::error(Code::NoOperations, place, message),
            _ => Diagnostic::warning(Code::NoOperations, place, message)
                .help("the crate has its types and no client"),
        });
    }
    let places = lowering.places.drain().collect();
    ir::Api {
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
    }
}

/// The state of the stage: what was lowered so far, by the place it stands at.
struct Lowering<'d> {
    document: &'d Document<'d>,
    config: &'d Config,
    diagnostics: &'d mut Diagnostics,
    types: ir::Types<Lowered>,
    /// The types of schemas that were lowered, so that each becomes one type.
    places: PointerMap<TypeRef>,
    /// Lowered response and parameter components, kept because many operations refer to the same one.
    responses: PointerMap<Option<ir::Response>>,
    parameters: PointerMap<Option<ir::Parameter>>,
    /// The structs of response headers that were lowered, by the place of the response.
    headers: PointerMap<TypeId>,
    shapes: Shapes<'d>,
    /// Schemas whose type is being made, to detect schemas that are lists or maps of themselves.
    open_values: PointerSet,
    /// Definitions that already have a [`TypeId`] and are still to be lowered.
    reserved: VecDeque<(TypeId, Pointer)>,
    unions: union::Work,
    combined: combined::Combined,
    /// For each named schema, the named schemas that extend it through `allOf`.
    heirs: PointerMap<Vec<Pointer>>,
}

impl Lowering<'_> {
    /// Says that something of the document does not reach the crate.
    fn left_out(&mut self, at: &Pointer, message: impl Into<String>) {
        left_out(at, message, self.diagnostics);
    }

    fn info(&mut self) -> terms::Info {
        let at = Pointer::root().child("info");
        let Some(info) = self.document.parse::<Info>(&at, self.diagnostics) else {
            return terms::Info::default();
        };
        terms::Info {
            title: info.title,
            version: info.version,
            description: info.description,
            license: info.license.map(|License { name, .. }| name),
            contact: info.contact.map(|contact| terms::Contact {
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

/// Says that something of the document does not reach the crate.
fn left_out(at: &Pointer, message: impl Into<String>, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::warning(Code::NotCarriedOver, at, message));
}
