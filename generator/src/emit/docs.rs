//! Documentation: the words of the document as rustdoc.
//!
//! The words are Markdown by strangers. Rustdoc reads Markdown too, but takes brackets for links to
//! items, code for tests and tags for HTML, and rustc rejects some characters outright. So the text
//! is read with the parser that rustdoc uses, and what would mean something else there is escaped.
//! Nothing is taken away but control characters.

use std::ops::Range;

use proc_macro2::{Literal, TokenStream};
use pulldown_cmark::{
    CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use quote::quote;
use serde_json::Value;

use crate::ir::Doc;
use crate::named::Field;
use crate::print;

/// Lines of prose are broken to stay within this many characters.
const WIDTH: usize = 90;

/// An example on more lines than this is not shown.
const MAX_EXAMPLE_LINES: usize = 40;

/// Lines of documentation as an attribute, which printing takes apart again.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        text.extend((index > 0).then_some(print::DOC_LINE));
        text.extend((!line.is_empty()).then_some(' '));
        text.push_str(line);
    }
    let text = literal(&text);
    quote!(#[doc = #text])
}

/// A text as a literal: a raw one if that can hold it, because most of what is printed is documentation, and
/// escapes take their time to be written and read.
fn literal(text: &str) -> Literal {
    let raw = match text.contains('"') {
        true => format!("r#\"{text}\"#"),
        false => format!("r\"{text}\""),
    };
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

/// What the document says of a thing, or else `fallback`.
pub(super) fn item(doc: &Doc, name: &str, fallback: &str) -> Vec<String> {
    let mut paragraphs = words(doc, name);
    if paragraphs.0.is_empty() {
        paragraphs.text(fallback);
    }
    finish(paragraphs, doc)
}

/// What the document says of a thing with this name, if it says anything.
pub(super) fn details(doc: &Doc, name: &str) -> Vec<String> {
    finish(words(doc, name), doc)
}

/// What the document says of a member.
pub(super) fn field(field: &Field) -> Vec<String> {
    let mut paragraphs = words(&field.doc, &field.name.wire);
    if let Some(text) = &field.constant {
        paragraphs.lines([format!("Always {}.", code(&clean(text)))]);
    }
    finish(paragraphs, &field.doc)
}

/// A value, and what the document says of it.
pub(super) fn value(wire: &str, doc: &Doc) -> Vec<String> {
    let mut paragraphs = Paragraphs::default();
    paragraphs.lines([code(&clean(wire))]);
    paragraphs.text(doc.description.as_deref().unwrap_or_default());
    finish(paragraphs, doc)
}

/// Title and description. A title of one word is a name, and one that repeats the name says nothing.
fn words(doc: &Doc, name: &str) -> Paragraphs {
    let mut paragraphs = Paragraphs::default();
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let summary = doc.summary.as_deref().unwrap_or_default();
    let is_name = !summary.trim().contains(char::is_whitespace);
    if !is_name && letters(summary) != letters(name) {
        paragraphs.text(summary);
    }
    if doc.description != doc.summary {
        paragraphs.text(doc.description.as_deref().unwrap_or_default());
    }
    paragraphs
}

/// Adds what restricts the values of a thing, its default, an example.
fn finish(mut paragraphs: Paragraphs, doc: &Doc) -> Vec<String> {
    if doc.deprecated {
        paragraphs.lines(["**Deprecated.**".to_owned()]);
    }
    let rules: Vec<String> = doc.rules.iter().map(|rule| clean(rule)).collect();
    paragraphs.lines((!rules.is_empty()).then(|| rules.join(" ")));
    if let Some(default) = &doc.default {
        paragraphs.value("Default", default);
    }
    if let Some(example) = &doc.example {
        paragraphs.value("Example", example);
    }
    if let Some(link) = &doc.link {
        paragraphs.text(&format!("See <{}>.", link.trim()));
    }
    paragraphs.0
}

/// Blocks of documentation, with an empty line between two.
#[derive(Default)]
pub(super) struct Paragraphs(pub(super) Vec<String>);

impl Paragraphs {
    /// Adds lines that are clean already.
    pub(super) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
    }

    /// Adds Markdown of the document.
    pub(super) fn text(&mut self, text: &str) {
        self.lines(markdown(text));
    }

    /// Adds a value with its title: as code in the line if it is short, else as a block.
    fn value(&mut self, title: &str, value: &Value) {
        let inline = match value {
            Value::String(text) => Some(text.clone()),
            Value::Array(_) | Value::Object(_) => None,
            scalar => Some(scalar.to_string()),
        };
        if let Some(text) = inline.filter(|text| text.len() < WIDTH && !text.contains(['\n', '\r']))
        {
            return self.lines([format!("{title}: {}", code(&clean(&text)))]);
        }
        let json = serde_json::to_string_pretty(value).unwrap_or_default();
        let json = clean(&json);
        if json.lines().count() <= MAX_EXAMPLE_LINES && !json.contains("```") {
            self.lines([format!("{title}:")]);
            let lines = json.lines().map(str::to_owned);
            let fence = |text: &str| std::iter::once(text.to_owned());
            self.lines(fence("```json").chain(lines).chain(fence("```")));
        }
    }
}

