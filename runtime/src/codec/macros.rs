//! The macros by which generated types are read and written.
//!
//! A generated type is a plain struct or enum; one of these tables below it says how it looks on
//! the wire. They expand to little, and to nothing that is generic: see BENCHMARKS.md for what a
//! model costs the compiler.

/// Reads and writes a struct as an object: one line per field, with its name on the wire.
///
/// A field is an `Option` that is left out when it is `None`, unless it is `required` (it must be
/// there) or `nullable` (`None` is written as `null`).
///
/// ```
/// use clientsmith_runtime::__private::v1::object;
///
/// #[derive(Debug, PartialEq)]
/// struct Task {
///     text: String,
///     due: Option<String>,
///     note: Option<String>,
/// }
///
/// object! {
///     Task {
///         text = "text" required,
///         due = "dueAt" nullable,
///         note = "note",
///     }
/// }
///
/// let task: Task = clientsmith_runtime::from_slice(br#"{"text": "tidy up", "extra": 1}"#)?;
/// assert_eq!(task, Task { text: "tidy up".to_owned(), due: None, note: None });
/// assert_eq!(clientsmith_runtime::to_vec(&task)?, br#"{"text":"tidy up","dueAt":null}"#);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_object {
    ($ty:ident { $($field:ident = $name:literal $($mode:ident)?,)* }) => {
        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                $(let mut $field = ::std::option::Option::None;)*
                $crate::__private::v1::read_object(input, &mut [$(($name, &mut $field)),*])?;
                ::std::result::Result::Ok(Self {
                    $($field: $crate::__v1_finish!($field $name $($mode)?),)*
                })
            }
        }

        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::__private::v1::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                $crate::__private::v1::write_object(
                    sink,
                    &[$(($name, $crate::__v1_show!(&self.$field, $($mode)?))),*],
                )
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// Reads a struct from the headers of an answer: one line per field, with the header's name. Every
/// field is an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_headers {
    ($ty:ident { $($field:ident = $name:literal,)* }) => {
        impl $crate::FromHeaders for $ty {
            #[inline]
            fn from_headers(headers: &$crate::http::HeaderMap) -> Self {
                Self {
                    $($field: $crate::__private::v1::header(headers, $name),)*
                }
            }
        }
    };
}

/// The value of a field once all members were read.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_finish {
    ($field:ident $name:literal required) => {
        $crate::__private::v1::required($field, $name)?
    };
    ($field:ident $name:literal $(nullable)?) => {
        $field
    };
}

/// The value of a field as it is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_show {
    ($field:expr, nullable) => {
        &$crate::__private::v1::Nullable($field)
    };
    ($field:expr, $(required)?) => {
        $field
    };
}

/// Forwards serde's traits, for users who read or write a model by themselves.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_serde {
    ($ty:ident) => {
        impl<'de> $crate::__private::v1::serde::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<D: $crate::__private::v1::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::v1::deserialize(deserializer)
            }
        }

        impl $crate::__private::v1::serde::Serialize for $ty {
            #[inline]
            fn serialize<S: $crate::__private::v1::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::__private::v1::serialize(self, serializer)
            }
        }
    };
}

/// Reads and writes an enum as a string: one line per variant, with its value on the wire.
///
/// The enum has a last variant `Unknown(String)`, which keeps a value that is not declared, so a
/// server that learns a new one breaks nobody.
///
/// ```
/// use clientsmith_runtime::__private::v1::string_enum;
///
/// #[derive(Debug, Clone, PartialEq)]
/// enum Mode {
///     Auto,
///     Unknown(String),
/// }
///
/// string_enum! {
///     Mode {
///         Auto = "auto",
///     }
/// }
///
/// let modes: Vec<Mode> = clientsmith_runtime::from_slice(br#"["auto", "manual"]"#)?;
/// assert_eq!(modes, [Mode::Auto, Mode::Unknown("manual".to_owned())]);
/// assert_eq!(clientsmith_runtime::to_vec(&modes)?, br#"["auto","manual"]"#);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_string_enum {
    ($ty:ident { $($variant:ident = $value:literal,)* }) => {
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for $ty {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(::std::borrow::ToOwned::to_owned(other)),
                }
            }
        }

        impl ::std::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Decode for $ty {
            const TEXT: bool = true;

            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                input.text().map(Self::from)
            }
        }

        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::__private::v1::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                sink.string(self.as_str())
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// Reads the documented errors of an operation: one line per status, with its variant.
///
/// A status is a pattern: `404`, `400..=499` for `4XX`, `_` for `default`.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_api_error {
    ($ty:ident { $($status:pat => $variant:ident,)* }) => {
        impl $crate::ApiError for $ty {
            #[inline]
            fn from_reply(
                reply: &$crate::RawReply,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::Fault>> {
                match reply.status().as_u16() {
                    $($status => ::std::option::Option::Some(reply.typed().map(Self::$variant)),)*
                    #[allow(unreachable_patterns)]
                    _ => ::std::option::Option::None,
                }
            }
        }
    };
}

/// Makes a request struct an [`Operation`](crate::Operation), and gives it the methods that all of
/// them have.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_operation {
    ($ty:ident, $output:ty, $error:ty) => {
        impl $crate::Operation for $ty {
            type Output = $output;
            type Error = $error;

            #[inline]
            fn into_call(self) -> $crate::Call {
                self.0
            }

            #[inline]
            fn from_call(call: $crate::Call) -> Self {
                Self(call)
            }
        }

        impl $ty {
            /// Sends the request; what comes back keeps the status, the headers and the bytes.
            #[inline]
            pub fn send_raw(self) -> $crate::Pending<$crate::Response<$output>, $error> {
                self.0.send()
            }

            /// Limits the time that the whole call may take, instead of the client's limit.
            #[inline]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sets a header of this request. One that cannot be sent is reported by `send`.
            #[inline]
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// The request as a value, to be sent by something else.
            ///
            /// # Errors
            ///
            /// What `send` would say before it sends anything.
            #[inline]
            pub fn into_request(
                self,
            ) -> ::std::result::Result<
                $crate::http::Request<$crate::bytes::Bytes>,
                $crate::Error<$error>,
            > {
                self.0.into_request()
            }
        }
    };
}

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
