//! Pending calls: the future that `send()` returns.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::call::Call;
use crate::error::{Error, Undocumented};
use crate::operation::{ApiError, finish};
use crate::pipeline::perform;
use crate::reply::{FromReply, RawReply};
use crate::transport::TransportFuture;

/// A call on its way. Nothing is sent before it is polled; dropping it gives the call up.
///
/// One type for all operations, because an `async fn` for each would cost the compiler dearly.
#[must_use = "a call is only made when its future is awaited"]
pub struct Pending<T, E> {
    call: TransportFuture<Result<RawReply, Error<Undocumented>>>,
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

/// The work itself. It is the same for all operations, and compiled here, once.
fn begin(call: Call, streamed: bool) -> TransportFuture<Result<RawReply, Error<Undocumented>>> {
    Box::pin(perform(call, streamed))
}

impl<T: FromReply, E: ApiError> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.call.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(reply)) => Poll::Ready(finish(reply)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error.cast())),
        }
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}
