//! The parts of a body as reqwest hands them out, with its errors classified.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::wire::{TransportError, TransportErrorKind};

/// The stream of a body, and the function that converts errors of reqwest.
pub(super) struct Parts<S> {
    pub(super) stream: Pin<Box<S>>,
    pub(super) classify: fn(::reqwest::Error, TransportErrorKind) -> TransportError,
}

impl<S: Stream<Item = Result<Bytes, ::reqwest::Error>>> Stream for Parts<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let classify = self.classify;
        let next = self.stream.as_mut().poll_next(context);
        next.map(|part| part.map(|part| part.map_err(|e| classify(e, TransportErrorKind::Body))))
    }
}
