//! What is wrong with a value, and where in it.

use std::borrow::Cow;
use std::fmt;

/// The error of a value that could not be read or written: what is wrong, and the path to it.
///
/// The path is collected while the error is returned through the callers, so it costs nothing for valid values.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::from_slice;
///
/// let fault = from_slice::<Vec<i64>>(br#"[1, "two"]"#).unwrap_err();
/// assert_eq!(fault.path(), "[1]");
/// assert_eq!(fault.to_string(), r#"[1]: expected an integer of type i64, found "two""#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Fault(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    message: String,
    /// The path to the fault, innermost segment first.
    trail: Vec<Segment>,
}

/// One step of a path.
#[derive(Clone, PartialEq, Eq)]
enum Segment {
    Member(Cow<'static, str>),
    Element(usize),
}

impl Fault {
    /// A fault at the place where it is noticed.
    #[cold]
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            message: message.into(),
            trail: Vec::new(),
        }))
    }

    /// A value of another kind stands where one was expected.
    #[cold]
    pub(crate) fn mismatch(expected: &str, found: impl fmt::Display) -> Self {
        Self::new(format!("expected {expected}, found {found}"))
    }

    /// A member that must be there is absent or `null`.
    #[cold]
    pub(crate) fn missing(owner: &str, name: &'static str) -> Self {
        let message = format!(
            "the member is required, and it is missing or null; \
             `optional = [\"{owner}.{name}\"]` in clientsmith.toml takes that for absent"
        );
        Self::new(message).in_member(name)
    }

    /// Says that the fault is in a member of an object.
    #[must_use]
    #[cold]
    pub(crate) fn in_member(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.trail.push(Segment::Member(name.into()));
        self
    }

    /// Says that the fault is in an element of an array.
    #[must_use]
    #[cold]
    pub(crate) fn in_element(mut self, index: usize) -> Self {
        self.0.trail.push(Segment::Element(index));
        self
    }

    /// The path to what is wrong, such as `items[1].at`; empty if that is the whole value.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.trail.iter().rev() {
            match segment {
                Segment::Member(name) if path.is_empty() => path.push_str(name),
                Segment::Member(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                Segment::Element(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// What is wrong, without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

/// The fault of a value that an enum does not declare.
#[cold]
pub fn undeclared(value: &dyn fmt::Display) -> Fault {
    Fault::new(format!("`{value}` is none of the declared values"))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.trail.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("path", &self.path())
            .field("message", &self.0.message)
            .finish()
    }
}

impl std::error::Error for Fault {}
