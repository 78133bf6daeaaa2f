//! What the fuzz targets have in common: documents made of bytes, and a server made of bytes.

pub mod clients {
    //! Clients of the fixtures.
    #![allow(clippy::all, dead_code, missing_docs, unused_imports, unreachable_pub)]
    include!(concat!(env!("OUT_DIR"), "/clients.rs"));
}
pub mod document;
pub mod server;
