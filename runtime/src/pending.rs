//! Pending calls: how a call is sent, and the future that `send()` returns.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Request;

use crate::body::Body;
use crate::call::Call;
use crate::error::{ApiError, Error, Undocumented, finish};
use crate::pipeline::{perform, request};
use crate::response::{FromResponse, RawResponse};
use crate::wire::TransportFuture;

impl Call {
    /// Sends the request when the future is polled.
    // Every request struct has an inline function that calls this; inlining this too would copy it into each.
    #[inline(never)]
    pub fn send<T: FromResponse, E: ApiError>(self) -> Pending<T, E> {
        Pending::new(self, T::STREAMED)
    }

    /// Sends the request on this thread and waits for the response. No async runtime is needed.
    ///
    /// # Errors
    ///
    /// The same as for [`Call::send`]: a documented error of the operation, or any other reason why it failed.
    ///
    /// # Panics
    ///
    /// On a thread that drives async tasks of tokio, because waiting would block all of them.
    #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
    #[track_caller]
    pub fn send_blocking<T: FromResponse, E: ApiError>(self) -> Result<T, Error<E>> {
        crate::blocking::refuse_to_starve();
        crate::blocking::wait(self.by_waiting().send())
    }

    /// The request as a value, authenticated and ready to be sent by something else.
    ///
    /// # Errors
    ///
    /// Whatever keeps the request from being sent, such as a missing credential.
    pub fn into_request<E>(self) -> Result<Request<Body>, Error<E>> {
        let credentials = self.core().credentials().clone();
        request(self.parts(), &credentials).map_err(Error::<Undocumented>::cast)
    }
}

/// The future of a call. Nothing is sent until it is polled; dropping it cancels the call.
///
/// All operations share this type, because an `async fn` for each of them would be slow to compile.
///
/// # Example
///
/// ```no_run
/// # async fn example<T: clientsmith_runtime::FromResponse, E: clientsmith_runtime::ApiError>(
/// #     (one, other): (clientsmith_runtime::Pending<T, E>, clientsmith_runtime::Pending<T, E>),
/// # ) -> Result<(), clientsmith_runtime::Error<E>> {
/// // Two calls at the same time: `let (one, other) = (a.send(), b.send());`
/// let (one, other) = tokio::join!(one, other);
/// let _both = (one?, other?);
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is only made when its future is awaited"]
pub struct Pending<T, E> {
    call: TransportFuture<Result<RawResponse, Error<Undocumented>>>,
    result: PhantomData<fn() -> Result<T, E>>,
}

impl<T, E> Pending<T, E> {
    pub(crate) fn new(call: Call, streamed: bool) -> Self {
        Self {
            call: begin(call, streamed),
            result: PhantomData,
        }
    }
}

/// The future that performs a call. It is not generic over the operation, so it is compiled only once.
fn begin(call: Call, streamed: bool) -> TransportFuture<Result<RawResponse, Error<Undocumented>>> {
    Box::pin(perform(call, streamed))
}

impl<T: FromResponse, E: ApiError> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.call.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(response)) => Poll::Ready(finish(response)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error.cast())),
        }
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
