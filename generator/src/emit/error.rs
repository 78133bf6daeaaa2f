//! Errors: an enum of the documented ones per operation, or per set that several have in common.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::Scope;
use super::{body, feature, output};
use crate::markdown::{self, code};
use crate::named::{Api, ErrorSet, ErrorVariant, Group, Operation, OperationError};
use crate::print::{self, Docs, Item, Line, Module, ident, link};
use crate::terms::StatusKey;

/// The module `errors`: what several operations have in common.
pub(super) fn module(api: &Api) -> Module {
    let names = api.errors.iter().map(|set| set.name.rust.clone());
    let scope = Scope::of_module(api, names);
    let items = api.errors.iter().flat_map(|set| {
        let mut docs = Docs::line("The documented errors of several operations.");
        let operations = set.operations.iter().map(String::as_str).map(code);
        docs.text(&format!(
            "They are those of {}.",
            enumerate(operations.collect())
        ));
        feature::gated(items(set, &docs, &scope), &set.gate)
    });
    let items = print::items(items);
    let mut docs = Docs::default();
    docs.text(
        "Documented errors that several operations have in common. \
         Each operation has its own name for them in the module of its group.",
    );
    Module {
        name: "errors".to_owned(),
        docs,
        imports: scope.into_imports(),
        items,
        attributes: feature::leftover(!api.features.is_empty()),
        ..Module::default()
    }
}

/// `a`, `b` and `c`.
fn enumerate(mut names: Vec<String>) -> String {
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}

/// What an operation calls its errors, and the enum behind if it is its own.
pub(super) fn of_operation(
    api: &Api,
    group: &Group,
    operation: &Operation,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let mut docs = Docs::line(format!(
        "The documented errors of {}.",
        link(&operation.request.rust)
    ));
    let set = api.errors_of(group, &operation.error);
    match &operation.error {
        OperationError::Undocumented => Vec::new(),
        OperationError::Own(_) => set.map(|set| items(set, &docs, scope)).unwrap_or_default(),
        OperationError::Shared { alias, shared } => {
            let variants = set.into_iter().flat_map(|set| &set.variants);
            docs.paragraph(
                variants.map(|variant| format!("- {}", markdown::inline(&summary(variant)))),
            );
            let docs = docs.attributes();
            scope.import("super", "errors");
            vec![Item::Rust(quote!(#docs pub type #alias = errors::#shared;))]
        }
    }
}

/// The enum, and the table that says which status is which variant.
fn items(set: &ErrorSet, docs: &Docs, scope: &Scope<'_>) -> Vec<Item> {
    let docs = docs.attributes();
    let name = &set.name;
    let variants = set
        .variants
        .iter()
        .map(|variant| self::variant(variant, scope));
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    };
    scope.uses_macro("api_error");
    let row = |v: &ErrorVariant| {
        let row = pattern(v.status).and(" => ").ident(&ident(&v.name.rust));
        row.and(if v.boxed { "(Box)" } else { "" })
    };
    let table = Item::Table {
        name: "api_error",
        target: Line::default().ident(&ident(&name.rust)),
        rows: set.variants.iter().map(row).collect(),
    };
    vec![Item::Rust(declaration), table]
}

fn variant(variant: &ErrorVariant, scope: &Scope<'_>) -> TokenStream {
    let mut docs = Docs::default();
    docs.text(&summary(variant));
    docs.extend(markdown::lines(rest(variant)));
    let docs = docs.attributes();
    let name = &variant.name;
    let reply = scope.import("clientsmith_runtime", "Reply");
    let body = match &variant.body {
        Some(body) => output::collected(body, scope),
        None => quote!(()),
    };
    let headers = variant.headers.map(|headers| {
        let headers = scope.definition(headers);
        quote!(, #headers)
    });
    let held = body::boxed(quote!(#reply<#body #headers>), variant.boxed, scope);
    quote!(#docs #name(#held))
}

/// A status and what it means, on one line.
fn summary(variant: &ErrorVariant) -> String {
    let description = variant.doc.text();
    let first = description.lines().next().unwrap_or_default();
    let status = code(&variant.status.to_string());
    let reason = match variant.status {
        StatusKey::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason()),
        StatusKey::Range(_) => None,
        StatusKey::Default => Some("every other status"),
    };
    match (first, reason) {
        ("", Some(reason)) => format!("{status}: {reason}"),
        ("", None) => status,
        (first, _) => format!("{status}: {first}"),
    }
}

/// What the document says of a status beyond its first line.
fn rest(variant: &ErrorVariant) -> &str {
    let description = variant.doc.text();
    description.split_once('\n').map_or("", |(_, rest)| rest)
}

/// A status as a pattern.
pub(super) fn pattern(status: StatusKey) -> Line {
    let hundreds = |digit: u16| i64::from(digit) * 100;
    match status {
        StatusKey::Code(code) => Line::default().integer(code.into()),
        StatusKey::Range(digit) => Line::default()
            .integer(hundreds(digit))
            .and("..=")
            .integer(hundreds(digit) + 99),
        StatusKey::Default => Line::of("_"),
    }
}
