//! Files: what the generator hands out, and the only ways to make one.

use toml_edit::DocumentMut;

use super::Markdown;

/// A file of the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its path in the crate, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub contents: String,
}

impl File {
    /// Rust, put together by `print::layout`.
    pub(super) fn rust(path: Path, contents: String) -> Self {
        Self::new(path, contents)
    }

    /// TOML, whose serializer keeps each text inside its quotes.
    pub(crate) fn toml(path: Path, contents: &DocumentMut) -> Self {
        Self::new(path, contents.to_string())
    }

    /// Markdown.
    pub(crate) fn markdown(path: Path, contents: Markdown) -> Self {
        Self::new(path, contents.finish())
    }

    /// A file of the user's, as it is.
    pub(crate) fn copied(path: Path, contents: String) -> Self {
        Self::new(path, contents)
    }

    fn new(Path(path): Path, contents: String) -> Self {
        Self { path, contents }
    }
}

/// The longest name of a file without its extension, in bytes. File systems allow 255.
const MAX_NAME: usize = 120;

/// A path in the crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path(String);

impl Path {
    /// A path of ours.
    pub(crate) fn of(path: &'static str) -> Self {
        Self(path.to_owned())
    }

    /// A file of Rust in a folder of ours, named after an identifier.
    pub(crate) fn rust(folder: &'static str, name: &str) -> Self {
        Self(format!("{folder}{}.rs", stem(name)))
    }

    /// A path that the user chose, if it stays in the crate: its parts, however they are joined.
    pub(crate) fn of_user(path: &str) -> Option<Self> {
        let parts = std::path::Path::new(path);
        if !is_inside(parts) {
            return None;
        }
        let parts: Option<Vec<&str>> = parts.iter().map(std::ffi::OsStr::to_str).collect();
        Some(Self(parts?.join("/")))
    }

    /// Whether this path and another one cannot both be files, on any file system.
    pub(crate) fn clashes_with(&self, other: &str) -> bool {
        let (one, other) = (self.0.to_lowercase(), other.to_lowercase());
        let is_below = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        one == other || is_below(&one, &other) || is_below(&other, &one)
    }

    /// The path from the folder in which the crate's root lies.
    pub(super) fn below_src(&self) -> &str {
        self.0.strip_prefix("src/").unwrap_or(&self.0)
    }
}

/// The name of a file without its extension: ASCII, and short enough for a file system, whatever it is called
/// after.
pub(crate) fn stem(name: &str) -> String {
    let mut stem = String::with_capacity(name.len());
    for c in name.trim_start_matches("r#").chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => stem.push(c),
            // No name of Rust has a hyphen, so no other name becomes the same.
            other => stem.push_str(&format!("-{:x}", u32::from(other))),
        }
    }
    if stem.len() > MAX_NAME {
        let hash = xxhash_rust::xxh3::xxh3_64(name.as_bytes());
        stem.truncate(MAX_NAME - 17);
        stem.push_str(&format!("_{hash:016x}"));
    }
    stem
}

/// Whether a path, followed from a folder, stays inside it.
pub(crate) fn is_inside(path: &std::path::Path) -> bool {
    let mut components = path.components().peekable();
    components.peek().is_some() && components.all(|c| matches!(c, std::path::Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_short_ascii_and_distinct() {
        assert_eq!(stem("r#type"), "type");
        assert_eq!(stem("订单"), "-8ba2-5355");
        assert_eq!(stem("../a\0"), "-2e-2e-2fa-0");
        let long = "x".repeat(500);
        let (one, other) = (stem(&long), stem(&format!("{long}y")));
        assert_eq!(one.len(), MAX_NAME);
        assert_ne!(one, other);
    }

    #[test]
    fn paths_of_the_user_stay_inside() {
        assert!(Path::of_user("a/b.rs").is_some());
        assert_eq!(Path::of_user("a//b/").unwrap().0, "a/b");
        for outside in ["../a", "/a", "a/../b", "./a", ""] {
            assert!(Path::of_user(outside).is_none(), "{outside}");
        }
    }

    #[test]
    fn two_files_of_one_path_clash_and_so_do_a_file_and_its_folder() {
        let path = Path::of("src/lib.rs");
        for (other, clashes) in [
            ("src/lib.rs", true),
            ("SRC/Lib.rs", true),
            ("src", true),
            ("src/lib.rs/a", true),
            ("src/lib", false),
            ("src/lib.rs2", false),
        ] {
            assert_eq!(path.clashes_with(other), clashes, "{other}");
        }
    }
}
