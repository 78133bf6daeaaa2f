//! The pipeline: what happens to a call between `send()` and the answer.
//!
//! 1. Per-call options are laid over the client's settings.
//! 2. Retry: today every call is one attempt; the loop has its place in [`perform`].
//! 3. Per attempt, [`request`] makes the request: URL, headers, credentials, user agent.
//! 4. The transport sends it.
//! 5. [`collect`] reads the body, within limits of time and size.

use std::future::poll_fn;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderValue, Request, Response, Uri};

use crate::call::{Call, Parts};
use crate::core::Core;
use crate::error::{Error, Kind, TimeoutKind, Undocumented};
use crate::reply::RawReply;
use crate::timeout::within;
use crate::transport::BodyStream;

/// Performs a call.
pub(crate) async fn perform(call: Call) -> Result<RawReply, Error<Undocumented>> {
    let parts = call.into_parts();
    let core = parts.core.clone();
    let context = parts.context.clone();
    let limit = core
        .transport()
        .sleep(parts.timeout.unwrap_or(core.limits().timeout));
    match within(attempt(&core, parts), limit).await {
        Some(result) => result,
        None => Err(Error::new(Kind::Timeout(TimeoutKind::Call), context)),
    }
}

/// One attempt: from the request to the whole answer.
async fn attempt(core: &Core, parts: Parts) -> Result<RawReply, Error<Undocumented>> {
    let context = parts.context.clone();
    let request = request(parts)?;
    let sent = core.transport().send(request).await;
    let response = sent.map_err(|error| Error::new(Kind::Transport(error), context.clone()))?;
    let (head, stream) = response.into_parts();
    let answered = Response::from_parts(head, Bytes::new());
    match collect(core, stream).await {
        Ok(body) => Ok(RawReply::new(context, answered.map(|_| body))),
        Err(kind) => Err(Error::new(kind, context).with_reply(&answered)),
    }
}

/// The request of a call: everything that can go wrong before anything is sent goes wrong here.
pub(crate) fn request(parts: Parts) -> Result<Request<Bytes>, Error<Undocumented>> {
    let context = parts.context;
    let refuse = |reason: String| Error::new(Kind::Request(reason), context.clone());
    if let Some(reason) = parts.refusal {
        return Err(refuse(reason));
    }
    let query: Vec<&str> = parts
        .query
        .iter()
        .map(|(_, pairs)| pairs.as_str())
        .collect();
    let separator = if query.is_empty() { "" } else { "?" };
    let base_url = parts.core.base_url();
    let url = format!("{base_url}{}{separator}{}", parts.path, query.join("&"));
    let url: Uri = url
        .parse()
        .map_err(|error| refuse(format!("the URL cannot be used: {error}")))?;

    let mut request = Request::new(parts.body);
    *request.method_mut() = context.method.clone();
    *request.uri_mut() = url;
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, parts.core.user_agent().clone());
    let credentials = parts.core.credentials();
    credentials.apply(parts.security, headers).map_err(refuse)?;
    // What the caller says last counts most. Values are never appended, always replaced.
    headers.extend(parts.headers);
    Ok(request)
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
