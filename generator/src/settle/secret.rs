//! Secrets: fields that the configuration calls secret.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::{Kind, Lowered, Origin, Types};

/// Marks the fields that the configuration calls secret, as `Type.field`.
pub(super) fn mark(types: &mut Types<Lowered>, secrets: &[String], diagnostics: &mut Diagnostics) {
    for secret in secrets {
        let marked = secret
            .split_once('.')
            .is_some_and(|(schema, field)| mark_secret(types, schema, field));
        if !marked {
            let message = format!("`secret` names `{secret}`, and there is no such field");
            diagnostics.push(
                Diagnostic::warning(Code::UnmatchedConfiguration, Place::Nowhere, message)
                    .help("write the name of a schema, a dot, and the name of its property"),
            );
        }
    }
}

fn mark_secret(types: &mut Types<Lowered>, schema: &str, field: &str) -> bool {
    let fields = types.iter_mut().filter_map(|lowered| {
        let named = matches!(&lowered.origin, Origin::Schema(name) if name == schema);
        match &mut lowered.kind {
            Kind::Struct(object) if named => Some(&mut object.fields),
            _ => None,
        }
    });
    let mut found = false;
    for field in fields.flatten().filter(|candidate| candidate.name == field) {
        field.secret = true;
        found = true;
    }
    found
}
