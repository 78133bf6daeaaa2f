//! Canaries: credentials that must not appear in anything a program might print.

use std::fmt::Write;

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

fn client(script: impl IntoIterator<Item = Scripted>) -> Client {
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
async fn nothing_that_is_shown_holds_a_credential() {
    let mut text = shown().await;
    let refused = FakeTransport::new([json(401, r#"{"error":"no","hint":"canary-secret"}"#)]);
    let builder = Client::builder().oauth_client("app", "canary-secret");
    let client = builder.transport(refused).build().unwrap();
    let _ = write!(
        text,
        "{:?}",
        client.s().get_either().send().await.unwrap_err()
    );
    // The URL of a request is what is sent, so a key in it can be seen there and nowhere else.
    let text = text.replace("/both?key=canary-key", "/both");
    for canary in CANARIES {
        assert!(!text.contains(canary), "{canary} is shown:\n{text}");
    }
}
