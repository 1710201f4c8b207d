/* Cleans one file into another and prints the report:
 *
 *     cc clean.c $(pkg-config --cflags --libs sanitize) -o clean
 *     ./clean plan.docm plan.docx
 *     ./clean mail.eml clean.eml mail-with-the-password.eml
 *
 * What the third file, an earlier mail, gives as passwords is tried on what is encrypted in the first one.
 *
 * Ends with 0 where there is a new file, with 1 where the input was rejected, with 2 where something failed. */

#include <stdio.h>

#include <sanitize.h>

/* Says what failed, and returns the exit code for it. */
static int failed(const char *what, sanitize_status status) {
    fprintf(stderr, "%s: %s: %s\n", what, sanitize_status_text(status), sanitize_last_error());
    return 2;
}

/* Hands a password on to the options of the next call. */
static int32_t try_password(void *options, const uint8_t *password, size_t length) {
    return sanitize_options_password(options, password, length) != SANITIZE_STATUS_OK;
}

/* Looks for passwords in the mail at `path`. */
static int read_passwords(const char *path, sanitize_options *options) {
    static uint8_t mail[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 2;
    }
    size_t length = fread(mail, 1, sizeof mail, file);
    fclose(file);
    sanitize_status status = sanitize_mail_passwords(mail, length, try_password, options);
    return status == SANITIZE_STATUS_OK ? 0 : failed(path, status);
}

int main(int argc, char **argv) {
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: clean INPUT OUTPUT [EARLIER-MAIL]\n");
        return 2;
    }
    if (sanitize_abi_version() != SANITIZE_ABI_VERSION) {
        fprintf(stderr, "libsanitize has another interface than this program was built for\n");
        return 2;
    }

    /* One engine for the whole life of a program, used from as many threads as there are. */
    sanitize_engine *engine = NULL;
    sanitize_builder *builder = sanitize_builder_new();
    sanitize_status status = sanitize_builder_preset(builder, "default");
    if (status == SANITIZE_STATUS_OK) {
        status = sanitize_builder_limit(builder, "timeout-ms", 30000);
    }
    if (status == SANITIZE_STATUS_OK) {
        status = sanitize_builder_build(builder, &engine);
    }
    sanitize_builder_free(builder);
    if (status != SANITIZE_STATUS_OK) {
        return failed("engine", status);
    }

    sanitize_options *options = sanitize_options_new();
    int code = argc == 4 ? read_passwords(argv[3], options) : 0;
    if (code != 0) {
        sanitize_options_free(options);
        sanitize_engine_free(engine);
        return code;
    }
    sanitize_outcome *outcome = NULL;
    status = sanitize_file(engine, argv[1], argv[2], options, &outcome);
    switch (status) {
    case SANITIZE_STATUS_OK:
        printf("%s\n", sanitize_outcome_report_json(outcome));
        break;
    case SANITIZE_STATUS_REJECTED:
        printf("%s\n", sanitize_outcome_report_json(outcome));
        code = 1;
        break;
    default:
        code = failed(argv[1], status);
    }
    for (size_t index = 0; index < sanitize_outcome_finding_count(outcome); index++) {
        sanitize_finding finding = {.size = sizeof finding};
        if (sanitize_outcome_finding(outcome, index, &finding) == SANITIZE_STATUS_OK) {
            fprintf(stderr, "%s: %s (%s)\n", finding.place, finding.summary, finding.threat);
        }
    }
    sanitize_outcome_free(outcome);
    sanitize_options_free(options);
    sanitize_engine_free(engine);
    return code;
}
