//! Lower: from the parsed document to the intermediate representation.
//!
//! Schemas become types, operations get their parameters, bodies and answers. What OpenAPI can say
//! and this stage does not understand is reported with its place.

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ir;
use crate::parse::Document;

/// Lowers the whole document.
pub(crate) fn lower(_: &Document, _: &Config, diagnostics: &mut Diagnostics) -> ir::Api {
    let message = "the stage `lower` is not built yet";
    diagnostics.push(Diagnostic::error(Code::InternalError, Place::Nowhere, message));
    ir::Api {
        info: ir::Info::default(),
        servers: Vec::new(),
        schemes: Vec::new(),
        security: Vec::new(),
        tags: Vec::new(),
        operations: Vec::new(),
        operations_in_document: 0,
        types: ir::Types::default(),
    }
}
