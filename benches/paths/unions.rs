//! Unions: by a tag that stands first or last, and by the look of a value.

use std::hint::black_box;

use clientsmith_runtime::__private::v1::{object, one_of, tagged};
use clientsmith_runtime::serde_json::Value;
use serde::Deserialize;

pub(crate) const TAG_FIRST: &str = r#"{"kind": "created", "id": 7, "name": "a name", "items": [
    {"sku": "a", "count": 1}, {"sku": "b", "count": 2}, {"sku": "c", "count": 3}], "note": "a note"}"#;

pub(crate) const TAG_LAST: &str = r#"{"id": 7, "name": "a name", "items": [
    {"sku": "a", "count": 1}, {"sku": "b", "count": 2}, {"sku": "c", "count": 3}], "note": "a note",
    "kind": "created"}"#;

type Run<'r> = &'r mut dyn FnMut(&mut dyn FnMut());

/// As the generator writes them.
struct Item {
    sku: String,
    count: i64,
}

object! {
    Item {
        sku = "sku" required,
        count = "count" required,
    }
}

struct Created {
    kind: String,
    id: i64,
    name: String,
    items: Vec<Item>,
    note: Option<String>,
}

object! {
    Created {
        kind = "kind" required,
        id = "id" required,
        name = "name" required,
        items = "items" required,
        note = "note" optional,
    }
}

struct Deleted {
    kind: String,
    id: i64,
    reason: String,
}

object! {
    Deleted {
        kind = "kind" required,
        id = "id" required,
        reason = "reason" required,
    }
}

#[derive(Debug, Clone, PartialEq)]
enum ByTag {
    Created(Created),
    Deleted(Deleted),
    Unknown(Value),
}

tagged! {
    ByTag by "kind" {
        Deleted = "deleted",
        Created = "created",
    }
}

#[derive(Debug, Clone, PartialEq)]
enum ByLook {
    Created(Created),
    Deleted(Deleted),
    Unknown(Value),
}

one_of! {
    ByLook {
        Deleted,
        Created,
    }
}

/// As a hand writes them with serde's derive.
mod by_derive {
    use super::Deserialize;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    pub(super) struct Item {
        sku: String,
        count: i64,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    pub(super) struct Created {
        id: i64,
        name: String,
        items: Vec<Item>,
        note: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    pub(super) struct Deleted {
        id: i64,
        reason: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    #[expect(dead_code, reason = "it is only read")]
    pub(super) enum ByTag {
        Deleted(Deleted),
        Created(Created),
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "it is only read")]
    pub(super) enum ByLook {
        Deleted(Deleted),
        Created(Created),
    }
}

pub(crate) fn generated(run: Run<'_>, json: &str) {
    run(&mut || {
        let event = clientsmith_runtime::from_slice::<ByTag>(json.as_bytes()).unwrap();
        assert!(matches!(black_box(event), ByTag::Created(_)));
    });
}

pub(crate) fn derived(run: Run<'_>, json: &str) {
    run(&mut || {
        let event = serde_json::from_slice::<by_derive::ByTag>(json.as_bytes()).unwrap();
        assert!(matches!(black_box(event), by_derive::ByTag::Created(_)));
    });
}

pub(crate) fn generated_by_look(run: Run<'_>) {
    run(&mut || {
        let event = clientsmith_runtime::from_slice::<ByLook>(TAG_FIRST.as_bytes()).unwrap();
        assert!(matches!(black_box(event), ByLook::Created(_)));
    });
}

pub(crate) fn derived_untagged(run: Run<'_>) {
    run(&mut || {
        let event = serde_json::from_slice::<by_derive::ByLook>(TAG_FIRST.as_bytes()).unwrap();
        assert!(matches!(black_box(event), by_derive::ByLook::Created(_)));
    });
}
