/* sanitize-milter: has a mail server deliver nothing but messages that libsanitize rebuilt.
 *
 * Every message is replaced, headers and body. What cannot be rebuilt is replaced by a notice, or refused. Whatever
 * goes wrong is answered with a temporary failure: the sender keeps the message and tries again. There is no path on
 * which a message goes on as it came, and this file names no SMFIS_ code that would let it.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include <libmilter/mfapi.h>
#include <sanitize.h>

#include "message.h"
#include "passwords.h"

/* The largest piece of a body that every mail server takes. */
#define PIECE 65535
/* Header of the summary unless an option says otherwise. */
#define SUMMARY "X-Sanitize"
/* Bytes of recipients that are remembered: those of a few dozen. */
#define RECIPIENTS 4096
#define REFUSED "5.7.1"
#define TRY_AGAIN "4.7.1"

static struct {
    sanitize_engine *engine;
    const char *quarantine;
    const char *notice_from;
    const char *header;
    bool refuse;
    bool keep_all;
    bool hold_passwords;
    double seconds;
    size_t largest;
    sem_t places;
    /* True where the server hands values over with the space after the colon. */
    atomic_bool leading_space;
} settings = {.header = SUMMARY, .seconds = 30, .largest = 100u << 20};

static void note(int level, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsyslog(level, format, arguments);
    va_end(arguments);
}

static const char *queue_id(SMFICTX *ctx) {
    const char *id = smfi_getsymval(ctx, "i");
    return id != NULL && *id != '\0' ? id : "unknown";
}

/* The answer to everything that went wrong. */
static sfsistat try_again(SMFICTX *ctx, const char *why) {
    note(LOG_ERR, "%s: not passed: %s", queue_id(ctx), why);
    smfi_setreply(ctx, "451", TRY_AGAIN, "The message could not be checked; try again later");
    return SMFIS_TEMPFAIL;
}

/* ---- The original ------------------------------------------------------------------------------------------- */

static bool write_whole(int file, const void *bytes, size_t length) {
    const char *from = bytes;
    while (length > 0) {
        ssize_t written = write(file, from, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        from += written;
        length -= (size_t)written;
    }
    return true;
}

/* Writes a file under a temporary name, and gives it its own when it is whole and on disk. */
static bool keep_file(const char *id, const char *extension, const void *bytes, size_t length) {
    char temporary[PATH_MAX], path[PATH_MAX];
    int room = snprintf(temporary, sizeof temporary, "%s/.%s-XXXXXX", settings.quarantine, id);
    if (room < 0 || (size_t)room >= sizeof temporary) {
        return false;
    }
    /* Made with no rights for others. */
    int file = mkstemp(temporary);
    if (file < 0) {
        return false;
    }
    const char *unique = temporary + room - 6;
    snprintf(path, sizeof path, "%s/%s-%s.%s", settings.quarantine, id, unique, extension);
    bool written = write_whole(file, bytes, length) && fsync(file) == 0;
    written = close(file) == 0 && written;
    if (!written || rename(temporary, path) != 0) {
        unlink(temporary);
        return false;
    }
    return true;
}

/* Keeps the message as it came, and the report on it, for whoever may look into them. */
static bool quarantine(SMFICTX *ctx, const struct message *message, const char *report) {
    if (settings.quarantine == NULL) {
        return true;
    }
    char id[64];
    size_t length = 0;
    for (const char *from = queue_id(ctx); *from != '\0' && length + 1 < sizeof id; from++) {
        bool safe = (*from >= '0' && *from <= '9') || (*from >= 'A' && *from <= 'Z') || (*from >= 'a' && *from <= 'z');
        id[length++] = safe ? *from : '_';
    }
    id[length] = '\0';
    return keep_file(id, "eml", message->raw.bytes, message->raw.length) &&
           keep_file(id, "report.json", report, strlen(report));
}

/* ---- The answer --------------------------------------------------------------------------------------------- */

/* What became of the message, in one line for whoever reads its headers. */
static void summarise(char *target, size_t room, const sanitize_outcome *outcome) {
    unsigned long long done[5] = {0};
    size_t count = sanitize_outcome_finding_count(outcome);
    for (size_t index = 0; index < count; index++) {
        sanitize_finding finding = {.size = sizeof finding};
        if (sanitize_outcome_finding(outcome, index, &finding) == SANITIZE_STATUS_OK && finding.action >= 0 &&
            finding.action < 5) {
            done[finding.action] += finding.count;
        }
    }
    static const char *const verdicts[] = {"none", "clean", "sanitized", "rejected"};
    sanitize_verdict verdict = sanitize_outcome_verdict(outcome);
    const char *word = verdict >= 0 && verdict < 4 ? verdicts[verdict] : "none";
    if (verdict == SANITIZE_VERDICT_REJECTED) {
        snprintf(target, room, "verdict=%s; reason=%s; threat=%s; engine=%s", word, sanitize_outcome_reason(outcome),
                 sanitize_outcome_threat(outcome), sanitize_version());
    } else {
        snprintf(target, room, "verdict=%s; removed=%llu; changed=%llu; kept=%llu; engine=%s", word,
                 done[SANITIZE_ACTION_REMOVE] + done[SANITIZE_ACTION_REFUSE],
                 done[SANITIZE_ACTION_FLATTEN] + done[SANITIZE_ACTION_REPLACE], done[SANITIZE_ACTION_KEEP],
                 sanitize_version());
    }
}

/* Deletes every header the server has shown, the last of each name first: whichever way the server counts those
 * that are left, the number is right. */
static bool delete_headers(SMFICTX *ctx, const struct message *message) {
    const char *names = (const char *)message->names.bytes;
    size_t length = message->names.length;
    size_t end = length;
    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && names[start - 1] != '\0') {
            start--;
        }
        /* Its number among those of its name, counted from 1. */
        int number = 1;
        for (size_t at = 0; at < start; at += strlen(names + at) + 1) {
            number += strcasecmp(names + at, names + start) == 0;
        }
        if (smfi_chgheader(ctx, (char *)(names + start), number, NULL) != MI_SUCCESS) {
            return false;
        }
        end = start;
    }
    return true;
}

