//! Print: from tokens to text, item by item.

mod comment;
mod file;
mod imports;
mod item;
mod layout;
mod line;

use proc_macro2::TokenStream;

pub(crate) use comment::{Docs, link, link_to_field};
pub use file::File;
pub(crate) use file::{Path, is_inside, stem};
pub(crate) use imports::Imports;
pub(crate) use item::{Item, Module, Parent, ident};
pub(crate) use layout::OTHER_LETTERS;
pub(crate) use line::Line;

use crate::markdown::Markdown;

/// Separates the lines of documentation in a `#[doc]` attribute. One attribute holds all lines, because one for
/// each would be several tokens each. No text of a document contains it, because control characters are
/// removed.
pub(crate) const DOC_LINE: char = '\u{1}';

/// Lines of code are broken where they are longer; that is how prettyplease prints.
const LINE_WIDTH: usize = 89;

/// Whether an expression of so many columns stands on one line in the body of a method.
pub(crate) fn fits_in_method(columns: usize) -> bool {
    "        ".len() + columns <= LINE_WIDTH
}

/// The files of a crate: one per module, and its root.
pub(crate) fn crate_files(
    root: &Module,
    modules: &[Module],
    recursion_limit: Option<usize>,
) -> syn::Result<Vec<File>> {
    let limit = recursion_limit.map(|limit| format!("#![recursion_limit = \"{limit}\"]"));
    let mut attributes = vec![layout::ROOT_ATTRIBUTES];
    attributes.extend(&root.attributes);
    attributes.extend(limit.as_deref());
    let root = layout::file(root, &attributes)?;
    let mut files = vec![File::rust(Path::of("src/lib.rs"), root)];
    for module in modules {
        let contents = layout::file(module, &module.attributes)?;
        files.push(File::rust(path_of(module), contents));
    }
    Ok(files)
}

/// Where a module stands.
fn path_of(module: &Module) -> Path {
    let folder = module.parent.map_or("src/", |Parent::Types| "src/types/");
    Path::rust(folder, &module.name)
}

/// The path of a module from the module that declares it, if Rust would not find it by its name.
pub(crate) fn path_attribute(module: &Module) -> Option<TokenStream> {
    let path = path_of(module);
    let usual = format!("{}.rs", module.name.trim_start_matches("r#"));
    let file = path.below_src();
    (!file.ends_with(&usual)).then(|| quote::quote!(#[path = #file]))
}

/// One file with all modules inside, to be included in a module of the user's.
pub(crate) fn module_file(
    root: &Module,
    modules: &[Module],
    library: &str,
) -> syn::Result<Vec<File>> {
    let contents = layout::nested(root, modules)?;
    Ok(vec![File::rust(Path::rust("", library), contents)])
}

/// Rust as text. Only printing makes it, from tokens and [`Line`]s.
#[derive(Debug, Clone, Default)]
pub(crate) struct RustText(String);

impl RustText {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text of an item, or the error that kept it from being printed.
pub(crate) type Printed = syn::Result<RustText>;

/// Items as text.
pub(crate) fn items(items: impl IntoIterator<Item = Item>) -> Vec<Printed> {
    items.into_iter().map(item).collect()
}

/// A type as text.
pub(crate) fn ty(tokens: &TokenStream) -> Printed {
    layout::ty(tokens).map(RustText)
}

/// One item as text.
pub(crate) fn item(item: Item) -> Printed {
    layout::item(item).map(RustText)
}

/// A program: what it says of itself, what it imports, and its items.
pub(crate) fn program(
    path: Path,
    docs: &Docs,
    attributes: &[&'static str],
    imports: &[Line],
    main: TokenStream,
) -> syn::Result<File> {
    let main = layout::item(Item::Rust(main))?;
    Ok(File::rust(
        path,
        layout::program(docs, attributes, imports, &main),
    ))
}

/// Statements as lines of text.
pub(crate) fn statements(tokens: TokenStream) -> syn::Result<Vec<String>> {
    let function = layout::item(Item::Rust(quote::quote!(async fn main() { #tokens })))?;
    let lines: Vec<&str> = function.lines().collect();
    let inner = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    let dedented = inner
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    Ok(dedented.map(str::to_owned).collect())
}
