//! Values taken apart: texts, lists and objects of them, as all styles need them.

use crate::codec::{Encode, Entries, Fault, Sink};

/// A value without its type.
#[derive(Debug)]
pub(crate) enum Plain {
    Null,
    Text(String),
    List(Vec<Plain>),
    Object(Vec<(String, Plain)>),
}

impl Plain {
    pub(crate) fn of(value: &dyn Encode) -> Result<Self, Fault> {
        let mut plain = Self::Null;
        if !value.is_absent() {
            value.encode(&mut plain)?;
        }
        Ok(plain)
    }

    /// The same value with every text, names too, changed.
    pub(super) fn map(self, change: &impl Fn(&str) -> String) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Text(text) => Self::Text(change(&text)),
            Self::List(items) => {
                Self::List(items.into_iter().map(|item| item.map(change)).collect())
            }
            Self::Object(members) => {
                let members = members.into_iter();
                Self::Object(
                    members
                        .map(|(name, value)| (change(&name), value.map(change)))
                        .collect(),
                )
            }
        }
    }

    /// The value as one text. A list or object inside of a list or object is joined with commas.
    fn into_text(self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(text),
            list_or_object => list_or_object.joined(","),
        }
    }

    /// Joins all in one text: the items of a list, or the names and values of an object in turn.
    pub(super) fn joined(self, separator: &str) -> Option<String> {
        let texts: Vec<String> = match self {
            Self::Null => return None,
            Self::Text(text) => return Some(text),
            Self::List(items) => items.into_iter().filter_map(Self::into_text).collect(),
            Self::Object(members) => {
                let pairs = members
                    .into_iter()
                    .filter_map(|(name, value)| Some([name, value.into_text()?]));
                pairs.flatten().collect()
            }
        };
        (!texts.is_empty()).then(|| texts.join(separator))
    }

    /// All in one text, the members of an object as `name=value`.
    pub(super) fn joined_pairs(self, separator: &str) -> Option<String> {
        let Self::Object(members) = self else {
            return self.joined(separator);
        };
        let pairs = members
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value.into_text()?)));
        let pairs: Vec<String> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join(separator))
    }

    /// A pair per item under one name, or per member under its own.
    pub(crate) fn exploded(self, name: &str, pairs: &mut Vec<(String, String)>) {
        match self {
            Self::Null => {}
            Self::Text(text) => pairs.push((name.to_owned(), text)),
            Self::List(items) => {
                items
                    .into_iter()
                    .enumerate()
                    .for_each(|(index, item)| match item {
                        Self::Object(_) => item.deep(&format!("{name}[{index}]"), pairs),
                        item => pairs.extend(item.into_text().map(|text| (name.to_owned(), text))),
                    })
            }
            Self::Object(members) => {
                members
                    .into_iter()
                    .for_each(|(member, value)| value.nested(member, pairs));
            }
        }
    }

    /// What a member of an exploded object makes: its items under its name, its members in brackets.
    fn nested(self, name: String, pairs: &mut Vec<(String, String)>) {
        match self {
            object @ Self::Object(_) => object.deep(&name, pairs),
            other => other.exploded(&name, pairs),
        }
    }

    /// One pair for each text inside, with the path to it as names in brackets.
    pub(super) fn deep(self, name: &str, pairs: &mut Vec<(String, String)>) {
        match self {
            Self::Null => {}
            Self::Text(text) => pairs.push((name.to_owned(), text)),
            Self::List(items) => {
                for (index, item) in items.into_iter().enumerate() {
                    match item {
                        Self::Text(text) => pairs.push((format!("{name}[]"), text)),
                        item => item.deep(&format!("{name}[{index}]"), pairs),
                    }
                }
            }
            Self::Object(members) => {
                for (member, value) in members {
                    value.deep(&format!("{name}[{member}]"), pairs);
                }
            }
        }
    }

    fn text(&mut self, text: String) -> Result<(), Fault> {
        *self = Self::Text(text);
        Ok(())
    }
}

impl Sink for Plain {
    fn null(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn integer(&mut self, value: i64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn unsigned(&mut self, value: u64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        self.text(value.to_string())
    }

    fn string(&mut self, value: &str) -> Result<(), Fault> {
        self.text(value.to_owned())
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        let items: Result<Vec<Self>, Fault> = elements.map(Self::of).collect();
        *self = Self::List(items?);
        Ok(())
    }

    fn object(&mut self, members: &Entries<'_>) -> Result<(), Fault> {
        let mut object = Vec::new();
        members.each(|name, value| {
            if !value.is_absent() {
                object.push((name.to_owned(), Self::of(value)?));
            }
            Ok(())
        })?;
        *self = Self::Object(object);
        Ok(())
    }
}
