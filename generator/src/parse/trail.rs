//! The trail: the way down to the node that was looked up last.
//!
//! A document is lowered from node to neighbour, so the next node is nearly always found a step or two
//! from the last one, and not by going down from the root.

use serde_json::Value;

use crate::pointer::{Pointer, step};

/// The nodes on the way to a place.
#[derive(Debug)]
pub(super) struct Trail<'v> {
    root: &'v Value,
    at: Pointer,
    /// Each node on the way, and the length of its pointer, which is a prefix of `at`.
    steps: Vec<(usize, &'v Value)>,
}

impl<'v> Trail<'v> {
    pub(super) fn new(root: &'v Value) -> Self {
        Self {
            root,
            at: Pointer::root(),
            steps: Vec::new(),
        }
    }

    /// The node at a place, found from where the last one was.
    pub(super) fn find(&mut self, at: &Pointer) -> Option<&'v Value> {
        let common = common_prefix(at.as_str(), self.at.as_str());
        let shared = self.steps.iter().rposition(|&(end, _)| {
            let next = at.as_str().as_bytes().get(end);
            end <= common && next.is_none_or(|byte| *byte == b'/')
        });
        self.steps.truncate(shared.map_or(0, |last| last + 1));
        self.at = at.clone();
        let (mut end, mut node) = self.steps.last().copied().unwrap_or((0, self.root));
        for segment in at.as_str()[end..].split('/').skip(1) {
            node = step(node, segment)?;
            end += segment.len() + 1;
            self.steps.push((end, node));
        }
        Some(node)
    }
}

/// How many bytes two texts have in common at their start. They are long and differ near their ends.
fn common_prefix(one: &str, other: &str) -> usize {
    const CHUNK: usize = 16;
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let chunks = one.chunks_exact(CHUNK).zip(other.chunks_exact(CHUNK));
    let start = CHUNK * chunks.take_while(|(one, other)| one == other).count();
    let rest = one[start..].iter().zip(&other[start..]);
    start + rest.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_found_does_not_depend_on_what_was_looked_up_before() {
        let root = json!({"a": {"b": [1, {"c": 2}], "bb": 3}, "": {"": 4}, "x/y": {"~": 5}});
        let places = [
            "",
            "/a",
            "/a/b",
            "/a/b/0",
            "/a/b/1/c",
            "/a/bb",
            "/a/b/2",
            "/a/b/1/c/d",
            "/",
            "//",
            "/x~1y/~0",
            "/x~1y",
            "/é",
            "/a/é",
        ];
        let places = places.map(Pointer::from_text);
        for first in &places {
            for second in &places {
                let mut trail = Trail::new(&root);
                assert_eq!(trail.find(first), first.find(&root), "{first}");
                assert_eq!(
                    trail.find(second),
                    second.find(&root),
                    "{second} after {first}"
                );
            }
        }
    }
}
