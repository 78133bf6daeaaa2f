//! What goes over the wire: each operation of the Fleece client, byte by byte.

use std::time::Duration;

use fleece_ai::Client;
use fleece_ai::runtime::Operation;
use fleece_ai::types::{CreateApiKeyRequest, ExecuteAgentRequest};

use crate::support::{self, ID, OTHER_ID, RUNTIME_AGENT, client, line, raw};

/// Sends a request and compares all that the transport was given.
macro_rules! sends {
    ($call:expr, $expected:expr) => {{
        let (client, fake) = client([support::ok("{}")]);
        let call: fn(&Client) -> _ = $call;
        // What comes back is of no interest here.
        let _ = call(&client).send().await;
        let requests = fake.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(raw(&requests[0]), $expected);
    }};
}

/// A request without a body, as it must look.
fn bare(line: &str) -> String {
    format!(
        "{line}\naccept: application/json\nauthorization: Bearer {}\nuser-agent: {RUNTIME_AGENT}\n\n",
        support::KEY
    )
}

/// A request with a JSON body, as it must look.
fn with_json(line: &str, body: &str) -> String {
    format!(
        "{line}\naccept: application/json\nauthorization: Bearer {}\n\
         content-type: application/json\nuser-agent: {RUNTIME_AGENT}\n\n{body}",
        support::KEY
    )
}

#[tokio::test]
async fn list_agents() {
    sends!(|c| c.agents().list(), bare(&line("GET", "/agents")));
}

#[tokio::test]
async fn get_agent() {
    let expected = bare(&line("GET", &format!("/agents/{ID}")));
    sends!(|c| c.agents().get(support::id()), expected);
}

#[tokio::test]
async fn execute_agent() {
    sends!(
        |c| {
            let body = ExecuteAgentRequest::new("Tidy \"up\"").with_timezone("Europe/Paris");
            c.agents().execute(support::id(), body)
        },
        with_json(
            &line("POST", &format!("/agents/{ID}/execute")),
            r#"{"task":"Tidy \"up\"","timezone":"Europe/Paris"}"#,
        )
    );
}

#[tokio::test]
async fn an_optional_member_that_is_not_set_is_not_sent() {
    sends!(
        |c| c
            .agents()
            .execute(support::id(), ExecuteAgentRequest::new("x")),
        with_json(
            &line("POST", &format!("/agents/{ID}/execute")),
            r#"{"task":"x"}"#
        )
    );
}

#[tokio::test]
async fn list_flows() {
    sends!(|c| c.flows().list(), bare(&line("GET", "/flows")));
}

#[tokio::test]
async fn get_flow() {
    let expected = bare(&line("GET", &format!("/flows/{ID}")));
    sends!(|c| c.flows().get(support::id()), expected);
}

#[tokio::test]
async fn trigger_flow() {
    // A method that usually has a body says that there is none (RFC 9110 §8.6).
    let expected = bare(&line("POST", &format!("/flows/{ID}/trigger")));
    let expected = expected.replace("user-agent", "content-length: 0\nuser-agent");
    sends!(|c| c.flows().trigger(support::id()), expected);
}

#[tokio::test]
async fn list_flow_runs() {
    let expected = bare(&line("GET", &format!("/flows/{ID}/runs")));
    sends!(|c| c.flows().list_runs(support::id()), expected);
    let expected = bare(&line("GET", &format!("/flows/{ID}/runs?limit=5")));
    sends!(|c| c.flows().list_runs(support::id()).limit(5), expected);
}

#[tokio::test]
async fn a_setter_replaces_what_was_set_before() {
    let expected = bare(&line("GET", &format!("/flows/{ID}/runs?limit=7")));
    sends!(
        |c| c.flows().list_runs(support::id()).limit(5).limit(7),
        expected
    );
}

#[tokio::test]
async fn get_flow_run() {
    let expected = bare(&line("GET", &format!("/flows/{ID}/runs/{OTHER_ID}")));
    sends!(
        |c| c.flows().get_run(support::id(), support::other_id()),
        expected
    );
}

#[tokio::test]
async fn list_api_keys() {
    sends!(|c| c.api_keys().list(), bare(&line("GET", "/keys")));
}

#[tokio::test]
async fn create_api_key() {
    sends!(
        |c| c.api_keys().create(CreateApiKeyRequest::new("CI/CD")),
        with_json(&line("POST", "/keys"), r#"{"name":"CI/CD"}"#)
    );
}

#[tokio::test]
async fn delete_api_key() {
    let expected = bare(&line("DELETE", &format!("/keys/{ID}")));
    sends!(|c| c.api_keys().delete(support::id()), expected);
}

#[tokio::test]
async fn a_header_of_one_call_stands_beside_the_others() {
    sends!(
        |c| c.flows().list().header("Prefer", "code=429"),
        format!(
            "{}\naccept: application/json\nauthorization: Bearer {}\nprefer: code=429\n\
             user-agent: {RUNTIME_AGENT}\n\n",
            line("GET", "/flows"),
            support::KEY
        )
    );
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_refused_before_anything_is_sent() {
    let (client, fake) = client([]);
    let call = client
        .flows()
        .list()
        .header("X-Note", "a\r\nHost: elsewhere");
    let error = call.send().await.unwrap_err();
    assert!(error.is_request());
    assert_eq!(
        error.to_string(),
        "GET /flows: not sent: the header \"X-Note\" cannot be sent as it is"
    );
    assert!(fake.requests().is_empty());
}

#[test]
fn a_request_is_a_value() {
    let (client, fake) = client([]);
    let request = client.flows().list_runs(support::id()).limit(5);
    let by_method = request.clone().into_request().unwrap();
    let by_trait = Operation::request(request).unwrap();
    assert_eq!(raw(&by_method), raw(&by_trait));
    let expected = line("GET", &format!("/flows/{ID}/runs?limit=5"));
    assert_eq!(raw(&by_method), bare(&expected));
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn calls_borrow_nothing_and_can_be_spawned() {
    let (client, _) = client([support::ok(r#"{"total": 3}"#)]);
    let pending = client
        .agents()
        .list()
        .timeout(Duration::from_secs(300))
        .send();
    drop(client);
    let answer = tokio::spawn(pending).await.unwrap().unwrap();
    assert_eq!(answer.total, Some(3));
}
