//! The program as a user runs it: exit status, what it says, what it writes and what it leaves.

mod files;
mod messages;

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
