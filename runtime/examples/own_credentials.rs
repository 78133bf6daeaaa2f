//! A credential provider of one's own: a token that an agent on this machine writes to a file and renews.
//! `cargo run --example own_credentials`.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clientsmith_runtime::test_util::{FakeTransport, json};
use clientsmith_runtime::{BoxError, CredentialProvider, Secret, Transport, TransportFuture};

/// The token in a file, read when it is first needed and when a server does not take it any more.
struct TokenFile {
    path: PathBuf,
    token: Arc<Mutex<Option<Secret>>>,
}

impl CredentialProvider for TokenFile {
    fn credential(&self, _: Arc<dyn Transport>) -> TransportFuture<Result<Secret, BoxError>> {
        let (path, token) = (self.path.clone(), Arc::clone(&self.token));
        Box::pin(async move {
            let mut token = token.lock().map_err(|_| "a thread panicked")?;
            if token.is_none() {
                let text = std::fs::read_to_string(&path)?;
                *token = Some(Secret::from(text.trim()));
            }
            token.clone().ok_or_else(|| "no token".into())
        })
    }

    fn rejected(&self) -> bool {
        match self.token.lock() {
            Ok(mut token) => token.take().is_some(),
            Err(_) => false,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join(format!("own-credentials-{}", std::process::id()));
    std::fs::write(&path, "first\n")?;
    let provider = TokenFile {
        path: path.clone(),
        token: Arc::default(),
    };
    // The server takes the first token no more, and so it is read again.
    let fake = FakeTransport::new([json(401, "{}"), json(200, r#"{"agents": []}"#)]);
    let client = fleece_ai::Client::builder()
        .bearer_auth_provider(provider)
        .transport(fake.clone())
        .build()?;
    client.agents().list().send().await?;
    std::fs::remove_file(path)?;
    println!("{} attempts", fake.requests().len());
    Ok(())
}
