//! Security: each operation is sent what it asks for, where it is served.

mod security_in_every_form {
    use crate::generated::security_in_every_form::Client;
    use crate::*;

    fn client() -> (Client, FakeTransport) {
        let fake = FakeTransport::new([nothing(), nothing()]);
        let builder = Client::builder()
            .token("t0k3n")
            .app_id("id")
            .app_key("k&y")
            .oauth("access");
        (builder.transport(fake.clone()).build().unwrap(), fake)
    }

    #[tokio::test]
    async fn the_first_alternative_that_can_be_met_is_taken() {
        let (client, fake) = client();
        client.s().get_default().send().await.unwrap();
        client.s().get_either().send().await.unwrap();
        let sent: Vec<String> = fake
            .requests()
            .iter()
            .map(|r| header(r, "authorization").to_owned())
            .collect();
        assert_eq!(sent, ["Bearer t0k3n", "Bearer access"]);
    }

    #[tokio::test]
    async fn all_schemes_of_an_alternative_are_sent() {
        let (client, fake) = client();
        client.s().get_both().send().await.unwrap();
        let request = &fake.requests()[0];
        assert_eq!(header(request, "x-app-id"), "id");
        assert_eq!(line(request), "GET https://example.com/both?key=k%26y");
        assert_eq!(header(request, "authorization"), "");
    }

    #[tokio::test]
    async fn nothing_is_sent_where_nothing_is_asked_for() {
        let (client, fake) = client();
        client.s().get_none().send().await.unwrap();
        client.s().get_optional().send().await.unwrap();
        for request in fake.requests() {
            assert_eq!(header(&request, "authorization"), "");
        }
    }

    #[tokio::test]
    async fn basic_and_cookies_have_their_own_places() {
        let fake = FakeTransport::new([nothing(), nothing()]);
        let builder = Client::builder().basic("Ada", "pass").cookie("c;1");
        let client = builder.transport(fake.clone()).build().unwrap();
        client.s().get_optional().send().await.unwrap();
        client.s().get_either().send().await.unwrap();
        let requests = fake.requests();
        assert_eq!(header(&requests[0], "authorization"), "Basic QWRhOnBhc3M=");
        assert_eq!(header(&requests[1], "cookie"), "session=c%3B1");
    }

    #[tokio::test]
    async fn a_missing_credential_is_said_before_anything_is_sent() {
        let fake = FakeTransport::new([]);
        let client = Client::builder().transport(fake.clone()).build().unwrap();
        let error = client.s().get_both().send().await.unwrap_err();
        assert!(error.is_request(), "{error}");
        assert!(error.to_string().contains("app_id"), "{error}");
        assert!(fake.requests().is_empty());
    }
}

mod client_credentials {
    use crate::generated::security_in_every_form::Client;
    use crate::*;

