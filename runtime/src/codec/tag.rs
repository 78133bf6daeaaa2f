//! Tags: the property of an object that says which type of a union it is (OpenAPI 3.1 §4.8.25).
//!
//! The type need not declare the property, and a value of it may hold another text than the union needs. So the
//! union writes the tag: it goes in front if the object has none, and takes the place of one that means another
//! type. One of several texts that mean the type is kept.

use std::fmt;

use super::{Encode, Entries, Fault, Sink};
use crate::body::File;

/// The tag of an object that is written as a type of a union. Unions can stand inside of each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'t> {
    name: &'t str,
    /// The texts that mean the type; the first is written if the object has none of them.
    values: &'t [&'t str],
    /// The tag of the union inside of this one.
    inner: Option<&'t Tag<'t>>,
}

impl<'t> Tag<'t> {
    /// The tags to be written: of those with one name the innermost, which says most.
    fn all(&'t self) -> impl Iterator<Item = &'t Self> {
        let from = |tag: Option<&'t Self>| std::iter::successors(tag, |tag| tag.inner);
        from(Some(self)).filter(move |tag| from(tag.inner).all(|inner| inner.name != tag.name))
    }

    /// The value to be written in place of another one, if that does not mean the type.
    fn in_place_of(&self, value: &dyn Encode) -> Option<Scalar<'t>> {
        let mut found = Found {
            values: self.values,
            is_meant: false,
            kind: Kind::Text,
        };
        // What is not a scalar is no tag.
        let _ = value.encode(&mut found);
        (!found.is_meant).then(|| self.value(found.kind))
    }

    /// Writes the tag of an object that has `value` for it.
    fn write(
        &self,
        value: &dyn Encode,
        visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        match self.in_place_of(value) {
            Some(meant) => visit(self.name, &meant),
            None => visit(self.name, value),
        }
    }

    fn value(&self, kind: Kind) -> Scalar<'t> {
        let text = self.values.first().copied().unwrap_or_default();
        Scalar { text, kind }
    }
}

/// Shows the entries of an object to `visit`, with its tags.
#[inline(never)]
pub(super) fn each_tagged(
    entries: &Entries<'_>,
    tag: &Tag<'_>,
    visit: &mut dyn FnMut(&str, &dyn Encode) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for tag in tag.all().filter(|tag| !entries.declares(tag.name)) {
        let mut is_there = false;
        entries.each_entry(|name, value| match name == tag.name {
            false => Ok(()),
            true => {
                is_there = true;
                tag.write(value, visit)
            }
        })?;
        if !is_there {
            visit(tag.name, &tag.value(Kind::Text))?;
        }
    }
    entries.each_entry(|name, value| {
        match tag.all().find(|tag| tag.name == name) {
            None => visit(name, value),
            Some(tag) if entries.declares(name) => tag.write(value, visit),
            // It stands in front.
            Some(_) => Ok(()),
        }
    })
}

/// What kind of scalar a tag is on the wire.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Boolean,
}

/// A tag as it is written.
struct Scalar<'t> {
    text: &'t str,
    kind: Kind,
}

impl Encode for Scalar<'_> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        match (self.kind, self.text.parse(), self.text.parse()) {
            (Kind::Number, Ok(number), _) => sink.integer(number),
            (Kind::Boolean, _, Ok(flag)) => sink.boolean(flag),
            _ => sink.string(self.text),
        }
    }
}

/// Looks whether the scalar that is written to it is one of some texts.
struct Found<'t> {
    values: &'t [&'t str],
    is_meant: bool,
    kind: Kind,
}

impl Found<'_> {
    fn look(&mut self, text: &str, kind: Kind) -> Result<(), Fault> {
        self.is_meant = self.values.contains(&text);
        self.kind = kind;
        Ok(())
    }
}

impl Sink for Found<'_> {
    fn null(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Fault> {
        self.look(&value.to_string(), Kind::Boolean)
    }

    fn integer(&mut self, value: i64) -> Result<(), Fault> {
        self.look(&value.to_string(), Kind::Number)
    }

    fn unsigned(&mut self, value: u64) -> Result<(), Fault> {
        self.look(&value.to_string(), Kind::Number)
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        self.look(&value.to_string(), Kind::Number)
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.look(value, Kind::Text)
    }

    fn array(&mut self, _: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        Ok(())
    }

    fn object(&mut self, _: &Entries<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// Writes what a variant of a union holds, with the union's tag.
///
/// # Errors
///
/// The fault of writing it.
#[inline(never)]
pub fn write_tagged(
    value: &dyn Encode,
    sink: &mut dyn Sink,
    name: &'static str,
    values: &'static [&'static str],
) -> Result<(), Fault> {
    value.encode(&mut Tagging { sink, name, values })
}

/// A sink that adds a tag to the object that is written to it. What is not an object has none.
struct Tagging<'s> {
    sink: &'s mut dyn Sink,
    name: &'static str,
    values: &'static [&'static str],
}

