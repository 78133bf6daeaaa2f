//! What happens to many calls at once, and to calls that are given up, over both transports.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fleece_ai::runtime::{ClientCredentials, Retry};
use fleece_ai::{Client, ClientBuilder};

use crate::support::KEY;

/// A server that handles requests on any number of connections, each of which it keeps open.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// A server that answers each request by its path and its number; `None` is no answer at all.
    fn new(answer: impl Fn(&str, usize) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (connections, requests) = (Arc::default(), Arc::default());
        let server = Self {
            url,
            connections,
            requests,
        };
        let (connections, requests) = (server.connections.clone(), server.requests.clone());
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (requests, answer) = (requests.clone(), answer.clone());
                std::thread::spawn(move || serve(stream, &requests, &*answer));
            }
        });
        server
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder().bearer_auth(KEY).base_url(&self.url)
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(
    mut stream: TcpStream,
    requests: &AtomicUsize,
    answer: &dyn Fn(&str, usize) -> Option<String>,
) {
    stream.set_nodelay(true).unwrap();
    while let Some(head) = request(&mut stream) {
        let number = requests.fetch_add(1, Ordering::SeqCst);
        let path = head.split(' ').nth(1).unwrap_or_default();
        match answer(path, number) {
            Some(text) => {
                if stream.write_all(text.as_bytes()).is_err() {
                    return;
                }
            }
            None => std::thread::sleep(Duration::from_secs(30)),
        }
    }
}

/// A whole request: its head, if one came.
fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1..) => bytes.extend(byte),
            _ => return None,
        }
    }
    let head = String::from_utf8(bytes).unwrap().to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(head)
}

fn json(body: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ))
}

/// How a call is made.
#[derive(Clone, Copy)]
enum How {
    Async,
    Blocking,
}

impl How {
    /// Lists so many times in a row, on so many tasks or threads at once; how many did not succeed.
    async fn list(self, client: &Client, at_once: usize, in_a_row: usize) -> usize {
        let mut tasks = Vec::new();
        for _ in 0..at_once {
            let client = client.clone();
            tasks.push(match self {
                Self::Async => tokio::spawn(async move {
                    let mut failed = 0;
                    for _ in 0..in_a_row {
                        failed += usize::from(client.agents().list().send().await.is_err());
                    }
                    failed
                }),
                Self::Blocking => tokio::task::spawn_blocking(move || {
                    let list = |_: &usize| client.agents().list().send_blocking().is_err();
                    (0..in_a_row).filter(list).count()
                }),
            });
        }
        let mut failed = 0;
        for task in tasks {
            failed += task.await.unwrap();
        }
        failed
    }
}

macro_rules! on_every_transport {
    ($($name:ident,)*) => {
        mod by_reqwest {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::How::Async).await })*
        }

        mod by_a_thread_that_waits {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(super::How::Blocking).await })*
        }
    };
}

on_every_transport! {
    the_calls_limit_holds_whatever_is_retried,
    a_server_may_take_its_time_before_it_answers,
    calls_that_need_a_token_wait_for_one_request,
    a_token_endpoint_that_trickles_is_given_up,
    connections_are_used_again,
    an_answer_that_is_cut_is_asked_for_again,
    an_answer_that_is_cut_is_not_asked_for_again_where_that_does_it_twice,
    stalls_among_many_calls_are_retried,
}

async fn the_calls_limit_holds_whatever_is_retried(how: How) {
    let server = Server::new(|_, _| None);
    let client = server
        .builder()
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let started = Instant::now();
    assert_eq!(how.list(&client, 1, 1).await, 1);
    let elapsed = started.elapsed();
    assert!(elapsed < Duration::from_secs(2), "{elapsed:?}");
    assert_eq!(server.requests(), 1);
}

async fn a_server_may_take_its_time_before_it_answers(how: How) {
    let server = Server::new(|_, _| {
        std::thread::sleep(Duration::from_millis(400));
        json("{}")
    });
    let client = server
        .builder()
        .idle_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    assert_eq!(how.list(&client, 1, 1).await, 0);
}

