//! Security: what an operation needs to authenticate, and what the client has for it.

mod oauth;
mod provider;

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};

use crate::parameter::percent;
use crate::secret::Secret;
use crate::transport::Transport;
pub use oauth::ClientCredentials;
pub use provider::CredentialProvider;

/// The alternatives by which a request may authenticate: each is a list of names of schemes, all of which it
/// needs together. If there are no alternatives, no authentication is needed.
pub type Requirements = &'static [&'static [&'static str]];

/// A way to authenticate that an API describes.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name by which requirements refer to it.
    pub name: &'static str,
    /// What it asks for.
    pub kind: SchemeKind,
    /// The environment variable that holds the credential. For [`SchemeKind::Basic`], what the names
    /// of the two variables start with, before `_USERNAME` and `_PASSWORD`.
    pub env: &'static str,
}

/// What a scheme asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A token in `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// A name and a password in `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in this header.
    Header(&'static str),
    /// A key in this query parameter.
    Query(&'static str),
    /// A key in this cookie.
    Cookie(&'static str),
}

/// A credential for a security scheme.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A token or key.
    Key(Secret),
    /// A name and a password.
    Basic {
        /// The name.
        username: String,
        /// The password.
        password: Secret,
    },
    /// A provider, which fetches a token or key when it is needed.
    Provider(Arc<dyn CredentialProvider>),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key(_) => "Key(redacted)",
            Self::Basic { .. } => "Basic(redacted)",
            Self::Provider(_) => "Provider",
        })
    }
}

/// The credentials of a client, by the names of their schemes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

/// Where credentials go in a request.
pub(crate) struct Places<'r> {
    pub(crate) headers: &'r mut HeaderMap,
    pub(crate) query: &'r mut Vec<(&'static str, String)>,
    pub(crate) cookies: &'r mut Vec<(&'static str, String)>,
}

impl Credentials {
    /// Sets the credential for a scheme.
    pub(crate) fn set(&mut self, scheme: &'static str, credential: Credential) {
        self.0.retain(|(name, _)| *name != scheme);
        self.0.push((scheme, credential));
    }

    fn get(&self, scheme: &str) -> Option<&Credential> {
        let found = self.0.iter().find(|(name, _)| *name == scheme);
        found.map(|(_, credential)| credential)
    }

    /// Whether one of the alternatives can be met.
    pub(crate) fn meet(&self, requirements: Requirements) -> bool {
        requirements.is_empty() || self.alternative(requirements).is_some()
    }

    /// The first alternative for which there are all credentials. One that needs none comes last:
    /// whoever sets a credential wants it to be used.
    fn alternative(&self, requirements: Requirements) -> Option<&'static [&'static str]> {
        let met = |schemes: &&&[&str]| schemes.iter().all(|scheme| self.get(scheme).is_some());
        let mut needy = requirements.iter().filter(|schemes| !schemes.is_empty());
        let bare = || requirements.iter().find(|schemes| schemes.is_empty());
        needy.find(met).or_else(bare).copied()
    }

    /// A copy of the credentials, in which each provider that `requirements` need is replaced by the credential
    /// that it returns.
    ///
    /// # Errors
    ///
    /// A sentence that says why a provider returns no credential.
    pub(crate) async fn fetched(
        &self,
        requirements: Requirements,
        transport: &Arc<dyn Transport>,
    ) -> Result<Self, String> {
        let mut fetched = self.clone();
        let wanted = self.alternative(requirements).unwrap_or_default();
        for (name, credential) in fetched
            .0
            .iter_mut()
            .filter(|(name, _)| wanted.contains(name))
        {
            if let Credential::Provider(provider) = credential {
                let secret = provider.credential(Arc::clone(transport)).await;
                let secret =
                    secret.map_err(|error| format!("no credential for {name}: {error}"))?;
                *credential = Credential::Key(secret);
            }
        }
        Ok(fetched)
    }

    /// Tells the providers in use that the server rejected their credentials; `true` if one has another.
    pub(crate) fn rejected(&self, requirements: Requirements) -> bool {
        let wanted = self.alternative(requirements).unwrap_or_default();
        let used = self.0.iter().filter(|(name, _)| wanted.contains(name));
        let renewed = used.map(|(_, credential)| match credential {
            Credential::Provider(provider) => provider.rejected(),
            _ => false,
        });
        renewed.fold(false, |any, one| any | one)
    }

    /// Adds to a request what one of the alternatives asks for.
    ///
    /// # Errors
    ///
    /// A sentence that says what is missing or cannot be sent.
    pub(crate) fn apply(
        &self,
        requirements: Requirements,
        schemes: &'static [Scheme],
        places: &mut Places<'_>,
    ) -> Result<(), String> {
        if requirements.is_empty() {
            return Ok(());
        }
        let Some(chosen) = self.alternative(requirements) else {
            let wanted: Vec<String> = requirements.iter().map(|all| all.join(" and ")).collect();
            return Err(format!("no credential for {}", wanted.join(" or ")));
        };
        for name in chosen {
            let scheme = schemes.iter().find(|scheme| scheme.name == *name);
            if let (Some(scheme), Some(credential)) = (scheme, self.get(name)) {
                place(scheme, credential, places).ok_or_else(|| unsendable(name))?;
            }
        }
        Ok(())
    }
}

/// Puts a credential where its scheme wants it; `None` if it cannot be there.
fn place(scheme: &Scheme, credential: &Credential, places: &mut Places<'_>) -> Option<()> {
    match (scheme.kind, credential) {
        (SchemeKind::Bearer, Credential::Key(token)) => {
            places
                .headers
                .insert(AUTHORIZATION, token.header("Bearer ").ok()?);
        }
        (SchemeKind::Basic, Credential::Basic { username, password }) => {
            places
                .headers
                .insert(AUTHORIZATION, basic(username, password)?);
        }
        (SchemeKind::Header(name), Credential::Key(key)) => {
            let name: HeaderName = name.parse().ok()?;
            places.headers.insert(name, key.header("").ok()?);
        }
        (SchemeKind::Query(name), Credential::Key(key)) => {
            places
                .query
                .push((name, format!("{}={}", percent(name), percent(key.expose()))));
        }
        (SchemeKind::Cookie(name), Credential::Key(key)) => {
            places
                .cookies
                .push((name, format!("{}={}", percent(name), percent(key.expose()))));
        }
        (SchemeKind::Basic, Credential::Key(_))
        | (_, Credential::Basic { .. } | Credential::Provider(_)) => return None,
    }
    Some(())
}

/// The value of `Authorization: Basic …`. A name must have no colon, which separates it from the password.
fn basic(username: &str, password: &Secret) -> Option<HeaderValue> {
    if username.contains(':') {
        return None;
    }
    let pair = Secret::from(format!("{username}:{}", password.expose()));
    let encoded = base64::engine::general_purpose::STANDARD.encode(pair.expose());
    Secret::from(encoded).header("Basic ").ok()
}

fn unsendable(scheme: &str) -> String {
    format!("the credential for {scheme} is of another kind, or no request can hold it")
}
