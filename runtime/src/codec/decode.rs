//! Reading values: the trait of everything that can be read, and what it reads from.
//!
//! No function of a model is generic over a deserializer. A model is handed an [`Input`], whose
//! arrays and objects are behind `dyn`, so the compiler checks and translates it once, whatever it
//! is read from. That is what makes big clients cheap to compile; BENCHMARKS.md has the figures.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::{Encode, Fault, Shape};

/// A type that can be read from JSON, a header or a text.
///
/// Generated types implement it with `object!` and similar macros, and their serde `Deserialize` forwards to
/// it. The supertraits are there because models are written, formatted and compared by means of their fields.
///
/// A type of your own that is used in models (`[types]` in `clientsmith.toml`) implements this and [`Encode`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Decode, Encode, Fault, Input, Sink, from_slice, to_vec};
///
/// /// Cents, which the API writes as a string: `"12.50"`.
/// #[derive(Debug, Clone, PartialEq)]
/// struct Amount(i64);
///
/// impl Decode for Amount {
///     fn decode(input: Input<'_>) -> Result<Self, Fault> {
///         let digits = input.text()?.replacen('.', "", 1);
///         let cents = digits.parse().map_err(|_| Fault::new("expected an amount"))?;
///         Ok(Self(cents))
///     }
/// }
///
/// impl Encode for Amount {
///     fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
///         sink.display(&format_args!("{}.{:02}", self.0 / 100, self.0 % 100))
///     }
/// }
///
/// let amounts: Vec<Amount> = from_slice(br#"["12.50"]"#)?;
/// assert_eq!(amounts, [Amount(1250)]);
/// assert_eq!(to_vec(&amounts)?, br#"["12.50"]"#);
/// # Ok::<(), Fault>(())
/// ```
pub trait Decode: Encode + fmt::Debug + PartialEq + Sized + 'static {
    /// What the values of this type look like.
    const SHAPE: Shape = Shape::Other;

    /// The value of a member of this type that is absent; `None` if such a member is required.
    const ABSENT: Option<Self> = None;

    /// Reads a value that is not `null`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] with the path to what is wrong.
    fn decode(input: Input<'_>) -> Result<Self, Fault>;

    /// The value that `null` stands for; `None` if `null` is not allowed.
    #[inline]
    fn null() -> Option<Self> {
        None
    }

    /// How well a value in memory fits the type, for a union that must choose one: the higher the
    /// better, `None` if it is none of this type. Only the value's own kind and members are looked
    /// at, and the first element of an array.
    #[inline]
    fn fit(value: &Value) -> Option<usize> {
        Self::SHAPE.fit(value)
    }
}

