//! How generating grows with the document, and how far it is from the least that it could be.
//!
//! `cargo bench --bench growth` generates from synthetic documents of 1 to 16 times the size: wide ones (many
//! operations and schemas), deep ones (objects inside of objects), and one long chain of references.
//! `cargo bench --bench growth -- FILE…` generates from these. The floor is what nobody can avoid:
//! the text read into a `serde_json::Value`, and the same output parsed and formatted.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use clientsmith::{Generator, Input, Outcome};

/// Of so many runs the fastest counts: what else the machine does only adds.
const RUNS: usize = 5;

fn main() {
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    println!("| document | MB | generate, ms | ms for each MB | floor, ms | times the floor |");
    println!("|---|---|---|---|---|---|");
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let name = Path::new(file)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        row(&name, &text);
    }
    if !files.is_empty() {
        return;
    }
    for times in [1, 2, 4, 8, 16] {
        row(&format!("wide, {times} ×"), &wide(100 * times));
    }
    for times in [1, 2, 4, 8, 16] {
        row(&format!("deep, {times} ×"), &deep(3 * times));
    }
    for times in [1, 2, 4, 8, 16] {
        row(&format!("chain, {times} ×"), &chain(500 * times));
    }
}

/// A line of the table.
fn row(name: &str, text: &str) {
    let megabytes = text.len() as f64 / 1e6;
    let outcome = generate(text);
    let generated = fastest(|| drop(generate(text)));
    let floor = fastest(|| floor_of(text, &outcome));
    let (generated, floor) = (milliseconds(generated), milliseconds(floor));
    println!(
        "| {name} | {megabytes:.2} | {generated:.0} | {:.0} | {floor:.0} | {:.1} |",
        generated / megabytes,
        generated / floor
    );
}

fn generate(text: &str) -> Outcome {
    let input = Input::Text {
        name: "synthetic.json".to_owned(),
        text: text.to_owned(),
    };
    let outcome = Generator::new(input).generate();
    assert!(
        !outcome.files.is_empty(),
        "{:?}",
        outcome.diagnostics.iter().next()
    );
    outcome
}

/// Reads the document, and parses and formats what was written for it.
fn floor_of(text: &str, outcome: &Outcome) {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    std::hint::black_box(value);
    for file in outcome
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs"))
    {
        let code = syn::parse_file(&file.contents).unwrap();
        std::hint::black_box(prettyplease::unparse(&code));
    }
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// So many schemas, each with an operation of its own, twenty of them to a tag.
fn wide(count: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for index in 0..count {
        let (tag, next) = (index / 20, (index + 1) % count);
        let _ = write!(
            paths,
            r##""/things{index}/{{id}}": {{"get": {{"operationId": "getThing{index}", "tags": ["Tag {tag}"],
            "summary": "Gets thing {index}", "parameters": [
                {{"name": "id", "in": "path", "required": true, "schema": {{"type": "string"}}}},
                {{"name": "limit", "in": "query", "schema": {{"type": "integer"}}}}],
            "responses": {{"200": {{"description": "ok", "content": {{"application/json": {{"schema":
                {{"$ref": "#/components/schemas/Thing{index}"}}}}}}}}}}}}}},"##
        );
        let _ = write!(
            schemas,
            r##""Thing{index}": {{"type": "object", "required": ["id", "name"], "properties": {{
            "id": {{"type": "string", "description": "What thing {index} is called by."}},
            "name": {{"type": "string"}}, "at": {{"type": "string", "format": "date-time"}},
            "kind{index}": {{"type": "string", "enum": ["a", "b{index}", "c"]}},
            "count": {{"type": "integer"}}, "next": {{"$ref": "#/components/schemas/Thing{next}"}},
            "parts": {{"type": "array", "items": {{"type": "object", "properties": {{
                "size{index}": {{"type": "number"}}, "label": {{"type": "string"}}}}}}}}}}}},"##
        );
    }
    document(&paths, &schemas)
}

/// Twenty trees of objects so deep inside of each other.
fn deep(levels: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for tree in 0..20 {
        let mut schema = r#"{"type": "string"}"#.to_owned();
        for level in 0..levels {
            schema = format!(
                r#"{{"type": "object", "properties": {{"level{level}": {schema}, "tree{tree}": {{"type": "integer"}}}}}}"#
            );
        }
        let _ = write!(schemas, r#""Tree{tree}": {schema},"#);
        let _ = write!(paths, "{}", get(tree, &format!("Tree{tree}")));
    }
    document(&paths, &schemas)
}

/// Schemas that each refer to the next.
fn chain(count: usize) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let next = (index + 1).min(count - 1);
        let _ = write!(
            schemas,
            r##""Link{index}": {{"type": "object", "properties": {{"next": {{"$ref": "#/components/schemas/Link{next}"}},
            "own{index}": {{"type": "string"}}}}}},"##
        );
    }
    document(&get(0, "Link0"), &schemas)
}

fn get(index: usize, schema: &str) -> String {
    format!(
        r##""/get{index}": {{"get": {{"operationId": "get{index}", "responses": {{"200": {{"description": "ok",
        "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/{schema}"}}}}}}}}}}}}}},"##
    )
}

fn document(paths: &str, schemas: &str) -> String {
    let (paths, schemas) = (paths.trim_end_matches(','), schemas.trim_end_matches(','));
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "Synthetic", "version": "1"}}, "paths": {{{paths}}},
        "components": {{"schemas": {{{schemas}}}}}}}"#
    )
}
