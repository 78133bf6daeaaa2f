//! What a model and an operation cost the compiler, by the shape of the code: synthetic crates,
//! compiled cold.
//!
//! `cargo bench --bench shapes` prints the tables of BENCHMARKS.md. Times are CPU seconds of rustc for
//! the one crate; its dependencies are built before.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODELS: usize = 1000;
const OPERATIONS: usize = 1000;
const MODELS_OF_OPERATIONS: usize = 300;

/// What every model derives, unless its table does that.
const USUAL: &str = "Debug, Clone, PartialEq";

/// Name, type and whether it is required; `NEXT` is another model.
const FIELDS: [(&str, &str, bool); 12] = [
    ("id", "String", true),
    ("name", "String", true),
    ("kind", "String", true),
    ("at", "i64", true),
    ("title", "String", false),
    ("note", "String", false),
    ("icon", "String", false),
    ("model", "String", false),
    ("count", "i64", false),
    ("score", "f64", false),
    ("items", "Vec<NEXT>", false),
    ("parent", "NEXT", false),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Workspace::new(root);
    println!("| {MODELS} structs with 12 fields | check | release |\n|---|---|---|");
    workspace.measure(
        "plain",
        "plain structs",
        "",
        &models(MODELS, USUAL, |_, _| String::new()),
    );
    let derive = format!("{USUAL}, serde::Serialize, serde::Deserialize");
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\n";
    let attribute = |index: usize, _: usize| {
        let (name, _, required) = FIELDS[index];
        let skip = if required {
            ""
        } else {
            ", skip_serializing_if = \"Option::is_none\""
        };
        format!("#[serde(rename = \"{name}X\"{skip})] ")
    };
    workspace.measure(
        "derive",
        "serde derive",
        serde,
        &models(MODELS, &derive, attribute),
    );
    let generic = tables(
        &models(MODELS, USUAL, |_, _| String::new()),
        MODELS,
        "generic::object",
        "",
    );
    let dependencies = "generic = { path = \"../generic\" }\nserde = \"1\"\n";
    workspace.measure(
        "macro_generic",
        "macro, generic over the deserializer",
        dependencies,
        &generic,
    );
    let import = "use clientsmith_runtime::__private::v1::object;\n";
    let ours = tables(
        &models(MODELS, "", |_, _| String::new()),
        MODELS,
        "object",
        import,
    );
    workspace.measure(
        "macro_dyn",
        "macro, `dyn` (taken)",
        &workspace.runtime(),
        &ours,
    );

    println!(
        "\n| {OPERATIONS} operations, {MODELS_OF_OPERATIONS} models | check | release |\n|---|---|---|"
    );
    let models = models(MODELS_OF_OPERATIONS, "", |_, _| String::new());
    let models = tables(&models, MODELS_OF_OPERATIONS, "object", import);
    workspace.measure("models_only", "models only", &workspace.runtime(), &models);
    for (name, title, with) in [
        (
            "operations_bare",
            "request structs with `send`",
            Operations::Bare,
        ),
        (
            "operations_full",
            "the same with `operation!` (taken)",
            Operations::Full,
        ),
        (
            "operations_async",
            "the same with `async fn send`",
            Operations::Async,
        ),
    ] {
        let code = format!("mod types {{\n{models}}}\n{}", operations(with));
        workspace.measure(name, title, &workspace.runtime(), &code);
    }
}

/// Where the synthetic crates are written and compiled.
struct Workspace {
    root: PathBuf,
    folder: PathBuf,
}

impl Workspace {
    fn new(root: &Path) -> Self {
        let folder = root.join("target/shapes");
        let workspace = Self {
            root: root.to_path_buf(),
            folder,
        };
        let generic = fs::read_to_string(root.join("benches/shapes/generic.rs")).unwrap();
        workspace.write("generic", "serde = \"1\"\n", &generic);
        workspace
    }

    fn runtime(&self) -> String {
        let path = self.root.join("runtime");
        format!("clientsmith-runtime = {{ path = {path:?}, default-features = false }}\n")
    }

    fn write(&self, name: &str, dependencies: &str, code: &str) -> PathBuf {
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("src/lib.rs"), code).unwrap();
        folder
    }

    /// Compiles a crate twice, cold, and prints the time of the second.
    fn measure(&self, name: &str, title: &str, dependencies: &str, code: &str) {
        let folder = self.write(name, dependencies, code);
        let mut row = format!("| {title} ");
        for command in ["check", "build --release"] {
            self.compile(&folder, command);
            fs::write(folder.join("src/lib.rs"), format!("{code}\n")).unwrap();
            let _ = write!(row, "| {:.1} ", self.compile(&folder, command));
        }
        println!("{row}|");
    }

    /// The CPU seconds of one run of cargo.
    fn compile(&self, folder: &Path, command: &str) -> f64 {
        let script = format!("cargo {command} --quiet 2>&1; times");
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("error"), "{text}");
        // `0m1.20s 0m0.30s`: user and system time of the shell's children.
        text.lines()
            .last()
            .unwrap()
            .split_whitespace()
            .map(seconds)
            .sum()
    }
}

