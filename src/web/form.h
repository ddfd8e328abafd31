/* What a form or a query string holds: application/x-www-form-urlencoded (URL Standard, section 5.1). */
#ifndef LYKTA_WEB_FORM_H
#define LYKTA_WEB_FORM_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { FORM_MAX_FIELDS = 200 };

/* In the order they were sent; a name may stand several times (checkboxes). Line ends are LF alone. */
struct form_field {
    struct str name;
    struct str value;
};

struct form {
    size_t n;
    struct form_field *fields;
};

/* Reads `bytes` into `a`. BAD_INPUT when a %XX is broken, something is not UTF-8 or holds a control character
 * other than tab and line end, or there are more than FORM_MAX_FIELDS fields; the sentence holds no value. */
enum status form_parse(struct str bytes, struct arena *a, struct form *out, struct err *e) MUST_USE;

/* The first value of `name` without blanks at its ends; empty when it was not sent. */
struct str form_value(const struct form *f, const char *name);

/* The same with its blanks: for passwords, where they count. */
struct str form_raw(const struct form *f, const char *name);

/* Was `name` sent? Unticked checkboxes are not. */
bool form_has(const struct form *f, const char *name);

/* The value of `name` as a whole number in lo..hi; false, and *out untouched, when it is not one. */
bool form_i64(const struct form *f, const char *name, int64_t lo, int64_t hi, int64_t *out);

#endif
