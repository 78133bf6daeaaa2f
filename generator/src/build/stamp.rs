//! Stamps: what a build script's result was made from. A script runs again whenever a file that it watches
//! was touched; if all of them say what they said, a hash is all that it costs.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::{Config, Input};

/// What was made, and from what.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The hash of everything that the result depends on.
    key: String,
    /// The file that was written, and the hash of what is in it.
    pub(super) result: PathBuf,
    contents: String,
    /// The files that were read, the document first.
    pub(super) files: Vec<PathBuf>,
    /// The warnings, as lines.
    pub(super) warnings: Vec<String>,
}

/// Where the stamp of a generator lies, and what goes into its key.
pub(super) struct Stamps<'g> {
    pub(super) out: &'g Path,
    pub(super) input: &'g Input,
    pub(super) config: &'g Config,
}

impl Stamps<'_> {
    /// The stamp of the last result, if the same would be made again.
    pub(super) fn valid(&self) -> Option<Stamp> {
        let stamp: Stamp = serde_json::from_slice(&read(&self.place())?).ok()?;
        let contents = read(&stamp.result)?;
        let is_same = stamp.key == self.key(&stamp.files)? && stamp.contents == hash(&[&contents]);
        is_same.then_some(stamp)
    }

    /// Stamps a result. If that cannot be done, the next build generates again.
    pub(super) fn put(
        &self,
        result: &Path,
        contents: &str,
        files: Vec<PathBuf>,
        warnings: Vec<String>,
    ) {
        let Some(key) = self.key(&files) else { return };
        let stamp = Stamp {
            key,
            result: result.to_path_buf(),
            contents: hash(&[contents.as_bytes()]),
            files,
            warnings,
        };
        let json = serde_json::to_vec(&stamp).unwrap_or_default();
        let _ = std::fs::write(self.place(), json);
    }

    /// A script may run several generators.
    fn place(&self) -> PathBuf {
        let name = match self.input {
            Input::Text { name, .. } => name.clone(),
            other => format!("{other:?}"),
        };
        let about = format!("{name} {:?}", self.config);
        self.out
            .join(format!("clientsmith-{}.json", hash(&[about.as_bytes()])))
    }

    /// The hash of the inputs: the texts, the configuration, and the program itself, since a generator that
    /// is a path dependency may change without its version.
    fn key(&self, files: &[PathBuf]) -> Option<String> {
        let program = std::env::current_exe().ok()?.metadata().ok()?;
        let made = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let version = env!("CARGO_PKG_VERSION");
        let about = format!("{version} {made:?} {} {:?}", program.len(), self.config);
        let mut parts = vec![about.into_bytes()];
        if let Input::Text { text, .. } = self.input {
            parts.push(text.clone().into_bytes());
        }
        for file in files {
            parts.push(file.as_os_str().as_encoded_bytes().to_vec());
            parts.push(read(file)?);
        }
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Some(hash(&parts))
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    const MAX_BYTES: usize = 1 << 30;
    crate::read::bytes(path, MAX_BYTES).ok()
}

fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(&part.len().to_le_bytes());
        hasher.update(part);
    }
    format!("{:032x}", hasher.digest128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_valid_while_nothing_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (document, result) = (folder.path().join("api.json"), folder.path().join("api.rs"));
        let (input, config) = (Input::Path(document.clone()), Config::default());
        let stamps = Stamps {
            out: folder.path(),
            input: &input,
            config: &config,
        };
        let make = || {
            std::fs::write(&document, "{}").unwrap();
            std::fs::write(&result, "code").unwrap();
            stamps.put(
                &result,
                "code",
                vec![document.clone()],
                vec!["odd".to_owned()],
            );
        };
        assert!(stamps.valid().is_none());
        make();
        let stamp = stamps.valid().unwrap();
        assert_eq!(
            (stamp.result, stamp.warnings),
            (result.clone(), vec!["odd".to_owned()])
        );

        std::fs::write(&document, "{ }").unwrap();
        assert!(stamps.valid().is_none(), "another document");
        make();
        std::fs::write(&result, "edited").unwrap();
        assert!(stamps.valid().is_none(), "another result");
        make();
        let mut other = config.clone();
        other.detect_pagination = true;
        let stamps = Stamps {
            config: &other,
            ..stamps
        };
        assert!(stamps.valid().is_none(), "another configuration");
    }
}
