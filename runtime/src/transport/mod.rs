//! Transports: how a request reaches a server.
//!
//! The rest of the runtime knows this trait and nothing of any HTTP library.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod apart;
#[cfg(any(test, feature = "test-util"))]
pub(crate) mod fake;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
mod fetch;
#[cfg(feature = "reqwest")]
mod parts;
#[cfg(any(test, feature = "test-util"))]
pub(crate) mod record;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use crate::body::Body;

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub(crate) use self::apart::Apart;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
pub(crate) use self::fetch::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub(crate) use self::reqwest::ReqwestTransport;

/// A future that a transport returns. In a browser there are no threads to send it to.
#[cfg(not(target_arch = "wasm32"))]
pub type TransportFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// A future that a transport returns. In a browser there are no threads to send it to.
#[cfg(target_arch = "wasm32")]
pub type TransportFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// The parts of a response body as they arrive, decompressed.
#[cfg(not(target_arch = "wasm32"))]
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;
/// The parts of a response body as they arrive, decompressed.
#[cfg(target_arch = "wasm32")]
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>>>>;

/// Sends requests and waits: all that a client needs of the world outside.
///
/// A transport follows no redirect: credentials must not leave for a place the user did not name.
/// It need not know timeouts; the client measures them with [`Transport::sleep`].
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the response as soon as its headers are there.
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>>;

    /// Waits for a time, by the clock of the async runtime that the transport belongs to.
    fn sleep(&self, duration: Duration) -> TransportFuture<()>;
}

/// What went wrong on the way to the server or back.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// Where on the way it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made, so the server has seen nothing of the request.
    Connect,
    /// The connection broke before an answer came; the server may have acted on the request.
    NoResponse,
    /// The answer's body broke off or could not be decompressed.
    Body,
    /// The request could not be sent as it is.
    Request,
    /// A limit of time of the transport's own was over; the server may have acted on the request.
    Timeout,
    /// The answer's body stopped coming.
    Idle,
}

impl TransportError {
    /// An error of a kind, with its cause.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        let source = source.into();
        Self { kind, source }
    }

    /// Where on the way it went wrong.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::NoResponse => "the connection broke before an answer came",
            TransportErrorKind::Body => "the answer's body broke off",
            TransportErrorKind::Request => "the request could not be sent",
            TransportErrorKind::Timeout => "the server took too long",
            TransportErrorKind::Idle => "the answer's body stopped coming",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