/// Text as inline code, whatever backticks it holds.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Markdown of the document as lines of rustdoc.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let text = clean(text);
    let text = text.trim_matches('\n').trim_end();
    let text = apply(text, edits(text));
    wrap(&text)
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// A text without what rustc rejects or what would show something else than it holds: control
/// characters, bare carriage returns, marks that reverse the direction of writing.
pub(super) fn clean(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    let keep = |c: &char| {
        let reversing = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        *c == '\n' || !(c.is_control() || reversing || matches!(c, '\u{2028}' | '\u{2029}'))
    };
    text.chars().filter(keep).collect()
}

/// A part of the text, and what is to stand there instead.
type Edit = (Range<usize>, String);

fn options() -> Options {
    // What rustdoc enables, but for footnotes, which would clash between items.
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Applies edits that do not overlap.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    // Edits at one place stay in the order in which they were made.
    edits.sort_by_key(|(range, _)| range.start);
    edits.dedup();
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (range, replacement) in edits {
        if range.start >= done {
            result.push_str(&text[done..range.start]);
            result.push_str(&replacement);
            done = range.end;
        }
    }
    result.push_str(&text[done..]);
    result
}

/// What must change in a text so that rustdoc shows what it says.
fn edits(text: &str) -> Vec<Edit> {
    // Most texts are a sentence; a parser is not needed to see that nothing in them is special.
    if !text.contains(['[', '<', '`', '~', '\n']) && !text.contains("://") && !text.starts_with(' ')
    {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut in_link = false;
    let mut indented: Option<(Range<usize>, String)> = None;
    let parser = Parser::new_ext(text, options());
    let definitions = parser.reference_definitions().iter();
    let elsewhere = definitions.filter(|(_, definition)| !is_absolute(&definition.dest));
    edits.extend(elsewhere.flat_map(|(_, definition)| {
        let Range { start, end } = definition.span;
        // It is a paragraph now, which the next definition could not interrupt.
        [(start..start, "\\".to_owned()), (end..end, "\n".to_owned())]
    }));
    for (event, range) in TextMergeWithOffset::new(parser.into_offset_iter()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                edits.extend(fence(text, &range, &info));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                // The parser leaves the first line's indentation out.
                let line = text[..range.start].trim_end_matches(' ').len();
                indented = Some((line..range.end, String::new()));
            }
            Event::Text(part) if indented.is_some() => {
                if let Some((_, code)) = &mut indented {
                    code.push_str(&part);
                }
            }
            Event::End(TagEnd::CodeBlock) => edits.extend(indented.take().map(fenced)),
            // It is text now, with all that a text can hold.
            Event::Html(_) | Event::InlineHtml(_) => {
                // The end of a URL comes before the escape of what follows it.
                edits.extend(bare_urls(text, range.clone()));
                edits.extend(escape(text, range.clone(), '<'));
                edits.extend(escape(text, range, '['));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                in_link = link_type == LinkType::Autolink || is_absolute(&dest_url);
                if !in_link {
                    edits.extend(escape(text, range.clone(), '['));
                    // What was its destination is text now.
                    let destination = text[range.clone()].rfind("](").map(|at| range.start + at);
                    edits.extend(
                        destination
                            .map(|at| bare_urls(text, at..range.end))
                            .into_iter()
                            .flatten(),
                    );
                }
            }
            Event::End(TagEnd::Link) => in_link = false,
            Event::Text(_) => {
                if !in_link {
                    edits.extend(bare_urls(text, range.clone()));
                }
                edits.extend(escape(text, range, '['));
            }
            _ => {}
        }
    }
    edits
}

/// Whether a link leads somewhere by itself. Rustdoc takes others for names of items.
fn is_absolute(url: &str) -> bool {
    ["http://", "https://", "mailto:", "#"]
        .iter()
        .any(|start| url.starts_with(start))
}

/// Says of a fenced block that it is not Rust, and closes it if the document forgot to.
fn fence(text: &str, range: &Range<usize>, info: &str) -> Vec<Edit> {
    let block = &text[range.clone()];
    let marks = block.trim_start_matches(['`', '~']);
    let fence = &block[..block.len() - marks.len()];
    let line_end = block.find('\n').unwrap_or(block.len());
    let info_range = range.start + fence.len()..range.start + line_end;

    let language = info.split([',', ' ', '{']).next().unwrap_or_default();
    let plain = language
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "+-#".contains(c));
    let is_rust = [
        "",
        "rust",
        "ignore",
        "no_run",
        "should_panic",
        "compile_fail",
        "custom",
    ];
    let is_rust = is_rust.contains(&language) || language.starts_with("edition");
    let language = if plain && !is_rust { language } else { "text" };
    let mut edits = vec![(info_range, language.to_owned())];
    if line_end == block.len() || !block.trim_end().ends_with(fence) {
        edits.push((range.end..range.end, format!("\n{fence}")));
    }
    edits
}

