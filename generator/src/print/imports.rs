//! Imports: what a module takes from outside, as rustfmt would write it.

use std::collections::BTreeSet;

/// Something from outside the module: where it is, and what it is called.
type Import = (&'static str, &'static str);

/// What a module imports, in the order in which rustfmt would put it.
#[derive(Debug, Default)]
pub(crate) struct Imports(BTreeSet<Import>);

impl Imports {
    /// Adds one name from a path.
    pub(crate) fn add(&mut self, path: &'static str, name: &'static str) {
        self.0.insert((path, name));
    }

    /// Adds the imports of another part of the same module.
    pub(crate) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The imports as lines, by path: `use clientsmith_runtime::{Reply, Secret};`. An empty line
    /// stands between the standard library, other crates and the crate itself.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for of_rank in 0..3 {
            let paths: BTreeSet<&str> = self.0.iter().map(|(path, _)| *path).collect();
            let mut paths: Vec<&str> = paths.into_iter().collect();
            // rustfmt sorts a path behind the longer paths that start with it.
            paths.sort_by_key(|path| format!("{path}~"));
            let paths = paths.into_iter().filter(|path| rank(path) == of_rank);
            let group: Vec<String> = paths.map(|path| self.line(path)).collect();
            if !group.is_empty() && !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(group);
        }
        lines
    }

    fn line(&self, path: &str) -> String {
        let names = self.0.iter().filter(|(of, _)| *of == path);
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        match names.as_slice() {
            [name] => format!("use {path}::{name};"),
            names => braced(path, names),
        }
    }
}

/// Several names from one path, on as many lines as it takes.
fn braced(path: &str, names: &[&str]) -> String {
    const WIDTH: usize = 100;
    let line = format!("use {path}::{{{}}};", names.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let mut lines = vec![format!("use {path}::{{")];
    let mut open = String::from("   ");
    for name in names {
        if open.len() + name.len() + 2 > WIDTH {
            lines.push(std::mem::replace(&mut open, String::from("   ")));
        }
        open.push_str(&format!(" {name},"));
    }
    lines.extend([open, "};".to_owned()]);
    lines.join("\n")
}

fn rank(path: &str) -> usize {
    match path.split("::").next() {
        Some("std") => 0,
        Some("super" | "self") => 2,
        _ => 1,
    }
}
