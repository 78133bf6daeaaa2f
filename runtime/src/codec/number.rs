//! Numbers of which no digit may be lost, and how their digits survive a parser that has only `f64` for them.
//!
//! `serde_json` keeps the digits of a number only with its feature `arbitrary_precision`, which would change it for
//! all crates of a program. So a text is looked through before it is parsed. A number that `f64` would round is
//! replaced by an object that holds its digits, the same that `serde_json` makes of all numbers with that feature.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use serde_json::Value;

use super::strict::is_strict;
use super::{Decode, Encode, Fault, Input, Sink};

/// A JSON number with all its digits, however large or exact it is.
///
/// Two of them are equal if their values are: `1.10` equals `1.1`.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Number, from_slice, to_vec};
///
/// let sum: Number = from_slice(b"0.12345678901234567890")?;
/// assert_eq!(sum.to_string(), "0.12345678901234567890");
/// assert_eq!(to_vec(&sum)?, b"0.12345678901234567890");
/// assert_eq!(Number::from(7).as_i64(), Some(7));
/// assert_eq!("2.5".parse::<Number>()?.as_f64(), 2.5);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[derive(Clone)]
pub struct Number(Kind);

#[derive(Clone)]
enum Kind {
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Digits(Box<str>),
}

impl Number {
    /// The value, if it is an integer that an `i64` holds.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Kind::Integer(value) => Some(*value),
            _ => self.to_string().parse().ok(),
        }
    }

    /// The value, if it is an integer that a `u64` holds.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Kind::Unsigned(value) => Some(*value),
            _ => self.to_string().parse().ok(),
        }
    }

    /// The nearest `f64`; infinite if it is too large for one.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Kind::Integer(value) => *value as f64,
            Kind::Unsigned(value) => *value as f64,
            Kind::Float(value) => *value,
            Kind::Digits(digits) => digits.parse().unwrap_or(f64::NAN),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Kind::Integer(value))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(Kind::Integer(value.into()))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Kind::Unsigned(value))
    }
}

/// A value that is not finite has no JSON, so writing it is a [`Fault`].
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(Kind::Float(value))
    }
}

/// Reads a number as JSON spells it (RFC 8259 §6).
impl FromStr for Number {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let input =
            number(text).ok_or_else(|| Fault::mismatch("a number", format_args!("{text:?}")))?;
        Self::decode(input)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Integer(value) => write!(f, "{value}"),
            Kind::Unsigned(value) => write!(f, "{value}"),
            Kind::Float(value) => write!(f, "{value}"),
            Kind::Digits(digits) => f.write_str(digits),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        parts(&self.to_string()) == parts(&other.to_string())
    }
}

impl Eq for Number {}

impl Decode for Number {
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        Ok(Self(match input {
            Input::Integer(value) => Kind::Integer(value),
            Input::Unsigned(value) => Kind::Unsigned(value),
            Input::Float(value) => Kind::Float(value),
            Input::Digits(digits) => Kind::Digits(digits.into()),
            Input::Text(text) => return text.trim().parse(),
            Input::String(text) if !is_strict() => return text.parse(),
            other => return Err(other.mismatch("a number")),
        }))
    }

    fn fit(value: &Value) -> Option<usize> {
        value.is_number().then_some(1)
    }
}

impl Encode for Number {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        match &self.0 {
            Kind::Integer(value) => sink.integer(*value),
            Kind::Unsigned(value) => sink.unsigned(*value),
            Kind::Float(value) => value.encode(sink),
            Kind::Digits(digits) => sink.digits(digits),
        }
    }
}

/// The member of an object that stands for a number, which is its digits.
pub(super) const MARK: &str = "$serde_json::private::Number";

/// A number as JSON spells it, in the form that loses nothing.
pub(super) fn number(text: &str) -> Option<Input<'_>> {
    if !is_number(text) {
        return None;
    }
    if let Ok(value) = text.parse() {
        return Some(Input::Integer(value));
    }
    if let Ok(value) = text.parse() {
        return Some(Input::Unsigned(value));
    }
    let value: f64 = text.parse().ok()?;
    match value.is_finite() && parts(text) == parts(&value.to_string()) {
        true => Some(Input::Float(value)),
        false => Some(Input::Digits(text)),
    }
}

/// Whether a text is a number by the grammar of JSON (RFC 8259 §6).
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let are_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    [whole, fraction, exponent].into_iter().all(are_digits)
        && (whole == "0" || !whole.starts_with('0'))
}

/// Sign, significant digits, and the power of ten of the first of them: the same for the same value.
fn parts(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX / 2);
    let unsigned = mantissa.trim_start_matches(['-', '+']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    let leading = (digits.len() - significant.len()) as i64;
    let significant = significant.trim_end_matches('0').to_owned();
    match significant.is_empty() {
        true => (false, significant, 0),
        false => (
            mantissa.starts_with('-'),
            significant,
            exponent.saturating_add(whole.len() as i64 - leading),
        ),
    }
}

