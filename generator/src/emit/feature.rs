//! Features: what is compiled only if one of them is on.

use proc_macro2::TokenStream;
use quote::quote;

use crate::named::Gate;
use crate::print::Item;

/// The attribute of something that one feature brings.
pub(super) fn attribute(feature: Option<&String>) -> Option<TokenStream> {
    feature.map(|feature| quote!(#[cfg(feature = #feature)]))
}

/// Items that are there with any of the features.
pub(super) fn gated(items: Vec<Item>, gate: &Gate) -> Vec<Item> {
    let condition = match gate.as_slice() {
        [] => return items,
        [feature] => quote!(feature = #feature),
        features => quote!(any(#(feature = #features),*)),
    };
    let gated = items.into_iter().map(|item| Item::Gated {
        condition: condition.clone(),
        item: Box::new(item),
    });
    gated.collect()
}

/// Attributes for a module all of whose items may be disabled by features.
pub(super) fn leftover(is_gated: bool) -> Vec<&'static str> {
    let allowed = "#![allow(unused_imports, reason = \"the features say what is needed\")]";
    is_gated.then_some(allowed).into_iter().collect()
}
