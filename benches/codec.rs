//! Reading, writing and cloning: the generated models against the same structs with their traits derived.
//!
//! `cargo bench --bench codec`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use fleece_ai::types::ListAgentsResponse;

use crate::models::{derived, page};

mod models;

fn main() {
    divan::main();
}

#[divan::bench]
fn decode_generated(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        clientsmith_runtime::from_slice::<ListAgentsResponse>(black_box(page.as_bytes())).unwrap()
    });
}

#[divan::bench]
fn decode_derived(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        serde_json::from_slice::<derived::ListAgentsResponse>(black_box(page.as_bytes())).unwrap()
    });
}

#[divan::bench]
fn encode_generated(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    let value: ListAgentsResponse = clientsmith_runtime::from_slice(page.as_bytes()).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| clientsmith_runtime::to_vec(black_box(&value)).unwrap());
}

#[divan::bench]
fn encode_derived(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    let value: derived::ListAgentsResponse = serde_json::from_str(&page).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| serde_json::to_vec(black_box(&value)).unwrap());
}

#[divan::bench]
fn clone_generated(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    let value: ListAgentsResponse = clientsmith_runtime::from_slice(page.as_bytes()).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| black_box(&value).clone());
}

#[divan::bench]
fn clone_derived(bencher: Bencher<'_, '_>) {
    let page = page(1700);
    let value: derived::ListAgentsResponse = serde_json::from_str(&page).unwrap();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| black_box(&value).clone());
}
