//! Paths: templates with their placeholders filled.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Plain, about, percent};
use crate::codec::{Encode, Fault};

/// The characters that must be encoded in the literal parts of a template (RFC 3986 §3.3). A percent sign is
/// kept: there it is part of an encoding that the document already has.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path of a template such as `/flows/{flowId}/runs`, its placeholders filled in order.
///
/// A placeholder is written as in RFC 6570: `{id}` in the style `simple`, `{.id}` as `label`, `{;id}` as
/// `matrix`, with a `*` at its end if it is exploded.
///
/// # Errors
///
/// A fault if a segment would become empty, `.` or `..`, which URL parsers take as a step to another
/// place.
pub(crate) fn path(template: &str, values: &[&dyn Encode]) -> Result<String, Fault> {
    let mut path = String::with_capacity(template.len() + 36 * values.len());
    let mut values = values.iter();
    let mut rest = template;
    while let Some((literal, placeholder, tail)) = split(rest) {
        path.extend(utf8_percent_encode(literal, NOT_IN_PATH));
        if let Some(value) = values.next() {
            let placeholder = Placeholder::new(placeholder);
            let text = placeholder
                .fill(*value)
                .map_err(|fault| about(placeholder.name, fault))?;
            path.push_str(&text);
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

/// The text before the first placeholder, what stands between its braces, and the text behind it.
fn split(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (placeholder, tail) = rest.split_once('}')?;
    Some((literal, placeholder, tail))
}

/// A place for a value, and how the value is written there.
struct Placeholder<'t> {
    name: &'t str,
    operator: char,
    explode: bool,
}

impl<'t> Placeholder<'t> {
    fn new(text: &'t str) -> Self {
        let (text, explode) = match text.strip_suffix('*') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let operator = text.chars().next().filter(|c| ['.', ';'].contains(c));
        let name = text.trim_start_matches(['.', ';']);
        Self {
            name: if name.is_empty() { text } else { name },
            operator: operator.unwrap_or(' '),
            explode,
        }
    }

    fn fill(&self, value: &dyn Encode) -> Result<String, Fault> {
        let plain = Plain::of(value)?.map(&percent);
        Ok(match self.operator {
            '.' => self.label(plain),
            ';' => self.matrix(plain),
            _ if self.explode => plain.joined_pairs(",").unwrap_or_default(),
            _ => plain.joined(",").unwrap_or_default(),
        })
    }

    /// `.1.2`, `.a=1.b=2`; not exploded `.1,2`.
    fn label(&self, plain: Plain) -> String {
        let text = match self.explode {
            true => plain.joined_pairs("."),
            false => plain.joined(","),
        };
        text.map(|text| format!(".{text}")).unwrap_or_default()
    }

    /// `;ids=1;ids=2`, `;a=1;b=2`; not exploded `;ids=1,2`.
    fn matrix(&self, plain: Plain) -> String {
        let mut pairs = Vec::new();
        match self.explode {
            true => plain.exploded(self.name, &mut pairs),
            false => pairs.extend(plain.joined(",").map(|text| (self.name.to_owned(), text))),
        }
        pairs
            .into_iter()
            .map(|(name, value)| format!(";{name}={value}"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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
    fn styles_are_those_of_the_specification() {
        let list = vec![3, 4, 5];
        let object: BTreeMap<String, String> = [("role", "admin"), ("name", "a,b")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        for (template, of_list, of_object) in [
            ("/{p}", "/3,4,5", "/name,a%2Cb,role,admin"),
            ("/{p*}", "/3,4,5", "/name=a%2Cb,role=admin"),
            ("/{.p}", "/.3,4,5", "/.name,a%2Cb,role,admin"),
            ("/{.p*}", "/.3.4.5", "/.name=a%2Cb.role=admin"),
            ("/{;p}", "/;p=3,4,5", "/;p=name,a%2Cb,role,admin"),
            ("/{;p*}", "/;p=3;p=4;p=5", "/;name=a%2Cb;role=admin"),
        ] {
            assert_eq!(path(template, &[&list]).unwrap(), of_list, "{template}");
            assert_eq!(path(template, &[&object]).unwrap(), of_object, "{template}");
        }
    }
}
