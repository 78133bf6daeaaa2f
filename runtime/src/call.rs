//! Calls: a request as it is put together, before anything is sent.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::codec::{Encode, to_vec};
use crate::core::Core;
use crate::error::{Error, Undocumented};
use crate::operation::ApiError;
use crate::parameter;
use crate::pending::Pending;
use crate::pipeline;
use crate::reply::FromReply;
use crate::security::Requirements;

/// A request that is being put together: what every operation of every client is inside.
///
/// It borrows nothing. What cannot be encoded is kept and comes out when the call is sent.
#[derive(Clone)]
pub struct Call(Box<Parts>);

/// What was said of a request so far.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) core: Core,
    pub(crate) context: Context,
    pub(crate) path: String,
    /// Encoded pairs, by the name they stand for.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) timeout: Option<Duration>,
    pub(crate) security: Requirements,
    /// Why it cannot be sent.
    pub(crate) refusal: Option<String>,
}

/// Which operation is called: what an error or a log may say of it without giving anything away.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) method: Method,
    /// The path as the API's description spells it: `/flows/{flowId}/runs`.
    pub(crate) template: &'static str,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

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
        Self(Box::new(Parts {
            core: core.clone(),
            context: Context { method, template },
            path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: None,
            security: core.security(),
            refusal,
        }))
    }

    /// Sets a query parameter; a value that was set before is replaced.
    #[must_use]
    pub fn query(mut self, name: &'static str, value: &dyn Encode) -> Self {
        self.0.query.retain(|(set, _)| *set != name);
        match parameter::form(name, value) {
            Ok(pairs) if pairs.is_empty() => {}
            Ok(pairs) => self.0.query.push((name, pairs)),
            Err(fault) => self.refuse(parameter::about(name, fault).to_string()),
        }
        self
    }

    /// Sets the body, as JSON.
    #[must_use]
    pub fn json(mut self, body: &dyn Encode) -> Self {
        match to_vec(body) {
            Ok(json) => {
                self.0.body = Bytes::from(json);
                let json = HeaderValue::from_static("application/json");
                self.0.headers.insert(CONTENT_TYPE, json);
            }
            Err(fault) => self.refuse(format!("the body cannot be written: {fault}")),
        }
        self
    }

    /// Says how the operation authenticates, if not as the API does in general.
    #[must_use]
    pub fn security(mut self, requirements: Requirements) -> Self {
        self.0.security = requirements;
        self
    }

    /// Sets a header; a value that was set before is replaced.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.0.headers.insert(name, value);
            }
            _ => self.refuse(format!("the header {name:?} cannot be sent as it is")),
        }
        self
    }

    /// Limits the time that the whole call may take, instead of the client's limit.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = Some(timeout);
        self
    }

    /// Sends the request when the future is polled.
    #[inline]
    pub fn send<T: FromReply, E: ApiError>(self) -> Pending<T, E> {
        Pending::new(self)
    }

    /// The request as a value, authenticated and ready to be sent by something else.
    ///
    /// # Errors
    ///
    /// Whatever keeps the request from being sent, such as a missing credential.
    pub fn into_request<E>(self) -> Result<Request<Bytes>, Error<E>> {
        pipeline::request(*self.0).map_err(Error::<Undocumented>::cast)
    }

    pub(crate) fn into_parts(self) -> Parts {
        *self.0
    }

    /// Keeps the first reason why the request cannot be sent.
    fn refuse(&mut self, reason: String) {
        self.0.refusal.get_or_insert(reason);
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
            .field("body_bytes", &self.0.body.len())
            .finish()
    }
}
