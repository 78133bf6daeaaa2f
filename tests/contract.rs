//! The contract: the Fleece client against a server that knows nothing but spec/openapi.json.
//!
//! Prism checks every request against the document and answers from its examples. `.ci/run`
//! installs it and names it in `CLIENTSMITH_PRISM`; without it the tests are skipped.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fleece_ai::runtime::uuid::Uuid;
use fleece_ai::types::{CreateApiKeyRequest, ExecuteAgentRequest};
use fleece_ai::{Client, Error};

/// A Prism that serves the document, until it is dropped.
struct Prism {
    child: Child,
    url: String,
}

impl Prism {
    /// Starts Prism; `None` if there is none on this machine.
    fn start() -> Option<Self> {
        let Some(program) = std::env::var_os("CLIENTSMITH_PRISM") else {
            // Past the capture of the test harness: what is skipped must be seen.
            let message = "skipped: the contract with Prism, because CLIENTSMITH_PRISM is not set";
            let _ = writeln!(std::io::stderr(), "{message}");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let child = Command::new(program)
            .args([
                "mock",
                "--errors",
                "-h",
                "127.0.0.1",
                "-p",
                &port.to_string(),
            ])
            .arg("spec/openapi.json")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let prism = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        };
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "Prism did not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        Some(prism)
    }

    fn client(&self) -> Client {
        let builder = Client::builder()
            .bearer_auth("flc_test")
            .base_url(&self.url);
        builder.build().unwrap()
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn id() -> Uuid {
    "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b".parse().unwrap()
}

/// Asks for each documented error of an operation in turn, and wants it as one.
macro_rules! documented {
    ($call:expr, $($status:literal)*) => { $(
        let call = $call.header("Prefer", concat!("code=", $status));
        let error = call.send().await.unwrap_err();
        assert_documented(&error, $status);
    )* };
}

fn assert_documented<E: std::fmt::Debug>(error: &Error<E>, status: u16) {
    let body = error
        .body()
        .map(|body| String::from_utf8_lossy(body).into_owned());
    assert_eq!(
        error.status().map(|s| s.as_u16()),
        Some(status),
        "{error:?} {body:?}"
    );
    assert!(error.api().is_some(), "{error:?} {body:?}");
}

#[tokio::test]
async fn prism_takes_every_request_and_every_answer_is_typed() {
    let Some(prism) = Prism::start() else { return };
    let client = prism.client();
    let (agents, flows, keys) = (client.agents(), client.flows(), client.api_keys());

    let answer = agents.list().send().await.unwrap();
    assert_eq!(
        answer.data.unwrap()[0].name.as_deref(),
        Some("Email Triager")
    );
    documented!(agents.list(), 401 403 429);

    let agent = agents.get(id()).send().await.unwrap();
    assert_eq!(agent.total_tasks_completed, Some(142));
    documented!(agents.get(id()), 401 404);

    let body = || ExecuteAgentRequest::new("Tidy up").with_timezone("Europe/Paris");
    let result = agents.execute(id(), body()).send().await.unwrap();
    assert_eq!(result.duration_ms, Some(4200));
    documented!(agents.execute(id(), body()), 401 403 404 429);

    let answer = flows.list().send().await.unwrap();
    assert_eq!(answer.data.unwrap()[0].total_runs, Some(87));
    documented!(flows.list(), 401 403 429);

    let flow = flows.get(id()).send().await.unwrap();
    let integrations = flow.integrations.unwrap();
    assert_eq!(integrations[0].service_id.as_deref(), Some("gmail"));
    documented!(flows.get(id()), 401 404);

    let run = flows.trigger(id()).send().await.unwrap();
    assert_eq!(run.duration_ms, Some(8340));
    documented!(flows.trigger(id()), 401 403 404 409 429);

    let runs = flows.list_runs(id()).limit(10).send().await.unwrap();
    assert!(runs.flow_id.is_some());
    documented!(flows.list_runs(id()).limit(10), 401 404);

    let run = flows.get_run(id(), id()).send().await.unwrap();
    assert!(run.tool_calls.is_some());
    documented!(flows.get_run(id(), id()), 401 404);

    let listed = keys.list().send().await.unwrap();
    assert_eq!(listed[0].key_prefix.as_deref(), Some("flc_a1b2c3d4"));
    documented!(keys.list(), 401);

    let created = keys
        .create(CreateApiKeyRequest::new("CI"))
        .send()
        .await
        .unwrap();
    assert!(created.key.unwrap().starts_with("flc_"));
    documented!(keys.create(CreateApiKeyRequest::new("CI")), 400 401 403);

    let deleted = keys.delete(id()).send().await.unwrap();
    assert_eq!(deleted.success, Some(true));
    documented!(keys.delete(id()), 401 404);
}

#[tokio::test]
async fn prism_notices_what_breaks_the_contract() {
    let Some(prism) = Prism::start() else { return };
    let keys = prism.client().api_keys();
    let too_long = CreateApiKeyRequest::new("x".repeat(101));
    let error = keys.create(too_long).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    let flows = prism.client().flows();
    let error = flows.list_runs(id()).limit(0).send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
}

#[tokio::test]
async fn prism_wants_the_credential() {
    let Some(prism) = Prism::start() else { return };
    let bare = Client::builder().base_url(&prism.url).build().unwrap();
    let error = bare.agents().list().send().await.unwrap_err();
    assert!(error.is_request(), "{error:?}");
}