static bool add_header(SMFICTX *ctx, const char *name, const char *value) {
    char spaced[1024];
    if (settings.leading_space) {
        snprintf(spaced, sizeof spaced, " %s", value);
        value = spaced;
    }
    return smfi_addheader(ctx, (char *)name, (char *)value) == MI_SUCCESS;
}

/* Puts a body in the place of what came. */
static bool replace_body(SMFICTX *ctx, const uint8_t *body, size_t length) {
    if (length == 0) {
        /* An empty replacement would replace nothing. */
        body = (const uint8_t *)"\r\n";
        length = 2;
    }
    while (length > 0) {
        size_t piece = length < PIECE ? length : PIECE;
        if (smfi_replacebody(ctx, (unsigned char *)body, (int)piece) != MI_SUCCESS) {
            return false;
        }
        body += piece;
        length -= piece;
    }
    return true;
}

/* Puts the rebuilt message in the place of the one that came. */
static bool replace(SMFICTX *ctx, const struct message *message, const struct rebuilt *rebuilt, const char *summary) {
    /* The body first: should the server stop listening halfway, what it has is not the original. */
    if (!replace_body(ctx, rebuilt->body, rebuilt->body_length) || !delete_headers(ctx, message)) {
        return false;
    }
    for (size_t index = 0; index < rebuilt->count; index++) {
        char *value = rebuilt->headers[index].value;
        /* The header of the summary is this program's alone. */
        if (strcasecmp(rebuilt->headers[index].name, settings.header) == 0) {
            continue;
        }
        if (!settings.leading_space && *value == ' ') {
            value++;
        }
        if (smfi_addheader(ctx, rebuilt->headers[index].name, value) != MI_SUCCESS) {
            return false;
        }
    }
    return add_header(ctx, settings.header, summary);
}

/* Puts a notice in the place of a message that could not be rebuilt. Nothing of the message is in it but the
 * sender's address, made printable. */
