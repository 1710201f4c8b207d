//! Through the C interface the engine answers as it does in Rust: buffers, files, streams, threads, and ends.

mod common;

use std::{
    ffi::{CStr, CString, c_char, c_void},
    fs,
    os::unix::ffi::OsStrExt,
    path::Path,
    ptr, slice,
    sync::Mutex,
    thread,
};

use common::{Answer, bytes, clean, engine, last_error, take, text};
use sanitize::{boundary::Status, exports::*};
use sanitize_core::{Input, Outcome, Sanitizer};

/// Samples of every kind with the marker that must not get out, and one file of no known type.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = sanitize_corpus::samples()
        .iter()
        .step_by(25)
        .map(|sample| (sample.name(), sample.bytes()))
        .filter(|(_, bytes): &(String, Vec<u8>)| bytes.len() < 200_000)
        .collect();
    files.push(("unknown.bin".to_owned(), b"\x00\x01CDRKILL-unknown\xff".repeat(9)));
    files
}

fn expected(sanitizer: &Sanitizer, name: &str, bytes: &[u8]) -> Answer {
    match sanitizer.sanitize(Input::new(bytes).named(name)) {
        Outcome::Delivered { bytes, report } => Answer {
            status: Status::Ok,
            bytes: Some(bytes.to_vec()),
            report: report.to_json(),
            reason: String::new(),
            limit: String::new(),
        },
        Outcome::Rejected { report } => {
            let sanitize_core::Verdict::Rejected(rejection) = report.verdict() else {
                panic!("no rejection")
            };
            Answer {
                status: Status::Rejected,
                bytes: None,
                report: report.to_json(),
                reason: rejection.reason.to_owned(),
                limit: rejection.message.strip_prefix("limit reached: ").unwrap_or_default().to_owned(),
            }
        }
    }
}

#[test]
fn one_engine_serves_eight_threads_as_it_serves_one_and_as_rust_does() {
    let engine = engine(&[]).addr();
    let sanitizer = Sanitizer::builder().build().unwrap();
    let files = samples();
    let expected: Vec<Answer> = files.iter().map(|(name, bytes)| expected(&sanitizer, name, bytes)).collect();
    assert!(expected.iter().any(|answer| answer.bytes.is_some()));
    assert!(expected.iter().any(|answer| answer.bytes.is_none()));
    thread::scope(|scope| {
        for first in 0..8 {
            let (files, expected) = (&files, &expected);
            scope.spawn(move || {
                let engine = ptr::without_provenance(engine);
                // Each thread begins elsewhere, so that all of them do different things at a time.
                for step in 0..files.len() {
                    let index = (first * files.len() / 8 + step) % files.len();
                    let (name, bytes) = &files[index];
                    assert_eq!(clean(engine, name, bytes, ptr::null()), expected[index], "{name}");
                }
            });
        }
    });
    sanitize_engine_free(ptr::without_provenance_mut(engine));
}

#[test]
fn an_engine_freed_under_a_call_lets_it_end() {
    let engine = engine(&[]).addr();
    let files = samples();
    thread::scope(|scope| {
        let work = scope.spawn(|| {
            let answers = files
                .iter()
                .map(|(name, bytes)| clean(ptr::without_provenance(engine), name, bytes, ptr::null()));
            answers.map(|answer| answer.status).collect::<Vec<_>>()
        });
        thread::sleep(std::time::Duration::from_millis(5));
        sanitize_engine_free(ptr::without_provenance_mut(engine));
        let statuses = work.join().unwrap();
        assert_eq!(statuses.last(), Some(&Status::InvalidHandle), "later calls are told");
    });
}

/// A source that gives its bytes in pieces, and a sink.
struct Pipe<'a> {
    source: &'a [u8],
    sink: Vec<u8>,
    /// The source had not ended when something was written.
    early: bool,
    refuse_after: usize,
}

