//! Any configuration for one document.
#![no_main]

use clientsmith::{Code, Config, Generator, Input};
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &str = r##"{"openapi": "3.0.0", "info": {"title": "Clock", "version": "1"}, "servers": [{"url": "https://a.example"}],
    "paths": {"/now": {"get": {"operationId": "getNow", "tags": ["Time"], "parameters": [{"name": "a", "in": "query", "schema": {"type": "string"}}],
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Moment"}}}}}}}},
    "components": {"schemas": {"Moment": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}, "kind": {"type": "string", "enum": ["a", "b"]}}}}}}"##;

fuzz_target!(|text: &str| {
    let Ok(mut config) = toml::from_str::<Config>(text) else {
        return;
    };
    // Other files are no part of this.
    config.files.clear();
    config.notes = None;
    let input = Input::Text {
        name: "spec".to_owned(),
        text: DOCUMENT.to_owned(),
    };
    let outcome = Generator::new(input).config(config).generate();
    assert!(
        !outcome
            .diagnostics
            .iter()
            .any(|d| d.code == Code::InternalError),
        "{text}"
    );
});
