//! Responses: what a server sent, raw and typed.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::call::Call;
use crate::clock::{Clock, SystemClock};
use crate::codec::{Decode, Deviation, Fault, Input, Shape, deviations, from_slice};
use crate::context::Context;
use crate::hint::{self, RateLimit};
use crate::wire::BodyStream;

/// A response before it is decoded: its status, its headers and the bytes of its body.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, FromResponse, RawResponse};
///
/// /// The body of any response, whatever its media type.
/// struct Text(String);
///
/// impl FromResponse for Text {
///     fn from_response(response: &RawResponse) -> Result<Self, Fault> {
///         Ok(Self(String::from_utf8_lossy(response.body()).into_owned()))
///     }
/// }
/// ```
pub struct RawResponse {
    context: Context,
    response: http::Response<Bytes>,
    /// The body, if it is still to be read.
    stream: Mutex<Option<(Call, BodyStream)>>,
}

impl RawResponse {
    pub(crate) fn new(context: Context, response: http::Response<Bytes>) -> Self {
        let stream = Mutex::new(None);
        Self {
            context,
            response,
            stream,
        }
    }

    /// A response whose body is still to be read, and the call that it answers.
    pub(crate) fn streamed(
        call: Call,
        context: Context,
        response: http::Response<Bytes>,
        body: BodyStream,
    ) -> Self {
        let stream = Mutex::new(Some((call, body)));
        Self {
            context,
            response,
            stream,
        }
    }

    /// The body that is still to be read; it can be taken once.
    pub(crate) fn take_stream(&self) -> Option<(Call, BodyStream)> {
        self.stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// The response itself; without its body, if that is still to be read.
    pub(crate) fn response(&self) -> &http::Response<Bytes> {
        &self.response
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// The HTTP status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// All headers of the response, documented or not.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The bytes of the body, decompressed; empty if the body is a stream.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// How many attempts the call took, including retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// How long the server asks to wait before the next call (`Retry-After`), if it says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        hint::retry_after(self.headers(), SystemClock.now())
    }

    /// Decodes the body and the documented headers.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the body cannot be read as `B`. A missing or malformed header is not an error.
    #[inline]
    pub fn typed<B: FromResponse, H: FromHeaders>(&self) -> Result<ErrorResponse<B, H>, Fault> {
        Ok(ErrorResponse {
            status: self.status(),
            headers: H::from_headers(self.headers()),
            body: B::from_response(self)?,
        })
    }

    pub(crate) fn into_parts(self) -> (Context, http::Response<Bytes>) {
        (self.context, self.response)
    }

    /// Whether the `Content-Type` is JSON, such as `application/json` or `application/problem+json`. A response
    /// without `Content-Type` counts as JSON.
    fn is_json(&self) -> bool {
        let media_type = self.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
        let Some(media_type) = media_type else {
            return true;
        };
        let essence = media_type
            .split(|&byte| byte == b';')
            .next()
            .unwrap_or_default();
        let essence = essence.trim_ascii().to_ascii_lowercase();
        essence.ends_with(b"/json") || essence.ends_with(b"+json")
    }
}

/// If the body is a stream, the clone has an empty body: only the original can read the stream.
impl Clone for RawResponse {
    fn clone(&self) -> Self {
        Self::new(self.context.clone(), self.response.clone())
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &format_args!("{}", self.context))
            .field("status", &self.status())
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// A documented error as the server sent it: its status, its documented headers and its body.
///
/// Each variant of an operation's error enum holds one.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::ErrorResponse;
///
/// fn label<B>(response: &ErrorResponse<B>) -> String {
///     format!("refused with {}", response.status)
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse<B, H = ()> {
    /// The HTTP status of the response.
    pub status: StatusCode,
    /// The headers that the API documents for this error; `()` if it documents none.
    pub headers: H,
    /// The decoded body.
    pub body: B,
}

impl<B: FromResponse, H> ErrorResponse<B, H> {
    /// Where the body is not what the API's description says, although it could be read.
    #[must_use]
    pub fn deviations(&self) -> Vec<Deviation> {
        self.body.deviations()
    }
}

/// The documented headers of a response.
///
/// In generated types, a header that is missing or malformed is `None`, so that it never makes the whole
/// response fail.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::FromHeaders;
/// use clientsmith_runtime::http::HeaderMap;
///
/// struct Version(Option<String>);
///
/// impl FromHeaders for Version {
///     fn from_headers(headers: &HeaderMap) -> Self {
///         let version = headers.get("x-version").and_then(|value| value.to_str().ok());
///         Self(version.map(str::to_owned))
///     }
/// }
/// ```
pub trait FromHeaders {
    /// Reads the headers.
    fn from_headers(headers: &HeaderMap) -> Self;
}

/// The headers of a response that documents none.
impl FromHeaders for () {
    #[inline]
    fn from_headers(_: &HeaderMap) {}
}

/// Decodes a header; `None` if it is missing or malformed. Repeated headers are one list (RFC 9110 §5.3).
pub fn header<T: Decode>(headers: &HeaderMap, name: &str) -> Option<T> {
    let values = headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().ok());
    let values: Vec<&str> = values.collect::<Option<_>>()?;
    if values.is_empty() {
        return None;
    }
    T::decode(Input::Text(&values.join(", "))).ok()
}

/// A type that a successful response, or a documented error's body, can be read as.
///
/// Every [`Decode`] type implements it: a value is read from JSON, and a string, or any JSON, also from a body of
/// plain text.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Fault, FromResponse, RawResponse};
///
/// /// How long the body of a response is.
/// struct Length(usize);
///
/// impl FromResponse for Length {
///     fn from_response(response: &RawResponse) -> Result<Self, Fault> {
///         Ok(Self(response.body().len()))
///     }
/// }
/// ```
pub trait FromResponse: Sized {
    /// Whether the type reads the body as a stream, instead of getting all its bytes at once.
    const STREAMED: bool = false;

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the response cannot be read as this type.
    fn from_response(response: &RawResponse) -> Result<Self, Fault>;

