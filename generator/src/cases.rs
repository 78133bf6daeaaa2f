//! For tests: what becomes of small documents, in a line each.

use crate::ir::{Api, Definition, Field, Kind, Origin, Types};
use crate::terms::{Type, TypeRef};
use crate::{Diagnostics, Generator, Input, Place, lowered};

/// What a document becomes, up to its types, and what is said of it.
fn settled(document: &str) -> (Option<Api>, Diagnostics) {
    let text = document.to_owned();
    let name = "case.yaml".to_owned();
    let generator = Generator::new(Input::Text { name, text });
    let (_, diagnostics, api) = generator.run(lowered);
    (api, diagnostics)
}

/// A document with these components and paths, each in YAML on one line.
fn document(schemas: &str, paths: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {paths}\ncomponents: {{schemas: {schemas}}}\n"
    )
}

/// The types that schemas become: `Pet {id: Int64, tag?: String?}`, `Ids = [Int64]`.
pub(crate) fn types(schemas: &str) -> Vec<String> {
    types_in(schemas, "{}")
}

/// The types that schemas become if these paths send and receive them.
pub(crate) fn types_in(schemas: &str, paths: &str) -> Vec<String> {
    let (api, _) = settled(&document(schemas, paths));
    let types = api.expect("a document that can be used").types;
    let emitted = types.iter().filter(|(_, definition)| !definition.replaced);
    let lines = emitted.map(|(_, definition)| line(definition, &types));
    lines.collect()
}

/// What one schema becomes: its first type, without the name.
pub(crate) fn ty(schema: &str) -> String {
    let types = types(&format!("{{A: {schema}}}"));
    let first = types.first().expect("a type");
    let bare = first.strip_prefix("A = ").or(first.strip_prefix("A "));
    bare.unwrap_or(first).to_owned()
}

/// The operations of paths, with their parameters, bodies and responses.
pub(crate) fn operations(paths: &str) -> Vec<String> {
    let (api, _) = settled(&document("{}", paths));
    let api = api.expect("a document that can be used");
    let operations = api.operations.iter().map(|operation| {
        let mut line = format!("{} {}", operation.method, operation.path);
        for p in &operation.parameters {
            let mark = if p.required { "" } else { "?" };
            let value = show(&p.value, &api.types);
            line += &format!(", {:?} {}{mark}: {value}", p.location, p.name);
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            line += &format!(", {:?} {}", media.kind, show(&media.value, &api.types));
        }
        for response in operation.success.iter().chain(&operation.errors) {
            let body = response.body.as_ref();
            let body = body.map_or("nothing".to_owned(), |media| {
                format!("{:?} {}", media.kind, show(&media.value, &api.types))
            });
            line += &format!(", {} => {body}", response.status);
        }
        line
    });
    operations.collect()
}

/// What is said of a document: `warning #/info/titel: … (help)`.
pub(crate) fn diagnostics(document: &str) -> Vec<String> {
    let (_, diagnostics) = settled(document);
    let lines = diagnostics.iter().map(|d| {
        let place = match &d.place {
            Place::Node(pointer) => pointer.to_string(),
            Place::Position { line, column, .. } => format!("{line}:{column}"),
            _ => String::new(),
        };
        let help = d.help.as_ref().map(|help| format!(" ({help})"));
        let help = help.unwrap_or_default();
        format!("{} {place}: {}{help}", d.severity, d.message)
    });
    lines.collect()
}

/// What is said of a document with these schemas.
pub(crate) fn diagnostics_of(schemas: &str) -> Vec<String> {
    let said = diagnostics(&document(schemas, "{}")).into_iter();
    said.filter(|line| !line.contains("describes no operation"))
        .map(|line| line.replace("#/components/schemas", ""))
        .collect()
}

/// What is said of a document with these paths.
pub(crate) fn diagnostics_in(paths: &str) -> Vec<String> {
    diagnostics(&document("{}", paths))
}

fn line(definition: &Definition, types: &Types) -> String {
    let name = name(&definition.origin, types);
    match &definition.kind {
        Kind::Struct(object) | Kind::Headers(object) => {
            let mut parts: Vec<String> = object.fields.iter().map(|f| field(f, types)).collect();
            let additional = object.additional.as_ref();
            parts.extend(additional.map(|value| format!("..: {}", show(value, types))));
            format!("{name} {{{}}}", parts.join(", "))
        }
        Kind::Enum(known) => {
            let values = known.values.iter().map(|value| value.value.to_string());
            format!("{name} = {}", values.collect::<Vec<_>>().join(" | "))
        }
        Kind::Union(union) => {
            let variants = union.variants.iter().map(|variant| {
                let tags = variant.tags.join(", ");
                let tags = (!tags.is_empty()).then(|| format!("({tags})"));
                format!(
                    "{}{}",
                    show(&variant.value, types),
                    tags.unwrap_or_default()
                )
            });
            let by = union.tag.as_ref().map(|tag| format!(" by {tag}"));
            let variants = variants.collect::<Vec<_>>().join(" | ");
            format!("{name} = {variants}{}", by.unwrap_or_default())
        }
        Kind::Alias(target) => format!("{name} = {}", show(target, types)),
    }
}

fn field(field: &Field, types: &Types) -> String {
    let mark = if field.required { "" } else { "?" };
    let value = match &field.constant {
        Some(constant) => format!("{constant:?}"),
        None => show(&field.value, types),
    };
    format!("{}{mark}: {value}", field.name)
}

fn show(value: &TypeRef, types: &Types) -> String {
    let boxed = if value.boxed { "Box " } else { "" };
    let null = if value.nullable { "?" } else { "" };
    let ty = match &value.ty {
        Type::Definition(id) => name(&types[*id].origin, types),
        Type::List(item) => format!("[{}]", show(item, types)),
        Type::Map(value) => format!("{{{}}}", show(value, types)),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| show(item, types));
            format!("({})", items.collect::<Vec<_>>().join(", "))
        }
        Type::Scalar(scalar) => format!("{scalar:?}"),
        Type::Object => "Object".to_owned(),
        Type::Any => "Any".to_owned(),
    };
    format!("{boxed}{ty}{null}")
}

/// A short name for what a type stands for.
fn name(origin: &Origin, types: &Types) -> String {
    match origin {
        Origin::Schema(name) => name.clone(),
        Origin::Property { parent, name: own } => {
            format!("{}.{own}", name(&types[*parent].origin, types))
        }
        Origin::Variant { parent, name: own } => {
            format!("{}::{own}", name(&types[*parent].origin, types))
        }
        Origin::Additional(parent) => format!("{}.*", name(&types[*parent].origin, types)),
        Origin::Item(list) => format!("{}[]", name(list, types)),
        Origin::Value(map) => format!("{}{{}}", name(map, types)),
        Origin::Request { .. } => "Request".to_owned(),
        Origin::Response { status, .. } => format!("Response{status}"),
        other => format!("{other:?}"),
    }
}
