//! Places: what names a schema by where it stands, whoever refers to it.

use super::Lowering;
use crate::ir::Origin;
use crate::pointer::{FILES, Pointer, unescape};
use crate::terms::{Type, TypeId};

impl Lowering<'_> {
    /// Makes a component that is only a reference to a schema in another file the type of that schema instead
    /// of an alias. If several components refer to the same schema, the one with its name is chosen.
    pub(super) fn claim_files(&mut self, components: &[(String, Pointer)]) {
        let ends = components.iter().filter_map(|(name, at)| {
            let end = self.document.end(at);
            let file = file_schema(&end).filter(|_| self.document.target(at).is_some())?;
            Some((file != *name, end, at))
        });
        let mut ends: Vec<_> = ends.collect();
        ends.sort();
        for (_, end, at) in ends {
            if let (false, Some(own)) = (self.places.contains_key(&end), self.places.get(at)) {
                let own = own.clone();
                self.places.insert(end, own);
            }
        }
    }

    /// The origin of the schema at a place: a property of the definition that it is declared in, whoever refers
    /// to it, or else `origin`.
    pub(super) fn owned(&self, at: &Pointer, origin: Origin) -> Origin {
        let Some((parent, segment)) = self.owner(at) else {
            return origin;
        };
        let name = unescape(segment);
        match &origin {
            Origin::Property {
                parent: known,
                name: same,
            } if *known == parent && *same == name => origin,
            _ => Origin::Property {
                parent,
                name: name.into_owned(),
            },
        }
    }

    /// The definition that declares a schema under `properties` or `$defs`, and the last segment of the
    /// schema's place.
    fn owner<'p>(&self, at: &'p Pointer) -> Option<(TypeId, &'p str)> {
        let (keyword, segment) = at.as_str().rsplit_once('/')?;
        let (mut owner, keyword) = keyword.rsplit_once('/')?;
        if !["properties", "$defs", "definitions"].contains(&keyword) {
            return None;
        }
        // What a member of an `allOf` declares belongs to the schema with the `allOf`.
        while let Some((list, _)) = owner.rsplit_once('/') {
            match list.strip_suffix("/allOf") {
                Some(schema) => owner = schema,
                None => break,
            }
        }
        match self.places.get(owner)?.ty {
            Type::Definition(parent) if self.types[parent].at.as_str() == owner => {
                Some((parent, segment))
            }
            _ => None,
        }
    }
}

/// The name of a schema in another file: the file's own, if it is all of the file, or the name under
/// which the file keeps it.
pub(super) fn file_schema(at: &Pointer) -> Option<String> {
    let file = at.file()?;
    let inner = at.in_file();
    let segments: Vec<_> = inner.segments().collect();
    let name = match segments.as_slice() {
        [] => {
            let name = file.rsplit('/').next().unwrap_or(&file);
            name.split('.').next().unwrap_or(name).to_owned()
        }
        [name] => name.to_string(),
        [group, name] if ["definitions", "$defs", "schemas"].contains(&group.as_ref()) => {
            name.to_string()
        }
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            name.to_string()
        }
        _ => return None,
    };
    debug_assert!(at.as_str().starts_with(&format!("/{FILES}")));
    Some(name)
}
