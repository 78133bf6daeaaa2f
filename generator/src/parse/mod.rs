//! Parse: the canonical document read through the types of `openapiv3`, node by node.
//!
//! A node is parsed when it is asked for. Its children are lifted out first: in what is returned,
//! every schema, parameter, response, header and request body below a node is a reference to the
//! place where it stands. So a wrong node costs that node and one diagnostic, and `openapiv3`,
//! whose `Schema` buffers everything below it at each level, never sees more than one level.

mod trail;

use std::cell::RefCell;

use openapiv3::{
    Components, Header, Info, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme, Server, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, Holds, METHODS, Node};
use crate::normalize::Canonical;
use crate::pointer::{Pointer, PointerMap};
use trail::Trail;

/// The parsed document.
#[derive(Debug)]
pub(crate) struct Document<'v> {
    trail: RefCell<Trail<'v>>,
    /// The ends of long chains of references, by each place on the way.
    ends: RefCell<PointerMap<Pointer>>,
}

/// A node that was found through references, perhaps under the name of a component.
#[derive(Debug)]
pub(crate) struct Found<T> {
    /// Where the node itself stands.
    pub(crate) at: Pointer,
    pub(crate) node: T,
}

/// A kind of node that `openapiv3` has a type for.
pub(crate) trait Parse: DeserializeOwned {
    const NODE: Node;
}

macro_rules! parse {
    ($($ty:ident)*) => { $(impl Parse for $ty { const NODE: Node = Node::$ty; })* };
}

parse!(Components Header Info Operation Parameter PathItem RequestBody Response Schema SecurityScheme Server Tag);

impl<'v> Document<'v> {
    pub(crate) fn new(canonical: &'v Canonical) -> Self {
        Self {
            trail: RefCell::new(Trail::new(&canonical.0)),
            ends: RefCell::default(),
        }
    }

    /// The node at a place, whatever it is.
    pub(crate) fn value(&self, at: &Pointer) -> Option<&'v Value> {
        self.trail.borrow_mut().find(at)
    }

    /// The node at a place or, if a reference stands there, the one it leads to.
    pub(crate) fn find<T: Parse>(
        &self,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Found<T>> {
        let (at, value) = self.follow(at);
        let node = self.read(value?, &at, diagnostics)?;
        Some(Found { at, node })
    }

    /// Where the reference leads that stands at this place.
    pub(crate) fn target(&self, at: &Pointer) -> Option<Pointer> {
        target(self.value(at)?)
    }

    /// Parses the node at a place, its children replaced by references to their places.
    pub(crate) fn parse<T: Parse>(&self, at: &Pointer, diagnostics: &mut Diagnostics) -> Option<T> {
        self.read(self.value(at)?, at, diagnostics)
    }

    /// Parses a node that stands at this place.
    pub(crate) fn read<T: Parse>(
        &self,
        value: &Value,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        if grammar::is_unresolved(value) {
            return None;
        }
        let result = match value {
            Value::Object(map) => serde_json::from_value(self.lift(map, T::NODE, at)),
            other => serde_json::from_value(other.clone()),
        };
        result
            .map_err(|error| {
                let message = format!("this is not a valid {}: {error}", T::NODE.noun());
                diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message));
            })
            .ok()
    }

    /// The places of all operations below a map of path items (`paths`, `webhooks`): by path, then in the order
    /// of methods. The order of the document decides nothing.
    pub(crate) fn operations(&self, paths: &Pointer) -> Vec<OperationPlace> {
        let mut places = Vec::new();
        for path in self.names(paths) {
            let item = self.end(&paths.child(&path));
            for method in self.names(&item) {
                if METHODS.contains(&method.as_str()) {
                    let at = self.end(&item.child(&method));
                    places.push(OperationPlace::new(&path, &method, at, &item));
                }
            }
            let more = item.child("additionalOperations");
            for method in self.names(&more) {
                let at = self.end(&more.child(&method));
                places.push(OperationPlace::new(&path, &method, at, &item));
            }
        }
        let order = |place: &OperationPlace| {
            let same = |method: &&str| method.eq_ignore_ascii_case(&place.method);
            let method = METHODS.iter().position(same);
            (
                place.path.clone(),
                method.unwrap_or(METHODS.len()),
                place.method.clone(),
            )
        };
        places.sort_by_cached_key(order);
        places
    }

    /// The names of the properties of a schema.
    pub(crate) fn properties(schema: &Value) -> impl Iterator<Item = &String> {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flat_map(Map::keys)
    }

    /// The names of an object's members, extensions left out.
    fn names(&self, at: &Pointer) -> Vec<String> {
        let members = self.value(at).and_then(Value::as_object);
        let names = members.into_iter().flatten().map(|(name, _)| name);
        names
            .filter(|name| !name.starts_with("x-"))
            .cloned()
            .collect()
    }

    /// The place at the end of a chain of references.
    pub(crate) fn end(&self, at: &Pointer) -> Pointer {
        self.follow(at).0
    }

    /// The place at the end of a chain of references, and what stands there.
    pub(crate) fn follow(&self, at: &Pointer) -> (Pointer, Option<&'v Value>) {
        /// The ends of chains longer than this are remembered.
        const LONG: usize = 4;
        let mut at = at.clone();
        let mut way = Vec::new();
        // `resolve` has broken all cycles of references, so every chain has an end.
        loop {
            let value = self.value(&at);
            let Some(mut next) = value.and_then(target) else {
                if way.len() > LONG {
                    let ends = way.into_iter().map(|before| (before, at.clone()));
                    self.ends.borrow_mut().extend(ends);
                }
                return (at, value);
            };
            if way.len() > LONG
                && let Some(end) = self.ends.borrow().get(&next)
            {
                next = end.clone();
            }
            way.push(std::mem::replace(&mut at, next));
        }
    }

    /// The places of the components of a kind, sorted by name. The order of the document decides nothing.
    pub(crate) fn components(&self, kind: &str) -> Vec<(String, Pointer)> {
        let at = Pointer::root().child("components").child(kind);
        let entries = self.value(&at).and_then(Value::as_object);
        let mut names: Vec<&String> = entries.into_iter().flat_map(Map::keys).collect();
        names.sort();
        let places = names.into_iter().map(|name| (name.clone(), at.child(name)));
        places.collect()
    }

    /// The places of the elements of an array.
    pub(crate) fn elements(&self, at: &Pointer) -> Vec<Pointer> {
        let elements = self.value(at).and_then(Value::as_array);
        (0..elements.map_or(0, Vec::len))
            .map(|index| at.index(index))
            .collect()
    }
}

