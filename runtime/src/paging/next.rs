//! The next page: what a response says about it, and the call that asks for it.

use http::HeaderMap;
use http::header::LINK;
use serde_json::Value;

use super::Paging;
use crate::call::Call;
use crate::codec::Fault;
use crate::response::RawResponse;

/// What leads to the next page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A parameter of the query with this value.
    Parameter(&'static str, String),
    /// A URL, absolute or relative to the one before.
    Url(String),
}

impl Next {
    /// Reads from a response how to get the next page; `None` on the last page. `taken` counts the items or
    /// pages so far.
    pub(super) fn of(
        paging: Paging,
        response: &RawResponse,
        taken: &mut u64,
    ) -> Result<Option<Self>, Fault> {
        Ok(match paging {
            Paging::LinkHeader => linked(response.headers()).map(Self::Url),
            Paging::NextUrl { next } => text(&body(response)?, next).map(Self::Url),
            Paging::Cursor { parameter, next } => {
                text(&body(response)?, next).map(|token| Self::Parameter(parameter, token))
            }
            Paging::Offset { parameter, items } => {
                let count = count(&body(response)?, items);
                *taken += count;
                (count > 0).then(|| Self::Parameter(parameter, taken.to_string()))
            }
            Paging::Page {
                parameter,
                first,
                items,
            } => {
                *taken += 1;
                let has_items = count(&body(response)?, items) > 0;
                has_items.then(|| Self::Parameter(parameter, (first + *taken).to_string()))
            }
        })
    }

    /// A string that differs for each page of a list.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Parameter(_, value) => value.clone(),
            Self::Url(url) => url.clone(),
        }
    }

    /// Turns the call for this page into the call for the next one.
    pub(super) fn apply(self, call: Call) -> Result<Call, Fault> {
        match self {
            Self::Parameter(name, value) => Ok(call.query(name, &value)),
            Self::Url(url) => call.at_url(&url),
        }
    }
}

fn body(response: &RawResponse) -> Result<Value, Fault> {
    serde_json::from_slice(response.body()).map_err(|error| Fault::new(error.to_string()))
}

/// The string or number at a JSON pointer, as text; `None` for an empty string.
fn text(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn count(body: &Value, pointer: &str) -> u64 {
    let items = body.pointer(pointer).and_then(Value::as_array);
    items.map_or(0, |items| items.len() as u64)
}

/// The target of the link whose relation is `next` (RFC 8288 §3).
fn linked(headers: &HeaderMap) -> Option<String> {
    let values = headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(links).find_map(|(target, parameters)| {
        let is_next = split(parameters, ';').into_iter().any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let mut relations = value.trim().trim_matches('"').split_whitespace();
            name.trim().eq_ignore_ascii_case("rel")
                && relations.any(|r| r.eq_ignore_ascii_case("next"))
        });
        is_next.then(|| target.to_owned())
    })
}

/// The links of a header: target and parameters.
fn links(value: &str) -> Vec<(&str, &str)> {
    let links = split(value, ',').into_iter();
    links
        .filter_map(|link| link.trim().strip_prefix('<')?.split_once('>'))
        .collect()
}

/// Splits a text at the separators that are outside of quotes and of targets (`<…>`).
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut target) = (false, false);
    let parts = text.split(|c| {
        quoted ^= c == '"' && !target;
        target = !quoted && (c == '<' || target && c != '>');
        c == separator && !quoted && !target
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_is_found_among_others() {
        let mut headers = HeaderMap::new();
        let value = "<https://a/?page=1>; rel=\"prev\"; title=\"a, <b>; rel=next\", </x?page=3,4>; foo=1; rel=\"last next\"";
        headers.insert(LINK, value.parse().unwrap());
        assert_eq!(linked(&headers).as_deref(), Some("/x?page=3,4"));
        headers.insert(LINK, "<https://a/?page=1>; rel=prev".parse().unwrap());
        assert_eq!(linked(&headers), None);
        headers.insert(LINK, "<unclosed".parse().unwrap());
        assert_eq!(linked(&headers), None);
    }
}
