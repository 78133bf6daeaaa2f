//! Parameters: values as text in a path or a query (OpenAPI 3.1 §4.8.12.2, RFC 6570).
//!
//! A value is first taken apart by a [`Sink`], so a model is written as a parameter by the same
//! code that writes it as JSON.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::codec::{Encode, Fault, Sink};

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What cannot stand in a path (RFC 3986 §3.3). A percent sign stays: the document wrote it.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Text in which every character that could mean something in a URL is percent-encoded.
pub(crate) fn percent(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The path of a template such as `/flows/{flowId}/runs`, its placeholders filled in order.
///
/// # Errors
///
/// A fault if a value is no scalar and no list of scalars, or if a segment would become empty, `.`
/// or `..`, which URL parsers take as a step to another place.
pub(crate) fn path(template: &str, values: &[&dyn Encode]) -> Result<String, Fault> {
    let mut path = String::with_capacity(template.len() + 36 * values.len());
    let mut values = values.iter();
    let mut rest = template;
    while let Some((literal, name, tail)) = placeholder(rest) {
        path.extend(utf8_percent_encode(literal, NOT_IN_PATH));
        if let Some(value) = values.next() {
            let value = simple(*value).map_err(|f| about(name, f))?;
            path.push_str(&value);
        }
        rest = tail;
    }
    path.extend(utf8_percent_encode(rest, NOT_IN_PATH));
    for (made, template) in path.split('/').zip(template.split('/')) {
        if template.contains('{') && matches!(made, "" | "." | "..") {
            let message = format!("`{made}` cannot stand for the path segment `{template}`");
            return Err(Fault::new(message));
        }
    }
    Ok(path)
}

/// The text before the first placeholder, the placeholder's name, and the text behind it.
fn placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}

/// A query parameter in the style `form`, exploded: `ids=1&ids=2`. Empty if there is no value.
pub(crate) fn form(name: &str, value: &dyn Encode) -> Result<String, Fault> {
    let name = percent(name);
    let pair = |text: String| format!("{name}={text}");
    let texts = match Plain::of(value)? {
        Plain::Null => Vec::new(),
        Plain::Text(text) => vec![pair(percent(&text))],
        Plain::List(items) => items.into_iter().map(|item| pair(percent(&item))).collect(),
    };
    Ok(texts.join("&"))
}

/// A path parameter in the style `simple`: `1,2`.
fn simple(value: &dyn Encode) -> Result<String, Fault> {
    Ok(match Plain::of(value)? {
        Plain::Null => String::new(),
        Plain::Text(text) => percent(&text),
        Plain::List(items) => items
            .iter()
            .map(|item| percent(item))
            .collect::<Vec<_>>()
            .join(","),
    })
}

/// A fault of a parameter's value.
pub(crate) fn about(name: &str, fault: Fault) -> Fault {
    fault.in_member(name.to_owned())
}

/// A value that has a form as a parameter.
enum Plain {
    Null,
    Text(String),
    List(Vec<String>),
}

impl Plain {
    fn of(value: &dyn Encode) -> Result<Self, Fault> {
        let mut plain = Self::Null;
        value.encode(&mut plain)?;
        Ok(plain)
    }

    fn text(&mut self, text: String) -> Result<(), Fault> {
        *self = Self::Text(text);
        Ok(())
    }
}

impl Sink for Plain {
    fn null(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn integer(&mut self, value: i64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn unsigned(&mut self, value: u64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.text(value.to_owned())
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        let mut items = Vec::new();
        for element in elements {
            match Self::of(element)? {
                Self::Text(text) => items.push(text),
                Self::Null => {}
                Self::List(_) => return Err(Fault::new("a list in a list has no form in a URL")),
            }
        }
        *self = Self::List(items);
        Ok(())
    }

    fn object(&mut self, _: &mut dyn Iterator<Item = (&str, &dyn Encode)>) -> Result<(), Fault> {
        Err(Fault::new("an object has no form in a URL in this style"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_in_its_segment() {
        let make = |value: &str| path("/a/{b}/c", &[&value]);
        assert_eq!(make("x").unwrap(), "/a/x/c");
        assert_eq!(make("x/y ?#é").unwrap(), "/a/x%2Fy%20%3F%23%C3%A9/c");
        assert_eq!(make("{b}").unwrap(), "/a/%7Bb%7D/c");
        for refused in ["", ".", ".."] {
            assert!(make(refused).is_err(), "{refused:?}");
        }
        assert_eq!(make("%2e%2e").unwrap(), "/a/%252e%252e/c");
        assert_eq!(make("...").unwrap(), "/a/.../c");
    }

    #[test]
    fn placeholders_are_filled_in_order() {
        let filled = path("/{a}/{b}.{c}", &[&1, &"x", &true]).unwrap();
        assert_eq!(filled, "/1/x.true");
    }

    #[test]
    fn a_list_repeats_its_name() {
        assert_eq!(form("a b", &vec![1, 2]).unwrap(), "a%20b=1&a%20b=2");
        assert_eq!(form("q", &"a&b=c").unwrap(), "q=a%26b%3Dc");
        assert_eq!(form("q", &None::<i64>).unwrap(), "");
    }
}
