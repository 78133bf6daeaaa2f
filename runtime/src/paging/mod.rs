//! Paging: the pages of a list as a stream, and what is on them.
//!
//! How an API pages is said in the generator's configuration; [`Paging`] is what it comes to.

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

/// How the next page is asked for.
///
/// Places in a response are JSON pointers (RFC 6901); the empty one is the whole response.
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
    /// With a token that the response holds, in a parameter of the query. Without one it was the last page.
    Cursor {
        /// The parameter.
        parameter: &'static str,
        /// Where the token stands in the response.
        next: &'static str,
    },
    /// At a URL that the response holds.
    NextUrl {
        /// Where it stands in the response.
        next: &'static str,
    },
    /// At the URL that the header `Link` calls `next` (RFC 8288).
    LinkHeader,
    /// By how many items were there already. A page without items is the last one.
    Offset {
        /// The parameter.
        parameter: &'static str,
        /// Where the items stand in the response.
        items: &'static str,
    },
    /// By number. A page without items is the last one.
    Page {
        /// The parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
        /// Where the items stand in the response.
        items: &'static str,
    },
}

/// The response with a page, and what came with it.
type Answer<O> = Response<<O as Operation>::Output>;

/// The pages of a list, each asked for when the one before was taken.
///
/// It ends with the last page, or with the first error. A server that leads back to a page that was there
/// already gets an error, not a loop.
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
    /// How far the list has been read.
    taken: u64,
    /// What led to the pages so far.
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

    /// What is on the pages, one by one. `items` takes it out of a page.
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

/// What is on the pages of a list, one by one.
///
/// They come from [`Pages::items`].
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

    /// All items that are left.
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
