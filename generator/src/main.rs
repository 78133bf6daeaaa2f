//! The program `clientsmith`: a thin shell around the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A run makes millions of small values, a third of whose cost was the allocator's (`BENCHMARKS.md`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    clientsmith::cli::run()
}
