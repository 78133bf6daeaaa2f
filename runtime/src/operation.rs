//! Operations: the traits by which generated types meet the runtime.

use bytes::Bytes;
use http::{Request, Response};

use crate::body::Body;
use crate::call::Call;
use crate::error::{ApiError, Error, finish};
use crate::response::{FromResponse, RawResponse};

/// A request for one operation of an API: a value that knows how it is sent and what comes back.
///
/// It needs no network: [`Operation::request`] makes the HTTP request, [`Operation::response`] reads
/// the HTTP response, and whatever stands between the two is free to choose.
///
/// Generated request structs implement it; their own `send()` needs no import of it.
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
    /// What a success brings.
    type Output: FromResponse;
    /// What the API documents besides success.
    type Error: ApiError;

    /// The call inside.
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
    /// The documented error that it is, or why it is neither that nor a success.
    fn response(self, response: Response<Bytes>) -> Result<Self::Output, Error<Self::Error>> {
        finish(RawResponse::new(
            self.into_call().into_parts().context,
            response,
        ))
    }
}