    /// Where the response is not what the API's description says, although it could be read.
    fn deviations(&self) -> Vec<Deviation> {
        Vec::new()
    }
}

impl<T: Decode> FromResponse for T {
    fn deviations(&self) -> Vec<Deviation> {
        deviations(self)
    }

    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        if T::SHAPE.is_text() && !response.is_json() {
            return T::decode(Input::Text(text(response.body())?));
        }
        if matches!(T::SHAPE, Shape::Any) && !response.is_json() {
            let json = from_slice(response.body());
            return json.or_else(|_| T::decode(Input::Text(text(response.body())?)));
        }
        match T::null() {
            Some(nothing) if response.body().is_empty() => Ok(nothing),
            _ => from_slice(json(response)?),
        }
    }
}

/// The response of an operation that documents no body. What the server sends anyway is ignored.
impl FromResponse for () {
    #[inline]
    fn from_response(_: &RawResponse) -> Result<Self, Fault> {
        Ok(())
    }
}

/// The bytes of the body, whatever its media type.
impl FromResponse for Bytes {
    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(response.body().clone())
    }
}

/// The body, unless it is empty or obviously not JSON.
fn json(response: &RawResponse) -> Result<&[u8], Fault> {
    if response.body().is_empty() {
        return Err(Fault::new("expected JSON, found an empty body"));
    }
    // Many servers send JSON with a media type such as `text/plain`, so only what starts like HTML is rejected.
    let start = response.body().trim_ascii_start().first();
    if !response.is_json() && start == Some(&b'<') {
        let media_type = response.headers().get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        return Err(Fault::mismatch(
            "JSON",
            media_type.unwrap_or("something else"),
        ));
    }
    Ok(response.body())
}

fn text(body: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(body).map_err(|error| Fault::new(format!("the body is not text: {error}")))
}

/// A successful response, from `send_raw()`: its typed body with the status, headers and raw bytes.
///
/// `H` holds the headers that the API documents for a success.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Response;
///
/// fn summary<T: std::fmt::Debug>(response: &Response<T>) -> String {
///     let attempts = response.attempts();
///     format!("{} after {attempts} attempts: {:?}", response.status(), response.body())
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Response<T, H = ()> {
    raw: RawResponse,
    typed_headers: H,
    body: T,
}

impl<T, H> Response<T, H> {
    /// The HTTP status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// All headers of the response, documented or not.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The headers that the API documents, decoded.
    #[must_use]
    pub fn typed_headers(&self) -> &H {
        &self.typed_headers
    }

    /// How many attempts the call took, including retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.raw.attempts()
    }

    /// How long the server asks to wait before the next call (`Retry-After`), if it says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.raw.retry_after()
    }

    /// The server's rate limit, from headers such as `X-RateLimit-Remaining`, if it sent any.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.raw.headers())
    }

    /// The body's bytes, as the server sent them; empty if the body is a stream.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.raw.body()
    }

    /// The decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The response as it came, and its body.
    pub(crate) fn into_raw(self) -> (RawResponse, T) {
        (self.raw, self.body)
    }

    /// Consumes the response and returns the decoded body.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: FromResponse, H> Response<T, H> {
    /// Where the body is not what the API's description says, although it could be read.
    #[must_use]
    pub fn deviations(&self) -> Vec<Deviation> {
        self.body.deviations()
    }
}

impl<T: FromResponse, H: FromHeaders> FromResponse for Response<T, H> {
    const STREAMED: bool = T::STREAMED;

    fn deviations(&self) -> Vec<Deviation> {
        self.body.deviations()
    }

    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(Self {
            body: T::from_response(response)?,
            typed_headers: H::from_headers(response.headers()),
            raw: response.clone(),
        })
    }
}
