//! What each stage makes of the Fleece document and of the fixtures, as snapshots.

use std::path::{Path, PathBuf};

use clientsmith::{Generator, Layout, Outcome, Stage, human};

/// A path in the repository.
fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(relative)
}

/// The diagnostics as they are shown, without the place of the repository.
fn shown(outcome: &Outcome) -> String {
    let text = human(&outcome.diagnostics, &outcome.source, false);
    text.replace(&path("").display().to_string(), "")
}

/// Compares with the snapshot in a folder of its own.
fn compare(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.to_owned(), text));
}

#[test]
fn fleece_stages() {
    let generator = Generator::new(path("spec/openapi.json"));
    compare("fleece", "ir", &generator.stage(Stage::Ir).unwrap());
    compare("fleece", "named", &generator.stage(Stage::Named).unwrap());
}

#[test]
fn fleece_files() {
    let outcome = Generator::new(path("spec/openapi.json")).generate();
    compare("fleece", "diagnostics", &shown(&outcome));
    for file in outcome.files {
        compare("fleece", &file.path.replace('/', "__"), &file.contents);
    }
}

#[test]
fn fleece_as_a_module() {
    let generator = Generator::new(path("spec/openapi.json")).layout(Layout::Module);
    for file in generator.generate().files {
        compare("fleece", &format!("module__{}", file.path), &file.contents);
    }
}

#[test]
fn fixtures() {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(path("tests/fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let generator = Generator::new(folder.join("openapi.yaml")).layout(Layout::Module);
        compare(name, "ir", &generator.stage(Stage::Ir).unwrap());
        let outcome = generator.generate();
        compare(name, "diagnostics", &shown(&outcome));
        compare(name, "code", &outcome.files[0].contents);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let generate = || Generator::new(path("spec/openapi.json")).generate().files;
    assert_eq!(generate(), generate());
}
