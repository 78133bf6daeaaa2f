//! Normalize: every dialect of OpenAPI becomes one canonical form. Dialects die at this border.
//!
//! The canonical form is that of OpenAPI 3.0, which is what the types of `openapiv3` can hold. The
//! tree is edited in place, one node at a time. A keyword that the canonical form does not have is
//! reported, never skipped in silence.

mod members;
mod nodes;
mod schema;
mod types;

pub(crate) use schema::{CONSTRAINTS, ENUM, NULL};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Node};
use crate::pointer::{At, Pointer};
use crate::resolve::Resolved;

/// A document in canonical form.
#[derive(Debug)]
pub(crate) struct Canonical(pub(crate) Value);

/// The versions of OpenAPI, as far as they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// 3.0: schemas are a dialect of their own.
    V3_0,
    /// 3.1 and later: schemas are JSON Schema 2020-12.
    V3_1,
}

impl Dialect {
    /// What the schemas of the dialect are called in a message.
    fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
        }
    }
}

/// The dialect a document says it is written in, or an error that says why it cannot be read.
pub(crate) fn dialect(root: &Value, diagnostics: &mut Diagnostics) -> Option<Dialect> {
    match version(root) {
        Ok(dialect) => Some(dialect),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

fn version(root: &Value) -> Result<Dialect, Box<Diagnostic>> {
    if let Some(swagger) = root.get("swagger") {
        let message = format!("this is a Swagger {} document", plain(swagger));
        let at = Pointer::root().child("swagger");
        return Err(Box::new(
            Diagnostic::error(Code::UnsupportedVersion, at, message)
                .help("OpenAPI 3.0 and 3.1 are read; converters from Swagger 2.0 exist"),
        ));
    }
    let Some(version) = root.get("openapi") else {
        let message = "this is not an OpenAPI document: it has no member `openapi`";
        let root = Pointer::root();
        return Err(Box::new(Diagnostic::error(Code::NotOpenApi, root, message)));
    };
    match plain(version).trim() {
        v if v == "3" || v.starts_with("3.0") => Ok(Dialect::V3_0),
        v if v.starts_with("3.") => Ok(Dialect::V3_1),
        other => {
            let message = format!("OpenAPI version `{other}` is not supported");
            let at = Pointer::root().child("openapi");
            Err(Box::new(
                Diagnostic::error(Code::UnsupportedVersion, at, message)
                    .help("OpenAPI 3.0 and 3.1 are read"),
            ))
        }
    }
}

/// A value as a reader would write it: text without quotes.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Brings the document into canonical form.
pub(crate) fn normalize(
    resolved: Resolved,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Canonical {
    let Resolved { mut root, hidden } = resolved;
    let document = (Pointer::root(), Node::Document);
    for (at, node) in std::iter::once(document).chain(hidden) {
        let Some(value) = root.pointer_mut(at.as_str()) else {
            continue;
        };
        grammar::walk(value, node, At::Pointer(&at), &mut |value, node, at| {
            if let Value::Object(map) = value {
                members::normalize(map, node, at, diagnostics);
            }
            match node {
                Node::Schema => schema::normalize(value, dialect, at, diagnostics),
                node => nodes::normalize(value, node, at, diagnostics),
            }
        });
    }
    Canonical(root)
}
