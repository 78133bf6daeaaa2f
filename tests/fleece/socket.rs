//! Every transport against a real socket: limits of time and size, redirects, broken connections, and
//! what is tried again.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use fleece_ai::agents::ListAgentsError;
use fleece_ai::flows::TriggerFlowError;
use fleece_ai::runtime::Retry;
use fleece_ai::types::{FlowRun, ListAgentsResponse};
use fleece_ai::{Client, ClientBuilder, Error};

use crate::support::KEY;

/// How a call is sent.
#[derive(Clone, Copy)]
enum How {
    /// With `send()`, by reqwest.
    Async,
    /// With `send_blocking()`, on a thread that waits.
    Blocking,
}

impl How {
    async fn list(self, client: &Client) -> Result<ListAgentsResponse, Error<ListAgentsError>> {
        let call = client.agents().list();
        self.wait(call.clone().send(), move || call.send_blocking())
            .await
    }

    async fn trigger(self, client: &Client) -> Result<FlowRun, Error<TriggerFlowError>> {
        let call = client.flows().trigger(crate::support::id());
        self.wait(call.clone().send(), move || call.send_blocking())
            .await
    }

    /// The result of one of the two.
    async fn wait<T: Send + 'static>(
        self,
        future: impl Future<Output = T>,
        blocking: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        match self {
            Self::Async => future.await,
            Self::Blocking => tokio::task::spawn_blocking(blocking).await.unwrap(),
        }
    }
}

/// Makes each function a test for each transport.
macro_rules! on_every_transport {
    ($($name:ident,)*) => {
        mod by_reqwest {
            $(#[tokio::test] async fn $name() { super::$name(super::How::Async).await })*
        }

        mod by_a_thread_that_waits {
            $(#[tokio::test] async fn $name() { super::$name(super::How::Blocking).await })*
        }
    };
}

on_every_transport! {
    a_call_over_a_real_connection,
    nobody_there_is_a_connect_error,
    a_redirect_is_not_followed,
    a_body_larger_than_the_limit_is_given_up,
    a_server_that_never_answers_hits_the_calls_limit,
    a_body_that_stops_coming_hits_the_idle_limit,
    a_trickle_hits_the_calls_limit,
    a_connection_that_breaks_is_neither_connect_nor_timeout,
    a_post_whose_connection_breaks_is_sent_once,
    a_get_whose_connection_breaks_is_sent_again,
    a_limit_of_requests_is_waited_for,
    what_is_compressed_is_counted_as_it_is,
    a_length_that_is_not_true_is_noticed,
    nothing_leaves_a_segment,
    a_redirect_takes_nothing_along,
}

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
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

async fn a_call_over_a_real_connection(how: How) {
    let body = r#"{"total": 4}"#;
    let server = Server::new(vec![says(with_length(body.len(), body))]);
    let client = server.builder().build().unwrap();
    let answer = how.list(&client).await.unwrap();
    assert_eq!(answer.total, Some(4));
    let seen = server.seen.recv().unwrap();
    assert!(seen.starts_with("GET /agents HTTP/1.1\r\n"), "{seen}");
    assert!(
        seen.contains(&format!("authorization: Bearer {KEY}\r\n")),
        "{seen}"
    );
}

async fn nobody_there_is_a_connect_error(how: How) {
    let url = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client = Client::builder()
        .bearer_auth(KEY)
        .base_url(url)
        .build()
        .unwrap();
    let error = how.list(&client).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

async fn a_redirect_is_not_followed(how: How) {
    let sink = Server::new(vec![says(with_length(2, "{}"))]);
    for status in [301, 302, 303, 307, 308] {
        let redirect = format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {}/agents\r\ncontent-length: 0\r\n\r\n",
            sink.url
        );
        let server = Server::new(vec![says(redirect)]);
        let client = server.builder().build().unwrap();
        let error = how.list(&client).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
    assert!(sink.seen.try_recv().is_err(), "the redirect was followed");
}

async fn a_body_larger_than_the_limit_is_given_up(how: How) {
    let body = "x".repeat(4096);
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    let server = Server::new(vec![says(endless)]);
    let client = server.builder().max_response_bytes(1000).build().unwrap();
    let error = how.list(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer has more than 1000 bytes"
    );
}

async fn a_server_that_never_answers_hits_the_calls_limit(how: How) {
    let server = Server::new(vec![Box::new(|_| {
        std::thread::sleep(Duration::from_secs(5))
    })]);
    let client = server
        .builder()
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = how.list(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(4));
}

async fn a_body_that_stops_coming_hits_the_idle_limit(how: How) {
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
    let error = how.list(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the body stopped coming"
    );
}

async fn a_trickle_hits_the_calls_limit(how: How) {
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
    let error = how.list(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

async fn a_connection_that_breaks_is_neither_connect_nor_timeout(how: How) {
    let server = Server::new(vec![says(""), says(with_length(100, "{"))]);
    let client = server.builder().build().unwrap();
    let error = how.list(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /agents: the connection broke before an answer came"
    );
    let error = how.list(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /agents: 200 OK, but the answer's body broke off"
    );
}

/// Retries at once.
fn at_once() -> Retry {
    Retry::default().base(Duration::ZERO)
}

async fn a_post_whose_connection_breaks_is_sent_once(how: How) {
    let server = Server::new(vec![says(""), says(""), says("")]);
    let client = server.builder().retry(at_once()).build().unwrap();
    let error = how.trigger(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.seen.try_iter().count(), 1);
}

async fn a_get_whose_connection_breaks_is_sent_again(how: How) {
    let server = Server::new(vec![says(""), says(""), says(with_length(2, "{}"))]);
    let client = server.builder().retry(at_once()).build().unwrap();
    how.list(&client).await.unwrap();
    let seen: Vec<String> = server.seen.try_iter().collect();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|request| *request == seen[0]));
}

async fn a_limit_of_requests_is_waited_for(how: How) {
    let limited =
        "HTTP/1.1 429 Slow\r\nconnection: close\r\nretry-after: 0\r\ncontent-length: 2\r\n\r\n{}";
    let conflict =
        "HTTP/1.1 409 Conflict\r\nconnection: close\r\ncontent-length: 13\r\n\r\n{\"error\":\"x\"}";
    let server = Server::new(vec![
        says(limited),
        says(with_length(2, "{}")),
        says(conflict),
    ]);
    let client = server.builder().retry(at_once()).build().unwrap();
    how.trigger(&client).await.unwrap();
    // A conflict does not pass by itself.
    let error = how.trigger(&client).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (409, 1)
    );
    assert_eq!(server.seen.try_iter().count(), 3);
}

/// A megabyte of zeros in gzip: stored blocks would be as long, so this one is made of long matches.
const BOMB: &[u8] = include_bytes!("zeros.gz");

async fn what_is_compressed_is_counted_as_it_is(how: How) {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        BOMB.len()
    );
    assert!(BOMB.len() < 10_000);
    let server = Server::new(vec![says([head.as_bytes(), BOMB].concat())]);
    let client = server
        .builder()
        .max_response_bytes(100_000)
        .build()
        .unwrap();
    let error = how.list(&client).await.unwrap_err();
    assert!(
        error.to_string().ends_with("has more than 100000 bytes"),
        "{error}"
    );
}

async fn a_length_that_is_not_true_is_noticed(how: How) {
    let server = Server::new(vec![says(with_length(1_000_000_000, "{}"))]);
    let client = server.builder().build().unwrap();
    let error = how.list(&client).await.unwrap_err();
    assert!(
        error.to_string().ends_with("the answer's body broke off"),
        "{error}"
    );
}

async fn nothing_leaves_a_segment(how: How) {
    let server = Server::new(vec![says(with_length(2, "{}"))]);
    let client = server.builder().build().unwrap();
    // An API that is served under a path keeps it, whatever its operations are given.
    let call = client
        .agents()
        .list()
        .base_url(&format!("{}/a%2Fb", server.url));
    let result = how
        .wait(call.clone().send(), move || call.send_blocking())
        .await;
    result.unwrap();
    let seen = server.seen.recv().unwrap();
    assert!(seen.starts_with("GET /a%2Fb/agents HTTP/1.1\r\n"), "{seen}");
}

async fn a_redirect_takes_nothing_along(how: How) {
    for status in [301, 302, 303, 307, 308] {
        let sink = Server::new(vec![says(with_length(2, "{}"))]);
        let redirect = format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {}/x\r\ncontent-length: 0\r\n\r\n",
            sink.url
        );
        let server = Server::new(vec![says(redirect)]);
        let client = server.builder().build().unwrap();
        let error = how.trigger(&client).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(sink.seen.try_recv().is_err(), "{status} was followed");
    }
}

