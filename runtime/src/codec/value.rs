//! Values in memory as inputs: JSON values, and members that were read ahead and are read again from here.

use serde_json::Value;

use super::{Decode, Elements, Fault, Input, Members, Slot};

/// Reads a value from a [`serde_json::Value`].
///
/// # Errors
///
/// A [`Fault`] with the path to what is wrong.
///
/// # Example
///
/// ```
/// let value = serde_json::json!(["a", "b"]);
/// let texts: Vec<String> = clientsmith_runtime::from_value(&value)?;
/// assert_eq!(texts, ["a", "b"]);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
pub fn from_value<T: Decode>(value: &Value) -> Result<T, Fault> {
    let mut slot = None;
    read(value, &mut slot)?;
    slot.ok_or_else(super::decode::null_fault)
}

/// Reads a value in memory into a place.
fn read(value: &Value, slot: &mut dyn Slot) -> Result<(), Fault> {
    match value {
        Value::Null => {
            slot.fill_null();
            Ok(())
        }
        Value::Bool(value) => slot.fill(Input::Boolean(*value)),
        Value::Number(number) => slot.fill(match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => Input::Integer(value),
            (None, Some(value)) => Input::Unsigned(value),
            (None, None) => Input::Float(number.as_f64().unwrap_or(f64::NAN)),
        }),
        Value::String(text) => slot.fill(Input::String(text)),
        Value::Array(elements) => slot.fill(Input::Array(&mut InMemory(elements.iter()))),
        Value::Object(members) => slot.fill(Input::Object(&mut Replay::new(
            members.iter().map(|(name, value)| (name.as_str(), value)),
        ))),
    }
}

struct InMemory<I>(I);

impl<'v, I: Iterator<Item = &'v Value>> Elements for InMemory<I> {
    fn next(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        match self.0.next() {
            Some(value) => read(value, slot).map(|()| true),
            None => Ok(false),
        }
    }
}

/// Members that were read ahead, then those that are still to be read.
pub(super) struct Replay<'v, 'm, I> {
    ahead: I,
    /// The value whose name was shown last, if it was read ahead.
    value: Option<&'v Value>,
    rest: Option<&'m mut dyn Members>,
}

impl<'v, 'm, I: Iterator<Item = (&'v str, &'v Value)>> Replay<'v, 'm, I> {
    pub(super) fn new(ahead: I) -> Self {
        Self {
            ahead,
            value: None,
            rest: None,
        }
    }

    pub(super) fn then(ahead: I, rest: &'m mut dyn Members) -> Self {
        Self {
            ahead,
            value: None,
            rest: Some(rest),
        }
    }
}

impl<'v, I: Iterator<Item = (&'v str, &'v Value)>> Members for Replay<'v, '_, I> {
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault> {
        if let Some((key, value)) = self.ahead.next() {
            name(key);
            self.value = Some(value);
            return Ok(true);
        }
        self.value = None;
        match &mut self.rest {
            Some(rest) => rest.next(name),
            None => Ok(false),
        }
    }

    fn value(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault> {
        match (self.value, &mut self.rest) {
            (Some(value), _) => read(value, slot).map(|()| !value.is_null()),
            (None, Some(rest)) => rest.value(slot),
            (None, None) => Ok(false),
        }
    }

    fn skip(&mut self) -> Result<(), Fault> {
        match (self.value, &mut self.rest) {
            (None, Some(rest)) => rest.skip(),
            _ => Ok(()),
        }
    }

    fn misfit(&mut self) -> Option<Value> {
        match (self.value, &mut self.rest) {
            (Some(value), _) => Some(value.clone()),
            (None, rest) => rest.as_mut()?.misfit(),
        }
    }
}
