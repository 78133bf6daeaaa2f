//! Any text as a document: JSON, YAML or neither.
#![no_main]

use clientsmith::{Config, Generator, Input, human, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let input = Input::Text {
        name: "spec".to_owned(),
        text: text.to_owned(),
    };
    let outcome = Generator::new(input).config(Config::default()).generate();
    // What is said has places in the text.
    let _ = human(&outcome.diagnostics, &outcome.source, true);
    let _ = json(&outcome.diagnostics, &outcome.source);
});
