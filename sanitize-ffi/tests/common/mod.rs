//! What the tests of the library share: engines and outcomes as a caller in C has them.
#![allow(dead_code, reason = "each test uses some of it")]

#[cfg(unix)]
pub mod native;

use std::{
    ffi::{CStr, CString, c_char},
    ptr, slice,
};

use sanitize::{boundary::Status, exports::*};

/// An engine by the preset `default`, with limits.
pub fn engine(limits: &[(&str, u64)]) -> *mut EngineHandle {
    let builder = sanitize_builder_new();
    for (name, value) in limits {
        let name = CString::new(*name).unwrap();
        // SAFETY: a text with its end marked.
        assert_eq!(unsafe { sanitize_builder_limit(builder, name.as_ptr(), *value) }, Status::Ok);
    }
    let mut engine = ptr::null_mut();
    // SAFETY: a place for a pointer.
    assert_eq!(unsafe { sanitize_builder_build(builder, &mut engine) }, Status::Ok);
    assert_eq!(sanitize_builder_free(builder), Status::Ok);
    engine
}

/// What a call gave, taken out of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: Status,
    pub bytes: Option<Vec<u8>>,
    pub report: String,
    pub reason: String,
    pub limit: String,
}

/// Cleans `bytes`.
pub fn clean(engine: *const EngineHandle, name: &str, bytes: &[u8], options: *const OptionsHandle) -> Answer {
    let name = CString::new(name).unwrap();
    let mut outcome = ptr::null_mut();
    // SAFETY: bytes with their length, a text with its end marked, a place for a pointer.
    let status =
        unsafe { sanitize_buffer(engine, bytes.as_ptr(), bytes.len(), name.as_ptr(), options, &mut outcome) };
    take(status, outcome)
}

/// Reads `outcome` and frees it.
pub fn take(status: Status, outcome: *mut OutcomeHandle) -> Answer {
    let answer = Answer {
        status,
        bytes: bytes(outcome),
        report: text(sanitize_outcome_report_json(outcome)),
        reason: text(sanitize_outcome_reason(outcome)),
        limit: text(sanitize_outcome_limit(outcome)),
    };
    if !outcome.is_null() {
        assert_eq!(sanitize_outcome_free(outcome), Status::Ok);
    }
    answer
}

/// The bytes of an outcome.
pub fn bytes(outcome: *const OutcomeHandle) -> Option<Vec<u8>> {
    let mut length = 7;
    // SAFETY: a place for a number.
    let start = unsafe { sanitize_outcome_bytes(outcome, &mut length) };
    if start.is_null() {
        assert_eq!(length, 0, "no bytes have no length");
        return None;
    }
    // SAFETY: the library says that so many bytes are there, and the outcome lives.
    Some(unsafe { slice::from_raw_parts(start, length) }.to_vec())
}

/// A text of the library.
pub fn text(text: *const c_char) -> String {
    assert!(!text.is_null(), "no text is NULL");
    // SAFETY: every text of the library ends with a NUL and lives while its owner does.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned()
}

/// The last error of this thread.
pub fn last_error() -> String {
    text(sanitize_last_error())
}
