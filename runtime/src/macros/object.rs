//! Structs: how their members look on the wire.

/// Reads and writes a struct as an object, and makes it [`Debug`](std::fmt::Debug), [`Clone`] and
/// [`PartialEq`] as deriving them would: one line per field, with its name on the wire and when it is there.
///
/// - `required`: reading fails without the member.
/// - `nullable`: the field is an `Option`, and `None` is written as `null`.
/// - `optional`: the field is an `Option`, and the member is left out if it is `None`.
/// - `secret` after one of these: the value is redacted in debug output.
/// - `== "text"`: the member always holds this text.
/// - `..additional` at the end: the field with a map of the members that are not declared.
/// - `with undeclared` after the name of the type: the field with what the type has no place for, so that it is
///   written again.
/// - `, closed` behind that: there are no other members, and those that come are dropped.
///
/// ```
/// use clientsmith_runtime::__private::v1::object;
///
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
///         note = "note" optional,
///     }
/// }
///
/// let task: Task = clientsmith_runtime::from_slice(br#"{"text": "tidy up", "extra": 1}"#)?;
/// assert_eq!(task, Task { text: "tidy up".to_owned(), due: None, note: None });
/// assert_eq!(clientsmith_runtime::to_vec(&task)?, br#"{"text":"tidy up","dueAt":null}"#);
/// # Ok::<(), clientsmith_runtime::Fault>(())
/// ```
// Big clients have thousands of models and tens of thousands of fields, and the compiler pays for everything
// here once for each of them. So a field has no helper macro, no call and no variable of its own, except to be
// cloned; and there is no `?`, no empty slice and no derive, which expand to more code than they seem to.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_object {
    ($ty:ident $(with $undeclared:ident $(, $closed:ident)?)? {
        $($field:ident = $name:literal $presence:ident $($secret:ident)? $(== $text:literal)?,)*
        $(..$rest:ident,)?
    }) => {
        impl $crate::Decode for $ty {
            const SHAPE: $crate::codec::Shape =
                $crate::codec::Shape::Object(&$crate::codec::Object {
                    name: ::std::stringify!($ty),
                    members: &[$($name),*],
                    presence: ::std::stringify!($($presence)* $($($closed)?)?),
                    constants: &[$($(($name, $text),)?)*],
                });

            #[inline]
            fn decode(
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                match $crate::codec::record(
                    input,
                    Self::SHAPE,
                    $crate::__v1_optional!($(&mut $rest)?),
                ) {
                    Ok(($crate::__v1_record!($($field)*), $crate::__v1_kept!($($undeclared)?))) => {
                        Ok(Self {
                            $($field,)*
                            $($rest,)?
                            $($undeclared,)?
                        })
                    }
                    Err(fault) => Err(fault),
                }
            }
        }

        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::codec::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                $crate::codec::write_object(
                    sink,
                    <Self as $crate::Decode>::SHAPE,
                    &[$(&self.$field,)* $(&self.$rest)?],
                    $crate::__v1_optional!($(&self.$rest)?),
                    $crate::__v1_optional!($(&self.$undeclared)?),
                )
            }
        }

        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codec::debug(
                    self,
                    ::std::stringify!($ty, $($field $($secret)?,)* $($rest)?),
                    f,
                )
            }
        }

        impl ::std::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $($field: $crate::codec::copy(&self.$field),)*
                    $($rest: self.$rest.clone(),)?
                    $($undeclared: $crate::codec::copy(&self.$undeclared),)?
                }
            }
        }

        impl ::std::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codec::equal(self, other)
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// `Some` of the expression, or `None` if there is no expression.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

/// The pattern of what is kept beside a record: a variable, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_kept {
    () => {
        ()
    };
    ($undeclared:ident) => {
        $undeclared
    };
}

/// The pattern of a record: a tuple, or `More` of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_record {
    (
        $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident
        $i:ident $j:ident $k:ident $l:ident $m:ident $n:ident $o:ident $p:ident
        $($more:ident)+
    ) => {
        $crate::codec::More(
            ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k, $l, $m, $n, $o, $p),
            $crate::__v1_record!($($more)+),
        )
    };
    ($($field:ident)*) => { ($($field,)*) };
}

/// Forwards serde's traits, for users who read or write a model by themselves.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_serde {
    ($ty:ident) => {
        impl<'de> $crate::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codec::deserialize(deserializer)
            }
        }

        impl $crate::serde::Serialize for $ty {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }
    };
}
