//! Bodies: what a request or a response carries, by media type.

use indexmap::IndexMap;
use openapiv3::{MediaType, RequestBody};
use serde_json::Value;

use super::Lowering;
use super::parameter::query_style;
use crate::ir::{self, Media, Origin};
use crate::parse::place;
use crate::pointer::Pointer;
use crate::terms::{self, Doc, Encoding, MediaKind, Scalar};

/// Whether a name under `content` can be one of a media type.
fn is_media_type(name: &str) -> bool {
    name.contains('/')
}

/// A media type's name without parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}

/// Whether a media type is JSON (RFC 6838 §4.2.8, RFC 8259).
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// How a body of a media type is written and read.
pub(super) fn kind(media_type: &str) -> MediaKind {
    if is_json(media_type) {
        return MediaKind::Json;
    }
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "text/event-stream" => MediaKind::EventStream,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/stream+json" => MediaKind::JsonLines,
        essence if essence.starts_with("multipart/") => MediaKind::Multipart,
        essence
            if essence.starts_with("text/")
                || essence.ends_with("xml")
                || essence.ends_with("yaml") =>
        {
            MediaKind::Text
        }
        "application/jwt" | "application/jose" | "application/graphql" | "application/sql" => {
            MediaKind::Text
        }
        _ => MediaKind::Binary,
    }
}

