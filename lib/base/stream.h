/* Bytes that come or go piece by piece, from or to whatever the caller has: a file, memory, a seal around
 * either. */
#ifndef LYKTA_BASE_STREAM_H
#define LYKTA_BASE_STREAM_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>

struct text;

/* Takes bytes: `put` is called with `to` and must take all of them or fail. Plain data: no close. */
struct sink {
    enum status (*put)(void *to, struct str bytes, struct err *e);
    void *to;
};

/* Gives bytes: `get` fills at most `room` bytes of `out`; *got is 0 at the end only. `name` stands for it in
 * messages. Plain data: no close. */
struct source {
    enum status (*get)(void *from, unsigned char *out, size_t room, size_t *got, struct err *e);
    void *from;
    const char *name;
};

enum status sink_put(const struct sink *to, struct str bytes, struct err *e) MUST_USE;

/* Exactly `n` bytes into `out`; BAD_INPUT "cut short" when there are fewer. */
enum status source_take(const struct source *from, void *out, size_t n, struct err *e) MUST_USE;

/* As many bytes as there are, at most `n`; *got < n at the end only. */
enum status source_fill(const struct source *from, void *out, size_t n, size_t *got, struct err *e) MUST_USE;

/* A sink that adds to `t`, and a source that cuts its bytes off the front of `rest`; both must outlive it. */
struct sink sink_to_text(struct text *t);
struct source source_of_str(struct str *rest, const char *name);

/* An open file that the caller closes, and the name it has in messages. */
struct descriptor {
    int fd;
    const char *name;
};

struct source source_of_descriptor(struct descriptor *d);

#endif
