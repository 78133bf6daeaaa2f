//! The bridge to serde: any of its deserializers is an [`Input`], any of its serializers a [`Sink`].
//!
//! Only this file is generic over formats. It is compiled once per format, not once per model and
//! format, and JSON is read and written by `serde_json` through it.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::decode::null_fault;
use super::{Decode, Elements, Encode, Entries, Fault, Input, Members, Sink, Slot};

/// Reads a value from any format that serde knows.
///
/// # Errors
///
/// The deserializer's error; a [`Fault`] of the value is its message.
#[inline]
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut slot = None;
    read(deserializer, &mut slot).map_err(|(error, fault)| match fault {
        Some(fault) => D::Error::custom(fault),
        None => error,
    })?;
    slot.ok_or_else(|| D::Error::custom(null_fault()))
}

/// Reads a value from JSON.
///
/// # Errors
///
/// A [`Fault`] with the path to what is wrong.
///
/// # Example
///
/// ```
/// let numbers: Vec<i64> = clientsmith_runtime::from_slice(b"[1, 2.0]")?;
/// assert_eq!(numbers, [1, 2]);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[inline]
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, Fault> {
    let mut slot = None;
    read_slice(json, &mut slot)?;
    slot.ok_or_else(null_fault)
}

/// Reads a value from JSON into a place.
fn read_slice(json: &[u8], slot: &mut dyn Slot) -> Result<(), Fault> {
    // Checking the whole text for UTF-8 at once is much faster than string by string. If it is not UTF-8, it is
    // still read, because the invalid bytes may be in a member that nobody asks for.
    match std::str::from_utf8(json) {
        Ok(text) => read_all(serde_json::Deserializer::from_str(text), slot),
        Err(_) => read_all(serde_json::Deserializer::from_slice(json), slot),
    }
}

/// Reads a value into a slot. Anything but whitespace after it is an error.
fn read_all<'de, R: serde_json::de::Read<'de>>(
    mut deserializer: serde_json::Deserializer<R>,
    slot: &mut dyn Slot,
) -> Result<(), Fault> {
    read(&mut deserializer, slot)
        .map_err(|(error, fault)| fault.unwrap_or_else(|| syntax(&error)))?;
    deserializer.end().map_err(|error| syntax(&error))
}

/// An error of the format itself, which may be noticed anywhere in a value.
#[cold]
fn syntax(error: &impl fmt::Display) -> Fault {
    Fault::new(error.to_string())
}

/// Reads a value into a place. A fault of the value comes beside the format's own error, which
/// could only hold its text.
fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    slot: &mut dyn Slot,
) -> Result<(), (D::Error, Option<Fault>)> {
    let mut fault = None;
    let seed = Reader {
        slot,
        fault: &mut fault,
    };
    seed.deserialize(deserializer)
        .map_err(|error| (error, fault))
}

/// Reads one value into a place.
struct Reader<'s> {
    slot: &'s mut dyn Slot,
    /// Where a fault is put while serde's own error passes through its functions.
    fault: &'s mut Option<Fault>,
}

