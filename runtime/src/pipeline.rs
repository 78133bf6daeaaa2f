//! The pipeline: what happens to a call between `send()` and the answer.
//!
//! 1. Per-call options are laid over the client's settings.
//! 2. Retry: today every call is one attempt; the loop has its place in [`perform`].
//! 3. Per attempt, [`request`] makes the request: URL, headers, credentials, user agent.
//! 4. The transport sends it.
//! 5. [`collect`] reads the body, within limits of time and size; a stream is handed on.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONTENT_LENGTH, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};

use crate::body::Body;
use crate::call::{Call, Context, Parts};
use crate::core::Core;
use crate::error::{Error, Kind, TimeoutKind, Undocumented};
use crate::reply::RawReply;
use crate::security::Places;
use crate::timeout::within;
use crate::transport::BodyStream;

/// Performs a call. If `streamed`, the body of a success is left to be read by its taker; the limit
/// for the whole call then ends with the headers.
pub(crate) async fn perform(call: Call, streamed: bool) -> Result<RawReply, Error<Undocumented>> {
    let parts = call.into_parts();
    let core = parts.core.clone();
    let context = parts.context.clone();
    let limit = core
        .transport()
        .sleep(parts.timeout.unwrap_or(core.limits().timeout));
    match within(attempt(&core, parts, streamed), limit).await {
        Some(result) => result,
        None => Err(Error::new(Kind::Timeout(TimeoutKind::Call), context)),
    }
}

/// One attempt: from the request to the whole answer, or to its headers.
async fn attempt(
    core: &Core,
    parts: Parts,
    streamed: bool,
) -> Result<RawReply, Error<Undocumented>> {
    let context = parts.context.clone();
    let request = request(parts)?;
    let sent = core.transport().send(request).await;
    let response = sent.map_err(|error| Error::new(Kind::Transport(error), context.clone()))?;
    let (head, stream) = response.into_parts();
    let answered = Response::from_parts(head, Bytes::new());
    if streamed && answered.status().is_success() {
        return Ok(RawReply::streamed(core.clone(), context, answered, stream));
    }
    match collect(core, stream).await {
        Ok(body) => Ok(RawReply::new(context, answered.map(|_| body))),
        Err(kind) => Err(Error::new(kind, context).with_reply(&answered)),
    }
}

/// The request of a call: everything that can go wrong before anything is sent goes wrong here.
pub(crate) fn request(mut parts: Parts) -> Result<Request<Body>, Error<Undocumented>> {
    let context = parts.context.clone();
    let refuse = |reason: String| Error::new(Kind::Request(reason), context.clone());
    if let Some(reason) = parts.refusal.take() {
        return Err(refuse(reason));
    }
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, parts.core.user_agent().clone());
    let mut places = Places {
        headers: &mut headers,
        query: &mut parts.query,
        cookies: &mut parts.cookies,
    };
    let core = &parts.core;
    let applied = core
        .credentials()
        .apply(parts.security, core.schemes(), &mut places);
    applied.map_err(refuse)?;
    // What the caller says last counts most. Values are never appended, always replaced.
    headers.extend(std::mem::take(&mut parts.headers));
    if let Some(cookies) = cookies(&parts.cookies, &headers) {
        headers.insert(COOKIE, cookies.map_err(refuse)?);
    }
    if let Some(length) = announced_length(&context, &parts.body) {
        headers.insert(CONTENT_LENGTH, length);
    }
    let mut request = Request::new(parts.body);
    *request.method_mut() = context.method.clone();
    *request.uri_mut() =
        url(core.base_url(parts.server), &parts.path, &parts.query).map_err(refuse)?;
    *request.headers_mut() = headers;
    Ok(request)
}

fn url(base_url: &str, path: &str, query: &[(&'static str, String)]) -> Result<Uri, String> {
    let query: Vec<&str> = query.iter().map(|(_, pairs)| pairs.as_str()).collect();
    let separator = if query.is_empty() { "" } else { "?" };
    let url = format!("{base_url}{path}{separator}{}", query.join("&"));
    url.parse()
        .map_err(|error| format!("the URL cannot be used: {error}"))
}

/// All cookies in one header, behind those that a header of the caller has.
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

/// The length of a stream, which no transport can know by itself; and that of no body at all, where
/// some servers want to be told (RFC 9110 §8.6).
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
        let part = poll_fn(|context| stream.as_mut().poll_next(context));
        let idle = core.transport().sleep(limits.idle_timeout);
        match within(part, idle).await {
            None => return Err(Kind::Timeout(TimeoutKind::Idle)),
            Some(None) => return Ok(body.freeze()),
            Some(Some(Err(error))) => return Err(Kind::Transport(error)),
            Some(Some(Ok(part))) => {
                if body.len() + part.len() > limits.max_response_bytes {
                    return Err(Kind::TooLarge(limits.max_response_bytes));
                }
                body.extend_from_slice(&part);
            }
        }
    }
}
