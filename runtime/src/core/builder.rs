//! The builder: settings, credentials from the environment, and which base URLs are safe.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::uri::{Authority, Uri};

use super::{Api, Core, Inner, Limits};
use crate::clock::{Clock, SystemClock};
use crate::hooks::Interceptor;
use crate::retry::{Budget, Retry};
use crate::secret::Secret;
use crate::security::{Credential, CredentialProvider, Credentials, Scheme, SchemeKind};
use crate::transport::Transport;

/// Puts a client together.
pub struct Builder {
    api: &'static Api,
    base_url: Option<String>,
    credentials: Credentials,
    product: Option<String>,
    limits: Limits,
    retry: Retry,
    retry_budget: Budget,
    clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    plain_http: bool,
    transport: Option<Arc<dyn Transport>>,
}

impl Builder {
    /// A builder for a client of an API.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: api.base_url.map(str::to_owned),
            credentials: Credentials::default(),
            product: None,
            limits: Limits::default(),
            retry: Retry::default(),
            retry_budget: Budget::default(),
            clock: Arc::new(SystemClock),
            interceptors: Vec::new(),
            plain_http: false,
            transport: None,
        }
    }

    /// A builder with the credentials and the base URL from environment variables.
    ///
    /// # Errors
    ///
    /// If the credentials in the environment meet none of the API's security requirements.
    pub fn from_env(api: &'static Api) -> Result<Self, BuildError> {
        let mut builder = Self::new(api);
        if let Some(url) = variable(api.base_url_env) {
            builder.base_url = Some(url);
        }
        for scheme in api.schemes {
            if let Some(credential) = credential(scheme) {
                builder.credentials.set(scheme.name, credential);
            }
        }
        if builder.credentials.meet(api.security) {
            return Ok(builder);
        }
        Err(BuildError(Reason::NoCredential(api)))
    }

    /// Sets the credential for a scheme.
    #[must_use]
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.set(scheme, credential);
        self
    }

    /// Sets the provider that fetches the credential for a scheme.
    #[must_use]
    pub fn provider(self, scheme: &'static str, provider: impl CredentialProvider) -> Self {
        self.credential(scheme, Credential::Provider(Arc::new(provider)))
    }

    /// Sets where the API is served.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Limits the time that a whole call may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Limits the time that one attempt may take.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = Some(timeout);
        self
    }

    /// Says how calls are retried.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Limits how many retries the client makes in all while nothing succeeds.
    #[must_use]
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = Budget::new(retries);
        self
    }

    /// Sets the source of the time and of random numbers.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Adds an interceptor, which sees each attempt and may change its request.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Limits the time to open a connection.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect_timeout = timeout;
        self
    }

    /// Limits the time between two parts of a body.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle_timeout = timeout;
        self
    }

    /// Limits the size of a response body in bytes, after decompression.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.max_response_bytes = bytes;
        self
    }

    /// Puts a product before the client's own in `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Allows plain `http` to other machines.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Sends requests through a transport of the user's.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// If the base URL is missing or cannot be used, or if there is no transport.
    pub fn build(self) -> Result<Core, BuildError> {
        let base_url = self.base_url.ok_or(BuildError(Reason::NoBaseUrl))?;
        check(&base_url, self.plain_http)?;
        let own = concat!("clientsmith/", env!("CARGO_PKG_VERSION"));
        let products = self
            .product
            .into_iter()
            .chain([self.api.product.to_owned(), own.to_owned()]);
        let user_agent = products.collect::<Vec<_>>().join(" ");
        let user_agent = HeaderValue::try_from(user_agent);
        let given = self.transport;
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        let blocking = match &given {
            Some(transport) => Arc::clone(transport),
            None => blocking_transport(&self.limits)?,
        };
        let shared = Arc::new(Inner {
            api: self.api,
            moved: Some(base_url.as_str()) != self.api.base_url,
            base_url: base_url.trim_end_matches('/').to_owned(),
            credentials: self.credentials,
            user_agent: user_agent.map_err(|_| BuildError(Reason::UserAgent))?,
            limits: self.limits,
            retry: self.retry,
            budget: self.retry_budget,
            clock: self.clock,
            interceptors: self.interceptors,
            plain_http: self.plain_http,
            transport: match given {
                Some(transport) => transport,
                None => default_transport(&self.limits)?,
            },
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            blocking,
        });
        Ok(Core {
            shared,
            #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
            blocking: false,
        })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("base_url", &self.base_url)
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(limits: &Limits) -> Result<Arc<dyn Transport>, BuildError> {
    match crate::transport::ReqwestTransport::new(limits.connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError(Reason::Transport(error))),
    }
}

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
fn blocking_transport(limits: &Limits) -> Result<Arc<dyn Transport>, BuildError> {
    match crate::transport::Apart::new(limits.connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError(Reason::Transport(error))),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: &Limits) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError(Reason::NoTransport))
}

