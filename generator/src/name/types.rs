//! Names of types, their fields and their variants.

use super::ident::{snake, type_ident};
use super::scope::{Scope, numbered};
use super::words::{singular_name, spelled};
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Origin, StatusKey, TypeId};
use crate::named::{self, FieldName, TypeName, VariantName};
use crate::pointer::Pointer;

/// The variant that holds a value which the document does not know.
pub(crate) const UNKNOWN: &str = "Unknown";

/// Names all types. Components come first, because they always keep their names.
pub(super) fn types(api: &ir::Api, diagnostics: &mut Diagnostics) -> Vec<named::Definition> {
    let mut naming = Naming {
        api,
        scope: Scope::default(),
        names: vec![None; api.types.len()],
        diagnostics,
    };
    // Sorted by place, so that the order of the document decides nothing.
    let mut order: Vec<TypeId> = api.types.iter().map(|(id, _)| id).collect();
    order.sort_by_key(|&id| (!naming.is_component(id), api.types[id].at.clone()));
    for id in order {
        naming.name(id);
    }
    let names = std::mem::take(&mut naming.names);
    let named = api.types.iter().zip(names.into_iter().flatten());
    named
        .map(|((_, definition), name)| naming.definition(definition, name))
        .collect()
}

struct Naming<'a> {
    api: &'a ir::Api,
    scope: Scope,
    names: Vec<Option<TypeName>>,
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
        let wanted = self.wanted(&definition.origin);
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

    /// The name that a type has if nothing else has it.
    fn wanted(&mut self, origin: &Origin) -> String {
        match origin {
            Origin::Schema(name) => type_ident(name),
            Origin::ResponseComponent(name) => format!("{}Body", type_ident(name)),
            Origin::ResponseComponentHeaders(name) => format!("{}Headers", type_ident(name)),
            Origin::Request(operation) => format!("{}Request", self.operation(*operation)),
            Origin::Response {
                operation,
                status,
                only,
            } => {
                let status = if *only {
                    String::new()
                } else {
                    reason(*status)
                };
                format!("{}{status}Response", self.operation(*operation))
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
            Origin::Property { parent, name } => {
                format!(
                    "{}{}",
                    self.name(*parent),
                    type_ident(name).trim_matches('_')
                )
            }
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

    fn operation(&self, index: usize) -> String {
        super::operation::full_name(&self.api.operations[index])
    }

    fn definition(&mut self, definition: &ir::Definition, name: TypeName) -> named::Definition {
        let kind = match &definition.kind {
            ir::Kind::Struct(object) => named::Kind::Struct(self.fields(&object.fields)),
            ir::Kind::Headers(headers) => named::Kind::Headers(self.fields(&headers.fields)),
            ir::Kind::Enum(known) => named::Kind::Enum(self.variants(known, &definition.at)),
            ir::Kind::Alias(target) => named::Kind::Alias(target.clone()),
        };
        named::Definition {
            subject: self.subject(&definition.origin),
            name,
            doc: definition.doc.clone(),
            kind,
            in_request: definition.in_request,
        }
    }

    /// What a type is, in words, for when the document does not say.
    fn subject(&self, origin: &Origin) -> String {
        let operation = |index: &usize| {
            let operation = &self.api.operations[*index];
            super::operation::label(operation)
        };
        match origin {
            Origin::Schema(name) => format!("The schema `{name}`."),
            Origin::ResponseComponent(name) => format!("The body of the response `{name}`."),
            Origin::ResponseComponentHeaders(name) => {
                format!("The headers of the response `{name}`.")
            }
            Origin::Request(index) => format!("The body of a `{}` request.", operation(index)),
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
            Origin::Item(list) => self.subject(list).replacen("The ", "An item of the ", 1),
            Origin::Value(map) => self.subject(map).replacen("The ", "A value of the ", 1),
        }
    }

    fn fields(&mut self, fields: &[ir::Field]) -> Vec<named::Field> {
        let mut scope = Scope::default();
        fields
            .iter()
            .map(|field| {
                let wanted = snake(&spelled(&field.name));
                let substitutes = numbered(&wanted, "_");
                let rust = scope.claim(&wanted, substitutes, &field.at, self.diagnostics);
                named::Field {
                    name: FieldName::new(&field.name, rust, &field.at),
                    required: field.required,
                    value: field.value.clone(),
                    secret: field.secret,
                    doc: field.doc.clone(),
                }
            })
            .collect()
    }

    fn variants(&mut self, known: &ir::Enum, at: &Pointer) -> Vec<named::Variant> {
        let mut scope = Scope::default();
        let mut variant = |value: &String| {
            let mut wanted = type_ident(&spelled(value).join("_"));
            if wanted == UNKNOWN {
                wanted.push_str("Value");
            }
            let substitutes = numbered(&wanted, "");
            let rust = scope.claim(&wanted, substitutes, at, self.diagnostics);
            named::Variant {
                name: VariantName::new(value, rust, at),
            }
        };
        known.values.iter().map(&mut variant).collect()
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
