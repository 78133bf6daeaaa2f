//! The manifest: which files of a folder the generator wrote, and what was in them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::print::File;
use crate::read;

/// The name of the manifest.
pub(crate) const FILE_NAME: &str = ".clientsmith.json";

/// How large a manifest may be. It takes about a hundred bytes for each file.
const MAX_BYTES: usize = 64 << 20;

/// Paths and hashes of the generator's files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the generator.
    generator: String,
    files: BTreeMap<String, String>,
    /// What the files were before a run that did not come to its end.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    before: BTreeMap<String, Vec<String>>,
}

impl Manifest {
    /// The manifest of a folder; an empty one if there is none that can be read.
    pub(super) fn load(out: &Path) -> Self {
        let text = read::bytes(&out.join(FILE_NAME), MAX_BYTES).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The manifest of these files.
    pub(super) fn of(files: &[File]) -> Self {
        let entry = |file: &File| (file.path.clone(), hash(file.contents.as_bytes()));
        Self {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            files: files.iter().map(entry).collect(),
            before: BTreeMap::new(),
        }
    }

    /// The union of this manifest and an older one, for the time in which files of both may stand in the folder.
    pub(super) fn before(&self, old: &Self) -> Self {
        let mut both = self.clone();
        both.before.clone_from(&old.before);
        for (path, hash) in &old.files {
            let known = both.before.entry(path.clone()).or_default();
            if !known.contains(hash) {
                known.push(hash.clone());
            }
        }
        both
    }

    /// The files that are the generator's, or were.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let gone = self
            .before
            .keys()
            .filter(|path| !self.files.contains_key(*path));
        self.files.keys().chain(gone).map(String::as_str)
    }

    /// Whether the generator wrote a file, whatever is in it now.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.before.contains_key(path)
    }

    /// Whether the generator wrote this into a file.
    pub(super) fn wrote(&self, path: &str, contents: &[u8]) -> bool {
        let hash = hash(contents);
        self.files.get(path) == Some(&hash)
            || self
                .before
                .get(path)
                .is_some_and(|known| known.contains(&hash))
    }

    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// The hash of a file's contents. It tells an edit from none; it need not withstand an attacker,
/// who could edit the manifest as well.
fn hash(contents: &[u8]) -> String {
    format!("{:032x}", xxh3_128(contents))
}
