//! Security schemes and the requirements that name them.

use openapiv3::{APIKeyLocation, SecurityScheme};
use serde_json::Value;

use super::Lowering;
use crate::ir;
use crate::pointer::Pointer;
use crate::terms::{ParameterLocation, SchemeKind, Security};

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) -> Vec<ir::SecurityScheme> {
        let mut schemes = Vec::new();
        for (name, at) in self.document.components("securitySchemes") {
            match self.security_scheme(&at) {
                Ok(Some((kind, description))) => {
                    schemes.push(ir::SecurityScheme {
                        name,
                        description,
                        kind,
                        at,
                    });
                }
                Ok(None) => {}
                Err(kind) => {
                    let message =
                        format!("`{name}` authenticates by {kind}, which is not carried over");
                    self.left_out(&at, message);
                }
            }
        }
        schemes
    }

    /// The kind and the description of a scheme. An error names what is not supported; `None` was reported
    /// already.
    fn security_scheme(
        &mut self,
        at: &Pointer,
    ) -> Result<Option<(SchemeKind, Option<String>)>, String> {
        let end = self.document.end(at);
        let declared = self.document.value(&end).and_then(|node| node.get("type"));
        let declared = declared
            .and_then(Value::as_str)
            .unwrap_or("an unknown type");
        if !["apiKey", "http", "oauth2", "openIdConnect"].contains(&declared) {
            return Err(declared.to_owned());
        }
        let Some(found) = self.document.find::<SecurityScheme>(at, self.diagnostics) else {
            return Ok(None);
        };
        Ok(Some(match found.node {
            SecurityScheme::HTTP {
                scheme,
                description,
                ..
            } => match scheme.to_lowercase().as_str() {
                "bearer" => (SchemeKind::Bearer, description),
                "basic" => (SchemeKind::Basic, description),
                other => return Err(format!("the HTTP scheme `{other}`")),
            },
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => {
                let location = match location {
                    APIKeyLocation::Query => ParameterLocation::Query,
                    APIKeyLocation::Header => ParameterLocation::Header,
                    APIKeyLocation::Cookie => ParameterLocation::Cookie,
                };
                (SchemeKind::ApiKey { location, name }, description)
            }
            SecurityScheme::OAuth2 {
                flows, description, ..
            } => {
                let token_url = flows.client_credentials.map(|flow| flow.token_url);
                let token_url = token_url.filter(|url| url.starts_with("https://"));
                (SchemeKind::OAuth2 { token_url }, description)
            }
            SecurityScheme::OpenIDConnect { description, .. } => {
                (SchemeKind::OAuth2 { token_url: None }, description)
            }
        }))
    }

    /// What a request needs, unless its operation says otherwise.
    pub(super) fn default_security(&mut self) -> Security {
        self.security(&Pointer::root().child("security"))
            .unwrap_or_default()
    }

    /// The requirements that stand at a place, if any do.
    ///
    /// An alternative that names an undeclared scheme cannot be met. It is kept all the same, so that the
    /// remaining alternatives do not look like the whole requirement.
    pub(super) fn security(&mut self, at: &Pointer) -> Option<Security> {
        let alternatives = self.document.value(at)?.as_array()?;
        let names = |alternative: &Value| {
            let schemes = alternative.as_object().into_iter().flatten();
            let mut names: Vec<String> = schemes.map(|(name, _)| name.clone()).collect();
            names.sort();
            names
        };
        Some(alternatives.iter().map(names).collect())
    }
}
