/* libsanitize: rebuilds files nobody trusts from an allow-list.
 *
 * What all calls share:
 *
 * - A call that cleans returns SANITIZE_STATUS_OK where there is a new file, and nothing else means that there is
 *   one. SANITIZE_STATUS_REJECTED says that the input was rejected and why; every other status is a failure, of
 *   which sanitize_last_error() tells more. No call ever hands out bytes of the input.
 * - Handles are opaque and never followed. One that was freed, or is of another kind, is an error
 *   (SANITIZE_STATUS_INVALID_HANDLE) and not a crash. Every free function takes NULL.
 * - An engine may be used by any number of threads at a time, and so may a cancel flag. An outcome may be read by
 *   several threads; it must not be freed while one of them reads its bytes or texts.
 * - Texts are UTF-8 and end with a NUL. Text arguments and buffers must stay unchanged during the call; nothing
 *   keeps them after it. Where NULL is allowed it is said.
 * - A path is bytes on Unix and UTF-8 elsewhere.
 * - No panic crosses this interface: it ends as SANITIZE_STATUS_INTERNAL.
 * - Threads with less than 4 MiB of free stack are given more for the duration of a call.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0
 */


#ifndef SANITIZE_H
#define SANITIZE_H

/* Made by `cargo xtask header` from sanitize-ffi/src. Do not edit. */

#include <stddef.h>
#include <stdint.h>

/**
 * The number of this interface. It changes when a program that was built before would no longer run.
 */
#define SANITIZE_ABI_VERSION 1

/**
 * What a call ends with. Numbers are never reused.
 */
enum sanitize_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The call did what it was asked to. Of a call that cleans: there is a new file.
     */
    SANITIZE_STATUS_OK = 0,
    /**
     * The input was rejected: there is an outcome that says why, and no file.
     */
    SANITIZE_STATUS_REJECTED = 1,
    /**
     * An argument is NULL that must not be, or has a value that is not allowed.
     */
    SANITIZE_STATUS_INVALID_ARGUMENT = 2,
    /**
     * A handle was freed before, is of another kind, or never was one.
     */
    SANITIZE_STATUS_INVALID_HANDLE = 3,
    /**
     * Text is not UTF-8.
     */
    SANITIZE_STATUS_INVALID_TEXT = 4,
    /**
     * The policy has an error; the last error says where.
     */
    SANITIZE_STATUS_INVALID_POLICY = 5,
    /**
     * The input could not be read.
     */
    SANITIZE_STATUS_READ_FAILED = 6,
    /**
     * The output could not be written.
     */
    SANITIZE_STATUS_WRITE_FAILED = 7,
    /**
     * A file stands where the output should go, or it is the input itself. Nothing was written.
     */
    SANITIZE_STATUS_EXISTS = 8,
    /**
     * A callback said that it failed, or returned what it must not.
     */
    SANITIZE_STATUS_CALLBACK_FAILED = 9,
    /**
     * The system gave no memory or no threads.
     */
    SANITIZE_STATUS_OUT_OF_RESOURCES = 10,
    /**
     * There is no item with this number.
     */
    SANITIZE_STATUS_OUT_OF_RANGE = 11,
    /**
     * The library failed. Nothing was delivered.
     */
    SANITIZE_STATUS_INTERNAL = 12,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sanitize_status sanitize_status;
#else
typedef int32_t sanitize_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What became of an input.
 */
enum sanitize_verdict
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * No outcome was asked about.
     */
    SANITIZE_VERDICT_NONE = 0,
    /**
     * Nothing was left out or changed; the output is newly written all the same.
     */
    SANITIZE_VERDICT_CLEAN = 1,
    /**
     * Something was left out or changed.
     */
    SANITIZE_VERDICT_SANITIZED = 2,
    /**
     * There is no output.
     */
    SANITIZE_VERDICT_REJECTED = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sanitize_verdict sanitize_verdict;
#else
typedef int32_t sanitize_verdict;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What was done about a finding.
 */
enum sanitize_action
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Written as it was read, on the policy's word.
     */
    SANITIZE_ACTION_KEEP = 0,
    /**
     * Left out.
     */
    SANITIZE_ACTION_REMOVE = 1,
    /**
     * The look stays, the act goes.
     */
    SANITIZE_ACTION_FLATTEN = 2,
    /**
     * Something harmless stands in its place.
     */
    SANITIZE_ACTION_REPLACE = 3,
    /**
     * The input is rejected.
     */
    SANITIZE_ACTION_REFUSE = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sanitize_action sanitize_action;
