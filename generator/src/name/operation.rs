//! Names of an operation: its request struct, its arguments and setters, its body, its response, its
//! error type.

use std::collections::HashSet;

use super::error::error_set;
use super::ident::{join, join_snake, snake, type_ident};
use super::namespace::{Namespace, numbered};
use super::package::known_security;
use super::types::{media_name, reason};
use super::words::{spelled, words};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Types};
use crate::named::{
    self, BodyContent, BodyVariant, Content, ErrorSet, FieldName, FunctionName, OperationError,
    Output, OutputVariant, TypeName, VariantName,
};
use crate::pointer::Pointer;
use crate::terms;

/// Methods that every request struct has, so a setter must be called something else.
const REQUEST_METHODS: [&str; 16] = [
    "base_url",
    "clone",
    "header",
    "idempotency_key",
    "into_request",
    "items",
    "pages",
    "path",
    "query",
    "retry",
    "send",
    "send_blocking",
    "send_events",
    "send_raw",
    "server",
    "timeout",
];

/// With more arguments than this, a method takes a struct that names its parameters.
const MAX_ARGUMENTS: usize = 6;

/// The name of the argument that takes the body.
const BODY: &str = "body";

/// What the method calls the request that it makes.
const CALL: &str = "call";

/// The words an operation is named by: its operationId, or its method and path.
pub(super) fn words_of(operation: &ir::Operation) -> Vec<String> {
    let named = operation.id.as_deref().map(words).unwrap_or_default();
    if !named.is_empty() {
        return named;
    }
    let mut all = words(operation.method.as_str());
    for part in &operation.path.0 {
        match part {
            terms::PathPart::Literal(text) => all.extend(words(text)),
            terms::PathPart::Parameter(name) => {
                all.push("by".to_owned());
                all.extend(words(name));
            }
        }
    }
    all
}

/// An operation's full name in the style of types: `ListFlowRuns`.
pub(super) fn full_name(operation: &ir::Operation) -> String {
    type_ident(&words_of(operation).join("_"))
}

/// What to call an operation in a sentence: its operationId, or its method and path.
pub(super) fn label(operation: &ir::Operation) -> String {
    match &operation.id {
        Some(id) => id.clone(),
        None => format!("{} {}", operation.method, operation.path),
    }
}

