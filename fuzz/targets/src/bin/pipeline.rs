//! Documents that refer to themselves and to each other in every way.
#![no_main]

use arbitrary::Unstructured;
use clientsmith::{Code, Config, Generator, Input, Layout};
use clientsmith_fuzz::document::document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = document(&mut Unstructured::new(bytes)) else {
        return;
    };
    let input = || Input::Text {
        name: "spec".to_owned(),
        text: document.to_string(),
    };
    let generator = Generator::new(input()).config(Config::default());
    let outcome = generator.generate();
    let is_internal = |code: Code| code == Code::InternalError;
    assert!(
        !outcome.diagnostics.iter().any(|d| is_internal(d.code)),
        "{document}"
    );
    assert_eq!(outcome.files, generator.generate().files, "{document}");
    let module = Generator::new(input())
        .config(Config::default())
        .layout(Layout::Module)
        .generate();
    assert!(
        !module.diagnostics.iter().any(|d| is_internal(d.code)),
        "{document}"
    );
});
