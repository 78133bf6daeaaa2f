//! `null` in named schemas: the type of a named schema that allows `null` does not include it, so every use of
//! the type becomes nullable.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Kind, Lowered};
use crate::terms::{Type, TypeId, TypeRef};

/// Makes every use of a nullable named type nullable, except directly in aliases and unions.
pub(super) fn spread(api: &mut Api<Lowered>) {
    let types = api.types.iter();
    let nullable = types.filter(|(_, lowered)| lowered.nullable);
    let mut nullable: HashSet<TypeId> = nullable.map(|(id, _)| id).collect();
    if nullable.is_empty() {
        return;
    }
    // An alias of a nullable type is nullable as well.
    let mut names: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, definition) in api.types.iter() {
        if let Kind::Alias(target) = &definition.kind
            && let Type::Definition(named) = target.ty
        {
            names.entry(named).or_default().push(id);
        }
    }
    let mut open: Vec<TypeId> = nullable.iter().copied().collect();
    while let Some(id) = open.pop() {
        let names = names.get(&id).into_iter().flatten();
        open.extend(names.filter(|name| nullable.insert(**name)));
    }
    api.roots_mut(&mut |value| mark_null(value, &nullable));
    for definition in api.types.iter_mut() {
        let holds_it_directly = matches!(definition.kind, Kind::Alias(_) | Kind::Union(_));
        for part in definition.kind.parts_mut() {
            let before = part.nullable;
            mark_null(part, &nullable);
            if holds_it_directly {
                part.nullable = before;
            }
        }
    }
}

fn mark_null(value: &mut TypeRef, nullable: &HashSet<TypeId>) {
    match &mut value.ty {
        Type::Definition(id) => value.nullable |= nullable.contains(id),
        Type::List(inner) | Type::Map(inner) => mark_null(inner, nullable),
        Type::Tuple(items) => items.iter_mut().for_each(|item| mark_null(item, nullable)),
        Type::Scalar(_) | Type::Object | Type::Any => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::types;

    #[test]
    fn null_of_a_named_schema_stands_where_it_is_used() {
        assert_eq!(
            types(
                "{A: {type: [string, 'null'], enum: [x, null]}, B: {properties: {a: {$ref: '#/components/schemas/A'}}}, C: {items: {$ref: '#/components/schemas/A'}}}"
            ),
            [r#"A = "x""#, "B {a?: A?}", "C = [A?]"],
        );
    }
}
