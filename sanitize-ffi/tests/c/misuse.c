/* The interface as a careless program uses it: under valgrind and AddressSanitizer none of this is an error.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sanitize.h>

static int failures;

static void expect(int holds, const char *claim) {
    if (!holds) {
        fprintf(stderr, "not so: %s (%s)\n", claim, sanitize_last_error());
        failures++;
    }
}

#define EXPECT(claim) expect(claim, #claim)

static const uint8_t TABLE[] = "a,b\n1,=1+1\n";
#define LENGTH (sizeof TABLE - 1)

struct pipe {
    size_t at, written, reads;
};

static ptrdiff_t give(void *context, uint8_t *buffer, size_t length) {
    struct pipe *pipe = context;
    pipe->reads++;
    size_t left = LENGTH - pipe->at;
    size_t piece = left < 3 ? left : 3;
    piece = piece < length ? piece : length;
    memcpy(buffer, TABLE + pipe->at, piece);
    pipe->at += piece;
    return (ptrdiff_t)piece;
}

static int32_t take(void *context, const uint8_t *bytes, size_t length) {
    (void)bytes;
    ((struct pipe *)context)->written += length;
    return 0;
}

static int32_t refuse(void *context, const uint8_t *bytes, size_t length) {
    (void)context, (void)bytes, (void)length;
    return 1;
}

static void log_line(void *context, int32_t level, const char *message) {
    (void)level;
    *(size_t *)context += strlen(message);
}

static sanitize_engine *shared;

/* Cleans on a thread with as little stack as the system gives. */
static void *on_small_stack(void *unused) {
    (void)unused;
    sanitize_outcome *outcome = NULL;
    sanitize_status status = sanitize_buffer(shared, TABLE, LENGTH, "a.csv", NULL, &outcome);
    sanitize_outcome_free(outcome);
    return (void *)(intptr_t)(status == SANITIZE_STATUS_OK);
}

