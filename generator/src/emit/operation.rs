//! One operation: the method that makes its request, and the struct that the request is.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::ty::Scope;
use super::{body, output, paging};
use crate::markdown::code;
use crate::named::{Api, Body, BodyContent, Group, Operation, OperationError, Parameter};
use crate::print::{self, Docs, Item, ident, link};
use crate::terms::{ParameterLocation, PathPart, Security, Style, TypeRef};

/// The method of the group's handle that makes the request.
pub(super) fn method(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let docs = method_docs(operation).attributes();
    let alias = alias(operation);
    let deprecated = operation.doc.deprecated.then(|| quote!(#[deprecated]));
    let name = &operation.method_name;
    let request = &operation.request;
    let arguments = arguments(operation, scope);
    let call = call(operation, scope);
    let rest = rest_of_call(operation, scope);
    let statements = match (required_body(operation), rest.is_empty()) {
        (None, true) if fits(operation) => quote!(#request(#call)),
        (None, _) => quote!(let call = #call; #request(call #rest)),
        (Some(body), _) => {
            let set = body::set(&body.content, &quote!(call), scope);
            quote!(let call = #call; #request(#set #rest))
        }
    };
    let taken = operation.arguments.iter();
    let allowed = taken.filter(|_| operation.arguments_struct.is_none());
    let mut allowed = allowed.filter_map(|p| scope.allow_name(&p.name, &p.value.ty));
    let allowed = allowed.next();
    quote! {
        #docs
        #alias
        #deprecated
        #allowed
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #request { #statements }
    }
}

fn required_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.required)
}

/// What the method takes: the required parameters, or a struct of them, and the body.
fn arguments(operation: &Operation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut arguments: Vec<TokenStream> = match &operation.arguments_struct {
        Some(name) => vec![quote!(arguments: #name)],
        None => operation
            .arguments
            .iter()
            .map(|parameter| {
                let ty = scope.argument(&parameter.value);
                let name = &parameter.name;
                quote!(#name: #ty)
            })
            .collect(),
    };
    arguments.extend(required_body(operation).map(|body| {
        let ty = body::argument(&body.content, scope);
        let name = &body.name;
        quote!(#name: #ty)
    }));
    arguments
}

/// A required parameter as an expression.
fn given(operation: &Operation, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    match operation.arguments_struct {
        Some(_) => quote!(&arguments.#name),
        None => quote!(&#name),
    }
}

/// What the operation is, how it looks on the wire, and what its arguments are.
fn method_docs(operation: &Operation) -> Docs {
    let mut paragraphs = Docs::default();
    let doc = &operation.doc;
    let summary = doc.summary.as_ref().or(doc.description.as_ref());
    paragraphs.text(&sentence(summary.map(AsRef::as_ref).unwrap_or_default()));
    paragraphs.paragraph([code(&format!("{} {}", operation.method, operation.path))]);
    if doc.summary.is_some() && doc.description != doc.summary {
        paragraphs.text(doc.description.as_deref().unwrap_or_default());
    }
    if operation.arguments_struct.is_none() {
        paragraphs.paragraph(operation.arguments.iter().flat_map(argument_docs));
    }
    if let Some(link) = &doc.link {
        paragraphs.text(&format!("See <{}>.", link.trim()));
    }
    paragraphs
}

/// An argument as an entry of a list, if the document says anything of it.
fn argument_docs(parameter: &Parameter) -> Vec<String> {
    let lines = docs::details(&parameter.doc, "");
    let indented = lines.lines().enumerate().map(|(index, line)| match index {
        0 => format!("- `{}`: {line}", parameter.name.rust),
        _ if line.is_empty() => String::new(),
        _ => format!("  {line}"),
    });
    indented.collect()
}

/// A title as a sentence.
fn sentence(title: &str) -> String {
    let title = title.trim();
    match title.ends_with(|c: char| c.is_alphanumeric()) && !title.contains('\n') {
        true => format!("{title}."),
        false => title.to_owned(),
    }
}

/// Lets rustdoc's search find the operation by its operationId.
fn alias(operation: &Operation) -> Option<TokenStream> {
    let id = &operation.method_name.wire;
    let plain = !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    // rustdoc takes an alias that is the name itself for a mistake.
    let other = id != operation.method_name.bare();
    (plain && other).then(|| quote!(#[doc(alias = #id)]))
}

/// The call inside the request: method and path.
fn call(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let call = scope.import("clientsmith_runtime", "Call");
    let template = Literal::string(&template(operation));
    let in_path = operation.path.0.iter().filter_map(|part| match part {
        PathPart::Literal(_) => None,
        PathPart::Parameter(name) => in_path(operation, name),
    });
    let in_path = in_path.map(|parameter| given(operation, parameter));
    let in_path = quote!(&[#(#in_path),*]);
    match method_constant(operation, scope) {
        Some(method) => quote!(#call::new(&self.client, #method, #template, #in_path)),
        None => {
            let method = operation.method.as_str();
            quote!(#call::custom(&self.client, #method, #template, #in_path))
        }
    }
}

/// The method as a constant of the `http` crate, if that has one.
fn method_constant(operation: &Operation, scope: &Scope<'_>) -> Option<TokenStream> {
    const KNOWN: [&str; 8] = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE",
    ];
    let name = operation.method.as_str();
    KNOWN.contains(&name).then(|| {
        let (method, name) = (scope.private("Method"), ident(name));
        quote!(#method::#name)
    })
}

/// The path with its placeholders as the runtime reads them: `{id}`, `{.id}`, `{;id*}`.
fn template(operation: &Operation) -> String {
    let parts = operation.path.0.iter().map(|part| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(name) => {
            let style = in_path(operation, name).map(|parameter| parameter.style);
            let (mark, explode) = match style {
                Some(Style::Label { explode }) => (".", explode),
                Some(Style::Matrix { explode }) => (";", explode),
                Some(Style::Simple { explode }) => ("", explode),
                _ => ("", false),
            };
            let explode = if explode { "*" } else { "" };
            // Values are filled in by position, so the name can lose characters that would look like a style.
            let name = name.trim_matches(['.', ';', '*', '+']);
            format!("{{{mark}{name}{explode}}}")
        }
    });
    parts.collect()
}

fn in_path<'o>(operation: &'o Operation, wire: &str) -> Option<&'o Parameter> {
    let mut arguments = operation.arguments.iter();
    arguments.find(|parameter| {
        parameter.name.wire == wire && parameter.location == ParameterLocation::Path
    })
}

/// Whether the whole request can be made on one line.
fn fits(operation: &Operation) -> bool {
    const AROUND: usize = "(Call::new(&self.client, Method::, \"\", &[]))".len();
    let arguments = operation
        .arguments
        .iter()
        .map(|argument| argument.name.rust.len() + 3);
    let request = operation.request.rust.len() + operation.method.as_str().len();
    let path = operation.path.to_string().len();
    print::fits_in_method(AROUND + request + path + arguments.sum::<usize>())
}

/// What else is said of the call: required parameters, media types, security and server.
fn rest_of_call(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let fixed = operation.query.iter().map(|(name, value)| {
        let (name, value) = (Literal::string(name), Literal::string(value));
        quote!(.query(#name, &#value))
    });
    let required = operation
        .arguments
        .iter()
        .filter(|parameter| parameter.location != ParameterLocation::Path);
    let required =
        required.map(|parameter| setting(parameter, &given(operation, parameter), scope));
    let accept = output::accept(operation).map(|types| {
        let types = Literal::string(&types);
        quote!(.accept(#types))
    });
    let security = operation.security.as_ref().map(|security| {
        let requirements = requirements(security);
        quote!(.security(#requirements))
    });
    let server = operation.server.as_ref().map(|url| {
        let url = Literal::string(url);
        quote!(.server(#url))
    });
    let idempotent = operation.idempotent.then(|| quote!(.idempotent()));
    quote!(#(#fixed)* #(#required)* #accept #security #server #idempotent)
}

/// The call that sets a parameter at its location: `.query("limit", &limit)` in the query.
fn setting(parameter: &Parameter, value: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let wire = Literal::string(&parameter.name.wire);
    match parameter.location {
        ParameterLocation::Path => TokenStream::new(),
        ParameterLocation::Query => match body::style_of(parameter.style, scope) {
            None => quote!(.query(#wire, #value)),
            Some(style) => quote!(.query_as(#style, #wire, #value)),
        },
        ParameterLocation::Header => {
            let explode = matches!(parameter.style, Style::Simple { explode: true });
            quote!(.header_parameter(#explode, #wire, #value))
        }
        ParameterLocation::Cookie => {
            let exploded = || {
                let style = scope.private("Style");
                quote!(#style::Exploded)
            };
            let style = body::style_of(parameter.style, scope).unwrap_or_else(exploded);
            quote!(.cookie(#style, #wire, #value))
        }
    }
}

/// The alternatives by which a request may authenticate, as a constant of the runtime's type.
pub(super) fn requirements(security: &Security) -> TokenStream {
    let alternatives = security.iter().map(|schemes| {
        let names = schemes.iter().map(|name| Literal::string(name));
        quote!(&[#(#names),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The items of an operation: its request struct with setters and `send`, and what goes with it.
pub(super) fn items(
    api: &Api,
    group: &Group,
    operation: &Operation,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let mut items: Vec<Item> = arguments_struct(operation, scope)
        .map(Item::Rust)
        .into_iter()
        .collect();
    items.push(Item::Rust(declaration(group, operation, scope)));
    items.push(Item::Rust(methods(operation, scope)));
    items.push(operation_macro(operation, scope));
    items.extend(body::items(operation, scope));
    items.extend(output::items(operation, scope));
    items.extend(super::error::of_operation(api, group, operation, scope));
    items
}

fn declaration(group: &Group, operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let request = &operation.request;
    let docs = Docs::line(format!(
        "A request for [`{}::{}`]; nothing is sent before its future is polled.",
        group.handle.rust,
        operation.method_name.bare(),
    ));
    let docs = docs.attributes();
    let call = scope.import("clientsmith_runtime", "Call");
    quote! {
        #docs
        #[must_use]
        pub struct #request(#call);
    }
}

/// The struct that names the required parameters, where they are many.
fn arguments_struct(operation: &Operation, scope: &Scope<'_>) -> Option<TokenStream> {
    let name = operation.arguments_struct.as_ref()?;
    let docs = Docs::line(format!(
        "What a {} request must be given.",
        link(&operation.request.rust)
    ));
    let docs = docs.attributes();
    let fields = operation.arguments.iter().map(|parameter| {
        let docs = docs::details(&parameter.doc, &parameter.name.wire).attributes();
        let plain = TypeRef {
            nullable: false,
            ..parameter.value.clone()
        };
        let (name, ty) = (&parameter.name, scope.held(&plain));
        quote!(#docs pub #name: #ty)
    });
    Some(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name { #(#fields),* }
    })
}

/// The setters of what may be left out, and the methods that send.
fn methods(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let request = &operation.request;
    let setters = operation.setters.iter();
    let setters = setters.map(|parameter| setter(parameter, scope));
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| body_setter(body, scope));
    let (output, error) = (output::ty(operation, scope), error(operation, scope));
    let pending = scope.import("clientsmith_runtime", "Pending");
    let events = events(operation, scope);
    let paging = paging::methods(operation, scope);
    quote! {
        impl #request {
            #(#setters)*
            #(#body)*

            /// Sends the request.
            #[inline]
            pub fn send(self) -> #pending<#output, #error> { self.0.send() }

            #events

            #paging
        }
    }
}

/// The method that asks for events, where a response can be them or something else.
fn events(operation: &Operation, scope: &Scope<'_>) -> Option<TokenStream> {
    let events = operation.events.as_ref()?;
    let (stream, error) = (output::streamed(events, scope), error(operation, scope));
    let pending = scope.import("clientsmith_runtime", "Pending");
    let media_type = Literal::string(&events.media_type);
    Some(quote! {
        /// Sends the request; the answer comes event by event.
        ///
        /// Where the body of the request says whether to stream, it must say so.
        #[inline]
        pub fn send_events(self) -> #pending<#stream, #error> {
            self.0.accept(#media_type).send()
        }
    })
}

fn operation_macro(operation: &Operation, scope: &Scope<'_>) -> Item {
    scope.uses_macro("operation");
    let request = &operation.request;
    let mut arguments = vec![
        quote!(#request),
        output::ty(operation, scope),
        error(operation, scope),
    ];
    arguments.extend(operation.headers.map(|headers| scope.definition(headers)));
    Item::Line {
        name: "operation",
        arguments,
    }
}

fn setter(parameter: &Parameter, scope: &Scope<'_>) -> TokenStream {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let fallback = format!("Sets the {place} parameter {}.", code(&parameter.name.wire));
    let docs = docs::item(&parameter.doc, "", &fallback).attributes();
    let deprecated = parameter.doc.deprecated.then(|| quote!(#[deprecated]));
    let name = &parameter.name;
    let ty = scope.argument(&parameter.value);
    let setting = setting(parameter, &quote!(&#name), scope);
    let allowed = scope.allow_name(name, &parameter.value.ty);
    quote! {
        #docs
        #deprecated
        #allowed
        #[inline]
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #setting) }
    }
}

fn body_setter(body: &Body, scope: &Scope<'_>) -> TokenStream {
    let docs = docs::item(&body.doc, "", "Sets the body.").attributes();
    let name = &body.name;
    let ty = body::argument(&body.content, scope);
    let set = body::set(&body.content, &quote!(self.0), scope);
    // An enum's own conversion may be small; a model's encoding is not.
    let inline = matches!(body.content, BodyContent::One(_)).then(|| quote!(#[inline]));
    quote! {
        #docs
        #inline
        pub fn #name(self, #name: #ty) -> Self { Self(#set) }
    }
}

fn error(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    match &operation.error {
        OperationError::Undocumented => scope.import("clientsmith_runtime", "Undocumented"),
        OperationError::Own(name) | OperationError::Shared { alias: name, .. } => quote!(#name),
    }
}
