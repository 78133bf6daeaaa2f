//! Parameters: where they go and how they are written.

mod parameters_of_the_path {
    use crate::generated::parameters_of_the_path::types::{GetAFormat, PutARequest};
    use crate::*;

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

mod parameters_in_every_style {
    use crate::generated::parameters_in_every_style::types::{StylesFilter, StylesJson};
    use crate::*;

    #[tokio::test]
    async fn each_is_written_as_the_specification_says() {
        let (client, fake) = client!(parameters_in_every_style, nothing());
        let texts = ["a b".to_owned(), "c,d".to_owned()];
        let filter = StylesFilter::new().with_a(1).with_b("x");
        client
            .s()
            .styles(&[1, 2], &texts, "m", 3, 4, true)
            .exploded(&texts)
            .joined(&texts)
            .spaced(&texts)
            .piped(&texts)
            .filter(filter)
            .reserved("a/b?c&d")
            .json(StylesJson::new().with_x(7))
            .x_list(&texts)
            .session("s=1")
            .id(5)
            .id_param("five")
            .send()
            .await
            .unwrap();
        let request = &fake.requests()[0];
        assert_eq!(
            line(request),
            "GET https://example.com/simple/1,2/label/.a%20b.c%2Cd/matrix/;matrix=m/both/3-4\
             ?exploded=a%20b&exploded=c%2Cd&joined=a%20b,c%2Cd&spaced=a%20b%20c%2Cd\
             &piped=a%20b|c%2Cd&filter%5Ba%5D=1&filter%5Bb%5D=x&reserved=a/b?c%26d\
             &json=%7B%22x%22%3A7%7D&id=5"
        );
        assert_eq!(header(request, "x-list"), "a b,c,d");
        assert_eq!(header(request, "x-flag"), "true");
        assert_eq!(header(request, "cookie"), "session=s%3D1");
        assert_eq!(header(request, "id"), "five");
        assert_eq!(header(request, "accept"), "application/json");
    }

    #[tokio::test]
    async fn a_query_in_the_path_is_a_query() {
        let (client, fake) = client!(parameters_in_every_style, nothing());
        client.s().query_in_path().send().await.unwrap();
        let sent = line(&fake.requests()[0]);
        assert_eq!(sent, "GET https://example.com/old?version=2&flag=");
    }
}

mod many_arguments {
    use crate::generated::many_arguments::{flights::BookFlightArguments, types};
    use crate::*;

    #[tokio::test]
    async fn they_are_given_by_name() {
        let (client, fake) = client!(many_arguments, nothing());
        let arguments = BookFlightArguments {
            airline: "AF".to_owned(),
            number: 12,
            date: "2026-03-10".parse().unwrap(),
            seat: "1A".to_owned(),
            class: types::BookFlightClass::Business,
            bags: 2,
        };
        let passenger = types::BookFlightRequest::new("Ada");
        let call = client.flights().book(arguments, passenger).meal("none");
        call.send().await.unwrap();
        assert_eq!(
            line(&fake.requests()[0]),
            "POST https://example.com/flights/AF/12?date=2026-03-10&seat=1A&class=business&bags=2&meal=none"
        );
    }
}
