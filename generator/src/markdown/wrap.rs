//! Wrapping: the lines of plain paragraphs are filled.

use pulldown_cmark::{Event, Parser, Tag};

use super::{apply, options};

/// Lines of prose are broken to stay within this many characters.
pub(crate) const WIDTH: usize = 90;

/// Breaks the lines of plain paragraphs. Lists, tables and code stay as they are.
pub(super) fn wrap(text: &str) -> String {
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    let mut edits = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                let paragraph = text[range.clone()].trim_end();
                let end = range.start + paragraph.len();
                edits.push((range.start..end, fill(paragraph)));
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    apply(text, edits)
}

/// A paragraph with its lines filled. A line that the document breaks hard stays broken.
fn fill(paragraph: &str) -> String {
    let hard = |line: &str| line.ends_with("  ") || line.ends_with('\\');
    // Three backticks are code in a line, and a block where a line ends behind them.
    if paragraph.contains("```") || paragraph.lines().any(hard) {
        return paragraph.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in paragraph.split_whitespace() {
        let full = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if full && !line.is_empty() && !starts_block(word) {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

/// Whether a word at the start of a line could be taken for a heading, a list, a quote or a table.
fn starts_block(word: &str) -> bool {
    let numbered = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['#', '>', '-', '+', '*', '=', '|', '~', '`', ':'])
        || (numbered.len() < word.len() && numbered.starts_with(['.', ')']))
}
