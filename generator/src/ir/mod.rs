//! The intermediate representation: what the API is, free of dialects of OpenAPI and of Rust.
//!
//! It is only data. `lower` makes it from the parsed document, `name` turns it into the shape of
//! the crate to be written ([`crate::named`]). No Rust identifier and no token stands here; every
//! string is as the document spells it.

mod types;

use serde_json::Value;

pub(crate) use types::{
    Access, Definition, Enum, EnumValue, Field, Kind, Lowered, MAX_VARIANT, Origin, Struct, Types,
    Union, Variant,
};

use crate::pointer::Pointer;
use crate::terms::{
    Doc, Encoding, Info, MediaKind, ParameterLocation, PathTemplate, SchemeKind, Security,
    StatusKey, Style, TypeId, TypeRef,
};

/// A whole API. Its types are [`Lowered`] until `settle` made definitions of them.
#[derive(Debug, Clone)]
pub(crate) struct Api<D = Definition> {
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
    pub(crate) types: Types<D>,
    /// The type of every schema that was lowered, by its place.
    pub(crate) places: Vec<(Pointer, TypeRef)>,
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
    /// The documented responses that mean success.
    pub(crate) success: Vec<Response>,
    /// The documented responses that do not mean success.
    pub(crate) errors: Vec<Response>,
    /// What it needs to authenticate, if that is not what [`Api::security`] says.
    pub(crate) security: Option<Security>,
    /// Where it is served, if that is not where the API is.
    pub(crate) server: Option<String>,
    pub(crate) at: Pointer,
}

impl Operation {
    /// What the document says of the response with this status.
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

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: ParameterLocation,
    pub(crate) style: Style,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    pub(crate) doc: Doc,
    pub(crate) at: Pointer,
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
    /// How properties of a form are written, if not in the usual way.
    pub(crate) encodings: Vec<Encoding>,
}

/// A documented response.
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
    /// Events, where the response carries something else too.
    pub(crate) events: Option<Media>,
}
