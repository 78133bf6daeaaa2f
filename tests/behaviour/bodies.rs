//! Bodies: every media type is written as its name says.

mod bodies_in_every_media_type {
    use clientsmith_runtime::{Body, File};

    use crate::generated::bodies_in_every_media_type::Client;
    use crate::generated::bodies_in_every_media_type::b::SendSeveralBody;
    use crate::generated::bodies_in_every_media_type::types::{Form, SendMultipartRequest};
    use crate::*;

    fn form() -> Form {
        let tags = vec!["x y".to_owned(), "z".to_owned()];
        // One of the media types is a merge patch, so each may be `null`.
        let meta = [("k".to_owned(), Some("v".to_owned()))].into();
        let form = Form::new().with_name(Some("n".to_owned()));
        form.with_tags(Some(tags)).with_meta(Some(meta))
    }

    /// Sends a request and returns its media type and its body.
    macro_rules! sent {
        ($call:expr) => {{
            let (client, fake) = client!(bodies_in_every_media_type, nothing());
            let call: fn(&Client) -> _ = $call;
            call(&client).send().await.unwrap();
            let request = &fake.requests()[0];
            (
                header(request, "content-type").to_owned(),
                body(request).to_owned(),
            )
        }};
    }

    #[tokio::test]
    async fn a_form_is_one_line() {
        let (media_type, body) = sent!(|c| c.b().send_form(form()));
        assert_eq!(media_type, "application/x-www-form-urlencoded");
        assert_eq!(body, "name=n&tags=x%20y%2Cz&meta%5Bk%5D=v");
    }

    #[tokio::test]
    async fn a_multipart_form_has_files() {
        let (media_type, body) = sent!(|c| {
            let file = File::from(vec![1, 2, 3]).named("a.png");
            let more = vec![File::from("second").named("b")];
            let form = SendMultipartRequest::new(file)
                .with_more(more)
                .with_note("hi")
                .with_meta(form());
            c.b().send_multipart(form)
        });
        let boundary = media_type
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 6, "{body}");
        assert!(
            parts[1].contains("name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n")
        );
        assert!(parts[1].ends_with("\r\n\r\n\u{1}\u{2}\u{3}\r\n"));
        assert!(parts[2].contains("name=\"more\"; filename=\"b\""));
        assert_eq!(
            parts[3],
            "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n"
        );
        assert!(parts[4].contains("Content-Type: application/json\r\n\r\n{\"name\":\"n\""));
        assert_eq!(parts[5], "--\r\n");
    }

    #[tokio::test]
    async fn a_file_of_the_disk_is_read_while_it_is_sent() {
        let path = std::env::temp_dir().join(format!("clientsmith-{}.txt", std::process::id()));
        let contents = "0123456789".repeat(20_000);
        std::fs::write(&path, &contents).unwrap();
        let (client, fake) = client!(bodies_in_every_media_type, nothing(), nothing());
        let file = File::from_path(&path).unwrap();
        let name = format!(
            "filename=\"{}\"",
            path.file_name().unwrap().to_str().unwrap()
        );
        client
            .b()
            .send_multipart(SendMultipartRequest::new(file))
            .send()
            .await
            .unwrap();
        client
            .b()
            .send_binary(Body::from_path(&path).unwrap())
            .send()
            .await
            .unwrap();
        std::fs::remove_file(&path).unwrap();
        let requests = fake.requests();
        let form = body(&requests[0]);
        assert!(form.contains(&name) && form.contains(&contents));
        assert_eq!(
            header(&requests[0], "content-length"),
            form.len().to_string()
        );
        assert_eq!(body(&requests[1]), contents);
        assert!(File::from_path(&path).is_err());
    }

    #[tokio::test]
    async fn text_and_bytes_stay_as_they_are() {
        let plain = |media_type: &str, body: &str| (media_type.to_owned(), body.to_owned());
        let binary = sent!(|c| c.b().send_binary(vec![b'a', b'b']));
        assert_eq!(binary, plain("application/octet-stream", "ab"));
        assert_eq!(
            sent!(|c| c.b().send_text("hello")),
            plain("text/plain", "hello")
        );
        assert_eq!(
            sent!(|c| c.b().send_xml("<a/>")),
            plain("application/xml", "<a/>")
        );
    }

    #[tokio::test]
    async fn json_has_many_names() {
        let json = r#"{"name":"n","tags":["x y","z"],"meta":{"k":"v"}}"#.to_owned();
        let any = sent!(|c| c.b().send_any(form()));
        assert_eq!(any, ("application/json".to_owned(), json.clone()));
        let patch = sent!(|c| c.b().send_plus_json().body(form()));
        assert_eq!(
            patch,
            ("application/merge-patch+json".to_owned(), json.clone())
        );
        let lines = sent!(|c| c.b().send_lines(&[form(), Form::new()]));
        assert_eq!(
            lines,
            ("application/x-ndjson".to_owned(), format!("{json}\n{{}}\n"))
        );
    }

    #[tokio::test]
    async fn one_of_several_is_chosen_by_its_type() {
        let model = sent!(|c| c.b().send_several(Form::new()));
        assert_eq!(model, ("application/json".to_owned(), "{}".to_owned()));
        let bytes = sent!(|c| c.b().send_several(Body::from("b")));
        assert_eq!(
            bytes,
            ("application/octet-stream".to_owned(), "b".to_owned())
        );
        let text = sent!(|c| c.b().send_several(SendSeveralBody::Csv("a,b".to_owned())));
        assert_eq!(text, ("text/csv".to_owned(), "a,b".to_owned()));
    }
}

