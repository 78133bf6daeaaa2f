//! One operation: the method that makes its request, and the struct that the request is.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Item;
use super::docs::{Paragraphs, attributes, code, details};
use super::ty::{Scope, ident};
use crate::ir::{Location, PathPart, Security};
use crate::named::{Api, Body, Group, Operation, OperationError, Parameter};

/// The method of the group's handle that makes the request.
pub(super) fn method(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let docs = attributes(&method_docs(operation));
    let alias = alias(operation);
    let deprecated = operation.doc.deprecated.then(|| quote!(#[deprecated]));
    let name = &operation.method_name;
    let request = &operation.request;
    let arguments = operation.arguments.iter().map(|parameter| {
        let ty = scope.argument(&parameter.value);
        let name = &parameter.name;
        quote!(#name: #ty)
    });
    let body = required_body(operation).map(|body| {
        let ty = scope.held(&body.value);
        let name = &body.name;
        quote!(#name: #ty)
    });
    let arguments = arguments.chain(body);
    let call = call(operation, scope);
    let rest = rest_of_call(operation);
    let statements = if rest.is_empty() && fits(operation) {
        quote!(#request(#call))
    } else {
        quote!(let call = #call; #request(call #rest))
    };
    quote! {
        #docs
        #alias
        #deprecated
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #request { #statements }
    }
}

fn required_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.required)
}

/// What the operation is, how it looks on the wire, and what its arguments are.
fn method_docs(operation: &Operation) -> Vec<String> {
    let mut paragraphs = Paragraphs::default();
    let doc = &operation.doc;
    let summary = doc.summary.as_ref().or(doc.description.as_ref());
    paragraphs.text(&sentence(summary.map(String::as_str).unwrap_or_default()));
    paragraphs.lines([code(&format!("{} {}", operation.method, operation.path))]);
    if doc.summary.is_some() && doc.description != doc.summary {
        paragraphs.text(doc.description.as_deref().unwrap_or_default());
    }
    let arguments = operation.arguments.iter().filter_map(|parameter| {
        let mut lines = details(&parameter.doc).into_iter();
        let first = format!("- `{}`: {}", parameter.name.rust, lines.next()?);
        let rest = lines.map(|line| {
            if line.is_empty() {
                line
            } else {
                format!("  {line}")
            }
        });
        Some(std::iter::once(first).chain(rest).collect::<Vec<_>>())
    });
    paragraphs.lines(arguments.flatten());
    paragraphs.0
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
    let other = id != operation.method_name.rust.trim_start_matches("r#");
    (plain && other).then(|| quote!(#[doc(alias = #id)]))
}

/// The call inside the request: method and path.
fn call(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let call = scope.import("clientsmith_runtime", "Call");
    let method = method_constant(operation, scope);
    let template = Literal::string(&operation.path.to_string());
    let in_path = operation.path.0.iter().filter_map(|part| match part {
        PathPart::Literal(_) => None,
        PathPart::Parameter(name) => argument(operation, name, Location::Path),
    });
    let in_path = in_path.map(|parameter| {
        let name = &parameter.name;
        quote!(&#name)
    });
    quote!(#call::new(&self.client, #method, #template, &[#(#in_path),*]))
}

/// What else is said of the call: required parameters, body and security.
fn rest_of_call(operation: &Operation) -> TokenStream {
    let required = operation
        .arguments
        .iter()
        .filter(|p| p.location == Location::Query);
    let required = required.map(query);
    let body = required_body(operation).map(|body| {
        let name = &body.name;
        quote!(.json(&#name))
    });
    let security = operation.security.as_ref().map(|security| {
        let requirements = requirements(security);
        quote!(.security(#requirements))
    });
    quote!(#(#required)* #body #security)
}

/// Whether the whole request can be made on one line.
fn fits(operation: &Operation) -> bool {
    const AROUND: usize = "        (Call::new(&self.client, Method::, \"\", &[]))".len();
    const WIDTH: usize = 89;
    let arguments = operation
        .arguments
        .iter()
        .map(|argument| argument.name.rust.len() + 3);
    let request = operation.request.rust.len() + operation.method.as_str().len();
    let path = operation.path.to_string().len();
    AROUND + request + path + arguments.sum::<usize>() <= WIDTH
}

fn argument<'o>(operation: &'o Operation, wire: &str, location: Location) -> Option<&'o Parameter> {
    let mut arguments = operation.arguments.iter();
    arguments.find(|parameter| parameter.name.wire == wire && parameter.location == location)
}

/// The method as a constant of the `http` crate.
fn method_constant(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    let method = scope.private("Method");
    let name = ident(operation.method.as_str());
    quote!(#method::#name)
}

/// `.query("limit", &limit)`.
fn query(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let wire = Literal::string(&name.wire);
    quote!(.query(#wire, &#name))
}

/// The alternatives by which a request may authenticate, as a constant of the runtime's type.
pub(super) fn requirements(security: &Security) -> TokenStream {
    let alternatives = security.iter().map(|schemes| {
        let names = schemes.iter().map(|name| Literal::string(name));
        quote!(&[#(#names),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The items of an operation: its request struct with setters and `send`, and its error's name.
pub(super) fn items(
    api: &Api,
    group: &Group,
    operation: &Operation,
    scope: &Scope<'_>,
) -> Vec<Item> {
    let request = &operation.request;
    let docs = format!(
        " A request for [`{}::{}`]; nothing is sent before its future is polled.",
        group.handle.rust,
        operation.method_name.rust.trim_start_matches("r#"),
    );
    let call = scope.import("clientsmith_runtime", "Call");
    let declaration = quote! {
        #[doc = #docs]
        #[derive(Debug, Clone)]
        #[must_use]
        pub struct #request(#call);
    };
    let setters = operation
        .setters
        .iter()
        .map(|parameter| setter(parameter, scope));
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| body_setter(body, scope));
    let output = output(operation, scope);
    let error = error(operation, scope);
    let pending = scope.import("clientsmith_runtime", "Pending");
    let methods = quote! {
        impl #request {
            #(#setters)*
            #(#body)*

            /// Sends the request.
            #[inline]
            pub fn send(self) -> #pending<#output, #error> { self.0.send() }
        }
    };
    scope.uses_macro("operation");
    let operation_macro = Item::Line {
        name: "operation",
        arguments: vec![quote!(#request), output, error],
    };
    let mut items = vec![
        Item::Rust(declaration),
        Item::Rust(methods),
        operation_macro,
    ];
    items.extend(super::error::of_operation(api, group, operation, scope));
    items
}

fn setter(parameter: &Parameter, scope: &Scope<'_>) -> TokenStream {
    let mut lines = details(&parameter.doc);
    if lines.is_empty() {
        lines = vec![format!(
            "Sets the query parameter {}.",
            code(&parameter.name.wire)
        )];
    }
    let docs = attributes(&lines);
    let name = &parameter.name;
    let ty = scope.argument(&parameter.value);
    let query = query(parameter);
    quote! {
        #docs
        #[inline]
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #query) }
    }
}

fn body_setter(body: &Body, scope: &Scope<'_>) -> TokenStream {
    let mut lines = details(&body.doc);
    if lines.is_empty() {
        lines = vec!["Sets the body.".to_owned()];
    }
    let docs = attributes(&lines);
    let name = &body.name;
    let ty = scope.held(&body.value);
    quote! {
        #docs
        #[inline]
        pub fn #name(self, #name: #ty) -> Self { Self(self.0.json(&#name)) }
    }
}

/// What a success brings.
pub(super) fn output(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    operation
        .output
        .as_ref()
        .map_or_else(|| quote!(()), |output| scope.held(output))
}

fn error(operation: &Operation, scope: &Scope<'_>) -> TokenStream {
    match &operation.error {
        OperationError::Undocumented => scope.import("clientsmith_runtime", "Undocumented"),
        OperationError::Own(name) | OperationError::Shared { alias: name, .. } => quote!(#name),
    }
}
