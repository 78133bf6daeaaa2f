//! The README of the crate.

use super::client::variables;
use super::{example, group};
use crate::markdown::{Inline, Markdown};
use crate::named::{Api, Group, Operation};
use crate::print::{self, File};

/// `README.md`: what the crate is, the first calls, what is in it, where it differs.
pub(super) fn readme(api: &Api) -> File {
    let mut readme = Markdown::default();
    readme.heading(1, &Inline::default().words(&api.package.name));
    readme.paragraph(
        &Inline::default()
            .words(&api.package.description)
            .and(", version ")
            .words(api.info.version.trim())
            .and("."),
    );
    readme.words(api.info.description.as_deref().unwrap_or_default(), 2);
    install(api, &mut readme);
    for example in example::examples(api) {
        readme.heading(2, &Inline::default().words(&example.title()));
        readme.code("rust", &example.statements());
        readme.paragraph(
            &Inline::of("As a program: ")
                .code(&example.command())
                .and("."),
        );
    }
    if api.has_client() {
        errors(&mut readme);
        environment(api, &mut readme);
        features(api, &mut readme);
        operations(api, &mut readme);
    }
    links(api, &mut readme);
    if let Some(notes) = &api.package.notes {
        readme.own(notes);
    }
    File::markdown(print::Path::of("README.md"), readme)
}

fn install(api: &Api, readme: &mut Markdown) {
    readme.heading(2, &Inline::of("Install"));
    let add = format!("cargo add {}", api.package.name);
    readme.code(
        "console",
        &[&add, "cargo add tokio --features macros,rt-multi-thread"],
    );
}

fn errors(readme: &mut Markdown) {
    readme.heading(2, &Inline::of("Errors"));
    readme.paragraph(&Inline::of(
        "`send()` returns `Error<E>`, where `E` holds what the API documents for the operation, one \
         variant per status; `Error::api` returns it. Every other failure is in `Error` as well: a \
         status that is not documented, an answer that is not as documented (with the path to the first \
         difference), a broken connection, a timeout. Wherever there was an answer, its status, headers \
         and body are kept. `send_raw()` keeps them on success too.",
    ));
}

fn environment(api: &Api, readme: &mut Markdown) {
    readme.heading(2, &Inline::of("Environment"));
    let rows: Vec<[Inline; 2]> = variables(api)
        .into_iter()
        .map(|(names, meaning)| [names, meaning])
        .collect();
    readme.table(["variable", "what `Client::from_env` takes it for"], &rows);
}

/// How to compile less, where groups have features.
fn features(api: &Api, readme: &mut Markdown) {
    let mut groups = api
        .groups
        .iter()
        .filter_map(|group| group.feature.as_deref());
    let Some(first) = groups.next() else {
        return;
    };
    readme.heading(2, &Inline::of("Features"));
    readme.paragraph(&Inline::of(
        "Each group of operations is a feature with the types that it needs, and all are on by default. \
         What you do not call need not be compiled:",
    ));
    let line = format!(
        "{} = {{ version = \"{}\", default-features = false, features = [\"reqwest\", \"{first}\"] }}",
        api.package.name, api.package.version
    );
    readme.code("toml", &[line]);
}

/// Where to turn with questions about the API.
fn links(api: &Api, readme: &mut Markdown) {
    let mut items = Vec::new();
    if let Some(contact) = &api.info.contact {
        let name = contact.name.as_deref().unwrap_or("Contact");
        let mut item = Inline::default().words(name).and(": ");
        let places = [&contact.url, &contact.email].into_iter().flatten();
        for (index, place) in places.clone().enumerate() {
            item = item.and(if index > 0 { ", " } else { "" }).link(place);
        }
        items.extend((places.count() > 0).then_some(item));
    }
    if let Some(terms) = &api.info.terms_of_service {
        items.push(Inline::of("Terms of service: ").link(terms));
    }
    if !items.is_empty() {
        readme.heading(2, &Inline::of("About the API"));
        readme.list(&items);
    }
}

fn operations(api: &Api, readme: &mut Markdown) {
    readme.heading(2, &Inline::of("Operations"));
    readme.paragraph(
        &Inline::of("All operations of the ")
            .words(&api.package.subject)
            .and(":"),
    );
    for group in &api.groups {
        readme.paragraph(&about(group));
        let rows: Vec<[Inline; 3]> = group.operations.iter().map(row).collect();
        readme.table(["method", "request", ""], &rows);
    }
}

/// A group: its accessor, and the first line of what the document says of it.
fn about(group: &Group) -> Inline {
    let accessor = format!("client.{}()", group.accessor.rust);
    let docs = group::docs(group);
    Inline::of("**")
        .code(&accessor)
        .and("**: ")
        .line(docs.lines().next().unwrap_or_default())
}

fn row(operation: &Operation) -> [Inline; 3] {
    let arguments = operation
        .arguments
        .iter()
        .map(|argument| argument.name.rust.as_str());
    let body = operation.body.iter().filter(|body| body.required);
    let arguments: Vec<&str> = arguments
        .chain(body.map(|body| body.name.rust.as_str()))
        .collect();
    let arguments = match operation.arguments_struct {
        Some(_) => std::iter::once("arguments")
            .chain(arguments.into_iter().filter(|name| *name == "body"))
            .collect(),
        None => arguments,
    };
    let call = format!("{}({})", operation.method_name.rust, arguments.join(", "));
    let request = format!("{} {}", operation.method, operation.path);
    let summary = operation.doc.summary.as_deref().unwrap_or_default();
    [
        Inline::default().code(&call),
        Inline::default().code(&request),
        Inline::default().words(summary),
    ]
}
