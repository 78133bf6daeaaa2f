//! Enums of listed values: texts and integers of which some are known.

/// Reads and writes an enum as a string: one line per variant, with its value on the wire.
///
/// The enum has a last variant `Unknown(String)`, which keeps a value that is not declared, so a
/// server that learns a new one breaks nobody. Two of them are equal when their texts are.
///
/// ```
/// use clientsmith_runtime::__private::v1::string_enum;
///
/// #[derive(Debug, Clone)]
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
/// assert_eq!(Mode::Unknown("auto".to_owned()), Mode::Auto);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_string_enum {
    ($ty:ident { $($variant:ident = $value:literal,)* }) => {
        #[allow(unreachable_pub)]
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            #[inline(never)]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codec::is_text(self.as_str(), other.as_str())
            }
        }

        impl ::std::cmp::Eq for $ty {}

        impl ::std::hash::Hash for $ty {
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                self.as_str().hash(hasher);
            }
        }

        impl ::std::convert::From<&str> for $ty {
            #[inline]
            fn from(value: &str) -> Self {
                $(if $crate::codec::is_text(value, $value) {
                    return Self::$variant;
                })*
                Self::Unknown($crate::codec::unknown(value))
            }
        }

        impl $crate::Decode for $ty {
            const SHAPE: $crate::codec::Shape =
                $crate::codec::Shape::Text(&[$($value),*]);

            #[inline]
            fn decode(
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                $crate::codec::in_variant($crate::codec::listed(&input, Self::SHAPE), Self::from)
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
        #[allow(unreachable_pub)]
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            #[inline(never)]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl ::std::str::FromStr for $ty {
            type Err = $crate::Fault;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, $crate::Fault> {
                $(if $crate::codec::is_text(value, $value) {
                    return Ok(Self::$variant);
                })*
                Err($crate::codec::undeclared(&value))
            }
        }

        impl $crate::Decode for $ty {
            const SHAPE: $crate::codec::Shape = $crate::codec::Shape::Text(&[]);

            #[inline]
            fn decode(
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                input.text()?.parse()
            }

            #[inline]
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
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::codec::Sink,
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
        #[allow(unreachable_pub)]
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl ::std::convert::From<i64> for $ty {
            #[inline]
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
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                match Self::from(<i64 as $crate::Decode>::decode(input)?) {
                    unknown @ Self::Unknown(_) => $crate::codec::kept(unknown),
                    known => Ok(known),
                }
            }

            #[inline]
            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                match $crate::from_value(value).ok()? {
                    Self::Unknown(_) => Some(1),
                    _ => Some(3),
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
        #[allow(unreachable_pub)]
        impl $ty {
            /// The value as it goes over the wire.
            #[must_use]
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl ::std::convert::TryFrom<i64> for $ty {
            type Error = $crate::Fault;

            #[inline]
            fn try_from(value: i64) -> ::std::result::Result<Self, $crate::Fault> {
                match value {
                    $($value => Ok(Self::$variant),)*
                    other => Err($crate::codec::undeclared(&other)),
                }
            }
        }

        impl $crate::Decode for $ty {
            #[inline]
            fn decode(
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                <i64 as $crate::Decode>::decode(input)?.try_into()
            }

            #[inline]
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
                sink: &mut dyn $crate::codec::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                sink.integer(self.as_i64())
            }
        }

        $crate::__v1_serde!($ty);
    };
}
