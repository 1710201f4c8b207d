//! The interface for C: every export, and all the `unsafe` there is.
//!
//! An export does three things: it turns pointers into types that cannot be wrong, calls a safe module, and puts
//! the answer where the caller wants it. All of it happens inside [`boundary::call`] or [`boundary::value`].
#![expect(unsafe_code, reason = "the only file that talks to C")]
#![expect(
    clippy::missing_safety_doc,
    reason = "the head of sanitize.h has the contract that all calls share"
)]

use std::{
    ffi::{CStr, c_char, c_void},
    path::PathBuf,
    ptr, slice,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sanitize_core::Cancel;

use crate::{
    boundary::{self, Failure, STATUSES, Status},
    builder::{Builder, push_password},
    engine::{Engine, Level, Options},
    file,
    handles::Table,
    outcome::{Action, Held, Severity, Verdict},
    stack, stream,
};

/// The number of this interface. It changes when a program that was built before would no longer run.
pub const ABI_VERSION: u32 = 1;

/// Settings of an engine that is not made yet.
pub struct BuilderHandle;
/// Rebuilds files by one policy. Any number of threads may use one engine at a time.
pub struct EngineHandle;
/// What belongs to one call: passwords, a flag to end it, how a file is written.
pub struct OptionsHandle;
/// A flag with which another thread ends a call.
pub struct CancelHandle;
/// What became of an input.
pub struct OutcomeHandle;

static BUILDERS: Table<Mutex<Builder>> = Table::new(1, "builder");
static ENGINES: Table<Engine> = Table::new(2, "engine");
static OPTIONS: Table<Mutex<Options>> = Table::new(3, "options");
static CANCELS: Table<Cancel> = Table::new(4, "cancel flag");
static OUTCOMES: Table<Held> = Table::new(5, "outcome");

/// Takes messages: `level` is one of `sanitize_level`, `message` lives until the callback returns. Called on the
/// thread that cleans, from several at a time where several clean. Must not unwind or jump out.
pub type LogCallback =
    Option<unsafe extern "C-unwind" fn(context: *mut c_void, level: i32, message: *const c_char)>;

/// Fills the front of `buffer`, which has room for `length` bytes, and returns how many it gave: 0 at the end of
/// the input, less than 0 where it failed. Must not unwind or jump out.
pub type ReadCallback =
    Option<unsafe extern "C-unwind" fn(context: *mut c_void, buffer: *mut u8, length: usize) -> isize>;

/// Takes all `length` bytes of `bytes` and returns 0, or anything else where it failed. Must not unwind or jump
/// out.
pub type WriteCallback =
    Option<unsafe extern "C-unwind" fn(context: *mut c_void, bytes: *const u8, length: usize) -> i32>;

/// One thing that was left out, changed, kept on the policy's word, or refused. Its texts live as long as the
/// outcome.
#[repr(C)]
#[derive(Debug)]
pub struct Finding {
    /// `sizeof(sanitize_finding)`, set by the caller, so that later versions can say more.
    pub size: usize,
    /// The stable id of the threat: `ooxml.vba-project`.
    pub threat: *const c_char,
    /// The kind of content by which a policy decides: `macro`.
    pub kind: *const c_char,
    /// What the threat is, in one line.
    pub summary: *const c_char,
    /// Where it stood: documents from the outermost to the innermost, and a part of the last.
    pub place: *const c_char,
    /// An address, a name, an excerpt or a hash; NULL where there is none.
    pub detail: *const c_char,
    /// What was done about it.
    pub action: Action,
    /// How much harm it would have done.
    pub severity: Severity,
    /// Bytes from the start of the part; UINT64_MAX where it is not known.
    pub offset: u64,
    /// How often it occurred in this part.
    pub count: u64,
}

// ---- About the library -------------------------------------------------------------------------------------

/// The version of the engine: `0.1.0`.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_version() -> *const c_char {
    boundary::value(c"".as_ptr(), || {
        Ok(CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes())
            .map_or(c"".as_ptr(), CStr::as_ptr))
    })
}

