//! Examples: programs that make one call each, from what the document gives as examples.
//!
//! The same code stands in the README and in the crate's documentation, and is compiled with the
//! crate's examples.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::sample;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::markdown::code;
use crate::named::{
    Api, BodyContent, ErrorVariant, Group, Operation, OperationError, Output, Parameter,
};
use crate::print::{self, Docs, File, Line, ident};
use crate::terms::{MediaKind, Scalar, Type};

/// A program that calls one operation.
pub(super) struct Example<'a> {
    api: &'a Api,
    group: &'a Group,
    operation: &'a Operation,
    /// What is sent, if the operation has a body that must be sent.
    body: Option<TokenStream>,
}

/// The example programs of the crate.
pub(super) fn files(api: &Api, diagnostics: &mut Diagnostics) -> Vec<File> {
    let examples = examples(api);
    for id in api.package.examples.iter().flatten() {
        let is_shown = |example: &Example<'_>| example.operation.method_name.wire == *id;
        if !examples.iter().any(is_shown) {
            let message = format!("`examples` names `{id}`, for which no program can be written");
            diagnostics.push(
                Diagnostic::warning(Code::UnmatchedConfiguration, Place::Nowhere, message).help(
                    "name the operationId of an operation whose arguments have examples, and none twice",
                ),
            );
        }
    }
    examples
        .iter()
        .filter_map(|example| example.file(diagnostics))
        .collect()
}

/// The examples that the configuration wants, or one that can be called without preparation.
pub(super) fn examples(api: &Api) -> Vec<Example<'_>> {
    // Two operations of different groups may be called alike; one program shows the first of them.
    let mut programs = HashSet::new();
    match &api.package.examples {
        Some(wanted) => wanted
            .iter()
            .filter_map(|id| find(api, id))
            .filter_map(|(group, operation)| Example::new(api, group, operation))
            .filter(|example| programs.insert(example.program()))
            .collect(),
        None => simplest(api).into_iter().collect(),
    }
}

/// The example that shows the first call.
pub(super) fn quick_start(api: &Api) -> Option<Example<'_>> {
    examples(api).into_iter().next()
}

fn operations(api: &Api) -> impl Iterator<Item = (&Group, &Operation)> {
    let groups = api.groups.iter();
    groups.flat_map(|group| {
        group
            .operations
            .iter()
            .map(move |operation| (group, operation))
    })
}

fn find<'a>(api: &'a Api, id: &str) -> Option<(&'a Group, &'a Operation)> {
    operations(api).find(|(_, operation)| operation.method_name.wire == id)
}

/// A call that needs no argument and reads something, or else any that can be written.
fn simplest(api: &Api) -> Option<Example<'_>> {
    let reads = |operation: &Operation| {
        operation.method == http::Method::GET && !matches!(operation.output, Output::Nothing)
    };
    let plain = |operation: &Operation| operation.arguments.is_empty() && operation.body.is_none();
    let first = operations(api).find(|(_, o)| reads(o) && plain(o));
    let second = operations(api).find(|(_, o)| reads(o));
    let others = operations(api);
    let mut candidates = first.into_iter().chain(second).chain(others);
    candidates.find_map(|(group, operation)| Example::new(api, group, operation))
}

impl<'a> Example<'a> {
    /// The example of an operation, if all that it needs has an example.
    fn new(api: &'a Api, group: &'a Group, operation: &'a Operation) -> Option<Self> {
        let can_be_shown = !operation.doc.deprecated
            && operation.arguments_struct.is_none()
            && operation.arguments.iter().all(can_be_given)
            && is_collected(&operation.output);
        let body = match operation.body.as_ref().filter(|body| body.required) {
            _ if !can_be_shown => return None,
            None => None,
            Some(body) => Some(Self::body(api, operation, &body.content)?),
        };
        Some(Self {
            api,
            group,
            operation,
            body,
        })
    }

    fn body(api: &Api, operation: &Operation, content: &BodyContent) -> Option<TokenStream> {
        let BodyContent::One(content) = content else {
            return None;
        };
        let is_model = matches!(
            content.kind,
            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
        );
        let example = operation.example.as_ref();
        is_model.then(|| sample::sample(api, &content.value, example))?
    }

    /// What the example shows, as a title.
    pub(super) fn title(&self) -> String {
        let summary = self.operation.doc.summary.as_deref().unwrap_or_default();
        match summary.trim().trim_end_matches('.') {
            "" => self.operation.request.wire.clone(),
            summary => summary.to_owned(),
        }
    }

    /// The feature without which there is nothing to call.
    pub(super) fn feature(&self) -> Option<&str> {
        self.group.feature.as_deref()
    }

    /// The name of the program.
    pub(super) fn program(&self) -> String {
        use heck::ToSnakeCase;
        print::stem(&self.operation.request.rust.to_snake_case())
    }

    /// The statements as lines of a documentation's code block, framed by hidden lines.
    pub(super) fn body_lines(&self) -> Vec<String> {
        let mut lines =
            vec!["# async fn run() -> Result<(), Box<dyn std::error::Error>> {".to_owned()];
        lines.extend(self.statements());
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
        lines
    }

    /// The imports and statements as lines of code.
    pub(super) fn statements(&self) -> Vec<String> {
        let imports = self.imports().into_iter();
        let mut lines: Vec<String> = imports.map(|line| line.as_str().to_owned()).collect();
        lines.push(String::new());
        lines.extend(print::statements(self.code()).unwrap_or_default());
        lines
    }