impl Sink for Tagging<'_> {
    fn null(&mut self) -> Result<(), Fault> {
        self.sink.null()
    }

    fn boolean(&mut self, value: bool) -> Result<(), Fault> {
        self.sink.boolean(value)
    }

    fn integer(&mut self, value: i64) -> Result<(), Fault> {
        self.sink.integer(value)
    }

    fn unsigned(&mut self, value: u64) -> Result<(), Fault> {
        self.sink.unsigned(value)
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        self.sink.float(value)
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.sink.string(value)
    }

    fn digits(&mut self, digits: &str) -> Result<(), Fault> {
        self.sink.digits(digits)
    }

    fn display(&mut self, value: &dyn fmt::Display) -> Result<(), Fault> {
        self.sink.display(value)
    }

    fn file(&mut self, file: &File) -> Result<(), Fault> {
        self.sink.file(file)
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        self.sink.array(elements)
    }

    fn object(&mut self, entries: &Entries<'_>) -> Result<(), Fault> {
        // The object is written from the inside, so the tags of inner unions are there already.
        let tag = Tag {
            name: self.name,
            values: self.values,
            inner: entries.tag(),
        };
        self.sink.object(&entries.tagged(&tag))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::__private::v1::{object, tagged};
    use crate::codec::{from_slice, to_vec};

    struct Cat {
        kind: Option<String>,
        claws: Option<i64>,
    }

    object! {
        Cat {
            kind = "kind" optional,
            claws = "claws" optional,
        }
    }

    struct Op {
        op: i64,
    }

    object! {
        Op {
            op = "op" required,
        }
    }

    struct Dog {
        bark: bool,
    }

    object! {
        Dog {
            bark = "bark" required,
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    enum Pet {
        Cat(Cat),
        Dog(Dog),
        Unknown(Value),
    }

    tagged! {
        Pet by "kind" {
            Cat = "cat" | "lion",
            Dog = "dog",
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    enum Animal {
        Pet(Pet),
        Unknown(Value),
    }

    tagged! {
        Animal by "kind" {
            Pet = "Pet",
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    enum Owned {
        Pet(Pet),
        Unknown(Value),
    }

    tagged! {
        Owned by "owner" {
            Pet = "me",
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    enum Step {
        First(Op),
        Unknown(Value),
    }

    tagged! {
        Step by "op" {
            First = "1",
        }
    }

    fn written(value: &dyn crate::Encode) -> String {
        String::from_utf8(to_vec(value).unwrap()).unwrap()
    }

    fn cat(kind: Option<&str>) -> Pet {
        Pet::Cat(Cat {
            kind: kind.map(str::to_owned),
            claws: Some(18),
        })
    }

    #[test]
    fn a_tag_that_the_type_does_not_declare_is_written() {
        let dog = Pet::Dog(Dog { bark: true });
        assert_eq!(written(&dog), r#"{"kind":"dog","bark":true}"#);
        assert_eq!(from_slice::<Pet>(written(&dog).as_bytes()).unwrap(), dog);
    }

    #[test]
    fn a_value_is_written_as_the_variant_that_it_is_in() {
        assert_eq!(written(&cat(None)), r#"{"kind":"cat","claws":18}"#);
        assert_eq!(written(&cat(Some("dog"))), r#"{"kind":"cat","claws":18}"#);
        assert_eq!(written(&cat(Some("lion"))), r#"{"kind":"lion","claws":18}"#);
        assert_eq!(written(&Step::First(Op { op: 7 })), r#"{"op":1}"#);
        assert_eq!(written(&Step::First(Op { op: 1 })), r#"{"op":1}"#);
        let unknown = json!({"kind": "fish", "fins": 2});
        assert_eq!(written(&Pet::Unknown(unknown.clone())), unknown.to_string());
    }

    #[test]
    fn of_unions_in_unions_the_inner_one_says_more() {
        let inner = Animal::Pet(cat(None));
        assert_eq!(written(&inner), r#"{"kind":"cat","claws":18}"#);
        let both = Owned::Pet(cat(None));
        assert_eq!(written(&both), r#"{"owner":"me","kind":"cat","claws":18}"#);
    }
}
