//! The transport for programs without an async runtime: ureq, TLS by rustls.
//!
//! Its futures do their work when they are polled and are ready at once, so the same pipeline runs
//! without anybody who waits for it.

use std::future::ready;
use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::{
    BodyStream, TimeLimit, Transport, TransportError, TransportErrorKind, TransportFuture,
};
use crate::blocking::wait;
use crate::body::Body;

/// How much of a body is read at once.
const PART: usize = 16 << 10;

/// Sends requests with ureq, on the thread that polls.
#[derive(Debug)]
pub(crate) struct UreqTransport(::ureq::Agent);

impl UreqTransport {
    /// A transport that gives up connecting after a time, and waiting for more of a body.
    pub(crate) fn new(connect_timeout: Duration, idle_timeout: Duration) -> Self {
        let config = ::ureq::Agent::config_builder()
            .timeout_connect(Some(connect_timeout))
            .timeout_per_read(Some(idle_timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Self(config.into())
    }

    fn exchange(&self, request: Request<Body>) -> Result<Response<BodyStream>, ::ureq::Error> {
        let limit = request.extensions().get::<TimeLimit>().map(|limit| limit.0);
        let (head, body) = request.into_parts();
        let sent = match body.start() {
            Some(stream) => ::ureq::SendBody::from_owned_reader(Reader::new(stream)),
            None => {
                let bytes = body.as_bytes().cloned().unwrap_or_default();
                ::ureq::SendBody::from_owned_reader(std::io::Cursor::new(bytes))
            }
        };
        let length = body.as_bytes().map(Bytes::len);
        let mut request = Request::from_parts(head, sent);
        // A reader does not say how much it holds.
        if let Some(length) = length.filter(|length| *length > 0) {
            let length = http::HeaderValue::from(length);
            request
                .headers_mut()
                .insert(http::header::CONTENT_LENGTH, length);
        }
        let request = match length {
            Some(0) => return self.run(request.map(|_| ::ureq::SendBody::none()), limit),
            _ => request,
        };
        self.run(request, limit)
    }

    fn run(
        &self,
        request: Request<::ureq::SendBody<'static>>,
        limit: Option<Duration>,
    ) -> Result<Response<BodyStream>, ::ureq::Error> {
        let configured = self.0.configure_request(request);
        let request = configured.timeout_global(limit).build();
        let response = self.0.run(request)?;
        Ok(response.map(|body| Box::pin(Parts(Some(body.into_reader()))) as BodyStream))
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let result = self.exchange(request);
        Box::pin(ready(result.map_err(|error| {
            classify(error, TransportErrorKind::NoResponse)
        })))
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        Box::pin(async move { std::thread::sleep(duration) })
    }
}

fn classify(error: ::ureq::Error, met: TransportErrorKind) -> TransportError {
    let kind = match &error {
        ::ureq::Error::HostNotFound | ::ureq::Error::ConnectionFailed | ::ureq::Error::Tls(_) => {
            TransportErrorKind::Connect
        }
        ::ureq::Error::Timeout(::ureq::Timeout::Connect | ::ureq::Timeout::Resolve) => {
            TransportErrorKind::Connect
        }
        ::ureq::Error::Timeout(::ureq::Timeout::PerRead | ::ureq::Timeout::RecvBody) => {
            TransportErrorKind::Idle
        }
        ::ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ::ureq::Error::Io(error) if is_refused(error) => TransportErrorKind::Connect,
        ::ureq::Error::BadUri(_) | ::ureq::Error::Http(_) => TransportErrorKind::Request,
        _ => met,
    };
    TransportError::new(kind, error)
}

fn is_refused(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::ConnectionRefused
}

/// The parts of a body, read when they are asked for.
struct Parts<R>(Option<R>);

impl<R: Read + Unpin> Stream for Parts<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reader) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let mut part = vec![0; PART];
        Poll::Ready(match reader.read(&mut part) {
            Ok(0) => {
                self.0 = None;
                None
            }
            Ok(length) => {
                part.truncate(length);
                Some(Ok(Bytes::from(part)))
            }
            Err(error) => {
                self.0 = None;
                let error = ::ureq::Error::from(error);
                Some(Err(classify(error, TransportErrorKind::Body)))
            }
        })
    }
}

/// A stream as something to read from.
struct Reader {
    stream: BodyStream,
    part: Bytes,
}

impl Reader {
    fn new(stream: BodyStream) -> Self {
        Self {
            stream,
            part: Bytes::new(),
        }
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.part.is_empty() {
            let stream = &mut self.stream;
            let next = std::future::poll_fn(|context| stream.as_mut().poll_next(context));
            match wait(next) {
                None => return Ok(0),
                Some(Ok(part)) => self.part = part,
                Some(Err(error)) => return Err(std::io::Error::other(error)),
            }
        }
        let length = self.part.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.part.split_to(length));
        Ok(length)
    }
}
