//! Replies: what a server answered, raw and typed.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::call::Call;
use crate::clock::{Clock, SystemClock};
use crate::codec::{Decode, Fault, Input, from_slice};
use crate::context::Context;
use crate::hint::{self, RateLimit};
use crate::wire::BodyStream;

/// A response as it came: status, headers and the bytes of its body.
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

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// How many attempts it took.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// How long the server asks to wait before the next call, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        hint::retry_after(self.headers(), SystemClock.now())
    }

    /// The response with body and headers as types of the API.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if one of them is something else.
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

    /// Whether the body says of itself that it is JSON, as `application/json` and
    /// `application/problem+json` do. A body that says nothing of itself counts as JSON.
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

/// The clone of a response whose body is still to be read has no body.
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
/// The variants of an operation's error enum hold one each.
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
    /// The status.
    pub status: StatusCode,
    /// The documented headers.
    pub headers: H,
    /// The body.
    pub body: B,
}

/// The documented headers of a response.
///
/// A header that is missing or is something else than documented is `None`: it must not cost the
/// response.
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

/// A header as a value of its type. Several of one name are one list (RFC 9110 §5.3).
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
/// Everything that [`Decode`] reads is read from JSON, strings from text too.
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
    /// Whether the body is read as it arrives, by the type itself.
    const STREAMED: bool = false;

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if it is something else.
    fn from_response(response: &RawResponse) -> Result<Self, Fault>;
}

impl<T: Decode> FromResponse for T {
    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        if T::SHAPE.is_text() && !response.is_json() {
            return T::decode(Input::Text(text(response.body())?));
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

/// A response whose body is taken as it is.
impl FromResponse for Bytes {
    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(response.body().clone())
    }
}

/// The body, if there is one to read.
fn json(response: &RawResponse) -> Result<&[u8], Fault> {
    if response.body().is_empty() {
        return Err(Fault::new("expected JSON, found an empty body"));
    }
    // Plenty of servers call their JSON text, so the characters decide; HTML is not worth a try.
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

/// A response with everything that came with it, from `send_raw()`.
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
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The headers that the API documents.
    #[must_use]
    pub fn typed_headers(&self) -> &H {
        &self.typed_headers
    }

    /// How many attempts it took.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.raw.attempts()
    }

    /// How long the server asks to wait before the next call, if it does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.raw.retry_after()
    }

    /// What the server says of its limit on requests, if it says anything.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.raw.headers())
    }

    /// The body's bytes, as the server sent them; empty if the body is a stream.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.raw.body()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The response as it came, and its body.
    pub(crate) fn into_raw(self) -> (RawResponse, T) {
        (self.raw, self.body)
    }

    /// The body, taken out.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: FromResponse, H: FromHeaders> FromResponse for Response<T, H> {
    const STREAMED: bool = T::STREAMED;

    #[inline]
    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(Self {
            body: T::from_response(response)?,
            typed_headers: H::from_headers(response.headers()),
            raw: response.clone(),
        })
    }
}
