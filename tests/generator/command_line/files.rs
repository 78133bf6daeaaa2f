//! What the program writes, and what it leaves.

use super::*;

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
