//! A transport for tests, which returns scripted responses and records the requests.

use std::collections::VecDeque;
use std::fmt;
use std::future::ready;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Request, Response, StatusCode};

use crate::body::Body;
use crate::codec::{Decode, Encode, Fault, from_slice, to_vec};
use crate::operation::Operation;

use crate::transport::Transport;
use crate::wire::{BodyStream, TransportError, TransportErrorKind, TransportFuture};

/// A transport without a network, which returns scripted responses in order and records the requests.
///
/// Clones share the script and the recorded requests, so a test keeps one and gives another to the client.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{FakeTransport, json};
///
/// let fake = FakeTransport::new([json(200, r#"{"total": 0}"#)]);
/// // Client::builder().transport(fake.clone()) …
/// assert!(fake.requests().is_empty());
/// ```
#[derive(Clone, Default)]
pub struct FakeTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    script: VecDeque<Scripted>,
    requests: Vec<Request<Bytes>>,
    sleeps: Vec<Duration>,
}

/// The scripted result of one request.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{FakeTransport, Scripted, json};
///
/// // The first call gets a response, the second waits until its timeout is over.
/// let fake = FakeTransport::new([json(200, "[]"), Scripted::Silence]);
/// ```
#[derive(Debug)]
pub enum Scripted {
    /// A response.
    Response(Response<Bytes>),
    /// An error of the transport instead of a response.
    Failure(TransportError),
    /// No result at all: the request stays pending until a timeout expires.
    Silence,
}

/// A response with this status and JSON body.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{FakeTransport, json};
///
/// let fake = FakeTransport::new([json(404, r#"{"error": "not found"}"#)]);
/// ```
#[must_use]
pub fn json(status: u16, body: impl Into<String>) -> Scripted {
    response(
        status,
        &[(CONTENT_TYPE.as_str(), "application/json")],
        body.into(),
    )
}

/// A response with status 200 whose body is the output of an operation as JSON.
///
/// # Example
///
/// ```
/// # use clientsmith_runtime::{Encode, Operation};
/// use clientsmith_runtime::test_util::{Scripted, output};
///
/// // output::<fleece_ai::flows::ListFlows>(&flows)
/// fn answer<O: Operation>(value: &O::Output) -> Scripted
/// where
///     O::Output: Encode,
/// {
///     output::<O>(value)
/// }
/// ```
#[must_use]
pub fn output<O: Operation>(output: &O::Output) -> Scripted
where
    O::Output: Encode,
{
    model(200, output)
}

/// A response with this status, whose body is a model as JSON: a documented error, for instance.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{FakeTransport, model};
///
/// let fake = FakeTransport::new([model(200, &vec![1, 2, 3])]);
/// ```
#[must_use]
pub fn model(status: u16, body: &dyn Encode) -> Scripted {
    match to_vec(body) {
        Ok(json) => response(status, &[(CONTENT_TYPE.as_str(), "application/json")], json),
        Err(fault) => Scripted::Failure(TransportError::new(
            TransportErrorKind::Request,
            fault.to_string(),
        )),
    }
}

/// A request that was sent, with methods to inspect it.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::FakeTransport;
///
/// fn check(fake: &FakeTransport) {
///     let sent = fake.sent();
///     assert_eq!(sent[0].line(), "GET /api/v1/flows");
///     assert_eq!(sent[0].query("limit"), ["5"]);
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Sent(Request<Bytes>);

impl Sent {
    /// Method and path: `GET /api/v1/flows`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.0.method(), self.0.uri().path())
    }

    /// The values of a parameter in the query, decoded.
    #[must_use]
    pub fn query(&self, name: &str) -> Vec<String> {
        let decode = |text: &str| {
            let text = text.replace('+', " ");
            percent_encoding::percent_decode_str(&text)
                .decode_utf8_lossy()
                .into_owned()
        };
        let pairs = self.0.uri().query().unwrap_or_default().split('&');
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs
            .filter(|(key, _)| decode(key) == name)
            .map(|(_, value)| decode(value))
            .collect()
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// The body as a type of the API.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the body cannot be read as a `T`.
    pub fn json<T: Decode>(&self) -> Result<T, Fault> {
        from_slice(self.0.body())
    }

    /// The whole request.
    #[must_use]
    pub fn request(&self) -> &Request<Bytes> {
        &self.0
    }
}

/// A response with this status, these headers and this body.
///
/// An invalid status is replaced by 200, and an invalid header is left out.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{FakeTransport, response};
///
/// let fake = FakeTransport::new([response(429, &[("retry-after", "1")], "slow down")]);
/// ```
#[must_use]
pub fn response(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Scripted {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    Scripted::Response(response)
}

impl FakeTransport {
    /// A transport that returns these results in order, one per request. After the last one, requests fail.
    #[must_use]
    pub fn new(script: impl IntoIterator<Item = Scripted>) -> Self {
        let fake = Self::default();
        fake.state().script.extend(script);
        fake
    }

    /// The requests it was asked to send, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.state().requests.clone()
    }

    /// The requests that were sent, in order, with methods to inspect them.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.requests().into_iter().map(Sent).collect()
    }

    /// The times that the client slept, in order: between two attempts, and for timeouts that expired.
    #[must_use]
    pub fn sleeps(&self) -> Vec<Duration> {
        self.state().sleeps.clone()
    }

    /// Takes note of a request and gives the next response.
    fn answer(
        &self,
        request: Request<Bytes>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let mut state = self.state();
        state.requests.push(request);
        match state.script.pop_front() {
            Some(Scripted::Response(response)) => Box::pin(ready(Ok(response.map(once)))),
            Some(Scripted::Failure(error)) => Box::pin(ready(Err(error))),
            Some(Scripted::Silence) => Box::pin(std::future::pending()),
            None => Box::pin(ready(Err(TransportError::new(
                TransportErrorKind::Request,
                "the script of the fake transport is at its end",
            )))),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("FakeTransport")
            .field("answers", &state.script.len())
            .field("requests", &state.requests.len())
            .finish()
    }
}

impl Transport for FakeTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let fake = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?;
            fake.answer(Request::from_parts(head, body)).await
        })
    }

    /// Records the duration and returns at once: no time passes in tests.
    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        let fake = self.clone();
        Box::pin(async move { fake.state().sleeps.push(duration) })
    }
}

/// A body in one part.
pub(super) fn once(body: Bytes) -> BodyStream {
    Box::pin(Once(Some(body).filter(|body| !body.is_empty())))
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
