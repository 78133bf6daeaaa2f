//! The fixtures: each folder in `tests/fixtures` pins a behaviour. `build.rs` generates a module for
//! each; here they are compiled and run.

use bytes::Bytes;
use clientsmith_runtime::test_util::{Answer, FakeTransport, json, response};
use http::Request;
use serde_json::json as value;

mod generated {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}

/// A client of a fixture that needs no credential, on a script.
macro_rules! client {
    ($module:ident, $($answer:expr),*) => {{
        let fake = FakeTransport::new([$($answer),*]);
        let builder = generated::$module::Client::builder().transport(fake.clone());
        (builder.build().unwrap(), fake)
    }};
}

/// Reads and writes a value of a type.
fn round<T: clientsmith_runtime::Decode + clientsmith_runtime::Encode>(json: &str) -> String {
    let value: T = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
    String::from_utf8(clientsmith_runtime::to_vec(&value).unwrap()).unwrap()
}

fn line(request: &Request<Bytes>) -> String {
    format!("{} {}", request.method(), request.uri())
}

mod nullable_members {
    use super::generated::nullable_members::types::{Note, NotePatch};
    use super::round;

    #[test]
    fn a_request_tells_absent_from_null() {
        let patch = |patch: NotePatch| clientsmith_runtime::to_vec(&patch).unwrap();
        assert_eq!(patch(NotePatch::new()), b"{}");
        assert_eq!(patch(NotePatch::new().with_due(None)), br#"{"due":null}"#);
        let day = Some("2026-03-10".parse().unwrap());
        assert_eq!(
            patch(NotePatch::new().with_due(day)),
            br#"{"due":"2026-03-10"}"#
        );
        for json in [
            "{}",
            r#"{"due":null}"#,
            r#"{"text":"x","due":"2026-03-10"}"#,
        ] {
            assert_eq!(round::<NotePatch>(json), json);
        }
    }

    #[test]
    fn a_required_member_that_may_be_null_is_always_written() {
        assert_eq!(
            round::<Note>(r#"{"text":"x"}"#),
            r#"{"text":"x","due":null}"#
        );
        let json = r#"{"text":"x","due":null,"read":true,"tags":["a",null]}"#;
        assert_eq!(round::<Note>(json), json);
    }

    #[test]
    fn null_where_it_may_not_stand_is_absent() {
        assert_eq!(round::<NotePatch>(r#"{"text":null}"#), "{}");
        let fault = clientsmith_runtime::from_slice::<Note>(br#"{"text":null}"#).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "text: the member is required, and it is missing or null"
        );
    }
}

mod errors_by_range_and_default {
    use super::generated::errors_by_range_and_default::things::ListThingsError;
    use super::*;

    #[tokio::test]
    async fn the_most_exact_key_counts() {
        let (client, _) = client!(
            errors_by_range_and_default,
            response(404, &[], "not even JSON"),
            json(418, r#"{"title": "teapot"}"#),
            response(503, &[("retry-after", "7")], r#"{"title": "later"}"#),
            json(500, r#"{"code": 7}"#)
        );
        let list = || async { client.things().list().send().await.unwrap_err() };
        assert!(matches!(
            list().await.api(),
            Some(ListThingsError::NotFound(_))
        ));
        let error = list().await;
        let Some(ListThingsError::ClientError(reply)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(
            (reply.status.as_u16(), reply.body.title.as_str()),
            (418, "teapot")
        );
        let error = list().await;
        let Some(ListThingsError::ServiceUnavailable(reply)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(reply.headers.retry_after, Some(7));
        let error = list().await;
        let Some(ListThingsError::Default(reply)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!((reply.status.as_u16(), reply.body.code), (500, Some(7)));
    }

    #[tokio::test]
    async fn no_documented_body_is_no_body() {
        let ignored = response(204, &[], "");
        let (client, _) = client!(errors_by_range_and_default, ignored);
        client.things().delete_things().send().await.unwrap();
    }
}

mod enum_values_that_collide {
    use super::generated::enum_values_that_collide::types::SortBy;
    use super::*;

    #[tokio::test]
    async fn each_value_goes_over_the_wire_as_it_is_spelled() {
        for (by, query) in [
            (SortBy::Name, "name"),
            (SortBy::MinusName, "-name"),
            (SortBy::UnknownValue, "unknown"),
            (SortBy::Self_, "Self"),
            (SortBy::_2fa, "2fa"),
            (SortBy::OnHold, "on%20hold"),
            (SortBy::OnHold2, "on_hold"),
            (SortBy::Value, ""),
            (SortBy::Unknown("new".to_owned()), "new"),
        ] {
            let (client, fake) = client!(enum_values_that_collide, json(200, "\"sideways\""));
            let order = client.sort().sort().by(by).send().await.unwrap();
            assert_eq!(order.as_str(), "sideways");
            let sent = line(&fake.requests()[0]);
            assert_eq!(sent, format!("GET https://example.com/sort?by={query}"));
        }
    }
}

mod names_that_rust_has {
    use super::generated::names_that_rust_has::types;
    use super::*;

    #[tokio::test]
    async fn names_change_and_the_wire_does_not() {
        let body = r#"{"Option":{"box":{"box":{"any":{"a":1}}}},"crate":[{"text":"x"}]}"#;
        let (client, fake) = client!(names_that_rust_has, json(200, body), json(200, "{}"));
        let call = client
            .types()
            .r#match("a", 1)
            .send_param(true)
            .timeout_param(5)
            .r#as("x");
        let answer = call
            .timeout(std::time::Duration::from_secs(9))
            .send()
            .await
            .unwrap();
        assert_eq!(
            serde_json::to_value(&answer).unwrap(),
            value!({
                "Option": {"box": {"box": {"any": {"a": 1}}}}, "crate": [{"text": "x"}],
            })
        );
        let sent = line(&fake.requests()[0]);
        assert_eq!(
            sent,
            "GET https://example.com/mod/a/1?send=true&timeout=5&as=x"
        );
        let body = types::String::new("x").with_with("y");
        let answer = client.self_().call(body).send().await.unwrap();
        assert!(answer.is_empty());
        assert_eq!(fake.requests()[1].body(), r#"{"text":"x","with":"y"}"#);
    }
}

mod recursive_types {
    use super::generated::recursive_types::types::Node;
    use super::round;

    #[test]
    fn a_tree_holds_itself() {
        let json = concat!(
            r#"{"name":"a","left":{"name":"b"},"right":{"node":{"name":"c"}},"#,
            r#""others":[{"name":"d"}],"named":{"e":{"name":"e"}}}"#
        );
        assert_eq!(round::<Node>(json), json);
    }

    #[test]
    fn depth_is_limited_and_the_fault_says_where() {
        let deep = r#"{"name":"a","left":"#.repeat(100_000);
        let fault = clientsmith_runtime::from_slice::<Node>(deep.as_bytes()).unwrap_err();
        assert!(
            fault.message().starts_with("recursion limit exceeded"),
            "{fault}"
        );
        assert!(fault.path().starts_with("left.left.left."), "{fault}");
    }
}

mod many_required_members {
    use super::generated::many_required_members::types::{Buyer, Order, OrderRequired};

    #[test]
    fn they_are_given_by_name() {
        let order = Order::new(OrderRequired {
            sku: "x-1".to_owned(),
            amount: 2,
            price: 1.5,
            currency: "EUR".to_owned(),
            tags: vec!["new".to_owned()],
            buyer: Buyer::new("Ada", None),
        });
        let json = clientsmith_runtime::to_vec(&order.with_note("soon")).unwrap();
        let expected = concat!(
            r#"{"sku":"x-1","amount":2,"price":1.5,"currency":"EUR","tags":["new"],"#,
            r#""buyer":{"name":"Ada","born":null},"note":"soon"}"#
        );
        assert_eq!(json, expected.as_bytes());
    }
}

mod parameters_of_the_path {
    use super::generated::parameters_of_the_path::types::{GetAFormat, PutARequest};
    use super::*;

    fn nothing() -> Answer {
        response(204, &[], "")
    }

    #[tokio::test]
    async fn they_are_shared_overridden_and_made_up() {
        let (client, fake) = client!(parameters_of_the_path, nothing(), nothing(), nothing());
        let tags = ["x".to_owned(), "y z".to_owned()];
        let since = "2026-03-10T00:00:00Z".parse().unwrap();
        let call = client.a().get(7, GetAFormat::Csv, &tags, "re/st");
        call.verbose(true).since(since).send().await.unwrap();
        client.a().put("seven", "r", "json").send().await.unwrap();
        let mut body = PutARequest::new();
        body.x = Some(1);
        client
            .a()
            .put("seven", "r", "json")
            .body(body)
            .send()
            .await
            .unwrap();
        let requests = fake.requests();
        let sent: Vec<String> = requests.iter().map(line).collect();
        assert_eq!(
            sent,
            [
                "GET https://example.com/v1/a/7/re%2Fst/file.csv?tag=x&tag=y%20z\
                 &verbose=true&since=2026-03-10T00%3A00%3A00Z",
                "PUT https://example.com/v1/a/seven/r/file.json",
                "PUT https://example.com/v1/a/seven/r/file.json",
            ]
        );
        assert!(
            requests[1].body().is_empty() && !requests[1].headers().contains_key("content-type")
        );
        assert_eq!(requests[2].body(), r#"{"x":1}"#);
    }

    #[tokio::test]
    async fn a_value_that_would_leave_its_segment_is_refused() {
        let (client, fake) = client!(parameters_of_the_path,);
        for value in ["", ".", ".."] {
            let error = client.a().put(value, "r", "json").send().await.unwrap_err();
            assert!(error.is_request(), "{error:?}");
        }
        assert!(fake.requests().is_empty());
    }
}

mod references_everywhere {
    use super::generated::references_everywhere::{a::MakeAError, types};
    use super::*;

    #[tokio::test]
    async fn they_lead_to_the_same_types() {
        let (client, fake) = client!(
            references_everywhere,
            json(200, r#"{"a": ["x"]}"#),
            json(400, r#"{"why": "because"}"#),
            response(
                409,
                &[("x-owner", "0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b")],
                ""
            )
        );
        let make = || client.a().make(7, types::A::new().with_same(8)).send();
        assert_eq!(make().await.unwrap().a, Some(vec!["x".to_owned()]));
        let error = make().await.unwrap_err();
        // Two statuses have the same component, so its name says nothing.
        let Some(MakeAError::BadRequest(reply)) = error.api() else {
            panic!("{error:?}")
        };
        let body: &types::BadBody = &reply.body;
        assert_eq!(body.why.as_deref(), Some("because"));
        let error = make().await.unwrap_err();
        let Some(MakeAError::Taken(reply)) = error.api() else {
            panic!("{error:?}")
        };
        let headers: &types::TakenHeaders = &reply.headers;
        assert!(headers.x_owner.is_some());
        assert_eq!(fake.requests()[0].body(), r#"{"same":8}"#);
    }
}

mod words_of_strangers {
    use super::generated::words_of_strangers::types::GetFnEvilResponseXY;
    use super::*;

    #[tokio::test]
    async fn they_are_names_and_text_and_nothing_else() {
        let (client, fake) = client!(words_of_strangers, json(200, r#"{"x\"y":"`"}"#));
        let call = client.x().get_fn_evil("a").b_c("d");
        let answer = call.send().await.unwrap();
        assert_eq!(answer.x_y, Some(GetFnEvilResponseXY::Backtick));
        let sent = line(&fake.requests()[0]);
        assert_eq!(sent, "GET https://example.com/%22quoted%22/a?b%22c=d");
    }
}
