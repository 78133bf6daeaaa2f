//! Identifiers: from words to something that Rust accepts.

use std::borrow::Cow;

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

use crate::name::words::camel;

/// The keywords of editions 2021 and 2024, strict and reserved; sorted.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written as raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Whether Rust does not take the word as an identifier as it stands.
pub(super) fn is_keyword(word: &str) -> bool {
    const LONGEST: usize = 8;
    // What holds a digit, an `_` or a capital is told from most of them before it is looked up.
    let is_plain = word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain && KEYWORDS.binary_search(&word).is_ok() || NEVER_RAW.contains(&word)
}

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

/// The same, in `snake_case`.
pub(super) fn join_snake(first: &str, second: &str) -> String {
    let first = first.strip_prefix("r#").unwrap_or(first);
    format!("{}_{second}", first.trim_end_matches('_'))
}

/// A text as an identifier: itself if it is one.
pub(crate) fn identifier(text: &str) -> Cow<'_, str> {
    let bare = text.strip_prefix("r#").unwrap_or(text);
    let is_one = is_ascii(bare)
        && bare.bytes().any(|byte| byte != b'_')
        && !bare.starts_with(|c: char| c.is_ascii_digit());
    match text.len() == bare.len() {
        true if is_one && !is_keyword(text) => Cow::Borrowed(text),
        false if is_one && is_keyword(bare) && !NEVER_RAW.contains(&bare) => Cow::Borrowed(text),
        _ => Cow::Owned(finish(bare, "value")),
    }
}

/// Whether all of a text can stand in an identifier, and is ASCII.
fn is_ascii(text: &str) -> bool {
    /// Every name is looked at several times, so each byte is looked up.
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            plain[byte] = byte == b'_' as usize || (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        plain
    };
    text.bytes().all(|byte| PLAIN[usize::from(byte)])
}

/// Makes an identifier of a text that is one, but for its first character, keywords and emptiness. It is the only
/// function that does.
fn finish(text: &str, empty: &str) -> String {
    let text: String = match is_ascii(text) {
        true => text.to_owned(),
        // Rust compares identifiers by a normal form, so names that differ in another are one name; of the
        // characters that this form does not have, it warns.
        false => text.nfkc().filter(|c| is_xid_continue(*c)).collect(),
    };
    match text.chars().next() {
        None => empty.to_owned(),
        Some(first) if !is_xid_start(first) && first != '_' => format!("_{text}"),
        Some(_) if text.chars().all(|c| c == '_') => empty.to_owned(),
        Some(_) if NEVER_RAW.contains(&text.as_str()) => format!("{text}_"),
        Some(_) if is_keyword(&text) => format!("r#{text}"),
        Some(_) => text,
    }
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

    #[test]
    fn every_identifier_parses() {
        assert!(KEYWORDS.is_sorted());
        for keyword in KEYWORDS.iter().chain(NEVER_RAW) {
            for ident in [snake(&words(keyword)), type_ident(keyword)] {
                assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{ident}");
                assert_eq!(identifier(&ident), ident);
            }
        }
    }

    #[test]
    fn anything_becomes_an_identifier_and_stays_it() {
        for text in [
            "2fa",
            "Self",
            "r#Self",
            "r#2fa",
            "r#a",
            "",
            "_",
            "a-b",
            "e\u{301}",
            "\u{200d}x",
            "订单",
            "r#r#type",
        ] {
            let ident = identifier(text).into_owned();
            assert!(
                syn::parse_str::<syn::Ident>(&ident).is_ok(),
                "{text}: {ident}"
            );
            assert_eq!(identifier(&ident), ident);
        }
    }
}
