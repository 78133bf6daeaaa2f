//! The wire: what passes between a client and a server, whoever carries it, and what goes wrong on the way.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

/// Any error.
pub type BoxError = Box<dyn StdError + Send + Sync>;

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
