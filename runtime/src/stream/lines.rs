//! JSON lines: one JSON value per line, as in `application/x-ndjson` and similar media types.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::BytesMut;
use futures_core::Stream;

use super::ByteStream;
use crate::codec::{Decode, Fault, from_slice};
use crate::error::{Error, Kind};
use crate::response::{FromResponse, RawResponse};

/// A line may not be longer than this many bytes.
const MAX_LINE: usize = 32 << 20;

/// A stream of JSON values, one per line of the body (`application/x-ndjson` and similar media types).
///
/// # Example
///
/// ```no_run
/// # async fn example(
/// #     mut lines: clientsmith_runtime::JsonLines<i64>,
/// # ) -> Result<(), clientsmith_runtime::Error> {
/// while let Some(value) = lines.next().await {
///     println!("{}", value?);
/// }
/// # Ok(())
/// # }
/// ```
pub struct JsonLines<T> {
    body: ByteStream,
    buffer: BytesMut,
    /// How many bytes of the buffer are known to hold no line feed.
    searched: usize,
    ended: bool,
    value: PhantomData<fn() -> T>,
}

impl<T: Decode> JsonLines<T> {
    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next line that is complete, or the rest once there is no more to come.
    fn line(&mut self) -> Option<BytesMut> {
        loop {
            // A long line comes in many parts; what was looked through is not looked through again.
            let new = self.buffer.get(self.searched..).unwrap_or_default();
            let end = new.iter().position(|&byte| byte == b'\n');
            let line = match end {
                Some(end) => self.buffer.split_to(self.searched + end + 1),
                None if self.ended && !self.buffer.is_empty() => self.buffer.split(),
                None => {
                    self.searched = self.buffer.len();
                    return None;
                }
            };
            self.searched = 0;
            // Servers send empty lines to keep connections alive.
            if !line.trim_ascii().is_empty() {
                return Some(line);
            }
        }
    }
}

impl<T: Decode> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(line) = self.line() {
                let value = from_slice(line.trim_ascii());
                return Poll::Ready(Some(
                    value.map_err(|fault| self.body.error(Kind::Decode(fault))),
                ));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => self.ended = true,
                Poll::Ready(Some(Err(error))) => {
                    (self.searched, self.ended) = (0, true);
                    self.buffer.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(Some(Ok(part))) => {
                    self.buffer.extend_from_slice(&part);
                    let is_new = |byte: &u8| *byte == b'\n';
                    if self.buffer.len() > MAX_LINE && !part.iter().any(is_new) {
                        (self.searched, self.ended) = (0, true);
                        self.buffer.clear();
                        return Poll::Ready(Some(Err(self.body.error(Kind::TooLarge(MAX_LINE)))));
                    }
                }
            }
        }
    }
}

impl<T: Decode> FromResponse for JsonLines<T> {
    const STREAMED: bool = true;

    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(Self {
            body: ByteStream::from_response(response)?,
            buffer: BytesMut::new(),
            searched: 0,
            ended: false,
            value: PhantomData,
        })
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}
