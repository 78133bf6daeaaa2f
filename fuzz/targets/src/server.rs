//! A server that answers with given bytes, in given pieces.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use clientsmith_runtime::bytes::Bytes;
use clientsmith_runtime::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use clientsmith_runtime::{Body, BodyStream, Transport, TransportError, TransportFuture};

/// A response: status, headers, and the pieces of its body.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub pieces: Vec<Vec<u8>>,
}

impl Answer {
    /// A success with a body in these pieces.
    pub fn ok(pieces: Vec<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            pieces,
        }
    }

    /// A header, if it is one that can be.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Cuts bytes at places that other bytes say.
pub fn cut(bytes: &[u8], places: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    for place in places {
        let (piece, after) = rest.split_at(usize::from(*place).min(rest.len()));
        pieces.push(piece.to_vec());
        rest = after;
    }
    pieces.push(rest.to_vec());
    pieces
}

/// A transport that answers from a script, and breaks off behind it.
#[derive(Clone, Default)]
pub struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    requests: Arc<Mutex<Vec<Request<Vec<u8>>>>>,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter().collect();
        Self {
            answers: Arc::new(Mutex::new(answers)),
            ..Self::default()
        }
    }

    /// What was asked for.
    pub fn requests(&self) -> Vec<Request<Vec<u8>>> {
        self.requests.lock().unwrap().drain(..).collect()
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let (head, body) = request.into_parts();
        let bytes = match (body.as_bytes(), body.start()) {
            (Some(bytes), _) => bytes.to_vec(),
            (None, Some(stream)) => collect(stream),
            (None, None) => Vec::new(),
        };
        self.requests
            .lock()
            .unwrap()
            .push(Request::from_parts(head, bytes));
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or_default();
        let stream: BodyStream = Box::pin(Pieces(answer.pieces.into()));
        let mut response = Response::new(stream);
        *response.status_mut() =
            StatusCode::from_u16(answer.status).unwrap_or(StatusCode::IM_A_TEAPOT);
        for (name, value) in answer.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                response.headers_mut().append(name, value);
            }
        }
        Box::pin(std::future::ready(Ok(response)))
    }

    /// Limits of time never pass.
    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        match duration < Duration::from_secs(1) {
            true => Box::pin(std::future::ready(())),
            false => Box::pin(std::future::pending()),
        }
    }
}

struct Pieces(VecDeque<Vec<u8>>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Bytes::from(piece))))
    }
}

fn collect(mut stream: BodyStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(Ok(part))) = stream.as_mut().poll_next(&mut context) {
        bytes.extend_from_slice(&part);
    }
    bytes
}

/// Waits for a future that waits for nothing.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("a future waits although there is nothing to wait for");
}