#else
typedef int32_t sanitize_action;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How much harm a finding would have done.
 */
enum sanitize_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Tells something, does nothing.
     */
    SANITIZE_SEVERITY_INFO = 0,
    /**
     * Leaks or annoys.
     */
    SANITIZE_SEVERITY_LOW = 1,
    /**
     * Part of attacks.
     */
    SANITIZE_SEVERITY_MEDIUM = 2,
    /**
     * Runs code or reaches out.
     */
    SANITIZE_SEVERITY_HIGH = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sanitize_severity sanitize_severity;
#else
typedef int32_t sanitize_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How much a message matters.
 */
enum sanitize_level
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The engine failed, or was kept from its work.
     */
    SANITIZE_LEVEL_ERROR = 1,
    /**
     * An input was rejected.
     */
    SANITIZE_LEVEL_WARNING = 2,
    /**
     * An input was delivered.
     */
    SANITIZE_LEVEL_INFO = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sanitize_level sanitize_level;
#else
typedef int32_t sanitize_level;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Settings of an engine that is not made yet.
 */
typedef struct sanitize_builder sanitize_builder;

/**
 * A flag with which another thread ends a call.
 */
typedef struct sanitize_cancel sanitize_cancel;

/**
 * Rebuilds files by one policy. Any number of threads may use one engine at a time.
 */
typedef struct sanitize_engine sanitize_engine;

/**
 * What belongs to one call: passwords, a flag to end it, how a file is written.
 */
typedef struct sanitize_options sanitize_options;

/**
 * What became of an input.
 */
typedef struct sanitize_outcome sanitize_outcome;

/**
 * Takes messages: `level` is one of `sanitize_level`, `message` lives until the callback returns. Called on the
 * thread that cleans, from several at a time where several clean. Must not unwind or jump out.
 */
typedef void (*sanitize_log_callback)(void *context, int32_t level, const char *message);

/**
 * Fills the front of `buffer`, which has room for `length` bytes, and returns how many it gave: 0 at the end of
 * the input, less than 0 where it failed. Must not unwind or jump out.
 */
typedef ptrdiff_t (*sanitize_read_callback)(void *context, uint8_t *buffer, size_t length);

/**
 * Takes all `length` bytes of `bytes` and returns 0, or anything else where it failed. Must not unwind or jump
 * out.
 */
typedef int32_t (*sanitize_write_callback)(void *context, const uint8_t *bytes, size_t length);

/**
 * One thing that was left out, changed, kept on the policy's word, or refused. Its texts live as long as the
 * outcome.
 */
typedef struct sanitize_finding {
    /**
     * `sizeof(sanitize_finding)`, set by the caller, so that later versions can say more.
     */
    size_t size;
    /**
     * The stable id of the threat: `ooxml.vba-project`.
     */
    const char *threat;
    /**
     * The kind of content by which a policy decides: `macro`.
     */
    const char *kind;
    /**
     * What the threat is, in one line.
     */
    const char *summary;
    /**
     * Where it stood: documents from the outermost to the innermost, and a part of the last.
     */
    const char *place;
    /**
     * An address, a name, an excerpt or a hash; NULL where there is none.
     */
    const char *detail;
    /**
     * What was done about it.
     */
    sanitize_action action;
    /**
     * How much harm it would have done.
     */
    sanitize_severity severity;
    /**
     * Bytes from the start of the part; UINT64_MAX where it is not known.
     */
    uint64_t offset;
    /**
     * How often it occurred in this part.
     */
    uint64_t count;
} sanitize_finding;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the engine: `0.1.0`.
 */
const char *sanitize_version(void);

/**
 * The number of the interface this library has. A program must not go on where it differs from
 * `SANITIZE_ABI_VERSION`, the one it was built with.
 */
uint32_t sanitize_abi_version(void);

/**
 * What a status means, in a few English words.
 */
const char *sanitize_status_text(int32_t status);

/**
 * Why the last call on this thread that failed did so. Empty where none did; lives until the next failure on
 * this thread. Asking NULL for what an outcome holds is no failure.
 */
const char *sanitize_last_error(void);

/**
 * How many handles of all kinds were made and not freed, for tests of a host.
 */
size_t sanitize_live_handles(void);

/**
 * A builder with the preset `default`. NULL where the system gave no memory.
 */
struct sanitize_builder *sanitize_builder_new(void);

/**
 * Decides by a preset: `strict`, `default` or `lenient`.
 */
sanitize_status sanitize_builder_preset(struct sanitize_builder *builder, const char *preset);

