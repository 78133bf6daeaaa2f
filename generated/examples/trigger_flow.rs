//! Trigger a flow: `cargo run --example trigger_flow -- <flowId>`.

use fleece_ai::flows::TriggerFlowError;
use fleece_ai::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let flow_id = std::env::args().nth(1).ok_or("argument 1 is the flowId")?.parse()?;
    match client.flows().trigger(flow_id).send().await {
        Ok(answer) => println!("{answer:#?}"),
        Err(error) => {
            match error.api() {
                Some(TriggerFlowError::Unauthorized(reply)) => {
                    eprintln!("Missing or invalid API key: {reply:#?}")
                }
                Some(TriggerFlowError::PlanRequired(reply)) => {
                    eprintln!("Feature requires Pro plan or higher: {reply:#?}")
                }
                Some(TriggerFlowError::NotFound(reply)) => {
                    eprintln!("Resource not found: {reply:#?}")
                }
                Some(TriggerFlowError::Conflict(reply)) => {
                    eprintln!("Flow is already running: {reply:#?}")
                }
                Some(TriggerFlowError::RateLimited(reply)) => {
                    eprintln!("Rate limit exceeded: {reply:#?}")
                }
                _ => return Err(error.into()),
            }
        }
    }
    Ok(())
}
