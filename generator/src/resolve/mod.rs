//! Resolve: the document and all files it refers to become one tree, in which every `$ref` is a
//! pointer to another place of the tree.
//!
//! References stay references, because a component's name is worth keeping. Another file is put
//! into the tree as a whole, under [`FILES`] and its path; what it refers to is looked up beside
//! it. Files are read below one folder only, that of the document unless the user names another,
//! and never from the network: a document by a stranger must not read what lies around it.
//!
//! A reference that leads nowhere costs the node that it stands for; a diagnostic says so.

mod circles;
mod target;

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Node};
use crate::load::Source;
use crate::pointer::{At, FILES, Pointer, PointerMap};
use target::Anchors;

/// One tree, whose references lead to places inside it.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) root: Value,
    /// Nodes that a walk from the root does not reach, but a reference does.
    pub(crate) hidden: Vec<(Pointer, Node)>,
}

/// Where other files may be read.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// Where the document lies.
    document: PathBuf,
    /// Below which files may be read; canonical.
    root: Option<PathBuf>,
}

impl Folder {
    /// The folder of a document; `root` is where files may be read, if not only below it.
    pub(crate) fn of(document: Option<&Path>, root: Option<&Path>) -> Self {
        let parent = document.and_then(Path::parent).unwrap_or(Path::new(""));
        let document = parent.to_path_buf();
        let root = root.unwrap_or(if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        });
        Self {
            root: root.canonicalize().ok(),
            document,
        }
    }
}

/// Reads all files that the document refers to, and points every reference into the one tree.
pub(crate) fn resolve(
    root: Value,
    source: &mut Source,
    folder: Folder,
    diagnostics: &mut Diagnostics,
) -> Resolved {
    let mut resolver = Resolver {
        files: vec![SourceFile {
            key: String::new(),
            value: root,
        }],
        keys: HashMap::from([(String::new(), Some(0))]),
        source,
        folder,
        seen: HashSet::new(),
        waiting: vec![(0, Pointer::root(), Node::Document)],
        hidden: Vec::new(),
        references: PointerMap::default(),
        texts: Vec::new(),
        anchors: HashMap::new(),
        missing: 0,
        diagnostics,
    };
    while let Some((file, at, node)) = resolver.waiting.pop() {
        resolver.visit(file, &at, node);
    }
    resolver.finish()
}

/// A file of the tree.
struct SourceFile {
    /// Its path, relative to the document; empty for the document itself.
    key: String,
    value: Value,
}

/// How many unresolved references get the nearest name as help.
const MAX_NEAREST: usize = 100;

struct Resolver<'a> {
    files: Vec<SourceFile>,
    /// The index of the file with each key; `None` if it cannot be read.
    keys: HashMap<String, Option<usize>>,
    source: &'a mut Source,
    folder: Folder,
    seen: HashSet<(usize, Pointer, Node)>,
    waiting: Vec<(usize, Pointer, Node)>,
    hidden: Vec<(Pointer, Node)>,
    /// Where each reference stands in the tree, and where it leads.
    references: PointerMap<Pointer>,
    /// References in place of a `description` or `summary`: where each stands, and where it leads.
    texts: Vec<(Pointer, Pointer)>,
    /// What is named in files in which a name was asked for.
    anchors: HashMap<usize, Anchors>,
    /// How many references lead nowhere.
    missing: usize,
    diagnostics: &'a mut Diagnostics,
}

/// A reference as it was found.
struct Reference {
    at: Pointer,
    node: Node,
    target: String,
}

