//! Security: what an operation needs to authenticate, and what the client has for it.

use std::fmt;

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::secret::Secret;

/// The alternatives by which a request may authenticate: one of them, with all of its schemes, each
/// by its name. Empty: nothing is needed.
pub type Requirements = &'static [&'static [&'static str]];

/// A way to authenticate that an API describes.
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    /// The name by which requirements refer to it.
    pub name: &'static str,
    /// The environment variable that holds the credential.
    pub env: &'static str,
    /// Makes the credential from the variable's text.
    pub credential: fn(Secret) -> Credential,
}

/// What proves to a server who is calling.
#[derive(Clone)]
pub enum Credential {
    /// A token in `Authorization: Bearer …` (RFC 6750).
    Bearer(Secret),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(redacted)",
        })
    }
}

/// The credentials of a client, by the names of their schemes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

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

    /// The first alternative for which there are all credentials.
    fn alternative(&self, requirements: Requirements) -> Option<&'static [&'static str]> {
        let met = |schemes: &&&[&str]| schemes.iter().all(|scheme| self.get(scheme).is_some());
        requirements.iter().find(met).copied()
    }

    /// Adds to a request's headers what one of the alternatives asks for.
    ///
    /// # Errors
    ///
    /// A sentence that says what is missing or cannot be sent.
    pub(crate) fn apply(
        &self,
        requirements: Requirements,
        headers: &mut HeaderMap,
    ) -> Result<(), String> {
        if requirements.is_empty() {
            return Ok(());
        }
        let Some(schemes) = self.alternative(requirements) else {
            let wanted: Vec<String> = requirements.iter().map(|all| all.join(" and ")).collect();
            return Err(format!("no credential for {}", wanted.join(" or ")));
        };
        for scheme in schemes {
            match self.get(scheme) {
                Some(Credential::Bearer(token)) => {
                    let value = token.header("Bearer ").map_err(|_| unsendable(scheme))?;
                    headers.insert(AUTHORIZATION, value);
                }
                None => {}
            }
        }
        Ok(())
    }
}

fn unsendable(scheme: &str) -> String {
    format!("the credential for {scheme} has characters that no header can hold")
}
