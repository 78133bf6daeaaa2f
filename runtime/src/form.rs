//! Forms: bodies of type `application/x-www-form-urlencoded` and `multipart/form-data`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::body::{Body, File};
use crate::codec::{Encode, Entries, Fault, Sink, members, to_vec};
use crate::parameter::{self, Plain, Style};

/// How one member of a form is written, if not in the usual way (OpenAPI 3.1 §4.8.15).
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The member's name.
    name: &'static str,
    /// How its value becomes text.
    style: Option<Style>,
    /// Its media type.
    content_type: Option<&'static str>,
}

impl Part {
    /// The member with this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            style: None,
            content_type: None,
        }
    }

    /// Says how its value becomes text.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Says what its media type is.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }
}

/// The bytes of an `application/x-www-form-urlencoded` body.
pub(crate) fn urlencoded(value: &dyn Encode, parts: &[Part]) -> Result<Vec<u8>, Fault> {
    let mut pairs = Vec::new();
    each_member(value, &mut |name, value| {
        let part = parts.iter().find(|part| part.name == name);
        match part {
            Some(Part {
                style: Some(style), ..
            }) => pairs.extend(parameter::pairs(name, *style, value)?),
            Some(Part {
                content_type: Some(json),
                ..
            }) if json.ends_with("json") => {
                pairs.extend(parameter::pairs(name, Style::Json, value)?);
            }
            _ => {
                let member = Plain::Object(vec![(name.to_owned(), Plain::of(value)?)]);
                member.exploded("", &mut pairs);
            }
        }
        Ok(())
    })?;
    let encoded = pairs.into_iter().map(|(name, value)| {
        format!(
            "{}={}",
            parameter::percent(&name),
            parameter::percent(&value)
        )
    });
    Ok(encoded.collect::<Vec<_>>().join("&").into_bytes())
}

/// The media type and the body of a `multipart/form-data` form (RFC 7578).
pub(crate) fn multipart(value: &dyn Encode, parts: &[Part]) -> Result<(String, Body), Fault> {
    let boundary = boundary();
    let mut pieces: Vec<Body> = Vec::new();
    each_member(value, &mut |name, value| {
        let part = parts.iter().find(|part| part.name == name);
        let content_type = part.and_then(|part| part.content_type);
        let mut collector = Collector::default();
        collector.collect(value)?;
        for member in collector.members {
            let head = member.head(&boundary, name, content_type)?;
            pieces.push(Body::from(head));
            pieces.push(member.into_body());
            pieces.push(Body::from("\r\n"));
        }
        Ok(())
    })?;
    pieces.push(Body::from(format!("--{boundary}--\r\n")));
    let media_type = format!("multipart/form-data; boundary={boundary}");
    Ok((media_type, Body::chain(pieces)))
}

/// Calls `visit` for each member of an object that is there.
fn each_member(
    value: &dyn Encode,
    visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
) -> Result<(), Fault> {
    members(value, &mut |members| {
        members.each(|name, value| match value.is_absent() {
            true => Ok(()),
            false => visit(name, value).map_err(|fault| fault.in_member(name.to_owned())),
        })
    })
}

/// What one part of a form holds.
enum Member {
    Text(String),
    Json(Vec<u8>),
    File(File),
}

impl Member {
    /// The boundary and the headers before a part.
    fn head(
        &self,
        boundary: &str,
        name: &str,
        content_type: Option<&str>,
    ) -> Result<String, Fault> {
        let mut head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
            quoted(name)?
        );
        if let Self::File(file) = self {
            // A part without a file name is a text to most servers.
            let file_name = file.name().unwrap_or(name);
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)?));
        }
        let content_type = match self {
            Self::Text(_) => content_type.filter(|list| !list.contains([',', '*'])),
            Self::Json(_) => Some("application/json"),
            Self::File(file) => {
                let declared = content_type.filter(|list| !list.contains([',', '*']));
                file.content_type()
                    .or(declared)
                    .or(Some("application/octet-stream"))
            }
        };
        if let Some(content_type) = content_type {
            if content_type.contains(['\r', '\n']) {
                return Err(Fault::new("a media type must not hold line breaks"));
            }
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }

    fn into_body(self) -> Body {
        match self {
            Self::Text(text) => Body::from(text),
            Self::Json(json) => Body::from(json),
            Self::File(file) => file.body().clone(),
        }
    }
}

/// A name in quotes (RFC 7578 §4.2, as browsers write it).
fn quoted(name: &str) -> Result<String, Fault> {
    if name.contains(['\r', '\n', '\0']) {
        return Err(Fault::new("a name in a form must not hold line breaks"));
    }
    Ok(name.replace('"', "%22"))
}