static bool replace_by_notice(SMFICTX *ctx, const struct message *message, const sanitize_outcome *outcome,
                              const char *summary) {
    const char *host = smfi_getsymval(ctx, "j");
    host = host != NULL && *host != '\0' ? host : "localhost";
    char from[320], date[64], id[320], body[4096];
    if (settings.notice_from != NULL) {
        snprintf(from, sizeof from, "%s", settings.notice_from);
    } else {
        snprintf(from, sizeof from, "MAILER-DAEMON@%s", host);
    }
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &parts);
    snprintf(id, sizeof id, "<sanitize.%lld.%s@%s>", (long long)now, queue_id(ctx), host);
    int length = snprintf(body, sizeof body,
                          "このメールは無害化できなかったため、配送していません。\r\n"
                          "内容が必要な場合は、差出人または管理者に確認してください。\r\n"
                          "\r\n"
                          "A message could not be rebuilt and was not delivered.\r\n"
                          "Please ask its sender, or your administrator, if you need what was in it.\r\n"
                          "\r\n"
                          "差出人 / sender: %s\r\n"
                          "番号 / number: %s\r\n"
                          "理由 / reason: %s [%s]\r\n",
                          message->sender, queue_id(ctx), sanitize_outcome_message(outcome),
                          sanitize_outcome_threat(outcome));
    if (length < 0 || (size_t)length >= sizeof body) {
        return false;
    }
    return replace_body(ctx, (const uint8_t *)body, (size_t)length) && delete_headers(ctx, message) &&
           add_header(ctx, "Date", date) && add_header(ctx, "From", from) && add_header(ctx, "Message-ID", id) &&
           /* メールを無害化できませんでした */
           add_header(ctx, "Subject",
                      "=?UTF-8?B?44Oh44O844Or44KS54Sh5a6z5YyW44Gn44GN44G+44Gb44KT44Gn44GX44Gf?=\n"
                      " / A message could not be cleaned") &&
           add_header(ctx, "Auto-Submitted", "auto-generated") && add_header(ctx, "MIME-Version", "1.0") &&
           add_header(ctx, "Content-Type", "text/plain; charset=UTF-8") &&
           add_header(ctx, "Content-Transfer-Encoding", "8bit") && add_header(ctx, settings.header, summary);
}

/* What to do about an outcome that is no delivery. */
static sfsistat answer_rejection(SMFICTX *ctx, const struct message *message, const sanitize_outcome *outcome) {
    const char *reason = sanitize_outcome_reason(outcome), *limit = sanitize_outcome_limit(outcome);
    /* These say something about the machine and the hour, not about the message. */
    if (strcmp(reason, "internal") == 0 || strcmp(limit, "time") == 0 || strcmp(limit, "cancelled") == 0) {
        return try_again(ctx, sanitize_outcome_message(outcome));
    }
    if (!quarantine(ctx, message, sanitize_outcome_report_json(outcome))) {
        return try_again(ctx, "the original could not be kept");
    }
    char summary[512];
    summarise(summary, sizeof summary, outcome);
    note(LOG_NOTICE, "%s: from=<%s> %s", queue_id(ctx), message->sender, summary);
    if (settings.refuse) {
        smfi_setreply(ctx, "550", REFUSED, "The message could not be rebuilt as a harmless one");
        return SMFIS_REJECT;
    }
    if (!replace_by_notice(ctx, message, outcome, summary)) {
        return try_again(ctx, "the notice could not be handed over");
    }
    return SMFIS_CONTINUE;
}

static sfsistat answer_delivery(SMFICTX *ctx, const struct message *message, const sanitize_outcome *outcome) {
    size_t length = 0;
    const uint8_t *bytes = sanitize_outcome_bytes(outcome, &length);
    struct rebuilt rebuilt;
    if (bytes == NULL || strcmp(sanitize_outcome_format(outcome), "eml") != 0 ||
        !rebuilt_split(&rebuilt, bytes, length)) {
        return try_again(ctx, "the engine wrote something that is no message");
    }
    sfsistat answer = SMFIS_CONTINUE;
    char summary[512];
    summarise(summary, sizeof summary, outcome);
    bool kept = settings.keep_all || sanitize_outcome_verdict(outcome) != SANITIZE_VERDICT_CLEAN;
    if (kept && !quarantine(ctx, message, sanitize_outcome_report_json(outcome))) {
        answer = try_again(ctx, "the original could not be kept");
    } else if (!replace(ctx, message, &rebuilt, summary)) {
        answer = try_again(ctx, "the message could not be handed over");
    } else {
        note(LOG_INFO, "%s: from=<%s> %s", queue_id(ctx), message->sender, summary);
    }
    rebuilt_free(&rebuilt);
    return answer;
}

/* ---- Passwords from earlier mails --------------------------------------------------------------------------- */

/* Calls `act` for each recipient of a message. */
static void each_recipient(const struct message *message, void (*act)(const struct message *, const char *, void *),
                           void *context) {
    const char *names = (const char *)message->recipients.bytes;
    for (size_t at = 0; at < message->recipients.length; at += strlen(names + at) + 1) {
        act(message, names + at, context);
    }
}

