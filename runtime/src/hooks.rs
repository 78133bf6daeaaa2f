//! Hooks: interceptors, which see each attempt and may change its request.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, Request, StatusCode};

use crate::body::Body;
use crate::clock::{Clock, SystemClock};
use crate::context::Context;
use crate::hint;
use crate::wire::BoxError;

/// Sees each attempt of each call, before and after it is sent, and may change its request.
///
/// It runs after credentials are added and before the transport sends the request, so it sees the final request
/// and can add a signature or a trace header. Each retry is an attempt of its own.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::{HeaderValue, Request};
/// use clientsmith_runtime::{Attempt, Body, BoxError, Interceptor, AttemptOutcome};
///
/// struct Trace;
///
/// impl Interceptor for Trace {
///     fn before(&self, _: &Attempt<'_>, request: &mut Request<Body>) -> Result<(), BoxError> {
///         request.headers_mut().insert("x-request-id", HeaderValue::from_static("7"));
///         Ok(())
///     }
///
///     fn after(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
///         eprintln!("{} #{}: {:?}", attempt.template(), attempt.number(), outcome.status());
///     }
/// }
/// # // Client::builder().interceptor(Trace)
/// ```
pub trait Interceptor: Send + Sync + 'static {
    /// Called before each attempt is sent.
    ///
    /// # Errors
    ///
    /// Any error keeps the request from being sent and ends the call.
    fn before(&self, attempt: &Attempt<'_>, request: &mut Request<Body>) -> Result<(), BoxError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called after each attempt, before the decision whether to retry.
    fn after(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// One attempt of a call.
///
/// # Example
///
/// ```
/// fn label(attempt: &clientsmith_runtime::Attempt<'_>) -> String {
///     // GET /flows/{flowId}, attempt 2
///     format!("{} {}, attempt {}", attempt.method(), attempt.template(), attempt.number())
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a>(pub(crate) &'a Context);

impl Attempt<'_> {
    /// The method of the operation.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.0.method
    }

    /// The path template of the operation, as in the API's description: `/flows/{flowId}`. It contains no
    /// parameter values, so it can be logged and used as a metric label.
    #[must_use]
    pub fn template(&self) -> &'static str {
        self.0.template
    }

    /// The number of this attempt within its call, counted from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.0.attempts
    }
}

/// The result of one attempt: a response or an error.
///
/// # Example
///
/// ```
/// fn label(outcome: &clientsmith_runtime::AttemptOutcome<'_>) -> String {
///     match (outcome.status(), outcome.error()) {
///         (Some(status), _) => status.to_string(),
///         (None, Some(error)) => error.to_string(),
///         (None, None) => "nothing".to_owned(),
///     }
/// }
/// ```
pub struct AttemptOutcome<'a> {
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) error: Option<&'a (dyn StdError + 'static)>,
}

impl AttemptOutcome<'_> {
    /// The status of the response, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The headers of the response, if one came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.headers
    }

    /// How long the server asks to wait before the next attempt (`Retry-After`), if it says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        hint::retry_after(self.headers?, SystemClock.now())
    }

    /// The error, if no complete response arrived. A response with an error status is not an error here.
    #[must_use]
    pub fn error(&self) -> Option<&(dyn StdError + 'static)> {
        self.error
    }
}

/// Omits the headers, which may hold secrets.
impl fmt::Debug for AttemptOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("status", &self.status)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
