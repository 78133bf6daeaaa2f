//! Timeouts: a future that is given up when another one is done first.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::wire::TransportFuture;

/// Waits for `work`, or until `limit` is over: then `None`.
///
/// Work that is done when it is looked at counts, even if the limit is over too.
// It takes the work where it is: a call is some kilobytes, which a function that took it by value would
// hold twice and move.
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
