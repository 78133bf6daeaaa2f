//! Strictness: a union without a tag tries its types one after the other, and while it does, a value is only
//! read if nothing in it deviates from what its type declares.
//!
//! A type knows by [`is_strict`] that it is only being tried. It asks where a value deviates and nowhere else,
//! so that what is as declared costs nothing.

use std::cell::Cell;

use serde_json::Value;

use super::{Fault, Input, Shape};

thread_local! {
    static TRIAL: Cell<Trial> = const { Cell::new(Trial { depth: 0, fuel: 0 }) };
}

/// How the value is read that this thread is reading.
#[derive(Clone, Copy)]
struct Trial {
    /// How many unions around the value are trying a type.
    depth: usize,
    /// How much may still be read by unions within the value: each type that the outermost union tries would
    /// let all types be tried by those within, and so on, which is exponential in the depth.
    fuel: usize,
}

/// How many times the size of a value may be read by the unions inside of it.
const FUEL: usize = 16;

/// Whether the value that is being read must not deviate from its type.
pub(super) fn is_strict() -> bool {
    TRIAL.get().depth > 0
}

/// Returns the value of a union or an enum that is none of the declared ones, unless it must be one of them.
///
/// # Errors
///
/// A [`Fault`] if a union around it is trying its types.
#[cold]
#[inline(never)]
pub fn kept<T>(value: T) -> Result<T, Fault> {
    match is_strict() {
        true => Err(Fault::new("none of the declared values")),
        false => Ok(value),
    }
}

/// The text of an enum's value.
///
/// # Errors
///
/// A [`Fault`] if it is not a text, or none of the declared ones while a union is trying its types.
#[inline(never)]
pub fn listed<'i>(input: &'i Input<'_>, shape: Shape) -> Result<&'i str, Fault> {
    let text = input.text()?;
    match (is_strict(), shape) {
        (true, Shape::Text(values)) if !values.contains(&text) => kept(text),
        _ => Ok(text),
    }
}

/// Runs `read`, which must not deviate; `None` if `value` was read too often already.
pub(super) fn strictly<T>(value: &Value, read: impl FnOnce() -> T) -> Option<T> {
    let trial = TRIAL.get();
    let size = size(value);
    let fuel = match trial.depth {
        0 => size * FUEL,
        _ => trial.fuel.checked_sub(size)?,
    };
    TRIAL.set(Trial {
        depth: trial.depth + 1,
        fuel,
    });
    // Set back even if a type that is not ours panics.
    let restore = Restore(trial.depth);
    let result = read();
    drop(restore);
    Some(result)
}

/// Goes back to a depth. What fuel was used stays used.
struct Restore(usize);

impl Drop for Restore {
    fn drop(&mut self) {
        TRIAL.set(Trial {
            depth: self.0,
            ..TRIAL.get()
        });
    }
}

/// How many values there are in a value.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}
