//! Operations as the crate has them: methods, request structs, outputs and errors.

use super::{FieldName, FunctionName, Gate, TypeName, VariantName};
use crate::config::Pagination;
use crate::terms::{self, Doc, MediaKind, Security, StatusKey, TypeId, TypeRef};

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The method of the group's handle.
    pub(crate) method_name: FunctionName,
    /// The struct that stands for a request.
    pub(crate) request: TypeName,
    pub(crate) method: http::Method,
    pub(crate) path: terms::PathTemplate,
    /// Pairs that always stand in the query.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) doc: Doc,
    /// The parameters that the method takes, in document order.
    pub(crate) arguments: Vec<Parameter>,
    /// The struct that names them, if they are too many to stand in a row.
    pub(crate) arguments_struct: Option<TypeName>,
    /// The parameters that have a setter, in document order.
    pub(crate) setters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) output: Output,
    /// The documented responses, whatever became of them.
    pub(crate) answers: Vec<(StatusKey, Option<Content>)>,
    /// Events, where a success can be them as well.
    pub(crate) events: Option<Content>,
    /// The headers that are documented for a success.
    pub(crate) headers: Option<TypeId>,
    pub(crate) error: OperationError,
    pub(crate) security: Option<Security>,
    pub(crate) server: Option<String>,
    /// How its list comes in pages, if it does.
    pub(crate) paging: Option<Paging>,
    /// It may be repeated, whatever its method.
    pub(crate) idempotent: bool,
    pub(crate) example: Option<serde_json::Value>,
}

impl Operation {
    /// The bodies that a request can carry.
    pub(crate) fn contents(&self) -> impl Iterator<Item = &Content> {
        let (one, several) = match self.body.as_ref().map(|body| &body.content) {
            None => (None, None),
            Some(BodyContent::One(content)) => (Some(content), None),
            Some(BodyContent::Several { variants, .. }) => (None, Some(variants)),
        };
        let several = several
            .into_iter()
            .flatten()
            .map(|variant| &variant.content);
        one.into_iter().chain(several)
    }

    /// The names of its method, its request and its parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let parameters = self.arguments.iter().chain(&self.setters);
        let parameters = parameters.map(|parameter| parameter.name.rust.as_str());
        parameters.chain([self.method_name.rust.as_str(), self.request.rust.as_str()])
    }

    /// Everything that a request takes or a success brings.
    pub(crate) fn values(&self) -> Vec<&TypeRef> {
        let parameters = self.arguments.iter().chain(&self.setters);
        let mut values: Vec<&TypeRef> = parameters.map(|parameter| &parameter.value).collect();
        values.extend(self.contents().map(|content| &content.value));
        match &self.output {
            Output::Nothing => {}
            Output::One(content) | Output::Optional(content) => values.push(&content.value),
            Output::ByStatus { variants, .. } => {
                let contents = variants
                    .iter()
                    .filter_map(|variant| variant.content.as_ref());
                values.extend(contents.map(|content| &content.value));
            }
        }
        values.extend(self.events.as_ref().map(|events| &events.value));
        values
    }
}

/// A list that comes in pages.
#[derive(Debug, Clone)]
pub(crate) struct Paging {
    pub(crate) how: Pagination,
    /// The way to the items in a response.
    pub(crate) steps: Vec<Step>,
    pub(crate) item: TypeRef,
}

/// A field on the way to the items.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) name: FieldName,
    /// How many options are around its value.
    pub(crate) options: usize,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: FieldName,
    pub(crate) location: terms::ParameterLocation,
    pub(crate) style: terms::Style,
    pub(crate) value: TypeRef,
    pub(crate) doc: Doc,
}

/// A body or a part of a response: how it is written or read, and its type.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct Content {
    pub(crate) kind: MediaKind,
    pub(crate) media_type: String,
    pub(crate) value: TypeRef,
    pub(crate) encodings: Vec<terms::Encoding>,
}

/// The body that an operation's method takes.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) name: FieldName,
    pub(crate) required: bool,
    pub(crate) content: BodyContent,
    pub(crate) doc: Doc,
}

/// What a body can be.
#[derive(Debug, Clone)]
pub(crate) enum BodyContent {
    One(Content),
    /// An enum with a variant for each kind of body.
    Several {
        name: TypeName,
        variants: Vec<BodyVariant>,
    },
}

/// A body among several.
#[derive(Debug, Clone)]
pub(crate) struct BodyVariant {
    pub(crate) name: VariantName,
    pub(crate) content: Content,
    /// Whether the body is boxed, because it is large.
    pub(crate) boxed: bool,
}

/// What a success brings.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    Nothing,
    One(Content),
    /// It may be left out: some statuses have no body.
    Optional(Content),
    /// An enum with a variant for each status.
    ByStatus {
        name: TypeName,
        variants: Vec<OutputVariant>,
    },
}

/// A success among several.
#[derive(Debug, Clone)]
pub(crate) struct OutputVariant {
    pub(crate) name: VariantName,
    pub(crate) status: StatusKey,
    pub(crate) content: Option<Content>,
    pub(crate) doc: Doc,
    /// Its body is large, so it is boxed.
    pub(crate) boxed: bool,
}

/// The error type of an operation.
#[derive(Debug, Clone)]
pub(crate) enum OperationError {
    /// No error is documented.
    Undocumented,
    /// An enum of its own, in [`Group::errors`].
    Own(TypeName),
    /// A name for an enum that it shares with others, in [`Api::errors`].
    Shared { alias: TypeName, shared: TypeName },
}

/// An enum of documented errors.
#[derive(Debug, Clone)]
pub(crate) struct ErrorSet {
    pub(crate) name: TypeName,
    pub(crate) variants: Vec<ErrorVariant>,
    /// The operations that have it, as the document spells them.
    pub(crate) operations: Vec<String>,
    pub(crate) gate: Gate,
}

/// A documented error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) name: VariantName,
    pub(crate) status: StatusKey,
    pub(crate) body: Option<Content>,
    pub(crate) headers: Option<TypeId>,
    pub(crate) doc: Doc,
    /// The response is large, so it is boxed.
    pub(crate) boxed: bool,
}

/// The payload of a request that the API sends.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) name: TypeName,
    pub(crate) doc: Doc,
    pub(crate) payload: TypeRef,
}
