//! HTTP as OpenAPI speaks of it: paths, parameters, media types, statuses.

use std::fmt;

/// A path with places for parameters.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PathTemplate(pub(crate) Vec<PathPart>);

/// A piece of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathPart {
    /// Text that stands as it is, slashes included.
    Literal(String),
    /// The value of the path parameter with this name.
    Parameter(String),
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            PathPart::Literal(text) => f.write_str(text),
            PathPart::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl fmt::Debug for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value becomes text (OpenAPI 3.1 §4.8.12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    Simple {
        explode: bool,
    },
    Label {
        explode: bool,
    },
    Matrix {
        explode: bool,
    },
    Form {
        explode: bool,
        reserved: bool,
    },
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// A parameter with `content`: JSON in one text.
    Json,
}

/// How one property of a form is written.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct Encoding {
    pub(crate) name: String,
    pub(crate) style: Option<Style>,
    /// The media type of the part.
    pub(crate) content_type: Option<String>,
    /// How the part is written, as far as its media type says so.
    pub(crate) kind: Option<MediaKind>,
}

/// The kinds of body that are written and read in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum MediaKind {
    Json,
    Form,
    Multipart,
    EventStream,
    JsonLines,
    Text,
    Binary,
}

/// A key under `responses`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum StatusKey {
    Code(u16),
    /// `4XX`: all statuses that start with this digit.
    Range(u16),
    Default,
}

impl StatusKey {
    /// Whether a response with this key means success.
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl fmt::Debug for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
