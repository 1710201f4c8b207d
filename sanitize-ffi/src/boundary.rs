//! What stands between the engine and a caller in another language: numbered statuses, the last error of each
//! thread, and one place where panics end.

use std::{
    cell::RefCell,
    ffi::{CStr, CString, c_char},
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::text::c_text;

/// What a call ends with. Numbers are never reused.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The call did what it was asked to. Of a call that cleans: there is a new file.
    Ok = 0,
    /// The input was rejected: there is an outcome that says why, and no file.
    Rejected = 1,
    /// An argument is NULL that must not be, or has a value that is not allowed.
    InvalidArgument = 2,
    /// A handle was freed before, is of another kind, or never was one.
    InvalidHandle = 3,
    /// Text is not UTF-8.
    InvalidText = 4,
    /// The policy has an error; the last error says where.
    InvalidPolicy = 5,
    /// The input could not be read.
    ReadFailed = 6,
    /// The output could not be written.
    WriteFailed = 7,
    /// A file stands where the output should go, or it is the input itself. Nothing was written.
    Exists = 8,
    /// A callback said that it failed, or returned what it must not.
    CallbackFailed = 9,
    /// The system gave no memory or no threads.
    OutOfResources = 10,
    /// There is no item with this number.
    OutOfRange = 11,
    /// The library failed. Nothing was delivered.
    Internal = 12,
}

/// Every status, by number.
pub(crate) const STATUSES: [Status; 13] = [
    Status::Ok,
    Status::Rejected,
    Status::InvalidArgument,
    Status::InvalidHandle,
    Status::InvalidText,
    Status::InvalidPolicy,
    Status::ReadFailed,
    Status::WriteFailed,
    Status::Exists,
    Status::CallbackFailed,
    Status::OutOfResources,
    Status::OutOfRange,
    Status::Internal,
];

impl Status {
    /// What the status means, in a few words.
    pub fn meaning(self) -> &'static CStr {
        match self {
            Self::Ok => c"success",
            Self::Rejected => c"the input was rejected",
            Self::InvalidArgument => c"an argument is missing or not allowed",
            Self::InvalidHandle => c"not a live handle of this kind",
            Self::InvalidText => c"text is not UTF-8",
            Self::InvalidPolicy => c"the policy has an error",
            Self::ReadFailed => c"the input could not be read",
            Self::WriteFailed => c"the output could not be written",
            Self::Exists => c"a file stands where the output should go",
            Self::CallbackFailed => c"a callback failed",
            Self::OutOfResources => c"the system gave no memory or no threads",
            Self::OutOfRange => c"there is no such item",
            Self::Internal => c"the library failed; nothing was delivered",
        }
    }
}

/// Why a call failed: its status, and one sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The number.
    pub status: Status,
    /// The sentence.
    pub message: String,
}

impl Failure {
    /// A failure with `message`.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }
}

thread_local! {
    static LAST: RefCell<CString> = RefCell::default();
}

/// Runs the body of an export. A failure and a panic leave their text as the thread's last error.
pub fn call(body: impl FnOnce() -> Result<Status, Failure>) -> Status {
    let failure = match caught(body) {
        Some(Ok(status)) => return status,
        Some(Err(failure)) => failure,
        None => Failure::new(Status::Internal, "a panic was caught"),
    };
    // A thread that is ending has no place for the text any more, and nobody who would read it.
    let _not_kept = LAST.try_with(|last| {
        if let Ok(mut last) = last.try_borrow_mut() {
            *last = c_text(&failure.message);
        }
    });
    failure.status
}

/// Runs the body of an export that returns a value, `otherwise` where it fails.
pub fn value<T>(otherwise: T, body: impl FnOnce() -> Result<T, Failure>) -> T {
    let mut value = otherwise;
    let _kept_as_last_error = call(|| {
        value = body()?;
        Ok(Status::Ok)
    });
    value
}

/// The text of the last failure on this thread; it lives until the next one, or until the thread ends.
pub fn last_error() -> *const c_char {
    LAST.try_with(|last| last.try_borrow().map_or(c"".as_ptr(), |last| last.as_ptr())).unwrap_or(c"".as_ptr())
}

/// The result of `body`, or nothing where it panicked.
fn caught<T>(body: impl FnOnce() -> T) -> Option<T> {
    let mut thrown = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => return Some(result),
        Err(thrown) => thrown,
    };
    // What was thrown may itself throw when it is dropped, and so may that. Some bytes are lost where it goes on.
    for _ in 0..4 {
        match catch_unwind(AssertUnwindSafe(|| drop(thrown))) {
            Ok(()) => return None,
            Err(again) => thrown = again,
        }
    }
    std::mem::forget(thrown);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status() {
        assert_eq!(call(|| panic!("out")), Status::Internal);
        assert_eq!(value(7, || panic!("out")), 7);
    }

    #[test]
    fn what_a_panic_throws_may_throw_again() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        assert_eq!(call(|| std::panic::panic_any(Bomb)), Status::Internal);
    }

    #[test]
    fn statuses_have_the_numbers_of_their_places() {
        for (number, status) in STATUSES.iter().enumerate() {
            assert_eq!(*status as usize, number);
        }
    }
}
