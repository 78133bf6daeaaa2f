//! Webhooks: requests that the API sends, of which a client wants the payload's type.

use openapiv3::{Operation, RequestBody};

use super::Lowering;
use crate::ir::{self, Origin};
use crate::parse::{OperationPlace, place};
use crate::pointer::Pointer;
use crate::terms::{self, Doc, MediaKind};

impl Lowering<'_> {
    /// Lowers all webhooks, under either of the names that documents use.
    pub(super) fn webhooks(&mut self) -> Vec<ir::Webhook> {
        let mut webhooks = Vec::new();
        for keyword in ["webhooks", "x-webhooks"] {
            for place in self.document.operations(&Pointer::root().child(keyword)) {
                webhooks.extend(self.webhook(&place));
            }
        }
        webhooks
    }

    fn webhook(&mut self, place: &OperationPlace) -> Option<ir::Webhook> {
        let operation = self
            .document
            .parse::<Operation>(&place.at, self.diagnostics)?;
        let wanted = self
            .config
            .wants(operation.operation_id.as_deref(), &operation.tags);
        if !wanted {
            return None;
        }
        let body = operation.request_body.as_ref().and_then(self::place);
        Some(ir::Webhook {
            payload: body.and_then(|body| self.payload(&body, &place.path)),
            name: place.path.clone(),
            doc: Doc {
                summary: operation.summary.map(Into::into),
                description: operation.description.map(Into::into),
                deprecated: operation.deprecated,
                ..Doc::default()
            },
            at: place.at.clone(),
        })
    }

    /// The type of the JSON that a webhook carries.
    fn payload(&mut self, at: &Pointer, name: &str) -> Option<terms::TypeRef> {
        let found = self.document.find::<RequestBody>(at, self.diagnostics)?;
        let at = found.at.child("content");
        let origin = |_: &str| Origin::Webhook(name.to_owned());
        let content = self.content(&found.node.content, &at, origin);
        let json = content
            .into_iter()
            .find(|media| media.kind == MediaKind::Json);
        if json.is_none() {
            self.left_out(&at, "only webhooks that carry JSON are carried over");
        }
        json.map(|media| media.value)
    }
}
