//! Scalars: booleans, numbers, strings and JSON of unknown shape.

use serde_json::{Map, Number, Value};

use super::number::number;
use super::strict::is_strict;
use super::{Decode, Encode, Entries, Fault, Input, Shape, Sink};

/// The type of a schema that allows only `null`.
///
/// # Example
///
/// ```
/// let nothing: Vec<clientsmith_runtime::Null> = clientsmith_runtime::from_slice(b"[null]")?;
/// assert_eq!(nothing.len(), 1);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Null;

impl Decode for Null {
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        Err(input.mismatch("null"))
    }

    fn null() -> Option<Self> {
        Some(Self)
    }

    fn fit(value: &Value) -> Option<usize> {
        value.is_null().then_some(2)
    }
}

impl Encode for Null {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.null()
    }
}

impl Decode for bool {
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        match input {
            Input::Boolean(value) => Ok(value),
            Input::Text("true") => Ok(true),
            Input::Text("false") => Ok(false),
            other => Err(other.mismatch("true or false")),
        }
    }

    fn fit(value: &Value) -> Option<usize> {
        value.is_boolean().then_some(2)
    }
}

impl Encode for bool {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.boolean(*self)
    }
}

impl Decode for String {
    const SHAPE: Shape = Shape::Text(&[]);

    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        input.text().map(str::to_owned)
    }
}

impl Encode for String {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.string(self)
    }
}

impl Encode for str {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.string(self)
    }
}

/// Integers are read from any number that has an integer's value: `1`, `1.0` and `1e3`.
macro_rules! integers {
    ($($ty:ident as $method:ident($wide:ident)),*) => { $(
        impl Decode for $ty {
            fn decode(input: Input<'_>) -> Result<Self, Fault> {
                let value = match &input {
                    Input::Integer(value) => Self::try_from(*value).ok(),
                    Input::Unsigned(value) => Self::try_from(*value).ok(),
                    Input::Float(value) => whole(*value).and_then(|value| Self::try_from(value).ok()),
                    Input::Text(text) => text.trim().parse().ok(),
                    // Some servers write numbers as texts, and .NET says so with a pattern.
                    Input::String(text) if !is_strict() => text.parse().ok(),
                    _ => None,
                };
                value.ok_or_else(|| not_an_integer(&input, stringify!($ty)))
            }

            fn fit(value: &Value) -> Option<usize> {
                let number = value.as_number()?;
                let is_whole = !number.is_f64() || number.as_f64()?.fract() == 0.0;
                is_whole.then_some(2)
            }
        }

        impl Encode for $ty {
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                sink.$method($wide::from(*self))
            }
        }
    )* };
}

integers!(
    i8 as integer(i64),
    i16 as integer(i64),
    i32 as integer(i64),
    i64 as integer(i64),
    u8 as unsigned(u64),
    u16 as unsigned(u64),
    u32 as unsigned(u64),
    u64 as unsigned(u64)
);

/// The fault of what is no integer of a type.
#[cold]
fn not_an_integer(input: &Input<'_>, ty: &str) -> Fault {
    let is_large = match input {
        Input::Unsigned(_) | Input::Digits(_) => true,
        Input::Float(value) => value.fract() == 0.0,
        _ => false,
    };
    let hint = match is_large && ty == "i64" {
        true => "; `integer = \"number\"` in clientsmith.toml keeps integers of any size",
        false => "",
    };
    Fault::new(format!(
        "expected an integer of type {ty}, found {input}{hint}"
    ))
}

/// The integer that a float holds exactly.
fn whole(value: f64) -> Option<i128> {
    // Beyond 2^64 nothing fits anyway, and below it the conversion is exact.
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    (value.fract() == 0.0 && value.abs() < LIMIT).then_some(value as i128)
}

macro_rules! floats {
    ($($ty:ident as $wide:path),*) => { $(
        impl Decode for $ty {
            fn decode(input: Input<'_>) -> Result<Self, Fault> {
                match input {
                    Input::Float(value) => Ok(value as Self),
                    Input::Integer(value) => Ok(value as Self),
                    Input::Unsigned(value) => Ok(value as Self),
                    Input::Digits(text) => match text.parse::<Self>() {
                        Ok(value) if value.is_finite() => Ok(value),
                        _ => Err(input.mismatch("a number")),
                    },
                    Input::String(text) if !is_strict() => match number(text) {
                        Some(Input::String(_)) | None => Err(input.mismatch("a number")),
                        Some(number) => Self::decode(number),
                    },
                    Input::Text(text) => match text.trim().parse() {
                        Ok(value) => Ok(value),
                        Err(_) => Err(input.mismatch("a number")),
                    },
                    other => Err(other.mismatch("a number")),
                }
            }

            fn fit(value: &Value) -> Option<usize> {
                value.is_number().then_some(1)
            }
        }

        impl Encode for $ty {
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                if self.is_finite() {
                    sink.float($wide(*self))
                } else {
                    Err(Fault::new(format!("{self} has no JSON")))
                }
            }
        }
    )* };
}

