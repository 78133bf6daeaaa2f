//! Documented errors: the trait of generated error types, and the types [`Undocumented`] and [`Erased`].

use std::any::Any;
use std::fmt;

use crate::codec::Fault;
use crate::response::RawResponse;

/// The documented errors of an operation.
///
/// Generated crates implement it for the errors that an operation documents.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{ApiError, Error};
///
/// /// Whether the server answered with an error that the API documents.
/// fn is_documented<E: ApiError>(error: &Error<E>) -> bool {
///     error.api().is_some()
/// }
/// ```
pub trait ApiError: fmt::Debug + Send + Sync + Sized + 'static {
    /// Decodes a documented error: `None` if the API does not document the status of the response, a [`Fault`]
    /// if the response is not as documented.
    fn from_response(response: &RawResponse) -> Option<Result<Self, Fault>>;
}

/// The error type of operations that document no errors. It has no values.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{Error, Undocumented};
///
/// fn status(error: &Error<Undocumented>) -> Option<u16> {
///     error.status().map(|status| status.as_u16())
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undocumented {}

impl ApiError for Undocumented {
    #[inline]
    fn from_response(_: &RawResponse) -> Option<Result<Self, Fault>> {
        None
    }
}

/// The documented error of any operation, from [`Error::erase`](crate::Error::erase).
///
/// # Example
///
/// ```
/// use clientsmith_runtime::{ApiError, Error};
///
/// /// The documented error of one operation, where those of several come together.
/// fn of<E: ApiError>(error: &Error) -> Option<&E> {
///     error.api()?.downcast_ref()
/// }
/// ```
pub struct Erased(Box<dyn AnyError>);

impl Erased {
    pub(super) fn new(error: impl ApiError) -> Self {
        Self(Box::new(error))
    }

    /// The documented error as the error type `E` of an operation; `None` if it has another type.
    #[must_use]
    pub fn downcast_ref<E: ApiError>(&self) -> Option<&E> {
        let any: &dyn Any = &*self.0;
        any.downcast_ref()
    }
}

impl fmt::Debug for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A documented error of which only the behaviour is known.
trait AnyError: Any + fmt::Debug + Send + Sync {}

impl<E: ApiError> AnyError for E {}
