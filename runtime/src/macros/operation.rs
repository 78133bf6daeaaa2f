//! Operations: what all request structs can do.

/// Implements [`Operation`](crate::Operation), [`Clone`] and [`Debug`](std::fmt::Debug) for a request struct,
/// and the methods that all request structs have: `operation!(Request, Output, Error)`, or with a struct of the
/// documented headers as a fourth argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_operation {
    ($ty:ident, $output:ty, $error:ty) => {
        $crate::__v1_operation!($ty, $output, $error, ());
    };
    ($ty:ident, $output:ty, $error:ty, $headers:ty) => {
        impl $crate::Operation for $ty {
            type Output = $output;
            type Error = $error;

            #[inline]
            fn into_call(self) -> $crate::Call {
                self.0
            }
        }

        impl ::std::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.debug(::std::stringify!($ty), f)
            }
        }

        impl $ty {
            /// Sends the request, and returns the typed body with the status, headers and raw bytes.
            #[inline]
            pub fn send_raw(self) -> $crate::Pending<$crate::Response<$output, $headers>, $error> {
                self.0.send()
            }

            $crate::__v1_send_blocking!($output, $error);

            /// Limits the time that the whole call may take, instead of the client's limit.
            #[inline]
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.0.set_timeout(timeout);
                self
            }

            /// Sets how this call is retried, instead of the client's policy.
            #[inline]
            pub fn retry(mut self, retry: $crate::Retry) -> Self {
                self.0.set_retry(retry);
                self
            }

            /// Sets the idempotency key of this call, so that the server acts on it once even if it is retried.
            #[inline]
            pub fn idempotency_key(mut self, key: &str) -> Self {
                self.0.set_idempotency_key(key);
                self
            }

            /// Sends this request to another base URL.
            #[inline]
            pub fn base_url(mut self, url: &str) -> Self {
                self.0.set_base_url(url);
                self
            }

            /// Adds a query parameter that the API's description does not declare.
            #[inline]
            pub fn query(mut self, name: &str, value: &str) -> Self {
                self.0.add_query(name, value);
                self
            }

            /// Sets a header of this request. If the name or the value is invalid, `send` returns an error.
            #[inline]
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.0.set_header(name, value);
                self
            }

            /// The authenticated HTTP request, to be sent by another HTTP library.
            ///
            /// # Errors
            ///
            /// Whatever keeps the request from being sent, such as a missing credential.
            #[inline]
            pub fn into_request(
                self,
            ) -> ::std::result::Result<$crate::http::Request<$crate::Body>, $crate::Error<$error>>
            {
                self.0.into_request()
            }
        }
    };
}

/// The method that needs no async runtime, if the runtime has the feature `blocking`.
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_send_blocking {
    ($output:ty, $error:ty) => {
        /// Sends the request and waits on this thread for the response. No async runtime is needed.
        ///
        /// # Errors
        ///
        /// The same as for `send`.
        ///
        /// # Panics
        ///
        /// On a thread that drives async tasks of tokio, because waiting would block all of them. Use `send`
        /// there, or call this inside `tokio::task::spawn_blocking`.
        #[inline]
        #[track_caller]
        pub fn send_blocking(self) -> ::std::result::Result<$output, $crate::Error<$error>> {
            self.0.send_blocking()
        }
    };
}

/// The method that needs no async runtime, if the runtime has the feature `blocking`.
#[cfg(not(all(feature = "blocking", not(target_arch = "wasm32"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_send_blocking {
    ($output:ty, $error:ty) => {};
}
