//! Schemas become types.

use openapiv3::{
    AdditionalProperties, ArrayType, IntegerFormat, IntegerType, NumberFormat, NumberType,
    ObjectType, Schema, SchemaData, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty as Format,
};

use super::Lowering;
use crate::ir::{self, Definition, Doc, Kind, Origin, Scalar, TypeRef};
use crate::parse::place;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Lowers all schemas under `components`.
    ///
    /// Each gets its identity first, so that they can refer to each other in any order.
    pub(super) fn schema_components(&mut self) {
        let components = self.document.components("schemas");
        for (name, at) in &components {
            let id = self.types.add(Definition {
                origin: Origin::Schema(name.clone()),
                doc: Doc::default(),
                kind: Kind::Alias(ir::Type::Any.into()),
                in_request: false,
                at: at.clone(),
            });
            let reference = TypeRef::from(ir::Type::Definition(id));
            self.places.insert(at.clone(), reference);
        }
        for (_, at) in &components {
            self.schema_component(at);
        }
    }

    /// Fills in the definition of the component at a place.
    fn schema_component(&mut self, at: &Pointer) {
        let Some(&TypeRef {
            ty: ir::Type::Definition(id),
            ..
        }) = self.places.get(at)
        else {
            return;
        };
        match self.document.schema(at, self.diagnostics) {
            None => {}
            Some(Err(target)) => {
                let origin = self.types[id].origin.clone();
                self.types[id].kind = Kind::Alias(self.value(&target, origin));
            }
            Some(Ok(schema)) => {
                self.types[id].doc = doc(&schema.schema_data);
                self.types[id].kind = self.component_kind(id, schema, at);
            }
        }
    }

    fn component_kind(&mut self, id: ir::TypeId, schema: Schema, at: &Pointer) -> Kind {
        match schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => {
                Kind::Struct(self.structure(id, object, at))
            }
            SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
                Kind::Enum(enumeration(string))
            }
            kind => {
                let origin = self.types[id].origin.clone();
                let ty = self.unnamed(kind, origin, at);
                let nullable = schema.schema_data.nullable;
                Kind::Alias(TypeRef {
                    nullable,
                    ..ty.into()
                })
            }
        }
    }

    /// The type of the schema at a place. `origin` names it if it has no name of its own.
    pub(super) fn value(&mut self, at: &Pointer, origin: Origin) -> TypeRef {
        if let Some(known) = self.places.get(at) {
            return known.clone();
        }
        let lowered = match self.document.schema(at, self.diagnostics) {
            None => ir::Type::Any.into(),
            Some(Err(target)) => self.value(&target, origin),
            Some(Ok(schema)) => self.inline(schema, origin, at),
        };
        self.places.insert(at.clone(), lowered.clone());
        lowered
    }

    /// The type of a schema that stands where it is used.
    fn inline(&mut self, schema: Schema, origin: Origin, at: &Pointer) -> TypeRef {
        let nullable = schema.schema_data.nullable;
        let doc = doc(&schema.schema_data);
        let ty = match schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => {
                let id = self.define(Kind::Struct(ir::Struct::default()), origin, doc, at);
                self.types[id].kind = Kind::Struct(self.structure(id, object, at));
                ir::Type::Definition(id)
            }
            SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
                let id = self.define(Kind::Enum(enumeration(string)), origin, doc, at);
                ir::Type::Definition(id)
            }
            kind => self.unnamed(kind, origin, at),
        };
        TypeRef {
            nullable,
            ..ty.into()
        }
    }

    fn define(&mut self, kind: Kind, origin: Origin, doc: Doc, at: &Pointer) -> ir::TypeId {
        self.types.add(Definition {
            origin,
            doc,
            kind,
            in_request: false,
            at: at.clone(),
        })
    }

    /// The type of a schema that needs no item of its own.
    fn unnamed(&mut self, kind: SchemaKind, origin: Origin, at: &Pointer) -> ir::Type {
        match kind {
            SchemaKind::Type(Type::Boolean(_)) => ir::Type::Scalar(Scalar::Boolean),
            SchemaKind::Type(Type::Integer(integer)) => ir::Type::Scalar(integer_scalar(&integer)),
            SchemaKind::Type(Type::Number(number)) => ir::Type::Scalar(number_scalar(&number)),
            SchemaKind::Type(Type::String(string)) => ir::Type::Scalar(string_scalar(&string)),
            SchemaKind::Type(Type::Array(array)) => self.list(&array, origin),
            SchemaKind::Type(Type::Object(object)) => self.map(object, origin),
            SchemaKind::Any(any) if any == openapiv3::AnySchema::default() => ir::Type::Any,
            _ => {
                self.left_out(at, "this combination of schema keywords is not typed yet");
                ir::Type::Any
            }
        }
    }

    fn list(&mut self, array: &ArrayType, origin: Origin) -> ir::Type {
        let item = match array.items.as_ref().and_then(place) {
            Some(items) => self.value(&items, Origin::Item(Box::new(origin))),
            None => ir::Type::Any.into(),
        };
        ir::Type::List(Box::new(item))
    }

    /// An object without known members.
    fn map(&mut self, object: ObjectType, origin: Origin) -> ir::Type {
        match object.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => match place(&schema) {
                Some(values) => {
                    let value = self.value(&values, Origin::Value(Box::new(origin)));
                    ir::Type::Map(Box::new(value))
                }
                None => ir::Type::Object,
            },
            _ => ir::Type::Object,
        }
    }

    /// An object with known members.
    fn structure(&mut self, id: ir::TypeId, object: ObjectType, at: &Pointer) -> ir::Struct {
        if let Some(AdditionalProperties::Any(true) | AdditionalProperties::Schema(_)) =
            object.additional_properties
        {
            let at = at.child("additionalProperties");
            self.left_out(&at, "members beside the declared ones are not kept");
        }
        let properties = at.child("properties");
        let mut fields = Vec::with_capacity(object.properties.len());
        for name in object.properties.keys() {
            let required = object.required.contains(name);
            fields.push(self.field(id, name, required, properties.child(name)));
        }
        ir::Struct { fields }
    }

    fn field(&mut self, parent: ir::TypeId, name: &str, required: bool, at: Pointer) -> ir::Field {
        let origin = Origin::Property {
            parent,
            name: name.to_owned(),
        };
        let value = self.value(&at, origin);
        ir::Field {
            name: name.to_owned(),
            required,
            value,
            secret: self.is_password(&at),
            doc: self.doc_at(&at),
            at,
        }
    }

    fn is_password(&self, at: &Pointer) -> bool {
        let format = self
            .document
            .value(at)
            .and_then(|schema| schema.get("format"));
        format.and_then(|format| format.as_str()) == Some("password")
    }

    /// What the schema at a place says in words, if it stands there itself.
    pub(super) fn doc_at(&mut self, at: &Pointer) -> Doc {
        match self.document.schema(at, self.diagnostics) {
            Some(Ok(schema)) => doc(&schema.schema_data),
            _ => Doc::default(),
        }
    }
}

/// What a schema says in words.
fn doc(data: &SchemaData) -> Doc {
    Doc {
        summary: data.title.clone(),
        description: data.description.clone(),
        example: data.example.clone(),
        default: data.default.clone(),
        deprecated: data.deprecated,
    }
}

fn enumeration(string: StringType) -> ir::Enum {
    let mut values: Vec<String> = Vec::with_capacity(string.enumeration.len());
    for value in string.enumeration.into_iter().flatten() {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    ir::Enum { values }
}

fn integer_scalar(integer: &IntegerType) -> Scalar {
    match integer.format {
        Format::Item(IntegerFormat::Int32) => Scalar::Int32,
        _ => Scalar::Int64,
    }
}

fn number_scalar(number: &NumberType) -> Scalar {
    match number.format {
        Format::Item(NumberFormat::Float) => Scalar::Float32,
        _ => Scalar::Float64,
    }
}

fn string_scalar(string: &StringType) -> Scalar {
    match &string.format {
        Format::Item(StringFormat::DateTime) => Scalar::DateTime,
        Format::Item(StringFormat::Date) => Scalar::Date,
        Format::Unknown(format) if format == "uuid" => Scalar::Uuid,
        _ => Scalar::String,
    }
}