fn seconds(text: &str) -> f64 {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
}

/// The declarations of models, each with these derives and attributes.
fn models(count: usize, derive: &str, attribute: impl Fn(usize, usize) -> String) -> String {
    let mut code = String::new();
    for model in 0..count {
        let _ = writeln!(code, "#[derive({derive})]\npub struct M{model} {{");
        for (index, (name, ty, required)) in FIELDS.iter().enumerate() {
            // Chains of 50: rustc gives up on types that nest deeper than 128.
            let next = if model % 50 == 0 {
                "String".to_owned()
            } else {
                format!("M{}", model - 1)
            };
            let ty = ty.replace("NEXT", &next);
            let ty = if *required {
                ty
            } else {
                format!("Option<{ty}>")
            };
            let _ = writeln!(code, "    {}pub {name}: {ty},", attribute(index, model));
        }
        code.push_str("}\n");
    }
    code
}

/// The same with a table below for each.
fn tables(models: &str, count: usize, name: &str, head: &str) -> String {
    let mut code = format!("{head}{models}");
    for model in 0..count {
        let _ = writeln!(code, "{name}! {{ M{model} {{");
        for (name, _, required) in FIELDS {
            let presence = if required { "required" } else { "optional" };
            let _ = writeln!(code, "    {name} = \"{name}X\" {presence},");
        }
        code.push_str("} }\n");
    }
    code
}

#[derive(Clone, Copy, PartialEq)]
enum Operations {
    Bare,
    Full,
    Async,
}

/// Twenty groups of operations, each with three setters and one of two error types.
fn operations(with: Operations) -> String {
    let mut code = String::new();
    for group in 0..20 {
        let _ = writeln!(
            code,
            "pub mod g{group} {{\n\
             use super::types;\n\
             use clientsmith_runtime::__private::v1::{{Core, Method, api_error, operation}};\n\
             use clientsmith_runtime::{{Call, Error, Pending, Reply}};"
        );
        for error in 0..2 {
            let _ = writeln!(
                code,
                "#[derive(Debug, Clone, PartialEq)]\npub enum E{error} {{ A(Reply<types::M1>), B(Reply<types::M2>) }}\n\
                 api_error! {{ E{error} {{ 401 => A, 404 => B, }} }}"
            );
        }
        code.push_str("#[derive(Debug, Clone)]\npub struct Group { client: Core }\nimpl Group {\n");
        let per_group = OPERATIONS / 20;
        for index in 0..per_group {
            let model = (group * per_group + index) % MODELS_OF_OPERATIONS;
            let _ = writeln!(
                code,
                "#[inline]\npub fn o{index}(&self, id: &str, body: types::M{model}) -> Op{index} {{\n\
                 Op{index}(Call::new(&self.client, Method::POST, \"/a/{{id}}/b\", &[&id]).json(&body)) }}"
            );
        }
        code.push_str("}\n");
        for index in 0..per_group {
            let model = (group * per_group + index) % MODELS_OF_OPERATIONS;
            code.push_str(&operation(index, model, with));
        }
        code.push_str("}\n");
    }
    code.replace(
        ", operation}",
        if with == Operations::Full {
            ", operation}"
        } else {
            "}"
        },
    )
    .replace(
        ", Error, Pending",
        if with == Operations::Async {
            ", Error"
        } else {
            ", Pending"
        },
    )
}

fn operation(index: usize, model: usize, with: Operations) -> String {
    let error = index % 2;
    let derive = match with {
        Operations::Full => "",
        Operations::Bare | Operations::Async => "#[derive(Debug, Clone)]\n",
    };
    let mut code = format!("{derive}#[must_use]\npub struct Op{index}(Call);\nimpl Op{index} {{\n");
    for name in ["limit", "page", "order"] {
        let _ = writeln!(
            code,
            "#[inline]\npub fn {name}(self, {name}: i64) -> Self {{ Self(self.0.query(\"{name}\", &{name})) }}"
        );
    }
    let _ = match with {
        Operations::Async => writeln!(
            code,
            "pub async fn send(self) -> Result<types::M{model}, Error<E{error}>> {{ self.0.send().await }}\n}}"
        ),
        Operations::Bare | Operations::Full => writeln!(
            code,
            "#[inline]\npub fn send(self) -> Pending<types::M{model}, E{error}> {{ self.0.send() }}\n}}"
        ),
    };
    if with == Operations::Full {
        let _ = writeln!(code, "operation!(Op{index}, types::M{model}, E{error});");
    }
    code
}