impl Lowering<'_> {
    /// The body of an operation's request.
    pub(super) fn request_body(&mut self, at: &Pointer, operation: usize) -> Option<ir::Body> {
        let found = self.document.find::<RequestBody>(at, self.diagnostics)?;
        let component = found.at.component("requestBodies").map(String::from);
        let several = found.node.content.len() > 1;
        let origin = |media_type: &str| match &component {
            Some(name) => Origin::RequestComponent(name.clone()),
            None => Origin::Request {
                operation,
                media: several.then(|| essence(media_type)),
            },
        };
        let content = self.content(&found.node.content, &found.at.child("content"), origin);
        let mut content = self.one_of_each_kind(content, &found.at.child("content"));
        for media in content
            .iter_mut()
            .filter(|media| media.kind == MediaKind::EventStream)
        {
            // Only servers send events.
            (media.kind, media.value) = (MediaKind::Text, Scalar::String.into());
        }
        if content.is_empty() {
            return None;
        }
        let media = found.node.content.iter();
        let media = media.filter(|(media_type, _)| is_media_type(media_type));
        let first = media.min_by_key(|(media_type, _)| preference(media_type));
        Some(ir::Body {
            required: found.node.required,
            content,
            example: first.and_then(|(_, media)| self.example(media)),
            doc: Doc {
                description: found.node.description.map(Into::into),
                ..Doc::default()
            },
        })
    }

    /// The media types under `content`: `application/json` first, the others by name, whatever their order in
    /// the document.
    pub(super) fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        at: &Pointer,
        origin: impl Fn(&str) -> Origin,
    ) -> Vec<Media> {
        let mut all = Vec::with_capacity(content.len());
        let mut sorted: Vec<_> = content.iter().collect();
        sorted.sort_by_key(|(media_type, _)| preference(media_type));
        for (media_type, media) in sorted {
            if !is_media_type(media_type) {
                self.left_out(
                    &at.child(media_type),
                    format!("`{media_type}` is no media type"),
                );
                continue;
            }
            all.push(self.media(media_type, media, origin(media_type), &at.child(media_type)));
        }
        all
    }

    fn media(
        &mut self,
        media_type: &str,
        media: &MediaType,
        origin: Origin,
        at: &Pointer,
    ) -> Media {
        let schema = media.schema.as_ref().and_then(place);
        let mut kind = kind(media_type);
        if essence(media_type) == "*/*" {
            kind = self.kind_of_anything(schema.as_ref());
        }
        let mut value = match (kind, &schema) {
            (MediaKind::Text, _) => Scalar::String.into(),
            (MediaKind::Binary, _) => Scalar::Binary.into(),
            (_, Some(schema)) => self.schema(schema, origin),
            (_, None) => terms::Type::Any.into(),
        };
        if let (MediaKind::EventStream | MediaKind::JsonLines, terms::Type::List(item)) =
            (kind, &value.ty)
        {
            // The list stands for the whole stream, so one event or line has the type of an item.
            value = (**item).clone();
        }
        let mut encodings: Vec<_> = media.encoding.iter().collect();
        encodings.sort_by_key(|(name, _)| *name);
        let encodings = encodings.into_iter().map(|(name, encoding)| {
            let explode = self.explode(&at.descend(&["encoding", name, "explode"]));
            Encoding {
                name: name.clone(),
                style: encoding
                    .style
                    .as_ref()
                    .map(|style| query_style(style, explode, false)),
                content_type: encoding.content_type.clone(),
                kind: encoding.content_type.as_deref().map(self::kind),
            }
        });
        Media {
            media_type: match essence(media_type).as_str() {
                "*/*" | "application/*" => default_media_type(kind).to_owned(),
                essence if kind == MediaKind::Json && essence.contains('*') => {
                    "application/json".to_owned()
                }
                _ => media_type.trim().to_owned(),
            },
            kind,
            value,
            encodings: encodings.collect(),
        }
    }

    /// What the document gives as an example of a whole body.
    fn example(&self, media: &MediaType) -> Option<Value> {
        media.example.clone().or_else(|| {
            let (_, first) = media.examples.iter().min_by_key(|(name, _)| *name)?;
            let first = place(first)?;
            let example = self.document.value(&self.document.end(&first))?;
            example.get("value").cloned()
        })
    }

    /// The `explode` of an encoding if it is given. `openapiv3` reads a missing one as `false`, but its default
    /// depends on the style.
    fn explode(&self, at: &Pointer) -> Option<bool> {
        self.document.value(at)?.as_bool()
    }

    /// How a body of `*/*` is read: as bytes if it has no schema or one of the format `binary`, else as JSON.
    fn kind_of_anything(&mut self, schema: Option<&Pointer>) -> MediaKind {
        let Some(schema) = schema else {
            return MediaKind::Binary;
        };
        match self.shape(schema).format.as_deref() {
            Some("binary") => MediaKind::Binary,
            _ => MediaKind::Json,
        }
    }

    /// The first body of each kind. Further bodies of the same kind are reported unless they have the same
    /// type.
    pub(super) fn one_of_each_kind(&mut self, content: Vec<Media>, at: &Pointer) -> Vec<Media> {
        let mut kept: Vec<Media> = Vec::with_capacity(content.len());
        for media in content {
            match kept.iter().find(|other| other.kind == media.kind) {
                None => kept.push(media),
                Some(other) if other.value.ty == media.value.ty => {}
                Some(other) => {
                    let message = format!(
                        "a body of type `{}` is not carried over beside `{}`",
                        media.media_type, other.media_type
                    );
                    self.left_out(&at.child(&media.media_type), message);
                }
            }
        }
        kept
    }
}

/// The sort key of a media type: `application/json` comes first, the others follow by name.
fn preference(media_type: &str) -> (bool, &str) {
    (essence(media_type) != "application/json", media_type)
}

fn default_media_type(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::operations;

    #[test]
    fn a_body_is_what_its_media_type_says() {
        for (content, expected) in [
            (
                "{application/json: {schema: {type: string}}}",
                "Json String",
            ),
            (
                "{application/vnd.a+json: {schema: {type: integer}}}",
                "Json Int64",
            ),
            ("{text/plain: {schema: {type: string}}}", "Text String"),
            ("{application/octet-stream: {}}", "Binary Binary"),
            (
                "{multipart/form-data: {schema: {properties: {f: {type: string, format: binary}}}}}",
                "Multipart Request",
            ),
            (
                "{application/x-www-form-urlencoded: {schema: {properties: {a: {type: string}}}}}",
                "Form Request",
            ),
        ] {
            let paths = format!(
                "{{/a: {{put: {{requestBody: {{content: {content}}}, responses: {{'204': {{description: d}}}}}}}}}}"
            );
            assert_eq!(
                operations(&paths),
                [format!("PUT /a, {expected}, 204 => nothing")],
                "{content}"
            );
        }
    }
}
