//! YAML: the value of a text, and the places of nodes in it.
//!
//! Scalars are resolved by the core schema of YAML 1.2, so `no` and `on` are text. Keys are always
//! text: `200:` under `responses` is the key "200".

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};
use serde_json::{Map, Number, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::locate::Wanted;
use super::{MAX_ALIASED_NODES, MAX_DEPTH};
use crate::diagnostics::{Code, Diagnostic, Place};

/// How many bytes are parsed in total while a text is being mended.
const MAX_MENDING: usize = 32 << 20;

/// The value of a YAML text, which is mended where many documents deviate from YAML.
pub(super) fn parse_mended(name: &str, text: &mut String) -> Result<Value, Box<Diagnostic>> {
    // Each bracket that is moved takes a pass over the text.
    let mut left = MAX_MENDING;
    loop {
        let problem = match parse(text) {
            Ok(value) => return Ok(value),
            Err(problem) => problem,
        };
        left = left.saturating_sub(text.len());
        match mended(text, &problem).filter(|_| left > 0) {
            Some(mended) => *text = mended,
            None => return Err(problem.diagnostic(name)),
        }
    }
}

/// The text with a closing bracket moved to the right, if that is what is wrong with it: YAML wants
/// it behind the indentation of the mapping around it (§7.4), most parsers do not.
fn mended(text: &str, problem: &Problem) -> Option<String> {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (before, after) = lines.split_at_mut_checked(problem.line.checked_sub(1)?)?;
    let line = after.first_mut()?;
    let bracket = line.trim_start();
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let above = before.iter().rev().find(|line| !line.trim().is_empty())?;
    let wanted = indentation(above);
    if !bracket.starts_with(['}', ']']) || wanted <= indentation(line) {
        return None;
    }
    let moved = format!("{}{bracket}", " ".repeat(wanted));
    *line = &moved;
    Some(lines.concat())
}

/// The value of a YAML text.
fn parse(text: &str) -> Result<Value, Problem> {
    let mut builder = Builder {
        parser: Parser::new_from_str(text),
        anchors: HashMap::new(),
        aliased: 0,
    };
    builder.document()
}

/// Why a text has no value.
struct Problem {
    code: Code,
    line: usize,
    column: usize,
    message: String,
}

impl Problem {
    fn diagnostic(self, name: &str) -> Box<Diagnostic> {
        let place = Place::Position {
            file: PathBuf::from(name),
            line: self.line,
            column: self.column,
        };
        Box::new(Diagnostic::error(self.code, place, self.message))
    }

    fn too_deep(span: Span) -> Self {
        Self::budget(span, format!("nested deeper than {MAX_DEPTH} levels"))
    }

    fn budget(span: Span, message: impl Into<String>) -> Self {
        Self {
            code: Code::BudgetExceeded,
            line: span.start.line(),
            column: span.start.col() + 1,
            message: message.into(),
        }
    }
}

impl From<ScanError> for Problem {
    fn from(error: ScanError) -> Self {
        Self {
            code: Code::InvalidYaml,
            line: error.marker().line(),
            column: error.marker().col() + 1,
            message: format!("not valid YAML: {}", error.info()),
        }
    }
}

/// What an anchor stands for.
struct Anchored {
    value: Value,
    size: Size,
}

/// How large a value is.
#[derive(Clone, Copy)]
struct Size {
    /// How many nodes it has.
    nodes: usize,
    /// How many levels below its own.
    depth: usize,
}

impl Size {
    fn of(value: &Value) -> Self {
        let of_all = |inner: &mut dyn Iterator<Item = &Value>| {
            let sizes = inner.map(Self::of);
            sizes.fold(Self { nodes: 1, depth: 0 }, |all, one| Self {
                nodes: all.nodes + one.nodes,
                depth: all.depth.max(one.depth + 1),
            })
        };
        match value {
            Value::Array(items) => of_all(&mut items.iter()),
            Value::Object(map) => of_all(&mut map.values()),
            _ => Self { nodes: 1, depth: 0 },
        }
    }
}

/// Builds a value from the parser's events.
struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// What anchors stand for.
    anchors: HashMap<usize, Anchored>,
    aliased: usize,
}

