//! The shape that was not taken: models read by code that is generic over serde's deserializer.
//!
//! It is here so that the comparison in BENCHMARKS.md can be repeated.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

pub trait Decode: Sized {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    fn absent<E: Error>(name: &'static str) -> Result<Self, E> {
        Err(E::missing_field(name))
    }
}

pub trait Encode {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    fn is_absent(&self) -> bool {
        false
    }
}

pub struct Seed<T>(pub PhantomData<T>);

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

pub struct Value<'a, T>(pub &'a T);

impl<T: Encode> serde::Serialize for Value<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer)
    }
}

macro_rules! scalars {
    ($($ty:ty)*) => { $(
        impl Decode for $ty {
            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }

        impl Encode for $ty {
            fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }
        }
    )* };
}

scalars!(String i64 f64);

impl<T: Decode> Decode for Option<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OptionVisitor<T>(PhantomData<T>);

        impl<'de, T: Decode> Visitor<'de> for OptionVisitor<T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_unit<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_none<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Option<T>, D::Error> {
                T::decode(d).map(Some)
            }
        }

        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }

    fn absent<E>(_: &'static str) -> Result<Self, E> {
        Ok(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.encode(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct VecVisitor<T>(PhantomData<T>);

        impl<'de, T: Decode> Visitor<'de> for VecVisitor<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = elements.next_element_seed(Seed(PhantomData))? {
                    values.push(value);
                }
                Ok(values)
            }
        }

        deserializer.deserialize_seq(VecVisitor(PhantomData))
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Value))
    }
}

pub fn entry<M: SerializeMap, T: Encode>(
    map: &mut M,
    name: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.is_absent() {
        return Ok(());
    }
    map.serialize_entry(name, &Value(value))
}

/// Stands in for `MapAccess` in the macro below, so that it needs no import.
pub use serde::de::MapAccess as Members;

pub fn skip<'de, A: MapAccess<'de>>(members: &mut A) -> Result<(), A::Error> {
    members.next_value::<serde::de::IgnoredAny>().map(|_| ())
}

#[macro_export]
macro_rules! object {
    ($ty:ident { $($field:ident = $name:literal $presence:ident,)* }) => {
        impl $crate::Decode for $ty {
            fn decode<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $ty;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: $crate::Members<'de>>(self, mut members: A) -> Result<$ty, A::Error> {
                        $(let mut $field = None;)*

                        #[allow(non_camel_case_types)]
                        enum Key { $($field,)* Other }
                        struct Name;

                        impl<'de> serde::de::DeserializeSeed<'de> for Name {
                            type Value = Key;

                            fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> Result<Key, D::Error> {
                                d.deserialize_identifier(Name)
                            }
                        }

                        impl<'de> serde::de::Visitor<'de> for Name {
                            type Value = Key;

                            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                                f.write_str("a name")
                            }

                            fn visit_str<E>(self, name: &str) -> Result<Key, E> {
                                Ok(match name { $($name => Key::$field,)* _ => Key::Other })
                            }
                        }

                        while let Some(key) = members.next_key_seed(Name)? {
                            match key {
                                $(Key::$field => {
                                    let seed = $crate::Seed(std::marker::PhantomData);
                                    $field = Some(members.next_value_seed(seed)?);
                                })*
                                Key::Other => $crate::skip(&mut members)?,
                            }
                        }
                        Ok($ty {
                            $($field: match $field {
                                Some(value) => value,
                                None => $crate::Decode::absent($name)?,
                            },)*
                        })
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }

        impl $crate::Encode for $ty {
            fn encode<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $($crate::entry(&mut map, $name, &self.$field)?;)*
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::Decode::decode(deserializer)
            }
        }

        impl serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::Encode::encode(self, serializer)
            }
        }
    };
}
