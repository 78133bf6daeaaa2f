//! Reading objects: declared members go to their places, the others are kept.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Object;
use crate::codec::deviation;
use crate::codec::strict::is_strict;
use crate::codec::{Decode, Fault, Input, Members, Slots, Undeclared, kept};

/// Reads an object into the places of its declared members.
pub(in crate::codec) fn read_object<'a, 'r>(
    input: Input<'_>,
    object: &'a Object,
    slots: &mut dyn Slots,
    rest: Option<&'a mut (dyn Rest + 'r)>,
    undeclared: Option<&'a mut Undeclared>,
) -> Result<(), Fault> {
    let Input::Object(members) = input else {
        return Err(input.mismatch("an object"));
    };
    let mut others = OtherMembers {
        object,
        rest,
        undeclared,
        name: String::new(),
    };
    let mut expected = 0;
    loop {
        let mut found = None;
        let more = members.next(&mut |name| {
            found = object.position(expected, name);
            if found.is_none() {
                others.name(name);
            }
        })?;
        if !more {
            return object.complete(slots);
        }
        let Some((index, slot)) = found.and_then(|index| Some((index, slots.get(index)?))) else {
            others.read(members)?;
            continue;
        };
        expected = index + 1;
        match members.value(slot) {
            Ok(true) => {}
            // Where `null` is a value of its own, the field knows it.
            Ok(false) if slot.is_absent() => others.note_null(index),
            Ok(false) => {}
            Err(fault) => others.keep_misfit(index, members, fault)?,
        }
    }
}

/// Takes what an object holds besides the values of its declared members.
struct OtherMembers<'a, 'r> {
    object: &'a Object,
    rest: Option<&'a mut (dyn Rest + 'r)>,
    undeclared: Option<&'a mut Undeclared>,
    /// The name of the member that is to be read.
    name: String,
}

impl OtherMembers<'_, '_> {
    /// Takes note of the name, if the value is going to be kept.
    fn name(&mut self, name: &str) {
        if self.rest.is_some() || (self.undeclared.is_some() && !self.object.is_closed()) {
            name.clone_into(&mut self.name);
        }
    }

    /// Reads a member that is not declared.
    fn read(&mut self, members: &mut dyn Members) -> Result<(), Fault> {
        match (&mut self.rest, &mut self.undeclared) {
            (Some(rest), undeclared) => {
                let value = match rest.read(&self.name, members) {
                    Ok(true) => return Ok(()),
                    Ok(false) => misfit_null()?,
                    Err(fault) => misfit(members, fault)?,
                };
                if let Some(undeclared) = undeclared {
                    undeclared.insert(std::mem::take(&mut self.name), value);
                }
            }
            (None, Some(undeclared)) if !self.object.is_closed() => {
                let mut value = None::<Value>;
                members.value(&mut value)?;
                undeclared.insert(std::mem::take(&mut self.name), value.unwrap_or_default());
            }
            (None, undeclared) => {
                members.skip()?;
                if self.object.is_closed() {
                    kept(())?;
                    deviation::note();
                    undeclared
                        .iter_mut()
                        .for_each(|undeclared| undeclared.drop_one());
                }
            }
        }
        Ok(())
    }

    fn note_null(&mut self, index: usize) {
        if let Some(undeclared) = &mut self.undeclared
            && self.object.is_optional(index)
        {
            undeclared.note_null(index);
        }
    }

    /// Keeps the value of a declared member that is not what its type declares.
    #[cold]
    fn keep_misfit(
        &mut self,
        index: usize,
        members: &mut dyn Members,
        fault: Fault,
    ) -> Result<(), Fault> {
        let name = self.object.name(index);
        let fault = fault.in_member(name);
        match &mut self.undeclared {
            Some(undeclared) if self.object.is_optional(index) => {
                undeclared.insert(name, misfit(members, fault)?);
                Ok(())
            }
            _ => Err(fault),
        }
    }
}

/// The value that did not fit, if it is still known and may deviate; else the fault.
#[cold]
fn misfit(members: &mut dyn Members, fault: Fault) -> Result<Value, Fault> {
    match is_strict() {
        true => Err(fault),
        false => {
            deviation::note();
            members.misfit().ok_or(fault)
        }
    }
}

/// `null` where it does not fit, if it may deviate.
#[cold]
fn misfit_null() -> Result<Value, Fault> {
    kept(Value::Null).inspect(|_| deviation::note())
}

/// Takes the members of an object that are not declared.
pub trait Rest {
    /// Reads the value of the member with this name; `false` if it is `null` and there is no place for that.
    ///
    /// # Errors
    ///
    /// What the value or the text around it has for a fault.
    fn read(&mut self, name: &str, members: &mut dyn Members) -> Result<bool, Fault>;
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn read(&mut self, name: &str, members: &mut dyn Members) -> Result<bool, Fault> {
        let mut slot = None;
        members
            .value(&mut slot)
            .map_err(|fault| fault.in_member(name.to_owned()))?;
        let is_there = slot.is_some();
        self.extend(slot.map(|value| (name.to_owned(), value)));
        Ok(is_there)
    }
}
