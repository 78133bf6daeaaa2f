//! Responses: headers, successes of several kinds, documented errors.

/// Reads a struct from the headers of a response: one line per field, with the header's name. Every
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

/// Reads the successes of an operation that documents several: one line per status, with its
/// variant. The last variant is `Other(Bytes)`.
///
/// A variant in braces, `{NoContent}`, carries nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_outcome {
    ($ty:ident { $($status:pat => $variant:tt,)* }) => {
        impl $crate::FromResponse for $ty {
            #[inline]
            fn from_response(
                response: &$crate::RawResponse,
            ) -> ::std::result::Result<Self, $crate::Fault> {
                match response.status().as_u16() {
                    $($status => $crate::__v1_outcome_of!(response $variant),)*
                    #[allow(unreachable_patterns)]
                    _ => $crate::codec::in_variant($crate::FromResponse::from_response(response), Self::Other),
                }
            }

            fn deviations(&self) -> ::std::vec::Vec<$crate::Deviation> {
                $($crate::__v1_outcome_deviations!(self $variant);)*
                ::std::vec::Vec::new()
            }
        }
    };
}

/// Reads a successful response into one variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_outcome_of {
    ($response:ident {$variant:ident}) => {
        ::std::result::Result::Ok(Self::$variant)
    };
    ($response:ident $variant:ident) => {
        $crate::codec::in_variant(
            $crate::FromResponse::from_response($response),
            Self::$variant,
        )
    };
}

/// Returns the deviations of a response, if it is of this variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_outcome_deviations {
    ($response:ident {$variant:ident}) => {};
    ($response:ident $variant:ident) => {
        if let Self::$variant(body) = $response {
            return $crate::FromResponse::deviations(body);
        }
    };
}

/// Reads the documented errors of an operation: one line per status, with its variant.
///
/// A status is a pattern: `404`, `400..=499` for `4XX`, `_` for `default`. A variant with `(Box)`
/// holds its response in a box.
#[doc(hidden)]
#[macro_export]
macro_rules! __v1_api_error {
    ($ty:ident { $($status:pat => $variant:ident $(($boxed:ident))?,)* }) => {
        impl $crate::ApiError for $ty {
            #[inline]
            fn from_response(
                response: &$crate::RawResponse,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::Fault>> {
                match response.status().as_u16() {
                    $($status => ::std::option::Option::Some(
                        $crate::codec::in_variant(response.typed()$(.map(::std::boxed::$boxed::new))?, Self::$variant),
                    ),)*
                    #[allow(unreachable_patterns)]
                    _ => ::std::option::Option::None,
                }
            }
        }
    };
}