/// Names the parts of operations.
pub(super) struct OperationNames<'a> {
    pub(super) api: &'a ir::Api,
    pub(super) config: &'a Config,
    /// The items of the module that the operation stands in.
    pub(super) module: &'a mut Namespace,
    /// The request structs of that module. They are tuple structs, so their names are functions too, which no
    /// argument can be called like.
    pub(super) requests: &'a HashSet<String>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl OperationNames<'_> {
    /// The name of an operation's request.
    pub(super) fn request(&mut self, source: &ir::Operation) -> TypeName {
        self.item(&full_name(source), "Operation", &label(source), &source.at)
    }

    /// Names everything else in an operation; the second is its error type, if it has one.
    pub(super) fn operation(
        &mut self,
        source: &ir::Operation,
        request: TypeName,
        method_name: FunctionName,
    ) -> (named::Operation, Option<ErrorSet>) {
        let module = &mut *self.module;
        let name = |diagnostics: &mut Diagnostics| {
            let wanted = join(&request.rust, "Error");
            let rust = module.claim(&wanted, numbered(&wanted, ""), &request.at, diagnostics);
            TypeName::new(&request.wire, rust, &request.at)
        };
        let errors = error_set(source, name, &self.api.types, self.diagnostics);
        let error = match &errors {
            Some(set) => OperationError::Own(set.name.clone()),
            None => OperationError::Undocumented,
        };
        let (arguments, setters) = self.parameters(source);
        let body = usize::from(source.body.as_ref().is_some_and(|body| body.required));
        let arguments_struct = (arguments.len() + body > MAX_ARGUMENTS).then(|| {
            let wanted = join(&request.rust, "Arguments");
            self.item(&wanted, "Struct", "", &source.at)
        });
        let success = &source.success;
        let operation = named::Operation {
            method_name,
            method: source.method.clone(),
            path: source.path.clone(),
            query: source.query.clone(),
            doc: source.doc.clone(),
            arguments,
            arguments_struct,
            setters,
            body: source.body.as_ref().map(|body| self.body(body, &request)),
            output: self.output(source, &request),
            events: success.iter().find_map(|r| r.events.as_ref()).map(content),
            answers: answers(source),
            headers: success.iter().find_map(|response| response.headers),
            error,
            security: source
                .security
                .as_ref()
                .map(|security| known_security(security, self.api)),
            server: source.server.clone(),
            paging: None,
            idempotent: source
                .id
                .as_ref()
                .is_some_and(|id| self.config.idempotent.contains(id)),
            example: source.body.as_ref().and_then(|body| body.example.clone()),
            request,
        };
        (operation, errors)
    }

    /// A name for an item of the module.
    fn item(&mut self, wanted: &str, suffix: &str, wire: &str, at: &Pointer) -> TypeName {
        let substitutes = std::iter::once(join(wanted, suffix));
        let substitutes = substitutes.chain(numbered(wanted, ""));
        let rust = self.module.claim(wanted, substitutes, at, self.diagnostics);
        TypeName::new(wire, rust, at)
    }

    /// The parameters that are arguments of the method, because they are required, and the others.
    fn parameters(
        &mut self,
        source: &ir::Operation,
    ) -> (Vec<named::Parameter>, Vec<named::Parameter>) {
        let mut arguments = Namespace::with(&[BODY, CALL]);
        let mut setters = Namespace::with(&REQUEST_METHODS);
        if source.body.as_ref().is_some_and(|body| !body.required) {
            setters.take(BODY, std::iter::empty());
        }
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for parameter in &source.parameters {
            let scope = if parameter.required {
                &mut arguments
            } else {
                &mut setters
            };
            let mut wanted = snake(&spelled(&parameter.name));
            if scope.has(&wanted) || self.requests.contains(&wanted) {
                wanted = join_snake(&wanted, "param");
            }
            let substitutes = numbered(&wanted, "_");
            let rust = scope.claim(&wanted, substitutes, &parameter.at, self.diagnostics);
            let named = named::Parameter {
                name: FieldName::new(&parameter.name, rust, &parameter.at),
                location: parameter.location,
                style: parameter.style,
                value: parameter.value.clone(),
                doc: parameter.doc.clone(),
            };
            if parameter.required {
                required.push(named);
            } else {
                optional.push(named);
            }
        }
        (required, optional)
    }

    fn body(&mut self, body: &ir::Body, request: &TypeName) -> named::Body {
        let at = request.at.child("requestBody");
        let content = match body.content.as_slice() {
            [one] => BodyContent::One(content(one)),
            several => {
                let name = self.item(&join(&request.rust, "Body"), "Enum", "", &at);
                let mut scope = Namespace::default();
                let variants = several.iter().map(|media| {
                    let wanted = media_name(&media.media_type);
                    let rust = scope.claim(&wanted, numbered(&wanted, ""), &at, self.diagnostics);
                    BodyVariant {
                        name: VariantName::new(&media.media_type, rust, &at),
                        content: content(media),
                        boxed: size_of(&media.value, &self.api.types) > ir::MAX_VARIANT,
                    }
                });
                BodyContent::Several {
                    variants: variants.collect(),
                    name,
                }
            }
        };
        named::Body {
            name: FieldName::new("", BODY, &at),
            required: body.required,
            content,
            doc: body.doc.clone(),
        }
    }

    /// The output of a success: one type if all bodies are the same, else an enum with a variant for each
    /// status.
    fn output(&mut self, source: &ir::Operation, request: &TypeName) -> Output {
        let bodies: Vec<&ir::Media> = source
            .success
            .iter()
            .filter_map(|r| r.body.as_ref())
            .collect();
        let Some(first) = bodies.first() else {
            return Output::Nothing;
        };
        if source.method == http::Method::HEAD {
            return Output::Nothing;
        }
        let same =
            |media: &&&ir::Media| media.value.ty == first.value.ty && media.kind == first.kind;
        if bodies.iter().filter(same).count() == bodies.len() {
            let streamed = !matches!(first.kind, terms::MediaKind::Json | terms::MediaKind::Text);
            return match bodies.len() == source.success.len() || streamed {
                true => Output::One(content(first)),
                false => Output::Optional(content(first)),
            };
        }
        let at = request.at.child("responses");
        let name = self.item(&join(&request.rust, "Response"), "Outcome", "", &at);
        let mut scope = Namespace::with(&["Other"]);
        let mut responses: Vec<&ir::Response> = source.success.iter().collect();
        responses.sort_by_key(|response| response.status);
        let variants = responses.into_iter().map(|response| {
            let wanted = reason(response.status);
            let rust = scope.claim(&wanted, numbered(&wanted, ""), &at, self.diagnostics);
            let size = response
                .body
                .as_ref()
                .map_or(0, |media| held_size(media, &self.api.types));
            OutputVariant {
                name: VariantName::new(response.status.to_string(), rust, &at),
                status: response.status,
                content: response.body.as_ref().map(content),
                doc: response.doc.clone(),
                boxed: size > ir::MAX_VARIANT,
            }
        });
        Output::ByStatus {
            variants: variants.collect(),
            name,
        }
    }
}

/// All documented responses by status.
fn answers(source: &ir::Operation) -> Vec<(terms::StatusKey, Option<Content>)> {
    let responses = source.success.iter().chain(&source.errors);
    let answers = responses.map(|response| (response.status, response.body.as_ref().map(content)));
    let mut answers: Vec<_> = answers.collect();
    answers.sort_by_key(|(status, _)| *status);
    answers
}

/// How many bytes a body takes, roughly, as it is held among others: only JSON is held as its type.
fn held_size(media: &ir::Media, types: &Types) -> usize {
    match media.kind {
        terms::MediaKind::Json => size_of(&media.value, types),
        _ => 0,
    }
}

/// How many bytes a value takes, roughly.
pub(super) fn size_of(value: &terms::TypeRef, types: &Types) -> usize {
    match &value.ty {
        terms::Type::Definition(id) => types[*id].size,
        _ => ir::MAX_VARIANT / 2,
    }
}

pub(super) fn content(media: &ir::Media) -> Content {
    Content {
        kind: media.kind,
        media_type: media.media_type.clone(),
        value: media.value.clone(),
        encodings: media.encodings.clone(),
    }
}
