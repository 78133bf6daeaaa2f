//! The macros by which generated types are read and written.
//!
//! A generated type is a plain struct or enum; one of these tables below it says how it looks on
//! the wire. They expand to little, and to nothing that is generic: see BENCHMARKS.md for what a
//! model costs the compiler.

/// Reads and writes a struct as an object: one line per field, with its name on the wire.
///
/// A field is an `Option` that is left out when it is `None`, unless it is `required` (it must be
/// there) or `nullable` (`None` is written as `null`). A text behind `==` is what it always holds.
/// `..additional` at the end names the map for members that are not declared, and `with nulls`
/// behind the type's name the field that keeps which members were `null` and not absent.
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
    ($ty:ident $(with $nulls:ident)? {
        $($field:ident = $name:literal $($mode:ident)? $(== $text:literal)?,)*
        $(..$rest:ident,)?
    }) => {
        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                $(let mut $field = ::std::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                $(let mut $nulls = $crate::__private::v1::Nulls::default();)?
                $crate::__private::v1::read_object(
                    input,
                    &mut [$(($name, &mut $field)),*],
                    $crate::__v1_maybe!($(&mut $rest)?),
                    $crate::__v1_maybe!($(&mut $nulls)?),
                )?;
                ::std::result::Result::Ok(Self {
                    $($field: $crate::__v1_finish!($field $name $($mode)?),)*
                    $($rest,)?
                    $($nulls,)?
                })
            }

            $crate::__v1_fit!($($name $($mode)? $(== $text)?,)*);
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
                    $crate::__v1_maybe!($(&self.$rest)?),
                    $crate::__v1_maybe!($(&self.$nulls)?),
                )
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// `Some` of what is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_maybe {
    () => {
        ::std::option::Option::None
    };
    ($value:expr) => {
        ::std::option::Option::Some($value)
    };
}

/// How well a value fits a struct.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_fit {
    ($($name:literal $($mode:ident)? $(== $text:literal)?,)*) => {
        fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
            $crate::__private::v1::fit_object(
                value,
                &[$((
                    $name,
                    $crate::__v1_is_required!($($mode)?),
                    $crate::__v1_text!($($text)?),
                )),*],
            )
        }
    };
}

/// Whether a member is there in every value.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_is_required {
    (required) => {
        true
    };
    ($(nullable)?) => {
        false
    };
}

/// The text that a member always holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_text {
    () => {
        ::std::option::Option::None
    };
    ($text:literal) => {
        ::std::option::Option::Some($text)
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

        impl $crate::Decode for $ty {
            const TEXT: bool = true;

            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                input.text().map(Self::from)
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                match Self::from(value.as_str()?) {
                    Self::Unknown(_) => ::std::option::Option::Some(1),
                    _ => ::std::option::Option::Some(3),
                }
            }
        }

        $crate::__v1_string_enum_encode!($ty);
    };
}

/// As `string_enum!`, without `Unknown`: a value that is not declared is a fault.
///
/// ```
/// use clientsmith_runtime::__private::v1::closed_string_enum;
///
/// #[derive(Debug, Clone, PartialEq)]
/// enum Mode {
///     Auto,
/// }
///
/// closed_string_enum! {
///     Mode {
///         Auto = "auto",
///     }
/// }
///
/// assert_eq!(clientsmith_runtime::from_slice::<Mode>(br#""auto""#)?, Mode::Auto);
/// assert!(clientsmith_runtime::from_slice::<Mode>(br#""manual""#).is_err());
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_closed_string_enum {
    ($ty:ident { $($variant:ident = $value:literal,)* }) => {
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl ::std::str::FromStr for $ty {
            type Err = $crate::Fault;

            fn from_str(value: &str) -> ::std::result::Result<Self, $crate::Fault> {
                match value {
                    $($value => ::std::result::Result::Ok(Self::$variant),)*
                    other => ::std::result::Result::Err($crate::__private::v1::undeclared(&other)),
                }
            }
        }

        impl $crate::Decode for $ty {
            const TEXT: bool = true;

            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                input.text()?.parse()
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                value.as_str()?.parse::<Self>().ok().map(|_| 3)
            }
        }

        $crate::__v1_string_enum_encode!($ty);
    };
}

/// Writes an enum as the string it stands for.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_string_enum_encode {
    ($ty:ident) => {
        impl ::std::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
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

/// Reads and writes an enum as an integer: one line per variant, with its value on the wire. The
/// last variant is `Unknown(i64)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_integer_enum {
    ($ty:ident { $($variant:ident = $value:literal,)* }) => {
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl ::std::convert::From<i64> for $ty {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                <i64 as $crate::Decode>::decode(input).map(Self::from)
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                match $crate::from_value(value).ok()? {
                    Self::Unknown(_) => ::std::option::Option::Some(1),
                    _ => ::std::option::Option::Some(3),
                }
            }
        }

        $crate::__v1_integer_enum_encode!($ty);
    };
}

