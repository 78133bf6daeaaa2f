//! Layout: blank lines, macro tables, headers and nesting. The only code that touches printed text.

use proc_macro2::TokenStream;
use syn::Result;

use super::{DOC_LINE, Docs, Item, Line, Module, ident};

/// The first line of every file. No version stands here, or every release would rewrite every file.
const HEADER: &str = "// Written by clientsmith from the API's description; edits will be lost.";

/// What holds for the whole crate.
pub(super) const ROOT_ATTRIBUTES: &str = "\
#![allow(
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    rustdoc::bare_urls,
    reason = \"descriptions are the API's own Markdown\"
)]
#![allow(
    clippy::disallowed_names,
    clippy::should_implement_trait,
    reason = \"things are called what the API calls them\"
)]
#![allow(clippy::type_complexity, reason = \"types nest as deep as the API's schemas\")]
#![forbid(unsafe_code)]";

/// What holds for a module that is included in a crate of the user's: that crate's lints are for
/// code that the user can change.
const INCLUDED_ATTRIBUTES: &str = "\
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    missing_debug_implementations,
    missing_docs,
    unreachable_pub
)]";

/// Attributes that allow names in other scripts.
pub(crate) const OTHER_LETTERS: &str = "\
#![allow(
    confusable_idents,
    mixed_script_confusables,
    non_camel_case_types,
    non_snake_case,
    uncommon_codepoints,
    reason = \"the API's own names are in this script\"
)]";

/// Attributes that allow names in other scripts, in a module of the user's crate. The lints about letters that
/// look alike can be allowed for a whole crate only, so those are up to the user.
const INCLUDED_NAMES: &str = "
#[allow(non_camel_case_types, non_snake_case)]";

/// A module as a file of its own.
pub(super) fn file(module: &Module, attributes: &[&str]) -> Result<String> {
    let mut parts = vec![HEADER.to_owned()];
    parts.push(module.docs.comment("//!"));
    parts.push(attributes.join("\n"));
    parts.extend(contents(module)?);
    Ok(join(parts))
}

/// All modules in one file, nested, without anything that only stands at the top of a file.
pub(super) fn nested(root: &Module, modules: &[Module]) -> Result<String> {
    let mut parts = vec![HEADER.to_owned()];
    for module in modules {
        let visibility = if module.name == "client" { "" } else { "pub " };
        let docs = module.docs.comment("///");
        let letters = match root.attributes.contains(&OTHER_LETTERS) {
            true => INCLUDED_NAMES,
            false => "",
        };
        let body = indent(&join(contents(module)?));
        let name = ident(&module.name);
        parts.push(format!(
            "{docs}\n{INCLUDED_ATTRIBUTES}{letters}\n{visibility}mod {name} {{\n{body}}}"
        ));
    }
    // The first item of the root declares the modules, which stand here themselves.
    for item in root.items.iter().skip(1) {
        parts.push(format!(
            "#[allow(unreachable_pub, unused_imports)]\n{}",
            item.as_ref().map_err(Clone::clone)?.as_str()
        ));
    }
    Ok(join(parts))
}

/// A program as a file.
pub(super) fn program(docs: &Docs, attributes: &[&str], imports: &[Line], main: &str) -> String {
    let imports: Vec<&str> = imports.iter().map(Line::as_str).collect();
    join(vec![
        docs.comment("//!"),
        attributes.join("\n"),
        imports.join("\n"),
        main.to_owned(),
    ])
}

/// The imports and items of a module.
fn contents(module: &Module) -> Result<Vec<String>> {
    let mut parts = vec![module.imports.lines().join("\n")];
    for item in &module.items {
        parts.push(item.as_ref().map_err(Clone::clone)?.as_str().to_owned());
    }
    Ok(parts)
}

/// Parts with an empty line between two.
fn join(parts: Vec<String>) -> String {
    let parts = parts.iter().map(|part| part.trim_end());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn indent(text: &str) -> String {
    let lines = text.lines().map(|line| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("    {line}\n"),
    });
    lines.collect()
}