/// The number of the interface this library has. A program must not go on where it differs from
/// `SANITIZE_ABI_VERSION`, the one it was built with.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_abi_version() -> u32 {
    boundary::value(0, || Ok(ABI_VERSION))
}

/// What a status means, in a few English words.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_status_text(status: i32) -> *const c_char {
    boundary::value(c"".as_ptr(), || {
        let known = STATUSES.iter().find(|known| **known as i32 == status);
        Ok(known.map_or(c"unknown status", |known| known.meaning()).as_ptr())
    })
}

/// Why the last call on this thread that failed did so. Empty where none did; lives until the next failure on
/// this thread. Asking NULL for what an outcome holds is no failure.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_last_error() -> *const c_char {
    boundary::value(c"".as_ptr(), || Ok(boundary::last_error()))
}

/// How many handles of all kinds were made and not freed, for tests of a host.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_live_handles() -> usize {
    boundary::value(0, || {
        Ok(BUILDERS.live() + ENGINES.live() + OPTIONS.live() + CANCELS.live() + OUTCOMES.live())
    })
}

// ---- Making an engine --------------------------------------------------------------------------------------

/// A builder with the preset `default`. NULL where the system gave no memory.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_builder_new() -> *mut BuilderHandle {
    boundary::value(ptr::null_mut(), || BUILDERS.insert(Mutex::default()))
}

/// Decides by a preset: `strict`, `default` or `lenient`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_preset(
    builder: *mut BuilderHandle,
    preset: *const c_char,
) -> Status {
    // SAFETY: the caller says that `preset` is NULL or a text with its end marked.
    set(builder, |builder| builder.preset(unsafe { text("the preset", preset) }?))
}

/// Decides by a policy in TOML.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_policy_toml(
    builder: *mut BuilderHandle,
    policy: *const c_char,
) -> Status {
    // SAFETY: the caller says that `policy` is NULL or a text with its end marked.
    set(builder, |builder| builder.policy_toml(unsafe { text("the policy", policy) }?))
}

/// Decides by a policy in JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_policy_json(
    builder: *mut BuilderHandle,
    policy: *const c_char,
) -> Status {
    // SAFETY: the caller says that `policy` is NULL or a text with its end marked.
    set(builder, |builder| builder.policy_json(unsafe { text("the policy", policy) }?))
}

/// Decides by a policy file: JSON where its name ends in `.json`, TOML otherwise.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_policy_file(
    builder: *mut BuilderHandle,
    path: *const c_char,
) -> Status {
    // SAFETY: the caller says that `path` is NULL or a text with its end marked.
    set(builder, |builder| builder.policy_file(&unsafe { path_of("the policy's path", path) }?))
}

/// Sets a limit by its name in policies, such as `timeout-ms` or `input-bytes`. It stands over the policy's own,
/// whichever is set first.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_limit(
    builder: *mut BuilderHandle,
    name: *const c_char,
    value: u64,
) -> Status {
    // SAFETY: the caller says that `name` is NULL or a text with its end marked.
    set(builder, |builder| builder.limit(unsafe { text("the limit's name", name) }?, value))
}

/// Adds a password that is tried on everything that is encrypted. Japanese text in UTF-8 is tried in CP932 too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_password(
    builder: *mut BuilderHandle,
    password: *const u8,
    length: usize,
) -> Status {
    set(builder, |builder| {
        // SAFETY: the caller says that `password` is NULL or has `length` bytes.
        builder.password(unsafe { bytes_of("the password", password, length) }?);
        Ok(())
    })
}

/// Rebuilds the parts of one input on `threads` threads. One, the default, uses the calling thread alone: right
/// where many inputs are cleaned at a time. The output does not depend on it.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_builder_threads(builder: *mut BuilderHandle, threads: usize) -> Status {
    set(builder, |builder| {
        builder.threads(threads);
        Ok(())
    })
}

