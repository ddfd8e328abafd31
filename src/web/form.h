/* What a form or a query string holds: application/x-www-form-urlencoded (URL Standard, section 5.1), or,
 * with files, multipart/form-data (RFC 7578). */
#ifndef LYKTA_WEB_FORM_H
#define LYKTA_WEB_FORM_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { FORM_MAX_FIELDS = 200, FORM_FILENAME_MAX_BYTES = 200 };

/* In the order they were sent; a name may stand several times (checkboxes). Line ends are LF alone. */
struct form_field {
    struct str name;
    struct str value;
};

/* A file that was chosen. Its name is what the browser says: for people to read, never a path to open. */
struct form_file {
    struct str name; /* of the field */
    struct str filename;
    struct str bytes; /* a view of the request's body */
};

struct form {
    size_t n;
    struct form_field *fields;
    size_t files;
    struct form_file *file;
};

/* Reads `bytes` into `a`. BAD_INPUT when a %XX is broken, something is not UTF-8 or holds a control character
 * other than tab and line end, or there are more than FORM_MAX_FIELDS fields; the sentence holds no value. */
enum status form_parse(struct str bytes, struct arena *a, struct form *out, struct err *e) MUST_USE;

/* The same for a body of `content_type` multipart/form-data; files are views of `bytes`, and a field for
 * files in which none was chosen gives none. BAD_INPUT as above, and when the parts are not divided as the
 * type says; REFUSED when there are more than `files_most` files. */
enum status form_parse_multipart(struct str content_type, struct str bytes, size_t files_most,
                                 struct arena *a, struct form *out, struct err *e) MUST_USE;

/* Is a body of this Content-Type for form_parse_multipart? */
bool form_is_multipart(struct str content_type);

/* One value as it was typed, into `a`: line ends become LF. BAD_INPUT as above. */
enum status form_text(struct str typed, struct arena *a, struct str *out, struct err *e) MUST_USE;

/* The file chosen in the field `name`; NULL when none was. */
const struct form_file *form_file(const struct form *f, const char *name);

/* The first value of `name` without blanks at its ends; empty when it was not sent. */
struct str form_value(const struct form *f, const char *name);

/* The same with its blanks: for passwords, where they count. */
struct str form_raw(const struct form *f, const char *name);

/* Was `name` sent? Unticked checkboxes are not. */
bool form_has(const struct form *f, const char *name);

/* The value of `name` as a whole number in lo..hi; false, and *out untouched, when it is not one. */
bool form_i64(const struct form *f, const char *name, int64_t lo, int64_t hi, int64_t *out);

#endif