/// One item as text.
pub(super) fn item(item: Item) -> Result<String> {
    match item {
        Item::Rust(tokens) => {
            let file: syn::File = syn::parse2(tokens)?;
            Ok(spaced(&prettyplease::unparse(&file)))
        }
        Item::Gated { condition, item } => gated(&condition, *item),
        Item::Table { name, target, rows } => Ok(table(name, &target, &rows)),
        Item::Line { name, arguments } => {
            let arguments: Result<Vec<String>> = arguments.iter().map(ty).collect();
            Ok(format!("{name}!({});\n", arguments?.join(", ")))
        }
    }
}

/// A macro with a line per row.
fn table(name: &str, target: &Line, rows: &[Line]) -> String {
    let target = target.as_str();
    if rows.is_empty() {
        return format!("{name}! {{\n    {target} {{}}\n}}\n");
    }
    let rows = rows
        .iter()
        .map(|row| format!("        {},\n", row.as_str()));
    let rows: String = rows.collect();
    format!("{name}! {{\n    {target} {{\n{rows}    }}\n}}\n")
}

/// An item under a `cfg` condition, which is added to every item among its tokens.
fn gated(condition: &TokenStream, item: Item) -> Result<String> {
    let attribute: syn::Attribute = syn::parse_quote!(#[cfg(#condition)]);
    let Item::Rust(tokens) = item else {
        let attribute = quote::quote!(
            #[cfg(#condition)]
            struct S;
        );
        let attribute = prettyplease::unparse(&syn::parse2(attribute)?);
        let attribute = attribute.trim_end().trim_end_matches("struct S;");
        return Ok(format!("{attribute}{}", self::item(item)?));
    };
    let mut file: syn::File = syn::parse2(tokens)?;
    for item in &mut file.items {
        if let Some(attributes) = attributes_of(item) {
            let docs = attributes.iter().take_while(|a| a.path().is_ident("doc"));
            let behind_docs = docs.count();
            attributes.insert(behind_docs, attribute.clone());
        }
    }
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// The attributes of an item, of those kinds that are emitted.
fn attributes_of(item: &mut syn::Item) -> Option<&mut Vec<syn::Attribute>> {
    match item {
        syn::Item::Enum(item) => Some(&mut item.attrs),
        syn::Item::Impl(item) => Some(&mut item.attrs),
        syn::Item::Macro(item) => Some(&mut item.attrs),
        syn::Item::Struct(item) => Some(&mut item.attrs),
        syn::Item::Type(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// A type as text.
pub(super) fn ty(tokens: &proc_macro2::TokenStream) -> Result<String> {
    let alias = quote::quote!(type T = #tokens;);
    let text = prettyplease::unparse(&syn::parse2(alias)?);
    let text = text
        .trim()
        .trim_start_matches("type T = ")
        .trim_end_matches(';');
    Ok(text.to_owned())
}

/// Puts an empty line behind each function of an `impl` that another member follows, and every line of
/// documentation on a line of its own.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    let mut in_impl = false;
    while let Some(line) = lines.next() {
        in_impl = match line.as_bytes().first() {
            Some(b'}') => false,
            Some(b' ') | None => in_impl,
            Some(_) => line.starts_with("impl"),
        };
        push_line(&mut spaced, line);
        let ends_member =
            in_impl && (line == "    }" || line.starts_with("    ") && line.ends_with("!();"));
        if ends_member && lines.peek().is_some_and(|next| *next != "}") {
            spaced.push('\n');
        }
    }
    spaced
}

/// Adds a line, or the lines of a documentation comment.
fn push_line(text: &mut String, line: &str) {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    match code.strip_prefix("///") {
        Some(docs) if docs.contains(DOC_LINE) => {
            for line in docs.split(DOC_LINE) {
                text.extend([indent, "///", line.trim_end_matches(' '), "\n"]);
            }
        }
        _ => text.extend([line, "\n"]),
    }
}