static int add_option(void *options, const uint8_t *password, size_t length) {
    return sanitize_options_password(options, password, length) == SANITIZE_STATUS_OK ? 0 : 1;
}

static void find_for(const struct message *message, const char *recipient, void *options) {
    passwords_find(message->sender, recipient, add_option, options);
}

struct password {
    const uint8_t *bytes;
    size_t length;
};

static void remember_for(const struct message *message, const char *recipient, void *context) {
    const struct password *password = context;
    passwords_remember(message->sender, recipient, password->bytes, password->length);
}

static int32_t on_password(void *context, const uint8_t *bytes, size_t length) {
    struct password password = {bytes, length};
    each_recipient(context, remember_for, &password);
    return 0;
}

/* Remembers what the delivered text gives, for encrypted attachments of mails that come later. That it cannot be read
 * is no fault: then there is nothing to remember. */
static void remember_passwords(struct message *message, const sanitize_outcome *outcome) {
    size_t length = 0;
    const uint8_t *bytes = sanitize_outcome_bytes(outcome, &length);
    if (bytes != NULL) {
        sanitize_mail_passwords(bytes, length, on_password, message);
    }
}

/* Cleans a whole message. */
static sfsistat clean(SMFICTX *ctx, struct message *message) {
    sanitize_outcome *outcome = NULL;
    sanitize_options *options = NULL;
    if (settings.hold_passwords) {
        options = sanitize_options_new();
        if (options == NULL) {
            return try_again(ctx, "no memory");
        }
        each_recipient(message, find_for, options);
    }
    sanitize_status status =
        sanitize_buffer(settings.engine, message->raw.bytes, message->raw.length, "message.eml", options, &outcome);
    if (options != NULL) {
        sanitize_options_free(options);
        if (status == SANITIZE_STATUS_OK) {
            remember_passwords(message, outcome);
        }
    }
    sfsistat answer;
    switch (status) {
    case SANITIZE_STATUS_OK:
        answer = answer_delivery(ctx, message, outcome);
        break;
    case SANITIZE_STATUS_REJECTED:
        answer = answer_rejection(ctx, message, outcome);
        break;
    default:
        answer = try_again(ctx, sanitize_last_error());
    }
    sanitize_outcome_free(outcome);
    return answer;
}

/* ---- What the mail server calls ----------------------------------------------------------------------------- */

static sfsistat on_negotiate(SMFICTX *ctx, unsigned long offered, unsigned long steps, unsigned long f2,
                             unsigned long f3, unsigned long *wanted, unsigned long *left_out, unsigned long *w2,
                             unsigned long *w3) {
    (void)ctx, (void)f2, (void)f3;
    unsigned long needed = SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY;
    if ((offered & needed) != needed) {
        note(LOG_ERR, "the mail server does not let a message be replaced");
        return SMFIS_REJECT;
    }
    *wanted = needed;
    settings.leading_space = (steps & SMFIP_HDR_LEADSPC) != 0;
    *left_out = steps & (SMFIP_NOCONNECT | SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NODATA | SMFIP_HDR_LEADSPC |
                         (settings.hold_passwords ? 0 : SMFIP_NORCPT));
    *w2 = *w3 = 0;
    return SMFIS_CONTINUE;
}

static sfsistat on_sender(SMFICTX *ctx, char **arguments) {
    struct message *message = smfi_getpriv(ctx);
    if (message == NULL) {
        message = calloc(1, sizeof *message);
        if (message == NULL || smfi_setpriv(ctx, message) != MI_SUCCESS) {
            free(message);
            return try_again(ctx, "no memory");
        }
    }
    message_reset(message);
    if (arguments != NULL && arguments[0] != NULL) {
        printable(message->sender, sizeof message->sender, arguments[0]);
    }
    return SMFIS_CONTINUE;
}

/* Whether the server takes the recipient is its business; the names are for passwords from earlier mails. */
static sfsistat on_recipient(SMFICTX *ctx, char **arguments) {
    struct message *message = smfi_getpriv(ctx);
    if (message != NULL && arguments != NULL && arguments[0] != NULL) {
        char name[256];
        printable(name, sizeof name, arguments[0]);
        buffer_append(&message->recipients, name, strlen(name) + 1, RECIPIENTS);
    }
    return SMFIS_CONTINUE;
}