/// Tells `log` what becomes of each input. NULL ends it. `context` is handed on as it is, and must stand being
/// used from every thread that cleans, until the engine is freed and its last call has returned.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_builder_log(
    builder: *mut BuilderHandle,
    log: LogCallback,
    context: *mut c_void,
) -> Status {
    set(builder, |builder| {
        let context = Context(context);
        builder.log(log.map(|log| {
            let tell = move |level: Level, message: &str| {
                let message = crate::text::c_text(message);
                // SAFETY: the caller gave a function of this type for this context, which stands being called
                // from any thread; the message lives until the call returns.
                unsafe { log(context.pointer(), level as i32, message.as_ptr()) }
            };
            Arc::new(tell) as _
        }));
        Ok(())
    })
}

/// Makes an engine and puts it into `engine`. The builder stays as it is and is freed by itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_builder_build(
    builder: *const BuilderHandle,
    engine: *mut *mut EngineHandle,
) -> Status {
    boundary::call(|| {
        // SAFETY: the caller says that `engine` is NULL or a place for a pointer.
        let engine = unsafe { place("the place for the engine", engine) }?;
        let builder = BUILDERS.find(builder)?;
        let made = locked(&builder).build()?;
        *engine = ENGINES.insert(made)?;
        Ok(Status::Ok)
    })
}

/// Frees a builder. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_builder_free(builder: *mut BuilderHandle) -> Status {
    boundary::call(|| BUILDERS.remove(builder).map(|()| Status::Ok))
}

/// Frees an engine. NULL is allowed. Calls that are under way end as if it were there.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_engine_free(engine: *mut EngineHandle) -> Status {
    boundary::call(|| ENGINES.remove(engine).map(|()| Status::Ok))
}

// ---- What belongs to a call --------------------------------------------------------------------------------

/// Options that ask for nothing. NULL where the system gave no memory.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_options_new() -> *mut OptionsHandle {
    boundary::value(ptr::null_mut(), || OPTIONS.insert(Mutex::default()))
}

/// Adds a password, tried before those of the engine. Japanese text in UTF-8 is tried in CP932 too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_options_password(
    options: *mut OptionsHandle,
    password: *const u8,
    length: usize,
) -> Status {
    choose(options, |options| {
        // SAFETY: the caller says that `password` is NULL or has `length` bytes.
        push_password(&mut options.passwords, unsafe { bytes_of("the password", password, length) }?);
        Ok(())
    })
}

/// Ends calls with these options once `cancel` is set. The flag may be freed before the options.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_options_cancel(
    options: *mut OptionsHandle,
    cancel: *const CancelHandle,
) -> Status {
    choose(options, |options| {
        options.cancel = Some((*CANCELS.find(cancel)?).clone());
        Ok(())
    })
}

/// Where `replace` is not 0, `sanitize_file` replaces a file that stands where the output should go. The input is
/// never replaced.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_options_replace(options: *mut OptionsHandle, replace: i32) -> Status {
    choose(options, |options| {
        options.replace = replace != 0;
        Ok(())
    })
}

/// Where `sync` is not 0, `sanitize_file` has the output on disk before it gets its name, so that not even a
/// power cut leaves half of it.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_options_sync(options: *mut OptionsHandle, sync: i32) -> Status {
    choose(options, |options| {
        options.sync = sync != 0;
        Ok(())
    })
}

/// Frees options. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_options_free(options: *mut OptionsHandle) -> Status {
    boundary::call(|| OPTIONS.remove(options).map(|()| Status::Ok))
}

/// A flag that is not set. NULL where the system gave no memory.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_cancel_new() -> *mut CancelHandle {
    boundary::value(ptr::null_mut(), || CANCELS.insert(Cancel::new()))
}

