//! The pipeline: what happens to a call between `send()` and the response.
//!
//! 1. Per-call options are laid over the client's settings.
//! 2. [`retried`] makes attempts until one is final, within the limit for the whole call.
//! 3. Per attempt, credentials are fetched and [`request`] makes the request: URL, headers, credentials,
//!    user agent.
//! 4. Interceptors look at it.
//! 5. The transport sends it.
//! 6. [`collect`] reads the body, within limits of time and size; a stream is handed on.

mod decision;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONTENT_LENGTH, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};

use crate::body::Body;
use crate::call::{Call, Parts};
use crate::context::Context;
use crate::core::Core;
use crate::error::{Error, Kind, TimeoutKind, Undocumented};
use crate::hint;
use crate::hooks::{Attempt, AttemptOutcome};
use crate::response::RawResponse;
use crate::security::{Credentials, Places};
use crate::timeout::within;
use crate::wire::{BodyStream, TransportError, TransportErrorKind};

/// The result of a call or of one attempt.
type Attempted = Result<RawResponse, Error<Undocumented>>;

/// Performs a call. If `streamed`, the body of a successful response is returned unread, and the timeout of the
/// whole call covers only the time until the headers arrive.
pub(crate) async fn perform(call: Call, streamed: bool) -> Attempted {
    let parts = call.into_parts();
    let core = parts.core.clone();
    let mut context = parts.context.clone();
    let timeout = parts.timeout.unwrap_or(core.limits().timeout);
    let limit = core.transport().sleep(timeout);
    let progress = Progress::default();
    let work = pin!(retried(&core, parts, streamed, timeout, &progress));
    if let Some(result) = traced(&context, within(work, limit)).await {
        return result;
    }
    // The result of the last attempt says more than a timeout error would.
    if let Some(last) = progress.take() {
        return last;
    }
    context.attempts = progress.attempts.load(Ordering::Relaxed);
    Err(Error::new(Kind::Timeout(TimeoutKind::Call), context))
}

/// The progress of a call, for the case that its timeout expires.
#[derive(Default)]
struct Progress {
    attempts: AtomicU32,
    /// The result of the last attempt, during the wait before the next one.
    last: Mutex<Option<Attempted>>,
}

impl Progress {
    fn put(&self, result: Attempted) {
        *self
            .last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(result);
    }

    fn take(&self) -> Option<Attempted> {
        self.last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take()
    }
}

/// Makes attempts until one is final.
async fn retried(
    core: &Core,
    mut parts: Box<Parts>,
    streamed: bool,
    timeout: Duration,
    progress: &Progress,
) -> Attempted {
    let policy = parts.retry.unwrap_or(core.retry());
    let mut spent = None;
    let mut slept = Duration::ZERO;
    let mut retries = 0;
    let mut reauthenticated = false;
    loop {
        parts.context.attempts += 1;
        progress
            .attempts
            .store(parts.context.attempts, Ordering::Relaxed);
        let result = attempt(core, &parts, streamed).await;
        if is_unauthorized(&result)
            && !reauthenticated
            && core.credentials().rejected(parts.security)
        {
            reauthenticated = true;
            continue;
        }
        let Some(failure) = decision::of_result(&result) else {
            core.budget().refund(spent);
            return result;
        };
        if !failure.is_safe_to_retry(parts.idempotent) {
            return result;
        }
        let hint =
            headers(&result).and_then(|headers| hint::retry_after(headers, core.clock().now()));
        let delay = policy.delay(retries, hint, core.clock());
        // A wait that outlasts the call would only hide what went wrong.
        let delay = delay.filter(|delay| slept + *delay < timeout);
        let paid = delay.and_then(|_| core.budget().pay(failure == decision::Failure::TimedOut));
        let (Some(delay), Some(paid)) = (delay, paid) else {
            return result;
        };
        slept += delay;
        retries += 1;
        progress.put(result);
        core.transport().sleep(delay).await;
        progress.take();
        spent = Some(paid.made());
    }
}

fn is_unauthorized(result: &Attempted) -> bool {
    result
        .as_ref()
        .is_ok_and(|response| response.status() == StatusCode::UNAUTHORIZED)
}

fn headers(result: &Attempted) -> Option<&HeaderMap> {
    match result {
        Ok(response) => Some(response.headers()),
        Err(error) => error.headers(),
    }
}

