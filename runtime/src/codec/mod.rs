//! Values and their JSON: reading and writing.

mod base64;
mod decode;
mod encode;
mod fault;
#[cfg(any(feature = "uuid", feature = "jiff"))]
mod formats;
mod nulls;
mod scalar;
mod serde;
mod union;
mod value;

pub use self::serde::{deserialize, from_slice, serialize, to_vec};
pub use base64::Base64;
pub use decode::{Decode, Elements, Input, Member, Members, Rest, Slot, read_object, required};
pub use encode::{Declared, Encode, Nullable, Others, Sink, write_object};
pub use fault::{Fault, undeclared};
pub use nulls::Nulls;
pub use scalar::Null;
pub use union::{Tagged, Trait, choose, decode_or_keep, fit_object, fit_variant, tag_of};
pub use value::from_value;
