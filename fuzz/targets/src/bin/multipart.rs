//! Multipart bodies: another reader finds the parts that were put in, and no others.
#![no_main]

use clientsmith_fuzz::clients::bodies_in_every_media_type::{Client, types};
use clientsmith_fuzz::server::{Answer, Script, wait};
use clientsmith_runtime::{File, Retry};
use libfuzzer_sys::fuzz_target;

/// The parts of a body, by RFC 2046 §5.1.1: their headers and what they carry.
fn parts(boundary: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let delimiter = format!("\r\n--{boundary}");
    let body = [b"\r\n", body].concat();
    let mut parts = Vec::new();
    let mut rest = &body[..];
    let find = |text: &[u8], wanted: &[u8]| {
        text.windows(wanted.len())
            .position(|window| window == wanted)
    };
    while let Some(at) = find(rest, delimiter.as_bytes()) {
        rest = &rest[at + delimiter.len()..];
        if rest.starts_with(b"--") {
            break;
        }
        let end = find(rest, delimiter.as_bytes()).expect("a part that is not closed");
        let part = &rest[2..end];
        let head = find(part, b"\r\n\r\n").expect("a part without an end of its headers");
        let text = String::from_utf8(part[..head].to_vec()).expect("headers that are no text");
        parts.push((text, part[head + 4..].to_vec()));
    }
    parts
}

fuzz_target!(|input: (Vec<u8>, String, String, Vec<Vec<u8>>)| {
    let (bytes, name, note, more) = input;
    let script = Script::new([Answer {
        status: 204,
        ..Answer::default()
    }]);
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script.clone())
        .build()
        .unwrap();
    let file = File::from(bytes.clone()).named(name);
    let files: Vec<File> = more.iter().cloned().map(File::from).collect();
    let body = types::SendMultipartRequest::new(file)
        .with_more(files)
        .with_note(note.clone());
    let _ = wait(client.b().send_multipart(body).send());
    for request in script.requests() {
        let media_type = request.headers()["content-type"].to_str().unwrap();
        let (_, boundary) = media_type.split_once("boundary=").unwrap();
        let parts = parts(boundary, request.body());
        let named = |name: &str| -> Vec<&[u8]> {
            let name = format!("; name=\"{name}\"");
            let of_name = parts.iter().filter(|(head, _)| head.contains(&name));
            of_name.map(|(_, body)| body.as_slice()).collect()
        };
        assert_eq!(named("file"), [bytes.as_slice()]);
        assert_eq!(named("more"), more);
        assert_eq!(named("note"), [note.as_bytes()]);
        assert_eq!(parts.len(), more.len() + 2);
        for (head, _) in &parts {
            assert!(head.lines().all(|line| line.contains(": ")), "{head:?}");
            assert_eq!(head.matches("Content-Disposition").count(), 1, "{head:?}");
        }
    }
});
