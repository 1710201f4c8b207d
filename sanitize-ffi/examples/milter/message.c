/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#include "message.h"

#include <stdlib.h>
#include <string.h>

bool buffer_append(struct buffer *buffer, const void *bytes, size_t length, size_t limit) {
    if (length > limit || buffer->length > limit - length) {
        return false;
    }
    size_t wanted = buffer->length + length;
    if (wanted > buffer->room) {
        size_t room = buffer->room < 4096 ? 4096 : buffer->room;
        while (room < wanted) {
            room *= 2;
        }
        uint8_t *grown = realloc(buffer->bytes, room);
        if (grown == NULL) {
            return false;
        }
        buffer->bytes = grown;
        buffer->room = room;
    }
    if (length > 0) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
        buffer->length = wanted;
    }
    return true;
}

bool buffer_append_lines(struct buffer *buffer, const char *text, size_t limit) {
    while (*text != '\0') {
        size_t line = strcspn(text, "\r\n");
        if (!buffer_append(buffer, text, line, limit)) {
            return false;
        }
        text += line;
        if (*text == '\0') {
            break;
        }
        text += strncmp(text, "\r\n", 2) == 0 ? 2 : 1;
        if (!buffer_append(buffer, "\r\n", 2, limit)) {
            return false;
        }
    }
    return true;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void message_reset(struct message *message) {
    buffer_free(&message->raw);
    buffer_free(&message->names);
    buffer_free(&message->recipients);
    *message = (struct message){0};
}

void printable(char *target, size_t room, const char *text) {
    size_t at = 0;
    for (; at + 1 < room && text[at] != '\0'; at++) {
        target[at] = text[at] >= ' ' && text[at] <= '~' ? text[at] : '?';
    }
    target[at] = '\0';
}

/* The end of the line at `at`, which is the place of its LF or the end of everything. */
static size_t line_end(const char *text, size_t at, size_t length) {
    const char *end = memchr(text + at, '\n', length - at);
    return end == NULL ? length : (size_t)(end - text);
}

bool rebuilt_split(struct rebuilt *rebuilt, const uint8_t *bytes, size_t length) {
    *rebuilt = (struct rebuilt){0};
    /* The head ends with the first empty line. */
    const char *input = (const char *)bytes;
    size_t head = 0, lines = 0;
    for (;;) {
        if (head >= length) {
            return false;
        }
        size_t end = line_end(input, head, length);
        if (end == length) {
            return false;
        }
        bool empty = end == head || (end == head + 1 && input[head] == '\r');
        if (empty) {
            rebuilt->body = bytes + end + 1;
            rebuilt->body_length = length - (end + 1);
            break;
        }
        lines++;
        head = end + 1;
    }
    if (memchr(bytes, '\0', head) != NULL) {
        return false;
    }
    rebuilt->text = malloc(head + 1);
    rebuilt->headers = calloc(lines + 1, sizeof *rebuilt->headers);
    if (rebuilt->text == NULL || rebuilt->headers == NULL) {
        rebuilt_free(rebuilt);
        return false;
    }
    /* A copy with LF alone; a folded line stays in its header. */
    char *to = rebuilt->text;
    for (size_t at = 0; at < head;) {
        size_t end = line_end(input, at, head);
        size_t kept = end > at && input[end - 1] == '\r' ? end - 1 : end;
        bool folded = input[at] == ' ' || input[at] == '\t';
        if (folded) {
            if (rebuilt->count == 0) {
                rebuilt_free(rebuilt);
                return false;
            }
            to[-1] = '\n';
        } else {
            const char *colon = memchr(input + at, ':', kept - at);
            if (colon == NULL || colon == input + at) {
                rebuilt_free(rebuilt);
                return false;
            }
            rebuilt->headers[rebuilt->count].name = to;
            rebuilt->headers[rebuilt->count].value = to + (colon - (input + at)) + 1;
            rebuilt->count++;
        }
        memcpy(to, input + at, kept - at);
        if (!folded) {
            rebuilt->headers[rebuilt->count - 1].value[-1] = '\0';
        }
        to += kept - at;
        *to++ = '\0';
        at = end + 1;
    }
    return true;
}

void rebuilt_free(struct rebuilt *rebuilt) {
    free(rebuilt->headers);
    free(rebuilt->text);
    *rebuilt = (struct rebuilt){0};
}
