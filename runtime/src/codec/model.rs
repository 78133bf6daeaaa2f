//! Models: `Debug` and `PartialEq` by means of `Encode`, instead of `derive`.
//!
//! `derive(Debug, PartialEq)` generates two functions that name every field. A model already names its fields
//! in its `Encode`, and the functions here get them from there (`BENCHMARKS.md`, "What a model costs").
//!
//! `Clone` does not work that way, although it could: it would have to read the fields like JSON, which needs
//! so much stack per level (10 kB for 40 members) that deeply nested values from a server would overflow it.

use std::any::Any;
use std::fmt;

use super::{Decode, Encode, Entries, Fault, Sink};
use crate::secret::Redacted;

/// The value of a field.
pub trait Field: Encode + fmt::Debug {
    /// The value as it is written.
    fn as_encode(&self) -> &dyn Encode;

    /// The value as it is.
    fn as_any(&self) -> &dyn Any;

    /// Whether it equals the same field of another value.
    fn equals(&self, other: &dyn Field) -> bool;
}

// The bound is `Decode`, whose supertraits are all that is needed: that is one bound less for the compiler to
// check for each type of field.
impl<T: Decode> Field for T {
    fn as_encode(&self) -> &dyn Encode {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Field) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }
}

/// Clones a field. It is not inlined, because the compiler would keep each inlined copy for other crates.
#[must_use]
#[inline(never)]
pub fn copy<T: Clone>(field: &T) -> T {
    field.clone()
}

/// Whether all fields of two models of one type are equal.
#[must_use]
pub fn equal(one: &dyn Encode, other: &dyn Encode) -> bool {
    let mut equal = false;
    // A model is an object, so neither of them can fail.
    let _ = members(one, &mut |one| {
        let one_kept = one.undeclared();
        members(other, &mut |other| {
            let mut pairs = one.fields().zip(other.fields());
            equal = pairs.all(|(one, other)| one.equals(other)) && one_kept == other.undeclared();
            Ok(())
        })
    });
    equal
}

/// Writes a model as `derive(Debug)` would, with the values of secret fields redacted. `spelled` is the name
/// of the type and those of its fields, with commas between and `secret` behind those that are.
///
/// # Errors
///
/// The error of the formatter, if it fails.
pub fn debug(model: &dyn Encode, spelled: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut names = spelled.split(',').map(str::split_ascii_whitespace);
    let name = names.next().and_then(|mut words| words.next());
    let mut f = f.debug_struct(name.unwrap_or_default());
    // A model is an object, so this cannot fail.
    let _ = members(model, &mut |members| {
        for (mut words, value) in names.by_ref().zip(members.fields()) {
            let name = words.next().unwrap_or_default();
            let name = name.strip_prefix("r#").unwrap_or(name);
            match words.next() {
                Some(_secret) => f.field(name, &Redacted),
                None => f.field(name, &value),
            };
        }
        if let Some(kept) = members.undeclared().filter(|kept| !kept.is_empty()) {
            f.field("undeclared", kept);
        }
        Ok(())
    });
    f.finish()
}

