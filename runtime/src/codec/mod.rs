//! Values and their JSON: reading and writing.

mod base64;
mod decode;
mod deviation;
mod encode;
mod fault;
#[cfg(any(feature = "uuid", feature = "jiff"))]
mod formats;
mod model;
mod number;
mod object;
mod record;
mod scalar;
mod serde;
mod shape;
mod strict;
mod tag;
mod tuples;
mod undeclared;
mod union;
mod value;
mod variant;

pub use self::serde::{deserialize, from_slice, serialize, to_vec};
pub use base64::Base64;
pub use decode::{Decode, Elements, Input, Members, Slot};
pub use deviation::{Deviation, DeviationKind};
pub(crate) use deviation::{deviations, noted};
pub use encode::{Encode, Sink};
pub use fault::{Fault, undeclared};
pub(crate) use model::members;
pub use model::{Field, copy, debug, equal};
pub use number::Number;
pub use object::{Entries, Object, Others, Rest, write_object};
pub use record::{More, Record, Slots, record};
pub use scalar::Null;
pub use shape::Shape;
pub use strict::{kept, listed};
pub use tag::write_tagged;
pub use undeclared::Undeclared;
pub use union::{Tagged, Trials, fit_variant, tag_of};
pub use value::from_value;
pub use variant::{in_variant, is_text, unknown, write_variant};
