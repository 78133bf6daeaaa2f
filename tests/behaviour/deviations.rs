//! Answers that differ from the document: what the caller sees, what is said of them, what is written again.

mod answers_that_differ {
    use clientsmith_runtime::FromResponse;
    use clientsmith_runtime::serde_json::{Value, json as value};

    use crate::generated::answers_that_differ::owners::GetOwnerError;
    use crate::generated::answers_that_differ::types::Owner;
    use crate::*;

    const ODD: &str = concat!(
        r#"{"id":7,"name":null,"rows":[{"size":1,"label":"x"},{"size":"large"}],"#,
        r#""view":{"order":{"by":"id"}},"color":{"red":1}}"#
    );

    #[tokio::test]
    async fn what_was_read_can_be_changed_and_written_without_a_loss() {
        let (client, fake) = client!(answers_that_differ, json(200, ODD), json(204, ""));
        let response = client.owners().get(7).send_raw().await.unwrap();
        let said: Vec<String> = response
            .deviations()
            .iter()
            .map(ToString::to_string)
            .collect();
        let misfit = "the value is not what is documented";
        assert_eq!(
            said,
            [
                format!("view.order: {misfit}"),
                format!("rows[1].size: {misfit}")
            ]
        );

        let mut owner = response.into_body();
        assert_eq!(owner.view.as_ref().unwrap().order, None);
        assert_eq!(owner.undeclared.get("color"), Some(&value!({"red": 1})));
        owner.name = Some("Ada".to_owned());
        client.owners().put(7, owner).send().await.unwrap();
        let expected: Value = ODD
            .replace("\"name\":null", "\"name\":\"Ada\"")
            .parse()
            .unwrap();
        let sent: Value = body(&fake.requests()[1]).parse().unwrap();
        assert_eq!(sent, expected);
    }

    #[tokio::test]
    async fn a_property_that_is_not_documented_can_be_sent() {
        let (client, fake) = client!(answers_that_differ, json(204, ""));
        let mut owner = Owner::new(1);
        owner.undeclared.insert("color", "red");
        client.owners().put(1, owner).send().await.unwrap();
        assert_eq!(body(&fake.requests()[0]), r#"{"id":1,"color":"red"}"#);
    }

    #[tokio::test]
    async fn an_error_that_is_not_as_documented_keeps_what_the_server_said() {
        let (client, _) = client!(
            answers_that_differ,
            json(422, r#"{"detail":"no such owner"}"#)
        );
        let error = client.owners().get(7).send().await.unwrap_err();
        let Some(GetOwnerError::UnprocessableEntity(problem)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(
            problem.body.undeclared.get("detail").unwrap(),
            "no such owner"
        );
        assert_eq!(problem.body.deviations().len(), 1);
    }

    #[tokio::test]
    async fn anything_takes_text_too() {
        let csv = response(200, &[("content-type", "text/csv")], "a,b\n1,2");
        let (client, _) = client!(answers_that_differ, csv, json(200, "[1]"));
        assert_eq!(
            client.lines().get_lines().send().await.unwrap(),
            value!("a,b\n1,2")
        );
        assert_eq!(
            client.lines().get_lines().send().await.unwrap(),
            value!([1])
        );
    }
}
