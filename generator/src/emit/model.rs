//! The module `types`: a struct, enum or alias per schema, with the table that says how it looks on
//! the wire.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, attributes};
use super::structure::Fields;
use super::ty::{Scope, ident};
use super::{Item, Module, choice, feature, listed, root};
use crate::named::{Api, Definition, Field, Kind, Name, TypeName};
use crate::print;

const TYPES: &str = "types";

/// The module `types`, and a module inside it for the types that only one feature needs.
pub(super) fn modules(api: &Api) -> Vec<Module> {
    let mut sorted: Vec<&Definition> = api.types.iter().filter(|d| !d.hidden).collect();
    sorted.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    let names = feature_modules(api);
    let mut of_one: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    let mut common = Vec::new();
    for definition in sorted {
        match definition.gate.as_slice() {
            [feature] if names.contains_key(feature.as_str()) => {
                of_one.entry(feature).or_default().push(definition);
            }
            _ => common.push(definition),
        }
    }
    let inside: Vec<Module> = of_one
        .into_iter()
        .map(|(feature, definitions)| of_feature(api, names[feature], feature, &definitions))
        .collect();

    let scope = Scope::of_types(api);
    let mut items: Vec<Item> = inside.iter().map(reexport).collect();
    for one in common {
        let of_one = feature::gated(definition(one, &scope), &one.gate);
        items.extend(of_one.into_iter().map(print::early));
    }
    let types = Module {
        name: TYPES.to_owned(),
        docs: docs::markdown("The types of the API's requests and answers."),
        imports: scope.into_imports(),
        items,
        attributes: feature::leftover(!api.features.is_empty()),
        ..Module::default()
    };
    std::iter::once(types).chain(inside).collect()
}

/// The types that one feature needs. Their users find them in `types`.
fn of_feature(api: &Api, name: &str, feature: &str, definitions: &[&Definition]) -> Module {
    let scope = Scope::of_types(api);
    scope.sees_all_types();
    let items = definitions
        .iter()
        .flat_map(|one| definition(one, &scope))
        .map(print::early)
        .collect();
    Module {
        name: name.to_owned(),
        parent: Some(TYPES),
        feature: Some(feature.to_owned()),
        docs: docs::markdown(&format!(
            "The types that only the feature `{feature}` needs."
        )),
        imports: scope.into_imports(),
        items,
        attributes: "",
    }
}

/// The modules inside `types`, by feature. A name that a type has too, which takes a script without
/// capitals, is left out.
fn feature_modules(api: &Api) -> BTreeMap<&str, &str> {
    let types: HashSet<&str> = api.types.iter().map(|d| d.name.rust.as_str()).collect();
    let features = api.features.iter();
    features
        .map(|feature| (feature.name.as_str(), feature.module.as_str()))
        .filter(|(_, module)| !types.contains(module))
        .collect()
}

fn reexport(module: &Module) -> Item {
    let (name, feature) = (
        ident(&module.name),
        feature::attribute(module.feature.as_ref()),
    );
    let declaration = root::declaration(module, None);
    Item::Rust(quote!(#declaration #feature pub use #name::*;))
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
