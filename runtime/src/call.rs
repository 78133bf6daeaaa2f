//! Calls: a request as it is put together, before anything is sent.

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
use crate::codec::{Encode, Fault, to_vec};
use crate::context::Context;
use crate::core::Core;
use crate::form::{self, Part};
use crate::parameter::{self, Style};
use crate::retry::{self, Retry};
use crate::security::Requirements;

/// A request under construction. Every request struct of a generated client wraps one.
///
/// It owns all its data. If a value cannot be encoded, the error is kept and returned when the call is sent.
///
/// [`Operation::into_call`](crate::Operation::into_call) takes it out of a generated request struct.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{ApiError, Error, Operation};
///
/// /// The URL that a request would go to.
/// fn url<O: Operation>(operation: O) -> Result<String, Error<O::Error>> {
///     let request = operation.into_call().into_request()?;
///     Ok(request.uri().to_string())
/// }
/// ```
pub struct Call(Box<Parts>);

/// The settings of a request, as collected so far.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) core: Core,
    pub(crate) context: Context,
    pub(crate) path: String,
    /// Each query parameter: its name, and its encoded `name=value` pairs joined with `&`.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    /// Each cookie: the name of the parameter that it belongs to, and an encoded `name=value` pair.
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) body: Body,
    pub(crate) timeout: Option<Duration>,
    pub(crate) security: Requirements,
    /// The operation's own server, if it does not use the API's.
    pub(crate) server: Option<&'static str>,
    /// The base URL of this call, which overrides that of the client and the operation.
    pub(crate) base_url: Option<String>,
    /// The retry policy of this call, if it overrides the client's.
    pub(crate) retry: Option<Retry>,
    /// Whether sending the request twice has the same effect as sending it once.
    pub(crate) idempotent: bool,
    /// More encoded query pairs: added by the caller, or from the URL of the next page.
    pub(crate) more_query: Vec<String>,
    /// The first reason why the request cannot be sent, if there is one.
    pub(crate) refusal: Option<String>,
}

/// The methods by which generated code builds a request; users call those of a request struct instead.
#[doc(hidden)]
impl Call {
    /// A request for an operation. `values` fill the placeholders of `template`, in order.
    #[must_use]
    pub fn new(
        core: &Core,
        method: Method,
        template: &'static str,
        values: &[&dyn Encode],
    ) -> Self {
        let (path, refusal) = match parameter::path(template, values) {
            Ok(path) => (path, None),
            Err(fault) => (String::new(), Some(fault.to_string())),
        };
        let idempotent = retry::is_idempotent(&method);
        Self(Box::new(Parts {
            core: core.clone(),
            context: Context {
                method,
                template,
                attempts: 0,
            },
            path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::empty(),
            timeout: None,
            security: core.security(),
            server: None,
            base_url: None,
            retry: None,
            idempotent,
            more_query: Vec::new(),
            refusal,
        }))
    }

    /// A request with a method that has no constant, such as `QUERY`.
    #[must_use]
    pub fn custom(
        core: &Core,
        method: &str,
        template: &'static str,
        values: &[&dyn Encode],
    ) -> Self {
        match Method::from_bytes(method.as_bytes()) {
            Ok(method) => Self::new(core, method, template, values),
            Err(_) => {
                let mut call = Self::new(core, Method::GET, template, values);
                call.refuse(format!("`{method}` is no method"));
                call
            }
        }
    }

    /// Sets a query parameter; a value that was set before is replaced.
    #[must_use]
    pub fn query(self, name: &'static str, value: &dyn Encode) -> Self {
        self.query_as(Style::Exploded, name, value)
    }

    /// Sets a query parameter in another style than the usual one.
    #[must_use]
    pub fn query_as(mut self, style: Style, name: &'static str, value: &dyn Encode) -> Self {
        self.0.query.retain(|(set, _)| *set != name);
        match parameter::query(name, style, value) {
            Ok(pairs) if pairs.is_empty() => {}
            Ok(pairs) => self.0.query.push((name, pairs)),
            Err(fault) => self.refuse_parameter(name, fault),
        }
        self
    }

