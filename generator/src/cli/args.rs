//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{Layout, Stage};

/// Writes a Rust client crate for an OpenAPI document.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the crate, or bring it up to date
    Generate(GenerateArguments),
    /// Say what there is to say about a document, and write nothing
    Check(CheckArguments),
    /// Print what a stage makes of a document
    Inspect(InspectArguments),
}

#[derive(Debug, Args)]
pub(super) struct GenerateArguments {
    /// The OpenAPI document: a file, or `-` for standard input
    pub(super) spec: Option<PathBuf>,
    /// The folder to write the crate to
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// The name of the crate
    #[arg(long, value_name = "CRATE")]
    pub(super) name: Option<String>,
    /// Only operations with this tag; can be given several times
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    /// Only the operation with this operationId; can be given several times
    #[arg(long, value_name = "ID")]
    pub(super) operation: Vec<String>,
    /// The configuration, if not the clientsmith.toml beside the document or in this folder
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Write nothing; fail with a diff if something would change
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; say what would change
    #[arg(long)]
    pub(super) dry_run: bool,
    /// A whole crate, or one file to include in a module
    #[arg(long, value_enum, default_value_t)]
    pub(super) layout: LayoutArgument,
    /// The folder of clientsmith-runtime, for a path dependency
    #[arg(long, value_name = "DIR")]
    pub(super) runtime_path: Option<PathBuf>,
    /// Overwrite generated files that were edited by hand
    #[arg(long)]
    pub(super) force: bool,
    /// Fail, and write nothing, if there are warnings
    #[arg(long, value_enum)]
    pub(super) deny: Option<Deny>,
    /// How to say what there is to say
    #[arg(long, value_enum, default_value_t)]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// The OpenAPI document: a file, or `-` for standard input
    pub(super) spec: PathBuf,
    /// The configuration, if not the clientsmith.toml beside the document or in this folder
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Fail if there are warnings
    #[arg(long, value_enum)]
    pub(super) deny: Option<Deny>,
    /// How to say what there is to say
    #[arg(long, value_enum, default_value_t)]
    pub(super) message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// The OpenAPI document: a file, or `-` for standard input
    pub(super) spec: PathBuf,
    /// Print the result of a stage of the generator instead of the inventory
    #[arg(long, value_enum)]
    pub(super) stage: Option<StageArgument>,
    /// The configuration, if not the clientsmith.toml beside the document or in this folder
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// How to say what there is to say
    #[arg(long, value_enum, default_value_t)]
    pub(super) message_format: MessageFormat,
}

/// What to treat as an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Text for people, on standard error
    #[default]
    Human,
    /// One JSON object a line, on standard output
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutArgument {
    #[default]
    Crate,
    Module,
}

impl From<LayoutArgument> for Layout {
    fn from(layout: LayoutArgument) -> Self {
        match layout {
            LayoutArgument::Crate => Self::Crate,
            LayoutArgument::Module => Self::Module,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StageArgument {
    /// The API without Rust names
    Ir,
    /// The crate, item by item
    Named,
}

impl From<StageArgument> for Stage {
    fn from(stage: StageArgument) -> Self {
        match stage {
            StageArgument::Ir => Self::Ir,
            StageArgument::Named => Self::Named,
        }
    }
}
