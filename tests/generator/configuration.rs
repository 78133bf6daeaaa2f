//! The configuration: what each entry changes in the crate.

use clientsmith::{Code, Config, Generator, Input, Outcome};

const SPEC: &str = r##"{
    "openapi": "3.1.0", "info": {"title": "Shop", "version": "2.1"},
    "servers": [{"url": "https://shop.example"}],
    "paths": {
        "/orders": {
            "get": {"operationId": "listOrders", "tags": ["Orders"], "responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}}}}},
            "post": {"operationId": "addOrder", "tags": ["Orders"], "responses": {"204": {"description": ""}}, "requestBody": {"content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}
        },
        "/admin/stats": {"get": {"operationId": "stats", "tags": ["Admin"], "responses": {"200": {"description": "", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Stats"}}}}}}}
    },
    "components": {"schemas": {
        "Order": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "format": "uuid"}, "at": {"type": "string", "format": "date-time"},
            "day": {"type": "string", "format": "date"}, "blob": {"type": "string", "format": "byte"},
            "state": {"$ref": "#/components/schemas/State"}, "price": {"$ref": "#/components/schemas/Money"},
            "token": {"type": "string"}, "box": {"type": "object", "properties": {"size": {"type": "integer"}}}
        }},
        "Stats": {"type": "object", "required": ["orders"], "properties": {"orders": {"type": "integer", "readOnly": true}}},
        "State": {"type": "string", "enum": ["open", "done"]},
        "Money": {"type": "object", "properties": {"cents": {"type": "integer"}}}
    }}
}"##;

/// Generates with the configuration that a TOML text says.
fn generate(toml: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clientsmith.toml");
    std::fs::write(&path, toml).unwrap();
    let config = Config::load(&path).unwrap_or_else(|diagnostic| panic!("{}", diagnostic.message));
    let input = Input::Text {
        name: "shop.json".to_owned(),
        text: SPEC.to_owned(),
    };
    Generator::new(input).config(config).generate()
}

fn file(outcome: &Outcome, path: &str) -> String {
    let file = outcome.files.iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("there is no {path}"))
        .contents
        .clone()
}

/// Checks that a file of the crate has all of some texts.
fn has(outcome: &Outcome, path: &str, texts: &[&str]) {
    let contents = file(outcome, path);
    for text in texts {
        assert!(
            contents.contains(text),
            "{path} has no {text:?}:\n{contents}"
        );
    }
}

#[test]
fn the_crate_has_a_name_a_version_and_a_licence() {
    let outcome =
        generate("name = \"my-shop\"\nversion = \"7.0.0\"\nlicense = \"MIT\"\nenv = \"MINE\"");
    has(
        &outcome,
        "Cargo.toml",
        &[
            "name = \"my-shop\"",
            "version = \"7.0.0\"",
            "license = \"MIT\"",
        ],
    );
    has(
        &outcome,
        "src/client.rs",
        &["\"my-shop/7.0.0\"", "MINE_BASE_URL"],
    );
}

#[test]
fn formats_become_text_where_that_is_wanted() {
    let typed = generate("");
    has(
        &typed,
        "src/types.rs",
        &[
            "id: Uuid",
            "at: Option<Timestamp>",
            "day: Option<Date>",
            "blob: Option<Base64>",
        ],
    );
    has(&typed, "Cargo.toml", &["features = [\"jiff\", \"uuid\"]"]);
    let text =
        generate("uuid = \"string\"\ndate-time = \"string\"\ndate = \"string\"\nbyte = \"string\"");
    let fields = [
        "id: String",
        "at: Option<String>",
        "day: Option<String>",
        "blob: Option<String>",
    ];
    has(&text, "src/types.rs", &fields);
    assert!(!file(&text, "Cargo.toml").contains("jiff"));
}

#[test]
fn everything_can_be_called_something_else() {
    let outcome = generate(
        "[types]\nOrder = \"Purchase\"\n\"/components/schemas/Order/properties/box\" = \"Crate\"\n\
         [fields]\n\"Order.at\" = \"placed_at\"\n[variants]\n\"State.done\" = \"Finished\"\n\
         [methods]\nlistOrders = \"all\"\n[groups]\nOrders = \"purchases\"\n",
    );
    let items = [
        "pub struct Purchase {",
        "pub struct Crate {",
        "placed_at = \"at\"",
        "Finished = \"done\"",
    ];
    has(&outcome, "src/types.rs", &items);
    has(
        &outcome,
        "src/purchases.rs",
        &["pub fn all(&self)", "Vec<types::Purchase>"],
    );
    has(&outcome, "src/client.rs", &["pub fn purchases(&self)"]);
}

#[test]
fn a_type_of_the_users_takes_the_place_of_one() {
    let outcome = generate("[types]\nMoney = \"my_money::Amount\"");
    has(
        &outcome,
        "src/types.rs",
        &["price: Option<my_money::Amount>"],
    );
    assert!(!file(&outcome, "src/types.rs").contains("struct Money"));
}

#[test]
fn a_path_that_is_none_is_said() {
    let outcome = generate("[types]\nMoney = \"my money::\"");
    let said = outcome
        .diagnostics
        .iter()
        .any(|d| d.code == Code::InvalidConfiguration);
    assert!(said && outcome.files.is_empty());
}

#[test]
fn enums_can_be_closed() {
    has(&generate(""), "src/types.rs", &["Unknown(String)"]);
    let closed = generate("closed-enums = [\"State\"]");
    assert!(!file(&closed, "src/types.rs").contains("Unknown(String)"));
    has(&closed, "src/types.rs", &["closed_string_enum! {"]);
}

#[test]
fn integers_can_be_of_any_size() {
    has(
        &generate("integer = \"i64\""),
        "src/types.rs",
        &["pub cents: Option<i64>"],
    );
    let outcome = generate("integer = \"number\"");
    has(&outcome, "src/types.rs", &["pub cents: Option<Number>"]);
}

#[test]
fn required_properties_can_be_optional() {
    has(&generate(""), "src/types.rs", &["pub orders: i64"]);
    for toml in ["optional = [\"Stats.orders\"]", "read-only = \"optional\""] {
        has(
            &generate(toml),
            "src/types.rs",
            &["pub orders: Option<i64>"],
        );
    }
}

#[test]
fn operations_are_chosen_by_tag_and_by_name() {
    let by_tag = generate("tags = [\"Admin\"]");
    assert_eq!(by_tag.coverage.operations_emitted, 1);
    let by_name = generate("operations = [\"addOrder\"]");
    assert_eq!(by_name.coverage.operations_emitted, 1);
    has(&by_name, "src/orders.rs", &["pub fn add("]);
    // What is not asked for takes its types along.
    assert!(!file(&by_tag, "src/types.rs").contains("struct Order"));
    assert!(file(&by_name, "src/types.rs").contains("struct Money"));
    let both = generate("tags = [\"Admin\"]\noperations = [\"addOrder\"]");
    assert_eq!(both.coverage.operations_emitted, 2);
}

#[test]
fn paging_is_detected_where_that_is_wanted_and_certain() {
    let spec = SPEC.replace(
        r##""schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}"##,
        r##""schema": {"type": "object", "properties": {"orders": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
            "meta": {"type": "object", "properties": {"next_cursor": {"type": "string"}}}}}"##,
    );
    let spec = spec.replace(
        r#""operationId": "listOrders","#,
        r#""operationId": "listOrders", "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],"#,
    );
    let generate = |spec: &str, detect: bool| {
        let input = Input::Text {
            name: "shop.json".to_owned(),
            text: spec.to_owned(),
        };
        let mut config = Config::default();
        config.detect_pagination = detect;
        file(
            &Generator::new(input).config(config).generate(),
            "src/orders.rs",
        )
    };
    let found = generate(&spec, true);
    assert!(
        found.contains("parameter: \"cursor\",") && found.contains("next: \"/meta/next_cursor\","),
        "{found}"
    );
    assert!(
        found.contains("pub fn items(self) -> Items<Self, types::Order>"),
        "{found}"
    );
    assert!(!generate(&spec, false).contains("Paging"));
    // Without the token, or with a second list, there is doubt.
    assert!(!generate(&spec.replace("next_cursor", "previous"), true).contains("Paging"));
    let two = spec.replace(
        r#""meta": {"#,
        r#""others": {"type": "array", "items": {}}, "meta": {"#,
    );
    assert!(!generate(&two, true).contains("Paging"));
}

