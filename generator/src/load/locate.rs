//! From pointers to lines: what JSON and YAML have in common when nodes are looked up in a text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// How many characters of a value are underlined at most, all of them on its first line.
const MAX_WIDTH: usize = 80;

/// The pointers to look up, as a tree, so that one walk over the text finds them all.
#[derive(Debug, Default)]
pub(super) struct Wanted<'p> {
    /// Which of the pointers end here.
    pub(super) here: Vec<usize>,
    /// What is wanted below.
    pub(super) children: BTreeMap<Cow<'p, str>, Wanted<'p>>,
}

impl<'p> Wanted<'p> {
    pub(super) fn new(pointers: &[&'p Pointer]) -> Self {
        let mut root = Self::default();
        for (index, pointer) in pointers.iter().enumerate() {
            let mut node = &mut root;
            for segment in pointer.segments() {
                node = node.children.entry(segment).or_default();
            }
            node.here.push(index);
        }
        root
    }

    /// Records that this node stands at `span`. So do the nodes below it, until they are found themselves.
    pub(super) fn found(&self, span: &Range<usize>, spans: &mut [Range<usize>]) {
        for &index in &self.here {
            spans[index] = span.clone();
        }
        for child in self.children.values() {
            child.found(span, spans);
        }
    }
}

/// The spans, which are byte ranges, as lines and columns.
pub(super) fn locations(file: &str, text: &str, spans: &[Range<usize>]) -> Vec<Location> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&index| spans[index].start);
    let mut locations = vec![None; spans.len()];
    let mut cursor = LineCounter::default();
    for index in order {
        let span = &spans[index];
        cursor.advance(text, span.start);
        locations[index] = Some(Location {
            file: file.to_owned(),
            line: cursor.line + 1,
            column: cursor.column + 1,
            width: width(&text[span.clone()]),
            line_start: cursor.line_start,
            start: span.start,
        });
    }
    locations.into_iter().flatten().collect()
}

fn width(marked: &str) -> usize {
    let line = marked.lines().next().unwrap_or_default();
    line.chars().take(MAX_WIDTH).count().max(1)
}

/// A position that moves forward only, so that many spans cost one pass over the text.
#[derive(Default)]
struct LineCounter {
    offset: usize,
    line: usize,
    line_start: usize,
    column: usize,
}

impl LineCounter {
    fn advance(&mut self, text: &str, to: usize) {
        let passed = &text[self.offset..to];
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        if let Some(end) = passed.rfind('\n') {
            self.line_start = self.offset + end + 1;
            self.column = 0;
        }
        let from = self.line_start.max(self.offset);
        self.column += text[from..to].chars().count();
        self.offset = to;
    }
}
