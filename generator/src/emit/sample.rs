//! Samples: values of types as expressions, from what the document gives as examples.

use std::cell::Cell;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::structure::setter_name;
use crate::named::{Api, Definition, Field, Kind, Struct};
use crate::terms::{Scalar, Type, TypeRef};

/// How many values a sample may have. A larger one is not shown, and neither is that of a type that requires
/// itself.
const MAX_VALUES: usize = 200;

/// An expression of a type as it is held; none if the example is not enough for one.
pub(super) fn sample(api: &Api, value: &TypeRef, example: Option<&Value>) -> Option<TokenStream> {
    let left = Cell::new(MAX_VALUES);
    held(&Left { api, left: &left }, value, example)
}

/// The types, and how many values may still be made of them.
struct Left<'a> {
    api: &'a Api,
    left: &'a Cell<usize>,
}

/// An expression of a type as it is held.
fn held(api: &Left<'_>, value: &TypeRef, example: Option<&Value>) -> Option<TokenStream> {
    if value.nullable && example.is_none_or(Value::is_null) {
        return Some(quote!(None));
    }
    let mut expression = plain(api, &value.ty, example)?;
    if is_text(api.api, &value.ty) {
        expression = quote!(#expression.to_owned());
    }
    if value.boxed {
        expression = quote!(Box::new(#expression));
    }
    if value.nullable {
        expression = quote!(Some(#expression));
    }
    Some(expression)
}

/// An expression as a constructor or a setter takes it, which convert and box by themselves.
fn given(api: &Left<'_>, value: &TypeRef, example: Option<&Value>) -> Option<TokenStream> {
    match value.nullable {
        true => held(
            api,
            &TypeRef {
                boxed: false,
                ..value.clone()
            },
            example,
        ),
        false => plain(api, &value.ty, example),
    }
}

/// Whether a type is a text, under whatever name.
fn is_text(api: &Api, ty: &Type) -> bool {
    matches!(api.unaliased(ty), Type::Scalar(Scalar::String))
}

/// An expression of a type; a text is a literal.
fn plain(api: &Left<'_>, ty: &Type, example: Option<&Value>) -> Option<TokenStream> {
    api.left.set(api.left.get().checked_sub(1)?);
    match ty {
        Type::Scalar(scalar) => self::scalar(*scalar, example?),
        Type::List(item) => {
            let items = example?.as_array()?.iter();
            let items: Option<Vec<_>> = items
                .map(|example| held(api, item, Some(example)))
                .collect();
            let items = items?;
            Some(quote!(vec![#(#items),*]))
        }
        Type::Definition(id) => definition(api, &api.api.types[id.index()], example),
        Type::Tuple(_) | Type::Map(_) | Type::Object | Type::Any => None,
    }
}

fn scalar(scalar: Scalar, example: &Value) -> Option<TokenStream> {
    let integer = |range: std::ops::RangeInclusive<i64>| {
        let value = example.as_i64().filter(|value| range.contains(value))?;
        let value = Literal::i64_unsuffixed(value);
        Some(quote!(#value))
    };
    match scalar {
        Scalar::Boolean => example.as_bool().map(|value| quote!(#value)),
        Scalar::Int8 => integer(i64::from(i8::MIN)..=i64::from(i8::MAX)),
        Scalar::Int16 => integer(i64::from(i16::MIN)..=i64::from(i16::MAX)),
        Scalar::Int32 => integer(i64::from(i32::MIN)..=i64::from(i32::MAX)),
        Scalar::Int64 => integer(i64::MIN..=i64::MAX),
        Scalar::Uint8 => integer(0..=i64::from(u8::MAX)),
        Scalar::Uint16 => integer(0..=i64::from(u16::MAX)),
        Scalar::Uint32 => integer(0..=i64::from(u32::MAX)),
        Scalar::Uint64 => integer(0..=i64::MAX),
        Scalar::Float64 => {
            let value = Literal::f64_unsuffixed(example.as_f64()?);
            Some(quote!(#value))
        }
        Scalar::Number => {
            let value = Literal::string(&example.as_number()?.to_string());
            Some(quote!(#value.parse()?))
        }
        Scalar::String => {
            let value = Literal::string(example.as_str()?);
            Some(quote!(#value))
        }
        Scalar::Uuid | Scalar::DateTime | Scalar::Date => {
            let value = Literal::string(example.as_str()?);
            Some(quote!(#value.parse()?))
        }
        Scalar::Null | Scalar::Base64 | Scalar::Binary => None,
    }
}

fn definition(api: &Left<'_>, ty: &Definition, example: Option<&Value>) -> Option<TokenStream> {
    let name = &ty.name;
    if name.rust.contains("::") {
        return None;
    }
    match &ty.kind {
        Kind::Alias(target) => plain(api, &target.ty, example),
        Kind::Enum(known) => {
            let wire = example?.as_str()?;
            let mut variants = known.variants.iter();
            let variant = &variants.find(|variant| variant.name.wire == wire)?.name;
            Some(quote!(types::#name::#variant))
        }
        Kind::Struct(object) => structure(api, ty, object, example),
        Kind::Union(_) | Kind::Headers(_) => None,
    }
}

/// A struct: the required fields by its constructor, the others that the example has by setters.
fn structure(
    api: &Left<'_>,
    ty: &Definition,
    object: &Struct,
    example: Option<&Value>,
) -> Option<TokenStream> {
    let of = |field: &Field| {
        let given = example.and_then(|example| example.get(&field.name.wire));
        given.or(field.doc.example.as_deref()).cloned()
    };
    let arguments = object.fields.iter().filter(|field| field.is_argument());
    let name = &ty.name;
    let new = match &object.required {
        None => {
            let values = arguments.map(|field| given(api, &field.value, of(field).as_ref()));
            let values = values.collect::<Option<Vec<_>>>()?;
            quote!(types::#name::new(#(#values),*))
        }
        Some(required) => {
            let fields = arguments.map(|field| {
                let (name, value) = (&field.name, held(api, &field.value, of(field).as_ref())?);
                Some(quote!(#name: #value))
            });
            let fields = fields.collect::<Option<Vec<_>>>()?;
            quote!(types::#name::new(types::#required { #(#fields),* }))
        }
    };
    let optional = object
        .fields
        .iter()
        .filter(|field| !field.required && !field.asked);
    let setters = optional.filter_map(|field| {
        let example = example?.get(&field.name.wire)?;
        let setter = setter_name(&field.name);
        let value = given(api, &field.value, Some(example))?;
        Some(quote!(.#setter(#value)))
    });
    Some(quote!(#new #(#setters)*))
}