#[test]
fn secrets_are_not_shown() {
    has(
        &generate("secret = [\"Order.token\"]"),
        "src/types.rs",
        &["token = \"token\" optional secret,"],
    );
}

#[test]
fn an_entry_that_names_nothing_is_said() {
    for toml in [
        "[types]\nOder = \"Purchase\"",
        "[fields]\n\"Order.nothing\" = \"x\"",
        "[variants]\n\"State.never\" = \"X\"",
        "[methods]\nlistOders = \"all\"",
        "[groups]\nOders = \"x\"",
        "tags = [\"Oders\"]",
        "operations = [\"nothing\"]",
        "closed-enums = [\"Stat\"]",
        "optional = [\"Order.nothing\"]",
        "secret = [\"Order.nothing\"]",
        "examples = [\"nothing\"]",
    ] {
        let outcome = generate(toml);
        let said = outcome
            .diagnostics
            .iter()
            .any(|d| d.code == Code::UnmatchedConfiguration);
        assert!(said, "nothing is said of {toml}");
    }
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clientsmith.toml");
    std::fs::write(&path, "naem = \"x\"").unwrap();
    let diagnostic = Config::load(&path).unwrap_err();
    let text = format!("{} {:?}", diagnostic.message, diagnostic.help);
    assert!(text.contains("naem") && text.contains("name"), "{text}");
}

#[test]
fn groups_have_features_from_a_number_of_operations_on() {
    let small = generate("");
    assert!(!file(&small, "Cargo.toml").contains("orders = []"));
    assert!(!file(&small, "src/lib.rs").contains("cfg"));

    let outcome = generate("group-features-from = 3");
    let default = "default = [\"reqwest\", \"admin\", \"orders\"]";
    has(
        &outcome,
        "Cargo.toml",
        &[default, "admin = []\norders = []\n"],
    );
    let gate = "#[cfg(feature = \"orders\")]\n";
    let accessor = format!("    {gate}    #[must_use]\n    pub fn orders(&self)");
    has(&outcome, "src/lib.rs", &[&format!("{gate}pub mod orders;")]);
    has(&outcome, "src/client.rs", &[&accessor]);
    has(
        &outcome,
        "src/types.rs",
        &[&format!("{gate}pub use orders::*;")],
    );
    has(
        &outcome,
        "src/types/orders.rs",
        &["pub struct Order {", "use super::*;"],
    );
}

#[test]
fn a_feature_of_the_crate_itself_is_no_feature_of_a_group() {
    let outcome = generate("group-features-from = 0\ngroups = { Admin = \"tracing\" }");
    let manifest = "tracing = [\"clientsmith-runtime/tracing\"]";
    has(&outcome, "Cargo.toml", &["tag-tracing = []", manifest]);
    has(
        &outcome,
        "src/lib.rs",
        &["#[cfg(feature = \"tag-tracing\")]\npub mod tracing;"],
    );
}
