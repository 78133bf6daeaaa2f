//! Unions against serde's derive: where that sees one alternative, it is that one here.
#![no_main]

use std::collections::BTreeSet;

use clientsmith_runtime::__private::v1::{object, one_of, tagged};
use clientsmith_runtime::Undeclared;
use clientsmith_runtime::serde_json::Value;
use libfuzzer_sys::fuzz_target;

/// As serde's derive reads them.
mod derived {
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Cat {
        pub(crate) kind: String,
        pub(crate) claws: Option<i64>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Dog {
        pub(crate) kind: String,
        pub(crate) bark: bool,
        pub(crate) names: Option<Vec<String>>,
    }
}

struct Cat {
    kind: String,
    claws: Option<i64>,
    undeclared: Undeclared,
}

struct Dog {
    kind: String,
    bark: bool,
    names: Option<Vec<String>>,
    undeclared: Undeclared,
}

/// It does not declare the tag, which the union writes.
struct Bird {
    wings: Option<i64>,
}

impl PartialEq<Cat> for derived::Cat {
    fn eq(&self, other: &Cat) -> bool {
        self.kind == other.kind && self.claws == other.claws
    }
}

impl PartialEq<Dog> for derived::Dog {
    fn eq(&self, other: &Dog) -> bool {
        self.kind == other.kind && self.bark == other.bark && self.names == other.names
    }
}

object! { Cat with undeclared { kind = "kind" required, claws = "claws" optional, } }
object! { Dog with undeclared { kind = "kind" required, bark = "bark" required, names = "names" optional, } }

object! { Bird { wings = "wings" optional, } }

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Cat(Cat),
    Dog(Dog),
    Bird(Bird),
    Unknown(Value),
}

tagged! { Tagged by "kind" { Cat = "cat" | "lion", Dog = "dog", Bird = "bird", } }

#[derive(Debug, Clone, PartialEq)]
enum Looked {
    Text(String),
    Numbers(Vec<i64>),
    Cat(Cat),
    Dog(Dog),
    Unknown(Value),
}

one_of! { Looked { Text, Numbers, Cat, Dog, } }

fuzz_target!(|bytes: &[u8]| {
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        // The runtime reads numbers that are larger than any `f64`.
        Err(error) if error.to_string().contains("out of range") => return,
        Err(_) => {
            assert!(clientsmith_runtime::from_slice::<Looked>(bytes).is_err());
            return;
        }
    };
    let text = value.to_string();
    let (cat, dog) = (
        serde_json::from_str::<derived::Cat>(&text),
        serde_json::from_str::<derived::Dog>(&text),
    );
    let kind = value
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if let Ok(tagged) = clientsmith_runtime::from_slice::<Tagged>(text.as_bytes()) {
        match &tagged {
            Tagged::Cat(read) => assert!(
                ["cat", "lion"].contains(&kind) && cat.as_ref().is_ok_and(|cat| cat == read)
                    || cat.is_err()
            ),
            Tagged::Dog(read) => {
                assert!(kind == "dog" && dog.as_ref().is_ok_and(|dog| dog == read) || dog.is_err())
            }
            Tagged::Bird(_) => assert_eq!(kind, "bird"),
            Tagged::Unknown(read) => assert_eq!(read.to_string(), text),
        }
        let written = clientsmith_runtime::to_vec(&tagged).unwrap();
        let again = clientsmith_runtime::from_slice::<Tagged>(&written).unwrap();
        assert_eq!(again, tagged, "{text}");
        let written: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(written.get("kind"), value.get("kind"), "{text}");
    }
    let looked = clientsmith_runtime::from_slice::<Looked>(text.as_bytes());
    match (&cat, &dog, looked) {
        // serde's derive reads a struct from an array too; JSON has objects for that.
        _ if !value.is_object() => {}
        (Ok(cat), Err(_), Ok(Looked::Cat(read))) => assert!(*cat == read, "{text}"),
        (Err(_), Ok(dog), Ok(Looked::Dog(read))) => assert!(*dog == read, "{text}"),
        (Ok(_), Err(_), other) | (Err(_), Ok(_), other) => panic!("{text} is {other:?}"),
        _ => {}
    }
    // What was read is written as it was, if nothing of it was unknown.
    if let Ok(known) = clientsmith_runtime::from_slice::<Looked>(text.as_bytes()) {
        let written = clientsmith_runtime::to_vec(&known).unwrap();
        assert_eq!(
            clientsmith_runtime::from_slice::<Looked>(&written).unwrap(),
            known
        );
        // Nothing is lost, whether it is declared or not and whether it fits or not.
        let written: Value = serde_json::from_slice(&written).unwrap();
        let names = |value: &Value| -> Option<BTreeSet<String>> {
            Some(value.as_object()?.keys().cloned().collect())
        };
        assert_eq!(names(&written), names(&value), "{text}");
    }
});
