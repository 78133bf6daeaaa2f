//! The manifest: which files of a folder the generator wrote, and what was in them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::print::File;

/// The name of the manifest.
pub(super) const FILE_NAME: &str = ".clientsmith.json";

/// Paths and hashes of the generator's files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the generator.
    generator: String,
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of a folder; an empty one if there is none that can be read.
    pub(super) fn load(out: &Path) -> Self {
        let text = std::fs::read(out.join(FILE_NAME)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The manifest of these files.
    pub(super) fn of(files: &[File]) -> Self {
        let entry = |file: &File| (file.path.clone(), hash(file.contents.as_bytes()));
        Self {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            files: files.iter().map(entry).collect(),
        }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The hash of a file as it was written.
    pub(super) fn hash(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// The hash of a file's contents. It tells an edit from none; it need not withstand an attacker,
/// who could edit the manifest as well.
pub(super) fn hash(contents: &[u8]) -> String {
    format!("{:032x}", xxh3_128(contents))
}
