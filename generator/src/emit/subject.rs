//! What an item is, in a sentence, for when the document does not say.

use crate::named::{Component, Subject};

/// The sentence.
pub(super) fn sentence(subject: &Subject) -> String {
    match subject {
        Subject::Component(kind, name) => format!("{} `{name}`.", component(*kind)),
        Subject::Webhook(name) => format!("The payload of the webhook `{name}`."),
        Subject::Request { operation } => format!("The body of a `{operation}` request."),
        Subject::Response {
            operation,
            status,
            description,
        } => match description {
            Some(description) => format!("The answer of `{operation}`: {description}"),
            None => format!("The answer of `{operation}` with status {status}."),
        },
        Subject::Headers { operation, status } => {
            format!("The headers of `{operation}`'s answer with status {status}.")
        }
        Subject::Parameter { operation, name } => {
            format!("The parameter `{name}` of `{operation}`.")
        }
        Subject::Property { name, of } => match of {
            Some(schema) => format!("The member `{name}` of `{schema}`."),
            None => format!("The member `{name}`."),
        },
        Subject::Alternative(whole) => match &**whole {
            Subject::Component(Component::Schema, name) => format!("The alternative of `{name}`."),
            whole => of("The alternative", whole),
        },
        Subject::Additional(object) => of("The further members", object),
        Subject::Item(list) => of("An item", list),
        Subject::Value(map) => of("A value", map),
    }
}

/// A part of something, as `of the …`.
fn of(part: &str, whole: &Subject) -> String {
    sentence(whole).replacen("The ", &format!("{part} of the "), 1)
}

fn component(kind: Component) -> &'static str {
    match kind {
        Component::Schema => "The schema",
        Component::Request => "The body of the request",
        Component::Response => "The body of the response",
        Component::ResponseHeaders => "The headers of the response",
        Component::Parameter => "The value of the parameter",
        Component::Header => "The value of the header",
    }
}
