/* Cleans one file into another and prints the report:
 *
 *     cc clean.c $(pkg-config --cflags --libs sanitize) -o clean
 *     ./clean plan.docm plan.docx
 *
 * Ends with 0 where there is a new file, with 1 where the input was rejected, with 2 where something failed. */

#include <stdio.h>

#include <sanitize.h>

/* Says what failed, and returns the exit code for it. */
static int failed(const char *what, sanitize_status status) {
    fprintf(stderr, "%s: %s: %s\n", what, sanitize_status_text(status), sanitize_last_error());
    return 2;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: clean INPUT OUTPUT\n");
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

    int code = 0;
    sanitize_outcome *outcome = NULL;
    status = sanitize_file(engine, argv[1], argv[2], NULL, &outcome);
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
    sanitize_engine_free(engine);
    return code;
}
