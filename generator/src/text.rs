//! Foreign text: what a stranger wrote, without what no file can hold or what would show something else
//! than it says.
//!
//! It is taken out where text enters a file (`print`) and where it is shown on a terminal (`diagnostics`),
//! and nowhere else.

use std::borrow::Cow;

/// A text on as many lines as it has, each ended by `\n`, tabs as spaces, without control characters, marks that
/// reverse the direction of writing (which rustc rejects) and the separators of Unicode (which some
/// readers take for the end of a line).
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_forbidden) {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    Cow::Owned(text.chars().filter(|&c| !is_forbidden(c)).collect())
}

/// A text on one line: what ends a line is a space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) if !text.contains('\n') => Cow::Borrowed(text),
        text => Cow::Owned(text.replace('\n', " ")),
    }
}

/// Whether a text is ASCII on lines. It is looked at in parts, which a processor compares at once.
fn is_plain(text: &str) -> bool {
    const PART: usize = 64;
    let plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
    let mut parts = text.as_bytes().chunks(PART);
    parts.all(|part| part.iter().fold(true, |all, byte| all & plain(byte)))
}

/// What no text of a file holds. The end of a line is no such character, but only as `\n`.
fn is_forbidden(c: char) -> bool {
    let is_reversing = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_separator = matches!(c, '\u{2028}' | '\u{2029}');
    (c.is_control() && c != '\n') || is_reversing || is_separator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_file_can_hold_is_taken_out() {
        assert_eq!(
            clean("a\u{202e}b\u{2066}\u{0}\u{1b}[31mc\u{2028}d"),
            "ab[31mcd"
        );
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc    d");
        assert_eq!(clean("日本語 – ü\n"), "日本語 – ü\n");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("a\nb\r\nc\rd\u{85}e"), "a b c de");
    }
}
