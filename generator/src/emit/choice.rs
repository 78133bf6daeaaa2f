//! Unions: enums of types, and how a value is told to be of one of them.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::ty::Scope;
use crate::markdown::code;
use crate::named::{Definition, UNKNOWN, Union, UnionVariant};
use crate::print::{Item, Line, ident};

/// The enum, its conversions and its table.
pub(super) fn items(
    definition: &Definition,
    union: &Union,
    docs: &TokenStream,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let name = &definition.name;
    let variants = union
        .variants
        .iter()
        .map(|variant| self::variant(variant, scope));
    let unknown = ident(UNKNOWN);
    let value = scope.json_value();
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is none of the others.
            #unknown(#value),
        }
    };
    let mut items = vec![Item::Rust(declaration)];
    if definition.in_request {
        items.extend(conversions(definition, union, scope).map(Item::Rust));
    }
    items.push(table(definition, union, scope));
    items
}

fn variant(variant: &UnionVariant, scope: &Scope<'_>) -> TokenStream {
    let fallback = match variant.tags.as_slice() {
        [] => format!("A value of the kind {}.", code(&variant.name.wire)),
        tags => {
            let tags: Vec<String> = tags.iter().map(|tag| code(tag)).collect();
            format!("Tagged {}.", tags.join(" or "))
        }
    };
    let docs = docs::item(&variant.doc, &variant.name.rust, &fallback).attributes();
    let name = &variant.name;
    let held = scope.held(&variant.value);
    quote!(#docs #name(#held))
}

/// `From` for what each variant holds, as far as they differ.
fn conversions<'a>(
    definition: &'a Definition,
    union: &'a Union,
    scope: &'a Scope<'a>,
) -> impl Iterator<Item = TokenStream> {
    // A conversion takes the type itself, without `Box` and `Option`.
    let identity = |variant: &UnionVariant| scope.identity(&variant.value.ty.clone().into());
    let mut counts: HashMap<Option<String>, usize> = HashMap::new();
    for variant in &union.variants {
        *counts.entry(identity(variant)).or_default() += 1;
    }
    let distinct = union.variants.iter().filter(move |variant| {
        let identity = identity(variant);
        // Any JSON value could just as well belong in the variant for unknown values.
        counts[&identity] == 1 && identity.is_some_and(|identity| identity != "Any")
    });
    distinct.map(|variant| {
        let (name, of) = (&definition.name, &variant.name);
        let held = scope.plain(&variant.value.ty);
        let from = scope.prelude("std::convert", "From");
        let value = match variant.value.boxed {
            true => {
                let boxed = scope.prelude("std::boxed", "Box");
                quote!(#boxed::new(value))
            }
            false => quote!(value),
        };
        quote! {
            impl #from<#held> for #name {
                #[inline]
                fn from(value: #held) -> Self { Self::#of(#value) }
            }
        }
    })
}

/// The table: by tag if there is one, else by what values look like.
fn table(definition: &Definition, union: &Union, scope: &Scope<'_>) -> Item {
    let target = Line::default().ident(&ident(&definition.name.rust));
    let variants = union.variants.iter();
    let Some(tag) = &union.tag else {
        scope.uses_macro("one_of");
        return Item::Table {
            name: "one_of",
            target,
            rows: variants
                .map(|variant| Line::default().ident(&ident(&variant.name.rust)))
                .collect(),
        };
    };
    scope.uses_macro("tagged");
    let row = |variant: &UnionVariant| {
        let row = Line::default().ident(&ident(&variant.name.rust)).and(" = ");
        let tags = variant.tags.iter().enumerate();
        tags.fold(row, |row, (index, tag)| {
            let separator = if index > 0 { " | " } else { "" };
            row.and(separator).text(tag)
        })
    };
    Item::Table {
        name: "tagged",
        target: target.and(" by ").text(tag),
        rows: variants.map(row).collect(),
    }
}
