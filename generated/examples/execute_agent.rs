//! Execute an agent: `cargo run --example execute_agent -- <agentId>`.

use fleece_ai::agents::ExecuteAgentError;
use fleece_ai::{Client, types};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let agent_id = std::env::args().nth(1).ok_or("argument 1 is the agentId")?.parse()?;
    let body = types::ExecuteAgentRequest::new(
        "Summarize my last 5 emails and flag anything urgent",
    );
    match client.agents().execute(agent_id, body).send().await {
        Ok(answer) => println!("{answer:#?}"),
        Err(error) => {
            match error.api() {
                Some(ExecuteAgentError::Unauthorized(reply)) => {
                    eprintln!("Missing or invalid API key: {reply:#?}")
                }
                Some(ExecuteAgentError::PlanRequired(reply)) => {
                    eprintln!("Feature requires Pro plan or higher: {reply:#?}")
                }
                Some(ExecuteAgentError::NotFound(reply)) => {
                    eprintln!("Resource not found: {reply:#?}")
                }
                Some(ExecuteAgentError::RateLimited(reply)) => {
                    eprintln!("Rate limit exceeded: {reply:#?}")
                }
                _ => return Err(error.into()),
            }
        }
    }
    Ok(())
}
