//! Reading from serde's deserializers.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use serde_json::Value;

use super::syntax;
use crate::codec::decode::null_fault;
use crate::codec::number::{MARK, mark, marked, of_mark};
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
        Failure::Value(misfit) => D::Error::custom(misfit.fault),
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
    let mut value = None::<Value>;
    let read = match std::str::from_utf8(json).ok().and_then(mark) {
        Some(text) => {
            // A number that is larger than any `f64` is malformed for the parser unless it is marked.
            let mut slot = None;
            if read_marked(&text, &mut slot).is_ok() {
                return slot.ok_or_else(null_fault);
            }
            read_marked(&text, &mut value)
        }
        None => read_slice(json, &mut value),
    };
    match (read, value) {
        (Ok(()), Some(value)) => from_value(&value),
        _ => Err(fault),
    }
}

/// Reads a value from JSON into a place.
fn read_slice(json: &[u8], slot: &mut dyn Slot) -> Result<(), Fault> {
    // Checking the whole text for UTF-8 at once is much faster than string by string. If it is not UTF-8, it is
    // still read, because the invalid bytes may be in a member that nobody asks for.
    match std::str::from_utf8(json) {
        Ok(text) => match marked(text) {
            None => read_all(serde_json::Deserializer::from_str(text), slot),
            Some(text) => read_marked(&text, slot),
        },
        Err(_) => read_all(serde_json::Deserializer::from_slice(json), slot),
    }
}

thread_local! {
    /// Whether the text that is being read has numbers that are marked.
    static IS_MARKED: Cell<bool> = const { Cell::new(false) };
}

/// Reads a text in which numbers are marked.
#[cold]
fn read_marked(text: &str, slot: &mut dyn Slot) -> Result<(), Fault> {
    /// Sets it back, even if a type that is not ours panics; a type may read another text while it is read.
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            IS_MARKED.set(self.0);
        }
    }

    let _restore = Restore(IS_MARKED.replace(true));
    read_all(serde_json::Deserializer::from_str(text), slot)
}

/// Whether objects may stand for numbers: in a text where they are marked, and everywhere if another crate of the
/// program turned `serde_json`'s feature `arbitrary_precision` on.
fn is_marked() -> bool {
    static BY_FEATURE: LazyLock<bool> = LazyLock::new(|| {
        let mut number = serde_json::Deserializer::from_str("1");
        number.deserialize_any(IsObject).unwrap_or_default()
    });
    IS_MARKED.get() || *BY_FEATURE
}

/// Whether a number comes as an object.
struct IsObject;

impl<'de> Visitor<'de> for IsObject {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Ok(true)
    }
}

/// Reads a value into a slot. Anything but whitespace after it is an error.
fn read_all<'de, R: serde_json::de::Read<'de>>(
    mut deserializer: serde_json::Deserializer<R>,
    slot: &mut dyn Slot,
) -> Result<(), Fault> {
    read(&mut deserializer, slot).map_err(|failure| match failure {
        Failure::Format(error) => syntax(&error),
        Failure::Value(misfit) => misfit.fault,
    })?;
    deserializer.end().map_err(|error| syntax(&error))
}

/// What was noticed of a value besides the errors of its format.
#[derive(Default)]
enum Noticed {
    #[default]
    Nothing,
    Null,
    Misfit(Box<Misfit>),
}

/// A value that has a fault.
struct Misfit {
    fault: Fault,
    /// A scalar: it is complete, so that whatever stands behind it can still be read.
    value: Option<Value>,
}

/// Why a value was not read.
enum Failure<E> {
    /// The format is malformed.
    Format(E),
    Value(Box<Misfit>),
}

/// Reads a value into a place.
fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    slot: &mut dyn Slot,
) -> Result<(), Failure<D::Error>> {
    let mut noticed = Noticed::Nothing;
    let seed = Reader {
        slot,
        noticed: &mut noticed,
    };
    let read = seed.deserialize(deserializer);
    outcome(read, noticed).map(|_| ())
}

/// What became of a value that a [`Reader`] read, and whether it was `null`.
#[inline]
fn outcome<T, E>(read: Result<T, E>, noticed: Noticed) -> Result<(T, bool), Failure<E>> {
    match (read, noticed) {
        (_, Noticed::Misfit(misfit)) => Err(Failure::Value(misfit)),
        (Ok(read), Noticed::Nothing) => Ok((read, false)),
        (Ok(read), Noticed::Null) => Ok((read, true)),
        (Err(error), _) => Err(Failure::Format(error)),
    }
}

