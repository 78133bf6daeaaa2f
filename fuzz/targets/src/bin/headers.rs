//! Headers that say when to come again and where the next page is.
#![no_main]

use clientsmith_fuzz::clients::lists_in_pages::Client;
use clientsmith_fuzz::server::{Answer, Script, wait};
use clientsmith_runtime::Retry;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|headers: Vec<(u8, String)>| {
    const NAMES: [&str; 8] = [
        "retry-after",
        "retry-after-ms",
        "x-ratelimit-limit",
        "ratelimit-reset",
        "link",
        "content-type",
        "content-length",
        "set-cookie",
    ];
    let mut answer = Answer {
        status: 429,
        ..Answer::default()
    };
    for (name, value) in headers {
        answer = answer.header(NAMES[usize::from(name) % NAMES.len()], &value);
    }
    let client = |answers: Vec<Answer>| {
        let script = Script::new(answers);
        (
            Client::builder()
                .retry(Retry::none())
                .transport(script.clone())
                .build()
                .unwrap(),
            script,
        )
    };
    let (limited, _) = client(vec![answer.clone()]);
    let error = wait(limited.l().list_by_link().send()).unwrap_err();
    let _ = (error.retry_after(), error.rate_limit(), error.to_string());
    // The same headers on pages: whatever they lead to is on the same host.
    answer.status = 200;
    answer.pieces = vec![br#"{"data": {"things": [{"id": 1}]}}"#.to_vec()];
    let (paged, script) = client(vec![answer; 3]);
    let mut pages = paged.l().list_by_link().pages();
    for _ in 0..5 {
        if wait(pages.next()).is_none() {
            break;
        }
    }
    for request in script.requests() {
        assert_eq!(
            request.uri().host(),
            Some("example.com"),
            "{:?}",
            request.uri()
        );
        assert_eq!(request.uri().scheme_str(), Some("https"));
    }
});