/// Numbers up to this length are held exactly by an `f64`, if its exponent is large enough.
const SHORT: usize = 15;

/// The same JSON with a [`MARK`] in place of each number that would lose digits; nothing if there are none.
pub(super) fn marked(json: &str) -> Option<String> {
    may_have_long(json.as_bytes()).then(|| mark(json)).flatten()
}

/// Whether there could be a number of more than [`SHORT`] characters. One of them stands at a multiple of their
/// number, so only these places are looked at, and most are done with at once.
fn may_have_long(json: &[u8]) -> bool {
    const STEP: usize = SHORT + 1;
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    json.chunks(STEP).enumerate().any(|(index, step)| {
        is_part(step[0]) && {
            let (left, right) = json.split_at(index * STEP);
            let left = left.iter().rev().take_while(|byte| is_part(**byte));
            left.count() + right.iter().take_while(|byte| is_part(**byte)).count() > SHORT
        }
    })
}

/// Marks the numbers that would lose digits, wherever they stand.
pub(super) fn mark(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let (mut result, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'"' => end_of_text(bytes, at),
            b'-' | b'0'..=b'9' => end_of_number(bytes, at),
            _ => at + 1,
        };
        if let Some(Input::Digits(digits)) = json.get(at..end).and_then(number) {
            result.push_str(json.get(copied..at)?);
            let _ = write!(result, "{{\"{MARK}\":\"{digits}\"}}");
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return None;
    }
    result.push_str(json.get(copied..)?);
    Some(result)
}

fn end_of_text(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

fn end_of_number(json: &[u8], start: usize) -> usize {
    let rest = json.get(start..).unwrap_or_default();
    let is_part = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(*byte);
    start + rest.iter().take_while(is_part).count()
}

/// The text of a mark as a number.
pub(super) fn of_mark(text: &str) -> Result<Input<'_>, Fault> {
    number(text).ok_or_else(|| Fault::mismatch("a number", "something else"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{from_slice, to_vec};

    #[test]
    fn no_digit_is_lost() {
        for text in [
            "0",
            "-7",
            "18446744073709551615",
            "18446744073709551616",
            "-98249283749234923498293171823948729348710298301928331",
            "0.1234567890123456789",
            "1e400",
            "1.5",
            "-0.000000000000000000001",
        ] {
            let read: Number = from_slice(text.as_bytes()).unwrap();
            let written = String::from_utf8(to_vec(&read).unwrap()).unwrap();
            assert_eq!(
                written.parse::<Number>().unwrap(),
                text.parse().unwrap(),
                "{text}"
            );
            let inside = format!("{{\"a\": [{text}, \"{text}\"]}}");
            let read: BTreeMap<String, (Number, String)> = from_slice(inside.as_bytes()).unwrap();
            assert_eq!(read["a"], (text.parse().unwrap(), text.to_owned()));
        }
    }

    #[test]
    fn a_long_number_is_found_wherever_it_stands() {
        let digits = "1234567890.12345";
        for before in 0..40 {
            for after in 0..40 {
                let json = format!("{}{digits}{}", " ".repeat(before), " ".repeat(after));
                assert!(may_have_long(json.as_bytes()), "{before}, {after}");
                let short = json.replace(digits, &digits[1..]);
                assert!(!may_have_long(short.as_bytes()));
            }
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            "1.",
            ".5",
            "+1",
            "0x10",
            "NaN",
            "inf",
            "1e",
            "one",
            "01",
            "-",
            "1.e5",
            "1e+",
            "049444444444444441145444444444",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
            assert!(from_slice::<Value>(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_in_a_text_is_the_number() {
        let read: Number = from_slice(b"\"0.12345678901234567890\"").unwrap();
        assert_eq!(to_vec(&read).unwrap(), b"0.12345678901234567890");
        assert!(from_slice::<Number>(b"\"x\"").is_err());
    }

    #[test]
    fn equal_is_what_has_the_same_value() {
        let number = |text: &str| text.parse::<Number>().unwrap();
        assert_eq!(number("1.10"), number("1.1"));
        assert_eq!(number("100"), number("1e2"));
        assert_eq!(number("-0"), Number::from(0));
        assert_ne!(number("100"), number("1e3"));
        assert_ne!(number("9007199254740993"), number("9007199254740992"));
        assert_ne!(number("1"), number("-1"));
    }

    #[test]
    fn a_number_that_is_too_large_for_its_type_is_a_fault_and_no_malformed_json() {
        let fault =
            from_slice::<Vec<i64>>(b"[98249283749234923498293171823948729348710298301928331]");
        let fault = fault.unwrap_err().to_string();
        let expected = "[0]: expected an integer of type i64, found 98249283749234";
        assert!(fault.starts_with(expected), "{fault}");
        assert!(from_slice::<f64>(b"1e400").is_err());
        assert_eq!(
            from_slice::<f64>(b"0.1234567890123456789").unwrap(),
            0.123_456_789_012_345_68
        );
    }
}
