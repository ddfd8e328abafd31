/* A letter to oneself, by the way that all letters go. */
#ifndef LYKTA_SETTING_SETTING_LETTER_H
#define LYKTA_SETTING_SETTING_LETTER_H

#include "base/err.h"

#include <stdint.h>

struct request;

/* Queues a test letter to who asks, inside the change of the request, with its line in the log; *id is the
 * letter's. */
enum status setting_letter(const struct request *r, int64_t *id, struct err *e) MUST_USE;

#endif
