// Written by clientsmith from the API's description; edits will be lost.

//! Create, list, and execute AI agents

use clientsmith_runtime::__private::v1::{Core, Method, api_error, operation};
use clientsmith_runtime::uuid::Uuid;
use clientsmith_runtime::{Call, Pending, Reply};

use super::{errors, types};

/// Create, list, and execute AI agents
#[derive(Debug, Clone)]
pub struct Agents {
    pub(super) client: Core,
}

impl Agents {
    /// List agents.
    ///
    /// `GET /agents`
    ///
    /// Returns all agents belonging to the authenticated user.
    #[doc(alias = "listAgents")]
    #[inline]
    pub fn list(&self) -> ListAgents {
        ListAgents(Call::new(&self.client, Method::GET, "/agents", &[]))
    }

    /// Get agent details.
    ///
    /// `GET /agents/{agentId}`
    ///
    /// Returns full details for a single agent, including capabilities, model configuration, and
    /// metrics.
    ///
    /// - `agent_id`: UUID of the agent
    #[doc(alias = "getAgent")]
    #[inline]
    pub fn get(&self, agent_id: Uuid) -> GetAgent {
        let call = Call::new(
            &self.client,
            Method::GET,
            "/agents/{agentId}",
            &[&agent_id],
        );
        GetAgent(call)
    }

    /// Execute an agent.
    ///
    /// `POST /agents/{agentId}/execute`
    ///
    /// Send a message to an agent and receive its response. The agent will use its configured
    /// tools and integrations to complete the task. Consumes credits based on the model used (1
    /// credit for GPT-5.2, 10 for Claude Opus 4.7).
    ///
    /// - `agent_id`: UUID of the agent to execute
    #[doc(alias = "executeAgent")]
    #[inline]
    pub fn execute(
        &self,
        agent_id: Uuid,
        body: types::ExecuteAgentRequest,
    ) -> ExecuteAgent {
        let call = Call::new(
            &self.client,
            Method::POST,
            "/agents/{agentId}/execute",
            &[&agent_id],
        );
        ExecuteAgent(call.json(&body))
    }
}

/// A request for [`Agents::list`]; nothing is sent before its future is polled.
#[must_use]
pub struct ListAgents(Call);

impl ListAgents {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::ListAgentsResponse, ListAgentsError> {
        self.0.send()
    }
}

operation!(ListAgents, types::ListAgentsResponse, ListAgentsError);

/// The documented errors of [`ListAgents`].
///
/// - `401`: Missing or invalid API key
/// - `403`: Feature requires Pro plan or higher
/// - `429`: Rate limit exceeded
pub type ListAgentsError = errors::Error401Or403Or429;

/// A request for [`Agents::get`]; nothing is sent before its future is polled.
#[must_use]
pub struct GetAgent(Call);

impl GetAgent {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::Agent, GetAgentError> {
        self.0.send()
    }
}

operation!(GetAgent, types::Agent, GetAgentError);

/// The documented errors of [`GetAgent`].
///
/// - `401`: Missing or invalid API key
/// - `404`: Resource not found
pub type GetAgentError = errors::Error401Or404;

/// A request for [`Agents::execute`]; nothing is sent before its future is polled.
#[must_use]
pub struct ExecuteAgent(Call);

impl ExecuteAgent {
    /// Sends the request.
    #[inline]
    pub fn send(self) -> Pending<types::AgentExecutionResult, ExecuteAgentError> {
        self.0.send()
    }
}

operation!(ExecuteAgent, types::AgentExecutionResult, ExecuteAgentError);

/// The documented errors of [`ExecuteAgent`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ExecuteAgentError {
    /// `401`: Missing or invalid API key
    Unauthorized(Reply<types::Error>),
    /// `403`: Feature requires Pro plan or higher
    PlanRequired(Reply<types::Error>),
    /// `404`: Resource not found
    NotFound(Reply<types::Error>),
    /// `429`: Rate limit exceeded
    RateLimited(Reply<types::Error, types::RateLimitedHeaders>),
}

api_error! {
    ExecuteAgentError {
        401 => Unauthorized,
        403 => PlanRequired,
        404 => NotFound,
        429 => RateLimited,
    }
}
