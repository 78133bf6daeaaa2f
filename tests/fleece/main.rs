//! The Fleece client as its users have it: what it sends, what it makes of answers, what it shows.

mod answers;
mod builder;
mod cancellation;
mod errors;
mod faults;
mod requests;
mod retries;
mod secrets;
mod socket;
mod support;
mod testing;
mod tokens;