int main(void) {
    sanitize_engine *engine = NULL;
    sanitize_outcome *outcome = NULL;
    size_t logged = 0, length = 1;

    /* Nothing made yet. */
    EXPECT(sanitize_builder_build(NULL, &engine) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_buffer(NULL, TABLE, LENGTH, NULL, NULL, &outcome) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_outcome_bytes(NULL, &length) == NULL && length == 0);
    EXPECT(sanitize_outcome_bytes(NULL, NULL) == NULL);
    EXPECT(strlen(sanitize_status_text(-7)) > 0 && strlen(sanitize_status_text(0)) > 0);

    sanitize_builder *builder = sanitize_builder_new();
    EXPECT(sanitize_builder_preset(builder, NULL) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_builder_policy_toml(builder, "preset = 7") == SANITIZE_STATUS_INVALID_POLICY);
    EXPECT(sanitize_builder_build(builder, NULL) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_builder_password(builder, NULL, 9) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_builder_password(builder, (const uint8_t *)"p\0w", 3) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_builder_log(builder, log_line, &logged) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_builder_build(builder, &engine) == SANITIZE_STATUS_OK);
    sanitize_builder_free(builder);
    EXPECT(sanitize_builder_threads(builder, 2) == SANITIZE_STATUS_INVALID_HANDLE);
    EXPECT(sanitize_builder_free(builder) == SANITIZE_STATUS_INVALID_HANDLE);

    /* Handles that are not. */
    EXPECT(sanitize_buffer((const sanitize_engine *)(const void *)TABLE, TABLE, LENGTH, NULL, NULL, &outcome) ==
           SANITIZE_STATUS_INVALID_HANDLE);
    EXPECT(sanitize_buffer((const sanitize_engine *)(uintptr_t)UINTPTR_MAX, TABLE, LENGTH, NULL, NULL, &outcome) ==
           SANITIZE_STATUS_INVALID_HANDLE);
    EXPECT(sanitize_outcome_free((sanitize_outcome *)engine) == SANITIZE_STATUS_INVALID_HANDLE);

    /* An outcome after its end, and one whose place is used again. */
    EXPECT(sanitize_buffer(engine, TABLE, LENGTH, "a.csv", NULL, &outcome) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_outcome_bytes(outcome, &length) != NULL && length > 0);
    EXPECT(sanitize_outcome_finding_count(outcome) == 1);
    sanitize_finding finding = {0};
    EXPECT(sanitize_outcome_finding(outcome, 0, &finding) == SANITIZE_STATUS_INVALID_ARGUMENT);
    finding.size = sizeof finding;
    EXPECT(sanitize_outcome_finding(outcome, 0, &finding) == SANITIZE_STATUS_OK);
    EXPECT(strcmp(finding.threat, "csv.formula-injection") == 0);
    EXPECT(sanitize_outcome_finding(outcome, SIZE_MAX, &finding) == SANITIZE_STATUS_OUT_OF_RANGE);
    EXPECT(sanitize_outcome_free(outcome) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_outcome_free(outcome) == SANITIZE_STATUS_INVALID_HANDLE);
    sanitize_outcome *second = NULL;
    EXPECT(sanitize_buffer(engine, NULL, 0, NULL, NULL, &second) == SANITIZE_STATUS_REJECTED);
    EXPECT(second != outcome && sanitize_outcome_verdict(outcome) == SANITIZE_VERDICT_NONE);
    EXPECT(sanitize_outcome_bytes(second, &length) == NULL && length == 0);
    EXPECT(sanitize_outcome_free(second) == SANITIZE_STATUS_OK);
    EXPECT(logged > 0);

    /* Streams. */
    struct pipe pipe = {0};
    EXPECT(sanitize_stream(engine, give, &pipe, take, &pipe, "a.csv", NULL, &outcome) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_outcome_bytes(outcome, &length) != NULL && pipe.written == length && pipe.reads >= 4);
    sanitize_outcome_free(outcome);
    pipe = (struct pipe){0};
    EXPECT(sanitize_stream(engine, give, &pipe, refuse, NULL, "a.csv", NULL, &outcome) ==
           SANITIZE_STATUS_CALLBACK_FAILED);
    EXPECT(outcome == NULL);
    EXPECT(sanitize_stream(engine, NULL, NULL, take, NULL, NULL, NULL, &outcome) == SANITIZE_STATUS_INVALID_ARGUMENT);

    /* Ends. */
    sanitize_options *options = sanitize_options_new();
    sanitize_cancel *cancel = sanitize_cancel_new();
    EXPECT(sanitize_options_cancel(options, NULL) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_options_cancel(options, cancel) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_cancel_set(cancel) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_cancel_free(cancel) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_cancel_set(cancel) == SANITIZE_STATUS_INVALID_HANDLE);
    EXPECT(sanitize_buffer(engine, TABLE, LENGTH, "a.csv", options, &outcome) == SANITIZE_STATUS_REJECTED);
    EXPECT(strcmp(sanitize_outcome_limit(outcome), "cancelled") == 0);
    sanitize_outcome_free(outcome);
    sanitize_options_free(options);
    EXPECT(sanitize_buffer(engine, TABLE, LENGTH, "a.csv", options, &outcome) == SANITIZE_STATUS_INVALID_HANDLE);

    /* Passwords of mails. */
    static const uint8_t mail[] = "From: a@b.example\r\nSubject: x\r\n\r\npassword: q9Zt4Lw2\r\n";
    pipe = (struct pipe){0};
    EXPECT(sanitize_mail_passwords(mail, sizeof mail - 1, take, &pipe) == SANITIZE_STATUS_OK && pipe.written == 8);
    EXPECT(sanitize_mail_passwords(mail, sizeof mail - 1, refuse, NULL) == SANITIZE_STATUS_CALLBACK_FAILED);
    EXPECT(sanitize_mail_passwords(mail, sizeof mail - 1, NULL, &pipe) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_mail_passwords(NULL, 9, take, &pipe) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_mail_passwords(mail, SIZE_MAX, take, &pipe) == SANITIZE_STATUS_INVALID_ARGUMENT);
    EXPECT(sanitize_mail_passwords(NULL, 0, take, NULL) == SANITIZE_STATUS_OK && pipe.written == 8);
    for (size_t cut = 0; cut < sizeof mail; cut++) {
        /* Of its own size, so that a byte read behind it is seen. */
        uint8_t *copy = malloc(cut + 1);
        memcpy(copy, mail, cut);
        copy = realloc(copy, cut == 0 ? 1 : cut);
        EXPECT(sanitize_mail_passwords(copy, cut, take, &pipe) == SANITIZE_STATUS_OK);
        free(copy);
    }

    /* Small stacks. */
    shared = engine;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 128 << 10);
    pthread_t thread;
    void *cleaned = NULL;
    EXPECT(pthread_create(&thread, &attributes, on_small_stack, NULL) == 0);
    pthread_join(thread, &cleaned);
    EXPECT(cleaned != NULL);
    pthread_attr_destroy(&attributes);

    /* The same engine, freed twice. */
    EXPECT(sanitize_engine_free(engine) == SANITIZE_STATUS_OK);
    EXPECT(sanitize_engine_free(engine) == SANITIZE_STATUS_INVALID_HANDLE);
    EXPECT(sanitize_live_handles() == 0);
    printf("%d failures\n", failures);
    return failures != 0;
}
