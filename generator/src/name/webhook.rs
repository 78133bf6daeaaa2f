//! Names of webhooks: what their payloads are called.

use super::ident::type_ident;
use super::namespace::{Namespace, numbered};
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::named::{TypeName, Webhook};

/// Names the payloads of all webhooks that have one.
pub(super) fn webhooks(api: &ir::Api, diagnostics: &mut Diagnostics) -> Vec<Webhook> {
    let mut sorted: Vec<&ir::Webhook> = api.webhooks.iter().collect();
    sorted.sort_by(|a, b| (&a.name, &a.at).cmp(&(&b.name, &b.at)));
    let mut scope = Namespace::default();
    let mut named = Vec::with_capacity(sorted.len());
    for webhook in sorted {
        let Some(payload) = &webhook.payload else {
            continue;
        };
        let wanted = type_ident(&webhook.name);
        let rust = scope.claim(&wanted, numbered(&wanted, ""), &webhook.at, diagnostics);
        named.push(Webhook {
            name: TypeName::new(&webhook.name, rust, &webhook.at),
            doc: webhook.doc.clone(),
            payload: payload.clone(),
        });
    }
    named
}
