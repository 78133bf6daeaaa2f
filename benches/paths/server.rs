//! A server for calls over loopback: it says the same to everyone, as fast as it can.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Listens until the program is stopped. The first line of its output is where.
pub(crate) fn serve(body: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    for connection in listener.incoming().flatten() {
        let answer = answer.clone();
        thread::spawn(move || talk(connection, answer.as_bytes()));
    }
}

/// Answers each request of a connection; none of them has a body.
fn talk(mut connection: TcpStream, answer: &[u8]) {
    let _ = connection.set_nodelay(true);
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = connection.read(&mut buffer) {
        received.extend_from_slice(&buffer[..count]);
        if received.ends_with(b"\r\n\r\n") {
            received.clear();
            if connection.write_all(answer).is_err() {
                return;
            }
        }
    }
}
