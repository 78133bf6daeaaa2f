//! Answers: which mean success, which are errors, what body and headers each has.

use indexmap::IndexMap;
use openapiv3::{
    Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

use super::Lowering;
use crate::ir::{self, Doc, Kind, Origin, StatusKey, TypeId};
use crate::parse::{Found, place};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The documented answers of an operation: those that mean success, and the others.
    pub(super) fn responses(
        &mut self,
        responses: &Responses,
        operation: usize,
        at: &Pointer,
    ) -> (Vec<ir::Response>, Vec<ir::Response>) {
        let coded = responses.responses.iter();
        let coded = coded.map(|(code, response)| (status_key(code), response));
        let default = responses.default.iter();
        let default = default.map(|response| (StatusKey::Default, response));
        let keyed: Vec<_> = coded.chain(default).collect();

        let only = keyed.iter().filter(|(key, _)| key.is_success()).count() == 1;
        let lowered: Vec<_> = keyed
            .into_iter()
            .filter_map(|(key, response)| self.response(key, response, operation, only))
            .collect();
        let (success, errors): (Vec<_>, Vec<_>) = lowered
            .into_iter()
            .partition(|response| response.status.is_success());
        if success
            .iter()
            .filter(|response| response.body.is_some())
            .count()
            > 1
        {
            self.left_out(
                &at.child("responses"),
                "only the first success body is carried over",
            );
        }
        (success, errors)
    }

    fn response(
        &mut self,
        status: StatusKey,
        response: &ReferenceOr<Response>,
        operation: usize,
        only: bool,
    ) -> Option<ir::Response> {
        let found = self
            .document
            .find::<Response>(&place(response)?, self.diagnostics)?;
        let component = found.at.component("responses").map(String::from);
        let origin = match &component {
            Some(name) => Origin::ResponseComponent(name.clone()),
            None => Origin::Response {
                operation,
                status,
                only,
            },
        };
        let content = found.at.child("content");
        let body = self.json_media(&found.node.content, &content, origin);
        let headers_origin = match &component {
            Some(name) => Origin::ResponseComponentHeaders(name.clone()),
            None => Origin::ResponseHeaders { operation, status },
        };
        Some(ir::Response {
            status,
            component,
            doc: Doc {
                description: Some(found.node.description.clone()),
                ..Doc::default()
            },
            headers: self.headers(&found, headers_origin),
            body,
        })
    }

    /// The struct of a response's headers, if it documents any.
    fn headers(&mut self, found: &Found<Response>, origin: Origin) -> Option<TypeId> {
        if found.node.headers.is_empty() {
            return None;
        }
        if let Some(&known) = self.headers.get(&found.at) {
            return Some(known);
        }
        let id = self.types.add(ir::Definition {
            origin,
            doc: Doc::default(),
            kind: Kind::Headers(ir::Struct::default()),
            in_request: false,
            at: found.at.child("headers"),
        });
        self.headers.insert(found.at.clone(), id);
        let headers = found.node.headers.iter();
        let fields = headers.filter_map(|(name, header)| self.header(id, name, &place(header)?));
        let fields = fields.collect();
        self.types[id].kind = Kind::Headers(ir::Struct { fields });
        Some(id)
    }

    fn header(&mut self, parent: TypeId, name: &str, at: &Pointer) -> Option<ir::Field> {
        let found = self.document.find::<Header>(at, self.diagnostics)?;
        let ParameterSchemaOrContent::Schema(schema) = &found.node.format else {
            self.left_out(at, "headers with `content` are not carried over");
            return None;
        };
        let schema = place(schema)?;
        let value = self.value(
            &schema,
            Origin::Property {
                parent,
                name: name.to_owned(),
            },
        );
        if !matches!(value.ty, ir::Type::Scalar(_)) {
            self.left_out(
                at,
                "a header that is not a single value is not carried over",
            );
            return None;
        }
        let doc = self.doc_at(&schema);
        Some(ir::Field {
            name: name.to_owned(),
            required: found.node.required,
            value,
            secret: false,
            doc: Doc {
                description: found.node.description.or(doc.description),
                example: found.node.example.or(doc.example),
                deprecated: found.node.deprecated.unwrap_or_default() || doc.deprecated,
                ..Doc::default()
            },
            at: found.at,
        })
    }

    /// The JSON among the media types of a body; every other one is reported.
    pub(super) fn json_media(
        &mut self,
        content: &IndexMap<String, MediaType>,
        at: &Pointer,
        origin: Origin,
    ) -> Option<ir::Media> {
        let mut json = None;
        for (media_type, media) in content {
            if json.is_none() && media_type == "application/json" {
                json = Some(media);
            } else {
                let message = format!("a body of type `{media_type}` is not carried over");
                self.left_out(&at.child(media_type), message);
            }
        }
        let media = json?;
        let value = match media.schema.as_ref().and_then(place) {
            Some(schema) => self.value(&schema, origin),
            None => ir::Type::Any.into(),
        };
        Some(ir::Media {
            value,
            example: media.example.clone(),
        })
    }
}

fn status_key(code: &StatusCode) -> StatusKey {
    match code {
        StatusCode::Code(code) => StatusKey::Code(*code),
        StatusCode::Range(digit) => StatusKey::Range(*digit),
    }
}