/// Makes one attempt, within its own timeout, and shows its result to the interceptors.
async fn attempt(core: &Core, parts: &Parts, streamed: bool) -> Attempted {
    let context = &parts.context;
    let sent = pin!(sent(core, parts, streamed));
    let result = match core.limits().attempt_timeout {
        None => sent.await,
        Some(limit) => match within(sent, core.transport().sleep(limit)).await {
            Some(result) => result,
            None => Err(Error::new(
                Kind::Timeout(TimeoutKind::Attempt),
                context.clone(),
            )),
        },
    };
    for interceptor in core.interceptors() {
        interceptor.after(&Attempt(context), &outcome(&result));
    }
    observed(context, &result);
    result
}

/// What an interceptor sees of a result.
fn outcome(result: &Attempted) -> AttemptOutcome<'_> {
    match result {
        Ok(response) => AttemptOutcome {
            status: Some(response.status()),
            headers: Some(response.headers()),
            error: None,
        },
        Err(error) => AttemptOutcome {
            status: error.status(),
            headers: error.headers(),
            error: Some(error),
        },
    }
}

/// Builds and sends the request, and reads the response; if `streamed`, only the headers of a success.
async fn sent(core: &Core, parts: &Parts, streamed: bool) -> Attempted {
    let context = &parts.context;
    let fetched = core
        .credentials()
        .fetched(parts.security, core.transport())
        .await;
    let credentials = fetched.map_err(|reason| unsent(reason, context))?;
    let again = streamed.then(|| Call::from_parts(parts.clone()));
    let mut request = request(parts, &credentials)?;
    for interceptor in core.interceptors() {
        let looked_at = interceptor.before(&Attempt(context), &mut request);
        looked_at.map_err(|error| Error::new(Kind::Interceptor(error), context.clone()))?;
    }
    let sent = core.transport().send(request).await;
    let response = sent.map_err(|error| Error::new(failed(error), context.clone()))?;
    let (head, stream) = response.into_parts();
    let answered = Response::from_parts(head, Bytes::new());
    if let Some(call) = again.filter(|_| answered.status().is_success()) {
        return Ok(RawResponse::streamed(
            call,
            context.clone(),
            answered,
            stream,
        ));
    }
    match collect(core, stream).await {
        Ok(body) => Ok(RawResponse::new(context.clone(), answered.map(|_| body))),
        Err(kind) => Err(Error::new(kind, context.clone()).with_response(&answered)),
    }
}

/// Classifies an error of the transport: its own timeouts are reported like those of the client.
pub(crate) fn failed<E>(error: TransportError) -> Kind<E> {
    match error.kind() {
        TransportErrorKind::Timeout => Kind::Timeout(TimeoutKind::Call),
        TransportErrorKind::Idle => Kind::Timeout(TimeoutKind::Idle),
        _ => Kind::Transport(error),
    }
}

/// The error of a request that was never sent.
fn unsent(reason: String, context: &Context) -> Error<Undocumented> {
    let mut context = context.clone();
    context.attempts = context.attempts.saturating_sub(1);
    Error::new(Kind::Request(reason), context)
}

/// Builds the HTTP request of a call, or says why it cannot be sent.
pub(crate) fn request(
    parts: &Parts,
    credentials: &Credentials,
) -> Result<Request<Body>, Error<Undocumented>> {
    let context = &parts.context;
    let refuse = |reason: String| unsent(reason, context);
    if let Some(reason) = &parts.refusal {
        return Err(refuse(reason.clone()));
    }
    let (mut query, mut given_cookies) = (parts.query.clone(), parts.cookies.clone());
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, parts.core.user_agent().clone());
    let mut places = Places {
        headers: &mut headers,
        query: &mut query,
        cookies: &mut given_cookies,
    };
    let applied = credentials.apply(parts.security, parts.core.schemes(), &mut places);
    applied.map_err(refuse)?;
    // Headers of the caller replace those set above; they are never appended to them.
    headers.extend(parts.headers.clone());
    if let Some(cookies) = cookies(&given_cookies, &headers) {
        headers.insert(COOKIE, cookies.map_err(refuse)?);
    }
    if let Some(length) = announced_length(context, &parts.body) {
        headers.insert(CONTENT_LENGTH, length);
    }
    let url = url(parts, &query).map_err(refuse)?;
    let mut request = Request::new(parts.body.clone());
    *request.method_mut() = context.method.clone();
    *request.uri_mut() = url;
    *request.headers_mut() = headers;
    Ok(request)
}

