//! What the parts of a run cost, each with what goes before it.
//!
//! `cargo bench --bench stages` takes the Fleece API, `DOCUMENT=FILE cargo bench --bench stages` another
//! document. Reading is the least that can be done with a text; `named` goes as far as all names are made;
//! `generated` has all files in memory. `written` and `unchanged` are the way to the disk alone.

use std::path::{Path, PathBuf};

use clientsmith::{File, Generator, Input, WriteOptions};
use divan::Bencher;

fn main() {
    divan::main();
}

/// The path and the text of the document.
fn document() -> (String, String) {
    let fleece = concat!(env!("CARGO_MANIFEST_DIR"), "/spec/openapi.json");
    let name = std::env::var("DOCUMENT").unwrap_or_else(|_| fleece.to_owned());
    let text = std::fs::read_to_string(&name).unwrap_or_else(|error| panic!("{name}: {error}"));
    (name, text)
}

fn generator() -> Generator {
    let (name, text) = document();
    Generator::new(Input::Text { name, text })
}

fn files() -> Vec<File> {
    let files = generator().generate().files;
    assert!(!files.is_empty(), "the document cannot be used");
    files
}

/// A folder that is not there yet.
fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("clientsmith-stages-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn write(files: &[File], folder: &Path) {
    clientsmith::write(files, folder, WriteOptions::default()).unwrap();
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let (_, text) = document();
    bencher.bench(|| serde_json::from_str::<serde_json::Value>(&text).unwrap());
}

#[divan::bench]
fn named(bencher: Bencher<'_, '_>) {
    let generator = generator();
    bencher.bench(|| generator.inspect());
}

#[divan::bench]
fn generated(bencher: Bencher<'_, '_>) {
    let generator = generator();
    bencher.bench(|| generator.generate());
}

#[divan::bench]
fn written(bencher: Bencher<'_, '_>) {
    let files = files();
    let bencher = bencher.with_inputs(folder);
    bencher.bench_values(|folder| write(&files, &folder));
    let _ = std::fs::remove_dir_all(folder());
}

#[divan::bench]
fn unchanged(bencher: Bencher<'_, '_>) {
    let (files, folder) = (files(), folder());
    write(&files, &folder);
    bencher.bench(|| write(&files, &folder));
    let _ = std::fs::remove_dir_all(&folder);
}
