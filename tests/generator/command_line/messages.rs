//! What the program says, and its exit status.

use super::*;

#[test]
fn a_wrong_configuration_is_shown_with_its_line() {
    let project = Project::new(SPEC);
    project.write("clientsmith.toml", "name = \"clock\"\nnmae = \"clock\"\n");
    project
        .generate()
        .exits(1)
        .says("unknown key `nmae`")
        .says("clientsmith.toml:2:1")
        .says("the nearest key is `name`");
}

#[test]
fn diagnostics_show_the_source() {
    let spec = SPEC.replace("\"format\": \"date-time\"", "\"nullable\": true");
    let project = Project::new(&spec);
    let run = project.run(&["check", "openapi.json"]).exits(0);
    run.says("warning[E0201]: `nullable` is not a keyword of OpenAPI 3.1")
        .says("--> openapi.json:21:76")
        .says("^^^^^^^^^^^^^^^^ read as it was meant in OpenAPI 3.0")
        .says("no errors, 1 warning");
    project
        .run(&["check", "openapi.json", "--deny", "warnings"])
        .exits(1);
    let deny = [
        "generate",
        "openapi.json",
        "--out",
        "out",
        "--deny",
        "warnings",
    ];
    project.run(&deny).exits(1).says("nothing was written");
    assert!(!project.path("out").exists());
}

#[test]
fn tools_get_json() {
    let spec = SPEC.replace("\"format\": \"date-time\"", "\"nullable\": true");
    let project = Project::new(&spec);
    let json = [
        "generate",
        "openapi.json",
        "--out",
        "out",
        "--message-format",
        "json",
    ];
    let stdout = project.run(&json).exits(0).stdout();
    let lines: Vec<serde_json::Value> = stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["code"], "E0201");
    assert_eq!(
        lines[0]["location"],
        serde_json::json!({
            "file": "openapi.json", "line": 21, "column": 76,
            "pointer": "/components/schemas/Moment/properties/at/nullable",
        })
    );
    assert_eq!(
        lines[1],
        serde_json::json!({
            "reason": "summary",
            "operations": {"in_spec": 1, "emitted": 1},
            "types": 1,
            "any_fallbacks": 0,
            "files": {"written": 8, "unchanged": 0, "removed": 0},
            "diagnostics": {"error": 0, "warning": 1},
        })
    );
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    let project = Project::new(SPEC);
    project.run(&[]).exits(2);
    project.run(&["generate", "--no-such-flag"]).exits(2);
    project.run(&["generate"]).exits(2).says("no document");
    project
        .run(&["generate", "openapi.json"])
        .exits(2)
        .says("no folder");
}

/// A document that cannot be used: what it is, and what must be said of it.
#[track_caller]
fn unusable(spec: &str, says: &str) {
    let project = Project::new(spec);
    project
        .generate()
        .exits(1)
        .says(says)
        .says("nothing was written");
    assert!(!project.path("out").exists());
    project.run(&["check", "openapi.json"]).exits(1).says(says);
}

#[test]
fn what_is_not_json_is_said_with_its_place() {
    unusable("{\"openapi\": }", "not valid JSON: expected value");
    unusable("{\"openapi\": }", "openapi.json:1:13");
    unusable("openapi: [3", "not valid YAML");
    unusable("", "this is not an OpenAPI document");
}

#[test]
fn what_is_not_openapi_is_said() {
    unusable(
        "{\"name\": \"x\"}",
        "this is not an OpenAPI document: it has no member `openapi`",
    );
    unusable("[1, 2]", "this is not an OpenAPI document");
    unusable("\"text\"", "this is not an OpenAPI document");
}

#[test]
fn other_versions_are_said() {
    let spec = SPEC.replace("3.1.0", "2.0");
    unusable(&spec, "OpenAPI version `2.0` is not supported");
    unusable(
        "{\"swagger\": \"2.0\", \"paths\": {}}",
        "this is a Swagger 2.0 document",
    );
}

#[test]
fn an_unresolved_reference_names_the_nearest() {
    let project = Project::new(&SPEC.replace("schemas/Moment\"", "schemas/Momet\""));
    project
        .generate()
        .exits(0)
        .says("nothing stands at `#/components/schemas/Momet`")
        .says("the nearest name there is `Moment`")
        .says("openapi.json:13:57");
    assert!(project.read("out/src/lib.rs").contains("pub mod types;"));
}

#[test]
fn a_reference_that_leads_back_to_itself_is_said() {
    let spec = SPEC.replace(
        "\"Moment\": {",
        "\"Moment\": {\"$ref\": \"#/components/schemas/Again\"}, \
         \"Again\": {\"$ref\": \"#/components/schemas/Moment\"}, \"Unused\": {",
    );
    let project = Project::new(&spec);
    let message = "leads back to itself without reaching a definition";
    project.generate().exits(0).says(message);
}

#[test]
fn no_operations_are_said() {
    unusable(
        r#"{"openapi": "3.0.0", "info": {"title": "x", "version": "1"}, "paths": {}}"#,
        "the document describes no operation",
    );
}

#[test]
fn a_missing_file_is_said() {
    let project = Project::new(SPEC);
    project
        .run(&["generate", "missing.json", "--out", "out"])
        .exits(1)
        .says("cannot read missing.json: No such file");
}

#[test]
fn standard_input_is_read() {
    use std::io::Write;
    use std::process::Stdio;
    let project = Project::new(SPEC);
    let mut child = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .args(["generate", "-", "--out", "out"])
        .current_dir(project.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(SPEC.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    Run(output).exits(0).says("<stdin>: 1 of 1 operations");
}

#[test]
#[cfg(unix)]
fn devices_and_pipes_are_no_documents() {
    let project = Project::new(SPEC);
    let pipe = project.folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for spec in ["/dev/zero", "pipe"] {
        let run = project.run(&["generate", spec, "--out", "out"]);
        run.exits(1).says("it is no regular file");
    }
    project
        .run(&["generate", ".", "--out", "out"])
        .exits(1)
        .says("it is a folder");
    let config = [
        "generate",
        "openapi.json",
        "--out",
        "out",
        "--config",
        "pipe",
    ];
    project.run(&config).exits(1).says("it is no regular file");
    std::fs::rename(&pipe, project.folder.path().join("part.json")).unwrap();
    let spec = SPEC.replace("#/components/schemas/Moment", "part.json");
    project.write("openapi.json", &spec);
    project.generate().exits(0).says("it is no regular file");
}

#[test]
fn a_document_that_is_too_large_is_refused_before_it_is_read() {
    let project = Project::new(SPEC);
    let file = std::fs::File::create(project.folder.path().join("large.json")).unwrap();
    // It takes no room on the disk.
    file.set_len(3 << 30).unwrap();
    let run = project.run(&["generate", "large.json", "--out", "out"]);
    run.exits(1).says("it has more than 134217728 bytes");
}
