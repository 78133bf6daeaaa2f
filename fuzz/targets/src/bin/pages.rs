//! Pages: whatever they say comes next, it comes from the same host, and the list ends.
#![no_main]

use clientsmith_fuzz::clients::lists_in_pages::Client;
use clientsmith_fuzz::server::{Answer, Script, wait};
use clientsmith_runtime::Retry;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|input: (bool, Vec<(u8, String)>)| {
    let (by_url, pages) = input;
    let answers = pages.iter().map(|(things, next)| {
        let things: Vec<_> = (0..things % 4).map(|id| json!({"id": id})).collect();
        Answer::ok(vec![
            json!({"data": {"things": things}, "next": next})
                .to_string()
                .into_bytes(),
        ])
    });
    let script = Script::new(answers.collect::<Vec<_>>());
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script.clone())
        .build()
        .unwrap();
    let mut read = 0;
    match by_url {
        true => {
            let mut items = client.l().list_by_url().items();
            while let Some(Ok(_)) = wait(items.next()) {
                read += 1;
            }
        }
        false => {
            let mut items = client.l().list_by_cursor().items();
            while let Some(Ok(_)) = wait(items.next()) {
                read += 1;
            }
        }
    }
    assert!(read <= pages.len() * 3);
    let requests = script.requests();
    assert!(requests.len() <= pages.len() + 1);
    for request in requests {
        assert_eq!(
            request.uri().host(),
            Some("example.com"),
            "{:?}",
            request.uri()
        );
    }
});
