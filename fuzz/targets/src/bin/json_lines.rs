//! Lines of JSON: the pieces change nothing, and serde_json reads the same.
#![no_main]

use clientsmith_fuzz::clients::answers_of_every_kind::Client;
use clientsmith_fuzz::server::{Answer, Script, cut, wait};
use clientsmith_runtime::Retry;
use libfuzzer_sys::fuzz_target;

fn read(pieces: Vec<Vec<u8>>) -> Vec<Option<i64>> {
    let script = Script::new([Answer::ok(pieces).header("content-type", "application/jsonl")]);
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script)
        .build()
        .unwrap();
    let mut lines = wait(client.a().get_lines().send()).unwrap();
    let mut read = Vec::new();
    while let Some(line) = wait(lines.next()) {
        read.push(line.ok().map(|thing| thing.id));
        if read.len() > 10_000 {
            break;
        }
    }
    read
}

#[derive(serde::Deserialize)]
struct Thing {
    id: i64,
}

fuzz_target!(|input: (&[u8], Vec<u8>)| {
    let (places, bytes) = input;
    let whole = read(vec![bytes.clone()]);
    assert_eq!(read(cut(&bytes, places)), whole);
    // What serde reads of a line is what is read here, as far as it goes.
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    for (line, read) in lines.zip(&whole) {
        // The derive takes arrays for structs as well.
        if line.trim_ascii().first() != Some(&b'{') {
            break;
        }
        let Ok(thing) = serde_json::from_slice::<Thing>(line) else {
            break;
        };
        assert_eq!(Some(thing.id), *read, "{:?}", String::from_utf8_lossy(line));
    }
});
