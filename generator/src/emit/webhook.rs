//! The module `webhooks`: a name for the payload of each request that the API sends.

use quote::quote;

use super::docs::{self, attributes};
use super::ty::Scope;
use super::{Item, Module};
use crate::named::{Api, Webhook};
use crate::print;

/// The module.
pub(super) fn module(api: &Api) -> Module {
    let names = api.webhooks.iter().map(|webhook| webhook.name.rust.clone());
    let scope = Scope::of_module(api, names);
    let items = api.webhooks.iter().map(|webhook| item(webhook, &scope));
    let items = print::items(items);
    Module {
        name: "webhooks".to_owned(),
        docs: docs::markdown(
            "What the API sends by itself: the payloads of its webhooks. `runtime::from_slice` reads \
             one from the body of a request; with the feature `webhooks`, \
             `runtime::WebhookVerifier` checks its signature first.",
        ),
        imports: scope.into_imports(),
        items,
        feature: api.webhooks_feature().map(|feature| feature.name.clone()),
        ..Module::default()
    }
}

fn item(webhook: &Webhook, scope: &Scope<'_>) -> Item {
    let fallback = format!(
        "The payload of the webhook {}.",
        docs::code(&webhook.name.wire)
    );
    let docs = attributes(&docs::item(&webhook.doc, &webhook.name.rust, &fallback));
    let name = &webhook.name;
    let payload = scope.held(&webhook.payload);
    Item::Rust(quote!(#docs pub type #name = #payload;))
}