unsafe extern "C-unwind" fn read(context: *mut c_void, buffer: *mut u8, length: usize) -> isize {
    // SAFETY: the tests give a pipe as the context, and the library a buffer of this length.
    unsafe {
        let pipe = &mut *context.cast::<Pipe<'_>>();
        let count = pipe.source.len().min(length).min(1_000);
        let (piece, rest) = pipe.source.split_at(count);
        slice::from_raw_parts_mut(buffer, count).copy_from_slice(piece);
        pipe.source = rest;
        count as isize
    }
}

unsafe extern "C-unwind" fn write(context: *mut c_void, bytes: *const u8, length: usize) -> i32 {
    // SAFETY: the tests give a pipe as the context, and the library bytes of this length.
    unsafe {
        let pipe = &mut *context.cast::<Pipe<'_>>();
        pipe.early |= !pipe.source.is_empty();
        pipe.sink.extend_from_slice(slice::from_raw_parts(bytes, length));
        i32::from(pipe.sink.len() > pipe.refuse_after)
    }
}

fn stream(engine: *const EngineHandle, name: &str, bytes: &[u8], refuse_after: usize) -> (Answer, Vec<u8>) {
    let mut pipe = Pipe { source: bytes, sink: Vec::new(), early: false, refuse_after };
    let context = (&raw mut pipe).cast();
    let name = CString::new(name).unwrap();
    let mut outcome = ptr::null_mut();
    // SAFETY: callbacks that know their context, a text with its end marked, a place for a pointer.
    let status = unsafe {
        sanitize_stream(
            engine,
            Some(read),
            context,
            Some(write),
            context,
            name.as_ptr(),
            ptr::null(),
            &mut outcome,
        )
    };
    assert!(!pipe.early, "nothing is written before all was read");
    (take(status, outcome), pipe.sink)
}

#[test]
fn a_stream_gives_what_a_buffer_gives() {
    let engine = engine(&[]);
    for (name, bytes) in samples().iter().step_by(3) {
        let (answer, written) = stream(engine, name, bytes, usize::MAX);
        assert_eq!(answer, clean(engine, name, bytes, ptr::null()), "{name}");
        assert_eq!(written, answer.bytes.unwrap_or_default(), "{name}: a rejection writes nothing");
    }
    sanitize_engine_free(engine);
}

#[test]
fn a_stream_longer_than_the_limit_is_not_read_to_its_end() {
    let engine = engine(&[("input-bytes", 5_000)]);
    let (answer, written) = stream(engine, "a.txt", &b"text ".repeat(100_000), usize::MAX);
    assert_eq!((answer.status, answer.limit.as_str()), (Status::Rejected, "input-bytes"));
    assert!(written.is_empty());
    sanitize_engine_free(engine);
}

#[test]
fn a_sink_that_fails_is_an_error() {
    let engine = engine(&[]);
    let (answer, written) = stream(engine, "a.txt", &b"text\n".repeat(40_000), 70_000);
    assert_eq!((answer.status, answer.bytes), (Status::CallbackFailed, None));
    assert_eq!(last_error(), "the write callback failed");
    assert!(written.len() < 200_000, "it ends with the piece that failed");
    sanitize_engine_free(engine);
}

fn file(engine: *const EngineHandle, input: &Path, output: &Path, options: *const OptionsHandle) -> Answer {
    let c_path = |path: &Path| CString::new(path.as_os_str().as_bytes()).unwrap();
    let mut outcome = ptr::null_mut();
    // SAFETY: texts with their ends marked, a place for a pointer.
    let status = unsafe {
        sanitize_file(engine, c_path(input).as_ptr(), c_path(output).as_ptr(), options, &mut outcome)
    };
    take(status, outcome)
}

/// The names in `folder`.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let engine = engine(&[]);
    fs::write(path("a.csv"), "a,b\n1,=1+1\n").unwrap();
    fs::write(path("bad.png"), b"\x89PNG\r\n\x1a\nCDRKILL").unwrap();

    let answer = file(engine, &path("a.csv"), &path("out.csv"), ptr::null());
    assert_eq!(answer.status, Status::Ok);
    assert_eq!(fs::read(path("out.csv")).ok(), answer.bytes);

    let answer = file(engine, &path("bad.png"), &path("out.png"), ptr::null());
    assert_eq!((answer.status, answer.bytes), (Status::Rejected, None));

    assert_eq!(file(engine, &path("none.csv"), &path("x"), ptr::null()).status, Status::ReadFailed);
    assert_eq!(file(engine, folder.path(), &path("x"), ptr::null()).status, Status::ReadFailed);
    assert_eq!(file(engine, &path("a.csv"), &path("no/x"), ptr::null()).status, Status::WriteFailed);
    assert_eq!(names(folder.path()), ["a.csv", "bad.png", "out.csv"], "nothing else is left");
    sanitize_engine_free(engine);
}

