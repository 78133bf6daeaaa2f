//! Names of the crate and its client: package, version, environment variables.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use heck::{ToKebabCase, ToShoutySnakeCase};
use semver::Version;

use super::ident::{join_snake, snake, type_ident};
use super::namespace::{Namespace, numbered};
use super::words::{spelled, words};
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::named::{
    Client, FieldName, FunctionName, Package, Scheme, Server, ServerVariable, VariantName,
};
use crate::pointer::Pointer;
use crate::terms;

/// What Cargo has to know, valid whatever the document says.
pub(super) fn package(info: &terms::Info, config: &Config) -> Package {
    let subject = subject(&info.title);
    let name = config.name.as_deref().unwrap_or(&info.title);
    let version = config.version.as_deref().unwrap_or(&info.version);
    let license = config.license.as_ref().or(info.license.as_ref());
    Package {
        name: package_name(name),
        version: semantic_version(version).to_string(),
        description: format!("Rust client of the {subject}"),
        subject,
        license: license
            .filter(|name| config.license.is_some() || is_spdx(name))
            .cloned(),
        runtime: runtime(config),
        examples: config.examples.clone(),
        notes: None,
    }
}

/// The way to the runtime, with the separators that Cargo takes everywhere.
fn runtime(config: &Config) -> Option<String> {
    let folder = config.runtime_path.as_deref()?;
    let path = match &config.out {
        Some(out) => relative(folder, out),
        None => folder.to_path_buf(),
    };
    Some(path.to_string_lossy().replace('\\', "/"))
}

/// The way from one folder to another.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let (to, from) = (normal(to), normal(from));
    let common = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| PathBuf::from(".."));
    up.chain(to.iter().skip(common).cloned()).collect()
}

/// The components of a path from the root, `.` and `..` resolved.
fn normal(path: &Path) -> Vec<PathBuf> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut components = Vec::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                components.pop();
            }
            other => components.push(PathBuf::from(other.as_os_str())),
        }
    }
    components
}

/// What to call the API in a sentence, behind "the".
fn subject(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if first.eq_ignore_ascii_case("the") => rest,
        words => words,
    };
    let says_api = |word: &&str| ["api", "apis"].contains(&word.to_lowercase().as_str());
    match words.iter().any(says_api) {
        true => words.join(" "),
        false => [words, &["API"]].concat().join(" "),
    }
}

/// Names that a crate cannot have, because a path that starts with them means something else.
const OTHER_CRATES: [&str; 12] = [
    "alloc",
    "clientsmith-runtime",
    "core",
    "crate",
    "proc-macro",
    "runtime",
    "self",
    "std",
    "super",
    "test",
    "tokio",
    "types",
];

/// A name that Cargo takes: lower case, words joined by `-`, a letter first.
fn package_name(text: &str) -> String {
    let kept: String = text.to_kebab_case();
    let kept: String = kept
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let kept = kept.trim_matches('-');
    if OTHER_CRATES.contains(&kept) {
        return format!("{kept}-client");
    }
    match kept.chars().next() {
        None => "api-client".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{kept}"),
        Some(_) => kept.to_owned(),
    }
}

/// The version that the document means: `v1.2` is 1.2.0, `2024-05-01` is 2024.5.1.
fn semantic_version(text: &str) -> Version {
    let text = text.trim().trim_start_matches(['v', 'V']);
    if let Ok(version) = Version::parse(text) {
        return version;
    }
    let mut numbers = text
        .split(['.', '-', '_'])
        .map_while(|part| part.parse::<u64>().ok());
    match numbers.next() {
        None => Version::new(0, 1, 0),
        Some(major) => Version::new(
            major,
            numbers.next().unwrap_or_default(),
            numbers.next().unwrap_or_default(),
        ),
    }
}

/// Whether a licence's name in the document is one that crates.io accepts.
fn is_spdx(name: &str) -> bool {
    const COMMON: [&str; 12] = [
        "0BSD",
        "AGPL-3.0-only",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "GPL-3.0-only",
        "ISC",
        "LGPL-3.0-only",
        "MIT",
        "MPL-2.0",
        "Unlicense",
    ];
    COMMON.contains(&name)
}

