//! The configuration: `clientsmith.toml`, or the same values set through the library.
//!
//! What is special to one crate stands here and never in code: its name, where its runtime lies,
//! which fields are secret.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::value::Error as ProbeError;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::read;

/// The name of the configuration file that is looked for beside the document.
pub const FILE_NAME: &str = "clientsmith.toml";

/// A configuration may not be larger than this.
const MAX_BYTES: usize = 16 << 20;

/// How the crate is to be generated. Every entry can be left out.
///
/// Paths that come from a file are relative to that file's folder.
///
/// # Example
///
/// ```
/// let mut config = clientsmith::Config::default();
/// config.name = Some("fleece-ai".to_owned());
/// config.secret.push("ApiKeyCreated.key".to_owned());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Config {
    /// The document to read, where the command line names none.
    pub spec: Option<PathBuf>,
    /// The folder to write the crate to, where the command line names none.
    pub out: Option<PathBuf>,
    /// The name of the crate; from the title if absent.
    pub name: Option<String>,
    /// The version of the crate; from the document's version if absent.
    pub version: Option<String>,
    /// The licence of the crate as an SPDX expression; the document's, if that is one.
    pub license: Option<String>,
    /// The folder of `clientsmith-runtime`, for a path dependency beside the version.
    pub runtime_path: Option<PathBuf>,
    /// What the environment variables of `from_env()` start with; from the crate's name if absent.
    pub env: Option<String>,
    /// The folder below which other files may be read, if not the document's own.
    pub root: Option<PathBuf>,
    /// Only operations with one of these tags.
    pub tags: Vec<String>,
    /// Only these operations, by operationId. With `tags`, those of either.
    pub operations: Vec<String>,
    /// What `format: date-time` becomes.
    pub date_time: Format,
    /// What `format: date` becomes.
    pub date: Format,
    /// What `format: uuid` becomes.
    pub uuid: Format,
    /// What `format: byte`, bytes in base64, becomes.
    pub byte: Format,
    /// What `type: integer` becomes where neither a format nor bounds say how large it can be.
    pub integer: Integer,
    /// Properties that may be missing or `null` in spite of what the document says, by `Schema.property`.
    pub optional: Vec<String>,
    /// Whether responses always have the required properties that are read-only.
    pub read_only: ReadOnly,
    /// Enums that have no variant for unknown values, by schema; `*` means all.
    pub closed_enums: Vec<String>,
    /// Names for types, by schema or by the schema's JSON pointer. A name with `::` is the path of a
    /// type of the user's, which is then used instead.
    pub types: BTreeMap<String, String>,
    /// Names for fields, by `Schema.property`.
    pub fields: BTreeMap<String, String>,
    /// Names for the variants of enums and unions, by `Schema.value`.
    pub variants: BTreeMap<String, String>,
    /// Names for the methods of operations, by operationId.
    pub methods: BTreeMap<String, String>,
    /// Names for groups of operations, by tag.
    pub groups: BTreeMap<String, String>,
    /// From how many operations on each group of them has a Cargo feature, by default all on; 100 if
    /// absent.
    pub group_features_from: Option<usize>,
    /// The header that names a call which the server must do once, if not `Idempotency-Key`.
    pub idempotency_header: Option<String>,
    /// Operations that may be repeated although their method does not say so, by operationId.
    pub idempotent: Vec<String>,
    /// How lists come in pages, by operationId.
    pub pagination: BTreeMap<String, Pagination>,
    /// Whether lists of which nothing is said come in pages where the document leaves no doubt: with a
    /// documented header `Link`, or a token in the response for a parameter of that name.
    pub detect_pagination: bool,
    /// Fields whose values must not appear in Debug output, as `Type.field`.
    pub secret: Vec<String>,
    /// The operations shown as quick starts in the README and as programs in `examples/`, by
    /// operationId. If absent, the generator picks one that can be called without preparation.
    pub examples: Option<Vec<String>>,
    /// A Markdown file whose text becomes part of the README.
    pub notes: Option<PathBuf>,
    /// More files for the crate: their path in it, and the file to copy.
    pub files: BTreeMap<String, PathBuf>,
    /// Files of the crate that are the user's: the generator neither writes nor removes them.
    pub own: Vec<String>,
}

