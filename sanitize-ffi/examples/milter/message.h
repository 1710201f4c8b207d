/* One message on its way through the milter: what the mail server sent, byte for byte, and the names of its headers.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that grow. */
struct buffer {
    uint8_t *bytes;
    size_t length;
    size_t room;
};

struct message {
    /* Headers, an empty line and the body, as an .eml file has them. */
    struct buffer raw;
    /* The names of the headers in order, each with its NUL. */
    struct buffer names;
    /* The sender of the envelope, made printable. */
    char sender[256];
    /* The recipients of the envelope, each with its NUL; those past the first few are not needed. */
    struct buffer recipients;
    /* Memory ran out, or the limit did: the message is not whole and must not be judged by what is here. */
    bool broken;
};

/* Appends, and says whether there was memory for it within `limit` bytes. */
bool buffer_append(struct buffer *buffer, const void *bytes, size_t length, size_t limit);

/* Appends text, its line ends as mail has them, whatever they are. */
bool buffer_append_lines(struct buffer *buffer, const char *text, size_t limit);

void buffer_free(struct buffer *buffer);

/* Forgets everything, so that the next message of the connection begins with nothing. */
void message_reset(struct message *message);

/* Copies what may stand in a log or a notice: printable ASCII, everything else as `?`. */
void printable(char *target, size_t room, const char *text);

/* One header of a rebuilt message. */
struct header {
    char *name;
    /* With the space after the colon, and lines that end with LF alone, as libmilter wants them. */
    char *value;
};

/* A rebuilt message as libmilter takes it. */
struct rebuilt {
    struct header *headers;
    size_t count;
    const uint8_t *body;
    size_t body_length;
    /* The text that the headers point into. */
    char *text;
};

/* Takes a message apart that the engine wrote. Anything in its head that is not a header is an error: then nothing
 * is known about the message, and false is returned. */
bool rebuilt_split(struct rebuilt *rebuilt, const uint8_t *bytes, size_t length);

void rebuilt_free(struct rebuilt *rebuilt);

#endif
