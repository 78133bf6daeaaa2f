//! Calls that are given up at any of the points at which they wait: nothing of them stays, and the next call finds a
//! client as if they had never been made.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use fleece_ai::Client;
use fleece_ai::runtime::{
    Body, BodyStream, ClientCredentials, Retry, Transport, TransportError, TransportFuture,
};
use futures_core::Stream;
use http::{Request, Response};

/// Waits once before it is ready, and each time anew.
#[derive(Default)]
struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0 = !self.0;
        match self.0 {
            true => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            false => Poll::Ready(()),
        }
    }
}

/// Parts of a body, each of which is waited for.
struct Parts {
    parts: Vec<&'static str>,
    wait: Once,
    _open: Open,
}

impl Stream for Parts {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.wait).poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => Poll::Ready(
                self.parts
                    .pop()
                    .map(|part| Ok(Bytes::from_static(part.as_bytes()))),
            ),
        }
    }
}

/// Counts what is open.
struct Open(Arc<Counts>);

impl Open {
    fn new(counts: &Arc<Counts>) -> Self {
        counts.open.fetch_add(1, Ordering::SeqCst);
        Self(counts.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Default)]
struct Counts {
    open: AtomicUsize,
    tokens: AtomicUsize,
    requests: AtomicUsize,
}

/// A transport on which everything is waited for. Every other request of the API is answered by 503.
#[derive(Clone, Default)]
struct Slow(Arc<Counts>);

impl Transport for Slow {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let counts = self.0.clone();
        let open = Open::new(&counts);
        let number = match request.uri().path() {
            "/token" => counts.tokens.fetch_add(1, Ordering::SeqCst),
            _ => counts.requests.fetch_add(1, Ordering::SeqCst),
        };
        Box::pin(async move {
            Once::default().await;
            let (status, parts) = match request.uri().path() {
                "/token" => (
                    200,
                    vec![r#"_in":3600}"#, r#"{"access_token":"t","expires"#],
                ),
                _ if number % 2 == 0 => (503, vec!["}", "{"]),
                _ => (200, vec!["1}", "{\"total\":"]),
            };
            Once::default().await;
            let stream: BodyStream = Box::pin(Parts {
                parts,
                wait: Once::default(),
                _open: open,
            });
            let mut response = Response::new(stream);
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            let json = http::HeaderValue::from_static("application/json");
            response.headers_mut().insert("content-type", json);
            Ok(response)
        })
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        Box::pin(async move {
            // Limits of time never pass, waits between attempts do.
            match duration < Duration::from_secs(1) {
                true => Once::default().await,
                false => std::future::pending().await,
            }
        })
    }
}

fn client(transport: Slow) -> Client {
    let provider = ClientCredentials::new("https://auth.example/token", "id", "secret");
    let retry = Retry::default().base(Duration::from_millis(1));
    let builder = Client::builder()
        .bearer_auth_provider(provider)
        .retry(retry);
    builder
        .retry_budget(4)
        .transport(transport)
        .build()
        .unwrap()
}

/// Polls a call so many times; whether it came to its end.
fn polled(client: &Client, times: usize) -> bool {
    let mut call = Box::pin(client.agents().list().send());
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..times {
        if let Poll::Ready(result) = call.as_mut().poll(&mut context) {
            return result.is_ok_and(|answer| answer.total == Some(1));
        }
    }
    false
}

#[test]
fn a_call_can_be_given_up_wherever_it_waits() {
    const ENOUGH: usize = 1_000;
    let mut points = 0;
    loop {
        let slow = Slow::default();
        let client = client(slow.clone());
        let is_done = polled(&client, points);
        assert_eq!(
            slow.0.open.load(Ordering::SeqCst),
            0,
            "after {points} polls something is open"
        );
        let tokens = slow.0.tokens.load(Ordering::SeqCst);
        // It starts where a call starts, whatever became of the last one.
        slow.0.requests.store(0, Ordering::SeqCst);
        assert!(polled(&client, ENOUGH), "after {points} polls");
        assert!(slow.0.tokens.load(Ordering::SeqCst) <= tokens + 1);
        assert!(slow.0.tokens.load(Ordering::SeqCst) <= 2);
        assert_eq!(
            slow.0.requests.load(Ordering::SeqCst),
            2,
            "after {points} polls"
        );
        if is_done {
            break;
        }
        points += 1;
    }
    assert!(points > 12, "only {points} points");
}

#[test]
fn calls_that_are_given_up_use_up_no_retries() {
    let slow = Slow::default();
    let client = client(slow.clone());
    assert!(polled(&client, 1_000));
    let sent = |points: usize| {
        slow.0.requests.store(0, Ordering::SeqCst);
        polled(&client, points);
        slow.0.requests.load(Ordering::SeqCst)
    };
    // The last point at which the retry is paid for and not made yet.
    let before_the_retry = (1..100)
        .take_while(|points| sent(*points) < 2)
        .last()
        .unwrap();
    for _ in 0..100 {
        assert_eq!(sent(before_the_retry), 1);
    }
    slow.0.requests.store(0, Ordering::SeqCst);
    assert!(polled(&client, 1_000), "there are no retries left");
}
