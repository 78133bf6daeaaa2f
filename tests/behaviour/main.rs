//! The behaviour of generated code: each folder in `tests/fixtures` pins a part of it. `build.rs`
//! generates a module for each; here they are compiled and run.

mod answers;
mod bodies;
mod canaries;
mod deviations;
mod documents;
mod names;
mod paging;
mod parameters;
mod properties;
mod schemas;
mod security;
mod unions;

use bytes::Bytes;
use clientsmith_runtime::test_util::{FakeTransport, Scripted, json, response};
use http::Request;
use serde_json::json as value;

mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// A client of a fixture that needs no credential, on a script.
#[macro_export]
macro_rules! client {
    ($module:ident, $($answer:expr),*) => {{
        let fake = FakeTransport::new([$($answer),*]);
        let builder = $crate::generated::$module::Client::builder()
            .retry(clientsmith_runtime::Retry::none())
            .transport(fake.clone());
        (builder.build().unwrap(), fake)
    }};
}

/// Reads and writes a value of a type.
fn round<T: clientsmith_runtime::Decode + clientsmith_runtime::Encode>(json: &str) -> String {
    let value: T = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
    String::from_utf8(clientsmith_runtime::to_vec(&value).unwrap()).unwrap()
}

/// Checks that a value comes back as it was.
fn survives<T: clientsmith_runtime::Decode + clientsmith_runtime::Encode>(json: &str) {
    assert_eq!(round::<T>(json), json);
}

/// Where a value is not as it is documented.
fn deviations<T: clientsmith_runtime::Decode>(json: &str) -> Vec<String> {
    let value: T = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
    let deviations = clientsmith_runtime::FromResponse::deviations(&value);
    deviations.iter().map(ToString::to_string).collect()
}

fn line(request: &Request<Bytes>) -> String {
    format!("{} {}", request.method(), request.uri())
}

/// The value of a header of a request; empty if it has none.
fn header<'r>(request: &'r Request<Bytes>, name: &str) -> &'r str {
    let value = request.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

fn body(request: &Request<Bytes>) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

fn nothing() -> Scripted {
    response(204, &[], "")
}
