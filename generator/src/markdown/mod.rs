//! Markdown: the words of the document, and what is written with them.
//!
//! The words are Markdown by strangers. Rustdoc reads Markdown too, but takes brackets for links to
//! items, code for tests and tags for HTML, and rustc rejects some characters outright. So the text
//! is read with the parser that rustdoc uses, and what would mean something else there is escaped.
//! Nothing is taken away but control characters.

mod document;
mod wrap;

use std::ops::Range;

use pulldown_cmark::{
    CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use crate::text::{clean, one_line};
pub(crate) use document::{Inline, Markdown};

/// Markdown of the document as lines of rustdoc.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let text = clean(text);
    let text = text.trim_matches('\n').trim_end();
    let text = apply(text, edits(text));
    split(&wrap::wrap(&text))
}

/// Markdown of the document that stands below a heading of ours: its own headings are below that.
pub(crate) fn lines_below(text: &str, level: usize) -> Vec<String> {
    let text = lines(text).join("\n");
    split(&apply(&text, lowered_headings(&text, level)))
}

/// Markdown of the document within a line: what would start a block there is a word like any other.
pub(crate) fn inline(text: &str) -> String {
    lines(one_line(text).trim()).join(" ")
}

/// Text as inline code, whatever backticks it holds.
pub(crate) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "empty".to_owned();
    }
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    format!("{fence} {text} {fence}")
}

fn split(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// What puts the headings of a text below one of ours. Those that are underlined get marks in front.
fn lowered_headings(text: &str, above: usize) -> Vec<Edit> {
    const DEEPEST: usize = 6;
    let mut edits = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let Event::Start(Tag::Heading { level, .. }) = event else {
            continue;
        };
        let marks = "#".repeat((above + level as usize).min(DEEPEST));
        let heading = text[range.clone()].trim_end();
        let words = match heading.starts_with('#') {
            true => heading.trim_start_matches('#').trim_start().to_owned(),
            // The last line is what underlines the others.
            false => {
                let words = heading.rsplit_once('\n').map_or("", |(words, _)| words);
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        let end = range.start + heading.len();
        edits.push((range.start..end, format!("{marks} {words}")));
    }
    edits
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
    for (_, definition) in elsewhere {
        let Range { start, end } = definition.span;
        // It is a paragraph now, which the next definition could not interrupt.
        edits.extend([(start..start, "\\".to_owned()), (end..end, "\n".to_owned())]);
        edits.extend(escape(text, start + 1..end, '<'));
        edits.extend(escape(text, start + 1..end, '['));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = wrap::WIDTH;

    fn shown(text: &str) -> String {
        lines(text).join("\n")
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
        let text = "See [x].\n\n[x]: <y> '<z> [a]'";
        assert_eq!(shown(text), "See \\[x].\n\n\\[x]: \\<y> '\\<z> \\[a]'");
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
        assert!(lines(&word).iter().all(|line| line.len() <= WIDTH));
        let list = format!("- {word}\n- b");
        assert_eq!(lines(&list).len(), 2);
        let number = format!("{} 1. x", "a".repeat(WIDTH));
        assert!(
            lines(&number)[0].ends_with(" 1."),
            "a line must not start like a list"
        );
    }

    #[test]
    fn backticks_in_code_are_kept() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("a"), "`a`");
    }
}
