//! Outputs: what a success brings.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::boxed;
use super::error::pattern;
use super::ty::Scope;
use crate::markdown::code;
use crate::named::{Content, Operation, Output, OutputVariant};
use crate::print::{Docs, Item, Line, ident, link};
use crate::terms::MediaKind;

/// The type of an operation's output.
pub(super) fn ty(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    match &operation.output {
        Output::Nothing => quote!(()),
        Output::One(content) => streamed(content, scope),
        Output::Optional(content) => {
            let inner = streamed(content, scope);
            match content.value.nullable {
                true => inner,
                false => scope.option(inner),
            }
        }
        Output::ByStatus { name, .. } => quote!(#name),
    }
}

/// The type of content that is read as a stream if its kind is streamed, else as a whole.
pub(super) fn streamed(content: &Content, scope: &Scope<'_>) -> TokenStream {
    let line = || scope.held(&content.value);
    match content.kind {
        MediaKind::Binary => scope.import("clientsmith_runtime", "ByteStream"),
        MediaKind::EventStream => {
            let (stream, event) = (scope.import("clientsmith_runtime", "EventStream"), line());
            quote!(#stream<#event>)
        }
        MediaKind::JsonLines => {
            let (stream, line) = (scope.import("clientsmith_runtime", "JsonLines"), line());
            quote!(#stream<#line>)
        }
        _ => collected(content, scope),
    }
}

/// Content that is read as a whole.
pub(super) fn collected(content: &Content, scope: &Scope<'_>) -> TokenStream {
    match content.kind {
        MediaKind::Json => scope.held(&content.value),
        MediaKind::Text => scope.string(),
        _ => scope.import("clientsmith_runtime::bytes", "Bytes"),
    }
}

/// The value of the header `Accept`, unless it is only JSON.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let contents: Vec<&Content> = match &operation.output {
        Output::Nothing => return None,
        Output::One(content) | Output::Optional(content) => vec![content],
        Output::ByStatus { variants, .. } => {
            variants.iter().filter_map(|v| v.content.as_ref()).collect()
        }
    };
    let mut types: Vec<&str> = Vec::new();
    for content in contents {
        let plain = content
            .media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        if !types.contains(&plain) {
            types.push(plain);
        }
    }
    let accept = types.join(", ");
    (accept != "application/json").then_some(accept)
}

/// The enum of an operation's successes, if they differ.
pub(super) fn items(operation: &Operation, scope: &Scope<'_>) -> Vec<Item> {
    let Output::ByStatus { name, variants } = &operation.output else {
        return Vec::new();
    };
    let docs = Docs::line(format!(
        "The successful answers of {}.",
        link(&operation.request.rust)
    ));
    let docs = docs.attributes();
    let declared = variants.iter().map(|variant| self::variant(variant, scope));
    let bytes = scope.import("clientsmith_runtime::bytes", "Bytes");
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A success with a status that the API's description does not name.
            Other(#bytes),
        }
    };
    scope.uses_macro("outcome");
    let row = |variant: &OutputVariant| {
        let (row, name) = (pattern(variant.status), ident(&variant.name.rust));
        match variant.content {
            Some(_) => row.and(" => ").ident(&name),
            None => row.and(" => {").ident(&name).and("}"),
        }
    };
    let table = Item::Table {
        name: "outcome",
        target: Line::default().ident(&ident(&name.rust)),
        rows: variants.iter().map(row).collect(),
    };
    vec![Item::Rust(declaration), table]
}

fn variant(variant: &OutputVariant, scope: &Scope<'_>) -> TokenStream {
    let mut docs = Docs::default();
    let description = variant.doc.text();
    let status = code(&variant.status.to_string());
    match description {
        "" => docs.paragraph([status]),
        description => docs.text(&format!("{status}: {description}")),
    }
    let docs = docs.attributes();
    let name = &variant.name;
    let held = variant.content.as_ref().map(|content| {
        let held = boxed(collected(content, scope), variant.boxed, scope);
        quote!((#held))
    });
    quote!(#docs #name #held)
}
