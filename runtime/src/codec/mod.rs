//! Values and their JSON: reading, writing, and the macros that do both for generated types.

mod decode;
mod encode;
mod fault;
#[cfg(any(feature = "uuid", feature = "jiff"))]
mod formats;
mod macros;
mod scalar;
mod serde;

pub use self::serde::{deserialize, from_slice, serialize, to_vec};
pub use decode::{Decode, Elements, Input, Member, Members, Slot, read_object, required};
pub use encode::{Declared, Encode, Nullable, Sink, write_object};
pub use fault::Fault;
