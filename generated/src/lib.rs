// Written by clientsmith from the API's description; edits will be lost.

//! Rust client of the Fleece AI API.
//!
//! The Fleece AI REST API lets you manage agents, trigger flows, and retrieve execution
//! results programmatically. API access requires a **Pro plan or higher**.
//!
//! All requests must include a valid API key in the `Authorization` header:
//! ```text
//! Authorization: Bearer flc_your_key_here
//! ```
//!
//! API keys can be created from **Settings > API Keys** in the Fleece AI dashboard.
//!
//! # Quick start
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use fleece_ai::Client;
//!
//! let client = Client::from_env()?;
//! let answer = client.agents().list().send().await?;
//! println!("{answer:#?}");
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! What the API documents is typed per operation: `Error::api` returns it. Whatever else can
//! happen is in `Error` too, with the status, the headers and the body of the answer.
//!
//! `Client::from_env` reads credentials from the environment, and `FLEECE_BASE_URL`.

#![allow(
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    rustdoc::bare_urls,
    reason = "descriptions are the API's own Markdown"
)]
#![allow(
    clippy::disallowed_names,
    clippy::should_implement_trait,
    reason = "things are called what the API calls them"
)]
#![allow(clippy::type_complexity, reason = "types nest as deep as the API's schemas")]
#![forbid(unsafe_code)]

pub mod agents;
pub mod api_keys;
mod client;
pub mod errors;
pub mod flows;
pub mod types;

pub use client::{Client, ClientBuilder};

pub use clientsmith_runtime::{self as runtime, Error, Response};
