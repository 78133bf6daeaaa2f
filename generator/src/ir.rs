//! The intermediate representation: what the API is, free of dialects of OpenAPI and of Rust.
//!
//! It is only data. `lower` makes it from the parsed document, `name` turns it into the shape of
//! the crate to be written ([`crate::named`]). No Rust identifier and no token stands here; every
//! string is as the document spells it.

use std::fmt;
use std::ops::{Index, IndexMut};

use serde_json::Value;

use crate::pointer::Pointer;

/// A whole API.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<SecurityScheme>,
    /// What a request needs, unless its operation says otherwise.
    pub(crate) security: Security,
    pub(crate) tags: Vec<Tag>,
    pub(crate) operations: Vec<Operation>,
    /// How many operations the document describes, whatever became of them.
    pub(crate) operations_in_document: usize,
    pub(crate) types: Types,
}

/// What the API says about itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) contact: Option<Contact>,
    pub(crate) terms_of_service: Option<String>,
}

/// Whom to ask about the API.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

/// A base URL under which the API is served.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
}

/// A tag that the document describes.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

/// A way to authenticate.
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    /// The name by which requirements refer to it.
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: SchemeKind,
    pub(crate) at: Pointer,
}

/// What a security scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
}

/// The alternatives by which a request may authenticate: one of them, with all of its schemes.
///
/// Empty: nothing is needed.
pub(crate) type Security = Vec<Vec<String>>;

/// One operation: a method on a path.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) id: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) method: http::Method,
    pub(crate) path: PathTemplate,
    pub(crate) doc: Doc,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The documented answers that mean success.
    pub(crate) success: Vec<Response>,
    /// The other documented answers.
    pub(crate) errors: Vec<Response>,
    /// What it needs to authenticate, if that is not what [`Api::security`] says.
    pub(crate) security: Option<Security>,
    pub(crate) at: Pointer,
}

impl Operation {
    /// What the document says of the answer with this status.
    pub(crate) fn response(&self, status: StatusKey) -> Option<&str> {
        let mut responses = self.success.iter().chain(&self.errors);
        let response = responses.find(|response| response.status == status)?;
        let description = response.doc.description.as_deref()?;
        Some(description.trim()).filter(|description| !description.is_empty())
    }
}

/// A path with places for parameters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PathTemplate(pub(crate) Vec<PathPart>);

/// A piece of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathPart {
    /// Text that stands as it is, slashes included.
    Literal(String),
    /// The value of the path parameter with this name.
    Parameter(String),
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            PathPart::Literal(text) => f.write_str(text),
            PathPart::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl fmt::Debug for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Media,
    pub(crate) doc: Doc,
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    pub(crate) value: TypeRef,
    /// What the document gives as an example of the whole body.
    pub(crate) example: Option<Value>,
}

/// A documented answer.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: StatusKey,
    /// The component it stands under, if it is a reference to one.
    pub(crate) component: Option<String>,
    pub(crate) doc: Doc,
    /// The struct of its documented headers.
    pub(crate) headers: Option<TypeId>,
    pub(crate) body: Option<Media>,
}

/// A key under `responses`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum StatusKey {
    Code(u16),
    /// `4XX`: all statuses that start with this digit.
    Range(u16),
    Default,
}

impl StatusKey {
    /// Whether an answer with this key means success.
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl fmt::Debug for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What the document says about a thing in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Doc {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) example: Option<Value>,
    pub(crate) default: Option<Value>,
    pub(crate) deprecated: bool,
}

/// The types that become items of the crate, by [`TypeId`].
#[derive(Clone, Default)]
pub(crate) struct Types(Vec<Definition>);

impl fmt::Debug for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The identity of a type in [`Types`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(usize);

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{}", self.0)
    }
}

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

/// A type that becomes an item of the crate.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) origin: Origin,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    /// Whether it can be part of a request.
    pub(crate) in_request: bool,
    pub(crate) at: Pointer,
}

/// What a definition stands for in the document: its name is made from this.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// A schema under `components.schemas`.
    Schema(String),
    /// The body of a response under `components.responses`.
    ResponseComponent(String),
    /// The headers of a response under `components.responses`.
    ResponseComponentHeaders(String),
    /// The body of an operation's request; the index is the operation's.
    Request(usize),
    /// The body of an operation's answer. `only`: its only one that means success.
    Response {
        operation: usize,
        status: StatusKey,
        only: bool,
    },
    /// The headers of an operation's answer.
    ResponseHeaders { operation: usize, status: StatusKey },
    /// The value of an operation's parameter.
    Parameter { operation: usize, name: String },
    /// A property of another definition.
    Property { parent: TypeId, name: String },
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
    /// A name for another type.
    Alias(TypeRef),
}

/// An object with known members.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    /// Its value must not appear in Debug output.
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
}

/// A string of which some values are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enum {
    pub(crate) values: Vec<String>,
}

/// A place that holds a value of a type.
#[derive(Clone, PartialEq)]
pub(crate) struct TypeRef {
    pub(crate) ty: Type,
    /// `null` may stand there instead.
    pub(crate) nullable: bool,
    /// The value must be held through a pointer, or the type around it would be infinite.
    pub(crate) boxed: bool,
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

/// On one line, because it stands everywhere: `[T8?]` is a list whose items are T8 or `null`.
impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let boxed = if self.boxed { "boxed " } else { "" };
        let nullable = if self.nullable { "?" } else { "" };
        match &self.ty {
            Type::Scalar(scalar) => write!(f, "{boxed}{scalar:?}{nullable}"),
            Type::List(item) => write!(f, "{boxed}[{item:?}]{nullable}"),
            Type::Map(value) => write!(f, "{boxed}{{{value:?}}}{nullable}"),
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
    Definition(TypeId),
    /// An object of which nothing is known.
    Object,
    /// Anything at all.
    Any,
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Boolean,
    Int32,
    Int64,
    Float32,
    Float64,
    String,
    Uuid,
    DateTime,
    Date,
}
