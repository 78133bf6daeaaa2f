//! Unions: which of several types a value is.
//!
//! If a member (the tag) names the type, the object is read up to the tag; the members up to there are kept and
//! read again. Without a tag the value is read into memory. The kind of JSON value, its members and their constants
//! say in one pass over the types which of them it may be; where that leaves several, they are tried.

use std::fmt;

use serde_json::Value;

use super::strict::strictly;
use super::value::Replay;
use super::{Decode, Fault, Input, Members, from_value};

/// How well a value fits what a variant holds.
#[inline(never)]
pub fn fit_variant<T: Decode, U>(_: fn(T) -> U, value: &Value) -> Option<usize> {
    T::fit(value)
}

/// The value of the tag of an object in memory, as text.
#[must_use]
pub fn tag_of(value: &Value, tag: &str) -> Option<String> {
    text(value.as_object()?.get(tag)?)
}

/// An object whose tag was found: what stood before it, and what is still to be read.
pub struct Tagged<'m> {
    /// The members up to the tag, the tag among them.
    ahead: Vec<(String, Value)>,
    tag: Option<String>,
    rest: &'m mut dyn Members,
}

impl<'m> Tagged<'m> {
    /// Reads an object up to its tag. An input that is not an object is returned as the inner `Err`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the JSON is malformed.
    pub fn read(input: Input<'m>, tag: &str) -> Result<Result<Self, Input<'m>>, Fault> {
        let Input::Object(rest) = input else {
            return Ok(Err(input));
        };
        let mut tagged = Self {
            ahead: Vec::new(),
            tag: None,
            rest,
        };
        let mut name = String::new();
        while tagged.rest.next(&mut |key| key.clone_into(&mut name))? {
            let mut slot = None;
            tagged
                .rest
                .value(&mut slot)
                .map_err(|fault| fault.in_member(name.clone()))?;
            let value: Value = slot.unwrap_or_default();
            let found = name == tag;
            if found {
                tagged.tag = text(&value);
            }
            tagged.ahead.push((std::mem::take(&mut name), value));
            if found {
                break;
            }
        }
        Ok(Ok(tagged))
    }

    /// The value of the tag, if the object has one that is a string, a number or a boolean.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Decodes the whole object as a `T`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the object is not a `T`.
    #[inline(never)]
    pub fn decode<T: Decode>(self) -> Result<T, Fault> {
        let ahead = self
            .ahead
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        T::decode(Input::Object(&mut Replay::then(ahead, self.rest)))
    }
}

impl fmt::Debug for Tagged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tagged")
            .field("tag", &self.tag)
            .finish_non_exhaustive()
    }
}

/// A scalar as a text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The types of a union that a value may be of, tried one after the other: first strictly, the best first; then,
/// if nothing was read so, the best one as it is.
pub struct Trials<'v> {
    value: &'v Value,
    /// The indices of the variants that fit, the best first.
    variants: Vec<usize>,
    /// How many of them were tried strictly.
    tried: usize,
    current: Trial,
}

/// How a type is tried.
#[derive(Clone, Copy, PartialEq)]
enum Trial {
    Strict,
    Tolerant,
    Over,
}

impl<'v> Trials<'v> {
    /// Trials of the variants that fit `value`; `fits` says how well each does.
    #[must_use]
    pub fn new(value: &'v Value, fits: &[Option<usize>]) -> Self {
        let fit = |index: usize| fits.get(index).copied().flatten();
        let mut variants: Vec<usize> = (0..fits.len())
            .filter(|index| fit(*index).is_some())
            .collect();
        // The sort is stable, so of equals the first comes first.
        variants.sort_by_key(|index| std::cmp::Reverse(fit(*index)));
        // If there is only one, reading it strictly before reading it as it is would make no difference.
        let tried = if variants.len() == 1 { 1 } else { 0 };
        Self {
            value,
            variants,
            tried,
            current: Trial::Strict,
        }
    }

    /// The index of the variant that is to be tried next.
    pub fn next_variant(&mut self) -> Option<usize> {
        if let Some(variant) = self.variants.get(self.tried) {
            self.tried += 1;
            return Some(*variant);
        }
        self.current = match self.current {
            Trial::Strict => Trial::Tolerant,
            _ => Trial::Over,
        };
        let best = self.variants.first().copied();
        best.filter(|_| self.current == Trial::Tolerant)
    }

    /// The value as the type of a variant, if it can be read so.
    #[inline(never)]
    pub fn read<T: Decode, U>(&self, variant: fn(T) -> U) -> Option<U> {
        let read = || from_value::<T>(self.value);
        let read = match self.current {
            Trial::Strict => strictly(self.value, read)?,
            _ => read(),
        };
        read.ok().map(variant)
    }
}

impl fmt::Debug for Trials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trials")
            .field("variants", &self.variants)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::__private::v1::object;

    struct Cat {
        name: String,
        claws: Option<i64>,
    }

    object! {
        Cat {
            name = "name" required,
            claws = "claws" optional,
        }
    }

    struct Dog {
        name: String,
        bark: String,
    }

    object! {
        Dog {
            name = "name" required,
            bark = "bark" required,
        }
    }

    struct Bird {
        name: String,
        kind: Option<String>,
    }

    object! {
        Bird {
            name = "name" required,
            kind = "kind" optional == "bird",
        }
    }

    #[test]
    fn the_best_fit_is_chosen() {
        type Fit = fn(&Value) -> Option<usize>;
        let variants: [Fit; 8] = [
            String::fit,
            Vec::<String>::fit,
            Vec::<i64>::fit,
            Cat::fit,
            Dog::fit,
            Bird::fit,
            i64::fit,
            f64::fit,
        ];
        for (value, variant) in [
            (json!("x"), Some(0)),
            (json!(["x"]), Some(1)),
            (json!([1]), Some(2)),
            (json!([null, 1.0]), Some(2)),
            (json!([]), Some(1)),
            (json!({"name": "a", "claws": 4}), Some(3)),
            (json!({"name": "a", "bark": "b", "new": 1}), Some(4)),
            (json!({"name": "a", "kind": "bird"}), Some(5)),
            (json!({"kind": "bird"}), None),
            (json!(1), Some(6)),
            (json!(1.5), Some(7)),
            (json!(true), None),
        ] {
            let fits = variants.map(|fit| fit(&value));
            assert_eq!(
                Trials::new(&value, &fits).next_variant(),
                variant,
                "{value}"
            );
        }
    }
}
