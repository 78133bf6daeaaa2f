//! Objects: the table of the members that a type declares, and how it is read, written and recognized by that.
//!
//! Each model has one such table, a constant. The functions here are driven by the table, so that they are
//! compiled once and not once per model.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::tag::{Tag, each_tagged};
use super::{Decode, Encode, Fault, Field, Input, Members, Null, Nulls, Shape, Sink, Slot, Slots};

/// The members that a type declares.
#[derive(Debug, Clone, Copy)]
pub struct Object {
    /// Their names on the wire, in the order of the fields.
    pub members: &'static [&'static str],
    /// Whether each member is `required`, `nullable` or `optional`, separated by blanks. One string is cheaper
    /// to compile than a value for each member.
    pub presence: &'static str,
    /// The members that always hold the same value: their names and values.
    pub constants: &'static [(&'static str, &'static str)],
}

/// The table of a type that declares no members.
pub(super) const EMPTY: Object = Object {
    members: &[],
    presence: "",
    constants: &[],
};

/// Reads an object into the places of its declared members.
pub(super) fn read(
    input: Input<'_>,
    object: &Object,
    slots: &mut dyn Slots,
    mut rest: Option<&mut dyn Rest>,
    mut nulls: Option<&mut Nulls>,
) -> Result<(), Fault> {
    let Input::Object(members) = input else {
        return Err(input.mismatch("an object"));
    };
    let mut expected = 0;
    let mut undeclared = String::new();
    loop {
        let mut found = None;
        let more = members.next(&mut |name| {
            found = object.position(expected, name);
            if found.is_none() && rest.is_some() {
                name.clone_into(&mut undeclared);
            }
        })?;
        if !more {
            return object.complete(slots);
        }
        let place = found.and_then(|index| Some((index, slots.get(index)?)));
        match (place, &mut rest) {
            (Some((index, slot)), _) => {
                expected = index + 1;
                let read = match &mut nulls {
                    None => members.value(slot),
                    Some(nulls) => members.value(&mut Noting { slot, nulls, index }),
                };
                read.map_err(|fault| fault.in_member(object.name(index)))?;
            }
            (None, Some(rest)) => rest.read(&undeclared, members)?,
            (None, None) => members.skip()?,
        }
    }
}

impl Object {
    fn name(&self, index: usize) -> &'static str {
        self.members.get(index).copied().unwrap_or_default()
    }

    /// When each member is there.
    fn presence(&self) -> impl Iterator<Item = &'static str> {
        self.presence.split_ascii_whitespace()
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
            Some((_, name)) => Err(Fault::missing(name)),
        }
    }

    /// The text that a member always holds.
    fn constant(&self, name: &str) -> Option<&'static str> {
        let mut constants = self.constants.iter();
        constants.find(|(of, _)| *of == name).map(|(_, text)| *text)
    }

    /// How well a value fits. The more of the members it has, the better; none that is required may be
    /// missing, and none may hold something else than it always does.
    pub(super) fn fit(&self, value: &Value) -> Option<usize> {
        let members = value.as_object()?;
        let mut fit = 1;
        for (name, presence) in self.members.iter().zip(self.presence()) {
            let required = presence == "required";
            match (members.get(*name), self.constant(name)) {
                (None, _) if required => return None,
                (None, _) => {}
                (Some(value), Some(constant)) if !is_text(value, constant) => return None,
                (Some(_), Some(_)) => fit += 4,
                (Some(_), None) => fit += if required { 2 } else { 1 },
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

/// A place that takes note of `null`.
struct Noting<'a> {
    slot: &'a mut dyn Slot,
    nulls: &'a mut Nulls,
    index: usize,
}

impl Slot for Noting<'_> {
    fn fill(&mut self, input: Input<'_>) -> Result<(), Fault> {
        self.slot.fill(input)
    }

    fn fill_null(&mut self) {
        self.nulls.note(self.index);
        self.slot.fill_null();
    }

    fn is_empty(&self) -> bool {
        self.slot.is_empty()
    }
}

/// Takes the members of an object that are not declared.
pub trait Rest {
    /// Reads the value of the member with this name.
    ///
    /// # Errors
    ///
    /// What the value or the text around it has for a fault.
    fn read(&mut self, name: &str, members: &mut dyn Members) -> Result<(), Fault>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn read(&mut self, name: &str, members: &mut dyn Members) -> Result<(), Fault> {
        let mut slot = None;
        members
            .value(&mut slot)
            .map_err(|fault| fault.in_member(name.to_owned()))?;
        if let Some(value) = slot {
            self.insert(name.to_owned(), value);
        }
        Ok(())
    }
}

/// Writes an object: its declared members, then the undeclared ones in `rest`, if there are any. An absent
/// member that is recorded in `nulls` is written as `null`. `values` holds all fields, so its last one is
/// `rest` too.
///
/// # Errors
///
/// A [`Fault`] of the sink or of one of the values.
pub fn write_object(
    sink: &mut dyn Sink,
    shape: Shape,
    values: &[&dyn Field],
    rest: Option<&dyn Others>,
    nulls: Option<&Nulls>,
) -> Result<(), Fault> {
    sink.object(&Entries {
        object: shape.object(),
        values,
        rest,
        nulls,
        tag: None,
    })
}

/// The members of an object that is being written, as [`Sink::object`] gets them.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Entries, Fault};
///
/// /// The names that an object is written with.
/// fn names(entries: &Entries<'_>) -> Result<Vec<String>, Fault> {
///     let mut names = Vec::new();
///     entries.each(|name, _| {
///         names.push(name.to_owned());
///         Ok(())
///     })?;
///     Ok(names)
/// }
/// ```
// A sink goes through them by a function of its own, so that there is no call behind `dyn` for each.
pub struct Entries<'a> {
    object: &'a Object,
    values: &'a [&'a dyn Field],
    rest: Option<&'a dyn Others>,
    nulls: Option<&'a Nulls>,
    /// The tag of the union that the object is written as a type of.
    tag: Option<&'a Tag<'a>>,
}