#[test]
fn nothing_is_replaced_unasked_and_the_input_never() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let engine = engine(&[]);
    fs::write(path("a.csv"), "a,b\n1,=1+1\n").unwrap();
    fs::write(path("old.csv"), "old").unwrap();
    std::os::unix::fs::symlink(path("a.csv"), path("link.csv")).unwrap();
    fs::hard_link(path("a.csv"), path("hard.csv")).unwrap();
    let options = sanitize_options_new();

    assert_eq!(file(engine, &path("a.csv"), &path("old.csv"), options).status, Status::Exists);
    assert_eq!(fs::read(path("old.csv")).unwrap(), b"old");
    assert_eq!(sanitize_options_replace(options, 1), Status::Ok);
    assert_eq!(sanitize_options_sync(options, 1), Status::Ok);
    for same in ["a.csv", "link.csv", "hard.csv"] {
        assert_eq!(file(engine, &path("a.csv"), &path(same), options).status, Status::Exists, "{same}");
    }
    assert_eq!(fs::read(path("a.csv")).unwrap(), b"a,b\n1,=1+1\n");
    let answer = file(engine, &path("a.csv"), &path("old.csv"), options);
    assert_eq!((answer.status, fs::read(path("old.csv")).ok()), (Status::Ok, answer.bytes));
    sanitize_options_free(options);
    sanitize_engine_free(engine);
}

#[test]
#[expect(clippy::print_stdout, reason = "what is skipped is said")]
fn the_mark_of_the_web_goes_along() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.txt"), "text\n").unwrap();
    let mark = "user.Zone.Identifier";
    if xattr::set(path("a.txt"), mark, b"[ZoneTransfer]\r\nZoneId=4\r\nHostUrl=https://example.invalid/\r\n")
        .is_err()
    {
        println!("skipped: the file system has no extended attributes");
        return;
    }
    let engine = engine(&[]);
    assert_eq!(file(engine, &path("a.txt"), &path("b.txt"), ptr::null()).status, Status::Ok);
    let copied = xattr::get(path("b.txt"), mark).unwrap().unwrap();
    assert_eq!(copied, b"[ZoneTransfer]\r\nZoneId=4\r\n");
    sanitize_engine_free(engine);
}

#[test]
fn a_flag_set_by_another_thread_ends_the_call() {
    let engine = engine(&[("timeout-ms", 60_000)]);
    let (options, cancel) = (sanitize_options_new(), sanitize_cancel_new());
    assert_eq!(sanitize_options_cancel(options, cancel), Status::Ok);
    let before = clean(engine, "a.txt", b"text\n", options);
    assert_eq!(before.status, Status::Ok, "a flag that is not set ends nothing");
    let address = cancel.addr();
    thread::spawn(move || sanitize_cancel_set(ptr::without_provenance_mut(address))).join().unwrap();
    // Options keep what they need of the flag.
    assert_eq!(sanitize_cancel_free(cancel), Status::Ok);
    let after = clean(engine, "a.txt", b"text\n", options);
    assert_eq!((after.status, after.bytes), (Status::Rejected, None));
    assert_eq!((after.reason.as_str(), after.limit.as_str()), ("limit", "cancelled"));
    sanitize_options_free(options);
    sanitize_engine_free(engine);
}

#[test]
fn a_run_that_takes_too_long_is_told_by_its_limit() {
    let engine = engine(&[("timeout-ms", 1)]);
    let picture =
        sanitize_corpus::bench::CLASSES.iter().find(|class| class.extension == "png").unwrap().bytes();
    let answer = clean(engine, "a.png", &picture, ptr::null());
    assert_eq!((answer.status, answer.bytes), (Status::Rejected, None));
    assert_eq!(answer.limit, "time");
    sanitize_engine_free(engine);
}

