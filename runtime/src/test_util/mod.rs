//! For tests of code that uses a generated client: responses without a network.

mod fake;
mod record;

// The former name of `Scripted`.
#[doc(hidden)]
pub use fake::Scripted as Answer;
pub use fake::{FakeTransport, Scripted, Sent, json, model, output, response};
pub use record::{Recorder, Replay, replay};
