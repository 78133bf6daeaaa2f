//! Hostile documents: whatever stands in one, the crate holds what the document describes and no more,
//! no other file is read or written, and the generator comes to an end. What strings can do is in `poison.rs`.

#[path = "everything.rs"]
mod everything;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use clientsmith::{Config, Generator, Input, Outcome, human};
use everything::everything;
use serde_json::{Map, Value, json};

fn generate(text: impl Into<String>) -> Outcome {
    let input = Input::Text {
        name: "spec".to_owned(),
        text: text.into(),
    };
    Generator::new(input).config(Config::default()).generate()
}

fn shown(outcome: &Outcome) -> String {
    human(&outcome.diagnostics, &outcome.source, false)
}

#[test]
fn words_hold_nothing_that_rustc_or_rustdoc_would_take_for_more() {
    let mut document = everything();
    let marks: String =
        "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\r".into();
    let block = format!(
        "{marks}Run me:\n\n```\nstd::fs::write(\"canary\", \"\").unwrap();\n```\n\n    std::fs::write(\"canary\", \"\").unwrap();\n"
    );
    document["info"]["description"] = json!(block);
    document["paths"]["/things/{id}"]["post"]["description"] = json!(block);
    document["components"]["schemas"]["Thing"]["description"] = json!(block);
    let outcome = generate(document.to_string());
    for file in outcome
        .files
        .iter()
        .filter(|file| file.path.starts_with("src/"))
    {
        assert!(
            !file.contents.contains(|c| marks.contains(c)),
            "{}",
            file.path
        );
        let docs = file.contents.lines().map(str::trim_start);
        let docs = docs.filter_map(|line| line.strip_prefix("///").or(line.strip_prefix("//!")));
        let mut open = false;
        for line in docs {
            assert!(
                open || !line.starts_with("     "),
                "indented code in {}: {line}",
                file.path
            );
            if let Some(language) = line.trim().strip_prefix("```") {
                assert!(
                    open || ["text", "json", "no_run"].contains(&language),
                    "{}: {line}",
                    file.path
                );
                open = !open;
            }
        }
    }
    let manifest = outcome
        .files
        .iter()
        .find(|file| file.path == "Cargo.toml")
        .unwrap();
    assert!(manifest.contents.contains("doctest = false"));
}

#[test]
fn files_stay_in_the_crate_whatever_tags_are_called() {
    let tags = [
        "../../x",
        "..",
        "/etc/passwd",
        "a\0b",
        "CON",
        "con",
        "aux",
        "Nul",
        "COM1",
        "Same",
        "same",
        "SAME ",
        "lib",
        "main",
        "types",
        "client",
        "mod",
        "self",
        "用户",
        "🎉",
        "",
        "C:\\x",
        "a/b",
    ];
    let mut paths = Map::new();
    for (index, tag) in tags.iter().enumerate() {
        let operation =
            json!({"tags": [tag], "operationId": format!("op{index}"), "responses": {}});
        paths.insert(format!("/{index}"), json!({"get": operation}));
    }
    let document =
        json!({"openapi": "3.0.0", "info": {"title": "../t", "version": "1"}, "paths": paths});
    let outcome = generate(document.to_string());
    assert!(!outcome.diagnostics.has_errors(), "{}", shown(&outcome));
    assert_eq!(outcome.coverage.operations_emitted, tags.len());
    let mut seen = BTreeSet::new();
    for file in &outcome.files {
        let name = Path::new(&file.path)
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .to_lowercase();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
        assert!(
            file.path.chars().all(allowed) && !file.path.contains(".."),
            "{}",
            file.path
        );
        assert!(
            !["con", "aux", "nul", "prn", "com1", "lpt1"].contains(&name.as_str()),
            "{}",
            file.path
        );
        assert!(
            seen.insert(file.path.to_lowercase()),
            "{} stands twice",
            file.path
        );
    }
}

#[test]
fn references_lead_to_no_host_and_no_file_outside() {
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let address = canary.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("api/openapi.json");
    std::fs::create_dir(folder.path().join("api")).unwrap();
    let secret = folder.path().join("secret.json");
    std::fs::write(&secret, r#"{"description": "canary", "type": "string"}"#).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, folder.path().join("api/link.json")).unwrap();
    let references = [
        format!("http://{address}/schema.json"),
        format!("//{address}/schema.json"),
        format!("file://{}", secret.display()),
        secret.display().to_string(),
        "../secret.json".to_owned(),
        "%2e%2e/secret.json".to_owned(),
        "..%2fsecret.json".to_owned(),
        "link.json".to_owned(),
        "file:///etc/passwd".to_owned(),
        "C:\\secret.json".to_owned(),
    ];
    let properties = references.iter().enumerate();
    let properties: Map<String, Value> = properties
        .map(|(index, target)| (format!("p{index}"), json!({"$ref": target})))
        .collect();
    let document = json!({
        "openapi": "3.0.0", "info": {"title": "x", "version": "1"},
        "paths": {"/": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {
            "schema": {"type": "object", "properties": properties}
        }}}}}}}
    });
    std::fs::write(&spec, document.to_string()).unwrap();
    let outcome = Generator::new(spec).config(Config::default()).generate();
    let text = shown(&outcome);
    for (index, reference) in references.iter().enumerate() {
        let at = format!("/properties/p{index}");
        let said = outcome
            .diagnostics
            .iter()
            .any(|d| format!("{:?}", d.place).contains(&at));
        assert!(said, "nothing is said of {}\n{text}", reference);
    }
    assert!(!text.contains("canary"), "{text}");
    assert!(
        outcome
            .files
            .iter()
            .all(|file| !file.contents.contains("canary"))
    );
    assert_eq!(outcome.source.names().count(), 1);
    assert!(
        canary.accept().is_err(),
        "the generator opened a connection"
    );
}

