//! Errors: what went wrong with a call, with everything that is known of it.

mod documented;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

pub use documented::{ApiError, Erased, Undocumented};

use crate::clock::{Clock, SystemClock};
use crate::codec::{Fault, noted};
use crate::context::Context;
use crate::hint::{self, RateLimit};
use crate::response::{FromResponse, RawResponse};
use crate::wire::{BoxError, TransportError, TransportErrorKind};

/// What a response means: the output if it is a success, else the error.
#[inline]
pub(crate) fn finish<T: FromResponse, E: ApiError>(response: RawResponse) -> Result<T, Error<E>> {
    if !response.status().is_success() {
        return Err(Error::of_response(response));
    }
    noted();
    match T::from_response(&response) {
        Ok(output) => {
            if noted() {
                observed(&output, &response);
            }
            Ok(output)
        }
        Err(fault) => Err(Error::of_fault(fault, response)),
    }
}

/// Emits an event for a response that is not as documented.
#[cfg(feature = "tracing")]
#[cold]
fn observed<T: FromResponse>(output: &T, response: &RawResponse) {
    let deviations = output.deviations();
    if let Some(first) = deviations.first() {
        tracing::warn!(
            operation = %response.context(),
            count = deviations.len(),
            first = %first,
            "the answer is not as documented"
        );
    }
}

#[cfg(not(feature = "tracing"))]
fn observed<T>(_: &T, _: &RawResponse) {}

/// The error of a failed call.
///
/// `E` is the type of the errors that the API documents for the operation ([`Error::api`]). All other failures
/// are covered too: an undocumented status, a response that cannot be decoded, a timeout, a broken connection.
/// The status, headers and body are kept whenever a response arrived.
///
/// Neither `Display` nor `Debug` shows the query, the headers or a body that was not decoded, because they may
/// hold secrets. [`Error::headers`] and [`Error::body`] return them.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Error;
///
/// fn report(error: &Error) -> String {
///     match error.status() {
///         Some(status) => format!("the server answered {status}"),
///         None if error.is_timeout() => "the server took too long".to_owned(),
///         None => error.to_string(),
///     }
/// }
/// ```
pub struct Error<E = Erased>(Box<Inner<E>>);

struct Inner<E> {
    kind: Kind<E>,
    context: Context,
    /// The response, if one came; its body is empty if that was not read to its end.
    response: Option<Response<Bytes>>,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Kind<E> {
    /// The server answered with a documented error.
    Api(E),
    /// The server answered with a status that the API does not document.
    Undocumented,
    /// The response is not what the API documents.
    Decode(Fault),
    /// The response's body is larger than the limit, in bytes.
    TooLarge(usize),
    Transport(TransportError),
    Timeout(TimeoutKind),
    /// The request was not sent, for this reason.
    Request(String),
    /// An interceptor kept the request from being sent.
    Interceptor(BoxError),
}

/// Which timeout expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeoutKind {
    Call,
    Attempt,
    Idle,
}

impl<E> Error<E> {
    pub(crate) fn new(kind: Kind<E>, context: Context) -> Self {
        Self(Box::new(Inner {
            kind,
            context,
            response: None,
        }))
    }

    /// Adds the part of the response that arrived.
    pub(crate) fn with_response(mut self, response: &Response<Bytes>) -> Self {
        let mut copy = Response::new(response.body().clone());
        *copy.status_mut() = response.status();
        *copy.headers_mut() = response.headers().clone();
        self.0.response = Some(copy);
        self
    }

    fn with_raw(kind: Kind<E>, response: RawResponse) -> Self {
        let (context, response) = response.into_parts();
        Self(Box::new(Inner {
            kind,
            context,
            response: Some(response),
        }))
    }

    /// The documented error that the server answered with.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Consumes the error and returns the documented error of the API.
    ///
    /// # Errors
    ///
    /// `self`, if the server did not answer with a documented error.
    pub fn into_api(self) -> Result<E, Self> {
        match self.0.kind {
            Kind::Api(error) => Ok(error),
            kind => Err(Self(Box::new(Inner { kind, ..*self.0 }))),
        }
    }

    /// The status of the response, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(Response::status)
    }

    /// The headers of the response, if one came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(Response::headers)
    }

    /// The body of the response, if one came; empty if it was not read to its end.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(Response::body)
    }

    /// How many attempts were made; 0 if nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.context.attempts
    }

    /// How long the server asks to wait before the next call (`Retry-After`), if it says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        hint::retry_after(self.headers()?, SystemClock.now())
    }

    /// The server's rate limit, from headers such as `X-RateLimit-Remaining`, if it sent any.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers()?)
    }

    /// The kind of the transport error, if it is one.
    pub(crate) fn transport_kind(&self) -> Option<TransportErrorKind> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error.kind()),
            _ => None,
        }
    }

    /// Whether a timeout expired. The server may have acted on the request.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout(_))
    }

    /// Whether the connection could not be established. The server has not seen the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        let kind = TransportErrorKind::Connect;
        matches!(&self.0.kind, Kind::Transport(error) if error.kind() == kind)
    }

    /// Whether the response is not what the API documents. The server has acted on the request.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(_))
    }

    /// Whether the request could not be made, for instance because a credential is missing. Nothing
    /// was sent.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.0.kind, Kind::Request(_) | Kind::Interceptor(_))
    }

    /// Why the response could not be decoded, with the path to the first wrong value, such as `items[1].at`.
    /// `None` for other kinds of errors.
    #[must_use]
    pub fn decode_fault(&self) -> Option<&Fault> {
        match &self.0.kind {
            Kind::Decode(fault) => Some(fault),
            _ => None,
        }
    }

    /// Converts the documented error to the common type [`Erased`], for functions that call several operations.
    #[must_use]
    pub fn erase(self) -> Error
    where
        E: ApiError,
    {
        self.map(Erased::new)
    }

    fn map<F>(self, api: impl FnOnce(E) -> F) -> Error<F> {
        let Inner {
            kind,
            context,
            response,
        } = *self.0;
        let kind = match kind {
            Kind::Api(error) => Kind::Api(api(error)),
            Kind::Undocumented => Kind::Undocumented,
            Kind::Decode(fault) => Kind::Decode(fault),
            Kind::TooLarge(limit) => Kind::TooLarge(limit),
            Kind::Transport(error) => Kind::Transport(error),
            Kind::Timeout(timeout) => Kind::Timeout(timeout),
            Kind::Request(reason) => Kind::Request(reason),
            Kind::Interceptor(error) => Kind::Interceptor(error),
        };
        Error(Box::new(Inner {
            kind,
            context,
            response,
        }))
    }
}

