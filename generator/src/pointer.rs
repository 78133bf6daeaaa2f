//! JSON pointers (RFC 6901): how every stage says which place of the document it speaks of.
//!
//! A pointer is the identity of a node. Types, names and diagnostics carry one, so that whatever
//! is said about them can be traced back to a line of the text.

use std::borrow::{Borrow, Cow};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// The member of the document under which `resolve` puts other files, each by its path.
pub(crate) const FILES: &str = "x-clientsmith-files";

/// A JSON pointer into the document, such as `/components/schemas/Flow`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(Arc<str>);

/// So that a map is asked for a pointer that is a part of another one, without a copy.
impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A map from pointers. They are long texts, looked up by the hundred thousand.
pub(crate) type PointerMap<V> = HashMap<Pointer, V, RandomState>;

/// A set of pointers.
pub(crate) type PointerSet = HashSet<Pointer, RandomState>;

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Reads a pointer as it stands in the fragment of a `$ref`: `/components/schemas/A%20b`.
    ///
    /// Percent escapes are undone; `~0` and `~1` stay, they belong to the pointer. A fragment whose
    /// escapes do not spell UTF-8 is taken as it stands.
    #[must_use]
    pub fn from_fragment(fragment: &str) -> Self {
        let decoded = percent_decode_str(fragment).decode_utf8();
        Self(Arc::from(decoded.as_deref().unwrap_or(fragment)))
    }

    /// Reads a pointer that [`Pointer::as_str`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The pointer to the member or element called `segment` of this node.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + segment.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        text.push_str(&escape(segment));
        Self(Arc::from(text))
    }

    /// The pointer to the node reached through several segments.
    #[must_use]
    pub fn descend(&self, segments: &[&str]) -> Self {
        let mut pointer = self.clone();
        for segment in segments {
            pointer = pointer.child(segment);
        }
        pointer
    }

    /// The pointer to the element at `index` of this array.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The node that it points to, in the value of a document.
    pub(crate) fn find<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.0.split('/').skip(1).try_fold(document, step)
    }

    /// The pointer to the node that holds this one; `None` for the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(Arc::from(parent)))
    }

    /// The unescaped segments, from the root down.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last segment, unescaped: the name of the node in its parent.
    #[must_use]
    pub fn last(&self) -> Cow<'_, str> {
        self.0
            .rsplit_once('/')
            .map_or(Cow::Borrowed(""), |(_, segment)| unescape(segment))
    }

    /// The name of the component that this pointer denotes, if it denotes one of `kind`
    /// (`schemas`, `responses`, …).
    #[must_use]
    pub fn component(&self, kind: &str) -> Option<Cow<'_, str>> {
        let rest = self.0.strip_prefix("/components/")?;
        let name = rest.strip_prefix(kind)?.strip_prefix('/')?;
        (!name.contains('/')).then(|| unescape(name))
    }

    /// The key of the file that this pointer points into, if that is not the document itself.
    #[must_use]
    pub(crate) fn file(&self) -> Option<Cow<'_, str>> {
        let rest = self
            .0
            .strip_prefix('/')?
            .strip_prefix(FILES)?
            .strip_prefix('/')?;
        rest.split('/').next().map(unescape)
    }

    /// The pointer as it would be written inside its file.
    #[must_use]
    pub(crate) fn in_file(&self) -> Self {
        if self.file().is_none() {
            return self.clone();
        }
        let inner = self.0.splitn(4, '/').nth(3);
        inner.map_or_else(Self::root, |inner| Self(Arc::from(format!("/{inner}"))))
    }

    /// The pointer to the place that this one means inside the file at `file`.
    #[must_use]
    pub(crate) fn below(&self, file: &Self) -> Self {
        Self(Arc::from(format!("{}{}", file.0, self.0)))
    }

    /// The pointer's text, escaped as RFC 6901 wants it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A place that a walk came to. A [`Pointer`] is made of it only where something is said of it.
