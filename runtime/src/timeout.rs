//! Timeouts: a future that is given up when another one is done first.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// Waits for `work`, or until `limit` is over: then `None`.
///
/// Work that is done when it is looked at counts, even if the limit is over too.
pub(crate) async fn within<T>(
    work: impl Future<Output = T>,
    limit: impl Future<Output = ()>,
) -> Option<T> {
    Race {
        work: pin!(work),
        limit: pin!(limit),
    }
    .await
}

struct Race<'f, W, L> {
    work: Pin<&'f mut W>,
    limit: Pin<&'f mut L>,
}

impl<W: Future, L: Future<Output = ()>> Future for Race<'_, W, L> {
    type Output = Option<W::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(output) = self.work.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        self.limit.as_mut().poll(context).map(|()| None)
    }
}
