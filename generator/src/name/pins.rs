//! Pins: whether the configuration's names are of things that the document has.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ir;
use crate::named::{Definition, Kind};

/// Reports entries that name nothing in the document, and entries of `types` that are not valid paths.
pub(super) fn check(
    api: &ir::Api,
    types: &[Definition],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    for path in config.types.values().filter(|path| !is_name(path)) {
        let message = format!("`types` names `{path}`, which is no path of a type");
        diagnostics.push(Diagnostic::error(
            Code::InvalidConfiguration,
            Place::Nowhere,
            message,
        ));
    }
    let schemas = || {
        let names = types
            .iter()
            .flat_map(|ty| [ty.name.wire.clone(), ty.name.at.as_str().to_owned()]);
        names.filter(|name| !name.is_empty()).collect()
    };
    let operations = || api.operations.iter();
    let ids = || {
        operations()
            .filter_map(|operation| operation.id.clone())
            .collect()
    };
    let tags = || {
        operations()
            .flat_map(|operation| operation.tags.clone())
            .collect()
    };
    let groups = || operations().map(super::group::group_of).collect();
    let names = || {
        let names = types
            .iter()
            .flat_map(|ty| [ty.name.wire.clone(), ty.name.rust.clone()]);
        names.collect()
    };
    let closed = config.closed_enums.iter().filter(|name| *name != "*");
    let mut entries = Entries { diagnostics };
    entries.check("types", config.types.keys(), schemas);
    entries.check("fields", config.fields.keys(), || parts(types, fields));
    entries.check("optional", config.optional.iter(), || parts(types, fields));
    entries.check("variants", config.variants.keys(), || {
        parts(types, variants)
    });
    entries.check("methods", config.methods.keys(), ids);
    entries.check("groups", config.groups.keys(), groups);
    entries.check("idempotent", config.idempotent.iter(), ids);
    entries.check("pagination", config.pagination.keys(), ids);
    entries.check("operations", config.operations.iter(), ids);
    entries.check("tags", config.tags.iter(), tags);
    entries.check("closed-enums", closed, names);
}

/// Whether the configuration can call a type so: by any words, or by the path of a type of the user's.
pub(super) fn is_name(name: &str) -> bool {
    !name.contains("::") || syn::parse_str::<syn::Path>(name).is_ok()
}

/// The parts of types, as `Type.part`, under the name of the schema and that of the type.
fn parts(types: &[Definition], of: fn(&Kind) -> Vec<&str>) -> BTreeSet<String> {
    let parts = types.iter().flat_map(|ty| {
        let parts = of(&ty.kind).into_iter();
        parts.flat_map(|part| [&ty.name.wire, &ty.name.rust].map(|name| format!("{name}.{part}")))
    });
    parts.collect()
}

fn fields(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Struct(object) => object
            .fields
            .iter()
            .map(|field| field.name.wire.as_str())
            .collect(),
        Kind::Headers(fields) => fields
            .iter()
            .map(|field| field.name.wire.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

fn variants(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Enum(known) => known
            .variants
            .iter()
            .map(|variant| variant.name.wire.as_str())
            .collect(),
        Kind::Union(union) => union
            .variants
            .iter()
            .map(|variant| variant.name.wire.as_str())
            .collect(),
        _ => Vec::new(),
    }
}

struct Entries<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Entries<'_> {
    /// Says which names of an entry are not among those that are known.
    fn check<'n>(
        &mut self,
        entry: &str,
        names: impl Iterator<Item = &'n String>,
        known: impl Fn() -> BTreeSet<String>,
    ) {
        let mut names = names.peekable();
        if names.peek().is_none() {
            return;
        }
        let known = known();
        for name in names.filter(|name| !known.contains(*name)) {
            let message = format!("`{entry}` names `{name}`, which the document does not have");
            let diagnostic =
                Diagnostic::warning(Code::UnmatchedConfiguration, Place::Nowhere, message);
            let alike = |other: &&String| strsim::jaro_winkler(other, name);
            let nearest = known.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)));
            self.diagnostics.push(match nearest {
                Some(nearest) => diagnostic.help(format!("the nearest name there is `{nearest}`")),
                None => diagnostic,
            });
        }
    }
}
