//! Tuples: arrays of fixed length, each element of a type of its own.

use serde_json::Value;

use super::decode::null_fault;
use super::{Decode, Elements, Encode, Fault, Input, Sink};

/// Arrays of fixed length. Elements beyond it are passed over.
macro_rules! read {
    ($($($name:ident)+;)+) => { $(
        impl<$($name: Decode),+> Decode for ($($name,)+) {
            #[inline]
            fn decode(input: Input<'_>) -> Result<Self, Fault> {
                let Input::Array(elements) = input else {
                    return Err(input.mismatch("an array"));
                };
                let mut index = 0;
                let tuple = ($(element::<$name>(elements, &mut index)?,)+);
                while elements.next(&mut None::<Value>)? {}
                Ok(tuple)
            }

            #[inline]
            fn fit(value: &Value) -> Option<usize> {
                let mut elements = value.as_array()?.iter();
                let mut fit = 1;
                $(fit += $name::fit(elements.next()?)?;)+
                elements.next().is_none().then_some(fit)
            }
        }
    )+ };
}

read! {
    A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H;
}

/// The next element of an array, which must be there.
fn element<T: Decode>(elements: &mut dyn Elements, index: &mut usize) -> Result<T, Fault> {
    let mut slot = None;
    let result = elements.next(&mut slot);
    let result = result.and_then(|_| slot.or_else(T::null).ok_or_else(null_fault));
    *index += 1;
    result.map_err(|fault| fault.in_element(*index - 1))
}

macro_rules! write {
    ($($($name:ident $index:tt),+;)+) => { $(
        impl<$($name: Encode),+> Encode for ($($name,)+) {
            #[inline]
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                let elements: [&dyn Encode; [$($index),+].len()] = [$(&self.$index),+];
                sink.array(&mut elements.into_iter())
            }
        }
    )+ };
}

write! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}
