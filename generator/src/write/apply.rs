//! Carrying out a plan, so that it can be interrupted anywhere.
//!
//! All new files are written into a folder of their own first: a full disk changes nothing. Then the manifest
//! is replaced by one that knows what every file was and what it will be, the files are put in their places,
//! and the manifest is replaced by one that knows only what they are. Whenever that is interrupted, each file is
//! as it was or as it will be, and the manifest knows both: the next run takes them for its own.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::Changes;
use super::disk::Disk;
use super::manifest::{self, Manifest};
use crate::print::{File, is_inside};

/// An error with the path at which it occurred.
pub(super) type PathError = (PathBuf, io::Error);

/// A file that is written and not yet in its place.
struct Staged {
    from: PathBuf,
    to: PathBuf,
}

/// What is written before anything changes.
struct Prepared {
    folder: PathBuf,
    /// The manifest while files are being put in their places.
    both: Staged,
    files: Vec<Staged>,
    /// The folders that may be empty once files are removed, the innermost first.
    emptied: Vec<PathBuf>,
    /// The final manifest, which is put in its place last.
    last: Staged,
}

/// Carries out a plan.
pub(super) fn apply(
    files: &[File],
    out: &Path,
    old: &Manifest,
    changes: &Changes,
    disk: &Disk,
) -> Result<(), PathError> {
    let manifest = Manifest::of(files);
    let leftovers = Disk::leftovers(out);
    if changes.is_empty() && *old == manifest && leftovers.is_empty() {
        return Ok(());
    }
    leftovers.iter().for_each(|folder| disk.discard(folder));
    let mut made = Vec::new();
    let stage = stage(files, out, old, &manifest, changes, disk)?;
    let done = put(&stage, out, changes, disk, &mut made);
    disk.discard(&stage.folder);
    if done.is_err() {
        // The outermost came first.
        made.iter()
            .rev()
            .for_each(|folder| disk.remove_if_empty(folder));
    }
    done
}

/// Writes everything that is new; nothing is in its place yet.
fn stage(
    files: &[File],
    out: &Path,
    old: &Manifest,
    manifest: &Manifest,
    changes: &Changes,
    disk: &Disk,
) -> Result<Prepared, PathError> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| (path, error)
    };
    let folder = disk.create_staging(out).map_err(at(out))?;
    let mut number = 0;
    let mut write = |to: PathBuf, contents: &str| {
        let from = folder.join(number.to_string());
        number += 1;
        match disk.create(&from, contents) {
            Ok(()) => Ok(Staged { from, to }),
            Err(error) => {
                disk.discard(&folder);
                Err((to, error))
            }
        }
    };
    let place = out.join(manifest::FILE_NAME);
    let both = write(place.clone(), &manifest.before(old).text())?;
    let written = files
        .iter()
        .filter(|file| changes.written.contains(&file.path));
    let files = written.map(|file| write(out.join(&file.path), &file.contents));
    let files = files.collect::<Result<_, _>>()?;
    let last = write(place, &manifest.text())?;
    Ok(Prepared {
        folder,
        both,
        files,
        emptied: emptied(out, old, manifest),
        last,
    })
}

/// The folders in which files stood that are no longer generated, the innermost first.
fn emptied(out: &Path, old: &Manifest, manifest: &Manifest) -> Vec<PathBuf> {
    let gone = old
        .paths()
        .filter(|path| !manifest.knows(path) && is_inside(Path::new(path)));
    let folders = gone.flat_map(|path| Path::new(path).ancestors().skip(1));
    let folders = folders.filter(|folder| !folder.as_os_str().is_empty());
    let folders: BTreeSet<PathBuf> = folders.map(|folder| out.join(folder)).collect();
    folders.into_iter().rev().collect()
}

/// Puts everything in its place, and removes what is no longer needed.
fn put(
    stage: &Prepared,
    out: &Path,
    changes: &Changes,
    disk: &Disk,
    made: &mut Vec<PathBuf>,
) -> Result<(), PathError> {
    let put = |staged: &Staged| {
        let put = disk.rename(&staged.from, &staged.to);
        put.map_err(|error| (staged.to.clone(), error))
    };
    put(&stage.both)?;
    for staged in &stage.files {
        if let Some(folder) = staged.to.parent() {
            let folders = disk.create_folders(folder);
            made.extend(folders.map_err(|error| (folder.to_path_buf(), error))?);
        }
        put(staged)?;
    }
    for path in &changes.removed {
        let target = out.join(path);
        disk.remove(&target).map_err(|error| (target, error))?;
    }
    for folder in &stage.emptied {
        disk.remove_if_empty(folder);
    }
    put(&stage.last)
}
