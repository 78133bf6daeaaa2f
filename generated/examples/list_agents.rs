//! List agents: `cargo run --example list_agents`.

use fleece_ai::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let answer = client.agents().list().send().await?;
    println!("{answer:#?}");
    Ok(())
}
