//! How diagnostics are shown: like rustc's for people, a JSON object a line for tools.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use crate::diagnostics::{Diagnostic, Diagnostics, Location, Place, Severity};
use crate::load::Source;
use crate::pointer::Pointer;

/// A line that is longer (a document on one line) is not shown as a whole.
const MAX_LINE: usize = 1_000;

/// Bytes of a long line shown on either side of the place.
const CONTEXT: usize = 40;

/// The diagnostics as text for people: message, file:line:column, source line and caret.
///
/// They are sorted by place; what was said twice is shown once.
#[must_use]
pub fn human(diagnostics: &Diagnostics, source: &Source, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for (location, diagnostic) in located(diagnostics, source) {
        text.push_str(&renderer.render(&[group(diagnostic, location.as_ref(), source)]));
        text.push_str("\n\n");
    }
    text
}

/// The diagnostics as JSON, one object a line, sorted by place.
#[must_use]
pub fn json(diagnostics: &Diagnostics, source: &Source) -> Vec<String> {
    located(diagnostics, source)
        .into_iter()
        .map(|(location, diagnostic)| {
            let pointer = match &diagnostic.place {
                Place::Node(pointer) => Some(pointer.as_str()),
                _ => None,
            };
            json!({
                "reason": "diagnostic",
                "code": diagnostic.code.number(),
                "name": diagnostic.code.slug(),
                "severity": diagnostic.severity.to_string(),
                "message": diagnostic.message,
                "label": diagnostic.label,
                "help": diagnostic.help,
                "location": location.map(|l| json!({
                    "file": l.file, "line": l.line, "column": l.column, "pointer": pointer,
                })),
            })
            .to_string()
        })
        .collect()
}

/// The diagnostics with their places in the text, sorted by place and without repetitions.
fn located<'d>(
    diagnostics: &'d Diagnostics,
    source: &Source,
) -> Vec<(Option<Location>, &'d Diagnostic)> {
    let pointers: Vec<&Pointer> = diagnostics
        .iter()
        .filter_map(|diagnostic| match &diagnostic.place {
            Place::Node(pointer) => Some(pointer),
            _ => None,
        })
        .collect();
    let mut nodes = source.locate(&pointers).into_iter();
    let mut seen = HashSet::new();
    let mut all: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let location = match &diagnostic.place {
                Place::Nowhere => None,
                Place::File(file) => Some(whole(file)),
                Place::Position { file, line, column } => {
                    let known = source.position(file, *line, *column);
                    Some(known.unwrap_or_else(|| Location {
                        line: *line,
                        column: *column,
                        ..whole(file)
                    }))
                }
                Place::Node(_) => nodes.next(),
            };
            (location, diagnostic)
        })
        .filter(|(_, diagnostic)| seen.insert(*diagnostic))
        .collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

/// The location of a file as a whole.
fn whole(file: &Path) -> Location {
    Location {
        file: file.display().to_string(),
        line: 0,
        column: 0,
        width: 1,
        line_start: 0,
        start: 0,
    }
}

/// One diagnostic in the shape that `annotate-snippets` draws.
fn group<'a>(
    diagnostic: &'a Diagnostic,
    location: Option<&'a Location>,
    source: &'a Source,
) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.number());
    let mut group = Group::with_title(title);
    if let Some(location) = location {
        group = match source.line(location) {
            Some(line) if location.line > 0 => excerpt(group, diagnostic, location, line),
            _ => group.element(origin(location)),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// A place without its source line: the file cannot be read, or the diagnostic is of all of it.
fn origin(location: &Location) -> annotate_snippets::Origin<'_> {
    let origin = annotate_snippets::Origin::path(location.file.as_str());
    if location.line == 0 {
        return origin;
    }
    origin.line(location.line).char_column(location.column)
}

/// Adds the source line with the caret below, or what can be shown of a very long line.
fn excerpt<'a>(
    group: Group<'a>,
    diagnostic: &'a Diagnostic,
    location: &'a Location,
    line: &'a str,
) -> Group<'a> {
    let start = location.start.saturating_sub(location.line_start);
    let start = start.min(line.len());
    if line.len() > MAX_LINE {
        let boundary = |&at: &usize| line.is_char_boundary(at);
        let from = (start.saturating_sub(CONTEXT)..start).find(boundary);
        let to = (start..start + CONTEXT).rev().find(boundary);
        let around = &line[from.unwrap_or(start)..to.unwrap_or(start)];
        let part = format!("the line reads: …{}…", harmless(around));
        return group
            .element(origin(location))
            .element(Level::NOTE.message(part));
    }
    let rest = line.get(start..).unwrap_or_default();
    let end = start + byte_of(rest, location.width);
    let mut annotation = AnnotationKind::Primary.span(start..end);
    if let Some(label) = &diagnostic.label {
        annotation = annotation.label(label.as_str());
    }
    let snippet = Snippet::source(harmless(line))
        .line_start(location.line)
        .path(location.file.as_str())
        .annotation(annotation);
    group.element(snippet)
}

/// A line without what a terminal would obey, each byte where it was. The renderer shows what is ASCII of
/// it by itself.
fn harmless(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let harmless = |c: char| match c {
        '\u{80}'..='\u{9f}' => '\u{b7}',
        '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    };
    Cow::Owned(line.chars().map(harmless).collect())
}

/// The byte at which a character of a line starts.
fn byte_of(line: &str, character: usize) -> usize {
    line.char_indices()
        .nth(character)
        .map_or(line.len(), |(byte, _)| byte)
}
