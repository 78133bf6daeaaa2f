//! Retries: what is sent again, how often, and after which wait.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use fleece_ai::runtime::http::{HeaderValue, Request};
use fleece_ai::runtime::test_util::{FakeTransport, Scripted, response};
use fleece_ai::runtime::{
    Attempt, AttemptOutcome, Body, BoxError, Clock, Interceptor, Retry, TransportError,
    TransportErrorKind,
};
use fleece_ai::types::CreateApiKeyRequest;
use fleece_ai::{Client, ClientBuilder};

use crate::support::{self, KEY, ok};

/// Sun, 06 Nov 1994 08:49:37 GMT, and dice that always fall high.
struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn random(&self) -> f64 {
        1.0
    }
}

fn client(script: impl IntoIterator<Item = Scripted>) -> (Client, FakeTransport) {
    let fake = FakeTransport::new(script);
    let builder = Client::builder().bearer_auth(KEY).clock(Fixed);
    (builder.transport(fake.clone()).build().unwrap(), fake)
}

fn broken(kind: TransportErrorKind) -> Scripted {
    Scripted::Failure(TransportError::new(kind, "broken"))
}

/// A failure of each kind, as a script names it.
fn failure(name: &str) -> Scripted {
    match name {
        "connect" => broken(TransportErrorKind::Connect),
        "reset" => broken(TransportErrorKind::NoResponse),
        "body" => broken(TransportErrorKind::Body),
        status => response(status.parse().unwrap(), &[], "{}"),
    }
}

/// What one kind of failure, again and again, makes the client do: attempts, and waits in ms.
async fn course(name: &str, method: &str, key: bool) -> (usize, Vec<u128>) {
    let (client, fake) = client((0..3).map(|_| failure(name)));
    match (method, key) {
        ("GET", _) => drop(client.agents().list().send().await),
        ("POST", false) => drop(client.flows().trigger(support::id()).send().await),
        ("POST", true) => {
            let call = client.flows().trigger(support::id()).idempotency_key("k-1");
            drop(call.send().await);
        }
        _ => drop(client.api_keys().delete(support::id()).send().await),
    }
    let waits = fake.sleeps().iter().map(Duration::as_millis).collect();
    (fake.requests().len(), waits)
}

#[tokio::test]
async fn each_failure_has_its_course() {
    let retried = (3, vec![500, 1000]);
    let not = (1, vec![]);
    for (name, plain, idempotent) in [
        ("connect", &retried, &retried),
        ("429", &retried, &retried),
        ("408", &not, &retried),
        ("500", &not, &retried),
        ("502", &not, &retried),
        ("503", &not, &retried),
        ("504", &not, &retried),
        ("reset", &not, &retried),
        ("body", &not, &retried),
        ("400", &not, &not),
        ("401", &not, &not),
        ("404", &not, &not),
        ("409", &not, &not),
        ("501", &not, &not),
        ("200", &not, &not),
    ] {
        assert_eq!(course(name, "POST", false).await, *plain, "POST {name}");
        assert_eq!(
            course(name, "POST", true).await,
            *idempotent,
            "POST with a key {name}"
        );
        assert_eq!(course(name, "GET", false).await, *idempotent, "GET {name}");
        assert_eq!(
            course(name, "DELETE", false).await,
            *idempotent,
            "DELETE {name}"
        );
    }
}

