//! The judges: the operating system, the compiler and rustdoc.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::options::Options;

/// No document that is small enough to be tried takes a tenth of this.
const MAX_TIME: Duration = Duration::from_secs(20);

/// How closely a document is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    Generated,
    Compiled,
    Documented,
}

impl Depth {
    pub(crate) fn of(number: usize, options: &Options) -> Self {
        let is_due = |every: usize| every > 0 && number % every == every - 1;
        match (is_due(options.document), is_due(options.compile)) {
            (true, _) => Self::Documented,
            (_, true) => Self::Compiled,
            _ => Self::Generated,
        }
    }
}

/// What is said of a document.
pub(crate) enum Verdict {
    /// It is no usable document, and the generator says why.
    Refused,
    Good,
    Fault(String),
}

/// The program, and what crates are compiled against.
pub(crate) struct Judge {
    program: PathBuf,
    /// Where documents and crates are put.
    folder: PathBuf,
    /// Libraries by their names.
    libraries: BTreeMap<String, PathBuf>,
    dependencies: PathBuf,
}

impl Judge {
    pub(crate) fn new(options: &Options) -> Result<Self, String> {
        std::fs::create_dir_all(&options.out).map_err(|error| error.to_string())?;
        let out = options
            .out
            .canonicalize()
            .map_err(|error| error.to_string())?;
        let target = out.join("build");
        let built = |arguments: &[&str]| build(&options.project, &target, arguments);
        let program = built(&["--package", "clientsmith", "--profile", "hardened"])?
            .into_iter()
            .find_map(|artifact| artifact.executable)
            .ok_or("cargo built no program")?;
        let mut libraries = BTreeMap::new();
        // Its examples need what examples of generated crates need.
        let of_root = built(&["--package", "fleece-ai", "--all-features", "--examples"])?;
        for artifact in of_root {
            libraries.extend(artifact.library.map(|path| (artifact.name.clone(), path)));
        }
        let dependencies = target.join("debug/deps");
        Ok(Self {
            program,
            folder: out.join("work"),
            libraries,
            dependencies,
        })
    }

    pub(crate) fn judge(&self, document: &Value, depth: Depth) -> Verdict {
        let _ = std::fs::remove_dir_all(&self.folder);
        let (spec, out) = (self.folder.join("openapi.json"), self.folder.join("crate"));
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::write(&spec, document.to_string()));
        if let Err(error) = written {
            return Verdict::Fault(format!("cannot write {}: {error}", spec.display()));
        }
        let mut generate = Command::new(&self.program);
        generate.arg("generate").arg(&spec).arg("--out").arg(&out);
        let output = match within(&mut generate, MAX_TIME) {
            Some(output) => output,
            None => return Verdict::Fault(format!("the generator took more than {MAX_TIME:?}")),
        };
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => {}
            Some(1) if !said.contains("error[E0901]") && said.contains("error[") => {
                return Verdict::Refused;
            }
            code => {
                return Verdict::Fault(format!(
                    "the generator ended with {code:?}\n{}",
                    tail(&said)
                ));
            }
        }
        match depth {
            Depth::Generated => Verdict::Good,
            Depth::Compiled => self.compiled(&out, &["rustc"]),
            Depth::Documented => self.compiled(&out, &["rustc", "rustdoc"]),
        }
    }

    /// The library and each example, by these tools.
    fn compiled(&self, out: &Path, tools: &[&str]) -> Verdict {
        let root = out.join("src/lib.rs");
        for tool in tools {
            if let Some(said) = self.tool(tool, &root, "lib", &[]) {
                return Verdict::Fault(said);
            }
        }
        let library = self.folder.join("libcrate_under_test.rmeta");
        let own = [(package(out), library)];
        let examples = std::fs::read_dir(out.join("examples"))
            .into_iter()
            .flatten()
            .flatten();
        for example in examples {
            if let Some(said) = self.tool("rustc", &example.path(), "bin", &own) {
                return Verdict::Fault(said);
            }
        }
        Verdict::Good
    }

    /// What a tool says against a file, if anything.
    fn tool(
        &self,
        tool: &str,
        file: &Path,
        kind: &str,
        own: &[(String, PathBuf)],
    ) -> Option<String> {
        let mut command = Command::new(tool);
        command.args([
            "--edition",
            "2024",
            "-D",
            "warnings",
            "--error-format",
            "short",
        ]);
        command.arg("--crate-type").arg(kind).arg(file).arg("-L");
        command.arg(format!("dependency={}", self.dependencies.display()));
        match (tool, kind) {
            ("rustdoc", _) => command.arg("-o").arg(self.folder.join("doc")),
            (_, "lib") => command.args(["--emit=metadata", "--crate-name", "crate_under_test"]),
            _ => command.args(["--emit=metadata", "--crate-name", "example_under_test"]),
        };
        if tool == "rustc" {
            command.arg("--out-dir").arg(&self.folder);
        }
        for feature in features(file) {
            command.arg("--cfg").arg(format!("feature=\"{feature}\""));
        }
        for name in ["clientsmith_runtime", "tokio"] {
            let path = self.libraries.get(name)?;
            command
                .arg("--extern")
                .arg(format!("{name}={}", path.display()));
        }
        for (name, path) in own {
            command
                .arg("--extern")
                .arg(format!("{name}={}", path.display()));
        }
        let output = within(&mut command, Duration::from_secs(300));
        let output = output.map_or_else(|| Err("it took too long".to_owned()), Ok);
        match output {
            Ok(output) if output.status.success() => None,
            Ok(output) => Some(format!(
                "{tool} {}\n{}",
                file.display(),
                head(&String::from_utf8_lossy(&output.stderr))
            )),
            Err(said) => Some(format!("{tool} {}: {said}", file.display())),
        }
    }
}

