//! The wire: the types that all transports share: bodies, futures and errors.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

/// A boxed error of any type.
///
/// # Example
///
/// ```
/// let error: clientsmith_runtime::BoxError = "no key for this tenant".into();
/// assert_eq!(error.to_string(), "no key for this tenant");
/// ```
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// A boxed future that a transport returns. It is `Send`, except on `wasm32`.
///
/// # Example
///
/// ```
/// fn at_once() -> clientsmith_runtime::TransportFuture<()> {
///     Box::pin(async {})
/// }
/// ```
#[cfg(not(target_arch = "wasm32"))]
pub type TransportFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// A boxed future that a transport returns. It is `Send`, except on `wasm32`.
///
/// # Example
///
/// ```
/// fn at_once() -> clientsmith_runtime::TransportFuture<()> {
///     Box::pin(async {})
/// }
/// ```
#[cfg(target_arch = "wasm32")]
pub type TransportFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// The parts of a response body as they arrive, decompressed.
///
/// # Example
///
/// ```
/// // Any stream of bytes will do, if it can be sent to another thread.
/// # use std::pin::Pin;
/// # use std::task::{Context, Poll};
/// # use clientsmith_runtime::{TransportError, bytes::Bytes};
/// # struct Empty;
/// # impl futures_core::Stream for Empty {
/// #     type Item = Result<Bytes, TransportError>;
/// #     fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
/// #         Poll::Ready(None)
/// #     }
/// # }
/// let body: clientsmith_runtime::BodyStream = Box::pin(Empty);
/// ```
#[cfg(not(target_arch = "wasm32"))]
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;
/// The parts of a response body as they arrive, decompressed.
///
/// # Example
///
/// ```
/// // Any stream of bytes will do, if it can be sent to another thread.
/// # use std::pin::Pin;
/// # use std::task::{Context, Poll};
/// # use clientsmith_runtime::{TransportError, bytes::Bytes};
/// # struct Empty;
/// # impl futures_core::Stream for Empty {
/// #     type Item = Result<Bytes, TransportError>;
/// #     fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
/// #         Poll::Ready(None)
/// #     }
/// # }
/// let body: clientsmith_runtime::BodyStream = Box::pin(Empty);
/// ```
#[cfg(target_arch = "wasm32")]
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>>>>;

/// An error while sending a request or receiving its response.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Connect, "the tunnel is closed");
/// assert_eq!(error.to_string(), "no connection to the server");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// At which stage a transport failed.
///
/// It decides whether the call may be retried: after [`Connect`](Self::Connect) always, because the server has
/// not seen the request; where the server may have acted on it, only if the call is idempotent.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::TransportErrorKind;
///
/// fn may_have_arrived(kind: TransportErrorKind) -> bool {
///     !matches!(kind, TransportErrorKind::Connect | TransportErrorKind::Request)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made, so the server has seen nothing of the request.
    Connect,
    /// The connection broke before a response came; the server may have acted on the request.
    NoResponse,
    /// The response's body broke off or could not be decompressed.
    Body,
    /// The request could not be sent as it is.
    Request,
    /// A timeout of the transport's own expired; the server may have acted on the request.
    Timeout,
    /// The response's body stalled: no more of it arrived in time.
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

    /// At which stage the transport failed.
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
