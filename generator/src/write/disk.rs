//! The disk: every change that writing makes to it, one function each, so that a test can stop between any two.

use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The prefix of the names of folders in which new files are staged.
pub(super) const STAGING: &str = ".clientsmith-";

/// The disk, as far as writing changes it.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// How many changes are made before all fail, as if the program had been killed.
    #[cfg(test)]
    pub(super) changes_left: std::cell::Cell<Option<usize>>,
    /// Whether only one change fails, as if the disk had been full.
    #[cfg(test)]
    pub(super) recovers: bool,
}

impl Disk {
    #[cfg(not(test))]
    fn change(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn change(&self) -> io::Result<()> {
        match self.changes_left.get() {
            Some(0) => {
                self.changes_left.set(Some(0).filter(|_| !self.recovers));
                Err(io::Error::other("killed"))
            }
            left => {
                self.changes_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }

    /// Makes a folder and those around it; returns the ones that were not there, the outermost first.
    pub(super) fn create_folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let missing = folder
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let mut made: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        made.reverse();
        for folder in &made {
            self.change()?;
            match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(made)
    }

    /// Makes a folder of a name that nobody could know, for files that are not in their places yet.
    pub(super) fn create_staging(&self, out: &Path) -> io::Result<PathBuf> {
        loop {
            let number = RandomState::new().build_hasher().finish();
            let folder = out.join(format!("{STAGING}{number:016x}"));
            self.change()?;
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| folder),
            }
        }
    }

    /// Writes a file that is not there yet.
    pub(super) fn create(&self, path: &Path, contents: &str) -> io::Result<()> {
        self.change()?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.change()?;
        file.write_all(contents.as_bytes())
    }

    /// Puts a file in its place, whatever stands there.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        fs::rename(from, to)
    }

    /// Removes a file, unless it is gone already.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Removes a folder if it is empty. One that still holds something stays, and that is no error.
    pub(super) fn remove_if_empty(&self, folder: &Path) {
        if self.change().is_ok() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Removes a folder of files that were not put in their places. If that cannot be done, the next run does
    /// it.
    pub(super) fn discard(&self, staging: &Path) {
        if self.change().is_ok() {
            let _ = fs::remove_dir_all(staging);
        }
    }

    /// What runs that were interrupted left behind.
    pub(super) fn leftovers(out: &Path) -> Vec<PathBuf> {
        let is_ours = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix(STAGING));
            let is_number =
                |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
            // `file_type` does not follow links, so a link to a folder does not count.
            number.is_some_and(is_number) && entry.file_type().is_ok_and(|kind| kind.is_dir())
        };
        let entries = fs::read_dir(out).into_iter().flatten().flatten();
        entries.filter(is_ours).map(|entry| entry.path()).collect()
    }
}

/// Waits until no other run writes to a folder, and keeps others from it while it is held. Where folders cannot be
/// locked, nobody waits.
#[cfg(unix)]
pub(super) fn lock(out: &Path) -> Option<File> {
    let folder = File::open(out).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// As on Unix, but with a lock file in the folder, because a folder cannot be opened as a file.
#[cfg(not(unix))]
pub(super) fn lock(out: &Path) -> Option<File> {
    let path = out.join(".clientsmith.lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .ok()?;
    file.lock().ok().map(|()| file)
}
