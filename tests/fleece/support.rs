//! What the tests of the Fleece client have in common.

use bytes::Bytes;
use fleece_ai::Client;
use fleece_ai::runtime::test_util::{FakeTransport, Scripted, json};
use fleece_ai::runtime::uuid::Uuid;
use fleece_ai::runtime::{Body, Retry};
use http::Request;

/// A credential that must not appear anywhere.
pub(crate) const KEY: &str = "flc_canary0123456789abcdef";

pub(crate) const ID: &str = "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b";
pub(crate) const OTHER_ID: &str = "99999999-1c2d-4e5f-8a9b-0c1d2e3f4a5b";

/// What the client calls itself.
pub(crate) const RUNTIME_AGENT: &str = "fleece-ai/1.0.0 clientsmith/0.1.0";

pub(crate) fn id() -> Uuid {
    ID.parse().unwrap()
}

pub(crate) fn other_id() -> Uuid {
    OTHER_ID.parse().unwrap()
}

/// A client whose requests go to a script, one attempt each.
pub(crate) fn client(script: impl IntoIterator<Item = Scripted>) -> (Client, FakeTransport) {
    let fake = FakeTransport::new(script);
    let builder = Client::builder()
        .bearer_auth(KEY)
        .retry(Retry::none())
        .transport(fake.clone());
    (builder.build().unwrap(), fake)
}

/// A success with a JSON body.
pub(crate) fn ok(body: &str) -> Scripted {
    json(200, body)
}

/// The first line of a request.
pub(crate) fn line(method: &str, path: &str) -> String {
    format!("{method} https://fleeceai.app/api/v1{path}")
}

/// A request as text: its line, its headers sorted by name, its body.
pub(crate) fn raw<B: Content>(request: &Request<B>) -> String {
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap()))
        .collect();
    headers.sort();
    let body = std::str::from_utf8(request.body().content()).unwrap();
    format!(
        "{} {}\n{}\n{body}",
        request.method(),
        request.uri(),
        headers.concat()
    )
}

/// An answer with a status and a JSON body.
pub(crate) fn answer(status: u16, body: &str) -> Scripted {
    json(status, body)
}

/// What a request carries, before it is sent and when it is.
pub(crate) trait Content {
    fn content(&self) -> &[u8];
}

impl Content for Bytes {
    fn content(&self) -> &[u8] {
        self
    }
}

impl Content for Body {
    fn content(&self) -> &[u8] {
        self.as_bytes().expect("the body is no stream")
    }
}
