//! Responses: which mean success, which are errors, what body and headers each has.

use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use super::Lowering;
use crate::ir::{self, Kind, Media, Origin};
use crate::parse::{Found, place};
use crate::pointer::Pointer;
use crate::terms::{Doc, MediaKind, Scalar, StatusKey, TypeId};

impl Lowering<'_> {
    /// The documented responses of an operation: those that mean success, and the others.
    ///
    /// If no success is documented, `default` counts as one.
    pub(super) fn responses(
        &mut self,
        responses: &Responses,
        operation: usize,
    ) -> (Vec<ir::Response>, Vec<ir::Response>) {
        let coded = responses.responses.iter();
        let coded = coded.map(|(code, response)| (status_key(code), response));
        let default = responses.default.iter();
        let default = default.map(|response| (StatusKey::Default, response));
        let mut keyed: Vec<_> = coded.chain(default).collect();
        keyed.sort_by_key(|(key, _)| *key);

        let successes = keyed.iter().filter(|(key, _)| key.is_success()).count();
        let is_success =
            |key: StatusKey| key.is_success() || (successes == 0 && key == StatusKey::Default);
        let only = successes <= 1;
        let lowered = keyed.into_iter().filter_map(|(key, response)| {
            let only = only && is_success(key);
            self.response(key, response, operation, only)
        });
        lowered.partition(|response| is_success(response.status))
    }

    fn response(
        &mut self,
        status: StatusKey,
        response: &ReferenceOr<Response>,
        operation: usize,
        only: bool,
    ) -> Option<ir::Response> {
        let at = self.document.end(&place(response)?);
        if let Some(known) = self.responses.get(&at) {
            let known = known.clone()?;
            return Some(ir::Response { status, ..known });
        }
        let response = self.response_at(&at, status, operation, only);
        if at.component("responses").is_some() {
            self.responses.insert(at, response.clone());
        }
        response
    }

    fn response_at(
        &mut self,
        at: &Pointer,
        status: StatusKey,
        operation: usize,
        only: bool,
    ) -> Option<ir::Response> {
        let found = self.document.find::<Response>(at, self.diagnostics)?;
        let component = found.at.component("responses").map(String::from);
        let several = found.node.content.len() > 1;
        let origin = |media_type: &str| match &component {
            Some(name) => Origin::ResponseComponent(name.clone()),
            None => Origin::Response {
                operation,
                status,
                only,
                media: (several && !super::body::is_json(media_type))
                    .then(|| media_type.to_owned()),
            },
        };
        let at = found.at.child("content");
        let content = self.content(&found.node.content, &at, origin);
        let (body, events) = self.chosen(content, &at);
        let headers_origin = match &component {
            Some(name) => Origin::ResponseComponentHeaders(name.clone()),
            None => Origin::ResponseHeaders { operation, status },
        };
        let links = found.at.child("links");
        if self.document.value(&links).is_some() {
            self.left_out(&links, "links are not carried over");
        }
        Some(ir::Response {
            status,
            component,
            doc: Doc {
                description: Some(found.node.description.as_str().into()),
                ..Doc::default()
            },
            headers: self.headers(&found, headers_origin),
            body,
            events,
        })
    }

    /// The representation that the client asks for, which is JSON if there is any, and an event stream if there
    /// is one as well. The others are reported.
    fn chosen(&mut self, content: Vec<Media>, at: &Pointer) -> (Option<Media>, Option<Media>) {
        const PREFERRED: [MediaKind; 7] = [
            MediaKind::Json,
            MediaKind::JsonLines,
            MediaKind::Text,
            MediaKind::Binary,
            MediaKind::EventStream,
            MediaKind::Form,
            MediaKind::Multipart,
        ];
        let content = self.one_of_each_kind(content, at);
        let best = PREFERRED
            .iter()
            .find_map(|kind| content.iter().find(|media| media.kind == *kind))
            .cloned();
        let Some(mut best) = best else {
            return (None, None);
        };
        let mut events = None;
        for media in content {
            match media.kind {
                kind if kind == best.kind => {}
                MediaKind::EventStream => events = Some(media),
                _ => {
                    let message = format!(
                        "the client asks for `{}` instead of `{}`",
                        best.media_type, media.media_type
                    );
                    self.left_out(&at.child(&media.media_type), message);
                }
            }
        }
        // Forms are encoded in requests but never decoded: such a response is returned as text or bytes.
        match best.kind {
            MediaKind::Form => (best.kind, best.value) = (MediaKind::Text, Scalar::String.into()),
            MediaKind::Multipart => {
                (best.kind, best.value) = (MediaKind::Binary, Scalar::Binary.into())
            }
            _ => {}
        }
        (Some(best), events)
    }

    /// The struct of a response's headers, if it documents any.
    fn headers(&mut self, found: &Found<Response>, origin: Origin) -> Option<TypeId> {
        if found.node.headers.is_empty() {
            return None;
        }
        if let Some(&known) = self.headers.get(&found.at) {
            return Some(known);
        }
        let at = found.at.child("headers");
        let kind = Kind::Headers(ir::Struct::default());
        let id = self.define(kind, origin, Doc::default(), &at);
        self.headers.insert(found.at.clone(), id);
        let headers = found.node.headers.iter();
        let fields = headers.filter_map(|(name, header)| self.header(id, name, header));
        let fields = fields.collect();
        self.types[id].kind = Kind::Headers(ir::Struct {
            fields,
            additional: None,
            closed: false,
        });
        Some(id)
    }
}

fn status_key(code: &StatusCode) -> StatusKey {
    match code {
        StatusCode::Code(code) => StatusKey::Code(*code),
        StatusCode::Range(digit) => StatusKey::Range(*digit),
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_in, operations};

    #[test]
    fn each_status_has_its_body() {
        assert_eq!(
            operations(
                "{/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: string}}}}, 4XX: {description: d, content: {text/plain: {}}}, default: {description: d}}}}}"
            ),
            ["GET /a, 200 => Json String, 4XX => Text String, default => nothing"],
        );
    }

    #[test]
    fn what_a_response_cannot_have_is_reported() {
        for (operation, said) in [
            (
                "responses: {'200': {description: d, links: {l: {}}}}",
                "/responses/200/links: links are not carried over",
            ),
            (
                "responses: {'299x': {description: d}}",
                "/responses/299x: `299x` is no status, no range of them and not `default`",
            ),
            (
                "responses: {'200': {description: d, content: {image/png: {}, text/csv: {}}}}",
                "/responses/200/content/image~1png: the client asks for `text/csv` instead of `image/png`",
            ),
        ] {
            let paths = format!("{{/a: {{get: {{{operation}}}}}}}");
            let said = format!("warning #/paths/~1a/get{said}");
            assert_eq!(diagnostics_in(&paths), [said]);
        }
    }
}
