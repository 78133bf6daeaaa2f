//! The items of the module `types`.

use super::{FieldName, Gate, TypeName, VariantName};
use crate::terms::{Doc, Repr, StatusKey, TypeRef};

/// An item of `types`.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) name: TypeName,
    /// What it is, for when the document does not say.
    pub(crate) subject: Subject,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    pub(crate) in_request: bool,
    /// Whether it is left out of the crate, because an equal type is emitted or the user has a type of their own.
    pub(crate) hidden: bool,
    pub(crate) gate: Gate,
}

/// What an item of `types` stands for. Names are as the document spells them.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// A component, and what kind of one.
    Component(Component, String),
    /// The payload of a webhook.
    Webhook(String),
    /// The body of an operation's request.
    Request { operation: String },
    /// The body of an operation's response, and what the document says of that.
    Response {
        operation: String,
        status: StatusKey,
        description: Option<String>,
    },
    /// The headers of an operation's response.
    Headers {
        operation: String,
        status: StatusKey,
    },
    /// A parameter of an operation.
    Parameter { operation: String, name: String },
    /// A property, and the named schema that has it.
    Property { name: String, of: Option<String> },
    /// An alternative of another item.
    Alternative(Box<Subject>),
    /// The properties of another item that have no names of their own.
    Additional(Box<Subject>),
    /// An item of a list.
    Item(Box<Subject>),
    /// A value of a map.
    Value(Box<Subject>),
}

/// The kinds of components that have types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Component {
    Schema,
    Request,
    Response,
    ResponseHeaders,
    Parameter,
    Header,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Struct(Struct),
    /// The headers of a response.
    Headers(Vec<Field>),
    Enum(Enum),
    Union(Union),
    Alias(TypeRef),
}

impl Kind {
    /// The names of its parts.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Struct(Struct { fields, .. }) | Self::Headers(fields) => fields
                .iter()
                .map(|field| field.name.rust.as_str())
                .collect(),
            Self::Enum(known) => {
                let variants = known.variants.iter();
                variants.map(|variant| variant.name.rust.as_str()).collect()
            }
            Self::Union(union) => {
                let variants = union.variants.iter();
                variants.map(|variant| variant.name.rust.as_str()).collect()
            }
            Self::Alias(_) => Vec::new(),
        }
    }

    /// The values that it holds.
    pub(crate) fn values(&self) -> Vec<&TypeRef> {
        match self {
            Self::Struct(object) => {
                let additional = object.additional.iter().map(|(_, value)| value);
                object
                    .fields
                    .iter()
                    .map(|field| &field.value)
                    .chain(additional)
                    .collect()
            }
            Self::Headers(fields) => fields.iter().map(|field| &field.value).collect(),
            Self::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.value)
                .collect(),
            Self::Alias(target) => vec![target],
            Self::Enum(_) => Vec::new(),
        }
    }
}

/// A struct.
#[derive(Debug, Clone)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The field that holds properties which are not declared, and their type.
    pub(crate) additional: Option<(FieldName, TypeRef)>,
    /// The field that keeps what the type has no place for.
    pub(crate) undeclared: String,
    /// Whether there are no properties but the declared ones.
    pub(crate) closed: bool,
    /// The struct that a constructor takes, if the fields that it needs are too many to stand in a
    /// row.
    pub(crate) required: Option<TypeName>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: FieldName,
    pub(crate) required: bool,
    /// Whether requests must have it, although it is not required.
    pub(crate) asked: bool,
    pub(crate) value: TypeRef,
    pub(crate) constant: Option<String>,
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
}

impl Field {
    /// Whether a constructor must be given its value.
    pub(crate) fn is_argument(&self) -> bool {
        (self.required || self.asked) && self.constant.is_none()
    }
}

/// An enum of texts or integers.
#[derive(Debug, Clone)]
pub(crate) struct Enum {
    pub(crate) repr: Repr,
    pub(crate) variants: Vec<Variant>,
    /// It has no variant for a value that is not known.
    pub(crate) closed: bool,
}

/// A known value.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) name: VariantName,
    pub(crate) doc: Doc,
}

/// An enum of types.
#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) variants: Vec<UnionVariant>,
    pub(crate) tag: Option<String>,
}

/// One of the types.
#[derive(Debug, Clone)]
pub(crate) struct UnionVariant {
    pub(crate) name: VariantName,
    pub(crate) value: TypeRef,
    pub(crate) tags: Vec<String>,
    pub(crate) doc: Doc,
}
