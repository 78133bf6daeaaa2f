//! Parameters: values as text in a path, a query, a header or a cookie (OpenAPI 3.1 §4.8.12.3,
//! RFC 6570).
//!
//! A value is first taken apart by a [`Sink`](crate::codec::Sink), so a model is written as a
//! parameter by the same code that writes it as JSON.

mod path;
mod plain;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::codec::{Encode, Fault, to_vec};
pub(crate) use path::path;
pub(crate) use plain::Plain;

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// As [`RESERVED`], but for the characters that `allowReserved` lets stand (RFC 3986 §2.2), without
/// those that would end the pair or the query.
const KEPT: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// How a value is written into a query, a form or a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `ids=1&ids=2`, `a=1&b=2`: each part a pair of its own.
    Exploded,
    /// As `Exploded`, with the characters that RFC 3986 §2.2 reserves left as they are.
    ExplodedReserved,
    /// `ids=1,2`: all in one pair.
    Form,
    /// As `Form`, with the characters that RFC 3986 §2.2 reserves left as they are.
    FormReserved,
    /// `ids=1%202`.
    SpaceDelimited,
    /// `ids=1|2`.
    PipeDelimited,
    /// `filter[a]=1&filter[b][c]=2`.
    DeepObject,
    /// JSON in one pair.
    Json,
}

impl Style {
    /// What stands between the items of a list in one pair of a query.
    fn separator(self) -> Option<&'static str> {
        match self {
            Self::Form | Self::FormReserved => Some(","),
            Self::SpaceDelimited => Some("%20"),
            Self::PipeDelimited => Some("|"),
            _ => None,
        }
    }

    fn characters(self) -> &'static AsciiSet {
        match self {
            Self::ExplodedReserved | Self::FormReserved => KEPT,
            _ => RESERVED,
        }
    }
}

/// Percent-encodes all characters of a text but the unreserved ones of RFC 3986 §2.3.
pub(crate) fn percent(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The pairs that a value makes in a query or a form; none if there is no value.
pub(crate) fn pairs(
    name: &str,
    style: Style,
    value: &dyn Encode,
) -> Result<Vec<(String, String)>, Fault> {
    if style == Style::Json {
        if value.is_absent() {
            return Ok(Vec::new());
        }
        let json = String::from_utf8_lossy(&to_vec(value)?).into_owned();
        return Ok(vec![(name.to_owned(), json)]);
    }
    let plain = Plain::of(value)?;
    let mut pairs = Vec::new();
    match style {
        Style::DeepObject => plain.deep(name, &mut pairs),
        Style::Exploded | Style::ExplodedReserved => plain.exploded(name, &mut pairs),
        Style::SpaceDelimited => {
            pairs.extend(plain.joined(" ").map(|text| (name.to_owned(), text)))
        }
        Style::PipeDelimited => pairs.extend(plain.joined("|").map(|text| (name.to_owned(), text))),
        _ => pairs.extend(plain.joined(",").map(|text| (name.to_owned(), text))),
    }
    Ok(pairs)
}

/// The pairs of a value as they stand in a query.
pub(crate) fn query(name: &str, style: Style, value: &dyn Encode) -> Result<String, Fault> {
    let characters = style.characters();
    let encode = |text: &str| utf8_percent_encode(text, characters).to_string();
    if let Some(separator) = style.separator() {
        // Items are encoded one by one, so that a separator inside one is no separator.
        let text = Plain::of(value)?.map(&encode).joined(separator);
        return Ok(text
            .map(|text| format!("{}={text}", percent(name)))
            .unwrap_or_default());
    }
    let pairs = pairs(name, style, value)?;
    let encoded = pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", percent(&name), encode(&value)));
    Ok(encoded.collect::<Vec<_>>().join("&"))
}

/// A value as the text of a header (style `simple`): `1,2`, `a,1,b,2`, exploded `a=1,b=2`.
pub(crate) fn simple(explode: bool, value: &dyn Encode) -> Result<Option<String>, Fault> {
    let plain = Plain::of(value)?;
    Ok(if explode {
        plain.joined_pairs(",")
    } else {
        plain.joined(",")
    })
}

/// A value as cookies: `name=value`, one each if exploded.
pub(crate) fn cookies(name: &str, style: Style, value: &dyn Encode) -> Result<Vec<String>, Fault> {
    let pairs = pairs(name, style, value)?;
    Ok(pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", percent(&name), percent(&value)))
        .collect())
}

/// Adds the name of a parameter to a fault in its value.
pub(crate) fn about(name: &str, fault: Fault) -> Fault {
    fault.in_member(name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn written(style: Style, value: &dyn Encode) -> String {
        query("p", style, value).unwrap()
    }

    #[test]
    fn styles_are_those_of_the_specification() {
        let list = vec!["blue".to_owned(), "black".to_owned()];
        let object: BTreeMap<String, i64> = [("R", 100), ("G", 200)]
            .map(|(name, value)| (name.to_owned(), value))
            .into();
        assert_eq!(written(Style::Exploded, &list), "p=blue&p=black");
        assert_eq!(written(Style::Form, &list), "p=blue,black");
        assert_eq!(written(Style::SpaceDelimited, &list), "p=blue%20black");
        assert_eq!(written(Style::PipeDelimited, &list), "p=blue|black");
        assert_eq!(written(Style::Exploded, &object), "G=200&R=100");
        assert_eq!(written(Style::Form, &object), "p=G,200,R,100");
        assert_eq!(
            written(Style::DeepObject, &object),
            "p%5BG%5D=200&p%5BR%5D=100"
        );
        assert_eq!(
            written(Style::Json, &list),
            "p=%5B%22blue%22%2C%22black%22%5D"
        );
        assert_eq!(simple(false, &object).unwrap().unwrap(), "G,200,R,100");
        assert_eq!(simple(true, &object).unwrap().unwrap(), "G=200,R=100");
        assert_eq!(
            cookies("p", Style::Form, &list).unwrap(),
            ["p=blue%2Cblack"]
        );
    }

    #[test]
    fn fields_of_a_form_are_joined_before_they_are_encoded() {
        let list = vec!["blue".to_owned(), "black".to_owned()];
        let field = |style| pairs("p", style, &list).unwrap();
        let one = |text: &str| vec![("p".to_owned(), text.to_owned())];
        assert_eq!(field(Style::Form), one("blue,black"));
        assert_eq!(field(Style::SpaceDelimited), one("blue black"));
        assert_eq!(field(Style::PipeDelimited), one("blue|black"));
        assert_eq!(field(Style::Json), one(r#"["blue","black"]"#));
        assert_eq!(field(Style::Exploded), [one("blue"), one("black")].concat());
    }

    #[test]
    fn what_means_something_in_a_url_is_encoded() {
        assert_eq!(written(Style::Form, &vec!["a,b", "c"]), "p=a%2Cb,c");
        assert_eq!(
            written(Style::Exploded, &"a&b=c d#é"),
            "p=a%26b%3Dc%20d%23%C3%A9"
        );
        assert_eq!(
            written(Style::ExplodedReserved, &"a/b:c&d#e"),
            "p=a/b:c%26d%23e"
        );
        assert_eq!(query("a b", Style::Exploded, &1).unwrap(), "a%20b=1");
    }

    #[test]
    fn what_is_absent_is_not_written() {
        assert_eq!(written(Style::Exploded, &None::<i64>), "");
        assert_eq!(written(Style::Exploded, &Vec::<i64>::new()), "");
        assert_eq!(written(Style::Json, &None::<i64>), "");
        assert_eq!(written(Style::Exploded, &""), "p=");
    }
}
