//! The table of diagnostic codes: one line per thing that can be said about a document.
//!
//! A code never changes its meaning, so that a script can filter on it and a user can look it up.

/// Declares [`Code`] from one table of `number name: what it means`.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal $slug:literal;)+) => {
        /// What a diagnostic is about: a stable number with a name to read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// The number, such as `E0107`.
            #[must_use]
            pub fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)+ }
            }

            /// The name, such as `unresolved-reference`.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)+ }
            }

            /// What the code means, in a sentence or two.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+),)+ }
            }
        }
    };
}

codes! {
    /// A file that is needed cannot be read.
    UnreadableFile = "E0101" "unreadable-file";
    /// The text is not JSON.
    InvalidJson = "E0102" "invalid-json";
    /// The text is not YAML.
    InvalidYaml = "E0103" "invalid-yaml";
    /// The document is not an OpenAPI description: it has no `openapi` member that names a version.
    NotOpenApi = "E0104" "not-openapi";
    /// The document is written for a version of OpenAPI that this program does not read.
    UnsupportedVersion = "E0105" "unsupported-version";
    /// The document is larger, deeper or more entangled than the budget allows.
    BudgetExceeded = "E0106" "budget-exceeded";
    /// A `$ref` names a place that does not exist.
    UnresolvedReference = "E0107" "unresolved-reference";
    /// A `$ref` leads back to itself without ever reaching a definition.
    CyclicReference = "E0108" "cyclic-reference";
    /// The document describes no operation. If it has schemas, the crate has their types and no client;
    /// else there is nothing to generate.
    NoOperations = "E0109" "no-operations";

    /// A keyword belongs to another version of OpenAPI than the one the document declares. It is
    /// taken as it was meant.
    ForeignKeyword = "E0201" "foreign-keyword";
    /// A keyword has no meaning at this place; it is left out.
    UnknownKeyword = "E0202" "unknown-keyword";
    /// A node has the wrong JSON type or an impossible value; it is left out.
    InvalidNode = "E0203" "invalid-node";

    /// A construct of OpenAPI is understood but not carried over into the generated code.
    NotCarriedOver = "E0301" "not-carried-over";
    /// A schema is emitted as `serde_json::Value`, although it says more than "anything".
    Untyped = "E0302" "untyped";
    /// An operation is left out.
    OperationLeftOut = "E0303" "operation-left-out";

    /// Two names became equal in Rust, so one of them was changed.
    NameCollision = "E0401" "name-collision";

    /// The configuration cannot be used.
    InvalidConfiguration = "E0501" "invalid-configuration";
    /// A configuration entry names something that the document does not have.
    UnmatchedConfiguration = "E0502" "unmatched-configuration";

    /// A file or folder cannot be written.
    UnwritableFile = "E0601" "unwritable-file";
    /// A file is in the way that the generator did not write, or that was edited since.
    ForeignFile = "E0602" "foreign-file";
    /// The emitted code is not valid Rust: a fault of the generator.
    InternalError = "E0901" "internal-error";
}
