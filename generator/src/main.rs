//! The program `clientsmith`: a thin shell around the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::cli::run()
}
