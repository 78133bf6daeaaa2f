//! Groups: which operations stand under which accessor of the client, and what their methods are
//! called.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ident::{join_snake, snake, type_ident};
use super::namespace::{Namespace, numbered};
use super::operation::{OperationNames, words_of};
use super::words::{singular, spelled, words};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::identifier::is_keyword;
use crate::ir;
use crate::named::{self, FunctionName, ModuleName, TypeName};

/// Names that a group's module cannot have: those of modules in every crate, of crates that the code names, of
/// files with a meaning to Rust, and of files that Windows reserves.
const MODULES: [&str; 33] = [
    "aux",
    "client",
    "clientsmith_runtime",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "errors",
    "lib",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "main",
    "nul",
    "prn",
    "r#mod",
    "runtime",
    "std",
    "types",
    "unused_types",
    "webhooks",
];

/// Names that an accessor cannot have: methods of every client, and trait methods that take the client by
/// value, which Rust would call instead.
const CLIENT_METHODS: [&str; 7] = [
    "builder", "clone", "from", "from_env", "into", "new", "try_into",
];

/// Trait methods that take a group's handle by value, which Rust would call instead of a method of the group.
const HANDLE_METHODS: [&str; 2] = ["into", "try_into"];

/// First words of operations on many things: the group's name after them can be dropped even if it is plural.
const MANY: [&str; 16] = [
    "list", "search", "query", "count", "find", "fetch", "index", "browse", "export", "stream",
    "lookup", "batch", "bulk", "upsert", "import", "all",
];

/// Words that cannot end a name: something is missing behind them.
const OPEN_ENDED: [&str; 21] = [
    "a", "about", "after", "an", "as", "at", "before", "between", "by", "for", "from", "in",
    "into", "of", "on", "or", "per", "the", "to", "with", "without",
];

/// Sorts the operations into groups and names their methods.
pub(super) fn groups(
    api: &ir::Api,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<named::Group> {
    let mut sorted: BTreeMap<String, Vec<&ir::Operation>> = BTreeMap::new();
    for operation in &api.operations {
        let group = group_of(operation);
        let group = config.groups.get(&group).unwrap_or(&group);
        let key = snake(&spelled(group));
        sorted.entry(key).or_default().push(operation);
    }
    let modules = distinct(sorted.keys(), &MODULES);
    let accessors = distinct(sorted.keys(), &CLIENT_METHODS);
    let names = modules.into_iter().zip(accessors);
    let groups = sorted.into_iter().zip(names);
    groups
        .map(|((key, operations), names)| group(api, config, &key, names, operations, diagnostics))
        .collect()
}

/// A distinct name for each key: the key itself, or one with `_api` if the key is reserved. Unreserved keys
/// come first.
fn distinct<'k>(keys: impl Iterator<Item = &'k String> + Clone, reserved: &[&str]) -> Vec<String> {
    let mut scope = Namespace::with(reserved);
    let free: HashSet<&String> = keys.clone().filter(|key| !scope.has(key)).collect();
    scope.reserve(free.iter().map(|key| key.as_str()));
    let name = |key: &String| match free.contains(key) {
        true => key.clone(),
        false => {
            let wanted = join_snake(key, "api");
            scope.take(&wanted, numbered(&wanted, "_"))
        }
    };
    keys.map(name).collect()
}

/// What an operation is grouped by: its first tag, or the first segment of its path that says
/// something.
pub(super) fn group_of(operation: &ir::Operation) -> String {
    if let Some(tag) = operation.tags.first() {
        return tag.clone();
    }
    let path = operation.path.to_string();
    let telling = path.split('/').find(|segment| {
        let version = segment.strip_prefix('v').unwrap_or(segment);
        let version = version.starts_with(|c: char| c.is_ascii_digit());
        !segment.is_empty()
            && !segment.contains('{')
            && !version
            && !["api", "rest"].contains(segment)
    });
    telling.unwrap_or("default").to_owned()
}

fn group(
    api: &ir::Api,
    config: &Config,
    key: &str,
    (module, accessor): (String, String),
    mut operations: Vec<&ir::Operation>,
    diagnostics: &mut Diagnostics,
) -> named::Group {
    operations.sort_by_cached_key(|operation| {
        (
            operation.path.to_string(),
            method_order(operation),
            operation.at.clone(),
        )
    });
    let at = &operations[0].at;
    let tag = operations[0].tags.first().cloned();
    let wire = tag.clone().unwrap_or_else(|| key.to_owned());
    let module = ModuleName::new(&wire, module, at);
    let accessor = FunctionName::new(&wire, accessor, at);
    let handle = TypeName::new(&wire, type_ident(key.trim_start_matches("r#")), at);

    let methods = methods(&operations, config, key, diagnostics);
    let mut scope = Namespace::with(&[&handle.rust]);
    let mut named = Vec::with_capacity(operations.len());
    let mut errors = Vec::new();
    let none = HashSet::new();
    let mut naming = OperationNames {
        api,
        config,
        module: &mut scope,
        requests: &none,
        diagnostics,
    };
    // Requests are named first, so that no error type, body or output takes the name of another request.
    let requests: Vec<TypeName> = operations
        .iter()
        .map(|source| naming.request(source))
        .collect();
    let names = requests.iter().map(|name| name.rust.clone()).collect();
    naming.requests = &names;
    for ((&source, request), method) in operations.iter().zip(&requests).zip(methods) {
        let (operation, error) = naming.operation(source, request.clone(), method);
        named.push(operation);
        errors.extend(error);
    }
    let tag = tag.and_then(|name| api.tags.iter().find(|tag| tag.name == name));
    named::Group {
        module,
        handle,
        accessor,
        description: tag.and_then(|tag| tag.description.clone()),
        operations: named,
        errors,
        feature: None,
    }
}

