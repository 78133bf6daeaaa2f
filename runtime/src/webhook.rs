//! Webhooks: verifying that a request really comes from the API.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::{Sha256, Sha512};

use crate::codec::{Decode, Fault, from_slice};
use crate::secret::Secret;

/// Checks the signatures of webhooks: an HMAC of the body under a shared secret.
///
/// Signatures are compared in constant time. If the sender also signs a timestamp, a request whose timestamp is
/// too far from now is rejected, which prevents replay attacks.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Signed, WebhookVerifier};
/// use std::time::Duration;
///
/// // The signature of the body alone, as GitHub has it.
/// let github = WebhookVerifier::new("secret", "X-Hub-Signature-256").prefix("sha256=");
/// // A time, a dot and the body.
/// let timed = WebhookVerifier::new("secret", "X-Signature")
///     .signed(Signed::TimeAndBody { header: "X-Timestamp" })
///     .tolerance(Duration::from_secs(60));
/// # let _ = (github, timed);
/// ```
#[derive(Clone)]
#[must_use]
pub struct WebhookVerifier {
    key: Secret,
    header: String,
    prefix: String,
    algorithm: Algorithm,
    signed: Signed,
    tolerance: Duration,
}

/// The hash function of the HMAC.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Algorithm, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("secret", "x-signature").algorithm(Algorithm::Sha512);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Algorithm {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-512.
    Sha512,
}

/// What the signature covers.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Signed, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("secret", "x-signature")
///     .signed(Signed::TimeAndBody { header: "x-timestamp" });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signed {
    /// The body alone.
    Body,
    /// The value of a header with a Unix timestamp in seconds, a dot, and the body.
    TimeAndBody {
        /// The name of the header with the timestamp.
        header: &'static str,
    },
    /// As in the Standard Webhooks specification: the headers `webhook-id` and `webhook-timestamp` and the
    /// body, joined with dots. The signature is in base64 after `v1,`, the key in base64 after `whsec_`.
    Standard,
}

/// Why a webhook was rejected.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::WebhookError;
///
/// /// What to answer: a webhook that is genuine but not understood is the receiver's fault.
/// fn status(error: &WebhookError) -> u16 {
///     match error {
///         WebhookError::Body(_) => 500,
///         _ => 400,
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The header of this name is missing or malformed.
    Header(String),
    /// The signed timestamp is too far in the past or in the future.
    Time,
    /// No signature matches.
    Signature,
    /// The webhook is genuine, but its body is not as documented.
    Body(Fault),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header {name} is missing or cannot be read"),
            Self::Time => f.write_str("the webhook is too old, or from the future"),
            Self::Signature => f.write_str("the signature is wrong"),
            Self::Body(fault) => write!(f, "the webhook is not as documented: {fault}"),
        }
    }
}

impl std::error::Error for WebhookError {}

impl WebhookVerifier {
    /// A verifier for signatures of the body in a header, in hexadecimal or base64.
    pub fn new(secret: impl Into<Secret>, header: impl Into<String>) -> Self {
        Self {
            key: secret.into(),
            header: header.into(),
            prefix: String::new(),
            algorithm: Algorithm::default(),
            signed: Signed::Body,
            tolerance: Duration::from_secs(300),
        }
    }

    /// A verifier for Standard Webhooks.
    pub fn standard(secret: impl Into<Secret>) -> Self {
        Self::new(secret, "webhook-signature")
            .prefix("v1,")
            .signed(Signed::Standard)
    }

    /// Sets the text before the signature in its header, such as `sha256=`. The default is none.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets the hash function of the HMAC. The default is SHA-256.
    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Sets what the signature covers. The default is the body.
    pub fn signed(mut self, signed: Signed) -> Self {
        self.signed = signed;
        self
    }

    /// Sets how far the signed timestamp may be from now. The default is 5 minutes.
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies a webhook and decodes its payload.
    ///
    /// `body` must be the bytes as received: the same JSON formatted differently has another signature.
    ///
    /// # Errors
    ///
    /// If the webhook is not genuine, or if its body is not as documented ([`WebhookError::Body`]).
    pub fn read<T: Decode>(&self, headers: &HeaderMap, body: &[u8]) -> Result<T, WebhookError> {
        self.verify(headers, body, SystemTime::now())?;
        from_slice(body).map_err(WebhookError::Body)
    }

    /// Verifies that a webhook is genuine; `now` is the time that its timestamp is compared with.
    ///
    /// # Errors
    ///
    /// If a header is missing or malformed, or if the timestamp or the signature is wrong.
    pub fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<(), WebhookError> {
        let message = self.message(headers, body, now)?;
        // The header holds several signatures while the secret is being rotated.
        let signatures = text(headers, &self.header)?
            .split([' '])
            .filter_map(|signature| {
                let signature = signature
                    .trim_end_matches(',')
                    .strip_prefix(self.prefix.as_str())?;
                bytes(signature)
            });
        let key = self.key_bytes();
        let mut signatures = signatures;
        match signatures.any(|signature| self.fits(&key, &message, &signature)) {
            true => Ok(()),
            false => Err(WebhookError::Signature),
        }
    }