mod bodies_of_one_type {
    use crate::generated::bodies_of_one_type::logs::GetLogsResponse;
    use crate::generated::bodies_of_one_type::notes::AddNoteBody;
    use crate::*;

    #[tokio::test]
    async fn the_first_media_type_has_the_conversion_and_the_others_are_named() {
        let (client, fake) = client!(bodies_of_one_type, nothing(), nothing());
        client
            .notes()
            .add()
            .body("a".to_owned())
            .send()
            .await
            .unwrap();
        let text = AddNoteBody::Plain("a".to_owned());
        client.notes().add().body(text).send().await.unwrap();
        let sent = fake.requests();
        assert_eq!(
            (header(&sent[0], "content-type"), body(&sent[0])),
            ("application/json", "\"a\"")
        );
        assert_eq!(
            (header(&sent[1], "content-type"), body(&sent[1])),
            ("text/plain", "a")
        );
    }

    #[tokio::test]
    async fn lines_among_other_answers_are_bytes() {
        let (client, _) = client!(bodies_of_one_type, response(200, &[], "{}\n{}\n"));
        let logs = client.logs().get_logs().send().await.unwrap();
        assert_eq!(logs, GetLogsResponse::Ok(Bytes::from_static(b"{}\n{}\n")));
    }
}

/// RFC 7396 §1: `null` removes a member, and what is absent stays as it is.
mod merge_patches {
    use crate::generated::merge_patches::types::{Patch, Place, Step};
    use crate::*;

    #[tokio::test]
    async fn a_patch_says_null_absent_and_a_value_at_every_depth() {
        let (client, fake) = client!(merge_patches, json(200, r#"{"text":"x"}"#));
        let place = Place::new().with_room(None).with_floor(Some(2));
        let labels = [
            ("a".to_owned(), None),
            ("b".to_owned(), Some("c".to_owned())),
        ];
        let patch = Patch::new()
            .with_note(None)
            .with_place(Some(place))
            .with_labels(Some(labels.into()))
            .with_steps(Some(vec![Step::new().with_done(true)]));
        client.tasks().patch(1, patch).send().await.unwrap();
        let request = &fake.requests()[0];
        assert_eq!(
            body(request),
            r#"{"note":null,"place":{"room":null,"floor":2},"labels":{"a":null,"b":"c"},"steps":[{"done":true}]}"#
        );
        assert_eq!(
            header(request, "content-type"),
            "application/merge-patch+json"
        );
    }
}

/// OpenAPI 3.1 §4.8.14.3: a part without a type is bytes, unless its media type is JSON.
mod parts_without_a_type {
    use clientsmith_runtime::{Base64, File};

    use crate::generated::parts_without_a_type::types::UploadRequest;
    use crate::*;

    #[tokio::test]
    async fn they_are_files() {
        let (client, fake) = client!(parts_without_a_type, response(204, &[], ""));
        let request = UploadRequest::new(File::from("png"))
            .with_document("pdf")
            .with_anything("x")
            .with_several(vec![File::from("1"), File::from("2")])
            .with_typed("gif")
            .with_data(value!({"a": 1}))
            .with_encoded(Base64::from(b"hi".to_vec()));
        client.up().upload(request).send().await.unwrap();
        let requests = fake.requests();
        let sent = body(&requests[0]);
        for part in [
            "name=\"picture\"",
            "name=\"anything\"",
            "Content-Type: image/gif\r\n\r\ngif\r\n",
            "Content-Type: application/json\r\n\r\n{\"a\":1}\r\n",
            "\r\n\r\naGk=\r\n",
        ] {
            assert!(sent.contains(part), "{part} in {sent}");
        }
        assert_eq!(sent.matches("; name=\"several\"").count(), 2);
    }
}
