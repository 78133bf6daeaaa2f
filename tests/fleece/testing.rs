//! Testing: how users of the client test their own code, without a server.

use fleece_ai::flows::{ListFlows, TriggerFlow, TriggerFlowError};
use fleece_ai::runtime::test_util::{FakeTransport, Recorder, model, output, replay};
use fleece_ai::runtime::{Retry, Transport};
use fleece_ai::types::{Error, ExecuteAgentRequest, Flow, FlowRun, ListFlowsResponse};
use fleece_ai::{Client, agents};

use crate::support::{self, KEY};

fn client(transport: impl Transport) -> Client {
    let builder = Client::builder().bearer_auth(KEY).retry(Retry::none());
    builder.transport(transport).build().unwrap()
}

#[tokio::test]
async fn answers_are_values_of_the_api() {
    let mut flow = Flow::new();
    flow.title = Some("Digest".to_owned());
    let mut flows = ListFlowsResponse::new();
    flows.data = Some(vec![flow]);
    let conflict: Error = serde_json::from_str(r#"{"error": "paused"}"#).unwrap();
    let fake = FakeTransport::new([
        output::<ListFlows>(&flows),
        output::<TriggerFlow>(&FlowRun::new()),
        model(409, &conflict),
    ]);
    let client = client(fake.clone());
    assert_eq!(client.flows().list().send().await.unwrap(), flows);
    client.flows().trigger(support::id()).send().await.unwrap();
    let error = client
        .flows()
        .trigger(support::id())
        .send()
        .await
        .unwrap_err();
    let Some(TriggerFlowError::Conflict(reply)) = error.api() else {
        panic!("{error:?}")
    };
    assert_eq!(reply.body, conflict);
}

#[tokio::test]
async fn requests_can_be_asked_about() {
    let fake = FakeTransport::new([support::ok("{}"), support::ok("{}")]);
    let client = client(fake.clone());
    let task = ExecuteAgentRequest::new("Tidy up");
    client
        .agents()
        .execute(support::id(), task.clone())
        .send()
        .await
        .unwrap();
    client
        .flows()
        .list_runs(support::id())
        .limit(3)
        .query("q", "a b&c")
        .send()
        .await
        .unwrap();
    let sent = fake.sent();
    assert_eq!(
        sent[0].line(),
        format!("POST /api/v1/agents/{}/execute", support::ID)
    );
    assert_eq!(sent[0].json::<ExecuteAgentRequest>().unwrap(), task);
    assert_eq!(
        sent[0].header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
    assert_eq!(
        (sent[1].query("limit"), sent[1].query("q")),
        (vec!["3".to_owned()], vec!["a b&c".to_owned()])
    );
    assert!(sent[1].query("offset").is_empty());
}

#[tokio::test]
async fn what_was_recorded_can_be_played_back_without_the_key() {
    let real = FakeTransport::new([
        support::ok(r#"{"total":1}"#),
        support::answer(404, r#"{"error":"gone"}"#),
    ]);
    let recorder = Recorder::new(real);
    let recorded = client(recorder.clone());
    let total = recorded.agents().list().send().await.unwrap().total;
    recorded
        .agents()
        .get(support::id())
        .send()
        .await
        .unwrap_err();
    let recording = recorder.recording();
    assert!(!recording.contains(KEY), "{recording}");

    let played = client(replay(&recording).unwrap());
    // In another order: each request gets its own answer.
    let error = played.agents().get(support::id()).send().await.unwrap_err();
    assert!(matches!(
        error.api(),
        Some(agents::GetAgentError::NotFound(_))
    ));
    assert_eq!(played.agents().list().send().await.unwrap().total, total);
    let error = played.agents().list().send().await.unwrap_err();
    assert!(
        error.to_string().contains("the request could not be sent"),
        "{error}"
    );
}
