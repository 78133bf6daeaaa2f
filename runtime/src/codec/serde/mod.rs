//! The bridge to serde: any of its deserializers is an [`Input`](super::Input), any of its serializers a
//! [`Sink`](super::Sink).
//!
//! Only this folder is generic over formats. It is compiled once per format, not once per model and
//! format, and JSON is read and written by `serde_json` through it.

mod read;
mod write;

use std::fmt;

use super::Fault;

pub use read::{deserialize, from_slice};
pub use write::{serialize, to_vec};

/// An error of the format itself, which may be noticed anywhere in a value.
#[cold]
fn syntax(error: &impl fmt::Display) -> Fault {
    Fault::new(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::__private::v1::object;
    use crate::{from_slice, to_vec};

    struct Named {
        name: String,
    }

    object! {
        Named {
            name = "name" required,
        }
    }

    #[test]
    fn bytes_that_are_no_text_matter_only_where_they_are_asked_for() {
        let named = from_slice::<Named>(b"{\"other\": \"\xff\", \"name\": \"a\"}").unwrap();
        assert_eq!(named.name, "a");
        assert!(from_slice::<Named>(b"{\"name\": \"\xff\"}").is_err());
    }

    #[test]
    fn a_member_of_a_map_may_be_null() {
        let map = BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(1))]);
        assert_eq!(to_vec(&map).unwrap(), br#"{"a":null,"b":1}"#);
    }
}
