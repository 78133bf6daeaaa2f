//! Deviations: where a value that was read is not what the API's description says.

use std::cell::Cell;
use std::fmt;

use super::{Encode, Entries, Fault, Sink};
use crate::body::File;

/// A place where a response is not what the API's description says, although it could be read.
///
/// It holds no values, so it is fit for a log.
///
/// # Example
///
/// ```
/// use clientsmith_runtime::Response;
///
/// fn report<T: clientsmith_runtime::FromResponse>(response: &Response<T>) {
///     for deviation in response.deviations() {
///         eprintln!("{deviation}");
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The place, such as `items[1].at`; empty for the whole value.
    pub path: String,
    /// What is different there.
    pub kind: DeviationKind,
}

/// What is different from the API's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviationKind {
    /// The value of an optional member is not what its type declares. Its field is `None`.
    Misfit,
    /// So many members were dropped, because the description allows none but those that it names.
    Dropped(usize),
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match self.kind {
            DeviationKind::Misfit => f.write_str("the value is not what is documented"),
            DeviationKind::Dropped(1) => f.write_str("a member is not documented"),
            DeviationKind::Dropped(count) => write!(f, "{count} members are not documented"),
        }
    }
}

thread_local! {
    /// Whether something deviated since this was asked the last time.
    static NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Takes note that a value deviates.
#[cold]
pub(super) fn note() {
    NOTED.set(true);
}

/// Whether a value that was read on this thread since the last time deviates, so that nobody must search for
/// deviations where there are none.
pub(crate) fn noted() -> bool {
    NOTED.replace(false)
}

/// The deviations of a value that was read.
pub(crate) fn deviations(value: &dyn Encode) -> Vec<Deviation> {
    let mut search = Search::default();
    // What cannot be written was made by the caller and not read.
    let _ = value.encode(&mut search);
    search.found
}

/// Goes through a value as if to write it.
#[derive(Default)]
struct Search {
    path: String,
    found: Vec<Deviation>,
}

impl Search {
    fn found(&mut self, kind: DeviationKind) {
        let path = self.path.clone();
        self.found.push(Deviation { path, kind });
    }

    /// Goes on one step further inside.
    fn within<T>(&mut self, step: fmt::Arguments<'_>, search: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        // Writing to a string cannot fail.
        let _ = fmt::write(&mut self.path, step);
        let result = search(self);
        self.path.truncate(length);
        result
    }

    fn member<T>(&mut self, name: &str, search: impl FnOnce(&mut Self) -> T) -> T {
        let separator = if self.path.is_empty() { "" } else { "." };
        self.within(format_args!("{separator}{name}"), search)
    }
}

impl Sink for Search {
    fn null(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> Result<(), Fault> {
        Ok(())
    }

    fn integer(&mut self, _: i64) -> Result<(), Fault> {
        Ok(())
    }

    fn unsigned(&mut self, _: u64) -> Result<(), Fault> {
        Ok(())
    }

    fn float(&mut self, _: f64) -> Result<(), Fault> {
        Ok(())
    }

    fn string(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn display(&mut self, _: &dyn fmt::Display) -> Result<(), Fault> {
        Ok(())
    }

    fn file(&mut self, _: &File) -> Result<(), Fault> {
        Ok(())
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), Fault> {
        let mut elements = elements.enumerate();
        elements.try_for_each(|(index, element)| {
            self.within(format_args!("[{index}]"), |inside| element.encode(inside))
        })
    }

    fn object(&mut self, entries: &Entries<'_>) -> Result<(), Fault> {
        match entries
            .undeclared()
            .map_or(0, |undeclared| undeclared.dropped())
        {
            0 => {}
            count => self.found(DeviationKind::Dropped(count)),
        }
        for name in entries.misfits() {
            self.member(name, |inside| inside.found(DeviationKind::Misfit));
        }
        entries.each_entry(|name, value| self.member(name, |inside| value.encode(inside)))
    }
}
