//! What a call costs more through the C interface than in Rust: from bytes to freed outcome.

use std::{hint::black_box, ptr};

use criterion::{Criterion, criterion_group, criterion_main};
use sanitize::{boundary::Status, exports::*};
use sanitize_core::{Input, Sanitizer};

const INPUT: &[u8] = b"text\n";

fn overhead(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("five bytes of text");
    let sanitizer = Sanitizer::builder().build().expect("one thread is always there");
    group.bench_function("rust", |bencher| {
        bencher.iter(|| {
            let outcome = sanitizer.sanitize(Input::new(black_box(INPUT)).named("a.txt"));
            black_box(outcome.bytes().map(<[u8]>::len))
        });
    });
    let builder = sanitize_builder_new();
    let mut engine = ptr::null_mut();
    // SAFETY: a place for a pointer.
    assert_eq!(unsafe { sanitize_builder_build(builder, &mut engine) }, Status::Ok);
    group.bench_function("c", |bencher| {
        bencher.iter(|| {
            let (mut outcome, mut length) = (ptr::null_mut(), 0);
            // SAFETY: bytes with their length, a text with its end marked, places for a pointer and a number.
            unsafe {
                let bytes = black_box(INPUT);
                let name = c"a.txt".as_ptr();
                sanitize_buffer(engine, bytes.as_ptr(), bytes.len(), name, ptr::null(), &mut outcome);
                black_box(sanitize_outcome_bytes(outcome, &mut length));
            }
            sanitize_outcome_free(outcome);
            length
        });
    });
    group.finish();
    sanitize_engine_free(engine);
    sanitize_builder_free(builder);
}

criterion_group!(benches, overhead);
criterion_main!(benches);
