//! Shapes: what the values of a type look like, as a constant instead of a function of each type.

use serde_json::Value;

use super::Object;
use super::object::EMPTY;

/// What the values of a type look like.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Shape;
///
/// // A type whose values are strings says so, and can be read from a text body too.
/// const SHAPE: Shape = Shape::Text(&[]);
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// An object with these members.
    Object(&'static Object),
    /// A string, and perhaps the values that it is known to have. A body that is not JSON can be read as
    /// such a type as it stands.
    Text(&'static [&'static str]),
    /// Any JSON.
    Any,
    /// Anything else.
    Other,
}

impl Shape {
    /// Whether a text as it stands is a value.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The declared members.
    pub(super) fn object(self) -> &'static Object {
        match self {
            Self::Object(object) => object,
            Self::Text(_) | Self::Any | Self::Other => &EMPTY,
        }
    }

    /// How well a value fits. A text that is declared fits better than one of any kind, and that better
    /// than one that others are declared for.
    pub(super) fn fit(self, value: &Value) -> Option<usize> {
        match self {
            Self::Object(object) => object.fit(value),
            Self::Text([]) => value.is_string().then_some(2),
            Self::Text(values) => match values.contains(&value.as_str()?) {
                true => Some(3),
                false => Some(1),
            },
            Self::Any => Some(0),
            Self::Other => Some(1),
        }
    }
}