/// Comes to an end long before a build would be given up. How long exactly is measured in benches.
fn ends(name: &str, text: String) -> Outcome {
    let started = Instant::now();
    let outcome = generate(text);
    let elapsed = started.elapsed();
    assert!(elapsed < Duration::from_secs(60), "{name} took {elapsed:?}");
    outcome
}

fn with_schemas(schemas: &str) -> String {
    format!(
        r##"{{"openapi": "3.0.0", "info": {{"title": "x", "version": "1"}},
        "paths": {{"/": {{"get": {{"responses": {{"200": {{"description": "", "content": {{"application/json": {{
            "schema": {{"$ref": "#/components/schemas/A0"}}}}}}}}}}}}}}}},
        "components": {{"schemas": {{{schemas}}}}}}}"##
    )
}

/// Schemas that each name the next one several times.
fn chain(length: usize, keyword: &str) -> String {
    let mut schemas = String::new();
    for index in 0..length {
        let next = index + 1;
        let target = format!("{{\"$ref\": \"#/components/schemas/A{next}\"}}");
        let _ = write!(
            schemas,
            "\"A{index}\": {{\"{keyword}\": [{target}, {target}, {{\"type\": \"object\", \"properties\": {{\"p{index}\": {target}}}}}]}},"
        );
    }
    format!("{schemas} \"A{length}\": {{\"type\": \"object\"}}")
}

#[test]
fn bombs_do_not_go_off() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let outcome = ends(keyword, with_schemas(&chain(60, keyword)));
        assert!(
            !outcome.diagnostics.has_errors(),
            "{keyword}: {}",
            shown(&outcome)
        );
    }
    let cycles = r##""A0": {"allOf": [{"$ref": "#/components/schemas/A1"}]}, "A1": {"$ref": "#/components/schemas/A0"},
        "A2": {"type": "array", "items": {"$ref": "#/components/schemas/A2"}},
        "A3": {"oneOf": [{"$ref": "#/components/schemas/A3"}, {"$ref": "#/components/schemas/A0"}]},
        "A4": {"additionalProperties": {"$ref": "#/components/schemas/A4"}}"##;
    ends("cycles", with_schemas(cycles));
    let values: Vec<String> = (0..100_000).map(|index| format!("\"v{index}\"")).collect();
    let huge = format!(
        "\"A0\": {{\"type\": \"string\", \"enum\": [{}]}}",
        values.join(",")
    );
    assert!(
        !ends("an enum", with_schemas(&huge))
            .diagnostics
            .has_errors()
    );

    let mut aliases = String::from("a0: &a0 [x, x]\n");
    for index in 1..40 {
        let before = index - 1;
        let _ = writeln!(aliases, "a{index}: &a{index} [*a{before}, *a{before}]");
    }
    let outcome = ends("aliases", format!("openapi: 3.0.0\n{aliases}"));
    assert!(shown(&outcome).contains("E0106"), "{}", shown(&outcome));

    for (name, text) in [
        ("deep JSON", "[".repeat(200_000)),
        ("deep objects", "{\"a\":".repeat(200_000)),
        ("deep YAML", "- ".repeat(20_000)),
        ("flow YAML", format!("a: {}", "{b: ".repeat(20_000))),
    ] {
        assert!(ends(name, text).diagnostics.has_errors(), "{name}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    let whole = everything().to_string();
    // Cut off anywhere, or with a byte changed, it is another document or none at all.
    for end in (0..whole.len()).step_by(97) {
        generate(&whole[..end]);
        let mut bytes = whole.clone().into_bytes();
        bytes[end] = b"\"{}[]:,0"[end % 8];
        generate(String::from_utf8(bytes).unwrap());
    }
    for text in [
        "",
        "\u{feff}",
        "null",
        "- a",
        "&a *a",
        "%YAML 9\n---",
        "openapi: {}",
        "\0",
        "openapi: 3.0.0\npaths: 7",
    ] {
        generate(text);
    }
    let _ = std::io::stdout().flush();
}
