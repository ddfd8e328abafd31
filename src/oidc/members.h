/* JSON that a provider wrote, read strictly: one object, no member twice (RFC 8259 leaves open which of them
 * counts, so two programs may read two things), UTF-8 without NUL. The parser is jansson. */
#ifndef LYKTA_OIDC_MEMBERS_H
#define LYKTA_OIDC_MEMBERS_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

struct arena;

enum {
    MEMBERS_DOCUMENT_BYTES = 256 * 1024, /* no answer of a provider is longer, */
    MEMBERS_DEPTH = 16                   /* or nested deeper */
};

/* Reads `bytes`, called `what` in the sentence of a fault. REFUSED when it is not such an object. The caller
 * gives *out back with json_decref. */
enum status members_read(struct str bytes, const char *what, json_t **out, struct err *e) MUST_USE;

/* The member `name` as text, in `a`; empty when it is not there or is no text. */
struct str member_str(const json_t *object, const char *name, struct arena *a);

/* Is the member `name` a list that holds the text `wanted`? Also when it is not there, if `missing` says so.
 */
enum member_missing { MISSING_IS_NO, MISSING_IS_YES };
bool member_lists(const json_t *object, const char *name, const char *wanted, enum member_missing missing);

#endif
