//! What the document says about the API and its parts in words, and how one gets in.

use std::sync::Arc;

use serde_json::Value;

use super::ParameterLocation;

/// What the API says about itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) contact: Option<Contact>,
    pub(crate) terms_of_service: Option<String>,
}

/// Whom to ask about the API.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

/// What a security scheme asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header, a query parameter or a cookie of this name.
    ApiKey {
        location: ParameterLocation,
        name: String,
    },
    /// A bearer token that an OAuth 2.0 server hands out; to a client of its own at this URL.
    OAuth2 { token_url: Option<String> },
}

/// The alternatives by which a request may authenticate: one of them, with all of its schemes.
///
/// Empty: nothing is needed.
pub(crate) type Security = Vec<Vec<String>>;

/// What the document says about a thing in words, shared by all who repeat them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Doc {
    pub(crate) summary: Option<Arc<str>>,
    pub(crate) description: Option<Arc<str>>,
    pub(crate) example: Option<Arc<Value>>,
    pub(crate) default: Option<Arc<Value>>,
    /// What values are allowed, in words of ours.
    pub(crate) rules: Vec<String>,
    /// Where the document says that more is written.
    pub(crate) link: Option<String>,
    pub(crate) deprecated: bool,
}

impl Doc {
    /// The description; empty if there is none.
    pub(crate) fn text(&self) -> &str {
        self.description.as_deref().unwrap_or_default().trim()
    }
}
