// Written by clientsmith from the API's description; edits will be lost.

//! Documented errors that several operations have in common. Each operation has its own name
//! for them in the module of its group.

use clientsmith_runtime::__private::v1::api_error;
use clientsmith_runtime::Reply;

use super::types;

/// The documented errors of several operations.
///
/// They are those of `listAgents` and `listFlows`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error401Or403Or429 {
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
    /// `403`: Feature requires Pro plan or higher
    PlanRequired(Reply<types::Error>),
    /// `429`: Rate limit exceeded
    RateLimited(Reply<types::Error, types::RateLimitedHeaders>),
}

api_error! {
    Error401Or403Or429 {
        401 => Unauthorized,
        403 => PlanRequired,
        429 => RateLimited,
    }
}

/// The documented errors of several operations.
///
/// They are those of `deleteApiKey`, `getAgent`, `getFlow`, `getFlowRun` and `listFlowRuns`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error401Or404 {
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
    /// `404`: Resource not found
    NotFound(Reply<types::Error>),
}

api_error! {
    Error401Or404 {
        401 => Unauthorized,
        404 => NotFound,
    }
}
