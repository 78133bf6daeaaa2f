//! Write: the files go to disk, without harm to anything that is there already.
//!
//! A manifest in the folder says which files are the generator's, and what was in them. A file that
//! is not in it is never touched; one that was edited since is not overwritten unless the user says
//! so; one that is no longer needed is removed. Only files whose bytes change are written, so that
//! Cargo rebuilds nothing without need. Everything is checked before anything is changed, and what
//! changes is first written beside and then renamed.

mod manifest;

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::print::File;
use manifest::Manifest;

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

/// Writes the files of a crate to a folder.
///
/// # Errors
///
/// Diagnostics if a file is in the way or cannot be written. Then nothing was changed, unless the
/// disk failed while the new files were put in their places.
pub fn write(files: &[File], out: &Path, options: WriteOptions) -> Result<Changes, Diagnostics> {
    let old = Manifest::load(out);
    let (changes, obstacles) = plan(files, out, &old, options);
    if obstacles.has_errors() {
        return Err(obstacles);
    }
    if options.dry_run {
        return Ok(changes);
    }
    apply(files, out, &old, &changes).map_err(|(path, error)| {
        let message = format!("cannot write {}: {error}", path.display());
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::error(Code::UnwritableFile, path, message));
        diagnostics
    })?;
    Ok(changes)
}

/// Whether a path, followed from a folder, stays inside it.
pub(crate) fn is_inside(path: &Path) -> bool {
    let mut components = path.components().peekable();
    components.peek().is_some() && components.all(|c| matches!(c, Component::Normal(_)))
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
    for file in files {
        match state(&out.join(&file.path), &file.path, Some(&file.contents), old) {
            State::Same => changes.unchanged.push(file.path.clone()),
            State::Missing | State::Ours => changes.written.push(file.path.clone()),
            State::Edited if options.force => changes.written.push(file.path.clone()),
            state => obstacles.push(obstacle(&out.join(&file.path), state)),
        }
    }
    for path in old.paths() {
        let stale = files.iter().all(|file| file.path != path) && is_inside(Path::new(path));
        let ours = || state(&out.join(path), path, None, old) == State::Ours;
        if stale && ours() {
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
    Foreign,
}

fn state(target: &Path, path: &str, wanted: Option<&str>, old: &Manifest) -> State {
    let Ok(metadata) = std::fs::symlink_metadata(target) else {
        return State::Missing;
    };
    let contents = std::fs::read(target).ok().filter(|_| metadata.is_file());
    match (contents, old.hash(path)) {
        (Some(contents), _) if wanted.is_some_and(|w| w.as_bytes() == contents) => State::Same,
        (Some(contents), Some(hash)) if manifest::hash(&contents) == hash => State::Ours,
        (Some(_), Some(_)) => State::Edited,
        _ => State::Foreign,
    }
}

fn obstacle(target: &Path, state: State) -> Diagnostic {
    let path = target.display();
    let place = target.to_path_buf();
    if state == State::Edited {
        let message = format!("{path} was edited by hand since it was generated");
        return Diagnostic::error(Code::ForeignFile, place, message)
            .help("`--force` overwrites it; `own` in clientsmith.toml hands it to you for good");
    }
    let message = format!("{path} is in the way, and clientsmith did not write it");
    Diagnostic::error(Code::ForeignFile, place, message)
        .help("move it, choose another folder, or list it under `own` in clientsmith.toml")
}

/// An error with the path at which it occurred.
type PathError = (PathBuf, io::Error);

/// Carries out a plan: first all new files beside their places, then the renames and removals.
fn apply(files: &[File], out: &Path, old: &Manifest, changes: &Changes) -> Result<(), PathError> {
    let manifest = Manifest::of(files);
    let mut pending: Vec<(PathBuf, &str)> = Vec::new();
    for file in files
        .iter()
        .filter(|file| changes.written.contains(&file.path))
    {
        pending.push((out.join(&file.path), &file.contents));
    }
    let text = manifest.text();
    if *old != manifest {
        pending.push((out.join(manifest::FILE_NAME), &text));
    }
    let mut staged = Vec::with_capacity(pending.len());
    for (target, contents) in pending {
        match stage(&target, contents) {
            Ok(beside) => staged.push((beside, target)),
            Err(error) => {
                discard(&staged);
                return Err((target, error));
            }
        }
    }
    for (beside, target) in &staged {
        std::fs::rename(beside, target).map_err(|error| (target.clone(), error))?;
    }
    for path in &changes.removed {
        remove(out, path).map_err(|error| (out.join(path), error))?;
    }
    Ok(())
}

/// Writes contents beside their place.
fn stage(target: &Path, contents: &str) -> io::Result<PathBuf> {
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".clientsmith-new");
    let beside = target.with_file_name(name);
    std::fs::write(&beside, contents)?;
    Ok(beside)
}

fn discard(staged: &[(PathBuf, PathBuf)]) {
    for (beside, _) in staged {
        // It is rubbish already; if it cannot be removed, there is nothing better to do.
        let _ = std::fs::remove_file(beside);
    }
}

/// Removes a file, and its folder if that is empty then.
fn remove(out: &Path, path: &str) -> io::Result<()> {
    let target = out.join(path);
    std::fs::remove_file(&target)?;
    match target.parent() {
        // A folder that still holds something is not removed; that is no error.
        Some(folder) if folder != out => drop(std::fs::remove_dir(folder)),
        _ => {}
    }
    Ok(())
}
