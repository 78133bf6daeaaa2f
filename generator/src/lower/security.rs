//! Security schemes and the requirements that name them.

use openapiv3::SecurityScheme;
use serde_json::Value;

use super::Lowering;
use crate::ir::{self, SchemeKind, Security};
use crate::pointer::Pointer;

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let mut schemes = Vec::new();
        for (name, at) in self.document.components("securitySchemes") {
            let Some(found) = self.document.find::<SecurityScheme>(&at, self.diagnostics) else {
                continue;
            };
            match found.node {
                SecurityScheme::HTTP {
                    scheme,
                    description,
                    ..
                } if scheme.eq_ignore_ascii_case("bearer") => schemes.push(ir::SecurityScheme {
                    name,
                    description,
                    kind: SchemeKind::Bearer,
                    at,
                }),
                _ => self.left_out(
                    &at,
                    format!("the security scheme `{name}` is not carried over"),
                ),
            }
        }
        schemes
    }

    /// What a request needs, unless its operation says otherwise.
    pub(super) fn default_security(&mut self) -> Security {
        self.security(&Pointer::root().child("security"))
            .unwrap_or_default()
    }

    /// The requirements that stand at a place, if any do.
    pub(super) fn security(&mut self, at: &Pointer) -> Option<Security> {
        let alternatives = self.document.value(at)?.as_array()?;
        let names = |alternative: &Value| {
            let schemes = alternative.as_object();
            schemes
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect()
        };
        Some(alternatives.iter().map(names).collect())
    }
}