/// The credential for a scheme, read from environment variables.
fn credential(scheme: &Scheme) -> Option<Credential> {
    if scheme.kind != SchemeKind::Basic {
        return variable(scheme.env).map(|key| Credential::Key(Secret::from(key)));
    }
    Some(Credential::Basic {
        username: variable(&format!("{}_USERNAME", scheme.env))?,
        password: Secret::from(variable(&format!("{}_PASSWORD", scheme.env))?),
    })
}

/// The environment variables that a scheme's credential is read from.
fn variables(scheme: &Scheme) -> String {
    match scheme.kind {
        SchemeKind::Basic => format!("{0}_USERNAME and {0}_PASSWORD", scheme.env),
        _ => scheme.env.to_owned(),
    }
}

/// The value of an environment variable, if it is set and not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// Whether requests may go to a base URL.
pub(super) fn check(url: &str, plain_http: bool) -> Result<(), BuildError> {
    let shown = url.split('?').next().unwrap_or_default();
    let invalid = || BuildError(Reason::BaseUrl(shown.to_owned()));
    let uri: Uri = url.parse().map_err(|_| invalid())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(invalid());
    };
    // A user name in a URL ends up in logs, and a query would stand before the path.
    if authority.as_str().contains('@') || uri.query().is_some() || url.contains('#') {
        return Err(invalid());
    }
    match scheme {
        "https" => Ok(()),
        "http" if plain_http || is_loopback(authority) => Ok(()),
        "http" => Err(BuildError(Reason::PlainHttp)),
        _ => Err(invalid()),
    }
}

/// Whether an authority is this machine.
fn is_loopback(authority: &Authority) -> bool {
    let host = authority.host().trim_matches(['[', ']']);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Why a client could not be built.
///
/// # Example
///
/// ```
/// fn report(error: &clientsmith_runtime::BuildError) {
///     eprintln!("the client cannot be built: {error}");
/// }
/// ```
#[derive(Debug)]
pub struct BuildError(Reason);

#[derive(Debug)]
enum Reason {
    NoBaseUrl,
    BaseUrl(String),
    PlainHttp,
    UserAgent,
    NoCredential(&'static Api),
    #[cfg(feature = "reqwest")]
    Transport(crate::wire::TransportError),
    #[cfg(not(feature = "reqwest"))]
    NoTransport,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::NoBaseUrl => {
                f.write_str("the API names no server, so the client needs a base URL")
            }
            Reason::BaseUrl(url) => write!(f, "`{url}` cannot be used as a base URL"),
            Reason::PlainHttp => f.write_str(
                "the base URL is plain http, over which anyone can read the credentials; \
                 use https or allow_plain_http()",
            ),
            Reason::UserAgent => {
                f.write_str("the user agent has characters that no header can hold")
            }
            Reason::NoCredential(api) => {
                let names: Vec<String> = api.schemes.iter().map(variables).collect();
                write!(
                    f,
                    "no credential in the environment: set {}",
                    names.join(" or ")
                )
            }
            #[cfg(feature = "reqwest")]
            Reason::Transport(error) => write!(f, "the HTTP client could not be set up: {error}"),
            #[cfg(not(feature = "reqwest"))]
            Reason::NoTransport => f.write_str(
                "no transport: enable the feature `reqwest` or `blocking`, or bring one",
            ),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            #[cfg(feature = "reqwest")]
            Reason::Transport(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_that_keep_credentials_safe_are_taken() {
        for url in [
            "https://api.example.com/v1",
            "http://localhost:4010",
            "http://127.0.0.1:4010/api",
            "http://[::1]:80",
        ] {
            assert!(check(url, false).is_ok(), "{url}");
        }
        for url in [
            "http://api.example.com",
            "http://localhost.example.com",
            "https://user:password@example.com",
            "https://example.com?key=1",
            "https://example.com#x",
            "ftp://example.com",
            "/api/v1",
            "",
        ] {
            assert!(check(url, false).is_err(), "{url}");
        }
        assert!(check("http://api.example.com", true).is_ok());
    }
}
