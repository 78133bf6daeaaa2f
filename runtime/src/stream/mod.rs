//! Streams: responses that are read as they arrive.

mod events;
mod lines;

use std::fmt;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::Response;

use crate::call::Call;
use crate::codec::Fault;
use crate::context::Context;
use crate::error::{Erased, Error, Kind, TimeoutKind};
use crate::pipeline::failed;
use crate::response::{FromResponse, RawResponse};
use crate::wire::{BodyStream, TransportFuture};

pub use events::{Event, EventStream};
pub use lines::JsonLines;

/// The body of a response as a stream of bytes.
///
/// The idle timeout limits the wait for each part; the timeout of the call does not include the body. Dropping
/// the stream closes the connection.
///
/// # Example
///
/// ```no_run
/// # async fn example(mut body: clientsmith_runtime::ByteStream) -> Result<(), clientsmith_runtime::Error> {
/// let mut length = 0;
/// while let Some(part) = body.next().await {
///     length += part?.len();
/// }
/// # Ok(())
/// # }
/// ```
pub struct ByteStream {
    /// The call that this body is the response to.
    call: Call,
    context: Context,
    /// The status and the headers.
    answered: Response<Bytes>,
    body: BodyStream,
    /// The idle timeout, started when the wait for the next part begins.
    idle: Option<TransportFuture<()>>,
}

impl ByteStream {
    /// The next part; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects the rest of the body.
    ///
    /// # Errors
    ///
    /// If the body breaks off or stalls, or if it is larger than the client's `max_response_bytes`.
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let limit = self.call.core().limits().max_response_bytes;
        let mut bytes = BytesMut::new();
        while let Some(part) = self.next().await {
            let part = part?;
            if bytes.len() + part.len() > limit {
                return Err(self.error(Kind::TooLarge(limit)));
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes.freeze())
    }

    fn error(&self, kind: Kind<Erased>) -> Error {
        Error::new(kind, self.context.clone()).with_response(&self.answered)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(part) = self.body.as_mut().poll_next(context) {
            self.idle = None;
            let part = part.map(|part| part.map_err(|error| self.error(failed(error))));
            return Poll::Ready(part);
        }
        let limit = self.call.core().limits().idle_timeout;
        let core = self.call.core().clone();
        let idle = self
            .idle
            .get_or_insert_with(|| core.transport().sleep(limit));
        match idle.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                self.idle = None;
                Poll::Ready(Some(Err(self.error(Kind::Timeout(TimeoutKind::Idle)))))
            }
        }
    }
}

impl FromResponse for ByteStream {
    const STREAMED: bool = true;

    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        let (call, body) = response
            .take_stream()
            .ok_or_else(|| Fault::new("the body was read before it could be streamed"))?;
        Ok(Self {
            call,
            context: response.context().clone(),
            answered: response.response().clone(),
            body,
            idle: None,
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
