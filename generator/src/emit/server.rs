//! The enum of the API's servers, where the document gives a choice.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::ty::Scope;
use crate::markdown::code;
use crate::named::{Api, Server, ServerVariable};
use crate::print::Docs;

/// The enum and what it becomes, if there is a choice.
pub(super) fn items(api: &Api, scope: &Scope<'_>) -> Vec<TokenStream> {
    let servers = &api.client.servers;
    let Some(first) = servers.first() else {
        return Vec::new();
    };
    let docs = Docs::line(format!("The servers of the {}.", api.package.subject)).attributes();
    // The first is the default: by itself, or with the default of each variable.
    let plain = first.variables.is_empty();
    let derived = plain.then(|| quote!(, Default));
    let variants = servers.iter().enumerate().map(|(index, server)| {
        let default = (plain && index == 0).then(|| quote!(#[default]));
        let variant = variant(server);
        quote!(#default #variant)
    });
    let arms = servers.iter().map(|server| arm(server, scope));
    let string = scope.string();
    let mut items = vec![quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq #derived)]
        #[non_exhaustive]
        pub enum Server { #(#variants),* }
    }];
    items.extend((!plain).then(|| default(first, scope)));
    items.push(quote! {
        impl From<Server> for #string {
            /// The base URL.
            fn from(server: Server) -> Self {
                match server { #(#arms),* }
            }
        }
    });
    items
}

/// The setter of the builder.
pub(super) fn setter(api: &Api) -> Option<TokenStream> {
    (!api.client.servers.is_empty()).then(|| {
        quote! {
            /// Sends requests to this server instead of the default one.
            pub fn server(self, server: Server) -> Self {
                Self(self.0.base_url(server))
            }
        }
    })
}

fn variant(server: &Server) -> TokenStream {
    let mut docs = Docs::default();
    docs.text(server.description.as_deref().unwrap_or_default());
    docs.paragraph([code(&server.url)]);
    let docs = docs.attributes();
    let name = &server.name;
    if server.variables.is_empty() {
        return quote!(#docs #name);
    }
    let fields = server.variables.iter().map(|variable| {
        let (docs, name) = (variable_docs(variable).attributes(), &variable.name);
        quote!(#docs #name: String)
    });
    quote!(#docs #name { #(#fields),* })
}

fn variable_docs(variable: &ServerVariable) -> Docs {
    let mut docs = Docs::default();
    docs.text(variable.description.as_deref().unwrap_or_default());
    let mut about = format!("Default: {}.", code(&variable.default));
    if !variable.values.is_empty() {
        let values = variable.values.iter().map(|value| code(value));
        about.push_str(&format!(
            " One of {}.",
            values.collect::<Vec<_>>().join(", ")
        ));
    }
    docs.paragraph([about]);
    docs
}

/// The first server, each variable with its default.
fn default(server: &Server, scope: &Scope<'_>) -> TokenStream {
    let (name, string) = (&server.name, scope.string());
    let fields = server.variables.iter().map(|variable| {
        let (name, value) = (&variable.name, Literal::string(&variable.default));
        quote!(#name: #string::from(#value))
    });
    quote! {
        impl Default for Server {
            fn default() -> Self { Self::#name { #(#fields),* } }
        }
    }
}

/// The base URL of one server: text, and variables between.
fn arm(server: &Server, scope: &Scope<'_>) -> TokenStream {
    let name = &server.name;
    if server.variables.is_empty() {
        let (url, string) = (Literal::string(&server.url), scope.string());
        return quote!(Server::#name => #string::from(#url));
    }
    let names = server.variables.iter().map(|variable| &variable.name);
    let pieces = pieces(server).into_iter().map(|piece| match piece {
        Piece::Text(text) => Literal::string(text).into_token_stream(),
        Piece::Variable(variable) => {
            let name = &variable.name;
            quote!(&#name)
        }
    });
    quote!(Server::#name { #(#names),* } => [#(#pieces),*].concat())
}

/// A piece of a server's URL.
enum Piece<'s> {
    Text(&'s str),
    Variable(&'s ServerVariable),
}

fn pieces(server: &Server) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((start, variable)) = next_variable(rest, &server.variables) {
        pieces.extend((start > 0).then(|| Piece::Text(&rest[..start])));
        pieces.push(Piece::Variable(variable));
        rest = &rest[start + variable.name.wire.len() + 2..];
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    pieces
}

/// The first place of a variable in a text.
fn next_variable<'s>(
    text: &str,
    variables: &'s [ServerVariable],
) -> Option<(usize, &'s ServerVariable)> {
    let places = variables.iter().filter_map(|variable| {
        let start = text.find(&format!("{{{}}}", variable.name.wire))?;
        Some((start, variable))
    });
    places.min_by_key(|(start, _)| *start)
}
