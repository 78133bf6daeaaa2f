//! Objects: the table of the members that a type declares, and how it is read, written and recognized by that.
//!
//! Each model has one such table, a constant. The functions here are driven by the table, so that they are
//! compiled once and not once per model.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::Rest;
pub(super) use read::read_object;
pub use write::{Entries, Others, write_object};

use serde_json::Value;

use super::{Fault, Slots};

/// The members that a type declares.
#[derive(Debug, Clone, Copy)]
pub struct Object {
    /// The name of the type.
    pub name: &'static str,
    /// Their names on the wire, in the order of the fields.
    pub members: &'static [&'static str],
    /// Whether each member is `required`, `nullable` or `optional`, separated by blanks; `closed` behind them if
    /// there are no others (`additionalProperties: false`). One string is cheaper to compile than many values.
    pub presence: &'static str,
    /// The members that always hold the same value: their names and values.
    pub constants: &'static [(&'static str, &'static str)],
}

/// The table of a type that declares no members.
pub(super) const EMPTY: Object = Object {
    name: "",
    members: &[],
    presence: "",
    constants: &[],
};

impl Object {
    fn name(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// When each member is there.
    fn presence(&self) -> impl Iterator<Item = &'static str> {
        self.presence.split_ascii_whitespace()
    }

    /// Whether there are no members but those that are declared.
    fn is_closed(&self) -> bool {
        self.presence.ends_with("closed")
    }

    fn is_optional(&self, index: usize) -> bool {
        self.presence().nth(index) == Some("optional")
    }

    /// Where a name stands among the members. The search starts where it is expected: servers send
    /// members in the order in which they declare them.
    fn position(&self, expected: usize, name: &str) -> Option<usize> {
        let (before, after) = self.members.split_at_checked(expected)?;
        let is_name = |member: &&str| *member == name;
        match after.iter().position(is_name) {
            Some(index) => Some(expected + index),
            None => before.iter().position(is_name),
        }
    }

    /// Whether all members were read that must be there.
    fn complete(&self, slots: &mut dyn Slots) -> Result<(), Fault> {
        let mut members = self.members.iter().enumerate();
        // The slot of a member that may be absent is never empty: it starts with the value for "absent".
        let mut is_missing = |index| slots.get(index).is_some_and(|slot| slot.is_empty());
        match members.find(|(index, _)| is_missing(*index)) {
            None => Ok(()),
            Some((_, name)) => Err(Fault::missing(self.name, name)),
        }
    }

    /// The text that a member always holds.
    fn constant(&self, name: &str) -> Option<&'static str> {
        let mut constants = self.constants.iter();
        constants.find(|(of, _)| *of == name).map(|(_, text)| *text)
    }

    /// How well a value fits. The more of its members are declared, the better; of equals, the one with more
    /// constants. None that is required may be missing, and none may hold something else than it always does.
    pub(in crate::codec) fn fit(&self, value: &Value) -> Option<usize> {
        // More than a type has constants and required members.
        const DECLARED: usize = 1 << 16;
        let members = value.as_object()?;
        let mut fit = 1;
        for (name, presence) in self.members.iter().zip(self.presence()) {
            let required = presence == "required";
            match (members.get(*name), self.constant(name)) {
                (None, _) if required => return None,
                (None, _) => {}
                (Some(value), Some(constant)) if !is_text(value, constant) => return None,
                (Some(_), Some(_)) => fit += DECLARED + 4,
                (Some(_), None) if required => fit += DECLARED + 1,
                (Some(_), None) => fit += DECLARED,
            }
        }
        Some(fit)
    }
}

/// Whether a scalar equals `text` when written as a string.
fn is_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(value) => value == text,
        Value::Bool(_) | Value::Number(_) => {
            let written = value.to_string();
            written == text
        }
        _ => false,
    }
}
