//! The macros that generated code is made of: types, responses, operations, clients.
//!
//! A generated type is a plain struct or enum; one of these tables below it says how it looks on
//! the wire. They expand to little, and to nothing that is generic: see BENCHMARKS.md for what a
//! model costs the compiler.
//!
//! An API may give a type or an operation any name, so macros refer to every item by its full path. Exceptions
//! are `Ok`, `Err`, `Some` and `None` in the macros of types: a module of types has nothing that is called like
//! a function, so nothing in it can shadow them.

mod client;
mod enumeration;
mod object;
mod operation;
mod response;
mod union;
