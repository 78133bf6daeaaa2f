//! The rooms of both crates stand above each other: a module imports from below, and never from above.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the generator, from the ground floor up. DESIGN.md shows the same list.
const GENERATOR: &[&str] = &[
    "text",
    "parallel",
    "read",
    "pointer",
    "identifier",
    "diagnostics",
    "config",
    "grammar",
    "markdown",
    "load",
    "resolve",
    "normalize",
    "parse",
    "terms",
    "ir",
    "lower",
    "settle",
    "named",
    "name",
    "print",
    "emit",
    "write",
    "own",
    "render",
    "inspect",
    "lib",
    "cases",
    "build",
    "cli",
    "main",
];

/// The rooms of the runtime, from the ground floor up. DESIGN.md shows the same list.
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
    "response",
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
    "lib",
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

/// The rooms that a source names by `crate::room` or `crate::{room, …}`, outside of its tests and comments.
fn named(source: &str, rooms: &[&'static str]) -> BTreeSet<&'static str> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = source.lines().map(str::trim_start);
    let code: Vec<&str> = lines.filter(|line| !line.starts_with("//")).collect();
    let code = code.join("\n");
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words = |list: &str| -> Vec<String> {
        let words = list.split(|c| !is_word(c)).map(str::to_owned);
        words.collect()
    };
    let named = code.split("crate::").skip(1).flat_map(|rest| {
        let list = rest
            .strip_prefix('{')
            .and_then(|rest| rest.split('}').next());
        words(list.unwrap_or_else(|| rest.split(|c| !is_word(c)).next().unwrap()))
    });
    let named: BTreeSet<String> = named.collect();
    let rooms = rooms.iter().filter(|room| named.contains(**room));
    rooms.copied().collect()
}

/// Fails for each import from above that is not among those that are allowed, and for each of these that is
/// not there.
fn imports_from_below(folder: &str, rooms: &[&'static str], allowed: &[(&str, &str)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let floor = |room: &str| rooms.iter().position(|known| *known == room);
    let mut up = BTreeSet::new();
    for (room, path) in sources(&folder) {
        let own = floor(&room).unwrap_or_else(|| panic!("{room} has no floor"));
        let others = named(&fs::read_to_string(&path).unwrap(), rooms);
        let above = others.into_iter().filter(|other| floor(other) > Some(own));
        up.extend(above.map(|other| (room.clone(), other)));
    }
    let up: Vec<(&str, &str)> = up.iter().map(|(room, other)| (&**room, *other)).collect();
    assert_eq!(up, allowed, "imports from a room above");
}

#[test]
fn the_generator_imports_from_below() {
    imports_from_below("generator/src", GENERATOR, &[]);
}

#[test]
fn the_runtime_imports_from_below() {
    imports_from_below("runtime/src", RUNTIME, RUNTIME_UP);
}

#[test]
fn every_room_stands_in_the_design() {
    let design = Path::new(env!("CARGO_MANIFEST_DIR")).join("DESIGN.md");
    let design = fs::read_to_string(design).unwrap();
    for (title, rooms) in [("generator", GENERATOR), ("runtime", RUNTIME)] {
        let mark = format!("| floor of the {title} | rooms |");
        let (_, table) = design.split_once(&mark).expect("the table of floors");
        let table = table.split("\n\n").next().unwrap();
        let shown = table.lines().skip(2).collect::<Vec<_>>();
        let shown = shown.iter().rev().flat_map(|line| line.split('|').nth(2));
        let shown = shown.flat_map(|cell| cell.split('`').skip(1).step_by(2));
        assert_eq!(shown.collect::<Vec<_>>(), rooms, "{title}");
    }
}
