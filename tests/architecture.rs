//! The rooms of the runtime stand above each other: a module imports from below, and never from above.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, from the ground floor up. DESIGN.md shows the same list.
const RUNTIME: &[&str] = &[
    "wire",
    "context",
    "clock",
    "secret",
    "codec",
    "body",
    "hint",
    "timeout",
    "parameter",
    "form",
    "transport",
    "retry",
    "security",
    "hooks",
    "core",
    "call",
    "reply",
    "error",
    "pipeline",
    "blocking",
    "operation",
    "pending",
    "stream",
    "paging",
    "webhook",
    "test_util",
    "macros",
];

/// The arrows that run back up. A file is a value like any other until it is written, and only a form or a body can
/// hold it: so what writes values knows it.
const RUNTIME_UP: &[(&str, &str)] = &[("codec", "body")];

/// All sources of a folder, and the room that each belongs to.
fn sources(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let inside = path.strip_prefix(folder).unwrap();
                let room = inside.iter().next().unwrap().to_str().unwrap();
                found.push((room.trim_end_matches(".rs").to_owned(), path));
            }
        }
    }
    found
}

/// The rooms that a source names by `crate::room`, outside of its tests and comments.
fn named(source: &str, rooms: &[&'static str]) -> BTreeSet<&'static str> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = source.lines().map(str::trim_start);
    let code: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    let code = code.join("\n");
    let names = code.split("crate::").skip(1).map(|rest| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap()
    });
    let names = names.filter_map(|name| rooms.iter().find(|room| **room == name));
    names.copied().collect()
}

#[test]
fn the_runtime_imports_from_below() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src");
    let floor = |room: &str| RUNTIME.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    let mut up = BTreeSet::new();
    for (room, path) in sources(&folder) {
        if room == "lib" {
            continue;
        }
        let own = floor(&room).unwrap_or_else(|| panic!("{room} has no floor"));
        for other in named(&fs::read_to_string(&path).unwrap(), RUNTIME) {
            if floor(other).unwrap() <= own {
                continue;
            }
            match RUNTIME_UP
                .iter()
                .find(|arrow| **arrow == (room.as_str(), other))
            {
                Some(arrow) => drop(up.insert(*arrow)),
                None => wrong.push(format!("{} imports {other}", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        up.len(),
        RUNTIME_UP.len(),
        "an arrow that is allowed is not there"
    );
}
