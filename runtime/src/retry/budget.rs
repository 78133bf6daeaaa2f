//! The budget: how many retries a client may make in all.
//!
//! A bucket of tokens, as the AWS SDKs have it: a retry takes some, a success gives some back. While a
//! server is down, a client soon makes one attempt per call and no more.

use std::sync::atomic::{AtomicU32, Ordering};

/// What the bucket holds at first, and at most.
const FULL: u32 = 500;

/// What a retry takes.
const COST: u32 = 5;

/// What a retry after a timeout takes: it has held a connection for long.
const TIMEOUT_COST: u32 = 10;

/// The tokens of a client, shared by its clones.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Takes what a retry costs; how much that was, if there was enough.
    pub(crate) fn take(&self, after_timeout: bool) -> Option<u32> {
        let cost = if after_timeout { TIMEOUT_COST } else { COST };
        let take = |tokens: u32| tokens.checked_sub(cost);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.ok().map(|_| cost)
    }

    /// Gives back what the last retry of a call took that succeeded in the end, or a token for one that
    /// succeeded at once.
    pub(crate) fn refund(&self, cost: Option<u32>) {
        let give = |tokens: u32| Some(tokens.saturating_add(cost.unwrap_or(1)).min(FULL));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_is_down_gets_a_hundred_retries() {
        let budget = Budget::default();
        let retries = std::iter::from_fn(|| budget.take(false)).count();
        assert_eq!(retries, 100);
        budget.refund(None);
        assert_eq!(budget.take(false), None);
        budget.refund(Some(COST));
        assert_eq!(budget.take(false), Some(COST));
    }

    #[test]
    fn timeouts_cost_twice_and_nothing_overflows() {
        let budget = Budget::default();
        budget.refund(Some(u32::MAX));
        assert_eq!(std::iter::from_fn(|| budget.take(true)).count(), 50);
    }
}
