//! The module `types`: a struct, enum or alias per schema, with the table that says how it looks on
//! the wire.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structure::Fields;
use super::ty::Scope;
use super::{choice, feature, listed, root, subject};
use crate::named::{Api, Definition, Feature, Field, Kind, Name, TypeName};
use crate::print::{self, Docs, Item, Line, Module, Parent, ident};

/// How many types are emitted at a time.
const AT_A_TIME: usize = 100;

/// Some of the types, of one module.
pub(super) struct Batch<'a> {
    of: Of<'a>,
    definitions: Vec<&'a Definition>,
    /// The names of all types.
    names: Arc<HashSet<String>>,
}

/// A module.
#[derive(Clone)]
enum Of<'a> {
    /// The module `types`. The first part of it declares the modules inside.
    Types(Vec<&'a Feature>),
    /// A module inside it, for the types that only one feature needs.
    Feature(&'a Feature),
}

/// All types, sorted by name in each module.
pub(super) fn batches<'a>(api: &'a Api) -> Vec<Batch<'a>> {
    let mut sorted: Vec<&Definition> = api.types.iter().filter(|d| !d.hidden).collect();
    sorted.sort_by(|a, b| a.name.rust.cmp(&b.name.rust));
    let names = api.types.iter().map(|d| d.name.rust.clone());
    let names: Arc<HashSet<String>> = Arc::new(names.collect());
    let modules = feature_modules(api, &names);
    let mut of_one: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    let mut common = Vec::new();
    for definition in sorted {
        match definition.gate.as_slice() {
            [feature] if modules.contains_key(feature.as_str()) => {
                of_one.entry(feature).or_default().push(definition);
            }
            _ => common.push(definition),
        }
    }
    let inside: Vec<_> = of_one
        .into_iter()
        .map(|(feature, definitions)| (modules[feature], definitions))
        .collect();
    let declared = inside.iter().map(|(feature, _)| *feature).collect();
    let mut parts = vec![Batch {
        of: Of::Types(declared),
        definitions: Vec::new(),
        names: Arc::clone(&names),
    }];
    let mut add = |of: Of<'a>, definitions: &[&'a Definition]| {
        parts.extend(definitions.chunks(AT_A_TIME).map(|some| Batch {
            of: of.clone(),
            definitions: some.to_vec(),
            names: Arc::clone(&names),
        }));
    };
    add(Of::Types(Vec::new()), &common);
    for (feature, definitions) in &inside {
        add(Of::Feature(feature), definitions);
    }
    parts
}

/// A part of a module.
pub(super) fn module(api: &Api, part: &Batch<'_>) -> Module {
    let scope = Scope::of_types(api, &part.names);
    let mut module = match &part.of {
        Of::Types(inside) => types(api, inside),
        Of::Feature(feature) => {
            scope.sees_all_types();
            of_feature(feature)
        }
    };
    for one in &part.definitions {
        let items = definition(one, &scope);
        module.items.extend(print::items(match &part.of {
            Of::Types(_) => feature::gated(items, &one.gate),
            Of::Feature(_) => items,
        }));
    }
    module.imports = scope.into_imports();
    module
}

/// The module `types`, with the modules inside it.
fn types(api: &Api, inside: &[&Feature]) -> Module {
    Module {
        name: "types".to_owned(),
        docs: documentation(
            "The types of the API's requests and answers.\n\nThose with a table below them can be cloned, compared, \
             shown with `{:?}`, read and written; the table says what goes over the wire.",
        ),
        attributes: feature::leftover(!api.features.is_empty()),
        items: print::items(inside.iter().map(|feature| reexport(&of_feature(feature)))),
        ..Module::default()
    }
}

/// The module of the types that one feature needs. Their users find them in `types`.
fn of_feature(feature: &Feature) -> Module {
    let name = &feature.name;
    Module {
        name: feature.module.clone(),
        parent: Some(Parent::Types),
        feature: Some(name.clone()),
        docs: documentation(&format!("The types that only the feature `{name}` needs.")),
        ..Module::default()
    }
}

fn documentation(text: &str) -> Docs {
    let mut docs = Docs::default();
    docs.text(text);
    docs
}

/// The modules inside `types`, by feature. A feature is left out if a type has the name of its module, which
/// only happens in scripts without capital letters.
fn feature_modules<'a>(api: &'a Api, types: &HashSet<String>) -> BTreeMap<&'a str, &'a Feature> {
    let features = api.features.iter();
    features
        .filter(|feature| !types.contains(feature.module.as_str()))
        .map(|feature| (feature.name.as_str(), feature))
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
    let docs = docs::item(
        &definition.doc,
        &name.rust,
        &subject::sentence(&definition.subject),
    )
    .attributes();
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
pub(super) fn row<K>(name: &Name<K>) -> Line {
    let row = Line::default().ident(&ident(&name.rust)).and(" = ");
    row.text(&name.wire)
}

/// The headers of a response.
fn headers(name: &TypeName, fields: &[Field], docs: &TokenStream, scope: &Scope<'_>) -> Vec<Item> {
    let declared = fields.iter().map(|field| {
        let docs = docs::field(field).attributes();
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
        target: Line::default().ident(&ident(&name.rust)),
        rows: fields.iter().map(|field| row(&field.name)).collect(),
    };
    vec![Item::Rust(declaration), table]
}
