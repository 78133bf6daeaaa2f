//! Identifiers: from words to something that Rust accepts.

use super::words::camel;
use crate::identifier::finish;

/// An identifier in `snake_case` for a field, an argument, a function or a module.
pub(super) fn snake(words: &[String]) -> String {
    finish(&words.join("_"), "value")
}

/// An identifier in `CamelCase` for a type or a variant.
pub(super) fn type_ident(text: &str) -> String {
    finish(&camel(text), "Value")
}

/// Two identifiers as one. An `_` that keeps one of them from being no identifier is not needed inside.
pub(super) fn join(first: &str, second: &str) -> String {
    let first = first.strip_prefix("r#").unwrap_or(first);
    format!(
        "{}{}",
        first.trim_end_matches('_'),
        second.trim_start_matches('_')
    )
}

/// Two identifiers as one in `snake_case`, with an `_` between them.
pub(super) fn join_snake(first: &str, second: &str) -> String {
    let first = first.strip_prefix("r#").unwrap_or(first);
    format!("{}_{second}", first.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::words::words;

    #[test]
    fn what_rust_does_not_accept_is_changed() {
        for (wire, field, variant) in [
            ("type", "r#type", "Type"),
            ("gen", "r#gen", "Gen"),
            ("self", "self_", "Self_"),
            ("2fa", "_2fa", "_2fa"),
            ("", "value", "Value"),
            (">=", "value", "Value"),
            ("isActive", "is_active", "IsActive"),
            ("x²", "x2", "X2"),
            ("a ² b", "a_2_b", "A2B"),
            ("__", "value", "Value"),
        ] {
            assert_eq!(snake(&words(wire)), field);
            assert_eq!(type_ident(wire), variant);
        }
    }
}