impl<'t> Builder<'t> {
    /// The next event that stands for something.
    fn next(&mut self) -> Result<(Event<'t>, Span), Problem> {
        loop {
            match self.parser.next_event() {
                None => return Ok((Event::StreamEnd, Span::default())),
                Some(event) => match event? {
                    (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                    other => return Ok(other),
                },
            }
        }
    }

    fn document(&mut self) -> Result<Value, Problem> {
        let (event, span) = self.next()?;
        self.node(event, span, 0)
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Value, Problem> {
        if depth > MAX_DEPTH {
            return Err(Problem::too_deep(span));
        }
        let (anchor, value) = match event {
            Event::Scalar(text, style, anchor, _) => (anchor, scalar(&text, style)),
            Event::SequenceStart(anchor, _) => (anchor, self.sequence(depth)?),
            Event::MappingStart(anchor, _) => (anchor, self.mapping(depth)?),
            Event::Alias(anchor) => (0, self.alias(anchor, span, depth)?),
            _ => (0, Value::Null),
        };
        self.keep(anchor, &value, span)?;
        Ok(value)
    }

    /// Keeps what has an anchor; 0 is none.
    fn keep(&mut self, anchor: usize, value: &Value, span: Span) -> Result<(), Problem> {
        if anchor > 0 {
            let size = Size::of(value);
            self.count(size, span)?;
            let value = value.clone();
            self.anchors.insert(anchor, Anchored { value, size });
        }
        Ok(())
    }

    fn sequence(&mut self, depth: usize) -> Result<Value, Problem> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::Array(items)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Problem> {
        let mut map = Map::new();
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, _) => return Ok(Value::Object(map)),
                (Event::Scalar(text, style, anchor, _), span) => {
                    self.keep(anchor, &scalar(&text, style), span)?;
                    text.into_owned()
                }
                (event, span) => key(self.node(event, span, depth + 1)?),
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            match (key.as_str(), value) {
                ("<<", Value::Object(other)) => merge(&mut map, [Value::Object(other)]),
                ("<<", Value::Array(others)) if others.iter().all(Value::is_object) => {
                    merge(&mut map, others);
                }
                (_, value) => drop(map.insert(key, value)),
            }
        }
    }

    /// What an alias stands for. It is counted before it is copied, so that an alias bomb is refused in time.
    fn alias(&mut self, anchor: usize, span: Span, depth: usize) -> Result<Value, Problem> {
        let Some(size) = self.anchors.get(&anchor).map(|anchored| anchored.size) else {
            return Ok(Value::Null);
        };
        if depth + size.depth > MAX_DEPTH {
            return Err(Problem::too_deep(span));
        }
        self.count(size, span)?;
        let anchored = self.anchors.get(&anchor);
        Ok(anchored
            .map(|anchored| anchored.value.clone())
            .unwrap_or_default())
    }

    /// Counts the nodes that are copied, for an anchor or for an alias.
    fn count(&mut self, size: Size, span: Span) -> Result<(), Problem> {
        self.aliased += size.nodes;
        if self.aliased > MAX_ALIASED_NODES {
            let message =
                format!("its anchors and aliases stand for more than {MAX_ALIASED_NODES} nodes");
            return Err(Problem::budget(span, message));
        }
        Ok(())
    }
}

/// The JSON text of a key that is not a scalar. Keys nested in keys would double in length with each level,
/// because quotes are escaped, so a long key is cut off and gets a hash that keeps it distinct.
fn key(value: Value) -> String {
    const MAX_CHARS: usize = 200;
    let text = match value {
        Value::String(text) => return text,
        other => other.to_string(),
    };
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}{:016x}", &text[..end], xxh3_64(text.as_bytes())),
        None => text,
    }
}

/// `<<: *anchor`: adds the members of other mappings. The mapping's own members win over them, and earlier
/// mappings over later ones.
fn merge(map: &mut Map<String, Value>, others: impl IntoIterator<Item = Value>) {
    for other in others {
        if let Value::Object(other) = other {
            for (key, value) in other {
                map.entry(key).or_insert(value);
            }
        }
    }
}

