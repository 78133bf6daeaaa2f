//! Equality: when a value that was decoded and encoded counts as the same.
//!
//! The same members, numbers by value, moments by instant. An absent member and a `null` that the
//! schema does not allow are the same, and members that the schema does not declare may be left out.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// Which clauses of equality were needed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Excuses {
    pub(crate) null_left_out: bool,
    pub(crate) undeclared_left_out: bool,
}

/// A comparison of two values by the schemas of a document.
pub(crate) struct Comparison<'d> {
    document: &'d Value,
    pub(crate) excuses: Excuses,
}

/// How deep schemas are followed into each other.
const DEPTH: usize = 24;

impl<'d> Comparison<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self {
            document,
            excuses: Excuses::default(),
        }
    }

    /// Compares by the schema at a place.
    pub(crate) fn compare(&mut self, old: &Value, new: &Value, schema: &str) -> Result<(), String> {
        let schemas: Vec<&Value> = self.document.pointer(schema).into_iter().collect();
        self.values(old, new, &schemas, "")
    }

    fn values(
        &mut self,
        old: &Value,
        new: &Value,
        schemas: &[&'d Value],
        path: &str,
    ) -> Result<(), String> {
        let schemas = self.all(schemas);
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => self.objects(old, new, &schemas, path),
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    let items = items(&schemas, index);
                    self.values(old, new, &items, &format!("{path}[{index}]"))?;
                }
                Ok(())
            }
            _ if scalars_are_equal(old, new) => Ok(()),
            _ => Err(format!("{path}: {} became {}", short(old), short(new))),
        }
    }

    fn objects(
        &mut self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        schemas: &[&'d Value],
        path: &str,
    ) -> Result<(), String> {
        for (name, value) in old {
            let members = members(schemas, name);
            let at = format!("{path}.{name}");
            match new.get(name) {
                Some(new) => self.values(value, new, &members, &at)?,
                None if members.is_empty() => self.excuses.undeclared_left_out = true,
                None if value.is_null() && !self.allow_null(&members) => {
                    self.excuses.null_left_out = true;
                }
                None => return Err(format!("{at}: {} was left out", short(value))),
            }
        }
        match new.keys().find(|name| !old.contains_key(*name)) {
            Some(name) => Err(format!("{path}.{name} was not there")),
            None => Ok(()),
        }
    }

    /// The schemas and all that they are made of.
    fn all(&self, schemas: &[&'d Value]) -> Vec<&'d Value> {
        let mut found: Vec<&'d Value> = Vec::new();
        let mut open: Vec<(&'d Value, usize)> = schemas.iter().map(|schema| (*schema, 0)).collect();
        while let Some((schema, depth)) = open.pop() {
            if depth > DEPTH || found.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            found.push(schema);
            let target = schema
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|r| self.target(r));
            open.extend(target.map(|target| (target, depth + 1)));
            for keyword in ["allOf", "anyOf", "oneOf"] {
                let parts = schema.get(keyword).and_then(Value::as_array);
                open.extend(parts.into_iter().flatten().map(|part| (part, depth + 1)));
            }
        }
        found
    }

    fn target(&self, reference: &str) -> Option<&'d Value> {
        let pointer = reference.strip_prefix('#')?;
        self.document
            .pointer(pointer)
            .or_else(|| self.document.pointer(&unescape(pointer)))
    }

    /// Whether `null` may stand for a value of one of the schemas.
    fn allow_null(&self, schemas: &[&'d Value]) -> bool {
        self.all(schemas).iter().any(|schema| {
            let of_type = match schema.get("type") {
                Some(Value::String(ty)) => ty == "null",
                Some(Value::Array(types)) => types.iter().any(|ty| ty == "null"),
                _ => false,
            };
            let is_any = schema.as_object().is_some_and(|members| {
                ![
                    "type",
                    "$ref",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "properties",
                    "enum",
                    "items",
                ]
                .iter()
                .any(|keyword| members.contains_key(*keyword))
            });
            let listed = schema.get("enum").and_then(Value::as_array);
            let nullable = schema.get("nullable") == Some(&Value::Bool(true));
            of_type
                || is_any
                || nullable
                || listed.is_some_and(|values| values.contains(&Value::Null))
        })
    }
}

/// The schemas of an object's member; none if it is not declared and not kept.
fn members<'d>(schemas: &[&'d Value], name: &str) -> Vec<&'d Value> {
    let declared = schemas
        .iter()
        .filter_map(|schema| schema.get("properties")?.get(name));
    let declared: Vec<&Value> = declared.collect();
    if !declared.is_empty() {
        return declared;
    }
    let others = schemas.iter().flat_map(|schema| {
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let patterns = patterns.into_iter().flat_map(Map::values);
        schema
            .get("additionalProperties")
            .into_iter()
            .chain(patterns)
    });
    others
        .filter(|schema| **schema != Value::Bool(false))
        .collect()
}

fn items<'d>(schemas: &[&'d Value], index: usize) -> Vec<&'d Value> {
    let of = |schema: &&'d Value| {
        let prefix = schema.get("prefixItems").and_then(|items| items.get(index));
        prefix.or_else(|| schema.get("items"))
    };
    schemas.iter().filter_map(of).collect()
}

fn scalars_are_equal(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(old), Value::Number(new)) => old == new || old.as_f64() == new.as_f64(),
        (Value::String(old), Value::String(new)) => {
            let instants = || Some((moment(old)?, moment(new)?));
            old == new
                || instants().is_some_and(|(old, new)| old == new)
                || is_uuid(new) && old.eq_ignore_ascii_case(new)
        }
        (old, new) => old == new,
    }
}

/// Whether a text is a UUID, of which the case of the letters says nothing (RFC 9562 §4).
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(is_hex)
}

/// The instant that a text names, to the nanosecond, in RFC 3339 or one of the spellings near it.
fn moment(text: &str) -> Option<Timestamp> {
    const NANOSECONDS: usize = 9;
    let mut spelled = text.trim().replacen(' ', "T", 1);
    if let Some(fraction) = spelled.find('.').map(|point| point + 1) {
        let digits = spelled[fraction..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if digits > NANOSECONDS {
            spelled.replace_range(fraction + NANOSECONDS..fraction + digits, "");
        }
    }
    let spelled = match spelled.rsplit_once('T') {
        Some((_, time)) if !time.contains(['Z', 'z', '+', '-']) => format!("{spelled}Z"),
        _ => spelled,
    };
    spelled.parse().ok()
}

/// A value in few characters.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A pointer whose percent escapes are undone.
fn unescape(pointer: &str) -> String {
    let bytes = pointer.as_bytes();
    let mut unescaped = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| pointer.get(at + 1..at + 3))
            .flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                unescaped.push(byte);
                at += 3;
            }
            None => {
                unescaped.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&unescaped).into_owned()
}