/// Shows the members of an object; `null` has none.
///
/// # Errors
///
/// What `visit` returns, and a fault if the value is something else.
pub(crate) fn members(
    value: &dyn Encode,
    visit: &mut dyn FnMut(&Entries<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    value.encode(&mut Members(visit))
}

/// A sink that accepts only objects and `null`.
struct Members<'v>(&'v mut dyn FnMut(&Entries<'_>) -> Result<(), Fault>);

impl Sink for Members<'_> {
    fn null(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), Fault> {
        Err(no_object())
    }

    fn integer(&mut self, _: i64) -> Result<(), Fault> {
        Err(no_object())
    }

    fn unsigned(&mut self, _: u64) -> Result<(), Fault> {
        Err(no_object())
    }

    fn float(&mut self, _: f64) -> Result<(), Fault> {
        Err(no_object())
    }

    fn string(&mut self, _: &str) -> Result<(), Fault> {
        Err(no_object())
    }

    fn array(&mut self, _: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        Err(no_object())
    }

    fn object(&mut self, members: &Entries<'_>) -> Result<(), Fault> {
        (self.0)(members)
    }
}

fn no_object() -> Fault {
    Fault::new("only an object has members")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::__private::v1::object;
    use crate::codec::{Undeclared, from_slice, to_vec};

    /// What `object!` writes, and what the compiler would.
    mod derived {
        use std::collections::BTreeMap;

        #[derive(Debug, Clone, PartialEq)]
        pub(super) struct Key {
            pub(super) r#type: String,
            pub(super) owner: Option<f64>,
            pub(super) others: BTreeMap<String, i64>,
        }
    }

    struct Key {
        r#type: String,
        owner: Option<f64>,
        undeclared: Undeclared,
        others: BTreeMap<String, i64>,
    }

    object! {
        Key with undeclared {
            r#type = "type" required,
            owner = "ownerName" optional,
            ..others,
        }
    }

    struct Password {
        secret: i64,
        text: Option<String>,
    }

    object! {
        Password {
            secret = "secret" required,
            text = "text" optional secret,
        }
    }

    fn keys(r#type: &str, owner: Option<f64>, other: i64) -> (Key, derived::Key) {
        let others = BTreeMap::from([("other".to_owned(), other)]);
        let key = Key {
            r#type: r#type.to_owned(),
            owner,
            undeclared: Undeclared::default(),
            others: others.clone(),
        };
        let derived = derived::Key {
            r#type: r#type.to_owned(),
            owner,
            others,
        };
        (key, derived)
    }

    #[test]
    fn models_are_equal_when_all_their_fields_are() {
        let all = [
            keys("a", None, 1),
            keys("a", Some(1.0), 1),
            keys("a", Some(f64::NAN), 1),
            keys("a", Some(1.0), 2),
            keys("b", Some(1.0), 1),
        ];
        for (one, derived) in &all {
            for (other, other_derived) in &all {
                assert_eq!(
                    one == other,
                    derived == other_derived,
                    "{one:?} and {other:?}"
                );
            }
            assert_eq!(one.clone() == *one, derived.clone() == *derived);
        }
    }

    #[test]
    fn a_clone_is_written_like_its_model() {
        for text in [
            r#"{"type":"a","ownerName":1.5,"more":8,"other":7}"#,
            r#"{"type":"a","ownerName":null}"#,
            r#"{"type":"a"}"#,
        ] {
            let key: Key = from_slice(text.as_bytes()).unwrap();
            let clone = key.clone();
            drop(key);
            assert_eq!(String::from_utf8(to_vec(&clone).unwrap()).unwrap(), text);
        }
    }

    /// One with many members, in itself.
    macro_rules! nested {
        ($($field:ident $name:literal)*) => {
            struct Nested {
                $($field: Option<String>,)*
                next: Option<Box<Nested>>,
            }

            object! {
                Nested {
                    $($field = $name optional,)*
                    next = "next" optional,
                }
            }
        };
    }

    nested! {
        a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i" j "j" k "k" l "l" m "m" n "n" o "o" p "p"
        q "q" r "r" s "s" t "t" u "u" v "v" w "w" x "x" y "y" z "z" aa "aa" ab "ab" ac "ac" ad "ad"
        ae "ae" af "af" ag "ag" ah "ah" ai "ai" aj "aj" ak "ak" al "al" am "am" an "an"
    }

    #[test]
    fn what_can_be_read_on_a_threads_stack_can_be_cloned_compared_and_shown() {
        // As deeply as `serde_json` reads.
        let text = format!("{}{{}}{}", r#"{"next":"#.repeat(126), "}".repeat(126));
        let test = move || {
            let model: Nested = from_slice(text.as_bytes()).unwrap();
            let clone = model.clone();
            assert_eq!(clone, model);
            assert!(format!("{clone:?}").contains("next"));
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        thread.spawn(test).unwrap().join().unwrap();
    }

    #[test]
    fn models_look_as_if_they_derived_it() {
        let (key, derived) = keys("a", Some(1.5), 7);
        assert_eq!(format!("{key:?}"), format!("{derived:?}"));
        assert_eq!(format!("{key:#?}"), format!("{derived:#?}"));
    }

    #[test]
    fn secrets_are_redacted() {
        let password = Password {
            secret: 1,
            text: Some("sesame".to_owned()),
        };
        assert_eq!(
            format!("{password:?}"),
            "Password { secret: 1, text: redacted }"
        );
    }
}
