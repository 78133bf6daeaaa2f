//! Write: the files go to disk, without harm to anything that is there already.
//!
//! A manifest in the folder says which files are the generator's, and what was in them. A file that
//! is not in it is never touched; one that was edited since is not overwritten unless the user says
//! so; one that is no longer needed is removed. Only files whose bytes change are written, so that
//! Cargo rebuilds nothing without need. Everything is checked before anything is changed, what changes is
//! written elsewhere first and then renamed, and a run that is interrupted is taken up by the next one (`apply`).

mod apply;
mod disk;
mod manifest;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::print::{File, is_inside};
use crate::read;
use disk::Disk;
use manifest::Manifest;

pub(crate) use manifest::FILE_NAME as MANIFEST;

/// How files are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Overwrite files of the generator that were edited by hand.
    pub force: bool,
    /// Change nothing, only say what would change.
    pub dry_run: bool,
}

impl WriteOptions {
    /// Overwrites files of the generator that were edited by hand.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Changes nothing, only says what would change.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }
}

/// What changed on disk: paths relative to the folder, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Files that were written.
    pub written: Vec<String>,
    /// Files that were right already.
    pub unchanged: Vec<String>,
    /// Files of the generator that are not needed any more.
    pub removed: Vec<String>,
}

impl Changes {
    /// Whether everything was right already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// Writes the files of a crate to a folder. If another run writes to it, this one waits.
///
/// # Errors
///
/// Diagnostics if a file is in the way or cannot be written. Then nothing was changed, unless the
/// disk failed while the new files were put in their places; the next run goes on from there.
pub fn write(files: &[File], out: &Path, options: WriteOptions) -> Result<Changes, Diagnostics> {
    write_to(files, out, options, &Disk::default())
}

fn write_to(
    files: &[File],
    out: &Path,
    options: WriteOptions,
    disk: &Disk,
) -> Result<Changes, Diagnostics> {
    if options.dry_run {
        let _lock = disk::lock(out);
        return planned(files, out, options).map(|(_, changes)| changes);
    }
    let made = disk.create_folders(out);
    let made = made.map_err(|error| unwritable((out.to_path_buf(), error)))?;
    let lock = disk::lock(out);
    let written = planned(files, out, options).and_then(|(old, changes)| {
        let applied = apply::apply(files, out, &old, &changes, disk);
        applied.map(|()| changes).map_err(unwritable)
    });
    drop(lock);
    if written.is_err() {
        made.iter()
            .rev()
            .for_each(|folder| disk.remove_if_empty(folder));
    }
    written
}

/// What stood in the folder, and what has to change; or what is in the way.
fn planned(
    files: &[File],
    out: &Path,
    options: WriteOptions,
) -> Result<(Manifest, Changes), Diagnostics> {
    let old = Manifest::load(out);
    let (changes, obstacles) = plan(files, out, &old, options);
    match obstacles.has_errors() {
        true => Err(obstacles),
        false => Ok((old, changes)),
    }
}

fn unwritable((path, error): (PathBuf, io::Error)) -> Diagnostics {
    let message = format!("cannot write {}: {error}", path.display());
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::error(Code::UnwritableFile, path, message));
    diagnostics
}

/// What has to change, and what is in the way.
fn plan(
    files: &[File],
    out: &Path,
    old: &Manifest,
    options: WriteOptions,
) -> (Changes, Diagnostics) {
    let mut changes = Changes::default();
    let mut obstacles = Diagnostics::default();
    let manifest = state(out, MANIFEST, None, old);
    if !matches!(manifest, State::Missing | State::Foreign { is_file: true }) {
        obstacles.push(obstacle(&out.join(MANIFEST), manifest));
    }
    for file in files {
        match state(out, &file.path, Some(&file.contents), old) {
            State::Same => changes.unchanged.push(file.path.clone()),
            State::Missing | State::Ours => changes.written.push(file.path.clone()),
            State::Edited if options.force => changes.written.push(file.path.clone()),
            state => obstacles.push(obstacle(&out.join(&file.path), state)),
        }
    }
    for path in old.paths() {
        let stale = files.iter().all(|file| file.path != path) && is_inside(Path::new(path));
        if stale && state(out, path, None, old) == State::Ours {
            changes.removed.push(path.to_owned());
        }
    }
    (changes, obstacles)
}

