//! What an object was read with and its type has no place for, so that a value that is read, changed and
//! written again loses nothing.
//!
//! | read | what the caller sees | what is written again |
//! |---|---|---|
//! | a member that is not declared | it is kept here | the member |
//! | the same where the document says `additionalProperties: false` | it is dropped and counted | nothing |
//! | `null` for an optional member | `None` | `null` |
//! | an optional member whose value does not fit | `None`, and the value is kept here | the value, unless the field was set |
//! | a number in a text, `"7"` | the number | the number |
//! | a required member that is missing, `null` or does not fit | an error with its path | |

use std::fmt;

use serde_json::{Map, Value};

use super::{Encode, Null};

/// The members of an object that its type has no place for.
///
/// They are those that the API's description does not name, and values of optional members that are not what
/// the description says; their fields are `None`. All of them are written again with the object.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Undeclared;
///
/// let mut undeclared = Undeclared::default();
/// undeclared.insert("x-color", "red");
/// assert_eq!(undeclared.get("x-color").and_then(|color| color.as_str()), Some("red"));
/// assert_eq!(undeclared.len(), 1);
/// ```
#[derive(Clone, Default)]
pub struct Undeclared(Option<Box<Kept>>);

/// What is kept for one object. Most objects have nothing to keep, so it is behind one pointer.
#[derive(Clone, Default)]
struct Kept {
    members: Map<String, Value>,
    /// How many members a type dropped that takes no others.
    dropped: usize,
    /// Which declared members were `null`, a bit each.
    nulls: Vec<u64>,
}

const BITS: usize = u64::BITS as usize;

impl Undeclared {
    /// The value of the member with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.members.get(name)
    }

    /// Keeps a member; the result is what was kept with this name before.
    ///
    /// A member that the type declares is only written as long as its field is `None`.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept().members.insert(name.into(), value.into())
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.members.remove(name)
    }

    /// The names and values of all members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.iter().flat_map(|kept| &kept.members);
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.members.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }

    /// Counts a member of a type that takes no others.
    pub(super) fn drop_one(&mut self) {
        self.kept().dropped += 1;
    }

    /// How many members were dropped.
    pub(super) fn dropped(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.dropped)
    }

    /// Takes note that the declared member with this index was `null`.
    #[cold]
    pub(super) fn note_null(&mut self, index: usize) {
        let (word, bit) = (index / BITS, index % BITS);
        let nulls = &mut self.kept().nulls;
        if nulls.len() <= word {
            nulls.resize(word + 1, 0);
        }
        if let Some(bits) = nulls.get_mut(word) {
            *bits |= 1 << bit;
        }
    }

    /// What is written for a declared member without a value.
    pub(super) fn in_place_of(&self, index: usize, name: &str) -> Option<&dyn Encode> {
        let kept = self.0.as_ref()?;
        let bits = kept.nulls.get(index / BITS).copied().unwrap_or_default();
        match bits & (1 << (index % BITS)) {
            0 => kept.members.get(name).map(|value| value as &dyn Encode),
            _ => Some(&Null),
        }
    }
}

/// Which members were `null` and not absent makes no difference.
impl PartialEq for Undeclared {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

/// Says how many members there are, and not what they hold: nobody knows whether it is a secret.
impl fmt::Debug for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} kept", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_null_is_noted_by_itself() {
        let mut undeclared = Undeclared::default();
        for index in [0, 63, 64, 200] {
            undeclared.note_null(index);
        }
        let is_null = |index: &usize| undeclared.in_place_of(*index, "").is_some();
        let noted: Vec<usize> = (0..300).filter(is_null).collect();
        assert_eq!(noted, [0, 63, 64, 200]);
        assert_eq!(undeclared, Undeclared::default());
    }
}
