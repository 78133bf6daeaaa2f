//! What every client written by clientsmith shares: requests, errors, transports, JSON.
//!
//! Users of a generated crate meet these types through it and rarely name this crate. A call goes
//! one way through it:
//!
//! ```text
//! Client ─▶ Call ─▶ Pending ─▶ pipeline ─▶ Transport ─▶ RawReply ─▶ output or Error
//! ```
//!
//! Public signatures name only `http`, `bytes`, `serde`, `serde_json` and `futures_core`. What
//! generated code needs beyond that is in a hidden module with a version in its name, so that an
//! old generated crate keeps working with a new runtime.

// Servers send what they want; a panic is a fault of ours, not an answer.
#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod call;
pub mod codec;
mod core;
mod error;
mod operation;
mod parameter;
mod pending;
mod pipeline;
mod reply;
mod secret;
mod security;
mod timeout;
mod transport;

pub use crate::call::Call;
pub use crate::codec::{Decode, Encode, Fault, from_slice, to_vec};
pub use crate::core::BuildError;
pub use crate::error::{Erased, Error, Undocumented};
pub use crate::operation::{ApiError, Operation};
pub use crate::pending::Pending;
pub use crate::reply::{FromHeaders, FromReply, RawReply, Reply, Response};
pub use crate::secret::Secret;
pub use crate::transport::{
    BodyStream, Transport, TransportError, TransportErrorKind, TransportFuture,
};

pub use bytes;
pub use http;
#[cfg(feature = "jiff")]
pub use jiff;
pub use serde_json;
#[cfg(feature = "uuid")]
pub use uuid;

/// For tests of code that uses a generated client: answers without a network.
#[cfg(any(test, feature = "test-util"))]
pub mod test_util {
    pub use crate::transport::fake::{Answer, FakeTransport, json, response};
}

#[doc(hidden)]
pub mod __private {
    pub mod v1 {
        //! What generated code needs. It never changes; what must change becomes `v2`.

        pub use http::Method;
        pub use serde;

        pub use crate::codec::{
            Input, Nullable, Sink, deserialize, read_object, required, serialize, write_object,
        };
        pub use crate::core::{Api, Builder, Core};
        pub use crate::reply::header;
        pub use crate::secret::Redacted;
        pub use crate::security::{Credential, Requirements, Scheme};
        pub use crate::{
            __v1_api_error as api_error, __v1_builder_settings as builder_settings,
            __v1_headers as headers, __v1_object as object, __v1_operation as operation,
            __v1_string_enum as string_enum,
        };
    }
}
