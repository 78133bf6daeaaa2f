//! Bodies of requests: bytes, or a stream that can be started anew; and files in forms.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::codec::{Decode, Encode, Fault, Input, Shape, Sink};
#[cfg(not(target_arch = "wasm32"))]
use crate::wire::TransportErrorKind;
use crate::wire::{BodyStream, TransportError};

/// The body of a request: bytes or a stream.
///
/// A stream is given as a function that starts it, so that the body can be sent again for a retry.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Body;
///
/// let body = Body::from("some text");
/// assert_eq!(body.as_bytes().unwrap().as_ref(), b"some text");
/// ```
#[derive(Clone)]
pub struct Body(Inner);

#[derive(Clone)]
enum Inner {
    Bytes(Bytes),
    Stream {
        start: Arc<dyn Fn() -> BodyStream + Send + Sync>,
        length: Option<u64>,
    },
}

impl Body {
    /// A body without bytes.
    #[must_use]
    pub fn empty() -> Self {
        Self(Inner::Bytes(Bytes::new()))
    }

    /// A body that is read from a stream. `length` is its length in bytes, if known; it is sent as
    /// `Content-Length`. `start` is called once for each attempt.
    pub fn from_stream(
        length: Option<u64>,
        start: impl Fn() -> BodyStream + Send + Sync + 'static,
    ) -> Self {
        let start = Arc::new(start);
        Self(Inner::Stream { start, length })
    }

    /// The contents of a file on disk, read while they are sent.
    ///
    /// The file is read in parts of 64 KiB, with blocking reads on the thread that sends, and again for each
    /// retry. Its length must not change meanwhile.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref().to_path_buf();
        let length = std::fs::File::open(&path)?.metadata()?.len();
        Ok(Self::from_stream(Some(length), move || {
            Box::pin(OnDisk::open(&path))
        }))
    }

    /// Concatenates bodies. Adjacent bodies of bytes are merged into one.
    pub(crate) fn chain(parts: Vec<Self>) -> Self {
        let mut joined: Vec<Self> = Vec::new();
        let mut bytes = BytesMut::new();
        for part in parts {
            match part.as_bytes() {
                Some(more) => bytes.extend_from_slice(more),
                None => {
                    joined.push(Self::from(bytes.split().freeze()));
                    joined.push(part);
                }
            }
        }
        if joined.is_empty() {
            return Self::from(bytes.freeze());
        }
        joined.push(Self::from(bytes.freeze()));
        let length = joined.iter().map(Self::length).sum();
        Self::from_stream(length, move || Box::pin(Chain::new(joined.clone())))
    }

    /// The bytes; `None` if the body is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream { .. } => None,
        }
    }

    /// The length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes.len() as u64),
            Inner::Stream { length, .. } => *length,
        }
    }

    /// Starts the stream from its beginning; `None` if the body is bytes.
    #[must_use]
    pub fn start(&self) -> Option<BodyStream> {
        match &self.0 {
            Inner::Bytes(_) => None,
            Inner::Stream { start, .. } => Some(start()),
        }
    }

    /// Reads the whole body, for transports that cannot stream it.
    #[cfg(any(
        test,
        feature = "test-util",
        all(feature = "reqwest", target_arch = "wasm32")
    ))]
    pub(crate) async fn collect(&self) -> Result<Bytes, TransportError> {
        let Some(mut stream) = self.start() else {
            return Ok(self.as_bytes().cloned().unwrap_or_default());
        };
        let mut bytes = BytesMut::new();
        while let Some(part) =
            std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
        {
            bytes.extend_from_slice(&part?);
        }
        Ok(bytes.freeze())
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

/// Shows only the length, because the contents may be confidential.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(a stream)"),
        }
    }
}

