//! Enums of listed values: texts or integers of which some are known.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::model::row;
use super::ty::Scope;
use crate::named::{Enum, TypeName, UNKNOWN, Variant, VariantName};
use crate::print::{Item, Line, ident};
use crate::terms::Repr;

/// The enum and its table.
pub(super) fn items(
    name: &TypeName,
    known: &Enum,
    docs: &TokenStream,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let variants = known.variants.iter().map(variant);
    let unknown = (!known.closed).then(|| unknown(known.repr, scope));
    let derives = match known.repr {
        Repr::Integer => quote!(Debug, Clone, Copy, PartialEq, Eq, Hash),
        Repr::String if known.closed => quote!(Debug, Clone, Copy, PartialEq, Eq, Hash),
        // The macro implements the other traits by the string, so that `Unknown` equals a variant of the same
        // string.
        Repr::String => quote!(Debug, Clone),
    };
    let open = (!known.closed).then(|| quote!(#[non_exhaustive]));
    let declaration = quote! {
        #docs
        #[derive(#derives)]
        #open
        pub enum #name { #(#variants,)* #unknown }
    };
    let table = match (known.repr, known.closed) {
        (Repr::String, false) => "string_enum",
        (Repr::String, true) => "closed_string_enum",
        (Repr::Integer, false) => "integer_enum",
        (Repr::Integer, true) => "closed_integer_enum",
    };
    scope.uses_macro(table);
    let rows = known.variants.iter().map(|variant| match known.repr {
        Repr::String => row(&variant.name),
        Repr::Integer => integer_row(&variant.name),
    });
    let table = Item::Table {
        name: table,
        target: Line::default().ident(&ident(&name.rust)),
        rows: rows.collect(),
    };
    vec![Item::Rust(declaration), table]
}

/// A line of a table: `Two = 2`.
fn integer_row(name: &VariantName) -> Line {
    let row = Line::default().ident(&ident(&name.rust)).and(" = ");
    row.integer(name.wire.parse().unwrap_or_default())
}

fn variant(variant: &Variant) -> TokenStream {
    let docs = docs::value(&variant.name.wire, &variant.doc).attributes();
    let name = &variant.name;
    quote!(#docs #name)
}

/// The variant that holds whatever else the server sends.
fn unknown(repr: Repr, scope: &Scope<'_>) -> TokenStream {
    let unknown = ident(UNKNOWN);
    let held = match repr {
        Repr::String => scope.string(),
        Repr::Integer => quote!(i64),
    };
    let docs = Literal::string(" A value that this version of the crate does not know.");
    quote!(#[doc = #docs] #unknown(#held))
}
