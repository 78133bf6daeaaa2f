//! Names of what types are made of: fields and variants.
//!
//! They depend on nothing but their type and its name, so many types get theirs at once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ident::{snake, type_ident};
use super::namespace::{Namespace, numbered};
use super::pins::is_name;
use super::types::pinned;
use super::words::spelled;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Origin};
use crate::named::{self, Component, FieldName, Subject, TypeName, UNKNOWN, VariantName};
use crate::parallel;
use crate::pointer::Pointer;
use crate::terms::TypeId;

/// The field that holds properties which the document does not declare.
const ADDITIONAL: &str = "additional";

/// The field that keeps what the type has no place for.
const UNDECLARED: &str = "undeclared";

/// How many types are named at a time.
const AT_A_TIME: usize = 200;

/// Names the parts of all types, whose own names stand in `names`.
pub(super) fn definitions(
    api: &ir::Api,
    config: &Config,
    names: &[TypeName],
    diagnostics: &mut Diagnostics,
) -> Vec<named::Definition> {
    let types: Vec<(&ir::Definition, &TypeName)> =
        api.types.iter().map(|(_, ty)| ty).zip(names).collect();
    let chunks: Vec<_> = types.chunks(AT_A_TIME).collect();
    let named = parallel::map(&chunks, |chunk| {
        let mut diagnostics = Diagnostics::default();
        let mut naming = MemberNames {
            api,
            config,
            diagnostics: &mut diagnostics,
        };
        let types = chunk.iter();
        let definitions: Vec<_> = types
            .map(|(ty, name)| naming.definition(ty, name))
            .collect();
        (definitions, diagnostics)
    });
    let mut definitions = Vec::with_capacity(types.len());
    for (some, theirs) in named {
        definitions.extend(some);
        diagnostics.extend(theirs);
    }
    definitions
}

struct MemberNames<'a> {
    api: &'a ir::Api,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
}

