//! What is read, seen, and written again.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::__private::v1::{object, one_of, string_enum};
use crate::codec::{Undeclared, deviations};
use crate::{from_slice, to_vec};

#[derive(Debug, Clone)]
enum Mood {
    Good,
    Unknown(String),
}

string_enum! {
    Mood {
        Good = "good",
    }
}

struct Bird {
    name: String,
    age: Option<i64>,
    mood: Option<Mood>,
    nests: Option<Vec<Nest>>,
    undeclared: Undeclared,
}

object! {
    Bird with undeclared {
        name = "name" required,
        age = "age" optional,
        mood = "mood" optional,
        nests = "nests" optional,
    }
}

struct Nest {
    eggs: i64,
    undeclared: Undeclared,
}

object! {
    Nest with undeclared, closed {
        eggs = "eggs" required,
    }
}

struct Counts {
    all: Option<i64>,
    others: BTreeMap<String, i64>,
    undeclared: Undeclared,
}

object! {
    Counts with undeclared {
        all = "all" optional,
        ..others,
    }
}

fn read<T: crate::Decode>(value: &Value) -> T {
    from_slice(value.to_string().as_bytes()).unwrap()
}

fn written(value: &dyn crate::Encode) -> Value {
    serde_json::from_slice(&to_vec(value).unwrap()).unwrap()
}

fn deviating(value: &dyn crate::Encode) -> Vec<String> {
    deviations(value).iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_not_declared_is_kept_and_written_again() {
    let value = json!({"name": "a", "wings": {"left": 1, "right": [null]}, "age": null});
    let mut bird: Bird = read(&value);
    assert_eq!(written(&bird), value);
    assert_eq!(bird.undeclared.get("wings"), Some(&value["wings"]));
    assert!(deviating(&bird).is_empty());
    assert_eq!(
        format!("{bird:?}"),
        r#"Bird { name: "a", age: None, mood: None, nests: None, undeclared: 1 kept }"#
    );
    let other = bird.clone();
    bird.undeclared.insert("wings", 2);
    assert_ne!(bird, other);
    assert_eq!(written(&bird)["wings"], 2);
    bird.undeclared.remove("wings");
    assert_eq!(written(&bird), json!({"name": "a", "age": null}));
}

#[test]
fn an_optional_member_that_does_not_fit_is_absent_and_written_again_unless_it_is_set() {
    for (age, nests) in [
        (json!("old"), json!([{"eggs": 2}])),
        (
            json!({"years": [1]}),
            json!([{"eggs": 1}, {"eggs": "many"}]),
        ),
        (json!(true), json!("none")),
    ] {
        let value = json!({"name": "a", "age": age, "nests": nests});
        let mut bird: Bird = read(&value);
        assert_eq!((bird.age, bird.name.as_str()), (None, "a"));
        assert_eq!(written(&bird), value);
        assert_eq!(
            deviating(&bird)[0],
            "age: the value is not what is documented"
        );
        bird.age = Some(7);
        assert_eq!(written(&bird)["age"], 7);
    }
}

#[test]
fn a_required_member_must_fit() {
    let fault = from_slice::<Bird>(br#"{"name": 1}"#).unwrap_err();
    assert_eq!(fault.to_string(), "name: expected a string, found 1");
    assert!(from_slice::<Bird>(b"{}").is_err());
}

#[test]
fn a_closed_object_drops_what_it_does_not_declare_and_says_so() {
    let value = json!({"name": "a", "nests": [{"eggs": 1, "straw": 5, "moss": 1}]});
    let bird: Bird = read(&value);
    assert_eq!(written(&bird), json!({"name": "a", "nests": [{"eggs": 1}]}));
    assert_eq!(deviating(&bird), ["nests[0]: 2 members are not documented"]);
}

#[test]
fn an_additional_member_that_does_not_fit_is_kept_apart() {
    let value = json!({"all": 2, "a": 1, "b": "one", "c": null});
    let mut counts: Counts = read(&value);
    assert_eq!(counts.others, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(written(&counts), value);
    assert_eq!(
        deviating(&counts),
        [
            "b: the value is not what is documented",
            "c: the value is not what is documented"
        ]
    );
    counts.others.insert("b".to_owned(), 1);
    assert_eq!(
        written(&counts),
        json!({"all": 2, "a": 1, "b": 1, "c": null})
    );
}

#[test]
fn serde_reads_what_deviates_in_one_go() {
    let value = json!({"name": "a", "age": "old", "wings": 2});
    let bird: Bird = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&bird).unwrap(), value);
}

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Nest(Nest),
    Bird(Bird),
    Unknown(Value),
}

one_of! {
    Either {
        Nest,
        Bird,
    }
}

struct Old {
    name: String,
    age: Option<String>,
}

object! {
    Old {
        name = "name" required,
        age = "age" optional,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Aged {
    Bird(Bird),
    Old(Old),
    Unknown(Value),
}

one_of! {
    Aged {
        Bird,
        Old,
    }
}

#[test]
fn a_union_takes_the_type_that_reads_strictly() {
    assert!(matches!(
        read(&json!({"name": "a", "age": 1})),
        Aged::Bird(_)
    ));
    assert!(matches!(
        read(&json!({"name": "a", "age": "1"})),
        Aged::Old(_)
    ));
    // A value that an enum does not declare deviates too, if there is a type that it is none for.
    let moody = json!({"name": "a", "mood": "bad"});
    assert!(matches!(read(&moody), Aged::Old(_)));
    let moody = json!({"name": "a", "mood": "bad", "age": 1});
    assert!(matches!(read(&moody), Aged::Bird(_)));
    // None reads strictly: the one that fits best at a glance.
    let neither = json!({"name": "a", "age": [], "mood": "good"});
    let Aged::Bird(bird) = read(&neither) else {
        panic!()
    };
    assert_eq!(written(&bird), neither);
    assert!(matches!(read(&json!({"eggs": 1})), Either::Nest(_)));
    assert_eq!(
        read::<Either>(&json!({"eggs": "x"})),
        Either::Unknown(json!({"eggs": "x"}))
    );
}
