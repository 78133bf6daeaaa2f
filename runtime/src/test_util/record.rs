//! Recording: exchanges with a real server, kept as JSON and played back in tests.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::fake::{Scripted, once};
use crate::body::Body;
use crate::transport::Transport;
use crate::wire::{BodyStream, TransportError, TransportErrorKind, TransportFuture};

/// What stands in place of a secret.
const REDACTED: &str = "redacted";

/// A transport that records the requests and responses that go through another one.
///
/// Credentials in headers are redacted: `Authorization`, `Proxy-Authorization`, `Cookie`, `Set-Cookie` and
/// headers that are marked as sensitive. A credential in a URL or a body is recorded as it is.
///
/// # Example
///
/// ```no_run
/// # fn example(real: impl clientsmith_runtime::Transport) {
/// use clientsmith_runtime::test_util::Recorder;
///
/// let recorder = Recorder::new(real);
/// // Client::builder().transport(recorder.clone()) … and after the calls:
/// std::fs::write("tests/flows.json", recorder.recording()).unwrap();
/// # }
/// ```
#[derive(Clone)]
pub struct Recorder(Arc<Inner>);

struct Inner {
    transport: Box<dyn Transport>,
    exchanges: Mutex<Vec<Value>>,
}

impl Recorder {
    /// Records what goes through this transport.
    pub fn new(transport: impl Transport) -> Self {
        Self(Arc::new(Inner {
            transport: Box::new(transport),
            exchanges: Mutex::default(),
        }))
    }

    /// The exchanges so far, as JSON for [`replay`].
    #[must_use]
    pub fn recording(&self) -> String {
        let exchanges = Value::from(self.exchanges().clone());
        serde_json::to_string_pretty(&exchanges).unwrap_or_default()
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Value>> {
        self.0
            .exchanges
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn exchange(
        &self,
        request: Request<Body>,
    ) -> Result<Response<BodyStream>, TransportError> {
        let sent = described(&request, &request.body().collect().await?);
        let response = self.0.transport.send(request).await?;
        let (head, mut stream) = response.into_parts();
        let mut body = BytesMut::new();
        while let Some(part) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            body.extend_from_slice(&part?);
        }
        let body = body.freeze();
        let answered = json!({
            "status": head.status.as_u16(), "headers": headers(&head.headers), "body": text(&body),
        });
        self.exchanges()
            .push(json!({"request": sent, "response": answered}));
        Ok(Response::from_parts(head, once(body)))
    }
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder")
            .field("exchanges", &self.exchanges().len())
            .finish()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let recorder = self.clone();
        Box::pin(async move { recorder.exchange(request).await })
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        self.0.transport.sleep(duration)
    }
}

fn described(request: &Request<Body>, body: &Bytes) -> Value {
    json!({
        "method": request.method().as_str(),
        "uri": request.uri().to_string(),
        "headers": headers(request.headers()),
        "body": text(body),
    })
}

/// Headers by name, with credentials redacted.
fn headers(headers: &HeaderMap) -> Map<String, Value> {
    const SECRET: [HeaderName; 4] = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE];
    let pairs = headers.iter().map(|(name, value)| {
        let secret = value.is_sensitive() || SECRET.contains(name);
        let shown = if secret {
            REDACTED
        } else {
            value.to_str().unwrap_or_default()
        };
        (name.as_str().to_owned(), Value::from(shown))
    });
    pairs.collect()
}

/// A body as text, or in base64 if it is none.
fn text(body: &Bytes) -> Value {
    match std::str::from_utf8(body) {
        Ok(text) => Value::from(text),
        Err(_) => json!({ "base64": STANDARD.encode(body) }),
    }
}

fn bytes(body: &Value) -> Bytes {
    match body.get("base64").and_then(Value::as_str) {
        Some(encoded) => STANDARD.decode(encoded).unwrap_or_default().into(),
        None => Bytes::from(body.as_str().unwrap_or_default().to_owned()),
    }
}

/// Plays a recording back: each request gets the response that was recorded for the same request, in any order.
///
/// Requests are the same if their method, URL and body are equal. If the same request was recorded several
/// times, its responses are returned in their order, each once. A request without a recorded response fails.
///
/// # Errors
///
/// If the text is not a recording.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::replay;
///
/// let transport = replay("[]").unwrap();
/// // Client::builder().transport(transport) …
/// # let _ = transport;
/// ```
pub fn replay(recording: &str) -> Result<Replay, serde_json::Error> {
    let exchanges: Vec<Value> = serde_json::from_str(recording)?;
    Ok(Replay(Arc::new(Mutex::new(exchanges))))
}

/// A transport that plays a recording back; see [`replay`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::test_util::{Replay, replay};
///
/// let recorded: Replay = replay("[]")?;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Replay(Arc<Mutex<Vec<Value>>>);

impl Replay {
    fn answer(&self, request: &Request<Body>, body: &Bytes) -> Scripted {
        let wanted = described(request, body);
        let same = |exchange: &Value| {
            let known = &exchange["request"];
            ["method", "uri", "body"]
                .iter()
                .all(|part| known[part] == wanted[part])
        };
        let mut exchanges = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match exchanges.iter().position(same) {
            Some(index) => response(&exchanges.remove(index)["response"]),
            None => {
                let message = format!(
                    "the recording has no {} {}",
                    request.method(),
                    request.uri()
                );
                Scripted::Failure(TransportError::new(TransportErrorKind::Request, message))
            }
        }
    }
}

/// The response that was recorded.
fn response(recorded: &Value) -> Scripted {
    let mut response = Response::new(bytes(&recorded["body"]));
    let status = recorded["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    *response.status_mut() = status.unwrap_or_default();
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        let value = HeaderValue::from_str(value.as_str().unwrap_or_default());
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value) {
            response.headers_mut().insert(name, value);
        }
    }
    Scripted::Response(response)
}

impl Transport for Replay {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let replay = self.clone();
        Box::pin(async move {
            let body = request.body().collect().await?;
            match replay.answer(&request, &body) {
                Scripted::Response(response) => Ok(response.map(once)),
                Scripted::Failure(error) => Err(error),
                Scripted::Silence => std::future::pending().await,
            }
        })
    }

    fn sleep(&self, _: Duration) -> TransportFuture<()> {
        Box::pin(std::future::ready(()))
    }
}
