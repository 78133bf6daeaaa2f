//! Generates a client from a document in memory, and shows what it would write:
//! `cargo run -p clientsmith --example from_text`.

use clientsmith::{Generator, Input, human};

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Clock, version: 1.2.0}
servers: [{url: https://clock.example}]
paths:
  /now:
    get:
      operationId: getNow
      responses:
        '200':
          description: The time.
          content: {application/json: {schema: {type: string, format: date-time}}}
";

fn main() {
    let input = Input::Text {
        name: "clock.yaml".to_owned(),
        text: DOCUMENT.to_owned(),
    };
    let outcome = Generator::new(input).generate();
    eprint!("{}", human(&outcome.diagnostics, &outcome.source, false));
    for file in &outcome.files {
        println!("{}: {} bytes", file.path, file.contents.len());
    }
}