/// The features that the crate around a file has.
fn features(file: &Path) -> Vec<String> {
    let manifest = file
        .ancestors()
        .find_map(|folder| std::fs::read_to_string(folder.join("Cargo.toml")).ok());
    let manifest = manifest.unwrap_or_default();
    let (_, features) = manifest.split_once("[features]").unwrap_or_default();
    let features = features.lines().take_while(|line| !line.starts_with('['));
    let names = features
        .filter_map(|line| line.split_once(" = ["))
        .map(|(name, _)| name.trim().trim_matches('"').to_owned());
    names
        .filter(|name| name != "default" && !name.starts_with('#'))
        .collect()
}

/// What the library of a crate is called.
fn package(out: &Path) -> String {
    let manifest = std::fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    let name = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \""))
        .unwrap_or_default();
    name.trim_end_matches('"').replace('-', "_")
}

/// Something that cargo built.
struct Artifact {
    name: String,
    executable: Option<PathBuf>,
    library: Option<PathBuf>,
}

fn build(project: &Path, target: &Path, arguments: &[&str]) -> Result<Vec<Artifact>, String> {
    let mut command = Command::new("cargo");
    command
        .current_dir(project)
        .args(["build", "--locked", "--message-format", "json"])
        .args(arguments);
    command
        .arg("--target-dir")
        .arg(target)
        .stderr(Stdio::inherit());
    command.args([
        "--config",
        "profile.hardened.inherits='release'",
        "--config",
        "profile.hardened.debug-assertions=true",
    ]);
    command.args(["--config", "profile.hardened.overflow-checks=true"]);
    let output = command
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("cargo could not build what is judged".to_owned());
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    Ok(messages.lines().filter_map(artifact).collect())
}

fn artifact(line: &str) -> Option<Artifact> {
    let message: Value = serde_json::from_str(line).ok()?;
    let target = message.get("target")?;
    let files = message.get("filenames")?.as_array()?;
    let library = files
        .iter()
        .filter_map(Value::as_str)
        .find(|file| file.ends_with(".rlib"));
    Some(Artifact {
        name: target.get("name")?.as_str()?.replace('-', "_"),
        executable: message
            .get("executable")
            .and_then(Value::as_str)
            .map(PathBuf::from),
        library: library.map(PathBuf::from),
    })
}

/// What a program says, unless it takes too long.
fn within(command: &mut Command, limit: Duration) -> Option<Output> {
    let started = Instant::now();
    let piped = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = piped.spawn().ok()?;
    let mut pipe = child.stderr.take()?;
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        let _ = std::io::Read::read_to_end(&mut pipe, &mut said);
        said
    });
    loop {
        if let Some(status) = child.try_wait().ok()? {
            let stderr = reader.join().ok()?;
            return Some(Output {
                status,
                stdout: Vec::new(),
                stderr,
            });
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn head(text: &str) -> String {
    text.lines().take(12).collect::<Vec<_>>().join("\n")
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