impl Error<Undocumented> {
    /// Converts to the error type of any operation, as this error never holds a documented one.
    pub(crate) fn cast<E>(self) -> Error<E> {
        self.map(|never| match never {})
    }
}

impl<E: ApiError> Error<E> {
    /// The error of a response that does not mean success.
    #[inline]
    pub(crate) fn of_response(response: RawResponse) -> Self {
        let kind = match E::from_response(&response) {
            Some(Ok(error)) => Kind::Api(error),
            Some(Err(fault)) => Kind::Decode(fault),
            None => Kind::Undocumented,
        };
        Self::with_raw(kind, response)
    }
}

impl<E> Error<E> {
    /// The error of a response that means success but is not what the API documents.
    pub(crate) fn of_fault(fault: Fault, response: RawResponse) -> Self {
        Self::with_raw(Kind::Decode(fault), response)
    }
}

/// One line: the operation, the status if there was a response, and what went wrong.
impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.0.context)?;
        let Some(status) = self.status() else {
            return self.0.kind.say(f);
        };
        write!(f, "{status}")?;
        match &self.0.kind {
            Kind::Api(_) => Ok(()),
            Kind::Undocumented => f.write_str(", which is not documented"),
            kind => {
                f.write_str(", but ")?;
                kind.say(f)
            }
        }
    }
}

impl<E> Kind<E> {
    /// What went wrong, as a clause that stands by itself.
    fn say(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(_) => f.write_str("an error of the API"),
            Self::Undocumented => f.write_str("an answer that is not documented"),
            Self::Decode(fault) => write!(f, "the answer is not as documented: {fault}"),
            Self::TooLarge(limit) => write!(f, "the answer has more than {limit} bytes"),
            Self::Transport(error) => write!(f, "{error}"),
            Self::Timeout(TimeoutKind::Call) => f.write_str("the call took too long"),
            Self::Timeout(TimeoutKind::Attempt) => f.write_str("the attempt took too long"),
            Self::Timeout(TimeoutKind::Idle) => f.write_str("the body stopped coming"),
            Self::Request(reason) => write!(f, "not sent: {reason}"),
            Self::Interceptor(error) => write!(f, "not sent: {error}"),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &format_args!("{}", self.0.context))
            .field("kind", &self.0.kind)
            .field("status", &self.status())
            .field("body_bytes", &self.body().map(Bytes::len))
            .field("attempts", &self.attempts())
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            Kind::Decode(fault) => Some(fault),
            Kind::Transport(error) => Some(error),
            Kind::Interceptor(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;

    fn kinds() -> Vec<Kind<Erased>> {
        vec![
            Kind::Undocumented,
            Kind::Decode(Fault::new("a text is missing")),
            Kind::TooLarge(5),
            Kind::Transport(TransportError::new(TransportErrorKind::Body, "reset")),
            Kind::Timeout(TimeoutKind::Call),
            Kind::Timeout(TimeoutKind::Attempt),
            Kind::Timeout(TimeoutKind::Idle),
            Kind::Request("no credential".to_owned()),
            Kind::Interceptor("broken".into()),
        ]
    }

    #[test]
    fn every_error_is_a_sentence_with_an_answer_and_without() {
        let context = || Context {
            method: Method::GET,
            template: "/news",
            attempts: 1,
        };
        let mut said = Vec::new();
        for is_answered in [false, true] {
            for kind in kinds() {
                let mut error = Error::new(kind, context());
                if is_answered {
                    error = error.with_response(&Response::new(Bytes::new()));
                }
                said.push(error.to_string());
            }
        }
        let expected = [
            "GET /news: an answer that is not documented",
            "GET /news: the answer is not as documented: a text is missing",
            "GET /news: the answer has more than 5 bytes",
            "GET /news: the answer's body broke off",
            "GET /news: the call took too long",
            "GET /news: the attempt took too long",
            "GET /news: the body stopped coming",
            "GET /news: not sent: no credential",
            "GET /news: not sent: broken",
            "GET /news: 200 OK, which is not documented",
            "GET /news: 200 OK, but the answer is not as documented: a text is missing",
            "GET /news: 200 OK, but the answer has more than 5 bytes",
            "GET /news: 200 OK, but the answer's body broke off",
            "GET /news: 200 OK, but the call took too long",
            "GET /news: 200 OK, but the attempt took too long",
            "GET /news: 200 OK, but the body stopped coming",
            "GET /news: 200 OK, but not sent: no credential",
            "GET /news: 200 OK, but not sent: broken",
        ];
        assert_eq!(said, expected);
    }
}
