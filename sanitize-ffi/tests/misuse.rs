//! A caller that gets the interface wrong gets a status, not a crash, and never a byte of the input.

mod common;

use std::{ffi::c_void, ptr};

use common::{bytes, clean, engine, last_error, text};
use sanitize::{boundary::Status, exports::*};

const INPUT: &[u8] = b"a,b\n1,=1+1\n";

#[test]
fn every_handle_may_be_null() {
    let null = ptr::null_mut();
    assert_eq!(sanitize_builder_free(null), Status::Ok);
    assert_eq!(sanitize_engine_free(ptr::null_mut()), Status::Ok);
    assert_eq!(sanitize_options_free(ptr::null_mut()), Status::Ok);
    assert_eq!(sanitize_cancel_free(ptr::null_mut()), Status::Ok);
    assert_eq!(sanitize_outcome_free(ptr::null_mut()), Status::Ok);
    assert_eq!(sanitize_builder_threads(null, 2), Status::InvalidArgument);
    assert_eq!(sanitize_options_replace(ptr::null_mut(), 1), Status::InvalidArgument);
    assert_eq!(sanitize_cancel_set(ptr::null_mut()), Status::InvalidArgument);
    assert_eq!(sanitize_outcome_verdict(ptr::null()) as i32, 0);
    assert_eq!(sanitize_outcome_finding_count(ptr::null()), 0);
    assert_eq!(sanitize_outcome_findings_not_listed(ptr::null()), 0);
    assert_eq!(bytes(ptr::null()), None);
    for of_nothing in [
        sanitize_outcome_reason,
        sanitize_outcome_threat,
        sanitize_outcome_message,
        sanitize_outcome_limit,
        sanitize_outcome_name,
        sanitize_outcome_format,
        sanitize_outcome_extension,
        sanitize_outcome_media_type,
        sanitize_outcome_report_json,
    ] {
        assert_eq!(text(of_nothing(ptr::null())), "");
    }
}

#[test]
fn what_is_missing_is_named() {
    let engine = engine(&[]);
    let mut outcome = ptr::null_mut();
    // SAFETY: NULL is what is tested; everything else is as the contract asks.
    unsafe {
        let (no_bytes, no_text) = (ptr::null(), ptr::null());
        let no_options = ptr::null();
        let status = sanitize_buffer(ptr::null(), INPUT.as_ptr(), 3, no_text, no_options, &mut outcome);
        assert_eq!((status, last_error().as_str()), (Status::InvalidArgument, "the engine is NULL"));
        let status = sanitize_buffer(engine, no_bytes, 3, no_text, no_options, &mut outcome);
        assert_eq!((status, last_error().as_str()), (Status::InvalidArgument, "the input is NULL"));
        let status = sanitize_buffer(engine, INPUT.as_ptr(), usize::MAX, no_text, no_options, &mut outcome);
        assert_eq!(status, Status::InvalidArgument);
        let status = sanitize_buffer(engine, INPUT.as_ptr(), 3, no_text, no_options, ptr::null_mut());
        assert_eq!(
            (status, last_error().as_str()),
            (Status::InvalidArgument, "the place for the outcome is NULL")
        );
        let status = sanitize_file(engine, no_text, c"out".as_ptr(), no_options, &mut outcome);
        assert_eq!(status, Status::InvalidArgument);
        let status = sanitize_stream(
            engine,
            None,
            ptr::null_mut(),
            None,
            ptr::null_mut(),
            no_text,
            no_options,
            &mut outcome,
        );
        assert_eq!((status, last_error().as_str()), (Status::InvalidArgument, "the read callback is NULL"));
        let status = sanitize_buffer(engine, INPUT.as_ptr(), 3, c"\xff".as_ptr(), no_options, &mut outcome);
        assert_eq!((status, last_error().as_str()), (Status::InvalidText, "the name is not UTF-8"));
        assert_eq!(sanitize_builder_build(ptr::null(), ptr::null_mut()), Status::InvalidArgument);
    }
    assert!(outcome.is_null());
    sanitize_engine_free(engine);
}

#[test]
fn an_empty_input_without_a_pointer_is_an_input() {
    let engine = engine(&[]);
    let mut outcome = ptr::null_mut();
    // SAFETY: no bytes need no pointer.
    let status = unsafe { sanitize_buffer(engine, ptr::null(), 0, ptr::null(), ptr::null(), &mut outcome) };
    assert_eq!(status, Status::Rejected);
    assert_eq!((text(sanitize_outcome_reason(outcome)), bytes(outcome)), ("unsupported".to_owned(), None));
    assert_eq!(sanitize_outcome_free(outcome), Status::Ok);
    assert_eq!(sanitize_engine_free(engine), Status::Ok);
}

