//! The manifest of the crate, written by a TOML serializer: whatever the document holds, it stays
//! inside its string.

use std::collections::HashSet;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::example;
use crate::named::{Api, Brings};
use crate::print::{self, File};
use crate::terms::Scalar;
use crate::text::one_line;

/// The version of the runtime that the emitted code is written for.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// `Cargo.toml`.
pub(super) fn cargo_toml(api: &Api) -> File {
    let mut manifest = DocumentMut::new();
    manifest["package"] = Item::Table(package(api));
    // Code blocks in descriptions are words of the API, not tests of the crate.
    let mut library = Table::new();
    library["doctest"] = value(false);
    manifest["lib"] = Item::Table(library);
    manifest["features"] = Item::Table(features(api));
    let examples = gated_examples(api);
    if !examples.is_empty() {
        manifest["example"] = Item::ArrayOfTables(examples);
    }
    let mut dependencies = Table::new();
    dependencies["clientsmith-runtime"] = value(runtime(api));
    manifest["dependencies"] = Item::Table(dependencies);
    let mut dev_dependencies = Table::new();
    dev_dependencies["tokio"] = value(tokio());
    manifest["dev-dependencies"] = Item::Table(dev_dependencies);
    File::toml(print::Path::of("Cargo.toml"), &manifest)
}

/// A text of the document or of the user. The serializer keeps it within its quotes; here it loses what TOML
/// cannot hold.
fn text(text: &str) -> Item {
    value(one_line(text).as_ref())
}

fn package(api: &Api) -> Table {
    let package = &api.package;
    let mut table = Table::new();
    table["name"] = text(&package.name);
    table["version"] = text(&package.version);
    table["description"] = text(&package.description);
    if let Some(license) = &package.license {
        table["license"] = text(license);
    }
    table["readme"] = value("README.md");
    table["edition"] = value("2024");
    table["rust-version"] = value("1.85");
    table
}

/// The features: those of the runtime in tiers, and one for each group of operations if they are many.
fn features(api: &Api) -> Table {
    let mut table = Table::new();
    let names = api.features.iter().map(|feature| feature.name.as_str());
    table["default"] = value(list(["reqwest"].into_iter().chain(names)));
    for (comment, feature, enables) in [
        (
            "# Transports: without one, a client is built with its own.\n",
            "reqwest",
            "clientsmith-runtime/reqwest",
        ),
        ("", "blocking", "clientsmith-runtime/blocking"),
        (
            "# What the transports can do beyond the plain protocol.\n",
            "gzip",
            "clientsmith-runtime/gzip",
        ),
        ("", "http2", "clientsmith-runtime/http2"),
        (
            "# A span for each call, by OpenTelemetry's names.\n",
            "tracing",
            "clientsmith-runtime/tracing",
        ),
        (
            "# Signatures of webhooks.\n",
            "webhooks",
            "clientsmith-runtime/webhooks",
        ),
        (
            "# Answers without a server, for tests.\n",
            "test-util",
            "clientsmith-runtime/test-util",
        ),
    ] {
        table[feature] = value(Array::from_iter([enables]));
        comment_on(&mut table, feature, comment);
    }
    let mut last = None;
    for feature in &api.features {
        table[&feature.name] = value(Array::new());
        if last.replace(feature.brings) != Some(feature.brings) {
            let comment = match feature.brings {
                Brings::Group => "# Operations, by tag.\n",
                Brings::Webhooks => "# What the API sends by itself.\n",
                Brings::UnusedTypes => "# Types that no operation needs.\n",
            };
            comment_on(&mut table, &feature.name, comment);
        }
    }
    table
}

/// The examples that call something which a feature brings.
fn gated_examples(api: &Api) -> ArrayOfTables {
    let examples = example::examples(api).into_iter();
    let examples = examples.filter_map(|example| {
        let mut table = Table::new();
        table["name"] = text(&example.program());
        table["required-features"] = value(Array::from_iter([example.feature()?]));
        Some(table)
    });
    examples.collect()
}

fn comment_on(table: &mut Table, key: &str, comment: &str) {
    if let Some(mut key) = table.key_mut(key) {
        key.leaf_decor_mut().set_prefix(comment);
    }
}

/// A list on one line, or with a line for each of many.
fn list<'a>(entries: impl Iterator<Item = &'a str>) -> Array {
    let mut list = Array::from_iter(entries);
    if list.len() > 5 {
        for entry in list.iter_mut() {
            entry.decor_mut().set_prefix("\n    ");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    list
}

/// The runtime, with the features that the types of the API need.
fn runtime(api: &Api) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("version", RUNTIME_VERSION.into());
    if let Some(path) = &api.package.runtime {
        table.insert("path", path.into());
    }
    table.insert("default-features", false.into());
    let features = scalar_features(api);
    if !features.is_empty() {
        table.insert("features", Array::from_iter(features).into());
    }
    table
}

/// The features of the runtime that provide the scalars which the types hold.
fn scalar_features(api: &Api) -> Vec<&'static str> {
    let mut scalars = HashSet::new();
    for value in api.values() {
        value.scalars(&mut |scalar| {
            scalars.insert(scalar);
        });
    }
    let has = |wanted: &[Scalar]| wanted.iter().any(|scalar| scalars.contains(scalar));
    let jiff = has(&[Scalar::DateTime, Scalar::Date]).then_some("jiff");
    let uuid = has(&[Scalar::Uuid]).then_some("uuid");
    jiff.into_iter().chain(uuid).collect()
}

fn tokio() -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("version", "1.43".into());
    table.insert(
        "features",
        Array::from_iter(["macros", "rt-multi-thread", "time"]).into(),
    );
    table
}

/// `rustfmt.toml`: the code is formatted as it was printed. rustfmt would break some lines
/// elsewhere, and every regeneration would break them back.
pub(super) fn rustfmt_toml() -> File {
    let mut settings = DocumentMut::new();
    settings["disable_all_formatting"] = value(true);
    File::toml(print::Path::of("rustfmt.toml"), &settings)
}
