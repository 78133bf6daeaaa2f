//! The program as a user runs it: exit status, what it says, what it writes and what it leaves.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

const SPEC: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Clock", "version": "1.0.0"},
  "servers": [{"url": "https://clock.example"}],
  "paths": {
    "/now": {
      "get": {
        "operationId": "getNow",
        "tags": ["Time"],
        "responses": {
          "200": {
            "description": "The time.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Moment"}}}
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Moment": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}
    }
  }
}
"##;

/// A folder with a document, and the program to run on it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new(spec: &str) -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        project.write("openapi.json", spec);
        project
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    fn write(&self, relative: &str, contents: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).unwrap()
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Run {
        let program = env!("CARGO_BIN_EXE_clientsmith");
        let mut command = Command::new(program);
        Run(command
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap())
    }

    fn generate(&self) -> Run {
        self.run(&["generate", "openapi.json", "--out", "out"])
    }

    /// The files below a folder, with their contents and times of change.
    fn files(&self, relative: &str) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut files = BTreeMap::new();
        collect(&self.path(relative), &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, (Vec<u8>, SystemTime)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let changed = path.metadata().unwrap().modified().unwrap();
            files.insert(path.clone(), (fs::read(path).unwrap(), changed));
        }
    }
}

/// What came of a run.
struct Run(Output);

impl Run {
    #[track_caller]
    fn exits(self, status: i32) -> Self {
        assert_eq!(
            self.0.status.code(),
            Some(status),
            "{}{}",
            self.stdout(),
            self.stderr()
        );
        self
    }

    fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        let said = format!("{}{}", self.stdout(), self.stderr());
        assert!(said.contains(text), "expected {text:?} in:\n{said}");
        self
    }
}

