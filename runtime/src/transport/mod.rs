//! Transports: how a request reaches a server.
//!
//! The rest of the runtime knows this trait and nothing of any HTTP library.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod apart;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
mod fetch;
#[cfg(feature = "reqwest")]
mod parts;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest;

use std::time::Duration;

use http::{Request, Response};

use crate::body::Body;
use crate::wire::{BodyStream, TransportError, TransportFuture};

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub(crate) use self::apart::Apart;
#[cfg(all(feature = "reqwest", target_arch = "wasm32"))]
pub(crate) use self::fetch::ReqwestTransport;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub(crate) use self::reqwest::ReqwestTransport;

/// Sends requests and sleeps: all the I/O that a client needs.
///
/// A transport must not follow redirects, which could send credentials to a host that the user did not name. It
/// needs no timeouts, because the client implements them with [`Transport::sleep`].
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use clientsmith_runtime::http::{Request, Response};
/// use clientsmith_runtime::{Body, BodyStream, Transport, TransportError, TransportFuture};
///
/// /// Sends everything to another transport, and says so.
/// struct Loud<T>(T);
///
/// impl<T: Transport> Transport for Loud<T> {
///     fn send(
///         &self,
///         request: Request<Body>,
///     ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
///         eprintln!("{} {}", request.method(), request.uri().path());
///         self.0.send(request)
///     }
///
///     fn sleep(&self, duration: Duration) -> TransportFuture<()> {
///         self.0.sleep(duration)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the response as soon as its headers have arrived; its body is a stream.
    ///
    /// # Errors
    ///
    /// A [`TransportError`], whose kind says whether the server may have acted on the request.
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>>;

    /// Waits for this duration, by a timer of the async runtime that the transport belongs to.
    fn sleep(&self, duration: Duration) -> TransportFuture<()>;
}