/// Bodies are equal if their bytes are. A stream is equal to its clones.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Bytes(one), Inner::Bytes(other)) => one == other,
            (Inner::Stream { start: one, .. }, Inner::Stream { start: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

/// The streams of several bodies, one after the other.
struct Chain {
    waiting: std::vec::IntoIter<Body>,
    current: Option<BodyStream>,
}

impl Chain {
    fn new(parts: Vec<Body>) -> Self {
        Self {
            waiting: parts.into_iter(),
            current: None,
        }
    }
}

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(current) = &mut self.current {
                match current.as_mut().poll_next(context) {
                    Poll::Ready(None) => self.current = None,
                    ready_or_pending => return ready_or_pending,
                }
            }
            let Some(next) = self.waiting.next() else {
                return Poll::Ready(None);
            };
            match next.0 {
                Inner::Bytes(bytes) if bytes.is_empty() => {}
                Inner::Bytes(bytes) => return Poll::Ready(Some(Ok(bytes))),
                Inner::Stream { start, .. } => self.current = Some(start()),
            }
        }
    }
}

/// A file of the disk, part by part.
#[cfg(not(target_arch = "wasm32"))]
struct OnDisk(Option<std::io::Result<std::fs::File>>);

#[cfg(not(target_arch = "wasm32"))]
impl OnDisk {
    fn open(path: &std::path::Path) -> Self {
        Self(Some(std::fs::File::open(path)))
    }

    /// The next part; nothing at the end.
    fn part(&mut self) -> std::io::Result<Bytes> {
        use std::io::Read;
        const PART: usize = 64 << 10;
        let mut part = vec![0; PART];
        let length = match &mut self.0 {
            Some(Ok(file)) => file.read(&mut part)?,
            Some(Err(_)) => match self.0.take() {
                Some(Err(error)) => return Err(error),
                _ => 0,
            },
            None => 0,
        };
        part.truncate(length);
        Ok(Bytes::from(part))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Stream for OnDisk {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(match self.part() {
            Ok(part) if part.is_empty() => None,
            Ok(part) => Some(Ok(part)),
            Err(error) => {
                self.0 = None;
                Some(Err(TransportError::new(TransportErrorKind::Request, error)))
            }
        })
    }
}

macro_rules! from_bytes {
    ($($ty:ty)*) => { $(
        impl From<$ty> for Body {
            fn from(bytes: $ty) -> Self {
                Self(Inner::Bytes(Bytes::from(bytes)))
            }
        }
    )* };
}

from_bytes!(Bytes Vec<u8> String &'static str &'static [u8]);

/// A file in a form: its contents, name and media type.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::File;
///
/// let file = File::new("a,b\n1,2\n").named("table.csv").of_type("text/csv");
/// assert_eq!(file.name(), Some("table.csv"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    body: Body,
    name: Option<String>,
    content_type: Option<String>,
}

impl File {
    /// A file with these contents and without a name.
    pub fn new(contents: impl Into<Body>) -> Self {
        Self {
            body: contents.into(),
            name: None,
            content_type: None,
        }
    }

    /// A file on disk, under its own file name. It is read while it is sent; see [`Body::from_path`].
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let file = Self::new(Body::from_path(path)?);
        Ok(match path.file_name() {
            Some(name) => file.named(name.to_string_lossy()),
            None => file,
        })
    }

    /// Sets the file name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `text/csv`.
    #[must_use]
    pub fn of_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The file name, if one was set.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type, if one was set.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The contents of the file.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The contents as text, if they are UTF-8 and the file has neither a name nor a media type.
    pub(crate) fn as_text(&self) -> Option<&str> {
        let bare = self.name.is_none() && self.content_type.is_none();
        let bytes = self.body.as_bytes().filter(|_| bare)?;
        std::str::from_utf8(bytes).ok()
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(contents: T) -> Self {
        Self::new(contents)
    }
}

/// In JSON, a file is a string with its contents.
impl Decode for File {
    const SHAPE: Shape = Shape::Text(&[]);

    fn decode(input: Input<'_>) -> Result<Self, Fault> {
        input.text().map(|text| Self::new(text.to_owned()))
    }
}

impl Encode for File {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.file(self)
    }
}
