//! Writing objects: declared members, and those that were kept.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::{EMPTY, Object};
use crate::codec::tag::{Tag, each_tagged};
use crate::codec::{Encode, Fault, Field, Null, Shape, Sink, Undeclared};

/// Writes an object: its declared members, then those of `rest`, then what is left of `undeclared`, which also
/// holds what is written for declared members without a value. `values` holds all fields, so its last one is
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
    undeclared: Option<&Undeclared>,
) -> Result<(), Fault> {
    sink.object(&Entries {
        object: shape.object(),
        values,
        rest,
        undeclared,
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
    undeclared: Option<&'a Undeclared>,
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
            undeclared: None,
            tag: None,
        }
    }

    /// The same entries with a tag around those that they have.
    pub(in crate::codec) fn tagged<'b>(&'b self, tag: &'b Tag<'b>) -> Entries<'b> {
        Entries {
            tag: Some(tag),
            ..*self
        }
    }

    /// The outermost tag.
    pub(in crate::codec) fn tag(&self) -> Option<&Tag<'a>> {
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
    pub(in crate::codec) fn each_entry(
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
            match self.in_place_of(index, name) {
                Some(value) => visit(name, value)?,
                None if optional => {}
                None => visit(name, &Null)?,
            }
        }
        if let Some(rest) = self.rest {
            rest.each(&mut |name, value| match self.object.position(0, name) {
                Some(_) => Ok(()),
                None => visit(name, value),
            })?;
        }
        self.others()
            .try_for_each(|(name, value)| visit(name, value))
    }

    /// What is written for a declared member without a value.
    fn in_place_of(&self, index: usize, name: &str) -> Option<&'a dyn Encode> {
        self.undeclared?.in_place_of(index, name)
    }

    /// The members that are kept for being written again, besides declared ones.
    fn others(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let others = self.undeclared.into_iter().flat_map(Undeclared::iter);
        others.filter(|(name, _)| {
            self.object.position(0, name).is_none() && !self.rest.is_some_and(|rest| rest.has(name))
        })
    }

    /// Whether the type declares a member with this name, and it has a value.
    pub(in crate::codec) fn declares(&self, name: &str) -> bool {
        let value = self
            .object
            .position(0, name)
            .and_then(|index| self.values.get(index));
        value.is_some_and(|value| !value.is_absent())
    }

    /// What the type has no place for.
    pub(in crate::codec) fn undeclared(&self) -> Option<&'a Undeclared> {
        self.undeclared
    }

    /// The members that the type declares, and whose values did not fit it.
    pub(in crate::codec) fn misfits(&self) -> impl Iterator<Item = &'a str> {
        let kept = self.undeclared.into_iter().flat_map(Undeclared::iter);
        kept.map(|(name, _)| name)
            .filter(|name| match self.object.position(0, name) {
                Some(index) => self
                    .values
                    .get(index)
                    .is_some_and(|value| value.is_absent()),
                None => self.rest.is_some_and(|rest| !rest.has(name)),
            })
    }

    /// The values of all fields, absent ones too; that of the rest is the last.
    pub(in crate::codec) fn fields(&self) -> impl Iterator<Item = &'a dyn Field> {
        self.values.iter().copied()
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.object.members).finish()
    }
}

/// Members of an object that are not declared.
pub trait Others {
    /// Whether there is one with this name.
    fn has(&self, name: &str) -> bool;

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
    fn has(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn each(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.iter().try_for_each(|(name, value)| visit(name, value))
    }
}

impl Others for Map<String, Value> {
    fn has(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn each(
        &self,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.iter().try_for_each(|(name, value)| visit(name, value))
    }
}
