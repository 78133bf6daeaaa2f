//! What a client logs: spans and events by OpenTelemetry's names, and no secret.
//!
//! It is a test of its own because whether a place logs is decided once for the whole process.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use fleece_ai::Client;
use fleece_ai::runtime::test_util::{FakeTransport, json, response};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Everything that is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0.lock().unwrap(), " {field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("clientsmith_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let _ = write!(self.0.lock().unwrap(), "\nspan {}", span.metadata().name());
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let _ = write!(self.0.lock().unwrap(), "\nevent");
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let key = "flc_canary";
    let limited = response(429, &[("retry-after", "0")], "flc_canary");
    let fake = FakeTransport::new([limited, json(404, r#"{"error":"flc_canary"}"#)]);
    let client = Client::builder()
        .bearer_auth(key)
        .transport(fake)
        .build()
        .unwrap();
    let id = "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b".parse().unwrap();
    client.flows().get(id).send().await.unwrap_err();

    let logged = log.0.lock().unwrap().clone();
    let expected = "\nspan HTTP request otel.name=GET /flows/{flowId} otel.kind=\"client\" \
        http.request.method=GET url.template=\"/flows/{flowId}\"\
        \nevent http.response.status_code=429 http.request.resend_count=0 message=attempt\
        \nevent http.response.status_code=404 http.request.resend_count=1 message=attempt";
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(sorted(&logged), sorted(expected), "{logged}");
    assert!(
        !logged.contains(key) && !logged.contains(&id.to_string()),
        "{logged}"
    );
}

#[tokio::test]
async fn an_answer_that_is_not_as_documented_is_said_without_its_values() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let answers = [r#"{"name": "a"}"#, r#"{"name": ["flc_canary"], "more": 1}"#];
    let fake = FakeTransport::new(answers.map(|body| json(200, body)));
    let client = Client::builder().bearer_auth("k").transport(fake);
    let client = client.build().unwrap();
    for _ in answers {
        let id = "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b".parse().unwrap();
        client.agents().get(id).send().await.unwrap();
    }
    let logged = log.0.lock().unwrap().clone();
    let events: Vec<&str> = logged
        .lines()
        .filter(|line| line.contains("documented"))
        .collect();
    let [event] = events.as_slice() else {
        panic!("{logged}");
    };
    assert!(
        event.contains("first=name: the value is not what is documented"),
        "{event}"
    );
    assert!(
        event.contains("count=1") && !logged.contains("flc_canary"),
        "{logged}"
    );
}
