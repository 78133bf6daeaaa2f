//! Clients: the settings that all builders have.

/// The settings that every client has, for the `impl` of a builder `struct ClientBuilder(Builder)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_builder_settings {
    () => {
        /// Sends requests to this URL instead of the one in the API's description.
        ///
        /// Plain `http` is refused except to this machine, or after
        /// [`allow_plain_http`](Self::allow_plain_http).
        pub fn base_url(self, url: impl Into<String>) -> Self {
            Self(self.0.base_url(url))
        }

        /// Limits the time that a whole call may take. The default is 120 s.
        pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.timeout(timeout))
        }

        /// Limits the time that one attempt may take. There is no limit by default but that for
        /// the whole call.
        pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.attempt_timeout(timeout))
        }

        /// Says how calls are retried. The default is twice, after short waits.
        pub fn retry(self, retry: $crate::Retry) -> Self {
            Self(self.0.retry(retry))
        }

        /// Limits how many retries the client makes in all while nothing succeeds; one after a timeout counts
        /// twice. A retry that succeeds is given back, and five calls that succeed at once give one.
        ///
        /// It keeps a server that is down from being called ever more. By default there are 100 at first, and up
        /// to 1000 after calls that succeeded: enough for 500 calls at once that all time out. What is set here is
        /// there from the start; 0 means that there are no retries.
        pub fn retry_budget(self, retries: u32) -> Self {
            Self(self.0.retry_budget(retries))
        }

        /// Adds something that looks at each attempt, and may change its request.
        pub fn interceptor(self, interceptor: impl $crate::Interceptor) -> Self {
            Self(self.0.interceptor(interceptor))
        }

        /// Tells time and rolls dice by another clock, for tests.
        pub fn clock(self, clock: impl $crate::Clock) -> Self {
            Self(self.0.clock(clock))
        }

        /// Limits the time to open a connection. The default is 5 s.
        pub fn connect_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.connect_timeout(timeout))
        }

        /// Limits the time between two parts of a body. The default is 30 s.
        ///
        /// It starts with the headers: a server may take its time before it answers.
        pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.idle_timeout(timeout))
        }

        /// Limits the size of a response body in bytes, after decompression. The default is
        /// 32 MiB.
        pub fn max_response_bytes(self, bytes: usize) -> Self {
            Self(self.0.max_response_bytes(bytes))
        }

        /// Puts a product before the client's own in `User-Agent`, such as `my-app/1.2`.
        pub fn user_agent(self, product: impl Into<String>) -> Self {
            Self(self.0.user_agent(product))
        }

        /// Allows plain `http` to other machines: credentials can be read by anyone on the way.
        pub fn allow_plain_http(self) -> Self {
            Self(self.0.allow_plain_http())
        }

        /// Sends requests through this transport instead of the one the features provide.
        pub fn transport(self, transport: impl $crate::Transport) -> Self {
            Self(self.0.transport(transport))
        }
    };
}
