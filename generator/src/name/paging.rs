//! Paging: what the configuration says about lists in pages, as the accessors of Rust.

use super::paging_detection::detect;
use crate::config::{Config, Pagination};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::named::{Definition, Group, Kind, Operation, Output, Paging, Step};
use crate::terms::{MediaKind, Type, TypeRef};

/// Gives the operations their paging.
pub(super) fn paging(
    groups: &mut [Group],
    types: &[Definition],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    for operation in operations {
        let said = config.pagination.get(&operation.method_name.wire).cloned();
        let detected = || {
            config
                .detect_pagination
                .then(|| detect(operation, types))
                .flatten()
        };
        let Some(pagination) = said.or_else(detected) else {
            continue;
        };
        match of_operation(operation, &pagination, types) {
            Ok(paging) => operation.paging = Some(paging),
            Err(reason) => {
                let name = &operation.method_name;
                let message = format!("`{}` cannot be paged: {reason}", name.wire);
                diagnostics.push(Diagnostic::error(
                    Code::InvalidConfiguration,
                    &name.at,
                    message,
                ));
            }
        }
    }
}

fn of_operation(
    operation: &Operation,
    pagination: &Pagination,
    types: &[Definition],
) -> Result<Paging, String> {
    let answer = match &operation.output {
        Output::One(content) if content.kind == MediaKind::Json => &content.value,
        _ => return Err("its answer is not always JSON".to_owned()),
    };
    let known = |wanted: &str| {
        operation
            .setters
            .iter()
            .any(|parameter| parameter.name.wire == wanted)
    };
    let parameter = [
        pagination.cursor.as_ref().map(|cursor| &cursor.parameter),
        pagination.offset.as_ref(),
        pagination.page.as_ref().map(|page| &page.parameter),
    ];
    if let Some(unknown) = parameter.into_iter().flatten().find(|name| !known(name)) {
        return Err(format!("it has no optional parameter `{unknown}`"));
    }
    let mut steps = Vec::new();
    let mut value = answer;
    for segment in pagination
        .items
        .split('.')
        .filter(|segment| !segment.is_empty())
    {
        let (step, inner) = step(value, segment, types)
            .ok_or_else(|| format!("there is no member `{segment}` in its answer"))?;
        steps.push(step);
        value = inner;
    }
    let item = match &resolved(value, types).ty {
        Type::List(item) => (**item).clone(),
        _ => return Err(format!("`{}` is no list", pagination.items)),
    };
    Ok(Paging {
        how: pagination.clone(),
        steps,
        item,
    })
}

/// The property of an object as a step towards the items, and the type of its value.
fn step<'t>(
    value: &'t TypeRef,
    segment: &str,
    types: &'t [Definition],
) -> Option<(Step, &'t TypeRef)> {
    let Type::Definition(id) = resolved(value, types).ty else {
        return None;
    };
    let definition = &types[id.index()];
    let Kind::Struct(object) = &definition.kind else {
        return None;
    };
    let field = object
        .fields
        .iter()
        .find(|field| field.name.wire == segment)?;
    let options = match (field.required, field.value.nullable) {
        (true, false) => 0,
        (false, true) if definition.in_request => 2,
        _ => 1,
    };
    Some((
        Step {
            name: field.name.clone(),
            options,
        },
        &field.value,
    ))
}

/// What a name for another type stands for.
pub(super) fn resolved<'t>(value: &'t TypeRef, types: &'t [Definition]) -> &'t TypeRef {
    let mut value = value;
    while let Type::Definition(id) = &value.ty {
        match &types[id.index()].kind {
            Kind::Alias(target) => value = target,
            _ => break,
        }
    }
    value
}
