//! Directions: which types requests and responses hold.

use super::values::reached;
use crate::config::ReadOnly;
use crate::ir::{Access, Api, Kind, Lowered, Struct};
use crate::terms::TypeId;

/// Which types can be part of a request and which of a response, by [`TypeId::index`].
pub(super) struct Directions {
    pub(super) in_request: Vec<bool>,
    pub(super) in_response: Vec<bool>,
}

impl Directions {
    /// Finds the directions of all types, and makes fields optional that one direction of their type leaves
    /// out.
    pub(super) fn of(api: &mut Api<Lowered>, read_only: ReadOnly) -> Self {
        let directions = Self {
            in_request: reached(&api.types, sent(api)),
            in_response: reached(&api.types, received(api)),
        };
        for (index, lowered) in api.types.iter_mut().enumerate() {
            if let Kind::Struct(object) = &mut lowered.kind {
                let (in_request, in_response) =
                    (directions.in_request[index], directions.in_response[index]);
                relax(
                    object,
                    in_request || read_only == ReadOnly::Optional,
                    in_response,
                );
            }
        }
        directions
    }

    /// The types that no operation and no webhook reaches.
    pub(super) fn unreached(&self) -> Vec<bool> {
        let both = self.in_request.iter().zip(&self.in_response);
        both.map(|(sent, received)| !sent && !received).collect()
    }
}

/// The types that requests name.
fn sent(api: &Api<Lowered>) -> Vec<TypeId> {
    let mut sent = Vec::new();
    for operation in &api.operations {
        let parameters = operation.parameters.iter();
        parameters.for_each(|p| p.value.definitions(&mut |id| sent.push(id)));
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| media.value.definitions(&mut |id| sent.push(id)));
    }
    sent
}

/// The types that responses and webhooks name.
fn received(api: &Api<Lowered>) -> Vec<TypeId> {
    let mut received = Vec::new();
    let operations = api.operations.iter();
    for response in operations.flat_map(|o| o.success.iter().chain(&o.errors)) {
        received.extend(response.headers);
        let media = response.body.iter().chain(&response.events);
        media.for_each(|media| media.value.definitions(&mut |id| received.push(id)));
    }
    let payloads = api.webhooks.iter().flat_map(|webhook| &webhook.payload);
    payloads.for_each(|payload| payload.definitions(&mut |id| received.push(id)));
    received
}

/// Makes the fields optional that a direction of their type leaves out.
fn relax(object: &mut Struct, in_request: bool, in_response: bool) {
    for field in &mut object.fields {
        let left_out = match field.access {
            Access::Both => false,
            Access::ReadOnly => in_request,
            Access::WriteOnly => in_response,
        };
        let is_sent = in_request && field.access == Access::WriteOnly;
        field.asked = field.required && left_out && is_sent;
        field.required &= !left_out;
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types_in;

    /// One schema that operations use: its read-only and its write-only property are required.
    fn with(operation: &str) -> Vec<String> {
        let schema = "{A: {required: [id, key], properties: {\
                      id: {type: string, readOnly: true}, key: {type: string, writeOnly: true}}}}";
        types_in(schema, &format!("{{/a: {{put: {{{operation}}}}}}}"))
    }

    #[test]
    fn what_a_direction_leaves_out_is_optional() {
        let content = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}";
        let sent = format!("requestBody: {{{content}}}");
        let received = |body: &str| format!("responses: {{'200': {{description: d{body}}}}}");
        assert_eq!(with(&received("")), ["A {id: String, key: String}"]);
        assert_eq!(
            with(&format!("{sent}, {}", received(""))),
            ["A {id?: String, key: String}"]
        );
        assert_eq!(
            with(&received(&format!(", {content}"))),
            ["A {id: String, key?: String}"]
        );
        assert_eq!(
            with(&format!("{sent}, {}", received(&format!(", {content}")))),
            ["A {id?: String, key?: String}"]
        );
    }
}
