//! What a `$ref` means: a place in a file, by pointer or by `$anchor`.

use std::collections::HashMap;

use serde_json::Value;

use super::{MAX_NEAREST, Reason, Reference, Resolver};
use crate::grammar::{self, Node};
use crate::pointer::{At, Pointer, step};

/// How .NET's generator of documents begins a reference to a place in the schema that it was busy with. It means the
/// root of that schema, which has become a component or stands in an operation.
const OWN_ROOT: &str = "/components/schemas/#";

/// How many references a pointer may lead through.
const MAX_THROUGH: usize = 32;

impl Resolver<'_> {
    /// The file and the place in it that a reference means.
    pub(super) fn target(
        &mut self,
        file: usize,
        reference: &Reference,
    ) -> Result<(usize, Pointer), Reason> {
        let target = reference.target.as_str();
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        if let Some(identified) = self.identified(file, path) {
            return Ok((file, spelled(fragment).below(&identified)));
        }
        let file = match path {
            "" => file,
            path => self.other_file(file, path)?,
        };
        let mut pointer = spelled(fragment);
        if let Some(inside) = fragment.strip_prefix(OWN_ROOT) {
            pointer = spelled(inside).below(&own_root(&reference.at));
        } else if !fragment.is_empty() && !fragment.starts_with('/') {
            pointer = self
                .anchor(file, fragment)
                .ok_or_else(|| Reason::from(format!("nothing is called `{fragment}`")))?;
        }
        let document = &self.files[file].value;
        let found = through_references(document, &pointer);
        if let Some(found) = found.or_else(|| definition(document, &reference.at, &pointer)) {
            return Ok((file, found));
        }
        self.missing += 1;
        // Nobody reads thousands of suggestions, and each of them takes time.
        let near = (self.missing <= MAX_NEAREST)
            .then(|| nearest(&self.files[file].value, &pointer))
            .flatten();
        Err(Reason {
            message: format!("nothing stands at `{target}`"),
            help: near.map(|name| format!("the nearest name there is `{name}`")),
        })
    }

    /// The place of the schema with this `$anchor` (JSON Schema 2020-12, core §8.2.2).
    fn anchor(&mut self, file: usize, name: &str) -> Option<Pointer> {
        self.anchors(file).places.get(name).cloned()
    }

    /// The place of the schema with this `$id` (JSON Schema 2020-12, core §8.2.1).
    fn identified(&mut self, file: usize, id: &str) -> Option<Pointer> {
        // Most references are pointers, and most others are paths of files.
        (id.contains(':'))
            .then(|| self.anchors(file).ids.get(id).cloned())
            .flatten()
    }

    /// Makes a `$dynamicRef` a reference, if there is one schema only that it can mean (JSON Schema 2020-12, core
    /// §8.2.3.2).
    pub(super) fn settle_dynamic(&mut self, file: usize, at: &Pointer, target: &str) -> bool {
        let name = target.trim_start_matches('#');
        let is_only = self.anchors(file).dynamic.get(name) == Some(&1);
        let node = self.files[file].value.pointer_mut(at.as_str());
        match node.and_then(Value::as_object_mut).filter(|_| is_only) {
            Some(schema) => {
                schema.remove("$dynamicRef");
                schema.insert("$ref".to_owned(), Value::from(target));
                true
            }
            None => false,
        }
    }

    fn anchors(&mut self, file: usize) -> &Anchors {
        let document = &self.files[file].value;
        self.anchors.entry(file).or_insert_with(|| {
            let mut anchors = Anchors::default();
            anchors.find(document, At::Pointer(&Pointer::root()));
            anchors
        })
    }
}

/// What schemas are called by themselves. Of two of one name the first counts.
#[derive(Default)]
pub(super) struct Anchors {
    places: HashMap<String, Pointer>,
    ids: HashMap<String, Pointer>,
    /// How many schemas have this `$dynamicAnchor`.
    dynamic: HashMap<String, usize>,
}

impl Anchors {
    /// Collects those of a node and of all nodes below.
    fn find(&mut self, value: &Value, at: At<'_>) {
        match value {
            Value::Object(map) => {
                let text = |keyword: &str| map.get(keyword).and_then(Value::as_str);
                for name in [text("$anchor"), text("$dynamicAnchor")]
                    .into_iter()
                    .flatten()
                {
                    self.places
                        .entry(name.to_owned())
                        .or_insert_with(|| at.pointer());
                }
                if let Some(id) = text("$id") {
                    let id = id.trim_end_matches('#').to_owned();
                    self.ids.entry(id).or_insert_with(|| at.pointer());
                }
                if let Some(name) = text("$dynamicAnchor") {
                    *self.dynamic.entry(name.to_owned()).or_default() += 1;
                }
                for (key, value) in map {
                    self.find(value, at.child(key));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find(item, at.index(index));
                }
            }
            _ => {}
        }
    }
}

/// The target of a schema that is a `$dynamicRef` and nothing else.
pub(super) fn dynamic(schema: &Value, node: Node) -> Option<&str> {
    let members = schema.as_object().filter(|_| node == Node::Schema)?;
    let target = members.get("$dynamicRef")?.as_str()?;
    if members.contains_key("$ref") {
        return None;
    }
    target
        .strip_prefix('#')
        .filter(|name| !name.starts_with('/'))
        .map(|_| target)
}

