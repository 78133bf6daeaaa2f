//! Parse: the canonical document read through the types of `openapiv3`, node by node.
//!
//! A node is parsed when it is asked for. Its children are lifted out first: in what is returned,
//! every schema, parameter, response, header and request body below a node is a reference to the
//! place where it stands. So a wrong node costs that node and one diagnostic, and `openapiv3`,
//! whose `Schema` buffers everything below it at each level, never sees more than one level.

use openapiv3::{
    Components, Header, Info, Operation, Parameter, PathItem, ReferenceOr, RequestBody, Response,
    Schema, SecurityScheme, Server, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::grammar::{self, METHODS, Node, Shape};
use crate::normalize::Canonical;
use crate::pointer::Pointer;

/// The parsed document.
#[derive(Debug)]
pub(crate) struct Document {
    root: Value,
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

impl Document {
    pub(crate) fn new(canonical: Canonical) -> Self {
        Self { root: canonical.0 }
    }

    /// The node at a place, whatever it is.
    pub(crate) fn value(&self, at: &Pointer) -> Option<&Value> {
        self.root.pointer(at.as_str())
    }

    /// The node at a place or, if a reference stands there, the one it leads to.
    pub(crate) fn find<T: Parse>(
        &self,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Found<T>> {
        let mut at = at.clone();
        // Every reference was followed to its end before, so this one has an end.
        while let Some(target) = self.target(&at) {
            at = target;
        }
        let node = self.parse(&at, diagnostics)?;
        Some(Found { at, node })
    }

    /// The schema at a place, or where the reference leads that stands there.
    pub(crate) fn schema(
        &self,
        at: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Result<Schema, Pointer>> {
        match self.target(at) {
            Some(target) => Some(Err(target)),
            None => self.parse(at, diagnostics).map(Ok),
        }
    }

    /// Where the reference leads that stands at this place.
    fn target(&self, at: &Pointer) -> Option<Pointer> {
        let fragment = grammar::reference(self.value(at)?)?.strip_prefix('#')?;
        Some(Pointer::from_fragment(fragment))
    }

    /// Parses the node at a place, its children replaced by references to their places.
    pub(crate) fn parse<T: Parse>(&self, at: &Pointer, diagnostics: &mut Diagnostics) -> Option<T> {
        let value = self.value(at)?;
        let result = match value {
            Value::Object(map) => serde_json::from_value(lift(map, T::NODE, at)),
            other => serde_json::from_value(other.clone()),
        };
        result
            .map_err(|error| {
                let message = format!("this is not a valid {}: {error}", T::NODE.noun());
                diagnostics.push(Diagnostic::warning(Code::InvalidNode, at, message));
            })
            .ok()
    }

    /// The places of all operations: path, method, and where the path item and the operation stand.
    pub(crate) fn operations(&self) -> Vec<OperationPlace> {
        let paths = Pointer::root().child("paths");
        let entries = self.value(&paths).and_then(Value::as_object);
        let mut places = Vec::new();
        for (path, _) in entries.into_iter().flatten() {
            if path.starts_with("x-") {
                continue;
            }
            let item = paths.child(path);
            let item = self.target(&item).unwrap_or(item);
            let methods = self.value(&item).and_then(Value::as_object);
            for (method, _) in methods.into_iter().flatten() {
                if METHODS.contains(&method.as_str()) {
                    places.push(OperationPlace {
                        path: path.clone(),
                        method: method.to_uppercase(),
                        at: item.child(method),
                        item: item.clone(),
                    });
                }
            }
        }
        places
    }

    /// The places of the components of a kind, by name and in document order.
    pub(crate) fn components(&self, kind: &str) -> Vec<(String, Pointer)> {
        let at = Pointer::root().child("components").child(kind);
        let entries = self.value(&at).and_then(Value::as_object);
        entries
            .into_iter()
            .flatten()
            .map(|(name, _)| (name.clone(), at.child(name)))
            .collect()
    }

    /// The places of the elements of an array.
    pub(crate) fn elements(&self, at: &Pointer) -> Vec<Pointer> {
        let elements = self.value(at).and_then(Value::as_array);
        (0..elements.map_or(0, Vec::len))
            .map(|index| at.index(index))
            .collect()
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

/// The place that a lifted child stands at.
pub(crate) fn place<T>(child: &ReferenceOr<T>) -> Option<Pointer> {
    match child {
        ReferenceOr::Reference { reference } => Some(Pointer::from_text(reference)),
        ReferenceOr::Item(_) => None,
    }
}

/// A copy of a node in which every child is a reference to its own place.
fn lift(map: &Map<String, Value>, node: Node, at: &Pointer) -> Value {
    let mut copy = Map::new();
    for (keyword, value) in map {
        let member = node.members().iter().find(|(name, ..)| name == keyword);
        let lifted = match member {
            None => Some(value.clone()),
            Some(&(_, shape, child)) => lift_member(value, shape, child, &at.child(keyword)),
        };
        if let Some(lifted) = lifted {
            copy.insert(keyword.clone(), lifted);
        }
    }
    Value::Object(copy)
}

fn lift_member(value: &Value, shape: Shape, child: Node, at: &Pointer) -> Option<Value> {
    match (shape, value) {
        (Shape::One, one) => lift_child(one, child, at),
        (Shape::List, Value::Array(items)) => {
            let items = items.iter().enumerate();
            let lifted =
                items.filter_map(|(index, item)| lift_child(item, child, &at.index(index)));
            Some(Value::Array(lifted.collect()))
        }
        (Shape::Map, Value::Object(entries)) => {
            let lifted = entries.iter().filter_map(|(name, entry)| {
                Some((name.clone(), lift_child(entry, child, &at.child(name))?))
            });
            Some(Value::Object(lifted.collect()))
        }
        (Shape::List | Shape::Map, other) => Some(other.clone()),
    }
}

/// What stands for a child in the copy; nothing where it is asked for by its place alone.
fn lift_child(value: &Value, child: Node, at: &Pointer) -> Option<Value> {
    match (child, value) {
        // Not references in `openapiv3`, so they are copied, their own children lifted.
        (Node::MediaType | Node::Encoding | Node::Server | Node::Tag | Node::Info, _) => {
            Some(match value {
                Value::Object(map) => lift(map, child, at),
                other => other.clone(),
            })
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
