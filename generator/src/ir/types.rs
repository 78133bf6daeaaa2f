//! Types: what values of the API look like.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde_json::Value;

use super::{Doc, StatusKey};
use crate::pointer::Pointer;

/// The types that become items of the crate, by [`TypeId`].
#[derive(Clone, Default)]
pub(crate) struct Types(Vec<Definition>);

/// The identity of a type in [`Types`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(usize);

impl Types {
    /// Adds a definition.
    pub(crate) fn add(&mut self, definition: Definition) -> TypeId {
        self.0.push(definition);
        TypeId(self.0.len() - 1)
    }

    /// All definitions, in the order in which they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &Definition)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, d)| (TypeId(index), d))
    }

    /// All definitions, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Definition> {
        self.0.iter_mut()
    }

    /// The identities of all definitions.
    pub(crate) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.0.len()).map(TypeId)
    }

    /// Whether a type belongs to an operation, and not to a component.
    pub(crate) fn is_of_operation(&self, origin: &Origin) -> bool {
        let mut origin = origin;
        loop {
            origin = match origin {
                Origin::Request { .. }
                | Origin::Response { .. }
                | Origin::ResponseHeaders { .. }
                | Origin::Parameter { .. } => return true,
                Origin::Property { parent, .. }
                | Origin::Variant { parent, .. }
                | Origin::Additional(parent) => &self[*parent].origin,
                Origin::Item(inner) | Origin::Value(inner) => inner,
                _ => return false,
            };
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl TypeId {
    /// Where the type stands among all.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

impl Index<TypeId> for Types {
    type Output = Definition;

    fn index(&self, id: TypeId) -> &Definition {
        &self.0[id.0]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Definition {
        &mut self.0[id.0]
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{}", self.0)
    }
}

/// A type that becomes an item of the crate.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) origin: Origin,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    /// Whether it can be part of a request.
    pub(crate) in_request: bool,
    /// Whether it can be part of an answer.
    pub(crate) in_response: bool,
    /// Where equal types stood that this one is emitted for.
    pub(crate) also: Vec<Origin>,
    /// It is not emitted, because an equal one is.
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
    /// The body of an operation's answer. `only`: its only one that means success.
    Response {
        operation: usize,
        status: StatusKey,
        only: bool,
        media: Option<String>,
    },
    /// The headers of an operation's answer.
    ResponseHeaders { operation: usize, status: StatusKey },
    /// The value of an operation's parameter.
    Parameter { operation: usize, name: String },
    /// The payload of a webhook.
    Webhook(String),
    /// A property of another definition.
    Property { parent: TypeId, name: String },
    /// A member of another definition that has no name of its own.
    Additional(TypeId),
    /// A variant of a union.
    Variant { parent: TypeId, name: String },
    /// An item of an array that stands at another place.
    Item(Box<Origin>),
    /// A value of a map that stands at another place.
    Value(Box<Origin>),
}

/// What a definition is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Struct(Struct),
    /// The headers of an answer; its fields are headers.
    Headers(Struct),
    Enum(Enum),
    Union(Union),
    /// A name for another type.
    Alias(TypeRef),
}

/// An object with known members.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The type of members that are not declared, if there may be any.
    pub(crate) additional: Option<TypeRef>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    /// The text of the one scalar that it always holds.
    pub(crate) constant: Option<String>,
    pub(crate) access: Access,
    /// Its value must not appear in Debug output.
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
}

/// In which direction a member travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    #[default]
    Both,
    /// Answers only.
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

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Repr {
    String,
    Integer,
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
    /// The member whose value says which variant an object is.
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

/// A place that holds a value of a type.
#[derive(Clone, PartialEq)]
pub(crate) struct TypeRef {
    pub(crate) ty: Type,
    /// `null` may stand there instead.
    pub(crate) nullable: bool,
    /// The value must be held through a pointer, or the type around it would be infinite or huge.
    pub(crate) boxed: bool,
}

impl TypeRef {
    /// The same place, at which `null` may stand if `nullable`.
    pub(crate) fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

impl AsRef<TypeRef> for TypeRef {
    fn as_ref(&self) -> &TypeRef {
        self
    }
}

impl From<Type> for TypeRef {
    fn from(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            boxed: false,
        }
    }
}

impl From<Scalar> for TypeRef {
    fn from(scalar: Scalar) -> Self {
        Type::Scalar(scalar).into()
    }
}

/// On one line, because it stands everywhere: `[T8?]` is a list whose items are T8 or `null`.
impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let boxed = if self.boxed { "boxed " } else { "" };
        let nullable = if self.nullable { "?" } else { "" };
        match &self.ty {
            Type::Scalar(scalar) => write!(f, "{boxed}{scalar:?}{nullable}"),
            Type::List(item) => write!(f, "{boxed}[{item:?}]{nullable}"),
            Type::Map(value) => write!(f, "{boxed}{{{value:?}}}{nullable}"),
            Type::Tuple(items) => write!(f, "{boxed}{items:?}{nullable}"),
            Type::Definition(id) => write!(f, "{boxed}{id:?}{nullable}"),
            Type::Object => write!(f, "{boxed}Object{nullable}"),
            Type::Any => write!(f, "{boxed}Any{nullable}"),
        }
    }
}

/// A type as it is used.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Scalar(Scalar),
    List(Box<TypeRef>),
    /// An object whose members all have the same type.
    Map(Box<TypeRef>),
    /// An array of fixed length, each element of a type of its own.
    Tuple(Vec<TypeRef>),
    Definition(TypeId),
    /// An object of which nothing is known.
    Object,
    /// Anything at all.
    Any,
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Scalar {
    /// `null` and nothing else.
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Float64,
    String,
    Uuid,
    DateTime,
    Date,
    /// Bytes in base64.
    Base64,
    /// Bytes as they are, where only a form or a body of its own can hold them.
    Binary,
}

impl TypeRef {
    /// Calls `visit` for every definition that the type names, through lists, maps and tuples.
    pub(crate) fn definitions(&self, visit: &mut impl FnMut(TypeId)) {
        match &self.ty {
            Type::Definition(id) => visit(*id),
            Type::List(inner) | Type::Map(inner) => inner.definitions(visit),
            Type::Tuple(items) => items.iter().for_each(|item| item.definitions(visit)),
            Type::Scalar(_) | Type::Object | Type::Any => {}
        }
    }

    /// Calls `visit` for every scalar that the type holds by itself.
    pub(crate) fn scalars(&self, visit: &mut impl FnMut(Scalar)) {
        match &self.ty {
            Type::Scalar(scalar) => visit(*scalar),
            Type::List(inner) | Type::Map(inner) => inner.scalars(visit),
            Type::Tuple(items) => items.iter().for_each(|item| item.scalars(visit)),
            Type::Definition(_) | Type::Object | Type::Any => {}
        }
    }
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
