//! Names of the crate and its client: package, version, environment variables.

use heck::{ToKebabCase, ToShoutySnakeCase};
use semver::Version;

use super::ident::snake;
use super::words::words;
use crate::config::Config;
use crate::ir;
use crate::named::{Client, FunctionName, Package, Scheme};

/// What Cargo has to know, valid whatever the document says.
pub(super) fn package(info: &ir::Info, config: &Config) -> Package {
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
    }
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

/// A name that Cargo takes: lower case, words joined by `-`, a letter first.
fn package_name(text: &str) -> String {
    let kept: String = text.to_kebab_case();
    let kept: String = kept
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let kept = kept.trim_matches('-');
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
pub(super) fn client(api: &ir::Api, package: &Package, config: &Config) -> Client {
    let env_prefix = config
        .env
        .clone()
        .unwrap_or_else(|| package.name.to_shouty_snake_case());
    let base_url = api
        .servers
        .first()
        .map(|server| server.url.trim_end_matches('/').to_owned());
    let schemes = api.schemes.iter().map(|scheme| Scheme {
        setter: FunctionName::new(&scheme.name, snake(&words(&scheme.name)), &scheme.at),
        kind: scheme.kind.clone(),
        description: scheme.description.clone(),
        env: match api.schemes.len() {
            1 => format!("{env_prefix}_API_KEY"),
            _ => format!("{env_prefix}_{}", scheme.name.to_shouty_snake_case()),
        },
    });
    Client {
        base_url: base_url.filter(|url| url.contains("://")),
        schemes: schemes.collect(),
        security: api.security.clone(),
        env_prefix,
    }
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
}
