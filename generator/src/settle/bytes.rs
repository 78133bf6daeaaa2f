//! Bytes: they can stand by themselves and in forms, but not in JSON.

use super::values::reached;
use crate::ir::{Api, Lowered, Media};
use crate::terms::{MediaKind, Scalar, Type, TypeRef};

/// Bytes can stand by themselves and in forms, but not in JSON: there they are text.
pub(super) fn keep_in_forms(api: &mut Api<Lowered>) {
    let mut in_forms = Vec::new();
    let bodies = api
        .operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    for media in bodies.flat_map(|body| &mut body.content) {
        match media.kind {
            MediaKind::Form | MediaKind::Multipart => {
                media.value.definitions(&mut |id| in_forms.push(id))
            }
            _ => bytes_in_json_as_text(media),
        }
    }
    let holds_bytes = reached(&api.types, in_forms);
    for (definition, keeps) in api.types.iter_mut().zip(holds_bytes) {
        if !keeps {
            definition
                .kind
                .parts_mut()
                .into_iter()
                .for_each(bytes_as_text);
        }
    }
    for operation in &mut api.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| bytes_as_text(&mut parameter.value));
        for response in operation.success.iter_mut().chain(&mut operation.errors) {
            response
                .body
                .iter_mut()
                .chain(&mut response.events)
                .for_each(bytes_in_json_as_text);
        }
    }
}

fn bytes_in_json_as_text(media: &mut Media) {
    if media.kind != MediaKind::Binary {
        bytes_as_text(&mut media.value);
    }
}

fn bytes_as_text(value: &mut TypeRef) {
    match &mut value.ty {
        Type::Scalar(scalar) if *scalar == Scalar::Binary => *scalar = Scalar::String,
        Type::List(inner) | Type::Map(inner) => bytes_as_text(inner),
        Type::Tuple(items) => items.iter_mut().for_each(bytes_as_text),
        Type::Scalar(_) | Type::Definition(_) | Type::Object | Type::Any => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types_in;

    #[test]
    fn bytes_stay_bytes_in_forms_only() {
        let schema = "{A: {properties: {f: {type: string, format: binary}}}}";
        let body = |media_type: &str| {
            format!(
                "{{/a: {{put: {{requestBody: {{content: {{{media_type}: {{schema: \
                 {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'204': {{description: d}}}}}}}}}}"
            )
        };
        let form = types_in(schema, &body("multipart/form-data"));
        assert_eq!(form, ["A {f?: Binary}"]);
        let json = types_in(schema, &body("application/json"));
        assert_eq!(json, ["A {f?: String}"]);
    }
}
