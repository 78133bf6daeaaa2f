//! The default transport: reqwest on tokio, TLS by rustls.

use std::time::Duration;

use http::{Request, Response};

use crate::body::Body;

use super::Transport;
use super::parts::Parts;
use crate::wire::{BodyStream, TransportError, TransportErrorKind, TransportFuture};

/// Sends requests with reqwest.
#[derive(Debug)]
pub(crate) struct ReqwestTransport(::reqwest::Client);

impl ReqwestTransport {
    /// A transport that gives up connecting after a time.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let client = ::reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(::reqwest::redirect::Policy::none())
            .referer(false)
            .build();
        client
            .map(Self)
            .map_err(|error| classify(error, TransportErrorKind::Request))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let client = self.0.clone();
        Box::pin(async move {
            let request = ::reqwest::Request::try_from(request.map(body))
                .map_err(|error| classify(error, TransportErrorKind::Request))?;
            let response = client
                .execute(request)
                .await
                .map_err(|error| classify(error, TransportErrorKind::NoResponse))?;
            Ok(with_stream(response))
        })
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A body as reqwest takes it.
fn body(body: Body) -> ::reqwest::Body {
    match (body.as_bytes(), body.start()) {
        (Some(bytes), _) => bytes.clone().into(),
        (None, Some(stream)) => ::reqwest::Body::wrap_stream(stream),
        (None, None) => ::reqwest::Body::default(),
    }
}

/// The response with its body as a stream.
fn with_stream(mut response: ::reqwest::Response) -> Response<BodyStream> {
    let mut head = Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    let stream: BodyStream = Box::pin(Parts {
        stream: Box::pin(response.bytes_stream()),
        classify,
    });
    head.map(|()| stream)
}

/// Converts an error of reqwest, to the kind `met` unless the error itself says more. Its URL is removed,
/// because the query may hold a secret.
fn classify(error: ::reqwest::Error, met: TransportErrorKind) -> TransportError {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Request
    } else {
        met
    };
    TransportError::new(kind, error.without_url())
}
