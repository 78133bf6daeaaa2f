//! For tests of code that uses a generated client: answers without a network.

mod fake;
mod record;

pub use fake::{Answer, FakeTransport, Sent, json, model, output, response};
pub use record::{Recorder, Replay, replay};
