/* Passwords from earlier mails: in Japan an encrypted archive comes in one mail and its password in another. What a mail
 * gives is remembered for a while, for mails from the same domain to the same recipient. In memory alone, and no more
 * than a fixed number: the oldest go first.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#ifndef PASSWORDS_H
#define PASSWORDS_H

#include <stddef.h>
#include <stdint.h>

/* Passwords that are remembered in all, and that are tried for one message. */
#define PASSWORDS_KEPT 4096
#define PASSWORDS_TRIED 16
/* Bytes of a password. */
#define PASSWORD_LONGEST 64

/* For how many seconds a password is remembered; 0, as at the start, remembers none. */
void passwords_hold(unsigned seconds);

/* Remembers a password of a mail from `sender` to `recipient`. Nothing happens without a domain on both sides. */
void passwords_remember(const char *sender, const char *recipient, const uint8_t *password, size_t length);

/* Calls `use` with what mails from the domain of `sender` to `recipient` gave, the latest first. `use` returns 0 to go
 * on. */
void passwords_find(const char *sender, const char *recipient,
                    int (*use)(void *context, const uint8_t *password, size_t length), void *context);

#endif
