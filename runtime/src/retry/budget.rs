//! The budget: how many retries a client may make in all.
//!
//! A token bucket, as in the AWS SDKs: a retry takes tokens, a success gives some back. While a server is down,
//! a client soon makes one attempt per call and no more. A client starts with few tokens and earns more by
//! calls that succeed. It may earn many, because stalled calls pile up: if one in twenty of 500 concurrent
//! calls stalls, then after some thousands of successes all 500 may be waiting for a response that never comes.

#[cfg(all(test, clientsmith_loom))]
use loom::sync::atomic::{AtomicU32, Ordering};
#[cfg(not(all(test, clientsmith_loom)))]
use std::sync::atomic::{AtomicU32, Ordering};

/// What a retry takes.
const COST: u32 = 5;

/// What a retry after a timeout takes: it has held a connection for long.
const TIMEOUT_COST: u32 = 10;

/// The tokens of a client, shared by its clones.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    /// The maximum number of tokens.
    full: u32,
}

impl Budget {
    /// How many retries there are at first unless the user says otherwise.
    const AT_FIRST: u32 = 100;

    /// The default maximum of retries: enough for 500 calls that time out together (each counts twice).
    const AT_MOST: u32 = 1_000;

    /// A bucket for so many retries, which is full.
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(COST);
        Self {
            tokens: AtomicU32::new(full),
            full,
        }
    }

    /// Takes what a retry costs, if there is enough.
    pub(crate) fn pay(&self, after_timeout: bool) -> Option<Paid<'_>> {
        let cost = if after_timeout { TIMEOUT_COST } else { COST };
        let take = |tokens: u32| tokens.checked_sub(cost);
        let taken = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.ok().map(|_| Paid { budget: self, cost })
    }

    /// Gives tokens back after a call that succeeded: the cost of its last retry, or one token if it had none.
    pub(crate) fn refund(&self, cost: Option<u32>) {
        self.give(cost.unwrap_or(1));
    }

    fn give(&self, tokens: u32) {
        let give = |left: u32| Some(left.saturating_add(tokens).min(self.full));
        let _ = self
            .tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

impl Default for Budget {
    /// Little at first, and more for a client whose calls succeed.
    fn default() -> Self {
        Self {
            tokens: AtomicU32::new(Self::AT_FIRST * COST),
            full: Self::AT_MOST * COST,
        }
    }
}

/// A retry that is paid for. If this is dropped before the retry is made, its tokens are given back.
#[derive(Debug)]
#[must_use]
pub(crate) struct Paid<'b> {
    budget: &'b Budget,
    cost: u32,
}

impl Paid<'_> {
    /// Marks the retry as made, so that its tokens are not given back, and returns how many it cost.
    pub(crate) fn made(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Paid<'_> {
    fn drop(&mut self) {
        self.budget.give(self.cost);
    }
}

/// Every order in which threads can use a budget: `.ci/loom`.
#[cfg(all(test, clientsmith_loom))]
mod orders {
    use super::*;
    use loom::sync::Arc;
    use loom::thread;

    /// Two calls that need a retry each while one succeeds: one of them, or both, and no token is lost or made.
    #[test]
    fn no_token_is_lost_or_spent_twice() {
        loom::model(|| {
            let budget = Arc::new(Budget::new(1));
            let calls: Vec<_> = (0..2)
                .map(|_| {
                    let budget = Arc::clone(&budget);
                    thread::spawn(move || budget.pay(false).map(Paid::made))
                })
                .collect();
            budget.refund(None);
            let made = calls.into_iter().filter_map(|call| call.join().unwrap());
            let made = u32::try_from(made.count()).unwrap();
            assert_eq!(made, 1);
            let left = budget.tokens.load(Ordering::Relaxed);
            assert!(left == 0 || left == 1, "{left} left");
        });
    }

    /// A call is given up just before its retry while another one needs it.
    #[test]
    fn what_a_call_gives_back_another_can_have() {
        loom::model(|| {
            let budget = Arc::new(Budget::new(2));
            let other = Arc::clone(&budget);
            let given_up = thread::spawn(move || drop(other.pay(true)));
            let made = budget.pay(false).map(Paid::made);
            given_up.join().unwrap();
            let left = budget.tokens.load(Ordering::Relaxed);
            assert_eq!(left + made.unwrap_or(0), 2 * COST);
        });
    }
}

#[cfg(all(test, not(clientsmith_loom)))]
mod tests {
    use super::*;

    /// How many retries are made until there are none left.
    fn made(budget: &Budget, after_timeout: bool) -> usize {
        std::iter::from_fn(|| budget.pay(after_timeout).map(Paid::made)).count()
    }

    #[test]
    fn a_server_that_is_down_gets_so_many_retries() {
        let budget = Budget::new(100);
        assert_eq!(made(&budget, false), 100);
        budget.refund(None);
        assert_eq!(made(&budget, false), 0);
        budget.refund(Some(COST));
        assert_eq!(made(&budget, false), 1);
        assert_eq!(made(&Budget::new(0), false), 0);
    }

    #[test]
    fn timeouts_cost_twice_and_nothing_overflows() {
        let budget = Budget::new(100);
        budget.refund(Some(u32::MAX));
        assert_eq!(made(&budget, true), 50);
        let unlimited = Budget::new(u32::MAX);
        assert!((0..100_000).all(|_| unlimited.pay(true).map(Paid::made).is_some()));
    }

    #[test]
    fn calls_that_succeed_earn_retries() {
        assert_eq!(made(&Budget::default(), false), 100);
        let budget = Budget::default();
        (0..9_500).for_each(|_| budget.refund(None));
        assert_eq!(made(&budget, true), 500);
        (0..500).for_each(|_| budget.refund(None));
        assert_eq!(made(&budget, false), 100);
    }

    #[test]
    fn what_is_given_up_before_it_is_made_costs_nothing() {
        let budget = Budget::new(10);
        for _ in 0..1_000 {
            drop(budget.pay(true));
        }
        assert_eq!(made(&budget, false), 10);
    }
}
