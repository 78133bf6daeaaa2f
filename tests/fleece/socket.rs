//! The default transport against a real socket: limits of time and size, redirects, broken
//! connections.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use fleece_ai::runtime::Retry;
use fleece_ai::{Client, ClientBuilder};

use crate::support::KEY;

/// A server that handles each connection in turn with the next of some functions.
struct Server {
    url: String,
    /// What was received on each connection, up to the end of the headers.
    seen: Receiver<String>,
}

type Handler = Box<dyn FnOnce(&mut TcpStream) + Send>;

impl Server {
    fn new(handlers: Vec<Handler>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, seen) = channel();
        std::thread::spawn(move || {
            for handler in handlers {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                let _ = sender.send(head(&mut stream));
                handler(&mut stream);
            }
        });
        Self { url, seen }
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().bearer_auth(KEY).base_url(&self.url);
        builder.retry(Retry::none())
    }
}

/// Reads a request up to the end of its headers.
fn head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n > 0) {
        bytes.extend(byte);
    }
    String::from_utf8(bytes).unwrap()
}

/// Answers with these bytes, then closes the connection.
fn says(text: impl Into<Vec<u8>>) -> Handler {
    let text = text.into();
    Box::new(move |stream| stream.write_all(&text).unwrap())
}

fn with_length(length: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn a_call_over_a_real_connection() {
    let body = r#"{"total": 4}"#;
    let server = Server::new(vec![says(with_length(body.len(), body))]);
    let client = server.builder().build().unwrap();
    let answer = client.agents().list().send().await.unwrap();
    assert_eq!(answer.total, Some(4));
    let seen = server.seen.recv().unwrap();
    assert!(seen.starts_with("GET /agents HTTP/1.1\r\n"), "{seen}");
    assert!(
        seen.contains(&format!("authorization: Bearer {KEY}\r\n")),
        "{seen}"
    );
}

#[tokio::test]
async fn nobody_there_is_a_connect_error() {
    let url = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client = Client::builder()
        .bearer_auth(KEY)
        .base_url(url)
        .build()
        .unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let sink = Server::new(vec![says(with_length(2, "{}"))]);
    for status in [301, 302, 303, 307, 308] {
        let redirect = format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {}/agents\r\ncontent-length: 0\r\n\r\n",
            sink.url
        );
        let server = Server::new(vec![says(redirect)]);
        let client = server.builder().build().unwrap();
        let error = client.agents().list().send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    assert!(sink.seen.try_recv().is_err(), "the redirect was followed");
}

#[tokio::test]
async fn a_body_larger_than_the_limit_is_given_up() {
    let body = "x".repeat(4096);
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    let server = Server::new(vec![says(endless)]);
    let client = server.builder().max_response_bytes(1000).build().unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer has more than 1000 bytes"
    );
}

#[tokio::test]
async fn a_server_that_never_answers_hits_the_calls_limit() {
    let server = Server::new(vec![Box::new(|_| {
        std::thread::sleep(Duration::from_secs(5))
    })]);
    let client = server.builder().build().unwrap();
    let started = Instant::now();
    let call = client.agents().list().timeout(Duration::from_millis(100));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn a_body_that_stops_coming_hits_the_idle_limit() {
    let server = Server::new(vec![Box::new(|stream| {
        stream
            .write_all(with_length(100, "{\"total\"").as_bytes())
            .unwrap();
        std::thread::sleep(Duration::from_secs(5));
    })]);
    let client = server
        .builder()
        .idle_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the body stopped coming"
    );
}

#[tokio::test]
async fn a_trickle_hits_the_calls_limit() {
    let server = Server::new(vec![Box::new(|stream| {
        let _ = stream.write_all(with_length(1000, "").as_bytes());
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    })]);
    let client = server
        .builder()
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_neither_connect_nor_timeout() {
    let server = Server::new(vec![says(""), says(with_length(100, "{"))]);
    let client = server.builder().build().unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /agents: the connection broke before an answer came"
    );
    let error = client.agents().list().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer's body broke off"
    );
}
