//! Names of types, their fields and their variants.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::ident::{snake, type_ident};
use super::pins::is_name;
use super::scope::{Scope, numbered};
use super::words::{singular_name, spelled};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Origin, StatusKey, TypeId};
use crate::named::{self, FieldName, TypeName, VariantName};
use crate::pointer::Pointer;

/// The variant that holds a value which the document does not know.
pub(crate) const UNKNOWN: &str = "Unknown";

/// With more required members than this, a constructor takes a struct that names them.
const MAX_ARGUMENTS: usize = 4;

/// The field that holds members which the document does not declare.
const ADDITIONAL: &str = "additional";

/// The field that keeps which members were `null`.
const NULLS: &str = "nulls";

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
    let definitions = api.types.iter();
    definitions
        .map(|(id, definition)| naming.definition(id, definition))
        .collect()
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
        let wanted = match self.pinned(definition) {
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

    /// What the configuration calls a type.
    fn pinned(&self, definition: &ir::Definition) -> Option<&String> {
        let by_name = match &definition.origin {
            Origin::Schema(name) => self.config.types.get(name),
            _ => None,
        };
        by_name.or_else(|| self.config.types.get(definition.at.as_str()))
    }

    /// The best of the names that a type could have by the places it is emitted for: one owned by a
    /// component before one owned by an operation, then the shortest, then the first in the alphabet.
    fn best(&self, definition: &ir::Definition) -> String {
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

    fn definition(&mut self, id: TypeId, definition: &ir::Definition) -> named::Definition {
        let name = match &self.names[id.index()] {
            Some(name) => name.clone(),
            None => TypeName::new("", self.best(definition), &definition.at),
        };
        let own = self
            .pinned(definition)
            .filter(|path| path.contains("::") && is_name(path))
            .cloned();
        let kind = match &definition.kind {
            ir::Kind::Struct(object) => {
                named::Kind::Struct(self.structure(object, definition.in_request, &name))
            }
            ir::Kind::Headers(headers) => {
                named::Kind::Headers(self.fields(&headers.fields, &name, &mut Scope::default()))
            }
            ir::Kind::Enum(known) => named::Kind::Enum(self.enumeration(known, definition, &name)),
            ir::Kind::Union(union) => named::Kind::Union(self.union(union, definition, &name)),
            ir::Kind::Alias(target) => named::Kind::Alias(target.clone()),
        };
        named::Definition {
            subject: self.subject(&definition.origin),
            doc: definition.doc.clone(),
            kind,
            in_request: definition.in_request,
            hidden: definition.replaced || own.is_some(),
            gate: named::Gate::default(),
            name: match own {
                Some(path) => TypeName::new(name.wire, path, &definition.at),
                None => name,
            },
        }
    }

    /// What a type is, in words, for when the document does not say.
    fn subject(&self, origin: &Origin) -> String {
        let operation = |index: &usize| super::operation::label(&self.api.operations[*index]);
        match origin {
            Origin::Schema(name) => format!("The schema `{name}`."),
            Origin::RequestComponent(name) => format!("The body of the request `{name}`."),
            Origin::ResponseComponent(name) => format!("The body of the response `{name}`."),
            Origin::ResponseComponentHeaders(name) => {
                format!("The headers of the response `{name}`.")
            }
            Origin::ParameterComponent(name) => format!("The value of the parameter `{name}`."),
            Origin::HeaderComponent(name) => format!("The value of the header `{name}`."),
            Origin::Webhook(name) => format!("The payload of the webhook `{name}`."),
            Origin::Request {
                operation: index, ..
            } => {
                format!("The body of a `{}` request.", operation(index))
            }
            Origin::Response {
                operation: index,
                status,
                ..
            } => {
                let name = operation(index);
                match self.api.operations[*index].response(*status) {
                    Some(description) => format!("The answer of `{name}`: {description}"),
                    None => format!("The answer of `{name}` with status {status}."),
                }
            }
            Origin::ResponseHeaders {
                operation: index,
                status,
            } => {
                let operation = operation(index);
                format!("The headers of `{operation}`'s answer with status {status}.")
            }
            Origin::Parameter {
                operation: index,
                name,
            } => {
                format!("The parameter `{name}` of `{}`.", operation(index))
            }
            Origin::Property { parent, name } => match &self.api.types[*parent].origin {
                Origin::Schema(schema) => format!("The member `{name}` of `{schema}`."),
                _ => format!("The member `{name}`."),
            },
            Origin::Variant { parent, .. } => match &self.api.types[*parent].origin {
                Origin::Schema(schema) => format!("The alternative of `{schema}`."),
                other => self
                    .subject(other)
                    .replacen("The ", "The alternative of the ", 1),
            },
            Origin::Additional(parent) => {
                let parent = &self.api.types[*parent].origin;
                self.subject(parent)
                    .replacen("The ", "The further members of the ", 1)
            }
            Origin::Item(list) => self.subject(list).replacen("The ", "An item of the ", 1),
            Origin::Value(map) => self.subject(map).replacen("The ", "A value of the ", 1),
        }
    }

    fn structure(
        &mut self,
        object: &ir::Struct,
        in_request: bool,
        owner: &TypeName,
    ) -> named::Struct {
        let mut scope = Scope::default();
        let fields = self.fields(&object.fields, owner, &mut scope);
        let additional = object.additional.clone().map(|value| {
            let rust = scope.take(ADDITIONAL, numbered(ADDITIONAL, "_"));
            (FieldName::new("", rust, &owner.at), value)
        });
        // In requests the types of such members tell `null` from absence by themselves.
        let ambiguous = |field: &named::Field| !field.required && field.value.nullable;
        let nulls = (!in_request && fields.iter().any(ambiguous)).then(|| {
            let rust = scope.take(NULLS, numbered(NULLS, "_"));
            FieldName::new("", rust, &owner.at)
        });
        let arguments = fields.iter().filter(|field| field.is_argument()).count();
        let required = (arguments > MAX_ARGUMENTS).then(|| {
            let wanted = format!("{}Required", owner.rust);
            let rust =
                self.scope
                    .claim(&wanted, numbered(&wanted, ""), &owner.at, self.diagnostics);
            TypeName::new("", rust, &owner.at)
        });
        named::Struct {
            fields,
            additional,
            nulls,
            required,
        }
    }

    fn fields(
        &mut self,
        fields: &[ir::Field],
        owner: &TypeName,
        scope: &mut Scope,
    ) -> Vec<named::Field> {
        let mut named = Vec::with_capacity(fields.len());
        for field in fields {
            let pinned = pin(&self.config.fields, owner, &field.name);
            let words = pinned.map_or_else(|| spelled(&field.name), |name| spelled(name));
            let wanted = snake(&words);
            let substitutes = numbered(&wanted, "_");
            let rust = scope.claim(&wanted, substitutes, &field.at, self.diagnostics);
            named.push(named::Field {
                name: FieldName::new(&field.name, rust, &field.at),
                required: field.required,
                value: field.value.clone(),
                constant: field.constant.clone(),
                secret: field.secret,
                doc: field.doc.clone(),
            });
        }
        named
    }

    fn enumeration(
        &mut self,
        known: &ir::Enum,
        definition: &ir::Definition,
        owner: &TypeName,
    ) -> named::Enum {
        let mut scope = Scope::default();
        let closed = self.config.closed_enums.iter();
        let closed = closed
            .into_iter()
            .any(|name| *name == owner.wire || *name == owner.rust || name == "*");
        let mut variants = Vec::with_capacity(known.values.len());
        for value in &known.values {
            let wire = match &value.value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let pinned = pin(&self.config.variants, owner, &wire).or(value.name.as_ref());
            let name = self.variant(pinned.unwrap_or(&wire), &mut scope, &definition.at);
            variants.push(named::Variant {
                name: VariantName::new(wire, name, &definition.at),
                doc: value.doc.clone(),
            });
        }
        named::Enum {
            repr: known.repr,
            variants,
            closed,
        }
    }

    fn union(
        &mut self,
        union: &ir::Union,
        definition: &ir::Definition,
        owner: &TypeName,
    ) -> named::Union {
        let mut scope = Scope::default();
        let mut variants = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            let pinned = pin(&self.config.variants, owner, &variant.name);
            // Several alternatives without a name are told apart by numbers; that is no surprise.
            let wanted = variant_ident(pinned.unwrap_or(&variant.name));
            let name = scope.take(&wanted, numbered(&wanted, ""));
            variants.push(named::UnionVariant {
                name: VariantName::new(&variant.name, name, &definition.at),
                value: variant.value.clone(),
                tags: variant.tags.clone(),
                doc: variant.doc.clone(),
            });
        }
        named::Union {
            variants,
            tag: union.tag.clone(),
        }
    }

    /// The identifier of a variant.
    fn variant(&mut self, name: &str, scope: &mut Scope, at: &Pointer) -> String {
        let wanted = variant_ident(name);
        let substitutes = numbered(&wanted, "");
        scope.claim(&wanted, substitutes, at, self.diagnostics)
    }
}

/// What a variant is called if nothing else is: never like the one for what is unknown.
fn variant_ident(name: &str) -> String {
    let mut wanted = type_ident(&spelled(name).join("_"));
    if wanted == UNKNOWN {
        wanted.push_str("Value");
    }
    wanted
}

/// What the configuration calls a part of a type, by `Type.part`.
fn pin<'c>(pins: &'c BTreeMap<String, String>, owner: &TypeName, part: &str) -> Option<&'c String> {
    if pins.is_empty() {
        return None;
    }
    let by_schema = pins.get(&format!("{}.{part}", owner.wire));
    by_schema.or_else(|| pins.get(&format!("{}.{part}", owner.rust)))
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