/// Operations on one path come in the order in which a reader expects them.
fn method_order(operation: &ir::Operation) -> usize {
    const ORDER: [&str; 9] = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY",
    ];
    let method = operation.method.as_str();
    ORDER
        .iter()
        .position(|&other| other == method)
        .unwrap_or(ORDER.len())
}

/// The methods of a group's operations: short where that is clear, else the full operationId.
fn methods(
    operations: &[&ir::Operation],
    config: &Config,
    key: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<FunctionName> {
    let group = words(key);
    let short: Vec<Vec<String>> = operations
        .iter()
        .map(|operation| shorten(&words_of(operation), &group))
        .collect();
    let mut counts: HashMap<&[String], usize> = HashMap::new();
    for name in &short {
        *counts.entry(name).or_default() += 1;
    }
    let mut scope = Namespace::with(&HANDLE_METHODS);
    let mut methods = Vec::with_capacity(operations.len());
    for (operation, name) in operations.iter().zip(&short) {
        let mut wanted = snake(name);
        let wire = operation.id.clone().unwrap_or_default();
        if let Some(pinned) = config.methods.get(&wire) {
            wanted = snake(&words(pinned));
        } else if counts[name.as_slice()] > 1 {
            let full = snake(&words_of(operation));
            let message = format!("several operations would be called `{wanted}`");
            diagnostics.push(
                Diagnostic::warning(Code::NameCollision, &operation.at, message).help(format!(
                    "this one keeps its full name, `{full}`; \
                         `methods = {{ \"{wire}\" = \"…\" }}` in clientsmith.toml names it"
                )),
            );
            wanted = full;
        }
        let of_a_trait = HANDLE_METHODS.contains(&wanted.as_str());
        let other = of_a_trait.then(|| join_snake(&wanted, "operation"));
        let substitutes = other.into_iter().chain(numbered(&wanted, "_"));
        let rust = scope.claim(&wanted, substitutes, &operation.at, diagnostics);
        methods.push(FunctionName::new(wire, rust, &operation.at));
    }
    methods
}

/// An operation's words without those of its group, where they first stand together.
///
/// The words are compared in the singular. Nothing is removed if what remains would be no name, or
/// if it would hide that a single verb acts on many things: `getTasks` beside `getTask`.
fn shorten(operation: &[String], group: &[String]) -> Vec<String> {
    let full = || operation.to_vec();
    let same = |run: &[String]| {
        let pairs = run.iter().zip(group);
        pairs.clone().all(|(a, b)| singular(a) == singular(b))
    };
    if group.is_empty() {
        return full();
    }
    let Some(start) = operation.windows(group.len()).position(same) else {
        return full();
    };
    let end = start + group.len();
    let plural = end == operation.len() && singular(&operation[end - 1]) != operation[end - 1];
    if plural && start > 0 && !MANY.contains(&operation[0].as_str()) {
        return full();
    }
    let rest = [&operation[..start], &operation[end..]].concat();
    let (Some(first), Some(last)) = (rest.first(), rest.last()) else {
        return full();
    };
    let bad_start = first.starts_with(|c: char| c.is_numeric());
    let bad_end = OPEN_ENDED.contains(&last.as_str());
    if bad_start || bad_end || is_keyword(&rest.join("_")) {
        return full();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(operation: &str, group: &str) -> String {
        shorten(&words(operation), &words(group)).join("_")
    }

    #[test]
    fn the_words_of_the_group_go() {
        assert_eq!(short("listAgents", "Agents"), "list");
        assert_eq!(short("getAgent", "Agents"), "get");
        assert_eq!(short("listFlowRuns", "Flows"), "list_runs");
        assert_eq!(short("createApiKey", "API Keys"), "create");
        assert_eq!(short("AgentsList", "agent"), "list");
    }

    #[test]
    fn a_single_verb_on_many_things_keeps_them() {
        assert_eq!(short("getTasks", "Tasks"), "get_tasks");
        assert_eq!(short("getTask", "Tasks"), "get");
        assert_eq!(short("searchTasks", "Tasks"), "search");
    }

    #[test]
    fn what_would_be_no_name_stays_whole() {
        assert_eq!(short("agents", "Agents"), "agents");
        assert_eq!(short("moveAgent", "Agents"), "move_agent");
        assert_eq!(short("agents2fa", "Agents"), "agents2fa");
        assert_eq!(short("addToAgent", "Agents"), "add_to_agent");
        assert_eq!(short("listRuns", "Flows"), "list_runs");
    }
}
