// Written by clientsmith from the API's description; edits will be lost.

//! The types of the API's requests and answers.
//!
//! Those with a table below them can be cloned, compared, shown with `{:?}`, read and
//! written; the table says what goes over the wire.

use clientsmith_runtime::__private::v1::{headers, object, string_enum};
use clientsmith_runtime::jiff::Timestamp;
use clientsmith_runtime::serde_json::{Map, Value};
use clientsmith_runtime::uuid::Uuid;
use clientsmith_runtime::Undeclared;

/// The schema `Agent`.
#[derive(Default)]
#[non_exhaustive]
pub struct Agent {
    pub id: Option<Uuid>,
    /// Example: `Email Triager`
    pub name: Option<String>,
    /// Example: `Categorizes and summarizes incoming emails`
    pub description: Option<String>,
    pub r#type: Option<AgentType>,
    /// Emoji or icon identifier
    ///
    /// Example: `📧`
    pub icon: Option<String>,
    /// Example: `gpt-5.2`
    pub model: Option<String>,
    /// Example: `openai`
    pub provider: Option<String>,
    /// List of skill identifiers assigned to this agent
    ///
    /// Example:
    ///
    /// ```json
    /// [
    ///   "email-assistant",
    ///   "summarizer"
    /// ]
    /// ```
    pub capabilities: Option<Vec<String>>,
    pub is_active: Option<bool>,
    /// Example: `142`
    pub total_tasks_completed: Option<i64>,
    /// Example: `3`
    pub total_tasks_failed: Option<i64>,
    /// Average execution time in seconds
    ///
    /// Example: `12`
    pub average_execution_time: Option<i64>,
    pub last_active_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl Agent {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    Agent with undeclared {
        id = "id" optional,
        name = "name" optional,
        description = "description" optional,
        r#type = "type" optional,
        icon = "icon" optional,
        model = "model" optional,
        provider = "provider" optional,
        capabilities = "capabilities" optional,
        is_active = "isActive" optional,
        total_tasks_completed = "totalTasksCompleted" optional,
        total_tasks_failed = "totalTasksFailed" optional,
        average_execution_time = "averageExecutionTime" optional,
        last_active_at = "lastActiveAt" optional,
        created_at = "createdAt" optional,
        updated_at = "updatedAt" optional,
    }
}

/// The schema `AgentExecutionResult`.
#[derive(Default)]
#[non_exhaustive]
pub struct AgentExecutionResult {
    /// Execution ID
    pub id: Option<Uuid>,
    pub agent_id: Option<Uuid>,
    pub status: Option<AgentExecutionResultStatus>,
    /// The agent's response text
    pub result: Option<String>,
    /// Tools invoked during execution
    pub tool_calls: Option<Vec<ToolCall>>,
    /// Example: `1523`
    pub tokens_used: Option<i64>,
    /// Execution duration in milliseconds
    ///
    /// Example: `4200`
    pub duration_ms: Option<i64>,
    /// Error message if status is `failed`
    pub error: Option<String>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl AgentExecutionResult {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    AgentExecutionResult with undeclared {
        id = "id" optional,
        agent_id = "agentId" optional,
        status = "status" optional,
        result = "result" optional,
        tool_calls = "toolCalls" optional,
        tokens_used = "tokensUsed" optional,
        duration_ms = "durationMs" optional,
        error = "error" optional,
    }
}

/// The member `status` of `AgentExecutionResult`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AgentExecutionResultStatus {
    /// `completed`
    Completed,
    /// `failed`
    Failed,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

string_enum! {
    AgentExecutionResultStatus {
        Completed = "completed",
        Failed = "failed",
    }
}

/// The member `type` of `Agent`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AgentType {
    /// `general`
    General,
    /// `email`
    Email,
    /// `calendar`
    Calendar,
    /// `documents`
    Documents,
    /// `data`
    Data,
    /// `social`
    Social,
    /// `custom`
    Custom,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

string_enum! {
    AgentType {
        General = "general",
        Email = "email",
        Calendar = "calendar",
        Documents = "documents",
        Data = "data",
        Social = "social",
        Custom = "custom",
    }
}

/// The schema `ApiKeyCreated`.
#[derive(Default)]
#[non_exhaustive]
pub struct ApiKeyCreated {
    pub id: Option<Uuid>,
    pub name: Option<String>,
    /// Full plaintext API key — shown **only once**. Store it securely.
    ///
    /// Example: `flc_a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4`
    pub key: Option<String>,
    /// Example: `flc_a1b2c3d4`
    pub key_prefix: Option<String>,
    pub created_at: Option<Timestamp>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ApiKeyCreated {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ApiKeyCreated with undeclared {
        id = "id" optional,
        name = "name" optional,
        key = "key" optional secret,
        key_prefix = "keyPrefix" optional,
        created_at = "createdAt" optional,
    }
}

/// The schema `ApiKeyInfo`.
#[derive(Default)]
#[non_exhaustive]
pub struct ApiKeyInfo {
    pub id: Option<Uuid>,
    /// Example: `My Production Key`
    pub name: Option<String>,
    /// First 12 characters of the key
    ///
    /// Example: `flc_a1b2c3d4`
    pub key_prefix: Option<String>,
    pub is_active: Option<bool>,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ApiKeyInfo {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ApiKeyInfo with undeclared {
        id = "id" optional,
        name = "name" optional,
        key_prefix = "keyPrefix" optional,
        is_active = "isActive" optional,
        last_used_at = "lastUsedAt" optional,
        expires_at = "expiresAt" optional,
        created_at = "createdAt" optional,
    }
}

/// The body of a `createApiKey` request.
#[non_exhaustive]
pub struct CreateApiKeyRequest {
    /// A label to identify this key (e.g. "Production", "CI/CD")
    ///
    /// At most 100 characters.
    ///
    /// Example: `My Production Key`
    pub name: String,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl CreateApiKeyRequest {
    /// Creates one with the members that it must have.
    #[must_use]
    #[inline]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            undeclared: Undeclared::default(),
        }
    }
}

object! {
    CreateApiKeyRequest with undeclared {
        name = "name" required,
    }
}

/// The answer of `deleteApiKey`: Key deleted
#[derive(Default)]
#[non_exhaustive]
pub struct DeleteApiKeyResponse {
    /// Example: `true`
    pub success: Option<bool>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl DeleteApiKeyResponse {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    DeleteApiKeyResponse with undeclared {
        success = "success" optional,
    }
}

/// The schema `Error`.
#[non_exhaustive]
pub struct Error {
    /// Human-readable error message
    pub error: String,
    /// Current plan (included in limit errors)
    pub plan: Option<String>,
    /// If true, upgrading your plan would resolve this error
    pub upgrade: Option<bool>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl Error {
    /// Creates one with the members that it must have.
    #[must_use]
    #[inline]
    pub fn new(error: impl Into<String>) -> Self {
        Self {
            error: error.into(),
            plan: None,
            upgrade: None,
            undeclared: Undeclared::default(),
        }
    }
}

object! {
    Error with undeclared {
        error = "error" required,
        plan = "plan" optional,
        upgrade = "upgrade" optional,
    }
}

/// The schema `ExecuteAgentRequest`.
#[non_exhaustive]
pub struct ExecuteAgentRequest {
    /// The instruction or task to send to the agent
    ///
    /// Example: `Summarize my last 5 emails and flag anything urgent`
    pub task: String,
    /// IANA timezone for time-aware tasks
    ///
    /// Example: `Europe/Paris`
    pub timezone: Option<String>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ExecuteAgentRequest {
    /// Creates one with the members that it must have.
    #[must_use]
    #[inline]
    pub fn new(task: impl Into<String>) -> Self {
        Self {
            task: task.into(),
            timezone: None,
            undeclared: Undeclared::default(),
        }
    }

    /// Sets [`timezone`](Self::timezone).
    #[must_use]
    #[inline]
    pub fn with_timezone(mut self, timezone: impl Into<String>) -> Self {
        self.timezone = Some(timezone.into());
        self
    }
}

object! {
    ExecuteAgentRequest with undeclared {
        task = "task" required,
        timezone = "timezone" optional,
    }
}

/// The schema `Flow`.
#[derive(Default)]
#[non_exhaustive]
pub struct Flow {
    pub id: Option<Uuid>,
    /// Example: `Weekly Gmail Summary to Slack`
    pub title: Option<String>,
    /// Example: `Every Monday at 9 AM, summarize unread emails and post to #general`
    pub description: Option<String>,
    /// Example: `📊`
    pub icon: Option<String>,
    /// Example: `0 9 * * 1`
    pub cron_expression: Option<String>,
    /// Example: `Every Monday at 9:00 AM`
    pub schedule_description: Option<String>,
    /// Example: `Europe/Paris`
    pub timezone: Option<String>,
    /// `auto` runs without intervention, `always_ask` requires approval before each execution
    pub mode: Option<FlowMode>,
    pub status: Option<FlowStatus>,
    /// Example: `gpt-5.2`
    pub model: Option<String>,
    /// Connected services used by this flow
    pub integrations: Option<Vec<FlowIntegration>>,
    /// Whether the flow is currently executing
    pub is_running: Option<bool>,
    /// Estimated time a human would take (minutes) — used for Time Saved metrics
    ///
    /// Example: `15`
    pub estimated_human_minutes: Option<i64>,
    pub last_run_at: Option<Timestamp>,
    pub next_run_at: Option<Timestamp>,
    /// Example: `87`
    pub total_runs: Option<i64>,
    /// Example: `2`
    pub total_failures: Option<i64>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl Flow {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    Flow with undeclared {
        id = "id" optional,
        title = "title" optional,
        description = "description" optional,
        icon = "icon" optional,
        cron_expression = "cronExpression" optional,
        schedule_description = "scheduleDescription" optional,
        timezone = "timezone" optional,
        mode = "mode" optional,
        status = "status" optional,
        model = "model" optional,
        integrations = "integrations" optional,
        is_running = "isRunning" optional,
        estimated_human_minutes = "estimatedHumanMinutes" optional,
        last_run_at = "lastRunAt" optional,
        next_run_at = "nextRunAt" optional,
        total_runs = "totalRuns" optional,
        total_failures = "totalFailures" optional,
        created_at = "createdAt" optional,
        updated_at = "updatedAt" optional,
    }
}

/// An item of the member `integrations` of `Flow`.
#[derive(Default)]
#[non_exhaustive]
pub struct FlowIntegration {
    /// Example: `gmail`
    pub service_id: Option<String>,
    /// Example: `Gmail`
    pub service_name: Option<String>,
    pub connected: Option<bool>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl FlowIntegration {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    FlowIntegration with undeclared {
        service_id = "serviceId" optional,
        service_name = "serviceName" optional,
        connected = "connected" optional,
    }
}

/// `auto` runs without intervention, `always_ask` requires approval before each execution
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FlowMode {
    /// `auto`
    Auto,
    /// `always_ask`
    AlwaysAsk,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

string_enum! {
    FlowMode {
        Auto = "auto",
        AlwaysAsk = "always_ask",
    }
}

/// The schema `FlowRun`.
#[derive(Default)]
#[non_exhaustive]
pub struct FlowRun {
    pub id: Option<Uuid>,
    pub flow_id: Option<Uuid>,
    pub status: Option<FlowRunStatus>,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// Execution time in milliseconds
    ///
    /// Example: `8340`
    pub duration_ms: Option<i64>,
    /// Human-readable summary of the run outcome
    pub result_summary: Option<String>,
    /// Structured result data (varies by flow)
    pub result_data: Option<Map<String, Value>>,
    pub tool_calls: Option<Vec<ToolCall>>,
    pub tokens_used: Option<i64>,
    /// Error details if status is `failed`
    pub error_message: Option<String>,
    pub created_at: Option<Timestamp>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl FlowRun {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    FlowRun with undeclared {
        id = "id" optional,
        flow_id = "flowId" optional,
        status = "status" optional,
        started_at = "startedAt" optional,
        completed_at = "completedAt" optional,
        duration_ms = "durationMs" optional,
        result_summary = "resultSummary" optional,
        result_data = "resultData" optional,
        tool_calls = "toolCalls" optional,
        tokens_used = "tokensUsed" optional,
        error_message = "errorMessage" optional,
        created_at = "createdAt" optional,
    }
}

/// The member `status` of `FlowRun`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FlowRunStatus {
    /// `pending`
    Pending,
    /// `approved`
    Approved,
    /// `running`
    Running,
    /// `completed`
    Completed,
    /// `failed`
    Failed,
    /// `skipped`
    Skipped,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

string_enum! {
    FlowRunStatus {
        Pending = "pending",
        Approved = "approved",
        Running = "running",
        Completed = "completed",
        Failed = "failed",
        Skipped = "skipped",
    }
}

/// The member `status` of `Flow`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FlowStatus {
    /// `active`
    Active,
    /// `paused`
    Paused,
    /// `error`
    Error,
    /// `draft`
    Draft,
    /// A value that this version of the crate does not know.
    Unknown(String),
}

string_enum! {
    FlowStatus {
        Active = "active",
        Paused = "paused",
        Error = "error",
        Draft = "draft",
    }
}

/// The answer of `listAgents`: List of agents
#[derive(Default)]
#[non_exhaustive]
pub struct ListAgentsResponse {
    pub data: Option<Vec<Agent>>,
    pub total: Option<i64>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ListAgentsResponse {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ListAgentsResponse with undeclared {
        data = "data" optional,
        total = "total" optional,
    }
}

/// The answer of `listFlowRuns`: List of flow runs
#[derive(Default)]
#[non_exhaustive]
pub struct ListFlowRunsResponse {
    pub data: Option<Vec<FlowRun>>,
    pub total: Option<i64>,
    pub flow_id: Option<Uuid>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ListFlowRunsResponse {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ListFlowRunsResponse with undeclared {
        data = "data" optional,
        total = "total" optional,
        flow_id = "flowId" optional,
    }
}

/// The answer of `listFlows`: List of flows
#[derive(Default)]
#[non_exhaustive]
pub struct ListFlowsResponse {
    pub data: Option<Vec<Flow>>,
    pub total: Option<i64>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ListFlowsResponse {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ListFlowsResponse with undeclared {
        data = "data" optional,
        total = "total" optional,
    }
}

/// The headers of the response `RateLimited`.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct RateLimitedHeaders {
    /// Seconds to wait before retrying
    pub retry_after: Option<i64>,
    /// Max requests per window
    pub x_rate_limit_limit: Option<i64>,
    /// Requests remaining in current window
    pub x_rate_limit_remaining: Option<i64>,
    /// Unix timestamp when the window resets
    pub x_rate_limit_reset: Option<i64>,
}

headers! {
    RateLimitedHeaders {
        retry_after = "Retry-After",
        x_rate_limit_limit = "X-RateLimit-Limit",
        x_rate_limit_remaining = "X-RateLimit-Remaining",
        x_rate_limit_reset = "X-RateLimit-Reset",
    }
}

/// The schema `ToolCall`.
#[derive(Default)]
#[non_exhaustive]
pub struct ToolCall {
    /// Tool/integration name
    ///
    /// Example: `gmail-send-email`
    pub name: Option<String>,
    /// Arguments passed to the tool
    pub arguments: Option<Map<String, Value>>,
    /// Tool execution result
    pub result: Option<Map<String, Value>>,
    /// What is not in the API's description, or not as it says.
    pub undeclared: Undeclared,
}

impl ToolCall {
    /// Creates one without any members.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

object! {
    ToolCall with undeclared {
        name = "name" optional,
        arguments = "arguments" optional,
        result = "result" optional,
    }
}
