//! Interruptions at every change, links that lead out, and runs at the same time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::markdown::{Inline, Markdown};
use crate::print;

/// A crate with some files, each of which says its version.
fn files(names: &[&'static str], version: &'static str) -> Vec<File> {
    let file = |name: &&'static str| {
        let mut contents = Markdown::default();
        contents.paragraph(&Inline::of(version).code(name));
        File::markdown(print::Path::of(name), contents)
    };
    names.iter().map(file).collect()
}

fn old() -> Vec<File> {
    files(
        &["Cargo.toml", "src/lib.rs", "src/gone.rs", "examples/a.rs"],
        "old",
    )
}

fn new() -> Vec<File> {
    files(
        &[
            "Cargo.toml",
            "src/lib.rs",
            "src/types.rs",
            "src/types/new.rs",
        ],
        "new",
    )
}

fn other() -> Vec<File> {
    files(&["Cargo.toml", "src/other.rs", "src/types.rs"], "other")
}

/// What is in a folder, folders included.
fn found(out: &Path) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    let mut open = vec![out.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(out).unwrap().display().to_string();
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
                found.insert(name, None);
            } else if name != MANIFEST {
                found.insert(name, Some(fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// What a folder holds in which only this was written.
fn fresh(files: &[File]) -> BTreeMap<String, Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    write(files, folder.path(), WriteOptions::default()).unwrap();
    found(folder.path())
}

/// Writes with a disk that fails after some changes; whether it got that far.
fn interrupted(files: &[File], out: &Path, changes: usize, recovers: bool) -> bool {
    let disk = Disk {
        changes_left: Some(changes).into(),
        recovers,
    };
    write_to(files, out, WriteOptions::default(), &disk).is_err()
}

#[test]
fn a_run_that_is_killed_anywhere_is_repaired_by_the_next_with_any_document() {
    for start in [None, Some(old())] {
        for next in [old(), new(), other()] {
            let mut changes = 0;
            loop {
                let folder = tempfile::tempdir().unwrap();
                let out = folder.path().join("crate");
                let start = start.iter();
                start.for_each(|files| drop(write(files, &out, WriteOptions::default()).unwrap()));
                if !interrupted(&new(), &out, changes, false) {
                    break;
                }
                // Killed once more, somewhere else, before it comes to its end.
                interrupted(&next, &out, changes / 2, false);
                write(&next, &out, WriteOptions::default()).unwrap_or_else(|diagnostics| {
                    panic!("after {changes} changes: {diagnostics:?}");
                });
                assert_eq!(found(&out), fresh(&next), "after {changes} changes");
                changes += 1;
            }
            assert!(changes > 15, "only {changes} changes");
        }
    }
}

#[test]
fn a_full_disk_leaves_old_files_whole_and_nothing_else() {
    for changes in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        write(&old(), folder.path(), WriteOptions::default()).unwrap();
        let before = found(folder.path());
        // Up to here, nothing but new files is written.
        assert!(interrupted(&new(), folder.path(), changes, true));
        assert_eq!(found(folder.path()), before, "after {changes} changes");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(interrupted(&new(), &folder.path().join("a/b"), 3, true));
    assert!(found(folder.path()).is_empty(), "folders are taken back");
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let error = Disk::default().create_staging(&gone).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn runs_at_the_same_time_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    std::thread::scope(|scope| {
        for round in 0..24 {
            scope.spawn(move || {
                let files = [old(), new(), other()][round % 3].clone();
                write(&files, out, WriteOptions::default()).unwrap();
            });
        }
    });
    let last = found(out);
    assert!(
        [old(), new(), other()]
            .iter()
            .any(|files| fresh(files) == last),
        "{last:#?}"
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    fn refused(files: &[File], out: &Path) {
        for force in [false, true] {
            let options = WriteOptions::default().force(force);
            let diagnostics = write(files, out, options).unwrap_err();
            assert!(
                diagnostics.iter().all(|d| d.code == Code::ForeignFile),
                "{diagnostics:?}"
            );
        }
    }

    #[test]
    fn nothing_is_written_or_removed_through_a_link_that_leads_out() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let out = folder.path();
        symlink(outside.path(), out.join("src")).unwrap();
        refused(&new(), out);
        assert!(found(outside.path()).is_empty());

        fs::remove_file(out.join("src")).unwrap();
        write(&old(), out, WriteOptions::default()).unwrap();
        fs::rename(out.join("src"), outside.path().join("src")).unwrap();
        symlink(outside.path().join("src"), out.join("src")).unwrap();
        write(&files(&["Cargo.toml"], "old"), out, WriteOptions::default()).unwrap();
        assert!(
            outside.path().join("src/lib.rs").exists(),
            "it is not in the crate any more"
        );
    }

    #[test]
    fn a_link_in_the_place_of_a_file_is_in_the_way() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let target = outside.path().join("target");
        for name in ["Cargo.toml", MANIFEST] {
            for contents in [None, Some("text")] {
                contents
                    .into_iter()
                    .for_each(|text| fs::write(&target, text).unwrap());
                symlink(&target, folder.path().join(name)).unwrap();
                refused(&new(), folder.path());
                assert_eq!(fs::read_to_string(&target).ok().as_deref(), contents);
                fs::remove_file(folder.path().join(name)).unwrap();
                let _ = fs::remove_file(&target);
            }
        }
    }

    #[test]
    fn links_within_the_crate_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("code")).unwrap();
        symlink("code", folder.path().join("src")).unwrap();
        write(&new(), folder.path(), WriteOptions::default()).unwrap();
        assert!(folder.path().join("code/lib.rs").is_file());
    }

    #[test]
    fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Cargo.toml", MANIFEST] {
            let path = folder.path().join(name);
            let made = std::process::Command::new("mkfifo").arg(&path).status();
            assert!(made.unwrap().success());
            refused(&new(), folder.path());
            fs::remove_file(path).unwrap();
        }
    }
}
