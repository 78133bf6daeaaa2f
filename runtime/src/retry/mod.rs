//! Retries: whether a call that failed is tried again, and when.
//!
//! Three parts, each on its own: what may be retried at all (`pipeline::decision`), how long to wait
//! ([`Retry`], [`hint`](crate::hint)), and how many retries a client may make in all ([`budget`]), so that
//! a server that is down is not brought down further.

mod budget;

use std::time::Duration;

use http::Method;

use crate::clock::Clock;

pub(crate) use budget::Budget;

/// The retry policy: how often a call is retried, and how long it waits before each retry.
///
/// A call is retried only where the server cannot act on it twice:
///
/// - if no connection was made, and after status 429: whatever the method;
/// - after status 408, 500, 502, 503 or 504, a timeout, or a connection that broke before the response or
///   within its body: only if the method is idempotent (RFC 9110 §9.2.2) or the call has an idempotency key.
///
/// If the server sends `Retry-After`, the client waits that long. A wait longer than [`Retry::max_hint`] ends
/// the call at once; [`Error::retry_after`](crate::Error::retry_after) returns it. Without `Retry-After` the
/// wait is random: up to [`Retry::base`] before the first retry, twice that before the second and so on, but
/// never longer than [`Retry::cap`].
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Retry;
/// use std::time::Duration;
///
/// let patient = Retry::default().retries(5).cap(Duration::from_secs(30));
/// let never = Retry::none();
/// # let _ = (patient, never);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use]
pub struct Retry {
    retries: u32,
    base: Duration,
    cap: Duration,
    max_hint: Duration,
}

impl Default for Retry {
    /// Two retries, after at most 0.5 s and 1 s.
    fn default() -> Self {
        Self {
            retries: 2,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            max_hint: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// A policy without retries: one attempt per call.
    pub fn none() -> Self {
        Self::default().retries(0)
    }

    /// Sets the maximum number of retries per call. The default is 2.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the longest wait before the first retry, if there is no `Retry-After`. The default is 0.5 s.
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest wait before any retry, if the server sends no `Retry-After`. The default is 8 s.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets the longest `Retry-After` that is obeyed; a longer one ends the call. The default is 60 s.
    pub fn max_hint(mut self, max_hint: Duration) -> Self {
        self.max_hint = max_hint;
        self
    }

    /// How long to wait before retry `index` (from 0); `None` if there is to be none.
    pub(crate) fn delay(
        &self,
        index: u32,
        hint: Option<Duration>,
        clock: &dyn Clock,
    ) -> Option<Duration> {
        if index >= self.retries {
            return None;
        }
        match hint {
            Some(hint) if hint > self.max_hint => None,
            Some(hint) => Some(hint),
            None => {
                let doubled = self
                    .base
                    .saturating_mul(1_u32.checked_shl(index).unwrap_or(u32::MAX));
                Some(
                    doubled
                        .min(self.cap)
                        .mul_f64(clock.random().clamp(0.0, 1.0)),
                )
            }
        }
    }
}

/// Whether a method is idempotent (RFC 9110 §9.2.2).
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY"
    )
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    struct Dice(f64);

    impl Clock for Dice {
        fn now(&self) -> SystemTime {
            SystemTime::UNIX_EPOCH
        }

        fn random(&self) -> f64 {
            self.0
        }
    }

    #[test]
    fn a_method_that_does_a_thing_each_time_is_not_idempotent() {
        assert!(is_idempotent(&Method::PUT) && is_idempotent(&Method::DELETE));
        assert!(!is_idempotent(&Method::POST) && !is_idempotent(&Method::PATCH));
    }

    #[test]
    fn waits_double_up_to_the_cap() {
        let retry = Retry::default().retries(40);
        let longest = |index| retry.delay(index, None, &Dice(1.0)).unwrap().as_millis();
        let waits: Vec<u128> = (0..7).map(longest).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(longest(39), 8000);
        assert_eq!(
            retry.delay(3, None, &Dice(0.25)),
            Some(Duration::from_secs(1))
        );
        assert_eq!(retry.delay(0, None, &Dice(0.0)), Some(Duration::ZERO));
        assert_eq!(retry.delay(40, None, &Dice(1.0)), None);
    }

    #[test]
    fn a_hint_counts_more_unless_it_is_too_long() {
        let delay =
            |seconds| Retry::default().delay(0, Some(Duration::from_secs(seconds)), &Dice(1.0));
        assert_eq!(delay(0), Some(Duration::ZERO));
        assert_eq!(delay(60), Some(Duration::from_secs(60)));
        assert_eq!(delay(61), None);
        assert_eq!(delay(1_000_000_000), None);
        assert_eq!(
            Retry::none().delay(0, Some(Duration::ZERO), &Dice(1.0)),
            None
        );
    }
}
