//! OAuth 2.0 client credentials (RFC 6749 §4.4): a token for a client that acts for itself.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

use base64::Engine;
use bytes::BytesMut;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request};
use serde_json::Value;

use super::provider::CredentialProvider;
use crate::body::Body;
use crate::clock::{Clock, SystemClock};
use crate::parameter::percent;
use crate::secret::Secret;
use crate::timeout::within;
use crate::transport::Transport;
use crate::wire::BoxError;
use crate::wire::TransportFuture;

/// How long before its expiry a token is replaced: a random time between these two, so that clients that got
/// their tokens together do not all renew them together.
const EARLY: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(60));

/// The assumed lifetime of a token whose response has no `expires_in`.
const LIFETIME: Duration = Duration::from_secs(300);

/// How long the token endpoint may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The largest response of a token endpoint, in bytes.
const MAX_ANSWER: usize = 1 << 20;

/// A provider of OAuth 2.0 access tokens by the client credentials grant (RFC 6749 §4.4). It caches a token and
/// replaces it before it expires.
///
/// Calls that need a token at the same time share one token request. If the API rejects a token (status 401),
/// the call is retried once with a new one.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::ClientCredentials;
///
/// let provider = ClientCredentials::new("https://auth.example/token", "my-app", "s3cret")
///     .scopes(["read", "write"]);
/// # let _ = provider;
/// ```
#[derive(Clone)]
pub struct ClientCredentials(Arc<Inner>);

struct Inner {
    token_url: String,
    client_id: String,
    client_secret: Secret,
    scopes: Vec<String>,
    clock: Arc<dyn Clock>,
    /// Held while a token is asked for, so that only one request is made.
    token: tokio::sync::Mutex<()>,
    known: std::sync::Mutex<Option<Token>>,
}

#[derive(Clone)]
struct Token {
    secret: Secret,
    /// When it is to be replaced.
    stale: SystemTime,
}

impl ClientCredentials {
    /// A provider that requests tokens at `token_url` with a client ID and a client secret.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self(Arc::new(Inner {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            scopes: Vec::new(),
            clock: Arc::new(SystemClock),
            token: tokio::sync::Mutex::default(),
            known: std::sync::Mutex::default(),
        }))
    }

    /// Sets the scopes that are requested. The default is none.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes = scopes.into_iter().map(Into::into).collect();
        self.with(|inner| inner.scopes = scopes)
    }

    /// Sets the source of the time and of random numbers, for tests.
    #[must_use]
    pub fn clock(self, clock: impl Clock) -> Self {
        self.with(|inner| inner.clock = Arc::new(clock))
    }

    /// A copy of this provider with a setting changed, and without a cached token.
    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let old = &self.0;
        let mut inner = Inner {
            token_url: old.token_url.clone(),
            client_id: old.client_id.clone(),
            client_secret: old.client_secret.clone(),
            scopes: old.scopes.clone(),
            clock: Arc::clone(&old.clock),
            token: tokio::sync::Mutex::default(),
            known: std::sync::Mutex::default(),
        };
        change(&mut inner);
        Self(Arc::new(inner))
    }
}

impl Inner {
    fn known(&self) -> std::sync::MutexGuard<'_, Option<Token>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that is known, if it is still good.
    fn fresh(&self) -> Option<Secret> {
        let known = self.known();
        let token = known
            .as_ref()
            .filter(|token| self.clock.now() < token.stale)?;
        Some(token.secret.clone())
    }

    async fn token(&self, transport: &dyn Transport) -> Result<Secret, BoxError> {
        if let Some(secret) = self.fresh() {
            return Ok(secret);
        }
        let _turn = self.token.lock().await;
        // Somebody else may have got one while this call was waiting.
        if let Some(secret) = self.fresh() {
            return Ok(secret);
        }
        let limit = transport.sleep(TIMEOUT);
        let token = within(pin!(self.ask(transport)), limit).await;
        let token = token.ok_or("the token endpoint took too long")??;
        let secret = token.secret.clone();
        *self.known() = Some(token);
        Ok(secret)
    }

    async fn ask(&self, transport: &dyn Transport) -> Result<Token, BoxError> {
        let asked = self.clock.now();
        let response = transport.send(self.request()?).await?;
        let status = response.status();
        let mut stream = response.into_body();
        let mut body = BytesMut::new();
        while let Some(part) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            body.extend_from_slice(&part?);
            if body.len() > MAX_ANSWER {
                return Err("the token endpoint's answer is too large".into());
            }
        }
        // The response is not shown: it may hold a token, or repeat the secret.
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        if !status.is_success() {
            let reason = answer
                .get("error")
                .and_then(Value::as_str)
                .unwrap_or("no reason");
            return Err(format!("the token endpoint answered {status}: {reason}").into());
        }
        let secret = answer.get("access_token").and_then(Value::as_str);
        let secret = secret.ok_or("the token endpoint's answer has no access_token")?;
        let seconds = answer.get("expires_in").and_then(number);
        let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok(Token {
            secret: Secret::from(secret),
            stale: asked + self.usable(lifetime.unwrap_or(LIFETIME)),
        })
    }

    /// How long a token with this lifetime is used before it is replaced.
    fn usable(&self, lifetime: Duration) -> Duration {
        let (least, most) = EARLY;
        let early = least + (most - least).mul_f64(self.clock.random().clamp(0.0, 1.0));
        // A token that lives for a minute is used for most of it.
        lifetime.saturating_sub(early.min(lifetime / 4))
    }

    fn request(&self) -> Result<Request<Body>, BoxError> {
        let mut form = "grant_type=client_credentials".to_owned();
        if !self.scopes.is_empty() {
            form.push_str("&scope=");
            form.push_str(&percent(&self.scopes.join(" ")));
        }
        // Both are encoded before they are joined (RFC 6749 §2.3.1).
        let pair = format!(
            "{}:{}",
            percent(&self.client_id),
            percent(self.client_secret.expose())
        );
        let pair = Secret::from(pair);
        let basic = Secret::from(base64::engine::general_purpose::STANDARD.encode(pair.expose()));
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut request = Request::new(Body::from(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.token_url.parse()?;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, basic.header("Basic ")?);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, form_type);
        Ok(request)
    }
}

/// A number, which some servers write as a text.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

impl CredentialProvider for ClientCredentials {
    fn credential(
        &self,
        transport: Arc<dyn Transport>,
    ) -> TransportFuture<Result<Secret, BoxError>> {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { inner.token(transport.as_ref()).await })
    }

    fn rejected(&self) -> bool {
        self.0.known().take().is_some()
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.0.token_url)
            .field("scopes", &self.0.scopes)
            .finish_non_exhaustive()
    }
}
