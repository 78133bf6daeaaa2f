//! The module `webhooks`: a name for the payload of each request that the API sends.

use quote::quote;

use super::docs;
use super::ty::Scope;
use crate::markdown::code;
use crate::named::{Api, Webhook};
use crate::print::{self, Docs, Item, Module};

/// The module.
pub(super) fn module(api: &Api) -> Module {
    let names = api.webhooks.iter().map(|webhook| webhook.name.rust.clone());
    let scope = Scope::of_module(api, names);
    let items = api.webhooks.iter().map(|webhook| item(webhook, &scope));
    let items = print::items(items);
    let feature = api.webhooks_feature().map(|feature| feature.name.clone());
    let mut docs = Docs::default();
    docs.text(
        "What the API sends by itself: the payloads of its webhooks. `runtime::from_slice` reads \
         one from the body of a request; with the feature `webhooks`, \
         `runtime::WebhookVerifier` checks its signature first.",
    );
    if let Some(feature) = &feature {
        docs.paragraph([format!("It needs the feature `{feature}`.")]);
    }
    Module {
        name: "webhooks".to_owned(),
        docs,
        imports: scope.into_imports(),
        items,
        feature,
        ..Module::default()
    }
}

fn item(webhook: &Webhook, scope: &Scope<'_>) -> Item {
    let fallback = format!("The payload of the webhook {}.", code(&webhook.name.wire));
    let docs = docs::item(&webhook.doc, &webhook.name.rust, &fallback).attributes();
    let name = &webhook.name;
    let payload = scope.held(&webhook.payload);
    Item::Rust(quote!(#docs pub type #name = #payload;))
}
