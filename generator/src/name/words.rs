//! Words: how a name of the document is taken apart and put together again.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;

/// The words of a name, in lower case: `listFlowRuns` has `list`, `flow` and `runs`.
pub(super) fn words(text: &str) -> Vec<String> {
    if is_snake(text) {
        return parts(text).map(str::to_owned).collect();
    }
    let snake = plain(text).to_snake_case();
    parts(&snake).map(str::to_owned).collect()
}

/// A name in the Unicode form NFKC, in which `m²` is `m2`, without letters and digits that no identifier can
/// hold.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = text.nfkc();
    let fits = |c: &char| !c.is_alphanumeric() || is_xid_continue(*c);
    Cow::Owned(plain.filter(fits).collect())
}

/// Whether a name is in the style of Rust's variables, as most names are: its words are known.
fn is_snake(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// The words of a name in the style of Rust's variables.
fn parts(snake: &str) -> impl Iterator<Item = &str> {
    snake.split('_').filter(|word| !word.is_empty())
}

/// The words of a value or a property. Symbols are spelled where they carry the meaning: a sign at
/// the start (`-name`, `+1`), or all there is (`>=`).
pub(super) fn spelled(text: &str) -> Vec<String> {
    let plain = words(text);
    if plain.is_empty() {
        return text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(symbol)
            .collect();
    }
    let sign = text
        .strip_prefix(['-', '+'])
        .filter(|rest| rest.starts_with(char::is_alphanumeric));
    let sign = sign.and_then(|_| text.chars().next()).map(symbol);
    sign.into_iter().chain(plain).collect()
}

/// What a symbol is called.
fn symbol(symbol: char) -> String {
    const NAMES: [(char, &str); 31] = [
        ('!', "not"),
        ('"', "quote"),
        ('#', "hash"),
        ('$', "dollar"),
        ('%', "percent"),
        ('&', "and"),
        ('\'', "apostrophe"),
        ('(', "open"),
        (')', "close"),
        ('*', "star"),
        ('+', "plus"),
        (',', "comma"),
        ('-', "minus"),
        ('.', "dot"),
        ('/', "slash"),
        (':', "colon"),
        (';', "semicolon"),
        ('<', "less"),
        ('=', "equal"),
        ('>', "greater"),
        ('?', "question"),
        ('@', "at"),
        ('[', "open_bracket"),
        ('\\', "backslash"),
        (']', "close_bracket"),
        ('^', "caret"),
        ('_', "underscore"),
        ('`', "backtick"),
        ('{', "open_brace"),
        ('|', "pipe"),
        ('}', "close_brace"),
    ];
    let known = NAMES.iter().find(|(known, _)| *known == symbol);
    known.map_or_else(
        || format!("u{:x}", u32::from(symbol)),
        |(_, name)| (*name).to_owned(),
    )
}

/// A name in the style of Rust's types: `FlowRuns`.
pub(super) fn camel(text: &str) -> String {
    if !is_snake(text) {
        return plain(text).to_upper_camel_case();
    }
    let mut camel = String::with_capacity(text.len());
    for word in parts(text) {
        camel.push_str(word);
        let first = camel.len() - word.len();
        camel[first..=first].make_ascii_uppercase();
    }
    camel
}

/// The singular of an English word; the word itself where it has none that is known.
pub(super) fn singular(word: &str) -> String {
    const IRREGULAR: [(&str, &str); 10] = [
        ("aliases", "alias"),
        ("analyses", "analysis"),
        ("children", "child"),
        ("indices", "index"),
        ("matrices", "matrix"),
        ("men", "man"),
        ("movies", "movie"),
        ("people", "person"),
        ("statuses", "status"),
        ("vertices", "vertex"),
    ];
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    const UNCHANGED: [&str; 6] = ["ss", "us", "is", "news", "series", "species"];
    if UNCHANGED.iter().any(|suffix| word.ends_with(suffix)) {
        return word.to_owned();
    }
    let stem = |suffix: &str| word.strip_suffix(suffix).filter(|stem| stem.len() > 1);
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    for suffix in ["sses", "shes", "ches", "xes", "zzes"] {
        if stem(suffix).is_some() {
            return word[..word.len() - 2].to_owned();
        }
    }
    stem("s").unwrap_or(word).to_owned()
}

/// A name whose last word is in the singular.
pub(super) fn singular_name(text: &str) -> String {
    let mut words = words(text);
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    camel(&words.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_case_digits_and_symbols() {
        assert_eq!(words("listFlowRuns"), ["list", "flow", "runs"]);
        assert_eq!(words("X-RateLimit-Limit"), ["x", "rate", "limit", "limit"]);
        assert_eq!(words("API Keys"), ["api", "keys"]);
        assert_eq!(words("__"), Vec::<String>::new());
    }

    #[test]
    fn names_in_snake_case_have_the_words_that_heck_finds() {
        for name in [
            "a",
            "list_flow_runs",
            "_a__b_",
            "v1_2fa",
            "a_1b",
            "_",
            "",
            "1",
            "utf8",
        ] {
            let heck = name.to_snake_case();
            assert_eq!(words(name).join("_"), heck, "{name}");
            assert_eq!(camel(name), name.to_upper_camel_case(), "{name}");
        }
    }

    #[test]
    fn symbols_are_spelled_where_they_mean_something() {
        assert_eq!(spelled("-name"), ["minus", "name"]);
        assert_eq!(spelled("+1"), ["plus", "1"]);
        assert_eq!(spelled(">="), ["greater", "equal"]);
        assert_eq!(spelled("👍"), ["u1f44d"]);
        assert_eq!(spelled("on-hold"), ["on", "hold"]);
        assert_eq!(spelled(""), Vec::<String>::new());
    }

    #[test]
    fn plurals_become_singular() {
        for (plural, expected) in [
            ("agents", "agent"),
            ("entries", "entry"),
            ("boxes", "box"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("cases", "case"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("series", "series"),
            ("sheep", "sheep"),
            ("s", "s"),
        ] {
            assert_eq!(singular(plural), expected);
        }
        assert_eq!(singular_name("FlowIntegrations"), "FlowIntegration");
    }
}
