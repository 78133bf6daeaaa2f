//! The named representation: what the crate is, item by item, with every Rust name made.
//!
//! `name` makes it from [`crate::ir`]; `emit` turns it into tokens without looking anything up in
//! the document. A name is a struct that keeps the spelling of the document beside the Rust
//! identifier, so neither is ever recomputed from the other.

use std::fmt;
use std::marker::PhantomData;

use crate::config::Pagination;
use crate::pointer::Pointer;
use crate::terms::{self, Doc, MediaKind, Repr, SchemeKind, Security, StatusKey, TypeId, TypeRef};

/// The variant that holds a value which the document does not know.
pub(crate) const UNKNOWN: &str = "Unknown";

/// A name: how the document spells it, how Rust does, and where it comes from.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Name<Kind> {
    /// As the document spells it; what goes over the wire.
    pub(crate) wire: String,
    /// The Rust identifier, with `r#` where it needs it.
    pub(crate) rust: String,
    /// The place that the name was made for.
    pub(crate) at: Pointer,
    kind: PhantomData<Kind>,
}

impl<Kind> Name<Kind> {
    pub(crate) fn new(wire: impl Into<String>, rust: impl Into<String>, at: &Pointer) -> Self {
        Self {
            wire: wire.into(),
            rust: rust.into(),
            at: at.clone(),
            kind: PhantomData,
        }
    }

    /// The identifier without `r#`, to be part of another one or of a text.
    pub(crate) fn bare(&self) -> &str {
        self.rust.trim_start_matches("r#")
    }
}

impl<Kind> fmt::Debug for Name<Kind> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.rust, self.wire)
    }
}

/// What is named, as a marker: a field's name cannot be taken for a variant's.
pub(crate) mod kind {
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub(crate) enum Type {}
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub(crate) enum Variant {}
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub(crate) enum Field {}
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub(crate) enum Function {}
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub(crate) enum Module {}
}

/// The name of a struct, enum or type alias.
pub(crate) type TypeName = Name<kind::Type>;
/// The name of an enum's variant.
pub(crate) type VariantName = Name<kind::Variant>;
/// The name of a struct's field or a function's argument.
pub(crate) type FieldName = Name<kind::Field>;
/// The name of a function.
pub(crate) type FunctionName = Name<kind::Function>;
/// The name of a module.
pub(crate) type ModuleName = Name<kind::Module>;

/// A whole client crate.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    pub(crate) package: Package,
    pub(crate) info: terms::Info,
    pub(crate) client: Client,
    pub(crate) groups: Vec<Group>,
    pub(crate) webhooks: Vec<Webhook>,
    /// The types of `types`, by [`TypeId`].
    pub(crate) types: Vec<Definition>,
    /// The error types of operations that several of them share.
    pub(crate) errors: Vec<ErrorSet>,
    /// The Cargo features that say what is compiled; none if all of it always is.
    pub(crate) features: Vec<Feature>,
    /// The type of every schema that was lowered, by its place.
    pub(crate) places: Vec<(Pointer, TypeRef)>,
}

impl Api {
    /// Whether there is anything to call; a document may describe webhooks only.
    pub(crate) fn has_client(&self) -> bool {
        !self.groups.is_empty()
    }

    /// A type, or what it is a name for. No name is one for itself any more.
    pub(crate) fn unaliased<'a>(&'a self, ty: &'a terms::Type) -> &'a terms::Type {
        let mut ty = ty;
        while let terms::Type::Definition(id) = ty {
            match &self.types[id.index()].kind {
                Kind::Alias(target) => ty = &target.ty,
                _ => break,
            }
        }
        ty
    }

