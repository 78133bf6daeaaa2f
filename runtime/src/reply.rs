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

/// An answer as it came: status, headers and body.
pub struct RawReply {
    context: Context,
    response: http::Response<Bytes>,
    /// The body, if it is still to be read.
    stream: Mutex<Option<(Call, BodyStream)>>,
}

impl RawReply {
    pub(crate) fn new(context: Context, response: http::Response<Bytes>) -> Self {
        let stream = Mutex::new(None);
        Self {
            context,
            response,
            stream,
        }
    }

    /// An answer whose body is still to be read, and the call that it answers.
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

    /// The answer itself; without its body, if that is still to be read.
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

    /// The answer with body and headers as types of the API.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if one of them is something else.
    #[inline]
    pub fn typed<B: FromReply, H: FromHeaders>(&self) -> Result<Reply<B, H>, Fault> {
        Ok(Reply {
            status: self.status(),
            headers: H::from_headers(self.headers()),
            body: B::from_reply(self)?,
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

/// The clone of an answer whose body is still to be read has no body.
impl Clone for RawReply {
    fn clone(&self) -> Self {
        Self::new(self.context.clone(), self.response.clone())
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("operation", &format_args!("{}", self.context))
            .field("status", &self.status())
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

/// A documented answer: its status, its headers and its body.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<B, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// The documented headers.
    pub headers: H,
    /// The body.
    pub body: B,
}

/// The documented headers of an answer.
///
/// A header that is missing or is something else than documented is `None`: it must not cost the
/// answer.
pub trait FromHeaders {
    /// Reads the headers.
    fn from_headers(headers: &HeaderMap) -> Self;
}

/// The headers of an answer that documents none.
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

/// A type that a successful answer, or a documented error's body, can be read as.
pub trait FromReply: Sized {
    /// Whether the body is read as it arrives, by the type itself.
    const STREAMED: bool = false;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if it is something else.
    fn from_reply(reply: &RawReply) -> Result<Self, Fault>;
}

impl<T: Decode> FromReply for T {
    #[inline]
    fn from_reply(reply: &RawReply) -> Result<Self, Fault> {
        if T::SHAPE.is_text() && !reply.is_json() {
            return T::decode(Input::Text(text(reply.body())?));
        }
        match T::null() {
            Some(nothing) if reply.body().is_empty() => Ok(nothing),
            _ => from_slice(json(reply)?),
        }
    }
}

/// The answer of an operation that documents no body. What the server sends anyway is ignored.
impl FromReply for () {
    #[inline]
    fn from_reply(_: &RawReply) -> Result<Self, Fault> {
        Ok(())
    }
}

/// An answer whose body is taken as it is.
impl FromReply for Bytes {
    #[inline]
    fn from_reply(reply: &RawReply) -> Result<Self, Fault> {
        Ok(reply.body().clone())
    }
}

/// The body, if there is one to read.
fn json(reply: &RawReply) -> Result<&[u8], Fault> {
    if reply.body().is_empty() {
        return Err(Fault::new("expected JSON, found an empty body"));
    }
    // Plenty of servers call their JSON text, so the characters decide; HTML is not worth a try.
    let start = reply.body().trim_ascii_start().first();
    if !reply.is_json() && start == Some(&b'<') {
        let media_type = reply.headers().get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        return Err(Fault::mismatch(
            "JSON",
            media_type.unwrap_or("something else"),
        ));
    }
    Ok(reply.body())
}

fn text(body: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(body).map_err(|error| Fault::new(format!("the body is not text: {error}")))
}

/// An answer with everything that came with it, from `send_raw()`.
///
/// `H` holds the headers that the API documents for a success.
#[derive(Debug, Clone)]
pub struct Response<T, H = ()> {
    raw: RawReply,
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

    /// The answer as it came, and its body.
    pub(crate) fn into_raw(self) -> (RawReply, T) {
        (self.raw, self.body)
    }

    /// The body, taken out.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T: FromReply, H: FromHeaders> FromReply for Response<T, H> {
    const STREAMED: bool = T::STREAMED;

    #[inline]
    fn from_reply(reply: &RawReply) -> Result<Self, Fault> {
        Ok(Self {
            body: T::from_reply(reply)?,
            typed_headers: H::from_headers(reply.headers()),
            raw: reply.clone(),
        })
    }
}