/// Ends every call that was given this flag, at its next check: it is rejected, and the limit is `cancelled`. A
/// flag that was set stays set.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_cancel_set(cancel: *mut CancelHandle) -> Status {
    boundary::call(|| {
        CANCELS.find(cancel)?.cancel();
        Ok(Status::Ok)
    })
}

/// Frees a flag. NULL is allowed. Calls that were given it go on.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_cancel_free(cancel: *mut CancelHandle) -> Status {
    boundary::call(|| CANCELS.remove(cancel).map(|()| Status::Ok))
}

// ---- Cleaning ----------------------------------------------------------------------------------------------

/// Rebuilds `length` bytes. `name` is the name they came under, or NULL: its extension is a claim that is
/// checked. `options` may be NULL. Returns `SANITIZE_STATUS_OK` where there is a new file and
/// `SANITIZE_STATUS_REJECTED` where there is none; in both cases, and in no other, `outcome` is set, and is freed
/// with `sanitize_outcome_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_buffer(
    engine: *const EngineHandle,
    bytes: *const u8,
    length: usize,
    name: *const c_char,
    options: *const OptionsHandle,
    outcome: *mut *mut OutcomeHandle,
) -> Status {
    boundary::call(|| {
        // SAFETY: the caller says that `outcome` is NULL or a place for a pointer.
        let outcome = unsafe { place("the place for the outcome", outcome) }?;
        let engine = ENGINES.find(engine)?;
        // SAFETY: the caller says that `bytes` is NULL or has `length` bytes that nobody changes meanwhile.
        let bytes = unsafe { bytes_of("the input", bytes, length) }?;
        // SAFETY: the caller says that `name` is NULL or a text with its end marked.
        let name = unsafe { optional_text("the name", name) }?;
        deliver(engine.sanitize(name, bytes, &options_of(options)?), outcome)
    })
}

/// Rebuilds the file at `input` into a new file at `output`, which is whole or not there: it is written under a
/// temporary name in the same folder and renamed. A file that stands there already is left alone unless the
/// options say otherwise. Where the type changes (`plan.docm` becomes a docx) the path stays as it was given;
/// `sanitize_outcome_extension` has the right extension. Returns as `sanitize_buffer` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_file(
    engine: *const EngineHandle,
    input: *const c_char,
    output: *const c_char,
    options: *const OptionsHandle,
    outcome: *mut *mut OutcomeHandle,
) -> Status {
    boundary::call(|| {
        // SAFETY: the caller says that `outcome` is NULL or a place for a pointer.
        let outcome = unsafe { place("the place for the outcome", outcome) }?;
        let engine = ENGINES.find(engine)?;
        // SAFETY: the caller says that `input` is NULL or a text with its end marked.
        let input = unsafe { path_of("the input's path", input) }?;
        // SAFETY: the caller says that `output` is NULL or a text with its end marked.
        let output = unsafe { path_of("the output's path", output) }?;
        deliver(file::sanitize(&engine, &input, &output, &options_of(options)?)?, outcome)
    })
}

/// Rebuilds what `read` gives and hands the new file to `write`, piece by piece. Nothing is written before the
/// whole of it was made and verified; of a rejected input, nothing is. Where `write` fails, what it took before is
/// clean but not whole. Each callback is handed its own context. Returns as `sanitize_buffer` does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_stream(
    engine: *const EngineHandle,
    read: ReadCallback,
    read_context: *mut c_void,
    write: WriteCallback,
    write_context: *mut c_void,
    name: *const c_char,
    options: *const OptionsHandle,
    outcome: *mut *mut OutcomeHandle,
) -> Status {
    boundary::call(|| {
        // SAFETY: the caller says that `outcome` is NULL or a place for a pointer.
        let outcome = unsafe { place("the place for the outcome", outcome) }?;
        let engine = ENGINES.find(engine)?;
        let read = read.ok_or_else(|| missing("the read callback"))?;
        let write = write.ok_or_else(|| missing("the write callback"))?;
        // SAFETY: the caller says that `name` is NULL or a text with its end marked.
        let name = unsafe { optional_text("the name", name) }?;
        let mut reading = |buffer: &mut [u8]| {
            // SAFETY: the caller gave a function of this type for this context; the buffer is valid for its
            // length, and initialised.
            let count = unsafe { read(read_context, buffer.as_mut_ptr(), buffer.len()) };
            usize::try_from(count).ok()
        };
        let mut writing = |bytes: &[u8]| {
            // SAFETY: the caller gave a function of this type for this context; the bytes are valid for their
            // length.
            unsafe { write(write_context, bytes.as_ptr(), bytes.len()) == 0 }
        };
        let held = stream::sanitize(&engine, name, &mut reading, &mut writing, &options_of(options)?)?;
        deliver(held, outcome)
    })
}

