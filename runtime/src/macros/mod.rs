//! The macros that generated code is made of: types, answers, operations, clients.
//!
//! A generated type is a plain struct or enum; one of these tables below it says how it looks on
//! the wire. They expand to little, and to nothing that is generic: see BENCHMARKS.md for what a
//! model costs the compiler.

mod client;
mod enumeration;
mod object;
mod operation;
mod reply;
mod union;
