//! The default transport in a browser: reqwest over `fetch`.
//!
//! The browser decides what other transports decide themselves: it follows redirects, without credentials for
//! other origins, and has its own connect timeout.

use std::time::Duration;

use http::{Request, Response};

use super::Transport;
use super::parts::Parts;
use crate::body::Body;
use crate::wire::{BodyStream, TransportError, TransportErrorKind, TransportFuture};

/// Sends requests with reqwest.
#[derive(Debug)]
pub(crate) struct ReqwestTransport(::reqwest::Client);

impl ReqwestTransport {
    /// A transport. The connect timeout is ignored, because the browser has its own.
    pub(crate) fn new(_: Duration) -> Result<Self, TransportError> {
        Ok(Self(::reqwest::Client::new()))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let client = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = Request::from_parts(head, body.collect().await?);
            let request = ::reqwest::Request::try_from(request)
                .map_err(|error| classify(error, TransportErrorKind::Request))?;
            let response = client
                .execute(request)
                .await
                .map_err(|error| classify(error, TransportErrorKind::NoResponse))?;
            let mut head = Response::new(());
            *head.status_mut() = response.status();
            *head.headers_mut() = response.headers().clone();
            let stream: BodyStream = Box::pin(Parts {
                stream: Box::pin(response.bytes_stream()),
                classify,
            });
            Ok(head.map(|()| stream))
        })
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        let milliseconds = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
        Box::pin(gloo_timers::future::TimeoutFuture::new(milliseconds))
    }
}

/// Wraps an error of reqwest. Its URL is removed, because the query may hold a secret.
fn classify(error: ::reqwest::Error, kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind, error.without_url())
}
