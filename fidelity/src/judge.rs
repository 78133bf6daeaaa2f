//! The judge: which examples are valid, by an implementation of JSON Schema that is not ours.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use crate::equal::{Comparison, Excuses};
use crate::examples::Example;

/// What the document is called in references.
const DOCUMENT: &str = "https://document.example/openapi.json";

/// Judges the examples of one document.
pub(crate) struct Judge {
    document: Value,
    draft: Draft,
    registry: Registry<'static>,
    validators: RefCell<HashMap<String, Option<Rc<Validator>>>>,
}

impl Judge {
    pub(crate) fn new(document: &Value) -> Result<Self, String> {
        let version = document
            .get("openapi")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut schemas = document.clone();
        let draft = match version.starts_with("3.0") {
            true => {
                spell_null(&mut schemas);
                Draft::Draft4
            }
            false => Draft::Draft202012,
        };
        let resource = draft.create_resource(schemas.clone());
        let registry = Registry::new()
            .add(DOCUMENT, resource)
            .map_err(|error| error.to_string())?;
        let registry = registry.prepare().map_err(|error| error.to_string())?;
        Ok(Self {
            document: schemas,
            draft,
            registry,
            validators: RefCell::default(),
        })
    }

    /// Whether an example is valid for its schema; not if the schema cannot be understood.
    pub(crate) fn accepts(&self, example: &Example) -> bool {
        let validator = self.validator(&example.schema);
        validator.is_some_and(|validator| validator.is_valid(&example.value))
    }

    /// Whether a value came back as it was, or why not.
    pub(crate) fn compare(&self, example: &Example, encoded: &Value) -> Result<Excuses, String> {
        let mut comparison = Comparison::new(&self.document);
        comparison.compare(&example.value, encoded, &example.schema)?;
        Ok(comparison.excuses)
    }

    fn validator(&self, schema: &str) -> Option<Rc<Validator>> {
        if let Some(known) = self.validators.borrow().get(schema) {
            return known.clone();
        }
        let reference = json!({"$ref": format!("{DOCUMENT}#{}", fragment(schema))});
        let validator = jsonschema::options()
            .with_draft(self.draft)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .offline()
            .build(&reference);
        let validator = validator.ok().map(Rc::new);
        self.validators
            .borrow_mut()
            .insert(schema.to_owned(), validator.clone());
        validator
    }
}

/// A JSON pointer as a fragment of a URI.
fn fragment(pointer: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/$:@!&'()*+,;=".contains(&byte);
    let escaped = pointer.bytes().map(|byte| match allowed(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    escaped.collect()
}

/// Writes `nullable: true` of OpenAPI 3.0 as JSON Schema does.
fn spell_null(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(spell_null),
        Value::Object(members) => {
            members.values_mut().for_each(spell_null);
            if members.get("nullable") == Some(&Value::Bool(true)) {
                if let Some(Value::String(ty)) = members.get("type").cloned() {
                    members.insert("type".to_owned(), json!([ty, "null"]));
                }
                if let Some(Value::Array(values)) = members.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
        }
        _ => {}
    }
}
