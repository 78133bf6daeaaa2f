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

mod tags_of_every_kind {
    use crate::generated::tags_of_every_kind::types::{
        Blob, Bus, Car, Child, Coffee, Drink, Elm, Message, Mixed, Oak, Only, Order, Person,
        PersonPerson, Ride, Step, Tea, Things, Tree, TreeKind, Walk, Wrapped,
    };
    use crate::{round, survives};

    fn written(value: &dyn clientsmith_runtime::Encode) -> String {
        String::from_utf8(clientsmith_runtime::to_vec(value).unwrap()).unwrap()
    }

    #[test]
    fn the_tag_is_written_although_no_type_declares_it() {
        let car = Ride::from(Car::new().with_doors(4));
        assert_eq!(written(&car), r#"{"kind":"car","doors":4}"#);
        survives::<Ride>(r#"{"kind":"bus","seats":40}"#);
        survives::<Things>(r#"{"ride":{"kind":"bus","seats":40},"wrapped":{"kind":"car"}}"#);
        let bus = Wrapped::from(Bus::new().with_seats(40));
        assert_eq!(written(&bus), r#"{"kind":"bus","seats":40}"#);
    }

    #[test]
    fn the_schema_names_tell_where_alternatives_share_an_enum() {
        let elm: Tree = clientsmith_runtime::from_slice(br#"{"kind":"Elm","seeds":3}"#).unwrap();
        assert!(matches!(elm, Tree::Elm(Elm { seeds: Some(3), .. })));
        // A value goes out as what it is, whatever its tag says.
        let oak = Tree::from(Oak::new(TreeKind::Elm).with_acorns(1));
        assert_eq!(written(&oak), r#"{"kind":"Oak","acorns":1}"#);
    }

    #[test]
    fn a_base_can_be_an_alternative_of_itself() {
        let json = r#"{"type":"CHILD","name":"b","toys":2,"parent":{"type":"PERSON","name":"a"}}"#;
        survives::<Person>(json);
        let child: Person = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        let Person::Child(child) = child else {
            panic!("not a child");
        };
        let Child { parent, .. } = *child;
        assert!(matches!(parent, Some(Person::Person(_))));
        let person = Person::from(PersonPerson::new("CHILD").with_name("a"));
        assert_eq!(written(&person), r#"{"type":"PERSON","name":"a"}"#);
    }

    #[test]
    fn a_union_in_a_union_with_the_same_tag_tells() {
        let json = r#"{"what":"coffee","shots":2}"#;
        let coffee: Order = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        assert!(matches!(
            coffee,
            Order::Drink(Drink::Coffee(Coffee { shots: Some(2), .. }))
        ));
        survives::<Order>(json);
        survives::<Order>(r#"{"what":"cake","pieces":8}"#);
        survives::<Order>(r#"{"what":"soup","salt":1}"#);
        let tea = Order::from(Drink::from(Tea::new("whatever").with_milk(true)));
        assert_eq!(written(&tea), r#"{"what":"tea","milk":true}"#);
    }

    #[test]
    fn the_only_alternative_does_not_take_every_tag() {
        let bus: Only = clientsmith_runtime::from_slice(br#"{"kind":"bus","seats":4}"#).unwrap();
        assert!(matches!(bus, Only::Unknown(_)));
        survives::<Only>(r#"{"kind":"bus","seats":4}"#);
        survives::<Only>(r#"{"kind":"car","doors":4}"#);
    }

    #[test]
    fn numbers_and_extensions_tell_too() {
        survives::<Step>(r#"{"op":1,"steps":10}"#);
        assert_eq!(
            written(&Step::from(Walk::new(7).with_steps(10))),
            r#"{"op":1,"steps":10}"#
        );
        let json = r##"{"type":"#Storage.Page","pages":1}"##;
        let page: Blob = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        assert!(matches!(page, Blob::PageBlob(_)));
        assert_eq!(round::<Blob>(json), json);
    }

    #[test]
    fn a_discriminator_that_cannot_tell_leaves_it_to_the_look() {
        survives::<Mixed>(r#""text""#);
        survives::<Mixed>(r#"{"doors":4}"#);
        let json = r#"{"kind":"message","given":"yes"}"#;
        let answer: Message = clientsmith_runtime::from_slice(json.as_bytes()).unwrap();
        assert!(matches!(answer, Message::Answer(_)));
        assert_eq!(round::<Message>(json), json);
    }
}
