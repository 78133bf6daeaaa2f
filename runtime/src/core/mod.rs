//! The core: the state that a client shares with its clones, and its builder ([`builder`]).

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::clock::Clock;
use crate::hooks::Interceptor;
use crate::retry::{Budget, Retry};
use crate::security::{Credentials, Requirements, Scheme};
use crate::transport::Transport;
pub use builder::{BuildError, Builder};

/// What the runtime needs to know about an API. Each generated crate holds one as a constant.
#[derive(Debug)]
pub struct Api {
    /// The crate and its version, for `User-Agent`: `fleece-ai/1.0.0`.
    pub product: &'static str,
    /// The base URL of the API, if its description names one.
    pub base_url: Option<&'static str>,
    /// The environment variable that overrides the base URL.
    pub base_url_env: &'static str,
    /// The ways to authenticate.
    pub schemes: &'static [Scheme],
    /// The security requirements of operations that declare none of their own.
    pub security: Requirements,
    /// The name of the header for idempotency keys.
    pub idempotency_header: &'static str,
}

/// A client's settings and its connections, shared by all its clones.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Inner>,
    /// Whether calls go through the blocking transport.
    #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
    blocking: bool,
}

struct Inner {
    api: &'static Api,
    /// Without a slash at its end.
    base_url: String,
    /// Whether the base URL is the user's and not the API's.
    moved: bool,
    credentials: Credentials,
    user_agent: HeaderValue,
    limits: Limits,
    retry: Retry,
    budget: Budget,
    clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    plain_http: bool,
    transport: Arc<dyn Transport>,
    /// The transport for blocking calls.
    #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
    blocking: Arc<dyn Transport>,
}

/// The timeouts and the size limit of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The timeout of a whole call.
    pub(crate) timeout: Duration,
    /// The timeout of one attempt, if there is one.
    pub(crate) attempt_timeout: Option<Duration>,
    /// The timeout for opening a connection.
    pub(crate) connect_timeout: Duration,
    /// The longest wait between two parts of a body.
    pub(crate) idle_timeout: Duration,
    /// The maximum size of a response body in bytes, after decompression.
    pub(crate) max_response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(120),
            attempt_timeout: None,
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(30),
            max_response_bytes: 32 << 20,
        }
    }
}

impl Core {
    /// What a request needs, unless its operation says otherwise.
    pub(crate) fn security(&self) -> Requirements {
        self.shared.api.security
    }

    pub(crate) fn schemes(&self) -> &'static [Scheme] {
        self.shared.api.schemes
    }

    /// Where an operation is served: at its own server, unless the user set another base URL.
    pub(crate) fn base_url(&self, server: Option<&'static str>) -> &str {
        match server {
            Some(server) if !self.shared.moved => server,
            _ => &self.shared.base_url,
        }
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.shared.credentials
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.shared.user_agent
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    pub(crate) fn transport(&self) -> &Arc<dyn Transport> {
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        if self.blocking {
            return &self.shared.blocking;
        }
        &self.shared.transport
    }

    /// This client, with calls going through the blocking transport.
    #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
    pub(crate) fn blocking(mut self) -> Self {
        self.blocking = true;
        self
    }

    pub(crate) fn retry(&self) -> Retry {
        self.shared.retry
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.shared.budget
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.shared.clock.as_ref()
    }

    pub(crate) fn interceptors(&self) -> &[Arc<dyn Interceptor>] {
        &self.shared.interceptors
    }

    pub(crate) fn idempotency_header(&self) -> &'static str {
        self.shared.api.idempotency_header
    }

    /// Whether requests may go to a base URL.
    pub(crate) fn check(&self, url: &str) -> Result<(), BuildError> {
        builder::check(url, self.shared.plain_http)
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base_url", &self.shared.base_url)
            .field("credentials", &self.shared.credentials)
            .field("limits", &self.shared.limits)
            .finish_non_exhaustive()
    }
}
