//! Writing to serde's serializers.

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use serde_json::value::RawValue;

use super::syntax;
use crate::codec::{Encode, Entries, Fault, Sink};

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

    fn digits(&mut self, digits: &str) -> Result<(), Fault> {
        let raw = RawValue::from_string(digits.to_owned());
        let raw = raw.map_err(|error| syntax(&error))?;
        self.write(|serializer| raw.serialize(serializer))
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.write(|serializer| serializer.serialize_str(value))
    }

    fn display(&mut self, value: &dyn std::fmt::Display) -> Result<(), Fault> {
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
