//! The intermediate representation: what the API is, free of dialects of OpenAPI and of Rust.
//!
//! It is only data. `lower` makes it from the parsed document, `name` turns it into the shape of
//! the crate to be written ([`crate::named`]). No Rust identifier and no token stands here; every
//! string is as the document spells it.

mod types;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

pub(crate) use types::{
    Access, Definition, Enum, EnumValue, Field, Kind, MAX_VARIANT, Origin, Repr, Scalar, Struct,
    Type, TypeId, TypeRef, Types, Union, Variant,
};

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
    /// Requests that the API sends to its users.
    pub(crate) webhooks: Vec<Webhook>,
    /// How many operations the document describes, whatever became of them.
    pub(crate) operations_in_document: usize,
    pub(crate) types: Types,
    /// The type of every schema that was lowered, by its place.
    pub(crate) places: Vec<(Pointer, TypeRef)>,
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

/// A base URL under which the API is served, perhaps with places for variables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

/// A place in a server's URL that the user may fill.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
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
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header, a query parameter or a cookie of this name.
    ApiKey { location: Location, name: String },
    /// A bearer token that an OAuth 2.0 server hands out; to a client of its own at this URL.
    OAuth2 { token_url: Option<String> },
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
    /// Pairs that always stand in the query, because the document writes them into the path.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) doc: Doc,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The documented answers that mean success.
    pub(crate) success: Vec<Response>,
    /// The other documented answers.
    pub(crate) errors: Vec<Response>,
    /// What it needs to authenticate, if that is not what [`Api::security`] says.
    pub(crate) security: Option<Security>,
    /// Where it is served, if that is not where the API is.
    pub(crate) server: Option<String>,
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

/// A request that the API sends to its users.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) doc: Doc,
    /// The JSON that it carries.
    pub(crate) payload: Option<TypeRef>,
    pub(crate) at: Pointer,
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
    pub(crate) style: Style,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value becomes text (OpenAPI 3.1 §4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Simple {
        explode: bool,
    },
    Label {
        explode: bool,
    },
    Matrix {
        explode: bool,
    },
    Form {
        explode: bool,
        reserved: bool,
    },
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// A parameter with `content`: JSON in one text.
    Json,
}

/// The body of a request, in one of some media types.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Vec<Media>,
    pub(crate) doc: Doc,
    /// What the document gives as an example of the whole body, in the first of the media types.
    pub(crate) example: Option<Value>,
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    pub(crate) media_type: String,
    pub(crate) kind: MediaKind,
    pub(crate) value: TypeRef,
    /// How members of a form are written, if not in the usual way.
    pub(crate) encodings: Vec<Encoding>,
}

/// How one member of a form is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Encoding {
    pub(crate) name: String,
    pub(crate) style: Option<Style>,
    /// The media type of the part.
    pub(crate) content_type: Option<String>,
}

/// The kinds of body that are written and read in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum MediaKind {
    Json,
    Form,
    Multipart,
    EventStream,
    JsonLines,
    Text,
    Binary,
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
    /// What it carries; events and plain JSON may stand side by side.
    pub(crate) body: Option<Media>,
    /// Events, where the answer carries something else too.
    pub(crate) events: Option<Media>,
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

/// What the document says about a thing in words, shared by all who repeat them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Doc {
    pub(crate) summary: Option<Arc<str>>,
    pub(crate) description: Option<Arc<str>>,
    pub(crate) example: Option<Arc<Value>>,
    pub(crate) default: Option<Arc<Value>>,
    /// What values are allowed, in words of ours.
    pub(crate) rules: Vec<String>,
    /// Where the document says that more is written.
    pub(crate) link: Option<String>,
    pub(crate) deprecated: bool,
}

impl Doc {
    /// The description; empty if there is none.
    pub(crate) fn text(&self) -> &str {
        self.description.as_deref().unwrap_or_default().trim()
    }
}
