//! Nothing of a request or an answer reaches a log, whichever library writes it and whatever is turned on.
//!
//! It is a test of its own because a program has one logger.

use std::fmt::{Debug, Write as _};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Mutex, OnceLock};

use fleece_ai::Client;
use fleece_ai::runtime::ClientCredentials;
use fleece_ai::types::ExecuteAgentRequest;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Everything that any library logs.
static LOGGED: Mutex<String> = Mutex::new(String::new());

struct All;

impl log::Log for All {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut logged = LOGGED.lock().unwrap();
        let _ = writeln!(
            logged,
            "{} {} {}",
            record.level(),
            record.target(),
            record.args()
        );
    }

    fn flush(&self) {}
}

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = writeln!(LOGGED.lock().unwrap(), "{field}={value:?}");
    }
}

impl Subscriber for All {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Fields);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What must not be found, in order: in the query, in headers, in bodies, in credentials.
const CANARIES: [&str; 7] = [
    "canaryquery1",
    "canaryheader",
    "canaryreques",
    "canaryanswer",
    "canarybearer",
    "canarysecret",
    "canarytoken1",
];

/// A server that answers every request alike.
fn server(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).is_ok_and(|length| length > 0) {
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-canary: canaryanswer\r\ncontent-length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let _ = stream.write_all(answer.as_bytes());
                }
            });
        }
    });
    url
}

fn install() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        log::set_boxed_logger(Box::new(All)).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        tracing::subscriber::set_global_default(All).unwrap();
    });
}

/// What was logged, as it was, and as it would be read out of dumps: letters that stand apart, and bytes in
/// hexadecimal digits.
fn readings(logged: &str) -> Vec<String> {
    let letters: String = logged.chars().filter(char::is_ascii_alphanumeric).collect();
    // A dump has a number in front of each row, digits, and then the letters of the row.
    let rows: String = logged
        .lines()
        .map(|line| line.chars().rev().take(16).collect::<Vec<_>>())
        .map(|row| row.into_iter().rev().collect::<String>())
        .collect();
    vec![logged.to_owned(), letters, rows]
}

fn hexadecimal(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn nothing_of_a_call_is_logged_by_anybody() {
    install();
    let url = server(r#"{"total": 1, "canary": "canaryanswer"}"#);
    let token = server(r#"{"access_token": "canarytoken1", "expires_in": 3600}"#);
    let calls = |client: &Client| {
        let list = client
            .agents()
            .list()
            .query("q", "canaryquery1")
            .header("x-q", "canaryheader");
        let body = ExecuteAgentRequest::new("canaryreques");
        let id = "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b".parse().unwrap();
        (list, client.agents().execute(id, body))
    };
    let provider = ClientCredentials::new(format!("{token}/canaryquery1"), "id", "canarysecret");
    let builders = [
        Client::builder().bearer_auth("canarybearer"),
        Client::builder().bearer_auth_provider(provider),
    ];
    for builder in builders {
        let client = builder.base_url(&url).build().unwrap();
        let (list, execute) = calls(&client);
        list.send().await.unwrap();
        let _ = execute.send().await;
        let (list, execute) = calls(&client);
        tokio::task::spawn_blocking(move || {
            list.send_blocking().unwrap();
            let _ = execute.send_blocking();
        })
        .await
        .unwrap();
    }
    let logged = LOGGED.lock().unwrap().clone();
    assert!(
        logged.contains("/agents"),
        "the test sees what is logged: {logged}"
    );
    for reading in readings(&logged) {
        for canary in CANARIES {
            assert!(!reading.contains(canary), "{canary} in\n{logged}");
            let digits: String = reading
                .to_lowercase()
                .chars()
                .filter(char::is_ascii_hexdigit)
                .collect();
            assert!(
                !digits.contains(&hexadecimal(canary)),
                "{canary} in digits in\n{logged}"
            );
        }
    }
}