impl MemberNames<'_> {
    fn definition(&mut self, definition: &ir::Definition, name: &TypeName) -> named::Definition {
        let own = pinned(self.config, definition)
            .filter(|path| path.contains("::") && is_name(path))
            .cloned();
        let kind = match &definition.kind {
            ir::Kind::Struct(object) => named::Kind::Struct(self.structure(object, name)),
            ir::Kind::Headers(headers) => {
                named::Kind::Headers(self.fields(&headers.fields, name, &mut Namespace::default()))
            }
            ir::Kind::Enum(known) => named::Kind::Enum(self.enumeration(known, definition, name)),
            ir::Kind::Union(union) => named::Kind::Union(self.union(union, definition, name)),
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
                Some(path) => TypeName::new(&name.wire, path, &definition.at),
                None => name.clone(),
            },
        }
    }

    /// What a type stands for.
    fn subject(&self, origin: &Origin) -> Subject {
        let label = |index: &usize| super::operation::label(&self.api.operations[*index]);
        let of = |parent: &TypeId| &self.api.types[*parent].origin;
        let boxed = |origin| Box::new(self.subject(origin));
        match origin {
            Origin::Schema(name) => Subject::Component(Component::Schema, name.clone()),
            Origin::RequestComponent(name) => Subject::Component(Component::Request, name.clone()),
            Origin::ResponseComponent(name) => {
                Subject::Component(Component::Response, name.clone())
            }
            Origin::ResponseComponentHeaders(name) => {
                Subject::Component(Component::ResponseHeaders, name.clone())
            }
            Origin::ParameterComponent(name) => {
                Subject::Component(Component::Parameter, name.clone())
            }
            Origin::HeaderComponent(name) => Subject::Component(Component::Header, name.clone()),
            Origin::Webhook(name) => Subject::Webhook(name.clone()),
            Origin::Request { operation, .. } => Subject::Request {
                operation: label(operation),
            },
            Origin::Response {
                operation, status, ..
            } => Subject::Response {
                operation: label(operation),
                status: *status,
                description: (self.api.operations[*operation].response(*status)).map(str::to_owned),
            },
            Origin::ResponseHeaders { operation, status } => Subject::Headers {
                operation: label(operation),
                status: *status,
            },
            Origin::Parameter { operation, name } => Subject::Parameter {
                operation: label(operation),
                name: name.clone(),
            },
            Origin::Property { parent, name } => Subject::Property {
                name: name.clone(),
                of: match of(parent) {
                    Origin::Schema(schema) => Some(schema.clone()),
                    _ => None,
                },
            },
            Origin::Variant { parent, .. } => Subject::Alternative(boxed(of(parent))),
            Origin::Additional(parent) => Subject::Additional(boxed(of(parent))),
            Origin::Item(list) => Subject::Item(boxed(list)),
            Origin::Value(map) => Subject::Value(boxed(map)),
        }
    }

    fn structure(&mut self, object: &ir::Struct, owner: &TypeName) -> named::Struct {
        let mut scope = Namespace::default();
        let fields = self.fields(&object.fields, owner, &mut scope);
        let additional = object.additional.clone().map(|value| {
            let rust = scope.take(ADDITIONAL, numbered(ADDITIONAL, "_"));
            (FieldName::new("", rust, &owner.at), value)
        });
        let undeclared = scope.take(UNDECLARED, numbered(UNDECLARED, "_"));
        named::Struct {
            fields,
            additional,
            undeclared,
            closed: object.closed,
            // Named in `types`, because this struct shares the namespace of the types.
            required: None,
        }
    }

    fn fields(
        &mut self,
        fields: &[ir::Field],
        owner: &TypeName,
        scope: &mut Namespace,
    ) -> Vec<named::Field> {
        let wanted: Vec<String> = fields
            .iter()
            .map(|field| self.wanted(field, owner))
            .collect();
        // Fields stay in the document's order, which does not decide which of two fields gets a name: it is the
        // one that is spelled like the name, or else the first in the alphabet.
        let mut order: Vec<usize> = (0..fields.len()).collect();
        let key = |index: usize| {
            (
                wanted[index] != fields[index].name,
                fields[index].name.as_str(),
            )
        };
        order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
        let mut names = vec![String::new(); fields.len()];
        for index in order {
            let (wanted, at) = (&wanted[index], &fields[index].at);
            names[index] = scope.claim(wanted, numbered(wanted, "_"), at, self.diagnostics);
        }
        let named = fields.iter().zip(names).map(|(field, rust)| named::Field {
            name: FieldName::new(&field.name, rust, &field.at),
            required: field.required && !self.is_optional(field, owner),
            asked: field.asked,
            value: field.value.clone(),
            constant: field.constant.clone(),
            secret: field.secret,
            doc: field.doc.clone(),
        });
        named.collect()
    }

    /// Whether the configuration says that a field may be missing.
    fn is_optional(&self, field: &ir::Field, owner: &TypeName) -> bool {
        let mut optional = self.config.optional.iter();
        optional.any(|named| match named.strip_suffix(&field.name) {
            Some(of) => [&owner.wire, &owner.rust]
                .iter()
                .any(|name| of.strip_suffix('.') == Some(name)),
            None => false,
        })
    }

    /// The name that a field gets if it is not taken.
    fn wanted(&self, field: &ir::Field, owner: &TypeName) -> String {
        let pinned = pin(&self.config.fields, owner, &field.name);
        snake(&spelled(pinned.unwrap_or(&field.name)))
    }

    fn enumeration(
        &mut self,
        known: &ir::Enum,
        definition: &ir::Definition,
        owner: &TypeName,
    ) -> named::Enum {
        let mut scope = Namespace::default();
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
        let mut scope = Namespace::default();
        let mut variants = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            let pinned = pin(&self.config.variants, owner, &variant.name);
            // Numbers that distinguish unnamed alternatives are expected, so they are not reported.
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
    fn variant(&mut self, name: &str, scope: &mut Namespace, at: &Pointer) -> String {
        let wanted = variant_ident(name);
        let substitutes = numbered(&wanted, "");
        scope.claim(&wanted, substitutes, at, self.diagnostics)
    }
}

/// The name that a variant gets if it is not taken. It is never that of the variant for unknown values.
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
