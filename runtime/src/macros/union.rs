//! Unions: enums of types, told apart by a tag or by what a value looks like.

/// Reads and writes an enum whose variants are told apart by a member: one line per variant, with
/// the member's values that mean it. The last variant is `Unknown(Value)`.
///
/// ```
/// use clientsmith_runtime::__private::v1::{object, tagged};
/// use clientsmith_runtime::serde_json::{Value, json};
///
/// struct Cat {
///     kind: String,
///     claws: Option<i64>,
/// }
///
/// object! {
///     Cat {
///         kind = "kind" required,
///         claws = "claws" optional,
///     }
/// }
///
/// #[derive(Debug, Clone, PartialEq)]
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
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                match $crate::codec::Tagged::read(input, $tag)? {
                    Ok(tagged) => match tagged.tag() {
                        $(Some($($value)|+) => {
                            $crate::codec::in_variant(tagged.decode(), Self::$variant)
                        })*
                        _ => $crate::codec::kept(Self::Unknown(tagged.decode()?)),
                    },
                    Err(other) => $crate::codec::kept(Self::Unknown($crate::Decode::decode(other)?)),
                }
            }

            #[inline]
            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                match $crate::codec::tag_of(value, $tag)?.as_str() {
                    $($($value)|+ => {
                        let fit = $crate::codec::fit_variant(Self::$variant, value)?;
                        Some(fit + 4)
                    })*
                    _ => None,
                }
            }
        }

        impl $crate::Encode for $ty {
            #[inline]
            fn encode(
                &self,
                sink: &mut dyn $crate::codec::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::codec::write_tagged(value, sink, $tag, &[$($value),+])
                    })*
                    Self::Unknown(value) => $crate::codec::write_variant(value, sink),
                }
            }
        }

        $crate::__v1_serde!($ty);
    };
}

/// Reads and writes an enum whose variants are told apart by what their values look like: one line
/// per variant. The last variant is `Unknown(Value)`.
///
/// ```
/// use clientsmith_runtime::__private::v1::one_of;
/// use clientsmith_runtime::serde_json::{Value, json};
///
/// #[derive(Debug, Clone, PartialEq)]
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
                input: $crate::codec::Input<'_>,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                use $crate::codec::{Trials, fit_variant, kept};

                let value: $crate::serde_json::Value = $crate::Decode::decode(input)?;
                let mut trials = Trials::new(&value, &[$(fit_variant(Self::$variant, &value)),*]);
                while let Some(chosen) = trials.next_variant() {
                    let mut variants = 0..;
                    $(if Some(chosen) == variants.next()
                        && let Some(read) = trials.read(Self::$variant)
                    {
                        return Ok(read);
                    })*
                }
                kept(Self::Unknown(value))
            }

            #[inline]
            fn fit(value: &$crate::serde_json::Value) -> ::std::option::Option<usize> {
                [$($crate::codec::fit_variant(Self::$variant, value)),*]
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
                sink: &mut dyn $crate::codec::Sink,
            ) -> ::std::result::Result<(), $crate::Fault> {
                match self {
                    $(Self::$variant(value) => $crate::codec::write_variant(value, sink),)*
                    Self::Unknown(value) => $crate::codec::write_variant(value, sink),
                }
            }
        }

        $crate::__v1_serde!($ty);
    };
}
