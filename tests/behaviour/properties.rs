//! Properties: whatever a value is, it arrives as it was.

use crate::generated::parameters_in_every_style::types::StylesFilter;
use crate::*;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// A text of characters that mean something somewhere.
    fn text(&mut self) -> String {
        const CHARACTERS: &str =
            "aZ0 &=+%#?/\\:;,.|'\"[]{}()<>!$*@~^`-_\t\n\u{0}\u{7f}é中🎉\u{202e}";
        let characters: Vec<char> = CHARACTERS.chars().collect();
        let length = 1 + self.roll(8);
        (0..length)
            .map(|_| characters[self.roll(characters.len() as u64) as usize])
            .collect()
    }
}

/// Percent escapes undone, by another hand than that of the runtime.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| (byte.unwrap() as char).to_digit(16).unwrap() as u8;
                let high = digit(rest.next());
                high * 16 + digit(rest.next())
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// The pairs of a query, by the same hand.
fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect()
}

#[tokio::test]
async fn parameters_arrive_as_they_were() {
    let mut dice = Dice(7);
    for _ in 0..500 {
        let (list, text) = (vec![dice.text(), dice.text()], dice.text());
        let mut matrix = dice.text();
        // A segment must not become a step to another place.
        while [".", ".."].contains(&matrix.as_str()) {
            matrix = dice.text();
        }
        let (client, fake) = client!(parameters_in_every_style, nothing());
        let filter = StylesFilter::new().with_b(text.clone());
        let call = client.s().styles(&[1], &list, &matrix, 3, 4, true);
        let call = call
            .exploded(&list)
            .joined(&list)
            .filter(filter)
            .reserved(&text);
        call.send().await.unwrap();
        let request = &fake.requests()[0];
        let (path, query) = request
            .uri()
            .path_and_query()
            .unwrap()
            .as_str()
            .split_once('?')
            .unwrap();

        let segments: Vec<&str> = path.split('/').collect();
        assert_eq!(segments.len(), 9, "{path}");
        assert_eq!(
            unescape(segments[6].strip_prefix(";matrix=").unwrap()),
            matrix
        );

        let pairs = pairs(query);
        let of = |name: &str| -> Vec<&str> {
            let found = pairs.iter().filter(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str()).collect()
        };
        assert_eq!(of("exploded"), list);
        assert_eq!(of("filter[b]"), [&text]);
        assert_eq!(of("reserved"), [&text]);
        let joined = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("joined="))
            .unwrap();
        assert_eq!(joined.split(',').map(unescape).collect::<Vec<_>>(), list);
    }
}
