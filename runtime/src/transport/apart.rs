//! The transport for blocking calls: the default one, on a tokio runtime of its own.
//!
//! The pipeline runs on the calling thread, which sleeps until a response or a timer wakes it. So timeouts,
//! retries, tokens and streams are the same code as for async callers, and nothing blocks inside a future.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;

use super::{ReqwestTransport, Transport};
use crate::body::Body;
use crate::wire::{BodyStream, TransportError, TransportErrorKind, TransportFuture};

/// One thread for all clients of the program: it moves bytes, and the callers do the rest.
static RUNTIME: LazyLock<io::Result<Handle>> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let drive = move || runtime.block_on(std::future::pending::<()>());
    std::thread::Builder::new()
        .name("clientsmith".to_owned())
        .spawn(drive)?;
    Ok(handle)
});

/// Sends requests on that runtime. Connections belong to a runtime, so this has a connection pool of its own.
#[derive(Debug)]
pub(crate) struct Apart {
    transport: ReqwestTransport,
    runtime: Handle,
}

impl Apart {
    /// A transport that gives up connecting after a time.
    pub(crate) fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let runtime = RUNTIME.as_ref().map_err(|error| {
            let reason = format!("no runtime for blocking calls: {error}");
            TransportError::new(TransportErrorKind::Request, reason)
        })?;
        Ok(Self {
            transport: ReqwestTransport::new(connect_timeout)?,
            runtime: runtime.clone(),
        })
    }
}

impl Transport for Apart {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let task = Task(self.runtime.spawn(self.transport.send(request)));
        Box::pin(async move {
            let gone = |error| TransportError::new(TransportErrorKind::NoResponse, error);
            task.await.unwrap_or_else(|error| Err(gone(error)))
        })
    }

    /// The timer must be created inside the runtime; after that, any thread may wait for it.
    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        let _inside = self.runtime.enter();
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A task that is aborted when this is dropped, so that a cancelled call leaves no connection open.
struct Task<T>(JoinHandle<T>);

impl<T> Future for Task<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