    /// The bytes that the signature covers.
    fn message(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: SystemTime,
    ) -> Result<Vec<u8>, WebhookError> {
        let timed = |header: &str| {
            let time = text(headers, header)?;
            let seconds = time
                .parse()
                .map_err(|_| WebhookError::Header(header.to_owned()))?;
            let sent = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
            let distance = sent.map(|sent| match now.duration_since(sent) {
                Ok(ago) => ago,
                Err(ahead) => ahead.duration(),
            });
            match distance.is_some_and(|distance| distance <= self.tolerance) {
                true => Ok(time),
                false => Err(WebhookError::Time),
            }
        };
        let before = match self.signed {
            Signed::Body => String::new(),
            Signed::TimeAndBody { header } => format!("{}.", timed(header)?),
            Signed::Standard => {
                format!(
                    "{}.{}.",
                    text(headers, "webhook-id")?,
                    timed("webhook-timestamp")?
                )
            }
        };
        Ok([before.as_bytes(), body].concat())
    }

    fn key_bytes(&self) -> Vec<u8> {
        let key = self.key.expose();
        let encoded = key
            .strip_prefix("whsec_")
            .filter(|_| self.signed == Signed::Standard);
        let decoded = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
        decoded.unwrap_or_else(|| key.as_bytes().to_vec())
    }

    /// Compares a signature with that of a message, in constant time.
    fn fits(&self, key: &[u8], message: &[u8], signature: &[u8]) -> bool {
        match self.algorithm {
            Algorithm::Sha256 => Hmac::<Sha256>::new_from_slice(key)
                .is_ok_and(|mac| mac.chain_update(message).verify_slice(signature).is_ok()),
            Algorithm::Sha512 => Hmac::<Sha512>::new_from_slice(key)
                .is_ok_and(|mac| mac.chain_update(message).verify_slice(signature).is_ok()),
        }
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("header", &self.header)
            .field("algorithm", &self.algorithm)
            .field("signed", &self.signed)
            .finish_non_exhaustive()
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, WebhookError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| WebhookError::Header(name.to_owned()))
}

/// Decodes a text from hexadecimal or base64.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len() % 2 == 0 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || text.is_empty() {
        return STANDARD.decode(text).ok();
    }
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()));
        pairs.collect()
    }

    /// The example of GitHub's documentation.
    const SIGNATURE: &str = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    fn github() -> WebhookVerifier {
        WebhookVerifier::new("It's a Secret to Everybody", "X-Hub-Signature-256").prefix("sha256=")
    }

    #[test]
    fn a_signature_of_the_body_is_checked() {
        let now = SystemTime::now();
        let good = headers(&[("x-hub-signature-256", &format!("sha256={SIGNATURE}"))]);
        assert_eq!(github().verify(&good, b"Hello, World!", now), Ok(()));
        assert_eq!(
            github().verify(&good, b"Hello, World?", now),
            Err(WebhookError::Signature)
        );
        for wrong in ["", "sha256=", SIGNATURE, "sha256=00", "sha256=zz"] {
            let wrong = headers(&[("x-hub-signature-256", wrong)]);
            assert_eq!(
                github().verify(&wrong, b"Hello, World!", now),
                Err(WebhookError::Signature)
            );
        }
        let missing = WebhookError::Header("X-Hub-Signature-256".to_owned());
        assert_eq!(github().verify(&HeaderMap::new(), b"", now), Err(missing));
    }

    /// The example of the Standard Webhooks' reference implementation.
    #[test]
    fn a_time_that_is_signed_must_be_near() {
        let verifier = WebhookVerifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            (
                "webhook-signature",
                "v1,Zm9v v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ),
        ]);
        let body = br#"{"test": 2432232314}"#;
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(verifier.verify(&signed, body, at(1_614_265_330)), Ok(()));
        assert_eq!(verifier.verify(&signed, body, at(1_614_265_030)), Ok(()));
        assert_eq!(
            verifier.verify(&signed, body, at(1_614_265_631)),
            Err(WebhookError::Time)
        );
        assert_eq!(
            verifier.verify(&signed, body, at(1_614_265_000)),
            Err(WebhookError::Time)
        );
        assert_eq!(
            verifier.verify(&signed, b"{}", at(1_614_265_330)),
            Err(WebhookError::Signature)
        );
    }

    #[test]
    fn nothing_shows_the_secret() {
        assert!(!format!("{:?}", github()).contains("Everybody"));
    }
}