    fn token(name: &str, seconds: u32) -> Scripted {
        json(
            200,
            format!(r#"{{"access_token":"{name}","expires_in":{seconds}}}"#),
        )
    }

    fn client(script: Vec<Scripted>) -> (Client, FakeTransport) {
        let fake = FakeTransport::new(script);
        let builder = Client::builder().oauth_client("my app", "s3cret:1");
        (builder.transport(fake.clone()).build().unwrap(), fake)
    }

    fn sent(fake: &FakeTransport) -> Vec<String> {
        let requests = fake.requests();
        requests
            .iter()
            .map(|r| format!("{} {}", line(r), header(r, "authorization")))
            .collect()
    }

    const ASKED: &str = "POST https://example.com/token Basic bXklMjBhcHA6czNjcmV0JTNBMQ==";

    #[tokio::test]
    async fn a_token_is_asked_for_once_and_used_until_it_is_old() {
        let (client, fake) = client(vec![token("t1", 3600), nothing(), nothing()]);
        client.s().get_either().send().await.unwrap();
        client.s().get_either().send().await.unwrap();
        let used = "GET https://example.com/either Bearer t1";
        assert_eq!(sent(&fake), [ASKED, used, used]);
        assert_eq!(body(&fake.requests()[0]), "grant_type=client_credentials");
    }

    #[tokio::test]
    async fn a_token_that_is_old_is_replaced() {
        let (client, fake) = client(vec![token("t1", 0), nothing(), token("t2", 0), nothing()]);
        client.s().get_either().send().await.unwrap();
        client.s().get_either().send().await.unwrap();
        assert!(sent(&fake)[3].ends_with("Bearer t2"));
    }

    #[tokio::test]
    async fn a_token_that_is_not_accepted_is_replaced_once() {
        let refused = || response(401, &[], "");
        let script = vec![token("t1", 3600), refused(), token("t2", 3600), nothing()];
        let (accepted, fake) = client(script);
        accepted.s().get_either().send().await.unwrap();
        assert!(sent(&fake)[3].ends_with("Bearer t2"));

        let script = vec![token("t1", 3600), refused(), token("t2", 3600), refused()];
        let (never, fake) = client(script);
        let error = never.s().get_either().send().await.unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), fake.requests().len()),
            (401, 4)
        );
    }

    #[tokio::test]
    async fn calls_at_the_same_time_wait_for_one_token() {
        let mut script = vec![token("t1", 3600)];
        script.extend((0..8).map(|_| nothing()));
        let (client, fake) = client(script);
        let calls: Vec<_> = (0..8)
            .map(|_| tokio::spawn(client.s().get_either().send()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(sent(&fake).iter().filter(|line| *line == ASKED).count(), 1);
    }

    #[tokio::test]
    async fn what_the_token_endpoint_refuses_is_said_without_the_secret() {
        let (client, _) = client(vec![json(
            400,
            r#"{"error":"invalid_client","hint":"s3cret:1"}"#,
        )]);
        let error = client.s().get_either().send().await.unwrap_err();
        assert!(error.is_request() && error.attempts() == 0);
        let text = format!("{error} {error:?} {client:?}");
        assert!(
            text.contains("invalid_client") && !text.contains("s3cret"),
            "{text}"
        );
    }
}

mod servers_to_choose_from {
    use crate::generated::servers_to_choose_from::{Client, Server};
    use crate::*;

    async fn sent(server: Option<Server>) -> Vec<String> {
        let fake = FakeTransport::new([nothing(), nothing(), nothing()]);
        let mut builder = Client::builder().transport(fake.clone());
        if let Some(server) = server {
            builder = builder.server(server);
        }
        let client = builder.build().unwrap();
        client.s().get_a().send().await.unwrap();
        client.s().get_b().send().await.unwrap();
        client.s().post_b().send().await.unwrap();
        fake.requests().iter().map(line).collect()
    }

    #[tokio::test]
    async fn an_operation_may_have_its_own() {
        assert_eq!(
            sent(None).await,
            [
                "GET https://eu.example.com:443/v2/a",
                "GET https://uploads.example.com/b",
                "POST https://eu.example.com:443/uploads/b",
            ]
        );
    }

    #[tokio::test]
    async fn a_chosen_one_is_used_for_everything() {
        let server = Server::Production {
            region: "us".to_owned(),
            port: "8443".to_owned(),
            version: "3".to_owned(),
        };
        assert_eq!(
            sent(Some(server)).await,
            [
                "GET https://us.example.com:8443/v3/a",
                "GET https://us.example.com:8443/v3/b",
                "POST https://us.example.com:8443/v3/b",
            ]
        );
        assert_eq!(String::from(Server::Staging), "https://staging.example.com");
    }
}

mod a_server_without_a_host {
    use crate::generated::a_server_without_a_host::Client;
    use crate::*;

    #[tokio::test]
    async fn the_user_says_where_it_is() {
        assert!(Client::builder().build().is_err());
        assert!(Client::new("https://example.com/api/v3", "k").is_ok());
        let fake = FakeTransport::new([nothing()]);
        let builder = Client::builder()
            .base_url("https://example.com/api/v3")
            .key("k");
        let client = builder.transport(fake.clone()).build().unwrap();
        client.s().get_a().send().await.unwrap();
        assert_eq!(
            line(&fake.requests()[0]),
            "GET https://example.com/api/v3/a"
        );
        assert_eq!(header(&fake.requests()[0], "x-key"), "k");
    }
}