/// A scalar by the core schema of YAML 1.2 (§10.3.2).
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::from(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::from(text), Value::Number),
    }
}

/// The number that a plain scalar spells. Infinity and "not a number" have no JSON, so they stay text.
fn number(text: &str) -> Option<Number> {
    if let Some(hex) = text.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok().map(Number::from);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Some(Number::from(integer));
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(Number::from(integer));
    }
    Number::from_f64(text.parse().ok()?)
}

/// The byte ranges at which the wanted nodes stand.
pub(super) fn locate(text: &str, wanted: &Wanted<'_>, count: usize) -> Vec<Range<usize>> {
    let mut finder = Finder {
        parser: Parser::new_from_str(text),
        spans: vec![0..0; count],
    };
    wanted.found(&(0..0), &mut finder.spans);
    let event = finder.next();
    finder.node(event, Some(wanted), None);
    let mut spans = finder.spans;
    in_bytes(text, &mut spans);
    spans
}

/// Walks over the events once more and notes where the wanted nodes stand, counted in characters.
struct Finder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    spans: Vec<Range<usize>>,
}

impl<'t> Finder<'t> {
    /// The next event that stands for something; the text was parsed before, so there is no error.
    fn next(&mut self) -> (Event<'t>, Span) {
        loop {
            match self.parser.next_event() {
                Some(Ok((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _))) => {}
                Some(Ok(event)) => return event,
                Some(Err(_)) | None => return (Event::StreamEnd, Span::default()),
            }
        }
    }

    /// Takes note of a node and all below it. `key` is the span of its key.
    fn node(&mut self, event: (Event<'t>, Span), wanted: Option<&Wanted<'_>>, key: Option<Span>) {
        let (event, span) = event;
        if let Some(wanted) = wanted {
            wanted.found(&marked(key, span, &event), &mut self.spans);
        }
        match event {
            Event::SequenceStart(..) => self.sequence(wanted),
            Event::MappingStart(..) => self.mapping(wanted),
            _ => {}
        }
    }

    fn sequence(&mut self, wanted: Option<&Wanted<'_>>) {
        let mut index = 0_usize;
        loop {
            match self.next() {
                (Event::SequenceEnd | Event::StreamEnd, _) => return,
                event => {
                    let child = wanted.and_then(|w| w.children.get(index.to_string().as_str()));
                    self.node(event, child, None);
                    index += 1;
                }
            }
        }
    }

    fn mapping(&mut self, wanted: Option<&Wanted<'_>>) {
        loop {
            match self.next() {
                (Event::MappingEnd | Event::StreamEnd, _) => return,
                (Event::Scalar(text, ..), key) => {
                    let child = wanted.and_then(|w| w.children.get(text.as_ref()));
                    let value = self.next();
                    self.node(value, child, Some(key));
                }
                event => {
                    self.node(event, None, None);
                    let value = self.next();
                    self.node(value, None, None);
                }
            }
        }
    }
}

/// What to mark for a node, in characters: key and value if both stand on one line, else the key.
fn marked(key: Option<Span>, value: Span, event: &Event<'_>) -> Range<usize> {
    let scalar = matches!(event, Event::Scalar(..));
    match key {
        Some(key) if scalar && key.start.line() == value.end.line() => {
            key.start.index()..value.end.index()
        }
        Some(key) => key.start.index()..key.end.index(),
        None => value.start.index()..value.end.index(),
    }
}

/// Turns ranges of characters into ranges of bytes.
fn in_bytes(text: &str, spans: &mut [Range<usize>]) {
    let mut ends: Vec<&mut usize> = Vec::with_capacity(spans.len() * 2);
    for span in spans {
        ends.push(&mut span.start);
        ends.push(&mut span.end);
    }
    ends.sort_unstable();
    let mut bytes = text
        .char_indices()
        .map(|(byte, _)| byte)
        .enumerate()
        .peekable();
    for end in ends {
        while bytes.next_if(|&(character, _)| character < *end).is_some() {}
        *end = bytes.peek().map_or(text.len(), |&(_, byte)| byte);
    }
}
