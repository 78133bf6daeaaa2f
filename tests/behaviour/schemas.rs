//! Schemas: values are read and written as the document says.

mod nullable_members {
    use crate::generated::nullable_members::types::{Note, NotePatch};
    use crate::{round, survives};

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
    fn null_where_it_may_not_stand_is_absent_and_comes_back() {
        let json = r#"{"text":null}"#;
        let patch: NotePatch = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        assert_eq!(patch.text, None);
        survives::<NotePatch>(json);
        let fault = clientsmith_runtime::from_slice::<Note>(br#"{"text":null}"#).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "text: the member is required, and it is missing or null; \
             `optional = [\"Note.text\"]` in clientsmith.toml takes that for absent"
        );
    }
}

mod recursive_types {
    use crate::generated::recursive_types::types::Node;
    use crate::round;

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
    use crate::generated::many_required_members::types::{Buyer, Order, OrderRequired};

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

mod all_of {
    use crate::generated::all_of::types::{Color, Either, Thing, Wrapped};
    use crate::*;

    #[test]
    fn all_members_are_there() {
        survives::<Thing>(r#"{"size":3,"id":1,"name":null,"tags":["a"]}"#);
        let fault = clientsmith_runtime::from_slice::<Thing>(br#"{"size":3}"#).unwrap_err();
        assert_eq!(fault.path(), "id");
    }

    #[test]
    fn a_wrapper_is_what_it_wraps() {
        survives::<Wrapped>(
            r#"{"plain":{"id":1},"described":{"id":2},"nullable":null,"narrowed":"red"}"#,
        );
        let wrapped: Wrapped = clientsmith_runtime::from_slice(br#"{"narrowed":"red"}"#).unwrap();
        assert!(format!("{:?}", wrapped.narrowed).contains("red"));
        assert_eq!(Color::from("green"), Color::Green);
    }

    #[test]
    fn two_that_hold_each_other_have_the_same_members() {
        use crate::generated::all_of::types::{Chicken, Egg};
        let json = r#"{"laid":true,"hatched":false}"#;
        let chicken: Chicken = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        let egg: Egg = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        assert_eq!((chicken.laid, chicken.hatched), (egg.laid, egg.hatched));
    }

    #[test]
    fn alternatives_have_the_members_beside_them() {
        let read = |json: &[u8]| clientsmith_runtime::from_slice::<Either>(json).unwrap();
        let Either::Text(text) = read(br#"{"id":1,"text":"t"}"#) else {
            panic!()
        };
        assert_eq!((text.id, text.text.as_str()), (1, "t"));
        let Either::Number(number) = read(br#"{"id":2,"number":1.5}"#) else {
            panic!()
        };
        assert_eq!(number.id, 2);
    }
}

mod members_that_are_not_declared {
    use clientsmith_runtime::serde_json::Value;

    use crate::generated::members_that_are_not_declared::types::Everything;
    use crate::*;

    #[test]
    fn they_are_kept_where_the_schema_speaks_of_them() {
        for json in [
            r#"{"anything":{"a":1,"b":[2]}}"#,
            r#"{"typed":{"a":1,"b":"x"}}"#,
            r#"{"map":{"a":1},"map_of_models":{"x":{"b":true}},"patterns":{"x-a":1}}"#,
            r#"{"free":{"a":{"b":null}},"any":[1],"always":"x","names":{"a":1.5}}"#,
            r#"{"taken":{"additional":1,"other":2}}"#,
            // `unevaluatedProperties` speaks of what `allOf` leaves over (JSON Schema 2020-12 §11.3).
            r#"{"left_over":{"a":1,"x":"y"},"left_over_all":{"b":2,"a":1,"x":"y"}}"#,
            r#"{"left_over_beside":{"a":1,"x":{"a":2}},"left_over_alone":{"x":1}}"#,
        ] {
            survives::<Everything>(json);
        }
    }

    #[test]
    fn they_are_kept_where_the_schema_says_nothing() {
        let json = r#"{"unsaid":{"a":1,"b":{"c":[null]}}}"#;
        survives::<Everything>(json);
        let read: Everything = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        let unsaid = read.unsaid.unwrap();
        assert_eq!(unsaid.undeclared.get("b").unwrap()["c"][0], Value::Null);
        assert!(deviations::<Everything>(json).is_empty());
    }

    #[test]
    fn they_are_dropped_where_the_schema_forbids_them() {
        let json = r#"{"forbidden":{"a":1,"b":2}}"#;
        assert_eq!(round::<Everything>(json), r#"{"forbidden":{"a":1}}"#);
        let found = deviations::<Everything>(json);
        assert_eq!(found, ["forbidden: a member is not documented"]);
    }

    #[test]
    fn a_wrong_one_is_kept_and_said() {
        let json = r#"{"typed":{"a":1,"b":[]}}"#;
        survives::<Everything>(json);
        let found = deviations::<Everything>(json);
        assert_eq!(found, ["typed.b: the value is not what is documented"]);
    }
}

mod enums_of_every_kind {
    use crate::generated::enums_of_every_kind::types::{Enums, EnumsComparisons, Level};
    use crate::*;

    #[test]
    fn every_value_survives_known_or_not() {
        for json in [
            r#"{"level":-1,"numbers":20,"one":"only","constant":"fixed","number_constant":2}"#,
            r#"{"level":7,"numbers":30,"one":"more","constant":"loose"}"#,
            r#"{"yes":true,"fractions":0.5,"mixed":"a","nullable":"b","untyped":"c"}"#,
            r#"{"mixed":1}"#,
            r#"{"mixed":true,"nullable":null,"listed":"w"}"#,
            r#"{"comparisons":">=","spoken":"中文"}"#,
            r#"{"comparisons":"-1","spoken":"🎉"}"#,
            r#"{"comparisons":"","spoken":"new"}"#,
        ] {
            survives::<Enums>(json);
        }
    }

    #[tokio::test]
    async fn names_of_the_document_are_the_variants() {
        let (client, fake) = client!(enums_of_every_kind, json(200, "{}"));
        client.x().get().level(Level::High).send().await.unwrap();
        assert_eq!(
            line(&fake.requests()[0]),
            "GET https://example.com/x?level=1"
        );
        assert_eq!(Level::from(-1), Level::Low);
        assert_ne!(EnumsComparisons::from(">"), EnumsComparisons::from(">="));
        assert_ne!(EnumsComparisons::from("+1"), EnumsComparisons::from("-1"));
    }
}

mod formats {
    use clientsmith_runtime::{Base64, jiff, uuid};

    use crate::generated::formats::types::Formats;
    use crate::*;

    #[test]
    fn each_has_its_type() {
        let json = concat!(
            r#"{"date_time":"2026-03-10T00:00:00Z","date":"2026-03-10","time":"12:30:00","#,
            r#""uuid":"0b8f7a4e-1c2d-4e5f-8a9b-0c1d2e3f4a5b","byte":"aGk=","uri":"https://a/","decimal":"1.10","#,
            r#""password":"p","unknown":"u","int8":-1,"int16":2,"int32":3,"int64":4,"uint8":5,"#,
            r#""uint64":18446744073709551615,"integer":7,"large":18446744073709551615,"float":0.9687100052833557,"#,
            r#""double":1.5,"unix_time":1700000000}"#
        );
        survives::<Formats>(json);
        let read: Formats = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        let _: (Option<jiff::Timestamp>, Option<jiff::civil::Date>) = (read.date_time, read.date);
        let _: (Option<uuid::Uuid>, Option<Base64>, Option<u64>) =
            (read.uuid, read.byte.clone(), read.large);
        let _: (Option<i8>, Option<i32>, Option<f64>) = (read.int8, read.int32, read.float);
        assert!(
            !format!("{read:?}").contains("\"p\""),
            "a password is not shown"
        );
    }

    #[test]
    fn a_value_that_does_not_fit_is_absent_and_comes_back() {
        for (name, json) in [
            ("int8", r#"{"int8":128}"#),
            ("uint8", r#"{"uint8":-1}"#),
            ("int32", r#"{"int32":3.5}"#),
            ("uuid", r#"{"uuid":"x"}"#),
            ("date_time", r#"{"date_time":"yesterday"}"#),
        ] {
            survives::<Formats>(json);
            let found = deviations::<Formats>(json);
            assert_eq!(
                found,
                [format!("{name}: the value is not what is documented")]
            );
        }
    }

    #[test]
    fn a_number_without_fraction_is_an_integer() {
        let read: Formats = clientsmith_runtime::from_slice(br#"{"int32":3.0}"#).unwrap();
        assert_eq!(read.int32, Some(3));
    }
}

mod tuples {
    use crate::generated::tuples::types::Tuples;
    use crate::*;

    #[test]
    fn each_element_has_its_type() {
        for json in [
            r#"{"pair":["a",1],"old":[true,"x"],"matrix":[[1.5],[]],"free":[1,"a",null],"nullable":[1,null]}"#,
            r#"{"open":["a",1,2]}"#,
            // `prefixItems` says what the items are and not how many (JSON Schema 2020-12 §10.3.1.1).
            r#"{"old":[]}"#,
            r#"{"old":[true]}"#,
            r#"{"old":[true,"x",{"more":[1,null]},2.5]}"#,
            r#"{"open":[]}"#,
            r#"{"sealed":["a"]}"#,
            r#"{"longer":["a",1,2]}"#,
        ] {
            survives::<Tuples>(json);
        }
        let tuples: Tuples = clientsmith_runtime::from_slice(br#"{"pair":["a",1]}"#).unwrap();
        assert_eq!(tuples.pair, Some(("a".to_owned(), 1)));
        let closed: Tuples = clientsmith_runtime::from_slice(br#"{"closed":["a",1]}"#).unwrap();
        assert_eq!(closed.closed, Some(("a".to_owned(), 1)));
    }
}

mod read_only_and_write_only {
    use crate::generated::read_only_and_write_only::types::User;
    use crate::*;

    #[tokio::test]
    async fn each_direction_has_its_members() {
        let answer = json(201, r#"{"id":1,"name":"Ada"}"#);
        let (client, fake) = client!(read_only_and_write_only, answer);
        let user = client
            .u()
            .add_user(User::new("Ada", "pw"))
            .send()
            .await
            .unwrap();
        assert_eq!(user.id, Some(1));
        assert_eq!(
            body(&fake.requests()[0]),
            r#"{"name":"Ada","password":"pw"}"#
        );
    }
}

mod equal_types {
    use std::any::TypeId;

    use crate::generated::equal_types::types;

    fn is<A: 'static, B: 'static>(_: &A, _: &B) -> bool {
        TypeId::of::<A>() == TypeId::of::<B>()
    }

    #[test]
    fn copies_of_a_component_are_the_component() {
        let region = types::Region::new("fra1");
        let droplet = types::Droplet::new();
        assert!(is(&Some(region.clone()), &droplet.place));
        assert!(is(&Some(types::Image::new()), &droplet.image));
        assert!(is(&Some(vec![types::Image::new()]), &droplet.images));
        let answer: types::GetRegionResponse = region;
        assert_eq!(answer.slug, "fra1");
    }

    #[test]
    fn what_may_be_a_coincidence_or_says_something_else_is_not() {
        let droplet = types::Droplet::new();
        assert!(!is(&droplet.place, &droplet.near));
        assert!(!is(&droplet.image, &droplet.kernel));
        assert!(!is(&droplet.image, &Some(types::Owner::new())));
        assert!(!is(&droplet.state, &droplet.level));
    }

    #[test]
    fn components_with_the_same_title_are_one_with_two_names() {
        let user: types::NullableSimpleUser = types::SimpleUser::new("ada");
        let team = types::Team::new(user);
        assert!(is(&team.lead, &Some(team.user.clone())));
        assert!(is(&team.group, &team.former));
        assert!(!is(&team.account, &team.lead));
    }
}

mod circles_of_every_kind {
    use crate::generated::circles_of_every_kind::types::{All, CategoryDetails, Tree};
    use crate::survives;

    #[test]
    fn a_member_that_is_refined_to_its_own_type_has_that_type() {
        let details: CategoryDetails =
            clientsmith_runtime::from_slice(br#"{"parent":{"text":"a","parent":{"text":"b"}}}"#)
                .unwrap();
        let parent: &CategoryDetails = details.parent.as_deref().unwrap();
        assert_eq!(parent.parent.as_deref().unwrap().text.as_deref(), Some("b"));
    }

    #[test]
    fn values_of_any_depth_are_read_and_written() {
        survives::<All>(
            r#"{"category":{"parent":{"name":"a"},"children":[{"name":"b"}]},"folder":{"name":"c","parent":{"name":"d","parent":{"name":"e"}}},"both":[[1]],"choice":{"of":{"of":"f"}}}"#,
        );
        assert!(clientsmith_runtime::from_slice::<Tree>(br#"{"parent":{}}"#).is_err());
    }
}

mod numbers_of_every_size {
    use clientsmith_runtime::Number;

    use crate::generated::numbers_of_every_size::types::Sum;
    use crate::*;

    #[test]
    fn no_digit_is_lost() {
        for json in [
            r#"{"narrowed":9007199254740993,"double":0.1,"integer":-9223372036854775808}"#,
            r#"{"exact":1234567890123456789.0123456789,"exact_text":"1.10"}"#,
            r#"{"unsigned":18446744073709551615,"large":-340282366920938463463374607431768211456}"#,
            r#"{"bounded":99999999999999999999999,"either":9007199254740993,"both":9007199254740993}"#,
            r#"{"exact":7,"either":1.5,"both":0.12345678901234567890123}"#,
            r#"{"exact":1e400,"dotnet":null}"#,
        ] {
            survives::<Sum>(json);
            assert!(deviations::<Sum>(json).is_empty(), "{json}");
        }
    }

    #[test]
    fn a_number_that_is_too_large_costs_no_other() {
        let json = br#"{"integer":18446744073709551616,"double":1e400,"unsigned":1}"#;
        let sum: Sum = clientsmith_runtime::from_slice(json).unwrap();
        assert_eq!(
            (sum.integer, sum.double, sum.unsigned),
            (None, None, Some(1))
        );
        assert_eq!(sum.undeclared.len(), 2);
    }

    #[test]
    fn a_number_in_a_text_is_the_number() {
        let json = r#"{"dotnet":"-7","dotnet_double":"1.5e3"}"#;
        assert_eq!(
            round::<Sum>(json),
            r#"{"dotnet":-7,"dotnet_double":1500.0}"#
        );
    }

    #[tokio::test]
    async fn it_is_sent_as_it_is() {
        let (client, fake) = client!(numbers_of_every_size, json(200, "{}"));
        let exact: Number = "0.12345678901234567890".parse().unwrap();
        let sum = Sum::new().with_exact(exact.clone());
        client.sums().put(7, sum).rate(exact).send().await.unwrap();
        let request = &fake.requests()[0];
        assert_eq!(
            line(request),
            "PUT https://example.com/sums/7?rate=0.12345678901234567890"
        );
        assert_eq!(body(request), r#"{"exact":0.12345678901234567890}"#);
    }
}
