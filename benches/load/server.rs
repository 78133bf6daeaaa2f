//! The server: plain HTTP and TLS with HTTP/1.1 and HTTP/2, with faults at exact places, and it counts.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What all things are.
pub(crate) const THINGS: &str =
    r#"[{"id":1,"name":"one","at":"2026-03-10T00:00:00Z"},{"id":2,"name":"two"}]"#;

/// One request of so many goes wrong, where requests go wrong.
const ONE_OF: u64 = 20;

/// How long the large file is, and what the bomb unpacks to.
pub(crate) const LARGE: usize = 1 << 30;

type Body = UnsyncBoxBody<Bytes, Infallible>;
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What was asked of the server.
#[derive(Default)]
struct Counts {
    connections: AtomicU64,
    requests: AtomicU64,
    faults: AtomicU64,
    /// How often each body came.
    bodies: Mutex<HashMap<Bytes, u64>>,
}

impl Counts {
    /// As a text of four numbers.
    fn line(&self) -> String {
        let count = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        let bodies = self.bodies.lock().unwrap();
        let most = bodies.values().max().copied().unwrap_or(0);
        let [connections, requests, faults] =
            [&self.connections, &self.requests, &self.faults].map(count);
        format!("{connections} {requests} {faults} {most}")
    }
}

/// Listens until the program is stopped. Its output says where, by HTTP and by TLS.
pub(crate) async fn serve() {
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secure = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = acceptor();
    println!("http://{}", plain.local_addr().unwrap());
    println!("https://localhost:{}", secure.local_addr().unwrap().port());
    std::io::stdout().flush().unwrap();
    let counts = Arc::new(Counts::default());
    loop {
        let counts = Arc::clone(&counts);
        tokio::select! {
            Ok((stream, _)) = plain.accept() => {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(talk(stream, counts));
            }
            Ok((stream, _)) = secure.accept() => {
                let tls = tls.clone();
                stream.set_nodelay(true).unwrap();
                tokio::spawn(async move {
                    if let Ok(stream) = tls.accept(stream).await {
                        talk(stream, counts).await;
                    }
                });
            }
        }
    }
}

/// What speaks TLS for `localhost`, by a key that protects nothing.
fn acceptor() -> TlsAcceptor {
    let chain = CertificateDer::from_pem_slice(include_bytes!("certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("key.pem")).unwrap();
    let config = ServerConfig::builder().with_no_client_auth();
    let mut config = config.with_single_cert(vec![chain], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

/// Answers what comes over one connection.
async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, counts: Arc<Counts>) {
    counts.connections.fetch_add(1, Ordering::SeqCst);
    let service = service_fn(|request| answer(request, Arc::clone(&counts)));
    let _ = auto::Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The first step of the path says what happens.
async fn answer(
    request: Request<Incoming>,
    counts: Arc<Counts>,
) -> Result<Response<Body>, Failure> {
    let path = request.uri().path().to_owned();
    let behaviour = path.split('/').nth(1).unwrap_or_default();
    if behaviour == "counts" {
        return Ok(json(200, counts.line()));
    }
    let number = counts.requests.fetch_add(1, Ordering::SeqCst);
    let body = request.into_body().collect().await?.to_bytes();
    if !body.is_empty() {
        *counts
            .bodies
            .lock()
            .unwrap()
            .entry(body.clone())
            .or_default() += 1;
    }
    match behaviour {
        "stalls" if number.is_multiple_of(ONE_OF) => {
            counts.faults.fetch_add(1, Ordering::SeqCst);
            std::future::pending().await
        }
        "cuts" if number.is_multiple_of(ONE_OF) => {
            counts.faults.fetch_add(1, Ordering::SeqCst);
            Err("the connection is cut".into())
        }
        "down" => Ok(json(503, "{}")),
        "bomb" => Ok(bomb()),
        "large" => Ok(large()),
        _ if body.is_empty() => Ok(json(200, THINGS)),
        _ => Ok(json(201, body)),
    }
}

fn json(status: u16, body: impl Into<Bytes>) -> Response<Body> {
    let response = Response::builder().status(status);
    let response = response.header("content-type", "application/json");
    let body = Full::new(body.into()).boxed_unsync();
    response.body(body).unwrap()
}

/// A megabyte that unpacks to a gigabyte.
fn bomb() -> Response<Body> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..LARGE >> 20 {
        packed.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let mut response = json(200, packed.finish().unwrap());
    let gzip = http::HeaderValue::from_static("gzip");
    response.headers_mut().insert("content-encoding", gzip);
    response
}

/// A gigabyte, in parts.
fn large() -> Response<Body> {
    const PART: usize = 1 << 16;
    let parts = (0..LARGE / PART).map(|_| Ok(Frame::data(Bytes::from_static(&[7; PART]))));
    let body = StreamBody::new(Parts(parts)).boxed_unsync();
    let response = Response::builder().header("content-type", "application/octet-stream");
    response.body(body).unwrap()
}

/// What an iterator gives, as a stream.
struct Parts<I>(I);

impl<I: Iterator + Unpin> futures_core::Stream for Parts<I> {
    type Item = I::Item;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<I::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}
