//! Calls that need one token: every order in which they can be polled, given up and answered, up to a length.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use bytes::Bytes;
use fleece_ai::runtime::{
    Body, BodyStream, BoxError, ClientCredentials, CredentialProvider, Secret, Transport,
    TransportError, TransportErrorKind, TransportFuture,
};
use futures_core::Stream;
use http::{Request, Response};

const CALLS: usize = 3;

/// How many steps are tried in every order. After these, everybody who is woken is polled, and the endpoint answers.
const STEPS: usize = 6;

/// What can happen next.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Poll(usize),
    GiveUp(usize),
    Answer,
    Fail,
}

const ALL: [Step; 2 * CALLS + 2] = [
    Step::Poll(0),
    Step::Poll(1),
    Step::Poll(2),
    Step::GiveUp(0),
    Step::GiveUp(1),
    Step::GiveUp(2),
    Step::Answer,
    Step::Fail,
];

/// A request to the token endpoint that waits for what the test says.
#[derive(Default)]
struct Asked {
    answer: Option<bool>,
    waker: Option<Waker>,
    given_up: bool,
}

/// The token endpoint.
#[derive(Clone, Default)]
struct Endpoint(Arc<Mutex<VecDeque<Arc<Mutex<Asked>>>>>);

impl Endpoint {
    /// The requests that are being waited for.
    fn open(&self) -> Vec<Arc<Mutex<Asked>>> {
        let asked = self.0.lock().unwrap();
        let open = asked.iter().filter(|asked| {
            let asked = asked.lock().unwrap();
            asked.answer.is_none() && !asked.given_up
        });
        open.cloned().collect()
    }

    /// Answers the request that is open; whether there is one.
    fn answer(&self, is_good: bool) -> bool {
        let open = self.open();
        let Some(asked) = open.first() else {
            return false;
        };
        let mut asked = asked.lock().unwrap();
        asked.answer = Some(is_good);
        asked.waker.take().into_iter().for_each(Waker::wake);
        true
    }
}

struct Reply(Arc<Mutex<Asked>>);

impl Future for Reply {
    type Output = Result<Response<BodyStream>, TransportError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut asked = self.0.lock().unwrap();
        match asked.answer {
            None => {
                asked.waker = Some(context.waker().clone());
                Poll::Pending
            }
            Some(true) => Poll::Ready(Ok(Response::new(Box::pin(One(true)) as BodyStream))),
            Some(false) => Poll::Ready(Err(TransportError::new(
                TransportErrorKind::NoResponse,
                "it is cut",
            ))),
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        let mut asked = self.0.lock().unwrap();
        asked.given_up = asked.answer.is_none();
    }
}

/// A body of one part, if that has not been read yet.
struct One(bool);

impl Stream for One {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let part = std::mem::take(&mut self.0).then_some(Bytes::from_static(TOKEN.as_bytes()));
        Poll::Ready(part.map(Ok))
    }
}

const TOKEN: &str = r#"{"access_token":"t","expires_in":3600}"#;

impl Transport for Endpoint {
    fn send(
        &self,
        _: Request<Body>,
    ) -> TransportFuture<Result<Response<BodyStream>, TransportError>> {
        let asked = Arc::default();
        self.0.lock().unwrap().push_back(Arc::clone(&asked));
        Box::pin(Reply(asked))
    }

    fn sleep(&self, _: Duration) -> TransportFuture<()> {
        Box::pin(std::future::pending())
    }
}

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A call that wants the token.
struct Caller {
    future: Option<TransportFuture<Result<Secret, BoxError>>>,
    woken: Arc<Woken>,
    /// Whether it has got the token, once it is done.
    outcome: Option<bool>,
}

impl Caller {
    fn poll(&mut self) {
        self.woken.0.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self.woken));
        let future = self.future.as_mut().unwrap();
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            self.outcome = Some(result.is_ok_and(|token| token.expose() == "t"));
            self.future = None;
        }
    }
}

/// Takes the steps, and then goes on as an executor would. `None` if a step is not possible or changes nothing.
fn take(steps: &[Step]) -> Option<()> {
    let endpoint = Endpoint::default();
    let provider = ClientCredentials::new("https://auth.example/token", "id", "secret");
    let mut callers: Vec<Caller> = (0..CALLS)
        .map(|_| Caller {
            future: Some(provider.credential(Arc::new(endpoint.clone()))),
            woken: Arc::new(Woken(AtomicBool::new(true))),
            outcome: None,
        })
        .collect();
    for step in steps {
        match *step {
            Step::Poll(caller) => {
                callers[caller].future.as_ref()?;
                callers[caller].poll();
            }
            Step::GiveUp(caller) => drop(callers[caller].future.take()?),
            Step::Answer => endpoint.answer(true).then_some(())?,
            Step::Fail => endpoint.answer(false).then_some(())?,
        }
        assert!(endpoint.open().len() <= 1, "two requests after {steps:?}");
    }
    finish(&endpoint, &mut callers, steps);
    check(&endpoint, &callers, steps);
    Some(())
}

/// Polls whoever is woken, and lets the endpoint answer when nobody is.
fn finish(endpoint: &Endpoint, callers: &mut [Caller], steps: &[Step]) {
    loop {
        let ready = callers
            .iter_mut()
            .find(|caller| caller.future.is_some() && caller.woken.0.load(Ordering::SeqCst));
        match ready {
            Some(caller) => caller.poll(),
            None if endpoint.answer(true) => {}
            None => break,
        }
        assert!(endpoint.open().len() <= 1, "two requests after {steps:?}");
    }
}

/// Everybody has the token who has not given up or been told of a failure, for as few requests as that takes.
fn check(endpoint: &Endpoint, callers: &[Caller], steps: &[Step]) {
    let count = |wanted: fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
    let failures = count(|step| *step == Step::Fail);
    let given_up = count(|step| matches!(step, Step::GiveUp(_)));
    assert!(
        callers.iter().all(|caller| caller.future.is_none()),
        "somebody waits for ever after {steps:?}"
    );
    let refused = callers
        .iter()
        .filter(|caller| caller.outcome == Some(false));
    assert!(refused.count() <= failures, "{steps:?}");
    let requests = endpoint.0.lock().unwrap().len();
    assert!(
        requests <= 1 + failures + given_up,
        "{requests} requests after {steps:?}"
    );
}

/// Takes all sequences that begin so; how many there are.
fn explore(steps: &mut Vec<Step>) -> usize {
    if take(steps).is_none() {
        return 0;
    }
    let mut count = 1;
    if steps.len() < STEPS {
        for step in ALL {
            steps.push(step);
            count += explore(steps);
            steps.pop();
        }
    }
    count
}

#[test]
fn a_token_is_asked_for_once_in_whatever_order_calls_come_and_go() {
    let count = explore(&mut Vec::new());
    assert!(count > 10_000, "only {count} orders");
}
