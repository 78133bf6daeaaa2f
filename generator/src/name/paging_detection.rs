//! Detection of paging: what the document leaves no doubt about, where the configuration asks for it.

use super::paging::resolved;
use crate::config::{Cursor, Pagination};
use crate::named::{Definition, Field, Kind, Operation, Output};
use crate::terms::{ParameterLocation, Type, TypeRef};

/// Parameters that take a token, each with the properties that hold it in responses.
const TOKENS: [(&str, &[&str]); 5] = [
    ("cursor", &["next_cursor", "nextCursor"]),
    ("page_token", &["next_page_token"]),
    ("pageToken", &["nextPageToken"]),
    ("next_token", &["next_token"]),
    ("nextToken", &["nextToken"]),
];

/// Properties that are known to wrap the token of the next page.
const AROUND: [&str; 5] = ["meta", "metadata", "pagination", "paging", "page_info"];

/// How an operation's list comes in pages, if only one reading is possible: there is one list in the
/// response, and either a token beside it for a parameter of that name, or a documented header `Link`.
pub(super) fn detect(operation: &Operation, types: &[Definition]) -> Option<Pagination> {
    if operation.method != http::Method::GET {
        return None;
    }
    let Output::One(answer) = &operation.output else {
        return None;
    };
    let items = only_list(&answer.value, types)?;
    let mut pagination = Pagination {
        items,
        ..Pagination::default()
    };
    if has_link(operation, types) {
        pagination.link_header = true;
        return Some(pagination);
    }
    let takes = |name: &str| {
        operation
            .setters
            .iter()
            .any(|p| p.name.wire == name && p.location == ParameterLocation::Query)
    };
    let mut found = TOKENS
        .iter()
        .filter(|(parameter, _)| takes(parameter))
        .filter_map(|(parameter, members)| {
            let next = members
                .iter()
                .find_map(|member| place_of(&answer.value, member, types))?;
            Some(Cursor {
                parameter: (*parameter).to_owned(),
                next,
            })
        });
    pagination.cursor = Some(found.next()?);
    found.next().is_none().then_some(pagination)
}

/// Where the one list of a response stands: empty if it is the response.
fn only_list(answer: &TypeRef, types: &[Definition]) -> Option<String> {
    if matches!(resolved(answer, types).ty, Type::List(_)) {
        return Some(String::new());
    }
    let is_list = |field: &&Field| matches!(resolved(&field.value, types).ty, Type::List(_));
    let mut lists = fields(answer, types).iter().filter(is_list);
    let only = lists.next()?;
    lists.next().is_none().then(|| only.name.wire.clone())
}

/// The path of a property in a response: at its top level, or in one of the [`AROUND`] properties.
fn place_of(answer: &TypeRef, member: &str, types: &[Definition]) -> Option<String> {
    let has = |value: &TypeRef| {
        fields(value, types)
            .iter()
            .any(|field| field.name.wire == member)
    };
    if has(answer) {
        return Some(member.to_owned());
    }
    let around = fields(answer, types)
        .iter()
        .filter(|field| AROUND.contains(&field.name.wire.as_str()));
    let mut around = around.filter(|field| has(&field.value));
    around
        .next()
        .map(|field| format!("{}.{member}", field.name.wire))
}

/// The properties of an object; none of anything else.
fn fields<'t>(value: &'t TypeRef, types: &'t [Definition]) -> &'t [Field] {
    match resolved(value, types).ty {
        Type::Definition(id) => match &types[id.index()].kind {
            Kind::Struct(object) => &object.fields,
            _ => &[],
        },
        _ => &[],
    }
}

/// Whether a success documents the header `Link`.
fn has_link(operation: &Operation, types: &[Definition]) -> bool {
    operation
        .headers
        .is_some_and(|id| match &types[id.index()].kind {
            Kind::Headers(fields) => fields
                .iter()
                .any(|field| field.name.wire.eq_ignore_ascii_case("link")),
            _ => false,
        })
}
