//! Load: from a path to the text of a document and its JSON value.
//!
//! The text is kept beside the value, so that a [`Pointer`] can be turned into a line and a column
//! when a diagnostic is shown, and not before ([`Source::locate`]). JSON and YAML die at this
//! border: behind it there are only values.

mod json;
mod locate;
mod yaml;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Location};
use crate::pointer::Pointer;
use crate::read;

/// Objects and arrays may not be nested deeper than this; the deepest real documents reach about 60.
pub(crate) const MAX_DEPTH: usize = 128;

/// A document may not be larger than this; the largest real ones have 12 MB.
pub(crate) const MAX_BYTES: usize = 128 << 20;

/// All aliases of a YAML document together may not stand for more nodes than this.
pub(crate) const MAX_ALIASED_NODES: usize = 1_000_000;

/// Where the document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// Standard input, `-` on the command line.
    Stdin,
    /// A text that is already in memory, with the name to use for it in diagnostics.
    Text {
        /// The name to use in diagnostics. What it ends with (`.yaml`, `.json`) says nothing.
        name: String,
        /// The document.
        text: String,
    },
}

impl<P: Into<PathBuf>> From<P> for Input {
    fn from(path: P) -> Self {
        let path = path.into();
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::Path(path)
        }
    }
}

/// The text of the document and of the files it refers to, for diagnostics.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The document itself comes first.
    files: Vec<Text>,
}

/// One file.
#[derive(Debug, Clone)]
struct Text {
    /// Its path as the user would write it.
    name: String,
    /// Its key under [`FILES`]; empty for the document itself.
    key: String,
    text: String,
    format: Notation,
}

/// The two notations of an OpenAPI document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Notation {
    #[default]
    Json,
    Yaml,
}

impl Source {
    /// The name of the document: its path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.files.first().map_or("", |file| &file.name)
    }

    /// The names of all files that were read, the document first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// Finds the places of `pointers` in the texts, in one pass over each.
    ///
    /// A node that the text does not hold as such (it was made by a later stage) is located at the
    /// innermost node around it that the text does hold.
    #[must_use]
    pub fn locate(&self, pointers: &[&Pointer]) -> Vec<Location> {
        let mut locations = vec![None; pointers.len()];
        for (index, file) in self.files.iter().enumerate() {
            let here = pointers.iter().enumerate();
            let here = here.filter(|(_, pointer)| self.file_of(pointer) == index);
            let (places, inner): (Vec<usize>, Vec<Pointer>) = here
                .map(|(place, pointer)| (place, pointer.in_file()))
                .unzip();
            for (place, found) in places.into_iter().zip(file.locate(&inner)) {
                locations[place] = Some(found);
            }
        }
        locations.into_iter().flatten().collect()
    }

    /// Which file a pointer points into.
    fn file_of(&self, pointer: &Pointer) -> usize {
        let key = pointer.file();
        let file = key.and_then(|key| self.files.iter().position(|file| file.key == key));
        file.unwrap_or_default()
    }

    /// The location of a line and column, both counted from 1, if the file was read.
    pub(crate) fn position(&self, file: &Path, line: usize, column: usize) -> Option<Location> {
        let file = self
            .files
            .iter()
            .find(|text| file.as_os_str() == text.name.as_str())?;
        let before = file.text.split_inclusive('\n').take(line.saturating_sub(1));
        let line_start = before.map(str::len).sum();
        // A parser that counts bytes may name a column behind the line's end.
        let text = file
            .text
            .get(line_start..)?
            .lines()
            .next()
            .unwrap_or_default();
        let mut characters = text.char_indices().map(|(byte, _)| line_start + byte);
        Some(Location {
            file: file.name.clone(),
            line,
            column,
            width: 1,
            line_start,
            start: characters
                .nth(column.saturating_sub(1))
                .unwrap_or(line_start + text.len()),
        })
    }

    /// The line of a location, without its line break and without what lies far behind the location.
    pub(crate) fn line(&self, location: &Location) -> Option<&str> {
        const FAR: usize = 4_096;
        let file = self.files.iter().find(|file| file.name == location.file)?;
        let behind = file.text.get(location.start..)?.char_indices().take(FAR);
        let rest = behind.take_while(|(_, character)| !matches!(character, '\n' | '\r'));
        let end = rest
            .last()
            .map_or(0, |(at, character)| at + character.len_utf8());
        file.text.get(location.line_start..location.start + end)
    }

    /// Reads a file that the document refers to. `key` is what it is called under [`FILES`].
    pub(crate) fn open(&mut self, path: &Path, key: &str) -> Result<Value, Box<Diagnostic>> {
        let (name, text) = read(&Input::Path(path.to_path_buf()))?;
        self.add(name, key.to_owned(), text)
    }

    /// Keeps a text, and returns its value.
    fn add(
        &mut self,
        name: String,
        key: String,
        mut text: String,
    ) -> Result<Value, Box<Diagnostic>> {
        let format = detect(&text);
        let value = match format {
            Notation::Json => json::parse(&name, &text),
            Notation::Yaml => {
                if text.contains('\r') {
                    // YAML also ends lines with `\r` (§5.4), but only `\n` is counted as the end of a line.
                    text = text.replace("\r\n", "\n").replace('\r', "\n");
                }
                yaml::parse_mended(&name, &mut text)
            }
        };
        self.files.push(Text {
            name,
            key,
            text,
            format,
        });
        value
    }
}