#[test]
fn a_handle_that_was_freed_is_an_error_each_time() {
    let engine = engine(&[]);
    let mut outcome = ptr::null_mut();
    // SAFETY: bytes with their length, a text with its end marked, a place for a pointer.
    let status = unsafe {
        sanitize_buffer(engine, INPUT.as_ptr(), INPUT.len(), c"a.csv".as_ptr(), ptr::null(), &mut outcome)
    };
    assert_eq!(status, Status::Ok);
    assert_eq!(sanitize_outcome_free(outcome), Status::Ok);
    for _ in 0..2 {
        assert_eq!(sanitize_outcome_free(outcome), Status::InvalidHandle);
        assert_eq!(bytes(outcome), None);
        assert_eq!(text(sanitize_outcome_report_json(outcome)), "");
    }
    assert_eq!(sanitize_engine_free(engine), Status::Ok);
    assert_eq!(sanitize_engine_free(engine), Status::InvalidHandle);
    assert_eq!(clean(engine, "a.csv", INPUT, ptr::null()).status, Status::InvalidHandle);
    assert!(last_error().contains("freed before"), "{}", last_error());
}

#[test]
fn a_handle_of_another_kind_is_an_error() {
    let engine = engine(&[]);
    let cancel = sanitize_cancel_new();
    assert_eq!(sanitize_outcome_free(engine.cast()), Status::InvalidHandle);
    assert_eq!(sanitize_engine_free(cancel.cast()), Status::InvalidHandle);
    assert_eq!(clean(cancel.cast(), "a.csv", INPUT, ptr::null()).status, Status::InvalidHandle);
    assert_eq!(clean(engine, "a.csv", INPUT, engine.cast()).status, Status::InvalidHandle);
    assert_eq!(clean(INPUT.as_ptr().cast(), "a.csv", INPUT, ptr::null()).status, Status::InvalidHandle);
    assert_eq!(clean(engine, "a.csv", INPUT, ptr::null()).status, Status::Ok, "both live on");
    assert_eq!((sanitize_engine_free(engine), sanitize_cancel_free(cancel)), (Status::Ok, Status::Ok));
}

#[test]
fn a_setting_that_is_refused_changes_nothing() {
    let builder = sanitize_builder_new();
    // SAFETY: texts with their ends marked, and a place for a pointer.
    unsafe {
        assert_eq!(sanitize_builder_preset(builder, c"harmless".as_ptr()), Status::InvalidArgument);
        assert_eq!(sanitize_builder_limit(builder, c"dpeth".as_ptr(), 1), Status::InvalidArgument);
        assert!(last_error().contains("dpeth"), "{}", last_error());
        let status = sanitize_builder_policy_toml(builder, c"[actions]\nmacro = \"keep\"\n".as_ptr());
        assert_eq!(status, Status::InvalidPolicy);
        assert!(last_error().starts_with("line 2: `macro` cannot be `keep`"), "{}", last_error());
        assert_eq!(sanitize_builder_policy_json(builder, c"{".as_ptr()), Status::InvalidPolicy);
        let status = sanitize_builder_policy_file(builder, c"/nowhere/policy.toml".as_ptr());
        assert_eq!(status, Status::ReadFailed);
        let mut engine = ptr::null_mut();
        assert_eq!(sanitize_builder_build(builder, &mut engine), Status::Ok);
        let answer = clean(engine, "a.csv", INPUT, ptr::null());
        assert!(answer.report.contains("\"policy\":\"default\""), "{}", answer.report);
        sanitize_engine_free(engine);
    }
    sanitize_builder_free(builder);
}