static sfsistat on_header(SMFICTX *ctx, char *name, char *value) {
    struct message *message = smfi_getpriv(ctx);
    if (message == NULL) {
        return try_again(ctx, "a header without a message");
    }
    const char *colon = settings.leading_space ? ":" : ": ";
    struct buffer *raw = &message->raw;
    bool kept = buffer_append(raw, name, strlen(name), settings.largest) &&
                buffer_append(raw, colon, strlen(colon), settings.largest) &&
                buffer_append_lines(raw, value, settings.largest) &&
                buffer_append(raw, "\r\n", 2, settings.largest) &&
                buffer_append(&message->names, name, strlen(name) + 1, settings.largest);
    message->broken |= !kept;
    return SMFIS_CONTINUE;
}

static sfsistat on_end_of_headers(SMFICTX *ctx) {
    struct message *message = smfi_getpriv(ctx);
    if (message == NULL) {
        return try_again(ctx, "headers without a message");
    }
    message->broken |= !buffer_append(&message->raw, "\r\n", 2, settings.largest);
    return SMFIS_CONTINUE;
}

static sfsistat on_body(SMFICTX *ctx, unsigned char *bytes, size_t length) {
    struct message *message = smfi_getpriv(ctx);
    if (message == NULL) {
        return try_again(ctx, "a body without a message");
    }
    message->broken |= !buffer_append(&message->raw, bytes, length, settings.largest);
    return SMFIS_CONTINUE;
}

static sfsistat on_end_of_message(SMFICTX *ctx) {
    struct message *message = smfi_getpriv(ctx);
    if (message == NULL || message->raw.length == 0) {
        return try_again(ctx, "an end without a message");
    }
    if (message->broken) {
        sfsistat answer = try_again(ctx, "larger than the limit of this gateway, or no memory");
        message_reset(message);
        return answer;
    }
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += (time_t)settings.seconds + 1;
    int waited;
    do {
        waited = sem_timedwait(&settings.places, &until);
    } while (waited != 0 && errno == EINTR);
    sfsistat answer;
    if (waited != 0) {
        answer = try_again(ctx, "too many messages at a time");
    } else {
        answer = clean(ctx, message);
        sem_post(&settings.places);
    }
    message_reset(message);
    return answer;
}

static sfsistat on_abort(SMFICTX *ctx) {
    struct message *message = smfi_getpriv(ctx);
    if (message != NULL) {
        message_reset(message);
    }
    return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *ctx) {
    struct message *message = smfi_getpriv(ctx);
    if (message != NULL) {
        message_reset(message);
        free(message);
        smfi_setpriv(ctx, NULL);
    }
    return SMFIS_CONTINUE;
}

/* ---- Starting ----------------------------------------------------------------------------------------------- */

static void on_log(void *context, int32_t level, const char *message) {
    (void)context;
    /* What becomes of messages is said with their numbers elsewhere. */
    if (level == SANITIZE_LEVEL_ERROR) {
        note(LOG_ERR, "engine: %s", message);
    }
}

static int usage(void) {
    fputs("usage: sanitize-milter -p SOCKET [-P POLICY] [-q FOLDER [-a]] [-r] [-n ADDRESS] [-t SECONDS]\n"
          "                       [-j COUNT] [-m MIB] [-w FILE] [-k MINUTES] [-H NAME]\n"
          "  -p  where the mail server connects: unix:/run/sanitize/milter.sock or inet:8899@127.0.0.1\n"
          "  -P  policy file [the preset `default`]\n"
          "  -q  keep the original of each message that was changed or rejected in this folder, with its report\n"
          "  -a  keep the others too\n"
          "  -r  refuse what cannot be rebuilt, with 550, instead of delivering a notice in its place\n"
          "  -n  sender of notices [MAILER-DAEMON at the server's name]\n"
          "  -t  seconds a message may take; past them the sender is asked to try again [30]\n"
          "  -j  messages cleaned at a time [one for each processor]\n"
          "  -m  MiB a message may have [100]\n"
          "  -w  file with passwords to try on encrypted attachments, one on a line\n"
          "  -k  try passwords that earlier mails of the same domain to the same recipient gave, for so many minutes\n"
          "  -H  name of the header with the summary [" SUMMARY "]\n",
          stderr);
    return EX_USAGE;
}

static int failed(const char *what, const char *why) {
    fprintf(stderr, "sanitize-milter: %s: %s\n", what, why);
    return 1;
}