floats!(f32 as shortest, f64 as std::convert::identity);

/// The `f64` with the same shortest decimal digits as an `f32`: 0.1 and not 0.10000000149011612.
fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

impl Decode for Value {
    const SHAPE: Shape = Shape::Any;

    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        Ok(match input {
            Input::Boolean(value) => Self::Bool(value),
            Input::Integer(value) => Self::from(value),
            Input::Unsigned(value) => Self::from(value),
            Input::Float(value) => Number::from_f64(value).map_or(Self::Null, Self::Number),
            // `serde_json` has only `f64` for it, or a text.
            Input::Digits(digits) => match digits.parse().ok().and_then(Number::from_f64) {
                Some(number) => Self::Number(number),
                None => Self::from(digits),
            },
            Input::String(text) | Input::Text(text) => Self::from(text),
            array @ Input::Array(_) => Self::Array(Vec::decode(array)?),
            object => Self::Object(Map::decode(object)?),
        })
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Encode for Value {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        match self {
            Self::Null => sink.null(),
            Self::Bool(value) => sink.boolean(*value),
            Self::Number(number) => encode_number(number, sink),
            Self::String(text) => sink.string(text),
            Self::Array(elements) => elements.encode(sink),
            Self::Object(members) => members.encode(sink),
        }
    }
}

fn encode_number(number: &Number, sink: &mut dyn Sink) -> Result<(), Fault> {
    if let Some(value) = number.as_i64() {
        sink.integer(value)
    } else if let Some(value) = number.as_u64() {
        sink.unsigned(value)
    } else {
        number.as_f64().unwrap_or(f64::NAN).encode(sink)
    }
}

impl Decode for Map<String, Value> {
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        let Input::Object(members) = input else {
            return Err(input.mismatch("an object"));
        };
        let mut map = Self::new();
        let mut key = String::new();
        let mut slot: Option<Value> = None;
        while members.next(&mut |name| name.clone_into(&mut key))? {
            if let Err(fault) = members.value(&mut slot) {
                return Err(fault.in_member(key));
            }
            map.insert(std::mem::take(&mut key), slot.take().unwrap_or_default());
        }
        Ok(map)
    }

    fn fit(value: &Value) -> Option<usize> {
        value.is_object().then_some(1)
    }
}

impl Encode for Map<String, Value> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.object(&Entries::of(self))
    }
}

#[cfg(test)]
mod tests {
    use crate::from_slice;

    #[test]
    fn an_integer_is_a_number_with_an_integers_value() {
        assert_eq!(from_slice::<i64>(b"1.0").unwrap(), 1);
        assert_eq!(from_slice::<i64>(b"1e3").unwrap(), 1000);
        assert_eq!(
            from_slice::<u64>(b"18446744073709551615").unwrap(),
            u64::MAX
        );
        assert!(from_slice::<i64>(b"18446744073709551615").is_err());
        assert!(from_slice::<i64>(b"1.5").is_err());
        assert!(from_slice::<i64>(b"1e300").is_err());
        assert!(from_slice::<u8>(b"-1").is_err());
    }

    #[test]
    fn null_is_a_value_only_where_it_may_stand() {
        assert_eq!(from_slice::<Option<i64>>(b"null").unwrap(), None);
        assert!(from_slice::<i64>(b"null").is_err());
        let fault = from_slice::<Vec<i64>>(b"[1,null]").unwrap_err();
        assert_eq!(fault.to_string(), "[1]: expected a value, found null");
    }

    #[test]
    fn infinity_is_not_written_as_null() {
        assert!(crate::to_vec(&f64::INFINITY).is_err());
        assert_eq!(crate::to_vec(&1.5).unwrap(), b"1.5");
        assert_eq!(crate::to_vec(&0.1_f32).unwrap(), b"0.1");
    }
}