#[test]
fn findings_are_asked_for_by_size_and_number() {
    let engine = engine(&[]);
    let mut outcome = ptr::null_mut();
    // SAFETY: as the contract asks; the finding is zeroed, which every field of it may be.
    unsafe {
        sanitize_buffer(engine, INPUT.as_ptr(), INPUT.len(), c"a.csv".as_ptr(), ptr::null(), &mut outcome);
        assert_eq!(sanitize_outcome_finding_count(outcome), 1);
        let mut finding: Finding = std::mem::zeroed();
        assert_eq!(sanitize_outcome_finding(outcome, 0, &mut finding), Status::InvalidArgument);
        finding.size = size_of::<Finding>();
        assert_eq!(sanitize_outcome_finding(outcome, 1, &mut finding), Status::OutOfRange);
        assert!(finding.threat.is_null(), "nothing was filled in");
        assert_eq!(sanitize_outcome_finding(outcome, 0, ptr::null_mut()), Status::InvalidArgument);
        assert_eq!(sanitize_outcome_finding(outcome, 0, &mut finding), Status::Ok);
        assert_eq!(text(finding.threat), "csv.formula-injection");
        assert_eq!((text(finding.place), finding.count), ("a.csv".to_owned(), 1));
    }
    sanitize_outcome_free(outcome);
    sanitize_engine_free(engine);
}

unsafe extern "C-unwind" fn panics(_: *mut c_void, _: *mut u8, _: usize) -> isize {
    panic!("thrown by a callback")
}

unsafe extern "C-unwind" fn lies(_: *mut c_void, _: *mut u8, length: usize) -> isize {
    length as isize + 1
}

unsafe extern "C-unwind" fn fails(_: *mut c_void, _: *mut u8, _: usize) -> isize {
    -1
}

unsafe extern "C-unwind" fn counts(context: *mut c_void, _: *const u8, length: usize) -> i32 {
    // SAFETY: the test gives a number as the context.
    unsafe { *context.cast::<usize>() += length };
    0
}

#[test]
fn a_callback_that_panics_lies_or_fails_ends_the_call_and_nothing_is_written() {
    let engine = engine(&[]);
    let before = sanitize_live_handles();
    let callbacks: [(ReadCallback, Status, &str); 3] = [
        (Some(panics), Status::Internal, "a panic was caught"),
        (Some(lies), Status::CallbackFailed, "the read callback returned more than there was room for"),
        (Some(fails), Status::CallbackFailed, "the read callback failed"),
    ];
    for (read, expected, message) in callbacks {
        let mut written = 0_usize;
        let mut outcome = ptr::dangling_mut();
        // SAFETY: callbacks of the right type for their contexts, a place for a pointer.
        let status = unsafe {
            let sink = (&raw mut written).cast();
            sanitize_stream(
                engine,
                read,
                ptr::null_mut(),
                Some(counts),
                sink,
                ptr::null(),
                ptr::null(),
                &mut outcome,
            )
        };
        assert_eq!((status, last_error().as_str()), (expected, message));
        assert!(outcome.is_null() && written == 0);
    }
    assert!(sanitize_live_handles() <= before + 64, "the count is of the whole process");
    sanitize_engine_free(engine);
}

/// A mail that gives `count` passwords.
fn password_mail(count: usize) -> Vec<u8> {
    let lines: String = (0..count).map(|index| format!("password: secret{index:02}\r\n")).collect();
    format!("From: a@b.example\r\nSubject: x\r\n\r\n{lines}").into_bytes()
}

unsafe extern "C-unwind" fn gathers(context: *mut c_void, bytes: *const u8, length: usize) -> i32 {
    // SAFETY: the test gives a list as the context; the bytes are valid for their length.
    unsafe { (*context.cast::<Vec<Vec<u8>>>()).push(std::slice::from_raw_parts(bytes, length).to_vec()) };
    0
}

unsafe extern "C-unwind" fn stops(context: *mut c_void, _: *const u8, _: usize) -> i32 {
    // SAFETY: the test gives a number as the context.
    unsafe { *context.cast::<usize>() += 1 };
    7
}

unsafe extern "C-unwind" fn panics_on_bytes(_: *mut c_void, _: *const u8, _: usize) -> i32 {
    panic!("thrown by a callback")
}

#[test]
fn passwords_of_a_mail_are_handed_over_each_once_and_a_dozen_at_most() {
    let mut found: Vec<Vec<u8>> = Vec::new();
    for (count, expected) in [(0, 0), (1, 1), (12, 12), (400, 12)] {
        found.clear();
        let mail = password_mail(count);
        // SAFETY: bytes with their length, a callback of the right type for its context.
        let status = unsafe {
            sanitize_mail_passwords(mail.as_ptr(), mail.len(), Some(gathers), (&raw mut found).cast())
        };
        assert_eq!((status, found.len()), (Status::Ok, expected));
    }
    assert_eq!(found[0], b"secret00");
}

