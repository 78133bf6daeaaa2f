//! Structs of arguments: values with names, on their way into a constructor.

/// Makes a struct of arguments [`Debug`](std::fmt::Debug). It shows no values: some may be secret, and
/// all of them are seen in what is made of them.
///
/// ```
/// use clientsmith_runtime::__private::v1::arguments;
///
/// struct TaskRequired {
///     pub text: String,
/// }
///
/// arguments!(TaskRequired);
///
/// let required = TaskRequired { text: "tidy up".to_owned() };
/// assert_eq!(format!("{required:?}"), "TaskRequired { .. }");
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_arguments {
    ($ty:ident) => {
        impl ::std::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::__private::v1::debug_opaque(f, ::std::stringify!($ty))
            }
        }
    };
}
