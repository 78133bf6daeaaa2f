//! The library behind every client that clientsmith generates: requests, errors, transports, JSON.
//!
//! Generated crates re-export it as `runtime`, so their users rarely depend on it directly. Every call takes
//! the same path through it:
//!
//! ```text
//! Client ─▶ Call ─▶ Pending ─▶ pipeline ─▶ Transport ─▶ RawResponse ─▶ output or Error
//! ```
//!
//! # Responses
//!
//! Four types hold what a server sends:
//!
//! | type | contents | where it appears |
//! |---|---|---|
//! | [`Response`] | a success with its typed body, documented headers and all that came with it | `send_raw()` |
//! | [`ErrorResponse`] | a documented error with its typed body and headers | the variants of an operation's error |
//! | [`RawResponse`] | status, headers and bytes, before anything is read | [`FromResponse`] |
//! | [`AttemptOutcome`] | the result of one attempt: a response or an error | [`Interceptor::after`] |
//!
//! Every [`Error`] keeps the response as well, if one arrived: [`Error::status`], [`Error::headers`],
//! [`Error::body`].
//!
//! # Where to look
//!
//! Modules import each other in one direction only; DESIGN.md has the table, and a test enforces it.
//!
//! Public signatures name only `http`, `bytes`, `serde`, `serde_json` and `futures_core`. What
//! generated code needs beyond that is in a hidden module with a version in its name, so that an
//! old generated crate keeps working with a new runtime.

// A server may send anything, so a panic is always a bug in this crate.
#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod body;
mod call;
mod clock;
#[doc(hidden)]
pub mod codec;
mod context;
mod core;
mod error;
mod form;
mod hint;
mod hooks;
mod macros;
mod operation;
mod paging;
mod parameter;
mod pending;
mod pipeline;
mod response;
mod retry;
mod secret;
mod security;
mod stream;
#[cfg(any(test, feature = "test-util"))]
pub mod test_util;
mod timeout;
mod transport;
#[cfg(feature = "webhooks")]
mod webhook;
mod wire;

pub use crate::body::{Body, File};
pub use crate::call::Call;
pub use crate::clock::Clock;
#[doc(inline)]
pub use crate::codec::{
    Base64, Decode, Deviation, DeviationKind, Elements, Encode, Entries, Fault, Input, Members,
    Null, Number, Shape, Sink, Slot, Undeclared, from_slice, from_value, to_vec,
};
pub use crate::core::BuildError;
pub use crate::error::{ApiError, Erased, Error, Undocumented};
pub use crate::hint::RateLimit;
pub use crate::hooks::{Attempt, AttemptOutcome, Interceptor};
pub use crate::operation::Operation;
pub use crate::paging::{Items, Pages, Paging};
pub use crate::pending::Pending;
pub use crate::response::{ErrorResponse, FromHeaders, FromResponse, RawResponse, Response};
pub use crate::retry::Retry;
pub use crate::secret::Secret;
pub use crate::security::{ClientCredentials, CredentialProvider};
pub use crate::stream::{ByteStream, Event, EventStream, JsonLines};
pub use crate::transport::Transport;
pub use crate::wire::{BodyStream, BoxError, TransportError, TransportErrorKind, TransportFuture};

// Former names of these items, which generated crates may still import.
#[doc(hidden)]
pub use crate::{
    AttemptOutcome as Outcome, ErrorResponse as Reply, FromResponse as FromReply,
    RawResponse as RawReply,
};

#[cfg(feature = "webhooks")]
pub use crate::webhook::{Algorithm, Signed, WebhookError, WebhookVerifier};

pub use bytes;
pub use http;
#[cfg(feature = "jiff")]
pub use jiff;
pub use serde;
pub use serde_json;
#[cfg(feature = "uuid")]
pub use uuid;

#[doc(hidden)]
pub mod __private {
    pub mod v1 {
        //! The items that only generated code uses. They never change; an incompatible change goes into a `v2`.

        pub use http::Method;

        pub use crate::core::{Api, Builder, Core};
        pub use crate::form::Part;
        pub use crate::parameter::Style;
        pub use crate::response::header;
        pub use crate::security::{Credential, Requirements, Scheme, SchemeKind};
        pub use crate::{
            __v1_api_error as api_error, __v1_builder_settings as builder_settings,
            __v1_closed_integer_enum as closed_integer_enum,
            __v1_closed_string_enum as closed_string_enum, __v1_headers as headers,
            __v1_integer_enum as integer_enum, __v1_object as object, __v1_one_of as one_of,
            __v1_operation as operation, __v1_outcome as outcome, __v1_string_enum as string_enum,
            __v1_tagged as tagged,
        };
    }
}

/// The examples of the README are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
