//! The README of the crate.

use std::fmt::Write as _;

use super::client::variables;
use super::docs::code;
use super::{File, example, group, read};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::named::{Api, Operation};

/// `README.md`: what the crate is, the first calls, what is in it, where it differs.
pub(super) fn readme(api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> File {
    let mut text = String::new();
    let mut section = |part: &str| {
        text.push_str(part.trim());
        text.push_str("\n\n");
    };
    section(&format!("# {}", api.package.name));
    section(&format!(
        "{}, version {}.",
        api.package.description,
        api.info.version.trim()
    ));
    section(api.info.description.as_deref().unwrap_or_default());
    section(&install(api));
    for example in example::examples(api, config) {
        let lines = example.statements().join("\n");
        section(&format!("## {}\n\n```rust\n{lines}\n```", example.title()));
        section(&format!("As a program: `{}`.", example.command()));
    }
    if api.has_client() {
        section(&errors());
        section(&environment(api));
        section(&features(api));
        section(&operations(api));
    }
    section(&links(api));
    if let Some(notes) = &config.notes {
        section(&read(notes, diagnostics).unwrap_or_default());
    }
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    File {
        path: "README.md".to_owned(),
        contents: format!("{}\n", text.trim_end()),
    }
}

fn install(api: &Api) -> String {
    format!(
        "## Install\n\n```console\ncargo add {}\ncargo add tokio --features macros,rt-multi-thread\n```",
        api.package.name
    )
}

fn errors() -> String {
    "## Errors\n\n\
     `send()` returns `Error<E>`, where `E` holds what the API documents for the operation, one \
     variant per status; `Error::api` returns it. Every other failure is in `Error` as well: a \
     status that is not documented, an answer that is not as documented (with the path to the first \
     difference), a broken connection, a timeout. Wherever there was an answer, its status, headers \
     and body are kept. `send_raw()` keeps them on success too."
        .to_owned()
}

fn environment(api: &Api) -> String {
    let mut text =
        "## Environment\n\n| variable | what `Client::from_env` takes it for |\n|---|---|\n"
            .to_owned();
    for (names, meaning) in variables(api) {
        let _ = writeln!(text, "| {names} | {meaning} |");
    }
    text
}

/// How to compile less, where groups have features.
fn features(api: &Api) -> String {
    let mut groups = api
        .groups
        .iter()
        .filter_map(|group| group.feature.as_deref());
    let Some(first) = groups.next() else {
        return String::new();
    };
    format!(
        "## Features\n\n\
         Each group of operations is a feature with the types that it needs, and all are on by default. \
         What you do not call need not be compiled:\n\n\
         ```toml\n\
         {} = {{ version = \"{}\", default-features = false, features = [\"reqwest\", \"{first}\"] }}\n\
         ```",
        api.package.name, api.package.version
    )
}

/// Where to turn with questions about the API.
fn links(api: &Api) -> String {
    let mut lines = Vec::new();
    if let Some(contact) = &api.info.contact {
        let name = contact.name.as_deref().unwrap_or("Contact");
        let places = [&contact.url, &contact.email].into_iter().flatten();
        let places: Vec<String> = places.map(|place| format!("<{}>", place.trim())).collect();
        if !places.is_empty() {
            lines.push(format!("- {name}: {}", places.join(", ")));
        }
    }
    if let Some(terms) = &api.info.terms_of_service {
        lines.push(format!("- Terms of service: <{}>", terms.trim()));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("## About the API\n\n{}", lines.join("\n"))
}

fn operations(api: &Api) -> String {
    let mut text = format!(
        "## Operations\n\nAll operations of the {}:\n\n",
        api.package.subject
    );
    for group in &api.groups {
        let about = group::docs(group);
        let about = about.first().map_or("", String::as_str);
        let _ = writeln!(text, "**`client.{}()`**: {about}\n", group.accessor.rust);
        let _ = writeln!(text, "| method | request | |\n|---|---|---|");
        for operation in &group.operations {
            let _ = writeln!(text, "{}", row(operation));
        }
        text.push('\n');
    }
    text
}

fn row(operation: &Operation) -> String {
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
    let summary = summary.replace('|', "\\|").replace('\n', " ");
    format!("| {} | {} | {summary} |", code(&call), code(&request))
}
