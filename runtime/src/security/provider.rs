//! Providers: credentials that must be fetched, and may run out.

use std::sync::Arc;

use crate::secret::Secret;
use crate::transport::Transport;
use crate::wire::BoxError;
use crate::wire::TransportFuture;

/// Hands out a credential for each attempt: a token that is exchanged, rotated or read from a vault.
///
/// # Example
///
/// ```
/// use std::sync::Arc;
///
/// use clientsmith_runtime::{BoxError, CredentialProvider, Secret, Transport, TransportFuture};
///
/// struct FromFile(std::path::PathBuf);
///
/// impl CredentialProvider for FromFile {
///     fn credential(&self, _: Arc<dyn Transport>) -> TransportFuture<Result<Secret, BoxError>> {
///         let token = std::fs::read_to_string(&self.0);
///         Box::pin(async move { Ok(Secret::from(token?.trim())) })
///     }
/// }
/// ```
pub trait CredentialProvider: Send + Sync + 'static {
    /// Returns the credential for the next attempt. `transport` is the client's own, for requests to a token
    /// endpoint.
    ///
    /// This is called for each attempt, so a provider should cache its credential.
    fn credential(
        &self,
        transport: Arc<dyn Transport>,
    ) -> TransportFuture<Result<Secret, BoxError>>;

    /// Called when the server rejects the last credential (status 401). If this returns `true`, the attempt is
    /// made once more with another credential from the provider.
    fn rejected(&self) -> bool {
        false
    }
}
