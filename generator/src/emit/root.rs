//! The root of the crate: its documentation, its modules and what stands at its top.

use proc_macro2::TokenStream;
use quote::quote;

use super::{client, example, feature};
use crate::named::Api;
use crate::print::{self, Docs, Item, Module, ident};

/// The root module.
pub(super) fn module(api: &Api, modules: &[Module]) -> Module {
    let modules = modules.iter().filter(|module| module.parent.is_none());
    let declarations = modules.map(|module| {
        let visibility = (module.name != "client").then(|| quote!(pub));
        declaration(module, visibility)
    });
    let mut items = vec![Item::Rust(quote!(#(#declarations)*))];
    if api.has_client() {
        let server = (!api.client.servers.is_empty()).then(|| quote!(, Server));
        items.push(Item::Rust(
            quote!(pub use client::{Client, ClientBuilder #server};),
        ));
    }
    items.push(Item::Rust(match api.has_client() {
        true => quote!(
            pub use clientsmith_runtime::{self as runtime, Error, Response};
        ),
        false => quote!(
            pub use clientsmith_runtime as runtime;
        ),
    }));
    Module {
        attributes: allowed(api),
        docs: docs(api),
        items: print::items(items),
        ..Module::default()
    }
}

/// Attributes that allow the unusual names of an API which the compiler and Clippy warn of.
fn allowed(api: &Api) -> Vec<&'static str> {
    let mut allowed = Vec::new();
    allowed.extend(has_other_letters(api).then_some(print::OTHER_LETTERS));
    let has = |of: fn(&str) -> bool| api.names().any(of);
    let is_bare = |name: &str| name.chars().all(|c| c == '_' || c.is_ascii_digit());
    allowed.extend(has(is_bare).then_some(
        "#![allow(clippy::just_underscores_and_digits, reason = \"the API's own names are numbers\")]",
    ));
    allowed.extend(has(|name| name == "new").then_some(
        "#![allow(clippy::new_ret_no_self, reason = \"the API calls an operation so\")]",
    ));
    allowed
}

/// Whether names have letters beyond those that Rust's are usually written in.
fn has_other_letters(api: &Api) -> bool {
    api.names().any(|name| !name.is_ascii())
}

/// The line that declares a module.
pub(super) fn declaration(module: &Module, visibility: Option<TokenStream>) -> TokenStream {
    let name = ident(&module.name);
    let path = print::path_attribute(module);
    let feature = feature::attribute(module.feature.as_ref());
    quote!(#feature #path #visibility mod #name;)
}

/// The documentation of the crate: what it is, what the API says of itself, the first call.
fn docs(api: &Api) -> Docs {
    let mut docs = Docs::default();
    docs.text(&format!("{}.", api.package.description));
    docs.text(api.info.description.as_deref().unwrap_or_default());
    if let Some(example) = example::quick_start(api) {
        docs.paragraph(["# Quick start"]);
        let code = example.body_lines();
        let fence = |text: &str| std::iter::once(text.to_owned());
        docs.paragraph(fence("```no_run").chain(code).chain(fence("```")));
    }
    if !api.has_client() {
        return docs;
    }
    docs.paragraph(["# Errors"]);
    docs.text(
        "What the API documents is typed per operation: `Error::api` returns it. Whatever else can \
         happen is in `Error` too, with the status, the headers and the body of the answer.",
    );
    if !api.client.schemes.is_empty() {
        let url = client::base_url_env(api);
        docs.text(&format!(
            "`Client::from_env` reads credentials from the environment, and `{url}`."
        ));
    }
    docs
}
