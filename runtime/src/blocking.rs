//! Blocking: waiting for a future on the calling thread.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Waits for a future.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let unpark = Arc::new(Unpark {
        thread: thread::current(),
        is_woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&unpark));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        // `park` may also return because something else unparked this thread, so only `is_woken` counts.
        while !unpark.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes the thread that waits.
struct Unpark {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// Panics on a thread that drives async tasks: waiting there would block all of them, perhaps for ever.
///
/// # Panics
///
/// On such a thread of tokio, with tokio's message that says why. A thread of `spawn_blocking` may wait.
#[track_caller]
pub(crate) fn refuse_to_starve() {
    drop(tokio::sync::Mutex::const_new(()).blocking_lock());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_future_that_is_woken_elsewhere_is_waited_for() {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let thread = thread::spawn(move || sender.send(7).unwrap());
        assert_eq!(wait(receiver).unwrap(), 7);
        thread.join().unwrap();
    }

    #[test]
    fn waiting_inside_of_waiting_loses_no_wake() {
        let outer = async {
            for _ in 0..1_000 {
                let (sender, receiver) = tokio::sync::oneshot::channel();
                let thread = thread::spawn(move || sender.send(()).unwrap());
                wait(receiver).unwrap();
                thread.join().unwrap();
                tokio::task::yield_now().await;
            }
        };
        wait(outer);
    }

    #[tokio::test]
    #[should_panic(expected = "Cannot block the current thread from within a runtime")]
    async fn a_thread_that_drives_tasks_does_not_wait() {
        refuse_to_starve();
    }

    #[tokio::test]
    async fn a_thread_that_may_block_waits() {
        tokio::task::spawn_blocking(refuse_to_starve).await.unwrap();
    }
}