#[test]
fn passwords_are_asked_of_what_is_missing_no_mail_cut_or_no_text_without_harm() {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let context: *mut c_void = (&raw mut found).cast();
    let mail = password_mail(1);
    // SAFETY: NULL and lengths that cannot be are what is tested; everything else is as the contract asks.
    unsafe {
        let status = sanitize_mail_passwords(ptr::null(), 3, Some(gathers), context);
        assert_eq!((status, last_error().as_str()), (Status::InvalidArgument, "the mail is NULL"));
        let status = sanitize_mail_passwords(mail.as_ptr(), mail.len(), None, context);
        assert_eq!((status, last_error().as_str()), (Status::InvalidArgument, "the callback is NULL"));
        let status = sanitize_mail_passwords(mail.as_ptr(), usize::MAX, Some(gathers), context);
        assert_eq!(
            (status, last_error().as_str()),
            (Status::InvalidArgument, "the mail is longer than memory")
        );
        // An empty mail needs no pointer, and a callback that is never called no context.
        assert_eq!(sanitize_mail_passwords(ptr::null(), 0, Some(gathers), ptr::null_mut()), Status::Ok);
        assert_eq!(
            sanitize_mail_passwords(c"".as_ptr().cast(), 1, Some(gathers), ptr::null_mut()),
            Status::Ok
        );
        assert!(found.is_empty());
        for length in 0..=mail.len() {
            let status = sanitize_mail_passwords(mail.as_ptr(), length, Some(gathers), context);
            assert_eq!(status, Status::Ok, "cut after {length} bytes");
        }
        assert!(found.contains(&b"secret00".to_vec()));
        found.clear();
        let raw = b"From: a@b.example\r\n\r\n\xff\xfe\x80 \x83p\x83X\x83\x8f\x81[\x83h: q9Zt4Lw2\r\n";
        assert_eq!(sanitize_mail_passwords(raw.as_ptr(), raw.len(), Some(gathers), context), Status::Ok);
    }
    assert!(found.iter().all(|password| (4..=64).contains(&password.len())), "{found:?}");
}

#[test]
fn a_callback_for_passwords_that_panics_or_fails_ends_the_call() {
    let mail = password_mail(3);
    let mut calls = 0_usize;
    // SAFETY: bytes with their length, callbacks of the right type for their contexts.
    unsafe {
        let context = (&raw mut calls).cast();
        let status = sanitize_mail_passwords(mail.as_ptr(), mail.len(), Some(stops), context);
        assert_eq!((status, last_error().as_str()), (Status::CallbackFailed, "the callback failed"));
        let status =
            sanitize_mail_passwords(mail.as_ptr(), mail.len(), Some(panics_on_bytes), ptr::null_mut());
        assert_eq!(status, Status::Internal);
    }
    assert_eq!(calls, 1, "nothing is handed over after a failure");
}

#[test]
fn the_manual_and_the_header_have_every_export() {
    let (manual, header) = (include_str!("../man/libsanitize.3"), include_str!("../include/sanitize.h"));
    let source = include_str!("../src/exports.rs");
    for export in source.split("extern \"C\" fn ").skip(1) {
        let name = export.split('(').next().unwrap();
        let heads =
            manual.lines().filter(|line| line.starts_with(".BI") && line.contains(&format!("{name}(")));
        assert_eq!(heads.count(), 1, "libsanitize(3) has {name} once");
        assert!(header.contains(&format!("{name}(")), "sanitize.h does not have {name}");
    }
}

#[test]
fn every_export_is_inside_the_boundary() {
    let source = include_str!("../src/exports.rs");
    let mut exports = 0;
    for export in source.split("#[unsafe(no_mangle)]\n").skip(1) {
        let (head, body) = export.split_once(" {\n").unwrap();
        let first = body.trim_start();
        let first = match first.strip_prefix("// SAFETY:") {
            Some(comment) => comment.split_once('\n').unwrap().1.trim_start(),
            None => first,
        };
        // `set`, `choose` and `outcome_text` begin with the boundary themselves.
        let inside =
            ["boundary::call(", "boundary::value(", "set(builder, ", "choose(options, ", "outcome_text("];
        assert!(inside.iter().any(|start| first.starts_with(start)), "{head}");
        let end = body.find("\n}\n").unwrap();
        let rest = body[..end].trim_end();
        assert!(rest.ends_with("})") || rest.ends_with(')'), "{head}: something follows the boundary");
        exports += 1;
    }
    assert!(exports > 40, "{exports}");
}
