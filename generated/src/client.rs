// Written by clientsmith from the API's description; edits will be lost.

//! The client and how it is built.

use clientsmith_runtime::__private::v1::{
    Api, Builder, Core, Credential, Scheme, SchemeKind, builder_settings,
};
use clientsmith_runtime::{BuildError, CredentialProvider, Secret};

/// What the runtime has to know of the API.
const API: Api = Api {
    product: "fleece-ai/1.0.0",
    base_url: Some("https://fleeceai.app/api/v1"),
    base_url_env: "FLEECE_BASE_URL",
    schemes: &[
        Scheme {
            name: "bearerAuth",
            kind: SchemeKind::Bearer,
            env: "FLEECE_API_KEY",
        },
    ],
    security: &[&["bearerAuth"]],
    idempotency_header: "Idempotency-Key",
};

/// A client of the Fleece AI API.
///
/// It is cheap to clone: clones share connections and settings.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
}

impl Client {
    /// Creates a client with a credential.
    ///
    /// # Errors
    ///
    /// If the HTTP client cannot be set up.
    pub fn new(token: impl Into<Secret>) -> Result<Self, BuildError> {
        Self::builder().bearer_auth(token).build()
    }

    /// Creates a client with what the environment holds:
    ///
    /// - `FLEECE_API_KEY`: the credential for `bearerAuth`
    /// - `FLEECE_BASE_URL`: where requests go, if not to `https://fleeceai.app/api/v1`
    ///
    /// # Errors
    ///
    /// If a credential is missing, or the base URL cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build()
    }

    /// A builder, for clients with other settings than the default ones.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Create, list, and execute AI agents
    #[must_use]
    pub fn agents(&self) -> super::agents::Agents {
        super::agents::Agents {
            client: self.core.clone(),
        }
    }

    /// Create and manage API keys for authentication
    #[must_use]
    pub fn api_keys(&self) -> super::api_keys::ApiKeys {
        super::api_keys::ApiKeys {
            client: self.core.clone(),
        }
    }

    /// Manage automated workflows and their execution history
    #[must_use]
    pub fn flows(&self) -> super::flows::Flows {
        super::flows::Flows {
            client: self.core.clone(),
        }
    }
}

/// Puts a [`Client`] together.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder(Builder);

impl ClientBuilder {
    fn new() -> Self {
        Self(Builder::new(&API))
    }

    /// A builder with what the environment holds:
    ///
    /// - `FLEECE_API_KEY`: the credential for `bearerAuth`
    /// - `FLEECE_BASE_URL`: where requests go, if not to `https://fleeceai.app/api/v1`
    ///
    /// # Errors
    ///
    /// If a credential is missing, or the base URL cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        Builder::from_env(&API).map(Self)
    }

    /// Sets the credential for `bearerAuth`.
    ///
    /// API key generated from the Fleece AI dashboard (Settings > API Keys). Format: `flc_`
    /// followed by 48 hexadecimal characters.
    pub fn bearer_auth(self, token: impl Into<Secret>) -> Self {
        Self(self.0.credential("bearerAuth", Credential::Key(token.into())))
    }

    /// Sets what fetches the credential for `bearerAuth`.
    pub fn bearer_auth_provider(self, provider: impl CredentialProvider) -> Self {
        Self(self.0.provider("bearerAuth", provider))
    }

    builder_settings!();

    /// The client.
    ///
    /// # Errors
    ///
    /// If the base URL cannot be used, or if there is no transport.
    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client { core: self.0.build()? })
    }
}
