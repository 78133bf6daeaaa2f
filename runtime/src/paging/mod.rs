//! Paging: the pages of a list as a stream, and the items on them.
//!
//! The generator's configuration says how an API splits its lists into pages; generated code passes that on as
//! a [`Paging`].

mod next;

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_core::Stream;

use crate::call::Call;
use crate::codec::Fault;
use crate::error::Error;
use crate::operation::Operation;
use crate::pending::Pending;
use crate::response::{RawResponse, Response};
use next::Next;

/// How the next page is requested.
///
/// Places in the body of a response are JSON pointers (RFC 6901); the empty one is the whole body.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Paging;
///
/// // ?after=… with what `{"meta": {"next": …}}` holds
/// let paging = Paging::Cursor { parameter: "after", next: "/meta/next" };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// With a cursor from the response, sent as a query parameter. A page without a cursor is the last one.
    Cursor {
        /// The name of the query parameter.
        parameter: &'static str,
        /// The JSON pointer to the cursor in the response.
        next: &'static str,
    },
    /// At a URL from the response. A page without a URL is the last one.
    NextUrl {
        /// The JSON pointer to the URL in the response.
        next: &'static str,
    },
    /// At the URL of the link with the relation `next` in the `Link` header (RFC 8288). A page without such a
    /// link is the last one.
    LinkHeader,
    /// With the number of items on all pages so far, sent as a query parameter. A page without items is the
    /// last one.
    Offset {
        /// The name of the query parameter.
        parameter: &'static str,
        /// The JSON pointer to the array of items in the response.
        items: &'static str,
    },
    /// With the number of the page, sent as a query parameter. A page without items is the last one.
    Page {
        /// The name of the query parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
        /// The JSON pointer to the array of items in the response.
        items: &'static str,
    },
}

/// The response with a page, and what came with it.
type Answer<O> = Response<<O as Operation>::Output>;

/// A stream of the pages of a list. Each page is requested only when the stream is polled for it.
///
/// It ends after the last page or the first error. If the server refers back to an earlier page, that is an
/// error and not an endless loop.
///
/// # Example
///
/// ```no_run
/// # async fn example<O: clientsmith_runtime::Operation>(
/// #     mut pages: clientsmith_runtime::Pages<O>,
/// # ) -> Result<(), clientsmith_runtime::Error<O::Error>> {
/// while let Some(page) = pages.next().await {
///     let _page = page?;
/// }
/// # Ok(())
/// # }
/// ```
pub struct Pages<O: Operation> {
    /// The call of the next page; none after the last.
    call: Option<Call>,
    paging: Paging,
    /// The page that is on its way.
    pending: Option<Pending<Answer<O>, O::Error>>,
    /// How many items (for [`Paging::Offset`]) or pages (for [`Paging::Page`]) were read so far.
    taken: u64,
    /// The cursors, numbers or URLs of the pages requested so far.
    seen: HashSet<String>,
}

impl<O: Operation> Pages<O> {
    /// The pages of an operation.
    pub fn new(operation: O, paging: Paging) -> Self {
        Self {
            call: Some(operation.into_call()),
            paging,
            pending: None,
            taken: 0,
            seen: HashSet::new(),
        }
    }

    /// The next page; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error<O::Error>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// A stream of the items on all pages. `items` takes the items out of a page.
    pub fn items<T>(self, items: fn(O::Output) -> Vec<T>) -> Items<O, T> {
        Items {
            pages: self,
            items,
            ready: Vec::new().into_iter(),
        }
    }

    /// Prepares the call of the page after this one.
    fn turn(&mut self, call: Call, response: &RawResponse) -> Result<(), Fault> {
        let Some(next) = Next::of(self.paging, response, &mut self.taken)? else {
            return Ok(());
        };
        if !self.seen.insert(next.key()) {
            return Err(Fault::new("the next page is one that was there already"));
        }
        self.call = Some(next.apply(call)?);
        Ok(())
    }
}

impl<O: Operation> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let Some(call) = &this.call else {
            return Poll::Ready(None);
        };
        let pending = this.pending.get_or_insert_with(|| call.clone().send());
        let Poll::Ready(result) = Pin::new(pending).poll(context) else {
            return Poll::Pending;
        };
        this.pending = None;
        let call = this.call.take();
        Poll::Ready(Some(result.and_then(|answer| {
            let (raw, page) = answer.into_raw();
            match call.map_or(Ok(()), |call| this.turn(call, &raw)) {
                Ok(()) => Ok(page),
                Err(fault) => Err(Error::of_fault(fault, raw)),
            }
        })))
    }
}

impl<O: Operation> Unpin for Pages<O> {}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("paging", &self.paging)
            .finish_non_exhaustive()
    }
}

/// A stream of the items on all pages of a list, from [`Pages::items`].
///
/// # Example
///
/// ```no_run
/// # async fn example<O: clientsmith_runtime::Operation, T: std::fmt::Debug>(
/// #     mut items: clientsmith_runtime::Items<O, T>,
/// # ) -> Result<(), clientsmith_runtime::Error<O::Error>> {
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Items<O: Operation, T> {
    pages: Pages<O>,
    items: fn(O::Output) -> Vec<T>,
    ready: std::vec::IntoIter<T>,
}

impl<O: Operation, T> Items<O, T> {
    /// The next item; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<T, Error<O::Error>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects all items that are left, from this page and those after it.
    ///
    /// # Errors
    ///
    /// The first error of a page; the items before it are lost.
    pub async fn collect(mut self) -> Result<Vec<T>, Error<O::Error>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<O: Operation, T> Stream for Items<O, T> {
    type Item = Result<T, Error<O::Error>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(page))) => self.ready = (self.items)(page).into_iter(),
            }
        }
    }
}

impl<O: Operation, T> Unpin for Items<O, T> {}

impl<O: Operation, T> fmt::Debug for Items<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
