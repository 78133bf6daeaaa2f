//! Clients: the settings that all builders have.

/// The settings that every client has, for the `impl` of a builder `struct ClientBuilder(Builder)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_builder_settings {
    () => {
        /// Sets the base URL that requests go to, instead of the one in the API's description.
        ///
        /// Plain `http` is only allowed for a loopback address such as `localhost`, unless
        /// [`allow_plain_http`](Self::allow_plain_http) is called.
        pub fn base_url(self, url: impl Into<String>) -> Self {
            Self(self.0.base_url(url))
        }

        /// Limits the time that a whole call may take. The default is 120 s.
        pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.timeout(timeout))
        }

        /// Limits the time that one attempt may take. By default only the whole call is limited.
        pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.attempt_timeout(timeout))
        }

        /// Sets how calls are retried. The default is two retries, after at most 0.5 s and 1 s.
        pub fn retry(self, retry: $crate::Retry) -> Self {
            Self(self.0.retry(retry))
        }

        /// Limits how many retries the client makes in total while nothing succeeds. A retry after a timeout
        /// counts twice. A retry that succeeds is given back; five calls that succeed without one add one.
        ///
        /// This keeps retries from overloading a server that is down. By default the client starts with 100
        /// retries and can earn up to 1000 by calls that succeed, enough for 500 concurrent calls that all time
        /// out. A number that is set here is both the start and the maximum; 0 means no retries.
        pub fn retry_budget(self, retries: u32) -> Self {
            Self(self.0.retry_budget(retries))
        }

        /// Adds an interceptor, which sees each attempt and may change its request.
        pub fn interceptor(self, interceptor: impl $crate::Interceptor) -> Self {
            Self(self.0.interceptor(interceptor))
        }

        /// Sets the source of the time and of random numbers, for tests.
        pub fn clock(self, clock: impl $crate::Clock) -> Self {
            Self(self.0.clock(clock))
        }

        /// Limits the time to open a connection. The default is 5 s.
        pub fn connect_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.connect_timeout(timeout))
        }

        /// Limits the time between two parts of a body. The default is 30 s.
        ///
        /// It applies once the headers have arrived: it does not limit how long the server takes to respond.
        pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.idle_timeout(timeout))
        }

        /// Limits the size of a response body in bytes, after decompression. The default is
        /// 32 MiB.
        pub fn max_response_bytes(self, bytes: usize) -> Self {
            Self(self.0.max_response_bytes(bytes))
        }

        /// Puts a product such as `my-app/1.2` before the client's own in the `User-Agent` header.
        pub fn user_agent(self, product: impl Into<String>) -> Self {
            Self(self.0.user_agent(product))
        }

        /// Allows plain `http` to other machines, so that anyone on the network path can read the credentials.
        pub fn allow_plain_http(self) -> Self {
            Self(self.0.allow_plain_http())
        }

        /// Sends requests through this transport, instead of the default one of the enabled Cargo features.
        pub fn transport(self, transport: impl $crate::Transport) -> Self {
            Self(self.0.transport(transport))
        }
    };
}