/// As `integer_enum!`, without `Unknown`: a value that is not declared is a fault.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_closed_integer_enum {
    ($ty:ident { $($variant:ident = $value:literal,)* }) => {
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl ::std::convert::TryFrom<i64> for $ty {
            type Error = $crate::Fault;

            fn try_from(value: i64) -> ::std::result::Result<Self, $crate::Fault> {
                match value {
                    $($value => ::std::result::Result::Ok(Self::$variant),)*
                    other => ::std::result::Result::Err($crate::__private::v1::undeclared(&other)),
                }
            }
        }

        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                <i64 as $crate::Decode>::decode(input)?.try_into()
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                $crate::from_value::<Self>(value).ok().map(|_| 3)
            }
        }

        $crate::__v1_integer_enum_encode!($ty);
    };
}

/// Writes an enum as the integer it stands for.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_integer_enum_encode {
    ($ty:ident) => {
        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::__private::v1::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                sink.integer(self.as_i64())
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// Reads and writes an enum whose variants are told apart by a member: one line per variant, with
/// the member's values that mean it. The last variant is `Unknown(Value)`.
///
/// ```
/// use clientsmith_runtime::__private::v1::{object, tagged};
/// use clientsmith_runtime::serde_json::{Value, json};
///
/// #[derive(Debug, PartialEq)]
/// struct Cat {
///     kind: String,
///     claws: Option<i64>,
/// }
///
/// object! {
///     Cat {
///         kind = "kind" required,
///         claws = "claws",
///     }
/// }
///
/// #[derive(Debug, PartialEq)]
/// enum Pet {
///     Cat(Cat),
///     Unknown(Value),
/// }
///
/// tagged! {
///     Pet by "kind" {
///         Cat = "cat" | "lion",
///     }
/// }
///
/// let pets: Vec<Pet> = clientsmith_runtime::from_slice(br#"[
///     {"claws": 18, "kind": "lion"},
///     {"kind": "dog", "bark": true}
/// ]"#)?;
/// let lion = Cat { kind: "lion".to_owned(), claws: Some(18) };
/// let dog = json!({"kind": "dog", "bark": true});
/// assert_eq!(pets, [Pet::Cat(lion), Pet::Unknown(dog)]);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_tagged {
    ($ty:ident by $tag:literal { $($variant:ident = $($value:literal)|+,)* }) => {
        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                match $crate::__private::v1::Tagged::read(input, $tag)? {
                    ::std::result::Result::Ok(tagged) => match tagged.tag() {
                        $(::std::option::Option::Some($($value)|+) => {
                            tagged.decode().map(Self::$variant)
                        })*
                        _ => tagged.decode().map(Self::Unknown),
                    },
                    ::std::result::Result::Err(other) => {
                        $crate::Decode::decode(other).map(Self::Unknown)
                    }
                }
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                match $crate::__private::v1::tag_of(value, $tag)?.as_str() {
                    $($($value)|+ => {
                        let fit = $crate::__private::v1::fit_variant(Self::$variant, value)?;
                        ::std::option::Option::Some(fit + 4)
                    })*
                    _ => ::std::option::Option::None,
                }
            }
        }

        $crate::__v1_union_encode!($ty { $($variant)* });
    };
}

/// Reads and writes an enum whose variants are told apart by what their values look like: one line
/// per variant. The last variant is `Unknown(Value)`.
///
/// ```
/// use clientsmith_runtime::__private::v1::one_of;
/// use clientsmith_runtime::serde_json::{Value, json};
///
/// #[derive(Debug, PartialEq)]
/// enum Stop {
///     One(String),
///     Several(Vec<String>),
///     Unknown(Value),
/// }
///
/// one_of! {
///     Stop {
///         One,
///         Several,
///     }
/// }
///
/// let stops: Vec<Stop> = clientsmith_runtime::from_slice(br#"["a", ["b", "c"], 1]"#)?;
/// let several = vec!["b".to_owned(), "c".to_owned()];
/// assert_eq!(stops, [Stop::One("a".to_owned()), Stop::Several(several), Stop::Unknown(json!(1))]);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_one_of {
    ($ty:ident { $($variant:ident,)* }) => {
        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::__private::v1::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                use $crate::__private::v1::{choose, decode_or_keep, fit_variant};

                let value: $crate::serde_json::Value = $crate::Decode::decode(input)?;
                let chosen = choose(&[$(fit_variant(Self::$variant, &value)),*]);
                let mut variants = 0..;
                $(if chosen == variants.next() {
                    return ::std::result::Result::Ok(decode_or_keep(
                        value,
                        Self::$variant,
                        Self::Unknown,
                    ));
                })*
                ::std::result::Result::Ok(Self::Unknown(value))
            }

            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                [$($crate::__private::v1::fit_variant(Self::$variant, value)),*]
                    .into_iter()
                    .flatten()
                    .max()
            }
        }

        $crate::__v1_union_encode!($ty { $($variant)* });
    };
}

