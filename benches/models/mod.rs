//! What the benchmarks read and write: agents of the Fleece API, and the structs for them that a hand would
//! write with serde's derive.

/// An agent of the Fleece API.
pub(crate) const AGENT: &str = r#"{
        "id": "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b",
        "name": "Email Triager",
        "description": "Categorizes and summarizes incoming emails",
        "type": "email",
        "icon": "📧",
        "model": "gpt-5.2",
        "provider": "openai",
        "capabilities": ["email-assistant", "summarizer"],
        "isActive": true,
        "totalTasksCompleted": 142,
        "totalTasksFailed": 3,
        "averageExecutionTime": 12,
        "lastActiveAt": "2026-03-10T00:00:00Z",
        "createdAt": "2026-03-10T00:00:00Z",
        "updatedAt": "2026-03-10T00:00:00Z"
    }"#;

/// A page of agents; 1,700 of them are about a megabyte.
pub(crate) fn page(agents: usize) -> String {
    let agents = vec![AGENT; agents].join(",");
    format!("{{\"data\": [{agents}], \"total\": 1}}")
}

/// What a hand would write with serde's derive.
pub(crate) mod derived {
    use clientsmith_runtime::jiff::Timestamp;
    use clientsmith_runtime::uuid::Uuid;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub(crate) struct ListAgentsResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        data: Option<Vec<Agent>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<i64>,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub(crate) struct Agent {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Uuid>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        r#type: Option<AgentType>,
        #[serde(skip_serializing_if = "Option::is_none")]
        icon: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        provider: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        capabilities: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        is_active: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total_tasks_completed: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total_tasks_failed: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        average_execution_time: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_active_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        created_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        updated_at: Option<Timestamp>,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub(crate) enum AgentType {
        General,
        Email,
        Calendar,
        Documents,
        Data,
        Social,
        Custom,
    }
}
