//! Operations: method, path, and what else makes one.

use openapiv3::Operation;

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::parse::OperationPlace;
use crate::pointer::Pointer;
use crate::terms::{Doc, PathPart, PathTemplate};

impl Lowering<'_> {
    /// Lowers all operations that the configuration asks for, in document order.
    pub(super) fn operations(&mut self, servers: &[ir::Server]) -> Vec<ir::Operation> {
        let places = self.document.operations(&Pointer::root().child("paths"));
        let mut operations = Vec::with_capacity(places.len());
        for place in places {
            operations.extend(self.operation(&place, operations.len(), servers));
        }
        operations
    }

    /// Lowers one operation; `index` is the place it will have in [`ir::Api::operations`].
    fn operation(
        &mut self,
        place: &OperationPlace,
        index: usize,
        servers: &[ir::Server],
    ) -> Option<ir::Operation> {
        let at = &place.at;
        let operation = self.document.parse::<Operation>(at, self.diagnostics);
        let method = http::Method::from_bytes(place.method.as_bytes()).ok();
        let (Some(operation), Some(method)) = (operation, method) else {
            let message = format!("{} {} cannot be understood", place.method, place.path);
            self.diagnostics
                .push(Diagnostic::warning(Code::OperationLeftOut, at, message));
            return None;
        };
        if !self
            .config
            .wants(operation.operation_id.as_deref(), &operation.tags)
        {
            return None;
        }
        if self.document.value(&at.child("callbacks")).is_some() {
            self.left_out(&at.child("callbacks"), "callbacks are not carried over");
        }
        let (path, query) = self.template(&place.path, at);
        let parameters = self.parameters(place, &operation, &path, index);
        let body = operation
            .request_body
            .as_ref()
            .and_then(crate::parse::place);
        let body = body.and_then(|body| self.request_body(&body, index));
        let (success, errors) = self.responses(&operation.responses, index);
        Some(ir::Operation {
            id: operation.operation_id.filter(|id| !id.trim().is_empty()),
            tags: operation.tags,
            method,
            path,
            query,
            doc: Doc {
                summary: operation.summary.map(Into::into),
                description: operation.description.map(Into::into),
                link: operation.external_docs.map(|docs| docs.url),
                deprecated: operation.deprecated,
                ..Doc::default()
            },
            parameters,
            body,
            success,
            errors,
            security: self.security(&at.child("security")),
            server: self.own_server(place, servers),
            at: at.clone(),
        })
    }

    /// A path as a template, and the query pairs that some documents put after a `?` in the path to distinguish
    /// operations.
    fn template(&mut self, path: &str, at: &Pointer) -> (PathTemplate, Vec<(String, String)>) {
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        if !fragment.is_empty() {
            let message = format!("`#{fragment}` in a path is never sent");
            self.left_out(at, message);
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut fixed = Vec::new();
        for pair in pairs {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if value.contains('{') || name.contains('{') {
                let message = format!("`{pair}` in a path is left to the query parameters");
                self.left_out(at, message);
            } else {
                fixed.push((name.to_owned(), value.to_owned()));
            }
        }
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        };
        (parts(&path), fixed)
    }
}

/// Splits a path at its parameters. Braces that do not pair are text.
fn parts(path: &str) -> PathTemplate {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(PathPart::Literal(before.to_owned()));
        }
        parts.push(PathPart::Parameter(name.trim_end_matches('*').to_owned()));
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(PathPart::Literal(rest.to_owned()));
    }
    PathTemplate(parts)
}

#[cfg(test)]
mod tests {
    use crate::cases::diagnostics_in;

    #[test]
    fn what_is_not_carried_over_is_reported() {
        for (operation, said) in [
            (
                "responses: {}, callbacks: {c: {}}",
                "/callbacks: callbacks are not carried over",
            ),
            (
                "servers: [{url: 'https://a'}, {url: 'https://b'}], responses: {'200': {description: d}}",
                "/servers: only the first server of an operation is carried over",
            ),
        ] {
            let paths = format!("{{/a: {{get: {{{operation}}}}}}}");
            let said = format!("warning #/paths/~1a/get{said}");
            assert_eq!(diagnostics_in(&paths), [said]);
        }
    }
}