/**
 * Decides by a policy in TOML.
 */
sanitize_status sanitize_builder_policy_toml(struct sanitize_builder *builder, const char *policy);

/**
 * Decides by a policy in JSON.
 */
sanitize_status sanitize_builder_policy_json(struct sanitize_builder *builder, const char *policy);

/**
 * Decides by a policy file: JSON where its name ends in `.json`, TOML otherwise.
 */
sanitize_status sanitize_builder_policy_file(struct sanitize_builder *builder, const char *path);

/**
 * Sets a limit by its name in policies, such as `timeout-ms` or `input-bytes`. It stands over the policy's own,
 * whichever is set first.
 */
sanitize_status sanitize_builder_limit(struct sanitize_builder *builder,
                                       const char *name,
                                       uint64_t value);

/**
 * Adds a password that is tried on everything that is encrypted. Japanese text in UTF-8 is tried in CP932 too.
 */
sanitize_status sanitize_builder_password(struct sanitize_builder *builder,
                                          const uint8_t *password,
                                          size_t length);

/**
 * Rebuilds the parts of one input on `threads` threads. One, the default, uses the calling thread alone: right
 * where many inputs are cleaned at a time. The output does not depend on it.
 */
sanitize_status sanitize_builder_threads(struct sanitize_builder *builder,
                                         size_t threads);

/**
 * Tells `log` what becomes of each input. NULL ends it. `context` is handed on as it is, and must stand being
 * used from every thread that cleans, until the engine is freed and its last call has returned.
 */
sanitize_status sanitize_builder_log(struct sanitize_builder *builder,
                                     sanitize_log_callback log,
                                     void *context);

/**
 * Makes an engine and puts it into `engine`. The builder stays as it is and is freed by itself.
 */
sanitize_status sanitize_builder_build(const struct sanitize_builder *builder,
                                       struct sanitize_engine **engine);

/**
 * Frees a builder. NULL is allowed.
 */
sanitize_status sanitize_builder_free(struct sanitize_builder *builder);

/**
 * Frees an engine. NULL is allowed. Calls that are under way end as if it were there.
 */
sanitize_status sanitize_engine_free(struct sanitize_engine *engine);

/**
 * Options that ask for nothing. NULL where the system gave no memory.
 */
struct sanitize_options *sanitize_options_new(void);

/**
 * Adds a password, tried before those of the engine. Japanese text in UTF-8 is tried in CP932 too.
 */
sanitize_status sanitize_options_password(struct sanitize_options *options,
                                          const uint8_t *password,
                                          size_t length);

/**
 * Ends calls with these options once `cancel` is set. The flag may be freed before the options.
 */
sanitize_status sanitize_options_cancel(struct sanitize_options *options,
                                        const struct sanitize_cancel *cancel);

/**
 * Where `replace` is not 0, `sanitize_file` replaces a file that stands where the output should go. The input is
 * never replaced.
 */
sanitize_status sanitize_options_replace(struct sanitize_options *options,
                                         int32_t replace);

/**
 * Where `sync` is not 0, `sanitize_file` has the output on disk before it gets its name, so that not even a
 * power cut leaves half of it.
 */
sanitize_status sanitize_options_sync(struct sanitize_options *options,
                                      int32_t sync);

/**
 * Frees options. NULL is allowed.
 */
sanitize_status sanitize_options_free(struct sanitize_options *options);

/**
 * A flag that is not set. NULL where the system gave no memory.
 */
struct sanitize_cancel *sanitize_cancel_new(void);

/**
 * Ends every call that was given this flag, at its next check: it is rejected, and the limit is `cancelled`. A
 * flag that was set stays set.
 */
sanitize_status sanitize_cancel_set(struct sanitize_cancel *cancel);

/**
 * Frees a flag. NULL is allowed. Calls that were given it go on.
 */
sanitize_status sanitize_cancel_free(struct sanitize_cancel *cancel);

/**
 * Rebuilds `length` bytes. `name` is the name they came under, or NULL: its extension is a claim that is
 * checked. `options` may be NULL. Returns `SANITIZE_STATUS_OK` where there is a new file and
 * `SANITIZE_STATUS_REJECTED` where there is none; in both cases, and in no other, `outcome` is set, and is freed
 * with `sanitize_outcome_free`.
 */
sanitize_status sanitize_buffer(const struct sanitize_engine *engine,
                                const uint8_t *bytes,
                                size_t length,
                                const char *name,
                                const struct sanitize_options *options,
                                struct sanitize_outcome **outcome);