async fn calls_that_need_a_token_wait_for_one_request(how: How) {
    let token = Server::new(|_, _| {
        std::thread::sleep(Duration::from_millis(300));
        json(r#"{"access_token": "t", "expires_in": 3600}"#)
    });
    let server = Server::new(|_, _| json("{}"));
    let provider = ClientCredentials::new(format!("{}/token", token.url), "id", "secret");
    let builder = Client::builder()
        .base_url(&server.url)
        .bearer_auth_provider(provider);
    let client = builder.timeout(Duration::from_secs(5)).build().unwrap();
    let started = Instant::now();
    assert_eq!(how.list(&client, 16, 2).await, 0);
    let elapsed = started.elapsed();
    assert!(elapsed < Duration::from_secs(3), "{elapsed:?}");
    assert_eq!((token.requests(), server.requests()), (1, 32));
}

async fn a_token_endpoint_that_trickles_is_given_up(how: How) {
    let token =
        Server::new(|_, _| Some("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{".to_owned()));
    let provider = ClientCredentials::new(format!("{}/token", token.url), "id", "secret");
    let builder = Client::builder()
        .base_url(&token.url)
        .bearer_auth_provider(provider);
    let client = builder.timeout(Duration::from_millis(300)).build().unwrap();
    let started = Instant::now();
    assert_eq!(how.list(&client, 4, 1).await, 4);
    assert!(started.elapsed() < Duration::from_secs(2));
}

async fn connections_are_used_again(how: How) {
    let server = Server::new(|_, _| json("{}"));
    let client = server.builder().build().unwrap();
    assert_eq!(how.list(&client, 32, 30).await, 0);
    assert_eq!(server.requests(), 32 * 30);
    let connections = server.connections.load(Ordering::SeqCst);
    // While a connection comes back, a call may open another one.
    assert!(connections <= 64, "{connections} connections");
}

/// An answer whose end never comes.
fn cut(status: &str, headers: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: 100\r\n\r\n{{\"to"
    ))
}

/// A server that hangs up after each answer, so that what is cut is known to be.
fn hangs_up(answers: Vec<Option<String>>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let count = seen.clone();
    std::thread::spawn(move || {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept() else {
                return;
            };
            request(&mut stream);
            count.fetch_add(1, Ordering::SeqCst);
            stream.write_all(answer.unwrap().as_bytes()).unwrap();
        }
    });
    (url, seen)
}

async fn an_answer_that_is_cut_is_asked_for_again(how: How) {
    let limited = cut("429 Slow", "retry-after: 0\r\n");
    let (url, seen) = hangs_up(vec![cut("200 OK", ""), limited, json("{}")]);
    let retry = Retry::default().base(Duration::ZERO);
    let builder = Client::builder()
        .bearer_auth(KEY)
        .base_url(url)
        .retry(retry);
    let client = builder.build().unwrap();
    assert_eq!(how.list(&client, 1, 1).await, 0);
    assert_eq!(seen.load(Ordering::SeqCst), 3);
}

async fn an_answer_that_is_cut_is_not_asked_for_again_where_that_does_it_twice(how: How) {
    let (url, seen) = hangs_up(vec![cut("200 OK", ""), json("{}")]);
    let retry = Retry::default().base(Duration::ZERO);
    let builder = Client::builder()
        .bearer_auth(KEY)
        .base_url(url)
        .retry(retry);
    let call = builder
        .build()
        .unwrap()
        .flows()
        .trigger(crate::support::id());
    let error = match how {
        How::Async => call.send().await.unwrap_err(),
        How::Blocking => tokio::task::spawn_blocking(|| call.send_blocking())
            .await
            .unwrap()
            .unwrap_err(),
    };
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(seen.load(Ordering::SeqCst), 1);
}

async fn stalls_among_many_calls_are_retried(how: How) {
    let server = Server::new(|_, number| match number % 20 {
        7 => None,
        _ => json("{}"),
    });
    let retry = Retry::default().retries(4).base(Duration::from_millis(1));
    let builder = server
        .builder()
        .retry(retry)
        .attempt_timeout(Duration::from_millis(250));
    let client = builder.build().unwrap();
    assert_eq!(how.list(&client, 40, 20).await, 0);
}

#[tokio::test]
#[should_panic(expected = "Cannot block the current thread from within a runtime")]
async fn blocking_on_a_thread_that_drives_tasks_says_so() {
    let server = Server::new(|_, _| json("{}"));
    let client = server.builder().build().unwrap();
    let _ = client.agents().list().send_blocking();
}

#[test]
fn a_blocking_call_needs_no_runtime() {
    let server = Server::new(|_, _| json(r#"{"total": 3}"#));
    let client = server.builder().build().unwrap();
    let answer = client.agents().list().send_blocking().unwrap();
    assert_eq!(answer.total, Some(3));
}
