//! A transport of one's own: it keeps what was fetched with GET, and asks the network once for each URL.
//! `cargo run --example own_transport`.
//!
//! In place of the network stands a fake, so that the example needs none.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use clientsmith_runtime::bytes::Bytes;
use clientsmith_runtime::http::{Method, Request, Response};
use clientsmith_runtime::test_util::{FakeTransport, json};
use clientsmith_runtime::{Body, BodyStream, Transport, TransportError, TransportFuture};
use futures_core::Stream;

type Cache = Arc<Mutex<HashMap<String, Response<Bytes>>>>;

/// A transport that asks another one only for what it does not have.
#[derive(Clone)]
struct Cached<T> {
    network: Arc<T>,
    cache: Cache,
}

impl<T: Transport> Transport for Cached<T> {
    fn send(
        &self,
        request: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let (network, cache) = (Arc::clone(&self.network), Arc::clone(&self.cache));
        Box::pin(async move {
            let key = request.uri().to_string();
            if request.method() != Method::GET {
                return network.send(request).await;
            }
            let known = cache.lock().ok().and_then(|cache| cache.get(&key).cloned());
            let response = match known {
                Some(response) => response,
                None => {
                    let response = whole(network.send(request).await?).await?;
                    if let Ok(mut cache) = cache.lock() {
                        cache.insert(key, response.clone());
                    }
                    response
                }
            };
            Ok(response.map(|body| Box::pin(Once(Some(body))) as BodyStream))
        })
    }

    fn sleep(&self, duration: Duration) -> TransportFuture<()> {
        self.network.sleep(duration)
    }
}

/// A response with its body read to the end.
async fn whole(response: Response<BodyStream>) -> Result<Response<Bytes>, TransportError> {
    let (head, mut stream) = response.into_parts();
    let mut body = Vec::new();
    while let Some(part) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
    {
        body.extend_from_slice(&part?);
    }
    Ok(Response::from_parts(head, body.into()))
}

/// A body that comes in one part.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let network = FakeTransport::new([json(200, r#"{"agents": []}"#)]);
    let transport = Cached {
        network: Arc::new(network.clone()),
        cache: Cache::default(),
    };
    let client = fleece_ai::Client::builder()
        .bearer_auth("a token")
        .transport(transport)
        .build()?;
    for _ in 0..3 {
        client.agents().list().send().await?;
    }
    println!("3 calls, {} on the network", network.requests().len());
    Ok(())
}
