//! Structs: how their members look on the wire.

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