/// An indented block as a fenced one, so that it is no test.
fn fenced((range, code): (Range<usize>, String)) -> Edit {
    let code = code.trim_end();
    let fence = if code.contains("```") { "~~~~" } else { "```" };
    (range, format!("{fence}text\n{code}\n{fence}\n"))
}

/// Escapes a character wherever it stands in a part of the text.
fn escape(text: &str, range: Range<usize>, character: char) -> Vec<Edit> {
    let part = text[range.clone()].match_indices(character);
    let places = part.map(|(at, _)| range.start + at);
    let bare = places.filter(|&at| !text[..at].ends_with('\\'));
    bare.map(|at| (at..at, "\\".to_owned())).collect()
}

/// Puts `<` and `>` around the URLs in a part of the text, which makes them links.
fn bare_urls(text: &str, range: Range<usize>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = range.start;
    while let Some(at) = text[from..range.end].find("http") {
        let start = from + at;
        let rest = &text[start..range.end];
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"'`|()[]{}\\^*".contains(c));
        let url =
            rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ':', ';', '!', '?']);
        from = start + url.len().max(4);
        if url.starts_with("http://") || url.starts_with("https://") {
            edits.push((start..start, "<".to_owned()));
            edits.push((start + url.len()..start + url.len(), ">".to_owned()));
        }
    }
    edits
}

/// Breaks the lines of plain paragraphs. Lists, tables and code stay as they are.
fn wrap(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        markdown(text).join("\n")
    }

    #[test]
    fn code_in_a_line_does_not_become_a_block() {
        let code = format!("```json {{ {} }}```", "\"a\": 1, ".repeat(20));
        assert_eq!(shown(&code), code);
    }

    #[test]
    fn html_is_text_with_its_urls() {
        assert_eq!(
            shown("<code>https://a.b/c</code> [x]"),
            "\\<code><https://a.b/c>\\</code> \\[x]"
        );
    }

    #[test]
    fn definitions_of_links_lead_to_no_items() {
        let text = "See [`A`].\n\n[`A`]: types::A";
        assert_eq!(shown(text), "See \\[`A`].\n\n\\[`A`]: types::A");
    }

    #[test]
    fn brackets_are_no_links_to_items() {
        assert_eq!(shown("an [array] of"), "an \\[array] of");
        assert_eq!(shown("an \\[array\\]"), "an \\[array\\]");
        assert_eq!(
            shown("see [this](https://a.b/c)"),
            "see [this](https://a.b/c)"
        );
        assert_eq!(shown("see [this](Foo)"), "see \\[this](Foo)");
        assert_eq!(shown("code `[0]` stays"), "code `[0]` stays");
    }

    #[test]
    fn urls_become_links() {
        assert_eq!(shown("at https://a.b/c_d_e."), "at <https://a.b/c_d_e>.");
        assert_eq!(shown("at <https://a.b>"), "at <https://a.b>");
        assert_eq!(shown("`https://a.b`"), "`https://a.b`");
    }

    #[test]
    fn tags_are_shown_and_not_obeyed() {
        assert_eq!(shown("a <b>bold</b> <T>"), "a \\<b>bold\\</b> \\<T>");
        assert_eq!(shown("<script>x</script>"), "\\<script>x\\</script>");
    }

    #[test]
    fn code_is_never_a_test() {
        assert_eq!(
            shown("```\nfn main() {}\n```"),
            "```text\nfn main() {}\n```"
        );
        assert_eq!(shown("```rust,ignore\nx\n```"), "```text\nx\n```");
        assert_eq!(shown("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(
            shown("a\n\n    std::fs::write()\n\nb"),
            "a\n\n```text\nstd::fs::write()\n```\n\nb"
        );
    }

    #[test]
    fn a_block_that_is_never_closed_is_closed() {
        assert_eq!(shown("```\nx"), "```text\nx\n```");
        assert_eq!(shown("```"), "```text\n```");
    }

    #[test]
    fn characters_that_rustc_rejects_are_gone() {
        assert_eq!(shown("a\u{202e}b\rc\u{0}d"), "ab\ncd");
    }

    #[test]
    fn prose_is_filled_and_lists_are_not() {
        let word = "word ".repeat(30);
        assert!(markdown(&word).iter().all(|line| line.len() <= WIDTH));
        let list = format!("- {word}\n- b");
        assert_eq!(markdown(&list).len(), 2);
        let number = format!("{} 1. x", "a".repeat(WIDTH));
        assert!(
            markdown(&number)[0].ends_with(" 1."),
            "a line must not start like a list"
        );
    }

    #[test]
    fn backticks_in_code_are_kept() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a"), "`a`");
    }
}