impl Resolver<'_> {
    /// Walks over a node of a file and resolves the references in it.
    fn visit(&mut self, file: usize, at: &Pointer, node: Node) {
        let Some(place) = self.files[file].value.pointer_mut(at.as_str()) else {
            return;
        };
        let mut value = std::mem::take(place);
        let (mut references, mut dynamic) = (Vec::new(), Vec::new());
        grammar::walk(&mut value, node, At::Pointer(at), &mut |value, node, at| {
            if let Some(target) = grammar::reference(value) {
                let target = target.to_owned();
                references.push(Reference {
                    at: at.pointer(),
                    node,
                    target,
                });
            }
            if let Some(target) = target::dynamic(value, node) {
                dynamic.push((at.pointer(), target.to_owned()));
            }
            references.extend(text_references(value, node, at));
        });
        if let Some(place) = self.files[file].value.pointer_mut(at.as_str()) {
            *place = value;
        }
        references.extend(dynamic.into_iter().filter_map(|(at, target)| {
            self.settle_dynamic(file, &at, &target)
                .then_some(Reference {
                    at,
                    node: Node::Schema,
                    target,
                })
        }));
        for reference in references {
            self.reference(file, &reference);
        }
    }

    /// Points one reference into the tree.
    fn reference(&mut self, file: usize, reference: &Reference) {
        let from = reference.at.below(&self.mount(file));
        match self.target(file, reference) {
            Ok((target_file, fragment)) => {
                let target = fragment.below(&self.mount(target_file));
                if reference.node == Node::Text {
                    self.texts.push((from, target));
                    return;
                }
                self.rewrite(file, reference, &target);
                self.references.insert(from, target.clone());
                let node = reference.node;
                let reached = target_file == 0 && grammar::kind_of(&fragment) == Some(node);
                if !reached && self.seen.insert((target_file, fragment.clone(), node)) {
                    self.hidden.push((target, node));
                    self.waiting.push((target_file, fragment, node));
                }
            }
            Err(reason) => {
                let mut diagnostic = Diagnostic::warning(
                    Code::UnresolvedReference,
                    from.child("$ref"),
                    reason.message,
                )
                .label("this reference leads nowhere");
                diagnostic.help = reason.help;
                self.diagnostics.push(diagnostic);
                self.give_up(file, &reference.at);
            }
        }
    }

    /// Marks a node as unresolved, so that later stages leave it out without another diagnostic.
    fn give_up(&mut self, file: usize, at: &Pointer) {
        if let Some(node) = self.files[file].value.pointer_mut(at.as_str()) {
            *node = grammar::unresolved();
        }
    }

    /// Where a file stands in the tree.
    fn mount(&self, file: usize) -> Pointer {
        match self.files[file].key.as_str() {
            "" => Pointer::root(),
            key => Pointer::root().child(FILES).child(key),
        }
    }

    /// The file that a path means, seen from another file.
    fn other_file(&mut self, from: usize, path: &str) -> Result<usize, Reason> {
        if let Some((scheme, _)) = path.split_once("://") {
            let message = format!("`{path}` is not read: no {scheme} reference ever is");
            return Err(Reason::from(message));
        }
        let path = percent_decode_str(path).decode_utf8_lossy();
        let beside = Path::new(&self.files[from].key)
            .parent()
            .unwrap_or(Path::new(""));
        let key = normal(&beside.join(path.as_ref()));
        if let Some(known) = self.keys.get(&key) {
            return known.ok_or_else(|| Reason::from(format!("`{key}` cannot be read")));
        }
        let opened = self.open(&key);
        self.keys.insert(key, opened.as_ref().ok().copied());
        opened
    }

    /// Reads a file into the tree.
    fn open(&mut self, key: &str) -> Result<usize, Reason> {
        let path = self.folder.document.join(key);
        let readable = path
            .canonicalize()
            .map_err(|error| Reason::from(format!("cannot read {}: {error}", path.display())))?;
        let inside = self
            .folder
            .root
            .as_ref()
            .is_some_and(|root| readable.starts_with(root));
        if !inside {
            return Err(Reason {
                message: format!(
                    "{} is outside the document's folder and is not read",
                    path.display()
                ),
                help: Some("`root` in clientsmith.toml names a folder further up".to_owned()),
            });
        }
        let value = self.source.open(&path, key);
        let value = value.map_err(|diagnostic| Reason::from(diagnostic.message))?;
        self.files.push(SourceFile {
            key: key.to_owned(),
            value,
        });
        Ok(self.files.len() - 1)
    }

    fn rewrite(&mut self, file: usize, reference: &Reference, target: &Pointer) {
        if reference.target.strip_prefix('#') == Some(target.as_str()) {
            return;
        }
        let node = self.files[file].value.pointer_mut(reference.at.as_str());
        if let Some(text) = node.and_then(|node| node.get_mut("$ref")) {
            *text = Value::from(format!("#{}", target.as_str()));
        }
    }

    /// Puts the files together.
    fn finish(self) -> Resolved {
        let mut files = self.files.into_iter();
        let mut root = files.next().map(|file| file.value).unwrap_or_default();
        let others: Map<String, Value> = files.map(|file| (file.key, file.value)).collect();
        if let (Value::Object(root), false) = (&mut root, others.is_empty()) {
            root.insert(FILES.to_owned(), Value::Object(others));
        }
        for (at, target) in self.texts {
            let text = root
                .pointer(target.as_str())
                .filter(|value| value.is_string())
                .cloned();
            if let (Some(text), Some(place)) = (text, root.pointer_mut(at.as_str())) {
                *place = text;
            }
        }
        circles::break_all(&mut root, &self.references, self.diagnostics);
        Resolved {
            root,
            hidden: self.hidden,
        }
    }
}

/// Why a reference leads nowhere.
struct Reason {
    message: String,
    help: Option<String>,
}

impl From<String> for Reason {
    fn from(message: String) -> Self {
        Self {
            message,
            help: None,
        }
    }
}

/// The `description` and `summary` of a node, if they are references instead of strings.
fn text_references(value: &Value, node: Node, at: At<'_>) -> Vec<Reference> {
    let members = value.as_object().into_iter().flatten();
    let texts =
        members.filter(|(keyword, _)| ["description", "summary"].contains(&keyword.as_str()));
    // A property may be called `description`, but properties are not members of a schema.
    let texts = texts.filter(|_| node != Node::Text);
    texts
        .filter_map(|(keyword, value)| {
            let target = grammar::reference(value)?.to_owned();
            Some(Reference {
                at: at.child(keyword).pointer(),
                node: Node::Text,
                target,
            })
        })
        .collect()
}

/// A relative path without `.` and, as far as possible, without `..`.
fn normal(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    // An absolute path starts with the root's own name, which is the separator itself.
    parts.join("/").replacen("//", "/", 1)
}

#[cfg(test)]
mod tests {
    use crate::cases::diagnostics_of;

    #[test]
    fn a_reference_that_leads_nowhere_names_the_nearest() {
        assert_eq!(
            diagnostics_of(
                "{Order: {type: object}, A: {properties: {o: {$ref: '#/components/schemas/Oder'}}}}"
            ),
            [
                "warning /A/properties/o/$ref: nothing stands at `/Oder` (the nearest name there is `Order`)"
            ],
        );
    }

    #[test]
    fn a_reference_that_cannot_be_followed_says_why() {
        for (target, said) in [
            (
                "#/components/schemas/A",
                "this reference leads back to itself without reaching a definition",
            ),
            (
                "https://example.com/a.yaml",
                "`https://example.com/a.yaml` is not read: no https reference ever is",
            ),
        ] {
            let schemas = format!("{{A: {{$ref: '{target}'}}}}");
            assert_eq!(
                diagnostics_of(&schemas),
                [format!("warning /A/$ref: {said}")]
            );
        }
    }
}
