//! How much code there is: the tokens of Rust files without their documentation.
//!
//! `cargo bench --bench tokens -- FILE…` prints the sum.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

fn main() {
    let files = std::env::args()
        .skip(1)
        .filter(|argument| argument.ends_with(".rs"));
    let counts = files.map(|file| {
        let code = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let tokens = TokenStream::from_str(&code).unwrap_or_else(|error| panic!("{file}: {error}"));
        count(tokens)
    });
    println!("{}", counts.sum::<usize>());
}

/// The tokens, two for each pair of brackets. A doc comment is `#`, perhaps `!`, and `[doc = "…"]`.
fn count(tokens: TokenStream) -> usize {
    let mut count: usize = 0;
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_doc(group.stream()) => count = count.saturating_sub(1),
            TokenTree::Group(group) => count += 2 + self::count(group.stream()),
            _ => count += 1,
        }
    }
    count
}

fn is_doc(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().map(|token| token.to_string());
    tokens.next().as_deref() == Some("doc") && tokens.next().as_deref() == Some("=")
}