fn url(parts: &Parts, query: &[(&'static str, String)]) -> Result<Uri, String> {
    let base_url = match &parts.base_url {
        Some(base_url) => base_url,
        None => parts.core.base_url(parts.server),
    };
    let pairs = query.iter().map(|(_, pairs)| pairs);
    let pairs: Vec<&str> = pairs.chain(&parts.more_query).map(String::as_str).collect();
    let separator = if pairs.is_empty() { "" } else { "?" };
    let url = format!("{base_url}{}{separator}{}", parts.path, pairs.join("&"));
    url.parse()
        .map_err(|error| format!("the URL cannot be used: {error}"))
}

/// All cookies in one `Cookie` header, after those of such a header that the caller set.
fn cookies(
    cookies: &[(&'static str, String)],
    headers: &HeaderMap,
) -> Option<Result<HeaderValue, String>> {
    if cookies.is_empty() {
        return None;
    }
    let given = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let pairs = given
        .into_iter()
        .chain(cookies.iter().map(|(_, pair)| pair.as_str()));
    let text = pairs.collect::<Vec<_>>().join("; ");
    Some(match HeaderValue::from_str(&text) {
        Ok(mut value) => {
            value.set_sensitive(true);
            Ok(value)
        }
        Err(_) => Err("the cookies cannot be sent as they are".to_owned()),
    })
}

/// The `Content-Length` where a transport does not set it by itself: for a stream of known length, and 0 for an
/// empty body of a method that usually has one (RFC 9110 §8.6).
fn announced_length(context: &Context, body: &Body) -> Option<HeaderValue> {
    let expects = [Method::POST, Method::PUT, Method::PATCH].contains(&context.method);
    match (body.as_bytes(), body.length()) {
        (None, Some(length)) => Some(HeaderValue::from(length)),
        (Some(bytes), _) if bytes.is_empty() && expects => Some(HeaderValue::from(0)),
        _ => None,
    }
}

/// Reads a body to its end.
async fn collect(core: &Core, mut stream: BodyStream) -> Result<Bytes, Kind<Undocumented>> {
    let limits = core.limits();
    let mut body = BytesMut::new();
    loop {
        let part = pin!(poll_fn(|context| stream.as_mut().poll_next(context)));
        let idle = core.transport().sleep(limits.idle_timeout);
        match within(part, idle).await {
            None => return Err(Kind::Timeout(TimeoutKind::Idle)),
            Some(None) => return Ok(body.freeze()),
            Some(Some(Err(error))) => return Err(failed(error)),
            Some(Some(Ok(part))) => {
                if body.len() + part.len() > limits.max_response_bytes {
                    return Err(Kind::TooLarge(limits.max_response_bytes));
                }
                body.extend_from_slice(&part);
            }
        }
    }
}

/// A span around a call, named by the path template as OpenTelemetry's conventions for HTTP want it.
#[cfg(feature = "tracing")]
async fn traced<T>(context: &Context, work: impl Future<Output = T>) -> T {
    use tracing::Instrument;
    let span = tracing::info_span!(
        "HTTP request",
        otel.name = %context,
        otel.kind = "client",
        http.request.method = %context.method,
        url.template = context.template,
    );
    work.instrument(span).await
}

#[cfg(not(feature = "tracing"))]
async fn traced<T>(_: &Context, work: impl Future<Output = T>) -> T {
    work.await
}

/// Emits an event for each attempt, with its status, how many times it was resent, and its error.
#[cfg(feature = "tracing")]
fn observed(context: &Context, result: &Attempted) {
    let status = match result {
        Ok(response) => Some(response.status()),
        Err(error) => error.status(),
    };
    let status = status.map(|status| status.as_u16());
    let resent = context.attempts.saturating_sub(1);
    let error = result.as_ref().err().map(ToString::to_string);
    tracing::debug!(
        http.response.status_code = status,
        http.request.resend_count = resent,
        error.message = error,
        "attempt"
    );
}

#[cfg(not(feature = "tracing"))]
fn observed(_: &Context, _: &Attempted) {}
