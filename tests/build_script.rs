//! The client as a build script makes it: `build.rs` of this package generated it into `OUT_DIR`.

use clientsmith_runtime::test_util::{FakeTransport, json};

mod fleece {
    include!(concat!(env!("OUT_DIR"), "/fleece_ai.rs"));
}

#[tokio::test]
async fn the_included_client_calls_the_api() {
    let fake = FakeTransport::new([json(200, r#"{"data": [{"type": "email"}], "total": 1}"#)]);
    let builder = fleece::Client::builder()
        .bearer_auth("flc_1")
        .transport(fake.clone());
    let client = builder.build().unwrap();
    let answer = client.agents().list().send().await.unwrap();
    let agent = &answer.data.unwrap()[0];
    assert_eq!(agent.r#type, Some(fleece::types::AgentType::Email));
    assert_eq!(
        fake.requests()[0].uri(),
        "https://fleeceai.app/api/v1/agents"
    );
}

#[tokio::test]
async fn its_errors_are_typed() {
    let fake = FakeTransport::new([json(409, r#"{"error": "Flow is already running"}"#)]);
    let client = fleece::Client::builder()
        .bearer_auth("flc_1")
        .transport(fake)
        .build()
        .unwrap();
    let id = "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b".parse().unwrap();
    let error = client.flows().trigger(id).send().await.unwrap_err();
    assert!(matches!(
        error.api(),
        Some(fleece::flows::TriggerFlowError::Conflict(_))
    ));
}
