//! Triggers a flow and waits until its run is over: `cargo run --example wait_for_run -- <flowId>`.

use std::time::Duration;

use fleece_ai::flows::TriggerFlowError;
use fleece_ai::types::FlowRunStatus;
use fleece_ai::{Client, types};

const PAUSE: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let flow_id = std::env::args().nth(1).ok_or("argument 1 is the flowId")?.parse()?;

    let mut run = match client.flows().trigger(flow_id).send().await {
        Ok(run) => run,
        Err(error) if matches!(error.api(), Some(TriggerFlowError::Conflict(_))) => {
            eprintln!("the flow is running already");
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let run_id = run.id.ok_or("the answer names no run")?;
    while is_open(&run) {
        tokio::time::sleep(PAUSE).await;
        run = client.flows().get_run(flow_id, run_id).send().await?;
    }
    match run.status {
        Some(FlowRunStatus::Completed) => println!("{}", run.result_summary.unwrap_or_default()),
        status => eprintln!("{status:?}: {}", run.error_message.unwrap_or_default()),
    }
    Ok(())
}

/// Whether the run goes on. A status that this version of the crate does not know ends the wait.
fn is_open(run: &types::FlowRun) -> bool {
    matches!(
        run.status,
        Some(FlowRunStatus::Pending | FlowRunStatus::Approved | FlowRunStatus::Running)
    )
}