/// Hands each password that the texts of a mail give to `found`: at most a dozen, for encrypted files in a mail that comes
/// later. Give them to `sanitize_options_password` then. Forget them in time, and use them for mails of the same sender
/// alone: an archive is opened with whatever opens it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_mail_passwords(
    mail: *const u8,
    length: usize,
    found: WriteCallback,
    context: *mut c_void,
) -> Status {
    boundary::call(|| {
        // SAFETY: the caller says that `mail` is NULL or has `length` bytes.
        let mail = unsafe { bytes_of("the mail", mail, length) }?;
        let found = found.ok_or_else(|| missing("the callback"))?;
        for password in stack::with_room(|| sanitize_core::mail_passwords(mail)) {
            // SAFETY: the caller gave a function of this type for this context; the bytes are valid for their
            // length.
            if unsafe { found(context, password.as_ptr(), password.len()) } != 0 {
                return Err(Failure::new(Status::CallbackFailed, "the callback failed".to_owned()));
            }
        }
        Ok(Status::Ok)
    })
}

// ---- Outcomes ----------------------------------------------------------------------------------------------

/// The verdict. `SANITIZE_VERDICT_NONE` where `outcome` is no live outcome.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_verdict(outcome: *const OutcomeHandle) -> Verdict {
    boundary::value(Verdict::None, || Ok(find(outcome)?.map_or(Verdict::None, |held| held.verdict())))
}

/// The new file, and its length in `length`. NULL and 0 where the input was rejected. The bytes live as long as
/// the outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_outcome_bytes(
    outcome: *const OutcomeHandle,
    length: *mut usize,
) -> *const u8 {
    boundary::value(ptr::null(), || {
        // SAFETY: the caller says that `length` is NULL or a place for a number.
        let length = unsafe { length.as_mut() }.ok_or_else(|| missing("the place for the length"))?;
        *length = 0;
        let held = find(outcome)?;
        Ok(held.as_ref().and_then(|held| held.bytes()).map_or(ptr::null(), |bytes| {
            *length = bytes.len();
            bytes.as_ptr()
        }))
    })
}

/// Why the input was rejected, in one stable word: `malformed`, `unsupported`, `limit`, `refused`, `encrypted` or
/// `internal`. Empty where it was not. All texts of an outcome live as long as it does; none is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_reason(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().reason.as_ptr())
}

/// The id of the threat that a rejection counts as. Empty where the input was not rejected.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_threat(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().threat.as_ptr())
}

/// Why the input was rejected, in one English sentence. Empty where it was not.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_message(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().message.as_ptr())
}

/// The limit that ended the run, by its stable name: `time`, `cancelled`, `expanded-bytes` … Empty where none
/// did. A run that ended by `time` or `cancelled` says nothing about the input and may be repeated.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_limit(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().limit.as_ptr())
}

/// The name the new file should have: safe on every file system, with the extension of its format. Empty where
/// there is no file.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_name(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().name.as_ptr())
}

/// The id of the new file's format: `docx`. Empty where there is no file.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_format(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().format.as_ptr())
}

/// The extension of the new file, without the dot. Empty where there is no file.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_extension(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().extension.as_ptr())
}