#[tokio::test]
async fn a_hint_decides_how_long_to_wait() {
    for (hint, waits) in [
        ("7", vec![7000]),
        ("0", vec![0]),
        ("60", vec![60_000]),
        ("Sun, 06 Nov 1994 08:49:41 GMT", vec![4000]),
        ("Sat, 06 Nov 1993 08:49:41 GMT", vec![0]),
        ("61", vec![]),
        ("1000000000", vec![]),
        ("Sat, 06 Nov 2094 08:49:41 GMT", vec![]),
        ("-1", vec![500]),
        ("NaN", vec![500]),
        ("soon", vec![500]),
    ] {
        let limited = response(429, &[("retry-after", hint)], r#"{"error":"slow down"}"#);
        let (client, fake) = client([limited, ok(r#"{"total":3}"#)]);
        let result = client.agents().list().send().await;
        let slept: Vec<u128> = fake.sleeps().iter().map(Duration::as_millis).collect();
        assert_eq!(slept, waits, "{hint}");
        assert_eq!(result.is_ok(), !waits.is_empty(), "{hint}");
    }
}

#[tokio::test]
async fn a_hint_that_is_too_long_comes_back_with_the_error() {
    let limited = response(
        429,
        &[("retry-after", "120"), ("x-ratelimit-remaining", "0")],
        "{}",
    );
    let (client, fake) = client([limited]);
    let error = client.agents().list().send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    assert_eq!(error.rate_limit().unwrap().remaining, Some(0.0));
    assert_eq!((error.attempts(), fake.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_success_says_how_many_attempts_it_took() {
    let (client, _) = client([failure("503"), failure("connect"), ok(r#"{"total":3}"#)]);
    let answer = client.agents().list().send_raw().await.unwrap();
    assert_eq!((answer.attempts(), answer.body().total), (3, Some(3)));
}

#[tokio::test]
async fn every_attempt_is_the_same_request() {
    let (client, fake) = client([failure("429"), failure("429"), ok(r#"{"key":"k"}"#)]);
    let call = client.api_keys().create(CreateApiKeyRequest::new("n"));
    call.idempotency_key("order-7").send().await.unwrap();
    let raw: Vec<String> = fake.requests().iter().map(support::raw).collect();
    assert_eq!((raw.len(), &raw[0], &raw[1]), (3, &raw[1], &raw[2]));
    assert!(raw[0].contains("idempotency-key: order-7\n"), "{}", raw[0]);
}

#[tokio::test]
async fn a_call_can_be_retried_otherwise() {
    let (client, fake) = client((0..9).map(|_| failure("503")));
    let call = client.agents().list().retry(Retry::none());
    assert_eq!(call.send().await.unwrap_err().attempts(), 1);
    let patient = Retry::default()
        .retries(4)
        .base(Duration::from_secs(3))
        .cap(Duration::from_secs(5));
    let error = client
        .agents()
        .list()
        .retry(patient)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.attempts(), error.status().unwrap().as_u16()),
        (5, 503)
    );
    let slept: Vec<u64> = fake.sleeps().iter().map(Duration::as_secs).collect();
    assert_eq!(slept, [3, 5, 5, 5]);
}

#[tokio::test]
async fn a_wait_that_outlasts_the_call_is_not_waited_for() {
    let limited = response(429, &[("retry-after", "30")], "{}");
    let (client, fake) = client([limited]);
    let call = client.agents().list().timeout(Duration::from_secs(10));
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 429);
    assert!(fake.sleeps().is_empty());
}

/// How many attempts 1,000 calls come to, one after the other, while a server is down.
async fn attempts_in_an_outage(builder: ClientBuilder) -> usize {
    let fake = FakeTransport::new((0..4000).map(|_| failure("503")));
    let client = builder.bearer_auth(KEY).transport(fake.clone());
    let client = client.build().unwrap();
    for _ in 0..1000 {
        client.agents().list().send().await.unwrap_err();
    }
    fake.requests().len()
}

#[tokio::test]
async fn a_server_that_is_down_is_left_alone() {
    // One attempt for each call, and so many retries for all of them.
    assert_eq!(attempts_in_an_outage(Client::builder()).await, 1100);
    let own = Client::builder().retry_budget(7);
    assert_eq!(attempts_in_an_outage(own).await, 1007);
    let none = Client::builder().retry_budget(0);
    assert_eq!(attempts_in_an_outage(none).await, 1000);
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_made_again() {
    let fake = FakeTransport::new([Scripted::Silence, ok(r#"{"total":1}"#)]);
    let builder = Client::builder().bearer_auth(KEY).clock(Fixed);
    let builder = builder.attempt_timeout(Duration::from_secs(2));
    let client = builder.transport(fake.clone()).build().unwrap();
    assert_eq!(client.agents().list().send().await.unwrap().total, Some(1));
    assert_eq!(
        fake.sleeps(),
        [Duration::from_secs(2), Duration::from_millis(500)]
    );
}

/// Takes note of each attempt, and signs it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Interceptor for Log {
    fn before(&self, attempt: &Attempt<'_>, request: &mut Request<Body>) -> Result<(), BoxError> {
        if attempt.number() > 2 {
            return Err("enough".into());
        }
        let signature = HeaderValue::from(attempt.number());
        request.headers_mut().insert("x-signature", signature);
        Ok(())
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let line = format!(
            "{} {} {:?}",
            attempt.method(),
            attempt.template(),
            outcome.status()
        );
        self.0.lock().unwrap().push(line);
    }
}

#[tokio::test]
async fn interceptors_see_and_change_every_attempt() {
    let log = Log::default();
    let fake = FakeTransport::new((0..3).map(|_| failure("503")));
    let builder = Client::builder().bearer_auth(KEY).interceptor(log.clone());
    let client = builder.transport(fake.clone()).build().unwrap();
    let error = client.flows().get(support::id()).send().await.unwrap_err();
    assert!(
        error.is_request() && error.to_string().ends_with("not sent: enough"),
        "{error}"
    );
    let signatures = fake.requests();
    let signatures: Vec<_> = signatures
        .iter()
        .map(|r| r.headers()["x-signature"].clone())
        .collect();
    assert_eq!(signatures, ["1", "2"]);
    assert_eq!(log.0.lock().unwrap()[0], "GET /flows/{flowId} Some(503)");
}

#[tokio::test]
async fn options_of_a_call_are_its_own() {
    let (client, fake) = client([ok("{}"), ok("{}")]);
    let call = client
        .agents()
        .list()
        .base_url("https://other.example/v2/")
        .query("trace", "a b");
    call.send().await.unwrap();
    client.agents().list().send().await.unwrap();
    let uris: Vec<String> = fake
        .requests()
        .iter()
        .map(|r| r.uri().to_string())
        .collect();
    assert_eq!(
        uris,
        [
            "https://other.example/v2/agents?trace=a%20b",
            "https://fleeceai.app/api/v1/agents"
        ]
    );
    let error = client
        .agents()
        .list()
        .base_url("http://other.example")
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_request() && error.to_string().contains("plain http"),
        "{error}"
    );
}