    fn imports(&self) -> Vec<Line> {
        let library = ident(&self.api.package.library());
        let library = Line::of("use ").ident(&library);
        let mut imports = Vec::new();
        if let Some(error) = self.error() {
            let module = library
                .clone()
                .and("::")
                .ident(&ident(&self.group.module.rust));
            imports.push(module.and("::").ident(&ident(error)).and(";"));
        }
        let names_types = |body: &TokenStream| body.to_string().contains("types ::");
        imports.push(
            library.and(match self.body.as_ref().is_some_and(names_types) {
                true => "::{Client, types};",
                false => "::Client;",
            }),
        );
        imports
    }

    /// The name of the error type, if the program tells its variants apart.
    fn error(&self) -> Option<&str> {
        let changes = self.operation.method != http::Method::GET;
        match &self.operation.error {
            OperationError::Own(name) | OperationError::Shared { alias: name, .. } if changes => {
                Some(&name.rust)
            }
            _ => None,
        }
    }

    fn code(&self) -> TokenStream {
        let arguments = self.operation.arguments.iter().enumerate();
        let arguments = arguments.map(|(index, parameter)| argument(parameter, index + 1));
        let body = self.body.as_ref().map(|body| quote!(let body = #body;));
        let call = self.call();
        let outcome = match self.error() {
            Some(error) => self.outcome_with_errors(error, &call),
            None if matches!(self.operation.output, Output::Nothing) => quote!(#call.await?;),
            None => quote! {
                let answer = #call.await?;
                println!("{answer:#?}");
            },
        };
        quote! {
            let client = Client::from_env()?;
            #(#arguments)*
            #body
            #outcome
        }
    }

    fn call(&self) -> TokenStream {
        let accessor = &self.group.accessor;
        let method = &self.operation.method_name;
        let arguments = self.operation.arguments.iter().map(|parameter| {
            let name = &parameter.name;
            match parameter.value.ty {
                Type::Scalar(Scalar::String) => quote!(&#name),
                _ => quote!(#name),
            }
        });
        let body = self.body.as_ref().map(|_| quote!(body));
        let arguments = arguments.chain(body);
        quote!(client.#accessor().#method(#(#arguments),*).send())
    }

    fn outcome_with_errors(&self, error: &str, call: &TokenStream) -> TokenStream {
        let error = ident(error);
        let arms = self.variants().iter().map(|variant| {
            let name = &variant.name;
            let description = variant.doc.description.as_deref().unwrap_or_default();
            let description = description.lines().next().unwrap_or_default();
            let text = match description.trim().trim_end_matches('.') {
                "" => format!("status {}", variant.status),
                text => text.replace(['{', '}'], ""),
            };
            let format = format!("{text}: {{reply:#?}}");
            quote!(Some(#error::#name(reply)) => eprintln!(#format))
        });
        let success = match self.operation.output {
            Output::Nothing => quote!(Ok(()) => println!("done")),
            _ => quote!(Ok(answer) => println!("{answer:#?}")),
        };
        quote! {
            match #call.await {
                #success,
                Err(error) => match error.api() {
                    #(#arms,)*
                    _ => return Err(error.into()),
                },
            }
        }
    }

    fn variants(&self) -> &[ErrorVariant] {
        let set = self.api.errors_of(self.group, &self.operation.error);
        set.map_or(&[], |set| &set.variants)
    }

    /// How the program is started.
    pub(super) fn command(&self) -> String {
        let arguments = self.operation.arguments.iter();
        let arguments: Vec<String> = arguments.map(|p| format!(" <{}>", p.name.wire)).collect();
        let separator = if arguments.is_empty() { "" } else { " --" };
        format!(
            "cargo run --example {}{separator}{}",
            self.program(),
            arguments.concat()
        )
    }

    fn file(&self, diagnostics: &mut Diagnostics) -> Option<File> {
        let statements = self.code();
        let main = quote! {
            #[tokio::main]
            async fn main() -> Result<(), Box<dyn std::error::Error>> {
                #statements
                Ok(())
            }
        };
        let docs = Docs::line(format!("{}: {}.", self.title(), code(&self.command())));
        let path = print::Path::rust("examples/", &self.program());
        let has_other_letters = self.operation.names().any(|name| !name.is_ascii());
        let allowed: Vec<_> = has_other_letters
            .then_some(print::OTHER_LETTERS)
            .into_iter()
            .collect();
        print::program(path, &docs, &allowed, &self.imports(), main)
            .map_err(|error| {
                let message = format!("the example {} is not valid Rust: {error}", self.program());
                diagnostics.push(Diagnostic::error(
                    Code::InternalError,
                    Place::Nowhere,
                    message,
                ));
            })
            .ok()
    }
}

/// Whether an argument can be read from a command line, under a name that the program has free.
fn can_be_given(parameter: &Parameter) -> bool {
    const OWN: [&str; 5] = ["answer", "body", "client", "error", "types"];
    let parsed = match parameter.value.ty {
        Type::Scalar(scalar) => !matches!(scalar, Scalar::Null | Scalar::Base64 | Scalar::Binary),
        _ => false,
    };
    parsed && !OWN.contains(&parameter.name.rust.as_str())
}

/// Whether an output is there as a whole, so that it can be printed.
fn is_collected(output: &Output) -> bool {
    match output {
        Output::Nothing | Output::ByStatus { .. } => true,
        Output::One(content) | Output::Optional(content) => {
            matches!(content.kind, MediaKind::Json | MediaKind::Text)
        }
    }
}

/// Reads an argument of the program.
fn argument(parameter: &Parameter, index: usize) -> TokenStream {
    let name = &parameter.name;
    let missing = format!("argument {index} is the {}", parameter.name.wire);
    let index = Literal::usize_unsuffixed(index);
    let parse = match parameter.value.ty {
        Type::Scalar(Scalar::String) => None,
        _ => Some(quote!(.parse()?)),
    };
    quote!(let #name = std::env::args().nth(#index).ok_or(#missing)? #parse;)
}
