//! Timeouts: a future that is given up when another one is done first.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::wire::TransportFuture;

/// Waits for `work`; `None` if `limit` is ready first.
///
/// If both are ready when polled, the output of the work is returned.
// It borrows the work: the future of a call has several kilobytes, and taking it by value would need twice that
// and a move.
pub(crate) fn within<W: Future>(work: Pin<&mut W>, limit: TransportFuture<()>) -> Race<'_, W> {
    Race { work, limit }
}

#[must_use]
pub(crate) struct Race<'f, W> {
    work: Pin<&'f mut W>,
    limit: TransportFuture<()>,
}

impl<W: Future> Future for Race<'_, W> {
    type Output = Option<W::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(output) = self.work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        self.limit.as_mut().poll(context).map(|()| None)
    }
}
