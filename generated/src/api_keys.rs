// Written by clientsmith from the API's description; edits will be lost.

//! Create and manage API keys for authentication

use clientsmith_runtime::__private::v1::{Core, Method, api_error, operation};
use clientsmith_runtime::uuid::Uuid;
use clientsmith_runtime::{Call, Pending, Reply};

use super::{errors, types};

/// Create and manage API keys for authentication
#[derive(Debug, Clone)]
pub struct ApiKeys {
    pub(super) client: Core,
}

impl ApiKeys {
    /// List API keys.
    ///
    /// `GET /keys`
    ///
    /// Returns all API keys for the authenticated user. Only the key prefix is returned — full
    /// keys are never retrievable after creation.
    #[doc(alias = "listApiKeys")]
    #[inline]
    pub fn list(&self) -> ListApiKeys {
        ListApiKeys(Call::new(&self.client, Method::GET, "/keys", &[]))
    }

    /// Create an API key.
    ///
    /// `POST /keys`
    ///
    /// Generates a new API key. The full plaintext key is returned **only in this response** —
    /// store it securely. Subsequent requests only show the prefix.
    #[doc(alias = "createApiKey")]
    #[inline]
    pub fn create(&self, body: types::CreateApiKeyRequest) -> CreateApiKey {
        let call = Call::new(&self.client, Method::POST, "/keys", &[]);
        CreateApiKey(call.json(&body))
    }

    /// Delete an API key.
    ///
    /// `DELETE /keys/{keyId}`
    ///
    /// Permanently revokes an API key. Any application using this key will immediately lose
    /// access.
    ///
    /// - `key_id`: UUID of the API key to delete
    #[doc(alias = "deleteApiKey")]
    #[inline]
    pub fn delete(&self, key_id: Uuid) -> DeleteApiKey {
        let call = Call::new(&self.client, Method::DELETE, "/keys/{keyId}", &[&key_id]);
        DeleteApiKey(call)
    }
}

/// A request for [`ApiKeys::list`]; nothing is sent before its future is polled.
#[must_use]
pub struct ListApiKeys(Call);

impl ListApiKeys {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<Vec<types::ApiKeyInfo>, ListApiKeysError> {
        self.0.send()
    }
}

operation!(ListApiKeys, Vec<types::ApiKeyInfo>, ListApiKeysError);

/// The documented errors of [`ListApiKeys`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ListApiKeysError {
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
}

api_error! {
    ListApiKeysError {
        401 => Unauthorized,
    }
}

/// A request for [`ApiKeys::create`]; nothing is sent before its future is polled.
#[must_use]
pub struct CreateApiKey(Call);

impl CreateApiKey {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::ApiKeyCreated, CreateApiKeyError> {
        self.0.send()
    }
}

operation!(CreateApiKey, types::ApiKeyCreated, CreateApiKeyError);

/// The documented errors of [`CreateApiKey`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CreateApiKeyError {
    /// `400`: Invalid request (missing or invalid name)
    BadRequest(Reply<types::Error>),
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
    /// `403`: Feature requires Pro plan or higher
    PlanRequired(Reply<types::Error>),
}

api_error! {
    CreateApiKeyError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => PlanRequired,
    }
}

/// A request for [`ApiKeys::delete`]; nothing is sent before its future is polled.
#[must_use]
pub struct DeleteApiKey(Call);

impl DeleteApiKey {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::DeleteApiKeyResponse, DeleteApiKeyError> {
        self.0.send()
    }
}

operation!(DeleteApiKey, types::DeleteApiKeyResponse, DeleteApiKeyError);

/// The documented errors of [`DeleteApiKey`].
///
/// - `401`: Missing or invalid API key
/// - `404`: Resource not found
pub type DeleteApiKeyError = errors::Error401Or404;
