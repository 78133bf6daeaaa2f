//! The user's own files, which the configuration names: what is not ours to write, and what is copied into
//! the crate.

use std::path::Path;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::load::MAX_BYTES;
use crate::print::{self, File};
use crate::write::MANIFEST;

/// Takes out the files that the user writes, and adds those that the configuration names, where none of
/// ours stands.
pub(crate) fn files(
    mut ours: Vec<File>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    ours.retain(|file| !config.own.contains(&file.path));
    let mut copied = Vec::new();
    for (path, source) in &config.files {
        match place_of(path, &ours) {
            Err(why) => {
                let message = format!("`files` names `{path}`, {why}");
                diagnostics.push(Diagnostic::error(
                    Code::InvalidConfiguration,
                    Place::Nowhere,
                    message,
                ));
            }
            Ok(place) => {
                let contents = read(source, diagnostics).into_iter();
                copied.extend(contents.map(|contents| File::copied(place.clone(), contents)));
            }
        }
    }
    ours.extend(copied);
    ours
}

/// What the configuration adds to the README.
pub(crate) fn notes(config: &Config, diagnostics: &mut Diagnostics) -> Option<String> {
    config
        .notes
        .as_deref()
        .and_then(|path| read(path, diagnostics))
}

/// Where a file of the user's goes, or why it cannot.
fn place_of(path: &str, ours: &[File]) -> Result<print::Path, String> {
    let place = print::Path::of_user(path).ok_or("which is not inside the crate")?;
    if place.clashes_with(MANIFEST) {
        return Err("where clientsmith keeps what it wrote".to_owned());
    }
    match ours.iter().find(|file| place.clashes_with(&file.path)) {
        None => Ok(place),
        Some(file) => Err(format!(
            "where the generated `{}` is; list that under `own` to have your own",
            file.path
        )),
    }
}

/// The text of a file that the configuration names.
fn read(path: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    crate::read::text(path, MAX_BYTES)
        .map_err(|error| {
            let message = format!("cannot read {}: {error}", path.display());
            diagnostics.push(Diagnostic::error(
                Code::UnreadableFile,
                path.to_path_buf(),
                message,
            ));
        })
        .ok()
}
