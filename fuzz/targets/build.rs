//! Generates the clients through which what servers send is fed.

use std::error::Error;
use std::path::Path;

use clientsmith::Generator;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("../../tests/fixtures");
    let mut declarations = String::new();
    for name in [
        "bodies_in_every_media_type",
        "lists_in_pages",
        "parameters_in_every_style",
        "answers_of_every_kind",
    ] {
        let path = Generator::new(folder.join(name).join("openapi.yaml")).build()?;
        declarations.push_str(&format!(
            "pub mod {name} {{ include!({:?}); }}\n",
            path.display().to_string()
        ));
    }
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("clients.rs"), declarations)?;
    Ok(())
}
