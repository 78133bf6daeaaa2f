//! What operations answer.

mod errors_by_range_and_default {
    use crate::generated::errors_by_range_and_default::things::ListThingsError;
    use crate::*;

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

mod answers_of_every_kind {
    use std::future::poll_fn;
    use std::pin::pin;

    use futures_core::Stream;

    use crate::generated::answers_of_every_kind::Client;
    use crate::generated::answers_of_every_kind::a::{GetRangeError, GetSeveralResponse};
    use crate::*;

    async fn all<T>(stream: impl Stream<Item = T>) -> Vec<T> {
        let mut stream = pin!(stream);
        let mut items = Vec::new();
        while let Some(item) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            items.push(item);
        }
        items
    }

    fn client(answer: Scripted) -> (Client, FakeTransport) {
        client!(answers_of_every_kind, answer)
    }

    #[tokio::test]
    async fn several_successes_are_told_apart_by_status() {
        for (status, text) in [
            (200, r#"{"id":1}"#),
            (202, r#"{"ticket":"t"}"#),
            (204, ""),
            (206, "else"),
        ] {
            let (client, _) = client(response(status, &[], text));
            match client.a().get_several().send().await.unwrap() {
                GetSeveralResponse::Ok(thing) => assert_eq!((status, thing.id), (200, 1)),
                GetSeveralResponse::Accepted(it) => {
                    assert_eq!((status, it.ticket.as_str()), (202, "t"))
                }
                GetSeveralResponse::NoContent => assert_eq!(status, 204),
                GetSeveralResponse::Other(bytes) => {
                    assert_eq!((status, bytes.as_ref()), (206, &b"else"[..]))
                }
            }
        }
    }

    #[tokio::test]
    async fn a_body_that_may_be_missing_is_an_option() {
        let (client, _) = client!(answers_of_every_kind, nothing(), json(200, r#"{"id":2}"#));
        assert_eq!(client.a().get_maybe().send().await.unwrap(), None);
        assert_eq!(client.a().get_maybe().send().await.unwrap().unwrap().id, 2);
    }

    #[tokio::test]
    async fn ranges_and_defaults_are_honoured() {
        let (found, _) = client(json(203, r#"{"id":3}"#));
        assert_eq!(found.a().get_range().send().await.unwrap().id, 3);
        let (failed, _) = client(json(500, r#"{"ticket":"later"}"#));
        let error = failed.a().get_range().send().await.unwrap_err();
        let Some(GetRangeError::Default(reply)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(reply.body.ticket, "later");
        let (default, _) = client(json(200, r#"{"id":4}"#));
        assert_eq!(default.a().get_default().send().await.unwrap().id, 4);
    }

    #[tokio::test]
    async fn what_is_no_json_stays_as_it_is() {
        let (text, fake) = client(response(200, &[("content-type", "text/plain")], "plain"));
        assert_eq!(text.a().get_text().send().await.unwrap(), "plain");
        assert_eq!(header(&fake.requests()[0], "accept"), "text/plain");
        let (file, fake) = client(response(200, &[], "%PDF"));
        let stream = file.a().get_file().send().await.unwrap();
        let parts: Vec<Bytes> = all(stream).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(parts.concat(), b"%PDF");
        assert_eq!(header(&fake.requests()[0], "accept"), "application/pdf");
    }

    #[tokio::test]
    async fn lines_and_events_come_one_by_one() {
        let (lines, _) = client(response(200, &[], "{\"id\":1}\n\n{\"id\":2}\n"));
        let things = all(lines.a().get_lines().send().await.unwrap()).await;
        let ids: Vec<i64> = things.into_iter().map(|thing| thing.unwrap().id).collect();
        assert_eq!(ids, [1, 2]);

        let events =
            "data: {\"ticket\":\"a\"}\n\nevent: more\ndata: {\"ticket\":\ndata: \"b\"}\n\n";
        let (chat, fake) = client(response(
            200,
            &[("content-type", "text/event-stream")],
            events,
        ));
        let events = all(chat.a().chat().send_events().await.unwrap()).await;
        let tickets: Vec<String> = events
            .into_iter()
            .map(|event| event.unwrap().data.ticket)
            .collect();
        assert_eq!(tickets, ["a", "b"]);
        assert_eq!(header(&fake.requests()[0], "accept"), "text/event-stream");
    }

    #[tokio::test]
    async fn events_go_on_behind_the_last_one_where_that_is_wanted() {
        let events = |text: &str| {
            response(
                200,
                &[("content-type", "text/event-stream")],
                text.to_owned(),
            )
        };
        let script = || {
            [
                events("retry: 250\nid: 7\ndata: {\"ticket\":\"a\"}\n\ndata: {\"tick"),
                events("data: {\"ticket\":\"b\"}\n\n"),
                nothing(),
            ]
        };
        let (chat, fake) = {
            let fake = FakeTransport::new(script());
            let builder = Client::builder().transport(fake.clone());
            (builder.build().unwrap(), fake)
        };
        let stream = chat.a().chat().send_events().await.unwrap().reconnecting(3);
        let events = all(stream).await;
        let tickets: Vec<String> = events
            .into_iter()
            .map(|event| event.unwrap().data.ticket)
            .collect();
        assert_eq!(tickets, ["a", "b"]);
        let requests = fake.requests();
        let ids: Vec<&str> = requests
            .iter()
            .map(|request| header(request, "last-event-id"))
            .collect();
        assert_eq!(ids, ["", "7", "7"]);
        assert_eq!(fake.sleeps()[0].as_millis(), 250);

        let (chat, fake) = client(script().into_iter().next().unwrap());
        assert_eq!(
            all(chat.a().chat().send_events().await.unwrap())
                .await
                .len(),
            1
        );
        assert_eq!(fake.requests().len(), 1);
    }

    #[tokio::test]
    async fn headers_of_a_success_are_typed() {
        let answer = response(200, &[("x-total", "3"), ("x-tags", "a, b")], "[]");
        let (client, _) = client(answer);
        let response = client.a().get_headers().send_raw().await.unwrap();
        assert_eq!(response.typed_headers().x_total, Some(3));
        assert_eq!(
            response.typed_headers().x_tags,
            Some(vec!["a".to_owned(), "b".to_owned()])
        );
    }

    #[tokio::test]
    async fn what_a_head_request_describes_does_not_come() {
        let (client, fake) = client(response(200, &[], ""));
        client.a().head_thing().send().await.unwrap();
        assert_eq!(line(&fake.requests()[0]), "HEAD https://example.com/head");
    }
}