impl<'v> Document<'v> {
    /// A copy of a node in which every child is a reference to its own place.
    fn lift(&self, map: &Map<String, Value>, node: Node, at: &Pointer) -> Value {
        let mut copy = Map::new();
        for (keyword, value) in map {
            let lifted = match node.member(keyword) {
                None => Some(value.clone()),
                // Properties are asked for by name, one at a time.
                Some(_) if node == Node::Schema && keyword == "properties" => None,
                Some(holds) => self.lift_member(value, holds, at, keyword),
            };
            if let Some(lifted) = lifted {
                copy.insert(extension(node, keyword), lifted);
            }
        }
        Value::Object(copy)
    }

    fn lift_member(
        &self,
        value: &Value,
        holds: Holds,
        parent: &Pointer,
        keyword: &str,
    ) -> Option<Value> {
        match (holds, value) {
            (Holds::One(child), one) => self.lift_child(one, child, &parent.child(keyword)),
            (Holds::List(child), Value::Array(items)) => {
                let at = parent.child(keyword);
                let items = items.iter().enumerate();
                let lifted = items
                    .filter_map(|(index, item)| self.lift_child(item, child, &at.index(index)));
                Some(Value::Array(lifted.collect()))
            }
            (Holds::Map(child), Value::Object(entries)) => {
                let at = parent.child(keyword);
                let lifted = entries.iter().filter_map(|(name, entry)| {
                    Some((
                        name.clone(),
                        self.lift_child(entry, child, &at.child(name))?,
                    ))
                });
                Some(Value::Object(lifted.collect()))
            }
            (_, plain) => Some(plain.clone()),
        }
    }

    /// What replaces a child in the copy; `None` if the child is only ever looked up by its place.
    fn lift_child(&self, value: &Value, child: Node, at: &Pointer) -> Option<Value> {
        match (child, value) {
            // `openapiv3` allows no references here, so these are copied and only their children are lifted.
            (Node::MediaType | Node::Encoding | Node::Server | Node::Tag | Node::Info, _) => {
                let (at, value) = self.follow(at);
                match value? {
                    node if grammar::is_unresolved(node) => None,
                    Value::Object(map) => Some(self.lift(map, child, &at)),
                    _ => None,
                }
            }
            (Node::Operation | Node::Callback | Node::Components | Node::Document, _) => None,
            // `additionalProperties: false` is a flag and no place.
            (Node::Schema, Value::Bool(_)) => Some(value.clone()),
            _ => {
                let mut reference = Map::new();
                reference.insert("$ref".to_owned(), Value::from(at.as_str()));
                Some(Value::Object(reference))
            }
        }
    }
}

/// Where a node leads if it is a reference.
fn target(node: &Value) -> Option<Pointer> {
    let target = grammar::reference(node)?.strip_prefix('#')?;
    Some(Pointer::from_text(target))
}

/// The name of a member in the copy: `openapiv3` keeps unknown keywords only if they start with `x-`.
fn extension(node: Node, keyword: &str) -> String {
    match (node, keyword) {
        (Node::Schema, "prefixItems" | "patternProperties") => format!("x-{keyword}"),
        _ => keyword.to_owned(),
    }
}

/// Where an operation stands.
#[derive(Debug, Clone)]
pub(crate) struct OperationPlace {
    pub(crate) path: String,
    pub(crate) method: String,
    pub(crate) at: Pointer,
    pub(crate) item: Pointer,
}

impl OperationPlace {
    fn new(path: &str, method: &str, at: Pointer, item: &Pointer) -> Self {
        Self {
            path: path.to_owned(),
            method: method.to_uppercase(),
            at,
            item: item.clone(),
        }
    }
}

/// The place that a lifted child stands at.
pub(crate) fn place<T>(child: &ReferenceOr<T>) -> Option<Pointer> {
    match child {
        ReferenceOr::Reference { reference } => Some(Pointer::from_text(reference)),
        ReferenceOr::Item(_) => None,
    }
}
