//! `generated/` is what the generator writes today.

use std::path::Path;

use clientsmith::{Config, Generator, WriteOptions, write};

#[test]
fn generated_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let spec = root.join("spec/openapi.json");
    let config = Config::beside(&spec).unwrap().unwrap();
    let out = config.out.clone().unwrap();
    let outcome = Generator::new(spec).config(config).generate();
    let dry = WriteOptions::default().force(true).dry_run(true);
    let changes = write(&outcome.files, &out, dry).unwrap();
    assert!(
        changes.is_empty(),
        "generated/ is stale ({changes:?}); run:\n\
         cargo run -p clientsmith -- generate spec/openapi.json --out generated",
    );
}