/**
 * Rebuilds the file at `input` into a new file at `output`, which is whole or not there: it is written under a
 * temporary name in the same folder and renamed. A file that stands there already is left alone unless the
 * options say otherwise. Where the type changes (`plan.docm` becomes a docx) the path stays as it was given;
 * `sanitize_outcome_extension` has the right extension. Returns as `sanitize_buffer` does.
 */
sanitize_status sanitize_file(const struct sanitize_engine *engine,
                              const char *input,
                              const char *output,
                              const struct sanitize_options *options,
                              struct sanitize_outcome **outcome);

/**
 * Rebuilds what `read` gives and hands the new file to `write`, piece by piece. Nothing is written before the
 * whole of it was made and verified; of a rejected input, nothing is. Where `write` fails, what it took before is
 * clean but not whole. Each callback is handed its own context. Returns as `sanitize_buffer` does.
 */
sanitize_status sanitize_stream(const struct sanitize_engine *engine,
                                sanitize_read_callback read,
                                void *read_context,
                                sanitize_write_callback write,
                                void *write_context,
                                const char *name,
                                const struct sanitize_options *options,
                                struct sanitize_outcome **outcome);

/**
 * Hands each password that the texts of a mail give to `found`: at most a dozen, for encrypted files in a mail that comes
 * later. Give them to `sanitize_options_password` then. Forget them in time, and use them for mails of the same sender
 * alone: an archive is opened with whatever opens it.
 */
sanitize_status sanitize_mail_passwords(const uint8_t *mail,
                                        size_t length,
                                        sanitize_write_callback found,
                                        void *context);

/**
 * The verdict. `SANITIZE_VERDICT_NONE` where `outcome` is no live outcome.
 */
sanitize_verdict sanitize_outcome_verdict(const struct sanitize_outcome *outcome);

/**
 * The new file, and its length in `length`. NULL and 0 where the input was rejected. The bytes live as long as
 * the outcome.
 */
const uint8_t *sanitize_outcome_bytes(const struct sanitize_outcome *outcome,
                                      size_t *length);

/**
 * Why the input was rejected, in one stable word: `malformed`, `unsupported`, `limit`, `refused`, `encrypted` or
 * `internal`. Empty where it was not. All texts of an outcome live as long as it does; none is NULL.
 */
const char *sanitize_outcome_reason(const struct sanitize_outcome *outcome);

/**
 * The id of the threat that a rejection counts as. Empty where the input was not rejected.
 */
const char *sanitize_outcome_threat(const struct sanitize_outcome *outcome);

/**
 * Why the input was rejected, in one English sentence. Empty where it was not.
 */
const char *sanitize_outcome_message(const struct sanitize_outcome *outcome);

/**
 * The limit that ended the run, by its stable name: `time`, `cancelled`, `expanded-bytes` … Empty where none
 * did. A run that ended by `time` or `cancelled` says nothing about the input and may be repeated.
 */
const char *sanitize_outcome_limit(const struct sanitize_outcome *outcome);

/**
 * The name the new file should have: safe on every file system, with the extension of its format. Empty where
 * there is no file.
 */
const char *sanitize_outcome_name(const struct sanitize_outcome *outcome);

/**
 * The id of the new file's format: `docx`. Empty where there is no file.
 */
const char *sanitize_outcome_format(const struct sanitize_outcome *outcome);

/**
 * The extension of the new file, without the dot. Empty where there is no file.
 */
const char *sanitize_outcome_extension(const struct sanitize_outcome *outcome);

/**
 * The MIME type of the new file. Empty where there is no file.
 */
const char *sanitize_outcome_media_type(const struct sanitize_outcome *outcome);

/**
 * The report as JSON on one line, as `report.schema.json` describes it.
 */
const char *sanitize_outcome_report_json(const struct sanitize_outcome *outcome);

/**
 * How many findings there are.
 */
size_t sanitize_outcome_finding_count(const struct sanitize_outcome *outcome);

/**
 * How many findings there were beyond the limit `findings`. They are counted only.
 */
uint64_t sanitize_outcome_findings_not_listed(const struct sanitize_outcome *outcome);

/**
 * Puts finding number `index`, counted from 0, into `finding`, whose `size` the caller has set.
 */
sanitize_status sanitize_outcome_finding(const struct sanitize_outcome *outcome,
                                         size_t index,
                                         struct sanitize_finding *finding);

/**
 * Frees an outcome with its bytes and texts. NULL is allowed.
 */
sanitize_status sanitize_outcome_free(struct sanitize_outcome *outcome);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SANITIZE_H */
