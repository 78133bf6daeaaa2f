//! Print: from tokens to text, item by item.

mod layout;

use proc_macro2::TokenStream;

use crate::emit::{File, Item, Module};

/// Ends a line of documentation inside of a `#[doc]` attribute, of which there is one for all lines:
/// an attribute a line would be several tokens each. No text of a document holds it, control characters are
/// taken out.
pub(crate) const DOC_LINE: char = '\u{1}';

/// The files of a crate: one per module, and its root.
pub(crate) fn crate_files(
    root: &Module,
    modules: &[Module],
    recursion_limit: Option<usize>,
) -> syn::Result<Vec<File>> {
    let limit = recursion_limit.map(|limit| format!("\n#![recursion_limit = \"{limit}\"]"));
    let attributes = format!("{}{}", layout::ROOT_ATTRIBUTES, limit.unwrap_or_default());
    let mut files = vec![File {
        path: "src/lib.rs".to_owned(),
        contents: layout::file(root, &attributes)?,
    }];
    for module in modules {
        files.push(File {
            path: format!("src/{}", file_name(module)),
            contents: layout::file(module, module.attributes)?,
        });
    }
    Ok(files)
}

/// The name of a module's file: ASCII, whatever the module is called.
pub(crate) fn file_name(module: &Module) -> String {
    let name = module.name.trim_start_matches("r#").chars();
    let name = name.map(|c| match c.is_ascii() {
        true => c.to_string(),
        false => format!("u{:x}", u32::from(c)),
    });
    let folder = module.parent.map(|parent| format!("{parent}/"));
    format!(
        "{}{}.rs",
        folder.unwrap_or_default(),
        name.collect::<String>()
    )
}

/// One file with all modules inside, to be included in a module of the user's.
pub(crate) fn module_file(
    root: &Module,
    modules: &[Module],
    library: &str,
) -> syn::Result<Vec<File>> {
    Ok(vec![File {
        path: format!("{library}.rs"),
        contents: layout::nested(root, modules)?,
    }])
}

/// Items as text.
pub(crate) fn items(items: impl IntoIterator<Item = Item>) -> Vec<syn::Result<String>> {
    items.into_iter().map(layout::item).collect()
}

/// A type as text.
pub(crate) fn ty(tokens: &TokenStream) -> syn::Result<String> {
    layout::ty(tokens)
}

/// One item as text.
pub(crate) fn item(tokens: TokenStream) -> syn::Result<String> {
    layout::item(Item::Rust(tokens))
}

/// Statements as lines of text.
pub(crate) fn statements(tokens: TokenStream) -> syn::Result<Vec<String>> {
    let function = item(quote::quote!(async fn main() { #tokens }))?;
    let lines: Vec<&str> = function.lines().collect();
    let inner = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    let dedented = inner
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    Ok(dedented.map(str::to_owned).collect())
}