impl Text {
    fn locate(&self, pointers: &[Pointer]) -> Vec<Location> {
        if pointers.is_empty() {
            return Vec::new();
        }
        let pointers: Vec<&Pointer> = pointers.iter().collect();
        let wanted = locate::Wanted::new(&pointers);
        let spans: Vec<Range<usize>> = match self.format {
            Notation::Json => json::locate(&self.text, &wanted, pointers.len()),
            Notation::Yaml => yaml::locate(&self.text, &wanted, pointers.len()),
        };
        locate::locations(&self.name, &self.text, &spans)
    }
}

/// Reads the document and its value.
///
/// The [`Source`] is returned even where the text is not valid, so that the diagnostic can show it.
pub(crate) fn load(input: &Input, diagnostics: &mut Diagnostics) -> (Source, Option<Value>) {
    let mut source = Source::default();
    let value = read(input).and_then(|(name, text)| source.add(name, String::new(), text));
    match value {
        Ok(value) => (source, Some(value)),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            (source, None)
        }
    }
}

/// The name and the text of the input, without a byte order mark.
fn read(input: &Input) -> Result<(String, String), Box<Diagnostic>> {
    let (name, bytes) = match input {
        Input::Text { name, text } => (name.clone(), Ok(text.clone().into_bytes())),
        Input::Path(path) => (path.display().to_string(), read::bytes(path, MAX_BYTES)),
        Input::Stdin => {
            let bytes = read::limited(std::io::stdin(), MAX_BYTES);
            ("<stdin>".to_owned(), bytes)
        }
    };
    let unreadable = |reason: String| {
        let message = format!("cannot read {name}: {reason}");
        let place = Path::new(&name).to_path_buf();
        Box::new(Diagnostic::error(Code::UnreadableFile, place, message))
    };
    let bytes = bytes.map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() > MAX_BYTES {
        return Err(unreadable(format!("it has more than {MAX_BYTES} bytes")));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok((name, text))
}

/// A document that starts like a JSON object is JSON; everything else is read as YAML.
///
/// The name does not decide: many JSON documents are published as `.yaml`, and the other way round.
fn detect(text: &str) -> Notation {
    if text.trim_start().starts_with(['{', '[']) {
        Notation::Json
    } else {
        Notation::Yaml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locate(text: &str, pointer: &str) -> (usize, usize, usize) {
        let mut diagnostics = Diagnostics::default();
        let name = "spec".to_owned();
        let text = text.to_owned();
        let (source, _) = load(&Input::Text { name, text }, &mut diagnostics);
        let found = source.locate(&[&Pointer::from_fragment(pointer)]);
        (found[0].line, found[0].column, found[0].width)
    }

    const JSON: &str = "{\n  \"a\": [1, {\"ü\\\"\": true}],\n  \"b\" : {\n  }\n}";
    const YAML: &str = "a:\n- 1\n- ü\": true\nb:\n  c: text\n";

    #[test]
    fn a_member_is_located_at_its_key() {
        assert_eq!(locate(JSON, "/a"), (2, 3, 23));
        assert_eq!(locate(JSON, "/b"), (3, 3, 3));
        assert_eq!(locate(YAML, "/b/c"), (5, 3, 7));
    }

    fn read(text: &str) -> Value {
        let (name, text) = ("spec".to_owned(), text.to_owned());
        let (_, value) = load(&Input::Text { name, text }, &mut Diagnostics::default());
        value.unwrap()
    }

    #[test]
    fn keys_of_yaml_are_texts() {
        let text = "&k a: 1\n*k : 2\n? [b]\n: *k\n&n 0x7: *n\n";
        let expected = serde_json::json!({"a": 2, "[\"b\"]": "a", "0x7": 7});
        assert_eq!(read(text), expected);
    }

    #[test]
    fn mappings_are_merged_in_their_order() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 0}\n";
        assert_eq!(read(text)["c"], serde_json::json!({"x": 0, "y": 1, "z": 2}));
        // What is no mapping cannot be merged, and is not lost.
        let other = "a: {<<: [b], c: 1}\n";
        assert_eq!(read(other)["a"], serde_json::json!({"<<": ["b"], "c": 1}));
    }

    #[test]
    fn keys_inside_of_keys_stay_short() {
        let deep = read(&"? ".repeat(100));
        assert!(deep.to_string().len() < 1_000, "{deep}");
        // And stay apart.
        let long = "x".repeat(300);
        let both = read(&format!("? [{long}a]\n: 1\n? [{long}b]\n: 2\n"));
        assert_eq!(both.as_object().unwrap().len(), 2);
    }

    #[test]
    fn an_element_is_located_at_its_value() {
        assert_eq!(locate(JSON, "/a/0"), (2, 9, 1));
        assert_eq!(locate(YAML, "/a/0"), (2, 3, 1));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(locate(JSON, "/a/1/ü\""), (2, 13, 11));
        assert_eq!(locate(YAML, "/a/1/ü\""), (3, 3, 8));
    }

    #[test]
    fn a_missing_node_is_located_at_the_node_around_it() {
        assert_eq!(locate(JSON, "/a/7/x"), locate(JSON, "/a"));
        assert_eq!(locate(JSON, "/zzz"), (1, 1, 1));
        assert_eq!(locate(YAML, "/b/x/y"), locate(YAML, "/b"));
    }

    #[test]
    fn a_text_that_is_not_json_or_yaml_is_an_error_with_its_position() {
        for (text, code) in [
            ("{\"a\": }", Code::InvalidJson),
            ("a: [1", Code::InvalidYaml),
        ] {
            let mut diagnostics = Diagnostics::default();
            let name = "spec".to_owned();
            let text = text.to_owned();
            let (_, value) = load(&Input::Text { name, text }, &mut diagnostics);
            assert!(value.is_none());
            let found: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
            assert_eq!(found, [code]);
        }
    }

    #[test]
    fn what_is_no_document_is_refused_with_a_place() {
        let no_version = "error #: this is not an OpenAPI document: it has no member `openapi`";
        for (text, said) in [
            ("", no_version),
            ("[1]", no_version),
            (
                "openapi: 3.1.0\na: b\n c: d",
                "error 3:3: not valid YAML: mapping values are not allowed in this context",
            ),
            (
                "{\"openapi\": \"3.1.0\",}",
                "error 1:21: not valid JSON: trailing comma",
            ),
        ] {
            assert_eq!(crate::cases::diagnostics(text), [said], "{text}");
        }
    }
}
