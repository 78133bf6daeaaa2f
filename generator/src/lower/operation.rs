//! Operations: their path, parameters and body.

use openapiv3::{
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle,
    RequestBody,
};

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Doc, Location, Origin, PathPart, PathTemplate};
use crate::parse::{OperationPlace, place};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Lowers all operations, in document order.
    pub(super) fn operations(&mut self) -> Vec<ir::Operation> {
        let webhooks = Pointer::root().child("webhooks");
        if self.document.value(&webhooks).is_some() {
            self.left_out(&webhooks, "webhooks are not carried over");
        }
        let places = self.document.operations();
        let mut operations = Vec::with_capacity(places.len());
        for place in places {
            operations.extend(self.operation(&place, operations.len()));
        }
        if operations.is_empty() {
            let message = "the document describes no operation";
            let place = Pointer::root().child("paths");
            self.diagnostics
                .push(Diagnostic::error(Code::NoOperations, place, message));
        }
        operations
    }

    /// Lowers one operation; `index` is the place it will have in [`ir::Api::operations`].
    fn operation(&mut self, place: &OperationPlace, index: usize) -> Option<ir::Operation> {
        let at = &place.at;
        let operation = self.document.parse::<Operation>(at, self.diagnostics)?;
        let method = http::Method::from_bytes(place.method.as_bytes()).ok()?;
        if self.document.value(&at.child("callbacks")).is_some() {
            self.left_out(&at.child("callbacks"), "callbacks are not carried over");
        }
        for (owner, owned) in [(&place.item, "servers"), (at, "servers")] {
            if self.document.value(&owner.child(owned)).is_some() {
                self.left_out(
                    &owner.child(owned),
                    "servers of one operation are not carried over",
                );
            }
        }
        let parameters = self.parameters(place, &operation, index);
        let body = operation.request_body.as_ref().and_then(self::place);
        let body = body.and_then(|body| self.body(&body, index));
        let (success, errors) = self.responses(&operation.responses, index, at);
        Some(ir::Operation {
            id: operation.operation_id,
            tags: operation.tags,
            method,
            path: template(&place.path),
            doc: Doc {
                summary: operation.summary,
                description: operation.description,
                deprecated: operation.deprecated,
                ..Doc::default()
            },
            parameters,
            body,
            success,
            errors,
            security: self.security(&at.child("security")),
            at: at.clone(),
        })
    }

    /// The parameters of an operation: those of its path, unless it has its own of the same name.
    fn parameters(
        &mut self,
        place: &OperationPlace,
        operation: &Operation,
        index: usize,
    ) -> Vec<ir::Parameter> {
        let item = self
            .document
            .parse::<PathItem>(&place.item, self.diagnostics);
        let shared = item.into_iter().flat_map(|item| item.parameters);
        let own = operation.parameters.iter().cloned();
        let mut parameters: Vec<ir::Parameter> = Vec::new();
        for parameter in shared.chain(own).filter_map(|p| self::place(&p)) {
            let Some(parameter) = self.parameter(&parameter, index) else {
                continue;
            };
            let same = |other: &ir::Parameter| {
                other.name == parameter.name && other.location == parameter.location
            };
            match parameters.iter().position(same) {
                Some(overridden) => parameters[overridden] = parameter,
                None => parameters.push(parameter),
            }
        }
        self.undeclared(place, &mut parameters);
        parameters
    }

    /// Declares the placeholders of the path that the document forgot: as text.
    fn undeclared(&mut self, place: &OperationPlace, parameters: &mut Vec<ir::Parameter>) {
        for part in template(&place.path).0 {
            let PathPart::Parameter(name) = part else {
                continue;
            };
            let is_declared = |p: &ir::Parameter| p.location == Location::Path && p.name == name;
            if !parameters.iter().any(is_declared) {
                let message = format!("the path parameter `{name}` is not declared");
                self.diagnostics.push(
                    Diagnostic::warning(Code::InvalidNode, &place.at, message)
                        .help("it is taken as a required string"),
                );
                parameters.push(ir::Parameter {
                    name,
                    location: Location::Path,
                    required: true,
                    value: ir::Type::Scalar(ir::Scalar::String).into(),
                    doc: Doc::default(),
                    at: place.at.clone(),
                });
            }
        }
    }

    fn parameter(&mut self, at: &Pointer, operation: usize) -> Option<ir::Parameter> {
        let found = self.document.find::<Parameter>(at, self.diagnostics)?;
        let (location, plain) = match &found.node {
            Parameter::Path { style, .. } => (Location::Path, *style == PathStyle::Simple),
            Parameter::Query { style, .. } => (Location::Query, *style == QueryStyle::Form),
            Parameter::Header { .. } | Parameter::Cookie { .. } => {
                self.left_out(
                    &found.at,
                    "header and cookie parameters are not carried over",
                );
                return None;
            }
        };
        if !plain {
            self.left_out(
                &found.at.child("style"),
                "this parameter style is not carried over",
            );
            return None;
        }
        let data: ParameterData = found.node.parameter_data();
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            self.left_out(&found.at, "parameters with `content` are not carried over");
            return None;
        };
        let origin = Origin::Parameter {
            operation,
            name: data.name.clone(),
        };
        let schema = place(schema)?;
        let value = self.value(&schema, origin);
        let schema = self.doc_at(&schema);
        Some(ir::Parameter {
            name: data.name,
            location,
            required: data.required || location == Location::Path,
            value,
            doc: Doc {
                description: data.description.or(schema.description),
                example: data.example.or(schema.example),
                default: schema.default,
                deprecated: data.deprecated.unwrap_or_default() || schema.deprecated,
                summary: None,
            },
            at: found.at,
        })
    }

    fn body(&mut self, at: &Pointer, operation: usize) -> Option<ir::Body> {
        let found = self.document.find::<RequestBody>(at, self.diagnostics)?;
        let content = found.at.child("content");
        let media = self.json_media(&found.node.content, &content, Origin::Request(operation))?;
        Some(ir::Body {
            required: found.node.required,
            content: media,
            doc: Doc {
                description: found.node.description,
                ..Doc::default()
            },
        })
    }
}

/// Splits a path at its parameters. Braces that do not pair are text.
fn template(path: &str) -> PathTemplate {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(PathPart::Literal(before.to_owned()));
        }
        parts.push(PathPart::Parameter(name.to_owned()));
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Literal(rest.to_owned()));
    }
    PathTemplate(parts)
}