/// The client: its base URL, its environment variables, its ways to authenticate.
pub(super) fn client(
    api: &ir::Api,
    package: &Package,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Client {
    let env_prefix = config
        .env
        .clone()
        .unwrap_or_else(|| package.name.to_shouty_snake_case());
    let mut scope = Namespace::with(&SETTINGS);
    let mut variables = HashSet::from([format!("{env_prefix}_BASE_URL")]);
    let mut schemes = Vec::with_capacity(api.schemes.len());
    for scheme in &api.schemes {
        let wanted = snake(&spelled(&scheme.name));
        let substitutes = std::iter::once(join_snake(&wanted, "credential"));
        let substitutes = substitutes.chain(numbered(&wanted, "_"));
        let setter = scope.take(&wanted, substitutes);
        let mut beside = |suffix: &str| {
            let wanted = join_snake(&setter, suffix);
            let rust = scope.take(&wanted, numbered(&wanted, "_"));
            FunctionName::new(&scheme.name, rust, &scheme.at)
        };
        let fetched = scheme.kind != terms::SchemeKind::Basic;
        let has_client = matches!(
            &scheme.kind,
            terms::SchemeKind::OAuth2 { token_url: Some(_) }
        );
        schemes.push(Scheme {
            provider: fetched.then(|| beside("provider")),
            client: has_client.then(|| beside("client")),
            setter: FunctionName::new(&scheme.name, setter, &scheme.at),
            kind: scheme.kind.clone(),
            description: scheme.description.clone(),
            env: match (api.schemes.len(), &scheme.kind) {
                (1, terms::SchemeKind::Basic) => env_prefix.clone(),
                (1, _) => format!("{env_prefix}_API_KEY"),
                _ => variable(&env_prefix, scheme, &mut variables),
            },
        });
    }
    let default = api.servers.first().map(default_url);
    let (base_url, base_path) = match default {
        Some(url) if is_absolute(&url) => (Some(url), None),
        relative => (None, relative.filter(|path| !path.is_empty())),
    };
    Client {
        base_url,
        base_path,
        servers: servers(api, diagnostics),
        schemes,
        security: known_security(&api.security, api),
        idempotency_header: config
            .idempotency_header
            .clone()
            .unwrap_or_else(|| "Idempotency-Key".to_owned()),
        env_prefix,
    }
}

/// The environment variable of one of several schemes, distinct from all others.
fn variable(prefix: &str, scheme: &ir::SecurityScheme, taken: &mut HashSet<String>) -> String {
    let name = scheme.name.to_shouty_snake_case();
    let name = match name.is_ascii() && !name.is_empty() {
        true => name,
        // Not every shell can set a variable whose name is not ASCII.
        false => "API_KEY".to_owned(),
    };
    let wanted = format!("{prefix}_{name}");
    let others = (2..).map(|number: usize| format!("{wanted}_{number}"));
    let mut candidates = [wanted.clone(), format!("{wanted}_KEY")]
        .into_iter()
        .chain(others);
    let is_basic = scheme.kind == terms::SchemeKind::Basic;
    let mut free = |name: &String| match is_basic {
        true => {
            let parts = ["USERNAME", "PASSWORD"].map(|part| format!("{name}_{part}"));
            let is_free = parts.iter().all(|part| !taken.contains(part)) && !taken.contains(name);
            is_free.then(|| taken.extend(parts)).is_some() && taken.insert(name.clone())
        }
        false => taken.insert(name.clone()),
    };
    candidates.find(&mut free).unwrap_or(wanted)
}

/// Methods that the builder has anyway.
const SETTINGS: [&str; 19] = [
    "allow_plain_http",
    "attempt_timeout",
    "base_url",
    "build",
    "clock",
    "clone",
    "connect_timeout",
    "from_env",
    "idle_timeout",
    "interceptor",
    "into",
    "max_response_bytes",
    "new",
    "retry",
    "retry_budget",
    "server",
    "timeout",
    "transport",
    "user_agent",
];

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A server's URL with the default of each variable.
pub(crate) fn default_url(server: &ir::Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url
}

/// The alternatives whose schemes are all declared. One with an undeclared scheme cannot be met; if no other is
/// left, nothing is required, because the document does not say how to authenticate.
pub(super) fn known_security(security: &terms::Security, api: &ir::Api) -> terms::Security {
    let known = |name: &String| api.schemes.iter().any(|scheme| scheme.name == *name);
    let alternatives = security.iter().filter(|schemes| schemes.iter().all(known));
    alternatives.cloned().collect()
}

/// The servers as variants of an enum, if there is a choice.
fn servers(api: &ir::Api, diagnostics: &mut Diagnostics) -> Vec<Server> {
    let absolute: Vec<&ir::Server> = api
        .servers
        .iter()
        .filter(|server| is_absolute(&server.url))
        .collect();
    let choice = absolute.len() > 1 || absolute.iter().any(|server| !server.variables.is_empty());
    if !choice {
        return Vec::new();
    }
    let at = Pointer::root().child("servers");
    let mut scope = Namespace::default();
    let mut named = Vec::with_capacity(absolute.len());
    for server in absolute {
        let wanted = type_ident(&server_label(server));
        let rust = scope.claim(&wanted, numbered(&wanted, ""), &at, diagnostics);
        let mut fields = Namespace::default();
        let variables = server.variables.iter().map(|variable| {
            let wanted = snake(&spelled(&variable.name));
            let rust = fields.take(&wanted, numbered(&wanted, "_"));
            ServerVariable {
                name: FieldName::new(&variable.name, rust, &at),
                default: variable.default.clone(),
                values: variable.values.clone(),
                description: variable.description.clone(),
            }
        });
        named.push(Server {
            variables: variables.collect(),
            name: VariantName::new(&server.url, rust, &at),
            url: server.url.clone(),
            description: server.description.clone(),
        });
    }
    named
}

/// What to call a server: its description if that is a name, else its host.
fn server_label(server: &ir::Server) -> String {
    const FEW: usize = 4;
    let description = server
        .description
        .as_deref()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('.');
    let words = words(description).len();
    if (1..=FEW).contains(&words) {
        return description.to_owned();
    }
    let host = server.url.split("://").nth(1).unwrap_or(&server.url);
    host.split('/')
        .next()
        .unwrap_or(host)
        .replace(['{', '}'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_made_of_what_the_document_says() {
        for (text, version) in [
            ("1.0.0", "1.0.0"),
            ("v1", "1.0.0"),
            ("2024-05-01", "2024.5.1"),
            ("1.2.3.4", "1.2.3"),
            ("3.1.0-beta.1", "3.1.0-beta.1"),
            ("latest", "0.1.0"),
            ("", "0.1.0"),
        ] {
            assert_eq!(semantic_version(text).to_string(), version, "{text}");
        }
    }

    #[test]
    fn a_title_can_stand_in_a_sentence() {
        assert_eq!(subject("Fleece AI API"), "Fleece AI API");
        assert_eq!(subject("The Clock"), "Clock API");
        assert_eq!(subject(" "), "API");
    }

    #[test]
    fn a_package_name_is_one_that_cargo_takes() {
        for (text, name) in [
            ("Fleece AI API", "fleece-ai-api"),
            ("3D \"\n[dependencies]", "api-3d-dependencies"),
            ("中文", "api-client"),
        ] {
            assert_eq!(package_name(text), name);
        }
    }

    #[test]
    fn a_path_leads_from_the_crate_to_the_runtime() {
        let path = relative(Path::new("spec/../runtime"), Path::new("generated"));
        assert_eq!(path, Path::new("../runtime"));
        let path = relative(Path::new("/a/b"), Path::new("/a/b/c/d"));
        assert_eq!(path, Path::new("../.."));
    }
}
