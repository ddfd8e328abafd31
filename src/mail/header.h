/* The head of a letter, line by line: nothing that is put into a line can begin another. */
#ifndef LYKTA_MAIL_HEADER_H
#define LYKTA_MAIL_HEADER_H

#include "base/str.h"

#include <stdint.h>

struct arena;

/* Each makes one field "Name: value", NUL-ended, in `a`; long ones are folded (RFC 5322, 2.2.3) so that no
 * line has more than 78 bytes where it can be cut. Control characters, line ends among them, become spaces.
 */

/* `text` for people. What is not plain ASCII becomes encoded words (RFC 2047), none cut inside a letter. */
const char *header_text(const char *name, struct str text, struct arena *a);

/* An address with the name people read beside it (may be empty). `address` has passed address_is_valid. */
const char *header_address(const char *name, struct str shown, struct str address, struct arena *a);

/* A moment: "Wed, 25 Nov 2026 09:41:13 +0000". */
const char *header_date(const char *name, int64_t at, struct arena *a);

/* `value` is ours, ASCII and short enough for a line: addresses of pages, ids, languages. */
const char *header_plain(const char *name, struct str value, struct arena *a);

#endif