/// The MIME type of the new file. Empty where there is no file.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_media_type(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.texts().media_type.as_ptr())
}

/// The report as JSON on one line, as `report.schema.json` describes it.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_report_json(outcome: *const OutcomeHandle) -> *const c_char {
    outcome_text(outcome, |held| held.json().as_ptr())
}

/// How many findings there are.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_finding_count(outcome: *const OutcomeHandle) -> usize {
    boundary::value(0, || Ok(find(outcome)?.map_or(0, |held| held.finding_count())))
}

/// How many findings there were beyond the limit `findings`. They are counted only.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_findings_not_listed(outcome: *const OutcomeHandle) -> u64 {
    boundary::value(0, || Ok(find(outcome)?.map_or(0, |held| held.findings_not_listed())))
}

/// Puts finding number `index`, counted from 0, into `finding`, whose `size` the caller has set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sanitize_outcome_finding(
    outcome: *const OutcomeHandle,
    index: usize,
    finding: *mut Finding,
) -> Status {
    boundary::call(|| {
        if finding.is_null() {
            return Err(missing("the place for the finding"));
        }
        // SAFETY: the caller says that `finding` is a `sanitize_finding` with at least its size set.
        let size = unsafe { (&raw const (*finding).size).read() };
        if size != size_of::<Finding>() {
            return Err(Failure::new(Status::InvalidArgument, "the finding's size is not one that is known"));
        }
        let held = OUTCOMES.find(outcome)?;
        let texts = held.findings().get(index);
        let texts = texts.ok_or_else(|| Failure::new(Status::OutOfRange, "there is no such finding"))?;
        let filled = Finding {
            size,
            threat: texts.threat.as_ptr(),
            kind: texts.kind.as_ptr(),
            summary: texts.summary.as_ptr(),
            place: texts.place.as_ptr(),
            detail: texts.detail.as_ref().map_or(ptr::null(), |detail| detail.as_ptr()),
            action: texts.action,
            severity: texts.severity,
            offset: texts.offset.unwrap_or(u64::MAX),
            count: texts.count,
        };
        // SAFETY: not NULL, and by its size a whole `sanitize_finding` of the caller's.
        unsafe { finding.write(filled) };
        Ok(Status::Ok)
    })
}

/// Frees an outcome with its bytes and texts. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn sanitize_outcome_free(outcome: *mut OutcomeHandle) -> Status {
    boundary::call(|| OUTCOMES.remove(outcome).map(|()| Status::Ok))
}

// ---- From pointers to types --------------------------------------------------------------------------------

/// A caller's pointer that is only handed back to the caller.
#[derive(Clone, Copy)]
struct Context(*mut c_void);

impl Context {
    /// By a method, so that a closure takes the whole and not the pointer in it.
    fn pointer(self) -> *mut c_void {
        self.0
    }
}

// SAFETY: the pointer is never followed here; that it stands being used from any thread is said where it is given.
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}

/// Changes a setting of a builder.
fn set(builder: *mut BuilderHandle, change: impl FnOnce(&mut Builder) -> Result<(), Failure>) -> Status {
    boundary::call(|| {
        let builder = BUILDERS.find(builder)?;
        change(&mut locked(&builder))?;
        Ok(Status::Ok)
    })
}

