//! Names: whatever the document calls things, the wire has its spelling and Rust a valid one.

mod enum_values_that_collide {
    use crate::generated::enum_values_that_collide::types::SortBy;
    use crate::*;

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
    use crate::generated::names_that_rust_has::types;
    use crate::*;

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

mod words_of_strangers {
    use crate::generated::words_of_strangers::types::GetFnEvilResponseXY;
    use crate::*;

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

mod operations_without_names {
    use crate::*;

    #[tokio::test]
    async fn method_and_path_name_them() {
        let (client, fake) = client!(
            operations_without_names,
            nothing(),
            nothing(),
            nothing(),
            nothing()
        );
        client.users().get_v1_by_id_posts("1").send().await.unwrap();
        client.users().same("1").send().await.unwrap();
        client.users().same_2("1", "2").send().await.unwrap();
        client.用户().get().send().await.unwrap();
        let sent: Vec<String> = fake.requests().iter().map(line).collect();
        assert_eq!(
            sent,
            [
                "GET https://example.com/v1/users/1/posts",
                "POST https://example.com/v1/users/1/posts",
                "DELETE https://example.com/v1/users/1/posts/2",
                "GET https://example.com/",
            ]
        );
    }
}

mod names_that_clash {
    use crate::generated::names_that_clash::{Server, types};
    use crate::*;

    #[tokio::test]
    async fn each_is_called_something_else_and_sent_as_it_is_spelled() {
        let (client, fake) = client!(
            names_that_clash,
            json(200, r#"[{"id":"a"}]"#),
            json(200, "\"x\""),
            json(200, r#"{"m²":1.5,"² x":2.0,"x":3.0,"a ² b":"z"}"#),
            nothing(),
            json(200, "[]")
        );
        let devices = client.clientsmith_runtime();
        let call = devices
            ._2fa_devices()
            ._2fa_mode(types::_2faDevices2faMode::Sms);
        let devices = call._2fa_devices("b").send().await.unwrap();
        assert_eq!(devices[0].id.as_deref(), Some("a"));
        let text = client.into_api().into_operation().send().await.unwrap();
        assert_eq!(text, "x");
        let order = client.订单().订单("7").状态(types::订单状态::状态);
        let measures = order.send().await.unwrap();
        assert_eq!(
            (measures.m2, measures._2_x, measures.x),
            (Some(1.5), Some(2.0), Some(3.0))
        );
        assert_eq!(measures.a_2_b.as_deref(), Some("z"));
        client.ue9().stars("a/b").send().await.unwrap();
        let body = types::Self_::new(types::SelfRequired {
            _1_2: types::Self1::_1,
            mode: types::SelfMode::X,
            a: "a".to_owned(),
            b: "b".to_owned(),
            c: "c".to_owned(),
        });
        client.self_().self_(body).send().await.unwrap();
        let sent: Vec<String> = fake.requests().iter().map(line).collect();
        assert_eq!(
            sent,
            [
                "GET https://example.com/2fa/devices?2faMode=sms&2faDevices=b",
                "GET https://example.com/into",
                "GET https://example.com/orders/7?%E7%8A%B6%E6%80%81=%E7%8A%B6%E6%80%81",
                "GET https://example.com/stars/a%2Fb",
                "POST https://example.com/self",
            ]
        );
        let body = r#"{"1":"1","mode":"x","a":"a","b":"b","c":"c"}"#;
        assert_eq!(crate::body(&fake.requests()[4]), body);
        assert_eq!(Server::default(), Server::One);
    }
}
