// Written by clientsmith from the API's description; edits will be lost.

//! Manage automated workflows and their execution history

use clientsmith_runtime::__private::v1::{Core, Method, api_error, operation};
use clientsmith_runtime::uuid::Uuid;
use clientsmith_runtime::{Call, Pending, Reply};

use super::{errors, types};

/// Manage automated workflows and their execution history
#[derive(Debug, Clone)]
pub struct Flows {
    pub(super) client: Core,
}

impl Flows {
    /// List flows.
    ///
    /// `GET /flows`
    ///
    /// Returns all flows belonging to the authenticated user.
    #[doc(alias = "listFlows")]
    #[inline]
    pub fn list(&self) -> ListFlows {
        ListFlows(Call::new(&self.client, Method::GET, "/flows", &[]))
    }

    /// Get flow details.
    ///
    /// `GET /flows/{flowId}`
    ///
    /// Returns full details for a single flow, including schedule, integrations, and run
    /// statistics.
    ///
    /// - `flow_id`: UUID of the flow
    #[doc(alias = "getFlow")]
    #[inline]
    pub fn get(&self, flow_id: Uuid) -> GetFlow {
        GetFlow(Call::new(&self.client, Method::GET, "/flows/{flowId}", &[&flow_id]))
    }

    /// List flow runs.
    ///
    /// `GET /flows/{flowId}/runs`
    ///
    /// Returns the execution history for a specific flow, ordered by most recent first.
    ///
    /// - `flow_id`: UUID of the flow
    #[doc(alias = "listFlowRuns")]
    #[inline]
    pub fn list_runs(&self, flow_id: Uuid) -> ListFlowRuns {
        let call = Call::new(
            &self.client,
            Method::GET,
            "/flows/{flowId}/runs",
            &[&flow_id],
        );
        ListFlowRuns(call)
    }

    /// Get flow run details.
    ///
    /// `GET /flows/{flowId}/runs/{runId}`
    ///
    /// Returns full details for a single flow run, including tool calls, result data, and error
    /// messages.
    ///
    /// - `run_id`: UUID of the flow run
    #[doc(alias = "getFlowRun")]
    #[inline]
    pub fn get_run(&self, flow_id: Uuid, run_id: Uuid) -> GetFlowRun {
        let call = Call::new(
            &self.client,
            Method::GET,
            "/flows/{flowId}/runs/{runId}",
            &[&flow_id, &run_id],
        );
        GetFlowRun(call)
    }

    /// Trigger a flow.
    ///
    /// `POST /flows/{flowId}/trigger`
    ///
    /// Manually trigger a flow execution outside its cron schedule. Creates a new flow run and
    /// starts execution immediately. The flow must be in `active` status.
    ///
    /// - `flow_id`: UUID of the flow to trigger
    #[doc(alias = "triggerFlow")]
    #[inline]
    pub fn trigger(&self, flow_id: Uuid) -> TriggerFlow {
        let call = Call::new(
            &self.client,
            Method::POST,
            "/flows/{flowId}/trigger",
            &[&flow_id],
        );
        TriggerFlow(call)
    }
}

/// A request for [`Flows::list`]; nothing is sent before its future is polled.
#[must_use]
pub struct ListFlows(Call);

impl ListFlows {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::ListFlowsResponse, ListFlowsError> {
        self.0.send()
    }
}

operation!(ListFlows, types::ListFlowsResponse, ListFlowsError);

/// The documented errors of [`ListFlows`].
///
/// - `401`: Missing or invalid API key
/// - `403`: Feature requires Pro plan or higher
/// - `429`: Rate limit exceeded
pub type ListFlowsError = errors::Error401Or403Or429;

/// A request for [`Flows::get`]; nothing is sent before its future is polled.
#[must_use]
pub struct GetFlow(Call);

impl GetFlow {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::Flow, GetFlowError> {
        self.0.send()
    }
}

operation!(GetFlow, types::Flow, GetFlowError);

/// The documented errors of [`GetFlow`].
///
/// - `401`: Missing or invalid API key
/// - `404`: Resource not found
pub type GetFlowError = errors::Error401Or404;

/// A request for [`Flows::list_runs`]; nothing is sent before its future is polled.
#[must_use]
pub struct ListFlowRuns(Call);

impl ListFlowRuns {
    /// Number of runs to return (default 50, max 100)
    ///
    /// From 1 to 100.
    ///
    /// Default: `50`
    #[inline]
    pub fn limit(self, limit: i64) -> Self {
        Self(self.0.query("limit", &limit))
    }

    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::ListFlowRunsResponse, ListFlowRunsError> {
        self.0.send()
    }
}

operation!(ListFlowRuns, types::ListFlowRunsResponse, ListFlowRunsError);

/// The documented errors of [`ListFlowRuns`].
///
/// - `401`: Missing or invalid API key
/// - `404`: Resource not found
pub type ListFlowRunsError = errors::Error401Or404;

/// A request for [`Flows::get_run`]; nothing is sent before its future is polled.
#[must_use]
pub struct GetFlowRun(Call);

impl GetFlowRun {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::FlowRun, GetFlowRunError> {
        self.0.send()
    }
}

operation!(GetFlowRun, types::FlowRun, GetFlowRunError);

/// The documented errors of [`GetFlowRun`].
///
/// - `401`: Missing or invalid API key
/// - `404`: Resource not found
pub type GetFlowRunError = errors::Error401Or404;

/// A request for [`Flows::trigger`]; nothing is sent before its future is polled.
#[must_use]
pub struct TriggerFlow(Call);

impl TriggerFlow {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::FlowRun, TriggerFlowError> {
        self.0.send()
    }
}

operation!(TriggerFlow, types::FlowRun, TriggerFlowError);

/// The documented errors of [`TriggerFlow`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TriggerFlowError {
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
    /// `403`: Feature requires Pro plan or higher
    PlanRequired(Reply<types::Error>),
    /// `404`: Resource not found
    NotFound(Reply<types::Error>),
    /// `409`: Flow is already running
    Conflict(Reply<types::Error>),
    /// `429`: Rate limit exceeded
    RateLimited(Reply<types::Error, types::RateLimitedHeaders>),
}

api_error! {
    TriggerFlowError {
        401 => Unauthorized,
        403 => PlanRequired,
        404 => NotFound,
        409 => Conflict,
        429 => RateLimited,
    }
}
