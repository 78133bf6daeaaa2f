//! The named representation: what the crate is, item by item, with every Rust name made.
//!
//! `name` makes it from [`crate::ir`]; `emit` turns it into tokens without looking anything up in
//! the document. A name is a struct that keeps the spelling of the document beside the Rust
//! identifier, so neither is ever recomputed from the other.

mod operation;
mod types;

use std::fmt;
use std::marker::PhantomData;

pub(crate) use operation::{
    Body, BodyContent, BodyVariant, Content, ErrorSet, ErrorVariant, Operation, OperationError,
    Output, OutputVariant, Paging, Parameter, Step, Webhook,
};
pub(crate) use types::{
    Component, Definition, Enum, Field, Kind, Struct, Subject, Union, UnionVariant, Variant,
};

use crate::pointer::Pointer;
use crate::terms::{self, SchemeKind, Security, TypeRef};

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
