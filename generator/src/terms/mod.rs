//! Terms: the words that both representations are written in.
//!
//! [`crate::ir`] and [`crate::named`] differ in what they say about an API, and agree on what a type, a
//! location or a status is.

mod about;
mod http;
mod value;

pub(crate) use about::{Contact, Doc, Info, SchemeKind, Security};
pub(crate) use http::{
    Encoding, MediaKind, ParameterLocation, PathPart, PathTemplate, StatusKey, Style,
};
pub(crate) use value::{Repr, Scalar, Type, TypeId, TypeRef};
