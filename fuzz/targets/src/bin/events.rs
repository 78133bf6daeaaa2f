//! Event streams: the pieces in which they arrive change nothing.
#![no_main]

use clientsmith_fuzz::clients::answers_of_every_kind::Client;
use clientsmith_fuzz::server::{Answer, Script, cut, wait};
use clientsmith_runtime::Retry;
use libfuzzer_sys::fuzz_target;

fn read(pieces: Vec<Vec<u8>>) -> Vec<String> {
    let script = Script::new([Answer::ok(pieces).header("content-type", "text/event-stream")]);
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script)
        .build()
        .unwrap();
    let mut read = Vec::new();
    let Ok(mut events) = wait(client.a().chat().send_events()) else {
        return read;
    };
    while let Some(event) = wait(events.next()) {
        let is_error = event.is_err();
        read.push(match event {
            Ok(event) => format!(
                "{} {:?} {:?} {}",
                event.event, event.id, event.retry, event.data.ticket
            ),
            Err(error) => error.to_string(),
        });
        if is_error && read.len() > 1_000 {
            break;
        }
    }
    read
}

fuzz_target!(|input: (&[u8], Vec<u8>)| {
    let (places, bytes) = input;
    assert_eq!(read(cut(&bytes, places)), read(vec![bytes.clone()]));
    assert_eq!(
        read(bytes.iter().map(|byte| vec![*byte]).collect()),
        read(vec![bytes])
    );
});
