//! Objects: schemas with properties become structs, those without become maps.

use serde_json::Value;

use super::Lowering;
use super::shape::{Additional, Shape};
use crate::ir::{self, Access, Field, Origin};
use crate::pointer::Pointer;
use crate::terms::{Doc, Scalar, Type, TypeId, TypeRef};

impl Lowering<'_> {
    /// An object without declared properties.
    pub(super) fn map(&mut self, shape: &Shape, origin: &Origin) -> Type {
        match &shape.additional {
            Additional::Schemas(schemas) if !schemas.is_empty() => {
                let origin = Origin::Value(Box::new(origin.clone()));
                Type::Map(Box::new(self.one_of_all(schemas, origin)))
            }
            _ => Type::Object,
        }
    }

    /// An object with declared properties.
    pub(super) fn structure(&mut self, shape: &Shape, id: TypeId) -> ir::Struct {
        let mut fields = Vec::with_capacity(shape.properties.len());
        for (name, places) in &shape.properties {
            fields.push(self.field(id, name, shape.required.contains(name), places));
        }
        let undeclared = shape.required.iter();
        let undeclared = undeclared.filter(|name| !shape.properties.contains_key(*name));
        fields.extend(undeclared.map(|name| of_any_value(name, shape)));
        let additional = match &shape.additional {
            Additional::Unsaid | Additional::Forbidden => None,
            Additional::Anything => Some(Type::Any.into()),
            Additional::Schemas(schemas) => Some(self.one_of_all(schemas, Origin::Additional(id))),
        };
        ir::Struct {
            fields,
            additional,
            closed: shape.additional == Additional::Forbidden,
        }
    }

    fn field(&mut self, parent: TypeId, name: &str, required: bool, places: &[Pointer]) -> Field {
        let shape = self.shape_of_all(places);
        let at = places.last().cloned().unwrap_or_else(Pointer::root);
        let constant = constant(&shape).filter(|_| !self.is_named(&at));
        let (value, constant) = match constant {
            Some((scalar, text)) => {
                let value = TypeRef::from(scalar);
                self.places
                    .entry(at.clone())
                    .or_insert_with(|| value.clone());
                (value, Some(text))
            }
            None => {
                let origin = Origin::Property {
                    parent,
                    name: name.to_owned(),
                };
                (self.value_of_all(places, origin), None)
            }
        };
        let mut doc = Doc::default();
        for place in places {
            let words = self.words(place);
            doc = if doc == Doc::default() { words } else { doc };
        }
        Field {
            name: name.to_owned(),
            required,
            asked: false,
            value,
            constant,
            access: shape.access,
            secret: shape.password,
            doc,
            at,
        }
    }
}

/// A property that is required and of which nothing else is said.
fn of_any_value(name: &str, shape: &Shape) -> Field {
    let at = shape.at.clone().unwrap_or_else(Pointer::root);
    Field {
        name: name.to_owned(),
        required: true,
        asked: false,
        value: Type::Any.into(),
        constant: None,
        access: Access::Both,
        secret: false,
        doc: Doc::default(),
        at: at.child("required"),
    }
}

/// The one scalar that a schema allows: its type, and its text.
fn constant(shape: &Shape) -> Option<(Scalar, String)> {
    let [only] = shape.values.as_slice() else {
        return None;
    };
    if shape.nullable {
        return None;
    }
    match only {
        Value::String(text) => Some((Scalar::String, text.clone())),
        Value::Bool(value) => Some((Scalar::Boolean, value.to_string())),
        Value::Number(number) if number.is_i64() => Some((Scalar::Int64, number.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, ty, types};

    #[test]
    fn objects_become_structs_and_maps() {
        for (schema, expected) in [
            ("{type: object}", "Object"),
            (
                "{type: object, additionalProperties: {type: string}}",
                "{String}",
            ),
            ("{type: object, additionalProperties: false}", "Object"),
            (
                "{type: object, required: [a], properties: {a: {type: string}, b: {type: [string, 'null']}}}",
                "{a: String, b?: String?}",
            ),
            (
                "{type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}",
                "{a?: String, ..: Int64}",
            ),
            (
                "{type: object, required: [k], properties: {k: {const: v}}}",
                r#"{k: "v"}"#,
            ),
        ] {
            assert_eq!(ty(schema), expected, "{schema}");
        }
    }

    #[test]
    fn inline_objects_have_types_of_their_own() {
        assert_eq!(
            types(
                "{A: {properties: {b: {properties: {c: {type: string}}}, d: {items: {properties: {e: {type: integer}}}}}}}"
            ),
            [
                "A {b?: A.b, d?: [A.d[]]}",
                "A.b {c?: String}",
                "A.d[] {e?: Int64}"
            ],
        );
    }

    #[test]
    fn a_required_property_that_is_not_declared_has_any_value() {
        let schemas = "{A: {properties: {x: {type: string}}, required: [y]}}";
        assert_eq!(types(schemas), ["A {x?: String, y: Any}"]);
        assert!(diagnostics_of(schemas).is_empty());
    }
}