/* A whole number from 1 to `most`, or 0. */
static unsigned long number(const char *text, unsigned long most) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    return errno == 0 && *end == '\0' && *text >= '0' && *text <= '9' && value <= most ? value : 0;
}

static bool add_passwords(sanitize_builder *builder, const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    char *line = NULL;
    size_t room = 0;
    bool added = true;
    for (ssize_t length; added && (length = getline(&line, &room, file)) >= 0;) {
        size_t kept = strcspn(line, "\r\n");
        if (kept > 0) {
            added = sanitize_builder_password(builder, (const uint8_t *)line, kept) == SANITIZE_STATUS_OK;
        }
    }
    added = added && !ferror(file);
    free(line);
    fclose(file);
    return added;
}

int main(int argc, char **argv) {
    const char *connection = NULL, *policy = NULL, *passwords = NULL;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned long places = processors > 0 ? (unsigned long)processors : 1, mebibytes = 100, minutes = 0;
    for (int option; (option = getopt(argc, argv, "p:P:q:arn:t:j:m:w:k:H:")) != -1;) {
        switch (option) {
        case 'p': connection = optarg; break;
        case 'P': policy = optarg; break;
        case 'q': settings.quarantine = optarg; break;
        case 'a': settings.keep_all = true; break;
        case 'r': settings.refuse = true; break;
        case 'n': settings.notice_from = optarg; break;
        case 't': settings.seconds = atof(optarg); break;
        case 'j': places = number(optarg, 1024); break;
        case 'm': mebibytes = number(optarg, 2048); break;
        case 'w': passwords = optarg; break;
        case 'k': minutes = number(optarg, 7 * 24 * 60); settings.hold_passwords = true; break;
        case 'H': settings.header = optarg; break;
        default: return usage();
        }
    }
    if (connection == NULL || optind != argc || !(settings.seconds >= 0.001 && settings.seconds <= 3600) || places == 0 || mebibytes == 0 ||
        (settings.hold_passwords && minutes == 0)) {
        return usage();
    }
    settings.largest = (size_t)mebibytes << 20;
    passwords_hold((unsigned)minutes * 60);
    if (sanitize_abi_version() != SANITIZE_ABI_VERSION) {
        return failed("libsanitize", "another interface than this program was built for");
    }
    openlog("sanitize-milter", LOG_PID | LOG_PERROR, LOG_MAIL);

    sanitize_builder *builder = sanitize_builder_new();
    bool built = (policy == NULL || sanitize_builder_policy_file(builder, policy) == SANITIZE_STATUS_OK) &&
                 sanitize_builder_limit(builder, "timeout-ms", (uint64_t)(settings.seconds * 1000)) == SANITIZE_STATUS_OK &&
                 sanitize_builder_log(builder, on_log, NULL) == SANITIZE_STATUS_OK;
    if (built && passwords != NULL && !add_passwords(builder, passwords)) {
        return failed(passwords, "the passwords cannot be read");
    }
    built = built && sanitize_builder_build(builder, &settings.engine) == SANITIZE_STATUS_OK;
    if (!built) {
        return failed("engine", sanitize_last_error());
    }
    sanitize_builder_free(builder);
    if (settings.quarantine != NULL && access(settings.quarantine, W_OK | X_OK) != 0) {
        return failed(settings.quarantine, strerror(errno));
    }
    if (sem_init(&settings.places, 0, (unsigned)places) != 0) {
        return failed("semaphore", strerror(errno));
    }

    struct smfiDesc filter = {
        .xxfi_name = "sanitize",
        .xxfi_version = SMFI_VERSION,
        .xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY,
        .xxfi_envfrom = on_sender,
        .xxfi_envrcpt = on_recipient,
        .xxfi_header = on_header,
        .xxfi_eoh = on_end_of_headers,
        .xxfi_body = on_body,
        .xxfi_eom = on_end_of_message,
        .xxfi_abort = on_abort,
        .xxfi_close = on_close,
        .xxfi_negotiate = on_negotiate,
    };
    if (smfi_register(filter) != MI_SUCCESS || smfi_setconn((char *)connection) != MI_SUCCESS ||
        smfi_opensocket(true) != MI_SUCCESS) {
        return failed(connection, "cannot be listened on");
    }
    note(LOG_INFO, "ready, engine %s", sanitize_version());
    int ended = smfi_main();
    sanitize_engine_free(settings.engine);
    return ended == MI_SUCCESS ? 0 : 1;
}
