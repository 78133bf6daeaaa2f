//! Values made from schemas: each alternative, optional members there, absent and `null`, unknown members, extremes of
//! numbers and dates, empty and long arrays. Only those that the judge calls valid are of use.

use serde_json::{Map, Number, Value, json};

use crate::examples::Example;
use clientsmith::Inventory;

/// How many values are made for each schema.
const EACH: usize = 8;

/// The name of a member that no schema declares.
pub(crate) const UNKNOWN: &str = "x-unknown";

/// How deep values are nested; below, only what must be there is.
const DEPTH: usize = 6;

/// Values for each named schema. The same seed makes the same ones.
pub(crate) fn of(document: &Value, inventory: &Inventory, seed: u64) -> Vec<Example> {
    let mut values = Vec::new();
    for ty in &inventory.types {
        if !ty.pointer.starts_with("/components/schemas/") || ty.pointer.matches('/').count() != 3 {
            continue;
        }
        // A seed of its own for each, so that one schema does not change the values of another.
        let salt = ty.pointer.bytes().fold(seed, |salt, byte| {
            salt.wrapping_mul(31).wrapping_add(byte.into())
        });
        let mut maker = Maker {
            document,
            chance: Chance(salt | 1),
        };
        for index in 0..EACH {
            let schema = document.pointer(&ty.pointer).unwrap_or(&Value::Null);
            let Some(value) = maker.value(schema, 0) else {
                continue;
            };
            values.push(Example {
                at: format!("{} ({index})", ty.pointer),
                schema: ty.pointer.clone(),
                rust: ty.rust.clone(),
                value,
            });
        }
    }
    values
}

/// xorshift64*, which is good enough for choosing.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn of<'v, T>(&mut self, values: &'v [T]) -> Option<&'v T> {
        values.get(self.below(values.len()))
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

struct Maker<'d> {
    document: &'d Value,
    chance: Chance,
}

