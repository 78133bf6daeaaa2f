//! How a client is built, and what keeps it from being built.

use std::process::Command;

use fleece_ai::Client;

/// Whether a test of this binary passes in a process with this environment.
fn with_env(test: &str, variables: &[(&str, &str)]) -> bool {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args(["--exact", test, "--ignored"]);
    command
        .env_remove("FLEECE_API_KEY")
        .env_remove("FLEECE_BASE_URL");
    command.envs(variables.iter().copied());
    let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
    output.contains("test result: ok. 1 passed")
}

#[test]
fn the_environment_holds_key_and_url() {
    let url = ("FLEECE_BASE_URL", "http://127.0.0.1:1/api/");
    assert!(with_env(
        "builder::child_with_key_and_url",
        &[("FLEECE_API_KEY", "flc_1"), url]
    ));
    assert!(with_env("builder::child_without_key", &[]));
    assert!(with_env(
        "builder::child_without_key",
        &[("FLEECE_API_KEY", ""), url]
    ));
}

#[test]
#[ignore = "run by the_environment_holds_key_and_url"]
fn child_with_key_and_url() {
    let client = Client::from_env().unwrap();
    let request = client.agents().list().into_request().unwrap();
    assert_eq!(request.uri(), "http://127.0.0.1:1/api/agents");
    assert_eq!(request.headers()["authorization"], "Bearer flc_1");
}

#[test]
#[ignore = "run by the_environment_holds_key_and_url"]
fn child_without_key() {
    let error = Client::from_env().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential in the environment: set FLEECE_API_KEY"
    );
}

#[test]
fn plain_http_is_refused_but_to_this_machine() {
    let build = |url: &str| Client::builder().bearer_auth("k").base_url(url).build();
    assert!(build("http://localhost:4010").is_ok());
    let error = build("http://fleeceai.app/api/v1").unwrap_err();
    assert!(
        error.to_string().starts_with("the base URL is plain http"),
        "{error}"
    );
    let allowed = Client::builder()
        .base_url("http://fleeceai.app")
        .allow_plain_http();
    assert!(allowed.build().is_ok());
}

#[test]
fn a_missing_credential_is_an_error_before_anything_is_sent() {
    let client = Client::builder().build().unwrap();
    let error = client.agents().list().into_request().unwrap_err();
    assert!(error.is_request());
    assert_eq!(
        error.to_string(),
        "GET /agents: not sent: no credential for bearerAuth"
    );
}

#[test]
fn a_credential_that_no_header_can_hold_is_refused() {
    let client = Client::new("flc\r\nX-Injected: 1").unwrap();
    let error = client.agents().list().into_request().unwrap_err();
    assert!(error.is_request());
    assert!(!error.to_string().contains("Injected"), "{error}");
}

#[test]
fn the_users_product_comes_first() {
    let client = Client::builder()
        .bearer_auth("k")
        .user_agent("my-app/1.2")
        .build()
        .unwrap();
    let request = client.agents().list().into_request().unwrap();
    assert_eq!(
        request.headers()["user-agent"],
        "my-app/1.2 fleece-ai/1.0.0 clientsmith/0.1.0"
    );
}

#[test]
fn clients_handles_and_calls_can_be_shared() {
    fn shared<T: Clone + std::fmt::Debug + Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<fleece_ai::agents::Agents>();
    shared::<fleece_ai::flows::ListFlowRuns>();
}