#[test]
fn a_crate_is_written() {
    let project = Project::new(SPEC);
    let run = project
        .generate()
        .exits(0)
        .says("1 of 1 operations, 1 types; no errors, no warnings");
    assert!(run.stderr().is_empty(), "{}", run.stderr());
    let files: Vec<String> = project
        .files("out")
        .keys()
        .map(|path| {
            path.strip_prefix(project.path("out"))
                .unwrap()
                .display()
                .to_string()
        })
        .collect();
    assert_eq!(
        files,
        [
            ".clientsmith.json",
            "Cargo.toml",
            "README.md",
            "examples/get_now.rs",
            "rustfmt.toml",
            "src/client.rs",
            "src/lib.rs",
            "src/time.rs",
            "src/types.rs",
        ]
    );
    assert!(
        project
            .read("out/Cargo.toml")
            .contains("name = \"clock\"\n")
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let project = Project::new(SPEC);
    project.generate().exits(0);
    let before = project.files("out");
    project
        .generate()
        .exits(0)
        .says("0 files written, 8 unchanged, 0 removed");
    assert_eq!(project.files("out"), before);
}

#[test]
fn only_what_changes_is_written() {
    let project = Project::new(SPEC);
    project.generate().exits(0);
    let before = project.files("out");
    project.write(
        "openapi.json",
        &SPEC.replace("The time.", "What time it is."),
    );
    project.generate().exits(0).says("0 files written");
    project.write("openapi.json", &SPEC.replace("\"at\"", "\"when\""));
    project
        .generate()
        .exits(0)
        .says("1 file written, 7 unchanged");
    let after = project.files("out");
    let changed = |path: &&PathBuf| before[*path] != after[*path];
    let changed: Vec<&PathBuf> = after.keys().filter(changed).collect();
    assert_eq!(
        changed,
        [
            &project.path("out/.clientsmith.json"),
            &project.path("out/src/types.rs")
        ]
    );
}

#[test]
fn a_file_that_is_not_needed_any_more_is_removed() {
    let project = Project::new(SPEC);
    project.generate().exits(0);
    project.write("openapi.json", &SPEC.replace("\"Time\"", "\"Clock\""));
    project.generate().exits(0).says("1 removed");
    assert!(!project.path("out/src/time.rs").exists());
    assert!(project.path("out/src/clock.rs").exists());
}

#[test]
fn check_shows_a_diff_and_writes_nothing() {
    let project = Project::new(SPEC);
    let check = ["generate", "openapi.json", "--out", "out", "--check"];
    project.run(&check).exits(1);
    assert!(!project.path("out").exists());

    project.generate().exits(0);
    project
        .run(&check)
        .exits(0)
        .says("would be 0 files written");

    project.write("openapi.json", &SPEC.replace("\"at\"", "\"when\""));
    let before = project.files("out");
    project
        .run(&check)
        .exits(1)
        .says("--- out/src/types.rs\n+++ out/src/types.rs (generated)\n")
        .says("-    pub at: Option<Timestamp>,\n+    pub when: Option<Timestamp>,\n");
    assert_eq!(project.files("out"), before);
}

#[test]
fn check_notices_an_edit() {
    let project = Project::new(SPEC);
    project.generate().exits(0);
    let edited = project
        .read("out/src/types.rs")
        .replace("pub struct", "struct");
    project.write("out/src/types.rs", &edited);
    let check = ["generate", "openapi.json", "--out", "out", "--check"];
    project.run(&check).exits(1).says("+pub struct Moment {");
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = Project::new(SPEC);
    let dry_run = ["generate", "openapi.json", "--out", "out", "--dry-run"];
    project
        .run(&dry_run)
        .exits(0)
        .says("would be 8 files written");
    assert!(!project.path("out").exists());
}

#[test]
fn an_edited_file_is_not_overwritten_unless_forced() {
    let project = Project::new(SPEC);
    project.generate().exits(0);
    project.write("out/src/types.rs", "// mine\n");
    project.write("openapi.json", &SPEC.replace("getNow", "readNow"));
    let before = project.files("out");
    project
        .generate()
        .exits(1)
        .says("out/src/types.rs was edited by hand")
        .says("--force");
    assert_eq!(project.files("out"), before);

    let force = ["generate", "openapi.json", "--out", "out", "--force"];
    project.run(&force).exits(0);
    assert!(
        project
            .read("out/src/types.rs")
            .contains("pub struct Moment")
    );
}

#[test]
fn a_foreign_file_is_never_touched() {
    let project = Project::new(SPEC);
    project.write("out/src/lib.rs", "// mine\n");
    project.write("out/src/other.rs", "// mine, too\n");
    let before = project.files("out");
    for arguments in [
        &["generate", "openapi.json", "--out", "out"][..],
        &["generate", "openapi.json", "--out", "out", "--force"],
    ] {
        let run = project.run(arguments).exits(1);
        run.says("out/src/lib.rs is in the way, and clientsmith did not write it");
        assert_eq!(project.files("out"), before);
    }

    fs::remove_file(project.path("out/src/lib.rs")).unwrap();
    project.generate().exits(0);
    assert_eq!(project.read("out/src/other.rs"), "// mine, too\n");
}

#[test]
fn an_own_file_is_the_users() {
    let project = Project::new(SPEC);
    project.write("clientsmith.toml", "own = [\"Cargo.toml\"]\n");
    project.write("out/Cargo.toml", "# mine\n");
    project.generate().exits(0);
    assert_eq!(project.read("out/Cargo.toml"), "# mine\n");
}

#[test]
fn the_configuration_names_the_rest() {
    let project = Project::new(SPEC);
    let config =
        "spec = \"openapi.json\"\nout = \"crates/clock\"\nname = \"my-clock\"\nenv = \"TICK\"\n";
    project.write("clientsmith.toml", config);
    project.run(&["generate"]).exits(0);
    assert!(
        project
            .read("crates/clock/Cargo.toml")
            .contains("name = \"my-clock\"")
    );
    assert!(
        project
            .read("crates/clock/src/client.rs")
            .contains("TICK_BASE_URL")
    );
    let flags = ["generate", "--name", "other", "--out", "elsewhere"];
    project.run(&flags).exits(0);
    assert!(
        project
            .read("elsewhere/Cargo.toml")
            .contains("name = \"other\"")
    );
}

#[test]
fn files_of_the_configuration_stay_in_the_crate() {
    let project = Project::new(SPEC);
    project.write("more.rs", "fn main() {}\n");
    project.write(
        "clientsmith.toml",
        "[files]\n\"examples/more.rs\" = \"more.rs\"\n",
    );
    project.generate().exits(0);
    assert_eq!(project.read("out/examples/more.rs"), "fn main() {}\n");
    for path in ["../more.rs", "/tmp/more.rs", ""] {
        project.write(
            "clientsmith.toml",
            &format!("[files]\n\"{path}\" = \"more.rs\"\n"),
        );
        project
            .generate()
            .exits(1)
            .says("which is not inside the crate");
    }
}

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
fn an_unwritable_folder_is_said_and_left_as_it_was() {
    let project = Project::new(SPEC);
    // A file stands where a folder must be: that fails for every user, root included.
    project.write("out/src", "in the way\n");
    let before = project.files("out");
    project
        .generate()
        .exits(1)
        .says("cannot be written: a file stands where its folder must be");
    assert!(project.files("out") == before);
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

#[test]
fn files_of_the_user_take_the_place_of_no_generated_file() {
    let project = Project::new(SPEC);
    project.write("mine.rs", "// mine\n");
    for (path, why) in [
        ("src/lib.rs", "where the generated `src/lib.rs` is"),
        ("SRC/LIB.RS", "where the generated `src/lib.rs` is"),
        ("src", "where the generated"),
        ("Cargo.toml/mine.rs", "where the generated `Cargo.toml` is"),
        (".clientsmith.json", "where clientsmith keeps what it wrote"),
        ("../mine.rs", "which is not inside the crate"),
    ] {
        project.write(
            "clientsmith.toml",
            &format!("[files]\n\"{path}\" = \"mine.rs\"\n"),
        );
        project.generate().exits(1).says(why);
        assert!(!project.folder.path().join("out").exists());
    }
}
