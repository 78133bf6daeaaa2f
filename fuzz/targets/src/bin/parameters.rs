//! Paths, queries, headers and cookies: what is sent is one request, and holds what was given.
#![no_main]

use clientsmith_fuzz::clients::parameters_in_every_style::{Client, types};
use clientsmith_fuzz::server::{Answer, Script, wait};
use clientsmith_runtime::Retry;
use libfuzzer_sys::fuzz_target;

/// A text without percent-encoding.
fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let triple = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match triple.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

fuzz_target!(|input: (Vec<String>, String, String, i64)| {
    let (list, text, other, number) = input;
    let script = Script::new([Answer {
        status: 204,
        ..Answer::default()
    }]);
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script.clone())
        .build()
        .unwrap();
    let filter = types::StylesFilter::new()
        .with_a(number)
        .with_b(other.clone());
    let call = client
        .s()
        .query_in_path()
        .query("q", &text)
        .header("x-given", &other);
    let _ = wait(call.send());
    let script_of_styles = Script::new([Answer {
        status: 204,
        ..Answer::default()
    }]);
    let client = Client::builder()
        .retry(Retry::none())
        .transport(script_of_styles.clone())
        .build()
        .unwrap();
    let call = client
        .s()
        .styles(&[number, 1], &list, &text, number, 2, true);
    let call = call
        .exploded(&list)
        .joined(&list)
        .spaced(&list)
        .piped(&list)
        .filter(filter)
        .reserved(&text);
    let _ = wait(
        call.json(types::StylesJson::new().with_x(number))
            .x_list(&list)
            .session(&text)
            .send(),
    );
    for request in script
        .requests()
        .into_iter()
        .chain(script_of_styles.requests())
    {
        let uri = request.uri();
        assert_eq!(uri.host(), Some("example.com"));
        // No character but those of RFC 3986 and the bar of `pipeDelimited`, and no step that leaves its place.
        let is_allowed =
            |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%|".contains(c);
        assert!(uri.to_string().chars().all(is_allowed), "{uri}");
        assert!(
            !uri.path()
                .split('/')
                .any(|step| [".", ".."].contains(&step)),
            "{uri}"
        );
        if let Some(query) = uri.query() {
            let pairs = query.split('&').filter_map(|pair| pair.strip_prefix("q="));
            for value in pairs {
                assert_eq!(decoded(value), text.as_bytes());
            }
        }
    }
});
