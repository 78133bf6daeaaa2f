//! Unions: which variant a value is, and that nothing is lost.

mod unions_by_tag {
    use crate::generated::unions_by_tag::types::{Drawing, Event, Pet, Shape};
    use crate::*;

    fn read<T: clientsmith_runtime::Decode>(json: &str) -> T {
        clientsmith_runtime::from_slice(json.as_bytes()).unwrap()
    }

    #[test]
    fn the_tag_says_which_one_it_is() {
        for json in [
            r#"{"kind":"cat","lives":9}"#,
            r#"{"kind":"kitten","lives":9}"#,
            r#"{"kind":"dog","tricks":["sit"]}"#,
            r#"{"kind":"Fish","water":"salt"}"#,
            r#"{"kind":"parrot","words":2}"#,
        ] {
            survives::<Pet>(json);
        }
        assert!(matches!(read(r#"{"kind":"kitten"}"#), Pet::Cat(_)));
        assert!(matches!(read(r#"{"kind":"dog"}"#), Pet::Dog(_)));
        assert!(matches!(read(r#"{"kind":"Fish"}"#), Pet::Fish(_)));
        assert!(matches!(read(r#"{"kind":"parrot"}"#), Pet::Unknown(_)));
        assert!(matches!(read(r#"{"lives":9}"#), Pet::Unknown(_)));
    }

    #[test]
    fn a_constant_is_a_tag() {
        assert!(matches!(
            read(r#"{"type":"added","pet":{"kind":"cat"}}"#),
            Event::Added(_)
        ));
        assert!(matches!(read(r#"{"type":"refused"}"#), Event::Refused(_)));
        assert!(matches!(
            read(r#"{"type":"Circle","radius":1.5}"#),
            Event::Shape(_)
        ));
        survives::<Event>(r#"{"type":"refused","why":"full"}"#);
    }

    #[test]
    fn heirs_of_a_base_are_its_variants() {
        let json = r#"{"shapes":[{"type":"Circle","radius":1.5},{"type":"Square","side":2.0}]}"#;
        survives::<Drawing>(json);
        assert!(matches!(
            read(r#"{"type":"Square","side":2.0}"#),
            Shape::Square(_)
        ));
        survives::<Shape>(r#"{"side":2.0,"type":"Hexagon"}"#);
    }

    #[tokio::test]
    async fn what_a_variant_holds_becomes_the_union() {
        use crate::generated::unions_by_tag::types::Dog;
        let answer = json(200, r#"{"type":"refused"}"#);
        let (client, fake) = client!(unions_by_tag, answer);
        client.pets().add(Dog::new().into()).send().await.unwrap();
        assert_eq!(body(&fake.requests()[0]), r#"{"kind":"dog"}"#);
    }
}

mod unions_by_look {
    use crate::generated::unions_by_look::types::{Holder, Named, Value};
    use crate::*;

    #[test]
    fn a_value_is_what_it_looks_like() {
        let read = |json: &str| clientsmith_runtime::from_slice::<Value>(json.as_bytes()).unwrap();
        assert!(matches!(read(r#""x""#), Value::String(_)));
        assert!(matches!(read("1.5"), Value::Number(_)));
        assert!(matches!(read("true"), Value::Boolean(true)));
        assert!(matches!(read(r#"["a"]"#), Value::StringList(_)));
        assert!(matches!(read("[1]"), Value::IntegerList(_)));
        assert!(matches!(
            read(r#"{"x":1,"y":2,"extra":3}"#),
            Value::Point(_)
        ));
        assert!(matches!(read(r#"{"id":1}"#), Value::Named(Named::ById(_))));
        assert!(matches!(
            read(r#"{"name":"n"}"#),
            Value::Named(Named::ByName(_))
        ));
        assert!(matches!(read(r#"{"neither":1}"#), Value::Unknown(_)));
    }

    #[test]
    fn nothing_is_lost() {
        for json in [
            r#"{"value":null}"#,
            r#"{"value":{"neither":[1,"two"]}}"#,
            r#"{"text_or_texts":"a","only_texts":"b","enum_or_text":"blue","types":7}"#,
            r#"{"text_or_texts":["a"],"enum_or_text":"red","types":null,"nothing_new":null}"#,
            r#"{"types":true}"#,
        ] {
            survives::<Holder>(json);
        }
    }

    #[tokio::test]
    async fn null_can_be_sent() {
        let (client, fake) = client!(unions_by_look, nothing(), nothing());
        client.values().put(None).send().await.unwrap();
        client
            .values()
            .put(Some("text".to_owned().into()))
            .send()
            .await
            .unwrap();
        let bodies: Vec<String> = fake.requests().iter().map(|r| body(r).to_owned()).collect();
        assert_eq!(bodies, ["null", "\"text\""]);
    }
}
