//! What comes back when it is no success: documented errors, and everything else.

use fleece_ai::agents::ExecuteAgentError;
use fleece_ai::api_keys::CreateApiKeyError;
use fleece_ai::flows::{GetFlowError, TriggerFlowError};
use fleece_ai::runtime::test_util::{Scripted, response};
use fleece_ai::runtime::{TransportError, TransportErrorKind};
use fleece_ai::types::{CreateApiKeyRequest, ExecuteAgentRequest};
use fleece_ai::{Client, Error};

use clientsmith_runtime::uuid::Uuid;

use crate::support::{self, answer, client, ok};

async fn execute(client: &Client) -> Error<ExecuteAgentError> {
    let body = ExecuteAgentRequest::new("x");
    client
        .agents()
        .execute(support::id(), body)
        .send()
        .await
        .unwrap_err()
}

async fn trigger(client: &Client) -> Error<TriggerFlowError> {
    client
        .flows()
        .trigger(support::id())
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn each_documented_status_is_a_variant() {
    let body = r#"{"error": "no"}"#;
    let (client, _) = client([401, 403, 404, 409, 429].map(|status| answer(status, body)));
    let mut seen = Vec::new();
    for _ in 0..5 {
        let error = trigger(&client).await;
        let (variant, reply) = match error.api().unwrap() {
            TriggerFlowError::Unauthorized(reply) => ("unauthorized", reply),
            TriggerFlowError::PlanRequired(reply) => ("plan required", reply),
            TriggerFlowError::NotFound(reply) => ("not found", reply),
            TriggerFlowError::Conflict(reply) => ("conflict", reply),
            TriggerFlowError::RateLimited(reply) => {
                assert_eq!(reply.body.error, "no");
                seen.push(("rate limited", reply.status.as_u16()));
                continue;
            }
            other => panic!("unexpected: {other:?}"),
        };
        assert_eq!(reply.body.error, "no");
        assert_eq!(error.status(), Some(reply.status));
        seen.push((variant, reply.status.as_u16()));
    }
    let expected = [
        ("unauthorized", 401),
        ("plan required", 403),
        ("not found", 404),
        ("conflict", 409),
        ("rate limited", 429),
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_bad_request_is_a_variant_where_it_is_documented() {
    let (client, _) = client([answer(400, r#"{"error": "name is required"}"#)]);
    let call = client.api_keys().create(CreateApiKeyRequest::new(""));
    let error = call.send().await.unwrap_err();
    let Some(CreateApiKeyError::BadRequest(reply)) = error.api() else {
        panic!("unexpected: {error:?}");
    };
    assert_eq!(reply.body.error, "name is required");
}

#[tokio::test]
async fn the_members_of_an_error_are_typed() {
    let body = r#"{"error": "API access requires Pro", "plan": "free", "upgrade": true}"#;
    let (client, _) = client([answer(403, body)]);
    match execute(&client).await.api() {
        Some(ExecuteAgentError::PlanRequired(reply)) if reply.body.upgrade == Some(true) => {
            assert_eq!(reply.body.plan.as_deref(), Some("free"));
        }
        other => panic!("unexpected: {other:?}"),
    }
}

#[tokio::test]
async fn the_headers_of_an_error_are_typed() {
    let headers = [
        ("content-type", "application/json"),
        ("Retry-After", "30"),
        ("X-RateLimit-Limit", "5000"),
        ("x-ratelimit-remaining", "0"),
        ("X-RateLimit-Reset", "soon"),
    ];
    let (client, _) = client([response(
        429,
        &headers,
        r#"{"error": "Rate limit exceeded"}"#,
    )]);
    let error = execute(&client).await;
    let Some(ExecuteAgentError::RateLimited(reply)) = error.api() else {
        panic!("unexpected: {error:?}");
    };
    assert_eq!(reply.headers.retry_after, Some(30));
    assert_eq!(reply.headers.x_rate_limit_limit, Some(5000));
    assert_eq!(reply.headers.x_rate_limit_remaining, Some(0));
    // Not a number, and not worth losing the answer for: the text is still there.
    assert_eq!(reply.headers.x_rate_limit_reset, None);
    assert_eq!(error.headers().unwrap()["x-ratelimit-reset"], "soon");
}

#[tokio::test]
async fn an_undocumented_status_keeps_what_the_server_said() {
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
    ];
    let body = r#"{"error": "Internal server error"}"#;
    let (client, _) = client([response(500, &headers, body)]);
    let error = execute(&client).await;
    assert!(error.api().is_none());
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
    assert_eq!(error.body().unwrap().as_ref(), body.as_bytes());
    assert_eq!(
        error.to_string(),
        "POST /agents/{agentId}/execute: 500 Internal Server Error, which is not documented"
    );
}

#[tokio::test]
async fn a_documented_status_of_another_operation_is_undocumented_here() {
    let (client, _) = client([answer(429, r#"{"error": "Rate limit exceeded"}"#)]);
    let error = client.flows().get(support::id()).send().await.unwrap_err();
    assert!(error.api().is_none());
    assert_eq!(error.status().unwrap(), 429);
}

#[tokio::test]
async fn a_value_of_a_wrong_type_is_absent_and_named_with_its_path() {
    let body = r#"{"data": [{"id": "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b"}, {"isActive": "yes"}]}"#;
    let (client, _) = client([ok(body)]);
    let response = client.agents().list().send_raw().await.unwrap();
    let [deviation] = &response.deviations()[..] else {
        panic!("{:?}", response.deviations());
    };
    assert_eq!(deviation.path, "data[1].isActive");
    let agents = response.body().data.as_ref().unwrap();
    assert_eq!(agents[1].is_active, None);
    assert_eq!(agents[1].undeclared.get("isActive").unwrap(), "yes");
}

#[tokio::test]
async fn a_body_of_a_wrong_type_is_an_error() {
    let (client, _) = client([ok(r#"["agent"]"#)]);
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer is not as documented: expected an object, found an array"
    );
    assert_eq!(error.body().unwrap().as_ref(), br#"["agent"]"#);
}

#[test]
fn a_format_that_does_not_fit_names_the_way_out() {
    let fault = clientsmith_runtime::from_slice::<Uuid>(br#""agent-7""#).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "expected a UUID, found \"agent-7\"; `uuid = \"string\"` in clientsmith.toml reads it as text"
    );
}

#[tokio::test]
async fn a_broken_text_is_named_with_its_path() {
    let (client, _) = client([ok(r#"{"data": [{"id": "#)]);
    let error = client.agents().list().send().await.unwrap_err();
    let fault = error.decode_fault().unwrap();
    assert_eq!(fault.path(), "data[0].id");
    assert!(fault.message().starts_with("EOF while parsing"), "{fault}");
}

#[tokio::test]
async fn an_empty_body_is_no_json() {
    let (client, _) = client([ok("")]);
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer is not as documented: \
         expected JSON, found an empty body"
    );
}

#[tokio::test]
async fn html_is_no_json_even_as_a_documented_error() {
    let html = || {
        response(
            404,
            &[("content-type", "text/html; charset=utf-8")],
            "<html></html>",
        )
    };
    let (client, _) = client([html()]);
    let error: Error<GetFlowError> = client.flows().get(support::id()).send().await.unwrap_err();
    assert!(error.api().is_none());
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body().unwrap().as_ref(), b"<html></html>");
    assert_eq!(
        error.to_string(),
        "GET /flows/{flowId}: 404 Not Found, but the answer is not as documented: \
         expected JSON, found text/html; charset=utf-8"
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other() {
    let (client, fake) = client([response(302, &[("location", "https://elsewhere")], "")]);
    let error = client.agents().list().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_transport_error_keeps_its_cause() {
    let cause = TransportError::new(TransportErrorKind::Connect, "name or service not known");
    let (client, _) = client([Scripted::Failure(cause)]);
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout() && error.status().is_none());
    assert_eq!(
        error.to_string(),
        "GET /agents: no connection to the server"
    );
    let cause = std::error::Error::source(&error)
        .and_then(|e| e.source())
        .unwrap();
    assert_eq!(cause.to_string(), "name or service not known");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let (client, _) = client([Scripted::Silence]);
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "GET /agents: the call took too long");
}

#[tokio::test]
async fn errors_of_different_operations_become_one_type() {
    async fn both(client: &Client) -> Result<(), fleece_ai::Error> {
        client.agents().list().send().await.map_err(Error::erase)?;
        client
            .flows()
            .trigger(support::id())
            .send()
            .await
            .map_err(Error::erase)?;
        Ok(())
    }
    let (client, _) = client([
        ok("{}"),
        answer(409, r#"{"error": "Flow is already running"}"#),
    ]);
    let error = both(&client).await.unwrap_err();
    let api: &TriggerFlowError = error.api().unwrap().downcast_ref().unwrap();
    assert!(matches!(api, TriggerFlowError::Conflict(_)));
    assert!(
        error
            .api()
            .unwrap()
            .downcast_ref::<ExecuteAgentError>()
            .is_none()
    );
}

#[tokio::test]
async fn a_documented_error_can_be_taken_out() {
    let (client, _) = client([answer(404, r#"{"error": "Not found"}"#), answer(500, "")]);
    let call = || client.flows().get(support::id()).send();
    assert!(matches!(
        call().await.unwrap_err().into_api(),
        Ok(GetFlowError::NotFound(_))
    ));
    let other = call().await.unwrap_err().into_api().unwrap_err();
    assert_eq!(other.status().unwrap(), 500);
}

#[test]
fn errors_are_small_and_can_cross_threads() {
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Error<ExecuteAgentError>>();
    is_error::<Error>();
    let pointer = size_of::<usize>();
    assert_eq!(size_of::<Error<ExecuteAgentError>>(), pointer);
    assert_eq!(size_of::<Result<(), Error<ExecuteAgentError>>>(), pointer);
}
