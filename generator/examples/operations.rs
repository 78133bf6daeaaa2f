//! Lists the operations of a document, with the method of the client that each becomes:
//! `cargo run -p clientsmith --example operations -- spec/openapi.json`.

use std::process::ExitCode;

use clientsmith::{Generator, human};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("name the document");
        return ExitCode::FAILURE;
    };
    let (source, diagnostics, inventory) = Generator::new(path).inspect();
    let Some(inventory) = inventory else {
        eprint!("{}", human(&diagnostics, &source, false));
        return ExitCode::FAILURE;
    };
    for operation in inventory.operations {
        println!(
            "{:7} {:40} {}",
            operation.method, operation.path, operation.rust
        );
    }
    ExitCode::SUCCESS
}
