//! Lower: from the parsed document to the intermediate representation.
//!
//! Schemas become types, operations get their parameters, bodies and answers. What OpenAPI can say
//! and this stage does not understand is reported with its place.

mod graph;
mod operation;
mod response;
mod schema;
mod security;

use std::collections::HashMap;

use openapiv3::{Info, License, Server, Tag};

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir;
use crate::parse::Document;
use crate::pointer::Pointer;

/// Lowers the whole document.
pub(crate) fn lower(
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> ir::Api {
    let mut lowering = Lowering {
        document,
        diagnostics,
        types: ir::Types::default(),
        places: HashMap::new(),
        headers: HashMap::new(),
    };
    lowering.schema_components();
    let operations = lowering.operations();
    let mut api = ir::Api {
        info: lowering.info(),
        servers: lowering.servers(),
        schemes: lowering.security_schemes(),
        security: lowering.default_security(),
        tags: lowering.tags(),
        operations,
        operations_in_document: document.operations().len(),
        types: lowering.types,
    };
    graph::mark_requests(&mut api);
    graph::box_cycles(&mut api.types);
    mark_secrets(&mut api.types, &config.secret, diagnostics);
    api
}

/// The state of the stage: what was lowered so far, by the place it stands at.
struct Lowering<'d> {
    document: &'d Document,
    diagnostics: &'d mut Diagnostics,
    types: ir::Types,
    /// The types of schemas that were lowered, so that each becomes one type.
    places: HashMap<Pointer, ir::TypeRef>,
    /// The structs of response headers that were lowered, by the place of the response.
    headers: HashMap<Pointer, ir::TypeId>,
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

    fn servers(&mut self) -> Vec<ir::Server> {
        let places = self.document.elements(&Pointer::root().child("servers"));
        let mut servers = Vec::new();
        for at in places {
            let Some(server) = self.document.parse::<Server>(&at, self.diagnostics) else {
                continue;
            };
            if server
                .variables
                .is_some_and(|variables| !variables.is_empty())
            {
                self.left_out(
                    &at.child("variables"),
                    "server variables are not carried over",
                );
            } else if !servers.is_empty() {
                self.left_out(&at, "only the first server is carried over");
            } else {
                servers.push(ir::Server { url: server.url });
            }
        }
        servers
    }

    fn tags(&mut self) -> Vec<ir::Tag> {
        let places = self.document.elements(&Pointer::root().child("tags"));
        let parsed = places
            .iter()
            .filter_map(|at| self.document.parse::<Tag>(at, self.diagnostics));
        parsed
            .map(|tag| ir::Tag {
                name: tag.name,
                description: tag.description,
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
            let place = crate::diagnostics::Place::Nowhere;
            diagnostics.push(
                Diagnostic::warning(Code::UnmatchedConfiguration, place, message)
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