impl Reader<'_> {
    #[inline]
    fn fill<E: serde::de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.slot.fill(input).map_err(|fault| {
            *self.fault = Some(fault);
            // This message is never shown, because `self.fault` is returned instead.
            E::custom("")
        })
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.slot.fill_null();
        Ok(())
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<(), E> {
        self.fill(Input::Boolean(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.fill(Input::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        self.fill(match i64::try_from(value) {
            Ok(value) => Input::Integer(value),
            Err(_) => Input::Unsigned(value),
        })
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.fill(Input::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.fill(Input::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<(), A::Error> {
        self.fill(Input::Array(&mut SerdeElements(sequence)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.fill(Input::Object(&mut SerdeMembers(map)))
    }
}

struct SerdeElements<A>(A);

impl<'de, A: SeqAccess<'de>> Elements for SerdeElements<A> {
    fn next(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        let mut fault = None;
        let seed = Reader {
            slot,
            fault: &mut fault,
        };
        match self.0.next_element_seed(seed) {
            Ok(element) => Ok(element.is_some()),
            Err(error) => Err(fault.unwrap_or_else(|| syntax(&error))),
        }
    }
}

struct SerdeMembers<A>(A);

impl<'de, A: MapAccess<'de>> Members for SerdeMembers<A> {
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let key = self
            .0
            .next_key_seed(Key(name))
            .map_err(|error| syntax(&error))?;
        Ok(key.is_some())
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Result<(), Fault> {
        let mut fault = None;
        let seed = Reader {
            slot,
            fault: &mut fault,
        };
        self.0
            .next_value_seed(seed)
            .map_err(|error| fault.unwrap_or_else(|| syntax(&error)))
    }

    fn skip(&mut self) -> Result<(), Fault> {
        let skipped = self.0.next_value::<IgnoredAny>();
        skipped.map(|_| ()).map_err(|error| syntax(&error))
    }
}

/// Shows a member's name without copying it.
struct Key<'k>(&'k mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<(), E> {
        (self.0)(name);
        Ok(())
    }
}

/// Writes a value in any format that serde knows.
///
/// # Errors
///
/// The serializer's error; a [`Fault`] of the value is its message.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer(State::Ready(serializer));
    let result = value.encode(&mut writer);
    match (writer.0, result) {
        (State::Written(result), _) => result,
        (_, Err(fault)) => Err(S::Error::custom(fault)),
        (_, Ok(())) => Err(S::Error::custom("the value wrote nothing")),
    }
}

/// Writes a value as JSON.
///
/// # Errors
///
/// A [`Fault`] if part of the value cannot be represented in JSON, such as infinity.
///
/// # Example
///
/// ```
/// assert_eq!(clientsmith_runtime::to_vec(&vec![1, 2])?, b"[1,2]");
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, Fault> {
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut json);
    serialize(value, &mut serializer).map_err(|error| syntax(&error))?;
    Ok(json)
}

/// A serializer, used once.
enum State<S: Serializer> {
    Ready(S),
    Busy,
    Written(Result<S::Ok, S::Error>),
}

/// Writes one value to a serializer.
struct Writer<S: Serializer>(State<S>);

impl<S: Serializer> Writer<S> {
    #[inline]
    fn write(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Result<(), Fault> {
        match std::mem::replace(&mut self.0, State::Busy) {
            State::Ready(serializer) => {
                self.0 = State::Written(write(serializer));
                Ok(())
            }
            used => {
                self.0 = used;
                Err(Fault::new("a value was written twice"))
            }
        }
    }
}

/// An [`Encode`] as serde's `Serialize`.
struct Value<'a>(&'a dyn Encode);

impl Serialize for Value<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

impl<S: Serializer> Sink for Writer<S> {
    fn null(&mut self) -> Result<(), Fault> {
        self.write(Serializer::serialize_none)
    }

    fn boolean(&mut self, value: bool) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_bool(value))
    }

    fn integer(&mut self, value: i64) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_i64(value))
    }

    fn unsigned(&mut self, value: u64) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_u64(value))
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_f64(value))
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_str(value))
    }

    fn display(&mut self, value: &dyn fmt::Display) -> Result<(), Fault> {
        self.write(|serializer| serializer.collect_str(value))
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        self.write(|serializer| {
            let mut sequence = serializer.serialize_seq(None)?;
            for element in elements {
                sequence.serialize_element(&Value(element))?;
            }
            sequence.end()
        })
    }

    fn object(&mut self, members: &Entries<'_>) -> Result<(), Fault> {
        self.write(|serializer| {
            let mut map = serializer.serialize_map(None)?;
            let mut failed = None;
            let written = members.each(|name, value| {
                map.serialize_entry(name, &Value(value)).map_err(|error| {
                    failed = Some(error);
                    // This message is never shown, because the serializer's error is returned instead.
                    Fault::new("")
                })
            });
            match (failed, written) {
                (Some(error), _) => Err(error),
                (None, Err(fault)) => Err(S::Error::custom(fault)),
                (None, Ok(())) => map.end(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::__private::v1::object;
    use crate::{from_slice, to_vec};

    struct Named {
        name: String,
    }

    object! {
        Named {
            name = "name" required,
        }
    }

    #[test]
    fn bytes_that_are_no_text_matter_only_where_they_are_asked_for() {
        let named = from_slice::<Named>(b"{\"other\": \"\xff\", \"name\": \"a\"}").unwrap();
        assert_eq!(named.name, "a");
        assert!(from_slice::<Named>(b"{\"name\": \"\xff\"}").is_err());
    }

    #[test]
    fn a_member_of_a_map_may_be_null() {
        let map = BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(1))]);
        assert_eq!(to_vec(&map).unwrap(), br#"{"a":null,"b":1}"#);
    }
}
