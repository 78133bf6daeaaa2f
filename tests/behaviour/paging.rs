//! Paging: lists are read to their end, and no further.

mod lists_in_pages {
    use crate::generated::lists_in_pages::Client;
    use crate::*;

    /// A page with these things, and what leads to the next.
    fn page(ids: &[i64], next: &str) -> Scripted {
        let things: Vec<_> = ids.iter().map(|id| value!({"id": id})).collect();
        json(
            200,
            value!({"data": {"things": things}, "next": next}).to_string(),
        )
    }

    fn client(script: impl IntoIterator<Item = Scripted>) -> (Client, FakeTransport) {
        let fake = FakeTransport::new(script);
        let builder = Client::builder().transport(fake.clone());
        (builder.build().unwrap(), fake)
    }

    /// The paths and queries that were asked for.
    fn asked(fake: &FakeTransport) -> Vec<String> {
        let requests = fake.requests();
        requests
            .iter()
            .map(|r| r.uri().path_and_query().unwrap().to_string())
            .collect()
    }

    #[tokio::test]
    async fn a_cursor_leads_on_until_there_is_none() {
        let (client, fake) = client([page(&[1, 2], "a b"), page(&[], "c"), page(&[3], "")]);
        let things = client
            .l()
            .list_by_cursor()
            .size(2)
            .items()
            .collect()
            .await
            .unwrap();
        assert_eq!(
            things.iter().map(|thing| thing.id).collect::<Vec<_>>(),
            [1, 2, 3]
        );
        let path = "/v1/cursor?size=2";
        assert_eq!(
            asked(&fake),
            [
                path.to_owned(),
                format!("{path}&after=a%20b"),
                format!("{path}&after=c")
            ]
        );
    }

    #[tokio::test]
    async fn nothing_is_asked_for_before_it_is_wanted() {
        let (client, fake) = client([page(&[1], "x"), page(&[2], "")]);
        let mut items = client.l().list_by_cursor().items();
        assert!(fake.requests().is_empty());
        items.next().await.unwrap().unwrap();
        assert_eq!(fake.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_url_leads_on_but_not_away() {
        let (there, fake) = client([
            page(&[1], "https://example.com/v1/url?page=2"),
            page(&[2], "/v1/url?page=3"),
            page(&[3], "?page=4"),
            page(&[4], ""),
        ]);
        assert_eq!(
            there
                .l()
                .list_by_url()
                .items()
                .collect()
                .await
                .unwrap()
                .len(),
            4
        );
        assert_eq!(
            asked(&fake),
            [
                "/v1/url",
                "/v1/url?page=2",
                "/v1/url?page=3",
                "/v1/url?page=4"
            ]
        );

        for elsewhere in [
            "https://evil.example/",
            "//evil.example/",
            "https://example.com.evil/",
            "http://example.com/v1",
        ] {
            let (client, fake) = client([page(&[1], elsewhere)]);
            let error = client
                .l()
                .list_by_url()
                .items()
                .collect()
                .await
                .unwrap_err();
            assert!(
                error.to_string().contains("another host"),
                "{elsewhere}: {error}"
            );
            assert_eq!(fake.requests().len(), 1);
        }
    }

    #[tokio::test]
    async fn a_link_leads_on() {
        let linked = response(
            200,
            &[("link", "<https://example.com/v1/link?page=2>; rel=\"next\"")],
            "[{\"id\":1}]",
        );
        let (client, fake) = client([linked, response(200, &[], "[{\"id\":2}]")]);
        assert_eq!(
            client
                .l()
                .list_by_link()
                .items()
                .collect()
                .await
                .unwrap()
                .len(),
            2
        );
        assert_eq!(asked(&fake), ["/v1/link", "/v1/link?page=2"]);
    }

    #[tokio::test]
    async fn counting_ends_with_an_empty_page() {
        let script = || [page(&[1, 2], ""), page(&[3], ""), page(&[], "")];
        let (by_offset, fake) = client(script());
        assert_eq!(
            by_offset
                .l()
                .list_by_offset()
                .items()
                .collect()
                .await
                .unwrap()
                .len(),
            3
        );
        assert_eq!(
            asked(&fake),
            ["/v1/offset", "/v1/offset?offset=2", "/v1/offset?offset=3"]
        );
        let (by_page, fake) = client(script());
        assert_eq!(
            by_page
                .l()
                .list_by_page()
                .items()
                .collect()
                .await
                .unwrap()
                .len(),
            3
        );
        assert_eq!(
            asked(&fake),
            ["/v1/page", "/v1/page?page=2", "/v1/page?page=3"]
        );
    }

    #[tokio::test]
    async fn a_circle_is_noticed() {
        let (client, fake) =
            client((0..9).map(|index| page(&[index], if index % 2 == 0 { "a" } else { "b" })));
        let mut pages = client.l().list_by_cursor().pages();
        let mut count = 0;
        let error = loop {
            match pages.next().await.unwrap() {
                Ok(_) => count += 1,
                Err(error) => break error,
            }
        };
        assert_eq!((count, fake.requests().len()), (2, 3));
        assert!(error.to_string().contains("was there already"), "{error}");
        assert!(pages.next().await.is_none());
    }
}
