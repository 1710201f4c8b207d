//! Mails of a mebibyte of text in-process, by the encodings they come in, on one thread.

use std::{fmt::Write as _, hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sanitize_core::{Input, Sanitizer};
use sanitize_corpus::mail::wrapped;

const SIZE: usize = 1 << 20;

/// Lines that differ, until there are `SIZE` bytes of mail text.
fn lines(line: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(SIZE + 200);
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&line(number));
    }
    text
}

fn japanese(number: usize) -> String {
    format!("議事録{number}：本日の会議では、来年度の予算案と工程表について説明がありました。\r\n")
}

fn english(number: usize) -> String {
    format!("Minutes {number}: the budget for next year and the schedule were explained today.\r\n")
}

/// RFC 2045, 6.7, of every byte that is not ASCII, with soft line breaks.
fn quoted_printable(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() * 3);
    let mut column = 0;
    for byte in text.bytes() {
        match byte {
            b'\r' | b'\n' => {
                quoted.push(char::from(byte));
                column = 0;
                continue;
            }
            b'=' | 0x80.. => {
                let _ = write!(quoted, "={byte:02X}");
                column += 3;
            }
            _ => {
                quoted.push(char::from(byte));
                column += 1;
            }
        }
        if column > 70 {
            quoted.push_str("=\r\n");
            column = 0;
        }
    }
    quoted
}

/// The mail of one part.
fn mail(fields: &str, body: &str) -> Vec<u8> {
    let head = "From: a@example.com\r\nTo: b@example.com\r\nSubject: minutes\r\nDate: Mon, 01 Apr 2024 09:00:00 +0900\r\n";
    format!("{head}MIME-Version: 1.0\r\n{fields}\r\n\r\n{body}\r\n").into_bytes()
}

fn mails() -> Vec<(&'static str, Vec<u8>)> {
    let (plain, kana) = (lines(english), lines(japanese));
    let page = format!(
        "<html><body>\r\n{}</body></html>",
        lines(|number| format!("<p>{}</p>\r\n", english(number).trim_end()))
    );
    let packed = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64";
    let quoted = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable";
    vec![
        ("ascii", mail("Content-Type: text/plain; charset=us-ascii", &plain)),
        (
            "utf-8 as it stands",
            mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", &kana),
        ),
        (
            "base64",
            mail(packed, wrapped(&kana.as_bytes()[..kana.floor_char_boundary(SIZE * 3 / 4)]).as_str()),
        ),
        ("quoted-printable", mail(quoted, &quoted_printable(&kana[..kana.floor_char_boundary(SIZE / 3)]))),
        ("html", mail("Content-Type: text/html; charset=us-ascii", &page)),
    ]
}

fn clean(criterion: &mut Criterion) {
    let sanitizer = Sanitizer::builder().build().expect("one thread is always there");
    let mut group = criterion.benchmark_group("mail of one mebibyte");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for (name, bytes) in mails() {
        let run = || sanitizer.sanitize(Input::new(black_box(&bytes)).named("a.eml"));
        assert!(run().bytes().is_some(), "{name} is rejected: a rejection is no measure of speed");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(run));
    }
    group.finish();
}

criterion_group!(benches, clean);
criterion_main!(benches);
