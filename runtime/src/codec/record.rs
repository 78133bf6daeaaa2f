//! Records: the declared members of an object as a tuple, on their way from the text to the fields.
//!
//! A model takes its members out of a tuple. That is one pattern per model for the compiler to check,
//! where there would else be a variable, a place and a test per member (`BENCHMARKS.md`).

use super::object::read_object;
use super::{Decode, Fault, Input, Rest, Shape, Slot, Undeclared};

/// Declared members, in the order of the table: a tuple of up to 16, or [`More`] of them.
pub trait Record: Sized {
    /// A place for each.
    type Slots: Slots;

    /// The places before anything was read.
    fn slots() -> Self::Slots;

    /// What stands in the places; `None` if one of them is empty.
    fn finish(slots: Self::Slots) -> Option<Self>;
}

/// The places of a record, by index.
pub trait Slots {
    /// How many there are.
    fn count(&self) -> usize;

    /// The slot with this index.
    fn get(&mut self, index: usize) -> Option<&mut dyn Slot>;
}

/// More members than a tuple holds: the first 16, and the others.
#[derive(Debug)]
pub struct More<A, B>(pub A, pub B);

/// What is kept of an object beside its record: [`Undeclared`], or `()` for nothing.
pub trait Kept: Default {
    /// The place for it.
    fn place(&mut self) -> Option<&mut Undeclared>;
}

impl Kept for () {
    #[inline]
    fn place(&mut self) -> Option<&mut Undeclared> {
        None
    }
}

impl Kept for Undeclared {
    #[inline]
    fn place(&mut self) -> Option<&mut Undeclared> {
        Some(self)
    }
}

/// Reads an object as a record, and what the type has no place for.
///
/// Members that are not declared go to `rest`, if there is one.
///
/// # Errors
///
/// A fault if it is not an object, if one of the values has one, or if a member is missing.
// What is kept is returned beside the record: as a variable of each model, it would have to be dropped in each.
#[inline]
pub fn record<T: Record, K: Kept>(
    input: Input<'_>,
    shape: Shape,
    rest: Option<&mut dyn Rest>,
) -> Result<(T, K), Fault> {
    let (mut slots, mut kept) = (T::slots(), K::default());
    read_object(input, shape.object(), &mut slots, rest, kept.place())?;
    let record = T::finish(slots).ok_or_else(incomplete)?;
    Ok((record, kept))
}

/// The fault of an empty slot that the table of the type has no member for. All other empty slots were reported
/// with the name of their member before.
#[cold]
fn incomplete() -> Fault {
    Fault::new("a required member is missing or null")
}

impl<A: Record, B: Record> Record for More<A, B> {
    type Slots = More<A::Slots, B::Slots>;

    #[inline]
    fn slots() -> Self::Slots {
        More(A::slots(), B::slots())
    }

    #[inline]
    fn finish(slots: Self::Slots) -> Option<Self> {
        Some(Self(A::finish(slots.0)?, B::finish(slots.1)?))
    }
}

impl<A: Slots, B: Slots> Slots for More<A, B> {
    #[inline]
    fn count(&self) -> usize {
        self.0.count() + self.1.count()
    }

    #[inline]
    fn get(&mut self, index: usize) -> Option<&mut dyn Slot> {
        match index.checked_sub(self.0.count()) {
            None => self.0.get(index),
            Some(index) => self.1.get(index),
        }
    }
}

macro_rules! records {
    ($($count:literal: $($name:ident $index:tt),*;)+) => { $(
        impl<$($name: Decode),*> Record for ($($name,)*) {
            type Slots = ($(Option<$name>,)*);

            #[inline]
            #[allow(clippy::unused_unit)]
            fn slots() -> Self::Slots {
                ($($name::ABSENT,)*)
            }

            #[inline]
            #[allow(unused_variables)]
            fn finish(slots: Self::Slots) -> Option<Self> {
                Some(($(slots.$index?,)*))
            }
        }

        impl<$($name: Decode),*> Slots for ($(Option<$name>,)*) {
            #[inline]
            fn count(&self) -> usize {
                $count
            }

            #[inline]
            fn get(&mut self, index: usize) -> Option<&mut dyn Slot> {
                match index {
                    $($index => Some(&mut self.$index),)*
                    _ => None,
                }
            }
        }
    )+ };
}

records! {
    0: ;
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
    13: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12;
    14: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13;
    15: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14;
    16: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15;
}

#[cfg(test)]
mod tests {
    use crate::codec::{from_slice, to_vec};

    /// A struct with these members, all of them integers, the last one optional, and a test that it is
    /// read and written.
    macro_rules! check {
        ($($field:ident $name:literal)*; $last:ident $last_name:literal) => {{
            use crate::__private::v1::object;

            struct Model {
                $($field: i64,)*
                $last: Option<i64>,
            }

            object! {
                Model {
                    $($field = $name required,)*
                    $last = $last_name optional,
                }
            }

            let names = [$($name,)* $last_name];
            let members = |names: &[&str]| {
                let members = names.iter().enumerate();
                let members = members.map(|(index, name)| format!("\"{name}\":{index}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            };
            let whole = members(&names);
            let model: Model = from_slice(whole.as_bytes()).unwrap();
            assert_eq!(model.$last, Some(names.len() as i64 - 1));
            assert_eq!(model.clone(), model);
            assert_eq!(String::from_utf8(to_vec(&model).unwrap()).unwrap(), whole);

            let without_last = &names[..names.len() - 1];
            let model: Model = from_slice(members(without_last).as_bytes()).unwrap();
            assert_eq!(model.$last, None);
            $(
                let mut others = names.to_vec();
                others.retain(|name| *name != $name);
                let fault = from_slice::<Model>(members(&others).as_bytes()).unwrap_err();
                let expected = concat!($name, ": the member is required");
                assert!(fault.to_string().starts_with(expected), "{fault}");
            )*
        }};
    }

    #[test]
    fn records_hold_any_number_of_members() {
        check!(; a "a");
        check!(a "a"; b "b");
        check!(
            a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i" j "j" k "k" l "l"
            m "m" n "n" o "o";
            p "p"
        );
        check!(
            a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i" j "j" k "k" l "l"
            m "m" n "n" o "o" p "p";
            q "q"
        );
        check!(
            a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i" j "j" k "k" l "l"
            m "m" n "n" o "o" p "p" q "q" r "r" s "s" t "t" u "u" v "v" w "w" x "x"
            y "y" z "z" aa "aa" ab "ab" ac "ac" ad "ad" ae "ae" af "af";
            ag "ag"
        );
        check!(
            a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i" j "j" k "k" l "l"
            m "m" n "n" o "o" p "p" q "q" r "r" s "s" t "t" u "u" v "v" w "w" x "x"
            y "y" z "z" aa "aa" ab "ab" ac "ac" ad "ad" ae "ae" af "af" ag "ag" ah "ah";
            ai "ai"
        );
    }

    #[test]
    fn an_object_may_have_no_members() {
        use crate::__private::v1::object;

        struct Empty {}

        object! {
            Empty {}
        }

        assert_eq!(from_slice::<Empty>(br#"{"a": 1}"#).unwrap(), Empty {});
        assert!(from_slice::<Empty>(b"[]").is_err());
    }
}
