//! Types: what values of the API look like.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::terms::{Doc, Repr, StatusKey, TypeId, TypeRef};

/// The types that become items of the crate, by [`TypeId`].
#[derive(Clone)]
pub(crate) struct Types<D = Definition>(Vec<D>);

impl<D> Types<D> {
    /// Adds a definition.
    pub(crate) fn add(&mut self, definition: D) -> TypeId {
        self.0.push(definition);
        TypeId::new(self.0.len() - 1)
    }

    /// All definitions, in the order in which they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &D)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, d)| (TypeId::new(index), d))
    }

    /// All definitions, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut D> {
        self.0.iter_mut()
    }

    /// The identities of all definitions.
    pub(crate) fn ids(&self) -> impl Iterator<Item = TypeId> + use<D> {
        (0..self.0.len()).map(TypeId::new)
    }

    /// The same types, each with a definition made from the one it had.
    pub(crate) fn map<E>(self, mut make: impl FnMut(D) -> E) -> Types<E> {
        Types(self.0.into_iter().map(&mut make).collect())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<D> Default for Types<D> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<D> Index<TypeId> for Types<D> {
    type Output = D;

    fn index(&self, id: TypeId) -> &D {
        &self.0[id.index()]
    }
}

impl<D> IndexMut<TypeId> for Types<D> {
    fn index_mut(&mut self, id: TypeId) -> &mut D {
        &mut self.0[id.index()]
    }
}

impl<D: fmt::Debug> fmt::Debug for Types<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// A type as one schema says it. What follows from all types together is not known yet.
#[derive(Debug, Clone)]
pub(crate) struct Lowered {
    pub(crate) origin: Origin,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    /// `null` may stand in its place, wherever that is.
    pub(crate) nullable: bool,
    pub(crate) at: Pointer,
}

/// A type that becomes an item of the crate.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) origin: Origin,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    /// Whether it can be part of a request.
    pub(crate) in_request: bool,
    /// Whether it can be part of a response.
    #[expect(dead_code, reason = "`inspect --stage ir` prints it")]
    pub(crate) in_response: bool,
    /// Where equal types stood that this one is emitted for.
    pub(crate) also: Vec<Origin>,
    /// Whether it is left out of the crate, because an equal type is emitted.
    pub(crate) replaced: bool,
    /// How many bytes a value takes, roughly.
    pub(crate) size: usize,
    pub(crate) at: Pointer,
}

/// Variants of enums that take more bytes than this are boxed. Clippy accepts a difference of 200.
pub(crate) const MAX_VARIANT: usize = 160;

/// What a definition stands for in the document: its name is made from this.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A schema with a name: one under `components.schemas`, or in a file of its own.
    Schema(String),
    /// The body of a request under `components.requestBodies`.
    RequestComponent(String),
    /// The body of a response under `components.responses`.
    ResponseComponent(String),
    /// The headers of a response under `components.responses`.
    ResponseComponentHeaders(String),
    /// The value of a parameter under `components.parameters`.
    ParameterComponent(String),
    /// The value of a header under `components.headers`.
    HeaderComponent(String),
    /// The body of an operation's request; `media` where there are several.
    Request {
        operation: usize,
        media: Option<String>,
    },
    /// The body of an operation's response. `only`: its only one that means success.
    Response {
        operation: usize,
        status: StatusKey,
        only: bool,
        media: Option<String>,
    },
    /// The headers of an operation's response.
    ResponseHeaders { operation: usize, status: StatusKey },
    /// The value of an operation's parameter.
    Parameter { operation: usize, name: String },
    /// The payload of a webhook.
    Webhook(String),
    /// A property of another definition.
    Property { parent: TypeId, name: String },
    /// A property of another definition that has no name of its own.
    Additional(TypeId),
    /// A variant of a union.
    Variant { parent: TypeId, name: String },
    /// An item of an array that stands at another place.
    Item(Box<Origin>),
    /// A value of a map that stands at another place.
    Value(Box<Origin>),
}

impl Origin {
    /// Whether a type belongs to an operation, and not to a component. `of` gives the origins of others.
    pub(crate) fn is_of_operation<'o>(&'o self, of: impl Fn(TypeId) -> &'o Self) -> bool {
        let mut origin = self;
        loop {
            origin = match origin {
                Self::Request { .. }
                | Self::Response { .. }
                | Self::ResponseHeaders { .. }
                | Self::Parameter { .. } => return true,
                Self::Property { parent, .. }
                | Self::Variant { parent, .. }
                | Self::Additional(parent) => of(*parent),
                Self::Item(inner) | Self::Value(inner) => inner,
                _ => return false,
            };
        }
    }
}

/// What a definition is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Struct(Struct),
    /// The headers of a response; its fields are headers.
    Headers(Struct),
    Enum(Enum),
    Union(Union),
    /// A name for another type.
    Alias(TypeRef),
}

/// An object with known properties.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The type of properties that are not declared, if there may be any.
    pub(crate) additional: Option<TypeRef>,
    /// Whether the document forbids them.
    pub(crate) closed: bool,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// Whether requests must have it, although it is not required because responses do not have it.
    pub(crate) asked: bool,
    pub(crate) value: TypeRef,
    /// The text of the one scalar that it always holds.
    pub(crate) constant: Option<String>,
    pub(crate) access: Access,
    /// Its value must not appear in Debug output.
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
}

/// In which direction a property travels (OpenAPI 3.1 §4.8.24, `readOnly` and `writeOnly`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    #[default]
    Both,
    /// Responses only.
    ReadOnly,
    /// Requests only.
    WriteOnly,
}

/// A text or an integer of which some values are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Enum {
    pub(crate) repr: Repr,
    pub(crate) values: Vec<EnumValue>,
}

/// A known value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    /// What the document calls it, if it does.
    pub(crate) name: Option<String>,
    pub(crate) doc: Doc,
}

/// A value of one of several types.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    /// The property whose value says which variant an object is.
    pub(crate) tag: Option<String>,
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    /// What the document calls it: the name of a schema, a tag, a title or a kind of JSON.
    pub(crate) name: String,
    pub(crate) value: TypeRef,
    /// The values of the union's tag that mean this variant.
    pub(crate) tags: Vec<String>,
    pub(crate) doc: Doc,
}

impl Kind {
    /// The values that a definition holds.
    pub(crate) fn parts(&self) -> Vec<&TypeRef> {
        match self {
            Self::Struct(object) | Self::Headers(object) => {
                let fields = object.fields.iter().map(|field| &field.value);
                fields.chain(&object.additional).collect()
            }
            Self::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.value)
                .collect(),
            Self::Alias(target) => vec![target],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The values that a definition holds, to be changed; in the order of [`Kind::parts`].
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut TypeRef> {
        match self {
            Self::Struct(object) | Self::Headers(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.value);
                fields.chain(&mut object.additional).collect()
            }
            Self::Union(union) => union
                .variants
                .iter_mut()
                .map(|variant| &mut variant.value)
                .collect(),
            Self::Alias(target) => vec![target],
            Self::Enum(_) => Vec::new(),
        }
    }
}
