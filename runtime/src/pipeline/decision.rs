//! The decision: which failed attempts can be retried safely.

use http::StatusCode;

use crate::error::{Error, Undocumented};
use crate::response::RawResponse;
use crate::wire::TransportErrorKind;

/// A temporary failure: another attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server has done nothing, and says so or was never reached.
    NothingDone,
    /// The server may have acted on the request.
    MaybeDone,
    /// A timeout expired; the server may have acted on the request.
    TimedOut,
}

impl Failure {
    /// Whether another attempt is safe.
    pub(crate) fn is_safe_to_retry(self, is_idempotent: bool) -> bool {
        self == Self::NothingDone || is_idempotent
    }
}

/// The temporary failure in the result of an attempt, if it is one.
pub(crate) fn of_result(result: &Result<RawResponse, Error<Undocumented>>) -> Option<Failure> {
    let error = match result {
        Ok(response) => return of_status(response.status()),
        Err(error) => error,
    };
    // If a status arrived, it says more than the error in reading the body.
    if let Some(failure) = error.status().and_then(of_status) {
        return Some(failure);
    }
    if error.is_timeout() {
        return Some(Failure::TimedOut);
    }
    match error.transport_kind()? {
        TransportErrorKind::Connect => Some(Failure::NothingDone),
        // The server may have acted on the request, whether the response is missing or incomplete.
        TransportErrorKind::NoResponse | TransportErrorKind::Body => Some(Failure::MaybeDone),
        // An invalid request stays invalid; timeouts of the transport were handled above.
        _ => None,
    }
}

fn of_status(status: StatusCode) -> Option<Failure> {
    match status.as_u16() {
        429 => Some(Failure::NothingDone),
        408 | 500 | 502 | 503 | 504 => Some(Failure::MaybeDone),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_statuses_that_pass_are_failures_that_pass() {
        let retried: Vec<u16> = (100..600)
            .filter(|status| of_status(StatusCode::from_u16(*status).unwrap()).is_some())
            .collect();
        assert_eq!(retried, [408, 429, 500, 502, 503, 504]);
    }

    #[test]
    fn what_may_have_been_done_is_done_again_only_if_that_is_the_same() {
        assert!(!Failure::MaybeDone.is_safe_to_retry(false));
        assert!(Failure::NothingDone.is_safe_to_retry(false));
        assert!(Failure::TimedOut.is_safe_to_retry(true));
    }
}