/// Reads one value into a place.
struct Reader<'s> {
    slot: &'s mut dyn Slot,
    /// Where a fault is put, because serde's own error could only hold its text.
    noticed: &'s mut Noticed,
}

/// Takes note of a value that has a fault.
#[cold]
fn misfit(fault: Fault, value: Option<Value>) -> Noticed {
    Noticed::Misfit(Box::new(Misfit { fault, value }))
}

impl Reader<'_> {
    /// Reads an array or an object.
    #[inline]
    fn fill<E: serde::de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.slot.fill(input).map_err(|fault| {
            *self.noticed = misfit(fault, None);
            // This message is never shown, because what was noticed is returned instead.
            E::custom("")
        })
    }

    /// Reads an object, or the number that it stands for.
    #[cold]
    fn visit_mark<'de, A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut first = None;
        map.next_key_seed(Key(&mut |name| first = Some(name.into())))?;
        if first.as_deref() != Some(MARK) {
            let members = SerdeMembers { map, misfit: None };
            return self.fill(Input::Object(&mut Begun { first, members }));
        }
        let digits: Cow<'_, str> = map.next_value()?;
        match of_mark(&digits) {
            Ok(number) => {
                let value = || {
                    digits
                        .parse()
                        .map_or(Value::Null, |value: f64| value.into())
                };
                self.scalar(number, value)
            }
            Err(fault) => {
                *self.noticed = misfit(fault, None);
                Ok(())
            }
        }
    }

    /// Reads a scalar. A fault is no error for serde, because the format can be read on.
    #[inline]
    fn scalar<E>(self, input: Input<'_>, value: impl FnOnce() -> Value) -> Result<(), E> {
        if let Err(fault) = self.slot.fill(input) {
            *self.noticed = misfit(fault, Some(value()));
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
        *self.noticed = Noticed::Null;
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
        if is_marked() {
            return self.visit_mark(map);
        }
        self.fill(Input::Object(&mut SerdeMembers { map, misfit: None }))
    }
}

struct SerdeElements<A>(A);

impl<'de, A: SeqAccess<'de>> Elements for SerdeElements<A> {
    fn next(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        let mut noticed = Noticed::Nothing;
        let seed = Reader {
            slot,
            noticed: &mut noticed,
        };
        let read = self.0.next_element_seed(seed);
        match outcome(read, noticed) {
            Ok((element, _)) => Ok(element.is_some()),
            Err(Failure::Value(misfit)) => Err(misfit.fault),
            Err(Failure::Format(error)) => Err(syntax(&error)),
        }
    }
}

struct SerdeMembers<A> {
    map: A,
    /// The scalar that was read last and did not fit.
    misfit: Option<Box<Value>>,
}

impl<'de, A: MapAccess<'de>> Members for SerdeMembers<A> {
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        let key = self.map.next_key_seed(Key(name));
        let key = key.map_err(|error| syntax(&error))?;
        Ok(key.is_some())
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        let mut noticed = Noticed::Nothing;
        let seed = Reader {
            slot,
            noticed: &mut noticed,
        };
        let read = self.map.next_value_seed(seed);
        match outcome(read, noticed) {
            Ok((_, is_null)) => Ok(!is_null),
            Err(Failure::Format(error)) => Err(syntax(&error)),
            Err(Failure::Value(misfit)) => {
                self.misfit = misfit.value.map(Box::new);
                Err(misfit.fault)
            }
        }
    }

    fn skip(&mut self) -> Result<(), Fault> {
        let skipped = self.map.next_value::<IgnoredAny>();
        skipped.map(|_| ()).map_err(|error| syntax(&error))
    }

    fn misfit(&mut self) -> Option<Value> {
        self.misfit.take().map(|value| *value)
    }
}

/// Members of which the first name was read before.
struct Begun<A> {
    first: Option<Box<str>>,
    members: SerdeMembers<A>,
}

impl<'de, A: MapAccess<'de>> Members for Begun<A> {
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        match self.first.take() {
            Some(first) => {
                name(&first);
                Ok(true)
            }
            None => self.members.next(name),
        }
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        self.members.value(slot)
    }

    fn skip(&mut self) -> Result<(), Fault> {
        self.members.skip()
    }

    fn misfit(&mut self) -> Option<Value> {
        self.members.misfit()
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
