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
    /// The credential for the next attempt. `transport` is the client's, to ask for one.
    ///
    /// A provider is asked for each attempt, so it should remember what it has.
    fn credential(
        &self,
        transport: Arc<dyn Transport>,
    ) -> TransportFuture<Result<Secret, BoxError>>;

    /// The server did not accept the last credential (401). If the provider gets another one, the
    /// attempt is made once more.
    fn rejected(&self) -> bool {
        false
    }
}
