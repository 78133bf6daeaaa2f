//! Resolve: every `$ref` of the document leads to a node, or a diagnostic says that it does not.
//!
//! References stay in the tree, because a component's name is worth keeping; what leaves this stage
//! is a tree in which each of them is a pointer into the same tree. References to other files are
//! not read yet; each is reported.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Node};
use crate::pointer::Pointer;

/// A document whose references all lead somewhere inside it.
#[derive(Debug)]
pub(crate) struct Resolved(pub(crate) Value);

/// Checks all references of the document.
pub(crate) fn resolve(mut root: Value, diagnostics: &mut Diagnostics) -> Resolved {
    let mut references = Vec::new();
    grammar::walk(
        &mut root,
        Node::Document,
        &Pointer::root(),
        &mut |node, _, at| {
            if let Some(target) = grammar::reference(node) {
                references.push((at.clone(), target.to_owned()));
            }
        },
    );
    for (at, target) in references {
        if let Err(diagnostic) = follow(&root, &at, &target) {
            diagnostics.push(*diagnostic);
        }
    }
    Resolved(root)
}

/// Follows a reference to the node that it means, through further references.
fn follow(root: &Value, at: &Pointer, target: &str) -> Result<(), Box<Diagnostic>> {
    let mut seen = HashSet::new();
    let mut target = target;
    loop {
        let Some(fragment) = target.strip_prefix('#') else {
            return Err(external(at, target));
        };
        let pointer = Pointer::from_fragment(fragment);
        let Some(node) = root.pointer(pointer.as_str()) else {
            return Err(unresolved(root, at, &pointer));
        };
        if !seen.insert(target) {
            return Err(cyclic(at, target));
        }
        match grammar::reference(node) {
            Some(next) => target = next,
            None => return Ok(()),
        }
    }
}

fn external(at: &Pointer, target: &str) -> Box<Diagnostic> {
    let message = format!("`{target}` is in another file, and only this document is read");
    Box::new(Diagnostic::error(
        Code::UnresolvedReference,
        at.child("$ref"),
        message,
    ))
}

fn unresolved(root: &Value, at: &Pointer, target: &Pointer) -> Box<Diagnostic> {
    let message = format!("nothing stands at `{target}`");
    let diagnostic = Diagnostic::error(Code::UnresolvedReference, at.child("$ref"), message)
        .label("this reference leads nowhere");
    Box::new(match nearest(root, target) {
        Some(name) => diagnostic.help(format!("the nearest name there is `{name}`")),
        None => diagnostic,
    })
}

fn cyclic(at: &Pointer, target: &str) -> Box<Diagnostic> {
    let message = format!("`{target}` leads back to itself without reaching a definition");
    Box::new(Diagnostic::error(
        Code::CyclicReference,
        at.child("$ref"),
        message,
    ))
}

/// The sibling of the missing node whose name is most like the one that was asked for.
fn nearest<'v>(root: &'v Value, target: &Pointer) -> Option<&'v str> {
    const LIKE_ENOUGH: f64 = 0.8;
    let siblings = root.pointer(target.parent()?.as_str())?.as_object()?;
    let wanted = target.last();
    siblings
        .keys()
        .map(|name| (strsim::jaro_winkler(name, &wanted), name.as_str()))
        .filter(|(likeness, _)| *likeness >= LIKE_ENOUGH)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
