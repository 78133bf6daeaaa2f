//! Parts of multipart bodies: a part without a type is bytes, unless its media type says that it is JSON (OpenAPI 3.1
//! §4.8.14.3), and so is a text whose media type is none of a text.

use super::values::reached;
use crate::ir::{Api, Kind, Lowered, Media};
use crate::terms::{MediaKind, Scalar, Type, TypeId, TypeRef};

/// Makes files of such parts, in types that stand in multipart bodies and nowhere else.
pub(super) fn are_files(api: &mut Api<Lowered>) {
    let (mut parts, mut elsewhere) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.content) {
            match (media.kind, &media.value.ty) {
                (MediaKind::Multipart, Type::Definition(id)) => {
                    parts.extend(of_media(api, *id, media))
                }
                _ => media.value.definitions(&mut |id| elsewhere.push(id)),
            }
        }
        let responses = operation.success.iter().chain(&operation.errors);
        let media = responses.flat_map(|response| response.body.iter().chain(&response.events));
        media.for_each(|media| media.value.definitions(&mut |id| elsewhere.push(id)));
    }
    let payloads = api.webhooks.iter().flat_map(|webhook| &webhook.payload);
    payloads.for_each(|payload| payload.definitions(&mut |id| elsewhere.push(id)));
    let elsewhere = reached(&api.types, elsewhere);
    for (id, name, kind) in parts {
        if let Kind::Struct(object) = &mut api.types[id].kind
            && !elsewhere[id.index()]
        {
            let mut fields = object.fields.iter_mut();
            let field = fields.find(|field| field.name == name);
            field
                .into_iter()
                .for_each(|field| file(&mut field.value, kind));
        }
    }
}

/// The parts of a body: the type that declares each, its name, and the kind of its media type.
fn of_media(
    api: &Api<Lowered>,
    id: TypeId,
    media: &Media,
) -> Vec<(TypeId, String, Option<MediaKind>)> {
    let Kind::Struct(object) = &api.types[id].kind else {
        return Vec::new();
    };
    let parts = object.fields.iter().map(|field| {
        let mut encodings = media.encodings.iter();
        let encoding = encodings.find(|encoding| encoding.name == field.name);
        (
            id,
            field.name.clone(),
            encoding.and_then(|encoding| encoding.kind),
        )
    });
    parts.collect()
}

/// Makes a file of the value of a part, or of each of them.
fn file(value: &mut TypeRef, kind: Option<MediaKind>) {
    let is_file = match (&value.ty, kind) {
        (Type::Any, kind) => kind != Some(MediaKind::Json),
        (Type::Scalar(Scalar::String), kind) => kind == Some(MediaKind::Binary),
        _ => false,
    };
    match &mut value.ty {
        Type::List(item) => file(item, kind),
        ty if is_file => {
            *ty = Type::Scalar(Scalar::Binary);
            value.nullable = false;
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types_in;

    #[test]
    fn a_part_without_a_type_is_a_file() {
        let schema = "{A: {properties: {a: {}, b: {items: {}}, png: {}, json: {}, text: {type: string}, \
            image: {type: string}, html: {type: string}}}}";
        let body = |media_type: &str| {
            format!(
                "{{/a: {{put: {{requestBody: {{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/A'}}, \
                 encoding: {{png: {{contentType: 'image/png'}}, json: {{contentType: 'application/json'}}, \
                 image: {{contentType: 'image/png, image/gif'}}, html: {{contentType: 'text/html'}}}}}}}}}}, \
                 responses: {{'204': {{description: d}}}}}}}}}}"
            )
        };
        assert_eq!(
            types_in(schema, &body("multipart/form-data")),
            [
                "A {a?: Binary, b?: [Binary], png?: Binary, json?: Any, text?: String, image?: Binary, html?: String}"
            ]
        );
        let json = types_in(schema, &body("application/json"));
        assert!(
            json[0].starts_with("A {a?: Any, b?: [Any], png?: Any"),
            "{json:?}"
        );
    }
}