    /// The names of what callers name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let types = self.types.iter().flat_map(|definition| {
            let parts = definition.kind.names();
            parts.into_iter().chain([definition.name.rust.as_str()])
        });
        let groups = self.groups.iter().flat_map(|group| {
            let operations = group.operations.iter().flat_map(Operation::names);
            let own = [&group.module.rust, &group.accessor.rust, &group.handle.rust];
            operations.chain(own.map(String::as_str))
        });
        let schemes = self
            .client
            .schemes
            .iter()
            .map(|scheme| scheme.setter.rust.as_str());
        let servers = self.client.servers.iter().flat_map(|server| {
            let variables = server
                .variables
                .iter()
                .map(|variable| variable.name.rust.as_str());
            variables.chain([server.name.rust.as_str()])
        });
        let webhooks = self
            .webhooks
            .iter()
            .map(|webhook| webhook.name.rust.as_str());
        types
            .chain(groups)
            .chain(schemes)
            .chain(servers)
            .chain(webhooks)
    }

    /// The documented errors of an operation in a group, if there are any.
    pub(crate) fn errors_of<'a>(
        &'a self,
        group: &'a Group,
        error: &OperationError,
    ) -> Option<&'a ErrorSet> {
        let (sets, wanted) = match error {
            OperationError::Undocumented => return None,
            OperationError::Own(name) => (&group.errors, name),
            OperationError::Shared { shared, .. } => (&self.errors, shared),
        };
        sets.iter().find(|set| set.name == *wanted)
    }

    /// The feature that webhooks need.
    pub(crate) fn webhooks_feature(&self) -> Option<&Feature> {
        let mut features = self.features.iter();
        features.find(|feature| feature.brings == Brings::Webhooks)
    }

    /// Everything in the crate that has a type.
    pub(crate) fn values(&self) -> impl Iterator<Item = &TypeRef> {
        let types = self
            .types
            .iter()
            .flat_map(|definition| definition.kind.values());
        let operations = self.groups.iter().flat_map(|group| &group.operations);
        let operations = operations.flat_map(Operation::values);
        let own_errors = self.groups.iter().flat_map(|group| &group.errors);
        let variants = own_errors.chain(&self.errors).flat_map(|set| &set.variants);
        let errors = variants
            .filter_map(|variant| variant.body.as_ref())
            .map(|body| &body.value);
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.payload);
        types.chain(operations).chain(errors).chain(webhooks)
    }
}

/// What Cargo has to know.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// What the API is called in a sentence, behind "the": `Fleece AI API`.
    pub(crate) subject: String,
    pub(crate) description: String,
    /// An SPDX expression.
    pub(crate) license: Option<String>,
    /// The way from the crate's folder to that of the runtime, if it is not to come from a registry.
    pub(crate) runtime: Option<String>,
    /// The operations whose example programs the user wants, by operationId.
    pub(crate) examples: Option<Vec<String>>,
    /// What the user adds to the README.
    pub(crate) notes: Option<String>,
}

impl Package {
    /// The name as Rust code spells it.
    pub(crate) fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The client and what it is made from.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    /// The URL the API is served under, if the document names an absolute one.
    pub(crate) base_url: Option<String>,
    /// The path the API is served under, if the document names that and no host.
    pub(crate) base_path: Option<String>,
    /// All servers, if there is a choice.
    pub(crate) servers: Vec<Server>,
    /// What the names of its environment variables start with.
    pub(crate) env_prefix: String,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) security: Security,
    /// The header that names a call which the server must do once.
    pub(crate) idempotency_header: String,
}

/// A server, as a variant of the enum of them.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) name: VariantName,
    /// The URL, its variables in braces.
    pub(crate) url: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

/// A place in a server's URL that the user may fill.
#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    pub(crate) name: FieldName,
    pub(crate) default: String,
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
}

/// A way to authenticate, with its setter on the builder.
#[derive(Debug, Clone)]
pub(crate) struct Scheme {
    pub(crate) setter: FunctionName,
    /// The setter for what fetches the credential; none where there is nothing to fetch.
    pub(crate) provider: Option<FunctionName>,
    /// The setter for a client that gets tokens by itself, where the document says from where.
    pub(crate) client: Option<FunctionName>,
    pub(crate) kind: SchemeKind,
    pub(crate) description: Option<String>,
    /// The environment variable that holds the credential.
    pub(crate) env: String,
}

/// The operations under one accessor of the client.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) module: ModuleName,
    /// The struct with a method per operation.
    pub(crate) handle: TypeName,
    /// The method of the client that returns the handle.
    pub(crate) accessor: FunctionName,
    pub(crate) description: Option<String>,
    pub(crate) operations: Vec<Operation>,
    /// The error types that one operation of the group has for itself.
    pub(crate) errors: Vec<ErrorSet>,
    /// The Cargo feature without which the group is not compiled.
    pub(crate) feature: Option<String>,
}

/// A Cargo feature.
#[derive(Debug, Clone)]
pub(crate) struct Feature {
    pub(crate) name: String,
    /// The module inside `types` for what only this feature needs.
    pub(crate) module: String,
    pub(crate) brings: Brings,
}

/// What a feature brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brings {
    /// A group of operations.
    Group,
    /// The payloads that the API sends by itself.
    Webhooks,
    /// The types that none of the others needs.
    UnusedTypes,
}

/// The Cargo features of which an item needs one; an item without any is always there.
pub(crate) type Gate = Vec<String>;

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
    /// The field that keeps which properties were `null`, where their types do not.
    pub(crate) nulls: Option<FieldName>,
    /// The struct that a constructor takes, if the fields that it needs are too many to stand in a
    /// row.
    pub(crate) required: Option<TypeName>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: FieldName,
    pub(crate) required: bool,
    pub(crate) value: TypeRef,
    pub(crate) constant: Option<String>,
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
}

impl Field {
    /// Whether a constructor must be given its value.
    pub(crate) fn is_argument(&self) -> bool {
        self.required && self.constant.is_none()
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
