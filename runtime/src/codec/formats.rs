//! Formats: types of other crates for strings in a certain format, such as UUIDs and dates.
//!
//! Reading is lenient, writing is exact: a date-time is read in every common format and written as RFC 3339.

use super::{Fault, Input};

/// Reads a string in a certain format. `key` is the configuration entry that turns the format off.
fn parse<T>(
    input: &Input<'_>,
    form: &str,
    key: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Fault> {
    let (Input::String(text) | Input::Text(text)) = input else {
        return Err(input.mismatch(form));
    };
    parse(text.trim()).ok_or_else(|| {
        Fault::new(format!(
            "expected {form}, found {input}; `{key} = \"string\"` in clientsmith.toml reads it as text"
        ))
    })
}

#[cfg(feature = "uuid")]
mod uuid {
    use serde_json::Value;
    use uuid::Uuid;

    use super::parse;
    use crate::codec::{Decode, Encode, Fault, Input, Sink};

    impl Decode for Uuid {
        fn decode(input: Input<'_>) -> Result<Self, Fault> {
            parse(&input, "a UUID", "uuid", |text| Self::parse_str(text).ok())
        }

        fn fit(value: &Value) -> Option<usize> {
            Self::parse_str(value.as_str()?).ok().map(|_| 3)
        }
    }

    impl Encode for Uuid {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
            sink.string(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff {
    use jiff::civil::{Date, DateTime};
    use jiff::fmt::rfc2822;
    use jiff::tz::TimeZone;
    use jiff::{Timestamp, Zoned};
    use serde_json::Value;

    use super::parse;
    use crate::codec::{Decode, Encode, Fault, Input, Sink};

    /// A moment in any of the spellings that servers use: RFC 3339 with `T` or a blank, with or
    /// without fraction and offset (then UTC), a date alone, RFC 2822.
    fn moment(text: &str) -> Option<Timestamp> {
        if let Ok(timestamp) = text.parse() {
            return Some(timestamp);
        }
        if let Some(shorter) = to_nanoseconds(text) {
            return moment(&shorter);
        }
        if let Ok(zoned) = text.parse::<Zoned>() {
            return Some(zoned.timestamp());
        }
        if let Ok(local) = text.parse::<DateTime>() {
            return Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp());
        }
        Some(rfc2822::parse(text).ok()?.timestamp())
    }

    /// A moment with a fraction of more than nine digits (RFC 3339 §5.6 has no limit), without those beyond.
    fn to_nanoseconds(text: &str) -> Option<String> {
        const DIGITS: usize = 9;
        let (before, after) = text.split_once('.')?;
        let fraction = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let (digits, rest) = after.split_at(fraction);
        Some(format!(
            "{before}.{}{rest}",
            digits.get(..DIGITS).filter(|_| fraction > DIGITS)?
        ))
    }

    impl Decode for Timestamp {
        fn decode(input: Input<'_>) -> Result<Self, Fault> {
            parse(&input, "a date and time", "date-time", moment)
        }

        fn fit(value: &Value) -> Option<usize> {
            moment(value.as_str()?).map(|_| 3)
        }
    }

    impl Encode for Timestamp {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
            sink.display(self)
        }
    }

    impl Decode for Date {
        fn decode(input: Input<'_>) -> Result<Self, Fault> {
            parse(&input, "a date", "date", |text| text.parse().ok())
        }

        fn fit(value: &Value) -> Option<usize> {
            value.as_str()?.parse::<Self>().ok().map(|_| 3)
        }
    }

    impl Encode for Date {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
            sink.display(self)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_moment_is_read_in_every_common_spelling() {
            let expected: Timestamp = "2026-03-10T00:00:00Z".parse().unwrap();
            for text in [
                "2026-03-10T00:00:00Z",
                "2026-03-10T00:00:00.000Z",
                "2026-03-10T00:00:00.000000000000001Z",
                "2026-03-10t00:00:00z",
                "2026-03-10 00:00:00Z",
                "2026-03-10T01:00:00+01:00",
                "2026-03-10T01:00:00+0100",
                "2026-03-10T00:00:00",
                "2026-03-10 00:00:00",
                "2026-03-10",
                "Tue, 10 Mar 2026 00:00:00 GMT",
            ] {
                assert_eq!(moment(text), Some(expected), "{text}");
            }
            assert_eq!(moment("yesterday"), None);
        }

        #[test]
        fn a_fault_names_the_entry_that_reads_it_as_text() {
            let fault = crate::from_slice::<Timestamp>(b"\"soon\"").unwrap_err();
            assert_eq!(
                fault.to_string(),
                "expected a date and time, found \"soon\"; \
                 `date-time = \"string\"` in clientsmith.toml reads it as text"
            );
        }
    }
}
