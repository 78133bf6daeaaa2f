//! Generates the Fleece client and the fixtures at build time, the way a user's build script would.
//!
//! `tests/behaviour` and `benches/load` include what comes out.

use std::error::Error;
use std::fs;
use std::path::Path;

use clientsmith::Generator;

fn main() -> Result<(), Box<dyn Error>> {
    Generator::new("spec/openapi.json").build()?;
    Generator::new("benches/load/openapi.yaml").build()?;
    fixtures()
}

/// Generates a module for each folder in `tests/fixtures`, and a file that declares them all.
fn fixtures() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("tests/fixtures");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(
            entry?
                .file_name()
                .into_string()
                .map_err(|_| "a name is not UTF-8")?,
        );
    }
    names.sort();
    let mut declarations = String::new();
    for name in names {
        let path = Generator::new(folder.join(&name).join("openapi.yaml")).build()?;
        let path = path.display();
        declarations.push_str(&format!(
            "pub(crate) mod {name} {{ include!({:?}); }}\n",
            path.to_string()
        ));
    }
    let out = std::env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("fixtures.rs"), declarations)?;
    Ok(())
}