/// A value that is being read: a scalar, or an array or object whose contents are still to be read.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, Input};
///
/// fn seconds(input: Input<'_>) -> Result<f64, Fault> {
///     match input {
///         Input::Integer(whole) => Ok(whole as f64),
///         Input::Float(part) => Ok(part),
///         other => Err(Fault::new(format!("expected seconds, found {other}"))),
///     }
/// }
/// assert_eq!(seconds(Input::Integer(2))?, 2.0);
/// # Ok::<(), Fault>(())
/// ```
#[non_exhaustive]
pub enum Input<'a> {
    /// `true` or `false`.
    Boolean(bool),
    /// A number without fraction and exponent.
    Integer(i64),
    /// A number without fraction and exponent that is larger than any `i64`.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// The digits of a number that none of the others holds exactly.
    Digits(&'a str),
    /// A string.
    String(&'a str),
    /// Text without JSON quotes, from a header or a text body. It may stand for a value of any type.
    Text(&'a str),
    /// An array.
    Array(&'a mut dyn Elements),
    /// An object.
    Object(&'a mut dyn Members),
}

impl Input<'_> {
    /// The characters of a string.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if it is something else.
    pub fn text(&self) -> Result<&str, Fault> {
        match self {
            Self::String(text) | Self::Text(text) => Ok(text),
            other => Err(other.mismatch("a string")),
        }
    }

    /// The fault of finding this where something else was expected.
    #[cold]
    pub(crate) fn mismatch(&self, expected: &str) -> Fault {
        Fault::mismatch(expected, self)
    }
}

/// Shows scalars and short strings; a long string, an array or an object is only named as such.
impl fmt::Display for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONG: usize = 40;
        match self {
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Unsigned(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Digits(digits) => f.write_str(digits),
            Self::String(text) | Self::Text(text) if text.len() <= LONG => write!(f, "{text:?}"),
            Self::String(_) | Self::Text(_) => f.write_str("a long string"),
            Self::Array(_) => f.write_str("an array"),
            Self::Object(_) => f.write_str("an object"),
        }
    }
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The elements of an array, to be read one after the other.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, Input};
///
/// /// The sum of an array of numbers, none of which is kept.
/// fn sum(input: Input<'_>) -> Result<i64, Fault> {
///     let Input::Array(elements) = input else {
///         return Err(Fault::new("expected an array"));
///     };
///     let (mut sum, mut number) = (0, None::<i64>);
///     while elements.next(&mut number)? {
///         sum += number.take().unwrap_or_default();
///     }
///     Ok(sum)
/// }
/// ```
pub trait Elements {
    /// Reads the next element into `slot`; `false` at the end.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the element cannot be read or the JSON is malformed.
    fn next(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault>;
}

/// The members of an object, to be read one after the other.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, Input};
///
/// /// The names of the members of an object.
/// fn names(input: Input<'_>) -> Result<Vec<String>, Fault> {
///     let Input::Object(members) = input else {
///         return Err(Fault::new("expected an object"));
///     };
///     let mut names = Vec::new();
///     while members.next(&mut |name| names.push(name.to_owned()))? {
///         members.skip()?;
///     }
///     Ok(names)
/// }
/// ```
pub trait Members {
    /// Shows the next member's name to `name`; `false` at the end.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the JSON is malformed.
    fn next(&mut self, name: &mut dyn FnMut(&str)) -> Result<bool, Fault>;

    /// Reads the value of the member whose name was shown last; `false` if it is `null`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the value cannot be read or the JSON is malformed.
    fn value(&mut self, slot: &mut dyn Slot) -> Result<bool, Fault>;

    /// Skips the value of the member whose name was shown last.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the JSON is malformed.
    fn skip(&mut self) -> Result<(), Fault>;

    /// The value that could not be read, after [`Members::value`] failed and if the next member can still be
    /// read. It is known if it is in memory, or neither an array nor an object.
    fn misfit(&mut self) -> Option<Value> {
        None
    }
}

/// A place for a value that is still to be read: `Option<T>`.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, Input, Slot};
///
/// let mut place = None::<i64>;
/// assert!(place.is_empty());
/// place.fill(Input::Integer(7))?;
/// assert_eq!(place, Some(7));
/// # Ok::<(), Fault>(())
/// ```
pub trait Slot {
    /// Reads the value into the place.
    ///
    /// # Errors
    ///
    /// The same as for [`Decode::decode`].
    fn fill(&mut self, input: Input<'_>) -> Result<(), Fault>;

    /// Stores the value that `null` stands for. If the type does not allow `null`, the place is left empty.
    fn fill_null(&mut self);

    /// Whether the place holds no value yet.
    fn is_empty(&self) -> bool;

    /// Whether the place holds the value of a member that is not there.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Decode> Slot for Option<T> {
    #[inline]
    fn fill(&mut self, input: Input<'_>) -> Result<(), Fault> {
        *self = Some(T::decode(input)?);
        Ok(())
    }

    #[inline]
    fn fill_null(&mut self) {
        *self = T::null();
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.is_none()
    }

    fn is_absent(&self) -> bool {
        self.as_ref().is_some_and(Encode::is_absent)
    }
}

impl<T: Decode> Decode for Option<T> {
    const ABSENT: Option<Self> = Some(None);

    #[inline]
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        T::decode(input).map(Some)
    }

    #[inline]
    fn null() -> Option<Self> {
        // `Some(None)` is "null" where both "null" and "absent" are values.
        Some(T::null())
    }

    #[inline]
    fn fit(value: &Value) -> Option<usize> {
        if value.is_null() {
            Some(1)
        } else {
            T::fit(value)
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        T::decode(input).map(Self::new)
    }

    #[inline]
    fn null() -> Option<Self> {
        T::null().map(Self::new)
    }

    #[inline]
    fn fit(value: &Value) -> Option<usize> {
        T::fit(value)
    }
}

impl<T: Decode> Decode for Vec<T> {
    #[inline]
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        let elements = match input {
            Input::Array(elements) => elements,
            Input::Text(text) => return list(text),
            other => return Err(other.mismatch("an array")),
        };
        let mut values = Self::new();
        let mut slot = None;
        loop {
            match elements.next(&mut slot) {
                Ok(false) => return Ok(values),
                Ok(true) => match slot.take() {
                    Some(value) => values.push(value),
                    None => return Err(null_fault().in_element(values.len())),
                },
                Err(fault) => return Err(fault.in_element(values.len())),
            }
        }
    }

    #[inline]
    fn fit(value: &Value) -> Option<usize> {
        // The first element speaks for all of them.
        match value.as_array()?.iter().find(|element| !element.is_null()) {
            None => Some(1),
            Some(first) => T::fit(first).map(|fit| fit + 1),
        }
    }
}

/// A list as a header has it: its elements with commas between (RFC 9110 §5.6.1).
fn list<T: Decode>(text: &str) -> Result<Vec<T>, Fault> {
    let elements = text
        .split(',')
        .map(str::trim)
        .filter(|element| !element.is_empty());
    let elements = elements.enumerate().map(|(index, element)| {
        T::decode(Input::Text(element)).map_err(|fault| fault.in_element(index))
    });
    elements.collect()
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    #[inline]
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        let Input::Object(members) = input else {
            return Err(input.mismatch("an object"));
        };
        let mut values = Self::new();
        let mut key = String::new();
        let mut slot = None;
        loop {
            if !members.next(&mut |name| name.clone_into(&mut key))? {
                return Ok(values);
            }
            let result = members.value(&mut slot);
            let result = result.and_then(|_| slot.take().ok_or_else(null_fault));
            match result {
                Ok(value) => values.insert(std::mem::take(&mut key), value),
                Err(fault) => return Err(fault.in_member(key)),
            };
        }
    }

    #[inline]
    fn fit(value: &Value) -> Option<usize> {
        match value.as_object()?.values().find(|member| !member.is_null()) {
            None => Some(1),
            Some(first) => T::fit(first).map(|_| 1),
        }
    }
}

/// `null` where a value must stand.
#[cold]
pub(crate) fn null_fault() -> Fault {
    Fault::mismatch("a value", "null")
}
