//! Operations: the trait that every generated request struct implements.

use bytes::Bytes;
use http::{Request, Response};

use crate::body::Body;
use crate::call::Call;
use crate::error::{ApiError, Error, finish};
use crate::response::{FromResponse, RawResponse};

/// A request for one operation of an API, with the types of its response and of its documented errors.
///
/// It can be used without the client's transport: [`Operation::request`] builds the HTTP request,
/// [`Operation::response`] reads the HTTP response, and any HTTP library can send the one and receive the
/// other.
///
/// Generated request structs implement it. Their `send()` is a method of the struct itself, so calling it does
/// not need this trait in scope.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::http::Response;
/// use clientsmith_runtime::bytes::Bytes;
/// use clientsmith_runtime::{Error, Operation};
///
/// /// What an operation makes of an empty object, without a network.
/// fn of_nothing<O: Operation>(operation: O) -> Result<O::Output, Error<O::Error>> {
///     operation.response(Response::new(Bytes::from_static(b"{}")))
/// }
/// ```
pub trait Operation: Sized {
    /// The type of a successful response.
    type Output: FromResponse;
    /// The type of the documented errors.
    type Error: ApiError;

    /// The [`Call`] that the request wraps.
    fn into_call(self) -> Call;

    /// The HTTP request, authenticated and ready to be sent.
    ///
    /// # Errors
    ///
    /// Whatever keeps the request from being sent, such as a missing credential.
    fn request(self) -> Result<Request<Body>, Error<Self::Error>> {
        self.into_call().into_request()
    }

    /// Reads an HTTP response to this operation.
    ///
    /// # Errors
    ///
    /// The documented error in the response, or the reason why the response is not as documented.
    fn response(self, response: Response<Bytes>) -> Result<Self::Output, Error<Self::Error>> {
        finish(RawResponse::new(
            self.into_call().into_parts().context,
            response,
        ))
    }
}
