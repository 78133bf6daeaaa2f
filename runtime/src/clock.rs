//! The clock: the source of time and random numbers, which tests can replace.

use std::hash::{BuildHasher, RandomState};
use std::time::SystemTime;

/// A source of the current time and of random numbers.
///
/// Waiting is done by [`Transport::sleep`](crate::Transport::sleep) instead, because timers belong to an async
/// runtime.
///
/// # Example
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use clientsmith_runtime::Clock;
///
/// /// Always the same moment, and nothing left to chance: for tests.
/// struct Fixed;
///
/// impl Clock for Fixed {
///     fn now(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
///     }
///
///     fn random(&self) -> f64 {
///         0.5
///     }
/// }
/// // Client::builder().clock(Fixed)
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The current time, which is compared with dates that a server sends.
    fn now(&self) -> SystemTime;

    /// A uniformly distributed random number from 0 to 1. It spreads retries of calls that failed together.
    fn random(&self) -> f64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Without a host there is no clock: a time in the far future puts all dates from a server in the past.
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1 << 40)
    }

    /// The keys of hash maps are random, which is random enough for waiting times.
    fn random(&self) -> f64 {
        const BITS: u32 = 53;
        let bits = RandomState::new().hash_one(0) >> (u64::BITS - BITS);
        bits as f64 / (1_u64 << BITS) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_spread() {
        let numbers: Vec<f64> = (0..1000).map(|_| SystemClock.random()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        let mean = numbers.iter().sum::<f64>() / 1000.0;
        assert!((0.4..0.6).contains(&mean), "{mean}");
    }
}
