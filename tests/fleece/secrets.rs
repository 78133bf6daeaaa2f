//! Secrets: a planted credential must not turn up in anything that is shown.

use fleece_ai::Client;
use fleece_ai::runtime::ClientCredentials;
use fleece_ai::runtime::test_util::{FakeTransport, response};
use fleece_ai::types::CreateApiKeyRequest;

use crate::support::{self, KEY, client, ok};

/// What must never be shown, even in part.
const CANARY: &str = "canary0123456789";

fn clean(shown: &str) {
    assert!(!shown.contains(CANARY), "leaked in: {shown}");
}

#[test]
fn the_clients_credential_is_not_shown() {
    let builder = Client::builder().bearer_auth(KEY);
    clean(&format!("{builder:?}"));
    let client = builder.build().unwrap();
    clean(&format!("{client:?} {:?}", client.agents()));
    clean(&format!("{:?}", client.agents().list()));
    let request = client.agents().list().into_request().unwrap();
    clean(&format!("{request:?}"));
}

#[test]
fn values_of_a_call_are_not_shown() {
    let (client, _) = client([]);
    let call = client.api_keys().create(CreateApiKeyRequest::new(CANARY));
    let call = call.header("x-note", CANARY);
    assert_eq!(
        format!("{call:?}"),
        "CreateApiKey(Call { operation: POST /keys, query: [], \
         headers: [\"content-type\", \"x-note\"], body: Body(27 bytes) })"
    );
}

#[tokio::test]
async fn a_new_key_is_not_shown_but_there() {
    let (client, _) = client([ok(&format!(r#"{{"name": "CI", "key": "{KEY}"}}"#))]);
    let call = client.api_keys().create(CreateApiKeyRequest::new("CI"));
    let answer = call.send_raw().await.unwrap();
    clean(&format!("{answer:?}"));
    let created = answer.into_body();
    assert_eq!(created.key.as_deref(), Some(KEY));
    assert_eq!(
        format!("{created:?}"),
        "ApiKeyCreated { id: None, name: Some(\"CI\"), key: redacted, \
         key_prefix: None, created_at: None }"
    );
}

#[tokio::test]
async fn an_error_does_not_show_what_the_server_echoed() {
    let headers = [("content-type", "application/json"), ("x-echo", KEY)];
    let undocumented = response(500, &headers, format!(r#"{{"error": "bad key {KEY}"}}"#));
    let undecodable = response(200, &headers, format!(r#"["{KEY}"]"#));
    let (client, _) = client([undocumented, undecodable]);
    for _ in 0..2 {
        let call = client.api_keys().create(CreateApiKeyRequest::new("CI"));
        let error = call.send().await.unwrap_err();
        clean(&format!("{error} {error:?} {error:#?}"));
        assert!(error.body().is_some());
    }
}

#[tokio::test]
async fn what_is_not_as_documented_is_not_shown_but_there() {
    let body = format!(r#"{{"name": ["{KEY}"], "more": "{KEY}"}}"#);
    let (client, _) = client([ok(&body)]);
    let call = client.api_keys().create(CreateApiKeyRequest::new("CI"));
    let answer = call.send_raw().await.unwrap();
    clean(&format!("{answer:?} {:?}", answer.deviations()));
    let created = answer.into_body();
    assert_eq!(created.undeclared.len(), 2);
    assert_eq!(created.undeclared.get("more").unwrap(), KEY);
}

#[test]
fn the_fake_transport_does_not_show_requests() {
    let fake = FakeTransport::new([ok(KEY)]);
    clean(&format!("{fake:?} {:?}", support::id()));
}

#[test]
fn a_provider_shows_where_it_asks_and_not_by_what() {
    let provider = ClientCredentials::new("https://auth.example/token", "my-app", "s3cret");
    let shown = format!("{:?}", provider.scopes(["read"]));
    assert!(
        shown.contains("https://auth.example/token") && shown.contains("read"),
        "{shown}"
    );
    assert!(!shown.contains("s3cret"), "{shown}");
}
