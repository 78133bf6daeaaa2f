//! Names of types.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;

use super::ident::{join, type_ident};
use super::member;
use super::namespace::{Namespace, numbered};
use super::words::{singular_name, spelled};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Origin};
use crate::named::{self, TypeName};
use crate::pointer::Pointer;
use crate::terms::{StatusKey, TypeId};

/// With more required fields than this, a constructor takes a struct that names them.
const MAX_ARGUMENTS: usize = 4;

/// Names all types. Components come first, because they always keep their names.
pub(super) fn types(
    api: &ir::Api,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<named::Definition> {
    let mut naming = TypeNames {
        api,
        config,
        scope: Namespace::default(),
        names: vec![None; api.types.len()],
        best: RefCell::new(vec![None; api.types.len()]),
        open: RefCell::default(),
        followed: RefCell::default(),
        operations: vec![OnceCell::new(); api.operations.len()],
        diagnostics,
    };
    // Sorted by name and place, so that the order of the document decides nothing.
    let emitted = api
        .types
        .iter()
        .filter(|(_, definition)| !definition.replaced);
    let mut order: Vec<(bool, String, bool, &Pointer, TypeId)> = emitted
        .map(|(id, definition)| {
            let best = naming.best(id).name();
            // Schemas that are spelled like their Rust name come before those that are only converted to it.
            let is_spelled = matches!(&definition.origin, Origin::Schema(name) if *name == best);
            (
                !naming.is_component(id),
                best,
                !is_spelled,
                &definition.at,
                id,
            )
        })
        .collect();
    order.sort();
    for (_, _, _, _, id) in order {
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

/// What a type would be called if nothing were taken.
#[derive(Clone)]
struct Best {
    /// `None` if all the types that it could be named after are named after it.
    name: Option<String>,
    /// The index of the origin that gives the name.
    origin: usize,
}

impl Best {
    fn name(self) -> String {
        self.name.unwrap_or_else(|| type_ident(""))
    }
}

struct TypeNames<'a> {
    api: &'a ir::Api,
    config: &'a Config,
    scope: Namespace,
    names: Vec<Option<TypeName>>,
    /// What the types would be called if nothing were taken.
    best: RefCell<Vec<Option<Best>>>,
    /// Types whose best name is being made. Origins can lead in a circle.
    open: RefCell<HashSet<TypeId>>,
    /// Types whose parents are being named. Types can be each other's parents.
    followed: RefCell<HashSet<TypeId>>,
    operations: Vec<OnceCell<String>>,
    diagnostics: &'a mut Diagnostics,
}

impl TypeNames<'_> {
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
            // It may follow what its parent got.
            None => self.followed(id).unwrap_or_else(|| self.best(id).name()),
        };
        let inline = (!self.is_component(id)).then(|| join(&wanted, "Inner"));
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
        name.unwrap_or_else(|| TypeName::new("", self.best(id).name(), &definition.at))
    }

    /// The name of the struct that a constructor takes, if it takes one.
    fn required(&mut self, object: &named::Struct, owner: &TypeName) -> Option<TypeName> {
        let arguments = object.fields.iter().filter(|field| field.is_argument());
        if arguments.count() <= MAX_ARGUMENTS {
            return None;
        }
        let wanted = join(&owner.rust, "Required");
        let substitutes = numbered(&wanted, "");
        let rust = self
            .scope
            .claim(&wanted, substitutes, &owner.at, self.diagnostics);
        Some(TypeName::new("", rust, &owner.at))
    }

    /// The best of the names that a type could have by the places it is emitted for: that of a component,
    /// then one owned by a component before one owned by an operation, then the shortest, then the first in
    /// the alphabet.
    fn best(&self, id: TypeId) -> Best {
        if let Some(known) = &self.best.borrow()[id.index()] {
            return known.clone();
        }
        self.open.borrow_mut().insert(id);
        let origins = self.origins(id).enumerate();
        let ranked = origins.filter_map(|(index, origin)| {
            let name = self.wanted(origin)?;
            Some((
                origin.is_of_operation(|id| &self.api.types[id].origin),
                name.len(),
                name,
                index,
            ))
        });
        let best = match ranked.min() {
            Some((_, _, name, origin)) => Best {
                name: Some(name),
                origin,
            },
            None => Best {
                name: None,
                origin: 0,
            },
        };
        self.open.borrow_mut().remove(&id);
        self.best.borrow_mut()[id.index()] = Some(best.clone());
        best
    }

    /// The origins of a type: a component has only its own, another type also those of the types that it
    /// replaces.
    fn origins(&self, id: TypeId) -> impl Iterator<Item = &Origin> {
        let definition = &self.api.types[id];
        let is_component = matches!(definition.origin, Origin::Schema(_));
        let also = definition.also.iter().filter(move |_| !is_component);
        std::iter::once(&definition.origin).chain(also)
    }

    /// The place by which a type is named.
    fn chosen(&self, id: TypeId) -> &Origin {
        let origin = self.best(id).origin;
        self.origins(id)
            .nth(origin)
            .unwrap_or(&self.api.types[id].origin)
    }

    /// The name that an origin gives a type; `None` if it leads back to the type itself.
    fn wanted(&self, origin: &Origin) -> Option<String> {
        Some(shortened(match origin {
            Origin::Schema(name) | Origin::HeaderComponent(name) => type_ident(name),
            Origin::RequestComponent(name) | Origin::ResponseComponent(name) => {
                join(&type_ident(name), "Body")
            }
            Origin::ResponseComponentHeaders(name) => join(&type_ident(name), "Headers"),
            Origin::ParameterComponent(name) => join(&type_ident(name), "Param"),
            Origin::Webhook(name) => join(&type_ident(name), "Payload"),
            Origin::Request { operation, media } => {
                let media = media.as_deref().map(media_name).unwrap_or_default();
                join(&join(self.operation(*operation), &media), "Request")
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
                let named = join(&join(self.operation(*operation), &status), &media);
                join(&named, "Response")
            }
            Origin::ResponseHeaders { operation, status } => {
                let status = if status.is_success() {
                    String::new()
                } else {
                    reason(*status)
                };
                join(&join(self.operation(*operation), &status), "Headers")
            }
            Origin::Parameter { operation, name } => {
                join(self.operation(*operation), &type_ident(name))
            }
            Origin::Property { parent, name } | Origin::Variant { parent, name } => {
                let own = type_ident(&spelled(name).join("_"));
                join(&self.parent(*parent)?, own.trim_end_matches('_'))
            }
            Origin::Additional(parent) => join(&self.parent(*parent)?, "Value"),
            Origin::Item(list) => {
                let list = self.wanted(list)?;
                let item = type_ident(&singular_name(&list));
                if item == list {
                    join(&list, "Item")
                } else {
                    item
                }
            }
            Origin::Value(map) => join(&self.wanted(map)?, "Value"),
        }))
    }

    /// The name of a type that others are named after.
    fn parent(&self, id: TypeId) -> Option<String> {
        match &self.names[id.index()] {
            Some(name) => Some(name.rust.clone()),
            None if self.open.borrow().contains(&id) => None,
            None if self.best.borrow()[id.index()].is_some() => self.followed(id),
            None => self.best(id).name,
        }
    }

    /// The name of a type after the actual names of its parents; in a cycle, after the names that they should
    /// get.
    fn followed(&self, id: TypeId) -> Option<String> {
        if !self.followed.borrow_mut().insert(id) {
            return self.best(id).name;
        }
        let name = self.wanted(self.chosen(id));
        self.followed.borrow_mut().remove(&id);
        name.or_else(|| self.best(id).name)
    }

    fn operation(&self, index: usize) -> &str {
        self.operations[index]
            .get_or_init(|| super::operation::full_name(&self.api.operations[index]))
    }
}

/// A name that is short enough to read and compile: the end of a very long one, of a deeply nested type, is
/// replaced by a hash.
fn shortened(name: String) -> String {
    const MAX: usize = 240;
    const KEPT: usize = 200;
    if name.len() <= MAX {
        return name;
    }
    let hash = xxhash_rust::xxh3::xxh3_64(name.as_bytes());
    let starts = name.char_indices().map(|(at, _)| at);
    let kept = starts.take_while(|at| *at <= KEPT).last().unwrap_or(0);
    format!("{}{hash:016X}", &name[..kept])
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
