//! Poison: no text of a document, and none of the configuration, becomes more than text.
//!
//! Every string of a document that uses everything is poisoned, one poison after the other; what comes out
//! must have the items, tables and headings that the benign document gives.

#[path = "everything.rs"]
mod everything;

use std::collections::BTreeSet;

use clientsmith::{Config, File, Generator, Input, Layout, Outcome, human};
use everything::everything;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use serde_json::{Map, Value};

/// Each ends a kind of text that could hold a string of the document, and starts another.
const POISONS: [&str; 12] = [
    "x\"#}*/\r\n\\'`{{\u{202e}\u{2028}\0",
    "\n#![allow(unused)] fn injected() {} //",
    "\rfn injected() {} //",
    "\u{2028}fn injected() {}\u{2029}fn injected() {}\u{85}fn injected() {}",
    "*/ fn injected() {} /*",
    "\"; fn injected() {} const X: &str = r#\"",
    "\"##); fn injected() {}",
    "\n\n# Injected\n\n| a | b |\n|---|---|\n| c | d |\n\n```rust\nfn injected() {}\n```\n",
    "</td><script>alert(1)</script><!-- <img src=x onerror=alert(1)>",
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J\u{1}",
    "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}",
    "\"\n[dependencies]\nevil = \"1\"\n[package.metadata]\n#",
];

fn generate(document: &Value, layout: Layout, config: Config) -> Outcome {
    let input = Input::Text {
        name: "spec".to_owned(),
        text: document.to_string(),
    };
    let outcome = Generator::new(input)
        .config(config)
        .layout(layout)
        .generate();
    let shown = human(&outcome.diagnostics, &outcome.source, false);
    assert!(!outcome.diagnostics.has_errors(), "{shown}");
    assert!(!shown.contains(is_dangerous), "{shown:?}");
    outcome
}

/// A configuration that names whatever can be named, with an example of each operation and a feature for
/// each group.
fn config(poison: &str) -> Config {
    let with = |text: &str| format!("{text}{poison}");
    let entry = |key: String, name: &str| (key, with(name));
    let mut config = Config::default();
    config.name = Some(with("name"));
    config.license = Some(with("MIT"));
    config.env = Some(with("ENV"));
    config.group_features_from = Some(1);
    config.idempotency_header = Some("X-Key".to_owned());
    config.examples = Some(["getThings", "makeThing", "putThing"].map(with).to_vec());
    config.methods.extend([entry(with("putThing"), "replace")]);
    config.groups.extend([entry(with("Other"), "Others")]);
    config
        .fields
        .extend([(format!("{0}.text{poison}", with("Thing")), with("words"))]);
    config.types.extend([entry(with("Cat"), "Lion")]);
    config
}

/// Poisons every string that is not a word of OpenAPI itself, and every name.
fn poisoned(value: &Value, key: &str, poison: &str) -> Value {
    const WORDS: [&str; 5] = ["openapi", "in", "type", "style", "scheme"];
    const NAMED: [&str; 8] = [
        "properties",
        "schemas",
        "securitySchemes",
        "mapping",
        "variables",
        "headers",
        "scopes",
        "webhooks",
    ];
    let is_named = NAMED.contains(&key);
    match value {
        Value::String(text) if key == "$ref" => {
            let poison = poison
                .replace('~', "~0")
                .replace('/', "~1")
                .replace('%', "%25");
            match text.contains("/schemas/") {
                true => format!("{text}{poison}").into(),
                false => text.as_str().into(),
            }
        }
        // A placeholder and its parameter must agree, and a URL must be one to be a server.
        Value::String(text) if WORDS.contains(&key) || text == "id" => text.as_str().into(),
        Value::String(text) => format!("{text}{poison}").into(),
        Value::Array(items) => {
            let items = items.iter().map(|item| poisoned(item, key, poison));
            items.collect::<Vec<_>>().into()
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                let inner = if is_named { "" } else { name };
                let requirement = key == "security";
                let name = match is_named || requirement {
                    true => format!("{name}{poison}"),
                    false => name.clone(),
                };
                (name, poisoned(member, inner, poison))
            });
            members.collect::<Map<_, _>>().into()
        }
        scalar => scalar.clone(),
    }
}

