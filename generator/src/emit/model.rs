//! The module `types`: a struct, enum or alias per schema, with the table that says how it looks on
//! the wire.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, attributes};
use super::structure::Fields;
use super::ty::Scope;
use super::{Item, Module, choice, listed};
use crate::named::{Api, Definition, Field, Kind, Name, TypeName};
use crate::print;

/// The module `types`.
pub(super) fn module(api: &Api) -> Module {
    let scope = Scope::of_types(api);
    let mut sorted: Vec<&Definition> = api.types.iter().filter(|d| !d.hidden).collect();
    sorted.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    let items = sorted
        .into_iter()
        .flat_map(|d| definition(d, &scope))
        .map(print::early)
        .collect();
    Module {
        name: "types".to_owned(),
        docs: docs::markdown("The types of the API's requests and answers."),
        imports: scope.into_imports(),
        items,
    }
}

/// The items of one type.
fn definition(definition: &Definition, scope: &Scope<'_>) -> Vec<Item> {
    let name = &definition.name;
    let docs = attributes(&docs::item(
        &definition.doc,
        &name.rust,
        &definition.subject,
    ));
    match &definition.kind {
        Kind::Struct(object) => Fields::new(definition, object, scope).items(&docs),
        Kind::Headers(fields) => headers(name, fields, &docs, scope),
        Kind::Enum(known) => listed::items(name, known, &docs, scope),
        Kind::Union(union) => choice::items(definition, union, &docs, scope),
        Kind::Alias(target) => {
            let target = scope.held(target);
            vec![Item::Rust(quote!(#docs pub type #name = #target;))]
        }
    }
}

/// A line of a table: `is_active = "isActive"`.
pub(super) fn row<K>(name: &Name<K>, mode: &str) -> String {
    format!("{} = {}{mode}", name.rust, Literal::string(&name.wire))
}

/// The headers of an answer.
fn headers(name: &TypeName, fields: &[Field], docs: &TokenStream, scope: &Scope<'_>) -> Vec<Item> {
    let declared = fields.iter().map(|field| {
        let docs = attributes(&docs::field(field));
        let ty = scope.option(scope.plain(&field.value.ty));
        let name = &field.name;
        quote!(#docs pub #name: #ty)
    });
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct #name { #(#declared),* }
    };
    scope.uses_macro("headers");
    let table = Item::Table {
        name: "headers",
        target: name.rust.clone(),
        rows: fields.iter().map(|field| row(&field.name, "")).collect(),
    };
    vec![Item::Rust(declaration), table]
}