#[derive(Clone, Copy)]
pub(crate) enum At<'a> {
    Pointer(&'a Pointer),
    Child(&'a At<'a>, &'a str),
    Element(&'a At<'a>, usize),
}

impl At<'_> {
    /// The member called `segment` of this node.
    pub(crate) fn child<'b>(&'b self, segment: &'b str) -> At<'b> {
        At::Child(self, segment)
    }

    /// The element at `index` of this array.
    pub(crate) fn index(&self, index: usize) -> At<'_> {
        At::Element(self, index)
    }

    /// The last segment, as [`Pointer::last`] returns it.
    pub(crate) fn last(&self) -> Cow<'_, str> {
        match self {
            At::Pointer(pointer) => pointer.last(),
            At::Child(_, segment) => Cow::Borrowed(segment),
            At::Element(_, index) => Cow::Owned(index.to_string()),
        }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        let mut text = String::new();
        self.write(&mut text);
        Pointer(Arc::from(text))
    }

    fn write(&self, text: &mut String) {
        match self {
            At::Pointer(pointer) => text.push_str(pointer.as_str()),
            At::Child(parent, segment) => {
                parent.write(text);
                text.extend(["/", &escape(segment)]);
            }
            At::Element(parent, index) => {
                parent.write(text);
                text.extend(["/", &index.to_string()]);
            }
        }
    }
}

/// The node that one segment of a pointer leads to.
pub(crate) fn step<'v>(node: &'v Value, segment: &str) -> Option<&'v Value> {
    match node {
        Value::Object(members) => member(members, &unescape(segment)),
        Value::Array(elements) => elements.get(element(segment)?),
        _ => None,
    }
}

/// The index that a segment spells. There is one spelling of each (RFC 6901 §4), or a node would have several
/// places.
fn element(segment: &str) -> Option<usize> {
    let is_one = segment == "0" || segment.starts_with(|c: char| ('1'..='9').contains(&c));
    is_one.then(|| segment.parse().ok())?
}

/// Up to this size, comparing the names of an object's members costs less than hashing the one that is
/// looked for. Nearly all objects of a document are smaller.
const FEW: usize = 8;

/// The member of an object that has this name.
pub(crate) fn member<'v>(members: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    if members.len() > FEW {
        return members.get(name);
    }
    let mut members = members.iter();
    members
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The member of an object that has this name, to be changed.
pub(crate) fn member_mut<'v>(
    members: &'v mut Map<String, Value>,
    name: &str,
) -> Option<&'v mut Value> {
    if members.len() > FEW {
        return members.get_mut(name);
    }
    let mut members = members.iter_mut();
    members
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

fn escape(segment: &str) -> Cow<'_, str> {
    if segment.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(segment.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(segment)
    }
}

pub(crate) fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.as_bytes().contains(&b'~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let pointer = Pointer::root().child("paths").child("/a/{b~c}").index(2);
        assert_eq!(pointer.as_str(), "/paths/~1a~1{b~0c}/2");
        assert_eq!(
            pointer.segments().collect::<Vec<_>>(),
            ["paths", "/a/{b~c}", "2"]
        );
        assert_eq!(pointer.last(), "2");
    }

    #[test]
    fn a_place_on_the_way_is_that_of_its_pointer() {
        let root = Pointer::root();
        let (root, pointer) = (At::Pointer(&root), Pointer::from_text("/a~1b/2/~0"));
        let (child, name) = (root.child("a/b"), "~");
        let (element, index) = (child.index(2), "2");
        assert_eq!(element.child(name).pointer(), pointer);
        assert_eq!(element.child(name).last(), pointer.last());
        assert_eq!(element.last(), index);
        assert_eq!(root.pointer().as_str(), "");
    }

    #[test]
    fn fragments_are_percent_decoded() {
        assert_eq!(Pointer::from_fragment("/a%20b/%7E1").as_str(), "/a b/~1");
        assert_eq!(Pointer::from_fragment("/100%/%zz").as_str(), "/100%/%zz");
        assert_eq!(Pointer::from_fragment("/%ff").as_str(), "/%ff");
    }

    #[test]
    fn a_component_is_recognised_by_its_place() {
        let schema = Pointer::from_fragment("/components/schemas/A~1b");
        assert_eq!(schema.component("schemas").as_deref(), Some("A/b"));
        assert_eq!(schema.component("responses"), None);
        assert_eq!(schema.child("items").component("schemas"), None);
    }
}
