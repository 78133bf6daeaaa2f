//! A group: the module with its handle and its operations.

use quote::quote;

use super::operation;
use super::ty::Scope;
use crate::named::{Api, BodyContent, Group, OperationError, Output};
use crate::print::{self, Docs, Item, Module};

/// The module of a group.
pub(super) fn module(api: &Api, group: &Group) -> Module {
    let scope = Scope::of_module(api, items_of(group));
    let docs = docs(group);
    let handle = &group.handle;
    let core = scope.private("Core");
    let attributes = docs.attributes();
    let declaration = quote! {
        #attributes
        #[derive(Debug, Clone)]
        pub struct #handle { pub(super) client: #core }
    };
    let methods = group
        .operations
        .iter()
        .map(|o| operation::method(o, &scope));
    let methods = quote!(impl #handle { #(#methods)* });
    let mut items = print::items([Item::Rust(declaration), Item::Rust(methods)]);
    for one in &group.operations {
        items.extend(print::items(operation::items(api, group, one, &scope)));
    }
    Module {
        name: group.module.rust.clone(),
        feature: group.feature.clone(),
        docs,
        imports: scope.into_imports(),
        items,
        ..Module::default()
    }
}

/// What the document says of the group.
pub(super) fn docs(group: &Group) -> Docs {
    let mut docs = Docs::default();
    match &group.description {
        Some(description) => docs.text(description),
        None => docs.text(&format!("The operations of `{}`.", group.module.wire)),
    }
    if let Some(feature) = &group.feature {
        docs.paragraph([format!("It needs the feature `{feature}`.")]);
    }
    docs
}

/// The names of the module's items.
fn items_of(group: &Group) -> Vec<String> {
    let mut names = vec![group.handle.rust.clone()];
    for operation in &group.operations {
        names.push(operation.request.rust.clone());
        names.extend(
            operation
                .arguments_struct
                .iter()
                .map(|name| name.rust.clone()),
        );
        if let Some(BodyContent::Several { name, .. }) =
            operation.body.as_ref().map(|body| &body.content)
        {
            names.push(name.rust.clone());
        }
        if let Output::ByStatus { name, .. } = &operation.output {
            names.push(name.rust.clone());
        }
        match &operation.error {
            OperationError::Undocumented => {}
            OperationError::Own(name) | OperationError::Shared { alias: name, .. } => {
                names.push(name.rust.clone());
            }
        }
    }
    names
}