/// What no file holds: control characters and what reverses the direction of writing.
fn is_dangerous(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// What a file consists of, whatever its texts say.
fn structure(file: &File) -> Vec<String> {
    assert!(
        !file.contents.contains(is_dangerous),
        "{}: {:?}",
        file.path,
        file.contents
    );
    let (_, extension) = file.path.rsplit_once('.').unwrap();
    match extension {
        "rs" => items(
            &syn::parse_file(&file.contents)
                .unwrap_or_else(|e| panic!("{}: {e}", file.path))
                .items,
        ),
        "toml" => tables("", &toml::from_str(&file.contents).unwrap()),
        "md" => blocks(&file.contents),
        other => panic!("a kind of file that is not looked at: {other}"),
    }
}

/// The items of a file of Rust, with how many parts each has.
fn items(items: &[syn::Item]) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        if let syn::Item::Mod(module) = item {
            let inner = module.content.iter();
            found.extend(inner.flat_map(|(_, inner)| self::items(inner)));
        }
        found.push(match item {
            syn::Item::Struct(item) => format!("struct of {}", item.fields.len()),
            syn::Item::Enum(item) => format!("enum of {}", item.variants.len()),
            syn::Item::Impl(item) => format!("impl of {}", item.items.len()),
            syn::Item::Macro(item) => {
                format!("macro {}", item.mac.path.segments.last().unwrap().ident)
            }
            syn::Item::Fn(item) => format!("fn {} of {}", item.sig.ident, item.block.stmts.len()),
            syn::Item::Mod(_) => "mod".to_owned(),
            syn::Item::Use(_) => "use".to_owned(),
            syn::Item::Type(_) => "type".to_owned(),
            syn::Item::Const(_) => "const".to_owned(),
            _ => "something else".to_owned(),
        });
    }
    // Imports are as many as it takes, and names decide the order of items.
    found.retain(|item| item != "use");
    found.sort();
    found
}

/// The tables and keys of TOML, but for the names of features and examples.
fn tables(path: &str, table: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in table {
        let key = match path {
            ".features" if !key.is_ascii() || value.as_array().is_some_and(Vec::is_empty) => {
                "a feature"
            }
            _ => key,
        };
        found.push(format!("{path}.{key}"));
        let inner = match value {
            toml::Value::Table(inner) => tables(&format!("{path}.{key}"), inner),
            toml::Value::Array(items) => vec![format!("{} items", items.len())],
            _ => Vec::new(),
        };
        found.extend(inner);
    }
    found.sort();
    found
}

/// The headings of our own, the blocks of code and the tables of Markdown. A description may have blocks, but no
/// heading that could be one of ours, and nothing is HTML.
fn blocks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) if level <= HeadingLevel::H2 => {
                found.push(format!("heading {level}"));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if &*language != "text" =>
            {
                found.push(format!("code {language}"));
            }
            Event::Start(Tag::Table(columns)) if columns.len() == 3 => {
                found.push("table".to_owned())
            }
            Event::Html(text) | Event::InlineHtml(text) => panic!("HTML in a README: {text}"),
            _ => {}
        }
    }
    found
}

fn structures(outcome: &Outcome) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = outcome.files.iter().map(structure).collect();
    all.sort();
    all
}

#[test]
fn texts_stay_texts() {
    for layout in [Layout::Crate, Layout::Module] {
        let benign = generate(&everything(), layout, config(""));
        let expected = structures(&benign);
        for poison in POISONS {
            let document = poisoned(&everything(), "", poison);
            let outcome = generate(&document, layout, config(poison));
            assert_eq!(structures(&outcome), expected, "{poison:?}");
            let paths: BTreeSet<&str> = outcome
                .files
                .iter()
                .map(|file| file.path.as_str())
                .collect();
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
            assert!(
                paths.iter().all(|path| path.chars().all(is_plain)),
                "{paths:?}"
            );
            assert_eq!(paths.len(), outcome.files.len());
        }
    }
}

#[test]
fn everything_has_an_example_of_each_operation() {
    let outcome = generate(&everything(), Layout::Crate, config(""));
    let examples = outcome
        .files
        .iter()
        .filter(|file| file.path.starts_with("examples/"));
    assert_eq!(examples.count(), 2, "of all but the deprecated one");
    assert!(structures(&outcome).concat().len() > 100);
}
