//! Nulls: which members of an object were `null`, where a type has one `None` for that and for
//! absence.
//!
//! A caller who reads a response has no use for the difference; a value that is written again must
//! not lose it.

use std::fmt;

/// The members of an object that were `null`, by the order in which its type declares them.
///
/// It does not affect whether two models are equal, so all values of this type are equal.
#[derive(Clone, Default)]
pub struct Nulls {
    /// The first 64 members, a bit each.
    bits: u64,
    /// The members after them.
    more: Option<Box<Nulls>>,
}

const BITS: usize = u64::BITS as usize;

impl Nulls {
    /// Takes note of a member.
    pub(crate) fn note(&mut self, index: usize) {
        match index.checked_sub(BITS) {
            None => self.bits |= 1 << index,
            Some(rest) => self.more.get_or_insert_default().note(rest),
        }
    }

    /// Whether a member was `null`.
    pub(crate) fn has(&self, index: usize) -> bool {
        match index.checked_sub(BITS) {
            None => self.bits & (1 << index) != 0,
            Some(rest) => self.more.as_ref().is_some_and(|more| more.has(rest)),
        }
    }
}

impl PartialEq for Nulls {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Nulls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_noted_by_itself() {
        let mut nulls = Nulls::default();
        for index in [0, 63, 64, 200] {
            nulls.note(index);
        }
        let noted: Vec<usize> = (0..300).filter(|index| nulls.has(*index)).collect();
        assert_eq!(noted, [0, 63, 64, 200]);
    }
}
