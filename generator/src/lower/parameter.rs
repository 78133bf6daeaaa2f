//! Parameters: what goes into the path, the query, the headers and the cookies of a request.

use std::collections::HashSet;
use std::sync::Arc;

use openapiv3::{
    Header, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Origin};
use crate::parse::{OperationPlace, place};
use crate::pointer::Pointer;
use crate::terms::{self, Doc, ParameterLocation, PathPart, PathTemplate, Scalar, Style, TypeRef};

/// Headers that OpenAPI describes elsewhere: parameters with these names must be ignored (§4.8.12.2).
const RESERVED_HEADERS: [&str; 3] = ["accept", "authorization", "content-type"];

impl Lowering<'_> {
    /// The parameters of an operation: those of its path, unless it has its own of the same name.
    pub(super) fn parameters(
        &mut self,
        place: &OperationPlace,
        operation: &Operation,
        path: &PathTemplate,
        index: usize,
    ) -> Vec<ir::Parameter> {
        let item = self
            .document
            .parse::<PathItem>(&place.item, self.diagnostics);
        let shared = item.into_iter().flat_map(|item| item.parameters);
        let own = operation.parameters.iter().cloned();
        let mut parameters: Vec<ir::Parameter> = Vec::new();
        for parameter in shared.chain(own).filter_map(|p| self::place(&p)) {
            let Some(parameter) = self.parameter(&parameter, index) else {
                continue;
            };
            let same = |other: &ir::Parameter| {
                other.name == parameter.name && other.location == parameter.location
            };
            match parameters.iter().position(same) {
                Some(overridden) => parameters[overridden] = parameter,
                None => parameters.push(parameter),
            }
        }
        self.match_with_path(place, path, &mut parameters);
        parameters
    }

    /// Adds a string parameter for each placeholder of the path that the document does not declare, and removes
    /// path parameters without a placeholder.
    fn match_with_path(
        &mut self,
        place: &OperationPlace,
        path: &PathTemplate,
        parameters: &mut Vec<ir::Parameter>,
    ) {
        let mut names: Vec<&String> = Vec::new();
        for part in &path.0 {
            if let PathPart::Parameter(name) = part {
                names.push(name);
            }
        }
        parameters.retain(|parameter| {
            let has_place =
                parameter.location != ParameterLocation::Path || names.contains(&&parameter.name);
            if !has_place {
                let message = format!(
                    "the path has no place for its parameter `{}`",
                    parameter.name
                );
                self.diagnostics.push(
                    Diagnostic::warning(Code::InvalidNode, &parameter.at, message)
                        .label("left out"),
                );
            }
            has_place
        });
        for name in names {
            let is_declared =
                |p: &ir::Parameter| p.location == ParameterLocation::Path && p.name == *name;
            if !parameters.iter().any(is_declared) {
                let message = format!("the path parameter `{name}` is not declared");
                self.diagnostics.push(
                    Diagnostic::warning(Code::InvalidNode, &place.at, message)
                        .help("it is taken as a required text"),
                );
                parameters.push(undeclared(name, &place.at));
            }
        }
    }

    fn parameter(&mut self, at: &Pointer, operation: usize) -> Option<ir::Parameter> {
        let at = self.document.end(at);
        if let Some(known) = self.parameters.get(&at) {
            return known.clone();
        }
        let parameter = self.parameter_at(&at, operation);
        if at.component("parameters").is_some() {
            self.parameters.insert(at, parameter.clone());
        }
        parameter
    }

    fn parameter_at(&mut self, at: &Pointer, operation: usize) -> Option<ir::Parameter> {
        let found = self.document.find::<Parameter>(at, self.diagnostics)?;
        let at = found.at;
        let (location, style) = location(&found.node);
        let data: ParameterData = found.node.parameter_data();
        if location == ParameterLocation::Header
            && RESERVED_HEADERS.contains(&data.name.to_lowercase().as_str())
        {
            let message = format!("OpenAPI ignores a parameter for the header `{}`", data.name);
            self.left_out(&at, message);
            return None;
        }
        let origin = match at.component("parameters") {
            Some(name) => Origin::ParameterComponent(name.into_owned()),
            None => Origin::Parameter {
                operation,
                name: data.name.clone(),
            },
        };
        let (value, schema, as_json) = self.schema_or_content(&data.format, &at, origin)?;
        Some(ir::Parameter {
            name: data.name,
            location,
            style: if as_json { Style::Json } else { style },
            required: data.required || location == ParameterLocation::Path,
            value,
            doc: Doc {
                description: data.description.map(Into::into).or(schema.description),
                example: data.example.map(Arc::new).or(schema.example),
                default: schema.default,
                rules: schema.rules,
                deprecated: data.deprecated.unwrap_or_default() || schema.deprecated,
                ..Doc::default()
            },
            at,
        })
    }

    /// The type of a parameter or header, what its schema says in words, and whether it is JSON.
    pub(super) fn schema_or_content(
        &mut self,
        format: &ParameterSchemaOrContent,
        at: &Pointer,
        origin: Origin,
    ) -> Option<(TypeRef, Doc, bool)> {
        match format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = place(schema)?;
                let value = self.schema(&schema, origin);
                Some((value, self.words(&schema), false))
            }
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, media) = content.first()?;
                let json = super::body::is_json(media_type);
                let schema = media.schema.as_ref().and_then(place);
                match schema.filter(|_| json) {
                    Some(schema) => {
                        let value = self.schema(&schema, origin);
                        Some((value, self.words(&schema), true))
                    }
                    None => {
                        let message =
                            format!("a parameter of type `{media_type}` is taken as a text");
                        self.left_out(&at.child("content"), message);
                        Some((Scalar::String.into(), Doc::default(), false))
                    }
                }
            }
        }
    }

    /// A response header, found through references, as a field of the struct of headers.
    pub(super) fn header(
        &mut self,
        parent: terms::TypeId,
        name: &str,
        header: &ReferenceOr<Header>,
    ) -> Option<ir::Field> {
        let found = self
            .document
            .find::<Header>(&place(header)?, self.diagnostics)?;
        let at = found.at;
        let origin = match at.component("headers") {
            Some(name) => Origin::HeaderComponent(name.into_owned()),
            None => Origin::Property {
                parent,
                name: name.to_owned(),
            },
        };
        let (value, schema, _) = self.schema_or_content(&found.node.format, &at, origin)?;
        let value = self.readable_in_header(value);
        Some(ir::Field {
            name: name.to_owned(),
            required: false,
            asked: false,
            value,
            constant: None,
            access: ir::Access::Both,
            secret: false,
            doc: Doc {
                description: found
                    .node
                    .description
                    .map(Into::into)
                    .or(schema.description),
                example: found.node.example.map(Arc::new).or(schema.example),
                rules: schema.rules,
                deprecated: found.node.deprecated.unwrap_or_default() || schema.deprecated,
                ..Doc::default()
            },
            at,
        })
    }

    /// A type that can be read from a header's text: scalars, enums and lists of them as they are,
    /// the rest as text.
    fn readable_in_header(&self, value: TypeRef) -> TypeRef {
        if let terms::Type::List(item) = &value.ty {
            let item = self.readable_in_header((**item).clone());
            return terms::TypeRef::from(terms::Type::List(Box::new(item)));
        }
        let mut target = &value;
        // Aliases can still form a cycle here; `settle` reports that when all types are known.
        let mut seen = HashSet::new();
        loop {
            match &target.ty {
                terms::Type::Scalar(_) => return terms::TypeRef::from(value.ty),
                terms::Type::Definition(id) if seen.insert(*id) => match &self.types[*id].kind {
                    ir::Kind::Enum(_) => return terms::TypeRef::from(value.ty),
                    ir::Kind::Alias(next) => target = next,
                    _ => return Scalar::String.into(),
                },
                _ => return Scalar::String.into(),
            }
        }
    }
}