/// A definition of a schema around the reference. Many take `#/$defs/…` for a place in the schema, which it is only
/// where the schema is a document of its own.
fn definition(document: &Value, from: &Pointer, pointer: &Pointer) -> Option<Pointer> {
    let first = pointer.segments().next()?;
    if !["$defs", "definitions"].contains(&first.as_ref()) {
        return None;
    }
    let mut around = from.parent();
    while let Some(schema) = around {
        let found = pointer.below(&schema);
        if found.find(document).is_some() {
            return Some(found);
        }
        around = schema.parent();
    }
    None
}

/// The pointer that a fragment spells. It is rebuilt from its segments, so that each node has only one spelling.
fn spelled(fragment: &str) -> Pointer {
    let spelled = Pointer::from_fragment(fragment);
    let segments = spelled.segments();
    segments.fold(Pointer::root(), |at, segment| at.child(&segment))
}

/// The outermost schema that a place stands in.
fn own_root(at: &Pointer) -> Pointer {
    let mut root = Pointer::root();
    for segment in at.segments() {
        root = root.child(&segment);
        if grammar::kind_of(&root) == Some(Node::Schema) {
            break;
        }
    }
    root
}

/// The place that a pointer means, if it leads through references on its way.
fn through_references(document: &Value, pointer: &Pointer) -> Option<Pointer> {
    if pointer.find(document).is_some() {
        return Some(pointer.clone());
    }
    let mut at = Pointer::root();
    let mut passed = 0;
    for segment in pointer.segments() {
        let mut node = at.find(document)?;
        while step(node, &segment).is_none() {
            passed += 1;
            let target = grammar::reference(node).filter(|_| passed <= MAX_THROUGH)?;
            at = spelled(target.strip_prefix('#')?);
            node = at.find(document)?;
        }
        at = at.child(&segment);
    }
    at.find(document).is_some().then_some(at)
}

/// The sibling of a missing node whose name is most like the one that was asked for.
fn nearest<'v>(root: &'v Value, target: &Pointer) -> Option<&'v str> {
    const LIKE_ENOUGH: f64 = 0.8;
    let siblings = target.parent()?.find(root)?.as_object()?;
    let wanted = target.last();
    siblings
        .keys()
        .map(|name| (strsim::jaro_winkler(name, &wanted), name.as_str()))
        .filter(|(likeness, _)| *likeness >= LIKE_ENOUGH)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_of, types};

    #[test]
    fn a_pointer_leads_through_references() {
        let schemas = "{A: {properties: {b: {$ref: '#/components/schemas/B'}}}, \
            B: {properties: {c: {type: object, properties: {d: {type: integer}}}}}, \
            C: {$ref: '#/components/schemas/A/properties/b/properties/c'}}";
        assert!(diagnostics_of(schemas).is_empty());
        assert!(
            types(schemas).contains(&"C = B.c".to_owned()),
            "{:?}",
            types(schemas)
        );
    }

    #[test]
    fn a_schema_can_mean_its_own_root() {
        let schemas = "{A: {properties: {id: {type: integer}, \
            list: {type: array, items: {$ref: '#/components/schemas/#'}}, \
            same: {$ref: '#/components/schemas/#/properties/list'}}}}";
        assert!(diagnostics_of(schemas).is_empty());
        assert_eq!(types(schemas), ["A {id?: Int64, list?: [A], same?: [A]}"]);
    }

    #[test]
    fn a_definition_of_the_schema_around_is_found() {
        let schemas = "{A: {properties: {b: {$ref: '#/$defs/B'}}, $defs: {B: {type: string}}}, \
            C: {properties: {b: {$ref: '#/$defs/B'}}}}";
        assert_eq!(types(schemas), ["A {b?: String}", "C {b?: Any}"]);
        assert_eq!(
            diagnostics_of(schemas),
            ["warning /C/properties/b/$ref: nothing stands at `#/$defs/B`"]
        );
    }

    #[test]
    fn names_that_schemas_have_by_themselves_lead_to_them() {
        let schemas = "{A: {$id: 'https://example.com/a', $dynamicAnchor: a, properties: {x: {type: integer}, \
            next: {$dynamicRef: '#a'}}}, \
            B: {$anchor: b, properties: {a: {$ref: 'https://example.com/a'}, x: {$ref: 'https://example.com/a#/properties/x'}, \
            b: {$ref: '#b'}, also: {$ref: '#a'}}}}";
        assert!(
            diagnostics_of(schemas).is_empty(),
            "{:?}",
            diagnostics_of(schemas)
        );
        assert_eq!(
            types(schemas),
            [
                "A {x?: Int64, next?: Box A}",
                "B {a?: A, x?: Int64, b?: Box B, also?: A}",
            ]
        );
    }

    #[test]
    fn references_that_lead_in_a_circle_on_the_way_lead_nowhere() {
        let schemas = "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}, \
            C: {$ref: '#/components/schemas/A/properties/x'}}";
        assert_eq!(diagnostics_of(schemas).len(), 3);
    }
}
