//! Bytes in JSON: base64 (RFC 4648).

use std::fmt;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde_json::Value;

use super::{Decode, Encode, Fault, Input, Sink};

/// Bytes that JSON represents as a base64 string (RFC 4648).
///
/// The string is kept as the server sent it, with either alphabet and with or without padding;
/// [`Base64::decode`] accepts all of them.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Base64;
///
/// let encoded = Base64::encode(b"hello");
/// assert_eq!(encoded.as_str(), "aGVsbG8=");
/// assert_eq!(encoded.decode().unwrap().as_ref(), b"hello");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Base64(String);

impl Base64 {
    /// Bytes, encoded with the standard alphabet and padding.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(base64::engine::general_purpose::STANDARD.encode(bytes))
    }

    /// Decodes the bytes.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the text is not base64.
    pub fn decode(&self) -> Result<Bytes, Fault> {
        let text: String = self
            .0
            .chars()
            .filter(|c| !c.is_ascii_whitespace())
            .collect();
        let alphabet = if text.contains(['-', '_']) {
            &URL_SAFE
        } else {
            &STANDARD
        };
        let config = GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true);
        let bytes = GeneralPurpose::new(alphabet, config).decode(text);
        bytes
            .map(Bytes::from)
            .map_err(|error| Fault::new(format!("not base64: {error}")))
    }

    /// The base64 string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows only the length, because the bytes may be confidential.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::encode(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::encode(bytes)
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self::encode(bytes)
    }
}

impl Decode for Base64 {
    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        input.text().map(|text| Self(text.to_owned()))
    }

    fn fit(value: &Value) -> Option<usize> {
        value.is_string().then_some(2)
    }
}

impl Encode for Base64 {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.string(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read_and_kept() {
        for text in ["aGk_", "aGk/", "aGk", "aG k=\n", "aGk="] {
            let json = serde_json::to_vec(text).unwrap();
            let read: Base64 = crate::from_slice(&json).unwrap();
            assert!(read.decode().unwrap().starts_with(b"hi"), "{text}");
            assert_eq!(crate::to_vec(&read).unwrap(), json);
        }
        let odd: Base64 = crate::from_slice(b"\"not base64!\"").unwrap();
        assert!(odd.decode().is_err());
    }
}