unsafe extern "C-unwind" fn log(context: *mut c_void, level: i32, message: *const c_char) {
    // SAFETY: the test gives a list behind a mutex as the context; the message ends with a NUL.
    unsafe {
        let list = &*context.cast::<Mutex<Vec<(i32, String)>>>();
        list.lock().unwrap().push((level, CStr::from_ptr(message).to_str().unwrap().to_owned()));
    }
}

#[test]
fn the_log_hears_of_each_input_once() {
    let heard = Mutex::new(Vec::<(i32, String)>::new());
    let builder = sanitize_builder_new();
    assert_eq!(sanitize_builder_log(builder, Some(log), (&raw const heard).cast_mut().cast()), Status::Ok);
    let mut engine = ptr::null_mut();
    // SAFETY: a place for a pointer.
    assert_eq!(unsafe { sanitize_builder_build(builder, &mut engine) }, Status::Ok);
    sanitize_builder_free(builder);
    clean(engine, "a.csv", b"a\n=1+1\n", ptr::null());
    clean(engine, "b.bin", b"\0\x01", ptr::null());
    file(engine, Path::new("/nowhere/c.csv"), Path::new("/nowhere/d.csv"), ptr::null());
    sanitize_engine_free(engine);
    let heard = heard.into_inner().unwrap();
    assert_eq!(heard[0], (3, "a.csv: sanitized, findings: 1".to_owned()));
    assert_eq!(heard[1].0, 2);
    assert!(heard[1].1.starts_with("b.bin: rejected: "), "{heard:?}");
    assert!(heard[2].0 == 1 && heard[2].1.starts_with("/nowhere/c.csv: "), "{heard:?}");
    assert_eq!(heard.len(), 3);
}

#[test]
fn an_outcome_says_what_the_file_is() {
    let engine = engine(&[]);
    let mut outcome = ptr::null_mut();
    let name = c"\xe8\xa1\xa8\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb: a.CSV";
    // SAFETY: bytes with their length, a text with its end marked, a place for a pointer.
    let status = unsafe {
        let input = b"a,b\n1,2\n";
        sanitize_buffer(engine, input.as_ptr(), input.len(), name.as_ptr(), ptr::null(), &mut outcome)
    };
    assert_eq!(status, Status::Ok);
    assert_eq!(sanitize_outcome_verdict(outcome) as i32, 2, "a name that was made safe is a change");
    assert_eq!(text(sanitize_outcome_format(outcome)), "csv");
    assert_eq!(text(sanitize_outcome_extension(outcome)), "csv");
    assert_eq!(text(sanitize_outcome_media_type(outcome)), "text/csv");
    assert_eq!(text(sanitize_outcome_name(outcome)), "表👩\u{200d}💻_ a.CSV");
    assert_eq!(text(sanitize_outcome_message(outcome)), "");
    assert_eq!(bytes(outcome).as_deref(), Some(&b"a,b\n1,2\n"[..]));
    sanitize_outcome_free(outcome);
    sanitize_engine_free(engine);
}

#[test]
fn passwords_are_tried_those_of_the_call_first() {
    let workbook =
        sanitize_corpus::tryout::files().into_iter().find(|file| file.path.ends_with(".xlsx")).unwrap();
    let sample = sanitize_corpus::encryption::encrypted(&workbook.bytes, "opens");
    let engine = engine(&[]);
    assert_eq!(clean(engine, "a.xlsx", &sample, ptr::null()).reason, "encrypted");
    let options = sanitize_options_new();
    for password in ["wrong", "opens"] {
        // SAFETY: bytes with their length.
        let status = unsafe { sanitize_options_password(options, password.as_ptr(), password.len()) };
        assert_eq!(status, Status::Ok);
    }
    assert_eq!(clean(engine, "a.xlsx", &sample, options).status, Status::Ok);
    sanitize_options_free(options);
    sanitize_engine_free(engine);
}