impl<'d> Maker<'d> {
    /// A value for a schema; `None` if there is none that is not too deep.
    fn value(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let Some(members) = schema.as_object() else {
            return (schema != &Value::Bool(false)).then(|| self.any());
        };
        if depth > 4 * DEPTH {
            return None;
        }
        if members.get("nullable") == Some(&Value::Bool(true)) && self.chance.one_in(6) {
            return Some(Value::Null);
        }
        if let Some(constant) = members.get("const") {
            return Some(constant.clone());
        }
        if let Some(values) = members.get("enum").and_then(Value::as_array) {
            return self.chance.of(values).cloned();
        }
        let mut parts: Vec<&'d Value> = Vec::new();
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            parts.push(
                self.document
                    .pointer(&decoded(reference.strip_prefix('#')?))?,
            );
        }
        parts.extend(list(schema, "allOf"));
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = list(schema, keyword);
            if !alternatives.is_empty() {
                parts.push(self.alternative(&alternatives, depth)?);
            }
        }
        let own = self.own(members, depth, parts.is_empty())?;
        parts.into_iter().try_fold(own, |value, part| {
            Some(merged(value, self.value(part, depth + 1)?))
        })
    }

    /// One of several, near the end the one that ends soonest.
    fn alternative(&mut self, alternatives: &[&'d Value], depth: usize) -> Option<&'d Value> {
        match depth > DEPTH {
            true => alternatives
                .iter()
                .copied()
                .min_by_key(|schema| schema.to_string().len()),
            false => self.chance.of(alternatives).copied(),
        }
    }

    /// What a schema says by itself; `Null` stands for nothing where others speak too.
    fn own(&mut self, schema: &'d Map<String, Value>, depth: usize, alone: bool) -> Option<Value> {
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if schema.contains_key("properties")
                || schema.contains_key("additionalProperties") =>
            {
                vec!["object"]
            }
            _ if schema.contains_key("items") || schema.contains_key("prefixItems") => {
                vec!["array"]
            }
            _ if schema.contains_key("format") || schema.contains_key("pattern") => vec!["string"],
            _ if alone => return Some(self.any()),
            _ => return Some(Value::Null),
        };
        Some(match *self.chance.of(&types)? {
            "object" => Value::Object(self.object(schema, depth)?),
            "array" => Value::Array(self.array(schema, depth)?),
            "string" => Value::String(self.text(schema)),
            "integer" => self.integer(schema),
            "number" => self.number(schema),
            "boolean" => Value::Bool(self.chance.one_in(2)),
            _ => Value::Null,
        })
    }

    fn any(&mut self) -> Value {
        let values = [
            json!("any"),
            json!(7),
            json!(true),
            json!({"a": [1, null, "b"]}),
            json!([]),
            json!(-0.5),
        ];
        self.chance.of(&values).cloned().unwrap_or_default()
    }

    fn object(
        &mut self,
        schema: &'d Map<String, Value>,
        depth: usize,
    ) -> Option<Map<String, Value>> {
        let required = schema.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|one| one == name));
        let mut object = Map::new();
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let wanted = is_required(name) || (depth < DEPTH && self.chance.one_in(2));
            match self.value(property, depth + 1) {
                _ if !wanted => {}
                Some(value) => drop(object.insert(name.clone(), value)),
                None if is_required(name) => return None,
                None => {}
            }
        }
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            object.entry(name).or_insert_with(|| json!("required"));
        }
        let additional = schema.get("additionalProperties");
        let unevaluated = schema.get("unevaluatedProperties");
        if additional.is_some_and(Value::is_object) && depth < DEPTH {
            for index in 0..self.chance.below(3) {
                let value = self.value(additional?, depth + 1)?;
                object.entry(format!("key {index}")).or_insert(value);
            }
        } else if additional != Some(&Value::Bool(false))
            && unevaluated.is_none()
            && self.chance.one_in(5)
        {
            object.entry(UNKNOWN).or_insert_with(|| json!({"new": [1]}));
        }
        Some(object)
    }

    fn array(&mut self, schema: &'d Map<String, Value>, depth: usize) -> Option<Vec<Value>> {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
        let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(40) as usize;
        let length = match depth > DEPTH {
            true => least,
            false => *self
                .chance
                .of(&[0, 1, 2, 3, if depth < 2 { 40 } else { 2 }])?,
        };
        let first = schema.get("prefixItems").and_then(Value::as_array);
        let others = schema.get("items").unwrap_or(&Value::Bool(true));
        let length = length.clamp(least, most.max(least));
        (0..length)
            .map(|index| {
                let own = first.and_then(|first| first.get(index));
                self.value(own.unwrap_or(others), depth + 1)
            })
            .collect()
    }

    fn text(&mut self, schema: &Map<String, Value>) -> String {
        let format = schema
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let samples: &[&str] = match format {
            "date-time" => &[
                "2026-03-10T12:30:00Z",
                "1969-12-31T23:59:59.123456+02:00",
                "9999-12-30T00:00:00Z",
            ],
            "date" => &["2026-03-10", "0001-01-01", "9999-12-31"],
            "time" => &["12:30:00Z"],
            "duration" => &["P1DT2H"],
            "uuid" => &["0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b"],
            "uri" | "url" | "uri-reference" | "iri" => &["https://example.com/a?b=c"],
            "email" | "idn-email" => &["a@example.com"],
            "hostname" => &["example.com"],
            "ipv4" => &["192.0.2.1"],
            "ipv6" => &["2001:db8::1"],
            "byte" => &["aGk=", ""],
            "decimal" => &["1.10", "-0.000000000000000000001"],
            "int64" | "int32" => &["7"],
            _ => &[
                "text",
                "",
                "a longer text with \"quotes\", \\ and ü",
                "2026-03-10",
                "7",
                "true",
            ],
        };
        let mut text = self
            .chance
            .of(samples)
            .copied()
            .unwrap_or_default()
            .to_owned();
        let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0) as usize;
        let most = schema
            .get("maxLength")
            .and_then(Value::as_u64)
            .map_or(usize::MAX, |most| most as usize);
        while text.chars().count() < least && least < 10_000 {
            text.push('x');
        }
        text.chars().take(most).collect()
    }

    fn bounds(&self, schema: &Map<String, Value>) -> (Option<f64>, Option<f64>) {
        let bound = |inclusive: &str, exclusive: &str, step: f64| {
            let strict = schema.get(exclusive);
            let strict_bound = strict.and_then(Value::as_f64).map(|bound| bound + step);
            let bound = schema.get(inclusive).and_then(Value::as_f64);
            strict_bound.or(bound.map(|bound| {
                if strict == Some(&Value::Bool(true)) {
                    bound + step
                } else {
                    bound
                }
            }))
        };
        (
            bound("minimum", "exclusiveMinimum", 1.0),
            bound("maximum", "exclusiveMaximum", -1.0),
        )
    }

    fn integer(&mut self, schema: &Map<String, Value>) -> Value {
        let (least, most) = match schema
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default()
        {
            "int8" => (i8::MIN.into(), i8::MAX.into()),
            "int16" => (i16::MIN.into(), i16::MAX.into()),
            "int32" => (i32::MIN.into(), i32::MAX.into()),
            "uint8" | "u8" => (0, u8::MAX.into()),
            "uint16" | "u16" => (0, u16::MAX.into()),
            "uint32" | "u32" => (0, u32::MAX.into()),
            "uint" | "uint64" | "u64" => (0, i64::MAX),
            _ => (i64::MIN, i64::MAX),
        };
        let (low, high) = self.bounds(schema);
        let low = low.map_or(least, |low| (low.ceil() as i64).max(least));
        let high = high.map_or(most, |high| (high.floor() as i64).min(most));
        let samples = [0, 1, -1, 42, low, high];
        let sample = self.chance.of(&samples).copied().unwrap_or_default();
        Value::from(sample.clamp(low, high.max(low)))
    }

    fn number(&mut self, schema: &Map<String, Value>) -> Value {
        let (low, high) = self.bounds(schema);
        let samples = [
            0.0,
            0.5,
            -12.25,
            1e21,
            3.0,
            low.unwrap_or(1e-7),
            high.unwrap_or(123_456.789),
        ];
        let sample = self.chance.of(&samples).copied().unwrap_or_default();
        let sample = sample
            .max(low.unwrap_or(f64::MIN))
            .min(high.unwrap_or(f64::MAX));
        match sample.fract() == 0.0 && sample.abs() < 1e15 && self.chance.one_in(2) {
            true => Value::from(sample as i64),
            false => Number::from_f64(sample).map_or(Value::Null, Value::Number),
        }
    }
}

/// The schemas in a list.
fn list<'d>(schema: &'d Value, keyword: &str) -> Vec<&'d Value> {
    schema
        .get(keyword)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .collect()
}

/// What two schemas say of one value: objects are joined, else the one that says something.
fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, value) in other {
                let before = one.remove(&name).unwrap_or_default();
                one.insert(name, merged(before, value));
            }
            Value::Object(one)
        }
        (one, Value::Null) => one,
        (_, other) => other,
    }
}

/// A fragment as a pointer.
fn decoded(fragment: &str) -> String {
    fragment
        .replace("%7B", "{")
        .replace("%7D", "}")
        .replace("%20", " ")
}
