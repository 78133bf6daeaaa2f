//! What a `build.rs` holds. It is a program like any other, so this one can be run too:
//! `OUT_DIR=/tmp cargo run -p clientsmith --example build_script`.
//!
//! The crate includes the result in a module of its own:
//!
//! ```ignore
//! mod fleece {
//!     include!(concat!(env!("OUT_DIR"), "/fleece_ai.rs"));
//! }
//! ```

use clientsmith::{BuildError, Generator};

fn main() -> Result<(), BuildError> {
    // Relative to the crate, as Cargo runs build scripts; here to the workspace.
    Generator::new("spec/openapi.json").build()?;
    Ok(())
}