    /// Sets a header parameter; a value that was set before is replaced.
    #[must_use]
    pub fn header_parameter(
        mut self,
        explode: bool,
        name: &'static str,
        value: &dyn Encode,
    ) -> Self {
        match parameter::simple(explode, value) {
            Ok(None) => {}
            Ok(Some(text)) => self.set_header(name, &text),
            Err(fault) => self.refuse_parameter(name, fault),
        }
        self
    }

    /// Sets a cookie parameter; a value that was set before is replaced.
    #[must_use]
    pub fn cookie(mut self, style: Style, name: &'static str, value: &dyn Encode) -> Self {
        self.0.cookies.retain(|(set, _)| *set != name);
        match parameter::cookies(name, style, value) {
            Ok(pairs) => self
                .0
                .cookies
                .extend(pairs.into_iter().map(|pair| (name, pair))),
            Err(fault) => self.refuse_parameter(name, fault),
        }
        self
    }

    /// Sets the body, as JSON.
    #[must_use]
    pub fn json(self, body: &dyn Encode) -> Self {
        self.json_as("application/json", body)
    }

    /// Sets the body, as JSON of a media type.
    #[must_use]
    pub fn json_as(self, media_type: &'static str, body: &dyn Encode) -> Self {
        let json = to_vec(body).map(Body::from);
        self.encoded(media_type, json)
    }

    /// Sets the body, as JSON values with one on each line.
    #[must_use]
    pub fn json_lines<T: Encode>(self, media_type: &'static str, values: &[T]) -> Self {
        let mut lines = Vec::new();
        for value in values {
            match to_vec(value) {
                Ok(line) => lines.extend(line),
                Err(fault) => return self.encoded(media_type, Err(fault)),
            }
            lines.push(b'\n');
        }
        self.encoded(media_type, Ok(Body::from(lines)))
    }

    /// Sets the body, as a form in one text.
    #[must_use]
    pub fn form(self, parts: &[Part], body: &dyn Encode) -> Self {
        let form = form::urlencoded(body, parts).map(Body::from);
        self.encoded("application/x-www-form-urlencoded", form)
    }

    /// Sets the body, as a form of several parts.
    #[must_use]
    pub fn multipart(self, parts: &[Part], body: &dyn Encode) -> Self {
        match form::multipart(body, parts) {
            Ok((media_type, body)) => self.encoded(&media_type, Ok(body)),
            Err(fault) => self.encoded("multipart/form-data", Err(fault)),
        }
    }

    /// Sets the body as it is.
    #[must_use]
    pub fn body(self, media_type: &str, body: Body) -> Self {
        self.encoded(media_type, Ok(body))
    }

    fn encoded(mut self, media_type: &str, body: Result<Body, Fault>) -> Self {
        match (body, HeaderValue::from_str(media_type)) {
            (Ok(body), Ok(media_type)) => {
                self.0.body = body;
                self.0.headers.insert(CONTENT_TYPE, media_type);
            }
            (Err(fault), _) => self.refuse(format!("the body cannot be written: {fault}")),
            (_, Err(_)) => self.refuse(format!("`{media_type}` is no media type")),
        }
        self
    }

