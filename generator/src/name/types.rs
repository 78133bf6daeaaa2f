//! Names of types.

use std::cell::OnceCell;

use super::ident::type_ident;
use super::member;
use super::scope::{Scope, numbered};
use super::words::{singular_name, spelled};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Origin, StatusKey, TypeId};
use crate::named::{self, TypeName};
use crate::pointer::Pointer;

/// With more required members than this, a constructor takes a struct that names them.
const MAX_ARGUMENTS: usize = 4;

/// Names all types. Components come first, because they always keep their names.
pub(super) fn types(
    api: &ir::Api,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<named::Definition> {
    let mut naming = Naming {
        api,
        config,
        scope: Scope::default(),
        names: vec![None; api.types.len()],
        wanted: vec![OnceCell::new(); api.types.len()],
        operations: vec![OnceCell::new(); api.operations.len()],
        diagnostics,
    };
    // Sorted by name and place, so that the order of the document decides nothing.
    let emitted = api
        .types
        .iter()
        .filter(|(_, definition)| !definition.replaced);
    let mut order: Vec<(bool, String, &Pointer, TypeId)> = emitted
        .map(|(id, definition)| {
            let wanted = naming.parent(id);
            (!naming.is_component(id), wanted, &definition.at, id)
        })
        .collect();
    order.sort();
    // From here on, what a type wants may follow what its parent got.
    naming.wanted.clear();
    for (_, _, _, id) in order {
        naming.name(id);
    }
    let names: Vec<TypeName> = api.types.ids().map(|id| naming.final_name(id)).collect();
    let mut definitions = member::definitions(api, config, &names, naming.diagnostics);
    for (definition, name) in definitions.iter_mut().zip(&names) {
        if let named::Kind::Struct(object) = &mut definition.kind {
            object.required = naming.required(object, name);
        }
    }
    definitions
}

struct Naming<'a> {
    api: &'a ir::Api,
    config: &'a Config,
    scope: Scope,
    names: Vec<Option<TypeName>>,
    /// What the types want to be called while none has a name.
    wanted: Vec<OnceCell<String>>,
    operations: Vec<OnceCell<String>>,
    diagnostics: &'a mut Diagnostics,
}

