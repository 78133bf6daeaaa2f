//! Reading and writing JSON: the generated models against the same structs with serde's derive.
//!
//! `cargo bench --bench codec`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fleece_ai::types::ListAgentsResponse;
use serde::{Deserialize, Serialize};

fn main() {
    divan::main();
}

/// A page of about a megabyte.
fn page() -> String {
    let agent = r#"{
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
    let agents = vec![agent; 1700].join(",");
    format!("{{\"data\": [{agents}], \"total\": 1700}}")
}

/// What a hand would write with serde's derive.
mod derived {
    use super::{Deserialize, Serialize};
    use clientsmith_runtime::jiff::Timestamp;
    use clientsmith_runtime::uuid::Uuid;

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub(crate) struct ListAgentsResponse {
        #[serde(skip_serializing_if = "Option::is_none")]
        data: Option<Vec<Agent>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<i64>,
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Agent {
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
    enum AgentType {
        General,
        Email,
        Calendar,
        Documents,
        Data,
        Social,
        Custom,
    }
}

#[divan::bench]
fn decode_generated(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        clientsmith_runtime::from_slice::<ListAgentsResponse>(black_box(page.as_bytes())).unwrap()
    });
}

#[divan::bench]
fn decode_derived(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        serde_json::from_slice::<derived::ListAgentsResponse>(black_box(page.as_bytes())).unwrap()
    });
}

#[divan::bench]
fn encode_generated(bencher: Bencher<'_, '_>) {
    let page = page();
    let value: ListAgentsResponse = clientsmith_runtime::from_slice(page.as_bytes()).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| clientsmith_runtime::to_vec(black_box(&value)).unwrap());
}

#[divan::bench]
fn encode_derived(bencher: Bencher<'_, '_>) {
    let page = page();
    let value: derived::ListAgentsResponse = serde_json::from_str(&page).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| serde_json::to_vec(black_box(&value)).unwrap());
}
