/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#include "passwords.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct kept {
    /* `domain recipient` in lower case; empty where nothing is kept. */
    char who[512];
    uint8_t password[PASSWORD_LONGEST];
    size_t length;
    time_t when;
};

static struct {
    pthread_mutex_t lock;
    unsigned seconds;
    /* Where the next one goes, over the oldest. */
    size_t next;
    struct kept kept[PASSWORDS_KEPT];
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* A clock that nobody sets. */
static time_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* Whose mails: false where the sender has no domain, as bounces, or something is too long to be told apart. */
static bool who_is(char who[512], const char *sender, const char *recipient) {
    const char *domain = strrchr(sender, '@');
    if (domain == NULL || strchr(recipient, '@') == NULL) {
        return false;
    }
    int length = snprintf(who, 512, "%s %s", domain + 1, recipient);
    if (length < 0 || length >= 512) {
        return false;
    }
    /* Brackets of the envelope, and letters of either case. */
    size_t to = 0;
    for (size_t at = 0; who[at] != '\0'; at++) {
        if (who[at] != '<' && who[at] != '>') {
            bool capital = who[at] >= 'A' && who[at] <= 'Z';
            who[to++] = (char)(capital ? who[at] + ('a' - 'A') : who[at]);
        }
    }
    who[to] = '\0';
    return true;
}

static void forget(struct kept *kept) {
    explicit_bzero(kept, sizeof *kept);
}

void passwords_hold(unsigned seconds) {
    pthread_mutex_lock(&store.lock);
    store.seconds = seconds;
    pthread_mutex_unlock(&store.lock);
}

void passwords_remember(const char *sender, const char *recipient, const uint8_t *password, size_t length) {
    char who[512];
    if (length == 0 || length > PASSWORD_LONGEST || !who_is(who, sender, recipient)) {
        return;
    }
    pthread_mutex_lock(&store.lock);
    if (store.seconds > 0) {
        for (size_t index = 0; index < PASSWORDS_KEPT; index++) {
            struct kept *kept = &store.kept[index];
            /* The same once more counts from now on. */
            if (kept->length == length && strcmp(kept->who, who) == 0 && memcmp(kept->password, password, length) == 0) {
                forget(kept);
            }
        }
        struct kept *kept = &store.kept[store.next];
        store.next = (store.next + 1) % PASSWORDS_KEPT;
        forget(kept);
        strcpy(kept->who, who);
        memcpy(kept->password, password, length);
        kept->length = length;
        kept->when = now();
    }
    pthread_mutex_unlock(&store.lock);
}

void passwords_find(const char *sender, const char *recipient,
                    int (*use)(void *context, const uint8_t *password, size_t length), void *context) {
    char who[512];
    if (!who_is(who, sender, recipient)) {
        return;
    }
    struct kept found[PASSWORDS_TRIED];
    size_t count = 0;
    pthread_mutex_lock(&store.lock);
    time_t since = now() - (time_t)store.seconds;
    for (size_t back = 1; store.seconds > 0 && back <= PASSWORDS_KEPT; back++) {
        struct kept *kept = &store.kept[(store.next + PASSWORDS_KEPT - back) % PASSWORDS_KEPT];
        if (kept->length > 0 && kept->when < since) {
            forget(kept);
        } else if (kept->length > 0 && count < PASSWORDS_TRIED && strcmp(kept->who, who) == 0) {
            found[count++] = *kept;
        }
    }
    pthread_mutex_unlock(&store.lock);
    for (size_t index = 0; index < count; index++) {
        if (use(context, found[index].password, found[index].length) != 0) {
            break;
        }
    }
    explicit_bzero(found, sizeof found);
}
