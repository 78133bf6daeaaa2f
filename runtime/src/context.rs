//! The context: which operation is called, for errors, hooks and logs.

use std::fmt;

use http::Method;

/// Which operation is called: what an error or a log may say of it without giving anything away.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) method: Method,
    /// The path as the API's description spells it: `/flows/{flowId}/runs`.
    pub(crate) template: &'static str,
    /// How many attempts were made so far.
    pub(crate) attempts: u32,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}
