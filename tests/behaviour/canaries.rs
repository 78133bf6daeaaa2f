//! Canaries: credentials that must not appear in anything a program might print.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::generated::security_in_every_form::Client;
use crate::*;

const CANARIES: [&str; 7] = [
    "canary-token",
    "canary-user-password",
    "canary-id",
    "canary-key",
    "canary-cookie",
    "canary-access",
    "canary-secret",
];

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

fn client(script: impl IntoIterator<Item = Answer>) -> Client {
    let builder = Client::builder()
        .token("canary-token")
        .basic("user", "canary-user-password")
        .app_id("canary-id")
        .app_key("canary-key")
        .cookie("canary-cookie")
        .retry(clientsmith_runtime::Retry::none())
        .transport(FakeTransport::new(script));
    let shown = format!("{builder:?}");
    assert!(
        CANARIES.iter().all(|canary| !shown.contains(canary)),
        "{shown}"
    );
    builder.build().unwrap()
}

/// Makes calls with every kind of credential, well and badly; what was shown of them.
async fn shown() -> String {
    // A server may repeat what it was sent.
    let echo = |status| {
        response(
            status,
            &[("x-echo", "canary-token")],
            "canary-key canary-cookie",
        )
    };
    let mut text = String::new();
    for status in [204, 400, 500] {
        let client = client((0..6).map(|_| echo(status)));
        let _ = write!(text, "{client:?}");
        macro_rules! show {
            ($($call:expr),*) => {$(
                let call = $call;
                let _ = write!(text, "{call:?} {:?}", call.clone().into_request().unwrap());
                let result = call.send().await;
                let _ = write!(text, "{result:?}");
                if let Err(error) = result {
                    let _ = write!(text, "{error} {error:#?}");
                    let _ = write!(text, "{:?}", error.erase());
                }
            )*};
        }
        show!(
            client.s().get_default(),
            client.s().get_optional(),
            client.s().get_both(),
            client.s().get_either()
        );
    }
    text
}

#[tokio::test]
async fn nothing_that_is_shown_or_logged_holds_a_credential() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let mut text = shown().await;
    let refused = FakeTransport::new([json(401, r#"{"error":"no","hint":"canary-secret"}"#)]);
    let builder = Client::builder().oauth_client("app", "canary-secret");
    let client = builder.transport(refused).build().unwrap();
    let _ = write!(
        text,
        "{:?}",
        client.s().get_either().send().await.unwrap_err()
    );
    drop(guard);
    let logged = log.0.lock().unwrap().clone();
    text.push_str(&logged);
    // The URL of a request is what is sent, so a key in it can be seen there and nowhere else.
    let text = text.replace("/both?key=canary-key", "/both");
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} is shown:\n{text}");
    }
    assert!(
        logged.contains("span HTTP request otel.name=GET /default"),
        "{logged}"
    );
    assert!(
        logged.contains("url.template=\"/both\"")
            && logged.contains("http.response.status_code=400"),
        "{logged}"
    );
}
