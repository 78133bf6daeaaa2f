//! Variants: the functions that generated enums call for their variants.
//!
//! Each is called once per variant, and clients have thousands of variants. The compiler would inline functions
//! as small as these into every caller and keep the copies for other crates, so all are marked
//! `#[inline(never)]` (`BENCHMARKS.md`, "What a model costs").

use super::{Encode, Fault, Sink};

/// Whether a string is the value of a variant.
#[must_use]
#[inline(never)]
pub fn is_text(text: &str, of_variant: &str) -> bool {
    text == of_variant
}

/// Copies a string that is the value of no variant, for the variant `Unknown`.
#[must_use]
#[inline(never)]
pub fn unknown(text: &str) -> String {
    text.to_owned()
}

/// Wraps a value that was read in its variant.
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
