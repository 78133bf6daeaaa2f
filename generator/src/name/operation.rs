//! Names of an operation: its request struct, its arguments and setters, its error type.

use super::error::error_set;
use super::ident::{snake, type_ident};
use super::scope::{Scope, numbered};
use super::words::words;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::named::{self, FieldName, FunctionName, OperationError, TypeName};
use crate::pointer::Pointer;

/// Methods that every request struct has, so a setter must be called something else.
const REQUEST_METHODS: [&str; 12] = [
    "base_url",
    "clone",
    "header",
    "idempotency_key",
    "into_request",
    "path",
    "query",
    "retry",
    "send",
    "send_blocking",
    "send_raw",
    "timeout",
];

/// The name of the argument that takes the body.
const BODY: &str = "body";

/// The words an operation is named by: its operationId, or its method and path.
pub(super) fn words_of(operation: &ir::Operation) -> Vec<String> {
    let named = operation.id.as_deref().map(words).unwrap_or_default();
    if !named.is_empty() {
        return named;
    }
    let mut all = words(operation.method.as_str());
    for part in &operation.path.0 {
        match part {
            ir::PathPart::Literal(text) => all.extend(words(text)),
            ir::PathPart::Parameter(name) => {
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

/// Names everything in an operation; the second is its error type, if it has one.
pub(super) fn operation(
    source: &ir::Operation,
    method_name: FunctionName,
    request: &str,
    diagnostics: &mut Diagnostics,
) -> (named::Operation, Option<named::ErrorSet>) {
    let label = label(source);
    let request = TypeName::new(&label, request, &source.at);
    let errors = error_set(source, &request, diagnostics);
    let error = match &errors {
        Some(set) => OperationError::Own(set.name.clone()),
        None => OperationError::Undocumented,
    };
    let (arguments, setters) = parameters(source, diagnostics);
    let output = source
        .success
        .iter()
        .find_map(|response| response.body.as_ref());
    let operation = named::Operation {
        method_name,
        request,
        method: source.method.clone(),
        path: source.path.clone(),
        doc: source.doc.clone(),
        arguments,
        setters,
        body: source
            .body
            .as_ref()
            .map(|body| named_body(body, &source.at)),
        output: output.map(|media| media.value.clone()),
        error,
        security: source.security.clone(),
        example: source
            .body
            .as_ref()
            .and_then(|body| body.content.example.clone()),
    };
    (operation, errors)
}

fn named_body(body: &ir::Body, at: &Pointer) -> named::Body {
    named::Body {
        name: FieldName::new("", BODY, &at.child("requestBody")),
        required: body.required,
        value: body.content.value.clone(),
        doc: body.doc.clone(),
    }
}

/// The parameters that are arguments of the method, because they are required, and the others.
fn parameters(
    source: &ir::Operation,
    diagnostics: &mut Diagnostics,
) -> (Vec<named::Parameter>, Vec<named::Parameter>) {
    let mut arguments = Scope::with(&[BODY]);
    let mut setters = Scope::with(&REQUEST_METHODS);
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for parameter in &source.parameters {
        let scope = if parameter.required {
            &mut arguments
        } else {
            &mut setters
        };
        let mut wanted = snake(&words(&parameter.name));
        if scope.has(&wanted) {
            wanted = format!("{}_param", wanted.trim_start_matches("r#"));
        }
        let substitutes = numbered(&wanted, "_");
        let rust = scope.claim(&wanted, substitutes, &parameter.at, diagnostics);
        let named = named::Parameter {
            name: FieldName::new(&parameter.name, rust, &parameter.at),
            location: parameter.location,
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
