//! Documents nested as deep as the limits allow have room on the stack the library counts on, and on threads that
//! have far less.

mod common;

use std::{ptr, thread};

use common::{clean, engine};
use sanitize::boundary::Status;
use sanitize_core::{Input, Sanitizer};
use sanitize_corpus::zip::{Archive, Member};

/// A document of each kind that nests, inside seven archives.
fn nested() -> Vec<(String, Vec<u8>)> {
    let mut nested = Vec::new();
    for file in sanitize_corpus::tryout::files() {
        let mut name = file.path.rsplit('/').next().unwrap().to_owned();
        let mut bytes = file.bytes;
        // The file that was given is depth 1, and the limit is 8.
        for level in 0..7 {
            bytes = Archive::of([Member::new(name, &bytes)]).build();
            name = format!("level{level}.zip");
        }
        nested.push((name, bytes));
    }
    nested
}

/// Runs `work` on a thread with `stack` bytes.
fn on_thread<T: Send>(stack: usize, work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        thread::Builder::new().stack_size(stack).spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

/// How many of `files` are delivered. One is nested too deep and rejected for that.
fn delivered(files: &[(String, Vec<u8>)], clean: impl Fn(&str, &[u8]) -> bool) -> usize {
    files.iter().filter(|(name, bytes)| clean(name, bytes)).count()
}

#[test]
fn the_deepest_nesting_takes_less_than_what_is_counted_on() {
    // As the library without more room: 4 MiB, and without optimisation, which takes several times as much.
    let sanitizer = Sanitizer::builder().build().unwrap();
    let files = nested();
    let clean =
        |name: &str, bytes: &[u8]| sanitizer.sanitize(Input::new(bytes).named(name)).bytes().is_some();
    let delivered = on_thread(4 << 20, || delivered(&files, clean));
    assert_eq!(delivered, files.len() - 1);
}

#[test]
fn a_thread_with_hardly_any_stack_is_given_more() {
    let address = engine(&[]).addr();
    let files = nested();
    let clean = |name: &str, bytes: &[u8]| {
        clean(ptr::without_provenance(address), name, bytes, ptr::null()).status == Status::Ok
    };
    assert_eq!(on_thread(96 << 10, || delivered(&files, clean)), files.len() - 1);
    sanitize::exports::sanitize_engine_free(ptr::without_provenance_mut(address));
}
