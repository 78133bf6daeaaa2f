//! Variants: what enums are put together with.
//!
//! It stands in an enum once per variant, and clients have thousands of them. The compiler would copy
//! something as small into each place and keep it there for other crates; so it is told not to
//! (`BENCHMARKS.md`, "What a model costs").

use super::{Encode, Fault, Sink};

/// Whether a text is that of a variant.
#[must_use]
#[inline(never)]
pub fn is_text(text: &str, of_variant: &str) -> bool {
    text == of_variant
}

/// A text that is that of no variant, to be kept.
#[must_use]
#[inline(never)]
pub fn unknown(text: &str) -> String {
    text.to_owned()
}

/// What was read, in its variant.
///
/// # Errors
///
/// The fault of reading it.
#[inline(never)]
pub fn in_variant<T, U>(value: Result<T, Fault>, variant: fn(T) -> U) -> Result<U, Fault> {
    value.map(variant)
}

/// Writes what a variant holds.
///
/// # Errors
///
/// The fault of writing it.
#[inline(never)]
pub fn write_variant<T: Encode>(value: &T, sink: &mut dyn Sink) -> Result<(), Fault> {
    value.encode(sink)
}
