//! The named representation: what the crate is, item by item, with every Rust name made.
//!
//! `name` makes it from [`crate::ir`]; `emit` turns it into tokens without looking anything up in
//! the document. A name is a struct that keeps the spelling of the document beside the Rust
//! identifier, so neither is ever recomputed from the other.

use std::fmt;
use std::marker::PhantomData;

use crate::ir::{self, Doc, SchemeKind, Security, StatusKey, TypeId};
use crate::pointer::Pointer;

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
    pub(crate) info: ir::Info,
    pub(crate) client: Client,
    pub(crate) groups: Vec<Group>,
    /// The types of `types`, by [`TypeId`].
    pub(crate) types: Vec<Definition>,
    /// The error types of operations that several of them share.
    pub(crate) errors: Vec<ErrorSet>,
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
    /// What the names of its environment variables start with.
    pub(crate) env_prefix: String,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) security: Security,
}

/// A way to authenticate, with its setter on the builder.
#[derive(Debug, Clone)]
pub(crate) struct Scheme {
    pub(crate) setter: FunctionName,
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
}

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The method of the group's handle.
    pub(crate) method_name: FunctionName,
    /// The struct that stands for a request.
    pub(crate) request: TypeName,
    pub(crate) method: http::Method,
    pub(crate) path: ir::PathTemplate,
    pub(crate) doc: Doc,
    /// The parameters that the method takes, in document order.
    pub(crate) arguments: Vec<Parameter>,
    /// The parameters that have a setter, in document order.
    pub(crate) setters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// What a success brings; nothing if no body is documented.
    pub(crate) output: Option<ir::TypeRef>,
    pub(crate) error: OperationError,
    pub(crate) security: Option<Security>,
    pub(crate) example: Option<serde_json::Value>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: FieldName,
    pub(crate) location: ir::Location,
    pub(crate) value: ir::TypeRef,
    pub(crate) doc: Doc,
}

/// The body that an operation's method takes.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) name: FieldName,
    pub(crate) required: bool,
    pub(crate) value: ir::TypeRef,
    pub(crate) doc: Doc,
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
}

/// A documented error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) name: VariantName,
    pub(crate) status: StatusKey,
    pub(crate) body: Option<ir::TypeRef>,
    pub(crate) headers: Option<TypeId>,
    pub(crate) doc: Doc,
}

/// An item of `types`.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) name: TypeName,
    /// What it is, in words, for when the document does not say.
    pub(crate) subject: String,
    pub(crate) doc: Doc,
    pub(crate) kind: Kind,
    pub(crate) in_request: bool,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Struct(Vec<Field>),
    /// The headers of an answer.
    Headers(Vec<Field>),
    Enum(Vec<Variant>),
    Alias(ir::TypeRef),
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: FieldName,
    pub(crate) required: bool,
    pub(crate) value: ir::TypeRef,
    pub(crate) secret: bool,
    pub(crate) doc: Doc,
}

/// A known value of a string.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) name: VariantName,
}
