//! List flows: `cargo run --example list_flows`.

use fleece_ai::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let answer = client.flows().list().send().await?;
    println!("{answer:#?}");
    Ok(())
}