fn undeclared(name: &str, at: &Pointer) -> ir::Parameter {
    ir::Parameter {
        name: name.to_owned(),
        location: ParameterLocation::Path,
        style: Style::Simple { explode: false },
        required: true,
        value: Scalar::String.into(),
        doc: Doc::default(),
        at: at.clone(),
    }
}

/// The location of a parameter, and its style. Only the style `form` explodes by default.
fn location(parameter: &Parameter) -> (ParameterLocation, Style) {
    let explode = parameter.parameter_data_ref().explode;
    let exploded = explode.unwrap_or_default();
    match parameter {
        Parameter::Path { style, .. } => (
            ParameterLocation::Path,
            match style {
                PathStyle::Simple => Style::Simple { explode: exploded },
                PathStyle::Label => Style::Label { explode: exploded },
                PathStyle::Matrix => Style::Matrix { explode: exploded },
            },
        ),
        Parameter::Query {
            style,
            allow_reserved,
            ..
        } => (
            ParameterLocation::Query,
            query_style(style, explode, *allow_reserved),
        ),
        Parameter::Header { .. } => (
            ParameterLocation::Header,
            Style::Simple { explode: exploded },
        ),
        Parameter::Cookie { .. } => (
            ParameterLocation::Cookie,
            Style::Form {
                explode: explode.unwrap_or(true),
                reserved: false,
            },
        ),
    }
}

/// How a value is written into a query or a form.
pub(super) fn query_style(style: &QueryStyle, explode: Option<bool>, reserved: bool) -> Style {
    match style {
        QueryStyle::Form => Style::Form {
            explode: explode.unwrap_or(true),
            reserved,
        },
        // Exploded, they are the same as `form`.
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode == Some(true) => {
            Style::Form {
                explode: true,
                reserved,
            }
        }
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

#[cfg(test)]
mod tests {
    use crate::cases::{diagnostics_in, operations};

    #[test]
    fn parameters_have_a_place_and_a_type() {
        assert_eq!(
            operations(
                "{'/a/{id}': {parameters: [{name: id, in: path, required: true, schema: {type: integer}}], get: {parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}}, {name: X-A, in: header, schema: {type: boolean}}], responses: {'204': {description: d}}}}}"
            ),
            [
                "GET /a/{id}, Path id: Int64, Query q?: [String], Header X-A?: Boolean, 204 => nothing"
            ],
        );
    }

    #[test]
    fn a_part_of_the_path_that_is_not_declared_is_a_text() {
        assert_eq!(
            operations("{'/a/{id}': {get: {responses: {'204': {description: d}}}}}"),
            ["GET /a/{id}, Path id: String, 204 => nothing"],
        );
    }

    #[test]
    fn what_a_parameter_does_not_say_is_reported() {
        for (operation, said) in [
            (
                "parameters: [{name: p, in: body, schema: {}}], responses: {'200': {description: d}}",
                "/parameters/0: the parameter `p` goes to `body`, which OpenAPI 3 does not know",
            ),
            (
                "parameters: [{name: p, in: query}], responses: {'200': {description: d}}",
                "/parameters/0: this parameter says nothing of its value",
            ),
        ] {
            let paths = format!("{{/a: {{get: {{{operation}}}}}}}");
            let said = format!("warning #/paths/~1a/get{said}");
            assert_eq!(diagnostics_in(&paths), [said]);
        }
    }
}
