//! Writing values: the trait of everything that can be written, and what it writes to.
//!
//! As in reading, nothing of a model is generic over a serializer: it writes to a `dyn` [`Sink`].
//! The same value goes into a JSON body, a query or a path, depending on the sink.

use std::collections::BTreeMap;
use std::fmt;

use super::{Entries, Fault};
use crate::body::File;

/// A type that can be written as JSON or as a parameter.
///
/// Generated types implement it with `object!` and its sisters, and forward serde's `Serialize` to
/// it.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Encode, Fault, Sink, to_vec};
///
/// /// A list of tags, which the API writes as one string.
/// struct Tags(Vec<String>);
///
/// impl Encode for Tags {
///     fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
///         sink.string(&self.0.join(","))
///     }
/// }
///
/// let tags = Tags(vec!["a".to_owned(), "b".to_owned()]);
/// assert_eq!(to_vec(&tags)?, br#""a,b""#);
/// # Ok::<(), Fault>(())
/// ```
pub trait Encode {
    /// Writes the value; exactly one of the sink's methods is called.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the value has no JSON, such as infinity.
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault>;

    /// Whether the value is left out of an object that holds it.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }
}

/// The destination that a value is written to, such as JSON, a form or a query.
///
/// A value calls exactly one of its methods.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Encode, Fault, Sink, to_vec};
///
/// /// A list that is written as `null` if it is empty.
/// struct Ids(Vec<i64>);
///
/// impl Encode for Ids {
///     fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
///         match self.0.as_slice() {
///             [] => sink.null(),
///             ids => sink.array(&mut ids.iter().map(|id| id as &dyn Encode)),
///         }
///     }
/// }
///
/// assert_eq!(to_vec(&Ids(vec![]))?, b"null");
/// assert_eq!(to_vec(&Ids(vec![1, 2]))?, b"[1,2]");
/// # Ok::<(), Fault>(())
/// ```
pub trait Sink {
    /// Writes `null`.
    ///
    /// # Errors
    ///
    /// As for all methods of this trait: a [`Fault`] if the value cannot be written to this sink.
    fn null(&mut self) -> Result<(), Fault>;

    /// Writes `true` or `false`.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn boolean(&mut self, value: bool) -> Result<(), Fault>;

    /// Writes an integer.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn integer(&mut self, value: i64) -> Result<(), Fault>;

    /// Writes an integer that may be larger than any `i64`.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn unsigned(&mut self, value: u64) -> Result<(), Fault>;

    /// Writes a finite number.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn float(&mut self, value: f64) -> Result<(), Fault>;

    /// Writes a number that none of the others holds exactly, by its digits.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn digits(&mut self, digits: &str) -> Result<(), Fault> {
        self.string(digits)
    }

    /// Writes a string.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn string(&mut self, value: &str) -> Result<(), Fault>;

    /// Writes a value as the string that its `Display` implementation produces.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn display(&mut self, value: &dyn fmt::Display) -> Result<(), Fault> {
        self.string(&value.to_string())
    }

    /// Writes a file: bytes that only a form or a body of its own can hold.
    ///
    /// # Errors
    ///
    /// A fault, unless the sink is a form or the file is a text.
    fn file(&mut self, file: &File) -> Result<(), Fault> {
        match file.as_text() {
            Some(text) => self.string(text),
            None => Err(Fault::new(
                "a file can only be sent in a form or as a body of its own",
            )),
        }
    }

    /// Writes an array.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault>;

    /// Writes an object.
    ///
    /// # Errors
    ///
    /// See [`Sink::null`].
    fn object(&mut self, members: &Entries<'_>) -> Result<(), Fault>;
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        (**self).encode(sink)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        match self {
            Some(value) => value.encode(sink),
            None => sink.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode> Encode for Box<T> {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        (**self).encode(sink)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.array(&mut self.iter().map(|element| element as &dyn Encode))
    }
}

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        self.as_slice().encode(sink)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.object(&Entries::of(self))
    }
}
