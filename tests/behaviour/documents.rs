//! Documents: their versions, their files, their mistakes.

mod references_everywhere {
    use crate::generated::references_everywhere::{a::MakeAError, types};
    use crate::*;

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

mod several_files {
    use crate::generated::several_files::types::{Team, User};
    use crate::*;

    #[tokio::test]
    async fn they_are_one_document() {
        let answer = r#"{"name":"Ada","team":{"title":"A"},"manager":{"name":"Eve"}}"#;
        let (client, fake) = client!(several_files, json(200, answer), json(200, "[{}]"));
        let user: User = client.users().get(7).send().await.unwrap();
        assert_eq!(user.manager.unwrap().name, "Eve");
        let teams: Vec<Team> = client.teams().list().send().await.unwrap();
        assert_eq!(teams.len(), 1);
        assert_eq!(line(&fake.requests()[0]), "GET https://example.com/users/7");
    }
}

mod one_wrong_node {
    use crate::*;

    #[tokio::test]
    async fn it_costs_that_node_and_no_more() {
        let answer = r#"{"id":1,"lost":{"any":1},"typo":[2],"number":"n"}"#;
        let (client, fake) = client!(one_wrong_node, json(200, answer), nothing());
        let thing = client.g().get_good().limit(3).send().await.unwrap();
        assert_eq!((thing.id, thing.number.as_deref()), (Some(1), Some("n")));
        assert_eq!(thing.lost, Some(value!({"any": 1})));
        client.g().post_bad().send().await.unwrap();
        assert_eq!(
            line(&fake.requests()[0]),
            "GET https://example.com/good?limit=3"
        );
    }
}

mod documents_of_3_2 {
    use crate::generated::documents_of_3_2::types::SearchRequest;
    use crate::*;

    #[tokio::test]
    async fn a_query_is_a_method() {
        let (client, fake) = client!(documents_of_3_2, json(200, r#"["a"]"#));
        let found = client
            .s()
            .search(SearchRequest::new("x"))
            .send()
            .await
            .unwrap();
        assert_eq!(found, ["a"]);
        assert_eq!(
            line(&fake.requests()[0]),
            "QUERY https://example.com/search"
        );
    }
}

mod webhooks {
    use crate::generated::webhooks::webhooks::{OrderLost, OrderPaid};

    #[test]
    fn payloads_are_read_by_name() {
        let paid: OrderPaid = clientsmith_runtime::from_slice(br#"{"id":"o1"}"#).unwrap();
        assert_eq!(paid.id, "o1");
        let lost: OrderLost = clientsmith_runtime::from_slice(br#"{"why":"w"}"#).unwrap();
        assert_eq!(lost.why, "w");
    }
}