/// Which formats have a type of their own; the others are what their JSON type is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Formats {
    pub(crate) date_time: bool,
    pub(crate) date: bool,
    pub(crate) uuid: bool,
    pub(crate) byte: bool,
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// A diagnostic with its line if the file cannot be read, is not TOML, or has an unknown key;
    /// then the nearest known one is named.
    pub fn load(path: &Path) -> Result<Self, Box<Diagnostic>> {
        let text = read::text(path, MAX_BYTES).map_err(|error| {
            let message = format!("cannot read {}: {error}", path.display());
            Box::new(Diagnostic::error(
                Code::UnreadableFile,
                path.to_path_buf(),
                message,
            ))
        })?;
        let mut config: Self =
            toml::from_str(&text).map_err(|error| Box::new(invalid(path, &text, &error)))?;
        config.resolve(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Reads the configuration file beside the document, if there is one.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or is no configuration, as for [`Config::load`].
    pub fn beside(spec: &Path) -> Result<Option<Self>, Box<Diagnostic>> {
        let path = spec.with_file_name(FILE_NAME);
        path.exists().then(|| Self::load(&path)).transpose()
    }

    /// Which formats have types of their own.
    pub(crate) fn formats(&self) -> Formats {
        Formats {
            date_time: self.date_time == Format::Typed,
            date: self.date == Format::Typed,
            uuid: self.uuid == Format::Typed,
            byte: self.byte == Format::Typed,
        }
    }

    /// Whether only some operations are asked for.
    pub(crate) fn is_selective(&self) -> bool {
        !self.tags.is_empty() || !self.operations.is_empty()
    }

    /// Whether an operation is asked for.
    pub(crate) fn wants(&self, id: Option<&str>, tags: &[String]) -> bool {
        let everything = !self.is_selective();
        let named = id.is_some_and(|id| self.operations.iter().any(|wanted| wanted == id));
        everything || named || tags.iter().any(|tag| self.tags.contains(tag))
    }

    /// Makes the paths relative to `folder`.
    fn resolve(&mut self, folder: &Path) {
        let Self {
            spec,
            out,
            root,
            runtime_path,
            notes,
            files,
            ..
        } = self;
        let optional = [spec, out, root, runtime_path, notes].into_iter().flatten();
        for path in optional.chain(files.values_mut()) {
            *path = folder.join(&*path);
        }
    }
}

/// How an operation's list comes in pages. One of the entries beside `items` says how the next page is
/// asked for. Places in a response are members joined by dots: `meta.next`.
///
/// # Example
///
/// ```toml
/// [pagination.listOrders]
/// items = "data"
/// cursor = { parameter = "after", next = "meta.next" }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Pagination {
    /// Where the items stand in the response; empty if they are the response.
    pub items: String,
    /// A token in the response, to be sent in a parameter.
    pub cursor: Option<Cursor>,
    /// Where the URL of the next page stands in the response.
    pub next_url: Option<String>,
    /// The header `Link` has the URL of the next page. This is so if nothing else is said.
    pub link_header: bool,
    /// The parameter that says how many items to pass over.
    pub offset: Option<String>,
    /// A parameter with the number of the page.
    pub page: Option<PageNumber>,
}

/// A token that leads to the next page.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Cursor {
    /// The parameter in which it is sent.
    pub parameter: String,
    /// Where it stands in the response.
    pub next: String,
}

/// Pages by number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PageNumber {
    /// The parameter in which the number is sent.
    pub parameter: String,
    /// The number of the first page.
    #[serde(default = "first_page")]
    pub first: u64,
}

fn first_page() -> u64 {
    1
}

/// What a text with a format becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// A type of its own: `jiff`'s for dates and times, `uuid::Uuid`, bytes.
    #[default]
    #[serde(alias = "jiff", alias = "uuid", alias = "bytes")]
    Typed,
    /// The text as it is.
    String,
}

/// What an integer of any size becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Integer {
    /// An `i64`, which nearly all integers are.
    #[default]
    I64,
    /// A number that keeps all its digits.
    Number,
}

/// Whether responses have the required properties that are read-only. Some frameworks mark each property that
/// they compute as required, and leave it out or send `null` where there is nothing to compute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReadOnly {
    /// As the document says: a response without one is an error.
    #[default]
    AsDeclared,
    /// They may be missing or `null`.
    Optional,
}

/// The diagnostic for a file that is not a configuration.
fn invalid(path: &Path, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or_default();
    let before = text.get(..span.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let place = Place::Position {
        file: path.to_path_buf(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    };
    let key = text.get(span).unwrap_or_default();
    let known = keys();
    if !error.message().starts_with("unknown field") || known.contains(&key) {
        return Diagnostic::error(Code::InvalidConfiguration, place, error.message());
    }
    let message = format!("unknown key `{key}`");
    let nearest = known
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(a, key).total_cmp(&strsim::jaro_winkler(b, key)));
    let diagnostic = Diagnostic::error(Code::InvalidConfiguration, place, message);
    match nearest {
        Some(nearest) => diagnostic.help(format!("the nearest key is `{nearest}`")),
        None => diagnostic,
    }
}

/// The keys that [`Config`] reads, as its own `Deserialize` states them.
fn keys() -> &'static [&'static str] {
    let mut keys: &'static [&'static str] = &[];
    // It never has a value: the probe is only asked what it would look for.
    let _ = Config::deserialize(Probe(&mut keys));
    keys
}

/// A deserializer that notes the fields of the struct it is asked for.
struct Probe<'k>(&'k mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = ProbeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ProbeError> {
        Err(ProbeError::custom("a probe holds nothing"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl fmt::Debug for Probe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Config, Box<Diagnostic>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, text).unwrap();
        Config::load(&path).map(|mut config| {
            for path in config.files.values_mut() {
                *path = path.strip_prefix(folder.path()).unwrap().to_path_buf();
            }
            config
        })
    }

    #[test]
    fn every_key_is_optional() {
        assert_eq!(load("").unwrap(), Config::default());
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = load("[files]\n\"examples/a.rs\" = \"more/a.rs\"").unwrap();
        assert_eq!(config.files["examples/a.rs"], Path::new("more/a.rs"));
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let diagnostic = load("name = \"a\"\nrun-time-path = \"b\"").unwrap_err();
        assert_eq!(diagnostic.message, "unknown key `run-time-path`");
        assert_eq!(
            diagnostic.help.as_deref(),
            Some("the nearest key is `runtime-path`")
        );
        let Place::Position { line, column, .. } = diagnostic.place else {
            panic!("no position: {:?}", diagnostic.place);
        };
        assert_eq!((line, column), (2, 1));
    }
}