impl Naming<'_> {
    fn is_component(&self, id: TypeId) -> bool {
        matches!(self.api.types[id].origin, Origin::Schema(_))
    }

    /// The identifier of a type; it is made when it is first asked for.
    fn name(&mut self, id: TypeId) -> String {
        if let Some(name) = &self.names[id.index()] {
            return name.rust.clone();
        }
        let definition = &self.api.types[id];
        let wanted = match pinned(self.config, definition) {
            Some(pinned) => type_ident(pinned.rsplit("::").next().unwrap_or(pinned)),
            None => self.best(definition),
        };
        let inline = (!self.is_component(id)).then(|| format!("{wanted}Inner"));
        let substitutes = inline.into_iter().chain(numbered(&wanted, ""));
        let rust = self
            .scope
            .claim(&wanted, substitutes, &definition.at, self.diagnostics);
        let wire = match &definition.origin {
            Origin::Schema(name) => name.clone(),
            _ => String::new(),
        };
        self.names[id.index()] = Some(TypeName::new(wire, rust.clone(), &definition.at));
        rust
    }

    /// The name of a type, whether it is emitted or not.
    fn final_name(&self, id: TypeId) -> TypeName {
        let definition = &self.api.types[id];
        let name = self.names[id.index()].clone();
        name.unwrap_or_else(|| TypeName::new("", self.best(definition), &definition.at))
    }

    /// The name of the struct that a constructor takes, if it takes one.
    fn required(&mut self, object: &named::Struct, owner: &TypeName) -> Option<TypeName> {
        let arguments = object.fields.iter().filter(|field| field.is_argument());
        if arguments.count() <= MAX_ARGUMENTS {
            return None;
        }
        let wanted = format!("{}Required", owner.rust);
        let substitutes = numbered(&wanted, "");
        let rust = self
            .scope
            .claim(&wanted, substitutes, &owner.at, self.diagnostics);
        Some(TypeName::new("", rust, &owner.at))
    }

    /// The best of the names that a type could have by the places it is emitted for: that of a component,
    /// then one owned by a component before one owned by an operation, then the shortest, then the first in
    /// the alphabet.
    fn best(&self, definition: &ir::Definition) -> String {
        if matches!(definition.origin, Origin::Schema(_)) {
            return self.wanted(&definition.origin);
        }
        let origins = std::iter::once(&definition.origin).chain(&definition.also);
        let ranked = origins.map(|origin| {
            let name = self.wanted(origin);
            (self.api.types.is_of_operation(origin), name.len(), name)
        });
        ranked.min().map(|(_, _, name)| name).unwrap_or_default()
    }

    /// The name that a type has by its place if nothing else has it.
    fn wanted(&self, origin: &Origin) -> String {
        match origin {
            Origin::Schema(name) | Origin::HeaderComponent(name) => type_ident(name),
            Origin::RequestComponent(name) | Origin::ResponseComponent(name) => {
                format!("{}Body", type_ident(name))
            }
            Origin::ResponseComponentHeaders(name) => format!("{}Headers", type_ident(name)),
            Origin::ParameterComponent(name) => format!("{}Param", type_ident(name)),
            Origin::Webhook(name) => format!("{}Payload", type_ident(name)),
            Origin::Request { operation, media } => {
                let media = media.as_deref().map(media_name).unwrap_or_default();
                format!("{}{media}Request", self.operation(*operation))
            }
            Origin::Response {
                operation,
                status,
                only,
                media,
            } => {
                let status = if *only {
                    String::new()
                } else {
                    reason(*status)
                };
                let media = media.as_deref().map(media_name).unwrap_or_default();
                format!("{}{status}{media}Response", self.operation(*operation))
            }
            Origin::ResponseHeaders { operation, status } => {
                let status = if status.is_success() {
                    String::new()
                } else {
                    reason(*status)
                };
                format!("{}{status}Headers", self.operation(*operation))
            }
            Origin::Parameter { operation, name } => {
                format!("{}{}", self.operation(*operation), type_ident(name))
            }
            Origin::Property { parent, name } | Origin::Variant { parent, name } => {
                let own = type_ident(&spelled(name).join("_"));
                format!("{}{}", self.parent(*parent), own.trim_matches('_'))
            }
            Origin::Additional(parent) => format!("{}Value", self.parent(*parent)),
            Origin::Item(list) => {
                let list = self.wanted(list);
                let item = singular_name(&list);
                if item == list {
                    format!("{list}Item")
                } else {
                    item
                }
            }
            Origin::Value(map) => format!("{}Value", self.wanted(map)),
        }
    }

    /// The name of a type that others are named after.
    fn parent(&self, id: TypeId) -> String {
        match &self.names[id.index()] {
            Some(name) => name.rust.clone(),
            None => match self.wanted.get(id.index()) {
                Some(known) => known.get_or_init(|| self.best(&self.api.types[id])).clone(),
                None => self.best(&self.api.types[id]),
            },
        }
    }

    fn operation(&self, index: usize) -> &str {
        self.operations[index]
            .get_or_init(|| super::operation::full_name(&self.api.operations[index]))
    }
}

/// What the configuration calls a type.
pub(super) fn pinned<'c>(config: &'c Config, definition: &ir::Definition) -> Option<&'c String> {
    let by_name = match &definition.origin {
        Origin::Schema(name) => config.types.get(name),
        _ => None,
    };
    by_name.or_else(|| config.types.get(definition.at.as_str()))
}

/// A media type as a part of a name: `application/x-www-form-urlencoded` is `Form`.
pub(super) fn media_name(media_type: &str) -> String {
    let subtype = media_type.split(';').next().unwrap_or_default();
    let subtype = subtype.rsplit('/').next().unwrap_or(subtype);
    match subtype {
        "x-www-form-urlencoded" => "Form".to_owned(),
        "form-data" => "Multipart".to_owned(),
        "octet-stream" => "Binary".to_owned(),
        other => type_ident(other.trim_start_matches("vnd.").trim_start_matches("x-")),
    }
}

/// The reason phrase of a status (RFC 9110 §15) as a name: `TooManyRequests`.
pub(super) fn reason(status: StatusKey) -> String {
    match status {
        StatusKey::Default => "Default".to_owned(),
        StatusKey::Range(1) => "Informational".to_owned(),
        StatusKey::Range(2) => "Success".to_owned(),
        StatusKey::Range(3) => "Redirection".to_owned(),
        StatusKey::Range(4) => "ClientError".to_owned(),
        StatusKey::Range(5) => "ServerError".to_owned(),
        StatusKey::Range(digit) => format!("Status{digit}xx"),
        StatusKey::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason())
            .map_or_else(
                || format!("Status{code}"),
                |reason| type_ident(&reason.replace('\'', "")),
            ),
    }
}
