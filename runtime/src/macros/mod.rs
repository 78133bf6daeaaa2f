//! The macros that generated code is made of: types, responses, operations, clients.
//!
//! A generated type is a plain struct or enum; one of these tables below it says how it looks on
//! the wire. They expand to little, and to nothing that is generic: see BENCHMARKS.md for what a
//! model costs the compiler.
//!
//! An API may call a type or an operation anything, so what is named here has a path. Only in the macros
//! of types `Ok`, `Err`, `Some` and `None` have none: a module of types has nothing that is called like a
//! function, and so nothing that could hide them.

mod client;
mod enumeration;
mod object;
mod operation;
mod response;
mod union;