/// Changes one of the options of a call.
fn choose(options: *mut OptionsHandle, change: impl FnOnce(&mut Options) -> Result<(), Failure>) -> Status {
    boundary::call(|| {
        let options = OPTIONS.find(options)?;
        change(&mut locked(&options))?;
        Ok(Status::Ok)
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change is made in one step, so that a panic leaves no half of one.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The options as they are now; NULL asks for nothing.
fn options_of(options: *const OptionsHandle) -> Result<Options, Failure> {
    if options.is_null() {
        return Ok(Options::default());
    }
    let options = OPTIONS.find(options)?;
    let options = locked(&options);
    Ok(options.clone())
}

/// Hands `held` over, and says whether there is a new file.
fn deliver(held: Held, outcome: &mut *mut OutcomeHandle) -> Result<Status, Failure> {
    let status = if held.bytes().is_some() { Status::Ok } else { Status::Rejected };
    *outcome = OUTCOMES.insert(held)?;
    Ok(status)
}

/// The outcome, or nothing for NULL: what a call that failed left behind, and no failure of its own.
fn find(outcome: *const OutcomeHandle) -> Result<Option<Arc<Held>>, Failure> {
    if outcome.is_null() { Ok(None) } else { OUTCOMES.find(outcome).map(Some) }
}

/// A text of an outcome. It lives in the outcome, which lives in its table until it is freed.
fn outcome_text(outcome: *const OutcomeHandle, text: impl FnOnce(&Held) -> *const c_char) -> *const c_char {
    boundary::value(c"".as_ptr(), || Ok(find(outcome)?.map_or(c"".as_ptr(), |held| text(&held))))
}

fn missing(what: &str) -> Failure {
    Failure::new(Status::InvalidArgument, format!("{what} is NULL"))
}

/// The place for a handle, set to NULL so that nothing stale is left there where the call fails.
///
/// # Safety
/// `place` is NULL or valid for writing a pointer, and nobody else uses it during the call.
unsafe fn place<'a, H>(what: &str, place: *mut *mut H) -> Result<&'a mut *mut H, Failure> {
    if place.is_null() {
        return Err(missing(what));
    }
    // SAFETY: not NULL, and valid for writing as the caller says. Written before a reference is made of it, because
    // it may not have been set yet.
    unsafe {
        place.write(ptr::null_mut());
        Ok(&mut *place)
    }
}

/// # Safety
/// `pointer` is NULL or leads to bytes that end with a NUL and stay unchanged during the call.
unsafe fn text<'a>(what: &str, pointer: *const c_char) -> Result<&'a str, Failure> {
    if pointer.is_null() {
        return Err(missing(what));
    }
    // SAFETY: not NULL, and ends with a NUL as the caller says.
    let text = unsafe { CStr::from_ptr(pointer) };
    text.to_str().map_err(|_| Failure::new(Status::InvalidText, format!("{what} is not UTF-8")))
}

/// As [`text`], but NULL is an empty text.
///
/// # Safety
/// As for [`text`].
unsafe fn optional_text<'a>(what: &str, pointer: *const c_char) -> Result<&'a str, Failure> {
    if pointer.is_null() {
        return Ok("");
    }
    // SAFETY: as the caller says.
    unsafe { text(what, pointer) }
}

/// A path: any bytes on Unix, UTF-8 elsewhere.
///
/// # Safety
/// As for [`text`].
unsafe fn path_of(what: &str, pointer: *const c_char) -> Result<PathBuf, Failure> {
    if pointer.is_null() {
        return Err(missing(what));
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        // SAFETY: not NULL, and ends with a NUL as the caller says.
        let path = unsafe { CStr::from_ptr(pointer) };
        Ok(PathBuf::from(std::ffi::OsStr::from_bytes(path.to_bytes())))
    }
    #[cfg(not(unix))]
    {
        // SAFETY: as the caller says.
        unsafe { text(what, pointer) }.map(PathBuf::from)
    }
}

/// # Safety
/// `pointer` is NULL or has `length` bytes that stay unchanged during the call.
unsafe fn bytes_of<'a>(what: &str, pointer: *const u8, length: usize) -> Result<&'a [u8], Failure> {
    if length == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(missing(what));
    }
    if isize::try_from(length).is_err() {
        return Err(Failure::new(Status::InvalidArgument, format!("{what} is longer than memory")));
    }
    // SAFETY: not NULL, no longer than an object can be, and valid for `length` bytes as the caller says.
    Ok(unsafe { slice::from_raw_parts(pointer, length) })
}