/// What stands at the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    /// What is to be written is there already.
    Same,
    /// What the generator wrote.
    Ours,
    /// What the generator wrote, changed since.
    Edited,
    /// Something else.
    Foreign {
        is_file: bool,
    },
    /// A link on the way to it leads out of the folder.
    Outside,
    /// A file stands where a folder on the way must be.
    Blocked,
}

fn state(out: &Path, path: &str, wanted: Option<&str>, old: &Manifest) -> State {
    /// Nothing that the generator writes is larger.
    const MAX_BYTES: usize = 1 << 30;
    let target = out.join(path);
    if leads_out(out, &target) {
        return State::Outside;
    }
    let Ok(metadata) = fs::symlink_metadata(&target) else {
        return match is_blocked(out, &target) {
            true => State::Blocked,
            false => State::Missing,
        };
    };
    if !metadata.is_file() {
        return State::Foreign { is_file: false };
    }
    match read::bytes(&target, MAX_BYTES) {
        Ok(contents) if wanted.is_some_and(|w| w.as_bytes() == contents) => State::Same,
        Ok(contents) if old.wrote(path, &contents) => State::Ours,
        Ok(_) if old.knows(path) => State::Edited,
        _ => State::Foreign { is_file: true },
    }
}

/// Whether a file stands where a folder on the way to another file must be.
fn is_blocked(out: &Path, target: &Path) -> bool {
    let inside = target.parent().into_iter().flat_map(Path::ancestors);
    let mut inside = inside.take_while(|folder| *folder != out);
    inside.any(|folder| fs::metadata(folder).is_ok_and(|metadata| !metadata.is_dir()))
}

/// Whether the folder of a file lies elsewhere, by a link. What does not exist leads nowhere.
fn leads_out(out: &Path, target: &Path) -> bool {
    let inside = target.parent().into_iter().flat_map(Path::ancestors);
    let mut inside = inside.take_while(|folder| *folder != out);
    let is_link = |folder: &Path| fs::symlink_metadata(folder).is_ok_and(|m| m.is_symlink());
    if !inside.any(is_link) {
        return false;
    }
    let mut folders = target.parent().into_iter().flat_map(Path::ancestors);
    let existing = folders.find(|folder| fs::symlink_metadata(folder).is_ok());
    match (existing.map(Path::canonicalize), out.canonicalize()) {
        (Some(Ok(real)), Ok(out)) => !real.starts_with(out),
        // A link to nothing: whatever is made there is not here.
        _ => true,
    }
}

fn obstacle(target: &Path, state: State) -> Diagnostic {
    let path = target.display();
    let place = target.to_path_buf();
    match state {
        State::Edited => {
            let message = format!("{path} was edited by hand since it was generated");
            Diagnostic::error(Code::ForeignFile, place, message)
                .help("`--force` overwrites it; `own` in clientsmith.toml hands it to you for good")
        }
        State::Blocked => {
            let message =
                format!("{path} cannot be written: a file stands where its folder must be");
            Diagnostic::error(Code::ForeignFile, place, message)
                .help("move that file, or choose another folder")
        }
        State::Outside => {
            let message = format!("{path} is not in the crate: a link on the way leads out of it");
            Diagnostic::error(Code::ForeignFile, place, message)
                .help("replace the link by a folder; nothing is written through it")
        }
        _ => {
            let message = format!("{path} is in the way, and clientsmith did not write it");
            Diagnostic::error(Code::ForeignFile, place, message)
                .help("move it, choose another folder, or list it under `own` in clientsmith.toml")
        }
    }
}
