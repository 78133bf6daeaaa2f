//! Hints: response headers that say how long to wait and how many requests are allowed.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// How long a server asks to wait: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), or
/// `retry-after-ms`, which some servers send beside it.
///
/// A date in the past means no wait. A value that is neither a number nor a date is ignored.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    if let Some(milliseconds) = number(headers, "retry-after-ms") {
        return Duration::try_from_secs_f64(milliseconds / 1000.0).ok();
    }
    if let Some(seconds) = number(headers, "retry-after") {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text(headers, "retry-after")?).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The rate limit that a server reports, in `X-RateLimit-*`, `RateLimit-*` or `X-Rate-Limit-*` headers.
///
/// What the numbers mean depends on the API: `reset` is a Unix timestamp in seconds for some, and a number of
/// seconds from now for others.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Response;
///
/// fn is_nearly_used_up<T>(response: &Response<T>) -> bool {
///     let limit = response.rate_limit();
///     limit.and_then(|limit| limit.remaining).is_some_and(|left| left < 10.0)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests are allowed in a window.
    pub limit: Option<f64>,
    /// How many requests are left in the current window.
    pub remaining: Option<f64>,
    /// When the current window ends: a Unix timestamp or seconds from now, depending on the API.
    pub reset: Option<f64>,
}

impl RateLimit {
    /// Reads the rate limit from headers; `None` if they have none.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let field = |name: &str| {
            let prefixes = ["x-ratelimit-", "ratelimit-", "x-rate-limit-"];
            prefixes
                .iter()
                .find_map(|prefix| number(headers, &format!("{prefix}{name}")))
        };
        let found = Self {
            limit: field("limit"),
            remaining: field("remaining"),
            reset: field("reset"),
        };
        (found != Self::default()).then_some(found)
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A number that is finite and not negative.
fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let text = text(headers, name)?;
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number: f64 = digits.then(|| text.parse().ok())??;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", value.parse().unwrap());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        retry_after(&headers, now)
    }

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else() {
        assert_eq!(hint("7"), Some(Duration::from_secs(7)));
        assert_eq!(hint("0.5"), Some(Duration::from_millis(500)));
        assert_eq!(
            hint("Sun, 06 Nov 1994 08:49:40 GMT"),
            Some(Duration::from_secs(3))
        );
        assert_eq!(hint("Sat, 06 Nov 1993 08:49:40 GMT"), Some(Duration::ZERO));
        for nonsense in ["-1", "NaN", "inf", "1e9", "soon", ""] {
            assert_eq!(hint(nonsense), None, "{nonsense}");
        }
        assert!(hint("999999999999999999999999").is_none_or(|hint| hint > Duration::from_secs(60)));
    }

    #[test]
    fn limits_are_read_under_every_common_name() {
        for prefix in ["x-ratelimit", "ratelimit", "x-rate-limit"] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("limit", "60"), ("remaining", "0")] {
                let name: http::HeaderName = format!("{prefix}-{name}").parse().unwrap();
                headers.insert(name, value.parse().unwrap());
            }
            let limit = RateLimit::of(&headers).unwrap();
            assert_eq!(
                (limit.limit, limit.remaining, limit.reset),
                (Some(60.0), Some(0.0), None)
            );
        }
        assert_eq!(RateLimit::of(&HeaderMap::new()), None);
    }
}