impl<'a> Entries<'a> {
    /// The entries of a map.
    pub(crate) fn of(map: &'a dyn Others) -> Self {
        Self {
            object: &EMPTY,
            values: &[],
            rest: Some(map),
            nulls: None,
            tag: None,
        }
    }

    /// The same entries with a tag around those that they have.
    pub(super) fn tagged<'b>(&'b self, tag: &'b Tag<'b>) -> Entries<'b> {
        Entries {
            tag: Some(tag),
            ..*self
        }
    }

    /// The outermost tag.
    pub(super) fn tag(&self) -> Option<&Tag<'a>> {
        self.tag
    }

    /// Calls `visit` with the name and value of each member that is written. An absent optional member is left
    /// out, unless it was `null` when it was read; any other absent member is `null`.
    ///
    /// # Errors
    ///
    /// The first error that `visit` returns.
    #[inline]
    pub fn each(
        &self,
        mut visit: impl FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        match self.tag {
            None => self.each_entry(visit),
            Some(tag) => each_tagged(self, tag, &mut visit),
        }
    }

    /// Shows name and value of each, as they stand in the value, whatever union it is written as a type of.
    #[inline]
    pub(super) fn each_entry(
        &self,
        mut visit: impl FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let mut presence = self.object.presence();
        let mut passed = 0;
        let declared = self.object.members.iter().zip(self.values).enumerate();
        for (index, (name, &value)) in declared {
            if !value.is_absent() {
                visit(name, value.as_encode())?;
                continue;
            }
            // The presence is only looked up for members that are absent.
            let optional = presence.nth(index - passed) == Some("optional");
            passed = index + 1;
            if !optional || self.was_null(index) {
                visit(name, &Null)?;
            }
        }
        match self.rest {
            None => Ok(()),
            Some(rest) => rest.each(&mut |name, value| match self.object.position(0, name) {
                Some(_) => Ok(()),
                None => visit(name, value),
            }),
        }
    }

    /// The values of all fields, absent ones too; that of the rest is the last.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'a dyn Field> {
        self.values.iter().copied()
    }

    fn was_null(&self, index: usize) -> bool {
        self.nulls.is_some_and(|nulls| nulls.has(index))
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.object.members).finish()
    }
}

/// Members of an object that are not declared.
pub trait Others {
    /// Shows their names and values.
    ///
    /// # Errors
    ///
    /// The first that `visit` returns.
    fn each(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault>;
}

impl<T: Encode> Others for BTreeMap<String, T> {
    fn each(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.iter().try_for_each(|(name, value)| visit(name, value))
    }
}

impl Others for Map<String, Value> {
    fn each(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.iter().try_for_each(|(name, value)| visit(name, value))
    }
}
