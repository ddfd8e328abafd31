/* Writing JSON (RFC 8259) in a fixed order and form, so that the same facts give the same bytes.
 * Reading is done with a library, at the border, in src.                                             */
#ifndef LYKTA_BASE_JSON_H
#define LYKTA_BASE_JSON_H

#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { JSON_MAX_DEPTH = 16 };

/* Two-space indented; arrays of plain values stay on one line. Plain data: no close. */
struct json {
    struct text *out;
    int depth;
    bool has_item[JSON_MAX_DEPTH];
    bool is_flat[JSON_MAX_DEPTH];
};

struct json json_open(struct text *out);

/* Goes on in the outermost array, whose beginning and first items are in another text. */
struct json json_open_in_array(struct text *out);

/* `key` is NULL for the items of an array and for the outermost value. */
void json_object_begin(struct json *j, const char *key);
void json_object_flat(struct json *j, const char *key); /* all on one line */
void json_object_end(struct json *j);
void json_array_begin(struct json *j, const char *key); /* one item a line */
void json_array_flat(struct json *j, const char *key);  /* all items on one line */
void json_array_end(struct json *j);
void json_str(struct json *j, const char *key, struct str value);
void json_i64(struct json *j, const char *key, int64_t value);
void json_f64(struct json *j, const char *key, double value); /* null when not finite */
void json_bool(struct json *j, const char *key, bool value);
void json_nothing(struct json *j, const char *key);

#endif