/// A server that answers with some bytes and says when the client has hung up.
fn until_hung_up(says: &'static [u8]) -> (Server, Receiver<()>) {
    let (sender, hung_up) = channel();
    let server = Server::new(vec![Box::new(move |stream| {
        let _ = stream.write_all(says);
        let mut byte = [0];
        while stream.read(&mut byte).is_ok_and(|length| length > 0) {}
        let _ = sender.send(());
    })]);
    (server, hung_up)
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_no_connection() {
    let (server, hung_up) = until_hung_up(b"");
    let client = server.builder().build().unwrap();
    let call = tokio::time::timeout(Duration::from_millis(100), client.agents().list().send());
    assert!(call.await.is_err());
    drop(client);
    let hung_up =
        tokio::task::spawn_blocking(move || hung_up.recv_timeout(Duration::from_secs(10)));
    hung_up.await.unwrap().expect("the connection stays open");
}

#[tokio::test]
async fn a_body_that_is_not_read_to_its_end_leaves_no_connection() {
    let (server, hung_up) = until_hung_up(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"to");
    let client = server.builder().max_response_bytes(2).build().unwrap();
    let error = client.agents().list().send().await.unwrap_err();
    assert!(error.to_string().contains("more than 2 bytes"), "{error}");
    drop(client);
    let hung_up =
        tokio::task::spawn_blocking(move || hung_up.recv_timeout(Duration::from_secs(10)));
    hung_up.await.unwrap().expect("the connection stays open");
}
