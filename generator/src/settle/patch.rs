//! Merge patches: a body under `application/merge-patch+json` says with `null` that a member is to be removed
//! (RFC 7396 §1), so every member that may be absent may be `null` too, at every depth.

use crate::ir::{Api, Field, Kind, Lowered, Types};
use crate::terms::{Type, TypeId, TypeRef};

/// The media type of such bodies, without parameters.
const MEDIA_TYPE: &str = "application/merge-patch+json";

/// Lets optional properties be `null` in the types of which patches are made.
pub(super) fn allow_null(api: &mut Api<Lowered>) {
    let mut open = Vec::new();
    let bodies = api.operations.iter_mut().filter_map(|o| o.body.as_mut());
    for media in bodies.flat_map(|body| &mut body.content) {
        let essence = media.media_type.split(';').next().unwrap_or_default();
        if essence.trim().eq_ignore_ascii_case(MEDIA_TYPE) {
            patched(&mut media.value, &mut open);
        }
    }
    let mut seen = vec![false; api.types.len()];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut seen[id.index()], true) {
            patch(&mut api.types, id, &mut open);
        }
    }
}

/// Changes one type, and finds those that are patched with it.
fn patch(types: &mut Types<Lowered>, id: TypeId, open: &mut Vec<TypeId>) {
    match &mut types[id].kind {
        Kind::Struct(object) => {
            let optional = |field: &&mut Field| !field.required && field.constant.is_none();
            for field in object.fields.iter_mut().filter(optional) {
                field.value.nullable = true;
            }
            let fields = object.fields.iter_mut().map(|field| &mut field.value);
            fields.for_each(|value| patched(value, open));
            if let Some(additional) = &mut object.additional {
                additional.nullable = true;
                patched(additional, open);
            }
        }
        kind @ (Kind::Union(_) | Kind::Alias(_)) => {
            kind.parts_mut()
                .into_iter()
                .for_each(|part| patched(part, open));
        }
        Kind::Enum(_) | Kind::Headers(_) => {}
    }
}

/// Finds the types that are patched with a value. An array is replaced as a whole, so nothing in it is.
fn patched(value: &mut TypeRef, open: &mut Vec<TypeId>) {
    match &mut value.ty {
        Type::Definition(id) => open.push(*id),
        Type::Map(inner) => {
            inner.nullable = true;
            patched(inner, open);
        }
        Type::Scalar(_) | Type::List(_) | Type::Tuple(_) | Type::Object | Type::Any => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types_in;

    #[test]
    fn what_may_be_absent_may_be_null_in_a_patch() {
        let schemas = "{A: {required: [id], properties: {id: {type: integer}, name: {type: string}, \
            b: {$ref: '#/components/schemas/B'}, map: {additionalProperties: {$ref: '#/components/schemas/B'}}, \
            list: {type: array, items: {$ref: '#/components/schemas/C'}}}}, \
            B: {properties: {x: {type: integer}}}, C: {properties: {y: {type: integer}}}}";
        let with = |media_type: &str| {
            let paths = format!(
                "{{/a: {{patch: {{requestBody: {{content: {{'{media_type}': {{schema: \
                 {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{'204': {{description: d}}}}}}}}}}"
            );
            types_in(schemas, &paths)
        };
        assert_eq!(
            with("application/merge-patch+json; charset=utf-8"),
            [
                "A {id: Int64, name?: String?, b?: B?, map?: {B?}?, list?: [C]?}",
                "B {x?: Int64?}",
                "C {y?: Int64}"
            ]
        );
        assert_eq!(
            with("application/json"),
            [
                "A {id: Int64, name?: String, b?: B, map?: {B}, list?: [C]}",
                "B {x?: Int64}",
                "C {y?: Int64}"
            ]
        );
    }
}
