//! Reading from serde's deserializers.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::syntax;
use crate::codec::decode::null_fault;
use crate::codec::{Decode, Elements, Fault, Input, Members, Slot, from_value};

/// Reads a value from any format that serde knows.
///
/// # Errors
///
/// The deserializer's error; a [`Fault`] of the value is its message.
#[inline]
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut slot = None;
    read(deserializer, &mut slot).map_err(|failure| match failure {
        Failure::Format(error) => error,
        Failure::Value(fault, _) => D::Error::custom(fault),
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
    match read_slice(json, &mut slot) {
        Ok(()) => slot.ok_or_else(null_fault),
        Err(fault) => read_again(json, fault),
    }
}

/// Reads a value once more, from memory: where it deviates from its type far inside, only from there it can be kept
/// what the deviating part is.
#[cold]
#[inline(never)]
fn read_again<T: Decode>(json: &[u8], fault: Fault) -> Result<T, Fault> {
    let mut value = None::<serde_json::Value>;
    match (read_slice(json, &mut value), value) {
        (Ok(()), Some(value)) => from_value(&value),
        _ => Err(fault),
    }
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
    read(&mut deserializer, slot).map_err(|failure| match failure {
        Failure::Format(error) => syntax(&error),
        Failure::Value(fault, _) => fault,
    })?;
    deserializer.end().map_err(|error| syntax(&error))
}

/// Why a value was not read.
enum Failure<E> {
    /// The format is malformed.
    Format(E),
    /// The value has a fault. A scalar is complete, so that whatever stands behind it can still be read.
    Value(Fault, Option<serde_json::Value>),
}

/// Reads a value into a place.
fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    slot: &mut dyn Slot,
) -> Result<(), Failure<D::Error>> {
    let mut fault = None;
    let seed = Reader {
        slot,
        fault: &mut fault,
    };
    let read = seed.deserialize(deserializer);
    outcome(read, fault)
}

/// What became of a value that a [`Reader`] read.
#[inline]
fn outcome<T, E>(
    read: Result<T, E>,
    fault: Option<(Fault, Option<serde_json::Value>)>,
) -> Result<T, Failure<E>> {
    match (read, fault) {
        (Ok(read), None) => Ok(read),
        (Err(error), None) => Err(Failure::Format(error)),
        (_, Some((fault, value))) => Err(Failure::Value(fault, value)),
    }
}

/// Reads one value into a place.
struct Reader<'s> {
    slot: &'s mut dyn Slot,
    /// Where a fault is put, because serde's own error could only hold its text.
    fault: &'s mut Option<(Fault, Option<serde_json::Value>)>,
}

impl Reader<'_> {
    /// Reads an array or an object.
    #[inline]
    fn fill<E: serde::de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.slot.fill(input).map_err(|fault| {
            *self.fault = Some((fault, None));
            // This message is never shown, because `self.fault` is returned instead.
            E::custom("")
        })
    }

    /// Reads a scalar. A fault is no error for serde, because the format can be read on.
    #[inline]
    fn scalar<E>(
        self,
        input: Input<'_>,
        value: impl FnOnce() -> serde_json::Value,
    ) -> Result<(), E> {
        if let Err(fault) = self.slot.fill(input) {
            *self.fault = Some((fault, Some(value())));
        }
        Ok(())
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
        self.scalar(Input::Boolean(value), || value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Input::Integer(value), || value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<(), E> {
        let input = match i64::try_from(value) {
            Ok(value) => Input::Integer(value),
            Err(_) => Input::Unsigned(value),
        };
        self.scalar(input, || value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Input::Float(value), || value.into())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<(), E> {
        self.scalar(Input::String(value), || value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<(), A::Error> {
        self.fill(Input::Array(&mut SerdeElements(sequence)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.fill(Input::Object(&mut SerdeMembers { map, misfit: None }))
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
        let read = self.0.next_element_seed(seed);
        match outcome(read, fault) {
            Ok(element) => Ok(element.is_some()),
            Err(Failure::Value(fault, _)) => Err(fault),
            Err(Failure::Format(error)) => Err(syntax(&error)),
        }
    }
}

struct SerdeMembers<A> {
    map: A,
    /// The scalar that was read last and did not fit.
    misfit: Option<serde_json::Value>,
}

impl<'de, A: MapAccess<'de>> Members for SerdeMembers<A> {
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let key = self.map.next_key_seed(Key(name));
        let key = key.map_err(|error| syntax(&error))?;
        Ok(key.is_some())
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Result<(), Fault> {
        let mut fault = None;
        let seed = Reader {
            slot,
            fault: &mut fault,
        };
        let read = self.map.next_value_seed(seed);
        outcome(read, fault).map_err(|failure| match failure {
            Failure::Format(error) => syntax(&error),
            Failure::Value(fault, value) => {
                self.misfit = value;
                fault
            }
        })
    }

    fn skip(&mut self) -> Result<(), Fault> {
        let skipped = self.map.next_value::<IgnoredAny>();
        skipped.map(|_| ()).map_err(|error| syntax(&error))
    }

    fn misfit(&mut self) -> Option<serde_json::Value> {
        self.misfit.take()
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
