//! What comes back: successes as types of the API.

use fleece_ai::runtime::test_util::response;
use fleece_ai::types::{
    AgentType, ExecuteAgentRequest, FlowIntegration, FlowMode, FlowRunStatus, ToolCall,
};
use serde_json::json;

use crate::support::{self, ID, client, ok};

#[tokio::test]
async fn a_list_of_agents() {
    let body = r#"{
        "data": [{
            "id": "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b",
            "type": "email",
            "capabilities": ["summarizer"],
            "isActive": true,
            "totalTasksCompleted": 142.0,
            "createdAt": "2026-03-10T00:00:00.000Z",
            "notDocumented": {"deep": [1, 2]}
        }],
        "total": 1
    }"#;
    let (client, _) = client([ok(body)]);
    let answer = client.agents().list().send().await.unwrap();
    assert_eq!(answer.total, Some(1));
    let agent = &answer.data.unwrap()[0];
    assert_eq!(agent.id, Some(support::id()));
    assert_eq!(agent.r#type, Some(AgentType::Email));
    assert_eq!(
        agent.capabilities.as_deref(),
        Some(&["summarizer".to_owned()][..])
    );
    assert_eq!(agent.is_active, Some(true));
    assert_eq!(agent.total_tasks_completed, Some(142));
    assert_eq!(
        agent.created_at,
        Some("2026-03-10T00:00:00Z".parse().unwrap())
    );
    assert_eq!(agent.name, None);
}

#[tokio::test]
async fn an_execution_with_its_tool_calls() {
    let body = r#"{"status": "completed", "toolCalls": [
        {"name": "gmail-send-email", "arguments": {"to": ["a", 1, null]}, "result": {}}
    ]}"#;
    let (client, _) = client([ok(body)]);
    let call = client
        .agents()
        .execute(support::id(), ExecuteAgentRequest::new("x"));
    let answer = call.send().await.unwrap();
    let mut expected = ToolCall::new();
    expected.name = Some("gmail-send-email".to_owned());
    expected.arguments = json!({"to": ["a", 1, null]}).as_object().cloned();
    expected.result = Some(serde_json::Map::new());
    assert_eq!(answer.tool_calls, Some(vec![expected]));
}

#[tokio::test]
async fn a_flow_with_its_integrations() {
    let body =
        r#"{"mode": "always_ask", "integrations": [{"serviceId": "gmail", "connected": false}]}"#;
    let (client, _) = client([ok(body)]);
    let flow = client.flows().get(support::id()).send().await.unwrap();
    assert_eq!(flow.mode, Some(FlowMode::AlwaysAsk));
    let mut expected = FlowIntegration::new();
    expected.service_id = Some("gmail".to_owned());
    expected.connected = Some(false);
    assert_eq!(flow.integrations, Some(vec![expected]));
}

#[tokio::test]
async fn runs_and_a_run() {
    let list = format!(r#"{{"data": [{{"status": "skipped"}}], "total": 1, "flowId": "{ID}"}}"#);
    let one = r#"{"status": "running", "resultData": {"a": 1}}"#;
    let (client, _) = client([ok(&list), ok(one), ok(one)]);
    let flows = client.flows();
    let runs = flows.list_runs(support::id()).send().await.unwrap();
    assert_eq!(runs.flow_id, Some(support::id()));
    assert_eq!(runs.data.unwrap()[0].status, Some(FlowRunStatus::Skipped));
    let run = flows
        .get_run(support::id(), support::other_id())
        .send()
        .await
        .unwrap();
    assert_eq!(run.result_data, json!({"a": 1}).as_object().cloned());
    let run = flows.trigger(support::id()).send().await.unwrap();
    assert_eq!(run.status, Some(FlowRunStatus::Running));
}

#[tokio::test]
async fn keys() {
    let list = r#"[{"keyPrefix": "flc_a1b2c3d4", "lastUsedAt": null, "expiresAt": "2027-01-01"}]"#;
    let created = r#"{"key": "flc_a1b2c3d4e5f6"}"#;
    let (client, _) = client([ok(list), ok(created), ok(r#"{"success": true}"#)]);
    let keys = client.api_keys();
    let listed = keys.list().send().await.unwrap();
    assert_eq!(listed[0].last_used_at, None);
    assert_eq!(
        listed[0].expires_at,
        Some("2027-01-01T00:00:00Z".parse().unwrap())
    );
    let body = fleece_ai::types::CreateApiKeyRequest::new("CI");
    let created = keys.create(body).send().await.unwrap();
    assert_eq!(created.key.as_deref(), Some("flc_a1b2c3d4e5f6"));
    let deleted = keys.delete(support::id()).send().await.unwrap();
    assert_eq!(deleted.success, Some(true));
}

#[tokio::test]
async fn a_value_that_is_not_documented_is_kept() {
    let (client, _) = client([ok(r#"{"status": "napping"}"#)]);
    let run = client.flows().trigger(support::id()).send().await.unwrap();
    let status = run.status.unwrap();
    assert_eq!(status, FlowRunStatus::Unknown("napping".to_owned()));
    assert_eq!(status.as_str(), "napping");
    assert_eq!(serde_json::to_value(&status).unwrap(), json!("napping"));
}

#[tokio::test]
async fn a_success_that_is_not_documented_is_no_error() {
    let (client, _) = client([support::answer(201, r#"{"total": 0}"#)]);
    let answer = client.agents().list().send().await.unwrap();
    assert_eq!(answer.total, Some(0));
}

#[tokio::test]
async fn json_is_read_whatever_it_is_called() {
    let text = response(200, &[("content-type", "text/plain")], r#"{"total": 2}"#);
    let nothing = response(200, &[], r#"{"total": 3}"#);
    let (client, _) = client([text, nothing]);
    assert_eq!(client.agents().list().send().await.unwrap().total, Some(2));
    assert_eq!(client.agents().list().send().await.unwrap().total, Some(3));
}

#[tokio::test]
async fn a_raw_answer_keeps_status_headers_and_bytes() {
    let body = r#"{"total": 2, "next": "not documented"}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
    ];
    let (client, _) = client([response(203, &headers, body)]);
    let answer = client.agents().list().send_raw().await.unwrap();
    assert_eq!(answer.status(), 203);
    assert_eq!(answer.headers()["x-request-id"], "r-1");
    assert_eq!(answer.bytes().as_ref(), body.as_bytes());
    assert_eq!(answer.body().total, Some(2));
    assert_eq!(answer.into_body().total, Some(2));
}

#[test]
fn models_can_be_read_and_written_with_serde() {
    let json = json!({"data": [{"id": ID, "isActive": false}], "total": 1});
    let answer: fleece_ai::types::ListAgentsResponse =
        serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&answer).unwrap(), json);
}