/// Writes a union: as what its variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_union_encode {
    ($ty:ident { $($variant:ident)* }) => {
        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::__private::v1::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                match self {
                    $(Self::$variant(value) => $crate::Encode::encode(value, sink),)*
                    Self::Unknown(value) => $crate::Encode::encode(value, sink),
                }
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// Reads the successes of an operation that documents several: one line per status, with its
/// variant. The last variant is `Other(Bytes)`.
///
/// A variant in braces, `{NoContent}`, carries nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_outcome {
    ($ty:ident { $($status:pat => $variant:tt,)* }) => {
        impl $crate::FromReply for $ty {
            #[inline]
            fn from_reply(
                reply: &$crate::RawReply,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                match reply.status().as_u16() {
                    $($status => $crate::__v1_outcome_of!(reply $variant),)*
                    #[allow(unreachable_patterns)]
                    _ => $crate::FromReply::from_reply(reply).map(Self::Other),
                }
            }
        }
    };
}

/// One success.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_outcome_of {
    ($reply:ident {$variant:ident}) => {
        ::std::result::Result::Ok(Self::$variant)
    };
    ($reply:ident $variant:ident) => {
        $crate::FromReply::from_reply($reply).map(Self::$variant)
    };
}

/// Reads the documented errors of an operation: one line per status, with its variant.
///
/// A status is a pattern: `404`, `400..=499` for `4XX`, `_` for `default`. A variant with `(Box)`
/// holds its answer in a box.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_api_error {
    ($ty:ident { $($status:pat => $variant:ident $(($boxed:ident))?,)* }) => {
        impl $crate::ApiError for $ty {
            #[inline]
            fn from_reply(
                reply: &$crate::RawReply,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::Fault>> {
                match reply.status().as_u16() {
                    $($status => ::std::option::Option::Some(
                        reply.typed()$(.map(::std::boxed::$boxed::new))?.map(Self::$variant),
                    ),)*
                    #[allow(unreachable_patterns)]
                    _ => ::std::option::Option::None,
                }
            }
        }
    };
}

/// Makes a request struct an [`Operation`](crate::Operation), and gives it the methods that all of
/// them have: `operation!(Request, Output, Error)`, or with a struct of headers at the end.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_operation {
    ($ty:ident, $output:ty, $error:ty) => {
        $crate::__v1_operation!($ty, $output, $error, ());
    };
    ($ty:ident, $output:ty, $error:ty, $headers:ty) => {
        impl $crate::Operation for $ty {
            type Output = $output;
            type Headers = $headers;
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
            pub fn send_raw(self) -> $crate::Pending<$crate::Response<$output, $headers>, $error> {
                self.0.send()
            }

            $crate::__v1_send_blocking!($output, $error);

            /// Limits the time that the whole call may take, instead of the client's limit.
            #[inline]
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Retries as this says, instead of as the client does.
            #[inline]
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }

            /// Names this call, so that the server does it once however often it is sent.
            #[inline]
            pub fn idempotency_key(self, key: &str) -> Self {
                Self(self.0.idempotency_key(key))
            }

            /// Sends this request to another base URL.
            #[inline]
            pub fn base_url(self, url: &str) -> Self {
                Self(self.0.base_url(url))
            }

            /// Adds a pair to the query that the API's description does not name.
            #[inline]
            pub fn query(self, name: &str, value: &str) -> Self {
                Self(self.0.add_query(name, value))
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
            ) -> ::std::result::Result<$crate::http::Request<$crate::Body>, $crate::Error<$error>>
            {
                self.0.into_request()
            }
        }
    };
}

/// The method that needs no async runtime, if the runtime has the feature `blocking`.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_send_blocking {
    ($output:ty, $error:ty) => {
        /// Sends the request on this thread and waits for the answer. No async runtime is needed.
        ///
        /// # Errors
        ///
        /// As for `send`.
        #[inline]
        pub fn send_blocking(self) -> ::std::result::Result<$output, $crate::Error<$error>> {
            self.0.send_blocking()
        }
    };
}

/// The method that needs no async runtime, if the runtime has the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_send_blocking {
    ($output:ty, $error:ty) => {};
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

        /// Limits the time that one attempt may take. There is no limit by default but that for
        /// the whole call.
        pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
            Self(self.0.attempt_timeout(timeout))
        }

        /// Says how calls are retried. The default is twice, after short waits.
        pub fn retry(self, retry: $crate::Retry) -> Self {
            Self(self.0.retry(retry))
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
