//! Identifiers: what Rust accepts as a name, made of any text.

use std::borrow::Cow;

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

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
pub(crate) fn is_keyword(word: &str) -> bool {
    const LONGEST: usize = 8;
    // What holds a digit, an `_` or a capital is told from most of them before it is looked up.
    let is_plain = word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain && KEYWORDS.binary_search(&word).is_ok() || NEVER_RAW.contains(&word)
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
pub(crate) fn finish(text: &str, empty: &str) -> String {
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

    #[test]
    fn every_keyword_becomes_an_identifier() {
        assert!(KEYWORDS.is_sorted());
        for keyword in KEYWORDS.iter().chain(NEVER_RAW) {
            let ident = finish(keyword, "value");
            assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{ident}");
            assert_eq!(identifier(&ident), ident);
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