    /// Sets the `Accept` header, which is `application/json` otherwise.
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        if let Ok(value) = HeaderValue::from_str(media_types) {
            self.0.headers.insert(ACCEPT, value);
        }
        self
    }

    /// Sets the security requirements of the operation, instead of the API's.
    #[must_use]
    pub fn security(mut self, requirements: Requirements) -> Self {
        self.0.security = requirements;
        self
    }

    /// Sets the operation's own server, instead of the API's. A base URL that the user set takes precedence.
    #[must_use]
    pub fn server(mut self, url: &'static str) -> Self {
        self.0.server = Some(url);
        self
    }

    /// Sets a header; a value that was set before is replaced.
    pub fn set_header(&mut self, name: &str, value: &str) {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.0.headers.insert(name, value);
            }
            _ => self.refuse(format!("the header {name:?} cannot be sent as it is")),
        }
    }

    /// Marks the operation as idempotent whatever its method, so that it may be retried.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.0.idempotent = true;
        self
    }

    /// Sets the idempotency key, so that the server acts on the call only once even if it is retried.
    pub fn set_idempotency_key(&mut self, key: &str) {
        let header = self.0.core.idempotency_header();
        self.set_header(header, key);
        self.0.idempotent = true;
    }

    /// Sets the retry policy of this call, instead of the client's.
    pub fn set_retry(&mut self, retry: Retry) {
        self.0.retry = Some(retry);
    }

    /// Sends the call to another base URL.
    pub fn set_base_url(&mut self, url: &str) {
        match self.0.core.check(url) {
            Ok(()) => self.0.base_url = Some(url.trim_end_matches('/').to_owned()),
            Err(error) => self.refuse(error.to_string()),
        }
    }

    /// Sends the call to a URL that the server named, absolute or relative. It must be on the same host:
    /// the credentials go along.
    pub(crate) fn at_url(mut self, url: &str) -> Result<Self, Fault> {
        let base = match &self.0.base_url {
            Some(base_url) => base_url.clone(),
            None => self.0.core.base_url(self.0.server).to_owned(),
        };
        let host = base.find("://").map_or(0, |scheme| scheme + 3);
        let origin = &base[..base[host..]
            .find('/')
            .map_or(base.len(), |path| host + path)];
        let relative = match url.strip_prefix(origin) {
            Some(rest) if rest.starts_with(['/', '?']) || rest.is_empty() => rest,
            _ if url.starts_with('/') && !url.starts_with("//") || url.starts_with('?') => url,
            _ => return Err(Fault::new("the next page is on another host")),
        };
        let (path, query) = relative.split_once('?').unwrap_or((relative, ""));
        if !path.is_empty() {
            self.0.base_url = Some(origin.to_owned());
            self.0.path = path.to_owned();
        }
        self.0.query.clear();
        self.0.more_query = Vec::from_iter((!query.is_empty()).then(|| query.to_owned()));
        Ok(self)
    }

    /// Adds a query parameter that the API's description does not declare.
    pub fn add_query(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", parameter::percent(name), parameter::percent(value));
        self.0.more_query.push(pair);
    }

    /// Limits the time that the whole call may take, instead of the client's limit.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.0.timeout = Some(timeout);
    }

    /// Writes a request struct around this as deriving `Debug` would.
    ///
    /// # Errors
    ///
    /// The error of the formatter, if it fails.
    pub fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(name).field(self).finish()
    }

    pub(crate) fn from_parts(parts: Parts) -> Self {
        Self(Box::new(parts))
    }

    /// Resets the attempt count, to make the call again after its stream broke off.
    pub(crate) fn anew(mut self) -> Self {
        self.0.context.attempts = 0;
        self
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    /// This call, to be sent through the blocking transport.
    #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
    pub(crate) fn by_waiting(mut self) -> Self {
        self.0.core = self.0.core.blocking();
        self
    }

    pub(crate) fn core(&self) -> &Core {
        &self.0.core
    }

    pub(crate) fn into_parts(self) -> Box<Parts> {
        self.0
    }

    fn refuse_parameter(&mut self, name: &str, fault: Fault) {
        self.refuse(parameter::about(name, fault).to_string());
    }

    /// Keeps the first reason why the request cannot be sent.
    fn refuse(&mut self, reason: String) {
        self.0.refusal.get_or_insert(reason);
    }
}

// Not derived: a derived `clone` would be inlined into the `clone` of every request struct.
impl Clone for Call {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Names only: values may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.0.query.iter().map(|(name, _)| *name).collect();
        let headers: Vec<&str> = self.0.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Call")
            .field("operation", &format_args!("{}", self.0.context))
            .field("query", &query)
            .field("headers", &headers)
            .field("body", &self.0.body)
            .finish()
    }
}
