//! A client under load, with exact counts on both sides: `cargo bench --bench load`.
//!
//! Each scenario has a process of its own, and so has the server, so that memory and CPU time are the client's.
//! A count that is not as it must be stops the program. The table goes into BENCHMARKS.md.

mod scenarios;
mod server;
mod usage;

#[allow(dead_code, reason = "only some of it is called")]
mod client {
    include!(concat!(env!("OUT_DIR"), "/load.rs"));
}

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => executor().block_on(server::serve()),
        ["run", name, plain, secure] => scenarios::run(name, plain, secure),
        [name] if scenarios::names().any(|known| known == *name) => all([*name]),
        _ => all(scenarios::names()),
    }
}

/// Runs scenarios one after the other, and prints what each came to.
fn all<'n>(names: impl IntoIterator<Item = &'n str>) {
    println!("| what | calls | attempts | answered | connections | µs each | peak, MB |");
    println!("|---|---|---|---|---|---|---|");
    let trusted = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/load/certificate.pem");
    for name in names {
        let (mut server, plain, secure) = start_server();
        let mut client = program();
        client.args(["run", name, &plain, &secure]);
        let status = client.env("SSL_CERT_FILE", trusted).status();
        server.kill().unwrap();
        server.wait().unwrap();
        assert!(status.unwrap().success(), "{name} failed");
    }
}

fn program() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

/// A server of its own, and where it listens: by HTTP and by TLS.
fn start_server() -> (Child, String, String) {
    let mut command = program();
    let command = command.arg("serve").stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    let (plain, secure) = (line(), line());
    (child, plain, secure)
}

fn executor() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}
