//! The engine in-process, by format and size: identify, rebuild, verify and report, on one thread.

use std::{hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sanitize_core::{Input, Sanitizer};

fn clean(criterion: &mut Criterion) {
    let sanitizer = Sanitizer::builder().build().expect("one thread is always there");
    let mut group = criterion.benchmark_group("clean");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for class in sanitize_benches::classes() {
        let bytes = class.bytes();
        let name = format!("input.{}", class.extension);
        let run = || sanitizer.sanitize(Input::new(black_box(&bytes)).named(&name));
        assert!(run().bytes().is_some(), "{} is rejected: a rejection is no measure of speed", class.name);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(class.name), |bencher| bencher.iter(run));
    }
    group.finish();
}

criterion_group!(benches, clean);
criterion_main!(benches);