/// Collects the parts of a property: one text, file or JSON object, or one part for each item of an
/// array (OpenAPI 3.1 §4.8.14), so none for an empty one. What an array holds in an array is JSON.
#[derive(Default)]
struct Collector {
    members: Vec<Member>,
    is_in_array: bool,
    /// Whether the current value becomes one part, written as JSON.
    is_whole: bool,
}

impl Collector {
    /// Adds the parts of a value.
    fn collect(&mut self, value: &dyn Encode) -> Result<(), Fault> {
        value.encode(self)?;
        if std::mem::take(&mut self.is_whole) {
            self.members.push(Member::Json(to_vec(value)?));
        }
        Ok(())
    }

    fn text(&mut self, text: String) -> Result<(), Fault> {
        self.members.push(Member::Text(text));
        Ok(())
    }
}

impl Sink for Collector {
    fn null(&mut self) -> Result<(), Fault> {
        self.text(String::new())
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

    fn file(&mut self, file: &File) -> Result<(), Fault> {
        self.members.push(Member::File(file.clone()));
        Ok(())
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        if std::mem::replace(&mut self.is_in_array, true) {
            self.is_whole = true;
            return Ok(());
        }
        for element in elements {
            self.collect(element)?;
        }
        Ok(())
    }

    fn object(&mut self, _: &Entries<'_>) -> Result<(), Fault> {
        self.is_whole = true;
        Ok(())
    }
}

/// A boundary that no part contains by accident.
fn boundary() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let address = std::ptr::from_ref(&COUNT) as usize;
    format!("clientsmith-{:x}-{address:x}-{count:x}", now.as_nanos())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;

    fn bytes(body: &Body) -> Vec<u8> {
        body.as_bytes().unwrap().to_vec()
    }

    #[test]
    fn a_form_has_a_pair_per_member() {
        let value = json!({
            "a": "x y", "b": [1, 2], "c": {"d": {"e": "f"}}, "g": null, "h": [{"i": 1}, {"i": 2}],
        });
        let form = String::from_utf8(urlencoded(&value, &[]).unwrap()).unwrap();
        assert_eq!(
            form,
            "a=x%20y&b=1&b=2&c%5Bd%5D%5Be%5D=f&h%5B0%5D%5Bi%5D=1&h%5B1%5D%5Bi%5D=2"
        );
        let deep = [Part::new("b").style(Style::DeepObject)];
        let form =
            String::from_utf8(urlencoded(&json!({"b": [1, {"c": 2}]}), &deep).unwrap()).unwrap();
        assert_eq!(form, "b%5B%5D=1&b%5B1%5D%5Bc%5D=2");
    }

    #[test]
    fn a_multipart_form_has_a_part_per_member() {
        let mut files = BTreeMap::new();
        files.insert(
            "file".to_owned(),
            File::new("a,b").named("t\"able.csv").of_type("text/csv"),
        );
        let (media_type, body) = multipart(&files, &[]).unwrap();
        let boundary = media_type.split_once("boundary=").unwrap().1;
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t%22able.csv\"\r\n\
             Content-Type: text/csv\r\n\r\na,b\r\n--{boundary}--\r\n"
        );
        assert_eq!(bytes(&body), expected.as_bytes());

        let value: Value = json!({"text": "x", "list": ["a", "b"], "object": {"c": 1}});
        let (media_type, body) = multipart(&value, &[]).unwrap();
        let boundary = media_type.split_once("boundary=").unwrap().1;
        let text = String::from_utf8(bytes(&body)).unwrap();
        assert_eq!(text.matches(&format!("--{boundary}\r\n")).count(), 4);
        assert!(
            text.contains("name=\"object\"\r\nContent-Type: application/json\r\n\r\n{\"c\":1}\r\n")
        );
    }

    #[test]
    fn an_array_has_a_part_per_item() {
        let parts = |value: Value| {
            let (_, body) = multipart(&json!({ "p": value }), &[]).unwrap();
            let text = String::from_utf8(bytes(&body)).unwrap();
            let parts = text.split("\r\n\r\n").skip(1);
            parts
                .map(|part| part.split("\r\n").next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(parts(json!([])), [""; 0]);
        assert_eq!(parts(json!(["[]", ""])), ["[]", ""]);
        assert_eq!(parts(json!([[], [1, 2], {}])), ["[]", "[1,2]", "{}"]);
        assert_eq!(parts(json!({})), ["{}"]);
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        let mut files = BTreeMap::new();
        files.insert("f".to_owned(), File::new("x").named("a\r\nX-Evil: 1"));
        assert!(multipart(&files, &[]).is_err());
    }
}
